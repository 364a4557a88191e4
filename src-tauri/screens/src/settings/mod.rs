//! Settings in sections, with their words; changing them; and trying a change of the
//! trigger on recent sales. What is right for a setting is the engine's to say.

mod change;
mod rights;
mod trial;
mod words;

use engine::settings::{Kind, Spec, spec};
use engine::views::Views;

pub use change::{changed, wrong};
pub use trial::simulated;

use self::words::{SECTIONS, Words};
use crate::shapes::{Choice, Setting, SettingKind, SettingsSection, SettingsView, UiError};

/// All settings that are changed here, in sections.
///
/// # Errors
/// The store's.
pub fn settings(look: &Views<'_>) -> Result<SettingsView, UiError> {
    let (version, _) = look.reading.settings()?;
    let sections = SECTIONS
        .iter()
        .map(|section| SettingsSection {
            key: section.key.into(),
            title: section.title.into(),
            text: match section.key {
                "trigger" => format!("{} {}", trial::trigger_sentence(look), section.text),
                _ => section.text.into(),
            },
            settings: section
                .settings
                .iter()
                .filter_map(|words| Some(setting(look, words, spec::find(words.key)?)))
                .collect(),
        })
        .collect();
    Ok(SettingsView {
        version,
        sections,
        rights: rights::rights(),
        zones: chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| zone.name().to_owned())
            .collect(),
        budget: change::budget(&look.settings.plan()),
    })
}

/// The title of that key, for whoever finds or names a setting.
pub fn title(key: &str) -> Option<&'static str> {
    words::find(key).map(|words| words.title)
}

/// Every setting changed here: its key, its title, its section's word and title.
pub fn titles() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    SECTIONS.iter().flat_map(|section| {
        section
            .settings
            .iter()
            .map(|words| (words.key, words.title, section.key, section.title))
    })
}

fn setting(look: &Views<'_>, words: &Words, spec: &Spec) -> Setting {
    let (min, max) = range(spec.kind);
    Setting {
        key: words.key.into(),
        title: words.title.into(),
        help: words.help.into(),
        kind: kind(spec.kind),
        value: look.settings.value(words.key),
        default: serde_json::from_str(spec.default).unwrap_or_default(),
        choices: words
            .choices
            .iter()
            .map(|(word, title)| Choice {
                word: (*word).into(),
                title: (*title).into(),
            })
            .collect(),
        min,
        max,
        unit: words.unit.into(),
        advanced: words.advanced,
    }
}

fn kind(kind: Kind) -> SettingKind {
    match kind {
        Kind::Text(_) => SettingKind::Text,
        Kind::Address => SettingKind::Address,
        Kind::Choice(_) => SettingKind::Choice,
        Kind::Whole(..) => SettingKind::Whole,
        Kind::Flag => SettingKind::Flag,
        Kind::Date => SettingKind::Date,
        Kind::Time | Kind::TimeOrNone => SettingKind::Time,
        Kind::Times => SettingKind::Times,
        Kind::Texts => SettingKind::Texts,
        Kind::Dates => SettingKind::Dates,
        Kind::Wholes(..) => SettingKind::Wholes,
        Kind::WholeByText(..) => SettingKind::WholeByText,
        Kind::TimeByText => SettingKind::TimeByText,
        Kind::Zone => SettingKind::Zone,
    }
}

fn range(kind: Kind) -> (Option<i64>, Option<i64>) {
    match kind {
        Kind::Whole(low, high) | Kind::Wholes(low, high) | Kind::WholeByText(low, high) => {
            (Some(low), Some(high))
        }
        // The longest text, so that the page stops where the engine would.
        Kind::Text(most) => (None, i64::try_from(most).ok()),
        Kind::Address
        | Kind::Choice(_)
        | Kind::Flag
        | Kind::Date
        | Kind::Time
        | Kind::TimeOrNone
        | Kind::Times
        | Kind::Texts
        | Kind::Dates
        | Kind::TimeByText
        | Kind::Zone => (None, None),
    }
}
