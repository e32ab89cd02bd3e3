//! JSON by hand agrees with a library that everybody trusts, and stays calm on what is no JSON.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/dice.rs"]
mod dice;
#[path = "common/random.rs"]
mod random;

use bharosa::json::{parse, write};
use bharosa::value::{MAX_DEPTH, Value};
use common::from_json;
use dice::Dice;

#[test]
fn reads_what_the_standard_has() {
    for (text, expected) in [
        (r#" [1, "a" , null,true,false ,{ } , [ ]] "#, r#"[1,"a",null,true,false,{},[]]"#),
        (r#"{"a":{"b":[]},"__proto__":1}"#, r#"{"a":{"b":[]},"__proto__":1}"#),
        // Later members of a name count, at the place of the first.
        (r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
        (r#""\u0041\n\t\"\\\/\b\f\r""#, r#""A\u000a\u0009\"\\/\u0008\u000c\u000d""#),
        (r#""\ud83d\ude00 سلام""#, r#""😀 سلام""#),
        // Half a pair, as JavaScript writes it.
        (r#""\ud83d""#, r#""�""#),
        (r#""\ud83d\u0041\udc00""#, r#""�A�""#),
        ("-0", "0"),
        ("10.50", "10.5"),
        ("-12.0625e2", "-1206.25"),
        ("1e3", "1000"),
        ("0.1", "0.1"),
        ("5e-7", "5e-7"),
        ("1e23", "1e+23"),
        ("9007199254740991", "9007199254740991"),
        ("1735689600123", "1735689600123"),
        ("0.000", "0"),
        ("1e-999999999999999999999", "0"),
    ] {
        assert_eq!(parse(text).map(|value| write(&value)), Ok(expected.to_string()), "{text}");
    }
}

#[test]
fn names_the_place_of_what_is_no_json() {
    for (text, at, problem) in [
        ("", 0, "expected a value"),
        ("  nul", 2, "expected a value"),
        ("01", 1, "something follows the end"),
        ("1.", 2, "expected a digit"),
        ("-", 1, "expected a digit"),
        ("1e+", 3, "expected a digit"),
        ("1e999", 5, "this number is too large"),
        ("[1,]", 3, "expected a value"),
        ("[1 2]", 3, "expected , or ]"),
        ("{\"a\" 1}", 5, "expected :"),
        ("{a: 1}", 1, "expected a name in quotes"),
        ("{\"a\": 1,}", 8, "expected a name in quotes"),
        ("\"a", 2, "a text without an end, or with a control character"),
        ("\"\n\"", 1, "a text without an end, or with a control character"),
        ("\"\\x\"", 2, "unknown escape"),
        ("\"\\u12g4\"", 5, "expected four hexadecimal digits"),
    ] {
        let mistake = parse(text).expect_err(text);
        assert_eq!((mistake.at, mistake.problem), (at, problem), "{text}");
    }
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    let nested = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
    assert!(parse(&nested(MAX_DEPTH + 1)).is_ok());
    assert_eq!(parse(&nested(MAX_DEPTH + 2)).unwrap_err().problem, "nested too deep");
    assert!(parse(&"[".repeat(1_000_000)).is_err());
    assert!(parse(&"{\"a\":".repeat(1_000_000)).is_err());
}

/// Infinite numbers become null, and of members of one name one stays; everything else is kept.
fn keepable(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_finite(),
        Value::List(items) => items.iter().all(keepable),
        Value::Map(entries) => {
            let unique = |key: &str| entries.iter().filter(|(other, _)| other == key).count() == 1;
            entries.iter().all(|(key, value)| unique(key) && keepable(value))
        }
        _ => true,
    }
}

#[test]
fn what_is_written_reads_back_the_same_here_and_elsewhere() {
    let mut dice = Dice::new(1);
    let mut kept = 0;
    for _ in 0..3000 {
        let value = random::value(&mut dice, 4);
        let text = write(&value);
        let here = parse(&text).unwrap();
        let elsewhere =
            from_json(&serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")));
        assert!(close(&here, &elsewhere), "{text}");
        if keepable(&value) {
            assert!(close(&here, &value), "{text}");
            kept += 1;
        }
    }
    assert!(kept > 1000, "only {kept} values can be kept: the test has gone blind");
}

#[test]
fn numbers_of_a_config_come_back_the_same() {
    let mut dice = Dice::new(2);
    for _ in 0..20_000 {
        let mantissa = dice.next() % 1_000_000_000_000_000;
        let digits = mantissa % [10, 1000, 1_000_000, 1_000_000_000_000_000][dice.below(4)];
        let sign = if dice.one_in(2) { "-" } else { "" };
        let text = format!("{sign}{digits}e-{}", dice.below(16));
        let number = text.parse::<f64>().unwrap();
        assert_eq!(parse(&text), Ok(Value::Number(number)), "{text}");
        let written = write(&Value::Number(number));
        assert_eq!(written.parse::<f64>(), Ok(number), "{text} as {written}");
        assert_eq!(parse(&written), Ok(Value::Number(number)), "{text} as {written}");
    }
}

#[test]
fn numbers_of_any_size_come_back_nearly() {
    let mut dice = Dice::new(3);
    for _ in 0..20_000 {
        let number = f64::from_bits(dice.next());
        if !number.is_finite() || number.abs() < 1e-280 {
            continue;
        }
        let written = write(&Value::Number(number));
        let there = written.parse::<f64>().unwrap();
        let here = parse(&written).unwrap().number().unwrap();
        for back in [here, there] {
            assert!((back / number - 1.0).abs() < 1e-13, "{number:e} as {written}");
        }
    }
    for odd in [f64::MIN_POSITIVE, f64::from_bits(1), f64::MAX, -f64::MAX, f64::NAN, f64::INFINITY] {
        assert!(parse(&write(&Value::Number(odd))).is_ok(), "{odd:e}");
    }
}

#[test]
fn damaged_texts_are_judged_as_elsewhere() {
    const BYTES: &[u8] = b"{}[]\",:\\u0123456789.eE+-truefalsn \n\x01dD8";
    let mut dice = Dice::new(4);
    let mut good = 0;
    for _ in 0..20_000 {
        let mut bytes = write(&random::value(&mut dice, 3)).into_bytes();
        bytes.truncate(300);
        for _ in 0..dice.below(4) {
            let at = dice.below(bytes.len());
            match dice.below(3) {
                0 if !bytes.is_empty() => drop(bytes.remove(at)),
                1 if !bytes.is_empty() => bytes[at] = *dice.pick(BYTES),
                _ => bytes.insert(at, *dice.pick(BYTES)),
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        let here = parse(&text);
        match serde_json::from_str::<serde_json::Value>(&text) {
            Ok(there) => {
                good += 1;
                let here = here.unwrap_or_else(|mistake| panic!("{mistake:?} in {text}"));
                let same = close(&here, &from_json(&there));
                assert!(same, "{text}");
            }
            // Only JavaScript's half pairs are read here and not there.
            Err(error) => assert!(here.is_err() || text.contains("\\u"), "{error}: {text}"),
        }
    }
    assert!(good > 1000, "only {good} texts are JSON: the test has gone blind");
}

/// Equal but for the last digits of very long numbers.
fn close(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || (a - b).abs() <= b.abs() * 1e-13,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && close(&a.1, &b.1))
        }
        _ => a == b,
    }
}
