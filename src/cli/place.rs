//! Where in a file a path leads: the line and column an editor would show.

use crate::json;

/// Line and column, from 1; columns are counted in characters.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before.get(start..).unwrap_or_default().chars().count() + 1)
}

/// The byte at which the member or item at the end of `steps` begins, or the last one on the way that is there.
/// `text` is JSON.
pub fn find(text: &str, steps: &[String]) -> usize {
    let mut scan = Scan { text, at: 0, repeated: Vec::new() };
    scan.space();
    let mut found = scan.at;
    for step in steps {
        let Some(place) = scan.child(step) else { break };
        found = place;
    }
    found
}

/// Names that stand twice in one object, each with the byte of its second place: only the last of them counts.
pub fn repeated(text: &str) -> Vec<(usize, String)> {
    let mut scan = Scan { text, at: 0, repeated: Vec::new() };
    scan.value();
    scan.repeated
}

/// A walk through a text that is known to be JSON.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    repeated: Vec<(usize, String)>,
}

impl Scan<'_> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while self.byte().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// Goes to the value of the member or item `step` of the value at hand; the place is where the member begins.
    fn child(&mut self, step: &str) -> Option<usize> {
        self.space();
        let index = step.parse::<usize>();
        let is_list = self.byte() == b'[';
        if !is_list && self.byte() != b'{' {
            return None;
        }
        self.at += 1;
        let mut found = None;
        for count in 0.. {
            self.space();
            if matches!(self.byte(), b']' | b'}' | 0) {
                break;
            }
            let place = self.at;
            let fits = match is_list {
                true => index == Ok(count),
                false => self.name() == step,
            };
            self.space();
            // Of two members of one name the later counts.
            found = if fits { Some((place, self.at)) } else { found };
            self.value();
            self.comma();
        }
        let (place, value) = found?;
        self.at = value;
        Some(place)
    }

    /// Steps over a member's name and its colon.
    fn name(&mut self) -> String {
        let start = self.at;
        self.string();
        let name = self.text.get(start..self.at).and_then(|name| json::parse(name).ok());
        self.space();
        self.at += 1;
        name.and_then(|name| name.text().map(str::to_string)).unwrap_or_default()
    }

    fn comma(&mut self) {
        self.space();
        self.at += usize::from(self.byte() == b',');
    }

    fn string(&mut self) {
        self.at += 1;
        while !matches!(self.byte(), b'"' | 0) {
            self.at += 1 + usize::from(self.byte() == b'\\');
        }
        self.at += 1;
    }

    /// Steps over a value.
    fn value(&mut self) {
        self.space();
        match self.byte() {
            b'"' => self.string(),
            open @ (b'{' | b'[') => {
                self.at += 1;
                let mut names: Vec<String> = Vec::new();
                loop {
                    self.space();
                    if matches!(self.byte(), b']' | b'}' | 0) {
                        break;
                    }
                    if open == b'{' {
                        let place = self.at;
                        let name = self.name();
                        if names.contains(&name) {
                            self.repeated.push((place, name.clone()));
                        }
                        names.push(name);
                    }
                    self.value();
                    self.comma();
                }
                self.at += 1;
            }
            _ => {
                while !matches!(self.byte(), b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' | 0) {
                    self.at += 1;
                }
            }
        }
    }
}
