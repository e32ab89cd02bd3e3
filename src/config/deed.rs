//! What rules and buttons may do: the actions, described.

use super::describe::{Field, Key, Kind, may, must};

/// What a rule may do.
pub static ACTIONS: &[&[Field]] = &[SAY, OPEN, ROUTE, FEES, ASK, OFFER, SET, EMIT];

/// What a button under a message may do.
static ANSWERS: &[&[Field]] = &[OPEN, ROUTE, FEES, ASK, SET, EMIT];

static SAY_FIELDS: &[Field] = &[
    must("text", Kind::Texts, "The message. {page.name} and {page.dwell_s} are filled in."),
    may("replies", Kind::List { of: &Kind::Object(REPLY), min: 0, max: 4 }, "Buttons under it."),
];

const SAY: &[Field] = &[must("say", Kind::Object(SAY_FIELDS), "Show a message beside the launcher.")
    .like("{\"text\": \"Questions about {page.name}?\"}")];

static REPLY: &[Field] = &[
    must("text", Kind::Texts, "The words on the button."),
    may(
        "then",
        Kind::List { of: &Kind::Choice(ANSWERS), min: 0, max: 4 },
        "What the button does; nothing means no, thanks.",
    ),
];

const OPEN: &[Field] = &[must("open", Kind::OneOf(&["chat"]), "Open the panel.")];

static ROUTE_FIELDS: &[Field] = &[
    must("queue", Kind::Name, "Id of the queue."),
    may("skill", Kind::Name, "Skill wanted."),
    may("priority", Kind::Number { min: -1000, max: 1000 }, "Higher is served first.").or("0"),
    may("reason", Kind::Texts, "Why, in words for the agent. The same slots as in messages."),
];

const ROUTE: &[Field] = &[must("route", Kind::Object(ROUTE_FIELDS), "Open the panel and ask for a person.")
    .like("{\"queue\": \"loans\", \"skill\": \"auto\"}")];

static FEES_FIELDS: &[Field] = &[must("product", Kind::Name, "Id of the product.")];

const FEES: &[Field] = &[must("fees", Kind::Object(FEES_FIELDS), "Open the fees of a product.")
    .like("{\"product\": \"auto-loan\"}")];

static ASK_FIELDS: &[Field] = &[must("survey", Kind::Name, "Id of the survey.")];

const ASK: &[Field] = &[must("ask", Kind::Object(ASK_FIELDS), "Ask the questions of a survey.")
    .like("{\"survey\": \"after-loan\"}")];

static OFFER_FIELDS: &[Field] = &[
    must("kind", Kind::OneOf(MEANS), "The means of contact."),
    must("text", Kind::Texts, "The message. The same slots as in say."),
    must("label", Kind::Texts, "The words on the link."),
    must("link", Kind::Link, "Where the link goes.").like("\"tel:+924211100\""),
];

const OFFER: &[Field] =
    &[must("offer", Kind::Object(OFFER_FIELDS), "Show a message with a link to another means of contact.")];

const MEANS: &[&str] = &["phone", "call_back", "voice", "video", "appointment", "branch"];

const SET: &[Field] =
    &[must("set", Kind::Map(Key::Word, &Kind::Scalar), "Set attributes, for other rules to ask about.")
        .like("{\"segment\": \"car-buyer\"}")];

static EMIT_FIELDS: &[Field] = &[
    must("name", Kind::Word, "The event's name."),
    may("detail", Kind::Map(Key::Word, &Kind::Scalar), "What goes with it."),
];

const EMIT: &[Field] =
    &[must("emit", Kind::Object(EMIT_FIELDS), "Tell the bank's page, which hears it with bharosa.on(…).")
        .like("{\"name\": \"loan_interest\", \"detail\": {\"product\": \"auto\"}}")];
