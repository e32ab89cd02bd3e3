//! A thousand rules that each ask about the page's address in their own way.

/// Where the visitor goes, again and again.
pub const TOUR: [&str; 4] =
    ["/loans/auto/7/apply", "/cards/gold/41/rates", "/savings/youth/300/terms", "/a/page/no/rule/knows"];

const PRODUCTS: [&str; 5] = ["loans/auto", "cards/gold", "savings/youth", "loans/home", "cards/travel"];

/// The config's text. The rules wait for reading time, so that going there fires none of them.
pub fn config() -> String {
    crate::config::config("", |rule| {
        format!(
            r#"{{"id": "rule-{rule}", "when": {{"page.path": {}, "page.dwell_s": {{"$gte": {}}}}},
 "then": [{{"open": "chat"}}]}}"#,
            pattern(rule),
            5 + rule % 60
        )
    })
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
