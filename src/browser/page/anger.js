// Clicks in quick anger at one spot. What is there is not looked at.

import { listen } from './life.js';

export const watchAnger = (send) => {
  let last = { at: -Infinity };
  listen(window, 'click', ({ clientX: x, clientY: y, timeStamp: at, detail }) => {
    // A key that pressed a button is no click, and whoever selects a paragraph clicks three times as well.
    if (!detail || !getSelection().isCollapsed) return;
    const again = at - last.at < 1000 && Math.abs(x - last.x) + Math.abs(y - last.y) < 30;
    last = { x, y, at, count: again ? last.count + 1 : 1 };
    // Once for all the clicks that follow each other.
    if (last.count === 3) send('rage');
  });
};
