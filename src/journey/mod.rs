//! The facts about this visit: pages, time, the state of the chat.

mod dwell;
mod fact;

pub use dwell::Dwell;
pub use fact::{Fact, FactAbout, FactType, FactValue, Update};

use crate::config::Page;
use crate::time::{Millis, Moment};
use crate::value::{Value, map};

/// What is known about this visit, in this page's memory.
#[derive(Debug)]
pub struct Journey {
    pages: Vec<Page>,
    idle: Millis,
    language: String,
    pub dwell: Dwell,
    path: String,
    page: Option<usize>,
    opened: Moment,
    now: Moment,
    session_started: Millis,
    session_pages: u64,
    /// Views per path or page name in this session.
    views: Vec<(String, u64)>,
    pub chat: ChatState,
}

/// How far the visitor went with the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChatState {
    #[default]
    Never,
    Open,
    Closed,
    Live,
    Ended,
}

impl ChatState {
    const ALL: [ChatState; 5] =
        [ChatState::Never, ChatState::Open, ChatState::Closed, ChatState::Live, ChatState::Ended];

    pub fn name(self) -> &'static str {
        match self {
            ChatState::Never => "never",
            ChatState::Open => "open",
            ChatState::Closed => "closed",
            ChatState::Live => "live",
            ChatState::Ended => "ended",
        }
    }

    pub fn named(name: &str) -> Option<ChatState> {
        ChatState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// How a page view began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// A new view, by load, history or restoration from the back/forward cache.
    New,
    /// The browser threw the tab away and has loaded it again: the same view goes on.
    Resumed,
}

impl Journey {
    pub fn new(pages: Vec<Page>, idle: Millis, language: &str) -> Journey {
        Journey {
            pages,
            idle,
            language: language.to_string(),
            dwell: Dwell::default(),
            path: String::new(),
            page: None,
            opened: Moment::default(),
            now: Moment::default(),
            session_started: 0,
            session_pages: 0,
            views: Vec::new(),
            chat: ChatState::Never,
        }
    }

    /// Brings all clocks up to `now`. Comes before any other change.
    pub fn advance(&mut self, now: Moment) {
        self.dwell.advance(now.mono);
        self.now = now;
    }

    /// A page view begins.
    pub fn view(&mut self, path: &str, arrival: Arrival) {
        let same = arrival == Arrival::Resumed && self.path == path;
        let (engaged, seen) = (self.dwell.engaged(), self.dwell.seen());
        self.opened = self.now;
        self.dwell.start(self.now.mono, self.idle);
        self.relabel(path);
        if same {
            return self.dwell.resume(engaged, seen);
        }
        if self.session_pages == 0 {
            self.session_started = self.now.wall;
        }
        self.session_pages += 1;
        let key = self.key().to_string();
        match self.views.iter_mut().find(|(known, _)| *known == key) {
            Some((_, views)) => *views += 1,
            None => self.views.push((key, 1)),
        }
    }

    /// The address changed without a new view.
    pub fn relabel(&mut self, path: &str) {
        self.path = path.to_string();
        self.page = self.pages.iter().position(|page| page.patterns.iter().any(|p| p.matches(path)));
    }

    pub fn active(&mut self) {
        self.dwell.active(self.now.mono, self.idle);
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// What visitors call this page, in `language`; its id when it has no name, empty when it is not listed.
    pub fn page_name(&self, language: &str) -> &str {
        match self.page() {
            Some(page) if page.name.is_empty() => &page.id,
            Some(page) => page.name.pick(language),
            None => "",
        }
    }

    /// What `fact` is at the last [`Self::advance`].
    pub fn read(&self, fact: Fact) -> FactValue<'_> {
        match fact {
            Fact::PageId => FactValue::Text(self.page().map_or("", |page| &page.id)),
            Fact::PagePath => FactValue::Text(&self.path),
            Fact::PageDwell => seconds(self.dwell.engaged()),
            Fact::PageVisible => seconds(self.dwell.seen()),
            Fact::PageElapsed => seconds(self.elapsed()),
            Fact::PageViews => {
                let views = self.views.iter().find(|(key, _)| key == self.key());
                FactValue::Number(views.map_or(0.0, |(_, count)| *count as f64))
            }
            Fact::SessionPages => FactValue::Number(self.session_pages as f64),
            Fact::SessionDuration => seconds(self.now.wall.saturating_sub(self.session_started)),
            Fact::ChatState => FactValue::Text(self.chat.name()),
            Fact::VisitorLanguage => FactValue::Text(&self.language),
        }
    }

    /// When `fact` reaches `threshold` seconds on the monotonic clock, if nothing happens until then.
    pub fn reaches(&self, fact: Fact, threshold: f64) -> Option<Millis> {
        let target = (threshold * 1000.0).ceil() as Millis;
        let at = match fact {
            Fact::PageDwell => self.dwell.engaged_reaches(target)?,
            Fact::PageVisible => self.dwell.seen_reaches(target)?,
            Fact::PageElapsed => self.now.mono + target.checked_sub(self.elapsed())?,
            Fact::SessionDuration => {
                self.now.mono + target.checked_sub(self.now.wall.saturating_sub(self.session_started))?
            }
            _ => return None,
        };
        (at > self.now.mono).then_some(at)
    }

    /// What of this outlives the page.
    pub fn save(&self) -> Value {
        map([
            ("started", self.session_started.into()),
            ("pages", self.session_pages.into()),
            ("views", Value::Map(self.views.iter().map(|(k, n)| (k.clone(), (*n).into())).collect())),
            ("path", self.path.as_str().into()),
            ("engaged", self.dwell.engaged().into()),
            ("seen", self.dwell.seen().into()),
        ])
    }

    /// Takes back what [`Self::save`] gave; whatever does not fit is skipped.
    pub fn restore(&mut self, saved: &Value) {
        self.session_started = saved.whole_at("started").unwrap_or(0);
        self.session_pages = saved.whole_at("pages").unwrap_or(0);
        self.path = saved.text_at("path").unwrap_or_default().to_string();
        let views = saved.get("views").map_or(&[][..], Value::entries);
        self.views = views.iter().filter_map(|(key, n)| Some((key.clone(), n.whole()?))).take(500).collect();
        self.dwell.resume(saved.whole_at("engaged").unwrap_or(0), saved.whole_at("seen").unwrap_or(0));
    }

    /// Forgets the visit so far, but for the page that is open.
    pub fn forget(&mut self) {
        self.session_pages = 1;
        self.session_started = self.now.wall;
        self.views = vec![(self.key().to_string(), 1)];
    }

    /// Sleep stops the monotonic clock on some machines, and people set the wall clock: the larger one is right
    /// more often.
    fn elapsed(&self) -> Millis {
        let mono = self.now.mono.saturating_sub(self.opened.mono);
        mono.max(self.now.wall.saturating_sub(self.opened.wall))
    }

    fn key(&self) -> &str {
        self.page().map_or(&self.path, |page| &page.id)
    }

    fn page(&self) -> Option<&Page> {
        self.pages.get(self.page?)
    }
}

fn seconds(millis: Millis) -> FactValue<'static> {
    FactValue::Number(millis as f64 / 1000.0)
}
