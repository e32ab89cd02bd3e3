// Every state that a visitor and an agent get to see, one after the other. `at(name, page)` is called in each:
// to look at it, to take its picture.

import { Agent, OMAR, SANA } from './agent';
import { quick } from './configs';
import { cutLine } from './line';
import { expect } from './test';
import { Visitor } from './visitor';

/** The config this walk needs: a quick offer, and a rule that asks before it shares. */
export function walkable(config) {
  quick(config);
  const route = { queue: 'cards', reason: 'Reads about rates' };
  config.rules.push({ id: 'ask', name: 'Rates help', when: { 'page.id': 'rates' }, then: [{ route }] });
}

const SAID = {
  en: ['What would €12,000 over five years cost me in all?', 'Thank you. And without the insurance?'],
  ur: ['پانچ سال کے لیے 12,000 یورو پر مجھے کل کتنا دینا ہوگا؟', 'شکریہ۔ اور بیمہ کے بغیر؟'],
  hi: ['पाँच साल के लिए 12,000 यूरो पर मुझे कुल कितना देना होगा?', 'धन्यवाद। और बीमा के बिना?'],
};
const ANSWERS = {
  en: ['Good afternoon. €13,214 in all: 60 instalments of €220.23.', 'Nothing is added to that. There is no fee for paying it off early either.'],
  ur: ['السلام علیکم۔ کل 13,214 یورو: 220.23 یورو کی 60 قسطیں۔', 'اس میں کچھ اور شامل نہیں ہوتا۔'],
  hi: ['नमस्ते। कुल 13,214 यूरो: 220.23 यूरो की 60 किस्तें।', 'इसमें और कुछ नहीं जुड़ता।'],
};

/** What the visitor sees. `agentPage` is where the agent sits. */
export async function visitorStates({ page, agentPage, desk, lang, at }) {
  const visitor = new Visitor(page, desk, lang);
  const { say } = visitor.words;
  const line = await cutLine(page);
  const [asked, more] = SAID[lang];
  const [answer, rest] = ANSWERS[lang];

  await visitor.visit(`/help?lang=${lang}`);
  await page.locator('[data-consent="necessary"]').click();
  await expect(visitor.launcher).toBeVisible();
  await at('launcher', page);
  await visitor.open();
  await expect(visitor.notice).toBeHidden();
  await at('empty', page);
  await visitor.button('close').click();

  await visitor.visit('/rates');
  await expect(visitor.panel).toContainText(say('ask.title', { queue: visitor.words.queue('cards') }));
  await expect(visitor.notice).toBeHidden();
  await at('asking', page);
  await visitor.button('close').click();

  await visitor.visit('/loans/auto');
  await expect(visitor.message).toBeVisible();
  await at('message', page);
  await visitor.message.locator('summary').click();
  await at('why', page);
  await visitor.acceptOffer();
  await expect(visitor.presence).toHaveText(say('presence.next', { queue: visitor.words.queue('loans') }));
  await at('waiting', page);

  const agent = await Agent.signIn(agentPage, desk, { ...SANA, queues: ['Loans', 'Mortgages'] });
  await agent.accept();
  await visitor.write(asked);
  await expect(agent.bubbles).toHaveCount(1);
  await agent.write(answer);
  await visitor.write(more);
  await expect(agent.bubbles).toHaveCount(3);
  await expect(visitor.bubble(more)).toContainText(say('mark.read'));
  await agent.composer.pressSequentially('…');
  await expect(visitor.writing).toBeVisible();
  await at('talking', page);
  await visitor.log.locator('summary').click();
  await at('shared', page);
  await visitor.log.locator('summary').click();
  await visitor.log.press('End');
  await agent.write(rest);

  await agent.transfer('Mortgages', '');
  await expect(visitor.line('line.to_queue', { queue: visitor.words.queue('mortgages') })).toBeVisible();
  await at('transferred', page);
  await agent.accept();
  await expect(visitor.title).toHaveText(SANA.name);
  await visitor.button('end').click();
  await expect(visitor.panel).toContainText(say('end.question'));
  await at('ending', page);
  await visitor.button('end.no').click();

  await line.cut();
  await expect(visitor.notice).toContainText(say('trouble.unreachable'));
  await visitor.write('Hello?');
  await at('unreachable', page);
  line.mend();
  await expect(visitor.notice).toBeHidden({ timeout: 30_000 });

  await visitor.button('close').click();
  await agent.write(rest);
  await expect(visitor.badge).toHaveText('1');
  await at('unread', page);
  await visitor.open();
  await agent.end();
  await expect(visitor.line('line.ended_by_agent')).toBeVisible();
  await at('ended', page);
}

