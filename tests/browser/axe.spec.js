// No state of the widget or of the agents' page has an accessibility fault that axe can find.

import AxeBuilder from '@axe-core/playwright';

import { expect, test } from './helpers/test';
import { agentStates, troubledStates, visitorStates, walkable } from './helpers/walk';

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };

test.use({ deskOptions: { config: walkable }, contextOptions: { reducedMotion: 'reduce' } });

/** Collects the faults of each state instead of stopping at the first. */
function auditor(scope) {
  const faults = [];
  const at = async (name, page) => {
    const builder = new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
    const { violations } = await (scope ? builder.include(scope) : builder).analyze();
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes) faults.push(`${name}: ${id}: ${target.join(' ')}: ${failureSummary}`);
    }
  };
  return { faults, at };
}

/** Somebody else, at a browser of their own. */
const elsewhere = async (browser) => (await browser.newContext({ viewport: SIZES.wide })).newPage();

// Every pair of language, size and scheme, in half the walks that all combinations would take.
const COMBINATIONS = [
  ['en', 'wide', 'light'],
  ['en', 'narrow', 'dark'],
  ['ur', 'wide', 'dark'],
  ['ur', 'narrow', 'light'],
];

for (const [lang, size, colorScheme] of COMBINATIONS) {
  test.describe(`${size}, ${colorScheme}`, () => {
    test.use({ viewport: SIZES[size], colorScheme });

    test(`the widget in ${lang}`, async ({ page, browser, desk }) => {
      const { faults, at } = auditor('bharosa-widget');
      await visitorStates({ page, agentPage: await elsewhere(browser), desk, lang, at });
      expect(faults).toEqual([]);
    });

    test(`the widget in ${lang}, in trouble`, async ({ page, desk }) => {
      const { faults, at } = auditor('bharosa-widget');
      await troubledStates({ page, desk, lang, at });
      expect(faults).toEqual([]);
    });
  });
}

for (const [size, colorScheme] of [['wide', 'light'], ['narrow', 'dark']]) {
  test.describe(`${size}, ${colorScheme}`, () => {
    test.use({ viewport: SIZES[size], colorScheme });

    test('the agents’ page', async ({ page, browser, desk }) => {
      const { faults, at } = auditor();
      const [visitorPage, colleaguePage] = [await elsewhere(browser), await elsewhere(browser)];
      await agentStates({ page, visitorPage, colleaguePage, desk, at });
      expect(faults).toEqual([]);
    });
  });
}
