// What the page and its visitor do: seen or hidden, in focus or not, in use, left and come back to.

import { listen } from './life.js';

/** Activity is noted no more often than this, in milliseconds. */
const THROTTLE = 250;

/** All but the first five is the visitor doing something, and nothing of it is looked at. */
const KINDS = 'visibilitychange focus blur pagehide pageshow pointerdown pointermove wheel scroll keydown touchstart';

export const watch = (send, view) => {
  let last = -THROTTLE;
  const states = {
    visibilitychange: () => send('visible', !document.hidden),
    focus: () => send('focused', true),
    // The focus may have gone into a frame of the page's own.
    blur: () => send('focused', document.hasFocus()),
    pagehide: () => send('leaving'),
    // Restored from the back/forward cache.
    pageshow: ({ persisted }) => persisted && view(),
  };
  listen(window, KINDS, (event) => {
    const { type, target, timeStamp } = event;
    // Fields of the page gain and lose focus too, and seen from above so does a frame within it: only the window
    // as a whole counts.
    if (/^(focus|blur)$/.test(type) && target !== window) return;
    if (states[type]) return states[type](event);
    if (timeStamp - last < THROTTLE) return;
    last = timeStamp;
    send('activity');
  });
};
