// Takes a picture of every state, for people to look at: node tests/browser/screenshots.js FOLDER
// Needs what the tests need: `cargo xtask build` and `cargo build --package desk`.

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node tests/browser/screenshots.js FOLDER');
  process.exit(2);
}
const root = path.resolve(__dirname, '../..');
const { status } = spawnSync(
  path.join(root, 'node_modules/.bin/playwright'),
  ['test', '--config', path.join(__dirname, 'screenshots.config.js'), ...process.argv.slice(3)],
  { stdio: 'inherit', cwd: root, env: { ...process.env, BHAROSA_SHOTS: path.resolve(folder) } },
);
process.exit(status ?? 1);
