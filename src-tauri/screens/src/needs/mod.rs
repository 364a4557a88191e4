//! What needs someone, most urgent first: the orders in their parts, and what else has an
//! alert. Each order is counted in exactly one need, and each need opens just its orders.
//! What deserves an alert, and who has taken it, is the engine's to say.

mod alert;
mod orders;
mod part;

use chrono::{DateTime, Days, LocalResult, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use engine::attention::{Alert, Go as EngineGo};
use engine::views::{AlertView, Views};
use store::NeedCount;

pub(crate) use part::Part;

use crate::shapes::{
    AdjustmentTab, AdjustmentsFilter, ConfirmationTab, ConfirmationsFilter, Go, ListFilter, Need,
    Owner, Screen, Tab, UiError,
};

/// What needs are made of.
pub(crate) struct Sources<'a> {
    pub(crate) look: &'a Views<'a>,
    pub(crate) counts: &'a [NeedCount],
    pub(crate) alerts: &'a [Alert],
    pub(crate) taken: &'a [AlertView],
}

impl Sources<'_> {
    pub(crate) fn zone(&self) -> Tz {
        self.look.settings.zone()
    }

    /// Who has taken the alert of that id.
    fn taken_by(&self, id: &str) -> Option<String> {
        self.taken
            .iter()
            .find(|view| view.id == id)
            .map(|view| view.taken_by.clone())
            .filter(|who| !who.is_empty())
    }
}

/// A need with its place: the lower, the more urgent.
struct Placed {
    rank: u8,
    /// Among those of equal rank: the time that is left, then the larger first.
    by: Option<DateTime<Utc>>,
    need: Need,
}

/// All needs, most urgent first.
///
/// # Errors
/// The store's.
pub(crate) fn needs(from: &Sources<'_>) -> Result<Vec<Need>, UiError> {
    let mut placed = orders::needs(from)?;
    placed.extend(alert::needs(from));
    placed.sort_by(|a, b| {
        let key = |p: &Placed| (p.rank, p.by.is_none(), p.by);
        key(a)
            .cmp(&key(b))
            .then_with(|| b.need.count.cmp(&a.need.count))
            .then_with(|| a.need.id.cmp(&b.need.id))
    });
    Ok(placed.into_iter().map(|placed| placed.need).collect())
}

/// A part in a few words, as a filter of a list.
pub(crate) fn part_title(part: Part, now: DateTime<Utc>, zone: Tz) -> String {
    let title = match part {
        Part::Due(at) => {
            return format!(
                "Will miss the {} cut-off",
                crate::text::clock(at, now, zone)
            );
        }
        Part::Missed => "Missed the cut-off",
        Part::CalledOff => "Voided in Cin7 Core after sending",
        Part::Rejected => "Rejected by Whistl",
        Part::Unclear => "Sent, and nobody knows whether it arrived",
        Part::Blocked => "Blocked at the warehouse",
        Part::Changed => "Changed in Cin7 Core after sending",
        Part::CancelledThere => "Cancelled at the warehouse alone",
        Part::LookAt => "To look at, at the warehouse",
        Part::Later(family) => family.title(),
    };
    title.into()
}

/// The engine's alert that stands behind a need's id: what “I have it” takes.
pub fn alert_of(need: &str) -> &str {
    need.split_once('#').map_or(need, |(alert, _)| alert)
}

/// Where a notification's click leads.
pub fn go(from: &EngineGo) -> Go {
    let tab = match from.tab {
        Some("waiting") => Some(Tab::Waiting),
        Some("at_warehouse") => Some(Tab::AtWarehouse),
        Some("despatched") => Some(Tab::Despatched),
        Some("cancelled") => Some(Tab::Cancelled),
        Some(_) => Some(Tab::NeedsYou),
        None => None,
    };
    let screen = match from.screen {
        "orders" => Screen::Orders,
        "confirmations" => return go_confirmations(from),
        "drift" => return go_drift(from.tab, from.number.clone()),
        "adjustments" => return go_adjustments(from),
        "mappings" => Screen::Mappings,
        "activity" => Screen::Activity,
        "settings" => Screen::Settings,
        _ => Screen::Today,
    };
    Go {
        screen,
        confirmations: None,
        adjustments: None,
        filter: tab.map(|tab| ListFilter {
            tab,
            owner: from.owner.and_then(owner_of),
            cause: from.cause.clone(),
            channel: None,
            find: from.find.clone(),
            put_off: false,
        }),
        number: from.number.clone(),
        section: from.section.map(str::to_owned),
    }
}

