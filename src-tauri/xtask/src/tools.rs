//! Running other programs: cargo, and the project's own tools in the tests package.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::together::{Profile, Program, Together};
use crate::trouble::Trouble;
use crate::{machine, say};

/// The folder of the workspace.
pub(crate) fn root() -> Result<PathBuf, Trouble> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let start = match here {
        Some(folder) => folder,
        None => std::env::current_dir().map_err(|e| Trouble::doing("The current folder", e))?,
    };
    start
        .ancestors()
        .find(|folder| folder.join("src-tauri/xtask/Cargo.toml").is_file())
        .map(PathBuf::from)
        .ok_or_else(|| Trouble::new("Run this inside the project's folder, as `cargo xtask …`."))
}

/// The cargo that runs us, in the workspace's folder.
pub(crate) fn cargo() -> Result<Command, Trouble> {
    let mut command = Command::new(cargo_path());
    command.current_dir(root()?);
    Ok(command)
}

/// Where cargo is.
pub(crate) fn cargo_path() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// Runs a command to its end with its output shown; trouble unless it ends well.
pub(crate) fn must(command: &mut Command, what: &str) -> Result<(), Trouble> {
    let status = command
        .status()
        .map_err(|error| Trouble::doing(what, error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::new(format!("{what} failed ({status}).")))
    }
}

/// Runs a command to its end and shows what it printed only if it failed.
pub(crate) fn unseen(command: &mut Command, what: &str) -> Result<(), Trouble> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Trouble::doing(what, error))?;
    if output.status.success() {
        return Ok(());
    }
    for text in [&output.stdout, &output.stderr] {
        say::line(String::from_utf8_lossy(text).trim_end());
    }
    Err(Trouble::new(format!("{what} failed ({}).", output.status)))
}

/// Builds and runs one of the tests package's tools, with the arguments as given.
pub(crate) fn forward(tool: &str, called: &str, arguments: &[String]) -> Result<(), Trouble> {
    forward_with(&[], tool, called, arguments)
}

/// The same of one that starts other programs.
pub(crate) fn forward_with(
    others: &[Program<'_>],
    tool: &str,
    called: &str,
    arguments: &[String],
) -> Result<(), Trouble> {
    machine::ready_to_build()?;
    say::line(&format!(
        "The {called}, built for speed (the first build takes several minutes), then run."
    ));
    let start = Instant::now();
    let programs = [&[("stockbridge-tests", tool)], others].concat();
    let built = Together::build(Profile::Release, &programs, &[])?;
    let mut command = built.run(tool)?;
    must(command.args(arguments), &format!("The {called}"))?;
    say::line(&format!(
        "The {called} took {}, building included.",
        say::since(start)
    ));
    Ok(())
}
