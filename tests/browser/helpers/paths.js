// Where the parts under test lie. `cargo xtask test` names them; the defaults serve a run by hand.

import path from 'node:path';

export const root = path.resolve(__dirname, '../../..');
export const files = process.env.BHAROSA_FILES ?? path.join(root, 'target/bharosa');
export const deskProgram = process.env.BHAROSA_DESK ?? path.join(root, 'target/debug/desk');
export const site = path.join(root, 'www/bank');
export const demoConfig = path.join(root, 'examples/configs/demo-bank.json');
