// The middle column: who this is, what was said, and where the answer is written.
// For somebody who still waits: what they share, and the button to accept them.

import { byId, el, keyed, narrow, redrawn, setAttribute, setText, showText } from "./dom.js";
import { badgeText, clock, clockAndDay, dayName, dayOf, hue, language, lasting, urgency, visitorName } from "./format.js";
import { find, fromVisitor, logOf, queueName, topic } from "./state.js";
import { contextLines, noteLines } from "./transfer.js";

const GROUP_MS = 300_000;
const NEAR_END_PX = 80;
const TYPING_AGAIN_MS = 3000;
const TYPING_STOPS_MS = 5000;

let actions;
let shown = null;
let drawn = 0;
let pinned = true;
let typing = { conversation: null, since: 0, timer: 0 };

/** Connects the column's own controls; `given` is what they do. */
export function prepare(given) {
  actions = given;
  const message = byId("message");
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  message.addEventListener("keydown", (event) => {
    // Enter that picks a suggestion of an input method is not meant for us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  message.addEventListener("input", () => {
    keepTyping(message.value);
    actions.write(message.value);
  });
  message.addEventListener("blur", stopTyping);
  byId("accept").addEventListener("click", () => actions.accept());
  byId("close").addEventListener("click", () => actions.close());
  byId("back").addEventListener("click", () => actions.back());
  byId("show-details").addEventListener("click", () => actions.details());
  byId("jump").addEventListener("click", toEnd);
  byId("scroll").addEventListener("scroll", () => {
    pinned = atEnd();
    if (pinned) byId("jump").hidden = true;
  }, { passive: true });
  // A taller field or a bar on top takes room from the log; its last line should stay in sight.
  new ResizeObserver(() => { if (pinned) toEnd(); }).observe(byId("scroll"));
}

export const focusMessage = () => byId("message").focus();

/** The field on a wide screen; the title on a narrow one, where the field would raise the keyboard over the text. */
export function focusStart(state) {
  const summary = find(state, state.selected);
  if (narrow()) byId("talk-title").focus();
  else if (summary?.state === "active") focusMessage();
}

export function render(state, now, connected) {
  const summary = find(state, state.selected);
  byId("middle").dataset.show = summary?.state ?? "none";
  if (!summary) {
    shown = null;
    setText(byId("none-text"), state.board?.waiting.length
      ? "Pick a waiting visitor, or go on with one of your conversations."
      : "Nobody is waiting right now. New visitors appear on the list at once.");
    return;
  }
  renderHead(state, summary);
  if (summary.state === "waiting") renderOffer(state, summary, now, connected);
  else renderLog(state, summary, now, connected);
  if (shown !== summary.id) byId("message").value = state.drafts.get(summary.id) ?? "";
  byId("send").disabled = !byId("message").value.trim();
  setText(byId("ended-text"), endText(logOf(state, summary.id)));
  byId("close").disabled = !connected;
  shown = summary.id;
}

/** Empties the field after its text has been taken, and goes to where the text will stand. */
export function clearMessage() {
  byId("message").value = "";
  pinned = true;
  stopTyping();
}

/** The visitor no longer needs to see that somebody writes. */
export function stopTyping() {
  clearTimeout(typing.timer);
  if (typing.conversation) actions.typing(typing.conversation, false);
  typing = { conversation: null, since: 0, timer: 0 };
}

function keepTyping(text) {
  if (!text.trim()) {
    stopTyping();
    return;
  }
  clearTimeout(typing.timer);
  typing.timer = setTimeout(stopTyping, TYPING_STOPS_MS);
  if (typing.conversation === shown && Date.now() - typing.since < TYPING_AGAIN_MS) return;
  actions.typing(shown, true);
  typing.conversation = shown;
  typing.since = Date.now();
}

function submit() {
  if (byId("message").value.trim()) actions.send(byId("message").value.trim());
}

function renderHead(state, summary) {
  setText(byId("talk-avatar"), badgeText(summary));
  setAttribute(byId("talk-avatar"), "data-hue", hue(summary.id));
  setText(byId("talk-title"), visitorName(summary));
  const presence = summary.state === "ended" ? "Ended" : summary.online ? "Online" : "Offline";
  const parts = [presence, topic(state, summary), language(summary.locale)];
  setText(byId("talk-sub"), parts.filter(Boolean).join(" · "));
}

