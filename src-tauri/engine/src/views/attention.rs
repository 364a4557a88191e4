//! What needs someone, with what has been done about it: who has taken an alert, whether it
//! was made stronger; what was noted on an order, and how long each owner had what.

use chrono::Duration;
use domain::Owner;
use serde::Serialize;
use store::{AlertRow, NoteRow, PutOffRow};

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

/// A note on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteView {
    /// When it was written.
    pub at: String,
    /// By whom.
    pub who: String,
    /// The word of the owner it is for, if it names one.
    pub to: Option<&'static str>,
    /// What it says.
    pub text: String,
}

/// An order put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PutOffView {
    /// Until when.
    pub until: String,
    /// Why.
    pub why: String,
    /// By whom.
    pub who: String,
    /// When it was put off.
    pub at: String,
}

/// How long an owner had orders (R104).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnerView {
    /// The owner's word.
    pub owner: &'static str,
    /// Orders that wait for them now.
    pub orders: i64,
    /// Of these, how many are put off.
    pub put_off: i64,
    /// How long those have waited so far, together, seconds.
    pub waiting_seconds: i64,
    /// Turns that ended in the time asked about.
    pub turns: i64,
    /// How long those took, together, seconds.
    pub seconds: i64,
}

impl Views<'_> {
    /// How long each owner had orders over the last so many days.
    pub fn owners(&self, days: u32) -> Result<Vec<OwnerView>, EngineFault> {
        let since = (self.now - Duration::days(i64::from(days))).date_naive();
        let spent = self.reading.spent(since, self.now)?;
        let waiting = self.reading.tallies_by_owner()?;
        let put_off = self.reading.put_off_by_owner()?;
        Ok(Owner::ALL
            .into_iter()
            .map(|owner| {
                let word = owner.word();
                let spent = spent.iter().find(|spent| spent.owner == word);
                OwnerView {
                    owner: word,
                    orders: waiting
                        .iter()
                        .find(|tally| tally.word == word)
                        .map_or(0, |tally| tally.count),
                    put_off: put_off
                        .iter()
                        .find(|(whose, _)| whose == word)
                        .map_or(0, |(_, count)| *count),
                    waiting_seconds: spent.map_or(0, |spent| spent.open_seconds),
                    turns: spent.map_or(0, |spent| spent.turns),
                    seconds: spent.map_or(0, |spent| spent.seconds),
                }
            })
            .collect())
    }

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

pub(super) fn note_view(note: NoteRow) -> NoteView {
    NoteView {
        at: time(note.at),
        who: note.who,
        to: note.to.map(Owner::word),
        text: note.text,
    }
}

pub(super) fn put_off_view(row: PutOffRow) -> PutOffView {
    PutOffView {
        until: time(row.until),
        why: row.why,
        who: row.who,
        at: time(row.at),
    }
}
