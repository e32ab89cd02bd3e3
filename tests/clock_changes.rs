//! Calendars and the visitor's hour, held to a library's time zones around the moments when clocks are set.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/json.rs"]
mod json;
#[path = "common/zones.rs"]
mod zones;

use bharosa::calendar::{Calendar, WEEKDAYS, local};
use bharosa::time::Millis;
use dice::Dice;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use json::json;
use zones::{MINUTE, ZONES, instant, wall, zones};

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
        let calendar = Calendar::decode(&json(&drawn.config)).expect("a calendar");
        let start = center.timestamp().as_millisecond() as Millis / MINUTE - 30 * 60;
        let states: Vec<bool> = (0..60 * 60)
            .map(|minute| drawn.open(&instant((start + minute) * MINUTE).to_zoned(zone.clone())))
            .collect();
        let mut from = 0;
        while from < states.len() {
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
            assert_eq!(calendar.at(within, &zones), Some(opening), "{} then {}", context(), instant(within));
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
}
