//! Which adjustments a list has, in which order and under which headings. What needs someone
//! comes first, by why; then what is under way, the longest waiting first; then what is done
//! with, the newest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use engine::views::Views;
use engine::words::uncapital;
use store::{AdjustmentFilter, AdjustmentRow, AdjustmentState, StoreFault};

use super::{state, whole};
use crate::lists::{day_title, midnight};
use crate::shapes::{AdjustmentTab, AdjustmentsFilter, Group, Owner, Tone, UiError};

/// Adjustments of each part of a list at most: of what is done the newest are enough, older
/// ones are found by their SKU or name.
const LONGEST: u32 = 5_000;

/// The parts of the whole list, in its order.
const PARTS: [AdjustmentTab; 4] = [
    AdjustmentTab::NeedsYou,
    AdjustmentTab::Waiting,
    AdjustmentTab::Posted,
    AdjustmentTab::SetAside,
];

/// A list's rows in its order.
pub(super) struct Listed {
    pub(super) rows: Vec<AdjustmentRow>,
    /// There are more.
    pub(super) capped: bool,
}

/// The tab that an adjustment is under besides “All”.
pub(super) fn tab_of(state: AdjustmentState) -> AdjustmentTab {
    match state {
        AdjustmentState::NeedsApproval | AdjustmentState::Failed => AdjustmentTab::NeedsYou,
        AdjustmentState::New | AdjustmentState::Posting | AdjustmentState::Unclear => {
            AdjustmentTab::Waiting
        }
        AdjustmentState::Posted => AdjustmentTab::Posted,
        AdjustmentState::Dismissed | AdjustmentState::AlreadyInCin7 | AdjustmentState::Recorded => {
            AdjustmentTab::SetAside
        }
    }
}

/// The adjustments of a list as they are now.
///
/// # Errors
/// `day_invalid` when the day is none; the store's.
pub(super) fn listed(look: &Views<'_>, filter: &AdjustmentsFilter) -> Result<Listed, UiError> {
    let asked = asked(look, filter)?;
    let wanted = filter.find.as_deref().map(str::trim).unwrap_or_default();
    let mut rows: Vec<AdjustmentRow> = Vec::new();
    let mut capped = false;
    for part in PARTS {
        if filter.tab != AdjustmentTab::All && filter.tab != part {
            continue;
        }
        let states = AdjustmentState::ALL
            .into_iter()
            .filter(|state| tab_of(*state) == part)
            .collect();
        let asked = AdjustmentFilter {
            states,
            ..asked.clone()
        };
        let found = look.reading.adjustments(&asked)?;
        if whole(found.len()) >= LONGEST {
            capped = true;
            rows.extend(beyond(look, &asked, wanted)?);
        }
        rows.extend(found);
    }
    let wanted = wanted.to_lowercase();
    rows.retain(|row| {
        filter
            .owner
            .is_none_or(|owner| row.owner.map(Owner::from) == Some(owner))
            && (wanted.is_empty() || names(row).any(|name| name.to_lowercase().contains(&wanted)))
    });
    in_order(&mut rows);
    rows.dedup_by_key(|row| row.key);
    Ok(Listed { rows, capped })
}

/// Those of just this SKU, which may be older than a list is long.
fn beyond(
    look: &Views<'_>,
    asked: &AdjustmentFilter,
    wanted: &str,
) -> Result<Vec<AdjustmentRow>, StoreFault> {
    let mut rows = Vec::new();
    let upper = wanted.to_uppercase();
    for sku in [wanted, upper.as_str()] {
        if !sku.is_empty() {
            rows.extend(look.reading.adjustments(&AdjustmentFilter {
                sku: Some(sku.to_owned()),
                ..asked.clone()
            })?);
        }
    }
    Ok(rows)
}

