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

use screens::shapes::UiError;
use tauri::State;

pub(crate) use fault::{not_practising, not_ready, unexpected};

use crate::app::App;

/// What a command gives back.
pub(crate) type Answer<T> = Result<T, UiError>;

/// The program, as a command is handed it.
pub(crate) type Program<'a> = State<'a, Arc<App>>;
