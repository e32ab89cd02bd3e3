// A page seen past Playwright, which loses hold of pages that come back from the back/forward cache.

/** Evaluates an expression in whatever document the tab shows, and awaits its promise. */
export async function evaluator(page) {
  const session = await page.context().newCDPSession(page);
  return async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}
