// The tracker's shell: every event of the page in, every effect performed. Nothing here decides anything.

import { boot, call } from './core.js';
import { from, program } from './fetched.js';
import { begin, end, over } from './life.js';
import { message } from './message.js';
import { watchMoves } from './moves.js';
import { hand, mark, panel } from './panel.js';
import { pump } from './pump.js';
import { store } from './store.js';
import { timer } from './timer.js';
import { watch } from './watch.js';

export default boot;
export const version = () => call('version');
/** For each rule, in the order they are tried, `{rule, state, reason}`. */
export const explain = () => JSON.parse(call('explain', performance.now(), Date.now()));

/** What an earlier page of this tab kept. */
const VISIT = 'bharosa.visit';

let page;
let raise;

/** Starts on the page; `loader` is what www/bharosa/bharosa.js hands over. Throws when the config is of no use. */
export const start = (loader) => {
  page = loader;
  from(page);
  const started = call('start', page.text, JSON.stringify({ lang: page.lang }));
  const { mistakes } = started ? JSON.parse(started) : { mistakes: 1 };
  if (mistakes) tell();
  if (!started) throw Error('the config cannot be used');
  begin();
  raise = (name, argument) => {
    if (over()) return;
    try {
      push(name, argument);
    } catch (error) {
      // Whatever it was, it is not the page's business.
      page.fail(error);
    }
  };
  const show = message(page, raise);
  const widget = panel(page, raise);
  const wake = timer(() => raise('tick'));
  const effects = {
    wake,
    show,
    hide: () => show(),
    save: (visit) => store('sessionStorage', VISIT, visit),
    forget: () => store('sessionStorage', VISIT, null),
    offer: (offer) => hand(page, widget, offer),
    prefetch: () => widget().catch(() => {}),
    launcher: (state) => mark(page, state).catch(() => {}),
    emit: ({ name, detail }) => page.emit(name, detail),
  };
  const push = pump((name, argument) => effects[name]?.(argument));

  const view = (resumed) => raise('view', { path: location.pathname, resumed });
  watch(raise, view);
  watchMoves((push) => raise('moved', { path: location.pathname, push }));
  const visit = store('sessionStorage', VISIT);
  if (visit) raise('restored', visit);
  // The view first: until it has begun its clocks mean nothing, and what is not visible fires no rule.
  view(document.wasDiscarded);
  raise('visible', !document.hidden);
  raise('focused', document.hasFocus());
};

/** Puts the config's mistakes into the developer's console. What says them comes only now. */
const tell = async () => {
  try {
    page.warn(`the config has mistakes:\n${(await program('check')).check(page.text)}`);
  } catch (error) {
    page.warn(`the config has mistakes; what they are cannot be said: ${error.message}`);
  }
};

/** A call of the page's, or of the loader's. */
export const send = (name, value) => {
  if (name === 'consent') {
    value = value?.personalisation;
    if (typeof value !== 'boolean') return page.warn('consent({personalisation: …}): must be true or false');
  }
  raise(name, value);
};

/** Lets go of the page. */
export const stop = () => {
  end();
  call('stop');
};
