//! Facts: what rules may ask about this visit. Each is described once.

/// What a condition may ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    PageId,
    PagePath,
    PageDwell,
    PageVisible,
    PageElapsed,
    PageViews,
    SessionPages,
    SessionDuration,
    ChatState,
    VisitorLanguage,
}

/// A fact's name, type and meaning.
#[derive(Debug)]
pub struct FactAbout {
    pub name: &'static str,
    pub kind: FactType,
    pub update: Update,
    /// One sentence for marketers.
    pub about: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactType {
    Text,
    Number,
}

/// When a fact may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// Never on one page.
    Fixed,
    /// When the visitor goes to another page.
    Navigation,
    /// When something happens.
    Event,
    /// With time, in seconds, while its clock runs.
    Clock,
}

/// What a fact is at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FactValue<'a> {
    Text(&'a str),
    Number(f64),
}

macro_rules! facts {
    ($($fact:ident $name:literal $kind:ident $update:ident $about:literal)*) => {
        impl Fact {
            pub const ALL: [Fact; [$(Fact::$fact),*].len()] = [$(Fact::$fact),*];

            pub fn about(self) -> &'static FactAbout {
                match self {
                    $(Fact::$fact => const { &FactAbout {
                        name: $name,
                        kind: FactType::$kind,
                        update: Update::$update,
                        // The sentences are for documentation; the browser's copy leaves them out.
                        about: if cfg!(target_arch = "wasm32") { "" } else { $about },
                    } },)*
                }
            }
        }
    };
}

facts! {
    PageId "page.id" Text Navigation "Name of the page as given under `pages`; empty on a page without a name."
    PagePath "page.path" Text Navigation "The page's path, without query and hash."
    PageDwell "page.dwell_s" Number Clock "Seconds the visitor has really read this page: it was visible, in focus and in use."
    PageVisible "page.visible_s" Number Clock "Seconds this page has been visible."
    PageElapsed "page.elapsed_s" Number Clock "Seconds since this page was opened, whatever the visitor did meanwhile."
    PageViews "page.views" Number Navigation "How often this page was opened in this session, this time included."
    SessionPages "session.pages" Number Navigation "Pages opened in this session, this one included."
    SessionDuration "session.duration_s" Number Clock "Seconds since the session began."
    ChatState "chat.state" Text Event "never, open, closed, live (a conversation is going on) or ended."
    VisitorLanguage "visitor.language" Text Fixed "Language the widget speaks on this page."
}

impl Fact {
    pub fn named(name: &str) -> Option<Fact> {
        Fact::ALL.into_iter().find(|fact| fact.about().name == name)
    }
}
