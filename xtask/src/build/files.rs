//! The widget's files while they are being made, and the one moment when they reach the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::compress::brotli_11;

/// Served name (`lang/en.json`) to content.
#[derive(Default)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    pub fn get(&self, name: &str) -> Result<&[u8]> {
        self.0.get(name).map(Vec::as_slice).with_context(|| format!("the build has no file {name}"))
    }

    pub fn text(&self, name: &str) -> Result<&str> {
        std::str::from_utf8(self.get(name)?).with_context(|| format!("{name} is not UTF-8"))
    }

    pub fn set(&mut self, name: &str, content: Vec<u8>) {
        self.0.insert(name.to_string(), content);
    }

    pub fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    /// Adds everything below `folder`, named by its path in it. Hidden files stay behind.
    pub fn add_folder(&mut self, folder: &Path) -> Result<()> {
        for (name, content) in read_folder(folder)? {
            self.set(&name, content);
        }
        Ok(())
    }

    /// Writes beside `folder` and swaps at the end, so that a running server never sees half of two builds.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let fresh = folder.with_extension("new");
        remove(&fresh)?;
        // A thread each: two large files take nearly all of the time.
        thread::scope(|scope| {
            let writers: Vec<_> = self
                .0
                .iter()
                .map(|(name, content)| {
                    let path = fresh.join(name);
                    scope.spawn(move || write_twins(&path, content))
                })
                .collect();
            writers.into_iter().try_for_each(|writer| {
                writer.join().map_err(|_| anyhow!("a thread that compresses files stopped"))?
            })
        })?;
        remove(folder)?;
        fs::rename(&fresh, folder).with_context(|| format!("cannot write {}", folder.display()))
    }
}

/// Every file below `folder`, sorted by name.
pub fn read_folder(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    visit(folder, "", &mut found)?;
    Ok(found)
}

fn visit(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    let cannot = || format!("cannot read {}", folder.display());
    for entry in fs::read_dir(folder).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            visit(&path, &format!("{prefix}{name}/"), found)?;
        } else {
            let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            found.insert(format!("{prefix}{name}"), content);
        }
    }
    Ok(())
}

fn write_twins(path: &Path, content: &[u8]) -> Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    fs::write(path, content).with_context(cannot)?;
    fs::write(twin(path), brotli_11(content)?).with_context(cannot)
}

/// Where the compressed form of a served file lies: `NAME.br` beside it.
pub fn twin(path: &Path) -> PathBuf {
    let mut twin = path.as_os_str().to_owned();
    twin.push(".br");
    PathBuf::from(twin)
}

fn remove(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}
