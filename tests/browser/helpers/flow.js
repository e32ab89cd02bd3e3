// One direction of one connection through the proxy: what comes in at one end goes out at the other, as late and in
// such pieces as the rules say, and always in order.

/** What may wait in a flow before its sender is asked to pause. */
const FULL_BYTES = 1 << 20;

/** Breaks a connection off. While it still has to say something Node cannot reset it, and would never close it. */
export function breakOff(socket) {
  if (socket.writableLength > 0 || socket.writableEnded !== socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}

export class Flow {
  #from;
  #to;
  #rules;
  #random;
  #told;
  #queue = [];
  #bytes = 0;
  /** When the last piece that waits may go out. */
  #due = 0;
  #limit = null;
  #left = Infinity;
  #timer = null;

  /** `told(what, bytes)` hears of every piece: `held` while the flow is stalled, `passed` when it has gone out. */
  constructor(from, to, rules, random, told) {
    this.#from = from;
    this.#to = to;
    this.#rules = rules;
    this.#random = random;
    this.#told = told;
    from.on('data', (bytes) => this.#take(bytes));
    from.on('end', () => this.#put({ end: () => to.end() }));
    // A close after an error goes on as one: the other end must not take it for a goodbye.
    from.on('close', (broken) => broken && this.#put({ end: () => breakOff(to) }));
  }

  /** Goes on after the rules have changed. */
  pump() {
    clearTimeout(this.#timer);
    while (this.#queue.length > 0 && !this.#rules.stalled) {
      const wait = this.#queue[0].due - performance.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.pump(), Math.ceil(wait));
        return;
      }
      this.#deliver(this.#queue.shift());
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#queue = [];
  }

  #take(bytes) {
    const size = this.#rules.slice?.bytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) this.#put({ bytes: bytes.subarray(at, at + size) });
  }

  #put(piece) {
    const { latency, bandwidth, slice } = this.#rules;
    const late = latency ? latency.ms + (this.#random() * 2 - 1) * latency.jitter : 0;
    const ready = Math.max(performance.now() + Math.max(late, 0), this.#due + (slice?.gap ?? 0));
    const length = piece.bytes?.length ?? 0;
    this.#due = ready + (bandwidth ? (length / bandwidth) * 1000 : 0);
    this.#queue.push({ ...piece, due: this.#due });
    this.#bytes += length;
    if (this.#bytes > FULL_BYTES) this.#from.pause();
    if (this.#rules.stalled) this.#told('held', length);
    this.pump();
  }

  #deliver({ bytes, end }) {
    if (end) {
      end();
      return;
    }
    this.#bytes -= bytes.length;
    if (this.#bytes <= FULL_BYTES) this.#from.resume();
    const { limit } = this.#rules;
    if (limit !== this.#limit) {
      this.#limit = limit;
      this.#left = limit?.bytes ?? Infinity;
    }
    const passing = bytes.subarray(0, Math.min(this.#left, bytes.length));
    this.#left -= passing.length;
    if (this.#to.destroyed) return;
    const spent = this.#left === 0;
    this.#to.write(passing, () => spent && this.#told('spent', 0));
    this.#told('passed', passing.length);
  }
}
