//! Facts: what rules may ask about this visit. Each is described once; checking, the JSON Schema, suggestions and
//! the reference page come from that description.

use crate::text::cut;

/// Where the name in the middle of a fact (`section.NAME.visible_s`) comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// The fact has no such part.
    None,
    /// Keys of this object of the config.
    Keys(&'static str),
    /// Words in this list under `tracking`.
    Listed(&'static str),
    /// Whatever the page calls it.
    Free,
}

/// A fact's name, type and meaning.
#[derive(Debug, PartialEq)]
pub struct FactAbout {
    /// `*` stands for the part that [`FactAbout::ids`] names.
    pub name: &'static str,
    pub kind: FactType,
    pub update: Update,
    pub ids: Ids,
    // What is said to people is for documentation; the browser's copy leaves it out.
    /// What it is before anything happened, as JSON; `null` means not known, and then no rule that needs it fires.
    #[cfg(feature = "sentences")]
    pub default: &'static str,
    /// One sentence for marketers.
    #[cfg(feature = "sentences")]
    pub about: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactType {
    Text,
    Number,
    Bool,
    List,
    /// Whatever the page or the event brought: compared by GrowthBook's rules as they are.
    Any,
}

impl FactType {
    /// What a value of this type is called where another one was found.
    pub fn words(self) -> &'static str {
        match self {
            FactType::Text => "a text",
            FactType::Number => "a number",
            FactType::Bool => "true or false",
            FactType::List | FactType::Any => "a list",
        }
    }
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
    /// At a full minute, by the clock on the wall.
    Minute,
    /// When the bank's page or backend says so.
    Pushed,
}

macro_rules! facts {
    ($($fact:ident $name:literal $kind:ident $update:ident $ids:expr, $default:literal $about:literal)*) => {
        /// What a condition may ask about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Fact { $($fact),* }

        impl Fact {
            pub const ALL: [Fact; [$(Fact::$fact),*].len()] = [$(Fact::$fact),*];

            pub fn about(self) -> &'static FactAbout {
                static TABLE: [FactAbout; Fact::ALL.len()] = [$(FactAbout {
                    name: $name,
                    kind: FactType::$kind,
                    update: Update::$update,
                    ids: $ids,
                    #[cfg(feature = "sentences")]
                    default: $default,
                    #[cfg(feature = "sentences")]
                    about: $about,
                }),*];
                &TABLE[self as usize]
            }
        }
    };
}

