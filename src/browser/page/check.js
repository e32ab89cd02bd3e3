// The program that puts a config's mistakes into sentences: see src/bin/check.rs.

import { boot, call } from './core.js';

export default boot;
export const version = () => call('version');
export const check = (text) => call('check', text);
