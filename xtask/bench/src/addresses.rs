//! A thousand rules that each ask about the page's address in their own way.

use std::fmt::Write;

pub const RULES: usize = 1000;

/// Where the visitor goes, again and again.
pub const TOUR: [&str; 4] =
    ["/loans/auto/7/apply", "/cards/gold/41/rates", "/savings/youth/300/terms", "/a/page/no/rule/knows"];

const PRODUCTS: [&str; 5] = ["loans/auto", "cards/gold", "savings/youth", "loans/home", "cards/travel"];

/// The config's text. The rules wait for reading time, so that going there fires none of them.
pub fn config() -> String {
    let mut text = String::from(r#"{"version": 1, "backend": "/ws", "rules": ["#);
    for rule in 0..RULES {
        let comma = if rule == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}
{{"id": "rule-{rule}", "when": {{"page.path": {}, "page.dwell_s": {{"$gte": {}}}}},
 "then": [{{"open": "chat"}}]}}"#,
            pattern(rule),
            5 + rule % 60
        );
    }
    text.push_str("]}");
    text
}

/// What one rule asks about the address: no two ask the same.
fn pattern(rule: usize) -> String {
    let (product, number) = (PRODUCTS[rule % PRODUCTS.len()], rule / 3);
    match rule % 3 {
        0 => format!(r#"{{"$glob": "/{product}/{number}/*"}}"#),
        1 => format!(r#"{{"$regex": "^/{product}/{number}/(apply|rates|terms)$"}}"#),
        _ => format!(r#"{{"$startsWith": "/{product}/{number}/"}}"#),
    }
}
