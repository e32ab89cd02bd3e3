// The widget's facts, read the only way a page can read them: through explain(), by rules that never fire.

import { expect } from '@playwright/test';

/** Never reached by a number, never equal to a text, and neither of both. */
export const NUMBER = { $gte: 9999 };
export const TEXT = 'nowhere';
export const EITHER = { $nin: [true, false] };

/** Rules that never fire, so that explain() tells each fact as it stands: `{ name: [fact, NUMBER] }`. */
export const gaugesOf = (facts) => (config) => {
  config.rules = Object.entries(facts).map(([id, [fact, wanted]]) => ({ id, when: { [fact]: wanted }, then: [{ open: 'chat' }] }));
};

export const gauges = gaugesOf({
  page: ['page.id', TEXT],
  dwell: ['page.dwell_s', NUMBER],
  visible: ['page.visible_s', NUMBER],
  elapsed: ['page.elapsed_s', NUMBER],
  pages: ['session.pages', NUMBER],
});

/** `{ page, dwell, visible, elapsed, pages }` as the widget sees them. */
export async function facts(page) {
  return read(await page.evaluate(() => window.bharosa?.explain() ?? []));
}

/** The same from what explain() answered. */
export function read(lines) {
  return Object.fromEntries(lines.map(({ rule, reason }) => {
    const [, value] = reason.match(/ is (.*), needs /) ?? [];
    return [rule, /^(true|false|[-\d.]+)$/.test(value) ? JSON.parse(value) : value?.replaceAll('"', '')];
  }));
}

/** Waits until the facts are `expected`, as far as it names them. */
export const become = (page, expected) => expect.poll(() => facts(page)).toMatchObject(expected);

/** Waits until `name` has reached `least`. */
export const reach = (page, name, least) => expect.poll(async () => (await facts(page))[name]).toBeGreaterThanOrEqual(least);