/// A list of confirmations.
fn go_confirmations(from: &EngineGo) -> Go {
    let tab = match from.tab {
        Some("waiting") => ConfirmationTab::Waiting,
        _ => ConfirmationTab::NeedsYou,
    };
    let mut go = go_told(tab);
    go.number.clone_from(&from.number);
    if let Some(filter) = &mut go.confirmations {
        filter.owner = from.owner.and_then(owner_of);
        filter.find.clone_from(&from.find);
    }
    go
}

/// Stock drift: one category or all, with the cursor on a SKU.
pub(crate) fn go_drift(category: Option<&str>, sku: Option<String>) -> Go {
    Go {
        number: sku,
        ..go_screen(Screen::Drift, category.unwrap_or_default())
    }
}

/// A list of stock adjustments.
fn go_adjustments(from: &EngineGo) -> Go {
    let tab = match from.tab {
        Some("needs_you") => AdjustmentTab::NeedsYou,
        Some("waiting") => AdjustmentTab::Waiting,
        _ => AdjustmentTab::All,
    };
    let mut go = go_stock(tab);
    go.number.clone_from(&from.number);
    if let Some(filter) = &mut go.adjustments {
        filter.owner = from.owner.and_then(owner_of);
        filter.find.clone_from(&from.find);
    }
    go
}

/// One tab of the stock adjustments, whole.
pub(crate) fn go_stock(tab: AdjustmentTab) -> Go {
    Go {
        adjustments: Some(AdjustmentsFilter {
            tab,
            owner: None,
            reason: None,
            day: None,
            find: None,
        }),
        ..go_screen(Screen::Adjustments, "")
    }
}

/// One tab of the confirmations, whole.
pub(crate) fn go_told(tab: ConfirmationTab) -> Go {
    Go {
        confirmations: Some(ConfirmationsFilter {
            tab,
            owner: None,
            find: None,
        }),
        ..go_screen(Screen::Confirmations, "")
    }
}

/// A list of one tab, whole.
pub(crate) fn go_tab(tab: Tab) -> Go {
    Go {
        screen: Screen::Orders,
        confirmations: None,
        adjustments: None,
        filter: Some(ListFilter {
            tab,
            owner: None,
            cause: None,
            channel: None,
            find: None,
            put_off: false,
        }),
        number: None,
        section: None,
    }
}

/// The list of one part.
fn go_part(part: Part) -> Go {
    let mut go = go_tab(Tab::NeedsYou);
    if let Some(filter) = &mut go.filter {
        filter.cause = Some(part.word());
    }
    go
}

/// A screen, or a part of it.
pub(crate) fn go_screen(screen: Screen, section: &str) -> Go {
    Go {
        screen,
        confirmations: None,
        adjustments: None,
        filter: None,
        number: None,
        section: (!section.is_empty()).then(|| section.to_owned()),
    }
}

/// The owner of that word.
pub(crate) fn owner_of(word: &str) -> Option<Owner> {
    Some(match word {
        "office" => Owner::Office,
        "warehouse" => Owner::Warehouse,
        "finance" => Owner::Finance,
        "support" => Owner::Support,
        _ => return None,
    })
}

/// The first moment of the merchant's day, so many days on.
pub(crate) fn start_of_day(now: DateTime<Utc>, zone: Tz, days_on: u64) -> DateTime<Utc> {
    let day = now.with_timezone(&zone).date_naive();
    let day = day.checked_add_days(Days::new(days_on)).unwrap_or(day);
    let midnight = day.and_time(NaiveTime::MIN);
    match zone.from_local_datetime(&midnight) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        // Where clocks go forward at midnight the day begins an hour later.
        LocalResult::None => zone
            .from_local_datetime(&(midnight + chrono::TimeDelta::hours(1)))
            .earliest()
            .map_or(now, |at| at.with_timezone(&Utc)),
    }
}
