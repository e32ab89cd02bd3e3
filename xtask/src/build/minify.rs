//! Fewer bytes, same meaning: esbuild for scripts and styles; JSON needs only its spaces taken out.

use anyhow::{Context, Result, ensure};

use super::bindings::exports_start;
use super::files::Files;
use crate::node::Tools;
use crate::run::pipe;

/// The loader is a classic script; it keeps its own wrapper function, and no name of it becomes global.
const LOADER: &str = "bharosa.js";

/// These are modules, whose exports keep their names.
const MODULES: [&str; 6] = ["asked.js", "check.js", "say.js", "shared.js", "tracker.js", "widget.js"];

pub fn scripts_and_styles(tools: &Tools, files: &mut Files) -> Result<()> {
    esbuild(tools, files, LOADER, &["--loader=js", "--target=es2022"])?;
    for name in MODULES {
        esbuild(tools, files, name, &["--loader=js", "--target=es2022", "--format=esm"])?;
        // These two are not started: they are only called.
        let starts = ["say.js", "shared.js"].contains(&name) || exports_start(files.text(name)?);
        ensure!(starts, "minifying {name} lost its export `default`");
    }
    for name in files.names().iter().filter(|name| name.ends_with(".css")) {
        esbuild(tools, files, name, &["--loader=css"])?;
    }
    Ok(())
}

pub fn json(files: &mut Files) -> Result<()> {
    for name in files.names().iter().filter(|name| name.ends_with(".json")) {
        let small = json_text(files.get(name)?).with_context(|| format!("in www/bharosa/{name}"))?;
        files.set(name, small);
    }
    Ok(())
}

/// The order of keys stays: people wrote it with a purpose.
pub fn json_text(text: &[u8]) -> Result<Vec<u8>> {
    let value: serde_json::Value = serde_json::from_slice(text).context("this is not valid JSON")?;
    serde_json::to_vec(&value).context("cannot write JSON")
}

fn esbuild(tools: &Tools, files: &mut Files, name: &str, options: &[&str]) -> Result<()> {
    let mut command = tools.command("esbuild");
    command.args(["--minify", "--legal-comments=none", "--log-level=warning"]).args(options);
    let small = pipe(&mut command, files.get(name)?).with_context(|| format!("cannot minify {name}"))?;
    files.set(name, small);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_loses_its_spaces_and_keeps_its_order() {
        let small = json_text(b"{ \"z\": [1, 2.50],\n  \"a\": \"two  spaces\" }").unwrap();
        assert_eq!(String::from_utf8(small).unwrap(), r#"{"z":[1,2.5],"a":"two  spaces"}"#);
    }
}
