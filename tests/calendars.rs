//! Calendars: opening hours by the clock on the branch's own wall, held to a library's time zones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/json.rs"]
mod json;
#[path = "common/random.rs"]
mod random;

use bharosa::calendar::{Calendar, Opening, WEEKDAYS, date, hours, local};
use bharosa::time::{Millis, duration};
use bharosa::value::Value;
use dice::Dice;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use json::json;

const MINUTE: Millis = 60_000;

fn calendar(config: &str) -> Calendar {
    Calendar::decode(&json(config)).unwrap_or_else(|| panic!("not decoded: {config}"))
}

fn instant(wall: Millis) -> Timestamp {
    Timestamp::from_millisecond(wall as i64).expect("within the library's years")
}

/// The shell's time zones, as the library has them. The visitor is in Karachi.
fn zones(zone: &str, wall: Millis) -> Option<i32> {
    let zone = TimeZone::get(if zone.is_empty() { "Asia/Karachi" } else { zone }).ok()?;
    Some(zone.to_offset(instant(wall)).seconds() / 60)
}

/// Reads `2026-11-23T09:00+05:00`.
fn wall(text: &str) -> Millis {
    text.parse::<Timestamp>().unwrap_or_else(|error| panic!("{text}: {error}")).as_millisecond() as Millis
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

/// Hours of a day as the definition has them: `(opens, closes)` in minutes, closing on the next day if not later.
type Day = Vec<(i32, i32)>;

/// A calendar and, apart from it, what it means.
struct Drawn {
    config: String,
    weekly: Vec<Day>,
    dated: Vec<(Date, Day)>,
}

impl Drawn {
    /// Hours at random, often in the night when clocks are set, and days off around `center`.
    fn draw(dice: &mut Dice, zone: &str, center: &Zoned) -> Drawn {
        let text = |day: &Day| {
            let clock = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
            let ranges =
                day.iter().map(|(opens, closes)| format!(r#""{}-{}""#, clock(*opens), clock(*closes)));
            format!("[{}]", ranges.collect::<Vec<_>>().join(","))
        };
        let weekly: Vec<Day> = (0..7).map(|_| day(dice)).collect();
        let mut dated: Vec<(Date, Day)> = Vec::new();
        for shift in -2i64..=2 {
            if dice.one_in(4) {
                let date = center.date().saturating_add(jiff::Span::new().days(shift));
                dated.push((date, if dice.one_in(2) { Day::new() } else { day(dice) }));
            }
        }
        let named = |(name, day): (String, &Day)| format!(r#""{name}": {}"#, text(day));
        let week = WEEKDAYS.iter().map(|name| name.to_string()).zip(&weekly).map(named);
        let (off, exceptions): (Vec<_>, Vec<_>) = dated.iter().partition(|(_, day)| day.is_empty());
        let exceptions = exceptions.iter().map(|(date, day)| named((date.to_string(), day)));
        let off = off.iter().map(|(date, _)| format!(r#""{date}""#));
        let config = format!(
            r#"{{"zone": "{zone}", "weekly": {{{}}}, "exceptions": {{{}}}, "holidays": [{}]}}"#,
            week.collect::<Vec<_>>().join(","),
            exceptions.collect::<Vec<_>>().join(","),
            off.collect::<Vec<_>>().join(","),
        );
        Drawn { config, weekly, dated }
    }

    fn hours(&self, date: Date) -> &Day {
        let dated = self.dated.iter().find(|(day, _)| *day == date).map(|(_, day)| day);
        dated.unwrap_or(&self.weekly[date.weekday().to_monday_zero_offset() as usize])
    }

    /// Open if the clock shows a time of today's hours, or of yesterday's that run past midnight.
    fn open(&self, shown: &Zoned) -> bool {
        let minute = i32::from(shown.hour()) * 60 + i32::from(shown.minute());
        let today = self
            .hours(shown.date())
            .iter()
            .any(|(opens, closes)| minute >= *opens && (minute < *closes || closes <= opens));
        let yesterday = self.hours(shown.date().yesterday().unwrap()).iter();
        today || yesterday.into_iter().any(|(opens, closes)| closes <= opens && minute < *closes)
    }
}

fn day(dice: &mut Dice) -> Day {
    let minute = |dice: &mut Dice| match dice.below(3) {
        0 => dice.below(24) as i32 * 60,
        1 => dice.below(5 * 60) as i32,
        _ => dice.below(24 * 60) as i32,
    };
    (0..dice.below(4)).map(|_| (minute(dice), minute(dice))).collect()
}

/// Half hours, midnights, a whole day, summer time that is winter time: what zones have done and do.
const ZONES: [&str; 14] = [
    "Europe/London",
    "America/New_York",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Santiago",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Asia/Tehran",
    "Africa/Cairo",
    "Pacific/Apia",
    "Pacific/Chatham",
];

#[test]
fn open_agrees_with_the_clock_minute_by_minute() {
    let mut dice = Dice::new(38);
    let (mut flips, mut changes) = (0, 0);
    for round in 0..280 {
        let name = ZONES[round % ZONES.len()];
        let zone = TimeZone::get(name).unwrap();
        // A random moment of 1990 to 2035, moved to the next time the clocks are set if there is one.
        let random = instant((20 * 365 + dice.below(45 * 365) as u64) * 1440 * MINUTE);
        let center = zone.following(random).next().map_or(random, |change| change.timestamp());
        changes += usize::from(center != random);
        let center = center.to_zoned(zone.clone());
        let drawn = Drawn::draw(&mut dice, name, &center);
        let calendar = calendar(&drawn.config);
        let start = center.timestamp().as_millisecond() as Millis / MINUTE - 30 * 60;
        let states: Vec<bool> = (0..60 * 60)
            .map(|minute| drawn.open(&instant((start + minute) * MINUTE).to_zoned(zone.clone())))
            .collect();
        let mut from = 0;
        while from < states.len() {
            // From any millisecond of a minute, and from the exact one at which it last changed.
            let at = (start + from as u64) * MINUTE;
            let Some(opening) = calendar.at(at, &zones) else { panic!("{name} is known") };
            let until = opening.changes_at.unwrap_or(Millis::MAX);
            let length = states[from..].iter().take_while(|state| **state == states[from]).count();
            let end = from + length;
            let context = || format!("{name} at {} in {}", instant(at).to_zoned(zone.clone()), drawn.config);
            assert_eq!(opening.open, states[from], "{}", context());
            if end < states.len() {
                assert_eq!(until, (start + end as u64) * MINUTE, "{}", context());
                flips += 1;
            } else {
                assert!(until >= (start + end as u64) * MINUTE, "{}", context());
            }
            let within = at + dice.below(length * MINUTE as usize) as u64;
            let again = Opening { opens_at: opening.opens_at, ..opening };
            assert_eq!(calendar.at(within, &zones), Some(again), "{} then {}", context(), instant(within));
            from = end;
        }
    }
    assert!(flips > 500 && changes > 70, "too quiet: {flips} {changes}");
}

#[test]
fn the_visitors_hour_and_day_are_the_librarys() {
    let mut dice = Dice::new(5);
    for round in 0..3_000 {
        let name = ZONES[round % ZONES.len()];
        let zone = TimeZone::get(name).unwrap();
        let random = instant((dice.below(60 * 365) as u64 * 1440 + 720) * MINUTE);
        let near = zone.following(random).next().map_or(random, |change| change.timestamp());
        let at = (near.as_millisecond() as Millis).saturating_add(dice.below(7_200_000) as u64) - 3_600_000;
        let shown = |wall: Millis| instant(wall).to_zoned(zone.clone());
        let here = |_: &str, wall: Millis| Some(zone.to_offset(instant(wall)).seconds() / 60);
        let found = local(at, &here).expect("the zone is known");
        // The library's offsets have seconds in some early years, the shell's have none.
        if zone.to_offset(instant(at)).seconds() % 60 != 0 {
            continue;
        }
        let now = shown(at);
        assert_eq!(i32::from(found.hour), i32::from(now.hour()), "{now}");
        assert_eq!(found.weekday, now.weekday().to_monday_zero_offset() as usize, "{now}");
        assert!(found.changes_at > at && found.changes_at <= at + 60 * MINUTE, "{now}: {found:?}");
        assert_eq!(shown(found.changes_at - 1).hour(), now.hour(), "{now}: {found:?}");
        let then = shown(found.changes_at);
        assert!(then.hour() != now.hour() || then.offset() != now.offset(), "{now}: {found:?}");
    }
    let monday = local(wall("2026-11-22T19:00Z"), &zones).unwrap();
    assert_eq!((monday.hour, WEEKDAYS[monday.weekday]), (0, "mon"));
    assert_eq!(Weekday::Monday.to_monday_zero_offset(), 0);
}

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
                assert!(
                    opening.changes_at.is_none_or(|then| then > at || then == Millis::MAX),
                    "{opening:?} at {at}"
                );
            }
            local(at, &zones);
        }
    }
}
