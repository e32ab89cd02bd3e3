//! The two kinds of message that cross between the tracker and the widget: an offer goes down, a fact comes back.
//!
//! Both cross as plain objects, so that two browser files of different builds could still read them.

use crate::text::cut;
use crate::value::{Members, Value, one};

/// What the tracker hands to the widget.
#[derive(Debug, Clone, PartialEq)]
pub enum Offer {
    /// Open the panel. `by_visitor` when a person asked for it, rather than a rule or the page.
    Open {
        by_visitor: bool,
    },
    Close,
    /// Open the panel and ask for a person.
    Route(Box<Request>),
    /// Open the panel and show what a product costs.
    Fees {
        product: String,
    },
    /// Open the panel and ask what the visitor thinks.
    Ask {
        survey: String,
    },
    /// Go on with the conversation of an earlier page, without opening anything.
    Resume,
}

/// A wish for a person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    pub queue: String,
    pub skill: Option<String>,
    pub priority: i64,
    pub reason: String,
    pub context: Vec<ContextLine>,
    /// Whether the visitor has seen the context and agreed; else the widget asks first.
    pub agreed: bool,
}

/// One thing an agent will be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContextLine {
    /// Stable name, by which the visitor's language has its own words.
    pub key: String,
    /// Name and value for the agent, in the bank's first language.
    pub label: String,
    pub value: String,
    /// The value as the visitor sees it.
    pub shown: String,
}

/// What the widget reports back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatFact {
    Opened,
    Closed,
    /// A conversation is going on.
    Live,
    Ended,
    Unread(u64),
}

impl Offer {
    pub fn to_value(&self) -> Value {
        let mut members = Members::default();
        let kind = match self {
            Offer::Open { by_visitor } => {
                members.flag("by_visitor", *by_visitor);
                "open"
            }
            Offer::Close => "close",
            Offer::Resume => "resume",
            Offer::Fees { product } => {
                members.text("product", product);
                "fees"
            }
            Offer::Ask { survey } => {
                members.text("survey", survey);
                "ask"
            }
            Offer::Route(request) => {
                members.put("request", request.to_value());
                "route"
            }
        };
        members.text("kind", kind).map()
    }

    pub fn from_value(value: &Value) -> Option<Offer> {
        Some(match value.text_at("kind")? {
            "open" => Offer::Open { by_visitor: value.bool_at("by_visitor")? },
            "close" => Offer::Close,
            "resume" => Offer::Resume,
            "fees" => Offer::Fees { product: value.text_at("product")?.to_string() },
            "ask" => Offer::Ask { survey: value.text_at("survey")?.to_string() },
            "route" => Offer::Route(Box::new(Request::from_value(value.get("request")?)?)),
            _ => return None,
        })
    }
}

impl Request {
    pub fn to_value(&self) -> Value {
        let mut members = Members::default();
        members.text("queue", &self.queue);
        if let Some(skill) = &self.skill {
            members.text("skill", skill);
        }
        members
            .put("priority", Value::Number(self.priority as f64))
            .text("reason", &self.reason)
            .put("context", lines(&self.context))
            .flag("agreed", self.agreed)
            .map()
    }

    pub fn from_value(value: &Value) -> Option<Request> {
        Some(Request {
            queue: value.text_at("queue")?.to_string(),
            skill: value.text_at("skill").map(str::to_string),
            priority: value.get("priority").and_then(Value::number).unwrap_or(0.0) as i64,
            reason: value.text_at("reason").unwrap_or_default().to_string(),
            context: value
                .get("context")
                .map_or(&[][..], Value::list)
                .iter()
                .filter_map(ContextLine::from_value)
                .collect(),
            agreed: value.bool_at("agreed").unwrap_or(false),
        })
    }
}

/// The place of `word` in `words`, which stand in one text with a space between. Smaller than a comparison each.
#[inline(never)]
pub(crate) fn nth(mut words: &str, word: &str) -> Option<usize> {
    let mut place = 0;
    while !words.is_empty() {
        let (first, rest) = cut(words, b' ').unwrap_or((words, ""));
        if first == word {
            return Some(place);
        }
        words = rest;
        place += 1;
    }
    None
}

/// Lines of context as a list.
pub fn lines(context: &[ContextLine]) -> Value {
    let mut list = Vec::new();
    for line in context {
        list.push(line.to_value());
    }
    Value::List(list)
}

impl ContextLine {
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("key", &self.key)
            .text("label", &self.label)
            .text("value", &self.value)
            .text("shown", &self.shown)
            .map()
    }

    pub fn from_value(value: &Value) -> Option<ContextLine> {
        let text = |key| value.text_at(key).map(str::to_string);
        Some(ContextLine {
            key: text("key")?,
            label: text("label")?,
            value: text("value")?,
            shown: text("shown")?,
        })
    }
}

impl ChatFact {
    pub fn to_value(self) -> Value {
        let kind = match self {
            ChatFact::Opened => "opened",
            ChatFact::Closed => "closed",
            ChatFact::Live => "live",
            ChatFact::Ended => "ended",
            ChatFact::Unread(count) => {
                return Members::default().text("kind", "unread").whole("count", count).map();
            }
        };
        one("kind", kind)
    }

    pub fn from_value(value: &Value) -> Option<ChatFact> {
        Some(match nth("opened closed live ended unread", value.text_at("kind")?)? {
            0 => ChatFact::Opened,
            1 => ChatFact::Closed,
            2 => ChatFact::Live,
            3 => ChatFact::Ended,
            4 => ChatFact::Unread(value.whole_at("count")?),
            _ => return None,
        })
    }
}
