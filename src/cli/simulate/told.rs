//! Events and effects as lines of a timeline.

use crate::effect::{Cause, Effect};
use crate::json;
use crate::offer::Offer;
use crate::prompt::Prompt;
use crate::text::{glue, list};
use crate::value::Value;

/// An event; empty for those of which there are too many to tell.
pub fn event(name: &str, argument: &Value) -> String {
    match (name, argument) {
        ("activity" | "tick" | "near" | "scroll" | "leaving" | "shared" | "restored" | "known", _) => {
            String::new()
        }
        ("view" | "moved", argument) => glue(&[name, " ", argument.text_at("path").unwrap_or_default()]),
        ("track", argument) => {
            let detail = match argument.get("detail") {
                None | Some(Value::Null) => String::new(),
                Some(detail) => glue(&[" ", &json::write(detail)]),
            };
            glue(&[name, " ", argument.text_at("name").unwrap_or_default(), &detail])
        }
        (name, Value::Null) => name.to_string(),
        (name, argument) => glue(&[name, " ", &json::write(argument)]),
    }
}

/// What visitors or the page notice of an effect, a line each.
pub fn effect(effect: &Effect) -> Vec<String> {
    match effect {
        Effect::Show(prompt, cause) => message(prompt, cause),
        Effect::Hide => vec!["the message goes away".to_string()],
        Effect::Offer(offer, _) => vec![match offer {
            Offer::Open { .. } => "the panel opens".to_string(),
            Offer::Close => "the panel closes".to_string(),
            Offer::Resume => "the conversation goes on".to_string(),
            Offer::Route(request) => {
                let skill = request.skill.as_ref().map_or(String::new(), |skill| glue(&[", skill ", skill]));
                let reason = if request.reason.is_empty() { "" } else { ": " };
                glue(&["a person is asked for in queue ", &request.queue, &skill, reason, &request.reason])
            }
            Offer::Fees { product } => glue(&["the fees of ", product, " are shown"]),
            Offer::Ask { survey } => glue(&["the survey ", survey, " is asked"]),
        }],
        Effect::Emit(name, detail, _) if name == "fired" => {
            vec![glue(&["the rule ", detail.text_at("rule").unwrap_or_default(), " fires"])]
        }
        Effect::Emit(name, Value::Null, _) => vec![glue(&["the page hears ", name])],
        Effect::Emit(name, detail, _) => vec![glue(&["the page hears ", name, " ", &json::write(detail)])],
        _ => Vec::new(),
    }
}

fn message(prompt: &Prompt, cause: &Cause) -> Vec<String> {
    let mut lines = vec![glue(&["message: ", &prompt.text])];
    if !prompt.replies.is_empty() {
        lines.push(glue(&["    [", &list(&prompt.replies, "] ["), "]"]));
    }
    if let Some((label, link)) = &prompt.link {
        lines.push(glue(&["    [", label, "] to ", link]));
    }
    let mut reasons = Vec::new();
    for because in cause.get("because").map_or(&[][..], Value::list) {
        let text = |key| because.text_at(key).unwrap_or_default();
        let name = if text("name").is_empty() { String::new() } else { glue(&[" of ", text("name")]) };
        reasons.push(glue(&[text("key"), &name, " is ", text("value")]));
    }
    if !reasons.is_empty() {
        lines.push(glue(&["    because ", &list(&reasons, ", ")]));
    }
    lines
}
