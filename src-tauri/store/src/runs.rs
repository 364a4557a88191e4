//! What ran, with its counts, and how long things took: orders from authorised to accepted,
//! despatches from handed over to Cin7 told.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rusqlite::{Row, params};

use crate::columns::Columns;
use crate::forms::{LatencyDay, RunRow};
use crate::reading::Reading;
use crate::write::Write;
use crate::{StoreFault, times};

/// Upper bounds of the histogram's buckets, in seconds; what took over a year is in the
/// last.
const BOUNDS: [i64; 19] = [
    10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400,
    604_800, 31_536_000,
];

const COLUMNS: &str = "id, kind, started, finished, outcome, counts, calls, faults";

impl Reading {
    /// The last runs, newest first: of all kinds or of one.
    pub fn runs(&self, kind: Option<&str>, limit: u32) -> Result<Vec<RunRow>, StoreFault> {
        match kind {
            None => {
                let sql =
                    format!("SELECT {COLUMNS} FROM run ORDER BY started DESC, id DESC LIMIT ?1");
                self.all(&sql, [limit], run_row)
            }
            Some(kind) => {
                let sql = format!(
                    "SELECT {COLUMNS} FROM run WHERE kind = ?1
                     ORDER BY started DESC, id DESC LIMIT ?2"
                );
                self.all(&sql, params![kind, limit], run_row)
            }
        }
    }

    /// Since when runs of that kind have not come through: when the last began that did, or
    /// the first of all. `None` when there was none.
    pub fn fruitless_since(&self, kind: &str) -> Result<Option<DateTime<Utc>>, StoreFault> {
        if let Some(good) = self.last_good_run(kind, DateTime::<Utc>::MAX_UTC)? {
            return Ok(Some(good));
        }
        let first = self.one(
            "SELECT started FROM run INDEXED BY run_by_kind
             WHERE kind = ?1 ORDER BY started LIMIT 1",
            [kind],
            |row| row.get(0),
        )?;
        times::at_ms_or_none(first)
    }

    /// When the last run of that kind began that came through, of those begun by then.
    pub fn last_good_run(
        &self,
        kind: &str,
        by: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let good = self.one(
            "SELECT started FROM run INDEXED BY run_by_kind
             WHERE kind = ?1 AND started <= ?2 AND outcome = 'finished'
             ORDER BY started DESC LIMIT 1",
            params![kind, times::ms(by)],
            |row| row.get(0),
        )?;
        times::at_ms_or_none(good)
    }

    /// The last run of that kind.
    pub fn last_run(&self, kind: &str) -> Result<Option<RunRow>, StoreFault> {
        Ok(self.runs(Some(kind), 1)?.into_iter().next())
    }

    /// Latency by day from that day on, oldest first; days without an accepted order are
    /// left out.
    pub fn latency(&self, since: NaiveDate) -> Result<Vec<LatencyDay>, StoreFault> {
        self.latency_of(
            "SELECT day, bound, count, worst FROM latency WHERE day >= ?1 ORDER BY day, bound",
            since,
        )
    }

    /// The same from handed over to Cin7 told, for despatches.
    pub fn despatch_latency(&self, since: NaiveDate) -> Result<Vec<LatencyDay>, StoreFault> {
        self.latency_of(
            "SELECT day, bound, count, worst FROM despatch_latency WHERE day >= ?1
             ORDER BY day, bound",
            since,
        )
    }

    fn latency_of(&self, sql: &str, since: NaiveDate) -> Result<Vec<LatencyDay>, StoreFault> {
        let rows = self.all(sql, [number_of(since)], |row| {
            let mut columns = Columns::of(row);
            let read: (i64, u64, i64, i64) = (
                columns.next()?,
                columns.count()?,
                columns.next()?,
                columns.next()?,
            );
            Ok(read)
        })?;
        let mut days: Vec<LatencyDay> = Vec::new();
        for (number, bound, count, worst) in rows {
            let day = day_of(number)?;
            if days.last().is_none_or(|last| last.day != day) {
                days.push(LatencyDay {
                    day,
                    buckets: Vec::new(),
                    worst: 0,
                    count: 0,
                });
            }
            if let Some(last) = days.last_mut() {
                last.buckets.push((bound, count));
                last.worst = last.worst.max(worst);
                last.count += count;
            }
        }
        Ok(days)
    }
}

