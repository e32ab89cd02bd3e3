//! What the README shows must work.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
use bharosa::config::Config;

#[test]
fn every_config_in_the_readme_is_without_mistakes() {
    let readme = include_str!("../README.md");
    let configs: Vec<&str> =
        readme.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect();
    assert_eq!(configs.len(), 3);
    for config in configs {
        let (decoded, errors) = Config::decode(&common::json(config));
        assert!(decoded.is_ok() && errors.is_empty(), "{errors:?} in {config}");
    }
}

#[test]
fn every_fact_is_in_the_reference() {
    let reference = include_str!("../docs/config.md");
    for fact in bharosa::fact::Fact::ALL {
        let name = fact.about().name;
        assert!(reference.contains(&format!("`{name}`")), "{name} is missing in docs/config.md");
    }
}
