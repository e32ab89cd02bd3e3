// The widget's facts, read the only way a page can read them: through explain(), by rules that never fire.

import { expect } from '@playwright/test';

/** Rules that never fire, so that explain() tells each fact as it stands. */
export function gauges(config) {
  const needs = (id, fact, wanted) => ({ id, when: { [fact]: wanted }, then: [{ open: 'chat' }] });
  config.rules = [
    needs('page', 'page.id', 'nowhere'),
    needs('dwell', 'page.dwell_s', { $gte: 9999 }),
    needs('visible', 'page.visible_s', { $gte: 9999 }),
    needs('elapsed', 'page.elapsed_s', { $gte: 9999 }),
    needs('pages', 'session.pages', { $gte: 9999 }),
  ];
}

/** `{ page, dwell, visible, elapsed, pages }` as the widget sees them. */
export async function facts(page) {
  return read(await page.evaluate(() => window.bharosa?.explain() ?? []));
}

/** The same from what explain() answered. */
export function read(lines) {
  return Object.fromEntries(lines.map(({ rule, reason }) => {
    const [, value] = reason.match(/ is (.*), needs /) ?? [];
    return [rule, value?.startsWith('"') ? value.slice(1, -1) : Number(value)];
  }));
}

/** Waits until `name` has reached `least`. */
export const reach = (page, name, least) => expect.poll(async () => (await facts(page))[name]).toBeGreaterThanOrEqual(least);
