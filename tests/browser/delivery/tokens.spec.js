// A desk that wants to know who the customer is, and a page that says it late, badly or not at all.

import { expect, test as base } from '../helpers/talk';

const SECRET = 'a secret of sixteen bytes or more';

const test = base.extend({
  deskOptions: async ({ deskOptions }, use) => {
    await use({ ...deskOptions, more: ['--visitor-secret', SECRET, '--demo-tokens'] });
  },

  /** `knows(give)`: the pages' token() is `give(turn, fresh)`, run in the page. */
  knows: async ({ context, desk, talk }, use) => {
    await use(async (give) => {
      const answer = await fetch(desk.url('/demo/token?customer=amna'));
      talk.token = await answer.text();
      await context.addInitScript(`window.turns = 0;
        window.bharosa = { token: () => (${give})(window.turns++, async (seconds) =>
          (await fetch('/demo/token?customer=amna&seconds=' + seconds)).text()) };`);
    });
  },
});

const turns = (page) => page.evaluate(() => window.turns);

test('it expires in the middle of a conversation, again and again: nobody notices', async ({ page, talk, knows }) => {
  await knows((turn, fresh) => fresh(turn < 2 ? 3 : 900));
  const visitor = await talk.tab(page);
  const mine = [];
  talk.expected.push(/the server refused a frame: bad_token/);
  while ((await turns(page)) < 3) {
    mine.push(`Message ${mine.length}`);
    await visitor.write(mine.at(-1));
    await expect(visitor.bubble(mine.at(-1))).toContainText('Delivered', { timeout: 20_000 });
    // As fast as a person, so that the desk does not mind.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  }
  await talk.whole({ visitor: mine });
});

test('it takes three seconds: what is written meanwhile waits for it', async ({ page, talk, knows }) => {
  await knows(async (turn, fresh) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return fresh(900);
  });
  const visitor = await talk.tab(page);
  await visitor.write('First');
  await expect(visitor.bubble('First')).toContainText('Sending …');
  await talk.whole({ visitor: ['First'] });
  expect(await turns(page)).toBe(1);
});

/** What goes wrong at the first two attempts. */
const FAILS = {
  'throws an error': () => { throw new Error('no session'); },
  'answers nothing': () => undefined,
  'answers something else': () => ({ token: 7 }),
};
for (const [words, fail] of Object.entries(FAILS)) {
  test(`the page's token() ${words}: the visitor is told, and the next answer is taken`, async ({ page, talk, knows }) => {
    await knows(`async (turn, fresh) => (turn < 2 ? (${fail})() : fresh(900))`);
    talk.expected.push(/token\(\) failed; the connection waits for a token/);
    const visitor = await talk.tab(page);
    await visitor.write('First');
    await expect(visitor.notice).toContainText(visitor.words.say('trouble.unreachable'));
    await expect(visitor.bubble('First')).toContainText('Sending …');
    await talk.whole({ visitor: ['First'] });
  });
}

test('one that the desk does not believe is not tried again and again', async ({ page, line, talk, knows }) => {
  await knows((turn, fresh) => (turn < 2 ? 'amna.1.forged' : fresh(900)));
  talk.expected.push(/the server refused a frame: bad_token/);
  let opened = 0;
  line.on('open', () => (opened += 1));
  const visitor = await talk.tab(page);
  await visitor.write('First');
  await talk.whole({ visitor: ['First'] });
  expect([await turns(page), opened]).toEqual([3, 3]);
});

test('a page that gives none: the visitor is told, and so is the developer', async ({ page, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('First');
  await expect(visitor.notice).toContainText(visitor.words.say('trouble.unreachable'));
  await expect(visitor.bubble('First')).toContainText('Sending …');
  talk.expected.push(/the server refused a frame: bad_token/, /give the loader a token \(see README\)/);
  talk.quiet();
});
