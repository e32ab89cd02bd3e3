//! Pages and files over HTTP.

use desk::token::identity;
use serde_json::json;

use crate::support::client::Client;
use crate::support::http::{get, send};
use crate::support::program::{Folder, Program};

fn serve() -> (Folder, Program) {
    let folder = Folder::new();
    for (name, text) in [
        ("site/index.html", "home"),
        ("site/404.html", "nothing here"),
        ("site/rates.html", "rates"),
        ("site/loans/auto.html", "auto"),
        ("site/help/index.html", "help"),
        ("site/portal.html", "portal"),
        ("site/portal/logo.svg", "logo"),
        ("site/styles/bank.css", "css"),
        ("widget/bharosa.js", "loader"),
        ("widget/tracker.wasm", "wasm"),
        ("widget/tracker.wasm.br", "wasm in brotli"),
        ("widget/lang/ur.json", "{}"),
        ("secret.txt", "never served"),
    ] {
        folder.write(name, text);
    }
    let program = Program::start(&folder, &[]);
    (folder, program)
}

#[test]
fn every_address_leads_to_its_page_with_its_type() {
    let (_folder, program) = serve();
    let check = |path: &str, status: u16, kind: &str, body: &str| {
        let answer = get(&program, path, &[]);
        assert_eq!(
            (answer.status, answer.header("content-type"), answer.body.trim()),
            (status, kind, body),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    };
    let html = "text/html; charset=utf-8";
    check("/", 200, html, "home");
    check("/?csp=strict", 200, html, "home");
    check("/rates", 200, html, "rates");
    check("/rates.html", 200, html, "rates");
    check("/loans/auto", 200, html, "auto");
    check("/help", 200, html, "help");
    check("/portal", 200, html, "portal");
    check("/portal/accounts", 200, html, "portal");
    check("/portal/a/b", 200, html, "portal");
    check("/portal/logo.svg", 200, "image/svg+xml", "logo");
    check("/portals", 404, html, "nothing here");
    check("/nowhere", 404, html, "nothing here");
    check("/styles/bank.css", 200, "text/css; charset=utf-8", "css");
    check("/bharosa/bharosa.js", 200, "text/javascript; charset=utf-8", "loader");
    check("/bharosa/tracker.wasm", 200, "application/wasm", "wasm");
    check("/bharosa/lang/ur.json", 200, "application/json", "{}");
    check(
        "/bharosa/nothing.js",
        404,
        "text/plain; charset=utf-8",
        "The widget has no such file; build it with `cargo xtask build`.",
    );
    let config = get(&program, "/bharosa.json", &[]);
    assert_eq!((config.status, config.header("content-type")), (200, "application/json"));
    assert!(config.body.contains("Mortgages"));
}

#[test]
fn the_agents_page_comes_with_the_program() {
    let (_folder, program) = serve();
    for path in ["/desk", "/desk/"] {
        let page = get(&program, path, &[]);
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.header("content-security-policy").contains("trusted-types 'none'"));
        let assets = page.body.split('"').filter(|text| text.starts_with("/desk/assets/"));
        assert_eq!(
            assets.map(|asset| assert_eq!(get(&program, asset, &[]).status, 200, "{asset}")).count(),
            3
        );
    }
    assert_eq!(
        get(&program, "/desk/assets/main.js", &[]).header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(get(&program, "/desk/assets/nothing.js", &[]).status, 404);
    assert_eq!(get(&program, "/desk/assets/../index.html", &[]).status, 404);
}

#[test]
fn the_compressed_twin_goes_to_those_who_can_read_it() {
    let (_folder, program) = serve();
    let check = |accept: &str, encoding: &str, body: &str| {
        let answer = get(&program, "/bharosa/tracker.wasm", &[("Accept-Encoding", accept)]);
        assert_eq!((answer.header("content-encoding"), answer.body.as_str()), (encoding, body), "{accept}");
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("vary"), "accept-encoding");
    };
    check("gzip, br", "br", "wasm in brotli");
    check("gzip", "", "wasm");
    check("br;q=0", "", "wasm");
    // Without a twin the plain file is served to everybody.
    let plain = get(&program, "/bharosa/bharosa.js", &[("Accept-Encoding", "br")]);
    assert_eq!((plain.header("content-encoding"), plain.body.as_str()), ("", "loader"));
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let (folder, program) = serve();
    let tag = get(&program, "/rates", &[]).header("etag").to_owned();
    let again = get(&program, "/rates", &[("If-None-Match", &tag)]);
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()));
    folder.write("site/rates.html", "new rates");
    let changed = get(&program, "/rates", &[("If-None-Match", &tag)]);
    assert_eq!((changed.status, changed.body.as_str()), (200, "new rates"));
    let packed = get(&program, "/bharosa/tracker.wasm", &[("Accept-Encoding", "br")]);
    let plain = get(&program, "/bharosa/tracker.wasm", &[]);
    assert_ne!(packed.header("etag"), plain.header("etag"));
}

