//! The measurements for a browser, built as the tracker is. `page/measure.js` calls them.

// The browser calls the exports; there is nothing to run at first.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use bench::counting::Counting;
    use bench::{Bench, WORKS, addresses};
    use std::cell::RefCell;
    use wasm_bindgen::prelude::*;

    /// The tracker's allocator, counted.
    #[global_allocator]
    static HEAP: Counting<heap::Heap<heap::Grow>> = Counting(heap::Heap::new(heap::Grow));

    thread_local! {
        static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
    }

    fn with<T: Default>(act: impl FnOnce(&mut Bench) -> T) -> T {
        BENCH.with(|place| place.borrow_mut().as_mut().map(act).unwrap_or_default())
    }

    /// Answers with what went wrong, or nothing.
    #[wasm_bindgen]
    pub fn prepare() -> String {
        match Bench::new() {
            Ok(bench) => BENCH.with(|place| place.replace(Some(bench))),
            Err(why) => return why.to_string(),
        };
        String::new()
    }

    /// One line for each work: `id|what|goal in microseconds|whether memory may be asked for`.
    #[wasm_bindgen]
    pub fn works() -> String {
        let lines = WORKS.iter().map(|w| format!("{}|{}|{}|{}", w.id, w.what, w.goal, w.allocates));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[wasm_bindgen]
    pub fn run(work: &str, times: u32) -> u32 {
        with(|bench| bench.run(work, times))
    }

    /// To be called between measurements.
    #[wasm_bindgen]
    pub fn settle() {
        with(|bench| bench.settle());
    }

    #[wasm_bindgen]
    pub fn allocations(work: &str) -> f64 {
        with(|bench| bench.allocations(work))
    }

    #[wasm_bindgen]
    pub fn about() -> String {
        with(|bench| bench.about())
    }

    /// What the yardsticks work on: the same configs and facts.
    #[wasm_bindgen]
    pub fn rules() -> String {
        with(|bench| bench.text().to_string())
    }

    #[wasm_bindgen]
    pub fn facts() -> String {
        with(|bench| bench.facts())
    }

    #[wasm_bindgen]
    pub fn urls() -> String {
        addresses::config()
    }

    #[wasm_bindgen]
    pub fn tour() -> String {
        addresses::TOUR.join("\n")
    }
}
