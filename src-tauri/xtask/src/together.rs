//! Several of the workspace's programs built by one call of cargo. Built one by one, each
//! would want its libraries with other features, and compile those again.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools;
use crate::trouble::Trouble;

/// How a build is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Soon there.
    Debug,
    /// As a merchant gets it: minutes longer.
    Release,
}

/// A package and its program.
pub(crate) type Program<'a> = (&'a str, &'a str);

/// The app in its window.
pub(crate) const WINDOW: Program<'_> = ("stockbridge", "stockbridge");
/// The headless program.
pub(crate) const COMMAND_LINE: Program<'_> = ("stockbridge-cli", "stockbridge-cli");

/// Programs that lie beside each other.
pub(crate) struct Together {
    folder: PathBuf,
}

impl Together {
    /// Builds these programs and these examples of the window.
    pub(crate) fn build(
        profile: Profile,
        programs: &[Program<'_>],
        examples: &[&str],
    ) -> Result<Self, Trouble> {
        let mut command = tools::cargo()?;
        command.args(["build", "--locked"]);
        if profile == Profile::Release {
            command.arg("--release");
        }
        for (package, program) in programs {
            command.args(["--package", package, "--bin", program]);
        }
        for example in examples {
            command.args(["--example", example]);
        }
        tools::must(&mut command, "The build")?;
        let folder = target()?.join(match profile {
            Profile::Debug => "debug",
            Profile::Release => "release",
        });
        Ok(Self { folder })
    }

    /// Where a program is.
    pub(crate) fn path(&self, program: &str) -> PathBuf {
        let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        self.folder.join(file)
    }

    /// A program to run, which is told that those it starts are built.
    pub(crate) fn run(&self, program: &str) -> Result<Command, Trouble> {
        let mut command = Command::new(self.path(program));
        command
            .current_dir(tools::root()?)
            .env("STOCKBRIDGE_BUILT", "1");
        Ok(command)
    }
}

/// Where cargo leaves what it builds.
fn target() -> Result<PathBuf, Trouble> {
    let named = std::env::var_os("CARGO_TARGET_DIR");
    let named = named.as_deref().map_or(Path::new("target"), Path::new);
    Ok(tools::root()?.join(named))
}
