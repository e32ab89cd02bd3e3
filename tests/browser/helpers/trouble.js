// What a page's developer would see go wrong.

/** Call it before the page is loaded: `thrown` are uncaught errors, `warnings` the console's. */
export function watchTrouble(page) {
  const trouble = { thrown: [], warnings: [] };
  page.on('pageerror', (error) => trouble.thrown.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'warning') trouble.warnings.push(message.text());
  });
  return trouble;
}
