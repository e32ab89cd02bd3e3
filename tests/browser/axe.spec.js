// No state of the widget or of the agents' page has an accessibility fault that axe can find.

import AxeBuilder from '@axe-core/playwright';

import { expect, test } from './helpers/test';
import { agentStates, visitorStates, walkable } from './helpers/walk';

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };

test.use({ deskOptions: { config: walkable }, contextOptions: { reducedMotion: 'reduce' } });

/** Collects the faults of each state instead of stopping at the first. */
function auditor(scope) {
  const faults = [];
  const at = async (name, page) => {
    const builder = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
    const { violations } = await (scope ? builder.include(scope) : builder).analyze();
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes) faults.push(`${name}: ${id}: ${target.join(' ')}: ${failureSummary}`);
    }
  };
  return { faults, at };
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark']) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      for (const lang of ['en', 'ur']) {
        test(`the widget in ${lang}`, async ({ page, browser, desk }) => {
          const { faults, at } = auditor('bharosa-widget');
          const agentPage = await (await browser.newContext({ viewport: SIZES.wide })).newPage();
          await visitorStates({ page, agentPage, desk, lang, at });
          expect(faults).toEqual([]);
        });
      }

      test('the agents’ page', async ({ page, browser, desk }) => {
        const { faults, at } = auditor();
        const elsewhere = async () => (await browser.newContext({ viewport: SIZES.wide })).newPage();
        await agentStates({ page, visitorPage: await elsewhere(), colleaguePage: await elsewhere(), desk, at });
        expect(faults).toEqual([]);
      });
    });
  }
}
