//! Regular expressions: JavaScript's syntax, in time that grows with the text alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;

use bharosa::condition::{Condition, Paths, decode};
use bharosa::report::Report;
use bharosa::value::{Value, map};
use dice::Dice;

/// The condition that a fact matches, or `None` if the pattern is refused.
fn compiled(operator: &str, pattern: &str) -> Option<Condition> {
    let mut report = Report::default();
    let condition = map([("fact", map([(operator, pattern.into())]))]);
    let condition = decode(&condition, &mut Paths::default(), &mut report);
    for error in report.iter() {
        let problem = "must be a regular expression without look-around, back-references, \\p{…} and flags, of at most 200 characters and not too large";
        assert_eq!((error.path.as_str(), error.problem.as_str()), (&*format!("fact.{operator}"), problem));
    }
    report.is_empty().then_some(condition)
}

fn matches(condition: &Condition, text: &str) -> bool {
    let fact = Value::from(text);
    condition.holds(&|_| &fact)
}

#[test]
fn javascript_syntax() {
    // A pattern, texts it matches, and texts it does not.
    let rows: &[(&str, &[&str], &[&str])] = &[
        ("", &["", "a"], &[]),
        ("abc", &["abc", "xabcx"], &["ab", "acb", ""]),
        ("^abc$", &["abc"], &["xabc", "abcx", "abc\n"]),
        ("^$", &[""], &["a"]),
        ("a|bc|", &["", "x"], &[]),
        ("^(?:a|bc|d)$", &["a", "bc", "d"], &["b", "ad", ""]),
        ("^(a|b)*c$", &["c", "abbac"], &["abd", "ca"]),
        ("^(?<year>\\d{4})-(?<month>\\d\\d)$", &["2026-11"], &["26-11"]),
        ("^a.c$", &["abc", "a c", "aéc"], &["a\nc", "a\rc", "a\u{2028}c", "ac"]),
        ("^a?$", &["", "a"], &["aa"]),
        ("^a*b+$", &["b", "aabb"], &["aa", "ba"]),
        ("^a{3}$", &["aaa"], &["aa", "aaaa"]),
        ("^a{2,}$", &["aa", "aaaaa"], &["a"]),
        ("^a{1,3}$", &["a", "aa", "aaa"], &["", "aaaa"]),
        ("^a{0}b$", &["b"], &["ab"]),
        ("^(ab){2}$", &["abab"], &["ab", "ababab"]),
        ("^a+?b*?c??d{1,2}?$", &["abcd", "aad"], &["bcd", "abcddd"]),
        ("^(a*)*$", &["", "aaa"], &["b"]),
        ("^(a*)+b$", &["b", "aab"], &["a"]),
        ("^()+$", &[""], &["a"]),
        ("^(a?){3}$", &["", "aaa"], &["aaaa"]),
        ("^(a{2}){2}$", &["aaaa"], &["aaa", "aaaaa"]),
        ("^[abc]$", &["a", "c"], &["d", "ab"]),
        ("^[a-cx-z]$", &["b", "y"], &["d", "-"]),
        ("^[^a-c]$", &["d", "\n"], &["a", ""]),
        ("^[a-]$", &["a", "-"], &["b"]),
        ("^[-a]$", &["a", "-"], &["b"]),
        ("^[\\d-x]$", &["1", "-", "x"], &["y"]),
        ("^[]$", &[], &["", "a"]),
        ("^[^]$", &["a", "\n"], &[""]),
        ("^[\\]\\\\^]$", &["]", "\\", "^"], &["a"]),
        ("^[.*+?(){}|$]+$", &[".*+?(){}|$"], &["a"]),
        ("^[\\b]$", &["\u{8}"], &["b"]),
        ("^[\\w-]+$", &["aZ_9-"], &["a b", "é"]),
        ("^[^\\W\\d]$", &["a", "_"], &["1", "-"]),
        ("^\\d\\D\\w\\W\\s\\S$", &["1a_- x", "1a_-\u{a0}x"], &["aa_- x", "1a_-xx"]),
        ("\\bcat\\b", &["a cat.", "cat"], &["cats", "concat", "_cat"]),
        ("\\Bcat", &["concat"], &["cat", "a cat"]),
        ("^\\B$", &[""], &["a"]),
        ("^\\n\\t\\r\\f\\v\\0$", &["\n\t\r\u{c}\u{b}\0"], &["nt"]),
        ("^\\x41\\u00e9\\cJ$", &["Aé\n"], &["Ae\n"]),
        ("^\\/\\.\\*\\{\\-\\_$", &["/.*{-_"], &["x"]),
        ("^a{b}{,2}]}$", &["a{b}{,2}]}"], &["ab"]),
        // A character beyond U+FFFF is two units.
        ("^..$", &["😀"], &["a"]),
        ("^😀+$", &["😀"], &["x"]),
    ];
    for (pattern, fitting, others) in rows {
        let regex = compiled("$regex", pattern).unwrap_or_else(|| panic!("{pattern} is refused"));
        for text in *fitting {
            assert!(matches(&regex, text), "{pattern} for {text:?}");
        }
        for text in *others {
            assert!(!matches(&regex, text), "{pattern} for {text:?}");
        }
    }
}

