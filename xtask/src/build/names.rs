//! Short names for what the glue lends to WebAssembly.
//!
//! wasm-bindgen calls an import `__wbg_document_3b5c3071b43e97ee`, and the name stands in both files. Hashes do not
//! compress: on a hundred imports the short names save some kilobytes of what every page downloads.

/// a, b, … z, aa, ab, …
pub fn short(index: usize) -> String {
    const LETTERS: usize = 26;
    let letter = char::from(b'a' + (index % LETTERS) as u8);
    match index / LETTERS {
        0 => letter.to_string(),
        more => format!("{}{letter}", short(more - 1)),
    }
}

/// Renames the one key `old` of the object that the glue passes to WebAssembly. `None`, and nothing is renamed,
/// if the glue names it anywhere else or otherwise.
pub fn rename_key(script: &str, old: &str, new: &str) -> Option<String> {
    let mut places = script.match_indices(old).filter(|(at, _)| is_whole_word(script, *at, old.len()));
    let (at, _) = places.next()?;
    let after = &script[at + old.len()..];
    let is_only_key = places.next().is_none() && after.starts_with(':');
    is_only_key.then(|| format!("{}{new}{after}", &script[..at]))
}

/// Renames `object.old` to `object.new` wherever it stands.
pub fn rename_member(script: &str, object: &str, old: &str, new: &str) -> String {
    let from = format!("{object}.{old}");
    let mut renamed = String::with_capacity(script.len());
    let mut rest = 0;
    for (at, _) in script.match_indices(&from).filter(|(at, _)| is_whole_word(script, *at, from.len())) {
        renamed.push_str(&script[rest..at]);
        renamed.push_str(&format!("{object}.{new}"));
        rest = at + from.len();
    }
    renamed + &script[rest..]
}

fn is_whole_word(script: &str, at: usize, length: usize) -> bool {
    let continues = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    !script[..at].ends_with(continues) && !script[at + length..].starts_with(continues)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_count_through_the_alphabet() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(short), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }

    #[test]
    fn a_key_is_renamed() {
        let renamed = rename_key("{ __wbg_now_1: function() {}, __wbg_now_12: 0 }", "__wbg_now_1", "a");
        assert_eq!(renamed.as_deref(), Some("{ a: function() {}, __wbg_now_12: 0 }"));
    }

    #[test]
    fn a_member_is_renamed_wherever_it_stands() {
        let renamed = rename_member("wasm.__f(); wasm.__f2(); __f(); x = wasm.__f", "wasm", "__f", "a");
        assert_eq!(renamed, "wasm.a(); wasm.__f2(); __f(); x = wasm.a");
    }

    #[test]
    fn a_name_that_is_used_otherwise_stays() {
        for script in ["{ now: 1 }; wasm.now()", "function now() {}", "{}"] {
            assert_eq!(rename_key(script, "now", "a"), None, "{script}");
        }
    }
}
