//! The integrity chain: whoever trusts the loader's hash trusts every byte that it ever loads.
//!
//! The loader knows the hashes of the tracker's two files; the tracker's script knows that of `later.json`, which
//! holds those of everything that comes later. So a page pins one file, and every page carries three hashes, however
//! many languages there are.

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::files::Files;

const LOADER: &str = "bharosa.js";

/// The hashes of all that comes later. Beside the tracker rather than in it: most pages never want any of them.
const LATER: &str = "later.json";

pub fn link(files: &mut Files, version: &str) -> Result<()> {
    let table = serde_json::to_vec(&table(files)?).context("cannot write JSON")?;
    let tracker = format!("{}\nconst later=\"{}\";\n", files.text("tracker.js")?.trim_end(), hash(&table));
    files.set(LATER, table);
    files.set("tracker.js", tracker.into_bytes());

    let loader = files.text(LOADER)?.to_string();
    let loader = replace_once(&loader, "__TRACKER_JS__", &hash(files.get("tracker.js")?))?;
    let loader = replace_once(&loader, "__TRACKER_WASM__", &hash(files.get("tracker.wasm")?))?;
    files.set(LOADER, loader.replace("__VERSION__", version).into_bytes());
    Ok(())
}

/// A hash as browsers read it, `sha256-…`. The shortest of the three kinds: the loader carries two of them.
pub fn hash(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

/// What the tracker's shell loads when it is wanted, by served name.
fn table(files: &Files) -> Result<serde_json::Value> {
    let later = [
        "asked.js",
        "check.js",
        "check.wasm",
        "say.css",
        "say.js",
        "shared.js",
        "widget.css",
        "widget.js",
        "widget.wasm",
    ];
    let mut names: Vec<String> = later.map(String::from).to_vec();
    let languages =
        files.names().into_iter().filter(|name| name.starts_with("lang/") && name.ends_with(".json"));
    names.extend(languages);
    ensure!(names.len() > later.len(), "there is no language file in www/bharosa/lang");
    let entries = names.into_iter().map(|name| {
        let hash = hash(files.get(&name)?);
        Ok((name, hash.into()))
    });
    Ok(serde_json::Value::Object(entries.collect::<Result<_>>()?))
}

/// A placeholder that is missing would leave a file unchecked; one that is there twice tells of a mistake.
fn replace_once(text: &str, placeholder: &str, value: &str) -> Result<String> {
    let count = text.matches(placeholder).count();
    ensure!(
        count == 1,
        "{LOADER} must name {placeholder} exactly once for the integrity chain, and names it {count} times \
         after minifying"
    );
    Ok(text.replacen(placeholder, value, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(loader: &str) -> Files {
        let mut files = Files::default();
        for name in [
            "asked.js",
            "check.js",
            "check.wasm",
            "say.css",
            "say.js",
            "shared.js",
            "widget.js",
            "widget.wasm",
            "widget.css",
            "lang/en.json",
            "lang/ur.json",
            "tracker.wasm",
        ] {
            files.set(name, name.as_bytes().to_vec());
        }
        files.set("tracker.js", b"export { start as default };".to_vec());
        files.set(LOADER, loader.as_bytes().to_vec());
        files
    }

    #[test]
    fn a_hash_is_written_as_browsers_read_it() {
        assert_eq!(hash(b"hello"), "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    }

    #[test]
    fn every_link_holds_the_next() {
        let mut files = example("load('__TRACKER_JS__','__TRACKER_WASM__','__VERSION__')");
        link(&mut files, "1.2.3").unwrap();
        let tracker = files.text("tracker.js").unwrap();
        assert!(tracker.contains(&hash(files.get(LATER).unwrap())), "{tracker}");
        let later = files.text(LATER).unwrap();
        for name in ["say.js", "widget.wasm", "widget.css", "lang/en.json", "lang/ur.json"] {
            assert!(later.contains(&format!("\"{name}\":\"{}\"", hash(name.as_bytes()))), "{name}: {later}");
        }
        let loader = files.text(LOADER).unwrap();
        assert!(loader.contains(&hash(tracker.as_bytes())), "{loader}");
        assert!(loader.contains(&hash(b"tracker.wasm")), "{loader}");
        assert!(loader.contains("'1.2.3'"), "{loader}");
    }

    #[test]
    fn a_loader_without_a_placeholder_is_refused() {
        let error = link(&mut example("load('__TRACKER_JS__')"), "1.2.3").unwrap_err().to_string();
        assert!(error.contains("__TRACKER_WASM__") && error.contains("0 times"), "{error}");
    }

    #[test]
    fn a_placeholder_named_twice_is_refused() {
        let loader = "load('__TRACKER_JS__','__TRACKER_JS__','__TRACKER_WASM__')";
        assert!(link(&mut example(loader), "1.2.3").is_err());
    }
}
