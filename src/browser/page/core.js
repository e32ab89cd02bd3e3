// Text into the WebAssembly module and out of it. Nothing else crosses, so this is all the glue there is.

let wasm;

const given = (text) => {
  const bytes = new TextEncoder().encode(text);
  const at = wasm.malloc(bytes.length, 1);
  new Uint8Array(wasm.memory.buffer).set(bytes, at);
  // The module frees what it is given.
  return [at, bytes.length];
};

export const read = (at, length) => new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, at, length));

/** Calls the export `name` with texts and numbers; answers with its text. */
export const call = (name, ...values) => {
  const answer = wasm[name](...values.flatMap((value) => (typeof value === 'string' ? given(value) : value)));
  const text = answer && read(...answer);
  if (answer) wasm.free(...answer, 1);
  return text;
};

/** Starts the module from the response that the loader has checked. */
export const boot = async (response, lent) => {
  // What the module itself imports. It says `no` when there is no memory left.
  const b = { ...lent, no: () => { throw Error('out of memory'); } };
  // A server that sends WebAssembly under another type still works, without streaming.
  const { instance } = await WebAssembly.instantiateStreaming(response.clone(), { b }).catch(async () =>
    WebAssembly.instantiate(await response.arrayBuffer(), { b }));
  wasm = instance.exports;
};