#[test]
fn pages_carry_the_policy_that_the_address_asks_for() {
    let (_folder, program) = serve();
    let policy = |path: &str| get(&program, path, &[]).header("content-security-policy").to_owned();
    let usual = policy("/");
    assert_eq!(
        usual,
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'; \
         base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
         report-uri /csp"
    );
    assert_eq!(policy("/loans/auto?csp=strict"), usual.replace("style-src 'self'", "style-src 'none'"));
    assert_eq!(policy("/portal/x?csp=nowasm"), usual.replace(" 'wasm-unsafe-eval'", ""));
    assert_eq!(policy("/nowhere"), usual);
    assert_eq!(policy("/styles/bank.css"), "");
}

#[test]
fn no_path_leads_out_of_the_folders() {
    let (folder, program) = serve();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path("secret.txt"), folder.path("site/link.txt")).expect("a link");
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/loans/../../secret.txt",
        "/bharosa/../../secret.txt",
        "/bharosa/%2e%2e/secret.txt",
        "/bharosa/..%2f..%2fsecret.txt",
        "/bharosa/%2e%2e/data/desk.sqlite3",
        "/link.txt",
        "//secret.txt",
    ] {
        let answer = get(&program, path, &[]);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("never served"), "{path}");
    }
}

#[test]
fn reports_of_browsers_are_kept_for_the_tests_to_see() {
    let (_folder, program) = serve();
    assert_eq!(get(&program, "/csp", &[]).body, "[]");
    let report = r#"{"csp-report":{"violated-directive":"style-src"}}"#;
    let kind = [("Content-Type", "application/csp-report")];
    assert_eq!(send(&program, "POST", "/csp", &kind, report).status, 204);
    assert_eq!(send(&program, "POST", "/csp", &kind, "not JSON").status, 400);
    assert_eq!(send(&program, "POST", "/csp", &kind, &format!("\"{}\"", "x".repeat(65_536))).status, 413);
    assert_eq!(get(&program, "/csp", &[]).body, format!("[{report}]"));
}

#[test]
fn other_methods_are_not_allowed() {
    let (_folder, program) = serve();
    assert_eq!(send(&program, "POST", "/rates", &[], "").status, 405);
    assert_eq!(send(&program, "DELETE", "/bharosa.json", &[], "").status, 405);
    let head = send(&program, "HEAD", "/rates", &[], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn tokens_for_the_demo_are_given_by_a_desk_that_was_told_to() {
    let folder = Folder::new();
    let secret = "the demo bank's secret";
    let giving = Program::start(&folder, &["--demo-tokens", "--visitor-secret", secret]);
    let ask = |query: &str| get(&giving, &format!("/demo/token{query}"), &[]);
    let answer = ask("?customer=Sana%20Malik&seconds=60");
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/plain; charset=utf-8"));
    let known = identity(secret, &answer.body, 0).expect("a token that holds");
    assert_eq!(known.customer, "Sana Malik");
    let mut visitor = Client::visitor(&giving, json!({"type": "hello", "version": 1, "token": answer.body}));
    assert_eq!(visitor.hear(), "welcome new 0 none");
    for query in ["", "?customer=", "?customer=%zz", "?customer=a&seconds=-1", "?customer=a&seconds=soon"] {
        assert_eq!(ask(query).status, 400, "{query}");
    }
    // One that holds for no time has expired already.
    let expired = ask("?customer=Sana&seconds=0").body;
    let mut late = Client::visitor(&giving, json!({"type": "hello", "version": 1, "token": expired}));
    assert_eq!(late.hear(), "error bad_token");
    assert_eq!(late.closed(), Some(4401));
    drop(giving);
    let silent = Program::start(&folder, &["--visitor-secret", secret]);
    assert_eq!(get(&silent, "/demo/token?customer=Sana", &[]).status, 404);
}
