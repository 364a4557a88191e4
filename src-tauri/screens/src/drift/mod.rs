//! Stock drift: both sides' stock as the last comparison found it, SKU by SKU. A list is
//! frozen when opened, as those of orders are; what is decided is asked of the engine.

mod card;
mod export;
pub(crate) mod figures;
mod history;
mod preview;
mod rows;
mod sentences;

use engine::views::{Views, time};
use engine::words::{self, capital};
use store::{ReconciliationRow, StockCounts, StockLineKey, StockTotals, StoreFault};

pub use card::{card, sku};
pub use export::{export, file_name};
pub use preview::{compared, done, posting, preview};

use crate::lists::{Frozen, OpenLists};
use crate::shapes::{
    DriftCategory, DriftChip, DriftFilter, DriftOpened, DriftRow, DriftRun, DriftSum, DriftToday,
    DriftTodayRun, ListNews, Tone, UiError,
};
use crate::text::{clock, counted, exact_span, is_today};

/// SKUs of one list at most.
const LONGEST: u32 = 250_000;
/// SKUs that a search finds at most.
const FOUND: u32 = 2_000;
/// Comparisons of the graph on Today.
const TODAY_RUNS: u32 = 24;

/// The lists that are open; at most eight, the longest unused of which is dropped first.
#[derive(Debug, Default)]
pub struct Drift {
    open: OpenLists<DriftFilter, StockLineKey>,
}

impl Drift {
    /// Opens a list: which SKUs, in which order, from now on.
    ///
    /// # Errors
    /// The store's.
    pub fn open(&self, look: &Views<'_>, filter: &DriftFilter) -> Result<DriftOpened, UiError> {
        let (keys, capped) = listed(look, filter)?;
        let total = u32::try_from(keys.len()).unwrap_or(u32::MAX);
        let list = self.open.keep(Frozen {
            query: filter.clone(),
            keys,
            capped,
        });
        let last = look.reading.last_reconciliation()?;
        let (sums, sums_of) = match &last {
            Some(run) => sums_of(look, run)?,
            None => Default::default(),
        };
        let counts = last.as_ref().map(|run| run.counts).unwrap_or_default();
        Ok(DriftOpened {
            list,
            total,
            capped,
            run: last.as_ref().map(|run| told(look, run)).transpose()?,
            sums,
            sums_of,
            chips: chips(&counts),
            unexplained: counts.can_oversell + counts.cin7_short,
            debt: words::debt(&look.debt()?)
                .map(|told| format!("{told}."))
                .unwrap_or_default(),
            as_of: time(look.now),
        })
    }

    /// The rows of an open list from the given place on, as they are now; at most 200.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn rows(
        &self,
        look: &Views<'_>,
        list: u32,
        from: u32,
        count: u32,
    ) -> Result<Vec<DriftRow>, UiError> {
        let keys: Vec<StockLineKey> = self.open.get(list)?.page(from, count).collect();
        let lines = look.drift_lines(&look.reading.stock_lines_of(&keys)?)?;
        Ok(lines.iter().map(|line| rows::row(look, line)).collect())
    }

    /// What an open list misses by now.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn news(&self, look: &Views<'_>, list: u32) -> Result<ListNews, UiError> {
        let frozen = self.open.get(list)?;
        let (now, capped) = listed(look, &frozen.query)?;
        Ok(frozen.news(now.iter().copied(), capped))
    }
}

/// The SKUs of a list in its order, with whether there are more.
fn listed(look: &Views<'_>, filter: &DriftFilter) -> Result<(Vec<StockLineKey>, bool), StoreFault> {
    let category = filter.category.map(DriftCategory::word);
    let wanted = filter.find.as_deref().map(str::trim).unwrap_or_default();
    let (keys, most) = if wanted.is_empty() {
        (look.reading.stock_line_keys(category, LONGEST)?, LONGEST)
    } else {
        let found = look.reading.stock_line_keys_like(wanted, category, FOUND)?;
        (found, FOUND)
    };
    let capped = keys.len() >= usize::try_from(most).unwrap_or(usize::MAX);
    Ok((keys, capped))
}

/// The equation, and of which comparison it is: one that could compare nothing has no sums of
/// its own, and those of the last whole one say more than nothing.
fn sums_of(
    look: &Views<'_>,
    run: &ReconciliationRow,
) -> Result<(Vec<DriftSum>, String), StoreFault> {
    if !is_nothing_compared(run) {
        return Ok((sums(&run.totals), String::new()));
    }
    Ok(match look.reading.last_whole_reconciliation()? {
        Some(whole) => {
            let at = clock(whole.began, look.now, look.settings.zone());
            (
                sums(&whole.totals),
                format!("As of {at}, the last whole reconciliation."),
            )
        }
        None => (Vec::new(), String::new()),
    })
}

/// Whether a run came to no comparison at all.
fn is_nothing_compared(run: &ReconciliationRow) -> bool {
    !run.is_whole && all(&run.counts) == run.counts.not_comparable
}

fn all(counts: &StockCounts) -> u32 {
    counts.can_oversell
        + counts.cin7_short
        + counts.posting_blocked
        + counts.explained
        + counts.matched
        + counts.not_comparable
}

