//! The browser that the browser tests drive. Playwright's own downloads are not used: a packaged Chromium is.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::progress::step;
use crate::run::{ask, run};

const PACKAGED: &str = "/usr/bin/chromium";

/// `$CHROMIUM`, the packaged one, or on a Debian machine where we may, one installed now.
pub fn find_or_install() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from) {
        if !named.is_file() {
            bail!("CHROMIUM names {}, which is not a file", named.display());
        }
        return Ok(named);
    }
    if !Path::new(PACKAGED).is_file() {
        install()?;
    }
    Ok(PathBuf::from(PACKAGED))
}

fn install() -> Result<()> {
    let root = ask("id", &["-u"]).as_deref() == Some("0");
    if !root || ask("apt-get", &["--version"]).is_none() {
        bail!(
            "the browser tests need Chromium: install your system's `chromium` package, \
             or set CHROMIUM to the program's path"
        );
    }
    step("installing Chromium and fonts (apt-get)", || {
        run(apt().arg("update"))?;
        run(apt().args(["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-core"]))
    })
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.arg("-qq").env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
    apt
}
