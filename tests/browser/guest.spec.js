// A guest on the bank's page: it takes one name, minds its own listeners, and leaves nothing behind.

import { silent, quick } from './helpers/configs';
import { get } from './helpers/http';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

test.use({ deskOptions: { config: silent } });

/** Serves the page at `path` with `head` put before the widget's tag, or without that tag. */
async function change(page, desk, path, { head = '', tag = true }) {
  const { body, headers } = await get(desk.url(path));
  const own = /<script async src="\/bharosa\/bharosa\.js"[^>]*><\/script>/;
  const html = body.toString().replace(own, (found) => head + (tag ? found : ''));
  // The test's own scripts stand in the page, so the policy must let them.
  const policy = headers['content-security-policy'].replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(/require-trusted-types.*?; /, '').replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
  await page.route(desk.url(path), (route) => route.fulfill({ body: html, contentType: 'text/html', headers: { 'content-security-policy': policy } }));
}

const TAG = '<script src="/bharosa/bharosa.js" data-config="/bharosa.json" data-fallback="/contact"></script>';
const include = (page) =>
  page.evaluate(() => new Promise((resolve) => {
    const script = document.createElement('script');
    Object.assign(script.dataset, { config: '/bharosa.json', fallback: '/contact' });
    script.onload = resolve;
    script.src = '/bharosa/bharosa.js';
    document.head.append(script);
  }));

test('included twice, it is there once', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  await change(page, desk, '/cards', { head: TAG + TAG });
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await visitor.open();
  await expect(page.locator('bharosa-widget')).toHaveCount(1);
  await expect(visitor.launcher).toHaveCount(1);
  expect(trouble).toEqual({ thrown: [], warnings: [] });
});

test('calls made before it has loaded are carried out, in order', async ({ page, desk }) => {
  const stub = `<script>window.bharosa = { q: [['open'], ['close'], ['open']] };</script>`;
  await change(page, desk, '/cards', { head: stub });
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await expect(visitor.composer).toBeVisible();
});

test('options may stand in a plain object', async ({ page, desk }) => {
  const options = `<script>window.bharosa = { config: '/bharosa.json', base: '/bharosa/', fallback: '/help', lang: 'hi' };</script>`;
  await change(page, desk, '/cards', { head: options });
  const visitor = new Visitor(page, desk, 'hi');
  await visitor.visit('/cards');
  await expect(visitor.launcher).toBeVisible();
  await expect(visitor.widget).toHaveAttribute('lang', 'hi');
});

test('the page hears of opening and closing until it no longer wants to', async ({ page, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await page.evaluate(async () => {
    await window.bharosa.ready();
    window.heard = [];
    for (const name of ['open', 'close']) window[`no_${name}`] = window.bharosa.on(name, () => window.heard.push(name));
    // A listener of the page's that fails is the page's own trouble.
    window.bharosa.on('open', () => { throw new Error('mine'); });
  });
  await visitor.open();
  await visitor.button('close').click();
  await expect(visitor.panel).toBeHidden();
  expect(await page.evaluate(() => window.heard)).toEqual(['open', 'close']);
  await page.evaluate(() => window.no_close());
  await page.evaluate(() => window.bharosa.toggle());
  await expect(visitor.panel).toBeVisible();
  await page.evaluate(() => window.bharosa.toggle());
  await expect(visitor.panel).toBeHidden();
  expect(await page.evaluate(() => window.heard)).toEqual(['open', 'close', 'open']);
});

test.describe('with a rule', () => {
  test.use({ deskOptions: { config: quick } });

  test('the page hears which rule fired', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    const fired = await page.evaluate(() => new Promise((resolve) => window.bharosa.on('fired', resolve)));
    expect(fired).toEqual({
      rule: 'auto-loan-help',
      because: [
        { key: 'page.id', name: 'Auto loans', value: 'auto-loans' },
        { key: 'page.dwell_s', name: 'Auto loans', value: '1' },
      ],
    });
    await expect(visitor.message).toBeVisible();
    expect(await visitor.explain()).toEqual([{ rule: 'auto-loan-help', state: 'fired', reason: 'fired on this page' }]);
  });
});

