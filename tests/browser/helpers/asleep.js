// A page that stands still. Chromium freezes only pages that nobody looks at, and Playwright's always count as looked
// at: so the page is told what a frozen one is told, and its script is stopped by the debugger.

import { once } from 'node:events';

/** Stops the script of `page` where it is, as when it never ends; answers with what lets it go on. */
export async function hang(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');
  const paused = once(session, 'Debugger.paused');
  // It stops at the next statement, which is this one. The answer comes when all is over, if ever.
  session.send('Runtime.evaluate', { expression: '0' }).catch(() => {});
  await paused;
  return async () => {
    await session.send('Debugger.resume');
    await session.detach();
  };
}

/** Freezes `page`; answers with what wakes it. */
export async function freeze(page) {
  await page.evaluate(() => document.dispatchEvent(new Event('freeze')));
  const goOn = await hang(page);
  return async () => {
    await goOn();
    await page.evaluate(() => document.dispatchEvent(new Event('resume')));
  };
}
