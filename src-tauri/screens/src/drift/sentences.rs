//! What happened to a SKU, in plain sentences that claim no more than is known: between which
//! comparisons the gap opened, what moved then, what is accounted for, what posting changes.

use engine::views::{DriftDecisionView, DriftLineView, DriftMovementView, Views};
use engine::words;
use rust_decimal::Decimal;
use store::{AdjustmentFilter, AdjustmentState, ReconciliationRow, StockLineRow};

use super::figures::{counted, read, signed, units};
use crate::shapes::{DriftCategory, UiError};
use crate::text::{clock, counted as many, is_today, last_day};

/// Adjustments that cannot be posted are told one by one up to so many.
const BLOCKED_TOLD: u32 = 3;

/// What is told of a SKU.
pub(super) struct Story<'a> {
    pub(super) look: &'a Views<'a>,
    pub(super) row: &'a StockLineRow,
    pub(super) line: &'a DriftLineView,
    pub(super) category: DriftCategory,
    /// The comparison that first saw the present gap, and the last one before that.
    pub(super) since: Option<ReconciliationRow>,
    pub(super) before: Option<ReconciliationRow>,
    /// What moved between those.
    pub(super) moved: &'a [DriftMovementView],
    /// What was decided, the last one first.
    pub(super) decisions: &'a [DriftDecisionView],
}

