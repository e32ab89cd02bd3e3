//! The file that comes when the panel is wanted: `mount` once, then `offer` whatever the tracker hands down.

// The browser calls the exports; there is nothing to run at first, and the runtime around `main` costs bytes.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod exports {
    use bharosa::browser::options::Mount;
    use bharosa::ui::shell::Shell;
    use std::cell::RefCell;
    use std::rc::Rc;
    use wasm_bindgen::prelude::*;

    thread_local! {
        static SHELL: RefCell<Option<Rc<Shell>>> = const { RefCell::new(None) };
    }

    #[wasm_bindgen]
    pub fn version() -> String {
        bharosa::VERSION.to_string()
    }

    #[wasm_bindgen]
    pub fn mount(options: Mount) -> Result<(), JsValue> {
        let shell = Shell::mount(options)?;
        SHELL.with(|place| place.replace(Some(shell)));
        Ok(())
    }

    #[wasm_bindgen]
    pub fn offer(offer: JsValue) {
        let shell = SHELL.with(|shell| shell.borrow().clone());
        if let Some(shell) = shell {
            shell.offer(&offer);
        }
    }

    /// The customer leaves: nothing of theirs is shown or kept any longer.
    #[wasm_bindgen]
    pub fn logout() {
        let shell = SHELL.with(|shell| shell.borrow().clone());
        if let Some(shell) = shell {
            shell.logout();
        }
    }

    #[wasm_bindgen]
    pub fn unmount() {
        if let Some(shell) = SHELL.with(|shell| shell.take()) {
            shell.unmount();
        }
    }
}
