// The tracker's shell: every event of the page in, every effect performed. Nothing here decides anything.

import { about } from './about.js';
import { boot, call, read } from './core.js';
import { from, program, script } from './fetched.js';
import { begin, end, finally_, over } from './life.js';
import { message } from './message.js';
import { watchMoves } from './moves.js';
import { hand, mark, panel } from './panel.js';
import { places, referrer } from './place.js';
import { pump } from './pump.js';
import { watchScroll } from './scroll.js';
import { store } from './store.js';
import { tabs } from './tabs.js';
import { timer } from './timer.js';
import { record, trace } from './trace.js';
import { watch } from './watch.js';
import { zone } from './zone.js';

export default (response) => boot(response, { zone: (at, length, wall) => zone(read(at, length), wall) });
export const version = () => call('version');
/** For each rule, in the order they are tried, `{rule, state, reason}`. */
export const explain = () => JSON.parse(call('explain', Math.floor(performance.now()), Date.now()));

/** What an earlier page of this tab kept, and what an earlier visit did. */
const VISIT = ['sessionStorage', 'bharosa.visit'];
const VISITOR = ['localStorage', 'bharosa.visitor'];

let page, raise, state, widget;

/**
 * Starts on the page; `loader` is what www/bharosa/bharosa.js hands over. Throws when the config is of no use. The
 * answer may be a promise of when the rest of what is watched is watched too.
 */
export const start = (loader) => {
  page = loader;
  from(page);
  const started = call('start', page.text, JSON.stringify(about(page)));
  const { mistakes, needs } = started ? JSON.parse(started) : { mistakes: 1 };
  if (mistakes) tell();
  if (!started) throw Error('the config cannot be used');
  begin();

  raise = (name, argument) => {
    if (over()) return;
    try {
      push(name, argument);
    } catch (error) {
      // Whatever it was, it is not the page's business.
      error instanceof WebAssembly.RuntimeError ? page.fail(error) : page.warn(error.message);
    }
  };
  const show = message(page, raise);
  widget = panel(page, raise);
  const effects = {
    wake: timer(() => raise('tick')),
    show,
    hide: () => show(),
    save: (visit) => store(...VISIT, visit),
    forget: () => store(...VISIT, null),
    remember: (visitor) => store(...VISITOR, visitor),
    unremember: () => store(...VISITOR, null),
    share: tabs(raise),
    offer: (offer, cause) => hand(page, widget, offer, cause),
    prefetch: () => widget().catch(() => {}),
    launcher: (wanted) => mark(page, wanted).catch(() => {}),
    emit: ({ name, detail }, cause) => page.emit(name, detail, cause),
  };
  const push = pump((name, ...rest) => effects[name]?.(...rest));

  const place = places(page.config);
  state = (resumed) => [
    ['view', { ...place(), referrer: referrer(), resumed }],
    ['visible', !document.hidden],
    ['focused', document.hasFocus()],
  ];
  const anew = [];
  let path;
  /** A view of its own has begun. */
  const begun = () => {
    path = location.pathname;
    for (const again of anew) again();
  };
  watch(raise, () => {
    raise(...state()[0]);
    begun();
  });
  watchMoves((push) => {
    raise('moved', { ...place(), push });
    if (push && location.pathname !== path) begun();
    path = location.pathname;
  });
  const visit = store(...VISIT);
  if (visit) raise('restored', visit);
  const visitor = store(...VISITOR);
  if (visitor) raise('known', visitor);
  // The view first: until it has begun its clocks mean nothing, and what is not visible fires no rule.
  for (const one of state(document.wasDiscarded)) raise(...one);
  begun();
  // A conversation goes on in another tab, or outlived its own.
  chats().then((kept) => kept.session && effects.offer({ kind: 'resume' })).catch(() => {});
  // What no rule asks about is not looked at.
  if (/page|behaviour|exit/.test(needs)) anew.push(watchScroll(raise));
  if (/behaviour|exit|rage|section|form/.test(needs)) {
    return script('asked.js').then(({ default: look }) => over() || anew.push(...look(raise, needs, page, finally_)), ({ message }) => page.warn(message));
  }
};

/** What all tabs keep of a conversation: in localStorage, or where it outlives a crash that takes its last seconds. */
const chats = async () => store('localStorage', 'bharosa.session')
  ?? ((await indexedDB.databases()).some(({ name }) => name === 'bharosa') && { session: 1 });

/** Puts the config's mistakes into the developer's console. What says them comes only now. */
const tell = async () => {
  try {
    page.warn(`the config has mistakes:\n${(await program('check')).check(page.text)}`);
  } catch (error) {
    page.warn(`the config has mistakes: ${error.message}`);
  }
};

/** So many calls of one moment are heard: a page that calls on and on must not stand still for it. */
const MANY = 200;
let calls = 0;
let told;

/** A call of the page's, or of the loader's. */
export const send = (name, value, detail) => {
  if (!calls++) setTimeout(() => (calls = 0));
  if (calls > MANY) {
    told ||= page.warn(`more than ${MANY} calls at once`) ?? true;
    return;
  }
  if (name === 'trace') {
    const recorded = trace(value, about(page));
    // A record begins with where the visitor is.
    if (value) for (const [event, argument] of state()) record(Math.floor(performance.now()), Date.now(), event, JSON.stringify(argument));
    return recorded;
  }
  // Without the panel's program it is all the same gone from where it was kept, if the browser keeps anything at all.
  if (name === 'logout') return leave(value).catch(() => indexedDB.deleteDatabase('bharosa')).catch(() => {});
  if (name === 'consent') {
    value = value?.personalisation;
    if (typeof value !== 'boolean') return page.warn('consent({personalisation: …}): must be true or false');
  }
  if (name === 'set') {
    for (const key of Object.keys(value ?? {})) {
      if (!Object.hasOwn(page.config.attributes ?? {}, key)) page.warn(`set({${key}: …}): the config declares no such attribute`);
    }
  }
  if (name === 'track') value = { name: value, detail };
  raise(name, value);
};

/** The customer leaves: nothing of their conversation stays, in any tab. The loader says whether any was written. */
const leave = async (any) => {
  if (any || await chats()) (await widget()).logout();
};

/** Lets go of the page. */
export const stop = () => {
  end();
  call('stop');
};
