//! Every long step says when it starts, and at its end how long it took: nobody wonders whether it hangs.

use std::time::Instant;

use anyhow::Result;

pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("· {what} …");
    let started = Instant::now();
    let result = work();
    let verdict = if result.is_ok() { "done" } else { "failed" };
    println!("  {verdict} in {:.1} s", started.elapsed().as_secs_f64());
    result
}

pub fn note(text: &str) {
    println!("  {text}");
}

pub fn warn(text: &str) {
    eprintln!("\n  warning: {text}\n");
}
