//! The file every page loads: `start` on the page, `send` what the loader and the page have to say.

// The browser calls the exports; there is nothing to run at first, and the runtime around `main` costs bytes.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use bharosa::browser::tracker::{Page, Shell};
    use std::cell::RefCell;
    use std::rc::Rc;
    use wasm_bindgen::prelude::*;

    /// A small allocator for a small heap: the standard one costs 3 KB over the wire on every page.
    #[global_allocator]
    static HEAP: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
        lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

    thread_local! {
        static SHELL: RefCell<Option<Rc<Shell>>> = const { RefCell::new(None) };
    }

    fn shell() -> Option<Rc<Shell>> {
        SHELL.with(|shell| shell.borrow().clone())
    }

    #[wasm_bindgen]
    pub fn version() -> String {
        bharosa::VERSION.to_string()
    }

    /// Throws a sentence for the developer when the config cannot be used.
    #[wasm_bindgen]
    pub fn start(page: Page) -> Result<(), JsError> {
        let started = Shell::start(page).map_err(|problem| JsError::new(&problem))?;
        SHELL.with(|shell| shell.replace(Some(started)));
        Ok(())
    }

    #[wasm_bindgen]
    pub fn send(name: &str, argument: JsValue) {
        if let Some(shell) = shell() {
            shell.call(name, &argument);
        }
    }

    #[wasm_bindgen]
    pub fn explain() -> JsValue {
        shell().map_or(JsValue::UNDEFINED, |shell| shell.explain())
    }

    #[wasm_bindgen]
    pub fn stop() {
        if let Some(shell) = SHELL.with(|shell| shell.take()) {
            shell.stop();
        }
    }
}
