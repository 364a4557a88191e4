//! A month's end: from Cin7's opening stock to the warehouse's closing count.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Can;

/// A month's report, and the months there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MonthEnd {
    /// The months that can be shown, the last one first.
    pub months: Vec<MonthName>,
    /// The one that is shown, as `2026-10`.
    pub month: String,
    /// Between which comparisons it stands.
    pub span: String,
    /// Why there is no report of it; empty when there is.
    pub missing: String,
    /// The bridge.
    pub lines: Vec<MonthLine>,
    /// What is to be known about it, each in a sentence.
    pub notes: Vec<String>,
    /// Signatures, each in a sentence.
    pub signed: Vec<String>,
    /// Whether it may be signed.
    pub sign: Can,
}

/// A month by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MonthName {
    /// As `2026-10`.
    pub month: String,
    /// For people.
    pub name: String,
}

/// A line of the bridge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MonthLine {
    /// What it is.
    pub text: String,
    /// Units, with their sign where it is a change.
    pub units: String,
    /// Money.
    pub money: String,
    /// Whether it is what is there, rather than a change.
    pub is_level: bool,
    /// Whether it is what the other lines leave.
    pub is_remainder: bool,
}

/// In which form a report is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MonthForm {
    /// A page to be printed.
    Page,
    /// A table for a spreadsheet.
    Table,
}