fn asked(look: &Views<'_>, filter: &AdjustmentsFilter) -> Result<AdjustmentFilter, UiError> {
    let day = match filter.day.as_deref().filter(|day| !day.is_empty()) {
        None => None,
        Some(day) => Some(day.parse::<NaiveDate>().map_err(|_| {
            UiError::at(
                "day_invalid",
                "day",
                format!("“{day}” is no day of the calendar."),
            )
        })?),
    };
    let zone = look.settings.zone();
    Ok(AdjustmentFilter {
        why: filter.reason.clone(),
        since: day.map(|day| midnight(day, 0, zone)),
        until: day.map(|day| midnight(day, 1, zone)),
        limit: LONGEST,
        ..AdjustmentFilter::default()
    })
}

/// What an adjustment is looked for by.
fn names(row: &AdjustmentRow) -> impl Iterator<Item = &str> {
    [
        row.id.as_str(),
        row.sku.as_str(),
        row.cin7_sku.as_str(),
        row.document_number.as_str(),
    ]
    .into_iter()
}

fn in_order(rows: &mut [AdjustmentRow]) {
    let mut oldest: BTreeMap<(bool, String), DateTime<Utc>> = BTreeMap::new();
    for row in rows.iter() {
        let first = oldest.entry(why(row)).or_insert(row.at);
        *first = row.at.min(*first);
    }
    rows.sort_by_cached_key(|row| match tab_of(row.state) {
        AdjustmentTab::NeedsYou => {
            let (failed, title) = why(row);
            let first = oldest.get(&(failed, title.clone())).copied();
            (
                u8::from(failed),
                first,
                title,
                row.at,
                Reverse(settled(row)),
                row.key,
            )
        }
        AdjustmentTab::Waiting => {
            let all = DateTime::<Utc>::MIN_UTC;
            (2, None, String::new(), row.at, Reverse(all), row.key)
        }
        AdjustmentTab::All | AdjustmentTab::Posted | AdjustmentTab::SetAside => {
            let all = DateTime::<Utc>::MIN_UTC;
            (3, None, String::new(), all, Reverse(settled(row)), row.key)
        }
    });
}

/// What one that needs someone is grouped by: whether it failed, and why.
fn why(row: &AdjustmentRow) -> (bool, String) {
    (
        row.state == AdjustmentState::Failed,
        state::why(row).to_owned(),
    )
}

/// When it was done with.
pub(super) fn settled(row: &AdjustmentRow) -> DateTime<Utc> {
    row.posted_at.unwrap_or(row.changed_at)
}

impl Listed {
    /// Runs of rows under one heading; their counts add up to the list's length.
    pub(super) fn groups(&self, tab: AdjustmentTab, now: DateTime<Utc>, zone: Tz) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for row in &self.rows {
            let (title, tone) = heading(tab, row, now, zone);
            match groups.last_mut() {
                Some(last) if last.title == title => last.count += 1,
                _ => groups.push(Group {
                    title,
                    count: 1,
                    tone,
                }),
            }
        }
        groups
    }
}

fn heading(
    tab: AdjustmentTab,
    row: &AdjustmentRow,
    now: DateTime<Utc>,
    zone: Tz,
) -> (String, Tone) {
    match tab_of(row.state) {
        AdjustmentTab::NeedsYou if row.state == AdjustmentState::Failed => (
            format!("Failed: {}", uncapital(state::why(row))),
            Tone::Stop,
        ),
        AdjustmentTab::NeedsYou => (
            format!("Needs approval: {}", uncapital(state::why(row))),
            Tone::Warn,
        ),
        AdjustmentTab::Waiting => ("On the way to Cin7 Core".into(), Tone::Plain),
        AdjustmentTab::All | AdjustmentTab::Posted | AdjustmentTab::SetAside => {
            let today = now.with_timezone(&zone).date_naive();
            let day = settled(row).with_timezone(&zone).date_naive();
            let day = match day_title(day, today).as_str() {
                "Today" => "today".to_owned(),
                "Yesterday" => "yesterday".to_owned(),
                other => format!("on {other}"),
            };
            let done = match tab {
                AdjustmentTab::Posted => "Posted",
                AdjustmentTab::SetAside => "Set aside",
                AdjustmentTab::All | AdjustmentTab::NeedsYou | AdjustmentTab::Waiting => "Settled",
            };
            (format!("{done} {day}"), Tone::Plain)
        }
    }
}
