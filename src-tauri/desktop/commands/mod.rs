//! What the page may call, one file for each screen. Thin: a command looks or asks the
//! engine, and turns what comes back into a shape or a [`UiError`]. The names are in
//! `names.rs`, from which the build makes the permissions.

pub(crate) mod activity;
pub(crate) mod adjustments;
pub(crate) mod confirmations;
pub(crate) mod drift;
mod fault;
pub(crate) mod find;
pub(crate) mod first_run;
pub(crate) mod mappings;
pub(crate) mod month;
pub(crate) mod orders;
pub(crate) mod practice;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod today;

#[cfg(test)]
mod names;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use screens::shapes::{Told, UiError};
use tauri::{Manager as _, State};

pub(crate) use fault::{not_practising, not_ready, unexpected};

use crate::app::App;

/// What a command gives back.
pub(crate) type Answer<T> = Result<T, UiError>;

/// Writes what a person asked for to a file among the downloads, and says where it is.
pub(crate) fn saved(app: &Program<'_>, name: &str, text: &str) -> Answer<Told> {
    let folder = app
        .handle
        .path()
        .download_dir()
        .unwrap_or_else(|_| app.folder.clone());
    let path = folder.join(name);
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text));
    match written {
        Ok(()) => Ok(Told {
            text: format!("Saved as {}.", path.display()),
        }),
        Err(fault) => {
            tracing::warn!(%fault, "a file was not written");
            Err(UiError::wrong(
                "not_written",
                format!(
                    "{name} could not be written to {}. Make room there, or allow it.",
                    folder.display()
                ),
            ))
        }
    }
}

/// The program, as a command is handed it.
pub(crate) type Program<'a> = State<'a, Arc<App>>;
