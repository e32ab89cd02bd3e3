// The faulty line itself, on plain sockets: no page and no desk.

import { once } from 'node:events';
import net from 'node:net';

import { proxy } from './helpers/proxy';
import { expect, test as base } from './helpers/test';

/** `line(options)` is a line to a server of the test's, and `server.next()` the next connection at its far end. */
const test = base.extend({
  server: async ({}, use) => {
    const arrived = [];
    const asked = [];
    const all = [];
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      const end = new End(socket);
      all.push(end);
      if (asked.length > 0) asked.shift()(end);
      else arrived.push(end);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const next = () => (arrived.length > 0 ? arrived.shift() : new Promise((resolve) => asked.push(resolve)));
    await use({ port: server.address().port, next });
    all.forEach((end) => end.socket.destroy());
    server.close();
  },

  line: async ({ server }, use) => {
    const lines = [];
    await use(async (options) => {
      lines.push(await proxy(server.port, options));
      return lines.at(-1);
    });
    for (const line of lines) await line.close();
  },
});

/** One end of a connection, and what it has heard. */
class End {
  constructor(socket) {
    this.socket = socket;
    this.text = '';
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    this.ended = new Promise((resolve) => socket.once('end', resolve));
    this.broken = new Promise((resolve) => socket.once('error', (error) => resolve(error.code)));
    socket.on('data', (bytes) => {
      this.text += bytes;
      this.#look?.();
    });
  }

  #look = null;

