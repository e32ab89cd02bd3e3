//! Numbers as texts and back, and letters with and without capitals, as JavaScript has them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;

use bharosa::condition::{Paths, decode};
use bharosa::report::Report;
use bharosa::text::{fits, number, to_number};
use bharosa::value::{Value, map};
use dice::Dice;

#[test]
fn numbers_are_written_as_javascript_does() {
    for (value, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (7.0, "7"),
        (-40.0, "-40"),
        (62.5, "62.5"),
        (-0.25, "-0.25"),
        (0.1, "0.1"),
        (0.001, "0.001"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (-1.5e-9, "-1.5e-9"),
        (100.05, "100.05"),
        (1.0 / 3.0, "0.3333333333333333"),
        (0.1 + 0.2, "0.30000000000000004"),
        (123456789.125, "123456789.125"),
        (1_767_225_600_123.0, "1767225600123"),
        (9_007_199_254_740_991.0, "9007199254740991"),
        (1e15, "1000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
    ] {
        assert_eq!(number(value), expected);
    }
}

#[test]
fn texts_are_read_as_javascript_does() {
    for (text, expected) in [
        ("", 0.0),
        (" \t\u{a0}\u{feff}", 0.0),
        ("8", 8.0),
        (" 8\n", 8.0),
        ("-8.50", -8.5),
        ("+5", 5.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("0012", 12.0),
        ("1e3", 1000.0),
        ("1E+3", 1000.0),
        ("2.5e-3", 0.0025),
        ("0e99999999", 0.0),
        ("0x1F", 31.0),
        ("0b101", 5.0),
        ("0o17", 15.0),
        ("Infinity", f64::INFINITY),
        ("-Infinity", f64::NEG_INFINITY),
        ("1e999999999999", f64::INFINITY),
        ("1e-999999999999", 0.0),
        ("123456789012345678901234567890", 123456789012345678901234567890.0),
    ] {
        assert_eq!(to_number(text), expected, "{text:?}");
    }
    for text in [
        "abc", "8a", "1,5", "1 2", ".", "-", "+", "e5", "1e", "1e+", "1.2.3", "--1", "0x", "0xg", "-0x1",
        "infinity", "NaN", "1_000", "٣", "1e1.5", "\u{85}1",
    ] {
        assert!(to_number(text).is_nan(), "{text:?}");
    }
    assert!(to_number("-0").is_sign_negative());
}

#[test]
fn numbers_of_fifteen_digits_come_back_as_they_were() {
    let mut dice = Dice::new(3);
    for _ in 0..20_000 {
        let digits = dice.next() % 1_000_000_000_000_000;
        let text = format!("{digits}e-{}", dice.below(21));
        let value: f64 = text.parse().unwrap();
        assert_eq!(to_number(&text), value, "{text}");
        assert_eq!(number(value).parse(), Ok(value), "{text}");
        if value >= 1e-6 {
            // Where both write a number without an exponent, the library's digits are the fewest there can be.
            assert_eq!(number(value), value.to_string());
            assert_eq!(to_number(&value.to_string()), value, "{value}");
        }
    }
}

#[test]
fn stars_stand_for_any_run() {
    for (pattern, text, expected) in [
        ("", "", true),
        ("*", "", true),
        ("a*", "b", false),
        ("*b", "ab", true),
        ("a*b*c", "aXbYbZc", true),
        ("a*b*c", "acb", false),
        ("*ab", "aab", true),
        ("*aab*", "aaaab", true),
        ("گ*", "گاڑی", true),
    ] {
        assert_eq!(fits(pattern, text), expected, "{pattern} for {text}");
    }
    assert!(!fits(&"*a".repeat(200), &"b".repeat(20_000)));
}

#[test]
fn letters_of_common_scripts_are_alike_but_for_capitals() {
    let alike = |a: char, b: char| {
        let operand = map([("$ini", Value::List(vec![a.to_string().into()]))]);
        let condition = decode(&map([("fact", operand)]), &mut Paths::default(), &mut Report::default());
        let fact = Value::from(b.to_string());
        condition.holds(&|_| &fact)
    };
    // Latin, Greek, Cyrillic and Armenian; Latin with more marks, for Vietnamese for one; wide Latin. Left out are
    // letters whose small form is not one letter, or stands far away in other alphabets' blocks.
    let blocks = [0x20..0x180, 0x370..0x3d0, 0x400..0x590, 0x600..0x700, 0x1e00..0x1f00, 0xff00..0xff60];
    let mut capitals = 0;
    for code in blocks.into_iter().flatten() {
        let Some(letter) = char::from_u32(code) else { continue };
        let small: Vec<char> = letter.to_lowercase().collect();
        if [0x130, 0x178, 0x3cf, 0x4c0, 0x1e9e].contains(&code) || (0x370..0x380).contains(&code) {
            continue;
        }
        assert!(alike(letter, small[0]), "{letter}");
        assert_eq!(alike(letter, 'a'), small[0] == 'a', "{letter}");
        capitals += usize::from(small[0] != letter);
    }
    assert!(capitals > 400);
}
