//! The built program on a free port, with a folder of its own that goes with it.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

static FOLDERS: AtomicU32 = AtomicU32::new(0);

/// A folder that is removed at the end of the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("bharosa-desk-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        let folder = Self(path);
        folder.write(
            "config.json",
            r#"{"queues":{"loans":{"name":{"en":"Loans"}},"mortgages":{"name":{"en":"Mortgages"}}}}"#,
        );
        folder
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub struct Program {
    pub address: String,
    pub token: String,
    child: Child,
}

impl Program {
    pub fn start(folder: &Folder, more: &[&str]) -> Self {
        let mut child = command(&folder.0, more).stdout(Stdio::piped()).spawn().expect("the desk starts");
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut program = Self { address: String::new(), token: String::new(), child };
        for line in stdout.lines() {
            let line = line.expect("a line");
            let url = line.split_whitespace().nth(1).unwrap_or_default().to_owned();
            match line.split_whitespace().next() {
                Some("bank") => {
                    program.address = url.trim_start_matches("http://").trim_end_matches('/').to_owned()
                }
                Some("desk") => program.token = url.split_once("#token=").expect("a token").1.to_owned(),
                Some("ready") => return program,
                other => panic!("an unexpected line: {other:?}"),
            }
        }
        panic!("the desk ended before it was ready")
    }

    /// What it says when it refuses to start.
    pub fn refuses(folder: &Folder, more: &[&str]) -> String {
        let output = command(&folder.0, more).output().expect("the desk starts");
        assert!(!output.status.success());
        String::from_utf8(output.stderr).expect("words")
    }

    /// As a power cut would: SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// As an operator would: SIGTERM. Gives its exit code and what it said in the end.
    pub fn stop(mut self) -> (Option<i32>, String) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().expect("kill");
        assert!(sent.success());
        let code = self.child.wait().expect("it ends").code();
        let mut said = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut said).expect("words");
        }
        (code, said)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_desk"));
    command.current_dir(folder).stderr(Stdio::piped());
    command.args(["--listen", "127.0.0.1:0", "--config", "config.json", "--database", "data/desk.sqlite3"]);
    command.args(["--site", "site", "--widget", "widget"]).args(more);
    command
}
