// The browser's storage. It may be denied, full or tampered with: then there is simply nothing in it.

/** Reads, writes or, given null, removes what `area` holds under `key`. */
export const store = (area, key, value) => {
  try {
    if (value) window[area].setItem(key, JSON.stringify(value));
    else if (value === null) window[area].removeItem(key);
    else return JSON.parse(window[area].getItem(key));
  } catch {
    // The visit goes on within this page.
  }
};
