// The panel and its launcher. The widget is fetched when it is wanted, and takes what the tracker hands down.

import { program, script, style, words } from './fetched.js';
import { finally_, over } from './life.js';

/** Makes `panel()`, which answers with the mounted widget, and with what says in sentences why something is done. */
export const panel = (page, send) => {
  let mounted;
  finally_(() => mounted?.then((widget) => widget.unmount(), () => {}));
  return () => (mounted ??= (async () => {
    // The panel is there without the reasons, too.
    const reasons = script('say.js').catch(() => ({}));
    const [widget, said, shared, { sentences }] = await Promise.all([program('widget'), words(), script('shared.js'), reasons, style('widget.css')]);
    widget.mount({ ...page, words: said, shared, fact: (fact) => send('fact', fact), focus: () => page.root.querySelector('.launcher').focus() });
    return { ...widget, reasons: ({ because }) => sentences?.(because, said, page.lang) };
  })());
};

/** Hands `offer` to the widget, with why if a rule is behind it. */
export const hand = async (page, widget, offer, cause) => {
  try {
    const module = await widget();
    if (!over()) module.offer({ ...offer, because: cause && module.reasons(cause) });
  } catch (error) {
    page.fail(error);
    // Whoever pressed the launcher wants help, and gets it where it still is.
    if ((offer.by_visitor ?? offer.request?.agreed) && page.home) location.assign(page.home);
  }
};

/** Says on the launcher how the panel stands, with the panel's own script: before it comes there is nothing to say. */
export const mark = async (page, wanted) => (await script('shared.js')).mark(page, wanted, words);
