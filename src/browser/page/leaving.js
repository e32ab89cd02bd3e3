// The pointer that leaves over the top edge, towards the address bar and the other tabs.

import { listen } from './life.js';

/** Whoever has only just come is not leaving, and the pointer may still come in from above. In milliseconds. */
const ARMED = 1000;

/** Makes `again()`, which starts anew for a new view. */
export const watchLeaving = (send) => {
  let since = performance.now();
  listen(document, 'mouseout', ({ relatedTarget, clientY, timeStamp }) => {
    if (relatedTarget || clientY > 20 || timeStamp - since < ARMED) return;
    since = timeStamp;
    send('exit');
  });
  return () => (since = performance.now());
};
