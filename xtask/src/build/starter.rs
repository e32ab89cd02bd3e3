//! A short beginning for the glue.
//!
//! wasm-bindgen's own serves every way a module may be found, and warns of old ones. Ours is only ever started with
//! the response that the loader has checked; the rest is half a kilobyte on every page.

use anyhow::{Context, Result, ensure};

/// Where wasm-bindgen's own beginning starts, up to the end of the file.
const OWN: &str = "async function __wbg_load(";

const CHANGED: &str = "the glue is not what wasm-bindgen 0.2.130 writes: look at xtask's starter.rs";

/// A server that sends WebAssembly under another type still works, without streaming.
const SHORT: &str = "\
export default async function (response) {
    const imports = __wbg_get_imports();
    const { instance, module } = await WebAssembly.instantiateStreaming(response.clone(), imports).catch(async () =>
        WebAssembly.instantiate(await response.arrayBuffer(), imports));
    __wbg_finalize_init(instance, module);
}
";

pub fn shorten(glue: &str) -> Result<String> {
    let (kept, own) = glue.split_once(OWN).with_context(|| format!("the glue has no `{OWN}`"))?;
    ensure!(
        own.trim_end().ends_with("export { initSync, __wbg_init as default };")
            && kept.contains("function __wbg_get_imports(")
            && kept.contains("function __wbg_finalize_init("),
        CHANGED
    );
    Ok([&without_old_encoders(kept)?, SHORT].concat())
}

/// Every browser that has constructable style sheets, without which there is no widget, has `encodeInto` too.
fn without_old_encoders(glue: &str) -> Result<String> {
    let (before, rest) = glue.split_once("if (!('encodeInto' in cachedTextEncoder)) {").context(CHANGED)?;
    let (_, after) = rest.split_once("let WASM_VECTOR_LEN").context(CHANGED)?;
    Ok([before, "let WASM_VECTOR_LEN", after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glue_of_another_shape_is_refused() {
        assert!(shorten("export default 1;").is_err());
        let other =
            "function __wbg_get_imports() {} async function __wbg_load() {} export { start as default };";
        assert!(shorten(other).is_err());
    }

    #[test]
    fn the_beginning_is_replaced() {
        let glue = "function __wbg_get_imports() {}\nif (!('encodeInto' in cachedTextEncoder)) { old(); }\n\
                    let WASM_VECTOR_LEN = 0;\nfunction __wbg_finalize_init() {}\n\
                    async function __wbg_load(module) {}\nexport { initSync, __wbg_init as default };\n";
        let short = shorten(glue).unwrap();
        assert!(short.contains("export default async function (response)") && !short.contains("initSync"));
        assert!(!short.contains("old()") && short.contains("let WASM_VECTOR_LEN = 0;"));
    }
}
