//! How often rules fire, when they keep quiet, and what two tabs know of each other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
use bharosa::event::Event;
use bharosa::rules::State;
use common::Visit;

/// A config with these members and rules; a rule is `id | when | more members`, and says its name unless more has `then`.
fn config(members: &str, rules: &[(&str, &str, &str)]) -> String {
    let rules: Vec<String> = rules
        .iter()
        .map(|(id, when, more)| {
            let then = r#""then": [{"say": {"text": "Help?"}}]"#;
            let then = if more.contains("\"then\"") { "" } else { then };
            let parts: Vec<&str> = [then, *more].into_iter().filter(|part| !part.is_empty()).collect();
            format!(r#"{{"id": "{id}", "when": {when}, {}}}"#, parts.join(", "))
        })
        .collect();
    let comma = if members.is_empty() { "" } else { "," };
    format!(
        r#"{{"version": 1, "backend": "/ws", "pages": {{"login": "/login", "auto": "/auto", "rates": "/rates"}},
            {members}{comma} "rules": [{}]}}"#,
        rules.join(",")
    )
}

fn check(config: &str, script: &str, expected: &str) {
    assert_eq!(Visit::new(config).run(script), expected, "after: {script}");
}

const ON_AUTO: &str = r#"{"page.id": "auto"}"#;

