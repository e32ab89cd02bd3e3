// How times, waits, languages and visitors are put into words.

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const shortDayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

export const clock = (ts) => clockFormat.format(ts);

/** The calendar day of a moment, as something to compare. */
export function dayOf(ts) {
  const date = new Date(ts);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

export function dayName(ts, now) {
  if (dayOf(ts) === dayOf(now)) return "Today";
  if (dayOf(ts) === dayOf(now - 86_400_000)) return "Yesterday";
  return dayFormat.format(ts);
}

/** A time of today as a clock, an older one as a date. */
export const clockOrDay = (ts, now) => (dayOf(ts) === dayOf(now) ? clock(ts) : shortDayFormat.format(ts));

export const clockAndDay = (ts, now) => (dayOf(ts) === dayOf(now) ? clock(ts) : `${shortDayFormat.format(ts)}, ${clock(ts)}`);

/** How long: "42 s", "3 min", "1 h 5 min". The desk's clock may run ahead of this one, so never below nothing. */
export function lasting(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How pressing a wait is; the list colours it, and the words beside it say the same. */
export function urgency(ms) {
  if (ms >= 300_000) return "late";
  return ms >= 120_000 ? "soon" : "calm";
}

export function language(tag) {
  if (!tag) return undefined;
  try {
    return languageNames.of(tag);
  } catch {
    // A tag that is not well formed is shown as it came.
    return tag;
  }
}

/** A visitor is nobody in particular until they share a name; a short handle tells two of them apart. */
export function visitorName(summary) {
  return sharedName(summary) || `Visitor ${handle(summary)}`;
}

/** The two letters in a visitor's circle. */
export const badgeText = (summary) => (sharedName(summary) ? initials(sharedName(summary)) : handle(summary).slice(-2));

const sharedName = (summary) => summary.context?.find((line) => line.key === "name")?.value?.trim();
const handle = (summary) => String(summary.id).replace(/^c-/, "").replace(/[^0-9a-z]/gi, "").slice(-4).toUpperCase();

export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => Array.from(word)[0]).join("").toUpperCase();
}

/** One of six colours, the same for the same id. */
export function hue(id) {
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % 6;
}

export const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;

/** When a lost connection is tried again, for people to read. */
export const nextTry = (socket, now) =>
  (socket.phase === "waiting" ? `Trying again in ${Math.max(1, Math.ceil((socket.retryAt - now) / 1000))} s.` : "Trying again now…");

/** Why a conversation that was open here is open no longer. */
export const goneWords = (was) => (was === "waiting"
  ? "That visitor is no longer waiting: another agent accepted them, or they left."
  : "That conversation is no longer with you.");

/** What the desk would not do, for the agent; its own message is for whoever looks after the desk. */
export function refusedWords({ code, message }) {
  if (code === "gone") return "Another agent accepted that visitor first, or they have left.";
  if (code === "no_agent") return "That agent has just signed out. Choose another one, or a queue.";
  // The board shows the same change, and says it where it matters.
  if (code === "no_conversation") return "";
  return `The desk refused: ${message}`;
}

export function signInWords({ code, message }, typed) {
  if (code !== "bad_token") return `The desk did not accept the sign-in: ${message}`;
  return typed
    ? "The desk does not know this token. Copy it again from the link the desk printed."
    : "Your earlier sign-in is no longer valid. Sign in again with the desk's link.";
}
