// Urdu and Hindi: the right texts, the right way round, and only the files of that language.

import { quick } from './helpers/configs';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

test.use({ deskOptions: { config: quick } });

for (const [lang, dir, loans] of [['ur', 'rtl', 'قرضے'], ['hi', 'ltr', 'ऋण']]) {
  test(`the widget speaks ${lang}`, async ({ page, desk }) => {
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const visitor = new Visitor(page, desk, lang);
    const { words } = visitor;

    await visitor.visit(`/loans/auto?lang=${lang}`);
    await expect(visitor.widget).toHaveAttribute('dir', dir);
    await expect(visitor.widget).toHaveAttribute('lang', lang);
    await expect(visitor.message).toContainText(words.offer);
    const box = await visitor.launcher.boundingBox();
    const middle = page.viewportSize().width / 2;
    expect(box.x + box.width / 2 < middle, 'at the end of the line').toBe(dir === 'rtl');
    expect((await visitor.message.boundingBox()).x < middle).toBe(dir === 'rtl');

    await visitor.acceptOffer();
    await expect(visitor.presence).toHaveText(words.say('presence.next', { queue: loans }));
    await expect(visitor.title).toHaveText(words.say('title'));
    await expect(visitor.line('line.queued', { queue: loans })).toBeVisible();
    expect((await visitor.panel.boundingBox()).x < middle).toBe(dir === 'rtl');
    await visitor.write('سلام');
    await expect(visitor.bubble('سلام')).toContainText(words.say('mark.sent'));
    await expect(visitor.bubble('سلام').locator('time'), '“7:57 AM”, not “AM 7:57”').toHaveCSS('direction', 'ltr');
    const written = await visitor.bubble('سلام').locator('.bubble').boundingBox();
    const panel = await visitor.panel.boundingBox();
    expect(written.x < panel.x + panel.width / 2, 'one’s own stand at the end of the line').toBe(dir === 'rtl');

    expect(asked.filter((path) => path.startsWith('/bharosa/lang/')), 'one language, once').toEqual([`/bharosa/lang/${lang}.json`]);
  });
}

test('a language the bank does not have falls back to its first', async ({ page, desk }) => {
  await page.addInitScript(() => document.addEventListener('readystatechange', () => (document.documentElement.lang = 'fi')));
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await expect(visitor.launcher).toBeVisible();
  await expect(visitor.widget).toHaveAttribute('lang', 'en');
});
