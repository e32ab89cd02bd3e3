// The visitor's other tabs: what one has said, the others need not say again.

import { finally_, listen } from './life.js';

/** Makes `share(value)`; what others share comes as the event `shared`. */
export const tabs = (send) => {
  let channel;
  const close = () => {
    channel?.close();
    channel = undefined;
  };
  const open = () => {
    if (channel || !window.BroadcastChannel) return;
    channel = new BroadcastChannel('bharosa');
    channel.onmessage = ({ data }) => send('shared', data);
  };
  // An open channel would keep the page out of the back/forward cache.
  listen(window, 'pagehide pageshow', ({ type }) => (type === 'pagehide' ? close() : open()));
  finally_(close);
  open();
  return (value) => channel?.postMessage(value);
};