test('it adds one global name, and no element but its own', async ({ page, desk }) => {
  const names = () => page.evaluate(() => Object.getOwnPropertyNames(window).sort());
  const elements = () => page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => one.localName !== 'bharosa-widget').length);
  await change(page, desk, '/cards', { tag: false });
  await page.goto(desk.url('/cards'));
  const before = { names: await names(), elements: await elements() };
  await include(page);
  await page.evaluate(() => window.bharosa.ready());
  const visitor = new Visitor(page, desk);
  await visitor.open();
  expect((await names()).filter((name) => !before.names.includes(name))).toEqual(['bharosa']);
  expect(await elements(), 'but for the tag itself').toBe(before.elements + 1);
});

test.describe('put back by a script', () => {
  // The policy would not let the test's own script put it back.
  test.use({ bypassCSP: true });

  test('destroyed, it leaves nothing, and can be put back', async ({ page, desk }) => {
    const trouble = watchTrouble(page);
    await page.addInitScript(() => {
      // Counts what is listened to on what outlives the widget.
      window.held = new Set();
      const { addEventListener, removeEventListener } = EventTarget.prototype;
      const lasting = (target) => target === window || target === document || target === window.navigation;
      const name = (target, kind, listener, options) => {
        const capture = typeof options === 'object' ? Boolean(options?.capture) : Boolean(options);
        listener.number ??= Math.random();
        return `${target?.constructor.name} ${kind} ${listener.number} ${capture}`;
      };
      EventTarget.prototype.addEventListener = function (kind, listener, options) {
        const target = this ?? window;
        if (listener && lasting(target) && /widget|tracker|bharosa/.test(new Error().stack)) {
          const one = name(target, kind, listener, options);
          window.held.add(one);
          options?.signal && addEventListener.call(options.signal, 'abort', () => window.held.delete(one));
        }
        return addEventListener.call(target, kind, listener, options);
      };
      EventTarget.prototype.removeEventListener = function (kind, listener, options) {
        const target = this ?? window;
        if (listener) window.held.delete(name(target, kind, listener, options));
        return removeEventListener.call(target, kind, listener, options);
      };
    });
    const sockets = [];
    page.on('websocket', (socket) => sockets.push(socket));
    const visitor = new Visitor(page, desk);
    await visitor.visit('/cards');
    await visitor.open();
    await visitor.write('Hello');
    await expect(visitor.bubble('Hello')).toContainText('Delivered');
    expect(await page.evaluate(() => window.held.size), 'it listened').toBeGreaterThan(5);

    const closed = sockets[0].waitForEvent('close');
    await page.evaluate(() => window.bharosa.destroy());
    await closed;
    await expect(page.locator('bharosa-widget')).toHaveCount(0);
    const left = await page.evaluate(() => ({
      global: 'bharosa' in window,
      held: [...window.held],
      native: [history.pushState, history.replaceState].every((one) => String(one).includes('[native code]') && !Object.hasOwn(history, one.name)),
      modules: document.querySelectorAll('link[rel=modulepreload]').length,
    }));
    expect(left).toEqual({ global: false, held: [], native: true, modules: 0 });
    // Nothing still answers.
    await page.evaluate(() => {
      history.pushState(null, '', '/rates');
      history.replaceState(null, '', '/cards');
      window.dispatchEvent(new Event('pagehide'));
    });

    const kept = await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('bharosa')));
    expect(kept, 'nothing is kept, and nothing writes it again').toEqual([]);

    await include(page);
    await page.evaluate(() => window.bharosa.ready());
    await expect(visitor.launcher).toHaveCount(1);
    await expect(visitor.panel, 'it starts anew').toBeHidden();
    expect(trouble).toEqual({ thrown: [], warnings: [] });
  });
});

test('destroyed before it is ready, it never appears', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  await change(page, desk, '/cards', { tag: false });
  await page.goto(desk.url('/cards'));
  await include(page);
  const settled = await page.evaluate(() => {
    const { ready, destroy } = window.bharosa;
    destroy();
    return ready().then(() => 'settled', () => 'settled');
  });
  expect(settled).toBe('settled');
  await expect(page.locator('bharosa-widget')).toHaveCount(0);
  expect(trouble.thrown).toEqual([]);
});

test('the page’s own styles, however hostile, neither hide nor change it', async ({ page, desk }) => {
  const hostile = 'html *{all:unset!important;display:none!important;font-size:2px!important}';
  await change(page, desk, '/cards', { head: `<style>${hostile}</style>` });
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await expect(visitor.launcher).toBeVisible();
  await expect(visitor.launcher).toHaveCSS('font-size', '16px');
  await visitor.open();
  await expect(visitor.composer).toHaveCSS('font-size', '16px');
  await expect(page.getByRole('heading', { level: 1 }), 'the styles are in force').toBeHidden();
});
