// Single-page navigation: by the Navigation API where there is one, else by the history's own functions.

import { finally_, listen } from './life.js';

/** Calls `moved(push)` after every change of the address; `push` is false when an entry was only replaced. */
export const watchMoves = (moved) => {
  if (window.navigation) {
    // The type is null when the entry itself was updated: the address is then the same.
    return listen(navigation, 'currententrychange', (event) => moved(event.navigationType !== 'replace'));
  }
  listen(window, 'popstate', () => moved(true));
  for (const name of ['pushState', 'replaceState']) {
    const original = history[name];
    const ours = (...words) => {
      // The page's own errors stay the page's own.
      original.apply(history, words);
      moved(name === 'pushState');
    };
    history[name] = ours;
    finally_(() => {
      // Somebody may have put theirs around ours meanwhile: then ours stays, and says nothing any more.
      if (history[name] !== ours) return;
      delete history[name];
      if (history[name] !== original) history[name] = original;
    });
  }
};
