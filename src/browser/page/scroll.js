// How far down the page the visitor has been, and the quick way back up that on a phone comes before leaving.

import { finally_, listen } from './life.js';

/** Makes `again()`, which starts anew for a new view. */
export const watchScroll = (send) => {
  let deepest, reached, planned, from;

  const measure = () => {
    planned = 0;
    // Read anew each time: pages grow while they are read.
    const depth = Math.min(100, Math.floor(((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100));
    reached = Math.max(reached, depth);
    if (depth > deepest) send('scroll', (deepest = depth));
  };
  // Once for all that happens within this time, and then also for where it ended.
  const plan = () => (planned ||= setTimeout(measure, 250));

  const again = () => {
    deepest = reached = 0;
    from = { y: 0, at: 0 };
    plan();
  };

  listen(window, 'scroll resize', ({ type, timeStamp }) => {
    plan();
    if (type === 'resize' || !matchMedia('(pointer: coarse)').matches) return;
    // The way up so far, if it is one, and a quick one.
    if (scrollY > from.y || timeStamp - from.at > 500) from = { y: scrollY, at: timeStamp };
    if (from.y - scrollY < innerHeight / 2 || reached < 30) return;
    send('exit');
    // Not again before the visitor has been further down again.
    reached = 0;
    from.y = scrollY;
  });
  finally_(() => clearTimeout(planned));
  again();
  return again;
};