#[test]
fn capitals_do_not_matter_when_asked() {
    for (pattern, text, expected) in [
        ("^mobile$", "MoBiLe", true),
        ("^[A-F]+$", "abcdef", true),
        ("^[^a]$", "A", false),
        ("^É+ЖΣ$", "éжσ", true),
        ("^[ā-ď]+$", "ĀĎ", true),
        ("^ž$", "Ž", true),
        ("^\\w$", "é", false),
        ("^[@-Z]$", "[", false),
        ("^k$", "\u{212a}", false),
        ("^ß$", "SS", false),
    ] {
        assert_eq!(matches(&compiled("$regexi", pattern).unwrap(), text), expected, "{pattern} for {text}");
    }
}

#[test]
fn what_is_no_expression_or_may_take_for_ever_is_refused() {
    let long = "a".repeat(201);
    for pattern in [
        "(",
        ")",
        "(a",
        "a)",
        "[",
        "[a",
        "\\",
        "*",
        "+a",
        "a|?",
        "a**",
        "a{2}{3}",
        "{1}",
        "a{2,1}",
        "[b-a]",
        "^*",
        "\\b+",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "(?i)a",
        "(?<>a)",
        "(a)\\1",
        "\\k<a>",
        "\\p{L}",
        "\\q",
        "\\x4",
        "\\u12",
        "\\u{41}",
        "\\c1",
        "\\01",
        "[\\1]",
        "a{2001}",
        "((a{100}){100}){100}",
        "(a{1,1000}){1,1000}",
        "a{99999999999999999999}",
        &long,
    ] {
        for operator in ["$regex", "$regexi"] {
            let refused = compiled(operator, pattern);
            assert!(refused.is_none(), "{pattern} is taken");
        }
    }
    assert!(compiled("$regex", &"a".repeat(200)).is_some());
    assert!(compiled("$regex", "(a?b){1,300}").is_some());
}

#[test]
fn expressions_that_explode_elsewhere_end_at_once() {
    // Trying one way after the other takes 2^5000 steps for each of these.
    let text = "a".repeat(5_000);
    for pattern in [
        "(a+)+$",
        "^(a+)+b",
        "^(a|a)*b",
        "(a*)*b",
        "^(a|aa)+b",
        "(?:a?){50}a{50}b",
        "^((a+)*)*b",
        "(.*)*b",
        "(\\w+\\s?)*!",
        "(x+x+)+y",
    ] {
        let expected = pattern == "(a+)+$";
        assert_eq!(matches(&compiled("$regex", pattern).unwrap(), &text), expected, "{pattern}");
    }
}

/// A pattern from the part of the syntax that both know.
fn pattern(dice: &mut Dice, depth: usize) -> String {
    const ATOMS: [&str; 20] = [
        "a", "b", "c", "ab", ".", "\\d", "\\w", "\\S", "\\W", "[ab]", "[^a]", "[a-c\\d]", "[^\\w]", "-", "1",
        "\\.", "^", "$", "\\b", "\\B",
    ];
    const REPEATS: [&str; 9] = ["*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "+?", "{0}"];
    let mut all = String::new();
    for _ in 0..=dice.below(3) {
        let place = match dice.below(if depth == 0 { 4 } else { 7 }) {
            0..4 => *dice.pick(&ATOMS),
            4 => {
                all.push_str(&format!("({})", pattern(dice, depth - 1)));
                "()"
            }
            _ => {
                all.push_str(&format!("(?:{}|{})", pattern(dice, depth - 1), pattern(dice, depth - 1)));
                "()"
            }
        };
        if place != "()" {
            all.push_str(place);
        }
        if dice.one_in(3) && !["^", "$", "\\b", "\\B"].contains(&place) {
            all.push_str(dice.pick::<&str>(&REPEATS));
        }
    }
    all
}

#[test]
fn agrees_with_another_engine() {
    let mut dice = Dice::new(7);
    let (mut found, mut missed) = (0, 0);
    for _ in 0..4_000 {
        let pattern = pattern(&mut dice, 2);
        let any_case = dice.one_in(3);
        // Bytes and ASCII: there both languages mean the same by `\w` and `.`.
        let other =
            regex::bytes::RegexBuilder::new(&pattern).unicode(false).case_insensitive(any_case).build();
        let other = other.unwrap_or_else(|error| panic!("{pattern}: {error}"));
        let ours = compiled(if any_case { "$regexi" } else { "$regex" }, &pattern);
        let ours = ours.unwrap_or_else(|| panic!("{pattern} is refused"));
        for _ in 0..8 {
            let text: String =
                (0..dice.below(9)).map(|_| *dice.pick(&['a', 'b', 'c', 'A', '1', '-', '.', ' '])).collect();
            let expected = other.is_match(text.as_bytes());
            assert_eq!(matches(&ours, &text), expected, "{pattern} for {text:?}, any case: {any_case}");
            if expected { found += 1 } else { missed += 1 }
        }
    }
    assert!(found > 1_000 && missed > 1_000, "{found} found, {missed} missed: the texts say nothing");
}
