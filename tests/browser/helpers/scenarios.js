// Playwright's reporter of what the tests of delivery came to, for the docs' page on reliability: a list in the folder
// that BHAROSA_FIGURES names, which `cargo xtask test` does. A run by hand leaves it alone, since it may be of a part.

import fs from 'node:fs';
import path from 'node:path';

const folder = process.env.BHAROSA_FIGURES;
const FILE = 'scenarios.json';

export default class Scenarios {
  #all = [];

  onTestEnd(test, { status, duration }) {
    const { dir, name } = path.parse(test.location.file);
    if (path.basename(dir) !== 'delivery') return;
    const words = [name.replace('.spec', ''), ...test.titlePath().slice(3)];
    this.#all.push({ name: words.join(': '), result: status, seconds: Math.round(duration / 100) / 10 });
  }

  onEnd() {
    if (!folder || this.#all.length === 0) return;
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, FILE), `${JSON.stringify(this.#all, null, 1)}\n`);
    const failed = this.#all.filter(({ result }) => result !== 'passed').length;
    console.log(`\n${this.#all.length} scenarios of delivery, ${failed} failed: ${path.relative('.', path.join(folder, FILE))}`);
  }

  printsToStdio() {
    return false;
  }
}
