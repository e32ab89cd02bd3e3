// What a transfer costs. Amounts are whole cents, so that sums are exact.

const fees = { standard: { home: 0, foreign: 400 }, express: { home: 300, foreign: 900 } };
const dailyLimit = 2_000_000;

/** Cents of a typed amount, or the kind of mistake in it. */
export function amountOf(text) {
  const typed = text.trim().replace(",", ".");
  if (!typed) return { mistake: "missing" };
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(typed)) return { mistake: "number" };
  const [whole, part = ""] = typed.split(".");
  const cents = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return cents > 0 ? { cents } : { mistake: "zero" };
}

/** `rate` and `middle` say how much of the currency one euro buys. */
export function costOf({ cents, foreign, rate, middle, speed }) {
  const euros = Math.round(cents / rate);
  const fee = fees[speed][foreign ? "foreign" : "home"];
  return { fee, margin: euros - Math.round(cents / middle), total: euros + fee, tooMuch: euros > dailyLimit };
}
