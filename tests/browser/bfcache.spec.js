// Back and forward: the browser may bring the whole page back as it was left.

import { evaluator } from './helpers/cdp';
import { gauges, reach, read } from './helpers/gauges';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

test.use({
  deskOptions: { config: gauges },
  // Playwright switches the cache off unless told not to.
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

/** Leaves the page and comes back to it, the very same document; answers with the way to look into it. */
async function leaveAndReturn(page, visitor) {
  const evaluate = await evaluator(page);
  await evaluate('addEventListener("pageshow", (event) => { window.restored = event.persisted; })');
  await visitor.follow('/rates');
  await evaluate('history.back()');
  await expect.poll(() => evaluate('window.restored'), 'it came from the cache').toBe(true);
  return evaluate;
}

test('a page restored from the cache is a new view', async ({ page, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await reach(page, 'dwell', 1);
  const evaluate = await leaveAndReturn(page, visitor);
  const facts = async () => read(await evaluate('window.bharosa.explain()'));
  await expect.poll(async () => (await facts()).pages).toBe(2);
  expect(await facts()).toMatchObject({ page: 'cards' });
  expect((await facts()).dwell).toBeLessThan(1);
  await expect.poll(async () => (await facts()).dwell).toBeGreaterThan(0.3);
});

test('a conversation goes on in a page restored from the cache', async ({ page, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await visitor.open();
  await visitor.write('Before');
  await expect(visitor.bubble('Before')).toContainText('Delivered');
  const evaluate = await leaveAndReturn(page, visitor);
  const panel = 'document.querySelector("bharosa-widget").shadowRoot';
  await evaluate(`{
    const area = ${panel}.querySelector('textarea');
    area.value = 'After';
    area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    ${panel}.querySelector('form').requestSubmit();
  }`);
  await expect.poll(() => evaluate(`[...${panel}.querySelectorAll('.row')].at(-1).innerText`)).toMatch(/After[^]*Delivered/);
  expect(await evaluate(`[...${panel}.querySelectorAll('.bubble')].map((one) => one.textContent)`)).toEqual(['Before', 'After']);
});
