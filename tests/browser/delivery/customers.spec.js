// A customer leaves, or another one comes: nobody sees or says what is another's.

import { once } from 'node:events';

import { freeze } from '../helpers/asleep';
import { expect, test } from '../helpers/talk';

const SECRET = 'a secret of sixteen bytes or more';

/** What of this visitor the browser keeps, in all its storages. */
const keeps = () => {
  const areas = [localStorage, sessionStorage].flatMap((area) => Object.entries(area));
  return areas.filter(([key]) => /^bharosa\.(session|chat|out)/.test(key)).map(([, value]) => value).join();
};

/** Two tabs of somebody who has told a secret, and has another one on its way. */
async function told(talk, context, page, line) {
  const first = await talk.tab(page);
  await first.write('My secret');
  const second = await talk.tab(await context.newPage(), '/rates');
  await expect(second.bubble('My secret')).toContainText('Delivered');
  const log = talk.session;
  line.stall('up');
  const held = once(line, 'held');
  await second.write('Another secret');
  await expect(first.bubble('Another secret')).toContainText('Sending …');
  await held;
  return { first, second, log };
}

/** Nobody sees anything of it any more, and nothing of it is kept. */
async function gone(talk, tabs) {
  for (const { bubbles, page } of tabs) {
    await expect(bubbles).toHaveCount(0);
    await expect.poll(() => page.evaluate(keeps)).not.toContain('secret');
  }
  talk.notHere(['My secret']);
}

test('a logout in one tab empties all, and what was on its way is never sent', async ({ page, context, line, talk }) => {
  const { first, second, log } = await told(talk, context, page, line);
  await first.page.evaluate(() => window.bharosa.logout());
  await gone(talk, [first, second]);
  line.reset();
  await line.mend();
  await second.open();
  await second.write('I am somebody else');
  await expect(second.bubble('I am somebody else')).toContainText('Delivered');
  expect(talk.session).not.toBe(log);
  await first.open();
  await talk.whole({ visitor: ['I am somebody else'] });
});

test('a tab that slept through a logout shows nothing when it wakes', async ({ page, context, line, talk }) => {
  const { first, second } = await told(talk, context, page, line);
  const wake = await freeze(second.page);
  await first.page.evaluate(() => window.bharosa.logout());
  await gone(talk, [first]);
  line.reset();
  await line.mend();
  await wake();
  await gone(talk, [second]);
  await first.open();
  await first.write('I am somebody else');
  await second.open();
  await talk.whole({ visitor: ['I am somebody else'] });
});

test.describe('on a desk that asks who they are', () => {
  test.use({
    deskOptions: async ({ deskOptions }, use) => {
      await use({ ...deskOptions, more: ['--visitor-secret', SECRET, '--demo-tokens'] });
    },
  });

  test('another customer of the same browser gets a conversation of their own', async ({ page, context, desk, talk }) => {
    const token = async (customer) => (await fetch(desk.url(`/demo/token?customer=${customer}`))).text();
    await context.addInitScript(() => {
      const customer = () => localStorage.getItem('customer') ?? 'amna';
      window.bharosa = { token: async () => (await fetch(`/demo/token?customer=${customer()}`)).text() };
    });
    const visitor = await talk.tab(page);
    await visitor.write('I am Amna');
    await expect(visitor.bubble('I am Amna')).toContainText('Delivered');
    const amna = talk.session;
    // The bank forgets to say that she left.
    await page.evaluate(() => localStorage.setItem('customer', 'bilal'));
    await page.reload();
    await expect.poll(() => talk.session, 'the desk has said whose it is not').not.toBe(amna);
    await expect(visitor.composer).toBeVisible();
    await expect(visitor.bubbles).toHaveCount(0);
    await visitor.write('I am Bilal');
    await expect(visitor.bubble('I am Bilal')).toContainText('Delivered');
    talk.notHere(['I am Amna']);
    talk.token = await token('bilal');
    await talk.whole({ visitor: ['I am Bilal'] });
    [talk.session, talk.token] = [amna, await token('amna')];
    expect((await talk.log()).map(({ text }) => text)).toEqual(['I am Amna']);
  });
});
