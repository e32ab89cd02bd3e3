// Two tabs of one visitor, and what a visit leaves for the next one.

import { quick } from './helpers/configs';
import { NUMBER, TEXT, facts, gaugesOf } from './helpers/gauges';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

test.describe('with a rule that fires once a session', () => {
  test.use({ deskOptions: { config: quick } });

  test('what one tab has said, the other does not say again', async ({ page, context, desk }) => {
    const other = await context.newPage();
    await other.addInitScript(() => (document.hasFocus = () => false));
    const second = new Visitor(other, desk);
    await second.visit('/loans/auto');
    await expect(second.launcher).toBeVisible();

    const first = new Visitor(page, desk);
    await first.visit('/loans/auto');
    await page.bringToFront();
    await expect(first.message).toBeVisible();
    await expect.poll(async () => (await second.explain())[0]).toMatchObject({ state: 'blocked' });
    await expect(second.message).toHaveCount(0);
  });

  test('a message from elsewhere on the channel is harmless', async ({ page, context, desk }) => {
    const trouble = watchTrouble(page);
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    await expect(visitor.launcher).toBeVisible();
    const other = await context.newPage();
    await other.goto(desk.url('/404'));
    await other.evaluate(() => {
      const channel = new BroadcastChannel('bharosa');
      const round = {};
      round.self = round;
      for (const odd of [null, 7, 'text', [], {}, round, { fired: 7, said: [], at: {} }, new Map([[1, 2]])]) channel.postMessage(odd);
    });
    await page.bringToFront();
    await expect(visitor.message).toBeVisible();
    expect(trouble.thrown).toEqual([]);
  });
});

test.describe('the visitor', () => {
  const config = gaugesOf({ visits: ['visitor.visits', NUMBER], device: ['visitor.device', TEXT] });
  test.use({ deskOptions: { config } });

  test('is known from visit to visit with consent only', async ({ page, context, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/cards');
    await expect(visitor.launcher).toBeVisible();
    expect(await facts(page)).toMatchObject({ visits: 'not known' });
    await page.evaluate(() => window.bharosa.consent({ personalisation: true }));
    expect(await facts(page)).toMatchObject({ visits: 1 });
    // Another tab, and with it another session.
    const later = await context.newPage();
    const back = new Visitor(later, desk);
    await back.visit('/cards');
    await expect(back.launcher).toBeVisible();
    await later.evaluate(() => window.bharosa.consent({ personalisation: true }));
    expect((await facts(later)).visits).toBeGreaterThanOrEqual(1);
    await later.evaluate(() => window.bharosa.consent({ personalisation: false }));
    expect(await facts(later)).toMatchObject({ visits: 'not known' });
    expect(await later.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('bharosa')))).toEqual([]);
  });

  for (const [how, spoil] of Object.entries({
    denied: () => {
      for (const area of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, area, { get() { throw new DOMException('denied', 'SecurityError'); } });
      }
    },
    full: () => {
      Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
    },
    'tampered with': () => {
      for (const area of [localStorage, sessionStorage]) {
        area.setItem('bharosa.visit', '{"journey": [');
        area.setItem('bharosa.visitor', '[[[7]]]');
      }
    },
  })) {
    test(`storage is ${how}: the visit goes on within this page`, async ({ page, desk }) => {
      const trouble = watchTrouble(page);
      // The bank's own scripts use the storage too; theirs is another matter.
      await page.route('**/js/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      await page.route('**/lang.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      await page.route('**/bank.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      await page.addInitScript(spoil);
      const visitor = new Visitor(page, desk);
      await visitor.visit('/cards');
      await expect(visitor.launcher).toBeVisible();
      await page.evaluate(() => window.bharosa.consent({ personalisation: true }));
      expect(await facts(page)).toMatchObject({ visits: 1, device: 'desktop' });
      expect(trouble).toEqual({ thrown: [], warnings: [] });
    });
  }
});
