//! Who is there: waiting, joined, writing, passed on, gone; and what they are told about the visitor.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/server.rs"]
mod server;
#[path = "common/stage.rs"]
mod stage;

use stage::Stage;

/// Runs `script` and compares who the visitor talks to at the end.
fn check(script: &str, presence: &str) {
    let mut stage = Stage::new();
    stage.run(script);
    assert_eq!(stage.presence(), presence, "after: {script}");
}

/// A conversation with an agent; nothing of it is of interest yet.
fn talking() -> Stage {
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept Sana");
    stage
}

#[test]
fn follows_the_conversation_through_the_bank() {
    check("open", "nobody");
    check("down | open | say Hi", "waiting for Service");
    check("open | say Hi", "waiting for Service");
    check("route loans | place 3 | place 2", "waiting for Loans at 2");
    check("route loans | place 2 | accept Sana", "with Sana, Officer");
    check("open | say Hi | accept Sana | to-queue loans", "waiting for Loans");
    check("open | say Hi | accept Sana | to-queue cards", "waiting for cards");
    check("open | say Hi | accept Sana | to-agent Omar", "waiting for Service");
    check("open | say Hi | accept Sana | to-agent Omar | accept Omar", "with Omar, Officer");
    check("open | say Hi | accept Sana | finish", "ended");
    check("open | say Hi | accept Sana | ask-end | end", "ended");
    check("open | say Hi | accept Sana | cut | wait 30", "with Sana, Officer");
}

#[test]
fn tells_what_happened_in_the_transcript() {
    let mut stage = talking();
    stage
        .run("reply Yes? | announce We close at six | to-queue loans | accept Omar | to-agent Sana | finish");
    assert_eq!(
        stage.talk(),
        "[in line for Service] | you: Hi (sent) | [Sana joined] | Sana: Yes? | [We close at six] | \
         [passed to Loans] | [Omar joined] | [passed to Sana] | [ended by the bank]"
    );
    let mut stage = talking();
    stage.run("end");
    assert_eq!(stage.talk(), "[in line for Service] | you: Hi (sent) | [Sana joined] | [ended by you]");
}

#[test]
fn ends_once_and_says_so_even_after_a_break() {
    let mut stage = talking();
    assert_eq!(
        stage.run("ask-end | mood deaf | end | end | cut | mood fine | wait 30"),
        "end | hello after 3 | end | read 4"
    );
    assert!(!stage.view().ending && !stage.view().can_end);
    assert_eq!(stage.run("end"), "", "nothing is going on");
}

#[test]
fn writing_after_the_end_opens_a_new_conversation_in_the_banks_own_queue() {
    let mut stage = Stage::new();
    stage.run("route loans | accept Sana | finish");
    assert_eq!(stage.run("say One more thing"), "route general | message One more thing | read 5");
    assert_eq!(stage.presence(), "waiting for Service");
}

#[test]
fn nobody_is_sent_to_the_back_of_another_queue() {
    let mut stage = Stage::new();
    stage.run("route loans");
    assert_eq!(stage.run("route cards | ask cards | open"), "");
    assert_eq!(stage.presence(), "waiting for Loans");
    assert!(stage.view().asking.is_none());
}

#[test]
fn says_that_the_visitor_writes_sparingly_and_takes_it_back() {
    let mut stage = talking();
    assert_eq!(
        stage.run("type H | wait 1 | type He | wait 1 | type Hel | wait 0.9 | type Hell"),
        "typing on"
    );
    assert_eq!(stage.run("wait 0.1 | type Hello"), "typing on", "three seconds later");
    assert_eq!(stage.run("wait 4.9"), "");
    assert_eq!(stage.run("wait 0.1"), "typing off", "five seconds after the last letter");
    assert_eq!(stage.run("type Hello you"), "typing on");
    assert_eq!(stage.run("send"), "typing off | message Hello you | read 4");
    assert_eq!(stage.run("type x | type "), "typing on | typing off", "nothing is left");
    let mut waiting = Stage::new();
    waiting.run("open | say Hi");
    assert_eq!(waiting.run("type H | wait 10"), "", "there is nobody to tell");
}

#[test]
fn believes_briefly_that_the_agent_writes() {
    let writes = |script: &str| {
        let mut stage = talking();
        stage.run(script);
        stage.view().writing
    };
    let sana = Some("Sana".to_string());
    assert_eq!(writes("writes"), sana);
    assert_eq!(writes("writes | wait 5.9"), sana);
    assert_eq!(writes("writes | wait 5 | writes | wait 5"), sana);
    for script in [
        "writes | wait 6",
        "writes | stops",
        "writes | reply Hello",
        "writes | cut",
        "writes | to-queue loans",
        "writes | finish",
    ] {
        assert_eq!(writes(script), None, "after: {script}");
    }
}

#[test]
fn shares_nothing_before_the_visitor_agrees() {
    let mut stage = Stage::new();
    assert_eq!(stage.run("ask loans | wait 60"), "", "not even a connection");
    let (queue, context) = stage.view().asking.expect("a question");
    assert_eq!((queue.as_str(), context[0].shown.as_str()), ("Loans", "Auto"));
    assert!(stage.saved.is_none() && stage.view().open);
    assert_eq!(stage.run("agree"), "hello | route loans Auto why | read 1");
    assert_eq!(stage.view().shared[0].shown, "Auto", "what was shared stays in sight");
    assert!(stage.view().asking.is_none());
}

#[test]
fn gets_a_person_without_sharing_anything() {
    let mut stage = Stage::new();
    assert_eq!(stage.run("ask loans | refuse"), "hello | route loans | read 1");
    assert!(stage.view().shared.is_empty());
    assert_eq!(stage.run("agree | refuse"), "", "the question was answered");
}

#[test]
fn what_the_visitor_saw_and_accepted_is_not_asked_again() {
    let mut stage = Stage::new();
    assert_eq!(stage.run("route loans"), "hello | route loans Auto why | read 1");
    assert!(stage.view().asking.is_none());
    stage.run("finish");
    assert!(stage.view().shared.is_empty(), "shared for one conversation, not for ever");
}
