// A visit on record, for `bharosa simulate`: what the tracker was told and when, no more than the facts hold. Off
// until the page asks for it, and it never leaves the page by itself.

/** More is not kept. */
const MOST = 20_000;

let recording, person, events;

/** Notes one event, with its argument as JSON. */
export const record = (mono, wall, name, text) => {
  if (recording && events.length < MOST) events.push([mono, wall, name, JSON.parse(text)]);
};

/** True starts anew, false stops; the answer is what has been recorded. */
export const trace = (on, about) => {
  if (on) [person, events] = [about, []];
  recording = on ?? recording;
  return events && { trace: 1, about: person, events: [...events] };
};
