//! What is missing of the log is known to be missing, asked for, and put in its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/server.rs"]
mod server;
#[path = "common/stage.rs"]
mod stage;

use bharosa::chat::Transcript;
use bharosa::chat::gap::Gap;
use bharosa::link::wire::{Conversation, Entry, Sender, ServerFrame, Welcome, What};
use dice::Dice;
use stage::Stage;

fn entry(seq: u64) -> Entry {
    let what = What::Message { from: Sender::System, text: seq.to_string() };
    Entry { seq, ts: seq, cid: Some(format!("c{seq}")), what }
}

/// A transcript after steps like `1-3`, entries; `skip 9`, a gap up to there; `fetched 4-9` and `lost 4-9`, answers.
fn transcript(steps: &str) -> Transcript {
    let mut transcript = Transcript::default();
    for step in steps.split('|').map(str::trim) {
        let (verb, range) = step.split_once(' ').unwrap_or(("insert", step));
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let (from, to): (u64, u64) = (from.parse().unwrap(), to.parse().unwrap());
        match verb {
            "insert" => (from..=to).for_each(|seq| drop(transcript.insert(entry(seq)))),
            "skip" => drop(transcript.skip(to)),
            verb => transcript.fetched(from, to, verb == "lost"),
        }
    }
    transcript
}

