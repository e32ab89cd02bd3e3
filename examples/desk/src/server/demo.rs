//! Tokens for the demo bank, in the place of the server on which a bank's customers log in.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::respond::text;
use super::runner::now;
use super::{App, url_path};
use crate::limits::NAME_CHARS;
use crate::token::token;

/// How long a token holds unless `seconds` says otherwise.
const SECONDS: u64 = 900;

/// `/demo/token?customer=NAME&seconds=N`: the bare token, for whoever asks. It exists only with `--demo-tokens`.
pub async fn give(State(app): State<Arc<App>>, uri: Uri) -> Response {
    let Some(secret) = app.options.visitor_secret.as_ref().filter(|_| app.options.demo_tokens) else {
        return text(StatusCode::NOT_FOUND, "This desk gives no tokens. Start it with --demo-tokens.");
    };
    let Some(customer) =
        field(&uri, "customer").filter(|name| (1..=NAME_CHARS).contains(&name.chars().count()))
    else {
        return text(StatusCode::BAD_REQUEST, "Name a customer: /demo/token?customer=NAME");
    };
    let seconds = match field(&uri, "seconds").map(|seconds| seconds.parse::<u32>()) {
        None => SECONDS,
        Some(Ok(seconds)) => seconds.into(),
        Some(Err(_)) => return text(StatusCode::BAD_REQUEST, "seconds is a whole number of 0 or more."),
    };
    let token = token(secret, &customer, now() / 1_000 + seconds);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], token).into_response()
}

/// A field of the query, decoded.
fn field(uri: &Uri, name: &str) -> Option<String> {
    let pairs = uri.query().into_iter().flat_map(|query| query.split('&'));
    let (_, value) = pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?;
    url_path::decode(&value.replace('+', " "))
}
