// Which sections of the page are before the visitor's eyes: half of the section, or half of the window filled by it.

import { finally_ } from './life.js';

const ATTRIBUTE = 'data-bharosa-section';

/** Makes `again()`, which tells anew what is seen. `sections` are the config's. */
export const watchSections = (send, sections, warn) => {
  // Each element watched, with the name of its section and which observers see it, as bits.
  const watched = new Map();
  const seen = new Set();

  const observe = (bit, least, options) => new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, intersectionRatio } of entries) {
      const one = watched.get(target);
      const there = isIntersecting && intersectionRatio >= least;
      if (one) one.bits = there ? one.bits | bit : one.bits & ~bit;
    }
    tell();
  }, options);
  // What fills half of the window lies across its middle; and of what does and is smaller than that, all is seen.
  const observers = [observe(1, 0.5, { threshold: 0.5 }), observe(2, 0, { rootMargin: '-50% 0px' })];

  const tell = () => {
    const now = new Set();
    for (const { id, bits } of watched.values()) bits && now.add(id);
    for (const id of seen) now.has(id) || (seen.delete(id), send('section', { id, seen: false }));
    for (const id of now) seen.has(id) || (seen.add(id), send('section', { id, seen: true }));
  };

  const find = () => {
    planned = 0;
    const found = new Map();
    for (const element of document.querySelectorAll(`[${ATTRIBUTE}]`)) found.set(element, element.getAttribute(ATTRIBUTE));
    for (const id in sections) {
      try {
        for (const element of document.querySelectorAll(sections[id].match)) found.set(element, id);
      } catch {
        warn(`sections.${id}.match: the browser cannot read this selector`);
        delete sections[id];
      }
    }
    for (const [element] of watched) {
      if (found.has(element)) continue;
      watched.delete(element);
      for (const observer of observers) observer.unobserve(element);
    }
    for (const [element, id] of found) {
      if (watched.has(element)) continue;
      watched.set(element, { id });
      for (const observer of observers) observer.observe(element);
    }
    tell();
  };

  // Looked for again a moment after the page has changed, once for all changes of that moment.
  let planned;
  const changes = new MutationObserver(() => (planned ||= setTimeout(find, 250)));
  changes.observe(document, { subtree: true, childList: true });
  finally_(() => {
    clearTimeout(planned);
    for (const observer of [...observers, changes]) observer.disconnect();
  });
  find();
  return () => {
    seen.clear();
    tell();
  };
};
