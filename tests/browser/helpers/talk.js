// One conversation over a faulty line, in as many tabs as a test likes, and what must hold of it whatever goes wrong:
// the desk's log has every message once and in order, every screen equals it, and nobody was told an untruth.

import { Agent, SANA } from './agent';
import { silent } from './configs';
import { proxy } from './proxy';
import { expect, test as base } from './test';
import { watchTrouble } from './trouble';
import { Visitor } from './visitor';
import { witness } from './witness';

export { expect };

/** How long a conversation may take to be whole again once the faults are over, in milliseconds. */
const WHOLE_MS = 45_000;

/** `talk` is the conversation, `line` what lies between its pages and the desk: faults meet its sockets only. */
export const test = base.extend({
  deskOptions: [{ config: silent }, { option: true }],

  line: async ({ desk }, use) => {
    const line = await proxy(new URL(desk.origin).port, { only: 'sockets' });
    await use(line);
    await line.close();
  },

  talk: async ({ desk, line, browser }, use) => {
    const talk = new Talk(desk, line, browser);
    await use(talk);
    await talk.close();
  },
});

class Talk {
  #desk;
  #line;
  #browser;
  #contexts = [];
  #screens = [];
  #troubles = [];
  /** Texts under which some screen showed that they arrived. */
  #ticks = new Set();

  constructor(desk, line, browser) {
    this.#desk = desk;
    this.#line = line;
    this.#browser = browser;
    /** The secret of the session, once a tab's own socket was told one. */
    this.session = undefined;
    /** What proves to the desk who asks for the log, where it wants that. */
    this.token = undefined;
    /** Warnings that the test expects in the console. */
    this.expected = [];
    this.frames = { sent: [], received: [] };
  }

  /** A tab that watches for untruths from its first page on. */
  async watch(page) {
    const trouble = watchTrouble(page);
    this.#troubles.push(trouble);
    page.on('console', (message) => {
      const [, text] = message.text().match(/^witness: arrived: ([^]*)$/) ?? [];
      if (text) this.#ticks.add(text);
    });
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => this.frames.sent.push(JSON.parse(payload)));
      socket.on('framereceived', ({ payload }) => {
        const frame = JSON.parse(payload);
        this.frames.received.push(frame);
        if (frame.type === 'welcome') this.session = frame.session;
      });
    });
    await page.addInitScript(witness);
  }

  /** The visitor in one more tab, on a page of the bank, with the panel open. */
  async tab(page, path = '/cards') {
    await this.watch(page);
    const visitor = new Visitor(page, { url: (path) => new URL(path, this.#line.origin).href });
    this.#screens.push(visitor);
    await visitor.visit(path);
    await visitor.open();
    return visitor;
  }

  /** Nothing is asked any more of a screen that is gone. */
  forget(visitor) {
    this.#screens = this.#screens.filter((other) => other !== visitor);
  }

  /** These did arrive, and are not in this log. */
  notHere(texts) {
    for (const text of texts) this.#ticks.delete(text);
  }

  /** An agent at a browser of their own and with a line of their own, who takes this conversation. */
  async agent() {
    const agent = await Agent.signIn(await this.#elsewhere(), this.#desk, { ...SANA, queues: ['Customer service'], skills: '' });
    await agent.accept();
    return agent;
  }

  /** The messages of the desk's log, in order: `[{ from, text }]`. */
  async log() {
    const page = await this.#elsewhere();
    await page.goto(this.#desk.url('/404'));
    const entries = await page.evaluate(readLog, { session: this.session, token: this.token });
    await page.context().close();
    const messages = entries.filter(({ type }) => type === 'message');
    return messages.map(({ from, body }) => ({ from: from.kind, text: body.text }));
  }

  /**
   * Waits until all is well again: `visitor` and `agent` are all that each side has said, in order; `notice` is what
   * the panel may still have to say.
   */
  async whole({ visitor = [], agent = [], notice }) {
    const all = visitor.length + agent.length;
    for (const screen of this.#screens) {
      await expect(screen.bubbles).toHaveCount(all, { timeout: WHOLE_MS });
      await expect(screen.log).not.toContainText(screen.words.say('mark.sending'), { timeout: WHOLE_MS });
      if (notice) await expect(screen.notice).toHaveText(notice, { timeout: WHOLE_MS });
      else await expect(screen.notice).toBeHidden({ timeout: WHOLE_MS });
    }
    const log = await this.log();
    const said = (who) => log.filter(({ from }) => from === who).map(({ text }) => text);
    expect(said('visitor'), 'what the desk has of the visitor').toEqual(visitor);
    expect(said('agent'), 'what the desk has of the agent').toEqual(agent);
    const texts = log.map(({ text }) => text);
    for (const screen of this.#screens) expect(await screen.transcript(), 'a screen').toEqual(texts);
    expect(texts, 'what was said to have arrived').toEqual(expect.arrayContaining([...this.#ticks]));
    for (const screen of this.#screens) await expect.poll(() => screen.page.evaluate(kept), 'what still waits').toEqual([]);
    this.quiet();
  }

  /** No error was thrown, and there was no warning but expected ones. */
  quiet() {
    const unexpected = ({ warnings }) => warnings.filter((text) => !this.expected.some((one) => one.test(text)));
    expect(this.#troubles.flatMap(unexpected), 'warnings').toEqual([]);
    expect(this.#troubles.flatMap(({ thrown }) => thrown), 'errors').toEqual([]);
  }

  async close() {
    for (const context of this.#contexts) await context.close();
  }

  async #elsewhere() {
    const context = await this.#browser.newContext();
    this.#contexts.push(context);
    return context.newPage();
  }
}

/** In the page: asks the desk for all that it has of a session. */
const readLog = ({ session, token }) => new Promise((resolve, reject) => {
  const socket = new WebSocket('/ws', 'bharosa.v1');
  const entries = [];
  let last;
  socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', version: 1, session, token, locale: 'en' }));
  socket.onclose = ({ code, reason }) => reject(new Error(`the desk closes: ${code} ${reason}`));
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.type === 'welcome') last = frame.seq;
    else if (frame.seq > entries.length) entries.push(frame);
    if (last === undefined || entries.length < last) return;
    socket.onclose = null;
    socket.close();
    resolve(entries);
  };
});

/** In the page: what all tabs keep of unsent messages. */
const kept = () => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith('bharosa.out.'));
  } catch {
    return [];
  }
};
