// Puts the page together: one state, one socket, one drawing, and what the
// controls do. Everything that is sent to the desk is sent from here.

import * as board from "./board.js";
import * as conversation from "./conversation.js";
import { announce, byId, narrow } from "./dom.js";
import { counted, goneWords, refusedWords, signInWords, visitorName } from "./format.js";
import * as signin from "./signin.js";
import { createSocket } from "./socket.js";
import { addUnsent, apply, createState, dropUnsent, find, lastSeq, logOf, topic, unfail, unread, unsentCount } from "./state.js";
import * as transfer from "./transfer.js";

const SELECTED = "desk.selected";

let state = createState();
let answers = null;
let signInError = "";
let greeted = false;
let lost = false;
let drawing = false;

const address = new URL("/desk/ws", location.href);
address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
const socket = createSocket(address.href, "desk.v1", { open: introduce, frame: receive, change: connectionChanged });
const connected = () => socket.phase === "open" && greeted;

start();

function start() {
  const linked = signin.takeToken();
  signin.prepare((given) => {
    answers = given;
    signInError = "";
    state.phase = "signing-in";
    socket.open();
    draw();
  });
  conversation.prepare({ send, write: (text) => { state.drafts.set(state.selected, text); draw(); }, typing: sendTyping, retry, discard, accept, close, back, details: () => show("details") });
  transfer.prepare(() => state, { transfer: handOver, end, back: () => show("conversation") });
  byId("sign-out").addEventListener("click", signOut);
  for (const id of ["banner-retry", "connecting-retry"]) byId(id).addEventListener("click", () => socket.retryNow());
  byId("connecting-leave").addEventListener("click", () => leave(""));
  byId("notice-dismiss").addEventListener("click", () => { say(""); refocus(); });
  document.addEventListener("keydown", shortcuts);
  for (const name of ["focus", "blur"]) addEventListener(name, draw);
  document.addEventListener("visibilitychange", draw);
  addEventListener("hashchange", () => { if (signin.takeToken()) signin.fill(); });
  addEventListener("beforeunload", (event) => { if (unsentCount(state)) event.preventDefault(); });
  setInterval(() => { if (!document.hidden && state.phase !== "signed-out") draw(); }, 1000);

  // A link with a token is somebody who wants to sign in; without one, the kept secret speaks.
  if (signin.secret.read() && !linked) {
    state.phase = "resuming";
    state.selected = sessionStorage.getItem(SELECTED);
    socket.open();
    draw();
  } else {
    leave("");
  }
}

function introduce() {
  greeted = false;
  const kept = signin.secret.read();
  socket.send(state.phase === "signing-in" ? { type: "sign_in", ...answers } : { type: "sign_in", secret: kept });
}

function receive(frame) {
  if (frame.type === "error" && !greeted) {
    // Only a refused secret ends a sign-in; any other trouble may pass, so it is tried again.
    if (state.phase === "signing-in" || frame.code === "bad_token") leave(signInWords(frame, state.phase === "signing-in"));
    else socket.again();
    return;
  }
  const news = apply(state, frame, Date.now());
  if (frame.type === "signed_in") signedIn(frame);
  for (const one of news) tell(one);
  draw();
}

function signedIn(frame) {
  signin.secret.keep(frame.secret);
  greeted = true;
  state.phase = "ready";
  if (lost) announce("Connected again");
  lost = false;
  // What had no answer when the connection broke goes out again under the same id; the desk keeps one of each.
  for (const [id, log] of state.logs) {
    log.told = 0;
    for (const message of log.unsent) if (!message.failed) sendMessage(id, message);
  }
}

function connectionChanged() {
  if (socket.phase !== "open") {
    greeted = false;
    state.accepting = null;
  }
  if (state.phase === "signing-in" && socket.phase === "waiting") leave("The desk cannot be reached. Check that it runs, then try again.");
  if (state.phase === "ready" && socket.phase === "waiting" && !lost) {
    lost = true;
    announce("Connection lost. Trying to connect again.");
  }
  draw();
}

/** Back to the sign-in form, with nothing left of the agent who was here. */
function leave(error) {
  if (state.phase !== "signing-in") signin.secret.forget();
  state = createState();
  lost = false;
  sessionStorage.removeItem(SELECTED);
  signInError = error;
  socket.close();
  signin.loadChoices();
  signin.fill();
  drawNow();
  if (!error) signin.focusFirst();
}

async function signOut() {
  const open = state.board?.mine.filter((one) => one.state === "active").length ?? 0;
  const sure = !open || await transfer.confirm("Sign out now?",
    `You still have ${counted(open, "open conversation", "open conversations")}. Your visitors will wait again, first in line.`, "Sign out");
  if (!sure) return;
  socket.send({ type: "sign_out" });
  byId("token").value = "";
  leave("");
}