/** What the visitor sees when parts of the conversation are missing, and when the browser keeps nothing. */
export async function troubledStates({ page, desk, lang, at }) {
  const visitor = new Visitor(page, desk, lang);
  const { say } = visitor.words;
  const agent = { kind: 'agent', id: 'a', name: SANA.name, role: SANA.role };
  const message = (seq, from, text) => ({ type: 'message', seq, ts: Date.now(), from, body: { kind: 'text', text } });
  const pages = SAID[lang].map((asked, page) => [[{ kind: 'visitor' }, asked], [agent, ANSWERS[lang][page]]]);

  // A server that remembers less and less.
  let connections = 0;
  let down = false;
  const open = new Set();
  await page.routeWebSocket(/\/ws$/, (socket) => {
    if (down) return socket.close({ code: 1011 });
    open.add(socket);
    const send = (frame) => socket.send(JSON.stringify(frame));
    socket.onMessage((text) => {
      const frame = JSON.parse(text);
      if (frame.type === 'ping') send({ type: 'pong', id: frame.id });
      if (frame.type !== 'hello') return;
      connections += 1;
      const first = connections === 1;
      const welcome = { type: 'welcome', version: 1, session: 'v-1', epoch: 'd-1', conversation: { state: 'active', queue: 'loans', agent } };
      send({ ...welcome, seq: first ? 8 : 24, resumed: 'gap', gap: first ? { from: 1, to: 6 } : { from: 9, to: 22 } });
      pages[first ? 0 : 1].forEach(([from, text], at) => send(message((first ? 7 : 23) + at, from, text)));
      if (!first) send({ type: 'fetched', from: 9, to: 12, lost: 4 });
    });
  });
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
    }
  });

  await visitor.visit(`/help?lang=${lang}`);
  await visitor.open();
  await expect(visitor.log).toContainText(say('missing.earlier'));
  await expect(visitor.notice).toHaveText(say('unkept'));
  await at('earlier', page);
  open.forEach((socket) => socket.close({ code: 1011 }));
  await expect(visitor.log).toContainText(say('missing.fetching'));
  await expect(visitor.log).toContainText(say('missing.lost'));
  await expect(visitor.notice).toHaveText(say('unkept'));
  await at('missing', page);
  down = true;
  open.forEach((socket) => socket.close({ code: 1011 }));
  await expect(visitor.notice).toContainText(say('trouble.unreachable_unkept'));
  await at('unreachable-unkept', page);
}

/** What the agents see. `page` is the agent's, `visitorPage` where the visitor sits. */
export async function agentStates({ page, visitorPage, colleaguePage, desk, at }) {
  await page.goto(desk.agentsPage);
  await expect(page.getByRole('checkbox').first()).toBeVisible();
  await at('sign-in', page);
  await Agent.signIn(colleaguePage, desk, OMAR);
  const agent = await Agent.signIn(page, desk, SANA);
  await at('nobody', page);

  const visitor = new Visitor(visitorPage, desk);
  await visitor.visit('/loans/auto');
  await visitor.acceptOffer();
  await expect(agent.waiting).toHaveCount(1);
  await agent.look();
  await at('offer', page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await agent.composer.waitFor();
  await visitor.write(SAID.en[0]);
  await expect(agent.bubbles).toHaveCount(1);
  await agent.write(ANSWERS.en[0]);
  await expect(agent.bubble(ANSWERS.en[0])).toContainText('Seen');
  await visitor.composer.pressSequentially('And');
  await expect(agent.typing).toBeVisible();
  await at('talking', page);

  await agent.showActions();
  await at('details', page);
  await page.getByRole('button', { name: 'Transfer', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await at('transfer', page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await agent.showActions();
  await page.getByRole('button', { name: 'End conversation' }).click();
  await at('end', page);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await desk.kill9();
  await expect(agent.lost).toBeVisible();
  await at('lost', page);
  await desk.restart();
  await expect(agent.lost).toBeHidden({ timeout: 30_000 });
  await agent.end();
  await expect(page.getByText('The conversation was ended by an agent at')).toBeAttached();
  await at('ended', page);
}
