//! The figures side by side.

use super::{Figure, Line};

/// One row for each kind of work, with what misses its goal marked.
pub fn of(lines: &[Line]) -> String {
    let mut table = format!(
        "\n  {:<34}{:>10}{:>11}{:>24}{:>12}{:>8}{:>11}{:>24}{:>18}\n",
        "median, 80 % of batches", "goal", "WASM", "", "JavaScript", "ratio", "native", "", "allocations"
    );
    for line in lines {
        let ratio =
            line.wasm.zip(line.plain).map(|(ours, plain)| format!("{:.1}", ours.median / plain.median));
        let [in_wasm, in_native] =
            line.allocations.map(|count| count.map_or("-".to_string(), |c| c.to_string()));
        table.push_str(&format!(
            "  {:<34}{:>10}{:>11}{:>24}{:>12}{:>8}{:>11}{:>24}{:>18}{}\n",
            line.what,
            time(line.goal),
            median(line.wasm),
            spread(line.wasm),
            median(line.plain),
            ratio.unwrap_or_default(),
            median(line.native),
            spread(line.native),
            format!("{in_wasm} / {in_native}"),
            verdict(line),
        ));
    }
    table.push_str("  JavaScript: the same work written by hand (for decoding, JSON.parse alone).\n");
    table.push_str("  Decoding keeps the tracker that it makes, as a page does, and drops what it read.\n");
    table
}

fn verdict(line: &Line) -> String {
    let mut said = String::new();
    if line.wasm.is_some_and(|figure| figure.median > line.goal) {
        said.push_str("  OVER ITS GOAL");
    }
    if !line.allocates && line.allocations.iter().flatten().any(|count| *count > 0.0) {
        said.push_str("  ALLOCATES");
    }
    said
}

fn median(figure: Option<Figure>) -> String {
    figure.map_or("-".to_string(), |figure| time(figure.median))
}

fn spread(figure: Option<Figure>) -> String {
    figure.map_or(String::new(), |figure| format!("{} .. {}", time(figure.low), time(figure.high)))
}

/// Microseconds as people read them.
fn time(micros: f64) -> String {
    match micros {
        m if m >= 1000.0 => format!("{:.2} ms", m / 1000.0),
        m if m >= 10.0 => format!("{m:.0} µs"),
        m if m >= 1.0 => format!("{m:.1} µs"),
        m => format!("{:.0} ns", m * 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(micros: f64, allocations: f64) -> Line {
        let figure = Figure { median: micros, low: micros, high: micros };
        Line {
            id: "tick".to_string(),
            what: "tick".to_string(),
            goal: 1.0,
            allocates: false,
            wasm: Some(figure),
            plain: None,
            native: None,
            allocations: [Some(allocations), None],
        }
    }

    #[test]
    fn what_misses_its_goal_is_marked() {
        let marks = [line(1.0, 0.0), line(1.01, 0.0), line(0.5, 0.1)].map(|line| verdict(&line));
        assert_eq!(marks, ["", "  OVER ITS GOAL", "  ALLOCATES"]);
    }

    #[test]
    fn times_are_told_in_units_that_suit_them() {
        let told = [0.0123, 0.9999, 1.0, 47.6, 12_345.0].map(time);
        assert_eq!(told, ["12 ns", "1000 ns", "1.0 µs", "48 µs", "12.35 ms"]);
    }
}
