//! The agents' page. It is part of the program, so that it always fits the protocol spoken here.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;

use std::path::Path;

use super::csp;
use super::respond::{Asset, asset as answer, kind_of, text};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../page/", $name)).as_slice())),*]
    };
}

const INDEX: &[u8] = include_bytes!("../../page/index.html");
const ASSETS: &[(&str, &[u8])] = files![
    "board.js",
    "conversation.js",
    "desk.css",
    "dom.js",
    "format.js",
    "icon.svg",
    "main.js",
    "signin.js",
    "socket.js",
    "state.js",
    "transfer.js",
];

pub async fn index(request: HeaderMap) -> Response {
    let (kind, policy) = ("text/html; charset=utf-8", Some(csp::FOR_AGENTS.to_owned()));
    answer(Asset { body: Bytes::from_static(INDEX), kind, brotli: false, policy }, &request)
}

pub async fn asset(uri: Uri, request: HeaderMap) -> Response {
    let wanted = uri.path().strip_prefix("/desk/assets/");
    match ASSETS.iter().find(|(name, _)| Some(*name) == wanted) {
        Some((name, body)) => {
            let (body, kind) = (Bytes::from_static(body), kind_of(Path::new(name)));
            answer(Asset { body, kind, brotli: false, policy: None }, &request)
        }
        None => text(StatusCode::NOT_FOUND, "The agents' page has no such file."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_page_is_in_the_program() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/page");
        for file in std::fs::read_dir(folder).expect("the page's folder") {
            let name = file.expect("an entry").file_name();
            let known = name == "index.html" || ASSETS.iter().any(|(known, _)| name == *known);
            assert!(known, "page/{} is not served: add it to ASSETS", name.to_string_lossy());
        }
    }
}
