// Every state in both sizes, both colour schemes, left to right and right to left.

import path from 'node:path';

import { test } from './helpers/test';
import { agentStates, troubledStates, visitorStates, walkable } from './helpers/walk';

const SIZES = { 1280: { width: 1280, height: 800 }, 390: { width: 390, height: 844 } };

test.use({ deskOptions: { config: walkable }, contextOptions: { reducedMotion: 'reduce' } });

/** Numbers the pictures in the order of the story. */
function camera(name) {
  let taken = 0;
  return async (state, page) => {
    taken += 1;
    const file = `${name}-${String(taken).padStart(2, '0')}-${state}.png`;
    await page.screenshot({ path: path.join(process.env.BHAROSA_SHOTS, file), animations: 'disabled' });
  };
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark']) {
    test.describe(`${size} ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });
      const elsewhere = async (browser) => (await browser.newContext({ viewport: SIZES[1280] })).newPage();

      for (const lang of ['en', 'ur', 'hi']) {
        test(`visitor ${lang}`, async ({ page, browser, desk }) => {
          const at = camera(`visitor-${lang}-${size}-${colorScheme}`);
          await visitorStates({ page, agentPage: await elsewhere(browser), desk, lang, at });
        });
      }

      for (const lang of ['en', 'ur', 'hi']) {
        test(`troubled ${lang}`, async ({ page, desk }) => {
          await troubledStates({ page, desk, lang, at: camera(`troubled-${lang}-${size}-${colorScheme}`) });
        });
      }

      test('agent', async ({ page, browser, desk }) => {
        const at = camera(`agent-${size}-${colorScheme}`);
        const [visitorPage, colleaguePage] = [await elsewhere(browser), await elsewhere(browser)];
        await agentStates({ page, visitorPage, colleaguePage, desk, at });
      });
    });
  }
}
