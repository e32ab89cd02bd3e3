//! A panic in the browser stops the program, and nobody reads its message: there is none to show it to.
//!
//! So what only serves to word a panic is replaced by the stop itself, and wasm-opt throws out whatever led to it:
//! the formatting of numbers, texts and places in the source.

use walrus::{FunctionKind, Module};

/// Functions that never come back, by a part of their names.
const NEVER: [&str; 15] = [
    "panicking::",
    // Never called once panics say nothing, but still in the table of functions.
    "::fmt::",
    "js_sys::futures",
    "convert::closures",
    "task_waker",
    "slice_index_fail",
    "slice_error_fail",
    "slice_start_index",
    "slice_end_index",
    "unwrap_failed",
    "expect_failed",
    "assert_failed",
    "handle_error",
    "capacity_overflow",
    "panic_access_error",
];

/// Replaces the bodies of those functions. Answers how many there were.
pub fn silence(wasm: &mut Module) -> usize {
    let mut silenced = 0;
    for function in wasm.funcs.iter_mut() {
        let name = function.name.clone().unwrap_or_default();
        if let FunctionKind::Local(local) = &mut function.kind
            && NEVER.iter().any(|never| name.contains(never))
        {
            let mut body = local.builder_mut().func_body();
            body.instrs_mut().clear();
            body.unreachable();
            silenced += 1;
        }
    }
    silenced
}