#[test]
fn once_a_page_and_once_a_session_unless_it_says_otherwise() {
    let once = config("\"limits\": {\"quiet_after_dismiss_s\": 0}", &[("a", ON_AUTO, "")]);
    check(&once, "0s view /auto | 1s dismiss | 2s go /rates | 3s go /auto", "say a | hide");
    let twice =
        config("\"limits\": {\"quiet_after_dismiss_s\": 0}", &[("a", ON_AUTO, r#""cap": {"session": 2}"#)]);
    let pages =
        "0s view /auto | 1s dismiss | 2s go /rates | 3s go /auto | 4s dismiss | 5s go /rates | 6s go /auto";
    check(&twice, pages, "say a | hide | say a | hide");
}

#[test]
fn it_fires_again_on_a_page_only_after_its_condition_ceased_to_hold() {
    let clicks = r#"{"signals.clicks": {"$gte": 2}}"#;
    let members = r#""limits": {"quiet_after_dismiss_s": 0}, "signals": {"clicks": {"count": "click", "within": "5s"}}"#;
    let config = config(members, &[("a", clicks, r#""cap": {"page": 3, "session": 3}"#)]);
    check(
        &config,
        "0s view / | 1s track click | 2s track click | 3s dismiss | 4s track click | 20s track click | 21s track click",
        "say a | hide | say a",
    );
}

#[test]
fn a_cool_down_passes_by_itself() {
    let rule = ("a", ON_AUTO, r#""cap": {"session": 5}, "cooldown": "30s""#);
    let config = config("\"limits\": {\"quiet_after_dismiss_s\": 0}", &[rule]);
    check(&config, "0s view /auto | 1s dismiss | 2s go /rates | 3s go /auto | 29.9s use", "say a | hide");
    check(
        &config,
        "0s view /auto | 1s dismiss | 2s go /rates | 3s go /auto | 30s use",
        "say a | hide | say a",
    );
}

#[test]
fn one_message_at_a_time_by_priority_then_order() {
    let rules = [("a", "{}", ""), ("b", "{}", "\"priority\": 5"), ("c", "{}", "")];
    let config = config("\"limits\": {\"quiet_after_dismiss_s\": 0}", &rules);
    check(&config, "0s view / | 1s dismiss | 2s dismiss", "say b | hide | say a | hide | say c");
}

#[test]
fn what_shows_nothing_is_not_held_back_by_messages() {
    let rules = [("a", "{}", ""), ("b", ON_AUTO, r#""then": [{"emit": {"name": "seen"}}]"#)];
    let mut visit = Visit::new(&config("", &rules));
    assert_eq!(visit.run("0s view /auto"), "say a");
    assert_eq!(visit.told("fired", "rule"), ["a", "b"]);
}

#[test]
fn limits_for_all_messages_together() {
    let rules =
        [("a", ON_AUTO, ""), ("b", r#"{"page.id": "rates"}"#, ""), ("c", r#"{"page.path": "/"}"#, "")];
    let pages = "0s view /auto | 1s dismiss | 5s go /rates | 6s dismiss | 10s go / | 11s dismiss";
    let with =
        |limits: &str| config(&format!("\"limits\": {{\"quiet_after_dismiss_s\": 0{limits}}}"), &rules);
    check(&with(""), pages, "say a | hide | say b | hide | say c | hide");
    check(&with(", \"session\": 2"), pages, "say a | hide | say b | hide");
    check(&with(", \"visitor\": 1"), pages, "say a | hide");
    let rates = "0s view /auto | 1s dismiss | 5s go /rates";
    check(&with(", \"gap\": \"7s\""), &format!("{rates} | 6.9s use"), "say a | hide");
    check(
        &with(", \"gap\": \"7s\""),
        &format!("{rates} | 7s use | 8s go / | 13.9s use"),
        "say a | hide | say b | hide",
    );
    let all = [("a", "{}", ""), ("b", "{}", "")];
    let page = config("\"limits\": {\"quiet_after_dismiss_s\": 0, \"page\": 1}", &all);
    check(&page, "0s view / | 1s dismiss | 2s use | 3s go /rates", "say a | hide | say b");
}

#[test]
fn never_on_quiet_pages() {
    let config = config("\"limits\": {\"quiet_pages\": [\"login\"]}", &[("a", "{}", "")]);
    let mut visit = Visit::new(&config);
    assert_eq!(visit.run("0s view /login | 9s use"), "");
    let explained = visit.tracker.explain(visit.now());
    assert_eq!((explained[0].state, explained[0].reason.as_str()), (State::Blocked, "this is a quiet page"));
    assert_eq!(visit.run("10s go /rates"), "say a");
}

#[test]
fn a_quiet_page_is_quiet_whichever_page_gives_it_its_name() {
    let members = r#""limits": {"quiet_pages": ["login"]}"#;
    let config =
        config(members, &[("a", "{}", "")]).replace("\"pages\": {", "\"pages\": {\"site\": \"/*\", ");
    check(&config, "0s view /login", "");
    check(&config, "0s view /rates", "say a");
}

#[test]
fn after_a_delay_everything_is_asked_again() {
    let config = config("", &[("a", ON_AUTO, r#""delay": "3s""#), ("b", r#"{"page.id": "rates"}"#, "")]);
    check(&config, "0s view /auto | 2.9s use", "");
    check(&config, "0s view /auto | 3s use", "say a");
    check(&config, "0s view /auto | 2s go /rates | 9s use", "say b");
    check(&config, "0s view /auto | 2s press | 2s opened | 4s use", "open");
    check(&config, "0s view /auto | 2s press | 2s opened | 4s closed | 8s use", "open | say a");
    let mut visit = Visit::new(&config);
    visit.run("0s view /auto | 1s use");
    assert_eq!(visit.tracker.explain(visit.now())[0].reason, "its delay lasts 2 s more");
}

#[test]
fn what_is_not_known_fires_nothing_however_it_is_asked() {
    let queue = r#""queues": {"loans": {"name": "Loans"}}"#;
    for when in
        [r#"{"queue.loans.wait_s": {"$lt": 60}}"#, r#"{"queue.loans.wait_s": {"$not": {"$gte": 60}}}"#]
    {
        let config = config(queue, &[("a", when, "")]);
        let said = r#"send queue {"queue": "loans", "wait_s": 30, "for_s": 5}"#;
        check(&config, "0s view / | 9s use", "");
        check(&config, &format!("0s view / | 1s {said}"), "say a");
        check(&config, &format!("0s view / | 1s hide | 1s {said} | 6s show"), "");
    }
    check(
        &config(queue, &[("a", r#"{"queue.loans.wait_s": {"$exists": false}}"#, "")]),
        "0s view /",
        "say a",
    );
}

#[test]
fn caps_of_a_visitor_hold_on_the_next_visit_but_only_with_consent() {
    let config = config("", &[("a", ON_AUTO, r#""cap": {"session": 9, "visitor": 1}"#)]);
    let mut visit = Visit::new(&config);
    visit.run("0s consent yes | 0s view /auto");
    let record = visit.record.clone().expect("kept with consent");
    let mut next = Visit::new(&config);
    next.send(Event::Known(record));
    assert_eq!(next.run("90000s view /auto"), "");
    let mut visit = Visit::new(&config);
    visit.run("0s view /auto | 1s press | 2s hide");
    assert_eq!(visit.record, None, "the visitor opened the chat, which is no consent to be known again");
    visit.run("3s consent yes | 4s go /rates");
    assert!(visit.record.is_some());
    visit.run("5s consent no | 6s go /auto | 7s hide");
    assert_eq!(visit.record, None, "withdrawn");
}

#[test]
fn messages_of_earlier_visits_do_not_count_for_this_session() {
    let limits = r#""limits": {"session": 1, "visitor": 3, "quiet_after_dismiss_s": 0}"#;
    let config = config(limits, &[("a", ON_AUTO, r#""cap": {"session": 9}"#)]);
    let mut record = None;
    for (visit, expected) in ["say a", "say a", "say a", ""].into_iter().enumerate() {
        let mut next = Visit::new(&config);
        record.map(Event::Known).into_iter().for_each(|known| next.send(known));
        let script = format!("{}s consent yes | {0}s view /auto", 90_000 * (visit + 1));
        assert_eq!(next.run(&script), expected, "visit {visit}");
        record = next.record.clone();
    }
}

#[test]
fn a_holdout_sees_nothing_and_is_always_the_same_share() {
    let rules = [("a", "{}", "")];
    let config = config("\"holdout\": 0.2", &rules);
    let said = (0..1000)
        .filter(|seed| {
            let mut visit = Visit::new(&config);
            visit.dice = (*seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            visit.run("0s view /") == "say a"
        })
        .count();
    assert!((760..=840).contains(&said), "{said} of 1000");
}

#[test]
fn exposure_is_told_to_both_sides_and_once_a_page() {
    let members = r#""experiments": {"warm": {"variants": ["control", "warm"]}}"#;
    let when = r#"{"page.id": "auto", "page.dwell_s": {"$gte": 5}, "experiments.warm": "warm"}"#;
    let config = config(members, &[("a", when, "")]);
    for (address, expected) in [("?warm=warm", "warm"), ("?warm=control", "control")] {
        let mut visit = Visit::new(&config);
        visit.run(&format!("0s view /auto{address} | 4s use"));
        assert_eq!(visit.told("experiment", "variant"), [""; 0], "not before it matters");
        let said = visit.run("5s use | 6s use");
        assert_eq!(visit.told("experiment", "variant"), [expected]);
        assert_eq!(said, if expected == "warm" { "say a" } else { "" });
    }
}

#[test]
fn why_reads_as_facts_with_their_names() {
    let when = r#"{"page.id": "auto", "page.dwell_s": {"$gte": 5}, "$or": [{"page.views": 9}, {"session.pages": 1}],
                   "chat.state": {"$ne": "live"}}"#;
    let mut visit = Visit::new(&config("", &[("a", when, "")]));
    visit.run("0s view /auto | 5s use");
    let (_, fired) = visit.emitted.iter().find(|(name, _)| name == "fired").expect("fired");
    let because: Vec<String> = fired
        .get("because")
        .unwrap()
        .list()
        .iter()
        .map(|because| {
            let part = |key| because.text_at(key).unwrap_or("-");
            format!("{} {} {}", part("key"), part("value"), part("name"))
        })
        .collect();
    assert_eq!(
        because,
        ["page.id auto auto", "page.dwell_s 5 auto", "session.pages 1 auto", "chat.state never auto"]
    );
}

#[test]
fn nothing_fires_before_a_page_was_viewed() {
    let config = config("", &[("a", "{}", "")]);
    check(&config, "0s show | 1s focus | 5s use", "");
}

#[test]
fn what_could_not_be_shown_was_not_dismissed() {
    let config = config("", &[("a", ON_AUTO, ""), ("b", r#"{"page.id": "rates"}"#, "")]);
    check(&config, "0s view /auto | 1s send unshown | 2s go /rates", "say a | say b");
}

#[test]
fn an_empty_choice_holds_and_its_opposite_does_not() {
    check(
        &config("", &[("a", r#"{"$or": []}"#, ""), ("b", r#"{"$nor": []}"#, "\"priority\": 9")]),
        "0s view /",
        "say a",
    );
}

#[test]
fn a_delay_begins_anew_with_every_page_and_every_time_the_condition_begins_to_hold() {
    let always = config("", &[("a", "{}", r#""delay": "3s""#)]);
    check(&always, "0s view / | 2s go /rates | 4.9s use", "");
    check(&always, "0s view / | 2s go /rates | 5s use", "say a");
    let clicks = r#""signals": {"clicks": {"count": "click", "within": "2s"}}"#;
    let clicked = config(clicks, &[("a", r#"{"signals.clicks": {"$gte": 1}}"#, r#""delay": 2.4"#)]);
    check(&clicked, "0s view / | 1s track click | 3.5s track click | 9s use", "");
    check(&clicked, "0s view / | 1s track click | 2s track click | 9s use", "say a");
}

#[test]
fn a_clock_that_is_set_back_ends_a_pause() {
    let config = config(
        "",
        &[("a", ON_AUTO, r#""then": [{"emit": {"name": "x"}}], "cap": {"session": 9}, "cooldown": "1h""#)],
    );
    let mut visit = Visit::new(&config);
    visit.run("7200s view /auto | 7210s go /rates | 7220s go /auto");
    assert_eq!(visit.told("fired", "rule"), ["a"]);
    let back = bharosa::time::Moment { mono: 7_230_000, wall: 1_000, dice: 0 };
    let view = |path: &str| Event::Moved { to: common::arrival(path), push: true };
    let fires = |effects: Vec<bharosa::effect::Effect>| format!("{effects:?}").contains("fired");
    assert!(!fires(visit.tracker.handle(back, view("/rates"))));
    assert!(fires(visit.tracker.handle(back, view("/auto"))));
}

#[test]
fn a_clock_that_is_set_back_ends_the_quiet_after_a_dismissal() {
    let config = config("\"limits\": {\"quiet_after_dismiss_s\": 60}", &[("a", "{}", ""), ("b", "{}", "")]);
    let mut visit = Visit::new(&config);
    assert_eq!(visit.run("7200s view /auto | 7210s dismiss | 7260s use"), "say a | hide");
    let back = bharosa::time::Moment { mono: 7_261_000, wall: 1_000, dice: 0 };
    let effects = visit.tracker.handle(back, Event::Activity);
    assert!(format!("{effects:?}").contains("Show"), "{effects:?}");
}

#[test]
fn withdrawing_consent_forgets_what_was_counted() {
    let config = config("\"limits\": {\"quiet_after_dismiss_s\": 0}", &[("a", ON_AUTO, "")]);
    check(
        &config,
        "0s consent yes | 0s view /auto | 1s dismiss | 2s go /rates | 4s go /auto",
        "say a | hide",
    );
    check(
        &config,
        "0s consent yes | 0s view /auto | 1s dismiss | 2s go /rates | 3s consent no | 4s go /auto",
        "say a | hide | say a",
    );
    // Also for what its cap has held back on this page.
    check(
        &config,
        "0s consent yes | 0s view /auto | 1s dismiss | 2s go /rates | 3s go /auto | 4s consent no",
        "say a | hide | say a",
    );
}

#[test]
fn every_action_reaches_its_place() {
    let then = r#""then": [{"fees": {"product": "card"}}, {"ask": {"survey": "nps"}}, {"set": {"segment": "gold"}},
        {"emit": {"name": "told", "detail": {"who": "page"}}}]"#;
    let rules =
        [("a", ON_AUTO, then), ("b", r#"{"attributes.segment": "gold"}"#, r#""then": [{"open": "chat"}]"#)];
    let mut visit = Visit::new(&config(r#""attributes": {"segment": "text"}"#, &rules));
    assert_eq!(visit.run("0s view /auto"), "fees card | ask nps | open", "what one rule sets fires another");
    let told: Vec<String> = visit.emitted.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(told, ["fired", "fees", "ask", "told", "fired"]);
}

#[test]
fn rules_that_set_each_other_off_come_to_an_end() {
    let cap = r#""cap": {"page": 1000, "session": 1000}"#;
    let to = |value: &str| format!(r#""then": [{{"set": {{"segment": "{value}"}}}}], {cap}"#);
    let (gold, plain) = (to("gold"), to("plain"));
    let rules = [
        ("a", r#"{"attributes.segment": {"$ne": "gold"}, "page.id": "auto"}"#, gold.as_str()),
        ("b", r#"{"attributes.segment": "gold"}"#, plain.as_str()),
    ];
    let mut visit = Visit::new(&config(r#""attributes": {"segment": "text"}"#, &rules));
    visit.run(r#"0s send set {"segment": "plain"} | 0s view /auto"#);
    assert_eq!(visit.told("fired", "rule").len(), 100);
}

#[test]
fn what_is_surely_not_so_is_not_made_doubtful_by_what_is_not_known() {
    let queue = r#""queues": {"loans": {"name": "Loans"}}"#;
    let both = r#"{"$not": {"queue.loans.wait_s": {"$lt": 60}, "page.id": "nowhere"}}"#;
    check(&config(queue, &[("a", both, "")]), "0s view /", "say a");
    let either = r#"{"$nor": [{"queue.loans.wait_s": {"$lt": 60}}, {"page.path": "/"}]}"#;
    check(&config(queue, &[("a", either, "")]), "0s view /", "");
    // Not even if what is not known comes first.
    let one = r#"{"$or": [{"queue.loans.wait_s": {"$lt": 60}}, {"page.path": "/"}]}"#;
    check(&config(queue, &[("a", one, "")]), "0s view /", "say a");
}
