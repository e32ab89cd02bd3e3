// One event in, all its effects out, then the next: performing an effect can raise an event synchronously, and
// that one must wait its turn.

import { call } from './core.js';
import { record } from './trace.js';

const waiting = [];

/** Makes `send(name, argument)`, which hands each effect's name, argument and cause to `perform`. */
export const pump = (perform) => (name, argument) => {
  // As it is now: the page may change what it has handed over.
  const text = JSON.stringify(argument) ?? 'null';
  // Whoever is at work takes what comes in meanwhile.
  if (waiting.push([name, text]) > 1) return;
  try {
    for (const event of waiting) {
      const now = [Math.floor(performance.now()), Date.now()];
      record(...now, ...event);
      const effects = call('send', ...event, ...now, Math.random());
      for (const effect of effects ? JSON.parse(effects) : []) perform(...effect);
    }
  } finally {
    waiting.length = 0;
  }
};
