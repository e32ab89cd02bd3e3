//! The repository's own files, for tests that read them.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

/// What is built, fetched or left behind by tools.
const NOT_OURS: [&str; 5] = ["target", "node_modules", ".git", "results", "package-lock.json"];

pub struct File {
    /// Relative to the repository, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    pub fn ends(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// The lines with their numbers, without those that are nothing but a comment.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// All text files below `folder`, in the order of their names.
pub fn files(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    found.sort();
    found
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let relative = path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
            Some(File { path: relative, text })
        })
        .collect()
}

pub fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let ours = path.file_name().is_some_and(|name| !NOT_OURS.iter().any(|other| name == *other));
        if ours && path.is_dir() {
            walk(&path, found);
        } else if ours {
            found.push(path);
        }
    }
}

/// Fails with all of `problems`, one on a line.
pub fn none(problems: Vec<String>, rule: &str) {
    assert!(problems.is_empty(), "{rule}\n  {}", problems.join("\n  "));
}
