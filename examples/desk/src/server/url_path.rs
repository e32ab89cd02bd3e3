//! From the path of a URL to a path below a folder, and never out of it.

/// The path without its first slash, decoded. `None` when it is not one this desk would ever serve:
/// hidden files, steps upwards, separators of other systems.
pub fn relative(path: &str) -> Option<String> {
    let decoded = decode(path)?;
    let relative = decoded.trim_matches('/').to_owned();
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    (relative.is_empty() || relative.split('/').all(plain)).then_some(relative)
}

/// Undoes %-escapes, once.
pub fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
                high * 16 + low
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(relative(path).as_deref(), expected, "{path}");
    }

    #[test]
    fn plain_paths_are_taken() {
        check("/", Some(""));
        check("/loans/auto", Some("loans/auto"));
        check("/loans/", Some("loans"));
        check("/a%20b/%D8%A8", Some("a b/ب"));
    }

    #[test]
    fn ways_out_are_not() {
        for path in
            ["/..", "/../x", "/a/../../x", "/%2e%2e/x", "/..%2fx", "/%2E%2E%2Fx", "/a/..%5cx", "/a\\..\\x"]
        {
            check(path, None);
        }
        for path in ["/.git/config", "/a/.hidden", "/a//b", "/C:/x", "/a%00b", "/%zz", "/%2", "/%ff"] {
            check(path, None);
        }
    }
}