impl Write<'_> {
    /// Notes that a run began.
    pub fn begin_run(&mut self, run: &RunRow) -> Result<(), StoreFault> {
        self.put_run(run)
    }

    /// Notes how a run ended.
    pub fn end_run(&mut self, run: &RunRow) -> Result<(), StoreFault> {
        self.put_run(run)
    }

    fn put_run(&mut self, run: &RunRow) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO run (id, kind, started, finished, outcome, counts, calls, faults)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (id) DO UPDATE SET finished = excluded.finished,
                 outcome = excluded.outcome, counts = excluded.counts, calls = excluded.calls,
                 faults = excluded.faults",
            params![
                run.id,
                run.kind,
                times::ms(run.started),
                run.finished.map(times::ms),
                run.outcome,
                json(&run.counts)?,
                json(&run.calls)?,
                json(&run.faults)?,
            ],
        )?;
        Ok(())
    }

    /// Counts an order that took so many seconds from authorised to accepted, on the day it
    /// was accepted.
    pub fn add_latency(&mut self, seconds: i64, day: NaiveDate) -> Result<(), StoreFault> {
        self.count_latency(
            "INSERT INTO latency (day, bound, count, worst) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT (day, bound) DO UPDATE SET count = count + 1,
                 worst = MAX(worst, excluded.worst)",
            seconds,
            day,
        )
    }

    /// Counts a despatch that Cin7 was told of so many seconds after it was handed over, on
    /// the day it was told.
    pub fn add_despatch_latency(&mut self, seconds: i64, day: NaiveDate) -> Result<(), StoreFault> {
        self.count_latency(
            "INSERT INTO despatch_latency (day, bound, count, worst) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT (day, bound) DO UPDATE SET count = count + 1,
                 worst = MAX(worst, excluded.worst)",
            seconds,
            day,
        )
    }

    fn count_latency(&self, sql: &str, seconds: i64, day: NaiveDate) -> Result<(), StoreFault> {
        let seconds = seconds.max(0);
        let longest = BOUNDS[BOUNDS.len() - 1];
        let bound = BOUNDS
            .into_iter()
            .find(|bound| seconds <= *bound)
            .unwrap_or(longest);
        self.run(sql, params![number_of(day), bound, seconds])?;
        Ok(())
    }
}

fn run_row(row: &Row<'_>) -> Result<RunRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(RunRow {
        id: columns.next()?,
        kind: columns.next()?,
        started: columns.at()?,
        finished: columns.at_or_none()?,
        outcome: columns.next()?,
        counts: from_json(&columns.next::<String>()?)?,
        calls: from_json(&columns.next::<String>()?)?,
        faults: from_json(&columns.next::<String>()?)?,
    })
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreFault> {
    serde_json::to_string(value).map_err(|error| StoreFault::Sql {
        doing: "writing a run".into(),
        detail: error.to_string(),
    })
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreFault> {
    serde_json::from_str(text)
        .map_err(|error| StoreFault::damaged(format!("a run's counts cannot be read: {error}")))
}

pub(crate) fn number_of(day: NaiveDate) -> i64 {
    // Days since 1970, as a day's number counts from the year 1.
    i64::from(day.num_days_from_ce()) - 719_163
}

fn day_of(number: i64) -> Result<NaiveDate, StoreFault> {
    i32::try_from(number + 719_163)
        .ok()
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .ok_or_else(|| StoreFault::damaged(format!("{number} is no day")))
}
