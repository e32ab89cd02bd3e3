//! Living seeds through, one after the other or on all cores.

use super::book::Tally;
use super::faults::COUNT;
use super::plant::Plant;
use super::world::World;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// What came of a seed.
pub struct Outcome {
    pub seed: u64,
    pub wrong: Option<String>,
    pub hash: u64,
    pub events: u32,
    pub on: u64,
    pub hit: u64,
    pub before: [u64; COUNT],
    pub takeovers: Vec<u64>,
    pub spread: Vec<u64>,
    pub tally: Tally,
    pub lines: Vec<String>,
}

/// Lives one seed through. A panic is a broken rule like any other.
pub fn seed(seed: u64, only: u64, plant: Option<Plant>, told: bool) -> Outcome {
    let mut world = World::new(seed, only, plant, told);
    let lived = catch_unwind(AssertUnwindSafe(|| world.live()));
    if let Err(panic) = lived {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
        world.wrong = Some(format!("panic: {}", text.unwrap_or_default()));
    }
    Outcome {
        seed,
        wrong: world.wrong,
        hash: world.trace.hash(),
        events: world.events,
        on: world.faults.on(),
        hit: world.faults.hit,
        before: world.faults.before,
        takeovers: world.book.takeovers,
        spread: world.book.spread,
        tally: world.book.tally,
        lines: world.trace.lines,
    }
}

/// Does `work` for each of `jobs` on as many threads as there are cores; `take` gets the results as they come.
pub fn all<R: Send>(jobs: u64, work: impl Fn(u64) -> R + Sync, mut take: impl FnMut(R) -> bool) {
    let next = AtomicU64::new(0);
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get());
    let (send, results) = std::sync::mpsc::sync_channel(64);
    thread::scope(|scope| {
        for _ in 0..cores {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let job = next.fetch_add(1, Ordering::Relaxed);
                    if job >= jobs || send.send(work(job)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        while let Ok(result) = results.recv() {
            if !take(result) {
                break;
            }
        }
        // Whoever still works finds nobody to tell, and stops.
        drop(results);
    });
}
