//! The config described once, as data: decoding, suggestions and (on the host) the documentation come from it.

/// What a value may be.
#[derive(Debug)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A number within bounds.
    Number { min: i32, max: i32 },
    /// Free text of at most so many characters.
    Text(usize),
    /// Text for visitors: one text for all languages, or an object `{language: text}`.
    Texts,
    /// A name made of lower-case letters, digits, `-` and `_`.
    Name,
    /// A page address: a path, or https, mailto or tel.
    Link,
    /// A WebSocket address: a path, or ws, wss, http or https.
    Socket,
    /// `#rrggbb`.
    Color,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of at most so many items.
    List(&'static Kind, usize),
    /// An object whose keys are names of the bank's choice.
    Map(&'static Kind),
    /// An object with these fields.
    Object(&'static [Field]),
    /// An object with exactly one of these fields.
    Choice(&'static [Field]),
    /// The short form is a text, the long form is the other kind.
    Short(&'static Kind),
    /// A condition over facts (see `rules::condition`).
    Condition,
}

/// One field of an object.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// One sentence for whoever writes the config.
    pub about: &'static str,
}

// The sentences are for documentation; the browser's copy leaves them out.
macro_rules! about {
    ($text:literal) => {
        if cfg!(target_arch = "wasm32") { "" } else { $text }
    };
}

const fn may(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, required: false, about }
}

const fn must(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, required: true, about }
}

/// The whole config file.
pub static CONFIG: Kind = Kind::Object(&[
    may("$schema", Kind::Text(500), about!("Address of the JSON Schema, for editors.")),
    must("version", Kind::Number { min: 1, max: 1 }, about!("Version of this format: 1.")),
    must("backend", Kind::Socket, about!("Where conversations go, for example /ws.")),
    may(
        "contact",
        Kind::Link,
        about!("The page the launcher links to while, or wherever, the widget cannot run."),
    ),
    may(
        "languages",
        Kind::List(&Kind::Name, 40),
        about!("Languages the texts are written in; the first is the default."),
    ),
    may("brand", Kind::Object(BRAND), about!("How it looks.")),
    may("launcher", Kind::Object(LAUNCHER), about!("The button in the corner.")),
    may(
        "pages",
        Kind::Map(&Kind::Short(&Kind::Object(PAGE))),
        about!("Pages by name: a path pattern, where * stands for anything."),
    ),
    may("tracking", Kind::Object(TRACKING), about!("How reading time is measured.")),
    may("queues", Kind::Map(&Kind::Object(QUEUE)), about!("Queues the backend knows, by id.")),
    may("chat", Kind::Object(CHAT), about!("The conversation.")),
    may("rules", Kind::List(&Kind::Object(RULE), 1000), about!("When to help, and how.")),
    may("limits", Kind::Object(LIMITS), about!("Limits that hold for all rules together.")),
]);

static BRAND: &[Field] = &[
    may("name", Kind::Texts, about!("The bank's name.")),
    may("color", Kind::Color, about!("The brand colour; text on it is chosen for contrast.")),
    may(
        "position",
        Kind::OneOf(&["end", "start"]),
        about!("The corner: end is right in left-to-right pages."),
    ),
];

static LAUNCHER: &[Field] = &[may("label", Kind::Texts, about!("The words on the launcher."))];

static PAGE: &[Field] = &[
    must("match", Kind::Short(&Kind::List(&Kind::Text(200), 20)), about!("One pattern or several.")),
    may("name", Kind::Texts, about!("What visitors and agents call this page.")),
];

static TRACKING: &[Field] = &[may(
    "idle_s",
    Kind::Number { min: 5, max: 600 },
    about!("Seconds without scrolling, typing or moving after which reading time stops; 30 when left out."),
)];

static QUEUE: &[Field] = &[must("name", Kind::Texts, about!("What visitors call this queue."))];

static CHAT: &[Field] = &[
    may("queue", Kind::Name, about!("The queue of visitors who open the chat by themselves.")),
    may("title", Kind::Texts, about!("The panel's title.")),
    may("greeting", Kind::Texts, about!("The first words in an empty chat.")),
];

static RULE: &[Field] = &[
    must("id", Kind::Name, about!("The rule's own name; explain() and the agent see it.")),
    may("name", Kind::Texts, about!("What the rule offers, in words; visitors see it before they share it.")),
    must("when", Kind::Condition, about!("The condition; all its lines must hold.")),
    must("then", Kind::List(&Kind::Choice(ACTION), 8), about!("What to do.")),
    may("cap", Kind::Object(CAP), about!("How often it may fire; once a session when left out.")),
    may(
        "priority",
        Kind::Number { min: -1000, max: 1000 },
        about!("Higher goes first; then the order in the file."),
    ),
];

static CAP: &[Field] = &[may("session", Kind::Number { min: 1, max: 1000 }, about!("Times per session."))];

static LIMITS: &[Field] = &[may(
    "quiet_after_dismiss_s",
    Kind::Number { min: 0, max: 31_536_000 },
    about!(
        "Seconds without any message after a visitor dismissed one; the rest of the session when left out."
    ),
)];

static ACTION: &[Field] = &[
    may("say", Kind::Object(SAY), about!("Show a message beside the launcher.")),
    may("open", Kind::OneOf(&["chat"]), about!("Open the panel.")),
    may("route", Kind::Object(ROUTE), about!("Open the panel and ask for a person.")),
];

static SAY: &[Field] = &[
    must("text", Kind::Texts, about!("The message. {page.name} and {page.dwell_s} are filled in.")),
    may("replies", Kind::List(&Kind::Object(REPLY), 4), about!("Buttons under it.")),
];

static REPLY: &[Field] = &[
    must("text", Kind::Texts, about!("The words on the button.")),
    may(
        "then",
        Kind::List(&Kind::Choice(ANSWER), 4),
        about!("What the button does; nothing means no, thanks."),
    ),
];

static ANSWER: &[Field] = &[
    may("open", Kind::OneOf(&["chat"]), about!("Open the panel.")),
    may("route", Kind::Object(ROUTE), about!("Open the panel and ask for a person.")),
];

static ROUTE: &[Field] = &[
    must("queue", Kind::Name, about!("Id of the queue.")),
    may("skill", Kind::Name, about!("Skill wanted.")),
    may("priority", Kind::Number { min: -1000, max: 1000 }, about!("Higher is served first.")),
    may("reason", Kind::Texts, about!("Why, in words for the agent. The same slots as in messages.")),
];
