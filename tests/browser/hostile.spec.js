// Text is text, whoever wrote it and however much it looks like something else.

import { Agent, SANA } from './helpers/agent';
import { silent } from './helpers/configs';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

const HOSTILE = [
  '<img src=x onerror="window.hacked=1">',
  '<script>window.hacked=1</script>',
  'javascript:window.hacked=1',
  '"><svg onload=window.hacked=1>',
  '</p></div></section><style>*{display:none}</style>',
  '{{constructor.constructor("window.hacked=1")()}} {name} ${hacked}',
  '&lt;b&gt; &amp;lt; &#60;',
  '\u202Egnp.exe\u202C and \u2066mixed\u2069 گفتگو',
  'zero\u200Bwidth e\u0301 👩‍👩‍👧 \uFFFD',
];

test.use({ deskOptions: { config: silent } });

test('hostile texts show as they were written, on both sides', async ({ page, browser, desk }) => {
  const agentPage = await (await browser.newContext()).newPage();
  const troubles = [watchTrouble(page), watchTrouble(agentPage)];
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await visitor.open();
  await visitor.write(HOSTILE[0]);

  const name = '<b onclick=alert(1)>Sana</b>';
  const agent = await Agent.signIn(agentPage, desk, { ...SANA, name, role: HOSTILE[3], queues: ['Customer service'] });
  await agent.look();
  await expect(agent.offer).toContainText(HOSTILE[0]);
  await agent.accept();
  await expect(visitor.title).toHaveText(name);

  const told = [HOSTILE[0]];
  for (const [index, text] of HOSTILE.slice(1).entries()) {
    await (index % 2 ? visitor : agent).write(text);
    told.push(text);
    await expect(visitor.bubbles).toHaveCount(told.length);
    await expect(agent.bubbles).toHaveCount(told.length);
  }
  // Both ways for each: the other half, the other way round.
  for (const [index, text] of HOSTILE.slice(1).entries()) {
    await (index % 2 ? agent : visitor).write(text);
    told.push(text);
    await expect(visitor.bubbles).toHaveCount(told.length);
    await expect(agent.bubbles).toHaveCount(told.length);
  }
  expect(await visitor.transcript()).toEqual(told);
  expect(await agent.transcript()).toEqual(told);

  const strange = (root) => [...root.querySelectorAll('img, script, style, iframe, a, b')].map((one) => one.outerHTML);
  const inWidget = await page.evaluate(`(${strange})(document.querySelector('bharosa-widget').shadowRoot)`);
  expect(inWidget).toEqual([]);
  const inDesk = await agentPage.evaluate(`(${strange})(document.getElementById('app'))`);
  expect(inDesk).toEqual([]);
  for (const one of [page, agentPage]) expect(await one.evaluate(() => window.hacked)).toBeUndefined();
  for (const trouble of troubles) expect(trouble.thrown).toEqual([]);

  // What was kept comes back the same.
  await visitor.follow('/rates');
  await expect(visitor.bubbles).toHaveCount(told.length);
  expect(await visitor.transcript()).toEqual(told);
  expect(await page.evaluate(() => window.hacked)).toBeUndefined();
});
