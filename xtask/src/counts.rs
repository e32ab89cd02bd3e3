//! How many tests ran, read from what the test runners say themselves.

use std::ops::AddAssign;
use std::path::Path;

use anyhow::{Context, Result};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Counts) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

impl Counts {
    /// From a line of `cargo test`: "test result: ok. 5 passed; 0 failed; …". Other lines count nothing.
    pub fn of_cargo_line(line: &str) -> Counts {
        let Some(result) = line.trim().strip_prefix("test result: ") else { return Counts::default() };
        let number = |label| {
            let words: Vec<&str> = result.split([' ', ';']).filter(|word| !word.is_empty()).collect();
            let at = words.iter().position(|word| *word == label)?;
            words.get(at.checked_sub(1)?)?.parse().ok()
        };
        Counts { passed: number("passed").unwrap_or(0), failed: number("failed").unwrap_or(0) }
    }

    /// From Playwright's JSON report. A flaky test has passed only at a second try: that is a failure here.
    pub fn of_playwright(report: &Path) -> Result<Counts> {
        let cannot = || format!("cannot read the browser tests' report {}", report.display());
        let text = std::fs::read(report).with_context(cannot)?;
        let report: serde_json::Value = serde_json::from_slice(&text).with_context(cannot)?;
        let number = |name| report["stats"][name].as_u64().with_context(cannot);
        Ok(Counts { passed: number("expected")?, failed: number("unexpected")? + number("flaky")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_says_its_counts_in_one_line() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(Counts::of_cargo_line(line), Counts { passed: 12, failed: 3 });
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in ["running 3 tests", "test config::reads ... ok", "3 passed; 1 failed", ""] {
            assert_eq!(Counts::of_cargo_line(line), Counts::default(), "{line}");
        }
    }
}
