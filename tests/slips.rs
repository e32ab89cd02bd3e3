//! What is done in other languages and is no JSON: named, with its place and what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/command.rs"]
mod command;

use command::bharosa;

/// Each row: a text, where the finger points, and what is said.
fn check(rows: &[(&str, &str, &str)]) {
    for (text, place, expected) in rows {
        let outcome = bharosa("check x", &[("x", text)]);
        let expected = format!("x:{place}: error: this is not JSON: {expected}");
        assert_eq!(outcome.printed.lines().next(), Some(expected.as_str()), "{text}");
        assert_eq!(outcome.code, 1, "{text}");
    }
}

#[test]
fn nothing_or_something_else() {
    let begin = "there is nothing in it; {\"version\": 1, \"backend\": \"/ws\"} is a beginning";
    check(&[
        ("", "1:1", begin),
        (" \n\n ", "3:2", begin),
        ("<!doctype html>", "1:1", "this looks like a page in HTML; name the JSON file itself"),
        ("version: 1", "1:1", "the whole is one object; write it in { and }"),
        ("{} {}", "1:4", "something follows the end; remove it"),
        ("{}}", "1:3", "this closes what is closed already; remove it, or one before it"),
        ("{\"a\": 1}, ", "1:9", "something follows the end; remove it"),
    ]);
}

#[test]
fn commas_and_comments() {
    let comma = "nothing follows this comma; remove it";
    let comment = "JSON has no comments; remove this one";
    let missing = "a comma is missing before this; add it";
    check(&[
        ("{\n  \"version\": 1,\n}", "2:15", comma),
        ("{\"rules\": [{}, ]}", "1:14", comma),
        ("{\"rules\": [1,\r\n\t]}", "1:13", comma),
        ("{\"a\": 1,, \"b\": 2}", "1:9", "a comma too many; remove it"),
        ("[, 1]", "1:2", "a comma too many; remove it"),
        ("{\"a\": \"ü\" \"b\"}", "1:11", missing),
        ("{\"a\": 1\n  \"b\": 2}", "2:3", missing),
        ("[{} {}]", "1:5", missing),
        ("[true false]", "1:7", missing),
        ("// the bank\n{}", "1:1", comment),
        ("{\n  /* the\n bank */ \"a\": 1}", "2:3", comment),
        ("{\"a\": 1 // one\n}", "1:9", comment),
        ("{\"a\": 1, # one\n}", "1:10", comment),
        ("{\"a\": /* one */ 1}", "1:7", comment),
    ]);
}

#[test]
fn quotes_and_names() {
    let double = "names and texts stand in double quotes; write \" instead";
    let colon = "between a name and its value stands a colon; write it here";
    check(&[
        ("{'a': 1}", "1:2", double),
        ("{\"a\": 'b'}", "1:7", double),
        ("{“a”: 1}", "1:2", double),
        ("{\"a\": `b`}", "1:7", double),
        ("{version: 1}", "1:2", "names stand in double quotes; write \"version\""),
        ("{\"a\": 1, page.id: 2}", "1:10", "names stand in double quotes; write \"page.id\""),
        ("{1: 2}", "1:2", "names stand in double quotes; write \"1\""),
        ("{گاڑی: 2}", "1:2", "names stand in double quotes; write \"گاڑی\""),
        ("{\"a\": end}", "1:7", "texts stand in double quotes; write \"end\""),
        ("{\"a\": truely}", "1:7", "texts stand in double quotes; write \"truely\""),
        ("{\"a\": True}", "1:7", "there is no True in JSON; write true"),
        ("{\"a\": yes}", "1:7", "there is no yes in JSON; write true"),
        ("{\"a\": NaN}", "1:7", "there is no NaN in JSON; write a number, or leave it out"),
        ("{\"a\": undefined}", "1:7", "there is no undefined in JSON; write null"),
        ("{\"a\" 1}", "1:6", colon),
        ("{\"a\" = 1}", "1:6", colon),
        ("{\"a\"}", "1:5", colon),
        ("{\"a\": }", "1:7", "a value is missing before this; add it"),
        ("{{\"a\": 1}}", "1:2", "a name in double quotes is missing before this; add it"),
        ("[\"a\": 1]", "1:5", "only an object has names; write it in { and }"),
    ]);
}

#[test]
fn numbers_and_texts() {
    let number =
        |written: &str| format!("\"{written}\" is no number; numbers are written like 12, -3 or 0.5");
    for written in ["007", ".5", "+1", "1.", "0x1F", "1_000", "-", "1e"] {
        check(&[(&format!("{{\"a\": {written}}}"), "1:7", &number(written))]);
    }
    let end = "this text has no end; close it with \" on its own line, a new line in it is written \\n";
    let escape = "a backslash itself is written \\\\; alone it stands only before \" \\ / b f n r t u";
    check(&[
        ("{\"a\": 1e999}", "1:12", "this number is too large"),
        ("{\"a\": \"b}", "1:7", end),
        ("{\"a\": \"b\nc\"}", "1:7", end),
        ("{\"a\": \"b\tc\"}", "1:9", "a tab in a text is written \\t"),
        ("{\"a\": \"b\u{1}c\"}", "1:9", "a control character stands in this text; remove it"),
        ("{\"a\": \"\\d+\"}", "1:9", escape),
        ("{\"a\": \"C:\\Users\"}", "1:11", escape),
        ("{\"a\": \"\\u12g4\"}", "1:12", "\\u is followed by four of 0-9 and a-f"),
        ("{\u{a0}\"a\": 1}", "1:2", "a character that is not seen, U+00A0, stands here; remove it"),
        ("{\0}", "1:2", "a character that is not seen, U+0000, stands here; remove it"),
        ("{\"a\": \u{200b}1}", "1:7", "a character that is not seen, U+200B, stands here; remove it"),
    ]);
}

#[test]
fn brackets() {
    check(&[
        ("{", "1:2", "the file ends before the { of 1:1 is closed; add }"),
        ("{\n \"a\": [1, 2\n", "3:1", "the file ends before the [ of 2:7 is closed; add ]"),
        ("{\"a\": [1}", "1:9", "what was opened with [ is closed with }"),
        ("{\"a\": {\"b\": 1]}", "1:14", "what was opened with { is closed with ]"),
        (&"[".repeat(40), "1:34", "this is nested deeper than 32 levels; make it flatter"),
    ]);
}

#[test]
fn a_mark_of_byte_order_changes_nothing() {
    let text = "\u{feff}{\"version\": 1, \"backend\": \"/ws\", \"rulez\": 1}";
    let printed = bharosa("check x", &[("x", text)]).printed;
    assert!(printed.starts_with("x:1:34: error: rulez: unknown field"), "{printed}");
    let good = "\u{feff}{\"version\": 1, \"backend\": \"/ws\"}\r\n";
    assert_eq!(bharosa("check x", &[("x", good)]).printed, "x: no mistakes, no warnings\n");
    let trace = "\u{feff}{\"trace\": 1, \"events\": []}";
    assert_eq!(bharosa("simulate x y", &[("x", good), ("y", trace)]).code, 0);
}
