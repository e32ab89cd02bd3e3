// The browser is gone from one moment to the next, as by a power cut, and comes back with what it has kept.

import { once } from 'node:events';

import { Browser } from '../helpers/browser';
import { expect, test as base } from '../helpers/talk';

const test = base.extend({
  own: async ({ launchOptions }, use) => {
    const own = await Browser.start(launchOptions);
    await use(own);
    await own.stop();
  },
});

/** The browser is back, on another page. */
async function back(talk, own) {
  await own.again();
  return talk.tab(await own.context.newPage(), '/rates');
}

for (const seconds of [0, 2]) {
  for (const [words, spoil] of [['delivered', () => {}], ['still on its way', (line) => line.stall('up')]]) {
    test(`killed ${seconds} s after Enter, with the message ${words}: it arrives once`, async ({ own, line, talk }) => {
      const page = await own.context.newPage();
      const visitor = await talk.tab(page);
      await visitor.write('Before');
      await expect(visitor.bubble('Before')).toContainText('Delivered');
      spoil(line);
      const moved = once(line, words === 'delivered' ? 'passed' : 'held');
      await visitor.write('First');
      await moved;
      await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), seconds * 1000);
      await own.kill9();
      talk.forget(visitor);
      await line.mend();
      const again = await back(talk, own);
      await again.write('Second');
      await talk.whole({ visitor: ['Before', 'First', 'Second'] });
    });
  }
}
