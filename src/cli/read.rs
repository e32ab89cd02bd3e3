//! Files as texts, or a sentence that says why not.

use super::Read;
use crate::text::glue;
use std::io::ErrorKind;

/// The text of the file `name`, without the mark of byte order that some editors put before it.
///
/// # Errors
/// Why there is none, without a full stop.
pub fn text(name: &str, read: &Read) -> Result<String, String> {
    let text = read(name).map_err(|error| {
        let why = match error.kind() {
            ErrorKind::NotFound => "no such file",
            ErrorKind::IsADirectory => "it is a folder; name the file in it",
            ErrorKind::PermissionDenied => "it may not be read",
            ErrorKind::InvalidData => "it is not text in UTF-8; save it as that",
            _ => &error.to_string(),
        };
        glue(&["cannot be read: ", why])
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_string(),
        None => text,
    })
}
