// A line to the desk on which everything can go wrong: a TCP proxy in the test's own process. Its words are those of
// toxiproxy, where `upstream` is `up`, from the visitor to the desk, and `downstream` is `down`, from the desk.

import { EventEmitter, once } from 'node:events';
import net from 'node:net';

import { Flow, breakOff } from './flow';

const HOST = '127.0.0.1';
const DIRECTIONS = ['up', 'down'];
/** A request that becomes a WebSocket. Browsers never use a connection of their pages for one. */
const UPGRADE = /^GET [^\r\n]+\r\n(?:[^\r\n]+\r\n)*?upgrade: *websocket\r\n/i;

/**
 * Opens a line to a port of this machine. With `only: 'sockets'` faults meet WebSockets alone, so that pages still
 * load. `random` gives numbers from 0 to 1 for the jitter.
 */
export async function proxy(port, { only = 'all', random = Math.random } = {}) {
  const line = new Line(port, only, random);
  await line.up();
  return line;
}

/**
 * Events: `open` and `close` of a connection that faults can meet, `held` (direction, bytes) when something comes in
 * where the line is stalled, `passed` (direction, bytes) when something has gone out.
 */
class Line extends EventEmitter {
  #target;
  #only;
  #random;
  #server = null;
  #refusing = false;
  #rules = { up: {}, down: {} };
  #sockets = new Set();
  #connections = new Set();

  constructor(target, only, random) {
    super();
    this.#target = target;
    this.#only = only;
    this.#random = random;
    /** Pieces and bytes that have gone out so far. */
    this.counts = { up: { pieces: 0, bytes: 0 }, down: { pieces: 0, bytes: 0 } };
  }

  /** The address to use instead of the desk's own, without a slash at its end. */
  get origin() {
    return `http://${HOST}:${this.port}`;
  }

  /** Connections that faults can meet. */
  get connections() {
    return this.#connections.size;
  }

  /** Everything comes later by `ms`, give or take `jitter`, and still in order. */
  latency(direction, ms, jitter = 0) {
    this.#set(direction, { latency: { ms, jitter } });
  }

  /** So many bytes a second. */
  bandwidth(direction, bytes) {
    this.#set(direction, { bandwidth: bytes });
  }

  /** Half-open: nothing gets through, not even a goodbye, and nobody is told. Without a direction both. */
  stall(direction) {
    this.#set(direction, { stalled: true });
  }

  /** Pieces of at most so many bytes, with so many milliseconds between them. */
  slice(direction, bytes, gap = 0) {
    this.#set(direction, { slice: { bytes, gap } });
  }

  /** Every connection breaks after so many bytes from now on. */
  limit(direction, bytes) {
    this.#set(direction, { limit: { bytes } });
  }

  /** Breaks every connection now; new ones work. */
  reset() {
    for (const connection of [...this.#connections]) connection.reset();
  }

  /** New connections are refused; those that are open stay. */
  refuse() {
    this.#refusing = true;
    // Pages come through the same port: sockets are then turned away one by one.
    if (this.#only === 'all') this.#shut();
  }

  /** Nothing works: refused when new, broken when open. */
  down() {
    this.refuse();
    this.reset();
  }

  /** New connections are taken again, on the same port. */
  async up() {
    this.#refusing = false;
    if (this.#server) return;
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
    this.#server = server;
    server.listen(this.port ?? 0, HOST);
    await once(server, 'listening');
    this.port = server.address().port;
  }

  /** Lifts every fault. What was held goes out, and what was refused may try again. */
  async mend() {
    this.#set(undefined, { latency: null, bandwidth: null, stalled: false, slice: null, limit: null });
    await this.up();
  }

  /** Ends the line and all that is on it. */
  async close() {
    this.#shut();
    for (const connection of this.#connections) connection.stop();
    const closed = [...this.#sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  /** Changes the rules of one direction, or of both, and lets go of what they no longer hold. */
  #set(direction, rules) {
    for (const one of direction ? [direction] : DIRECTIONS) Object.assign(this.#rules[one], rules);
    for (const connection of this.#connections) connection.pump();
  }

  /** Whoever connects from now on is refused by the system itself. */
  #shut() {
    this.#server?.close();
    this.#server = null;
  }

  #accept(client) {
    this.#watch(client);
    if (this.#only === 'all') {
      this.#join(client, true);
      return;
    }
    // Only its first words tell what a connection is for.
    client.once('data', (head) => {
      client.pause();
      client.unshift(head);
      const faulty = UPGRADE.test(head.toString('latin1'));
      if (faulty && this.#refusing) client.resetAndDestroy();
      else this.#join(client, faulty);
      client.resume();
    });
  }

  #join(client, faulty) {
    const desk = net.connect({ port: this.#target, host: HOST, allowHalfOpen: true, noDelay: true });
    this.#watch(desk);
    const rules = faulty ? this.#rules : { up: {}, down: {} };
    const told = (direction) => (what, bytes) => {
      if (!faulty) return;
      if (what === 'spent') connection.reset();
      if (what === 'passed') {
        this.counts[direction].pieces += 1;
        this.counts[direction].bytes += bytes;
      }
      this.emit(what, direction, bytes);
    };
    const flows = [
      new Flow(client, desk, rules.up, this.#random, told('up')),
      new Flow(desk, client, rules.down, this.#random, told('down')),
    ];
    const connection = {
      pump: () => flows.forEach((flow) => flow.pump()),
      stop: () => flows.forEach((flow) => flow.stop()),
      reset: () => {
        connection.stop();
        for (const socket of [client, desk]) breakOff(socket);
      },
    };
    if (!faulty) return;
    this.#connections.add(connection);
    this.emit('open');
    let open = 2;
    for (const socket of [client, desk]) {
      socket.once('close', () => {
        open -= 1;
        if (open > 0) return;
        this.#connections.delete(connection);
        this.emit('close');
      });
    }
  }

  /** What goes wrong with a socket shows in its `close`. */
  #watch(socket) {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
