//! What crosses between the two browser files arrives as it was sent, and nothing else is taken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/dice.rs"]
mod dice;
#[path = "common/random.rs"]
mod random;

use bharosa::offer::{ChatFact, ContextLine, Offer, Request};
use common::json;
use dice::Dice;

fn request() -> Request {
    let [key, label, value, shown] = ["page", "Page", "Auto loans", "گاڑی کا قرض"].map(str::to_string);
    Request {
        queue: "loans".into(),
        skill: Some("auto".into()),
        priority: -2,
        reason: "Read about auto loans".into(),
        context: vec![ContextLine { key, label, value, shown }],
        agreed: true,
    }
}

#[test]
fn offers_arrive_as_they_were_made() {
    for offer in [
        Offer::Open { by_visitor: true },
        Offer::Open { by_visitor: false },
        Offer::Close,
        Offer::Resume,
        Offer::Route(request().into()),
        Offer::Route(Request { queue: "general".into(), ..Request::default() }.into()),
    ] {
        assert_eq!(Offer::from_value(&offer.to_value()), Some(offer));
    }
}

#[test]
fn facts_arrive_as_they_were_told() {
    let facts = [ChatFact::Opened, ChatFact::Closed, ChatFact::Live, ChatFact::Ended, ChatFact::Unread(3)];
    for fact in facts {
        assert_eq!(ChatFact::from_value(&fact.to_value()), Some(fact));
    }
}

#[test]
fn consent_to_share_is_never_assumed() {
    let bare = Offer::from_value(&json(r#"{"kind": "route", "request": {"queue": "loans"}}"#));
    let Some(Offer::Route(request)) = bare else { panic!("a wish for a person") };
    assert!(!request.agreed);
}

#[test]
fn what_makes_no_sense_is_no_offer_and_no_fact() {
    for text in [
        "null",
        "[]",
        r#"{"kind": "explode"}"#,
        r#"{"kind": 1}"#,
        r#"{"kind": "open"}"#,
        r#"{"kind": "route"}"#,
        r#"{"kind": "route", "request": {}}"#,
        r#"{"kind": "unread"}"#,
        r#"{"kind": "unread", "count": -1}"#,
    ] {
        assert_eq!(Offer::from_value(&json(text)), None, "{text}");
        assert_eq!(ChatFact::from_value(&json(text)), None, "{text}");
    }
    let mut dice = Dice::new(3);
    let good = Offer::Route(request().into()).to_value();
    for _ in 0..1_000 {
        let damaged = random::damaged(&good, &mut dice);
        let _ = (Offer::from_value(&damaged), ChatFact::from_value(&damaged));
    }
}
