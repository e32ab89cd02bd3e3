// Runs the measurements in Chromium and prints them as JSON: `node chromium.mjs FOLDER`, FOLDER holding the built
// module. `cargo xtask bench rules` calls it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder] = process.argv.slice(2);
const here = import.meta.dirname;
const FILES = {
  'figures.js': [folder, 'text/javascript'],
  'figures.wasm': [folder, 'application/wasm'],
  'measure.js': [join(here, 'page'), 'text/javascript'],
  'yardstick.js': [join(here, 'page'), 'text/javascript'],
};
// Such a page is alone in its process, and gets a finer clock for it.
const ALONE = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const answer = async (route) => {
  const name = new URL(route.request().url()).pathname.slice(1);
  if (!name) {
    const body = '<!doctype html><title>Figures</title><script type="module" src="measure.js"></script>';
    return route.fulfill({ headers: ALONE, contentType: 'text/html', body });
  }
  if (!FILES[name]) return route.fulfill({ status: 404 });
  const [from, contentType] = FILES[name];
  return route.fulfill({ headers: ALONE, contentType, body: await readFile(join(from, name)) });
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // As in the browser tests.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.route('**/*', answer);
  await page.goto('https://bench.test/');
  const measured = await page.evaluate(() => globalThis.measure());
  console.log(JSON.stringify({ ...measured, chromium: browser.version() }));
} finally {
  await browser.close();
}