function renderOffer(state, summary, now, connected) {
  const waited = now - summary.since;
  setText(byId("offer-wait"), `Waiting for ${lasting(waited)}`);
  setAttribute(byId("offer-wait"), "data-urgency", urgency(waited));
  showText(byId("offer-reason"), summary.reason);
  byId("offer-said").hidden = summary.last?.from !== "visitor";
  setText(byId("offer-last"), summary.last?.text);
  contextLines(byId("offer-context"), summary.context);
  byId("offer-nothing").hidden = Boolean(summary.context?.length);
  byId("offer-notes").hidden = !summary.notes?.length;
  noteLines(byId("offer-notes").querySelector("ul"), summary.notes, now);
  const busy = state.accepting === summary.id;
  setText(byId("accept"), busy ? "Accepting…" : "Accept");
  byId("accept").disabled = busy || !connected;
}

function renderLog(state, summary, now, connected) {
  const log = logOf(state, summary.id);
  const other = shown !== summary.id;
  const wasAtEnd = other || pinned;
  const rows = log.loaded ? rowsOf(state, log, now, connected, summary.state === "ended") : [{ key: "loading", kind: "line", parts: ["Fetching the conversation…"] }];
  keyed(byId("timeline"), rows, redrawn((row) => draw(row)));
  setAttribute(byId("timeline"), "data-loaded", String(log.loaded));
  byId("typing").hidden = !(log.typingUntil > now && summary.state === "active");
  const divider = byId("timeline").querySelector(".new-line");
  if (other && divider) divider.scrollIntoView({ block: "center" });
  else if (wasAtEnd) toEnd();
  else if (rows.length > drawn) byId("jump").hidden = false;
  if (other) byId("jump").hidden = true;
  drawn = rows.length;
}

const atEnd = () => {
  const { scrollHeight, scrollTop, clientHeight } = byId("scroll");
  return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
};

function toEnd() {
  byId("scroll").scrollTop = byId("scroll").scrollHeight;
  byId("jump").hidden = true;
  pinned = true;
}

/** The log as rows: days, groups of messages, lines for what happened, notes, and at last what is still unsent. */
function rowsOf(state, log, now, connected, over) {
  const rows = log.trimmed ? [{ key: "trimmed", kind: "line", parts: ["Earlier messages are no longer kept"] }] : [];
  let day = null;
  let newShown = log.newAfter === null;
  let group = null;
  const unsent = log.unsent.map((one) => ({ ...one, type: "message", from: { kind: "agent", id: state.agent.id }, body: one }));
  const seenBy = log.visitorRead;
  const ours = log.entries.filter((entry) => isMine(state, entry));
  const lastSeen = ours.findLast((entry) => entry.seq <= seenBy);
  log.entries.concat(unsent).forEach((entry, index) => {
    if (dayOf(entry.ts) !== day) {
      day = dayOf(entry.ts);
      rows.push({ key: `day ${day}`, kind: "day", text: dayName(entry.ts, now) });
      group = null;
    }
    if (!newShown && fromVisitor(entry) && entry.seq > log.newAfter) {
      newShown = true;
      rows.push({ key: "new", kind: "new" });
      group = null;
    }
    if (entry.type !== "message") {
      rows.push(lineOf(state, entry, index));
      group = null;
      return;
    }
    const side = fromVisitor(entry) ? "visitor" : isMine(state, entry) ? "me" : "colleague";
    const author = side === "visitor" ? "Visitor" : side === "me" ? "You" : entry.from?.name ?? "Automatic message";
    const first = group?.author !== author || entry.ts - group.ts > GROUP_MS;
    group = { author, ts: entry.ts };
    rows.push({
      key: entry.cid ? `${side} ${entry.cid}` : `message ${entry.seq}`,
      kind: "message", side, author, first, seq: entry.seq, cid: entry.cid,
      time: clock(entry.ts), iso: new Date(entry.ts).toISOString(), text: entry.body?.text ?? "",
      status: side === "me" ? statusOf(entry, connected, lastSeen, ours.at(-1)) : undefined,
      over: entry.failed && over,
    });
  });
  return rows;
}

