//! Settings in sections, with their words.

use engine::views::Views;
use engine::{EngineFault, Settings};

use crate::shapes::{Changes, SettingsView, Simulated, UiError};

/// All settings that can be changed here, in sections.
///
/// # Errors
/// The store's.
pub fn settings(look: &Views<'_>) -> Result<SettingsView, EngineFault> {
    let _ = look;
    Err(EngineFault::wrong("not_yet", "", "Not made yet."))
}

/// These settings with the changes made, for [`engine::Engine::change_settings`]: all of
/// them, or none.
///
/// # Errors
/// What is wrong with the first change that cannot be made, in words; `field` is its key.
pub fn changed(before: &Settings, changes: &Changes) -> Result<Settings, UiError> {
    let _ = (before, changes);
    Err(UiError {
        code: "not_yet".into(),
        message: "Not made yet.".into(),
        field: None,
    })
}

/// What the trigger would have done with the sales read last, were it changed so. Nothing
/// is changed and nothing is sent.
///
/// # Errors
/// As [`changed`], and the store's.
pub fn simulated(look: &Views<'_>, changes: &Changes) -> Result<Simulated, UiError> {
    let _ = changed(look.settings, changes)?;
    Err(UiError {
        code: "not_yet".into(),
        message: "Not made yet.".into(),
        field: None,
    })
}
