//! What is wrong with a config, in sentences. Fetched only where something is: the tracker itself merely counts.

// The browser calls the exports; there is nothing to run at first, and the runtime around `main` costs bytes.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use bharosa::config::Config;
    use bharosa::json;
    use bharosa::text::list;
    use wasm_bindgen::prelude::*;

    #[global_allocator]
    static HEAP: heap::Heap<heap::Grow> = heap::Heap::new(heap::Grow);

    #[wasm_bindgen]
    pub fn version() -> String {
        bharosa::VERSION.to_string()
    }

    /// All mistakes in a config's text, a line each.
    #[wasm_bindgen]
    pub fn check(config: &str) -> String {
        let (_, errors) = Config::take(json::parse(config).unwrap_or_default());
        let mut lines = Vec::new();
        for error in errors.iter() {
            lines.push(error.sentence());
        }
        list(&lines, "\n")
    }
}
