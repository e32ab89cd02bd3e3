// What comes only when it is wanted, each file once and held to its hash.

/* global files -- The table of hashes, by served name: the build puts it at the end of this file. */

const kept = {};
let source;

/** Says whose functions fetch: the loader's. */
export const from = (loader) => {
  source = loader;
  for (const name in kept) delete kept[name];
};

const once = (name, get) => (kept[name] ??= get());

const file = (name, as) => once(name, async () => (await source.get(name, files[name]))[as]());

/** The language file. */
export const words = () => {
  const own = `lang/${source.lang}.json`;
  return file(files[own] ? own : 'lang/en.json', 'json');
};

/** A style sheet of the widget's, put in place. */
export const style = (name) => once(`${name} in place`, async () => source.style(await file(name, 'text')));

/** A script without WebAssembly. */
export const script = (name) => once(name, () => source.bring(name, files[name]));

/** A program: a script and its WebAssembly. */
export const program = (name) => once(name, () => source.load(name, [files[`${name}.js`], files[`${name}.wasm`]]));