const isMine = (state, entry) => entry.type === "message" && entry.from?.kind === "agent" && entry.from.id === state.agent.id;

function statusOf(entry, connected, lastSeen, last) {
  if (entry.seq === undefined) return entry.failed ? "failed" : connected ? "sending" : "held";
  if (entry === lastSeen) return "seen";
  // Marks stand under the newest message they are true of, and nowhere else.
  return entry === last && entry.seq > (lastSeen?.seq ?? 0) ? "sent" : undefined;
}

/** What happened, as words and names; the names stay apart because they may run the other way. */
function lineOf(state, entry, index) {
  const key = `${entry.type} ${entry.seq ?? `n${index}`}`;
  const who = (sender) => (sender?.id === state.agent.id ? "You" : { name: sender?.name ?? "The desk" });
  switch (entry.type) {
    case "note":
      return { key, kind: "note", from: entry.from, text: entry.text, time: clock(entry.ts) };
    case "route":
      return { key, kind: "line", parts: ["The visitor asked for ", { name: topic(state, entry) }], detail: entry.reason, time: clock(entry.ts) };
    case "agent":
      return { key, kind: "line", parts: [who(entry.agent), " joined"], time: clock(entry.ts) };
    case "transfer": {
      const to = entry.to?.agent ? (entry.to.agent.id === state.agent.id ? "you" : { name: entry.to.agent.name ?? "another agent" }) : { name: queueName(state, entry.to?.queue) };
      return { key, kind: "line", parts: [who(entry.from), " transferred the conversation to ", to], time: clock(entry.ts) };
    }
    case "end":
      return { key, kind: "line", parts: [endWords(entry)], time: clock(entry.ts) };
    default:
      return { key, kind: "line", parts: ["Something this page cannot show yet"], time: clock(entry.ts) };
  }
}

const endWords = (entry) => ({ visitor: "The visitor ended the conversation", agent: "The conversation was ended by an agent" })[entry.by] ?? "The desk ended the conversation";

function endText(log) {
  const end = log.entries.findLast((entry) => entry.type === "end");
  return end ? `${endWords(end)} at ${clockAndDay(end.ts, Date.now())}.` : "This conversation has ended.";
}

function draw(row) {
  if (row.kind === "day") return el("li", { class: "day" }, el("span", {}, row.text));
  if (row.kind === "new") return el("li", { class: "new-line" }, el("span", {}, "New"));
  if (row.kind === "note") {
    return el("li", { class: "note" }, el("p", { class: "note-head" }, "Note from ", el("bdi", {}, row.from), ` · ${row.time}`),
      el("p", { dir: "auto" }, row.text));
  }
  if (row.kind === "line") {
    const parts = row.parts.map((part) => (typeof part === "string" ? part : el("bdi", {}, part.name)));
    return el("li", { class: "line" }, el("p", {}, ...parts, row.time && el("span", { class: "line-time" }, ` · ${row.time}`)),
      row.detail && el("p", { class: "line-detail", dir: "auto" }, row.detail));
  }
  return el("li", { class: row.first ? "message first" : "message", "data-side": row.side, "data-seq": row.seq, "data-cid": row.cid, "data-status": row.status },
    row.first && el("p", { class: "message-head" }, el("bdi", {}, row.author), " ", el("time", { datetime: row.iso }, row.time)),
    el("p", { class: "bubble", dir: "auto", title: row.first ? undefined : row.time }, row.text),
    row.status && drawStatus(row));
}

const STATUS = { seen: "Seen", sent: "Sent", sending: "Sending…", held: "Goes out when the connection is back", failed: "Not sent" };

function drawStatus(row) {
  if (row.status !== "failed") return el("p", { class: "status" }, STATUS[row.status]);
  return el("p", { class: "status" }, STATUS.failed,
    !row.over && el("button", { type: "button", class: "link", onclick: () => actions.retry(row.cid) }, "Try again"),
    el("button", { type: "button", class: "link", onclick: () => actions.discard(row.cid) }, "Discard"));
}
