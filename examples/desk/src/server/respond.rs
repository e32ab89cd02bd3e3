//! Answers with a file: its type, its compressed twin, its tag, its policy.

use std::path::Path;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::etag;

/// A file to answer with.
pub struct Asset {
    pub body: Bytes,
    pub kind: &'static str,
    /// The body is the twin made with brotli.
    pub brotli: bool,
    pub policy: Option<String>,
}

pub fn asset(asset: Asset, request: &HeaderMap) -> Response {
    let tag = etag::of(&asset.body);
    let mut headers = HeaderMap::new();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::ETAG, &tag);
    set(header::VARY, "accept-encoding");
    if let Some(policy) = &asset.policy {
        set(header::CONTENT_SECURITY_POLICY, policy);
    }
    let held = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if held.is_some_and(|held| etag::held(held, &tag)) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    set(header::CONTENT_TYPE, asset.kind);
    if asset.brotli {
        set(header::CONTENT_ENCODING, "br");
    }
    (headers, asset.body).into_response()
}

pub fn text(status: StatusCode, sentence: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{sentence}\n")).into_response()
}

/// What every answer says. Nothing is guessed, nothing is told to other sites, and nothing is used
/// again without asking whether it has changed.
pub async fn with_common_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

pub fn accepts_brotli(request: &HeaderMap) -> bool {
    let lists = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        name.eq_ignore_ascii_case("br") && !refused
    })
}

pub fn kind_of(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_those_who_ask_for_it() {
        let check = |value: &'static str, expected: bool| {
            let mut request = HeaderMap::new();
            request.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            assert_eq!(accepts_brotli(&request), expected, "{value}");
        };
        check("gzip, deflate, br, zstd", true);
        check("BR;q=0.5", true);
        check("gzip", false);
        check("br;q=0, gzip", false);
        check("br; q=0", false);
        check("brotli", false);
        assert!(!accepts_brotli(&HeaderMap::new()));
    }
}
