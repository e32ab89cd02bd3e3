// What is watched only where a rule asks about it, a file of its own that comes only then: forms, sections, clicks in
// anger, and leaving.

import { watchAnger } from './anger.js';
import { watchForms } from './forms.js';
import { watchLeaving } from './leaving.js';
import { begin, end } from './life.js';
import { watchSections } from './sections.js';

/**
 * Watches what `needs` names, until what it gives to `last` is called; answers with what starts anew for a new view.
 * `page` is what the loader hands over.
 */
export default (send, needs, page, last) => {
  const asks = (about) => about.test(needs);
  const anew = [];
  begin();
  last(end);
  if (asks(/behaviour|exit_intent/)) anew.push(watchLeaving(send));
  if (asks(/behaviour|rage_click/)) watchAnger(send);
  if (asks(/section/)) anew.push(watchSections(send, { ...page.config.sections }, page.warn));
  if (asks(/form/)) watchForms(send, page.root.host);
  return anew;
};
