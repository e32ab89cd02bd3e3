//! The config file: its sections and what they hold.

use super::deed::ACTIONS;
use super::describe::{Field, Key, Kind, may, must};

/// A year, in seconds: no duration is longer.
pub const YEAR: u32 = 31_536_000;
/// A month, in seconds: no signal looks further back.
const MONTH: u32 = 2_592_000;

/// The whole config file.
pub static CONFIG: Kind = Kind::Object(FILE);

pub static FILE: &[Field] = &[
    may("$schema", Kind::Text(500), "Address of the JSON Schema, for editors."),
    must("version", Kind::Number { min: 1, max: 1 }, "Version of this format: 1."),
    must("backend", Kind::Socket, "Where conversations go.").like("\"/ws\""),
    may("contact", Kind::Link, "The page the launcher links to while, or wherever, the widget cannot run.")
        .like("\"/contact\""),
    may(
        "languages",
        Kind::List { of: &Kind::Name, min: 0, max: 40 },
        "Languages the texts are written in; the first is the default.",
    )
    .or("[\"en\"]")
    .like("[\"en\", \"ur\"]"),
    may("brand", Kind::Object(BRAND), "How it looks."),
    may("launcher", Kind::Object(LAUNCHER), "The button in the corner."),
    may(
        "pages",
        Kind::Map(Key::Any, &Kind::Item(&PAGE)),
        "Pages by name: a path pattern, where * stands for anything. The first that fits gives the page its name.",
    )
    .like("{\"rates\": \"/rates*\", \"cards\": {\"match\": [\"/cards*\", \"/offers/cards\"], \"name\": \"Cards\"}}"),
    may(
        "sections",
        Kind::Map(Key::Name, &Kind::Item(&SECTION)),
        "Parts of pages whose reading time counts, by name. Elements with data-bharosa-section count without being listed.",
    )
    .like("{\"rates\": {\"match\": \"#rates\"}}"),
    may("tracking", Kind::Object(TRACKING), "How reading time is measured, and what of an address is looked at."),
    may(
        "attributes",
        Kind::Map(Key::Word, &Kind::Item(&ATTRIBUTE)),
        "What the bank's page tells about the visitor with bharosa.set({…}), by name, with its type.",
    )
    .like("{\"segment\": \"text\", \"products\": \"number\"}"),
    may(
        "groups",
        Kind::Map(Key::Name, &Kind::Item(&GROUP)),
        "Lists of values by name, for $inGroup and $notInGroup.",
    )
    .like("{\"pilot-branches\": [\"lhr-01\", 7]}"),
    may(
        "signals",
        Kind::Map(Key::Name, &Kind::Item(&SIGNAL)),
        "Facts made of what happened: how often, in which order, how long ago.",
    )
    .like("{\"form-errors\": {\"count\": \"form_error\", \"within\": \"60s\"}}"),
    may("calendars", Kind::Map(Key::Name, &Kind::Item(&CALENDAR)), "Opening hours, by name.")
        .like("{\"branch\": {\"zone\": \"Asia/Karachi\", \"weekly\": {\"mon\": [\"09:00-17:00\"]}}}"),
    may(
        "experiments",
        Kind::Map(Key::Name, &Kind::Item(&EXPERIMENT)),
        "Experiments by name; each visitor gets one variant and keeps it.",
    )
    .like("{\"warm-offer\": {\"variants\": [\"control\", \"warm\"]}}"),
    may("holdout", Kind::Number { min: 0, max: 1 }, "Share of visitors for whom no rule ever fires.").or("0"),
    may("queues", Kind::Map(Key::Any, &Kind::Object(QUEUE)), "Queues the backend knows, by id.")
        .like("{\"loans\": {\"name\": \"Loans\"}}"),
    may("chat", Kind::Object(CHAT), "The conversation."),
    may("rules", Kind::List { of: &Kind::Item(&RULE), min: 0, max: MAX_RULES }, "When to help, and how."),
    may("limits", Kind::Object(LIMITS), "Limits that hold for all rules together."),
];

/// Rules in one config.
pub const MAX_RULES: usize = 1000;

static BRAND: &[Field] = &[
    may("name", Kind::Texts, "The bank's name."),
    may("color", Kind::Color, "The brand colour; text on it is chosen for contrast.").like("\"#0b5d4b\""),
    may("position", Kind::OneOf(&["end", "start"]), "The corner: end is right in left-to-right pages.")
        .or("\"end\""),
];

