//! What the demo plays on: a folder of its own, and the sandbox as a process of its own,
//! both gone at the end.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::http::Server;
use crate::json::Json;
use crate::trouble::Trouble;

/// A folder that only this user can read, removed when dropped unless it is kept.
pub(super) struct Folder {
    path: PathBuf,
    keep: bool,
}

impl Folder {
    pub(super) fn make(keep: bool) -> Result<Self, Trouble> {
        let base = std::env::temp_dir();
        let doing = |error: std::io::Error| Trouble::doing("Making a folder for the demo", error);
        for count in 0..1_000 {
            let path = base.join(format!("stockbridge-demo-{}-{count}", std::process::id()));
            match make_private(&path) {
                Ok(()) => return Ok(Self { path, keep }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(doing(error)),
            }
        }
        Err(doing(std::io::Error::other("every name is taken")))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

#[cfg(unix)]
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().create(path)
}

/// The sandbox: a process that ends with this value, and its control interface.
pub(super) struct Sandbox {
    process: Child,
    /// What it printed when ready: addresses and keys.
    pub(super) ready: Json,
    control: Server,
}

impl Sandbox {
    /// Starts it and waits for its line.
    pub(super) fn serve(program: &Path, orders: u32, log: &Path) -> Result<Self, Trouble> {
        let doing = |error: std::io::Error| Trouble::doing("Starting the sandbox", error);
        let log_file = std::fs::File::create(log).map_err(doing)?;
        let mut process = Command::new(program)
            .args([
                "sandbox",
                "serve",
                "--seed",
                "7",
                "--profile",
                "typical",
                "--orders",
            ])
            .arg(orders.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log_file)
            .spawn()
            .map_err(doing)?;
        match first_line(&mut process) {
            Ok((ready, control)) => Ok(Self {
                process,
                ready,
                control,
            }),
            Err(trouble) => {
                let _ = process.kill();
                let _ = process.wait();
                Err(Trouble::new(format!("{trouble} {}", last_words(log))))
            }
        }
    }

    /// One call to the control interface.
    pub(super) fn steer(&self, method: &str, path: &str, body: &str) -> Result<Json, Trouble> {
        self.control.call(method, path, body)
    }

    /// What both vendors really hold.
    pub(super) fn truth(&self) -> Result<Json, Trouble> {
        self.steer("GET", "truth", "")
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn first_line(process: &mut Child) -> Result<(Json, Server), Trouble> {
    let no_line = || Trouble::new("The sandbox ended before it was ready.");
    let output = process.stdout.take().ok_or_else(no_line)?;
    let mut line = String::new();
    BufReader::new(output)
        .take(64 << 10)
        .read_line(&mut line)
        .map_err(|error| Trouble::doing("Reading the sandbox's first line", error))?;
    if line.trim().is_empty() {
        return Err(no_line());
    }
    let ready = Json::parse(&line)?;
    let control = Server::at(ready.text("control"))?;
    Ok((ready, control))
}

/// The last lines of a log, for an error message.
fn last_words(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_with_the_demo_unless_it_is_kept() {
        let gone = Folder::make(false).unwrap();
        let path = gone.path().to_owned();
        assert!(path.is_dir());
        drop(gone);
        assert!(!path.exists());
        let kept = Folder::make(true).unwrap();
        let path = kept.path().to_owned();
        drop(kept);
        assert!(path.is_dir());
        std::fs::remove_dir_all(path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_the_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = Folder::make(false).unwrap();
        let mode = std::fs::metadata(folder.path())
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
