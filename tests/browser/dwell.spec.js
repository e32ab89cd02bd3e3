// Reading time in a real browser: what begins a view, what only renames it, and what does not count.

import { freeze } from './helpers/asleep';
import { facts, gauges, reach } from './helpers/gauges';
import { hide } from './helpers/hide';
import { expect, test } from './helpers/test';

test.use({ deskOptions: { config: gauges } });

test('only what is visible counts', async ({ page, desk }) => {
  await page.goto(desk.url('/cards'));
  await reach(page, 'dwell', 1);
  await hide(page, true);
  const before = await facts(page);
  await reach(page, 'elapsed', before.elapsed + 1.5);
  const after = await facts(page);
  expect(after.dwell).toBe(before.dwell);
  expect(after.visible).toBe(before.visible);
  await hide(page, false);
  await reach(page, 'dwell', before.dwell + 0.5);
});

test('a tab opened in the background counts nothing until it is shown', async ({ page, desk }) => {
  await page.addInitScript(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
  });
  await page.goto(desk.url('/cards'));
  await reach(page, 'elapsed', 1.5);
  expect(await facts(page)).toMatchObject({ dwell: 0, visible: 0, page: 'cards' });
  await hide(page, false);
  await reach(page, 'dwell', 0.5);
  const { dwell, elapsed } = await facts(page);
  expect(dwell).toBeLessThan(elapsed - 1);
});

test('without the focus time is visible, not read', async ({ page, desk }) => {
  await page.addInitScript(() => (document.hasFocus = () => false));
  await page.goto(desk.url('/cards'));
  await reach(page, 'visible', 1);
  expect((await facts(page)).dwell).toBe(0);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await reach(page, 'dwell', 0.5);
});

const routers = {
  'told of by the Navigation API': () => {},
  'told of by the history alone': () => Object.defineProperty(window, 'navigation', { value: undefined }),
};

for (const [how, prepare] of Object.entries(routers)) {
  test(`in a single-page app each route is a view of its own, ${how}`, async ({ page, desk }) => {
    await page.addInitScript(prepare);
    await page.goto(desk.url('/portal'));
    await reach(page, 'dwell', 1);
    expect(await facts(page)).toMatchObject({ page: '', pages: 1 });
    const clicked = await seconds(page);
    await page.locator('.tabs a[href="/portal/payments"]').click();
    await expect.poll(async () => (await facts(page)).page).toBe('payments');
    const { dwell, elapsed, pages } = await facts(page);
    // The clocks began with the route: they hold no more than has passed since. A tenth is for rounding.
    const since = (await seconds(page)) - clicked + 0.1;
    expect(dwell).toBeLessThanOrEqual(since);
    expect(elapsed).toBeLessThanOrEqual(since);
    expect(pages).toBe(2);
    await page.goBack();
    await expect.poll(async () => (await facts(page)).page).toBe('');
    expect((await facts(page)).pages).toBe(3);
  });
}

const seconds = (page) => page.evaluate(() => performance.now() / 1000);

test('a new hash or query is no new view, and a replaced address only a new name', async ({ page, desk }) => {
  await page.goto(desk.url('/cards'));
  await reach(page, 'dwell', 1);
  await page.evaluate(() => {
    location.hash = 'fees';
    history.pushState(null, '', '?sort=price');
  });
  let now = await facts(page);
  expect(now).toMatchObject({ page: 'cards', pages: 1 });
  expect(now.dwell).toBeGreaterThanOrEqual(1);
  await page.evaluate(() => history.replaceState(null, '', '/rates'));
  await expect.poll(async () => (await facts(page)).page).toBe('rates');
  now = await facts(page);
  expect(now.pages).toBe(1);
  expect(now.dwell).toBeGreaterThanOrEqual(1);
});

test('a page rendered ahead of its visit does nothing until somebody comes', async ({ page, desk }) => {
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  // Playwright calls off real prerendering, so the page is told that it is one.
  await page.addInitScript(() => Object.defineProperty(document, 'prerendering', { value: true, configurable: true }));
  await page.goto(desk.url('/cards'), { waitUntil: 'load' });
  await expect.poll(() => page.evaluate(() => Boolean(window.bharosa?.version))).toBe(true);
  // Whatever it would do at idle has had its chance.
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(() => requestIdleCallback(idle))));
  expect(asked.filter((path) => /bharosa/.test(path))).toEqual(['/bharosa/bharosa.js']);
  await expect(page.locator('bharosa-widget')).toHaveCount(0);
  await page.evaluate(() => {
    delete document.prerendering;
    document.dispatchEvent(new Event('prerenderingchange'));
    return window.bharosa.ready();
  });
  expect(await facts(page)).toMatchObject({ page: 'cards', pages: 1 });
});

test.describe('a visitor who does nothing', () => {
  const hasty = (config) => {
    gauges(config);
    config.tracking = { idle_s: 5 };
  };
  test.use({ deskOptions: { config: hasty } });

  test('stops reading after a while, and goes on with the first move', async ({ page, desk }) => {
    await page.goto(desk.url('/cards'));
    await reach(page, 'visible', 6.5);
    const idle = (await facts(page)).dwell;
    expect(idle).toBeLessThan(6);
    await page.keyboard.press('Shift');
    await reach(page, 'dwell', idle + 0.3);
  });
});

test.describe('a frame of the page', () => {
  test.use({ bypassCSP: true });

  test('may have the focus: who fills in a form there is still on the page', async ({ page, desk }) => {
    await page.goto(desk.url('/cards'));
    await page.evaluate(() => window.bharosa.ready());
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.querySelector('main').prepend(frame);
      const button = frame.contentDocument.createElement('button');
      frame.contentDocument.body.append(button);
      button.focus();
    });
    expect(await page.evaluate(() => document.activeElement.localName)).toBe('iframe');
    const { dwell } = await facts(page);
    await reach(page, 'dwell', dwell + 0.5);
  });
});

test('a tab put to sleep counts nothing meanwhile', async ({ page, desk }) => {
  await page.goto(desk.url('/cards'));
  await reach(page, 'dwell', 0.5);
  await hide(page, true);
  const before = await facts(page);
  const wake = await freeze(page);
  // Nothing happens in there that could be waited for.
  await new Promise((slept) => setTimeout(slept, 1500));
  await wake();
  const after = await facts(page);
  expect(after.elapsed).toBeGreaterThan(before.elapsed + 1);
  expect(after).toMatchObject({ dwell: before.dwell, visible: before.visible });
  await hide(page, false);
  await reach(page, 'dwell', before.dwell + 0.3);
  // What was missed is not made up for at once.
  const { dwell } = await facts(page);
  expect(dwell).toBeLessThan(before.dwell + 1);
});
