// What the page knows, and how each frame of desk.v1 changes it. No document and
// no socket here: frames go in, news worth telling comes out.

/** `phase`: signed-out, signing-in, resuming (a kept secret, nothing to show yet), ready. */
export function createState() {
  return {
    phase: "signed-out",
    agent: null,
    queues: [],
    board: null,
    logs: new Map(),
    drafts: new Map(),
    selected: null,
    accepting: null,
    leaving: new Map(),
    notice: null,
  };
}

export const find = (state, id) =>
  state.board?.mine.find((one) => one.id === id) ?? state.board?.waiting.find((one) => one.id === id);

export const queueName = (state, id) => state.queues.find((queue) => queue.id === id)?.name ?? id;

export function topic(state, summary) {
  const queue = queueName(state, summary.queue);
  return summary.skill ? `${queue} · ${summary.skill}` : queue;
}

/** The waiting list in two: what this agent is here for, those asked for by name first, and the rest. */
export function waitingLists(state) {
  const waiting = state.board?.waiting ?? [];
  const named = waiting.filter((one) => one.reserved_for === state.agent.id);
  const matching = waiting.filter((one) => one.match && one.reserved_for !== state.agent.id);
  return { first: [...named, ...matching], others: waiting.filter((one) => !named.includes(one) && !one.match) };
}

/** Conversations in the order they are shown. */
export function inOrder(state) {
  const { first, others } = waitingLists(state);
  return [...(state.board?.mine ?? []), ...first, ...others];
}

export function logOf(state, id) {
  if (!state.logs.has(id)) {
    state.logs.set(id, { loaded: false, trimmed: false, entries: [], unsent: [], typingUntil: 0, visitorRead: 0, seen: 0, told: 0, newAfter: null });
  }
  return state.logs.get(id);
}

export const lastSeq = (log) => log.entries.reduce((highest, entry) => Math.max(highest, entry.seq ?? 0), 0);

/** Counted here when the log is held, because this page knows first what was looked at. */
export function unread(state, summary) {
  const log = state.logs.get(summary.id);
  if (!log?.loaded) return summary.unread ?? 0;
  const seen = Math.max(log.seen, summary.read?.agent ?? 0);
  return log.entries.filter((entry) => fromVisitor(entry) && entry.seq > seen).length;
}

const unsent = (state) => Array.from(state.logs.values()).flatMap((log) => log.unsent);
export const unsentCount = (state) => unsent(state).length;
export const heldCount = (state) => unsent(state).filter((message) => !message.failed).length;

/** Takes a message from the composer; it stays here under its id until the desk has stored it. */
export function addUnsent(state, id, text, cid, now) {
  const log = logOf(state, id);
  const message = { cid, text, ts: now, failed: false };
  log.unsent.push(message);
  log.newAfter = null;
  state.drafts.delete(id);
  return message;
}

/** A refused message gets another chance, under the id it had. */
export function unfail(state, id, cid) {
  const message = logOf(state, id).unsent.find((one) => one.cid === cid);
  if (message) message.failed = false;
  return message;
}

export function dropUnsent(state, id, cid) {
  const log = logOf(state, id);
  log.unsent = log.unsent.filter((one) => one.cid !== cid);
}

export const fromVisitor = (entry) => entry.type === "message" && entry.from?.kind === "visitor";

/** Applies one frame; answers with a list of news: waiting, message, back, gone, accepted, failed, refused. */
export function apply(state, frame, now) {
  switch (frame.type) {
    case "signed_in":
      state.agent = frame.agent;
      state.queues = frame.queues ?? [];
      return [];
    case "board":
      return applyBoard(state, frame);
    case "log":
      return applyLog(state, frame);
    case "entry":
      return applyEntry(state, frame);
    case "ack":
      return applyAck(state, frame);
    case "typing":
      logOf(state, frame.conversation).typingUntil = frame.on ? now + 6000 : 0;
      return [];
    case "read": {
      const log = logOf(state, frame.conversation);
      log.visitorRead = Math.max(log.visitorRead, frame.seq ?? 0);
      return [];
    }
    case "error":
      return applyError(state, frame);
    default:
      // Frames of a later version are no reason to stop.
      return [];
  }
}

