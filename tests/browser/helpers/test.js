// Playwright's `test` with a desk: `test('…', async ({ page, desk }) => …)` gets one of its own, ended afterwards.

import { test as base } from '@playwright/test';

import { Desk } from './desk';

export { expect } from '@playwright/test';

export const test = base.extend({
  /** How the desk is started, for example `test.use({ deskOptions: { config } })`. */
  deskOptions: [{}, { option: true }],

  desk: async ({ deskOptions }, use, testInfo) => {
    const desk = await Desk.start(deskOptions);
    await use(desk);
    await desk.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('what the desk said', { body: desk.said, contentType: 'text/plain' });
    }
  },
});
