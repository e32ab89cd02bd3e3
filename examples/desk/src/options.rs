//! The command line.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub listen: SocketAddr,
    pub widget: PathBuf,
    pub site: PathBuf,
    pub config: PathBuf,
    pub database: PathBuf,
    /// Origins that may connect besides the desk's own.
    pub allow_origin: Vec<String>,
    pub token: Option<String>,
    /// What visitors' tokens are proved with.
    pub visitor_secret: Option<String>,
    /// Entries kept of every session's log.
    pub keep_entries: Option<u64>,
    /// Whether the desk hands out tokens itself, for the demo bank.
    pub demo_tokens: bool,
}

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Run(Box<Options>),
    Help,
}

pub const HELP: &str = "\
Bharosa's reference desk: a demo bank's site, the visitors' chat and the agents' page on one address.

Usage: desk [options]

  --listen ADDRESS        IP address and port; port 0 takes a free one   [127.0.0.1:8080]
  --widget FOLDER         the built widget                               [target/bharosa]
  --site FOLDER           the bank's pages                               [www/bank]
  --config FILE           the widget's config, with the queues           [examples/configs/demo-bank.json]
  --database FILE         where conversations are kept; made if missing  [target/desk.sqlite3]
  --allow-origin ORIGIN   another origin whose pages may connect, such as https://bank.example; repeatable
  --token TOKEN           what agents sign in with, instead of the one made with the database
  --visitor-secret TEXT   asks visitors for tokens proved with it, at least 16 bytes; better given in the
                          environment, as BHAROSA_VISITOR_SECRET: command lines can be read by others
  --demo-tokens           hands out such tokens at /demo/token?customer=NAME, to anybody: only on a loopback address
  --keep-entries NUMBER   keeps so many entries of every visitor's log, and forgets the oldest   [all]
  --help                  this text
";

impl Options {
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Wanted, String> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let name = argument.to_string_lossy().into_owned();
            // `--listen=1.2.3.4:80` is understood as well as `--listen 1.2.3.4:80`.
            let (name, attached) = match name.split_once('=') {
                Some((name, value)) if name.starts_with("--") => {
                    (name.to_owned(), Some(OsString::from(value)))
                }
                _ => (name, None),
            };
            if matches!(name.as_str(), "--help" | "-h") {
                return Ok(Wanted::Help);
            }
            if name == "--demo-tokens" && attached.is_none() {
                options.demo_tokens = true;
                continue;
            }
            if !NAMES.contains(&name.as_str()) {
                return Err(format!("there is no option {name}; `desk --help` lists them"));
            }
            let value = attached.or_else(|| arguments.next()).filter(|value| !value.is_empty());
            let value = value.ok_or_else(|| format!("{name} needs a value; `desk --help` shows which"))?;
            options.set(&name, value)?;
        }
        Ok(Wanted::Run(Box::new(options)))
    }

    /// Takes the visitors' secret from the environment, unless the command line has given one, and holds the options
    /// against each other.
    pub fn complete(mut self, secret: Option<OsString>) -> Result<Self, String> {
        let secret = secret.map(|secret| secret.to_string_lossy().into_owned());
        self.visitor_secret = self.visitor_secret.or(secret);
        match &self.visitor_secret {
            // A short one can be guessed, and an empty one is a variable that somebody forgot to fill.
            Some(secret) if secret.len() < SECRET_BYTES => Err(format!(
                "--visitor-secret, or {VISITOR_SECRET}, needs {SECRET_BYTES} bytes or more, such as `openssl rand -hex 32` prints"
            )),
            None if self.demo_tokens => {
                Err(format!("--demo-tokens needs --visitor-secret, or {VISITOR_SECRET}, to prove them with"))
            }
            _ if self.demo_tokens && !self.listen.ip().is_loopback() => Err(format!(
                "--demo-tokens makes anybody any customer: only with --listen on a loopback address, not {}",
                self.listen.ip()
            )),
            _ => Ok(self),
        }
    }

    fn set(&mut self, name: &str, value: OsString) -> Result<(), String> {
        let text = || value.to_string_lossy().into_owned();
        match name {
            "--listen" => {
                let told = text();
                self.listen = told.parse().map_err(|_| {
                    format!("--listen: {told:?} is not an IP address and a port, such as 127.0.0.1:8080")
                })?;
            }
            "--allow-origin" => self.allow_origin.push(origin(&text())?),
            "--token" => self.token = Some(text()),
            "--visitor-secret" => self.visitor_secret = Some(text()),
            "--keep-entries" => {
                let told = text();
                let number = told.parse().ok().filter(|number| *number > 0);
                self.keep_entries = Some(
                    number.ok_or_else(|| format!("--keep-entries: {told:?} is not a number of 1 or more"))?,
                );
            }
            "--widget" => self.widget = value.into(),
            "--site" => self.site = value.into(),
            "--config" => self.config = value.into(),
            _ => self.database = value.into(),
        }
        Ok(())
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            widget: "target/bharosa".into(),
            site: "www/bank".into(),
            config: "examples/configs/demo-bank.json".into(),
            database: "target/desk.sqlite3".into(),
            allow_origin: Vec::new(),
            token: None,
            visitor_secret: None,
            keep_entries: None,
            demo_tokens: false,
        }
    }
}

