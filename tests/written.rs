//! Dates, hours and durations as configs write them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/json.rs"]
mod json;

use bharosa::calendar::{date, hours};
use bharosa::time::duration;
use bharosa::value::Value;
use dice::Dice;
use jiff::civil::Date;
use json::json;

#[test]
fn dates_are_the_librarys() {
    let epoch = Date::constant(1970, 1, 1);
    let mut dice = Dice::new(1);
    let mut known = 0;
    for _ in 0..50_000 {
        let (year, month, day) = (dice.below(10_000) as i16, dice.below(14) as i8, dice.below(33) as i8);
        let text = format!("{year:04}-{month:02}-{day:02}");
        let expected = Date::new(year, month, day).ok().map(|date| {
            known += 1;
            epoch.until((jiff::Unit::Day, date)).unwrap().get_days()
        });
        assert_eq!(date(&text), expected, "{text}");
    }
    assert!(known > 30_000, "{known}");
    for text in [
        "",
        "2026",
        "2026-1-01",
        "2026-01-1",
        "26-01-01",
        "02026-01-01",
        "2026-01-01 ",
        "2026-01-01-",
        "2026/01/01",
        "٢٠٢٦-01-01",
        "-026-01-01",
        "99999999999999-01-01",
    ] {
        assert_eq!(date(text), None, "{text}");
    }
    assert_eq!((date("1970-01-01"), date("2000-02-29"), date("1900-02-29")), (Some(0), Some(11_016), None));
}

#[test]
fn hours_are_read_as_written() {
    let rows = [
        ("09:00-17:30", Some((540, 1050))),
        ("00:00-24:00", Some((0, 1440))),
        ("22:00-02:00", Some((1320, 120))),
        ("00:00-00:00", Some((0, 0))),
        ("23:59-00:00", Some((1439, 0))),
    ];
    for (text, expected) in rows {
        assert_eq!(hours(text), expected, "{text}");
    }
    for text in [
        "",
        "-",
        "9:00-17:00",
        "09:00",
        "09:00-",
        "-17:00",
        "24:00-09:00",
        "09:00-24:01",
        "09:60-10:00",
        "25:00-26:00",
        "09:00 - 17:00",
        "09:00-17:00-18:00",
        "0900-1700",
        "٠٩:00-17:00",
        "+9:00-17:00",
    ] {
        assert_eq!(hours(text), None, "{text}");
    }
}

#[test]
fn durations_are_read_as_written() {
    let rows = [
        ("40", Some(40_000)),
        ("0", Some(0)),
        ("0.5", Some(500)),
        ("0.1", Some(100)),
        ("1e9", Some(1_000_000_000_000)),
        ("1e10", None),
        ("-1", None),
        (r#""40s""#, Some(40_000)),
        (r#""5m""#, Some(300_000)),
        (r#""2h""#, Some(7_200_000)),
        (r#""1d""#, Some(86_400_000)),
        (r#""1.5h""#, Some(5_400_000)),
        (r#""0.25m""#, Some(15_000)),
        (r#""0.001s""#, Some(1)),
        (r#""999999.999d""#, Some(86_399_999_913_600)),
        (r#""40""#, None),
        (r#""s""#, None),
        (r#""""#, None),
        (r#"".5s""#, None),
        (r#""1.s""#, None),
        (r#""1.0001s""#, None),
        (r#""1000000s""#, None),
        (r#""-1s""#, None),
        (r#""1 s""#, None),
        (r#""1m 30s""#, None),
        (r#""1S""#, None),
        (r#""1é""#, None),
        ("true", None),
        ("null", None),
    ];
    for (text, expected) in rows {
        assert_eq!(duration(&json(text)), expected, "{text}");
    }
    assert_eq!(duration(&Value::Number(f64::NAN)), None);
    assert_eq!(duration(&Value::Number(f64::INFINITY)), None);
}
