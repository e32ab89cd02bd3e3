// Everything the tracker attaches to the page, and how it all comes off again.

let ends = new AbortController();

export const begin = () => (ends = new AbortController());
export const end = () => ends.abort();
/** Whether the tracker has been stopped. */
export const over = () => ends.signal.aborted;
/** Calls `undo` when the tracker stops. */
export const finally_ = (undo) => ends.signal.addEventListener('abort', undo);

/** Hears every kind passively and in the capture phase: seen even if the page stops the event, never in its way. */
export const listen = (target, kinds, heard) => {
  const calm = (event) => {
    try {
      heard(event);
    } catch {
      // Pages are odd in ways nobody thinks of. They need not hear of ours.
    }
  };
  for (const kind of kinds.split(' ')) {
    target.addEventListener(kind, calm, { capture: true, passive: true, signal: ends.signal });
  }
};
