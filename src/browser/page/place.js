// Where the visitor is and came from, and no more of it than the config names.

/** What a mistaken config has in place of a list is none. */
const list = (value) => (Array.isArray(value) ? value : []);

/** A path as people write it in their own script; a broken one as it is. */
const written = (path) => {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
};

/** Makes `place()`: the path, and those parameters of the address that the config lists. */
export const places = ({ tracking, experiments }) => {
  const utm = list(tracking?.utm).map((name) => `utm_${name}`);
  // An experiment's name forces a variant, for previews.
  const listed = [...list(tracking?.query), ...utm, ...Object.keys(experiments ?? {})];
  return () => {
    const given = new URLSearchParams(location.search);
    const query = {};
    for (const name of listed) {
      if (given.has(name)) query[name] = given.get(name).slice(0, 200);
    }
    return { path: written(location.pathname), query };
  };
};

/** The host of the site the visitor came from; empty when it is this one, or none. */
export const referrer = () => {
  const host = document.referrer.split('/')[2];
  return host && host !== location.host ? host : '';
};
