// A visitor of the bank: what they can see of the widget, and what they do with it. Everything is found the way
// people find it, by role and words; the shadow root is open, so that this reaches into it.

import { wordsOf } from './words';

export class Visitor {
  constructor(page, desk, lang = 'en') {
    this.page = page;
    this.desk = desk;
    this.words = wordsOf(lang);
    this.widget = page.locator('bharosa-widget');

    const { say, launcher } = this.words;
    // Its name grows by the number of unread messages.
    this.launcher = this.widget.getByRole('button', { name: new RegExp(`^${launcher}( |$)`) });
    this.fallback = this.widget.getByRole('link', { name: launcher });
    this.badge = this.widget.locator('.launcher b');
    this.message = this.widget.getByRole('region', { name: say('say.label') });
    this.panel = this.widget.getByRole('dialog');
    this.title = this.panel.getByRole('heading');
    this.presence = this.panel.locator('.presence');
    this.log = this.panel.getByRole('region', { name: say('log') });
    this.composer = this.panel.getByRole('textbox', { name: say('composer.label') });
    this.notice = this.panel.locator('.notice');
    this.writing = this.log.locator('.writing');
    this.bubbles = this.log.locator('.bubble');
    this.lines = this.log.locator('.line');
  }

  /** Loads a page of the bank. */
  async visit(path) {
    await this.page.goto(this.desk.url(path));
  }

  /** Goes on by a link of the bank's own, one that the open panel does not cover. */
  async follow(path) {
    await this.page.getByRole('contentinfo').locator(`a[href="${path}"]`).click();
    await this.page.waitForURL(this.desk.url(path));
  }

  /** A button of the panel or the message. */
  button(key) {
    return this.widget.getByRole('button', { name: this.words.say(key), exact: true });
  }

  async open() {
    await this.launcher.click();
    await this.composer.waitFor();
  }

  /** Accepts the offer on the auto loans page, which puts them in the queue. */
  async acceptOffer() {
    await this.message.getByRole('button', { name: this.words.yes }).click();
    await this.composer.waitFor();
  }

  async write(text) {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** A message with a mark or a time below it, such as "Delivered". */
  bubble(text) {
    return this.log.locator('.row').filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** A line that tells what happened. */
  line(key, slots) {
    return this.lines.filter({ hasText: this.words.say(key, slots) });
  }

  /** All messages on screen from first to last. */
  async transcript() {
    return this.bubbles.allTextContents();
  }

  /** For each rule, what became of it. */
  explain() {
    return this.page.evaluate(() => window.bharosa.explain());
  }
}