/// Where the visitors' secret is looked for besides the command line.
pub const VISITOR_SECRET: &str = "BHAROSA_VISITOR_SECRET";
const SECRET_BYTES: usize = 16;

/// The options that have a value.
const NAMES: [&str; 9] = [
    "--listen",
    "--widget",
    "--site",
    "--config",
    "--database",
    "--allow-origin",
    "--token",
    "--visitor-secret",
    "--keep-entries",
];

/// An origin is a scheme and a host, and nothing after: a path would never match and be a silent trap.
fn origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/').to_ascii_lowercase();
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '*', '?', '#', '@', ' ']) => Ok(text),
        _ => Err(format!("--allow-origin: {text:?} is not an origin, such as https://bank.example")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Wanted, String> {
        Options::parse(line.split_whitespace().map(OsString::from))
    }

    fn check(line: &str, expected: impl FnOnce(&mut Options)) {
        let mut options = Options::default();
        expected(&mut options);
        assert_eq!(parse(line), Ok(Wanted::Run(Box::new(options))), "{line}");
    }

    fn refused(line: &str, because: &str) {
        let message = parse(line).expect_err(line);
        assert!(message.contains(because), "{line}: {message}");
    }

    #[test]
    fn every_option_is_understood() {
        check("", |_| ());
        check("--listen 0.0.0.0:80", |options| options.listen = ([0, 0, 0, 0], 80).into());
        check("--listen=127.0.0.1:0", |options| options.listen = ([127, 0, 0, 1], 0).into());
        check("--widget a --site b", |options| (options.widget, options.site) = ("a".into(), "b".into()));
        check("--config c", |options| options.config = "c".into());
        check("--database d", |options| options.database = "d".into());
        check("--token t", |options| options.token = Some("t".into()));
        check("--allow-origin https://A.example/ --allow-origin http://b:1", |options| {
            options.allow_origin = vec!["https://a.example".into(), "http://b:1".into()];
        });
        check("--visitor-secret s", |options| options.visitor_secret = Some("s".into()));
        check("--keep-entries 500", |options| options.keep_entries = Some(500));
        check("--demo-tokens --site b", |options| {
            (options.demo_tokens, options.site) = (true, "b".into());
        });
        assert_eq!(parse("--site x --help"), Ok(Wanted::Help));
    }

    #[test]
    fn mistakes_are_named() {
        refused("--listn 1", "there is no option --listn");
        refused("extra", "there is no option extra");
        refused("--site", "--site needs a value");
        refused("--keep-entries 0", "\"0\" is not a number of 1 or more");
        refused("--keep-entries many", "\"many\" is not a number of 1 or more");
        refused("--demo-tokens=yes", "there is no option --demo-tokens");
        refused("--listen localhost", "\"localhost\" is not an IP address and a port");
        refused("--allow-origin bank.example", "is not an origin");
        refused("--allow-origin https://bank.example/path", "is not an origin");
        refused("--allow-origin https://*.example", "is not an origin");
    }
    const SECRET: &str = "sixteen-bytes-or";

    fn complete(line: &str, environment: Option<&str>) -> Result<Options, String> {
        match parse(line) {
            Ok(Wanted::Run(options)) => options.complete(environment.map(OsString::from)),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn the_command_lines_secret_goes_before_the_environments() {
        let check = |line: &str, environment: Option<&str>, expected: Option<&str>| {
            let found = complete(line, environment).map(|options| options.visitor_secret);
            assert_eq!(found, Ok(expected.map(str::to_owned)), "{line} {environment:?}");
        };
        let line = format!("--visitor-secret {SECRET}");
        check("", None, None);
        check("", Some(SECRET), Some(SECRET));
        check(&line, None, Some(SECRET));
        check(&line, Some("another one of 16"), Some(SECRET));
    }

    #[test]
    fn what_would_let_everybody_in_is_refused() {
        let check = |line: &str, environment: Option<&str>, because: &str| {
            let message = complete(line, environment).expect_err(line);
            assert!(message.contains(because), "{line}: {message}");
        };
        check("", Some(""), "needs 16 bytes or more");
        check("--visitor-secret fifteen-bytes-o", None, "needs 16 bytes or more");
        check("--demo-tokens", None, "--demo-tokens needs --visitor-secret");
        check("--demo-tokens --listen 0.0.0.0:80", Some(SECRET), "only with --listen on a loopback address");
        assert!(complete("--demo-tokens --listen [::1]:80", Some(SECRET)).is_ok());
    }
}
