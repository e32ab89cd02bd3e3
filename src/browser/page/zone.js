// Time zones, which only the browser knows.

const formats = {};

/**
 * Minutes east of UTC in the zone `name` at `wall`, milliseconds since 1970; "" is the visitor's own zone. NaN for a
 * zone that the browser does not know.
 */
export const zone = (name, wall) => {
  try {
    const format = (formats[`-${name}`] ??= Intl.DateTimeFormat('en', { timeZone: name || undefined, timeZoneName: 'longOffset' }));
    // "11/22/2026, GMT+05:30", and "GMT" alone for none.
    const [, sign, hours, minutes] = /GMT(?:(.)(\d+):(\d+))?/.exec(format.format(wall));
    return sign ? `${sign}1` * (hours * 60 + +minutes) : 0;
  } catch {
    return NaN;
  }
};
