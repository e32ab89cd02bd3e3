// The one timer: set to the tracker's next wish, and to nothing when there is none.

import { finally_ } from './life.js';

/** Makes `set(at)`, which calls `wake` at `at` on the monotonic clock instead of whatever was set before. */
export const timer = (wake) => {
  let running;
  const set = (at) => {
    clearTimeout(running);
    // The core reads clocks in whole milliseconds: one more makes sure that the moment has come.
    if (at) running = setTimeout(wake, Math.min(at - performance.now() + 1, 2e9));
  };
  finally_(() => set());
  return set;
};