fn sums(totals: &StockTotals) -> Vec<DriftSum> {
    let sum = |key: &str, title: &str, value: String, tone| DriftSum {
        key: key.into(),
        title: title.into(),
        value,
        tone,
    };
    let expected = totals.cin7 + totals.in_flight + totals.pending;
    let remains = if totals.unexplained.is_zero() {
        Tone::Plain
    } else {
        Tone::Stop
    };
    vec![
        sum(
            "cin7",
            "Cin7 Core says on hand",
            figures::units(totals.cin7),
            Tone::Plain,
        ),
        sum(
            "in_flight",
            "Despatched, not yet posted",
            figures::signed(totals.in_flight),
            Tone::Plain,
        ),
        sum(
            "pending",
            "Adjustments, not yet posted",
            figures::signed(totals.pending),
            Tone::Plain,
        ),
        sum(
            "expected",
            "Whistl should hold",
            figures::units(expected),
            Tone::Plain,
        ),
        sum(
            "counted",
            "Whistl counts",
            figures::units(totals.counted),
            Tone::Plain,
        ),
        sum(
            "unexplained",
            "Unexplained",
            figures::signed(totals.unexplained),
            remains,
        ),
    ]
}

fn chips(counts: &StockCounts) -> Vec<DriftChip> {
    DriftCategory::ALL
        .into_iter()
        .map(|category| {
            let (count, tone) = match category {
                DriftCategory::CanOversell => (counts.can_oversell, Tone::Stop),
                DriftCategory::Cin7Short => (counts.cin7_short, Tone::Info),
                DriftCategory::PostingBlocked => (counts.posting_blocked, Tone::Warn),
                DriftCategory::Explained => (counts.explained, Tone::Plain),
                DriftCategory::Matched => (counts.matched, Tone::Plain),
                DriftCategory::NotComparable => (counts.not_comparable, Tone::Warn),
            };
            DriftChip {
                category,
                title: capital(words::drift_category(category.word())),
                count,
                tone,
            }
        })
        // Nothing is left uncompared as a rule: then there is no need to say so.
        .filter(|chip| chip.category != DriftCategory::NotComparable || chip.count > 0)
        .collect()
}

/// When a comparison was, how much it compared, how long it took, and when the next one is.
fn told(look: &Views<'_>, run: &ReconciliationRow) -> Result<DriftRun, UiError> {
    let zone = look.settings.zone();
    let at = clock(run.began, look.now, zone);
    let at = if is_today(run.began, look.now, zone) {
        format!("{at} today")
    } else {
        at
    };
    let mut title = if is_nothing_compared(run) {
        format!("Not reconciled at {at}")
    } else {
        format!(
            "Reconciled {at}, {} in {}",
            counted(all(&run.counts), "SKU", "SKUs"),
            exact_span((run.ended - run.began).num_seconds())
        )
    };
    if let Some(next) = next(look)? {
        title.push_str(&format!(" · next {}", clock(next, look.now, zone)));
    }
    Ok(DriftRun {
        title,
        at: time(run.ended),
        not_compared: not_compared(run),
    })
}

/// What was not compared, and why.
fn not_compared(run: &ReconciliationRow) -> String {
    if run.is_whole {
        return String::new();
    }
    let why = capital(run.why.trim_end_matches('.'));
    if is_nothing_compared(run) {
        return format!(
            "No SKU was compared: {}. The figures below are the last known ones, and no difference is reported or cleared until the next reconciliation.",
            lower(&why)
        );
    }
    format!(
        "{} not compared: {}. They are not called matched until the next reconciliation.",
        counted(run.counts.not_comparable, "SKU was", "SKUs were"),
        lower(&why)
    )
}

/// Names keep their capital; other words lose it within a sentence.
fn lower(text: &str) -> String {
    let is_name = ["Cin7", "Whistl", "SKU", "Stockbridge"]
        .iter()
        .any(|name| text.starts_with(name));
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !is_name => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// When the next comparison is due, while the schedule is at work.
fn next(look: &Views<'_>) -> Result<Option<chrono::DateTime<chrono::Utc>>, UiError> {
    Ok(look.next_comparison()?.filter(|at| *at > look.now))
}

/// What Today and the sidebar say of drift; none before the first comparison.
///
/// # Errors
/// The store's.
pub fn today(look: &Views<'_>) -> Result<Option<DriftToday>, UiError> {
    let Some(last) = look.reading.last_reconciliation()? else {
        return Ok(None);
    };
    let runs = look.reading.drift_trend(TODAY_RUNS)?;
    Ok(Some(DriftToday {
        need_you: last.counts.can_oversell + last.counts.cin7_short + last.counts.posting_blocked,
        unexplained: last.counts.can_oversell + last.counts.cin7_short,
        runs: runs
            .into_iter()
            .map(|point| DriftTodayRun {
                at: time(point.read_at),
                skus: point.is_whole.then_some(point.drifting),
            })
            .collect(),
    }))
}

/// What differs at cost, without signs, as text to show; none before the first comparison.
pub(crate) fn worth(look: &Views<'_>) -> Result<Option<String>, StoreFault> {
    let last = look.reading.last_reconciliation()?;
    Ok(last.map(|run| figures::worth(&format!("{:.2}", run.totals.value.round_dp(2)))))
}
