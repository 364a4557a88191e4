//! The real window in practice mode: opened on the screen there is, or photographed on a
//! virtual one.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::together::{COMMAND_LINE, Profile, Together, WINDOW};
use crate::trouble::Trouble;
use crate::{machine, page, say, tools};

/// Whether a window can be opened for somebody to see.
pub(super) fn has_screen() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// All that is shown where there is no screen: the window, what photographs it, and the
/// headless program.
pub(super) fn programs() -> Result<Together, Trouble> {
    let programs = [WINDOW, COMMAND_LINE, ("stockbridge-tests", "pictures")];
    Together::build(Profile::Debug, &programs, &[])
}

/// Builds the app and opens it in practice mode, with data of its own, until it is quit.
pub(super) fn open() -> Result<(), Trouble> {
    say::line("Stockbridge in practice mode: both vendors are simulated inside it, and nothing");
    say::line("leaves this machine. The first build takes some minutes; quit it in its tray.");
    machine::ready_to_build_window()?;
    page::ready()?;
    let mut command = Together::build(Profile::Debug, &[WINDOW], &[])?.run(WINDOW.1)?;
    command
        .arg("--practice")
        .env("STOCKBRIDGE_DATA", tools::root()?.join("target/demo-data"));
    tools::must(&mut command, "The window")
}

/// Where the demonstration leaves its pictures.
pub(super) fn demo_pictures() -> Result<PathBuf, Trouble> {
    Ok(tools::root()?.join("target/demo-pictures"))
}

/// Builds the app, opens it in practice mode on a virtual screen and photographs each of its
/// screens in both themes.
pub(super) fn pictures(folder: &Path) -> Result<(), Trouble> {
    if !cfg!(target_os = "linux") {
        return Err(Trouble::new(
            "The pictures are taken through WebKitWebDriver, which only Linux has.",
        ));
    }
    say::line("Pictures of Stockbridge in practice mode, on a virtual screen. The first build");
    say::line("takes some minutes, the pictures one.");
    let start = Instant::now();
    machine::ready_to_test()?;
    page::ready()?;
    let mut command = programs()?.run("pictures")?;
    tools::must(command.arg(folder), "Taking the pictures")?;
    say::line(&format!(
        "The pictures are in {} ({}).",
        folder.display(),
        say::since(start)
    ));
    Ok(())
}
