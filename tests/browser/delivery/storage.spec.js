// A browser that keeps nothing, little, or not for long.

import { once } from 'node:events';

import { expect, test } from '../helpers/talk';

/** What the bank's own scripts do without storage is another matter. */
test.beforeEach(async ({ context }) => {
  for (const name of ['js/*.js', 'lang.js', 'bank.js']) {
    await context.route(`**/${name}`, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  }
});

const deny = (...names) => {
  for (const name of names) {
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
  }
};
/** What fills the room that a site has, to the last letter. */
const fill = () => {
  for (const area of [localStorage, sessionStorage]) {
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      for (;;) {
        try {
          area.setItem('other', (area.getItem('other') ?? '') + 'x'.repeat(size));
        } catch {
          break;
        }
      }
    }
  }
};
/** No room for anything durable. */
const cramped = async (context, page, origin) => {
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
};

/** How storage fails in the page, and outside of it; and whether what is said outlives the page all the same. */
const FAILS = {
  'localStorage is denied': { page: [deny, 'localStorage'], outlives: true },
  'IndexedDB is denied': { page: [deny, 'indexedDB'], outlives: true },
  'localStorage is full': { page: [fill], outlives: true },
  'there is no room for IndexedDB': { outside: cramped, outlives: true },
  'all is denied': { page: [deny, 'localStorage', 'sessionStorage', 'indexedDB'] },
  'all is full': { page: [fill], outside: cramped },
};

for (const [words, { page: spoil = [() => {}], outside = () => {}, outlives = false }] of Object.entries(FAILS)) {
  test(`${words}: it works within the page, and the visitor is told what is kept`, async ({ page, context, line, talk }) => {
    const [act, ...names] = spoil;
    await context.addInitScript(`(${act})(...${JSON.stringify(names)})`);
    await outside(context, page, line.origin);
    const visitor = await talk.tab(page);
    const { say } = visitor.words;
    await visitor.write('First');
    const agent = await talk.agent();
    await agent.write('Welcome');
    await expect(visitor.bubbles).toHaveText(['First', 'Welcome']);
    if (outlives) await expect(visitor.notice).toBeHidden();
    else await expect(visitor.notice).toHaveText(say('unkept'));
    line.down();
    const unreachable = say(outlives ? 'trouble.unreachable' : 'trouble.unreachable_unkept');
    await expect(visitor.notice).toHaveText(`${unreachable} ${say('contact')}`);
    await visitor.write('Second');
    await expect(visitor.bubble('Second')).toContainText('Sending …');
    await line.mend();
    await talk.whole({ visitor: ['First', 'Second'], agent: ['Welcome'], notice: outlives ? undefined : say('unkept') });
  });
}

test('all is wiped while messages wait: they are sent, and kept again for the other tabs', async ({ page, context, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  await expect(visitor.bubble('Before')).toContainText('Delivered');
  line.stall('up');
  const held = once(line, 'held');
  await visitor.write('First');
  await held;
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: line.origin, storageTypes: 'local_storage,indexeddb' });
  await page.evaluate(() => sessionStorage.clear());
  await visitor.write('Second');
  await line.mend();
  await talk.whole({ visitor: ['Before', 'First', 'Second'] });
  const other = await talk.tab(await context.newPage(), '/rates');
  await other.write('Third');
  await talk.whole({ visitor: ['Before', 'First', 'Second', 'Third'] });
});

test('what stands in the storage is nonsense: it is passed over', async ({ page, context, talk }) => {
  await context.addInitScript(() => {
    if (sessionStorage.getItem('done')) return;
    sessionStorage.setItem('done', 'yes');
    const nonsense = ['{"left": [', '[[[7]]]', '{"left":0,"frame":{"type":"message"},"at":"x"}', 'null', '"\u0000"'];
    nonsense.forEach((text, at) => localStorage.setItem(`bharosa.out.${at}`, text));
    localStorage.setItem('bharosa.session', '{"left":0,"session":{},"epoch":7,"at":[]}');
    sessionStorage.setItem('bharosa.chat', '{"transcript":[{"seq":-1}],"outbox":7,"open":"yes"}');
  });
  const visitor = await talk.tab(page);
  await visitor.write('First');
  await expect(visitor.bubbles).toHaveText(['First']);
  await expect(visitor.bubble('First')).toContainText('Delivered');
  talk.quiet();
});