/// Entries and gaps in order: `1 2 (3-5) 6`, what is lost as `[3-5]`.
fn drawn(transcript: &Transcript) -> String {
    let mut parts: Vec<(u64, String)> =
        transcript.entries().iter().map(|entry| (entry.seq, entry.seq.to_string())).collect();
    for Gap { from, to, lost } in transcript.gaps() {
        parts.push((*from, if *lost { format!("[{from}-{to}]") } else { format!("({from}-{to})") }));
    }
    parts.sort();
    parts.into_iter().map(|(_, part)| part).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_gap_is_filled_from_any_side_and_closed_when_nothing_is_missing() {
    for (steps, expected) in [
        ("1-2 | skip 5 | 6", "1 2 (3-5) 6"),
        ("1-2 | skip 5 | 6 | 4", "1 2 (3-3) 4 (5-5) 6"),
        ("1-2 | skip 5 | 6 | 3", "1 2 3 (4-5) 6"),
        ("1-2 | skip 5 | 6 | 5", "1 2 (3-4) 5 6"),
        ("1-2 | skip 5 | 6 | 5 | 3 | 4", "1 2 3 4 5 6"),
        // Twice the same changes nothing.
        ("1-2 | skip 5 | 6 | 4 | 4 | 2 | 6", "1 2 (3-3) 4 (5-5) 6"),
        // What came early behind a hole is taken in when the hole turns out to be a gap.
        ("1 | 7-8 | skip 6", "1 (2-6) 7 8"),
        ("1 | 4 | skip 6 | 7", "1 (2-6) 7"),
        ("skip 3 | 4", "(1-3) 4"),
        ("1-5 | skip 3", "1 2 3 4 5"),
        // One behind the other are one.
        ("1 | skip 3 | skip 6 | 7", "1 (2-6) 7"),
    ] {
        assert_eq!(drawn(&transcript(steps)), expected, "after {steps}");
    }
}

#[test]
fn what_the_bank_keeps_no_longer_is_lost_and_not_asked_for() {
    for (steps, expected, asks) in [
        ("1 | skip 5 | 6 | lost 2-5", "1 [2-5] 6", None),
        ("1 | skip 9 | 10 | lost 5-9", "1 (2-4) [5-9] 10", Some((2, 4))),
        ("1 | skip 9 | 10 | 9 | lost 5-9", "1 (2-4) [5-8] 9 10", Some((2, 4))),
        ("1 | skip 9 | 10 | lost 5-9 | lost 2-4", "1 [2-9] 10", None),
        ("1 | skip 5 | 6 | lost 90-99", "1 (2-5) 6", Some((2, 5))),
        ("1 | skip 5 | 6 | lost 2-5 | 3", "1 [2-2] 3 [4-5] 6", None),
    ] {
        let mut transcript = transcript(steps);
        assert_eq!(drawn(&transcript), expected, "after {steps}");
        assert_eq!(transcript.fetch(false), asks, "after {steps}");
    }
}

#[test]
fn gaps_in_the_middle_are_asked_for_at_once_and_what_was_before_when_it_is_wanted() {
    let mut early = transcript("skip 250 | 251-260");
    assert_eq!(early.fetch(false), None);
    assert_eq!(early.fetch(true), Some((151, 250)), "a page at a time, the newest first");
    assert_eq!(early.fetch(true), None, "one question at a time");
    (151..=250).for_each(|seq| drop(early.insert(entry(seq))));
    early.fetched(151, 250, false);
    assert_eq!(early.fetch(false), None, "the next page is for the visitor to ask for");
    assert_eq!(early.fetch(true), Some((51, 150)));
    let mut middle = transcript("1 | skip 3 | 4 | skip 300 | 301");
    assert_eq!(middle.fetch(false), Some((201, 300)));
    // An answer with nothing in it, and no word of why, is not asked for again and again.
    middle.fetched(201, 300, false);
    assert_eq!(middle.fetch(false), None);
    middle.reconnected();
    assert_eq!(middle.fetch(false), Some((201, 300)));
}

#[test]
fn gaps_outlive_the_page() {
    for steps in ["1-2 | skip 5 | 6", "1-2 | skip 5 | 6 | lost 3-4", "skip 3 | 4 | skip 9", "skip 3", "1-3"] {
        let transcript = transcript(steps);
        let again = Transcript::restore(&transcript.save());
        assert_eq!(drawn(&again), drawn(&transcript), "after {steps}");
        assert_eq!(again.seq(), transcript.seq(), "after {steps}");
    }
    // Of a long one the newest stay, and the rest is a gap that can be asked for.
    let long = Transcript::restore(&transcript("1-50 | skip 60 | 61-400").save());
    assert_eq!(long.entries().first().unwrap().seq, 201);
    assert_eq!(long.gaps(), [Gap { from: 1, to: 200, lost: false }]);
    assert_eq!(long.seq(), 400);
}

#[test]
fn entries_and_gaps_together_are_always_the_whole_log() {
    let mut dice = Dice::new(5);
    for _ in 0..2_000 {
        let mut transcript = Transcript::default();
        for _ in 0..30 {
            let (from, length) = (1 + dice.next() % 40, dice.next() % 6);
            match dice.next() % 6 {
                0 => drop(transcript.skip(from)),
                1 => transcript.fetched(from, from + length, dice.next().is_multiple_of(2)),
                2 => transcript = Transcript::restore(&transcript.save()),
                3 => drop(transcript.fetch(true)),
                _ => (from..=from + length).for_each(|seq| drop(transcript.insert(entry(seq)))),
            }
            let mut next = 1;
            let mut seen: Vec<(u64, u64)> = transcript.gaps().iter().map(|gap| (gap.from, gap.to)).collect();
            seen.extend(transcript.entries().iter().map(|entry| (entry.seq, entry.seq)));
            seen.sort_unstable();
            for (from, to) in seen {
                assert_eq!(from, next, "{}", drawn(&transcript));
                next = to + 1;
            }
            assert_eq!(next, transcript.seq() + 1, "{}", drawn(&transcript));
        }
    }
}

fn welcome(stage: &Stage, gap: Option<(u64, u64)>) -> ServerFrame {
    ServerFrame::Welcome(Welcome {
        session: "v-1".into(),
        epoch: "d-1".into(),
        seq: stage.server.last(),
        reset: false,
        gap,
        conversation: Conversation::default(),
    })
}

#[test]
fn a_gap_is_marked_fetched_and_filled_in_place() {
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept | reply One");
    // The connection was away for five messages, of which the server sends the last.
    let missed: Vec<Entry> = (5..=9).map(entry).collect();
    stage.push(welcome(&stage, Some((5, 8))));
    stage.push(ServerFrame::Entry(missed[4].clone()));
    assert_eq!(
        stage.talk(),
        "[in line for Service] | you: Hi (sent) | [Sana joined] | Sana: One | [fetching] | [9]"
    );
    assert_eq!(stage.run("wait 0"), "fetch 5 8 | read 4", "read is only what is here");
    for entry in missed.iter().take(3) {
        stage.push(ServerFrame::Entry(entry.clone()));
    }
    stage.push(ServerFrame::Fetched { from: 5, to: 8, lost: 1 });
    assert!(stage.talk().ends_with("Sana: One | [5] | [6] | [7] | [lost] | [9]"), "{}", stage.talk());
    assert_eq!(stage.run("wait 3"), "read 9", "nothing more is asked for");
}
