//! One line of the table: both sides' figures, what remains, what it means.

use engine::views::{DriftLineView, Views};
use engine::words;

use super::figures::{CURRENCY, read, signed, units};
use crate::shapes::{DriftCategory, DriftRow, Tone};
use crate::text::{clock, last_day};

/// The row of a SKU.
pub(super) fn row(look: &Views<'_>, line: &DriftLineView) -> DriftRow {
    let category = DriftCategory::of(&line.category);
    let says_something = matches!(
        category,
        DriftCategory::CanOversell | DriftCategory::Cin7Short | DriftCategory::PostingBlocked
    );
    DriftRow {
        sku: line.sku.clone(),
        name: line.name.clone(),
        cin7: units(read(&line.cin7_on_hand)),
        whistl: units(read(&line.whistl_on_hand)),
        in_flight: signed(read(&line.in_flight)),
        pending: signed(read(&line.pending)),
        unexplained: match category {
            DriftCategory::NotComparable => String::new(),
            _ => signed(read(&line.unexplained)),
        },
        value: line
            .value
            .as_deref()
            .filter(|_| says_something)
            .map(|value| value.trim_start_matches('-').to_owned()),
        currency: CURRENCY.into(),
        category,
        means: means(line),
        tone: tone(category),
        note: note(look, line),
        trend: line.trend.clone(),
    }
}

/// What it means, with the units at risk where there are any.
fn means(line: &DriftLineView) -> String {
    let word = words::drift_category(&line.category);
    if line.category == "can_oversell" && line.at_risk != "0" {
        format!("{word} {}", units(read(&line.at_risk)))
    } else {
        word.to_owned()
    }
}

/// How a category stands in the table.
pub(super) fn tone(category: DriftCategory) -> Tone {
    match category {
        DriftCategory::CanOversell => Tone::Stop,
        DriftCategory::Cin7Short => Tone::Info,
        DriftCategory::PostingBlocked => Tone::Warn,
        DriftCategory::Explained => Tone::Ok,
        DriftCategory::Matched | DriftCategory::NotComparable => Tone::Plain,
    }
}

/// What else is to be known at a glance.
fn note(look: &Views<'_>, line: &DriftLineView) -> String {
    let zone = look.settings.zone();
    if let Some(accepted) = &line.accepted {
        return format!("accepted until {}", last_day(&accepted.until, zone));
    }
    if let Some(at) = line.recount_since.as_deref().and_then(|at| at.parse().ok()) {
        return format!("recount asked for {}", clock(at, look.now, zone));
    }
    match line.cause.as_str() {
        "suspected" => "seen once so far".into(),
        "held" => "waits for a decision".into(),
        _ => String::new(),
    }
}

impl DriftCategory {
    /// All of them, in the order of harm.
    pub(crate) const ALL: [Self; 6] = [
        Self::CanOversell,
        Self::Cin7Short,
        Self::PostingBlocked,
        Self::Explained,
        Self::Matched,
        Self::NotComparable,
    ];

    /// The stored word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::CanOversell => "can_oversell",
            Self::Cin7Short => "cin7_short",
            Self::PostingBlocked => "posting_blocked",
            Self::Explained => "explained",
            Self::Matched => "matched",
            Self::NotComparable => "not_comparable",
        }
    }

    /// The category of that word; a word of a later version says nothing here.
    pub(crate) fn of(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|category| category.word() == word)
            .unwrap_or(Self::NotComparable)
    }
}
