//! The line and column an editor would show for a byte of a text.

/// Bytes after which characters are counted anew: a file may well be one long line.
const STEP: usize = 512;

/// Where lines begin, and how many characters stand before each step.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t [u8],
    starts: Vec<usize>,
    counted: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Lines<'t> {
        let text = text.as_bytes();
        let (mut starts, mut counted, mut characters) = (vec![0], Vec::new(), 0);
        for (at, byte) in text.iter().enumerate() {
            if at % STEP == 0 {
                counted.push(characters);
            }
            characters += usize::from(begins(*byte));
            if *byte == b'\n' {
                starts.push(at + 1);
            }
        }
        counted.push(characters);
        Lines { text, starts, counted }
    }

    /// Line and column, from 1; columns are counted in characters.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        (line, 1 + self.characters(at).saturating_sub(self.characters(start)))
    }

    /// Characters before a byte.
    fn characters(&self, at: usize) -> usize {
        let step = at / STEP;
        let since = self.text.get(step * STEP..at).unwrap_or_default();
        let known = self.counted.get(step).copied().unwrap_or(0);
        known + since.iter().filter(|byte| begins(**byte)).count()
    }
}

/// Whether a byte is the first of its character.
fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}
