//! Where in a file a path leads. The text is read once, however many paths are looked up.

use crate::json;
use crate::text::{digits, glue};
use std::collections::HashMap;

/// Every member and item of a text, with the byte at which it begins.
#[derive(Debug)]
pub struct Places {
    root: Node,
    /// Paths to names that stand twice in one object, each with the byte of its second place: only the last counts.
    pub repeated: Vec<(usize, String)>,
}

#[derive(Debug, Default)]
struct Node {
    at: usize,
    members: HashMap<String, Node>,
    items: Vec<Node>,
}

impl Places {
    /// The places in `text`, which is JSON.
    pub fn new(text: &str) -> Places {
        let mut scan = Scan { text, at: 0, path: String::new(), repeated: Vec::new() };
        scan.space();
        let at = scan.at;
        let root = scan.value(at);
        Places { root, repeated: scan.repeated }
    }

    /// The byte at which the member or item at the end of `steps` begins, or the last one on the way that is there.
    pub fn find(&self, steps: &[String]) -> usize {
        let mut node = &self.root;
        for step in steps {
            let item = || node.items.get(step.parse::<usize>().ok()?);
            let Some(below) = node.members.get(step).or_else(item) else { break };
            node = below;
        }
        node.at
    }
}

/// A walk through a text that is known to be JSON.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// To where it is, as a report writes it.
    path: String,
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

    /// Steps over a value that is known as what begins at `at`.
    fn value(&mut self, at: usize) -> Node {
        let mut node = Node { at, ..Node::default() };
        self.space();
        let open = self.byte();
        match open {
            b'"' => self.string(),
            b'{' | b'[' => {
                self.at += 1;
                self.space();
                while !matches!(self.byte(), b']' | b'}' | 0) {
                    self.inside(open, &mut node);
                    self.space();
                    self.at += usize::from(self.byte() == b',');
                    self.space();
                }
                self.at += 1;
            }
            _ => {
                while !matches!(self.byte(), b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' | 0) {
                    self.at += 1;
                }
            }
        }
        node
    }

    /// Steps over one member or item.
    fn inside(&mut self, open: u8, node: &mut Node) {
        let (at, mark) = (self.at, self.path.len());
        if open == b'[' {
            self.path.push_str(&glue(&["[", &digits(node.items.len() as u64), "]"]));
            let item = self.value(at);
            node.items.push(item);
        } else {
            let name = self.name();
            self.path.push_str(&glue(&[if mark > 0 { "." } else { "" }, &name]));
            let value = self.value(at);
            // Of two members of one name the later counts.
            if node.members.insert(name, value).is_some() {
                self.repeated.push((at, self.path.clone()));
            }
        }
        self.path.truncate(mark);
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

    fn string(&mut self) {
        self.at += 1;
        while !matches!(self.byte(), b'"' | 0) {
            self.at += 1 + usize::from(self.byte() == b'\\');
        }
        self.at += 1;
    }
}
