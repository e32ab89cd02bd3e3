// A browser of a test's own, with a folder of its own: killed as by a power cut, and started again where it was.

import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

/** Browsers still running. A test worker that ends in any way takes them along. */
const running = new Set();
process.on('exit', () => running.forEach(end));

/** All processes of the browser are one group. */
function end(child) {
  running.delete(child);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

export class Browser {
  #options;
  #folder;
  #child;

  /** `options` are Playwright's `launchOptions`. */
  static async start(options) {
    const browser = new Browser();
    browser.#options = options;
    browser.#folder = await fs.mkdtemp(path.join(os.tmpdir(), 'bharosa-browser-'));
    await browser.again();
    return browser;
  }

  /** Starts it with what it has kept. */
  async again() {
    const { executablePath, args } = this.#options;
    const words = [...args, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.#folder}`, 'about:blank'];
    const child = spawn(executablePath, words, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    this.#child = child;
    const said = readline.createInterface({ input: child.stderr });
    const address = await new Promise((resolve, reject) => {
      child.once('exit', (code, signal) => reject(new Error(`the browser ended with ${signal ?? code}`)));
      said.on('line', (line) => {
        const [, found] = line.match(/^DevTools listening on (ws:\S+)/) ?? [];
        if (found) resolve(found);
      });
    });
    const browser = await chromium.connectOverCDP(address);
    this.context = browser.contexts()[0];
  }

  /** As a power cut would. Returns when it is gone. */
  async kill9() {
    const gone = once(this.#child, 'exit');
    end(this.#child);
    await gone;
  }

  async stop() {
    await this.kill9();
    await fs.rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
