// A config that is missing, broken or has mistakes. The page must not suffer, the developer must learn all of it.

import { quick } from './helpers/configs';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

/** Serves `answer` in place of the desk's config. */
const serve = (page, answer) => page.route('**/bharosa.json', (route) => route.fulfill(answer));
const json = (config) => ({ contentType: 'application/json', body: JSON.stringify(config) });

const BROKEN = {
  missing: { status: 404, body: 'no' },
  'not JSON': { contentType: 'application/json', body: '{"version": 1,' },
  'of another version': json({ version: 2, backend: '/ws', rules: [] }),
  'a list': json([1, 2, 3]),
  null: json(null),
};

for (const [words, answer] of Object.entries(BROKEN)) {
  test(`the config is ${words}: the launcher is the link the page itself names`, async ({ page, desk }) => {
    const trouble = watchTrouble(page);
    await serve(page, answer);
    await page.goto(desk.url('/loans/auto'));
    const link = page.locator('bharosa-widget').getByRole('link');
    await expect(link).toHaveAttribute('href', desk.url('/contact'));
    await expect.poll(() => trouble.warnings.join('\n')).toMatch(/^bharosa: .*config.*The launcher stays a link\.$/m);
    expect(trouble.thrown).toEqual([]);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
}

test.describe('a config with mistakes', () => {
  const mistaken = (config) => {
    quick(config);
    config.colour = 'green';
    config.brand.position = 7;
    config.rules.push({
      id: 'odd',
      when: { 'page.dwell_s': { $gtt: 3 }, 'page.idd': 'cards' },
      then: [{ say: { text: 'Hello', replys: [] } }],
    });
  };
  test.use({ deskOptions: { config: mistaken } });

  test('every mistake is told with its place, and the rest works', async ({ page, desk }) => {
    const trouble = watchTrouble(page);
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    await expect(visitor.message).toContainText('Questions about Auto loans?');
    const told = trouble.warnings.join('\n');
    for (const place of [
      /^colour: unknown field/m,
      /^brand\.position: expected one of: end, start; found a number/m,
      /^rules\[1\]\.when\.page\.dwell_s\.\$gtt: .*did you mean "\$gte?"\?/m,
      /^rules\[1\]\.when\.page\.idd: .*did you mean "page\.id"\?/m,
      /^rules\[1\]\.then\[0\]\.say\.replys: unknown field, did you mean "replies"\?/m,
    ]) {
      expect(told).toMatch(place);
    }
    await visitor.acceptOffer();
    await expect(visitor.presence).toHaveText('Loans: you are next in line');
    expect(trouble.thrown).toEqual([]);
  });
});
