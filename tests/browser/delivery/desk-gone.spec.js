// The desk goes away in every way it can: killed, emptied, updated.

import { once } from 'node:events';

import { expect, test } from '../helpers/talk';

const TEXTS = ['First', 'Second', 'Third'];

/** A conversation of one message. */
async function begun(talk, page) {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  await expect(visitor.bubble('Before')).toContainText('Delivered');
  return visitor;
}

test('killed while a message is on its way: it arrives after the restart', async ({ page, desk, line, talk }) => {
  const visitor = await begun(talk, page);
  line.stall('up');
  const held = once(line, 'held');
  for (const text of TEXTS) await visitor.write(text);
  await held;
  await desk.kill9();
  line.reset();
  await line.mend();
  await expect(visitor.notice).toContainText(visitor.words.say('trouble.unreachable'));
  await expect(visitor.bubble('Third')).toContainText('Sending …');
  await desk.restart();
  await talk.whole({ visitor: ['Before', ...TEXTS] });
});

test('killed after it has stored a message and before anybody heard: it is stored once', async ({ page, desk, line, talk }) => {
  const visitor = await begun(talk, page);
  const agent = await talk.agent();
  line.stall('down');
  const held = once(line, 'held');
  await visitor.write('First');
  await held;
  await expect(agent.bubbles).toHaveText(['Before', 'First']);
  await expect(visitor.bubble('First')).toContainText('Sending …');
  await desk.kill9();
  line.reset();
  await line.mend();
  await desk.restart();
  await talk.whole({ visitor: ['Before', 'First'] });
  await expect(agent.bubbles).toHaveText(['Before', 'First']);
});

test('killed three times in a row while both sides write', async ({ page, desk, talk }) => {
  const visitor = await begun(talk, page);
  const agent = await talk.agent();
  const mine = ['Before'];
  const theirs = [];
  for (const round of [1, 2, 3]) {
    mine.push(`Mine ${round}`);
    theirs.push(`Theirs ${round}`);
    await Promise.all([visitor.write(mine.at(-1)), agent.write(theirs.at(-1)), desk.kill9()]);
    await desk.restart();
  }
  await talk.whole({ visitor: mine, agent: theirs });
  expect(await agent.transcript()).toEqual(await visitor.transcript());
});

test('back without its log: what it had is gone from the screen too, what it had not is said again', async ({ page, desk, line, talk }) => {
  const visitor = await begun(talk, page);
  line.stall('up');
  const held = once(line, 'held');
  await visitor.write('First');
  await held;
  await desk.kill9();
  line.reset();
  await line.mend();
  await desk.restart({ forget: true });
  await expect(visitor.bubbles).toHaveText(['First'], { timeout: 30_000 });
  await expect(visitor.bubble('First')).toContainText('Delivered', { timeout: 30_000 });
  talk.notHere(['Before']);
  await visitor.write('Second');
  await talk.whole({ visitor: ['First', 'Second'] });
});

test('updated: nobody comes back before the time they were given', async ({ page, desk, line, talk }) => {
  const visitor = await begun(talk, page);
  const closed = once(line, 'close');
  await desk.drain();
  await closed;
  const since = performance.now();
  await visitor.write('First');
  const told = () => talk.frames.received.findLast(({ type }) => type === 'error');
  await expect.poll(told).toMatchObject({ code: 'restart' });
  const { retry_after_ms: wait } = told();
  const again = once(line, 'open');
  await desk.restart();
  await again;
  // A timer of the browser's is exact to a millisecond, and the clocks began at two ends of the line.
  expect(performance.now() - since).toBeGreaterThan(wait - 50);
  talk.expected.push(/the server refused a frame: restart/);
  await talk.whole({ visitor: ['Before', 'First'] });
});
