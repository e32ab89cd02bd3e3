// The browser tests: a real Chromium against a real desk. `cargo xtask test` runs them last.
// By hand, after `cargo xtask build` and `cargo build --package desk`:
//   node_modules/.bin/playwright test --config tests/browser/playwright.config.js files

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: 'results/artifacts',
  // Two, as CI has two cores; every test has a desk and a database of its own.
  workers: 2,
  fullyParallel: true,
  // A test that passes only at a second try has found something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: 'results/report.json' }], ['./helpers/scenarios.js']],
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // No sandbox: CI runs as root. The rest keeps Chromium from calling its maker during a test.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
