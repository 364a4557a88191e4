//! Changing settings: all of a page's changes or none, with what is wrong said of the
//! setting it is about, in its title and never its key.

use engine::settings::Plan;
use engine::{SettingFault, Settings};

use super::words;
use crate::shapes::{Changes, UiError};
use crate::text::{number, per_minute};

/// Settings that decide what looking costs; the one that was changed is the one at fault.
const COSTLY: [&str; 4] = [
    "schedule.orders",
    "schedule.products",
    "schedule.sweep",
    "limits.cin7_calls_per_minute",
];

/// These settings with the changes made, for [`engine::Engine::change_settings`]: all of
/// them, or none.
///
/// # Errors
/// What is wrong with the first change that cannot be made, in words; `field` is its key.
pub fn changed(before: &Settings, changes: &Changes) -> Result<Settings, UiError> {
    let mut after = before.clone();
    for (key, value) in changes {
        if words::find(key).is_none() {
            return Err(UiError::at(
                "setting_elsewhere",
                key,
                "That is not changed here: a vendor's address and location are under Connections, and going live is a step of its own.",
            ));
        }
        after
            .set(key, value.clone())
            .map_err(|fault| wrong(&fault))?;
    }
    if after.check_plan().is_err() {
        let field = COSTLY
            .into_iter()
            .find(|key| changes.contains_key(*key))
            .unwrap_or(COSTLY[0]);
        return Err(UiError::at(
            "schedule_too_dear",
            field,
            too_dear(&after.plan()),
        ));
    }
    Ok(after)
}

/// What is wrong with a setting, in its title.
pub fn wrong(fault: &SettingFault) -> UiError {
    let title = words::find(&fault.key).map(|words| words.title);
    let message = match title {
        Some(title) if !fault.wanted.is_empty() => format!("“{title}”: {}.", fault.wanted),
        _ if !fault.wanted.is_empty() => crate::text::sentence(&fault.wanted),
        _ => fault.message.clone(),
    };
    UiError::at("setting_invalid", &fault.key, message)
}

/// The sum, so that whoever changed it sees what would fit.
fn too_dear(plan: &Plan) -> String {
    format!(
        "Looking that often would take {} of the {} calls a minute that Cin7 Core is asked at most; half of them must stay free for the orders themselves. Look less often for sales or products, or search less often for what was missed.",
        per_minute(plan.calls_per_minute),
        number(plan.limit),
    )
}

/// What the schedule costs, as a sentence.
pub(super) fn budget(plan: &Plan) -> String {
    format!(
        "About {} of {} Cin7 Core calls a minute when nothing is new. The rest is enough for about {} new orders a minute.",
        per_minute(plan.calls_per_minute),
        number(plan.limit),
        number(plan.orders_per_minute().floor()),
    )
}
