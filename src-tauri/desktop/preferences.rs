//! What is remembered of the window itself, beside the data: its colours, and whether
//! set-up was ever finished. Nothing about orders, and no secret.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use screens::shapes::Theme;
use serde::{Deserialize, Serialize};

/// The file's name in the data folder.
const FILE: &str = "window.json";

/// See the module's head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Remembered {
    /// The colours chosen.
    pub(crate) theme: Theme,
    /// Whether orders were ever let go from here.
    pub(crate) set_up: bool,
}

/// What is remembered, and where it is kept.
#[derive(Debug)]
pub(crate) struct Preferences {
    path: PathBuf,
    now: Mutex<Remembered>,
}

impl Preferences {
    /// Reads what the last start left; the defaults where there is nothing to read.
    pub(crate) fn read(folder: &Path) -> Self {
        let path = folder.join(FILE);
        let kept = fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Self {
            path,
            now: Mutex::new(kept),
        }
    }

    /// What is remembered.
    pub(crate) fn get(&self) -> Remembered {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes it, and keeps it. In force even where it cannot be kept.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Remembered)) -> io::Result<()> {
        let after = {
            let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut now);
            *now
        };
        let bytes = serde_json::to_vec_pretty(&after)?;
        // Never half of it: a reader finds the old or the new.
        let beside = self.path.with_extension("part");
        fs::write(&beside, bytes)?;
        fs::rename(&beside, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let first = Preferences::read(folder.path());
        assert_eq!(first.get(), Remembered::default());
        first.change(|kept| kept.theme = Theme::Dark).unwrap();
        assert_eq!(Preferences::read(folder.path()).get().theme, Theme::Dark);
    }

    #[test]
    fn a_spoilt_file_is_no_reason_not_to_start() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{\"theme\":").unwrap();
        let read = Preferences::read(folder.path());
        assert_eq!(read.get(), Remembered::default());
        read.change(|kept| kept.set_up = true).unwrap();
        assert!(Preferences::read(folder.path()).get().set_up);
    }
}
