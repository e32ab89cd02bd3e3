//! What must not be in this repository, and what must.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/tree.rs"]
mod tree;

use tree::{File, files, none, read};

/// Each module with the modules it may import. A row names rows above it only, so that imports point down; the
/// tracker's rows name none of the panel's, so that a page without a panel carries nothing of it.
const LAYERS: [(&str, &str); 28] = [
    ("text", ""),
    ("fact", "text"),
    ("report", "text"),
    ("value", "text"),
    ("time", "text value"),
    ("json", "text value"),
    ("condition", "fact report text value"),
    ("offer", "text time value"),
    ("hash", "text"),
    ("experiment", "hash value"),
    ("calendar", "text time value"),
    ("signal", "condition report time value"),
    ("config", "calendar condition experiment fact json report signal text time value"),
    ("journey", "calendar config experiment fact hash signal text time value"),
    ("rules", "condition config fact journey text time value"),
    ("prompt", "config fact journey offer rules text time value"),
    ("gate", ""),
    ("effect", "offer prompt time value"),
    ("event", "journey offer time value"),
    ("tracker", "config effect event fact gate journey offer prompt rules text time value"),
    ("link", "offer text time value"),
    ("chat", "config link offer text time value"),
    ("tabs", "chat link time value"),
    ("view", "chat link offer text time"),
    ("widget", "chat link offer tabs text time value view"),
    (
        "cli",
        "condition config effect event fact journey json offer prompt report rules signal text time tracker value",
    ),
    ("browser", "chat config event journey json link offer report text time tracker value view widget"),
    ("ui", "browser chat config offer text time value view widget"),
];

fn rust() -> Vec<File> {
    files("src").into_iter().filter(|file| file.ends(&[".rs"])).collect()
}

/// `src/chat/mod.rs` is of the module `chat`, `src/offer.rs` of `offer`.
fn module(path: &str) -> &str {
    let inside = path.trim_start_matches("src/");
    inside.split(['/', '.']).next().unwrap_or(inside)
}

/// The paths after `crate::` in a line.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn imports_point_down() {
    for (index, (name, below)) in LAYERS.iter().enumerate() {
        let above = |other: &&str| !LAYERS[..index].iter().any(|(known, _)| known == other);
        assert_eq!(
            below.split(' ').filter(|other| !other.is_empty()).find(above),
            None,
            "in the row of {name}"
        );
    }
    let mut problems = Vec::new();
    for file in rust().iter().filter(|file| !file.path.starts_with("src/bin/") && file.path != "src/lib.rs") {
        let name = module(&file.path);
        let Some((_, below)) = LAYERS.iter().find(|(known, _)| *known == name) else {
            problems.push(format!("{}: {name} has no row in LAYERS", file.path));
            continue;
        };
        for (number, line) in file.code() {
            for import in imports(line) {
                let target = import.split("::").next().unwrap_or(import);
                let fits = target == name || below.split(' ').any(|other| other == target);
                if !fits {
                    problems.push(format!("{}:{number}: {name} must not import crate::{import}", file.path));
                }
            }
        }
    }
    none(problems, "imports point down only; see LAYERS in tests/tidy.rs");
}

#[test]
fn the_trackers_shell_carries_nothing_of_the_panel() {
    let of_tracker = ["src/browser/tracker.rs", "src/bin/tracker.rs"];
    let panel = ["chat", "link", "ui", "view", "widget"].map(|module| ["crate::", module].concat());
    let mut panel: Vec<&str> = panel.iter().map(String::as_str).collect();
    // Whatever is asked of the page from here costs three times what it costs in `page/`.
    panel.extend(["yew", "serde", "web_sys", "js_sys", "gloo"]);
    absent(&rust(), |file| file.ends(&of_tracker), &panel, "the tracker's file is what every page pays for");
}

/// Fails for every line of `files` that says one of `words`.
fn absent(files: &[File], of: impl Fn(&File) -> bool, words: &[&str], rule: &str) {
    let mut problems = Vec::new();
    let mut read = 0;
    for file in files.iter().filter(|file| of(file)) {
        read += 1;
        for (number, line) in file.code() {
            problems.extend(
                words
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{}:{number}: {word}", file.path)),
            );
        }
    }
    assert!(read > 0, "no file was read for: {rule}");
    none(problems, rule);
}

