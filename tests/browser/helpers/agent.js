// An agent on the desk's own page.

export const SANA = { name: 'Sana Malik', role: 'Auto loan officer', queues: ['Loans'], skills: 'auto' };
export const OMAR = { name: 'Omar Farooq', role: 'Mortgage officer', queues: ['Mortgages'], skills: '' };

export class Agent {
  /** Opens the desk's link on `page` and signs in. */
  static async signIn(page, desk, { name, role, queues, skills }) {
    await page.goto(desk.agentsPage);
    await page.getByLabel('Your name').fill(name);
    await page.getByLabel('Role').fill(role);
    for (const queue of queues) await page.getByRole('checkbox', { name: queue }).check();
    await page.getByRole('textbox', { name: 'Skills' }).fill(skills);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: /^My conversations/ }).waitFor();
    return new Agent(page);
  }

  constructor(page) {
    this.page = page;
    this.waiting = page.getByRole('region', { name: /^Waiting\b/ }).getByRole('listitem');
    this.mine = page.getByRole('region', { name: /^My conversations/ }).getByRole('listitem');
    this.offer = page.getByRole('region', { name: 'Waiting visitor' });
    this.log = page.getByRole('region', { name: 'Messages' });
    this.details = page.getByRole('region', { name: 'Details' });
    this.composer = page.getByRole('textbox', { name: 'Message' });
    this.lost = page.locator('#banner').filter({ hasText: 'Connection lost.' });
    this.typing = page.getByText('The visitor is typing');
    this.bubbles = this.log.locator('.bubble');
  }

  /** Chooses the one waiting visitor, without accepting yet. */
  async look() {
    await this.waiting.getByRole('button').first().click();
    await this.offer.waitFor();
  }

  async accept() {
    await this.look();
    await this.page.getByRole('button', { name: 'Accept', exact: true }).click();
    await this.composer.waitFor();
  }

  async write(text) {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** A message with the status below it. */
  bubble(text) {
    return this.log.getByRole('listitem').filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** On a narrow screen what can be done with a conversation stands a step away. */
  async showActions() {
    const details = this.page.getByRole('button', { name: 'Details', exact: true });
    if (await details.isVisible()) await details.click();
  }

  async transfer(to, note) {
    await this.showActions();
    await this.page.getByRole('button', { name: 'Transfer', exact: true }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Transfer conversation' });
    await dialog.getByRole('radio', { name: to }).check();
    await dialog.getByRole('textbox', { name: 'Note' }).fill(note);
    await dialog.getByRole('button', { name: 'Transfer' }).click();
  }

  async end() {
    await this.showActions();
    await this.page.getByRole('button', { name: 'End conversation' }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'End conversation' }).click();
  }

  async transcript() {
    return this.bubbles.allTextContents();
  }
}
