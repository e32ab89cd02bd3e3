//! What all measured configs have in common: a thousand rules, and the frame around them.

pub const RULES: usize = 1000;

/// The config's text: `members` stand before its rules, each of which `rule` writes.
pub fn config(members: &str, rule: impl Fn(usize) -> String) -> String {
    let rules: Vec<String> = (0..RULES).map(rule).collect();
    let rules = rules.join(",\n");
    format!("{{\"version\": 1, \"backend\": \"/ws\", {members}\"rules\": [\n{rules}]}}")
}