static LAUNCHER: &[Field] = &[may("label", Kind::Texts, "The words on the launcher.")];

pub static PAGE: Kind = Kind::Short(&Kind::Object(&[
    must(
        "match",
        Kind::Short(&Kind::List { of: &Kind::Text(200), min: 0, max: 20 }),
        "One pattern or several.",
    )
    .like("\"/loans/auto*\""),
    may("name", Kind::Texts, "What visitors and agents call this page."),
]));

pub static SECTION: Kind = Kind::Object(&[
    may("match", Kind::Filled(200), "CSS selector of the element.").like("\"#rates\""),
    may("name", Kind::Texts, "What visitors and agents call this part."),
]);

pub static TRACKING: &[Field] = &[
    may(
        "idle_s",
        Kind::Number { min: 5, max: 600 },
        "Seconds without scrolling, typing or moving after which reading time stops.",
    )
    .or("30"),
    may(
        "query",
        Kind::List { of: &WORD, min: 0, max: 20 },
        "Parameters of the page's address that rules may ask about.",
    )
    .or("[]")
    .like("[\"product\"]"),
    may(
        "utm",
        Kind::List { of: &WORD, min: 0, max: 10 },
        "Campaign parameters that rules may ask about, without their utm_.",
    )
    .or("[]")
    .like("[\"source\", \"campaign\"]"),
];

pub static WORD: Kind = Kind::Word;

pub static ATTRIBUTE: Kind = Kind::OneOf(&["text", "number", "boolean", "list"]);

pub static GROUP: Kind = Kind::List { of: &Kind::Scalar, min: 0, max: 1000 };

pub static SIGNAL: Kind = Kind::Choice(&[
    &[
        must("count", Kind::Word, "The event to count.").like("\"form_error\""),
        may("where", Kind::Where, "Which of these events; all of them when left out.")
            .like("{\"form\": \"apply\"}"),
        may("within", Kind::Duration(MONTH), "How far back; the whole session when left out.")
            .like("\"60s\""),
    ],
    &[
        must("sequence", Kind::List { of: &STEP, min: 2, max: 10 }, "What must happen, one after the other.")
            .like("[{\"page\": \"auto-loans\"}, {\"event\": \"calculated\"}]"),
        may("within", Kind::Duration(MONTH), "Time from the first step to the last; any when left out.")
            .like("\"5m\""),
    ],
    &[
        must("since", Kind::Word, "The event since which seconds are counted.").like("\"applied\""),
        may("where", Kind::Where, "Which of these events; all of them when left out."),
    ],
]);

static STEP: Kind = Kind::Choice(&[
    &[must("page", Kind::Filled(200), "A page's name under pages, or a path pattern that begins with /.")],
    &[
        must("event", Kind::Word, "An event's name."),
        may("where", Kind::Where, "Which of these events; all of them when left out."),
    ],
]);

const RANGES: Kind = Kind::List { of: &Kind::Hours, min: 0, max: 10 };

pub static CALENDAR: Kind = Kind::Object(&[
    may("zone", Kind::Zone, "The time zone its hours are in; the visitor's own when left out.")
        .like("\"Asia/Karachi\""),
    must(
        "weekly",
        Kind::Object(&[
            may("mon", RANGES, "Hours on Mondays; closed when left out.")
                .like("[\"09:00-13:00\", \"14:00-17:30\"]"),
            may("tue", RANGES, "Hours on Tuesdays."),
            may("wed", RANGES, "Hours on Wednesdays."),
            may("thu", RANGES, "Hours on Thursdays."),
            may("fri", RANGES, "Hours on Fridays; 22:00-02:00 runs into Saturday.").like("[\"22:00-02:00\"]"),
            may("sat", RANGES, "Hours on Saturdays."),
            may("sun", RANGES, "Hours on Sundays; 00:00-24:00 is all day.").like("[\"00:00-24:00\"]"),
        ]),
        "Opening hours on the days of the week.",
    ),
    may("exceptions", Kind::Map(Key::Date, &RANGES), "Other hours on these dates; [] is closed.")
        .like("{\"2026-12-31\": [\"09:00-12:00\"]}"),
    may("holidays", Kind::List { of: &Kind::Date, min: 0, max: 400 }, "Dates without hours of their own.")
        .like("[\"2026-12-25\"]"),
]);

