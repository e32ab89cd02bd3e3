//! What is timed, each with the goal it has in a browser.

use crate::config::RULES;
use crate::subject::{Subject, decode};
use crate::{addresses, rules, waiting};
use bharosa::tracker::Tracker;

/// One thing that is done again and again.
pub struct Work {
    pub id: &'static str,
    pub what: &'static str,
    /// In microseconds.
    pub goal: f64,
    /// Whether memory may be asked for.
    pub allocates: bool,
}

const fn work(id: &'static str, what: &'static str, goal: f64, allocates: bool) -> Work {
    Work { id, what, goal, allocates }
}

pub static WORKS: [Work; 8] = [
    work("sweep", "full sweep of 1,000 rules x 5", 50.0, false),
    work("engine-tick", "tick, nothing crossed: engine", 1.0, false),
    work("tick", "tick, nothing crossed: tracker", 1.0, false),
    work("held-tick", "the same behind a message", 1.0, false),
    work("waiting-tick", "the same, 1,000 rules waiting", 1.0, false),
    work("navigation", "navigation, 1,000 URL predicates", 300.0, true),
    work("address", "change of address within a page", 300.0, true),
    work("decode", "decode and compile 1,000 x 5", 10_000.0, true),
];

/// Everything that is timed, ready.
pub struct Bench {
    text: String,
    quiet: Subject,
    /// A message is shown, and more rules would like to show theirs.
    held: Subject,
    /// Every rule waits for its delay to end.
    waiting: Subject,
    tour: Subject,
    shifting: Subject,
    /// What decoding made since [`Bench::settle`]: a page keeps its tracker until it ends, and never takes it apart.
    made: Vec<Tracker>,
}

impl Bench {
    /// Or why there is nothing to measure.
    pub fn new() -> Result<Bench, &'static str> {
        let text = rules::config();
        let quiet = Subject::new(&text, rules::HERE, r#"{"segment": "none"}"#);
        let told =
            r#"{"segment": "student", "balance": 1e6, "products": 3, "tags": ["owner", "saver", "vip-7"]}"#;
        let held = Subject::new(&text, rules::HERE, told);
        let addresses = addresses::config();
        let tour = || Subject::new(&addresses, addresses::TOUR[0], "{}");
        let waiting = Subject::new(&waiting::config(), rules::HERE, "{}");
        let (Some(quiet), Some(held), Some(waiting), Some(tour), Some(shifting)) =
            (quiet, held, waiting, tour(), tour())
        else {
            return Err("a config has mistakes");
        };
        if Subject::comparisons(&text) != 5 * RULES {
            return Err("there are not five comparisons a rule");
        }
        if quiet.shown != 0 || held.shown != 1 || tour.shown != 0 {
            return Err("the visits show other messages than they should");
        }
        let mut bench = Bench { text, quiet, held, waiting, tour, shifting, made: Vec::new() };
        match bench.run("sweep", 1) {
            0 | 1 => Err("no rule waits behind the message"),
            _ => Ok(bench),
        }
    }

    /// Does the work `id` so often. The answer depends on everything that was done.
    pub fn run(&mut self, id: &str, times: u32) -> u32 {
        let mut sum: usize = 0;
        for _ in 0..times {
            sum += match id {
                "sweep" => self.held.sweep(),
                "engine-tick" => self.quiet.engine_tick(),
                "tick" => self.quiet.tick(),
                "held-tick" => self.held.tick(),
                "waiting-tick" => self.waiting.tick(),
                "navigation" => self.tour.go(&addresses::TOUR, true),
                "address" => self.shifting.go(&addresses::TOUR, false),
                "decode" => {
                    self.made.extend(decode(&self.text));
                    self.made.len()
                }
                _ => 0,
            };
        }
        sum as u32
    }

    /// Frees what was kept, so that the next measurement finds the memory that the one before found. Not to be timed.
    pub fn settle(&mut self) {
        self.made.clear();
    }

    /// How often memory is asked for, each time.
    pub fn allocations(&mut self, id: &str) -> f64 {
        const TIMES: u32 = 10;
        self.run(id, 4);
        let before = crate::counting::asked();
        self.run(id, TIMES);
        let asked = crate::counting::asked() - before;
        self.settle();
        f64::from(asked) / f64::from(TIMES)
    }

    /// What the measurements are about, in one line.
    pub fn about(&self) -> String {
        let (all, different) = (5 * RULES, rules::different());
        let (clocks, kilobytes) = (self.quiet.clocks(), self.text.len() / 1000);
        format!("{all} comparisons, {different} of them different, {clocks} clocks, {kilobytes} kB of config")
    }

    /// What the sweep is done on.
    pub fn facts(&self) -> String {
        self.held.facts()
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}
