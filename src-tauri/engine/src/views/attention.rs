//! What needs someone, with what has been done about it: since when, who has taken it,
//! whether it was made stronger.

use serde::Serialize;
use store::AlertRow;

use super::alerts::{Alert, Level};
use super::{Views, time};
use crate::fault::EngineFault;

/// An alert as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlertView {
    /// Stable: cause, and what it is about.
    pub id: String,
    /// The cause's word.
    pub code: &'static str,
    /// How much it matters.
    pub level: Level,
    /// The word of who must act.
    pub owner: &'static str,
    /// How many orders or things it is about.
    pub count: i64,
    /// Since when.
    pub since: Option<String>,
    /// One sentence: what, and what to do.
    pub text: String,
    /// Who said "I have it", or "".
    pub taken_by: String,
    /// When.
    pub taken_at: Option<String>,
    /// Whether it was made stronger because nobody had taken it.
    pub escalated: bool,
}

impl Views<'_> {
    /// The alerts that hold now, with what has been done about each.
    pub fn attention(&self, alerts: &[Alert]) -> Result<Vec<AlertView>, EngineFault> {
        let rows = self.reading.alerts(self.now)?;
        Ok(alerts
            .iter()
            .map(|alert| {
                let row = rows
                    .iter()
                    .filter(|row| row.closed_at.is_none())
                    .find(|row| row.code == alert.code && row.subject == alert.subject);
                alert_view(alert, row)
            })
            .collect())
    }
}

fn alert_view(alert: &Alert, row: Option<&AlertRow>) -> AlertView {
    AlertView {
        id: alert.id(),
        code: alert.code,
        level: alert.level,
        owner: alert.owner,
        count: alert.count,
        since: alert
            .since
            .clone()
            .or_else(|| row.map(|row| time(row.opened_at))),
        text: alert.text.clone(),
        taken_by: row.map(|row| row.taken_by.clone()).unwrap_or_default(),
        taken_at: row.and_then(|row| row.taken_at).map(time),
        escalated: row.is_some_and(|row| row.escalated_at.is_some()),
    }
}
