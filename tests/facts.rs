//! What each fact is after what a visitor did, as data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
use bharosa::fact::{Fact, Ids};
use bharosa::value::Value;
use common::{Visit, json};

/// A config that asks about `facts` and knows the names they need.
fn config(facts: &[&str]) -> String {
    let lines: Vec<String> = facts.iter().map(|fact| format!("\"{fact}\": {{\"$exists\": true}}")).collect();
    format!(
        r##"{{"version": 1, "backend": "/ws", "languages": ["en"],
        "pages": {{"auto": {{"match": "/loans/auto*", "name": "Auto loans"}}, "rates": "/rates"}},
        "sections": {{"fees": {{"match": "#fees", "name": "Fees"}}}},
        "tracking": {{"query": ["product"], "utm": ["source"]}},
        "queues": {{"loans": {{"name": "Loans"}}}},
        "attributes": {{"segment": "text", "products": "number", "staff": "boolean", "tags": "list"}},
        "calendars": {{"branch": {{"zone": "Asia/Karachi", "weekly": {{"thu": ["00:01-00:02"]}}}}}},
        "experiments": {{"warm": {{"variants": ["control", "warm"], "force": "warm"}},
                         "none": {{"variants": ["a", "b"], "coverage": 0}}}},
        "signals": {{"clicks": {{"count": "click", "where": {{"id": 7}}, "within": "10s"}},
                     "path": {{"sequence": [{{"page": "auto"}}, {{"page": "/rates*"}}], "within": "60s"}},
                     "errors": {{"count": "form_error"}}, "left": {{"count": "form_abandoned"}}, "since": {{"since": "message_dismissed"}}}},
        "rules": [{{"id": "r", "when": {{{}}}, "then": []}}]}}"##,
        lines.join(", ")
    )
}

/// What `fact` is after `script`.
fn after(script: &str, fact: &str) -> Value {
    let mut visit = Visit::new(&config(&[fact]));
    visit.run(script);
    visit.tracker.explain(visit.now());
    let facts = visit.tracker.facts();
    facts.into_iter().find(|(name, _)| name == fact).expect("the fact").1
}

fn check(script: &str, fact: &str, expected: &str) {
    assert_eq!(after(script, fact), json(expected), "{fact} after: {script}");
}

#[test]
fn every_fact_begins_as_its_description_says() {
    for fact in Fact::ALL {
        let about = fact.about();
        let id = match about.ids {
            Ids::None => "",
            Ids::Keys("calendars") => "branch",
            Ids::Keys("queues") => "loans",
            Ids::Keys("attributes") => "segment",
            Ids::Keys("experiments") => "none",
            // A count begins at 0, a sequence with false; only the time since what never was is not known.
            Ids::Keys(_) => "since",
            Ids::Listed("query") => "product",
            Ids::Listed(_) => "source",
            Ids::Free => "fees",
        };
        let name = about.name.replace('*', id);
        let expected = match fact {
            // What depends on where one is.
            Fact::CalendarOpen => "false",
            Fact::CalendarOpensIn => "60",
            Fact::TimeWeekday => "\"thu\"",
            Fact::PageViews | Fact::SessionPages => "1",
            Fact::PagePath | Fact::SessionEntry => "\"/\"",
            _ => about.default,
        };
        check("0s view /", &name, expected);
    }
}

#[test]
fn pages_and_their_addresses() {
    check("0s view /loans/auto/new", "page.id", "\"auto\"");
    check("0s view /loans/auto/new", "page.path", "\"/loans/auto/new\"");
    check("0s view /loans?product=suv", "page.query.product", "\"suv\"");
    check("0s view /loans?product=suv | 5s go /rates", "page.query.product", "null");
    check("0s view /rates | 1s go /loans/auto | 2s go /rates", "page.views", "2");
    check("0s view /rates | 1s go /loans/auto | 2s go /rates", "session.pages", "3");
    check("0s view /loans/auto | 1s go /rates", "session.entry_page", "\"auto\"");
    check("0s view /other | 1s go /rates", "session.entry_page", "\"/other\"");
    check("0s from example.org /rates?utm_source=mail | 1s go /", "session.referrer", "\"example.org\"");
    check("0s from example.org /rates?utm_source=mail | 1s go /", "session.utm.source", "\"mail\"");
    check("0s view / | 1s go /rates?utm_source=late", "session.utm.source", "null");
}

#[test]
fn scrolling_never_shrinks_but_with_a_new_page() {
    check("0s view / | 1s send scroll 40 | 2s send scroll 20", "page.scroll_pct", "40");
    check("0s view / | 1s send scroll 400", "page.scroll_pct", "100");
    check("0s view / | 1s send scroll 40 | 2s go /rates", "page.scroll_pct", "0");
}

