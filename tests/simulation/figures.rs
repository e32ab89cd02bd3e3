//! What ten thousand lives come to: printed as one block, and written for the documentation.

use super::book::Tally;
use super::faults::{COUNT, FAULTS};
use super::run::Outcome;
use serde_json::json;
use std::path::Path;

/// Of all seeds, the share in which each fault must strike.
const SHARE: f64 = 0.05;
/// Of ten thousand seeds, those in which each fault must strike after each other one.
const PAIRS: u64 = 100;
/// Milliseconds within which another tab leads, in 95 of 100 cases, after the leader's has gone.
const TAKEOVER: u64 = 300;
/// Of those a server sends away, the share that may be back within a second: a tenth if they spread over ten.
const HERD: f64 = 0.25;

#[derive(Default)]
pub struct Figures {
    seeds: u64,
    events: u64,
    struck: Vec<u64>,
    pairs: Vec<Vec<u64>>,
    takeovers: Vec<u64>,
    spread: Vec<u64>,
    tally: Tally,
    pub twice: u64,
    pub planted: Vec<(&'static str, Option<(u64, String)>)>,
    pub seconds: f64,
    pub all_seconds: f64,
}

impl Figures {
    pub fn take(&mut self, outcome: &Outcome) {
        self.seeds += 1;
        self.events += u64::from(outcome.events);
        self.struck.resize(COUNT, 0);
        self.pairs.resize(COUNT, vec![0; COUNT]);
        for later in 0..COUNT {
            self.struck[later] += outcome.hit >> later & 1;
            for earlier in 0..COUNT {
                self.pairs[earlier][later] += outcome.before[later] >> earlier & 1;
            }
        }
        self.takeovers.extend(&outcome.takeovers);
        self.spread.extend(&outcome.spread);
        let (all, one) = (&mut self.tally, outcome.tally);
        all.said += one.said;
        all.committed += one.committed;
        all.lost_by_storage += one.lost_by_storage;
        all.lost_with_log += one.lost_with_log;
        all.failed += one.failed;
        all.discarded += one.discarded;
        all.left_behind += one.left_behind;
        all.doubled += one.doubled;
        all.waiting += one.waiting;
    }

    /// Whether tabs take over too slowly, by all seeds together.
    pub fn slow(&self) -> Option<String> {
        let late = self.takeovers.iter().filter(|ms| **ms > TAKEOVER).count();
        (self.takeovers.len() >= 40 && late * 20 > self.takeovers.len())
            .then(|| format!("takeover: {late} of {} took more than {TAKEOVER} ms", self.takeovers.len()))
    }

    /// Whether those whom the server sends away come back as a herd.
    pub fn herd(&self) -> Option<String> {
        let soon = self.spread.iter().filter(|ms| **ms < 1_000).count();
        (self.spread.len() >= 40 && soon as f64 > self.spread.len() as f64 * HERD).then(|| {
            format!("S7: {soon} of {} whom the server sent away were back within a second", self.spread.len())
        })
    }

    fn pairs_hit(&self) -> (usize, usize) {
        let least = (PAIRS * self.seeds).div_ceil(10_000);
        let pairs = (0..COUNT).flat_map(|a| (0..COUNT).map(move |b| (a, b))).filter(|(a, b)| a != b);
        let struck = |a: usize, b: usize| self.pairs.get(a).map_or(0, |row| row[b]);
        let hit = pairs.filter(|(a, b)| struck(*a, *b) >= least).count();
        (hit, COUNT * (COUNT - 1))
    }

    fn percentile(&self, share: f64) -> u64 {
        let mut sorted = self.takeovers.clone();
        sorted.sort_unstable();
        let at = (sorted.len() as f64 * share) as usize;
        sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or(0)
    }