impl Story<'_> {
    fn clock(&self, run: &ReconciliationRow) -> String {
        clock(run.began, self.look.now, self.look.settings.zone())
    }

    fn told(&self, at: &str) -> String {
        at.parse().map_or_else(
            |_| at.to_owned(),
            |at| clock(at, self.look.now, self.look.settings.zone()),
        )
    }

    /// What both sides say, in one line.
    pub(super) fn title(&self) -> String {
        let sku = &self.row.sku;
        match self.category {
            DriftCategory::NotComparable => format!("{sku}: not compared"),
            DriftCategory::Matched => format!("{sku}: both sides have {}", units(self.row.counted)),
            _ if self.row.unexplained.is_zero() => {
                format!(
                    "{sku}: Whistl counted {}, as expected",
                    units(self.row.counted)
                )
            }
            _ => format!(
                "{sku}: Whistl counted {}, Stockbridge expected {}",
                units(self.row.counted),
                units(read(&self.line.expected))
            ),
        }
    }

    /// Between which comparisons the gap opened, as the head of what moved then.
    pub(super) fn opened(&self) -> String {
        match (&self.before, &self.since) {
            (Some(before), Some(since)) => {
                format!("Between {} and {}", self.clock(before), self.clock(since))
            }
            _ => String::new(),
        }
    }

    /// What happened.
    pub(super) fn sentences(&self) -> Vec<String> {
        let mut said = match self.category {
            DriftCategory::CanOversell | DriftCategory::Cin7Short => self.of_a_gap(),
            DriftCategory::PostingBlocked | DriftCategory::Explained => self.of_the_known(),
            DriftCategory::Matched => {
                vec!["Nothing is on its way, and nothing differs.".to_owned()]
            }
            DriftCategory::NotComparable => Vec::new(),
        };
        said.push(self.line.words.clone());
        if self.row.is_approximate {
            said.push(
                "Something moved so near to the count, or Cin7 Core was told of it so near to the reading, that the figure may be off by it."
                    .into(),
            );
        }
        if !self.row.quarantined.is_zero() {
            said.push(format!(
                "{} more are set apart at the warehouse and cannot be sold.",
                units(self.row.quarantined)
            ));
        }
        said.retain(|sentence| !sentence.is_empty());
        said
    }

    fn of_a_gap(&self) -> Vec<String> {
        let opened = match (&self.before, &self.since) {
            (Some(before), Some(since)) => {
                let zone = self.look.settings.zone();
                let today = |run: &ReconciliationRow| is_today(run.began, self.look.now, zone);
                let (from, to) = (self.clock(before), self.clock(since));
                if today(before) && today(since) {
                    format!("The gap opened between the {from} and {to} runs.")
                } else {
                    format!("The gap opened between the runs of {from} and {to}.")
                }
            }
            (None, Some(since)) => format!(
                "The gap was there when this SKU was first compared, at {}.",
                self.clock(since)
            ),
            (_, None) => String::new(),
        };
        vec![opened, self.accounted_for()]
    }

    /// What explains none of it, or only part: adjustments in the span, and what is on its way.
    fn accounted_for(&self) -> String {
        let mut known = self.on_the_way();
        if self.before.is_none() {
            return if known.is_empty() {
                known
            } else {
                format!("{}.", words::capital(&known))
            };
        }
        let adjusted: Vec<Decimal> = self
            .moved
            .iter()
            .filter(|one| one.kind == "adjustment")
            .map(|one| read(&one.units))
            .collect();
        if !known.is_empty() {
            known = format!(", and {known}");
        }
        match adjusted.len() {
            0 => format!("No adjustment from Whistl explains it{known}."),
            count => format!(
                "Whistl reported {} of {} in between, which {} counted in already{known}.",
                many(
                    i64::try_from(count).unwrap_or(i64::MAX),
                    "adjustment",
                    "adjustments"
                ),
                signed(adjusted.iter().sum()),
                if count == 1 { "is" } else { "are" }
            ),
        }
    }

    fn on_the_way(&self) -> String {
        let (in_flight, pending) = (self.row.in_flight, self.row.pending);
        let flight = match in_flight.abs() {
            one if one == Decimal::ONE => "the unit in flight is accounted for".to_owned(),
            _ => format!("all {} in flight are accounted for", counted(in_flight)),
        };
        let adjusted = format!("adjustments of {} not posted yet are too", signed(pending));
        match (in_flight.is_zero(), pending.is_zero()) {
            (true, true) => String::new(),
            (false, true) => flight,
            (true, false) => format!(
                "adjustments of {} that are not posted yet are accounted for",
                signed(pending)
            ),
            (false, false) => format!("{flight}, as {adjusted}"),
        }
    }

    fn of_the_known(&self) -> Vec<String> {
        let (in_flight, pending) = (self.row.in_flight, self.row.pending);
        let mut said = Vec::new();
        if in_flight < Decimal::ZERO {
            said.push(format!(
                "{} left the warehouse, and Cin7 Core has not been told yet.",
                counted(in_flight)
            ));
        } else if in_flight > Decimal::ZERO {
            said.push(format!(
                "Cin7 Core was told of {} that the count had not seen leave yet.",
                counted(in_flight)
            ));
        }
        if !pending.is_zero() && self.category == DriftCategory::Explained {
            said.push(format!(
                "Adjustments of {} are on their way into Cin7 Core.",
                signed(pending)
            ));
        }
        if said.is_empty() && self.category == DriftCategory::Explained {
            said.push("What is on its way evens out.".into());
        }
        said
    }

    /// Adjustments of it that a fault keeps from being posted, with the fix.
    pub(super) fn blocked(&self) -> Result<Vec<String>, UiError> {
        if self.category != DriftCategory::PostingBlocked {
            return Ok(Vec::new());
        }
        let failed = self.look.reading.adjustments(&AdjustmentFilter {
            states: vec![AdjustmentState::Failed],
            sku: Some(self.row.sku.clone()),
            limit: BLOCKED_TOLD,
            ..AdjustmentFilter::default()
        })?;
        let mut said = vec![format!(
            "The difference is known: adjustments of {} cannot be posted to Cin7 Core.",
            signed(self.row.pending)
        )];
        for row in &failed {
            let view = self.look.adjustment(row)?;
            said.push(format!(
                "{}, {} for {}: {}",
                view.whistl_id,
                signed(read(&view.quantity)),
                words::plain(&view.reason),
                view.words
            ));
        }
        Ok(said)
    }

    /// What doing something about it would change.
    pub(super) fn effect(&self) -> String {
        let post = || format!("Posting {} to Cin7 Core", signed(self.row.unexplained));
        match self.category {
            DriftCategory::CanOversell if self.row.at_risk.is_zero() => {
                "Cin7 Core offers none of these for sale now, so that nothing can be oversold by them yet.".into()
            }
            DriftCategory::CanOversell => {
                format!("{} stops your channels selling stock that is not there.", post())
            }
            DriftCategory::Cin7Short => {
                format!("{} lets your channels sell stock that is there.", post())
            }
            DriftCategory::PostingBlocked => {
                "Put right what stops it, and it is posted by itself.".into()
            }
            DriftCategory::Explained | DriftCategory::Matched | DriftCategory::NotComparable => {
                String::new()
            }
        }
    }

    /// What was decided and still stands.
    pub(super) fn decided(&self) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(posted) = self.posted() {
            said.push(posted);
        }
        let by = |what: &str| {
            let found = self.decisions.iter().find(|one| one.what == what);
            found.map_or_else(String::new, |one| format!(" by {}", one.who))
        };
        if let Some(accepted) = &self.line.accepted {
            let until = last_day(&accepted.until, self.look.settings.zone());
            said.push(format!(
                "Accepted{} until {until}: “{}”",
                by("accept"),
                accepted.why
            ));
        }
        if let Some(at) = &self.line.recount_since {
            said.push(format!(
                "A recount was asked for{} at {}; the next count shows what came of it.",
                by("recount"),
                self.told(at)
            ));
        }
        said
    }

    /// That this difference was posted already, since the comparison that found it.
    pub(super) fn posted(&self) -> Option<String> {
        let posted = self.decisions.iter().find(|one| {
            one.what == "post" && !matches!(one.document_state.as_str(), "failed" | "voided")
        })?;
        let at = posted.at.parse::<chrono::DateTime<chrono::Utc>>().ok()?;
        let last = self.look.reading.last_reconciliation().ok()??;
        (at >= last.ended).then(|| {
            let named = match posted.document.as_str() {
                "" => String::new(),
                number => format!(" as {number}"),
            };
            format!(
                "Posted to Cin7 Core{named} by {} at {}. The next reconciliation shows what is left.",
                posted.who,
                self.told(&posted.at)
            )
        })
    }
}
