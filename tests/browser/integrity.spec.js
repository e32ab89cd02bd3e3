// Files that are not what they should be, or not there: the page must not notice, and the visitor must still find
// a way to the bank.

import fs from 'node:fs/promises';
import path from 'node:path';

import { silent, quick } from './helpers/configs';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

/** Loaded on every page; the launcher never becomes a button. */
const EARLY = ['tracker.js', 'tracker.wasm'];
/** Loaded when the panel is wanted; the launcher becomes a link again. */
const LATE = ['later.json', 'widget.js', 'widget.wasm', 'widget.css', 'lang/en.json'];

const WAYS = {
  'with a flipped byte': flip,
  missing: (folder, name) => fs.rm(path.join(folder, name)),
};

/** One bit in the middle: what a tampered file has in common with a damaged one. */
async function flip(folder, name) {
  const file = path.join(folder, name);
  const bytes = await fs.readFile(file);
  bytes[bytes.length >> 1] ^= 1;
  await fs.writeFile(file, bytes);
}

const spoil = (way, name) => async (folder) => {
  await fs.rm(path.join(folder, `${name}.br`), { force: true });
  await way(folder, name);
};

/** The page works: its links lead on and its script runs. */
async function expectPageFine(visitor, trouble) {
  await expect(visitor.page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(trouble.thrown).toEqual([]);
}

for (const [words, way] of Object.entries(WAYS)) {
  for (const name of EARLY) {
    test.describe(`${name} ${words}`, () => {
      test.use({ deskOptions: { config: silent, widget: spoil(way, name) } });

      test('the launcher stays a link', async ({ page, desk }) => {
        const trouble = watchTrouble(page);
        const visitor = new Visitor(page, desk);
        await visitor.visit('/loans/auto');
        await expect.poll(() => trouble.warnings.join('\n')).toContain('The launcher stays a link.');
        expect(trouble.warnings.join('\n'), 'the warning names the file').toContain(name);
        await expect(visitor.fallback).toHaveAttribute('href', desk.url('/contact'));
        await expectPageFine(visitor, trouble);
        // A page that waits for the widget learns of it.
        await expect(page.evaluate(() => window.bharosa.ready().then(() => 'ready', () => 'failed'))).resolves.toBe('failed');
        await expectPageFine(visitor, trouble);
      });
    });
  }

  for (const name of LATE) {
    test.describe(`${name} ${words}`, () => {
      test.use({ deskOptions: { config: silent, widget: spoil(way, name) } });

      test('whoever asks for help is taken to the contact page', async ({ page, desk }) => {
        const trouble = watchTrouble(page);
        const visitor = new Visitor(page, desk);
        await visitor.visit('/loans/auto');
        await visitor.launcher.click();
        await page.waitForURL(desk.url('/contact'));
        expect(trouble.warnings.join('\n'), 'the warning names the file').toContain(name);
        await expectPageFine(visitor, trouble);
      });
    });
  }

  for (const name of ['later.json', 'say.css', 'say.js', 'lang/en.json']) {
    test.describe(`${name} ${words}, when something is to be said`, () => {
      test.use({ deskOptions: { config: quick, widget: spoil(way, name) } });

      test('nothing is said, and the page stays fine', async ({ page, desk }) => {
        const trouble = watchTrouble(page);
        const visitor = new Visitor(page, desk);
        await visitor.visit('/loans/auto');
        await expect.poll(() => trouble.warnings.join('\n'), 'the warning names the file').toContain(name);
        await expect(visitor.message).toHaveCount(0);
        // What draws a message is not needed for the chat.
        if (name.startsWith('say')) await visitor.open();
        await expectPageFine(visitor, trouble);
      });
    });
  }

  for (const name of ['check.js', 'check.wasm']) {
    test.describe(`${name} ${words}, and the config has mistakes`, () => {
      const mistaken = (config) => {
        silent(config);
        config.colour = 'green';
      };
      test.use({ deskOptions: { config: mistaken, widget: spoil(way, name) } });

      test('the developer learns that there are some, and the rest works', async ({ page, desk }) => {
        const trouble = watchTrouble(page);
        const visitor = new Visitor(page, desk);
        await visitor.visit('/loans/auto');
        await expect.poll(() => trouble.warnings.join('\n')).toMatch(/the config has mistakes.*check\./);
        await visitor.open();
        await expectPageFine(visitor, trouble);
      });
    });
  }
}

test.describe('the panel was opened by a rule, and cannot', () => {
  const opens = (config) => {
    config.rules = [{ id: 'greet', when: { 'page.id': 'auto-loans' }, then: [{ open: 'chat' }] }];
  };
  test.use({ deskOptions: { config: opens, widget: spoil(flip, 'widget.wasm') } });

  test('the visitor stays where they are, with a link', async ({ page, desk }) => {
    const trouble = watchTrouble(page);
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    await expect.poll(() => trouble.warnings.join('\n')).toMatch(/bharosa: widget\.wasm.*The launcher stays a link\./);
    await expect(visitor.fallback).toHaveAttribute('href', desk.url('/contact'));
    await expectPageFine(visitor, trouble);
    expect(page.url()).toBe(desk.url('/loans/auto'));
  });
});
