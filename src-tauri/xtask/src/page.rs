//! The page under `ui/`: its libraries and its build, each made only when something it is
//! made from has changed. The window embeds the build, so it comes before any
//! `cargo build` of the desktop app.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::node::Node;
use crate::trouble::Trouble;
use crate::{say, tools};

/// Kept beside the libraries: the lock file they were installed from.
const INSTALLED_FROM: &str = "node_modules/.installed-from.json";

/// What the build is made from, besides the lock file.
const SOURCES: &[&str] = &[
    "src",
    "index.html",
    "package.json",
    "svelte.config.js",
    "tsconfig.json",
    "vite.config.ts",
];

/// The page, ready to be embedded and checked.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    node: Node,
    folder: PathBuf,
}

/// Sees to it that libraries and build are there and up to date.
pub(crate) fn ready() -> Result<Page, Trouble> {
    let page = Page {
        node: Node::at_hand()?,
        folder: tools::root()?.join("ui"),
    };
    page.install()?;
    page.build()?;
    Ok(page)
}

impl Page {
    /// `npm run …` with one of the page's own scripts.
    pub(crate) fn script(&self, name: &str) -> Command {
        let mut command = self.node.npm();
        command
            .current_dir(&self.folder)
            .args(["run", "--silent", name])
            // What is counted must not be coloured.
            .env("NO_COLOR", "1")
            .env_remove("FORCE_COLOR");
        command
    }

    /// The Tauri command line, in the workspace's folder.
    pub(crate) fn tauri(&self) -> Result<Command, Trouble> {
        let name = if cfg!(windows) { "tauri.cmd" } else { "tauri" };
        let program = self.folder.join("node_modules/.bin").join(name);
        let mut command = self.node.command(program);
        command.current_dir(tools::root()?);
        Ok(command)
    }

    fn install(&self) -> Result<(), Trouble> {
        let lock = self.folder.join("package-lock.json");
        let installed = self.folder.join(INSTALLED_FROM);
        if same(&lock, &installed) {
            return Ok(());
        }
        say::line("The page's libraries: npm ci (half a minute).");
        let mut npm = self.node.npm();
        npm.current_dir(&self.folder)
            .args(["ci", "--no-audit", "--no-fund"]);
        tools::unseen(&mut npm, "npm ci")?;
        fs::copy(&lock, &installed)
            .map_err(|error| Trouble::doing("Noting what was installed", error))?;
        Ok(())
    }

    fn build(&self) -> Result<(), Trouble> {
        let built = fs::metadata(self.folder.join("dist/index.html"))
            .and_then(|data| data.modified())
            .ok();
        let changed = self.changed().map_err(|e| Trouble::doing("The page", e))?;
        if built.is_some_and(|built| built > changed) {
            return Ok(());
        }
        tools::unseen(
            &mut self.script("build"),
            "Building the page (npm run build)",
        )
    }

    /// When anything the build is made from was last touched.
    fn changed(&self) -> io::Result<SystemTime> {
        let mut newest = SystemTime::UNIX_EPOCH;
        for source in SOURCES.iter().copied().chain([INSTALLED_FROM]) {
            newest = newest.max(last_change(&self.folder.join(source))?);
        }
        Ok(newest)
    }
}

/// Of a file, or of a folder and all in it; a folder's own time tells of what was removed.
fn last_change(path: &Path) -> io::Result<SystemTime> {
    let data = fs::metadata(path)?;
    let mut newest = data.modified()?;
    if data.is_dir() {
        for entry in fs::read_dir(path)? {
            newest = newest.max(last_change(&entry?.path())?);
        }
    }
    Ok(newest)
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(a), Ok(b)) if a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_folder(name: &str) -> PathBuf {
        let name = format!("stockbridge-page-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(folder.join("src/parts")).unwrap();
        folder
    }

    fn touch(path: &Path, seconds: u64) {
        let file = fs::File::options().read(true).open(path).unwrap();
        let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        file.set_modified(time).unwrap();
    }

    #[test]
    fn a_file_deep_inside_and_a_removed_one_are_both_a_change() {
        let folder = a_folder("change");
        let file = folder.join("src/parts/Row.svelte");
        fs::write(&file, "one").unwrap();
        let at = |seconds| SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        for path in [folder.join("src"), folder.join("src/parts")] {
            touch(&path, 1_000);
        }
        touch(&file, 2_000);
        assert_eq!(last_change(&folder.join("src")).unwrap(), at(2_000));
        fs::remove_file(&file).unwrap();
        assert!(last_change(&folder.join("src")).unwrap() > at(2_000));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_missing_note_means_that_nothing_is_installed() {
        let folder = a_folder("note");
        let lock = folder.join("package-lock.json");
        fs::write(&lock, "{}").unwrap();
        let note = folder.join("note.json");
        assert!(!same(&lock, &note));
        fs::write(&note, "{}").unwrap();
        assert!(same(&lock, &note));
        fs::remove_dir_all(folder).unwrap();
    }
}
