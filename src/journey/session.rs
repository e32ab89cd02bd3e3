//! This session's pages: how many, which how often, where it began and from where.

use crate::text::Piece;
use crate::value::{Members, Value};

/// More pages than anybody opens; a site cannot make the list longer.
const MANY: usize = 500;

#[derive(Debug, Default)]
pub struct Session {
    pub pages: u64,
    /// Views per page.
    views: Vec<(String, u64)>,
    pub entry: String,
    pub referrer: String,
    /// Campaign parameters of the first page.
    pub utm: Vec<(Piece, Value)>,
}

impl Session {
    /// One more view of `page`. Where the session began is noted once.
    pub fn view(&mut self, page: &str, referrer: &str, query: &[(Piece, Value)]) {
        if self.pages == 0 {
            self.entry = page.to_string();
            self.referrer = referrer.to_string();
            for (name, value) in query {
                if let Some(name) = name.strip_prefix("utm_") {
                    self.utm.push((name.into(), value.clone()));
                }
            }
        }
        self.pages += 1;
        let known = self.views.iter().position(|(known, _)| known == page);
        if let Some((_, views)) = known.and_then(|index| self.views.get_mut(index)) {
            *views += 1;
        } else if self.views.len() < MANY {
            self.views.push((page.to_string(), 1));
        }
    }

    pub fn views(&self, page: &str) -> u64 {
        self.views.iter().find(|(known, _)| known == page).map_or(0, |(_, views)| *views)
    }

    /// Forgets all but that `page` is open.
    pub fn forget(&mut self, page: &str) {
        *self = Session::default();
        self.view(page, "", &[]);
    }

    pub fn save(&self) -> Value {
        let mut views = Vec::new();
        for (page, count) in &self.views {
            views.push((page.as_str().into(), (*count).into()));
        }
        Members::default()
            .whole("pages", self.pages)
            .put("views", Value::Map(views))
            .text("entry", &self.entry)
            .text("referrer", &self.referrer)
            .put("utm", Value::Map(self.utm.clone()))
            .map()
    }

    /// Takes back what [`Self::save`] gave; whatever does not fit is skipped.
    pub fn restore(&mut self, saved: &Value) {
        let text = |key| saved.text_at(key).unwrap_or_default().to_string();
        self.pages = saved.whole_at("pages").unwrap_or(0);
        self.views.clear();
        for (page, count) in saved.get("views").map_or(&[][..], Value::entries).iter().take(MANY) {
            if let Some(count) = count.whole() {
                self.views.push((page.to_string(), count));
            }
        }
        self.entry = text("entry");
        self.referrer = text("referrer");
        self.utm = saved.get("utm").map_or(&[][..], Value::entries).to_vec();
    }
}
