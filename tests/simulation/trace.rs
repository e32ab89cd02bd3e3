//! What happened, as a number that two runs of a seed must share, and as lines for whoever reads a failure.

pub struct Trace {
    told: bool,
    hash: u64,
    pub lines: Vec<String>,
}

impl Trace {
    /// `told` when lines are wanted: they cost more than the simulation itself.
    pub fn new(told: bool) -> Trace {
        Trace { told, hash: 0xcbf2_9ce4_8422_2325, lines: Vec::new() }
    }

    /// Takes `bytes` into the number (FNV-1a).
    pub fn mix(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.hash = (self.hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    pub fn mix_number(&mut self, number: u64) {
        self.mix(&number.to_le_bytes());
    }

    pub fn line(&mut self, now: u64, line: impl FnOnce() -> String) {
        if self.told {
            let line = line();
            let cut = line.char_indices().nth(260).map_or(line.len(), |(at, _)| at);
            self.lines.push(format!("{:>9.3} {}", now as f64 / 1000.0, &line[..cut]));
        }
    }

    pub fn hash(&self) -> u64 {
        self.hash
    }
}
