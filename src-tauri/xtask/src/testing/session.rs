//! What tests of the real window and of a real keychain run in: a screen where there is
//! none, a session bus and a keychain of their own, all gone with them.

use std::path::PathBuf;
use std::process::Command;

use crate::trouble::Trouble;
use crate::{machine, tools};

/// Unlocks a keychain of the session's own, then becomes the command given.
const IN_SESSION: &str = "printf test | gnome-keyring-daemon --unlock --components=secrets \
                          >/dev/null 2>&1; exec \"$@\"";

/// Set where a real keychain is at hand, for the tests that want one.
const KEYCHAIN_VARIABLE: &str = "STOCKBRIDGE_TEST_KEYCHAIN";

const SCREEN: &str = "-screen 0 1280x800x24";

/// Around one run of cargo.
pub(super) struct Session {
    /// The keychain's home, if there is a keychain.
    home: Option<PathBuf>,
    needs_screen: bool,
}

impl Session {
    /// For the crates' own tests: neither screen nor keychain.
    pub(super) const fn bare() -> Self {
        Self {
            home: None,
            needs_screen: false,
        }
    }

    /// With all that this machine can give.
    pub(super) fn prepare() -> Self {
        Self {
            home: machine::keychain_at_hand().then(a_home).flatten(),
            needs_screen: cfg!(target_os = "linux") && std::env::var_os("DISPLAY").is_none(),
        }
    }

    pub(super) const fn has_keychain(&self) -> bool {
        self.home.is_some()
    }

    /// Cargo inside that session, in the workspace's folder; its arguments are still to be
    /// given.
    pub(super) fn cargo(&self) -> Result<Command, Trouble> {
        let words = self.around();
        let mut command = match words.split_first() {
            None => Command::new(tools::cargo_path()),
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(tools::cargo_path());
                command
            }
        };
        command.current_dir(tools::root()?);
        if self.needs_screen {
            // Else the window would open on the screen of whoever runs this.
            command.env_remove("WAYLAND_DISPLAY");
        }
        if let Some(home) = &self.home {
            command
                .env("XDG_DATA_HOME", home)
                .env(KEYCHAIN_VARIABLE, "1");
        }
        Ok(command)
    }

    /// The words before cargo.
    fn around(&self) -> Vec<&'static str> {
        let screen: &[&str] = if self.needs_screen {
            &["xvfb-run", "-a", "-s", SCREEN]
        } else {
            &[]
        };
        let keychain: &[&str] = if self.home.is_some() {
            &["dbus-run-session", "--", "sh", "-c", IN_SESSION, "session"]
        } else {
            &[]
        };
        [screen, keychain].concat()
    }
}

fn a_home() -> Option<PathBuf> {
    let home = std::env::temp_dir().join(format!("stockbridge-keychain-{}", std::process::id()));
    std::fs::create_dir_all(&home).ok()?;
    Some(home)
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(home) = &self.home {
            let _ = std::fs::remove_dir_all(home);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_is_around_the_session_and_the_session_around_cargo() {
        let both = Session {
            home: Some(PathBuf::from("/no/such/home")),
            needs_screen: true,
        };
        let words = both.around();
        assert_eq!(words[0], "xvfb-run");
        assert_eq!(words[4..7], ["dbus-run-session", "--", "sh"]);
        // The shell's own name, which "$@" leaves out.
        assert_eq!(words.last(), Some(&"session"));
    }

    #[test]
    fn the_crates_own_tests_run_plain() {
        assert!(Session::bare().around().is_empty());
        assert!(!Session::bare().has_keychain());
    }
}
