//! What the last reading back came to (R85), and which documents do not stand as they were
//! posted.

use serde::Serialize;
use store::{FindingRow, ReadBackRow};

use super::{Views, time};
use crate::fault::EngineFault;

/// The last check, and what is open of it and of earlier ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadBackView {
    /// The last check; none before the first.
    pub last: Option<ReadBackCheckView>,
    /// Documents that do not stand as they were posted, and that neither a later check nor a
    /// person has settled; the one found first first.
    pub findings: Vec<FindingView>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadBackCheckView {
    /// Its run.
    pub run_id: String,
    /// When it ended.
    pub checked_at: String,
    /// The first day whose documents it looked at, in the merchant's zone.
    pub first_day: String,
    /// The last.
    pub last_day: String,
    /// Documents of those days.
    pub documents: u64,
    /// Of those that were chosen and read: how many stand as they were posted.
    pub as_posted: u64,
    /// How many do not.
    pub differ: u64,
    /// How many were chosen and could not be read.
    pub not_read: u64,
    /// Why not, or "".
    pub why: String,
    /// Those as posted among those read, percent to one place and never rounded up; none when
    /// none was read.
    pub accuracy_percent: Option<String>,
}

/// A document that does not stand as it was posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingView {
    /// `shipment` or `stock` in Cin7 Core, `order` at Whistl.
    pub kind: &'static str,
    /// What it is known by: Cin7's task, or our reference.
    pub subject: String,
    /// What people call it.
    pub number: String,
    /// Who must act.
    pub owner: &'static str,
    /// When it was first found.
    pub since: String,
    /// Field by field.
    pub differences: Vec<DifferenceView>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// Which.
    pub field: String,
    /// What was posted.
    pub posted: String,
    /// What stands there now.
    pub now: String,
}

impl Views<'_> {
    /// What the last reading back came to.
    ///
    /// # Errors
    /// The store's.
    pub fn read_back(&self) -> Result<ReadBackView, EngineFault> {
        let findings = self.reading.read_back_findings()?;
        Ok(ReadBackView {
            last: self.reading.last_read_back()?.map(check),
            findings: findings.into_iter().map(finding).collect(),
        })
    }
}

fn check(row: ReadBackRow) -> ReadBackCheckView {
    let read = row.as_posted.saturating_add(row.differ);
    let tenths = row.as_posted.saturating_mul(1_000).checked_div(read);
    ReadBackCheckView {
        run_id: row.run,
        checked_at: time(row.ended),
        first_day: row.days.0.to_string(),
        last_day: row.days.1.to_string(),
        documents: row.documents,
        as_posted: row.as_posted,
        differ: row.differ,
        not_read: row.not_read,
        why: row.why,
        accuracy_percent: tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
    }
}

fn finding(row: FindingRow) -> FindingView {
    let differences = row.differences.into_iter();
    FindingView {
        kind: row.kind.word(),
        subject: row.subject,
        number: row.number,
        owner: row.owner.word(),
        since: time(row.since),
        differences: differences
            .map(|one| DifferenceView {
                field: one.field,
                posted: one.posted,
                now: one.now,
            })
            .collect(),
    }
}
