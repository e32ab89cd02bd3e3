//! Texts that share their memory with others.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// A part of a text. What is read from a long text keeps the whole of it, and copies nothing: of a thousand rules'
/// config, forty thousand texts would be copied.
#[derive(Clone)]
pub struct Piece {
    whole: Rc<String>,
    from: usize,
    to: usize,
}

impl Piece {
    /// What of `whole` stands between two bytes of it; nothing where there is no such part.
    pub fn of(whole: &Rc<String>, from: usize, to: usize) -> Piece {
        Piece { whole: whole.clone(), from, to }
    }

    pub fn as_str(&self) -> &str {
        self.whole.get(self.from..self.to).unwrap_or_default()
    }

    /// The same as bytes: whoever only compares need not have the ends looked at.
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        self.whole.as_bytes().get(self.from..self.to).unwrap_or_default()
    }

    #[inline(always)]
    fn is(&self, other: &[u8]) -> bool {
        // Nearly all that differ differ in their length.
        self.to - self.from == other.len() && self.same(other)
    }

    #[inline(never)]
    fn same(&self, other: &[u8]) -> bool {
        self.bytes() == other
    }
}

impl Deref for Piece {
    type Target = str;

    #[inline(never)]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for Piece {
    #[inline(never)]
    fn from(text: String) -> Piece {
        let to = text.len();
        Piece { whole: Rc::new(text), from: 0, to }
    }
}

impl From<&str> for Piece {
    #[inline(never)]
    fn from(text: &str) -> Piece {
        Piece::from(text.to_string())
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Piece) -> bool {
        self.to - self.from == other.to - other.from && self.same(other.bytes())
    }
}

impl PartialEq<str> for Piece {
    fn eq(&self, other: &str) -> bool {
        self.is(other.as_bytes())
    }
}

impl PartialEq<&str> for Piece {
    fn eq(&self, other: &&str) -> bool {
        self.is(other.as_bytes())
    }
}

impl PartialEq<String> for Piece {
    fn eq(&self, other: &String) -> bool {
        self.is(other.as_bytes())
    }
}

impl AsRef<str> for Piece {
    fn as_ref(&self) -> &str {
        self
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}
