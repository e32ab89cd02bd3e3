// The tests' own browser, for takeover.figures.js: pages may go into the back/forward cache.

import tests from './playwright.config.js';

const { use } = tests;

export default {
  ...tests,
  testMatch: 'takeover.figures.js',
  workers: 1,
  timeout: 600_000,
  reporter: 'line',
  use: { ...use, screenshot: 'off', launchOptions: { ...use.launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] } },
};
