//! What pages may do, and where browsers report what they tried beyond it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::App;
use super::respond::text;

/// Reports kept; the oldest go first.
const KEPT: usize = 1_000;
/// Bytes of one report.
const REPORT_BYTES: usize = 65_536;

/// Reports since the start, for a test to ask for.
#[derive(Debug, Default)]
pub struct Reports(Mutex<VecDeque<Value>>);

/// The bank's policy. The demo bank's own pages link a style sheet; the widget needs none, which
/// `?csp=strict` proves, and has a fallback without WebAssembly, which `?csp=nowasm` calls for.
pub fn for_bank(query: Option<&str>) -> String {
    let wanted =
        query.into_iter().flat_map(|query| query.split('&')).find_map(|pair| pair.strip_prefix("csp="));
    let has = |name: &str| wanted.is_some_and(|wanted| wanted.split(',').any(|one| one == name));
    let script = if has("nowasm") { "'self'" } else { "'self' 'wasm-unsafe-eval'" };
    let style = if has("strict") { "'none'" } else { "'self'" };
    format!(
        "default-src 'self'; script-src {script}; style-src {style}; object-src 'none'; base-uri 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp"
    )
}

/// The agents' page needs less.
pub const FOR_AGENTS: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp";

pub async fn receive(State(app): State<Arc<App>>, body: Bytes) -> Response {
    if body.len() > REPORT_BYTES {
        return text(StatusCode::PAYLOAD_TOO_LARGE, "A report has at most 65,536 bytes.");
    }
    let Ok(report) = serde_json::from_slice(&body) else {
        return text(StatusCode::BAD_REQUEST, "A report is JSON.");
    };
    let mut reports = app.reports.0.lock().unwrap_or_else(PoisonError::into_inner);
    if reports.len() == KEPT {
        reports.pop_front();
    }
    reports.push_back(report);
    StatusCode::NO_CONTENT.into_response()
}

pub async fn list(State(app): State<Arc<App>>) -> Response {
    let reports = app.reports.0.lock().unwrap_or_else(PoisonError::into_inner);
    match serde_json::to_string(&*reports) {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(error) => {
            text(StatusCode::INTERNAL_SERVER_ERROR, &format!("The reports cannot be written: {error}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_changes_one_thing_each() {
        let check = |query: Option<&str>, script: &str, style: &str| {
            let policy = for_bank(query);
            assert!(policy.contains(&format!("; script-src {script}; ")), "{query:?}: {policy}");
            assert!(policy.contains(&format!("; style-src {style}; ")), "{query:?}: {policy}");
        };
        check(None, "'self' 'wasm-unsafe-eval'", "'self'");
        check(Some("a=b"), "'self' 'wasm-unsafe-eval'", "'self'");
        check(Some("a=b&csp=strict"), "'self' 'wasm-unsafe-eval'", "'none'");
        check(Some("csp=nowasm"), "'self'", "'self'");
        check(Some("csp=strict,nowasm"), "'self'", "'none'");
    }
}
