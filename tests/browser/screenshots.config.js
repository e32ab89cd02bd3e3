// The tests' own browser, for screenshots.js.

import tests from './playwright.config.js';

export default {
  ...tests,
  testMatch: 'screenshots.shots.js',
  timeout: 120_000,
  reporter: 'line',
  use: { ...tests.use, screenshot: 'off', trace: 'off' },
};