const SHARE: Kind = Kind::Number { min: 0, max: 1 };

pub static EXPERIMENT: Kind = Kind::Object(&[
    must(
        "variants",
        Kind::List { of: &Kind::Name, min: 2, max: 20 },
        "The variants' names; the first is usual.",
    )
    .like("[\"control\", \"warm\"]"),
    may(
        "weights",
        Kind::List { of: &SHARE, min: 2, max: 20 },
        "Each variant's share; together 1. Equal when left out.",
    )
    .like("[0.5, 0.5]"),
    may("coverage", SHARE, "Share of visitors who take part.").or("1"),
    may("seed", Kind::Filled(100), "What the draw begins from; the experiment's name when left out."),
    may("hash", Kind::Whole { min: 1, max: 2 }, "Version of the draw.").or("2"),
    may(
        "namespace",
        Kind::Object(&[
            must(
                "id",
                Kind::Name,
                "Experiments with the same id and ranges apart never meet in one visitor.",
            ),
            must("range", Kind::List { of: &SHARE, min: 2, max: 2 }, "From and up to: a part of 0 to 1.")
                .like("[0, 0.5]"),
        ]),
        "Keeps visitors to one of several experiments.",
    ),
    may(
        "force",
        Kind::Name,
        "The variant everybody gets: to end an experiment before its rules are changed.",
    ),
]);

static QUEUE: &[Field] = &[must("name", Kind::Texts, "What visitors call this queue.")];

static CHAT: &[Field] = &[
    may("queue", Kind::Name, "The queue of visitors who open the chat by themselves.").or("\"general\""),
    may("title", Kind::Texts, "The panel's title."),
    may("greeting", Kind::Texts, "The first words in an empty chat."),
    may(
        "sound",
        Kind::OneOf(&["off", "on"]),
        "A short sound, in one tab, when somebody answers while the visitor does not look.",
    )
    .or("\"off\""),
];

pub static RULE: Kind = Kind::Object(&[
    must("id", Kind::Name, "The rule's own name; explain() and the agent see it."),
    may("name", Kind::Texts, "What the rule offers, in words; visitors see it before they share it."),
    must("when", Kind::Condition, "The condition; all its lines must hold.")
        .like("{\"page.id\": \"auto-loans\", \"page.dwell_s\": {\"$gte\": 40}}"),
    must("then", Kind::List { of: &Kind::Choice(ACTIONS), min: 0, max: 8 }, "What to do."),
    may("cap", Kind::Object(CAP), "How often it may fire."),
    may("cooldown", Kind::Duration(YEAR), "Time from one firing to the next at the earliest.")
        .or("0")
        .like("\"10m\""),
    may("delay", Kind::Duration(3600), "Time the condition must have held before the rule fires.")
        .or("0")
        .like("\"3s\""),
    may("priority", Kind::Number { min: -1000, max: 1000 }, "Higher goes first; then the order in the file.")
        .or("0"),
]);

static CAP: &[Field] = &[
    may("page", TIMES, "Times on one page view.").or("1"),
    may("session", TIMES, "Times per session.").or("1"),
    may(
        "visitor",
        TIMES,
        "Times per visitor, over all sessions; counted only with consent. No cap when left out.",
    ),
];

const TIMES: Kind = Kind::Whole { min: 1, max: 1000 };

pub static LIMITS: &[Field] = &[
    may(
        "quiet_after_dismiss_s",
        Kind::Number { min: 0, max: YEAR as i32 },
        "Seconds without any message after a visitor dismissed one; the rest of the session when left out.",
    ),
    may("gap", Kind::Duration(YEAR), "Time between two messages at least.").or("0").like("\"30s\""),
    may("page", MESSAGES, "Messages on one page view, of all rules together. No limit when left out."),
    may("session", MESSAGES, "Messages in one session. No limit when left out."),
    may("visitor", MESSAGES, "Messages for one visitor, over all sessions. No limit when left out."),
    may(
        "quiet_pages",
        Kind::List { of: &Kind::Filled(64), min: 0, max: 200 },
        "Names of pages on which no rule ever fires: login, payments, arrears.",
    )
    .or("[]")
    .like("[\"login\", \"payments\"]"),
];

const MESSAGES: Kind = Kind::Whole { min: 0, max: 1000 };
