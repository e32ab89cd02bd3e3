// A tab behind another one. Playwright's tabs are all in front, so the page is told that it is not.

/** Hides or shows the tab for the page, as the browser does it when another tab comes to the front. */
export async function hide(page, hidden) {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}
