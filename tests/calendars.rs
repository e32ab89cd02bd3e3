//! Calendars: opening hours by the clock on the branch's own wall.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/json.rs"]
mod json;
#[path = "common/random.rs"]
mod random;
#[path = "common/zones.rs"]
mod zones;

use bharosa::calendar::{Calendar, WEEKDAYS, local};
use bharosa::time::Millis;
use dice::Dice;
use json::json;
use zones::{MINUTE, instant, wall, zones};

fn calendar(config: &str) -> Calendar {
    Calendar::decode(&json(config)).unwrap_or_else(|| panic!("not decoded: {config}"))
}

fn found(calendar: &Calendar, wall: Millis) -> String {
    let Some(opening) = calendar.at(wall, &zones) else { return "unknown".into() };
    assert_eq!(opening.opens_at, if opening.open { None } else { opening.changes_at });
    let state = if opening.open { "open" } else { "closed" };
    let zone = if calendar.zone.is_empty() { "Asia/Karachi" } else { &calendar.zone };
    match opening.changes_at {
        Some(at) => {
            let then = instant(at).in_tz(zone).unwrap();
            format!("{state} until {}", then.strftime("%a %-d %H:%M%:z"))
        }
        None => state.into(),
    }
}

/// At each moment: open or closed, and until when on the calendar's own clock.
fn check(config: &str, rows: &[(&str, &str)]) {
    let calendar = calendar(config);
    for (at, expected) in rows {
        assert_eq!(found(&calendar, wall(at)), *expected, "at {at} in {config}");
    }
}

#[test]
fn several_ranges_a_day_exceptions_and_holidays() {
    // 2026-12-24 is a Thursday.
    let branch = r#"{"zone": "Asia/Karachi",
        "weekly": {"mon": ["09:00-13:00", "14:00-17:30"], "thu": ["09:00-17:00"], "fri": ["22:00-02:00"]},
        "exceptions": {"2026-12-31": ["10:00-12:00"], "2026-12-28": []}, "holidays": ["2026-12-25"]}"#;
    check(
        branch,
        &[
            ("2026-11-23T08:59:59.999+05:00", "closed until Mon 23 09:00+05:00"),
            ("2026-11-23T09:00+05:00", "open until Mon 23 13:00+05:00"),
            ("2026-11-23T12:59:59.999+05:00", "open until Mon 23 13:00+05:00"),
            ("2026-11-23T13:00+05:00", "closed until Mon 23 14:00+05:00"),
            ("2026-11-23T17:30+05:00", "closed until Thu 26 09:00+05:00"),
            ("2026-11-27T22:30+05:00", "open until Sat 28 02:00+05:00"),
            ("2026-11-28T01:59+05:00", "open until Sat 28 02:00+05:00"),
            ("2026-11-28T02:00+05:00", "closed until Mon 30 09:00+05:00"),
            // A holiday and a closed day are passed over.
            ("2026-12-24T17:00+05:00", "closed until Thu 31 10:00+05:00"),
            ("2026-12-25T23:00+05:00", "closed until Thu 31 10:00+05:00"),
            ("2026-12-31T12:00+05:00", "closed until Fri 1 22:00+05:00"),
        ],
    );
}

#[test]
fn what_began_yesterday_goes_on_into_a_holiday() {
    let night = r#"{"zone": "UTC", "weekly": {"thu": ["22:00-02:00"], "fri": ["22:00-02:00"]}, "holidays": ["2026-12-25"]}"#;
    check(
        night,
        &[
            ("2026-12-25T01:00Z", "open until Fri 25 02:00+00:00"),
            ("2026-12-25T02:00Z", "closed until Thu 31 22:00+00:00"),
            ("2026-12-26T01:00Z", "closed until Thu 31 22:00+00:00"),
        ],
    );
    let both =
        r#"{"zone": "UTC", "holidays": ["2026-12-25"], "exceptions": {"2026-12-25": ["09:00-10:00"]}}"#;
    check(both, &[("2026-12-25T09:30Z", "open until Fri 25 10:00+00:00"), ("2026-12-25T10:00Z", "closed")]);
}

