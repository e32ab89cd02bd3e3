// The witness itself: what it must not overlook.

import { expect, test } from '@playwright/test';

import { watchTrouble } from './helpers/trouble';
import { witness } from './helpers/witness';

/** Shows these rows of the visitor's, each a text and a mark, and takes them away again. */
const flash = (page, rows) => page.evaluate(async (rows) => {
  const root = document.createElement('div').attachShadow({ mode: 'open' });
  const part = (className, text) => Object.assign(document.createElement('p'), { className, textContent: text });
  for (const [text, mark] of rows) {
    const row = part('row mine', '');
    row.append(part('bubble', text), part('mark', mark));
    root.append(row);
  }
  await null;
  root.replaceChildren();
}, rows);

test('it tells of a message that is on the screen twice, however briefly', async ({ page }) => {
  const trouble = watchTrouble(page);
  await page.addInitScript(witness);
  await page.goto('about:blank');
  await flash(page, [['Once', ''], ['Another', '']]);
  await flash(page, [['Again', ''], ['Other', ''], ['Again', '']]);
  await expect.poll(() => trouble.warnings).toEqual(['witness: twice on one screen: Again']);
});

test('it tells of every message that is said to have arrived', async ({ page }) => {
  const told = [];
  page.on('console', (message) => told.push(message.text()));
  await page.addInitScript(witness);
  await page.goto('about:blank');
  await flash(page, [['On its way', 'Sending …'], ['There', ' · Delivered'], ['Read', ' · Seen']]);
  await expect.poll(() => told).toEqual(['witness: arrived: There', 'witness: arrived: Read']);
});
