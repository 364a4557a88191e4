//! Alerts: one row for each, of its last life.

use chrono::{DateTime, Duration, Utc};
use rusqlite::{Row, params};

use crate::columns::Columns;
use crate::reading::Reading;
use crate::write::Write;
use crate::{StoreFault, times};

/// Alerts that ended longer ago are forgotten here; the journal keeps them.
const KEPT_DAYS: i64 = 90;
/// Alerts that are open at a time, at most: there are not so many causes.
const MOST: i64 = 1_000;

const COLUMNS: &str = "code, subject, level, owner, text, opened_at, count, peak, taken_by, \
    taken_at, noticed, last_noticed_at, noticed_count, noticed_came, escalated_at, closed_at, \
    end_noticed_at";

/// An alert and the state of its present or last life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRow {
    /// Its cause, one stable word.
    pub code: String,
    /// What it is about besides: a vendor, a job, a cut-off, an owner; or "".
    pub subject: String,
    /// `urgent`, `needs_someone` or `information`.
    pub level: String,
    /// The word of who must act.
    pub owner: String,
    /// One sentence, without personal data.
    pub text: String,
    /// Since when it is open.
    pub opened_at: DateTime<Utc>,
    /// How many orders or things it is about.
    pub count: i64,
    /// The most it was ever about in this life.
    pub peak: i64,
    /// Who said "I have it", or "".
    pub taken_by: String,
    /// When.
    pub taken_at: Option<DateTime<Utc>>,
    /// How often it was shown in this life.
    pub noticed: u32,
    /// When it was shown last.
    pub last_noticed_at: Option<DateTime<Utc>>,
    /// How many that told of.
    pub noticed_count: i64,
    /// How many had ever come by then.
    pub noticed_came: i64,
    /// When it was last made stronger because nobody had taken it.
    pub escalated_at: Option<DateTime<Utc>>,
    /// When it ended; `None` while it is open.
    pub closed_at: Option<DateTime<Utc>>,
    /// When its end was shown.
    pub end_noticed_at: Option<DateTime<Utc>>,
}

impl AlertRow {
    /// How long it lasted, once it has ended.
    pub fn lasted(&self) -> Option<Duration> {
        self.closed_at
            .map(|closed| (closed - self.opened_at).max(Duration::zero()))
    }
}

impl Reading {
    /// Alerts that are open, and those that ended since that moment.
    pub fn alerts(&self, ended_since: DateTime<Utc>) -> Result<Vec<AlertRow>, StoreFault> {
        let open = format!(
            "SELECT {COLUMNS} FROM alert WHERE closed_at IS NULL
             ORDER BY closed_at, code, subject LIMIT ?1"
        );
        let ended = format!(
            "SELECT {COLUMNS} FROM alert WHERE closed_at >= ?1
             ORDER BY closed_at, code, subject LIMIT ?2"
        );
        let mut alerts = self.all(&open, [MOST], alert_row)?;
        alerts.extend(self.all(&ended, params![times::ms(ended_since), MOST], alert_row)?);
        Ok(alerts)
    }
}

impl Write<'_> {
    /// Keeps an alert as it is now.
    pub fn put_alert(&mut self, alert: &AlertRow) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO alert (code, subject, level, owner, text, opened_at, count, peak, taken_by,
                                taken_at, noticed, last_noticed_at, noticed_count, noticed_came,
                                escalated_at, closed_at, end_noticed_at, lasted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
             ON CONFLICT (code, subject) DO UPDATE SET level = excluded.level,
                 owner = excluded.owner, text = excluded.text, opened_at = excluded.opened_at,
                 count = excluded.count, peak = excluded.peak, taken_by = excluded.taken_by,
                 taken_at = excluded.taken_at, noticed = excluded.noticed,
                 last_noticed_at = excluded.last_noticed_at,
                 noticed_count = excluded.noticed_count, noticed_came = excluded.noticed_came,
                 escalated_at = excluded.escalated_at, closed_at = excluded.closed_at,
                 end_noticed_at = excluded.end_noticed_at, lasted = excluded.lasted",
            params![
                alert.code,
                alert.subject,
                alert.level,
                alert.owner,
                alert.text,
                times::ms(alert.opened_at),
                alert.count,
                alert.peak,
                alert.taken_by,
                alert.taken_at.map(times::ms),
                alert.noticed,
                alert.last_noticed_at.map(times::ms),
                alert.noticed_count,
                alert.noticed_came,
                alert.escalated_at.map(times::ms),
                alert.closed_at.map(times::ms),
                alert.end_noticed_at.map(times::ms),
                alert.lasted().map(|lasted| lasted.num_seconds()),
            ],
        )?;
        Ok(())
    }

    /// Forgets alerts that ended long ago; the journal keeps that they were.
    pub fn forget_old_alerts(&mut self, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.run(
            "DELETE FROM alert WHERE closed_at < ?1",
            [times::ms(now - Duration::days(KEPT_DAYS))],
        )?;
        Ok(())
    }
}

fn alert_row(row: &Row<'_>) -> Result<AlertRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(AlertRow {
        code: columns.next()?,
        subject: columns.next()?,
        level: columns.next()?,
        owner: columns.next()?,
        text: columns.next()?,
        opened_at: columns.at()?,
        count: columns.next()?,
        peak: columns.next()?,
        taken_by: columns.next()?,
        taken_at: columns.at_or_none()?,
        noticed: columns.count()?,
        last_noticed_at: columns.at_or_none()?,
        noticed_count: columns.next()?,
        noticed_came: columns.next()?,
        escalated_at: columns.at_or_none()?,
        closed_at: columns.at_or_none()?,
        end_noticed_at: columns.at_or_none()?,
    })
}
