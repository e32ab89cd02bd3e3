import { silent } from './helpers/configs';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';
  test.use({ deskOptions: { config: silent } });
  test('x', async ({ page, desk }) => {
    const visitor = new Visitor(page, desk);
    await visitor.visit('/contact');
    await visitor.open();
    await visitor.write('Hello');
    await visitor.button('end').focus();
    await page.evaluate(() => { const r = document.querySelector('bharosa-widget').shadowRoot; window.seen=[]; const f = HTMLElement.prototype.focus; HTMLElement.prototype.focus = function () { window.seen.push('focus() ' + this.outerHTML.slice(0,60) + this.isConnected + this.tabIndex); f.call(this); window.seen.push(String(r.activeElement?.outerHTML.slice(0,40))); }; for (const k of ['focusin','focusout']) r.addEventListener(k, (e) => window.seen.push(k + e.target.outerHTML.slice(0,60))); });
    await page.keyboard.press('Enter');
    await expect(visitor.panel).toContainText('End this conversation?');
    console.log(await page.evaluate(() => window.seen));
    console.log(await page.evaluate(() => { const r = document.querySelector('bharosa-widget').shadowRoot; r.querySelector('.ask').focus(); return [r.activeElement?.outerHTML.slice(0,200)]; }));
  });
