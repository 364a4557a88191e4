//! What Today shows: what needs someone, the queues, the vendors, the latency, the
//! schedule, the gaps.

use std::collections::BTreeMap;

use chrono::Duration;
use domain::HoldCode;
use serde::Serialize;
use store::{LatencyDay, OrderState, Tally};

use super::alerts::{Alert, alerts};
use super::attention::AlertView;
use super::despatches::ConfirmationsView;
use super::{DebtView, ReadBackView, Views, time};
use crate::actions::{SendingPause, paused};
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL};
use crate::schedule::{self, Turn};

/// A vendor's state.
#[derive(Clone, Debug, Serialize)]
pub struct VendorView {
    /// `never`, `ok`, `failing`, `paused` or `stopped`.
    pub state: &'static str,
    /// Last answer worth having.
    pub last_good: Option<String>,
    /// Since when it fails.
    pub failing_since: Option<String>,
    /// No calls before this.
    pub paused_until: Option<String>,
    /// The last fault's words.
    pub last_fault: String,
    /// Calls in the last 60 seconds.
    pub calls_last_minute: usize,
    /// How many are allowed.
    pub calls_limit: i64,
}

/// Latency on one day: of orders from authorised to accepted, of despatches from handed to
/// the carrier to told to Cin7.
#[derive(Clone, Debug, Serialize)]
pub struct LatencyView {
    /// The day.
    pub day: String,
    /// Orders accepted, or despatches told.
    pub count: i64,
    /// Half were at most this, seconds.
    pub median_seconds: u64,
    /// 95 in 100 were at most this, seconds.
    pub p95_seconds: u64,
    /// The slowest, seconds.
    pub worst_seconds: i64,
    /// Upper bound in seconds → orders.
    pub histogram: Vec<(u64, i64)>,
}

/// A job on the schedule.
#[derive(Clone, Debug, Serialize)]
pub struct JobView {
    /// The job's word.
    pub job: &'static str,
    /// Every so many seconds; `None` for one with times of day.
    pub every_seconds: Option<i64>,
    /// The times of the merchant's day, HH:MM; empty for one with an interval.
    pub times: Vec<String>,
    /// When it last began.
    pub last_started: Option<String>,
    /// How it last ended.
    pub last_outcome: String,
    /// When it is due.
    pub next_due: Option<String>,
    /// It should have run, and has not.
    pub overdue: bool,
}

/// A time in which nothing was watched.
#[derive(Clone, Debug, Serialize)]
pub struct GapView {
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// Why.
    pub cause: String,
}

/// See the module's head.
#[derive(Clone, Debug, Serialize)]
pub struct StatusView {
    /// As of when.
    pub as_of: String,
    /// `look_only` or `live`.
    pub mode: String,
    /// Sending is paused, by whom and why.
    pub paused: Option<SendingPause>,
    /// Orders by state; every state is listed.
    pub orders: BTreeMap<&'static str, i64>,
    /// Orders past the trigger, in all.
    pub orders_total: i64,
    /// Orders that need someone: held, rejected, stopped at the warehouse, or there and
    /// changed in Cin7 Core since.
    pub needs_you: i64,
    /// Orders by who must act.
    pub owners: BTreeMap<String, i64>,
    /// Hold reasons by cause.
    pub holds: BTreeMap<String, i64>,
    /// Sales that do not meet the trigger, by reason.
    pub outside: BTreeMap<String, i64>,
    /// Orders to be sent that are due, and since when the oldest is.
    pub queue: QueueView,
    /// What left, and how far Cin7 has been told of it.
    pub confirmations: ConfirmationsView,
    /// Differences and exceptions that have been left open for too long.
    pub debt: DebtView,
    /// Whether what was posted of late still stands as it was posted.
    pub read_back: ReadBackView,
    /// Both vendors.
    pub vendors: BTreeMap<&'static str, VendorView>,
    /// Latency by day, newest first.
    pub latency: Vec<LatencyView>,
    /// Latency from handed to the carrier to told to Cin7, by day, newest first.
    pub despatch_latency: Vec<LatencyView>,
    /// The schedule.
    pub schedule: Vec<JobView>,
    /// Times in which nothing was watched, newest first.
    pub gaps: Vec<GapView>,
    /// What deserves an alert, most urgent first.
    pub alerts: Vec<Alert>,
    /// The same, with what has been done about each.
    pub attention: Vec<AlertView>,
}

/// The queue of orders to be sent.
#[derive(Clone, Debug, Serialize)]
pub struct QueueView {
    /// How many.
    pub waiting: i64,
    /// When the oldest became due.
    pub oldest_due: Option<String>,
}

