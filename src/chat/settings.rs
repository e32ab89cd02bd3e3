//! What the conversation takes from the config, in the visitor's language.

use crate::config::Texts;
use crate::value::Value;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// The bank's name.
    pub bank: String,
    /// The panel's title; empty for the language file's own.
    pub title: String,
    /// The first words in an empty chat; empty for the language file's own.
    pub greeting: String,
    /// The queue of visitors who open the chat by themselves.
    pub queue: String,
    /// Queue names by id.
    pub queues: Vec<(String, String)>,
    /// Where to go when all else fails.
    pub contact: Option<String>,
    pub locale: String,
    /// Whether an answer that nobody sees is heard.
    pub sound: bool,
    /// Whether the browser lets tabs find one connection for all: by its locks and channels.
    pub together: bool,
    /// Whether the page says by tokens who the customer is.
    pub token: bool,
}

impl Settings {
    /// From a config that [`crate::config::Config::decode`] accepted; what does not fit is left empty.
    pub fn decode(config: &Value, language: &str) -> Settings {
        let text = |section: &str, field: &str| {
            let texts = Texts::decode(config.get(section).and_then(|section| section.get(field)));
            texts.pick(language).to_string()
        };
        let chat = config.get("chat");
        let queues = config.get("queues").map_or(&[][..], Value::entries);
        Settings {
            bank: text("brand", "name"),
            title: text("chat", "title"),
            greeting: text("chat", "greeting"),
            queue: chat.and_then(|chat| chat.text_at("queue")).unwrap_or("general").to_string(),
            queues: queues
                .iter()
                .map(|(id, queue)| {
                    (id.to_string(), Texts::decode(queue.get("name")).pick(language).to_string())
                })
                .collect(),
            contact: config.text_at("contact").map(str::to_string),
            locale: language.to_string(),
            sound: chat.and_then(|chat| chat.text_at("sound")) == Some("on"),
            ..Settings::default()
        }
    }

    /// What visitors call the queue; its id when it has no name.
    pub fn queue_name<'s>(&'s self, id: &'s str) -> &'s str {
        self.queues.iter().find(|(known, name)| known == id && !name.is_empty()).map_or(id, |(_, name)| name)
    }
}
