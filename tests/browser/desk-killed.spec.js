// The desk is gone from one moment to the next, as by a power cut, while both sides write.

import { Agent, SANA } from './helpers/agent';
import { quick } from './helpers/configs';
import { cutLine } from './helpers/line';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

test.use({ deskOptions: { config: quick } });

/** A conversation under way. */
async function talking(page, browser, desk) {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/loans/auto');
  await visitor.acceptOffer();
  const sana = await Agent.signIn(await (await browser.newContext()).newPage(), desk, SANA);
  await sana.accept();
  await visitor.write('Hello');
  await expect(sana.bubbles).toHaveText(['Hello']);
  await sana.write('Hello to you');
  await expect(visitor.bubbles).toHaveText(['Hello', 'Hello to you']);
  await expect(sana.bubbles).toHaveText(['Hello', 'Hello to you']);
  return { visitor, sana };
}

test('what both wrote while the desk was down arrives once, in order, on both screens', async ({ page, browser, desk }) => {
  const { visitor, sana } = await talking(page, browser, desk);
  await desk.kill9();

  await expect(visitor.notice).toContainText('We cannot reach the bank right now and keep trying. What you write is kept.');
  const contact = visitor.notice.getByRole('link', { name: 'Other ways to reach us' });
  await expect(contact).toHaveAttribute('href', desk.url('/contact'));
  await expect(sana.lost).toBeVisible();

  for (const text of ['First', 'Second', 'Third']) await visitor.write(text);
  for (const text of ['Mine', 'And mine']) await sana.write(text);
  await expect(visitor.bubble('Third')).toContainText('Sending …');
  await expect(visitor.bubble('Third')).not.toContainText('Delivered');
  await expect(sana.bubble('And mine')).toContainText('Goes out when the connection is back');
  await visitor.composer.fill('Not sent yet');

  await desk.restart();
  await expect(visitor.notice).toBeHidden({ timeout: 30_000 });
  await expect(visitor.bubbles).toHaveCount(7, { timeout: 30_000 });
  await expect(sana.bubbles).toHaveCount(7, { timeout: 30_000 });
  await expect(visitor.bubble('Third')).toContainText('Seen');
  await expect(sana.bubble('And mine')).toContainText('Seen');
  await expect(visitor.composer).toHaveValue('Not sent yet');

  // Who comes first of the two sides is the desk's to say; each side's own order is not, and both see the same.
  await expect(async () => expect(await sana.transcript()).toEqual(await visitor.transcript())).toPass();
  const seen = await visitor.transcript();
  expect(seen.slice(0, 2)).toEqual(['Hello', 'Hello to you']);
  expect(seen.filter((text) => ['First', 'Second', 'Third'].includes(text))).toEqual(['First', 'Second', 'Third']);
  expect(seen.filter((text) => ['Mine', 'And mine'].includes(text))).toEqual(['Mine', 'And mine']);

  await visitor.composer.press('Enter');
  await sana.write('Good to have you back');
  await expect(visitor.bubbles).toHaveCount(9);
  await expect(sana.bubbles).toHaveCount(9);
});

test('what the visitor wrote while the desk was down outlives a page load', async ({ page, browser, desk }) => {
  const line = await cutLine(page);
  const { visitor, sana } = await talking(page, browser, desk);
  await line.cut();
  await expect(visitor.notice).toContainText('We cannot reach the bank right now');
  await visitor.write('Written in the tunnel');
  await visitor.composer.fill('Half a sent');
  await visitor.follow('/rates');
  await expect(visitor.bubbles).toHaveText(['Hello', 'Hello to you', 'Written in the tunnel']);
  await expect(visitor.bubble('Written in the tunnel')).toContainText('Sending …');
  await expect(visitor.composer).toHaveValue('Half a sent');
  line.mend();
  await expect(visitor.bubble('Written in the tunnel')).toContainText('Seen', { timeout: 30_000 });
  await expect(visitor.bubbles).toHaveText(['Hello', 'Hello to you', 'Written in the tunnel']);
  await expect(sana.bubbles).toHaveText(['Hello', 'Hello to you', 'Written in the tunnel']);
});
