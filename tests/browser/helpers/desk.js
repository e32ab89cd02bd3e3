// A real desk of a test's own: its own port, its own database, killed and started again as the test wants.

import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

import { demoConfig, deskProgram, files, root, site } from './paths';

const START_MS = 30_000;

/** Programs still running. A test worker that ends in any way takes them along. */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** The demo bank's config with a change of the test's, as a file. */
async function changed(change, folder) {
  const config = JSON.parse(await fs.readFile(demoConfig, 'utf8'));
  const file = path.join(folder, 'config.json');
  await fs.writeFile(file, JSON.stringify(change(config) ?? config));
  return file;
}

/** The built files with a change of the test's. */
async function spoiled(spoil, folder) {
  const copy = path.join(folder, 'widget');
  await fs.cp(files, copy, { recursive: true });
  await spoil(copy);
  return copy;
}

export class Desk {
  /**
   * Starts one with a fresh database. `config` is a file, or a function that changes the demo bank's config;
   * `widget` is a folder, or a function that spoils a copy of the built files, given the copy's place.
   * `allowOrigins` are the origins of other sites that may embed the widget; `more` are further words of its command
   * line, such as `['--keep-entries', '50']`.
   */
  static async start({ config = demoConfig, widget = files, allowOrigins = [], more = [] } = {}) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'bharosa-desk-'));
    const desk = new Desk({ config, widget, allowOrigins, more, folder });
    try {
      if (typeof config === 'function') desk.options.config = await changed(config, folder);
      if (typeof widget === 'function') desk.options.widget = await spoiled(widget, folder);
      await desk.#run('127.0.0.1:0');
    } catch (error) {
      await desk.stop();
      throw error;
    }
    return desk;
  }

  constructor(options) {
    this.options = options;
    /** What it has said on both outputs, for the report of a failed test. */
    this.said = '';
    this.child = null;
  }

  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  get origin() {
    return new URL(this.bank).origin;
  }

  /** The address of a page of the bank, such as `/loans/auto`. */
  url(page = '/') {
    return new URL(page, this.origin).href;
  }

  get token() {
    return new URLSearchParams(new URL(this.agentsPage).hash.slice(1)).get('token');
  }

  /** As a power cut would. Returns when it is gone. */
  async kill9() {
    await this.#end('SIGKILL');
  }

  /** As before an update: it says goodbye first. Returns when it is gone. */
  async drain() {
    await this.#end('SIGTERM');
  }

  /** The same port and, unless it is to forget all, the same database, so that whoever was connected finds it again. */
  async restart({ forget = false } = {}) {
    await this.#end('SIGKILL');
    const { folder } = this.options;
    const old = forget ? (await fs.readdir(folder)).filter((name) => name.startsWith('desk.sqlite3')) : [];
    for (const name of old) await fs.rm(path.join(folder, name));
    await this.#run(new URL(this.bank).host);
  }

  /** Ends it and removes its database. */
  async stop() {
    await this.#end('SIGTERM');
    await fs.rm(this.options.folder, { recursive: true, force: true });
  }

  async #run(listen) {
    const { config, widget, allowOrigins, more, folder } = this.options;
    const words = ['--listen', listen, '--widget', widget, '--site', site, '--config', config];
    words.push('--database', path.join(folder, 'desk.sqlite3'));
    allowOrigins.forEach((origin) => words.push('--allow-origin', origin));
    words.push(...more);

    const child = spawn(deskProgram, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    running.add(child);
    child.stderr.on('data', (text) => (this.said += text));
    await new Promise((resolve, reject) => {
      const fail = (why) => {
        clearTimeout(late);
        running.delete(child);
        reject(new Error(`the desk ${why}\n${deskProgram} ${words.join(' ')}\n${this.said}`));
      };
      const late = setTimeout(() => {
        child.kill('SIGKILL');
        fail(`is not ready after ${START_MS / 1000} s`);
      }, START_MS);
      child.once('error', (error) => fail(`cannot be started: ${error.message}`));
      child.once('exit', (code, signal) => fail(`ended with ${signal ?? code} before it was ready`));
      readline.createInterface({ input: child.stdout }).on('line', (line) => {
        this.said += `${line}\n`;
        const [word, address] = line.trim().split(/\s+/);
        if (word === 'bank') this.bank = address;
        if (word === 'desk') this.agentsPage = address;
        if (word !== 'ready') return;
        clearTimeout(late);
        resolve();
      });
    });
  }

  async #end(signal) {
    const child = this.child;
    this.child = null;
    if (!child || !running.has(child)) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}
