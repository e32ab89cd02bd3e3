//! `cargo xtask reliability`: writes docs/reliability.md from the figures that the tests left behind.

use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::paths::Paths;

const PAGE: &str = "docs/reliability.md";

const HEAD: &str = "\
# What was tried to lose a message

<!-- Written by `cargo xtask reliability` from the figures of the last `cargo xtask test`. Change those, not this. -->

A message that the visitor has sent is in the bank's log exactly once, in order, and on every screen of the visitor's,
or it is shown as not delivered with a way to try again. This page says how that is tested.
";

const EXCEPTIONS: &str = "
## What no tab can know

Four things are beyond what a page can keep, and are counted apart:

- A word whose two copies the browser itself has lost (a storage wiped, or the browser killed within milliseconds).
- A word said again in another session, where nothing is left that tells of the first: without locks, after the browser
  was killed, or after its storage was wiped. The desk stores a repeat once within a session.
- A logout that nothing can carry: no storage takes it in, and no other tab is there to hear it. A desk that asks for
  tokens refuses the former customer's session all the same.
- The order of words of which one could not be written down when it was said.
";

pub fn command() -> Result<bool> {
    let paths = Paths::find()?;
    let mut page = String::from(HEAD);
    simulation(&mut page, &read(&paths, "simulation.json")?)?;
    page.push_str(EXCEPTIONS);
    scenarios(&mut page, &read(&paths, "scenarios.json")?)?;
    fs::write(paths.root.join(PAGE), page).with_context(|| format!("cannot write {PAGE}"))?;
    println!("{PAGE} is written");
    Ok(true)
}

/// What the simulation came to, in a few lines: a test that passes says nothing by itself.
pub fn summary(paths: &Paths) -> Result<String> {
    let figures = read(paths, "simulation.json")?;
    let seeds = figures["seeds"].as_f64().unwrap_or(1.0);
    let mut told = format!(
        "simulation: {} lives, {} events, {:.0} s; {} of {} ordered pairs of faults\nfaults, in % of lives:",
        number(&figures["seeds"]),
        number(&figures["events"]),
        figures["seconds"].as_f64().unwrap_or(0.0),
        number(&figures["pairs"]["hit"]),
        number(&figures["pairs"]["all"]),
    );
    for fault in list(&figures["faults"]) {
        let share = fault["seeds"].as_f64().unwrap_or(0.0) / seeds * 100.0;
        write!(told, " {} {share:.0};", text(&fault["fault"]))?;
    }
    told.push_str("\nplanted bugs, and in how many lives they were found:");
    for bug in list(&figures["planted"]) {
        write!(told, " {} {};", text(&bug["bug"]), number(&bug["seeds"]))?;
    }
    Ok(told)
}

fn read(paths: &Paths, name: &str) -> Result<Value> {
    let path = paths.target.join("figures").join(name);
    let text = fs::read_to_string(&path).with_context(|| {
        format!("there are no figures in {}: run `cargo xtask test` first", path.display())
    })?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

fn simulation(page: &mut String, figures: &Value) -> Result<()> {
    let (seeds, messages) = (number(&figures["seeds"]), &figures["messages"]);
    writeln!(
        page,
        "\n## Simulated lives\n\n`cargo test --test simulation` runs the real panel in one to four tabs and the real \
         desk under a virtual clock,\nwith one seed for everything: {seeds} lives, {} events, {:.0} s on two cores. \
         `SEEDS=1 SEED_FROM=k` replays one.\nNo rule was broken.\n\n- {} messages sent: {} in the log once, {} shown \
         as not delivered, {} given up by the visitor, {} lost with the desk's own log\n  (a fault of its own), {} \
         lost by storage that must lose them, {} left behind by a customer who logged out.\n- {} of {} ordered pairs \
         of faults struck in this order often enough; the same seed twice gave the same trace in {} of {} tries.\n",
        number(&figures["events"]),
        figures["seconds"].as_f64().unwrap_or(0.0),
        number(&messages["sent"]),
        number(&messages["committed"]),
        number(&messages["failed"]),
        number(&messages["discarded"]),
        number(&messages["lost_with_log"]),
        number(&messages["lost_by_storage"]),
        number(&messages["left_behind"]),
        number(&figures["pairs"]["hit"]),
        number(&figures["pairs"]["all"]),
        number(&figures["twice"]),
        number(&figures["twice"]),
    )?;
    writeln!(page, "| Fault | lives it struck |\n|---|---:|")?;
    for fault in list(&figures["faults"]).iter().filter(|fault| fault["seeds"] != 0) {
        let share = fault["seeds"].as_f64().unwrap_or(0.0) / figures["seeds"].as_f64().unwrap_or(1.0);
        writeln!(page, "| {} | {:.0} % |", text(&fault["fault"]), share * 100.0)?;
    }
    writeln!(
        page,
        "\nBugs planted to see whether the simulation would notice, and the seed that noticed:\n\n\
         | Planted | seeds until found | by rule |\n|---|---:|---|"
    )?;
    for bug in list(&figures["planted"]) {
        writeln!(page, "| {} | {} | {} |", text(&bug["bug"]), number(&bug["seeds"]), text(&bug["rule"]))?;
    }
    Ok(())
}

fn scenarios(page: &mut String, figures: &Value) -> Result<()> {
    writeln!(
        page,
        "\n## In a real browser\n\nThe same in Chromium against the real desk, through a proxy that breaks \
         connections (`tests/browser/delivery`).\n\n| Scenario | result |\n|---|---|"
    )?;
    for scenario in list(figures) {
        writeln!(page, "| {} | {} |", text(&scenario["name"]), text(&scenario["result"]))?;
    }
    Ok(())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

/// A whole number with its thousands apart; a question mark for what is none.
fn number(value: &Value) -> String {
    let Some(number) = value.as_u64() else { return "?".to_string() };
    let digits = number.to_string();
    let mut apart = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    apart
}