/** News for the agent: said aloud, and put on the screen where something they wanted did not happen. */
function tell(news) {
  const summary = find(state, news.id);
  if (news.kind === "waiting") announce(`New visitor waiting: ${topic(state, news.summary)}`);
  if (news.kind === "message") announce(`${news.id === state.selected ? "" : "New message, "}${summary ? visitorName(summary) : "visitor"}: ${news.text.slice(0, 200)}`);
  if (news.kind === "accepted") {
    announce("Accepted");
    drawNow();
    conversation.focusStart(state);
  }
  // A reload comes back to the conversation it left.
  if (news.kind === "back") show("conversation");
  if (news.kind === "failed") announce("A message was not sent.");
  if (news.kind === "gone") {
    sessionStorage.removeItem(SELECTED);
    if (byId("app").dataset.view !== "list") show("list");
    refocus();
    if (news.leaving !== "closed") say(news.leaving ?? goneWords(news.was));
  }
  if (news.kind === "refused" && refusedWords(news)) say(refusedWords(news));
}

function say(text) {
  state.notice = text;
  if (text) announce(text);
  draw();
}

/** The control that was in use may be gone; the work goes on in the conversation, or else on the list. */
function refocus() {
  drawNow();
  if (document.activeElement !== document.body) return;
  conversation.focusStart(state);
  if (document.activeElement === document.body) byId("mine-title").focus();
}

function choose(id, keepFocus) {
  conversation.stopTyping();
  const summary = find(state, id);
  if (!summary) return;
  const log = logOf(state, id);
  if (id !== state.selected) log.newAfter = unread(state, summary) ? Math.max(log.seen, summary.read?.agent ?? 0) : null;
  state.selected = id;
  state.notice = null;
  sessionStorage.setItem(SELECTED, id);
  show("conversation");
  drawNow();
  if (!keepFocus) conversation.focusStart(state);
}

function show(view) {
  const before = byId("app").dataset.view;
  byId("app").dataset.view = view;
  if (view === "details") byId("details-title").focus();
  if (before === "details" && view === "conversation") byId("show-details").focus();
}

function back() {
  const id = state.selected;
  show("list");
  board.cardButton(id)?.focus();
}

/** Alt with an arrow goes to the next conversation; whoever was writing goes on writing there. */
function shortcuts(event) {
  const step = board.stepOf(event);
  if (!step || state.phase !== "ready" || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  const next = board.neighbour(state, step);
  if (!next) return;
  choose(next, true);
  if (find(state, next).state === "active") conversation.focusMessage();
  else board.cardButton(next)?.focus();
}

function accept() {
  if (socket.send({ type: "accept", conversation: state.selected })) state.accepting = state.selected;
  draw();
}

function close() {
  const id = state.selected;
  if (!socket.send({ type: "close", conversation: id })) return;
  state.leaving.set(id, "closed");
  const rest = state.board.mine.filter((one) => one.id !== id);
  if (rest.length && !narrow()) choose(rest[0].id);
  else back();
}

function handOver(id, to, note, name) {
  if (!socket.send({ type: "transfer", conversation: id, to, note })) return;
  state.leaving.set(id, `Transferred to ${name}.`);
}

function end(id) {
  conversation.stopTyping();
  socket.send({ type: "end", conversation: id });
}

function send(text) {
  const message = addUnsent(state, state.selected, text, crypto.randomUUID(), Date.now());
  conversation.clearMessage();
  sendMessage(state.selected, message);
  draw();
}

function sendMessage(id, { cid, text }) {
  if (connected()) socket.send({ type: "message", conversation: id, cid, text });
}

function retry(cid) {
  const message = unfail(state, state.selected, cid);
  if (message) sendMessage(state.selected, message);
  conversation.focusMessage();
  draw();
}

function discard(cid) {
  dropUnsent(state, state.selected, cid);
  drawNow();
  refocus();
}

function sendTyping(id, on) {
  if (connected()) socket.send({ type: "typing", conversation: id, on });
}

/** Everything on the screen counts as seen while somebody is there to see it. */
function look() {
  const summary = find(state, state.selected);
  if (!summary || summary.state === "waiting" || document.hidden || !document.hasFocus()) return;
  if (narrow() && byId("app").dataset.view !== "conversation") return;
  const log = logOf(state, summary.id);
  const seq = lastSeq(log);
  log.seen = Math.max(log.seen, seq);
  if (summary.state !== "active" || seq <= Math.max(log.told, summary.read?.agent ?? 0) || !connected()) return;
  socket.send({ type: "read", conversation: summary.id, seq });
  log.told = seq;
}

/** Many changes in one turn make one drawing. */
function draw() {
  if (drawing) return;
  drawing = true;
  queueMicrotask(drawNow);
}

function drawNow() {
  drawing = false;
  const now = Date.now();
  const form = state.phase === "signed-out" || state.phase === "signing-in";
  const ready = state.phase === "ready" && state.board !== null;
  byId("signin").hidden = !form;
  byId("connecting").hidden = form || ready;
  byId("app").hidden = !ready;
  if (form) signin.render(state.phase === "signing-in", signInError);
  else if (!ready) signin.renderConnecting(socket, now);
  else {
    look();
    board.renderTop(state, socket, now, connected());
    board.render(state, now, choose);
    conversation.render(state, now, connected());
    transfer.render(state, now, connected());
  }
  board.renderTitle(state);
}
