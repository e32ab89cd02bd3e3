// Checks an IBAN the way ISO 13616 describes, and says which kind of mistake
// it is, so that the page can name it.

const lengths = new Map(Object.entries({
  AD: 24, AE: 23, AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18,
  EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HR: 21, HU: 28, IE: 22, IS: 26,
  IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PK: 24,
  PL: 28, PT: 25, RO: 24, SA: 24, SE: 24, SI: 19, SK: 24, SM: 27, TR: 26,
}));

export function compact(text) {
  return text.replace(/\s+/g, "").toUpperCase();
}

export function grouped(text) {
  return compact(text).replace(/(.{4})(?=.)/g, "$1 ");
}

/** The kind of mistake, or null when the IBAN is sound. */
export function ibanMistake(text) {
  const iban = compact(text);
  if (!iban) return "missing";
  if (!/^[A-Z]{2}\d{2}[A-Z\d]+$/.test(iban)) return "characters";
  const length = lengths.get(iban.slice(0, 2));
  if (!length) return "country";
  if (iban.length !== length) return "length";
  return remainder(iban) === 1 ? null : "checksum";
}

/** The number made of the rotated IBAN, letters as 10 to 35, modulo 97. */
function remainder(iban) {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