#[test]
fn ranges_that_touch_or_overlap_are_one() {
    let all = |hours: &str| {
        let days: Vec<String> = WEEKDAYS.iter().map(|day| format!(r#""{day}": [{hours}]"#)).collect();
        format!(r#"{{"zone": "Europe/London", "weekly": {{{}}}}}"#, days.join(","))
    };
    check(&all(r#""00:00-24:00""#), &[("2026-03-29T00:30Z", "open")]);
    check(&all(r#""00:00-00:00""#), &[("2026-03-29T00:30Z", "open")]);
    check(&all(r#""12:00-12:00""#), &[("2026-03-29T00:30Z", "open")]);
    check(&all(r#""09:00-13:00", "13:00-17:00""#), &[("2026-07-01T10:00Z", "open until Wed 1 17:00+01:00")]);
    check(&all(r#""09:00-15:00", "10:00-12:00""#), &[("2026-07-01T10:00Z", "open until Wed 1 15:00+01:00")]);
    check(&all(""), &[("2026-07-01T10:00Z", "closed")]);
}

#[test]
fn clocks_are_set_forward_and_back() {
    let early = r#"{"zone": "Europe/London", "weekly": {"sun": ["01:30-05:00"]}}"#;
    check(
        early,
        &[
            // In spring there is no half past one: the branch opens when the clock springs over it.
            ("2026-03-29T00:59Z", "closed until Sun 29 02:00+01:00"),
            ("2026-03-29T01:00Z", "open until Sun 29 05:00+01:00"),
            // In autumn there are two, and the clock goes back to before the hour in between.
            ("2026-10-25T00:00Z", "closed until Sun 25 01:30+01:00"),
            ("2026-10-25T00:30Z", "open until Sun 25 01:00+00:00"),
            ("2026-10-25T01:00Z", "closed until Sun 25 01:30+00:00"),
            ("2026-10-25T01:30Z", "open until Sun 25 05:00+00:00"),
            // Across a change, hours keep to the clock on the wall.
            ("2026-03-28T12:00Z", "closed until Sun 29 02:00+01:00"),
            ("2026-10-24T12:00Z", "closed until Sun 25 01:30+01:00"),
        ],
    );
    let office = r#"{"zone": "America/New_York", "weekly": {"mon": ["09:00-17:00"]}}"#;
    check(
        office,
        &[
            ("2026-03-07T12:00Z", "closed until Mon 9 09:00-04:00"),
            ("2026-10-31T12:00Z", "closed until Mon 2 09:00-05:00"),
        ],
    );
}

#[test]
fn an_unknown_zone_is_not_known() {
    check(r#"{"zone": "Mars/Olympus", "weekly": {}}"#, &[("2026-01-01T00:00Z", "unknown")]);
    check(
        r#"{"weekly": {"thu": ["09:00-10:00"]}}"#,
        &[("2026-01-01T04:00Z", "open until Thu 1 10:00+05:00")],
    );
    assert_eq!(local(0, &|_, _| None), None);
}

#[test]
fn what_is_no_calendar_is_not_decoded() {
    let good = r#"{"zone": "Asia/Karachi", "weekly": {"mon": ["09:00-13:00", "14:00-17:30"], "fri": ["22:00-02:00"]},
                   "exceptions": {"2026-12-31": ["09:00-12:00"]}, "holidays": ["2026-12-25"]}"#;
    assert!(Calendar::decode(&json(good)).is_some());
    let rows = [
        "null",
        r#""Asia/Karachi""#,
        r#"{"zone": 1}"#,
        r#"{"weekly": []}"#,
        r#"{"weekly": {"Mon": []}}"#,
        r#"{"weekly": {"mon": "09:00-13:00"}}"#,
        r#"{"weekly": {"mon": ["09:00-25:00"]}}"#,
        r#"{"weekly": {"mon": [9]}}"#,
        r#"{"exceptions": {"2026-02-30": []}}"#,
        r#"{"exceptions": ["2026-02-03"]}"#,
        r#"{"holidays": ["tomorrow"]}"#,
        r#"{"holidays": [20261225]}"#,
        r#"{"hollidays": []}"#,
    ];
    for config in rows {
        assert_eq!(Calendar::decode(&json(config)), None, "{config}");
    }
    let mut dice = Dice::new(3);
    let mut decoded = 0;
    for _ in 0..3_000 {
        if let Some(calendar) = Calendar::decode(&random::damaged(&json(good), &mut dice)) {
            decoded += 1;
            calendar.at(wall("2026-12-24T21:00Z"), &|_, _| Some(300));
        }
    }
    assert!(decoded > 100, "{decoded}");
}

#[test]
fn clocks_gone_mad_do_no_harm() {
    let calendar = calendar(r#"{"weekly": {"mon": ["09:00-13:00"], "sat": ["22:00-02:00"]}}"#);
    let mad: [fn(&str, Millis) -> Option<i32>; 5] = [
        |_, _| Some(i32::MAX),
        |_, _| Some(i32::MIN),
        |_, wall| Some((wall / MINUTE % 7) as i32 * 1_000),
        |_, wall| Some(-((wall / MINUTE % 1_000_000) as i32)),
        |_, wall| (wall % 2 == 0).then_some(0),
    ];
    for zones in mad {
        for at in [0, 1, 1_795_000_000_000, Millis::MAX - 1, Millis::MAX] {
            if let Some(opening) = calendar.at(at, &zones) {
                assert!(opening.changes_at.is_none_or(|then| then > at.min(1 << 53)), "{opening:?} at {at}");
            }
            local(at, &zones);
        }
    }
}
