//! The file every page loads. It exchanges nothing but text and numbers with its shell, `src/browser/page`.

// The browser calls the exports; there is nothing to run at first, and the runtime around `main` costs bytes.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use bharosa::browser::tracker;
    use bharosa::time::Moment;
    use wasm_bindgen::prelude::*;

    #[global_allocator]
    static HEAP: heap::Heap<heap::Grow> = heap::Heap::new(heap::Grow);

    #[wasm_bindgen]
    extern "C" {
        /// Minutes east of UTC in the zone `name` at `wall`; NaN where the browser knows no such zone.
        fn zone(name: &str, wall: f64) -> f64;
    }

    #[wasm_bindgen]
    pub fn version() -> String {
        bharosa::VERSION.to_string()
    }

    #[wasm_bindgen]
    pub fn start(config: &str, about: &str) -> String {
        tracker::start(config, about, |name, wall| {
            let minutes = zone(name, wall as f64);
            if minutes.is_nan() { None } else { Some(minutes as i32) }
        })
    }

    /// `dice` is from 0 to below 1, the clocks are in milliseconds.
    #[wasm_bindgen]
    pub fn send(name: &str, argument: &str, mono: f64, wall: f64, dice: f64) -> String {
        let dice = (dice * 18_446_744_073_709_551_616.0) as u64;
        tracker::send(name, argument, Moment { mono: mono as u64, wall: wall as u64, dice })
    }

    #[wasm_bindgen]
    pub fn explain(mono: f64, wall: f64) -> String {
        tracker::explain(Moment { mono: mono as u64, wall: wall as u64, dice: 0 })
    }

    #[wasm_bindgen]
    pub fn stop() {
        tracker::stop();
    }
}