function applyBoard(state, { waiting, mine, agents }) {
  const before = state.board;
  const known = new Set(before ? [...before.waiting, ...before.mine].map((one) => one.id) : []);
  const selectedBefore = find(state, state.selected);
  state.board = { waiting: waiting ?? [], mine: mine ?? [], agents: agents ?? [] };
  for (const summary of state.board.mine) {
    const log = logOf(state, summary.id);
    log.visitorRead = Math.max(log.visitorRead, summary.read?.visitor ?? 0);
  }
  const news = [];
  if (!before && find(state, state.selected)) news.push({ kind: "back", id: state.selected });
  if (before) {
    const added = waitingLists(state).first.filter((one) => !known.has(one.id));
    for (const summary of added) news.push({ kind: "waiting", summary });
  }
  const isMine = (id) => state.board.mine.some((one) => one.id === id);
  if (isMine(state.accepting)) {
    news.push({ kind: "accepted", id: state.accepting });
    state.accepting = null;
  }
  // What was handed on may still stand on the waiting list, but this agent is done with it.
  if (state.selected && (!find(state, state.selected) || (state.leaving.has(state.selected) && !isMine(state.selected)))) {
    if (before) news.push({ kind: "gone", id: state.selected, was: selectedBefore?.state, leaving: state.leaving.get(state.selected) });
    if (state.accepting === state.selected) state.accepting = null;
    state.selected = null;
  }
  // What is no longer ours is forgotten; should it come back, its log comes with it.
  for (const { id } of before?.mine ?? []) if (!isMine(id)) state.logs.delete(id);
  for (const id of state.leaving.keys()) if (!isMine(id)) state.leaving.delete(id);
  return news;
}

function applyLog(state, { conversation, entries, trimmed }) {
  const log = logOf(state, conversation);
  log.loaded = true;
  log.trimmed = Boolean(trimmed);
  log.entries = entries ?? [];
  const stored = new Set(log.entries.map((entry) => (fromVisitor(entry) ? null : entry.cid)));
  log.unsent = log.unsent.filter((message) => !stored.has(message.cid));
  return [];
}

function applyEntry(state, { conversation, entry }) {
  const log = logOf(state, conversation);
  const isNew = insert(log, entry);
  if (!fromVisitor(entry)) return [];
  log.typingUntil = 0;
  return isNew ? [{ kind: "message", id: conversation, text: entry.body?.text ?? "" }] : [];
}

/** The desk has stored a message of ours: it moves from the unsent ones into the log. */
function applyAck(state, { conversation, cid, seq, ts }) {
  const log = logOf(state, conversation);
  const message = log.unsent.find((one) => one.cid === cid);
  if (!message) return [];
  log.unsent = log.unsent.filter((one) => one !== message);
  const from = { kind: "agent", id: state.agent.id, name: state.agent.name, role: state.agent.role };
  insert(log, { type: "message", seq, ts, cid, from, body: { kind: "text", text: message.text } });
  return [];
}

function applyError(state, { code, message, cid }) {
  for (const log of state.logs.values()) {
    const unsent = log.unsent.find((one) => one.cid === cid);
    if (cid && unsent) {
      unsent.failed = true;
      return [{ kind: "failed", code, message }];
    }
  }
  const accepting = state.accepting;
  state.accepting = null;
  state.leaving.clear();
  return [{ kind: "refused", code, message, accepting }];
}

/** Puts an entry where its position says; an entry that is already there is brought up to date. */
function insert(log, entry) {
  if (entry.cid && !fromVisitor(entry)) log.unsent = log.unsent.filter((one) => one.cid !== entry.cid);
  if (entry.seq === null || entry.seq === undefined) {
    log.entries.push(entry);
    return true;
  }
  const same = log.entries.findIndex((one) => one.seq === entry.seq);
  if (same >= 0) {
    log.entries[same] = { ...entry, cid: entry.cid ?? log.entries[same].cid };
    return false;
  }
  const later = log.entries.findIndex((one) => one.seq > entry.seq);
  log.entries.splice(later < 0 ? log.entries.length : later, 0, entry);
  return true;
}
