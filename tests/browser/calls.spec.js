// What the page itself tells and asks for: events of its own, attributes, a record of the visit.

import { NUMBER, TEXT, become, facts, gaugesOf } from './helpers/gauges';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';

const config = (config) => {
  gaugesOf({
    sums: ['signals.sums', NUMBER],
    products: ['attributes.products', NUMBER],
    pages: ['session.pages', NUMBER],
    wait: ['queue.loans.wait_s', NUMBER],
    path: ['page.path', TEXT],
  })(config);
  config.attributes = { products: 'number' };
  config.signals = { sums: { count: 'calculated', where: { sum: { $gte: 10 } }, within: '1h' } };
};
test.use({ deskOptions: { config } });

const start = async (page, desk) => {
  await page.goto(desk.url('/cards'));
  await page.evaluate(() => window.bharosa.ready());
};

test('events and attributes of the page become facts', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  await start(page, desk);
  await page.evaluate(() => {
    window.bharosa.track('calculated', { sum: 12 });
    window.bharosa.track('calculated', { sum: 1 });
    window.bharosa.track('calculated', { sum: 99 });
    window.bharosa.set({ products: 3 });
  });
  expect(await facts(page)).toMatchObject({ sums: 2, products: 3 });
  expect(trouble).toEqual({ thrown: [], warnings: [] });
});

test('a path is read as people write it', async ({ page, desk }) => {
  await start(page, desk);
  await page.evaluate(() => history.pushState(null, '', '/گاڑی?a=b#c'));
  await become(page, { path: '/گاڑی' });
  await page.evaluate(() => history.pushState(null, '', '/100%'));
  await become(page, { path: '/100%' });
});

test('how a queue stands can come from the page, and what nobody declared is named', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  await start(page, desk);
  await page.evaluate(() => {
    window.bharosa.queue({ queue: 'loans', wait_s: 40 });
    window.bharosa.set({ shoes: 43 });
  });
  expect(await facts(page)).toMatchObject({ wait: 40 });
  expect(trouble.warnings.join('\n')).toContain('set({shoes: …}): the config declares no such attribute');
});

test('what cannot be told is told to the developer, and nothing breaks', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  await start(page, desk);
  await page.evaluate(() => {
    const round = {};
    round.self = round;
    window.bharosa.track('calculated', round);
    window.bharosa.track('calculated', { sum: 10n });
    window.bharosa.set(round);
    window.bharosa.track();
    window.bharosa.set();
    window.bharosa.track('calculated', { sum: 12 });
  });
  expect(await facts(page)).toMatchObject({ sums: 1 });
  expect(trouble.thrown).toEqual([]);
  expect(trouble.warnings.join('\n')).toMatch(/circular/i);
});

test('a page that tells ten thousand things at once neither stands still nor breaks', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  await start(page, desk);
  const took = await page.evaluate(() => {
    const began = performance.now();
    for (let count = 0; count < 10_000; count += 1) window.bharosa.track('calculated', { sum: 12 });
    return performance.now() - began;
  });
  expect(took).toBeLessThan(1000);
  expect(trouble.thrown).toEqual([]);
  expect(trouble.warnings.filter((text) => text.includes('more than 200 calls at once'))).toHaveLength(1);
  // The next moment is heard again.
  const { sums } = await facts(page);
  await expect.poll(async () => {
    await page.evaluate(() => window.bharosa.track('calculated', { sum: 12 }));
    return (await facts(page)).sums;
  }).toBeGreaterThan(sums);
});

test('a listener that tells something whenever it hears something does not go on for ever', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  await start(page, desk);
  await page.evaluate(() => {
    for (const name of ['open', 'close']) window.bharosa.on(name, () => window.bharosa.toggle());
    window.bharosa.open();
  });
  await become(page, { pages: 1 });
  expect(trouble.thrown).toEqual([]);
});

test('a visit is put on record when the page asks for it, and only then', async ({ page, desk }) => {
  await start(page, desk);
  expect(await page.evaluate(() => window.bharosa.trace())).toBeUndefined();
  await page.evaluate(() => {
    window.bharosa.track('calculated', { sum: 1 });
    window.bharosa.trace(true);
    window.bharosa.track('calculated', { sum: 12 });
    window.bharosa.trace(false);
    window.bharosa.track('calculated', { sum: 13 });
  });
  const trace = await page.evaluate(() => window.bharosa.trace());
  expect(trace).toMatchObject({ trace: 1, about: { lang: 'en', direction: 'ltr', device: 'desktop', zone: 'UTC' } });
  expect(trace.events.map(([, , name, argument]) => [name, argument])).toEqual([
    ['view', { path: '/cards', query: {}, referrer: '' }],
    ['visible', true],
    ['focused', true],
    ['track', { name: 'calculated', detail: { sum: 12 } }],
  ]);
  for (const [mono, wall] of trace.events) {
    expect(Number.isInteger(mono)).toBe(true);
    expect(Math.abs(wall - Date.now())).toBeLessThan(60_000);
  }
});
