// One visitor, several tabs, one connection: whichever of them goes away, and however.

import { once } from 'node:events';

import { freeze, hang } from '../helpers/asleep';
import { expect, test } from '../helpers/talk';

test.use({
  // Playwright switches the back/forward cache off unless told not to.
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

/** Two tabs in which a conversation of one message goes on; the first one has the connection. */
async function two(talk, context, page) {
  const first = await talk.tab(page);
  await first.write('Before');
  await expect(first.bubble('Before')).toContainText('Delivered');
  const second = await talk.tab(await context.newPage(), '/rates');
  await expect(second.bubble('Before')).toContainText('Delivered');
  return [first, second];
}

test('two tabs write at once: all screens and the desk have one order, over one connection', async ({ page, context, line, talk }) => {
  const [first, second] = await two(talk, context, page);
  const texts = { first: [], second: [] };
  for (const round of [1, 2, 3, 4, 5]) {
    texts.first.push(`Here ${round}`);
    texts.second.push(`There ${round}`);
  }
  const write = async (visitor, all) => {
    for (const text of all) await visitor.write(text);
  };
  await Promise.all([write(first, texts.first), write(second, texts.second)]);
  for (const tab of [first, second]) await expect(tab.bubbles).toHaveCount(11);
  const log = (await first.transcript()).slice(1);
  expect(log.filter((text) => texts.first.includes(text))).toEqual(texts.first);
  expect(log.filter((text) => texts.second.includes(text))).toEqual(texts.second);
  expect(line.connections).toBe(1);
  await talk.whole({ visitor: ['Before', ...log] });
});

/** How the tab with the connection goes. */
const GOES = {
  'is closed': ({ page }) => page.close(),
  crashes: async ({ page }) => {
    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => {});
    await crashed;
  },
  'goes into the back/forward cache': ({ page }) => page.goto(new URL('/404', page.url()).href),
  freezes: ({ page }) => freeze(page),
  hangs: ({ page }) => hang(page),
};

for (const [words, go] of Object.entries(GOES)) {
  test(`the tab with the connection ${words}: the other one goes on`, async ({ page, context, line, talk }) => {
    const [first, second] = await two(talk, context, page);
    const agent = await talk.agent();
    const again = once(line, 'open');
    talk.forget(first);
    await go(first);
    await again;
    await Promise.all([second.write('Still here'), agent.write('So am I')]);
    await talk.whole({ visitor: ['Before', 'Still here'], agent: ['So am I'] });
  });

  test(`a tab presses Enter and ${words}: the other one says it, once`, async ({ page, context, line, talk }) => {
    const [first] = await two(talk, context, page);
    line.stall('up');
    const held = once(line, 'held');
    await first.write('Last words');
    await held;
    talk.forget(first);
    await go(first);
    await line.mend();
    await talk.whole({ visitor: ['Before', 'Last words'] });
  });
}

test('a tab that follows presses Enter and is closed at once', async ({ page, context, line, talk }) => {
  const [first, second] = await two(talk, context, page);
  line.stall('up');
  const held = once(line, 'held');
  await second.write('Last words');
  await held;
  talk.forget(second);
  await second.page.close();
  await line.mend();
  await expect(first.bubbles).toHaveText(['Before', 'Last words']);
  await talk.whole({ visitor: ['Before', 'Last words'] });
});

test('five tabs, closed one after the other while an agent writes', async ({ page, context, line, talk }) => {
  const tabs = await two(talk, context, page);
  while (tabs.length < 5) tabs.push(await talk.tab(await context.newPage(), '/rates'));
  const agent = await talk.agent();
  const texts = [];
  while (tabs.length > 1) {
    const again = once(line, 'open');
    texts.push(`With ${tabs.length} tabs`);
    await agent.write(texts.at(-1));
    talk.forget(tabs[0]);
    await tabs.shift().page.close();
    await again;
  }
  await talk.whole({ visitor: ['Before'], agent: texts });
  expect(line.connections).toBe(1);
});

test('an end in one tab is an end in all', async ({ page, context, talk }) => {
  const [first, second] = await two(talk, context, page);
  await second.button('end').click();
  await second.button('end.yes').click();
  for (const tab of [first, second]) {
    await expect(tab.line('line.ended_by_you')).toBeVisible();
    await expect(tab.presence).toHaveText(tab.words.say('presence.ended'));
  }
  await talk.whole({ visitor: ['Before'] });
});

/** What a browser may lack. */
const LACKS = {
  'no locks': () => delete Navigator.prototype.locks,
  'no channels': () => delete window.BroadcastChannel,
};
for (const [words, lack] of Object.entries(LACKS)) {
  test(`a browser with ${words}: each tab has a connection of its own, and all say the same`, async ({ page, context, line, talk }) => {
    await context.addInitScript(lack);
    const [first, second] = await two(talk, context, page);
    await expect.poll(() => line.connections).toBe(2);
    await first.write('Here');
    await expect(second.bubble('Here')).toContainText('Delivered');
    await second.write('There');
    await expect(first.bubble('There')).toContainText('Delivered');
    await second.page.close();
    talk.forget(second);
    await first.write('After');
    await talk.whole({ visitor: ['Before', 'Here', 'There', 'After'] });
  });
}
