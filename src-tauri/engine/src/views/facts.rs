//! Reads the facts that alerts are judged by. Nothing is judged here.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::{HoldCode, Owner};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use store::{ByCarrier, MapKind, NeedSum, OrderState};

use super::Views;
use super::status::{counts, held_for};
use crate::actions::paused;
use crate::asks::name;
use crate::attention::{
    DriftFacts, Facts, GapFacts, Machine, Need, Newest, OneCarrier, PausedFacts, Sign, ToConfirm,
    ToLeave, VendorFacts,
};
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL};
use crate::runs::Job;
use crate::schedule;

/// A cut-off that has passed is looked back at for so long.
const BACK_HOURS: i64 = 24;
/// Least time without a run that came through before that is worth an alert.
const FRUITLESS_MINUTES: i64 = 15;
/// How shortly before the vendor must have answered something else.
const ANSWERED_MINUTES: i64 = 5;
/// SKUs that can be oversold, as far as an alert counts them.
const MOST_OVERSOLD: u32 = 1_000;
/// Comparisons that tell whether differences grow.
const TREND_RUNS: u32 = 7;
/// A carrier is held against what was told in this long at most.
const MEANWHILE_HOURS: i64 = 24;
/// Reasons for which a despatch is not told that may lie in its carrier; all others have a
/// cause of their own.
const OF_CARRIERS: [&str; 2] = ["refused_by_cin7", "unreadable"];
/// What orders at the warehouse are held for that may lie in their carrier.
const HELD_FOR_CARRIERS: [HoldCode; 2] = [HoldCode::HeldAtWarehouse, HoldCode::DespatchOverdue];
/// Jobs that catch up with what happened while nothing was watched.
const CATCHING_UP: [Job; 2] = [Job::Orders, Job::Events];

