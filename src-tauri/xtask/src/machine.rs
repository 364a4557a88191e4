//! Sees what this machine lacks of what `needs` lists: on a bare Debian a C compiler, for
//! instance. Installs it where it may, else names it and how to get it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::needs::{self, Need};
use crate::trouble::Trouble;
use crate::{page, say, tools};

/// `set-up`: everything this machine lacks, and the libraries.
pub(crate) fn set_up(arguments: &[String]) -> Result<(), Trouble> {
    if let Some(unknown) = arguments.first() {
        return Err(Trouble::new(format!(
            "set-up takes no arguments; “{unknown}” is unknown."
        )));
    }
    say::line("Checks this machine and fetches the libraries: a minute or two the first time.");
    let start = Instant::now();
    ready_to_test()?;
    if keychain_at_hand() {
        say::line("A keychain for the tests is at hand.");
    }
    page::ready()?;
    tools::must(
        tools::cargo()?.args(["fetch", "--locked"]),
        "Fetching the libraries",
    )?;
    say::line(&format!("This machine is ready ({}).", say::since(start)));
    Ok(())
}

/// Makes sure that Rust code and the C code of its libraries can be compiled.
pub(crate) fn ready_to_build() -> Result<(), Trouble> {
    provide(needs::TO_BUILD)
}

/// The same, with the libraries of the window.
pub(crate) fn ready_to_build_window() -> Result<(), Trouble> {
    provide(&[needs::TO_BUILD, of_linux(needs::TO_BUILD_WINDOW)].concat())
}

/// The same, with what the checks need: lints, the real window, the page in Chromium.
pub(crate) fn ready_to_test() -> Result<(), Trouble> {
    let window = [needs::TO_BUILD_WINDOW, needs::TO_TEST_WINDOW].concat();
    provide(&[needs::TO_BUILD, of_linux(&window)].concat())?;
    ready_to_lint()
}

/// What is needed on Linux only.
fn of_linux(needs: &[Need]) -> &[Need] {
    if cfg!(target_os = "linux") {
        needs
    } else {
        &[]
    }
}

/// Makes sure that the formatter and the linter are there.
fn ready_to_lint() -> Result<(), Trouble> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if quiet(Command::new(tools::cargo_path()).args([subcommand, "--version"])) {
            continue;
        }
        say::line(&format!(
            "The Rust component {component} is missing: adding it."
        ));
        if !quiet(Command::new("rustup").args(["component", "add", component])) {
            return Err(Trouble::new(format!(
                "The Rust component {component} is missing. Add it with: rustup component add {component}"
            )));
        }
    }
    Ok(())
}

/// Whether tests can run beside a real keychain. Nice to have: without it they run with
/// the keychain library's own stand-in, and the summary says so.
pub(crate) fn keychain_at_hand() -> bool {
    match provide(needs::FOR_KEYCHAIN) {
        Ok(()) => true,
        Err(trouble) => {
            say::line(&format!("{trouble} Going on without the real keychain."));
            false
        }
    }
}

/// Sees to it that all of them are there, or says how to get them.
pub(crate) fn provide(needs: &[Need]) -> Result<(), Trouble> {
    let missing: Vec<Need> = needs.iter().copied().filter(|n| !n.is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        say::line(&format!("{} is missing: {}.", need.name(), need.purpose));
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if !(is_root() && on_path("apt-get")) {
        return Err(by_hand(&packages));
    }
    say::line(&format!(
        "Installing {} with apt-get (a minute or so).",
        packages.join(", ")
    ));
    install(&packages)?;
    match missing.iter().find(|need| !need.is_there()) {
        None => Ok(()),
        Some(_) => Err(by_hand(&packages)),
    }
}

/// Shows what apt-get prints only when it fails: it says a great deal.
fn install(packages: &[&str]) -> Result<(), Trouble> {
    let update = ["-q", "update"].as_slice();
    let install = ["-q", "install", "-y", "--no-install-recommends"].as_slice();
    for arguments in [update.to_vec(), [install, packages].concat()] {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .args(arguments);
        let doing = |error| Trouble::doing("apt-get", error);
        let output = command.output().map_err(doing)?;
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(Trouble::new(format!(
                "apt-get failed: {told}\n{}",
                by_hand(packages)
            )));
        }
    }
    Ok(())
}

fn by_hand(packages: &[&str]) -> Trouble {
    let list = packages.join(" ");
    Trouble::new(format!(
        "Please install what is missing. On Debian or Ubuntu: sudo apt-get install -y {list} \
         (elsewhere the packages of the same purpose)."
    ))
}

/// Whether there is such a program in the path.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| is_program(&folder.join(program)))
    })
}

fn is_program(file: &Path) -> bool {
    file.is_file()
}

pub(crate) fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == "0")
}

/// Runs a command unseen; whether it ended well.
pub(crate) fn quiet(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_exists_nowhere_is_missing() {
        assert!(!on_path("no-such-program-anywhere"));
        assert!(on_path("cargo") || tools::cargo_path().is_absolute());
    }

    #[test]
    fn what_is_missing_is_named_with_the_command_that_installs_it() {
        let told = by_hand(&["build-essential", "gnome-keyring"]).to_string();
        assert!(
            told.contains("sudo apt-get install -y build-essential gnome-keyring"),
            "{told}"
        );
    }
}
