// One WebSocket that keeps coming back. It knows nothing of what is said over it,
// apart from ping and pong, by which it notices a connection that died in silence.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const OPEN_WITHIN_MS = 10_000;
const PING_AFTER_MS = 20_000;
const PONG_WITHIN_MS = 8_000;

/**
 * `on.open()` when frames can be sent, `on.frame(object)` for each that comes,
 * `on.change()` when `phase` or `retryAt` have changed.
 * `again()` gives a connection up that leads nowhere, and tries anew after a wait.
 * Phases: closed (nobody wants it), connecting, open, waiting (until `retryAt`).
 */
export function createSocket(url, protocol, on) {
  const self = { phase: "closed", retryAt: 0, open, close, send, retryNow, again: () => lost(socket) };
  let socket = null;
  let failures = 0;
  let retryTimer = 0;
  let watchTimer = 0;
  let pings = 0;

  addEventListener("online", retryNow);
  document.addEventListener("visibilitychange", () => {
    // Timers sleep in a hidden tab: whoever comes back should not wait for one.
    if (!document.hidden) retryNow();
  });
  return self;

  function open() {
    if (self.phase === "connecting" || self.phase === "open") return;
    clearTimeout(retryTimer);
    const mine = new WebSocket(url, protocol);
    socket = mine;
    change("connecting");
    watchTimer = setTimeout(() => lost(mine), OPEN_WITHIN_MS);
    mine.addEventListener("open", () => {
      if (mine !== socket) return;
      failures = 0;
      change("open");
      listen();
      on.open();
    });
    mine.addEventListener("message", (event) => {
      if (mine !== socket) return;
      listen();
      const frame = parse(event.data);
      if (frame && frame.type !== "pong") on.frame(frame);
    });
    mine.addEventListener("close", () => lost(mine));
  }

  function close() {
    drop();
    change("closed");
  }

  function send(frame) {
    if (self.phase !== "open") return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  function retryNow() {
    if (self.phase === "waiting") open();
  }

  /** Whatever arrives proves the connection alive; after a silence it is asked. */
  function listen() {
    clearTimeout(watchTimer);
    watchTimer = setTimeout(() => {
      const asked = socket;
      send({ type: "ping", id: ++pings });
      watchTimer = setTimeout(() => lost(asked), PONG_WITHIN_MS);
    }, PING_AFTER_MS);
  }

  function lost(which) {
    if (which !== socket) return;
    drop();
    // Half of each wait is chance, so that a desk that restarts is not met by all agents at once.
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    self.retryAt = Date.now() + wait;
    retryTimer = setTimeout(open, wait);
    change("waiting");
  }

  function drop() {
    clearTimeout(retryTimer);
    clearTimeout(watchTimer);
    const old = socket;
    socket = null;
    old?.close();
  }

  function change(phase) {
    self.phase = phase;
    on.change();
  }
}

function parse(text) {
  try {
    const frame = JSON.parse(text);
    return frame && typeof frame.type === "string" ? frame : null;
  } catch {
    // A frame that is not JSON says nothing this page could use.
    return null;
  }
}
