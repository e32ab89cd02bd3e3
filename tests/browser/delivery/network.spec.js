// A line that is slow, torn, silent in one direction or both, or not there at all.

import { once } from 'node:events';

import { expect, test } from '../helpers/talk';

/** What the line does while both sides write. */
const SLOW = {
  'two seconds away': (line) => {
    line.latency('up', 1000);
    line.latency('down', 1000);
  },
  'of uneven speed': (line) => {
    line.latency('up', 150, 150);
    line.latency('down', 300, 300);
  },
  'as thin as a bad mobile connection': (line) => {
    line.bandwidth('up', 1_000);
    line.bandwidth('down', 2_000);
  },
  'that gives out single bytes': (line) => {
    line.slice('up', 1);
    line.slice('down', 1);
  },
};

const MINE = ['First', 'Second', 'Third', 'Fourth'];
const THEIRS = ['One', 'Two', 'Three'];

for (const [words, spoil] of Object.entries(SLOW)) {
  test(`a line ${words}: both sides write at once`, async ({ page, line, talk }) => {
    spoil(line);
    const visitor = await talk.tab(page);
    await visitor.write('Hello');
    const agent = await talk.agent();
    await Promise.all([
      (async () => {
        for (const text of MINE) await visitor.write(text);
      })(),
      (async () => {
        for (const text of THEIRS) await agent.write(text);
      })(),
    ]);
    await talk.whole({ visitor: ['Hello', ...MINE], agent: THEIRS });
  });
}

for (const bytes of [1, 40, 150, 400]) {
  test(`a connection that breaks after ${bytes} more bytes of an answer`, async ({ page, line, talk }) => {
    const visitor = await talk.tab(page);
    await visitor.write('Before');
    await expect(visitor.bubble('Before')).toContainText('Delivered');
    const broken = once(line, 'close');
    line.limit('down', bytes);
    for (const text of MINE) await visitor.write(text);
    await broken;
    await line.mend();
    await talk.whole({ visitor: ['Before', ...MINE] });
  });
}

test('every connection breaks again and again while both sides write', async ({ page, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Hello');
  const agent = await talk.agent();
  const mine = [];
  const theirs = [];
  for (const round of [1, 2, 3, 4]) {
    await visitor.write(`Mine ${round}`);
    await agent.write(`Theirs ${round}`);
    const again = once(line, 'open');
    line.reset();
    await again;
    mine.push(`Mine ${round}`);
    theirs.push(`Theirs ${round}`);
  }
  await talk.whole({ visitor: ['Hello', ...mine], agent: theirs });
});

/** The bounds are the design's; what comes on top is for a busy machine. */
const SLACK_MS = 2_000;

test('a line that falls silent is found in twelve seconds', async ({ page, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  const agent = await talk.agent();
  await expect(visitor.bubble('Before')).toContainText('Seen');
  const again = once(line, 'open');
  const since = performance.now();
  line.stall('down');
  await agent.write('Into the silence');
  await again;
  expect(performance.now() - since).toBeLessThan(12_000 + SLACK_MS);
  await expect(visitor.notice).toBeVisible();
  await line.mend();
  await talk.whole({ visitor: ['Before'], agent: ['Into the silence'] });
});

test('with a message on its way, a line that falls silent is found in six seconds', async ({ page, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  await expect(visitor.bubble('Before')).toContainText('Delivered');
  const again = once(line, 'open');
  line.stall('down');
  const since = performance.now();
  await visitor.write('Anybody there?');
  await again;
  expect(performance.now() - since).toBeLessThan(6_000 + SLACK_MS);
  // The desk has it by now, but nobody has said so.
  await expect(visitor.bubble('Anybody there?')).toContainText('Sending …');
  await line.mend();
  await talk.whole({ visitor: ['Before', 'Anybody there?'] });
});

test('a line that brings everything and takes nothing is given up', async ({ page, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  const agent = await talk.agent();
  await expect(visitor.bubble('Before')).toContainText('Seen');
  const again = once(line, 'open');
  line.stall('up');
  await visitor.write('Can you hear me?');
  const theirs = [];
  let found = false;
  again.then(() => (found = true));
  while (!found) {
    theirs.push(`I am here, ${theirs.length}`);
    await agent.write(theirs.at(-1));
    // Each is seen before the next is said: what arrives is no proof that sending works.
    await Promise.race([again, expect(visitor.bubble(theirs.at(-1))).toBeVisible()]);
  }
  await expect(visitor.bubble('Can you hear me?')).toContainText('Sending …');
  await line.mend();
  await talk.whole({ visitor: ['Before', 'Can you hear me?'], agent: theirs });
});

test('nobody answers for ten seconds', async ({ page, line, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  await expect(visitor.bubble('Before')).toContainText('Delivered');
  line.down();
  await expect(visitor.notice).toContainText(visitor.words.say('trouble.unreachable'));
  for (const text of MINE) await visitor.write(text);
  await expect(visitor.bubble('Fourth')).toContainText('Sending …');
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  await expect(visitor.notice).toContainText(visitor.words.say('trouble.unreachable'));
  await line.mend();
  await talk.whole({ visitor: ['Before', ...MINE] });
});

test('the browser is offline for a while', async ({ page, context, talk }) => {
  const visitor = await talk.tab(page);
  await visitor.write('Before');
  await expect(visitor.bubble('Before')).toContainText('Delivered');
  await context.setOffline(true);
  for (const text of MINE) await visitor.write(text);
  await expect(visitor.notice).toContainText(visitor.words.say('trouble.unreachable'));
  await expect(visitor.bubble('First')).toContainText('Sending …');
  await context.setOffline(false);
  await talk.whole({ visitor: ['Before', ...MINE] });
});

test('the line is not there from the beginning', async ({ page, line, talk }) => {
  line.down();
  const visitor = await talk.tab(page);
  for (const text of MINE) await visitor.write(text);
  await expect(visitor.notice).toContainText(visitor.words.say('trouble.unreachable'));
  await visitor.page.reload();
  await expect(visitor.bubbles).toHaveText(MINE);
  await line.mend();
  await talk.whole({ visitor: MINE });
});
