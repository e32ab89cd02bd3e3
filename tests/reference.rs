//! The reference page in the repository is the one the descriptions make, and nothing in it lacks its sentence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bharosa::condition::OPERATORS;
use bharosa::config::reference;
use bharosa::fact::Fact;
use bharosa::json;

#[test]
fn the_page_is_up_to_date() {
    let page = include_str!("../docs/config.md");
    let made = reference::page();
    let differs = page.lines().zip(made.lines()).find(|(old, new)| old != new);
    assert_eq!(differs, None, "run `cargo bharosa reference > docs/config.md`");
    assert_eq!(page.len(), made.len(), "run `cargo bharosa reference > docs/config.md`");
}

#[test]
fn every_fact_and_operator_is_explained() {
    let page = reference::page();
    for fact in Fact::ALL {
        let about = fact.about();
        assert!(about.about.ends_with('.'), "{}", about.name);
        assert!(json::parse(about.default).is_ok(), "{}: {}", about.name, about.default);
        assert!(page.contains(&format!("| `{}` |", about.name)), "{}", about.name);
    }
    for operator in &OPERATORS {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}`", operator.name)));
        let meaning = row.and_then(|row| row.trim_end_matches(" |").rsplit("| ").next());
        assert!(meaning.is_some_and(|meaning| meaning.ends_with('.')), "{}", operator.name);
    }
}

#[test]
fn rows_have_as_many_cells_as_their_heads() {
    let mut cells = 0;
    for line in reference::page().lines() {
        let count = line.replace("\\|", "").matches('|').count();
        cells = if line.starts_with('|') && cells > 0 { cells } else { count };
        assert_eq!(count, cells, "{line}");
    }
}
