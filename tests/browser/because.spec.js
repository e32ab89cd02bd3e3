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