impl Views<'_> {
    /// What Today shows.
    pub fn status(&self) -> Result<StatusView, EngineFault> {
        let by_state = counts(self.reading.tallies_by_state()?);
        let of = |state: OrderState| by_state.get(state.word()).copied().unwrap_or_default();
        let orders: BTreeMap<&'static str, i64> = OrderState::ALL
            .into_iter()
            .map(|state| (state.word(), of(state)))
            .collect();
        let (waiting, oldest_due) = self.reading.outbox_waiting()?;
        let schedule = self.schedule()?;
        let paused = paused(self.reading)?;
        let owners = counts(self.reading.tallies_by_owner()?);
        let holds = counts(self.reading.tallies_by_hold()?);
        let alerts = alerts(&self.facts()?, self.settings, self.now);
        let since = (self.now - Duration::days(7)).date_naive();
        Ok(StatusView {
            as_of: time(self.now),
            mode: self.settings.text("mode"),
            orders_total: orders.values().sum(),
            needs_you: owners.values().sum(),
            orders,
            owners,
            holds,
            outside: counts(self.reading.tallies_by_outside()?),
            queue: QueueView {
                waiting,
                oldest_due: oldest_due.map(time),
            },
            vendors: BTreeMap::from([
                (CIN7, self.vendor(CIN7, "limits.cin7_calls_per_minute")?),
                (
                    WHISTL,
                    self.vendor(WHISTL, "limits.whistl_calls_per_minute")?,
                ),
            ]),
            latency: self
                .reading
                .latency(since)?
                .iter()
                .map(latency_view)
                .collect(),
            despatch_latency: self
                .reading
                .despatch_latency(since)?
                .iter()
                .map(latency_view)
                .collect(),
            confirmations: self.confirmations()?,
            debt: self.debt()?,
            read_back: self.read_back()?,
            schedule,
            gaps: self.gaps()?,
            attention: self.attention(&alerts)?,
            alerts,
            paused,
        })
    }

    fn vendor(&self, vendor: &str, limit: &str) -> Result<VendorView, EngineFault> {
        let row = self.reading.vendor(vendor)?;
        let calls = self
            .reading
            .recent_calls(vendor, self.now - Duration::seconds(60))?;
        let state = if !row.stopped.is_empty() {
            "stopped"
        } else if row.paused_until.is_some_and(|until| until > self.now) {
            "paused"
        } else if row.failures > 0 {
            "failing"
        } else if row.last_good.is_some() {
            "ok"
        } else {
            "never"
        };
        Ok(VendorView {
            state,
            last_good: row.last_good.map(time),
            failing_since: row.failing_since.map(time),
            paused_until: row.paused_until.filter(|until| *until > self.now).map(time),
            last_fault: row.last_fault,
            calls_last_minute: calls.len(),
            calls_limit: self.settings.whole(limit),
        })
    }

    fn schedule(&self) -> Result<Vec<JobView>, EngineFault> {
        let mut views = Vec::new();
        let running = self.is_running()?;
        for (job, turn) in schedule::turns(self.settings) {
            let last = self.reading.last_run(job.word())?;
            let next = schedule::next_due(last.as_ref(), &turn, self.now);
            let (every_seconds, times) = match &turn {
                Turn::Every(every) => (Some(every.num_seconds()), Vec::new()),
                Turn::At(times, _) => {
                    let told = times.iter().map(|time| time.format("%H:%M").to_string());
                    (None, told.collect())
                }
            };
            views.push(JobView {
                job: job.word(),
                every_seconds,
                times,
                last_started: last.as_ref().map(|run| time(run.started)),
                last_outcome: last
                    .as_ref()
                    .map(|run| run.outcome.clone())
                    .unwrap_or_default(),
                next_due: next.filter(|_| running).map(time),
                overdue: running && schedule::is_overdue(last.as_ref(), &turn, self.now),
            });
        }
        Ok(views)
    }

    fn gaps(&self) -> Result<Vec<GapView>, EngineFault> {
        let gaps = self.reading.gaps(self.now - Duration::days(7))?;
        Ok(gaps
            .into_iter()
            .map(|gap| GapView {
                from: time(gap.from),
                to: time(gap.to),
                cause: gap.cause,
            })
            .collect())
    }
}

pub(super) fn counts(tallies: Vec<Tally>) -> BTreeMap<String, i64> {
    tallies
        .into_iter()
        .filter(|t| t.count != 0)
        .map(|t| (t.word, t.count))
        .collect()
}

pub(super) fn held_for(holds: &BTreeMap<String, i64>, code: HoldCode) -> i64 {
    holds.get(code.word()).copied().unwrap_or_default()
}

fn latency_view(day: &LatencyDay) -> LatencyView {
    LatencyView {
        day: day.day.to_string(),
        count: day.count,
        median_seconds: quantile(day, 50),
        p95_seconds: quantile(day, 95),
        worst_seconds: day.worst,
        histogram: day.buckets.clone(),
    }
}

/// The upper bound of the bucket in which that share of the orders lies, and never more
/// than the slowest order took.
fn quantile(day: &LatencyDay, percent: i64) -> u64 {
    let worst = u64::try_from(day.worst).unwrap_or_default();
    let wanted = (day.count * percent + 99) / 100;
    let mut so_far = 0;
    for (bound, n) in &day.buckets {
        so_far += n;
        if so_far >= wanted {
            return (*bound).min(worst);
        }
    }
    worst
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_read_off_the_buckets() {
        let day = LatencyDay {
            day: chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            buckets: vec![(10, 50), (20, 45), (60, 5)],
            worst: 58,
            count: 100,
        };
        assert_eq!(
            (quantile(&day, 50), quantile(&day, 95), quantile(&day, 100)),
            (10, 20, 58)
        );
    }
}
