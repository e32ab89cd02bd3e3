// What the widget keeps and sends: nothing before the visitor consents or acts, and in this browser only
// afterwards.

import { quick } from './helpers/configs';
import { cutLine } from './helpers/line';
import { expect, test } from './helpers/test';
import { watchTrouble } from './helpers/trouble';
import { Visitor } from './helpers/visitor';

test.use({ deskOptions: { config: quick } });

/** Everything the browser holds for the bank but what is the bank's own. */
const kept = (page) =>
  page.evaluate(async () => {
    const foreign = (storage) => Object.keys(storage).filter((key) => !key.startsWith('bank.'));
    return {
      session: foreign(sessionStorage),
      local: foreign(localStorage),
      cookies: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
    };
  });

/** All that the durable storage holds. */
const durable = (page) =>
  page.evaluate(async () => {
    if (!(await indexedDB.databases()).length) return [];
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
    const base = await done(indexedDB.open('bharosa'));
    const values = await done(base.transaction('kept').objectStore('kept').getAll());
    base.close();
    return values;
  });

const NOTHING = { session: [], local: [], cookies: '', databases: [], caches: [] };

/** Requests that are neither the bank's pages nor the widget's own files. */
function watchRequests(page, desk) {
  const strange = [];
  const known = /^\/(bharosa\/[\w./]+|bharosa\.json|[\w/]*|[\w/]+\.(js|css|svg|json))$/;
  page.on('request', (request) => {
    const { origin, pathname, search } = new URL(request.url());
    const fine = origin === desk.origin && known.test(pathname) && !search && request.method() === 'GET' && !request.postData();
    if (!fine) strange.push(`${request.method()} ${request.url()}`);
  });
  page.on('websocket', (socket) => strange.push(socket.url()));
  return strange;
}

const consentTo = async (page, personalisation) => {
  await page.evaluate((personalisation) => window.bharosa.consent({ personalisation }), personalisation);
};

test('before the visitor consents or acts nothing is kept and nothing is sent', async ({ page, desk }) => {
  const strange = watchRequests(page, desk);
  const visitor = new Visitor(page, desk);
  await visitor.visit('/loans/auto');
  await expect(visitor.message).toBeVisible();
  expect(await kept(page), 'while the message is shown').toEqual(NOTHING);
  await visitor.button('say.dismiss').click();
  await expect(visitor.message).toHaveCount(0);
  expect(await kept(page), 'after it was dismissed').toEqual(NOTHING);
  await visitor.follow('/rates');
  await expect(visitor.launcher).toBeVisible();
  expect(await kept(page), 'on the next page').toEqual(NOTHING);
  expect(strange).toEqual([]);
  const cookies = await page.context().cookies();
  expect(cookies, 'those that scripts cannot see, too').toEqual([]);
});

test('with consent the visit goes on from page to page, without it every page is the first', async ({ page, desk }) => {
  const strange = watchRequests(page, desk);
  const visitor = new Visitor(page, desk);
  const fires = () => expect(visitor.message).toBeVisible();
  await visitor.visit('/loans/auto');
  await fires();
  await visitor.follow('/rates');
  await visitor.follow('/loans/auto');
  // Nobody remembers that it was said before.
  await fires();

  await page.getByRole('button', { name: 'Accept personalisation' }).click();
  await expect.poll(async () => (await kept(page)).session).toEqual(['bharosa.visit']);
  await visitor.follow('/rates');
  await visitor.follow('/loans/auto');
  await expect(visitor.launcher).toBeVisible();
  expect(await visitor.explain()).toEqual([
    { rule: 'auto-loan-help', state: 'blocked', reason: 'it has fired as often as its cap allows: 1 per session' },
  ]);
  expect(await kept(page), 'in this browser only').toEqual({ ...NOTHING, session: ['bharosa.visit'], local: ['bharosa.visitor'] });
  expect(strange, 'and it is not sent anywhere').toEqual([]);
});

