//! Which pages may open a socket. Browsers do not hold WebSockets to the same origin, so without
//! this check any site a visitor opens could speak to the desk in their name.

use axum::http::{HeaderMap, header};

/// Whether the page comes from this host, or from one that was allowed by name.
pub fn allowed(request: &HeaderMap, others: &[String]) -> bool {
    let Some(origin) = only(request, header::ORIGIN) else { return false };
    let own = |host: String| origin == format!("http://{host}") || origin == format!("https://{host}");
    others.contains(&origin) || only(request, header::HOST).is_some_and(own)
}

/// The value of a header that must be there once.
fn only(request: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let mut values = request.get_all(name).iter();
    let value = values.next()?.to_str().ok()?.to_ascii_lowercase();
    (values.next().is_none() && !value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn check(host: &'static str, origin: &'static str, expected: bool) {
        let mut request = HeaderMap::new();
        request.insert(header::HOST, HeaderValue::from_static(host));
        if !origin.is_empty() {
            request.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        let others = ["https://bank.example".to_owned()];
        assert_eq!(allowed(&request, &others), expected, "{origin} on {host}");
    }

    #[test]
    fn own_pages_and_named_ones_may_enter() {
        check("desk.example", "https://desk.example", true);
        check("desk.example:8080", "http://desk.example:8080", true);
        check("Desk.example", "https://desk.EXAMPLE", true);
        check("desk.example", "https://bank.example", true);
    }

    #[test]
    fn all_others_may_not() {
        check("desk.example", "", false);
        check("desk.example", "null", false);
        check("desk.example", "https://evil.example", false);
        check("desk.example", "https://desk.example.evil.example", false);
        check("desk.example", "https://evil-desk.example", false);
        check("desk.example:8080", "http://desk.example", false);
        check("desk.example:8080", "http://desk.example:8081", false);
        check("desk.example", "ftp://desk.example", false);
        check("desk.example", "https://bank.example:444", false);
        check("desk.example", "http://bank.example", false);
    }

    #[test]
    fn two_origins_are_none() {
        let mut request = HeaderMap::new();
        request.insert(header::HOST, HeaderValue::from_static("desk.example"));
        for _ in 0..2 {
            request.append(header::ORIGIN, HeaderValue::from_static("https://desk.example"));
        }
        assert!(!allowed(&request, &[]));
    }
}