impl Views<'_> {
    /// All that alerts are judged by.
    pub(crate) fn facts(&self) -> Result<Facts, EngineFault> {
        let reading = self.reading;
        let by_state = counts(reading.tallies_by_state()?);
        let holds = counts(reading.tallies_by_hold()?);
        let (waiting, oldest_waiting) = reading.outbox_waiting()?;
        let unclear = by_state
            .get(OrderState::Unclear.word())
            .copied()
            .unwrap_or_default();
        let oldest_unclear = if unclear > 0 {
            reading.oldest(OrderState::Unclear)?
        } else {
            None
        };
        let running = self.is_running()?;
        Ok(Facts {
            waiting,
            oldest_waiting,
            unclear,
            oldest_unclear,
            changed: held_for(&holds, HoldCode::ChangedAfterSending),
            called_off: held_for(&holds, HoldCode::CancelledAfterSending),
            needs: self.needs()?,
            to_leave: self.to_leave()?,
            vendors: [CIN7, WHISTL]
                .into_iter()
                .map(|vendor| self.vendor_facts(vendor))
                .collect::<Result<_, _>>()?,
            fruitless: if running {
                self.fruitless()?
            } else {
                Vec::new()
            },
            at_warehouse: [OrderState::AtWarehouse, OrderState::PartDespatched]
                .iter()
                .filter_map(|state| by_state.get(state.word()))
                .sum(),
            to_confirm: self.to_confirm()?,
            held_by: self.held_by(&holds)?,
            adjustments: reading
                .adjustment_exceptions()?
                .into_iter()
                .map(|(owner, causes, count)| {
                    (owner, causes, i64::try_from(count).unwrap_or(i64::MAX))
                })
                .collect(),
            drift: self.drift_facts()?,
            read_back: reading.read_back_findings()?,
            overdue: if running { self.overdue()? } else { Vec::new() },
            paused: paused(reading)?.map(|pause| PausedFacts {
                by: pause.by,
                why: pause.why,
                since: pause.since,
            }),
            gap: if running { self.gap_facts()? } else { None },
            machine: self.machine()?,
        })
    }

    /// Whether a copy is running its schedule at this moment.
    pub(super) fn is_running(&self) -> Result<bool, EngineFault> {
        let alive = Duration::seconds(schedule::HEARTBEAT_SECONDS * 3);
        let beat = self.reading.heartbeat()?;
        Ok(beat.is_some_and(|at| self.now - at < alive))
    }

    fn needs(&self) -> Result<Vec<Need>, EngineFault> {
        let came: BTreeMap<(String, String), i64> = self
            .reading
            .came()?
            .into_iter()
            .map(|came| ((came.state, came.owner), came.count))
            .collect();
        let mut needs: Vec<Need> = Vec::new();
        for sum in self.reading.need_sums()? {
            let NeedSum {
                state,
                cause,
                owner,
                count,
            } = sum;
            if let Some(known) = needs
                .iter_mut()
                .find(|need| need.state == state && need.owner == owner)
            {
                known.causes.push((cause, count));
                continue;
            }
            let word = state.map_or("", OrderState::word);
            let came = came
                .get(&(word.to_owned(), owner.word().to_owned()))
                .copied();
            needs.push(Need {
                state,
                owner,
                causes: vec![(cause, count)],
                came: came.unwrap_or(count),
                newest: None,
            });
        }
        for need in &mut needs {
            if let Some(state) = need.state.filter(|_| need.count() == 1) {
                need.newest = self
                    .reading
                    .newest_in(state, need.owner)?
                    .map(|(number, cause)| Newest { number, cause });
            }
        }
        Ok(needs)
    }

    fn to_leave(&self) -> Result<Vec<ToLeave>, EngineFault> {
        let minutes = self.settings.whole("alerts.cutoff_warning_minutes");
        if minutes == 0 || !self.settings.is_live() {
            return Ok(Vec::new());
        }
        let from = self.now - Duration::hours(BACK_HOURS);
        let to = self.now + Duration::minutes(minutes);
        let mut by_time: BTreeMap<DateTime<Utc>, ToLeave> = BTreeMap::new();
        let empty = |at| ToLeave {
            at,
            stuck: Vec::new(),
            put_off: 0,
            waiting: 0,
        };
        for need in self.reading.needs_by(from, to)? {
            by_time
                .entry(need.ship_by)
                .or_insert_with(|| empty(need.ship_by))
                .stuck
                .push((need.owner, need.cause, need.count));
        }
        for (at, waiting) in self.reading.to_leave(from, to)? {
            by_time.entry(at).or_insert_with(|| empty(at)).waiting = waiting;
        }
        for at in self.reading.put_off_past(self.now, to)? {
            if let Some(to_leave) = by_time.get_mut(&at) {
                to_leave.put_off += 1;
            }
        }
        Ok(by_time.into_values().collect())
    }

    fn drift_facts(&self) -> Result<Option<DriftFacts>, EngineFault> {
        let reading = self.reading;
        let Some(last) = reading.last_reconciliation()? else {
            return Ok(None);
        };
        let lines = reading.stock_lines(Some("can_oversell"), None, MOST_OVERSOLD)?;
        let open: Vec<_> = lines
            .iter()
            // One seen once is looked at again before anybody is told.
            .filter(|line| line.cause.is_empty())
            .filter(|line| {
                let accepted = line.accepted.as_ref();
                accepted.is_none_or(|(until, ..)| *until <= self.now)
            })
            .collect();
        let units: Decimal = open.iter().map(|line| line.at_risk).sum();
        let trend = reading.drift_trend(TREND_RUNS)?;
        Ok(Some(DriftFacts {
            compared_at: last.ended,
            is_whole: last.is_whole,
            began: !last.snapshot.is_empty(),
            misses: trend
                .iter()
                .rev()
                .take_while(|point| !point.is_whole)
                .count(),
            why: last.why,
            oversell_skus: i64::try_from(open.len()).unwrap_or(i64::MAX),
            oversell_units: units.to_i64().unwrap_or(i64::MAX),
            worst: open
                .first()
                .map(|line| line.sku.clone())
                .unwrap_or_default(),
            oversell_since: open
                .iter()
                .filter_map(|line| line.since.map(|(_, at)| at))
                .min(),
            skus: i64::from(last.drifting),
            units: last.gap_units,
            value: last.totals.value,
            trend: trend
                .iter()
                .filter(|point| point.is_whole)
                .map(|point| point.gap_units)
                .collect(),
        }))
    }

    fn vendor_facts(&self, vendor: &str) -> Result<VendorFacts, EngineFault> {
        let row = self.reading.vendor(vendor)?;
        Ok(VendorFacts {
            name: name(vendor),
            busy_until: row.paused_until.filter(|_| row.failures == 0),
            stopped: row.stopped,
            failing_since: row.failing_since,
        })
    }

    fn overdue(&self) -> Result<Vec<(&'static str, DateTime<Utc>)>, EngineFault> {
        let mut overdue = Vec::new();
        for (job, turn) in schedule::turns(self.settings) {
            let last = self.reading.last_run(job.word())?;
            if schedule::is_overdue(last.as_ref(), &turn, self.now) {
                let due = schedule::next_due(last.as_ref(), &turn, self.now);
                overdue.push((job.word(), due.unwrap_or(self.now)));
            }
        }
        Ok(overdue)
    }

    /// Jobs whose last good end is long past though they run, and though the warehouse
    /// answered another question shortly before: an outage is told of as such.
    fn fruitless(&self) -> Result<Vec<(&'static str, DateTime<Utc>)>, EngineFault> {
        let mut fruitless = Vec::new();
        for (job, other) in [
            (Job::Despatches, Job::Events),
            (Job::Events, Job::Despatches),
        ] {
            // The one at work says nothing yet.
            let runs = self.reading.runs(Some(job.word()), 2)?;
            let Some(last) = runs.iter().find(|run| run.finished.is_some()) else {
                continue;
            };
            if last.outcome == "finished" {
                continue;
            }
            let answered = self
                .reading
                .last_good_run(other.word(), last.started)?
                .is_some_and(|good| last.started - good < Duration::minutes(ANSWERED_MINUTES));
            let since = self
                .reading
                .fruitless_since(job.word())?
                .unwrap_or(last.started);
            if answered && self.now - since >= Duration::minutes(FRUITLESS_MINUTES) {
                fruitless.push((job.word(), since));
            }
        }
        Ok(fruitless)
    }

    fn to_confirm(&self) -> Result<ToConfirm, EngineFault> {
        let queue = self.reading.confirmations()?;
        let exceptions = self.reading.despatch_exceptions()?;
        let mut exceptions_by = Vec::new();
        for (owner, reason, _) in &exceptions {
            if !OF_CARRIERS.contains(&reason.as_str()) {
                continue;
            }
            let carriers = self.reading.exceptions_by_carrier(*owner, reason)?;
            if let Some(one) = self.one_carrier(&carriers)? {
                exceptions_by.push((*owner, reason.clone(), one));
            }
        }
        Ok(ToConfirm {
            waiting: i64::try_from(queue.waiting).unwrap_or(i64::MAX),
            oldest: queue.oldest,
            exceptions: exceptions
                .into_iter()
                .map(|(owner, reason, count)| {
                    (owner, reason, i64::try_from(count).unwrap_or(i64::MAX))
                })
                .collect(),
            by: self.one_carrier(&self.reading.waiting_by_carrier()?)?,
            exceptions_by,
        })
    }

    fn held_by(
        &self,
        holds: &BTreeMap<String, i64>,
    ) -> Result<Vec<(HoldCode, Owner, OneCarrier)>, EngineFault> {
        let mut held_by = Vec::new();
        for code in HELD_FOR_CARRIERS {
            if held_for(holds, code) == 0 {
                continue;
            }
            for owner in Owner::ALL {
                let carriers = self.reading.held_by_carrier(code, owner)?;
                if let Some(one) = self.one_carrier(&carriers)? {
                    held_by.push((code, owner, one));
                }
            }
        }
        Ok(held_by)
    }

    /// The carrier that most of these go by, held against what Cin7 was told of since the
    /// oldest of them; `None` where it cannot be the cause, so that nothing more is read.
    fn one_carrier(&self, carriers: &[ByCarrier]) -> Result<Option<OneCarrier>, EngineFault> {
        let Some((most, mut one)) = OneCarrier::among(carriers) else {
            return Ok(None);
        };
        let since = most.oldest.max(self.now - Duration::hours(MEANWHILE_HOURS));
        for told in self.reading.carriers_told_since(since)? {
            if told == most.carrier {
                one.told += 1;
            } else if !told.is_empty() {
                one.told_of_others += 1;
            }
        }
        let named = self.reading.maps(MapKind::Carrier)?;
        if let Some(entry) = named.into_iter().find(|entry| entry.from == most.carrier) {
            one.name = entry.to;
        }
        Ok(Some(one))
    }

    fn gap_facts(&self) -> Result<Option<GapFacts>, EngineFault> {
        let Some(gap) = self
            .reading
            .gaps(self.now - Duration::hours(BACK_HOURS))?
            .pop()
        else {
            return Ok(None);
        };
        let mut caught_up = true;
        for job in CATCHING_UP {
            // A job that never ran has nothing to catch up with.
            let last = self.reading.last_run(job.word())?;
            caught_up &= last.is_none_or(|run| run.started >= gap.to && run.finished.is_some());
        }
        Ok(Some(GapFacts {
            from: gap.from,
            to: gap.to,
            cause: gap.cause,
            caught_up,
        }))
    }

    fn machine(&self) -> Result<Machine, EngineFault> {
        let reading = self.reading;
        let clock = Sign::Clock.read(reading)?;
        Ok(Machine {
            clock_off: clock
                .and_then(|sign| sign.why.parse().ok())
                .map(Duration::seconds),
            disk_free: reading.free_room(),
            database: None,
            notifications: Sign::Notifications.read(reading)?,
            another_copy: Sign::AnotherCopy.read(reading)?,
            calls_shared: Sign::CallsShared.read(reading)?,
        })
    }
}
