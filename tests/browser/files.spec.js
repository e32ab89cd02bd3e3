// The widget's files as they are served: types, compression, caching, and the chain of hashes from the loader on.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

import { get } from './helpers/http';
import { files } from './helpers/paths';
import { expect, test } from './helpers/test';

const TYPES = {
  '.js': /^text\/javascript\b/,
  '.wasm': /^application\/wasm$/,
  '.css': /^text\/css\b/,
  '.json': /^application\/json\b/,
};

/** The served names: every built file but the compressed twins. */
const names = () =>
  fs
    .readdirSync(files, { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => !name.endsWith('.br') && fs.statSync(path.join(files, name)).isFile());

const built = (name) => fs.readFileSync(path.join(files, name));
const address = (desk, name) => desk.url(`/bharosa/${name}`);
const hash = (content) => `sha256-${createHash('sha256').update(content).digest('base64')}`;

/** The hashes of what comes later, by served name. */
async function table(desk) {
  return JSON.parse((await get(address(desk, 'later.json'))).body.toString());
}

test('every file is served with its type, and compressed for those who accept it', async ({ desk }) => {
  expect(names()).toEqual(expect.arrayContaining(['bharosa.js', 'tracker.js', 'tracker.wasm', 'widget.wasm']));
  for (const name of names()) {
    const plain = await get(address(desk, name));
    expect(plain.status, name).toBe(200);
    expect(plain.headers['content-encoding'], name).toBeUndefined();
    expect(plain.body.equals(built(name)), `${name} as it was built`).toBe(true);

    const packed = await get(address(desk, name), { 'accept-encoding': 'gzip, deflate, br' });
    expect(packed.status, name).toBe(200);
    expect(packed.headers['content-encoding'], name).toBe('br');
    expect(zlib.brotliDecompressSync(packed.body).equals(built(name)), `${name} unpacked`).toBe(true);

    for (const { headers } of [plain, packed]) {
      const type = TYPES[path.extname(name)];
      if (type) expect(headers['content-type'], name).toMatch(type);
      expect(headers['x-content-type-options'], name).toBe('nosniff');
      expect(headers.vary, name).toMatch(/accept-encoding/i);
    }
  }
});

test('a browser that has a file is told so instead of getting it again', async ({ desk }) => {
  for (const name of names()) {
    const first = await get(address(desk, name));
    expect(first.headers['cache-control'], name).toBe('no-cache');
    const again = await get(address(desk, name), { 'if-none-match': first.headers.etag });
    expect(again.status, name).toBe(304);
    expect(again.body.length, name).toBe(0);
  }
});

test('nothing outside the folder is served', async ({ desk }) => {
  for (const name of ['no-such-file.js', '..%2f..%2fCargo.toml', '%2e%2e/%2e%2e/Cargo.toml', '.stamp']) {
    expect((await get(address(desk, name))).status, name).toBe(404);
  }
});

test('the loader knows the tracker, and the tracker knows all the rest', async ({ desk }) => {
  const loader = (await get(address(desk, 'bharosa.js'))).body.toString();
  expect(loader).not.toMatch(/__[A-Z_]+__/);
  for (const name of ['tracker.js', 'tracker.wasm']) {
    const { body } = await get(address(desk, name));
    expect(loader, `bharosa.js holds the hash of ${name}`).toContain(hash(body));
  }

  const tracker = (await get(address(desk, 'tracker.js'))).body.toString();
  expect(tracker, 'tracker.js holds the hash of later.json').toContain(hash((await get(address(desk, 'later.json'))).body));
  const listed = await table(desk);
  for (const [name, expected] of Object.entries(listed)) {
    expect(hash((await get(address(desk, name))).body), name).toBe(expected);
  }
  const known = ['bharosa.js', 'tracker.js', 'tracker.wasm', 'later.json', ...Object.keys(listed)];
  const loaded = names().filter((name) => /\.(js|wasm|css|json)$/.test(name));
  expect(loaded.sort(), 'no file stands outside the chain').toEqual(known.sort());
});

test('Chromium accepts every hash and compiles both modules', async ({ desk, page }) => {
  const listed = await table(desk);
  const expected = { ...listed, 'tracker.wasm': hash(built('tracker.wasm')) };
  await page.goto(desk.url('/'));
  const refused = await page.evaluate(async (expected) => {
    const refused = [];
    for (const [name, integrity] of Object.entries(expected)) {
      try {
        const response = await fetch(`/bharosa/${name}`, { integrity });
        if (name.endsWith('.wasm')) await WebAssembly.compileStreaming(response);
      } catch (error) {
        refused.push(`${name}: ${error}`);
      }
    }
    return refused;
  }, expected);
  expect(refused).toEqual([]);
});
