// A bank's content security policy is strict. The widget lives under it without one report, and where the policy
// forbids WebAssembly, the launcher is still a way to the bank.

import { cspReports } from './helpers/csp';
import { silent } from './helpers/configs';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

const PAGES = ['/', '/loans/auto', '/loans/home', '/cards', '/rates', '/transfer', '/help', '/contact', '/portal'];

test.use({ deskOptions: { config: silent } });

/** Every page, with the panel open and a message written. */
async function walk(visitor, query = '') {
  for (const path of PAGES) {
    await visitor.visit(path + query);
    await expect(visitor.launcher).toBeVisible();
    if (path === PAGES[0]) await visitor.open();
    await expect(visitor.composer).toBeVisible();
    await visitor.write(`On ${path}`);
    await expect(visitor.bubble(`On ${path}`)).toContainText('Delivered');
  }
}

test('a walk through the bank with the panel open breaks no policy', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  await walk(new Visitor(page, desk));
  expect(await cspReports(desk)).toEqual([]);
  expect(trouble.thrown).toEqual([]);
});

test('with no styles allowed at all, only the bank’s own stylesheets are refused', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  const visitor = new Visitor(page, desk);
  await walk(visitor, '?csp=strict');
  const reports = (await cspReports(desk)).map((report) => report['csp-report']);
  expect(reports.length, 'the policy was in force').toBeGreaterThanOrEqual(PAGES.length);
  const banks = ['/bank.css', '/styles/forms.css', '/styles/portal.css'].map((path) => desk.url(path));
  const foreign = reports.filter(
    (report) => report['effective-directive'] !== 'style-src-elem' || !banks.includes(report['blocked-uri']),
  );
  expect(foreign).toEqual([]);
  expect(trouble.thrown).toEqual([]);
  // It is not only quiet, it has its looks.
  await expect(visitor.launcher).toHaveCSS('position', 'fixed');
  await expect(visitor.panel).toHaveCSS('position', 'fixed');
});

test('without WebAssembly the launcher stays a link, and the console says why', async ({ page, desk }) => {
  const trouble = watchTrouble(page);
  const visitor = new Visitor(page, desk);
  await visitor.visit('/loans/auto?csp=nowasm');
  await expect.poll(() => trouble.warnings.join('\n')).toMatch(/^bharosa: .*WebAssembly.*The launcher stays a link\.$/m);
  await expect(visitor.fallback).toHaveAttribute('href', desk.url('/contact'));
  await expect(visitor.launcher).toBeHidden();
  expect(trouble.thrown).toEqual([]);
  await visitor.fallback.click();
  await page.waitForURL(desk.url('/contact'));
});
