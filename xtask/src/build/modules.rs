//! Joins the modules of a script of ours into one file, with or without Node.
//!
//! They share one scope afterwards, so a name that two of them declare at their top is refused. What is left for
//! esbuild is to shorten.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// `NAME.js` in `folder`, which keeps its exports, behind all that it imports.
pub fn bundle(folder: &Path, name: &str) -> Result<String> {
    let read = |file: &str| {
        let path = folder.join(file);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    join(&read, name)
}

fn join(read: &dyn Fn(&str) -> Result<String>, name: &str) -> Result<String> {
    let mut joined = Joined { read, seen: BTreeSet::new(), names: BTreeSet::new(), script: String::new() };
    joined.add(&format!("{name}.js"), true)?;
    Ok(joined.script)
}

struct Joined<'a> {
    read: &'a dyn Fn(&str) -> Result<String>,
    seen: BTreeSet<String>,
    names: BTreeSet<String>,
    script: String,
}

impl Joined<'_> {
    fn add(&mut self, file: &str, entry: bool) -> Result<()> {
        if !self.seen.insert(file.to_string()) {
            return Ok(());
        }
        let text = (self.read)(file)?;
        let mut own = String::new();
        for line in text.lines() {
            if line.starts_with("import ") {
                let from = line.split_once(" from './").and_then(|(_, rest)| rest.strip_suffix("';"));
                let from = from.with_context(|| format!("{file}: an import must be one line from './…'"))?;
                self.add(from, false)?;
                continue;
            }
            let kept = if entry { line } else { line.strip_prefix("export ").unwrap_or(line) };
            if let Some(name) = declared(line) {
                ensure!(self.names.insert(name.to_string()), "{file}: another module declares {name} too");
            }
            own.push_str(kept);
            own.push('\n');
        }
        self.script.push_str(&own);
        Ok(())
    }
}

/// What a line without indentation declares.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let rest = ["const ", "let ", "function ", "class "].iter().find_map(|word| line.strip_prefix(word))?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?;
    rest.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Result<String> {
        move |name| {
            let found = list.iter().find(|(known, _)| *known == name);
            Ok(found.with_context(|| format!("no {name}"))?.1.to_string())
        }
    }

    #[test]
    fn what_is_imported_comes_first_and_once() {
        let read = files(&[
            ("main.js", "import { a } from './a.js';\nimport { b } from './b.js';\nexport const start = a;"),
            ("a.js", "import { b } from './b.js';\nexport const a = b;"),
            ("b.js", "export const b = 1;"),
        ]);
        assert_eq!(join(&read, "main").unwrap(), "const b = 1;\nconst a = b;\nexport const start = a;\n");
    }

    #[test]
    fn a_name_declared_twice_is_refused() {
        let read = files(&[("main.js", "import { a } from './a.js';\nlet b;"), ("a.js", "const b = 1;")]);
        let error = join(&read, "main").unwrap_err().to_string();
        assert!(error.contains("main.js: another module declares b"), "{error}");
    }

    #[test]
    fn an_import_that_cannot_be_followed_is_refused() {
        assert!(join(&files(&[("main.js", "import 'elsewhere';")]), "main").is_err());
    }
}
