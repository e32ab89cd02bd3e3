//! The connection: when it is made, doubted, given up and made again, as data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/line.rs"]
mod line;

use bharosa::link::Status;
use dice::Dice;
use line::Line;

/// A connection that is up since 0 s.
const UP: &str = "0s want | 0s open | 0s welcome";
const UP_LOG: &str = "0 connect 1 | 0 greet | 0 ready";

fn check(script: &str, expected: &str) {
    assert_eq!(Line::new(|| 0).run(script), expected, "in: {script}");
}

/// The same on a connection that is already up.
fn check_up(script: &str, expected: &str) {
    let mut line = Line::new(|| 0);
    assert_eq!(line.run(UP), UP_LOG);
    assert_eq!(line.run(script), expected, "in: {UP} | {script}");
}

/// How long the machine waits before each next attempt when every attempt ends with `code`.
fn waits(dice: u64, code: u16, attempts: usize) -> Vec<u64> {
    let mut line = Line::new(move || dice);
    line.run("0s want");
    let mut waits = Vec::new();
    for _ in 0..attempts {
        let (before, made) = (line.now, line.connects.len());
        line.run(&format!("{}s lost {code}", before as f64 / 1000.0));
        while line.connects.len() == made {
            line.until(line.now + 1);
        }
        waits.push(line.now - before);
    }
    waits
}

#[test]
fn connects_greets_and_sends_only_when_welcome() {
    check(
        "0s want | 1s say | 2s open | 2s hello | 2s say | 3s welcome | 3s say",
        "0 connect 1 | 2 greet | 2 hello 1 | 3 ready | 3 said 1",
    );
    check("0s say | 1s online | 1s show | 1s back | 1s restart | 99s wait", "");
    check_up("1s want | 1s asked", "1 pong 7 on 1");
}

#[test]
fn waits_longer_after_every_failure_up_to_a_ceiling() {
    // 159,999 is the worst throw for every span at once.
    assert_eq!(waits(159_999, 1006, 7), [1_249, 2_249, 4_249, 8_249, 16_249, 20_249, 20_249]);
    assert_eq!(waits(0, 1006, 7), [250; 7]);
    for seed in 1..=20 {
        let dice = Dice::new(seed).next();
        let mut ceiling = 1_000;
        for wait in waits(dice, 1006, 8) {
            assert!((250..250 + ceiling).contains(&wait), "{wait} ms with dice {dice}");
            ceiling = (ceiling * 2).min(20_000);
        }
    }
}

#[test]
fn spreads_the_first_try_when_the_server_sent_everybody_away() {
    for code in [1001, 1012, 1013] {
        assert_eq!(waits(9_999, code, 2)[0], 9_999, "code {code}");
        assert_eq!(waits(20_001, code, 2)[0], 1, "code {code}");
        // From the second failure on it is a failure like any other.
        assert_eq!(waits(159_999, code, 3)[1..], [2_249, 4_249], "code {code}");
    }
    for code in [1000, 1006, 1011, 4400, 4408] {
        assert_eq!(waits(9_999, code, 1)[0], 1_249, "code {code}");
    }
}

#[test]
fn only_a_connection_that_lasted_forgives_failures() {
    let short = "0s want | 0s lost | 1.249s open | 1.249s welcome | 6.248s lost | 60s wait";
    let long = "0s want | 0s lost | 1.249s open | 1.249s welcome | 6.249s lost | 60s wait";
    for (script, next) in [(short, 6_248 + 2_249), (long, 6_249 + 1_249)] {
        let mut line = Line::new(|| 159_999);
        line.run(script);
        assert_eq!(line.connects[2], next, "in: {script}");
    }
}

#[test]
fn a_hint_tries_at_once() {
    for hint in ["online", "show"] {
        let mut line = Line::new(|| 159_999);
        line.run(&format!("0s want | 0s lost | 0.5s {hint} | 0.5s {hint}"));
        assert_eq!(line.connects, [0, 500], "after {hint}");
    }
    check("0s want | 1s online | 1s show", "0 connect 1");
}

