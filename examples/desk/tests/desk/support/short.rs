//! Frames in a few words, so that a test reads like the talk it tests.

use serde_json::Value;

/// `ack m1 2` · `#2 visitor: hi` · `place loans 1` · `c-1 #2 visitor: hi` …
pub fn short(frame: &Value) -> String {
    let text = |key: &str| frame[key].as_str().unwrap_or("?").to_owned();
    let said = match text("type").as_str() {
        "welcome" => {
            let state = frame["conversation"]["state"].as_str().unwrap_or("?");
            let gap = match frame.get("gap") {
                Some(gap) => format!(" without {}-{}", gap["from"], gap["to"]),
                None => String::new(),
            };
            format!("welcome {} {} {state}{gap}", text("resumed"), frame["seq"])
        }
        "ack" => format!("ack {} {}", text("cid"), frame["seq"]),
        "queue" => format!("place {} {}", text("queue"), frame["position"]),
        "typing" => format!("typing {}", frame["on"]),
        "read" => format!("read {}", frame["seq"]),
        "pong" => match frame.get("seq") {
            Some(seq) => format!("pong {} at {seq}", frame["id"]),
            None => format!("pong {}", frame["id"]),
        },
        "fetched" => format!("fetched {}-{} lost {}", frame["from"], frame["to"], frame["lost"]),
        "error" => match frame["cid"].as_str() {
            Some(cid) => format!("error {} {cid}", text("code")),
            None => format!("error {}", text("code")),
        },
        "signed_in" => format!("signed in {}", frame["agent"]["name"].as_str().unwrap_or("?")),
        "board" => board(frame),
        "log" => {
            let lines = frame["entries"].as_array().into_iter().flatten().map(entry);
            let cut = if frame["trimmed"] == true { "… | " } else { "" };
            format!("log {cut}{}", lines.collect::<Vec<_>>().join(" | "))
        }
        "entry" => entry(&frame["entry"]),
        _ => entry(frame),
    };
    match frame["conversation"].as_str() {
        Some(conversation) => format!("{conversation} {said}"),
        None => said,
    }
}

fn entry(entry: &Value) -> String {
    let name = |sender: &Value| sender["name"].as_str().unwrap_or("?").to_owned();
    let said = match entry["type"].as_str() {
        Some("route") => format!("route {}", entry["queue"].as_str().unwrap_or("?")),
        Some("message") => {
            let text = entry["body"]["text"].as_str().unwrap_or("?");
            format!("{}: {text}", entry["from"]["kind"].as_str().unwrap_or("?"))
        }
        Some("agent") => format!("joined {}", name(&entry["agent"])),
        Some("transfer") => match entry["to"]["queue"].as_str() {
            Some(queue) => format!("to queue {queue}"),
            None => format!("to {}", name(&entry["to"]["agent"])),
        },
        Some("end") => format!("ended by {}", entry["by"].as_str().unwrap_or("?")),
        Some("note") => {
            return format!(
                "note {}: {}",
                entry["from"].as_str().unwrap_or("?"),
                entry["text"].as_str().unwrap_or("?")
            );
        }
        other => format!("{other:?}"),
    };
    format!("#{} {said}", entry["seq"])
}

/// `board waiting c-2 c-3 mine c-1`, an ended one as `c-1.`
fn board(frame: &Value) -> String {
    let list = |key: &str| {
        let summaries = frame[key].as_array().into_iter().flatten();
        let ids = summaries.map(|one| {
            let ended = if one["state"] == "ended" { "." } else { "" };
            format!(" {}{ended}", one["id"].as_str().unwrap_or("?"))
        });
        ids.collect::<String>()
    };
    format!("board waiting{} mine{}", list("waiting"), list("mine"))
}
