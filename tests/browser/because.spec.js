// A message says why it is there, in the visitor's language, and may lead elsewhere than to the chat.

import AxeBuilder from '@axe-core/playwright';

import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

const offer = (link) => (config) => {
  config.rules = [{
    id: 'call',
    when: { 'page.id': 'auto-loans', 'page.dwell_s': { $gte: 1 }, 'session.pages': { $gte: 1 }, 'visitor.device': 'desktop' },
    then: [{ offer: { kind: 'phone', text: 'Shall we talk?', label: 'Call us', link } }],
  }];
};

const WORDS = {
  en: ['You are on “Auto loans”.', /^You spent [12] seconds? on “Auto loans”\.$/, 'You have opened one page.', 'You use a computer.'],
  ur: ['آپ صفحہ ”گاڑی کا قرض“ پر ہیں۔', /^آپ نے ”گاڑی کا قرض“ پر [12] سیکنڈ گزارے۔$/, 'آپ نے ایک صفحہ کھولا ہے۔', 'آپ کمپیوٹر استعمال کر رہے ہیں۔'],
  hi: [/^आप “.+” पेज पर हैं।$/, /^आपने “.+” पर [12] सेकंड बिताए।$/, 'आपने एक पेज खोला है।', 'आप कंप्यूटर इस्तेमाल कर रहे हैं।'],
};

test.describe('an offer of another way to reach the bank', () => {
  test.use({ deskOptions: { config: offer('tel:+49301234') } });

  for (const lang of Object.keys(WORDS)) {
    test(`why it is there is said when asked, in ${lang}`, async ({ page, desk }) => {
      const visitor = new Visitor(page, desk, lang);
      await visitor.visit(`/loans/auto?lang=${lang}`);
      await expect(visitor.message.getByRole('link')).toHaveAttribute('href', 'tel:+49301234');
      const why = visitor.message.locator('summary');
      await expect(why).toHaveText(visitor.words.say('say.because'));
      await expect(visitor.message.getByRole('listitem')).toHaveCount(0);
      // By keyboard, as it can be by pointer.
      await why.focus();
      await page.keyboard.press('Enter');
      await expect(visitor.message.getByRole('listitem')).toHaveText(WORDS[lang]);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('bharosa-widget').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    });
  }
});

test.describe('a link within the bank', () => {
  test.use({ deskOptions: { config: offer('/contact') } });

  test('leads there', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    await visitor.message.getByRole('link', { name: 'Call us' }).click();
    await page.waitForURL(desk.url('/contact'));
  });
});

/** What the page hears under `name`, with the cause: the first of it. */
const heard = (page, name) => page.evaluate((name) => new Promise((resolve) => window.bharosa.on(name, (...told) => resolve(told))), name);

const ONE = {
  en: ['You are on “Auto loans”.', /^You spent [12] seconds? on “Auto loans”\.$/],
  ur: ['آپ صفحہ ”گاڑی کا قرض“ پر ہیں۔', /^آپ نے ”گاڑی کا قرض“ پر [12] سیکنڈ گزارے۔$/],
};

/** A rule that does `then` after a second of reading. */
const does = (...then) => (config) => {
  config.rules = [{ id: 'auto', when: { 'page.id': 'auto-loans', 'page.dwell_s': { $gte: 1 } }, then }];
};

test.describe('a panel that a rule opens', () => {
  test.use({ deskOptions: { config: does({ open: 'chat' }, { emit: { name: 'seen', detail: { n: 1 } } }) } });

  for (const lang of Object.keys(ONE)) {
    test(`says why when asked, in ${lang}, and the page hears it as data`, async ({ page, desk }) => {
      const visitor = new Visitor(page, desk, lang);
      await visitor.visit(`/loans/auto?lang=${lang}`);
      const [detail, cause] = await heard(page, 'seen');
      expect(detail).toEqual({ n: 1 });
      expect(cause).toMatchObject({ rule: 'auto', because: [{ key: 'page.id' }, { key: 'page.dwell_s', value: '1' }] });
      const why = visitor.panel.locator('summary');
      await expect(why).toHaveText(visitor.words.say('why'));
      await why.focus();
      await page.keyboard.press('Enter');
      await expect(visitor.panel.getByRole('listitem')).toHaveText(ONE[lang]);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('bharosa-widget').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      // Opened again by the visitor it has nothing to explain.
      await visitor.button('close').click();
      await visitor.open();
      await expect(why).toHaveCount(0);
    });
  }
});

test.describe('a person whom a rule proposes', () => {
  test.use({ deskOptions: { config: does({ route: { queue: 'loans' } }) } });

  test('is proposed with the reasons', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    const question = visitor.panel.locator('.ask');
    await question.locator('summary').click();
    await expect(question.getByRole('listitem').filter({ hasText: /^You / })).toHaveText(ONE.en);
    await question.getByRole('button', { name: visitor.words.say('ask.keep') }).click();
    await expect(question).toHaveCount(0);
  });
});

test.describe('a link of an offer', () => {
  test.use({ deskOptions: { config: offer('tel:+49301234') } });

  test('that is followed is told to the page, and ends the message', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    const link = visitor.message.getByRole('link');
    await link.waitFor();
    const told = heard(page, 'followed');
    // There is no telephone here.
    await page.evaluate(() => window.addEventListener('click', (event) => event.preventDefault()));
    await link.click();
    expect(await told).toMatchObject([{ rule: 'call' }, { rule: 'call', because: [{ key: 'page.id' }, {}, {}, {}] }]);
    await expect(visitor.message).toHaveCount(0);
  });
});
