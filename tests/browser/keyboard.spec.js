// Everything by keyboard alone.

import { quick, silent } from './helpers/configs';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

/** Presses Tab until `locator` has the focus, as somebody looking for it would. */
async function tabTo(locator, key = 'Tab') {
  await expect(async () => {
    await locator.page().keyboard.press(key);
    await expect(locator).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0], timeout: 20_000 });
}

test.describe('without an offer', () => {
  test.use({ deskOptions: { config: silent } });

  test('open, write, end and close, and the focus is always where it helps', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/contact');
    await expect(visitor.launcher).toBeVisible();
    // Backwards: the launcher is the last thing on the page.
    await tabTo(visitor.launcher, 'Shift+Tab');
    await expect(visitor.launcher).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('Enter');
    await expect(visitor.composer).toBeFocused();
    await expect(visitor.launcher).toHaveAttribute('aria-expanded', 'true');

    await page.keyboard.press('Escape');
    await expect(visitor.panel).toBeHidden();
    await expect(visitor.launcher).toBeFocused();

    await page.keyboard.press('Space');
    await expect(visitor.composer).toBeFocused();
    await page.keyboard.type('First line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line');
    await page.keyboard.press('Enter');
    await expect(visitor.bubbles).toHaveText(['First line\nsecond line'], { useInnerText: true });
    await expect(visitor.composer).toBeFocused();

    await tabTo(visitor.button('end'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(visitor.panel).toContainText('End this conversation?');
    await page.keyboard.press('Escape');
    await expect(visitor.panel, 'Escape leaves the question first').not.toContainText('End this conversation?');
    await expect(visitor.panel).toBeVisible();
    await tabTo(visitor.button('end'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(visitor.button('end.yes'));
    await page.keyboard.press('Enter');
    await expect(visitor.line('line.ended_by_you')).toBeVisible();
  });

  test('after a question is answered the focus is still in the panel', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/contact');
    await visitor.open();
    await visitor.write('Hello');
    await tabTo(visitor.button('end'), 'Shift+Tab');
    const focusInPanel = () =>
      page.evaluate(() => Boolean(document.querySelector('bharosa-widget').shadowRoot.activeElement?.closest('.panel')));
    await page.keyboard.press('Enter');
    await expect.poll(focusInPanel, 'when the question appears').toBe(true);
    await tabTo(visitor.button('end.no'));
    await page.keyboard.press('Enter');
    await expect(visitor.button('end.no')).toHaveCount(0);
    await expect.poll(focusInPanel, 'when it goes').toBe(true);
  });
});

test.describe('with an offer', () => {
  test.use({ deskOptions: { config: quick } });

  test('the message takes no focus, is read out, and can be dismissed', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    await expect(visitor.message).toBeVisible();
    expect(await page.evaluate(() => document.activeElement.localName)).toBe('body');
    await expect(visitor.widget.getByRole('status').filter({ hasText: 'Questions about Auto loans?' })).toHaveCount(1);
    await tabTo(visitor.button('say.dismiss'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(visitor.message).toHaveCount(0);
  });

  test('Escape dismisses the message from within', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    await expect(visitor.message).toBeVisible();
    await tabTo(visitor.message.getByRole('button', { name: 'No, thanks' }), 'Shift+Tab');
    await page.keyboard.press('Escape');
    await expect(visitor.message).toHaveCount(0);
  });

  test('accepting by keyboard leads to the composer', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    await expect(visitor.message).toBeVisible();
    await tabTo(visitor.message.getByRole('button', { name: 'Yes, please' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(visitor.composer).toBeFocused();
    await expect(visitor.presence).toHaveText('Loans: you are next in line');
  });
});
