//! What a config may hold, as data: checking, suggestions, the JSON Schema and the reference page come from it.

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A number within bounds.
    Number { min: i32, max: i32 },
    /// A number without a fraction, within bounds.
    Whole { min: i32, max: i32 },
    /// Seconds as a number, or a text like `40s`, `5m`, `2h` or `1d`; so many seconds at most.
    Duration(u32),
    /// Free text of at most so many characters.
    Text(usize),
    /// The same, and not empty.
    Filled(usize),
    /// Text for visitors: one text for all languages, or an object `{language: text}`.
    Texts,
    /// A name made of lower-case letters, digits, `-` and `_`.
    Name,
    /// A name that the bank's page made: letters of both cases too.
    Word,
    /// A page address: a path, or https, mailto or tel.
    Link,
    /// A WebSocket address: a path, or ws, wss, http or https.
    Socket,
    /// `#rrggbb`.
    Color,
    /// A time zone's name, for example `Asia/Karachi`.
    Zone,
    /// `09:00-17:30`. A range that ends before it begins runs past midnight.
    Hours,
    /// `2026-12-25`.
    Date,
    /// A text, a number, true or false.
    Scalar,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of so many items.
    List { of: &'static Kind, min: usize, max: usize },
    /// An object whose keys are of the bank's choice.
    Map(Key, &'static Kind),
    /// An object with these fields.
    Object(&'static [Field]),
    /// An object of one of these forms. The first field of a form is required and tells it from the others.
    Choice(&'static [&'static [Field]]),
    /// The short form is a text, the long form is the other kind.
    Short(&'static Kind),
    /// A condition over facts.
    Condition,
    /// A condition over the properties of an event.
    Where,
    /// Decoded on its own, so that a mistake in it costs nothing else.
    Item(&'static Kind),
}

/// What the keys of an object may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Any,
    Name,
    Word,
    Date,
}

/// One field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    // What is said to people is for the schema and the documentation; the tracker goes without.
    /// One sentence for whoever writes the config.
    #[cfg(feature = "sentences")]
    pub about: &'static str,
    /// What holds when it is left out, as JSON; empty where nothing does.
    #[cfg(feature = "sentences")]
    pub default: &'static str,
    /// A value to learn from, as JSON; empty where the kind says enough.
    #[cfg(feature = "sentences")]
    pub example: &'static str,
}

/// A field that may be left out.
#[cfg(feature = "sentences")]
pub(super) const fn may(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, required: false, about, default: "", example: "" }
}

#[cfg(not(feature = "sentences"))]
pub(super) const fn may(name: &'static str, kind: Kind, _: &'static str) -> Field {
    Field { name, kind, required: false }
}

/// A field that must be there.
pub(super) const fn must(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { required: true, ..may(name, kind, about) }
}

impl Field {
    /// With what holds when it is left out.
    #[cfg(feature = "sentences")]
    pub(super) const fn or(self, default: &'static str) -> Field {
        Field { default, ..self }
    }

    /// With an example.
    #[cfg(feature = "sentences")]
    pub(super) const fn like(self, example: &'static str) -> Field {
        Field { example, ..self }
    }

    #[cfg(not(feature = "sentences"))]
    pub(super) const fn or(self, _: &'static str) -> Field {
        self
    }

    #[cfg(not(feature = "sentences"))]
    pub(super) const fn like(self, _: &'static str) -> Field {
        self
    }
}
