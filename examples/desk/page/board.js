// What an agent sees at any moment: on top, who is signed in and whether the desk
// is reached; on the left, the agent's own conversations and everybody who waits.

import { byId, el, keyed, setAttribute, setText, showText } from "./dom.js";
import { badgeText, clockOrDay, counted, hue, initials, lasting, nextTry, urgency, visitorName } from "./format.js";
import { heldCount, inOrder, topic, unread, waitingLists } from "./state.js";

/** Draws the column; `choose(id)` is called when one is picked. */
export function render(state, now, choose) {
  const { first, others } = waitingLists(state);
  const mine = state.board?.mine ?? [];
  fill("mine", mine.map((summary) => cardOf(state, summary, now)), choose);
  fill("waiting", first.map((summary) => cardOf(state, summary, now)), choose);
  fill("others", others.map((summary) => cardOf(state, summary, now)), choose);
  byId("mine-empty").hidden = mine.length > 0;
  byId("waiting-empty").hidden = first.length > 0;
  byId("others-section").hidden = others.length === 0;
}

/** Draws the top: the agent, the connection, and what there is to say about either. */
export function renderTop(state, socket, now, connected) {
  setText(byId("me-name"), state.agent.name);
  setText(byId("me-role"), state.agent.role);
  setText(byId("me-avatar"), initials(state.agent.name));
  setAttribute(byId("me-avatar"), "data-hue", hue(state.agent.id));
  setText(byId("link-state"), connected ? "Connected" : "Reconnecting");
  setAttribute(byId("link-state"), "data-link", connected ? "open" : "lost");
  const unsent = heldCount(state);
  const kept = unsent ? `${counted(unsent, "unsent message is", "unsent messages are")} kept and will go out` : "What you write is kept and will go out";
  byId("banner").hidden = connected;
  setText(byId("banner-text"), `Connection lost. ${nextTry(socket, now)} ${kept} when the desk is back.`);
  byId("banner-retry").disabled = socket.phase !== "waiting";
  byId("notice").hidden = !state.notice;
  showText(byId("notice-text"), state.notice);
}

/** The tab tells how many messages are unread and how many visitors wait. */
export function renderTitle(state) {
  const unseen = (state.board?.mine ?? []).reduce((sum, summary) => sum + unread(state, summary), 0);
  const waiting = state.board ? waitingLists(state).first.length : 0;
  const title = waiting ? `${waiting} waiting · Bharosa desk` : "Bharosa desk";
  setText(document.querySelector("title"), unseen ? `(${unseen}) ${title}` : title);
}

/** The list item of a conversation, to move the focus to. */
export const cardButton = (id) => document.querySelector(`.board [data-conversation="${CSS.escape(id)}"] .open`);

/** Alt with an arrow up or down is a step of one; every other key is none. */
export function stepOf(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return 0;
  return { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
}

/** The conversation one step away from the selected one; from the last it goes round to the first. */
export function neighbour(state, step) {
  const all = inOrder(state).map((summary) => summary.id);
  const at = all.indexOf(state.selected);
  if (at < 0) return step > 0 ? all[0] : all.at(-1);
  return all[(at + step + all.length) % all.length];
}

function fill(listId, cards, choose) {
  setText(byId(`${listId}-count`), cards.length ? String(cards.length) : "");
  keyed(byId(listId), cards, (card, before) => {
    const item = before ?? makeItem(card, choose);
    update(item, card);
    return item;
  });
}

/** Everything a card shows, in words: drawing it decides nothing. */
function cardOf(state, summary, now) {
  const waiting = summary.state === "waiting";
  const waited = now - summary.since;
  const log = state.logs.get(summary.id);
  return {
    key: summary.id,
    id: summary.id,
    state: summary.state,
    name: visitorName(summary),
    letters: badgeText(summary),
    online: Boolean(summary.online),
    topic: topic(state, summary),
    tag: tagOf(state, summary),
    time: waiting ? lasting(waited) : summary.last ? clockOrDay(summary.last.ts, now) : clockOrDay(summary.since, now),
    urgency: waiting ? urgency(waited) : undefined,
    preview: log?.typingUntil > now && summary.state === "active" ? "Typing…" : previewOf(state, summary),
    unread: unread(state, summary),
    selected: summary.id === state.selected,
  };
}

function tagOf(state, summary) {
  if (summary.state === "ended") return "Ended";
  if (summary.reserved_for && summary.state === "waiting") {
    if (summary.reserved_for === state.agent.id) return "For you";
    const agent = state.board.agents.find((one) => one.id === summary.reserved_for);
    return agent ? `For ${agent.name}` : undefined;
  }
  return summary.state === "waiting" && summary.priority > 0 ? "Priority" : undefined;
}

function previewOf(state, summary) {
  const draft = state.drafts.get(summary.id)?.trim();
  if (draft && summary.id !== state.selected && summary.state === "active") return `Draft: ${draft}`;
  if (summary.state === "waiting") return summary.reason || summary.last?.text || "";
  if (!summary.last) return summary.reason ?? "";
  return summary.last.from === "agent" ? `You: ${summary.last.text}` : summary.last.text;
}

function makeItem(card, choose) {
  const part = (name, attributes) => el("span", { class: name, ...attributes });
  return el("li", { class: "item", "data-conversation": card.id },
    el("button", { type: "button", class: "open", onclick: () => choose(card.id) },
      el("span", { class: "avatar", "data-hue": hue(card.id), "aria-hidden": "true" },
        part("avatar-text"), part("dot")),
      el("span", { class: "item-text" },
        el("span", { class: "item-line" }, part("item-name", { dir: "auto" }), part("unseen online"), part("item-time")),
        el("span", { class: "item-line" }, part("item-topic", { dir: "auto" }), part("tag", { dir: "auto" }),
          el("span", { class: "badge" }, part("badge-number"), part("unseen unread"))),
        part("item-preview", { dir: "auto" }))));
}

function update(item, card) {
  const at = (name) => item.querySelector(`.${name}`);
  setAttribute(item, "data-state", card.state);
  setAttribute(item.firstElementChild, "aria-current", card.selected ? "true" : undefined);
  setText(at("avatar-text"), card.letters);
  setAttribute(at("dot"), "data-online", String(card.online));
  setText(at("online"), card.online ? ", online," : ", offline,");
  setText(at("item-name"), card.name);
  setText(at("item-time"), card.time);
  setAttribute(at("item-time"), "data-urgency", card.urgency);
  setText(at("item-topic"), card.topic);
  setText(at("tag"), card.tag);
  setText(at("item-preview"), card.preview);
  setAttribute(at("item-preview"), "data-typing", card.preview === "Typing…");
  at("badge").hidden = card.unread === 0;
  setText(at("badge-number"), card.unread > 99 ? "99+" : String(card.unread));
  setText(at("unread"), " unread");
}