#[test]
fn the_core_knows_no_browser_no_clock_and_no_chance() {
    let core = |file: &File| {
        !["src/browser/", "src/ui/", "src/bin/"].iter().any(|shell| file.path.starts_with(shell))
    };
    let words = [
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "yew",
        "serde",
        "std::time",
        "std::fs",
        "std::net",
        "std::env",
        "std::thread",
        "SystemTime",
        "Instant",
        "rand::",
        "getrandom",
        "static mut",
        "thread_local",
    ];
    absent(&rust(), core, &words, "moments, jitter and stored state come in as events");
}

#[test]
fn nothing_panics() {
    let words = [".unwrap()", ".expect(", "panic!", "todo!", "unimplemented!", "unreachable!", "unsafe "];
    absent(
        &rust(),
        |_| true,
        &words,
        "what the page, the config, storage or the network does must not panic",
    );
}

#[test]
fn strict_pages_stay_possible() {
    let words = [
        "innerHTML",
        "insertAdjacentHTML",
        "outerHTML",
        "document.write",
        "eval(",
        "new Function",
        " style=",
        "setAttribute('style'",
        "setAttribute(\"style\"",
        "set_attribute(\"style\"",
        "from_html_unchecked",
        "<style",
        " onclick=\"",
        " onload=\"",
        " onerror=\"",
        "javascript:",
    ];
    for folder in ["src", "www", "examples/desk/page"] {
        absent(
            &files(folder),
            |_| true,
            &words,
            "strict CSP and Trusted Types: no markup from text, no inline style",
        );
    }
    absent(&files("src"), |_| true, &["setInterval", "Interval::"], "nothing polls");
    let ours = |file: &File| file.path != "www/bharosa/bharosa.js";
    absent(
        &files("www/bharosa"),
        |_| true,
        &["setInterval", "https://", "wss://"],
        "no polling, no third party",
    );
    // The loader names a namespace, which is no address to fetch.
    absent(&files("www/bharosa"), ours, &["http://"], "no third party");
}

#[test]
fn styles_work_in_both_directions() {
    let mut problems = Vec::new();
    for file in
        files("www").into_iter().chain(files("examples/desk/page")).filter(|file| file.ends(&[".css"]))
    {
        for (index, line) in file.text.lines().enumerate() {
            for declaration in line.split(['{', ';', '}']) {
                let Some((property, value)) = declaration.split_once(':') else { continue };
                if physical(property.trim(), value.trim()) {
                    problems.push(format!("{}:{}: {}", file.path, index + 1, declaration.trim()));
                }
            }
        }
    }
    none(
        problems,
        "left and right change places in Urdu: use the logical properties (margin-inline-start, …)",
    );
}

fn physical(property: &str, value: &str) -> bool {
    let side = |name: &str| matches!(name, "left" | "right");
    match property {
        "left" | "right" => true,
        "text-align" | "float" | "clear" => side(value),
        _ => {
            let boxed = ["margin-", "padding-", "border-", "inset-", "scroll-margin-", "scroll-padding-"];
            let rest = boxed.iter().find_map(|prefix| property.strip_prefix(prefix));
            rest.is_some_and(|rest| rest.split('-').any(side))
        }
    }
}

#[test]
fn nothing_speaks_of_this_machine() {
    // Put together here, so that this file does not break its own rule.
    let paths = ["work", "root", "Users"].map(|folder| format!("/{folder}/"));
    let hosts = ["index.crates", "static.crates", "registry.npmjs", "artifactory", "pypi", "verdaccio"]
        .map(str::to_string);
    let mut words: Vec<String> =
        paths.into_iter().chain(hosts.iter().map(|host| [host, "."].concat())).collect();
    words.push(["file", ":///"].concat());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let lock = |file: &File| file.path != "Cargo.lock";
    absent(&files(""), lock, &words, "no path of a machine and no registry belongs in here");
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    let mut problems = Vec::new();
    for file in rust() {
        if !file.text.starts_with("//! ") {
            problems.push(format!("{}: does not begin with a //! sentence", file.path));
        }
    }
    let sources =
        rust().into_iter().chain(files("tests")).chain(files("examples/desk/src")).chain(files("xtask"));
    for file in sources.filter(|file| file.ends(&[".rs", ".js"])) {
        let lines = file.text.lines().count();
        if lines > 400 {
            problems.push(format!("{}: {lines} lines", file.path));
        }
    }
    none(problems, "one idea a file, and nobody reads more than 400 lines at once");
}

#[test]
fn the_front_door_is_there() {
    for name in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        assert!(read(name).lines().count() > 5, "{name} says nothing");
    }
}
