//! Ten thousand messages in one session cost ten thousand times one message, in every way that can be counted.

use std::time::{Duration, Instant};

use desk::{Effect, Event, Frame, Socket};
use serde_json::json;

use crate::support::stage::Stage;

const MESSAGES: u64 = 10_000;
/// Messages whose times are taken together. Of several batches the quickest counts: a busy machine slows some.
const BATCH: u64 = 100;
const TENTH: u64 = MESSAGES / 10;

/// Tells the desk so without looking at what it answers, which would take longer than the desk does.
fn tell(stage: &mut Stage, socket: Socket, frame: serde_json::Value) -> Vec<Effect> {
    stage.desk.handle(stage.now, Event::Frame { socket, text: frame.to_string() })
}

/// The visitor says messages number `first` to `last`, slowly enough to be heard. Gives the time of the quickest batch.
fn say(stage: &mut Stage, visitor: Socket, first: u64, last: u64) -> Duration {
    let mut quickest = Duration::MAX;
    for batch in (first..=last).step_by(BATCH as usize) {
        stage.now += 10_000;
        let frames: Vec<String> = (batch..batch + BATCH)
            .map(|number| json!({"type": "message", "cid": format!("m{number}"), "body": {"kind": "text", "text": "What would five years cost me, all in all?"}}))
            .map(|frame| frame.to_string())
            .collect();
        let start = Instant::now();
        for text in frames {
            let effects = stage.desk.handle(stage.now, Event::Frame { socket: visitor, text });
            assert!(!effects.is_empty());
        }
        quickest = quickest.min(start.elapsed());
    }
    quickest
}

#[test]
fn a_long_talk_costs_no_more_a_message_and_comes_back_in_pages() {
    let mut stage = Stage::new();
    // The agent never reads, so that all of it is unread.
    let (visitor, agent) = stage.talk();
    let early = say(&mut stage, visitor, 1, TENTH);
    say(&mut stage, visitor, TENTH + 1, MESSAGES - TENTH);
    let late = say(&mut stage, visitor, MESSAGES - TENTH + 1, MESSAGES);
    println!("{BATCH} messages: at first {early:?}, in the end {late:?}");
    assert!(late < early * 4, "at first {early:?}, in the end {late:?}");

    let secret = stage.session_secret();
    let start = Instant::now();
    let visitor = stage.hello(json!({"session": secret}));
    let mut before = stage.frames(visitor).remove(0)["gap"]["to"].as_u64().expect("a gap");
    println!("a welcome: {:?}", start.elapsed());
    assert_eq!(before, MESSAGES + 2 - 200);
    let start = Instant::now();
    let mut pages = 0;
    while before > 0 {
        // A client may ask for no more than a hundred frames in ten seconds.
        stage.now += 200;
        let effects = tell(&mut stage, visitor, json!({"type": "fetch", "from": 1, "to": before}));
        let sent = effects.len() as u64 - 1;
        assert_eq!(sent, before.min(100));
        before -= sent;
        pages += 1;
    }
    println!("{pages} fetches: {:?}", start.elapsed());
    let start = Instant::now();
    let effects = tell(&mut stage, agent, json!({"type": "accept", "conversation": "c-1"}));
    let bytes = match &effects[..] {
        [Effect::Send { frame: Frame::Agent(frame), .. }] => {
            serde_json::to_string(frame).map(|text| text.len())
        }
        other => panic!("the log, not {} effects", other.len()),
    };
    println!("the whole log for an agent: {:?}, {bytes:?} bytes", start.elapsed());
}