#[test]
fn a_hint_doubts_a_connection_that_was_quiet() {
    check_up("5s online | 8.9s wait", "5 ping 1");
    check_up("5s show | 9s wait", "5 ping 1 | 9 close 1");
    check_up("5s show | 6s pong | 9s wait", "5 ping 1");
    check_up("5s hear | 5s online", "5 heard");
}

#[test]
fn an_attempt_that_brings_no_welcome_has_failed() {
    check("0s want | 10.2s wait", "0 connect 1 | 10 close 1");
    check("0s want | 1s open | 10.3s wait", "0 connect 1 | 1 greet | 10 close 1 | 10.25 connect 2");
}

#[test]
fn a_dead_connection_is_found_in_time() {
    check_up("12.3s wait", "8 ping 1 | 12 close 1 | 12.25 connect 2");
    check_up("9s pong | 12.3s wait", "8 ping 1");
    check_up("9s pong | 21.3s wait", "8 ping 1 | 17 ping 1 | 21 close 1 | 21.25 connect 2");
    check_up("1s awaiting | 7.2s wait", "3.5 ping 1 | 7 close 1");
    check_up("6s awaiting | 12.3s wait", "8.5 ping 1 | 12 close 1 | 12.25 connect 2");
    // Nobody waits in front of a hidden page.
    check_up("1s hide | 34.2s wait", "30 ping 1 | 34 close 1");
}

#[test]
fn a_connection_that_hears_but_cannot_speak_is_found() {
    check_up(
        "1s awaiting | 3s hear | 5s hear | 7s hear | 9s hear | 11.2s wait",
        "3 heard | 5 heard | 7 heard | 9 heard | 11 close 1",
    );
    check_up("1s awaiting | 3s acknowledged | 11.2s wait", "8 ping 1");
}

#[test]
fn acknowledgements_that_keep_coming_keep_the_connection() {
    // Somebody writes so fast that something is outstanding all the time.
    check_up("1s awaiting | 3s ack | 5s ack | 7s ack | 9s ack | 11s ack | 13s ack | 15s acknowledged", "");
}

#[test]
fn a_dead_connections_late_words_do_no_harm() {
    // The timed-out first socket opens, speaks and closes after the second was asked for.
    check(
        "0s want | 10.3s open 1 | 10.4s hear 1 | 10.4s welcome 1 | 10.5s lost 1006 1 | 11s open 2 | 11s welcome",
        "0 connect 1 | 10 close 1 | 10.25 connect 2 | 10.3 close 1 | 11 greet | 11 ready",
    );
    check_up("1s lost | 1.1s hear 1 | 1.2s lost 1006 1 | 1.3s wait", "1 close 1 | 1.25 connect 2");
    check_up("1s unwant | 2s hear 1 | 2s lost 1006 1 | 60s wait", "1 close 1");
}

#[test]
fn leaving_closes_and_coming_back_connects_at_once() {
    check_up("1s leave | 2s online | 2s show | 60s wait | 61s back", "1 close 1 | 61 connect 2");
    check("0s want | 0s lost | 0.1s leave | 60s wait | 61s back", "0 connect 1 | 0 close 1 | 61 connect 2");
    check_up("1s leave | 2s unwant | 3s back | 60s wait", "1 close 1");
    check("0s leave | 1s want | 2s back", "2 connect 1");
}

#[test]
fn closes_when_no_longer_wanted() {
    check_up("1s unwant | 60s wait", "1 close 1");
    check("0s want | 0s lost | 0.1s unwant | 60s wait", "0 connect 1 | 0 close 1");
    check_up("1s unwant | 2s want", "1 close 1 | 2 connect 2");
}

#[test]
fn does_not_come_back_before_the_server_allows_it() {
    check_up("1s later 20000 | 1s lost 4409 | 2s online | 3s show | 21s wait", "1 close 1 | 21 connect 2");
    check_up("1s later 20000 | 2s unwant | 3s want | 21s wait", "2 close 1 | 21 connect 2");
    check_up("1s later 20000 | 2s leave | 3s back | 20.9s wait", "2 close 1");
}