test('consent taken back wipes the visit', async ({ page, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/loans/auto');
  await page.getByRole('button', { name: 'Accept personalisation' }).click();
  await expect.poll(async () => (await kept(page)).session).toEqual(['bharosa.visit']);
  await page.getByRole('contentinfo').locator('[data-consent="ask"]').click();
  await page.getByRole('button', { name: 'Only necessary' }).click();
  await expect.poll(() => kept(page)).toEqual(NOTHING);
  await visitor.follow('/rates');
  await expect(visitor.launcher).toBeVisible();
  expect(await kept(page)).toEqual(NOTHING);
});

test('once the visitor writes, the conversation is kept for their tabs while it goes on, and nothing that was said', async ({ page, context, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await visitor.open();
  await visitor.write('My card number ends in 4711');
  await expect(visitor.bubble('My card number ends in 4711')).toContainText('Delivered');
  const both = async () => JSON.stringify([await page.evaluate(() => ({ ...localStorage })), await durable(page)]);
  await expect.poll(both, 'what has arrived is kept for other tabs no longer').not.toContain('4711');
  expect(await kept(page)).toEqual({
    ...NOTHING,
    session: expect.arrayContaining(['bharosa.chat']),
    local: ['bharosa.session'],
    databases: [{ name: 'bharosa', version: 1 }],
  });
  const visit = await page.evaluate(() => sessionStorage.getItem('bharosa.visit'));
  expect(visit, 'what was said is not part of the visit').not.toContain('4711');

  const other = new Visitor(await context.newPage(), desk);
  await other.visit('/cards');
  await other.open();
  await expect(other.bubbles).toHaveText(['My card number ends in 4711']);
  await other.button('end').click();
  await other.button('end.yes').click();
  await expect(visitor.line('line.ended_by_you')).toBeAttached();
  const after = () => kept(page).then(({ local, databases }) => ({ local, databases }));
  await expect.poll(after, 'an ended conversation is kept by the tabs that had it only').toEqual({ local: [], databases: [] });
});

test('who logs out leaves nothing behind, in any tab', async ({ page, context, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await visitor.open();
  await visitor.write('Between us');
  await expect(visitor.bubble('Between us')).toContainText('Delivered');
  const other = new Visitor(await context.newPage(), desk);
  await other.visit('/rates');
  await other.open();
  await expect(other.bubbles).toHaveText(['Between us']);
  await other.composer.fill('Half a sent');
  await page.evaluate(() => window.bharosa.logout());
  for (const tab of [visitor, other]) {
    await expect(tab.panel).toBeHidden();
    await tab.open();
    await expect(tab.bubbles).toHaveCount(0);
    await expect(tab.composer).toHaveValue('');
  }
  const all = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(all + JSON.stringify(await durable(page))).not.toContain('Between us');
});

/** What a page may lack when its customer logs out: the files that do not come. */
const LACKS = {
  'the panel’s program': { files: /\/widget\.(js|wasm)$/ },
  'the panel’s program, before anything is there': { files: /\/widget\.(js|wasm)$/, early: true },
  'all that the panel needs': { files: /\/(later|widget|shared|say)\./ },
  'everything but the loader': { files: /\/(tracker|later|widget|shared|say)\./ },
  'everything but the loader, before anything is there': { files: /\/(tracker|later|widget|shared|say)\./, early: true },
  'everything but the loader, with another tab': { files: /\/(tracker|later|widget|shared|say)\./, tab: '/rates' },
};

for (const [what, { files, early, tab }] of Object.entries(LACKS)) {
  test(`who logs out of a page that lacks ${what} leaves nothing behind either`, async ({ page, context, desk }) => {
    const trouble = watchTrouble(page);
    const line = await cutLine(context);
    const visitor = new Visitor(page, desk);
    await visitor.visit('/cards');
    await visitor.open();
    await visitor.write('Between us');
    await expect(visitor.bubble('Between us')).toContainText('Delivered');
    const { session } = await page.evaluate(() => JSON.parse(localStorage.getItem('bharosa.session')));
    const other = tab && new Visitor(await context.newPage(), desk);
    await other?.visit(tab);
    await other?.open();
    if (other) await expect(other.bubbles).toHaveText(['Between us']);
    await line.cut();
    await visitor.write('Between us, too');
    await expect.poll(async () => JSON.stringify(await durable(page)), 'it waits to be sent').toContain('Between us, too');

    await context.route(files, (route) => route.abort());
    if (early) await page.addInitScript(() => (window.bharosa = { q: [['logout']] }));
    await visitor.follow('/help');
    await page.evaluate(() => window.bharosa.ready().catch(() => {}));
    if (!early) {
      await expect(visitor.fallback, 'what brings the conversation back has failed').toBeVisible();
      await page.evaluate(() => window.bharosa.logout());
    }
    const all = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    for (const theirs of ['Between us', session]) expect(all).not.toContain(theirs);
    await expect.poll(async () => JSON.stringify(await durable(page))).not.toMatch(new RegExp(`Between us|${session}`));
    if (other) {
      await expect(other.panel, 'the other tab has heard of it').toBeHidden();
      await other.open();
      await expect(other.bubbles).toHaveCount(0);
    }
    expect(trouble.thrown).toEqual([]);
  });
}

test('who logs out of the bank’s portal is on its front page the next moment, and has left nothing', async ({ page, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/portal');
  await visitor.open();
  await visitor.write('Between us');
  await expect(visitor.bubble('Between us')).toContainText('Delivered');
  await visitor.button('close').click();
  await page.getByRole('link', { name: 'Log out' }).click();
  await page.waitForURL(desk.url('/'));
  await visitor.open();
  await expect(visitor.bubbles).toHaveCount(0);
  const all = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(all + JSON.stringify(await durable(page))).not.toMatch(/Between us|"session"/);
});

test('a "no" to personalisation still lets the visitor chat, without keeping where they went', async ({ page, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/loans/auto');
  await consentTo(page, false);
  await visitor.open();
  await visitor.write('Hello');
  await expect(visitor.bubble('Hello')).toContainText('Delivered');
  const visit = JSON.parse(await page.evaluate(() => sessionStorage.getItem('bharosa.visit')));
  expect(visit.consent).toBe(false);
  expect(visit.journey ?? null).toBeNull();
  expect(visit.fired ?? null).toBeNull();
});
