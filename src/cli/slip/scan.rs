//! What has been read of a text up to the byte at which it ceases to be JSON.

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Name,
    Colon,
    Value,
    /// A comma, or the end of an object or list.
    More,
    /// Nothing.
    End,
}

#[derive(Debug)]
pub struct Scan {
    pub want: Want,
    /// Brackets that are not closed, with their bytes.
    pub open: Vec<(u8, usize)>,
    /// Where the text begins that the byte lies in.
    pub text: Option<usize>,
    /// The last byte before that is no space, with its place.
    pub last: Option<(u8, usize)>,
    /// Where the word begins that the byte lies in or follows without a space.
    word: Option<usize>,
}

impl Scan {
    /// Reads `text` up to the byte `end`, which is JSON as far as that.
    pub fn new(text: &str, end: usize) -> Scan {
        let mut scan = Scan { want: Want::Value, open: Vec::new(), text: None, last: None, word: None };
        let mut escaped = false;
        for (at, byte) in text.bytes().enumerate().take(end) {
            if scan.text.is_some() {
                let ends = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                if ends {
                    scan.text = None;
                    scan.last = Some((byte, at));
                }
                continue;
            }
            scan.byte(byte, at);
        }
        scan
    }

    fn byte(&mut self, byte: u8, at: usize) {
        if byte.is_ascii_whitespace() {
            self.word = None;
            return;
        }
        let within = self.word.take();
        self.last = Some((byte, at));
        match byte {
            b'{' | b'[' => {
                self.open.push((byte, at));
                self.want = if byte == b'{' { Want::Name } else { Want::Value };
            }
            b'}' | b']' => {
                self.open.pop();
                self.valued();
            }
            b',' => {
                let named = self.open.last().is_some_and(|(open, _)| *open == b'{');
                self.want = if named { Want::Name } else { Want::Value };
            }
            b':' => self.want = Want::Value,
            b'"' => {
                self.text = Some(at);
                match self.want {
                    Want::Name => self.want = Want::Colon,
                    _ => self.valued(),
                }
            }
            _ => {
                self.word = within.or(Some(at));
                self.valued();
            }
        }
    }

    /// A value has been read, or has begun.
    fn valued(&mut self) {
        self.want = if self.open.is_empty() { Want::End } else { Want::More };
    }

    /// The word without quotes at the byte `at`, and where it begins.
    pub fn token<'t>(&self, text: &'t str, at: usize) -> Option<(usize, &'t str)> {
        let start = self.word.unwrap_or(at);
        let rest = text.get(start..)?;
        let part = |letter: char| letter.is_alphanumeric() || "_-+.$".contains(letter);
        let end = rest.find(|letter| !part(letter)).unwrap_or(rest.len());
        let token = rest.get(..end).unwrap_or_default();
        // What has been read to its end is not what is wrong, unless it is the end that is missing.
        let whole =
            token.ends_with(|last: char| last.is_ascii_digit()) || ["true", "false", "null"].contains(&token);
        (end > 0 && (start + end > at || !whole)).then_some((start, token))
    }
}
