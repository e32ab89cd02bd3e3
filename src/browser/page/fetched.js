// What comes only when it is wanted, each file once and held to its hash.

/* global later -- The hash of later.json, which holds all others: the build puts it at the end of this script. */

const kept = {};
let source;

/** Says whose functions fetch: the loader's. */
export const from = (loader) => {
  source = loader;
  for (const name in kept) delete kept[name];
};

const once = (name, get) => (kept[name] ??= get());

/** The hashes by served name. A file of their own: they would be a tenth of what every page downloads of script. */
const hashes = () => once('later.json', async () => (await source.get('later.json', later)).json());

const file = (name, as) => once(name, async () => (await source.get(name, (await hashes())[name]))[as]());

/** The language file. */
export const words = async () => {
  const own = `lang/${source.lang}.json`;
  return file((await hashes())[own] ? own : 'lang/en.json', 'json');
};

/** A style sheet of the widget's, put in place. */
export const style = (name) => once(`${name} in place`, async () => source.style(await file(name, 'text')));

/** A script without WebAssembly. */
export const script = (name) => once(name, async () => source.bring(name, (await hashes())[name]));

/** A program: a script and its WebAssembly. */
export const program = (name) => once(name, async () => {
  const table = await hashes();
  return source.load(name, [table[`${name}.js`], table[`${name}.wasm`]]);
});