  /** Resolves when all it has heard is this long. */
  async heard(length) {
    while (this.text.length < length) await new Promise((resolve) => (this.#look = resolve));
    return this.text;
  }
}

/** A client at the near end; it may not get through. */
const connect = (line) => new End(net.connect({ port: line.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }));

/** Both ends of one connection through the line. */
async function through(line, server) {
  const client = connect(line);
  return { client, far: await server.next() };
}

/** How many milliseconds it takes. */
async function took(act) {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

test('a line without faults carries everything, and each goodbye on its own', async ({ line, server }) => {
  const whole = await line();
  const { client, far } = await through(whole, server);
  const much = 'x'.repeat(3_000_000);
  client.socket.end(much);
  expect((await far.heard(much.length)).length).toBe(much.length);
  await far.ended;
  // The other direction is still open.
  far.socket.end('thank you');
  expect(await client.heard(9)).toBe('thank you');
  await client.closed;
  expect(whole.counts.up.bytes).toBe(much.length);
});

test('latency makes everything late, and jitter does not change the order', async ({ line, server }) => {
  const draws = [1, 0, 0.5];
  const late = await line({ random: () => draws.shift() });
  const { client, far } = await through(late, server);
  late.latency('down', 100, 40);
  late.slice('down', 4);
  const ms = await took(async () => {
    far.socket.write('one two 3...');
    expect(await client.heard(12)).toBe('one two 3...');
  });
  // The first of the three pieces is the latest, with 140 ms; the others wait for it.
  expect(ms).toBeGreaterThanOrEqual(139);
  expect(draws).toEqual([]);
  // The way up is as quick as it was.
  client.socket.write('up');
  await far.heard(2);
});

test('bandwidth gives each byte its time', async ({ line, server }) => {
  const slow = await line();
  const { client, far } = await through(slow, server);
  slow.bandwidth('up', 100_000);
  const ms = await took(async () => {
    client.socket.write('x'.repeat(20_000));
    await far.heard(20_000);
  });
  expect(ms).toBeGreaterThanOrEqual(199);
});

for (const [direction, speaker, listener] of [['down', 'far', 'client'], ['up', 'client', 'far']]) {
  test(`a stall ${direction} is half-open: nothing arrives, not even a goodbye, until it is mended`, async ({ line, server }) => {
    const half = await line();
    const ends = await through(half, server);
    half.stall(direction);
    const held = once(half, 'held');
    ends[speaker].socket.write('held');
    expect(await held).toEqual([direction, 4]);
    const goodbye = once(half, 'held');
    ends[speaker].socket.end();
    await goodbye;
    // The other direction is open, and by now what is held would have come long since.
    ends[listener].socket.write('through');
    expect(await ends[speaker].heard(7)).toBe('through');
    expect([ends[listener].text, ends[listener].socket.readableEnded]).toEqual(['', false]);
    await half.mend();
    expect(await ends[listener].heard(4)).toBe('held');
    await ends[listener].ended;
  });
}

test('a connection made on a stalled line opens and stays silent', async ({ line, server }) => {
  const half = await line();
  half.stall();
  const held = once(half, 'held');
  const client = connect(half);
  client.socket.write('hello');
  expect(await held).toEqual(['up', 5]);
  const far = await server.next();
  expect(far.text).toBe('');
  await half.mend();
  expect(await far.heard(5)).toBe('hello');
});

test('a reset breaks both ends and leaves the line in order', async ({ line, server }) => {
  const whole = await line();
  const { client, far } = await through(whole, server);
  const closed = once(whole, 'close');
  whole.reset();
  expect(await Promise.all([client.broken, far.broken])).toEqual(['ECONNRESET', 'ECONNRESET']);
  await closed;
  expect(whole.connections).toBe(0);
  const again = await through(whole, server);
  again.client.socket.write('again');
  expect(await again.far.heard(5)).toBe('again');
});

test('a reset also ends a connection that still has something to say', async ({ line, server }) => {
  const whole = await line();
  const { client, far } = await through(whole, server);
  client.socket.pause();
  const much = 16_000_000;
  far.socket.end('x'.repeat(much));
  while (whole.counts.down.bytes < much) await once(whole, 'passed');
  const closed = once(whole, 'close');
  whole.reset();
  await closed;
});

test('a break at one end is a break at the other', async ({ line, server }) => {
  const { client, far } = await through(await line(), server);
  far.socket.resetAndDestroy();
  expect(await client.broken).toBe('ECONNRESET');
});

test('slices are small and come one after the other', async ({ line, server }) => {
  const thin = await line();
  const { client, far } = await through(thin, server);
  thin.slice('up', 3, 10);
  // Three times the gap, between four pieces.
  const ms = await took(async () => {
    client.socket.write('0123456789');
    expect(await far.heard(10)).toBe('0123456789');
  });
  expect(thin.counts.up).toEqual({ pieces: 4, bytes: 10 });
  expect(ms).toBeGreaterThanOrEqual(29);
});

test('a limit breaks the connection after so many bytes, and every other one too', async ({ line, server }) => {
  const short = await line();
  const first = await through(short, server);
  first.far.socket.write('before ');
  await first.client.heard(7);
  short.limit('down', 5);
  for (const { client, far } of [first, await through(short, server)]) {
    const before = client.text.length;
    far.socket.write('123');
    await client.heard(before + 3);
    far.socket.write('45678');
    expect(await far.broken).toBe('ECONNRESET');
    // Node takes a reset that comes together with the last bytes for a goodbye.
    await Promise.race([client.broken, client.ended]);
    expect(client.text.slice(before)).toBe('12345');
  }
});

test('a line that refuses keeps what is open; one that is down keeps nothing', async ({ line, server }) => {
  const shut = await line();
  const { client, far } = await through(shut, server);
  shut.refuse();
  expect(await connect(shut).broken).toBe('ECONNREFUSED');
  client.socket.write('still here');
  expect(await far.heard(10)).toBe('still here');
  shut.down();
  expect(await client.broken).toBe('ECONNRESET');
  expect(await connect(shut).broken).toBe('ECONNREFUSED');
  const { port } = shut;
  await shut.up();
  expect(shut.port).toBe(port);
  const again = await through(shut, server);
  again.client.socket.write('back');
  expect(await again.far.heard(4)).toBe('back');
});

test('with faults for sockets only, pages come through as ever', async ({ line, server }) => {
  const page = 'GET /rates HTTP/1.1\r\nHost: a\r\n\r\n';
  const socket = 'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const picky = await line({ only: 'sockets' });
  picky.stall();
  const held = once(picky, 'held');
  const stalled = connect(picky);
  stalled.socket.write(socket);
  expect(await held).toEqual(['up', socket.length]);
  const far = await server.next();
  picky.refuse();
  const refused = connect(picky);
  refused.socket.write(socket);
  expect(await refused.broken).toBe('ECONNRESET');
  const reader = connect(picky);
  reader.socket.write(page);
  const desk = await server.next();
  expect(await desk.heard(page.length)).toBe(page);
  desk.socket.end('the page');
  expect(await reader.heard(8)).toBe('the page');
  expect([picky.connections, far.text]).toEqual([1, '']);
  await picky.mend();
  expect(await far.heard(socket.length)).toBe(socket);
});

test('a desk that is not there breaks the connection, and a later one is found', async ({ line, server }) => {
  const nowhere = net.createServer().listen(0, '127.0.0.1');
  await once(nowhere, 'listening');
  const { port } = nowhere.address();
  nowhere.close();
  await once(nowhere, 'close');
  const lost = await proxy(port);
  expect(await connect(lost).broken).toBe('ECONNRESET');
  await lost.close();
  const { far } = await through(await line(), server);
  expect(far.text).toBe('');
});

test('a line that is closed leaves nothing behind', async ({ server }) => {
  const gone = await proxy(server.port);
  gone.latency('up', 60_000);
  const { client, far } = await through(gone, server);
  client.socket.write('never');
  await gone.close();
  await Promise.all([client.closed, far.ended]);
  expect(await connect(gone).broken).toBe('ECONNREFUSED');
  expect(far.text).toBe('');
});
