// One event in, all its effects out, then the next: performing an effect can raise an event synchronously, and
// that one must wait its turn.

import { call } from './core.js';

const waiting = [];

/** Makes `send(name, argument)`, which hands each effect's name and argument to `perform`. */
export const pump = (perform) => (name, argument = null) => {
  // Whoever is at work takes what comes in meanwhile.
  if (waiting.push([name, argument]) > 1) return;
  try {
    for (const [event, value] of waiting) {
      const effects = call('send', event, JSON.stringify(value), performance.now(), Date.now(), Math.random());
      for (const effect of effects ? JSON.parse(effects) : []) perform(...effect);
    }
  } finally {
    waiting.length = 0;
  }
};
