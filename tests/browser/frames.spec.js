// What crosses the visitors' socket is what the protocol says, and what does not belong there does no harm.

import { Agent, OMAR, SANA } from './helpers/agent';
import { quick, silent } from './helpers/configs';
import { recordFrames } from './helpers/frames';
import { fault } from './helpers/schema';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';
import { Visitor } from './helpers/visitor';

const elsewhere = async (browser) => (await browser.newContext()).newPage();
const types = (frames) => [...new Set(frames.map((text) => JSON.parse(text).type))].sort();

test.describe('over a whole conversation', () => {
  test.use({ deskOptions: { config: quick } });

  test('every frame has its documented shape', async ({ page, browser, desk }) => {
    const frames = recordFrames(page);
    const visitor = new Visitor(page, desk);
    await visitor.visit('/loans/auto');
    await visitor.acceptOffer();
    const sana = await Agent.signIn(await elsewhere(browser), desk, SANA);
    await sana.accept();
    await visitor.composer.pressSequentially('He');
    await expect(sana.typing).toBeVisible();
    await visitor.write('Hello');
    await sana.composer.pressSequentially('He');
    await expect(visitor.writing).toBeVisible();
    await sana.write('Hello to you');
    await expect(sana.bubble('Hello to you')).toContainText('Seen');
    await visitor.follow('/rates');
    await expect(visitor.bubbles).toHaveCount(2);
    const omar = await Agent.signIn(await elsewhere(browser), desk, OMAR);
    await sana.transfer('Omar Farooq', 'A note');
    await omar.accept();
    await omar.transfer('Cards', '');
    await expect(visitor.presence).toHaveText('Cards: you are next in line');
    await visitor.button('end').click();
    await visitor.button('end.yes').click();
    await expect(visitor.line('line.ended_by_you')).toBeVisible();
    await expect.poll(() => types(frames.sent)).toEqual(expect.arrayContaining(['end', 'hello', 'message', 'read', 'route', 'typing']));
    expect(types(frames.received)).toEqual(
      expect.arrayContaining(['ack', 'agent', 'end', 'message', 'queue', 'read', 'route', 'transfer', 'typing', 'welcome']),
    );

    expect(frames.sent.map((text) => fault('client', text)).filter(Boolean)).toEqual([]);
    expect(frames.received.map((text) => fault('server', text)).filter(Boolean)).toEqual([]);
    // The second page goes on with the session instead of starting one.
    const hellos = frames.sent.map((text) => JSON.parse(text)).filter(({ type }) => type === 'hello');
    expect(hellos).toHaveLength(2);
    expect(hellos[0].session).toBeUndefined();
    expect(hellos[1].session).toMatch(/./);
    expect(hellos[1].resume.seq).toBeGreaterThan(0);
  });
});

test.describe('from a server that misbehaves', () => {
  test.use({ deskOptions: { config: silent } });

  /** A server of the test's own: says welcome, then whatever `frames` are. */
  async function standIn(page, frames) {
    const heard = [];
    await page.routeWebSocket(/\/ws$/, (socket) => {
      socket.onMessage((text) => {
        heard.push(String(text));
        if (JSON.parse(text).type !== 'hello') return;
        const conversation = { state: 'none' };
        socket.send(JSON.stringify({ type: 'welcome', version: 1, session: 'v-1', epoch: 'd-1', seq: 1, resumed: 'new', conversation }));
        for (const frame of frames) socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
      });
    });
    return heard;
  }

  const hello = {
    type: 'message', seq: 1, ts: Date.now(), from: { kind: 'agent', id: 'a', name: 'Sana Malik', role: '' }, body: { kind: 'text', text: 'Still here' },
  };

  test('frames of a later version are passed over', async ({ page, desk }) => {
    const trouble = watchTrouble(page);
    const heard = await standIn(page, [{ type: 'hologram', of: ['anything'] }, { ...hello, mood: 'sunny' }]);
    const visitor = new Visitor(page, desk);
    await visitor.visit('/cards');
    await visitor.open();
    await expect(visitor.bubbles).toHaveText(['Still here']);
    expect(types(heard)).not.toContain('error');
    expect(trouble).toEqual({ thrown: [], warnings: [] });
  });

  const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;
  const MALFORMED = {
    'not JSON': '{"type":',
    'not an object': '[1,2]',
    'without a type': '{"seq":1}',
    'with a field of another type': JSON.stringify({ ...hello, seq: 'first' }),
    'without a field it needs': JSON.stringify({ type: 'message', seq: 1 }),
    'nested too deep': `{"type":"message","x":${deep}}`,
    'too long': JSON.stringify({ ...hello, body: { kind: 'text', text: 'x'.repeat(70_000) } }),
  };
  for (const [words, frame] of Object.entries(MALFORMED)) {
    test(`a frame ${words} is answered, and the next one is read`, async ({ page, desk }) => {
      const trouble = watchTrouble(page);
      const heard = await standIn(page, [frame, hello]);
      const visitor = new Visitor(page, desk);
      await visitor.visit('/cards');
      await visitor.open();
      await expect(visitor.bubbles).toHaveText(['Still here']);
      const answers = heard.filter((text) => JSON.parse(text).type === 'error');
      expect(answers).toHaveLength(1);
      expect(JSON.parse(answers[0])).toMatchObject({ code: "bad_frame", message: expect.stringMatching(/./) });
      expect(fault('client', answers[0])).toBeUndefined();
      expect(trouble.warnings.join('\n')).toContain('cannot be read');
      expect(trouble.thrown).toEqual([]);
    });
  }
});
