//! A panic in the browser stops the program, and nobody reads its message: there is none to show it to.
//!
//! So what only serves to word a panic is replaced by the stop itself, and wasm-opt throws out whatever led to it:
//! the formatting of numbers, texts and places in the source. The texts themselves lie in the data, where no
//! optimiser dares to look: they are made nothing here, and wasm-opt leaves out what is nothing.

use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, FunctionKind, Module};

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

/// What panics say, of those that are left in.
const SAID: [&str; 8] = [
    "index out of bounds: the len is ",
    " but the index is ",
    "insertion index (is ",
    ") should be <= len (is ",
    "removal index (is ",
    ") should be < len (is ",
    "cannot access a Thread Local Storage value during or after destruction: ",
    "capacity overflow",
];

/// Replaces the bodies of those functions. Answers how many there were.
pub fn silence(wasm: &mut Module) -> usize {
    hush(wasm);
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

/// Does to the module's data what [`forget`] does. Texts and their records may lie in different segments.
fn hush(wasm: &mut Module) {
    let mut places = Vec::new();
    for data in wasm.data.iter() {
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(at)), .. } = data.kind {
            places.push((at as usize, data.id()));
        }
    }
    let Some(base) = places.iter().map(|(at, _)| *at).min() else { return };
    let mut whole = Vec::new();
    for (at, id) in &places {
        let value = &wasm.data.get(*id).value;
        whole.resize(whole.len().max(at - base + value.len()), 0);
        whole[at - base..][..value.len()].copy_from_slice(value);
    }
    forget(&mut whole, base);
    for (at, id) in places {
        let value = &mut wasm.data.get_mut(id).value;
        let length = value.len();
        value.copy_from_slice(&whole[at - base..][..length]);
    }
}

/// Makes nothing of the texts in `data`, which begins at the address `base`: of what is said, and of the places in
/// the source, whose records go with them.
fn forget(data: &mut [u8], base: usize) {
    for said in SAID {
        while let Some(at) = find(data, said.as_bytes()) {
            data[at..at + said.len()].fill(0);
        }
    }
    let mut places = Vec::new();
    for at in (0..data.len().saturating_sub(RECORD)).step_by(4) {
        let word =
            |at: usize| u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]]) as usize;
        let Some(start) = word(at).checked_sub(base) else { continue };
        // The text ends with a zero, which is no part of it.
        if data
            .get(start..start.saturating_add(word(at + 4)) + 1)
            .is_some_and(|text| text.ends_with(b".rs\0"))
        {
            places.push((at, start, word(at + 4)));
        }
    }
    for (at, start, length) in places {
        data[at..at + RECORD].fill(0);
        data[start..start + length].fill(0);
    }
}

/// A place in the source: the file's name by address and length, line and column.
const RECORD: usize = 16;

fn find(data: &[u8], text: &[u8]) -> Option<usize> {
    data.windows(text.len()).position(|window| window == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_places_of_panics_become_nothing_and_all_else_stays() {
        let mut data = b"kept capacity overflow src/a.rs\0kept".to_vec();
        data.resize(40, b'.');
        for word in [1000 + 23, 8, 7, 5, 1000 + 32, 4] {
            data.extend_from_slice(&u32::to_le_bytes(word));
        }
        forget(&mut data, 1000);
        let mut expected = b"kept                   ".to_vec();
        expected[5..22].fill(0);
        expected.extend_from_slice(&[0; 9]);
        expected.extend_from_slice(b"kept....");
        expected.extend_from_slice(&[0; 16]);
        for word in [1000 + 32, 4] {
            expected.extend_from_slice(&u32::to_le_bytes(word));
        }
        assert_eq!(data, expected);
    }
}
