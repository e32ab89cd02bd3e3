//! Tags that name a file's content, so that an unchanged file is not sent again.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The same bytes always get the same tag, whatever the clock said when they were written.
pub fn of(body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

/// Whether the client already holds this content, by its `If-None-Match`.
pub fn held(if_none_match: &str, tag: &str) -> bool {
    if_none_match.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_follows_the_content() {
        assert_eq!(of(b"one"), of(b"one"));
        assert_ne!(of(b"one"), of(b"two"));
    }

    #[test]
    fn a_held_tag_is_found_among_others() {
        let tag = of(b"one");
        assert!(held(&tag, &tag));
        assert!(held(&format!("\"x\", W/{tag}"), &tag));
        assert!(held("*", &tag));
        assert!(!held("\"x\"", &tag));
        assert!(!held("", &tag));
    }
}
