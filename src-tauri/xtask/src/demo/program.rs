//! The headless program, run command by command as a merchant's script would run it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::window;
use crate::json::Json;
use crate::machine;
use crate::say::{self, Colour};
use crate::together::{COMMAND_LINE, Profile, Together};
use crate::trouble::Trouble;

/// A store key made up for the demo; a real one comes from the keychain.
const STORE_KEY: &str = "5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c5b0c";

/// Builds the program, alone or with the window; where it is.
pub(super) fn build(headless: bool) -> Result<PathBuf, Trouble> {
    machine::ready_to_build()?;
    let built = if headless {
        Together::build(Profile::Debug, &[COMMAND_LINE], &[])?
    } else {
        window::programs()?
    };
    Ok(built.path(COMMAND_LINE.1))
}

/// The program on one data folder, with credentials from the environment.
pub(super) struct Program {
    path: PathBuf,
    data: PathBuf,
    secrets: Vec<(&'static str, String)>,
}

impl Program {
    /// With the keys that the sandbox printed.
    pub(super) fn with_keys_of(ready: &Json, path: &Path, data: &Path) -> Self {
        let secrets = vec![
            (
                "STOCKBRIDGE_CIN7_ACCOUNT_ID",
                ready.text("cin7/account_id").to_owned(),
            ),
            ("STOCKBRIDGE_CIN7_KEY", ready.text("cin7/key").to_owned()),
            (
                "STOCKBRIDGE_WHISTL_KEY",
                ready.text("whistl/key").to_owned(),
            ),
            ("STOCKBRIDGE_STORE_KEY", STORE_KEY.to_owned()),
        ];
        Self {
            path: path.to_owned(),
            data: data.to_owned(),
            secrets,
        }
    }

    /// Runs a command and shows it as it would be typed; its answer as JSON.
    pub(super) fn shown(&self, arguments: &[&str]) -> Result<Json, Trouble> {
        say::line(&say::paint(Colour::Dim, &as_typed(arguments)));
        self.quietly(arguments)
    }

    /// Runs a command without showing it; its answer as JSON.
    pub(super) fn quietly(&self, arguments: &[&str]) -> Result<Json, Trouble> {
        let what = as_typed(arguments);
        let output = self
            .command(arguments)
            .output()
            .map_err(|e| Trouble::doing(&what, e))?;
        answer(&what, &output)
    }

    /// Starts a command that takes a while.
    pub(super) fn begin(&self, arguments: &[&str]) -> Result<Begun, Trouble> {
        let what = as_typed(arguments);
        say::line(&say::paint(Colour::Dim, &what));
        let child = self
            .command(arguments)
            .spawn()
            .map_err(|e| Trouble::doing(&what, e))?;
        Ok(Begun { child, what })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command
            .args(["--json", "--quiet", "--secrets", "env", "--data"])
            .arg(&self.data)
            .args(arguments)
            .envs(self.secrets.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

/// A command under way. Its answer is small enough to wait in the pipe until it ends.
pub(super) struct Begun {
    child: Child,
    what: String,
}

impl Begun {
    /// Whether it has ended.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits for its end; its answer.
    pub(super) fn answer(self) -> Result<Json, Trouble> {
        let output = self
            .child
            .wait_with_output()
            .map_err(|e| Trouble::doing(&self.what, e))?;
        answer(&self.what, &output)
    }
}

/// The command as a person would type it.
fn as_typed(arguments: &[&str]) -> String {
    let mut text = String::from("$ stockbridge-cli");
    for argument in arguments {
        let plain =
            !argument.is_empty() && !argument.contains(|c: char| " \"'$&;|<>*?()".contains(c));
        if plain {
            let _ = write!(text, " {argument}");
        } else {
            let _ = write!(text, " \"{argument}\"");
        }
    }
    text
}

fn answer(what: &str, output: &Output) -> Result<Json, Trouble> {
    let text = String::from_utf8_lossy(&output.stdout);
    let json = Json::parse(&text);
    if output.status.success() {
        return json.map_err(|trouble| Trouble::doing(what, trouble));
    }
    let told = json
        .ok()
        .map(|json| json.text("error/message").to_owned())
        .filter(|t| !t.is_empty());
    let why = told.unwrap_or_else(|| {
        let other = if text.trim().is_empty() {
            &output.stderr
        } else {
            &output.stdout
        };
        String::from_utf8_lossy(other).trim().to_owned()
    });
    Err(Trouble::new(format!(
        "{what}\nended with {}: {why}",
        output.status
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_shown_as_they_would_be_typed() {
        let typed = as_typed(&["map", "service", "Express Delivery", "WHI_EXP"]);
        assert_eq!(
            typed,
            "$ stockbridge-cli map service \"Express Delivery\" WHI_EXP"
        );
    }
}
