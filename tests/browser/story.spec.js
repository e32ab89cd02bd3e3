// The story Bharosa is for, from both sides: somebody hesitates, is offered help, is handed on, and never has to
// say anything twice.

import { Agent, OMAR, SANA } from './helpers/agent';
import { quick } from './helpers/configs';
import { recordFrames } from './helpers/frames';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

test.use({ deskOptions: { config: quick } });

/** A second person at a browser of their own. */
const elsewhere = async (browser) => (await browser.newContext()).newPage();

test('a reader is offered help, talks, clicks around, is handed on by name and ends it', async ({ page, browser, desk }) => {
  const visitor = new Visitor(page, desk);
  const frames = recordFrames(page);
  let sana, omar;
  const told = [];
  const say = async (who, text) => {
    told.push(text);
    await who.write(text);
    await expect(visitor.bubbles).toHaveText(told);
  };

  await test.step('the offer names what they read, and what accepting it shares', async () => {
    await visitor.visit('/loans/auto');
    await expect(visitor.message).toContainText('Questions about Auto loans? A loan officer can help you now.');
    await expect(visitor.message).toContainText('the page: Auto loans · time reading: 1 s · this offer: Help with auto loans');
    expect(frames.sockets, 'nothing connects before the visitor acts').toBe(0);
  });

  await test.step('accepting it puts them in the queue, with a place', async () => {
    await visitor.acceptOffer();
    await expect(visitor.message).toBeHidden();
    await expect(visitor.presence).toHaveText('Loans: you are next in line');
    await expect(visitor.line('line.queued', { queue: 'Loans' })).toBeVisible();
    await say(visitor, 'What would five years cost me?');
    await expect(visitor.bubble(told[0])).toContainText('Delivered');
  });

  await test.step('the agent sees what was shared before accepting', async () => {
    sana = await Agent.signIn(await elsewhere(browser), desk, SANA);
    await expect(sana.waiting).toHaveCount(1);
    await sana.look();
    await expect(sana.page.getByRole('heading', { level: 2 }).locator('visible=true').filter({ hasText: 'Visitor' })).toBeVisible();
    await expect(sana.page.getByText('Loans · auto').first()).toBeVisible();
    await expect(sana.offer).toContainText('Read Auto loans for 1 seconds');
    await expect(sana.offer.getByRole('definition')).toHaveText(['Auto loans', '1 s', 'Help with auto loans']);
    await expect(sana.offer).toContainText(told[0]);
    await sana.accept();
    await expect(visitor.title).toHaveText('Sana Malik');
    await expect(visitor.presence).toHaveText('Auto loan officer');
    await expect(visitor.line('line.joined', SANA)).toBeVisible();
    await expect(visitor.bubble(told[0])).toContainText('Seen');
  });

  await test.step('each sees the other write', async () => {
    await sana.composer.pressSequentially('Let me');
    await expect(visitor.writing).toHaveText('Sana Malik is writing');
    await say(sana, 'Let me work that out for you.');
    await expect(visitor.writing).toBeHidden();
    await expect(sana.bubble(told[1])).toContainText('Seen');
    await visitor.composer.pressSequentially('Thank');
    await expect(sana.typing).toBeVisible();
    await say(visitor, 'Thank you.');
    await expect(sana.typing).toBeHidden();
    await expect(sana.bubbles).toHaveText(told);
    await expect(visitor.bubble('Thank you.')).toContainText('Seen');
  });

  await test.step('on the next page the conversation goes on where it was', async () => {
    await visitor.follow('/rates');
    await expect(visitor.title).toHaveText('Sana Malik');
    await expect(visitor.bubbles).toHaveText(told);
    await say(visitor, 'I am on the rates page now.');
    await say(sana, 'There you see the rate for five years.');
  });

  await test.step('with the panel closed, the launcher counts, on the next page too', async () => {
    await visitor.button('close').click();
    await expect(visitor.panel).toBeHidden();
    await sana.write('Shall I reserve it for you?');
    told.push('Shall I reserve it for you?');
    await expect(visitor.badge).toHaveText('1');
    await expect(visitor.launcher).toHaveAccessibleName('Help 1 unread');
    await expect(sana.bubble(told.at(-1))).toContainText('Sent');
    await visitor.follow('/cards');
    await expect(visitor.badge).toHaveText('1');
    await expect(visitor.panel).toBeHidden();
    await visitor.open();
    await expect(visitor.badge).toBeHidden();
    await expect(visitor.bubbles).toHaveText(told);
    await expect(sana.bubble(told.at(-1))).toContainText('Seen');
  });

  await test.step('the hand-over is told by name, and its note stays among agents', async () => {
    omar = await Agent.signIn(await elsewhere(browser), desk, OMAR);
    await sana.transfer('Omar Farooq', 'Asks about the five year rate; be gentle-4711.');
    await expect(visitor.line('line.to_person', OMAR)).toBeVisible();
    await expect(sana.mine).toHaveCount(0);
    await expect(omar.waiting).toContainText('For you');
    await omar.accept();
    await expect(visitor.title).toHaveText('Omar Farooq');
    await expect(visitor.presence).toHaveText('Mortgage officer');
    await expect(visitor.line('line.joined', OMAR)).toBeVisible();
    await expect(omar.bubbles).toHaveText(told);
    await expect(omar.details).toContainText('be gentle-4711');
    await say(omar, 'I have read everything. Let us go on.');
    await expect(visitor.panel).not.toContainText('gentle-4711');
    expect(frames.received.join('\n')).not.toContain('gentle-4711');
  });

  await test.step('the visitor ends it', async () => {
    await visitor.button('end').click();
    await expect(visitor.panel).toContainText('End this conversation?');
    await visitor.button('end.yes').click();
    await expect(visitor.line('line.ended_by_you')).toBeVisible();
    await expect(visitor.presence).toHaveText('This conversation has ended');
    await expect(omar.page.getByText('The visitor ended the conversation at')).toBeVisible();
    expect(await visitor.transcript()).toEqual(told);
    expect(await omar.transcript()).toEqual(told);
  });
});

test('the agent ends it, and writing again starts anew', async ({ page, browser, desk }) => {
  const visitor = new Visitor(page, desk);
  await visitor.visit('/cards');
  await visitor.open();
  await visitor.write('My card is lost.');
  await expect(visitor.presence).toHaveText('Customer service: you are next in line');

  const general = { ...SANA, queues: ['Customer service'], skills: '' };
  const sana = await Agent.signIn(await elsewhere(browser), desk, general);
  await sana.accept();
  await sana.write('It is blocked now. A new one is on its way.');
  await expect(visitor.bubbles).toHaveCount(2);
  await sana.end();

  await expect(visitor.line('line.ended_by_agent')).toBeVisible();
  await expect(visitor.presence).toHaveText('This conversation has ended');
  await expect(visitor.composer).toHaveAttribute('placeholder', 'Write to start a new conversation');
  await visitor.write('One more thing.');
  await expect(visitor.presence).toHaveText('Customer service: you are next in line');
  await expect(sana.waiting).toHaveCount(1);
});