facts! {
    PageId "page.id" Text Navigation Ids::None, "\"\"" "Name of the page as given under `pages`; empty on a page without a name."
    PagePath "page.path" Text Navigation Ids::None, "\"\"" "The page's path, without query and hash."
    PageQuery "page.query.*" Text Navigation Ids::Listed("query"), "null" "A parameter of the page's address, if `tracking.query` lists it."
    PageDwell "page.dwell_s" Number Clock Ids::None, "0" "Seconds the visitor has really read this page: it was visible, in focus and in use."
    PageVisible "page.visible_s" Number Clock Ids::None, "0" "Seconds this page has been visible."
    PageElapsed "page.elapsed_s" Number Clock Ids::None, "0" "Seconds since this page was opened, whatever the visitor did meanwhile."
    PageScroll "page.scroll_pct" Number Event Ids::None, "0" "How far down this page the visitor has been, in percent of its height; never shrinks."
    PageViews "page.views" Number Navigation Ids::None, "0" "How often this page was opened in this session, this time included."
    SectionVisible "section.*.visible_s" Number Clock Ids::Free, "0" "Seconds a section was really read on this page, all times together: half of it, or half the window, was in view."
    SectionContinuous "section.*.continuous_s" Number Clock Ids::Free, "0" "Seconds a section has been read without a break; 0 when it is out of view."
    SessionPages "session.pages" Number Navigation Ids::None, "0" "Pages opened in this session, this one included."
    SessionDuration "session.duration_s" Number Clock Ids::None, "0" "Seconds since the session began."
    SessionIdle "session.idle_s" Number Clock Ids::None, "0" "Seconds since the visitor last did something, while the page is visible."
    SessionEntry "session.entry_page" Text Navigation Ids::None, "\"\"" "The page the session began on: its name under `pages`, else its path."
    SessionReferrer "session.referrer" Text Navigation Ids::None, "\"\"" "Host of the site the visitor came from; empty when they came directly."
    SessionUtm "session.utm.*" Text Navigation Ids::Listed("utm"), "null" "A campaign parameter (utm_…) of the session's first page, if `tracking.utm` lists it."
    VisitorLanguage "visitor.language" Text Fixed Ids::None, "\"en\"" "Language the widget speaks on this page."
    VisitorDirection "visitor.direction" Text Fixed Ids::None, "\"ltr\"" "Direction that language is written in: ltr or rtl."
    VisitorDevice "visitor.device" Text Fixed Ids::None, "\"desktop\"" "phone, tablet or desktop."
    VisitorVisits "visitor.visits" Number Navigation Ids::None, "null" "Visits of this visitor, this one included; known only with consent."
    VisitorReturning "visitor.returning" Bool Navigation Ids::None, "null" "Whether the visitor has been here before; known only with consent."
    VisitorDaysSince "visitor.days_since" Number Navigation Ids::None, "null" "Whole days since the visit before this one; known only with consent and from the second visit on."
    FormFields "form.*.fields" Number Event Ids::Free, "0" "Fields of a form the visitor has touched on this page. The form's name is its data-bharosa-form, else its id."
    FormErrors "form.*.errors" Number Event Ids::Free, "0" "Times a field of the form was found wrong on this page."
    FormHesitation "form.*.hesitation_s" Number Clock Ids::Free, "0" "Seconds since the visitor last changed anything in the form while a field of it has the focus."
    FormAbandoned "form.*.abandoned" Bool Event Ids::Free, "false" "Whether the visitor left the form, or its page, after touching it and without sending it."
    RageClicks "behaviour.rage_clicks" Number Event Ids::None, "0" "Times on this page the visitor clicked three times or more in quick anger at one spot."
    ExitIntents "behaviour.exit_intents" Number Event Ids::None, "0" "Times on this page the visitor seemed to leave: the pointer left over the top edge or, on touch, a quick scroll back up."
    TimeHour "time.hour" Number Minute Ids::None, "0" "Hour of the day where the visitor is, 0 to 23."
    TimeWeekday "time.weekday" Text Minute Ids::None, "\"mon\"" "Day of the week where the visitor is: mon, tue, wed, thu, fri, sat or sun."
    CalendarOpen "calendar.*.open" Bool Minute Ids::Keys("calendars"), "null" "Whether a calendar is open now, in its own time zone."
    CalendarOpensIn "calendar.*.opens_in_s" Number Clock Ids::Keys("calendars"), "null" "Seconds until a calendar opens next; 0 while it is open."
    QueueOpen "queue.*.open" Bool Pushed Ids::Keys("queues"), "null" "Whether a queue takes visitors, as the backend last said; not known once that has expired."
    QueueAvailable "queue.*.available" Number Pushed Ids::Keys("queues"), "null" "Agents free in a queue."
    QueueWait "queue.*.wait_s" Number Pushed Ids::Keys("queues"), "null" "Expected wait in a queue, in seconds."
    QueueLength "queue.*.length" Number Pushed Ids::Keys("queues"), "null" "Visitors waiting in a queue."
    Attribute "attributes.*" Any Pushed Ids::Keys("attributes"), "null" "What the bank's page has told with bharosa.set({…})."
    Signal "signals.*" Any Event Ids::Keys("signals"), "null" "A count, a sequence or a time since an event, as described under `signals`."
    Experiment "experiments.*" Text Fixed Ids::Keys("experiments"), "null" "The variant this visitor has in an experiment; not known to those who take no part."
    ChatState "chat.state" Text Event Ids::None, "\"never\"" "never, open, closed, live (a conversation is going on) or ended."
    EngagementState "engagement.state" Text Event Ids::None, "\"never\"" "The last thing that happened between the visitor and the widget: never, dismissed (a message), open, closed, live or ended."
    EngagementSince "engagement.since_s" Number Clock Ids::None, "null" "Seconds since that happened."
}

/// A fact as a condition names it: which, and of what.
#[derive(Debug, Clone, PartialEq)]
pub struct FactName {
    pub fact: Fact,
    /// The part that stands for `*`; empty when there is none.
    pub id: String,
}

impl Fact {
    /// The fact `name` names, or `None`. The part in the middle is not looked up.
    pub fn named(name: &str) -> Option<FactName> {
        for fact in Fact::ALL {
            let about = fact.about();
            if about.ids == Ids::None {
                if about.name == name {
                    return Some(FactName { fact, id: String::new() });
                }
                continue;
            }
            let (before, after) = cut(about.name, b'*')?;
            let id = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            if let Some(id) = id.filter(|id| !id.is_empty()) {
                return Some(FactName { fact, id: id.to_string() });
            }
        }
        None
    }
}

impl FactName {
    /// The name as conditions write it.
    pub fn written(&self) -> String {
        let whole = self.fact.about().name;
        let (before, after) = cut(whole, b'*').unwrap_or((whole, ""));
        crate::text::glue(&[before, &self.id, after])
    }
}
