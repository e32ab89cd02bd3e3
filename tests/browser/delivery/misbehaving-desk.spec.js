// A server that says too much, too large, twice, or with holes: the page stays usable, and the transcript right.

import { expect, test } from '../helpers/talk';

const person = { kind: 'agent', id: 'a', name: 'Sana Malik', role: '' };
const entry = (seq) => ({ type: 'message', seq, ts: 1_790_000_000_000 + seq, from: person, body: { kind: 'text', text: `Entry ${seq}` } });
const entries = (first, last) => Array.from({ length: last - first + 1 }, (_, at) => entry(first + at));
const texts = (last) => entries(1, last).map(({ body }) => body.text);

/** A server of the test's own: after the welcome it does as `act(say, resume)` says, with what the page has so far. */
async function standIn(page, act) {
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const say = (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    socket.onMessage((text) => {
      const frame = JSON.parse(text);
      if (frame.type === 'ping') say({ type: 'pong', id: frame.id });
      if (frame.type !== 'hello') return;
      const conversation = { state: 'active', queue: 'general', agent: person };
      const resumed = frame.resume ? 'replay' : 'new';
      say({ type: 'welcome', version: 1, session: 'v-1', epoch: 'd-1', seq: 0, resumed, conversation });
      act(say, frame.resume?.seq ?? 0);
    });
  });
}

test('a flood: all entries are taken in, in order, and the visitor can write', async ({ page, talk }) => {
  const seconds = 5;
  const rate = 500;
  await standIn(page, (say, from) => {
    let seq = from;
    let beats = 0;
    const timer = setInterval(() => {
      // Ten of what only tells of the moment with each entry.
      for (let at = 0; at < rate / 20; at += 1) say({ type: 'typing', on: at % 2 === 0 });
      if (beats % 2 === 0) say(entry((seq += 1)));
      if ((beats += 1) === seconds * 20) clearInterval(timer);
    }, 50);
  });
  const visitor = await talk.tab(page);
  await expect(visitor.bubbles.first()).toBeVisible();
  await visitor.composer.pressSequentially('Typed in the flood');
  await expect(visitor.composer).toHaveValue('Typed in the flood');
  await expect(visitor.bubbles).toHaveText(texts(seconds * 10), { timeout: 30_000 });
  talk.expected.push(/more than 200 frames a second/);
  talk.quiet();
});

test('a flood of frames too large to read: they are counted, and no other is lost', async ({ page, talk }) => {
  const large = JSON.stringify({ ...entry(1), body: { kind: 'text', text: 'x'.repeat(100_000) } });
  await standIn(page, (say, from) => {
    for (const one of entries(from + 1, 50)) {
      say(large);
      say(one);
    }
  });
  const visitor = await talk.tab(page);
  await expect(visitor.bubbles).toHaveText(texts(50));
  talk.expected.push(/frame \d+ of the backend's that cannot be read: of \d+ bytes; 65536 are the most/);
  talk.quiet();
});

/** Entries as they come; those that are missing come at the next connection. */
const ORDERS = {
  twice: (all) => [...all, ...all],
  'each twice': (all) => all.flatMap((one) => [one, one]),
  backwards: (all) => [...all].reverse(),
  'with a hole': (all) => all.filter(({ seq }) => seq !== 4),
  'with an old one at the end': (all) => [...all, all[0]],
};
for (const [words, order] of Object.entries(ORDERS)) {
  test(`entries that come ${words} are shown once and in order`, async ({ page, talk }) => {
    let connections = 0;
    await standIn(page, (say, from) => {
      connections += 1;
      const all = entries(from + 1, 9);
      for (const one of connections === 1 ? order(all) : all) say(one);
    });
    const visitor = await talk.tab(page);
    await expect(visitor.bubbles).toHaveText(texts(9));
    talk.quiet();
  });
}

test('a server that sends the visitor away at once is not besieged', async ({ page, talk }) => {
  let attempts = 0;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    attempts += 1;
    socket.close({ code: 1013 });
  });
  const visitor = await talk.tab(page);
  await visitor.write('First');
  await expect(visitor.notice).toContainText(visitor.words.say('trouble.unreachable'));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 10_000)));
  expect(attempts).toBeLessThanOrEqual(12);
  talk.quiet();
});