#[test]
fn sections_count_while_they_are_in_view_and_the_page_is_read() {
    const SEEN: &str = r#"send section {"id": "fees", "seen": true}"#;
    const GONE: &str = r#"send section {"id": "fees", "seen": false}"#;
    let total = |script: &str, expected| check(script, "section.fees.visible_s", expected);
    let continuous = |script: &str, expected| check(script, "section.fees.continuous_s", expected);
    total(&format!("0s view / | 2s {SEEN} | 5s tick"), "3");
    total(&format!("0s view / | 2s {SEEN} | 5s {GONE} | 8s {SEEN} | 10s tick"), "5");
    continuous(&format!("0s view / | 2s {SEEN} | 5s {GONE} | 8s {SEEN} | 10s tick"), "2");
    continuous(&format!("0s view / | 2s {SEEN} | 5s {GONE} | 8s tick"), "0");
    total(&format!("0s view / | 2s {SEEN} | 5s hide | 9s show | 10s tick"), "4");
    total(&format!("0s view / | 2s {SEEN} | 5s blur | 10s tick"), "3");
    total(&format!("0s view / | 2s {SEEN} | 60s tick"), "28");
    total(&format!("0s view / | 2s {SEEN} | 5s go /rates | 9s tick"), "0");
    total(r#"0s view / | 2s send section {"id": "other", "seen": true} | 9s tick"#, "0");
}

#[test]
fn idle_is_the_time_since_the_visitor_did_something_while_they_could_see_it() {
    check("0s view / | 7s tick", "session.idle_s", "7");
    check("0s view / | 5s use | 7s tick", "session.idle_s", "2");
    check("0s view / | 5s hide | 60s tick", "session.idle_s", "5");
}

#[test]
fn forms_without_what_is_typed() {
    let step = |kind: &str| format!(r#"send form {{"id": "apply", "kind": "{kind}"}}"#);
    let touch = |field: usize| format!(r#"send form {{"id": "apply", "kind": "touch", "field": {field}}}"#);
    let (focus, error, blur, sent) = (step("focus"), step("error"), step("blur"), step("sent"));
    check(
        &format!("0s view / | 1s {} | 2s {} | 3s {}", touch(0), touch(4), touch(0)),
        "form.apply.fields",
        "2",
    );
    check(&format!("0s view / | 1s {error} | 2s {error}"), "form.apply.errors", "2");
    check(&format!("0s view / | 1s {error} | 2s {error}"), "signals.errors", "2");
    check(&format!("0s view / | 1s {focus} | 6s tick"), "form.apply.hesitation_s", "5");
    check(&format!("0s view / | 1s {focus} | 4s {} | 6s tick", touch(1)), "form.apply.hesitation_s", "2");
    check(&format!("0s view / | 1s {focus} | 4s {blur} | 6s tick"), "form.apply.hesitation_s", "0");
    check(&format!("0s view / | 1s {focus} | 2s {blur}"), "form.apply.abandoned", "false");
    check(&format!("0s view / | 1s {focus} | 2s {} | 3s {blur}", touch(0)), "form.apply.abandoned", "true");
    check(&format!("0s view / | 1s {} | 2s {sent} | 3s {blur}", touch(0)), "form.apply.abandoned", "false");
    check(&format!("0s view / | 1s {} | 2s {blur} | 3s {focus}", touch(0)), "form.apply.abandoned", "false");
}

#[test]
fn a_form_is_abandoned_with_its_page_and_only_once() {
    let touch = r#"send form {"id": "apply", "kind": "touch"}"#;
    let [blur, sent] =
        ["blur", "sent"].map(|kind| format!(r#"send form {{"id": "apply", "kind": "{kind}"}}"#));
    let left = |script: &str, expected| check(&format!("0s view / | 1s {script}"), "signals.left", expected);
    left(&format!("{touch} | 2s go /rates"), "1");
    left(&format!("{touch} | 2s leave"), "1");
    left(&format!("{touch} | 2s {blur} | 3s leave | 3s go /rates"), "1");
    left(&format!("{touch} | 2s {sent} | 3s leave | 3s go /rates"), "0");
    left("go /rates", "0");
}

#[test]
fn anger_and_leaving() {
    check("0s view / | 1s send rage | 2s send rage", "behaviour.rage_clicks", "2");
    check("0s view / | 1s send exit | 2s go /rates", "behaviour.exit_intents", "0");
}

#[test]
fn the_hour_and_calendars_by_their_own_zone() {
    // 1970 began on a Thursday.
    check("0s view / | 59.999s tick", "calendar.branch.open", "false");
    check("0s view / | 60s tick", "calendar.branch.open", "true");
    check("0s view / | 120s tick", "calendar.branch.open", "false");
    check("0s view / | 45s tick", "calendar.branch.opens_in_s", "15");
    check("0s view / | 60s tick", "calendar.branch.opens_in_s", "0");
    check("0s view / | 7199s tick", "time.hour", "1");
    check("0s view / | 7200s tick", "time.hour", "2");
    check("0s view / | 86400s tick", "time.weekday", "\"fri\"");
}

#[test]
fn queues_as_the_backend_says_until_that_expires() {
    let said = r#"send queue {"queue": "loans", "open": true, "available": 2, "wait_s": 45, "length": 3, "for_s": 20}"#;
    for (what, expected) in [("open", "true"), ("available", "2"), ("wait_s", "45"), ("length", "3")] {
        check(&format!("0s view / | 1s {said} | 20s tick"), &format!("queue.loans.{what}"), expected);
        check(&format!("0s view / | 1s {said} | 21s tick"), &format!("queue.loans.{what}"), "null");
    }
    check(r#"0s view / | 1s send queue {"queue": "loans", "open": "yes"}"#, "queue.loans.open", "null");
    check(
        &format!(r#"0s view / | 1s {said} | 2s send queue {{"queue": "loans", "wait_s": 90}}"#),
        "queue.loans.wait_s",
        "90",
    );
    check(
        &format!(r#"0s view / | 1s {said} | 2s send queue {{"queue": "loans", "wait_s": 90}}"#),
        "queue.loans.length",
        "null",
    );
}

#[test]
fn attributes_of_their_declared_type() {
    check(r#"0s send set {"segment": "gold"} | 1s view /"#, "attributes.segment", "\"gold\"");
    check(r#"0s view / | 1s send set {"segment": 7}"#, "attributes.segment", "null");
    check(r#"0s view / | 1s send set {"products": 3}"#, "attributes.products", "3");
    check(r#"0s view / | 1s send set {"staff": true}"#, "attributes.staff", "true");
    check(r#"0s view / | 1s send set {"tags": ["a"]}"#, "attributes.tags", "[\"a\"]");
    check(
        r#"0s view / | 1s send set {"products": 3} | 2s send set {"products": null}"#,
        "attributes.products",
        "null",
    );
}

#[test]
fn signals() {
    let click = r#"track click {"id": 7}"#;
    check(
        &format!("0s view / | 1s {click} | 2s {click} | 3s track click {{\"id\": 8}}"),
        "signals.clicks",
        "2",
    );
    check(&format!("0s view / | 1s {click} | 2s {click} | 11s tick"), "signals.clicks", "1");
    check("0s view /loans/auto | 9s go / | 30s go /rates/new", "signals.path", "true");
    check("0s view /loans/auto | 30s go /rates | 61s tick", "signals.path", "false");
    check("0s view /rates | 30s go /loans/auto", "signals.path", "false");
}

#[test]
fn variants_and_previews() {
    check("0s view /", "experiments.warm", "\"warm\"");
    check("0s view /", "experiments.none", "null");
    check("0s view /?warm=control", "experiments.warm", "\"control\"");
    check("0s view /?warm=0", "experiments.warm", "\"control\"");
    check("0s view /?none=b", "experiments.none", "\"b\"");
    check("0s view /?none=9", "experiments.none", "null");
}

#[test]
fn how_far_the_visitor_went_with_the_widget() {
    check("0s view / | 1s opened", "engagement.state", "\"open\"");
    check("0s view / | 1s opened | 3s closed", "engagement.state", "\"closed\"");
    check("0s view / | 1s live | 5s ended | 9s tick", "engagement.since_s", "4");
    check("0s view / | 1s live | 5s ended", "chat.state", "\"ended\"");
}

#[test]
fn visits_only_with_consent() {
    check("0s view / | 1s consent yes", "visitor.visits", "1");
    check("0s view / | 1s consent yes", "visitor.returning", "false");
    check("0s view / | 1s consent yes | 2s consent no", "visitor.visits", "null");
    let config = config(&["visitor.visits", "visitor.days_since", "visitor.returning"]);
    let mut visit = Visit::new(&config);
    visit.run("0s consent yes | 1s view /");
    let mut same = visit.next_page(&config);
    same.run("60s view /rates");
    assert_eq!(same.tracker.facts()[0].1, json("1"), "the same visit");
    let record = same.record.clone();
    let mut next = Visit::new(&config);
    next.run("172900s tick");
    next.send(bharosa::event::Event::Known(record.unwrap()));
    next.run("172900s view /");
    let facts: Vec<Value> = next.tracker.facts().into_iter().map(|(_, value)| value).collect();
    assert_eq!(facts, [json("2"), json("2"), json("true")], "two days later");
}

#[test]
fn a_session_that_was_forgotten_begins_with_the_page_that_is_open() {
    check("0s consent yes | 0s view / | 10s go /rates | 18s tick", "session.duration_s", "18");
    check(
        "0s consent yes | 0s view / | 10s go /rates | 15s consent no | 18s tick",
        "session.duration_s",
        "8",
    );
}

#[test]
fn what_was_slept_through_has_passed() {
    let facts = ["signals.clicks", "session.duration_s", "page.dwell_s"];
    let mut visit = Visit::new(&config(&facts));
    visit.run(r#"0s view / | 1s track click {"id": 7} | 2s use"#);
    // The monotonic clock stood still for an hour, as it does on most machines.
    let woken = bharosa::time::Moment { mono: 3_000, wall: 3_603_000, dice: 0 };
    visit.tracker.handle(woken, bharosa::event::Event::Visible(true));
    let facts: Vec<Value> = visit.tracker.facts().into_iter().map(|(_, value)| value).collect();
    assert_eq!(facts, [json("0"), json("3603"), json("3")]);
}
