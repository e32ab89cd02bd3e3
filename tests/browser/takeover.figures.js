// How long it takes until another tab has the connection after the one that had it is gone: for BHAROSA_REPEATS times
// in each way, printed beside the goal and written to the folder that BHAROSA_FIGURES names.
//   node_modules/.bin/playwright test --config tests/browser/takeover.config.js
// A figure, not a test: nothing fails for being slow.

import fs from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';

import { expect, test } from './helpers/talk';

const REPEATS = Number(process.env.BHAROSA_REPEATS ?? 20);
const GOAL_MS = 300;

/** How the tab with the connection goes; answers with the moment from which it was no longer there. */
const GOES = {
  close: async ({ page }) => {
    const since = Date.now();
    await page.close();
    return since;
  },
  crash: async ({ page }) => {
    const session = await page.context().newCDPSession(page);
    const since = Date.now();
    session.send('Page.crash').catch(() => {});
    return since;
  },
  bfcache: async ({ page }) => {
    // The page itself knows when it is left: what comes before is the other page's load.
    await page.evaluate(() => addEventListener('pagehide', () => (localStorage.left = Date.now())));
    await page.goto(new URL('/404', page.url()).href);
    return Number(await page.evaluate(() => localStorage.left));
  },
};

const figures = {};

for (const [way, go] of Object.entries(GOES)) {
  test(way, async ({ context, line, talk }) => {
    const tab = async (path) => talk.tab(await context.newPage(), path);
    let leader = await tab('/cards');
    await leader.write('Before');
    await expect(leader.bubble('Before')).toContainText('Delivered');
    const all = [];
    while (all.length < REPEATS) {
      const next = await tab('/rates');
      await expect(next.bubble('Before')).toContainText('Delivered');
      await expect(next.notice).toBeHidden();
      talk.forget(leader);
      const open = once(line, 'open').then(() => Date.now());
      const since = await go(leader);
      all.push((await open) - since);
      if (!leader.page.isClosed()) await leader.page.close();
      leader = next;
    }
    all.sort((one, other) => one - other);
    const at = (share) => Math.round(all[Math.min(all.length - 1, Math.ceil(all.length * share) - 1)]);
    figures[way] = { repeats: all.length, median_ms: at(0.5), p95_ms: at(0.95), goal_ms: GOAL_MS };
  });
}

test.afterAll(() => {
  for (const [way, { repeats, median_ms, p95_ms }] of Object.entries(figures)) {
    console.log(`takeover after ${way}: median ${median_ms} ms, p95 ${p95_ms} ms of ${repeats} (goal: p95 ${GOAL_MS} ms)`);
  }
  const folder = process.env.BHAROSA_FIGURES;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'takeover.json'), `${JSON.stringify(figures, null, 1)}\n`);
});