#[test]
fn sleeps_when_off() {
    for script in
        ["0s wait", "0s want | 1s unwant", "0s want | 0s open | 0s welcome | 1s leave", "0s leave | 0s want"]
    {
        let mut line = Line::new(|| 0);
        line.run(script);
        assert!(line.asleep(), "in: {script}");
    }
    let mut line = Line::new(|| 0);
    line.run(&[UP, " | 0s hide | 30.1s pong | 60.2s pong | 90s wait"].concat());
    assert_eq!(line.ticks, 2, "a quiet connection is asked, not polled");
}

#[test]
fn tells_its_state_once_a_change() {
    let mut line = Line::new(|| 0);
    line.run("0s want | 0s open | 0s welcome | 1s lost | 1.3s lost | 2s open | 2s welcome | 3s unwant");
    let trying = |tries| Status::Connecting { tries };
    assert_eq!(line.statuses, [trying(0), Status::Ready, trying(1), trying(2), Status::Ready, Status::Off]);
}

#[test]
fn a_log_with_a_hole_that_stays_makes_no_hot_loop() {
    let mut dice = Dice::new(1);
    let mut line = Line::new(move || dice.next());
    line.run("0s want");
    // Every connection is welcomed and at once found to miss something, for five minutes.
    while line.now < 300_000 {
        let made = line.connects.len();
        let at = line.now as f64 / 1000.0;
        line.run(&format!("{at}s open | {at}s welcome | {at}s restart"));
        while line.connects.len() == made {
            line.until(line.now + 1);
        }
    }
    assert!(line.connects.len() < 60, "{} connections in five minutes", line.connects.len());
}

#[test]
fn a_way_that_changes_is_taken_at_once() {
    check_up("5s renew", "5 close 1 | 5 connect 2");
    // While it waits for the next try, too; and not when nobody wants a connection or the page is away.
    check("0s want | 1s lost | 1.1s renew", "0 connect 1 | 1 close 1 | 1.1 connect 2");
    check("0s renew", "");
    check_up("5s leave | 6s renew", "5 close 1");
}

#[test]
fn never_fails_more_than_a_dozen_times_a_minute() {
    // With the luckiest dice and somebody who hurries it all the time.
    let mut line = Line::new(|| 0);
    line.run("0s want");
    for tenth in 1..3_000 {
        line.run(&format!("{}s lost | {}s online", tenth as f64 / 10.0, tenth as f64 / 10.0));
    }
    let made = line.connects.clone();
    for (index, at) in made.iter().enumerate() {
        let within = made[index..].iter().take_while(|later| **later < at + 60_000).count();
        assert!(within <= 12, "{within} attempts in the minute from {at}");
    }
    assert!(made.len() >= 5 * 12, "it keeps trying: {}", made.len());
    // Connections that last are no failures: whoever goes from page to page is not made to wait.
    let mut line = Line::new(|| 0);
    line.run("0s want");
    for page in 0..60 {
        let at = page * 6;
        let script = format!("{at}s open | {at}s welcome | {}s lost | {}s wait", at + 5, at + 6);
        line.run(&script);
    }
    assert_eq!(line.connects.len(), 61);
}

#[test]
fn of_a_flood_the_log_is_taken_in_and_the_rest_dropped() {
    let mut line = Line::new(|| 0);
    assert_eq!(line.run(UP), UP_LOG);
    // The welcome counts too.
    let heard = |line: &mut Line, steps: &str| line.run(steps).matches("heard").count();
    let flood = "1s hear | ".repeat(500);
    assert_eq!(heard(&mut line, &format!("{flood}1s wait")), 200);
    assert_eq!(heard(&mut line, "1s entry | 1s entry | 1s wait"), 2, "what was said is never dropped");
    assert_eq!(heard(&mut line, "2.1s hear | 2.1s wait"), 1, "the next second is another");
    assert_eq!(line.warnings, ["the backend sends more than 200 frames a second; dropped so far: 1"]);
}
