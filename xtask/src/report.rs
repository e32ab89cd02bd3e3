//! The steps of `cargo xtask test`: all of them run, then one table says how each went.

use std::time::Instant;

use anyhow::Result;

use crate::counts::Counts;

#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
    pub counts: Counts,
}

struct Line {
    name: &'static str,
    seconds: f64,
    verdict: Verdict,
}

enum Verdict {
    Passed,
    Failed(String),
    Skipped(&'static str),
}

impl Report {
    /// Runs one step and says whether it passed. Its failure does not stop the others.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce(&mut Counts) -> Result<()>) -> bool {
        println!("\n== {name}");
        let started = Instant::now();
        let verdict = match work(&mut self.counts) {
            Ok(()) => Verdict::Passed,
            Err(error) => Verdict::Failed(format!("{error:#}")),
        };
        let seconds = started.elapsed().as_secs_f64();
        println!("== {name}: {} in {seconds:.1} s", verdict.word());
        if let Verdict::Failed(why) = &verdict {
            println!("   {why}");
        }
        let passed = matches!(verdict, Verdict::Passed);
        self.lines.push(Line { name, seconds, verdict });
        passed
    }

    /// A step that cannot run because another one failed.
    pub fn skip(&mut self, name: &'static str, why: &'static str) {
        self.lines.push(Line { name, seconds: 0.0, verdict: Verdict::Skipped(why) });
    }

    /// Prints the table and, last and alone on its line, the count that CI reads. Says whether all is well.
    pub fn close(self) -> bool {
        println!();
        for line in &self.lines {
            let why = match &line.verdict {
                Verdict::Passed => String::new(),
                Verdict::Failed(why) => format!("  {}", why.lines().next().unwrap_or_default()),
                Verdict::Skipped(why) => format!("  {why}"),
            };
            let text =
                format!("  {:<18} {:>7.1} s  {:<7}{why}", line.name, line.seconds, line.verdict.word());
            println!("{}", text.trim_end());
        }
        let total: f64 = self.lines.iter().map(|line| line.seconds).sum();
        println!("  {:<18} {total:>7.1} s\n", "in all");
        println!("{} passed, {} failed", self.counts.passed, self.counts.failed);
        self.lines.iter().all(|line| matches!(line.verdict, Verdict::Passed))
    }
}

impl Verdict {
    fn word(&self) -> &'static str {
        match self {
            Verdict::Passed => "passed",
            Verdict::Failed(_) => "FAILED",
            Verdict::Skipped(_) => "skipped",
        }
    }
}