    pub fn print(&self) {
        println!("simulation: {} seeds, {} events, {:.1} s", self.seeds, self.events, self.seconds);
        let t = &self.tally;
        println!(
            "messages: {} sent; {} in the log once, {} lost with the server's log, {} by storage that must lose them, {} shown as failed, {} given up, {} left behind by a customer, {} stored in two sessions (no locks, a killed browser, or tried again), {} waiting in the storage (no locks)",
            t.said,
            t.committed,
            t.lost_with_log,
            t.lost_by_storage,
            t.failed,
            t.discarded,
            t.left_behind,
            t.doubled,
            t.waiting
        );
        println!(
            "takeover after a leader has gone: {} times, p50 {} ms, p95 {} ms, p99 {} ms",
            self.takeovers.len(),
            self.percentile(0.5),
            self.percentile(0.95),
            self.percentile(0.99)
        );
        for (index, (_, told, _)) in FAULTS.iter().enumerate() {
            let share =
                self.struck.get(index).copied().unwrap_or(0) as f64 / self.seeds.max(1) as f64 * 100.0;
            println!("  {share:5.1} %  {told}");
        }
        let (hit, all) = self.pairs_hit();
        println!("ordered pairs of faults that struck in that order often enough: {hit} of {all}");
        println!("same seed twice, same trace: {} seeds", self.twice);
        for (told, caught) in &self.planted {
            match caught {
                Some((seeds, rule)) => println!("  planted: {told}: seed {seeds}, {rule:.90}"),
                None => println!("  planted: {told}: NOT FOUND"),
            }
        }
        println!("all together: {:.1} s", self.all_seconds);
    }

    /// Fails if the simulation was not what it must be.
    pub fn judge(&self) {
        assert_eq!((self.slow(), self.herd()), (None, None));
        let missed: Vec<&str> =
            self.planted.iter().filter(|(_, caught)| caught.is_none()).map(|(told, _)| *told).collect();
        assert_eq!(missed, Vec::<&str>::new(), "planted and not found");
        // Fewer seeds say nothing about shares.
        if self.seeds < 2_000 {
            return;
        }
        let share = |index: usize| self.struck[index] as f64 / self.seeds as f64;
        let rare: Vec<&str> = FAULTS
            .iter()
            .enumerate()
            .filter(|(index, _)| share(*index) < SHARE)
            .map(|(_, (_, told, _))| *told)
            .collect();
        assert_eq!(rare, Vec::<&str>::new(), "struck in less than 5 % of the seeds");
    }

    /// For the documentation.
    pub fn write(&self) {
        let faults: Vec<_> = FAULTS
            .iter()
            .enumerate()
            .map(|(index, (_, told, _))| json!({"fault": told, "seeds": self.struck[index]}))
            .collect();
        let planted: Vec<_> = self
            .planted
            .iter()
            .map(|(told, caught)| {
                json!({"bug": told, "seeds": caught.as_ref().map(|(seeds, _)| *seeds),
                "rule": caught.as_ref().map(|(_, rule)| rule.split(':').next().unwrap_or_default())})
            })
            .collect();
        let (pairs, all_pairs) = self.pairs_hit();
        let t = &self.tally;
        let value = json!({
            "seeds": self.seeds, "events": self.events, "seconds": self.seconds, "all_seconds": self.all_seconds,
            "messages": {"sent": t.said, "committed": t.committed, "lost_with_log": t.lost_with_log,
                "lost_by_storage": t.lost_by_storage, "failed": t.failed, "discarded": t.discarded,
                "left_behind": t.left_behind, "doubled_in_two_sessions": t.doubled, "waiting_without_locks": t.waiting},
            "takeover_ms": {"times": self.takeovers.len(), "p50": self.percentile(0.5), "p95": self.percentile(0.95),
                "p99": self.percentile(0.99)},
            "pairs": {"hit": pairs, "all": all_pairs},
            "twice": self.twice, "faults": faults, "planted": planted,
        });
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a target folder").join("figures");
        std::fs::create_dir_all(&folder).expect("the folder of figures");
        let text = serde_json::to_string_pretty(&value).expect("JSON");
        std::fs::write(folder.join("simulation.json"), text + "\n").expect("the figures are written");
    }
}
