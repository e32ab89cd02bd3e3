// Somebody answers while the visitor looks elsewhere: one of their tabs says so, in its title and, if the bank wants it,
// with a sound.

import { Agent, SANA } from './helpers/agent';
import { silent } from './helpers/configs';
import { hide } from './helpers/hide';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

/** Counts the tones of the page, which nobody hears. */
const listen = () => {
  window.tones = 0;
  const through = { connect: (next) => next };
  window.AudioContext = class {
    currentTime = 0;
    destination = {};
    createGain() {
      return { ...through, gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} } };
    }
    createOscillator() {
      return { ...through, frequency: {}, start: () => (window.tones += 1), stop() {} };
    }
    close() {}
  };
};
/** A sound is made of so many. */
const TONES = 2;

const titles = (tabs) => Promise.all(tabs.map(({ page }) => page.title()));
const sounds = (tabs) => Promise.all(tabs.map(({ page }) => page.evaluate(() => window.tones)));

for (const [setting, sound] of Object.entries({ off: undefined, on: 'on' })) {
  test.describe(`with the sound ${setting}`, () => {
    const config = (config) => {
      silent(config);
      config.chat = { ...config.chat, sound };
    };
    test.use({ deskOptions: { config } });

    for (const last of [0, 1]) {
      test(`of two hidden tabs the ${['first', 'second'][last]}, looked at last, makes itself known`, async ({ context, browser, desk }) => {
        await context.addInitScript(listen);
        const tabs = [];
        for (const path of ['/cards', '/rates']) {
          const visitor = new Visitor(await context.newPage(), desk);
          await visitor.visit(path);
          await visitor.open();
          await visitor.write(`Asked on ${path}`);
          await expect(visitor.bubble(`Asked on ${path}`)).toContainText('Delivered');
          await hide(visitor.page, true);
          tabs.push(visitor);
        }
        const agent = await Agent.signIn(await (await browser.newContext()).newPage(), desk, { ...SANA, queues: ['Customer service'] });
        await agent.accept();
        const plain = await titles(tabs);
        const { page } = tabs[last];
        await hide(page, false);
        await hide(page, true);

        await agent.write('Good afternoon');
        for (const { bubbles } of tabs) await expect(bubbles).toHaveCount(3);
        await agent.write('What can I do for you?');
        for (const { bubbles } of tabs) await expect(bubbles).toHaveCount(4);
        const only = (one, none) => tabs.map((_, at) => (at === last ? one(at) : none(at)));
        await expect.poll(() => titles(tabs)).toEqual(only((at) => `(2) ${plain[at]}`, (at) => plain[at]));
        expect(await sounds(tabs)).toEqual(only(() => (sound ? 2 * TONES : 0), () => 0));

        await hide(page, false);
        await expect.poll(() => titles(tabs), 'the visitor is back').toEqual(plain);
      });
    }
  });
}
