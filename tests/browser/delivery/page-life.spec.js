// Pages come and go in the middle of a sentence, and some of them come back.

import { once } from 'node:events';

import { freeze } from '../helpers/asleep';
import { evaluator } from '../helpers/cdp';
import { expect, test } from '../helpers/talk';

test.use({
  // Playwright switches the back/forward cache off unless told not to.
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

/** What the visitor does right after pressing Enter. */
const LEAVES = {
  'goes on by a link': (visitor) => visitor.follow('/rates'),
  'reloads the page': (visitor) => visitor.page.reload(),
  'types an address': (visitor) => visitor.visit('/rates'),
};

for (const [words, leave] of Object.entries(LEAVES)) {
  for (const [where, ms] of [['a quick line', 0], ['a line of a second', 500]]) {
    test(`the visitor presses Enter and ${words}, on ${where}`, async ({ page, line, talk }) => {
      const visitor = await talk.tab(page);
      await visitor.write('Before');
      await expect(visitor.bubble('Before')).toContainText('Delivered');
      line.latency('up', ms);
      line.latency('down', ms);
      await visitor.write('First');
      await visitor.write('Second');
      await visitor.composer.fill('Half a sent');
      await leave(visitor);
      await expect(visitor.composer).toHaveValue('Half a sent');
      await visitor.composer.press('End');
      await visitor.composer.pressSequentially('ence');
      await visitor.composer.press('Enter');
      await talk.whole({ visitor: ['Before', 'First', 'Second', 'Half a sentence'] });
    });
  }
}

test('the only tab is closed right after Enter: another one says it later', async ({ page, context, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  await expect(visitor.bubble('Before')).toContainText('Delivered');
  line.stall('up');
  await visitor.write('First');
  await page.close({ runBeforeUnload: false });
  talk.forget(visitor);
  await line.mend();
  const later = await talk.tab(await context.newPage(), '/rates');
  await expect(later.bubbles).toHaveText(['Before', 'First']);
  await talk.whole({ visitor: ['Before', 'First'] });
});

test('the agent writes while the page is in the back/forward cache', async ({ page, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  const agent = await talk.agent();
  await expect(visitor.bubble('Before')).toContainText('Seen');
  const evaluate = await evaluator(page);
  await evaluate('addEventListener("pageshow", (event) => { window.restored = event.persisted; })');
  const closed = once(line, 'close');
  await page.goto(new URL('/404', line.origin).href);
  await closed;
  const texts = ['While you were away', 'And once more'];
  for (const text of texts) await agent.write(text);
  await expect(agent.bubbles).toHaveCount(3);
  await evaluate('history.back()');
  await expect.poll(() => evaluate('window.restored'), 'it came from the cache').toBe(true);
  const bubbles = '[...document.querySelector("bharosa-widget").shadowRoot.querySelectorAll(".bubble")].map((one) => one.textContent)';
  await expect.poll(() => evaluate(bubbles)).toEqual(['Before', ...texts]);
  expect((await talk.log()).map(({ text }) => text)).toEqual(['Before', ...texts]);
  talk.quiet();
});

test('a page that sleeps hears what was said when it wakes', async ({ page, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  const agent = await talk.agent();
  await expect(visitor.bubble('Before')).toContainText('Seen');
  const closed = once(line, 'close');
  const wake = await freeze(page);
  await closed;
  await agent.write('While you slept');
  await expect(agent.bubbles).toHaveCount(2);
  await wake();
  await visitor.write('Good morning');
  await talk.whole({ visitor: ['Before', 'Good morning'], agent: ['While you slept'] });
});
