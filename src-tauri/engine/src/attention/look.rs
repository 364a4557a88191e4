//! The look: reads the facts, brings the desk up to them, stores what became of it, and
//! gives out the notices. How a notice is shown is not known here; what became of one, and
//! what a person does about an alert, is in [`super::answers`].

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use store::{Cursor, Reading, StoreFault};
use tokio::sync::broadcast;
use vendor::{Exchange, Verdict};

use super::desk::{At, Desk, Memory, Said};
use super::digest::{DayFacts, JobFacts, daily};
use super::facts::{Facts, Machine, Since};
use super::judge::judge;
use super::notice::Notice;
use super::signs::{Sign, Signs};
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{CIN7, decision, notice};
use crate::schedule::turns;
use crate::settings::Settings;
use crate::views::Views;

/// Alerts that ended within so long are kept on the desk, so that their end can be told.
const ENDED_DAYS: i64 = 2;
/// Notices kept for a window that is slow to take them.
const NOTICES: usize = 64;
/// Naps between looks: while something is under way, and else.
const SOON: std::time::Duration = std::time::Duration::from_secs(5);
const LATER: std::time::Duration = std::time::Duration::from_secs(15);

const QUIET: &str = "attention:quiet";
const DIGEST: &str = "attention:digest";

/// What the engine keeps of it while it runs.
#[derive(Debug)]
pub(crate) struct Attention {
    /// Taken before the store, never after it.
    desk: Mutex<Option<Desk>>,
    told: broadcast::Sender<Notice>,
    pub(crate) signs: Signs,
    /// Since when the database fails, and how; kept here, since it cannot be there.
    database: Mutex<Option<Since>>,
}

impl Default for Attention {
    fn default() -> Self {
        Self {
            desk: Mutex::new(None),
            told: broadcast::channel(NOTICES).0,
            signs: Signs::default(),
            database: Mutex::new(None),
        }
    }
}

impl Attention {
    pub(super) fn desk(&self) -> MutexGuard<'_, Option<Desk>> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn database(&self) -> MutexGuard<'_, Option<Since>> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Every notice from now on, for whoever shows them. Each is to be answered with
    /// [`Self::notice_shown`] or [`Self::notice_failed`]; one without an answer counts as
    /// not shown. Without a receiver notices go to the journal alone.
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.attention.told.subscribe()
    }

    /// Looks at what needs someone now: stores what began and what ended, and gives out
    /// (and back) the notices to show. Costs the same however many orders are stored.
    ///
    /// # Errors
    /// The store's fault, if it cannot be read or written; notices are given out even so.
    pub fn attend(&self) -> Result<Vec<Notice>, EngineFault> {
        let (now, settings) = (self.now(), self.settings());
        let at = At {
            now,
            settings: &settings,
            watched: self.attention.told.receiver_count() > 0,
        };
        let mut kept = self.attention.desk();
        match self.look(&mut kept, &at) {
            Ok(notices) => {
                *self.attention.database() = None;
                Ok(notices)
            }
            Err(fault) => {
                self.database_failed(&mut kept, &fault, &at);
                Err(fault)
            }
        }
    }

    fn look(&self, kept: &mut Option<Desk>, at: &At<'_>) -> Result<Vec<Notice>, EngineFault> {
        let mut facts = self.read_facts(at.settings, at.now)?;
        facts
            .machine
            .database
            .clone_from(&self.attention.database());
        if kept.as_ref().is_none_or(|desk| !desk.is_whole()) {
            let mut whole = self.read(|reading| left(reading, at.now))?;
            if let Some(part) = kept.take() {
                whole.take_over(part);
            }
            *kept = Some(whole);
        }
        let desk = kept.get_or_insert_with(Desk::default);
        let mut look = desk.look(&judge(&facts, at.settings, at.now), at);
        if let Some(due) = desk.digest_due(at) {
            let day = self.read(|reading| day_so_far(reading, at.settings, at.now))?;
            let open: Vec<_> = desk.open().collect();
            let made = daily(&day, &open, at.settings.zone(), at.now);
            desk.give_out_digest(made, due, at, &mut look);
        }
        let stored = self.keep_desk(desk, &look.said, at.now);
        self.give_out(&look.notices);
        stored?;
        Ok(look.notices)
    }

    fn give_out(&self, notices: &[Notice]) {
        for notice in notices {
            // Nobody listening is no fault: the journal has it.
            let _ = self.attention.told.send(notice.clone());
        }
    }

    /// The database failed somebody: that is told from memory, since it cannot be kept.
    pub(crate) fn store_failed(&self, fault: &EngineFault) {
        let settings = self.settings();
        let at = At {
            now: self.now(),
            settings: &settings,
            watched: self.attention.told.receiver_count() > 0,
        };
        let mut kept = self.attention.desk();
        self.database_failed(&mut kept, fault, &at);
    }

    fn database_failed(&self, kept: &mut Option<Desk>, fault: &EngineFault, at: &At<'_>) {
        let since = {
            let mut database = self.attention.database();
            let since = Since {
                at: database.as_ref().map_or(at.now, |before| before.at),
                why: fault.to_string(),
            };
            database.insert(since).clone()
        };
        let facts = Facts {
            machine: Machine {
                database: Some(since),
                ..Machine::default()
            },
            ..Facts::default()
        };
        let desk = kept.get_or_insert_with(Desk::default);
        let look = desk.look_at_one(&judge(&facts, at.settings, at.now), at);
        self.give_out(&look.notices);
    }

    /// Reads the facts, after what time alone brings about.
    fn read_facts(&self, settings: &Settings, now: DateTime<Utc>) -> Result<Facts, EngineFault> {
        self.upkeep(now)?;
        self.read(|reading| Views::new(reading, settings, now).facts())
    }

    fn upkeep(&self, now: DateTime<Utc>) -> Result<(), StoreFault> {
        let clock = self.attention.signs.clock_off(now);
        let mut store = self.store();
        let reading = store.reading();
        let due = reading.upkeep_is_due(now)?;
        let shared_since = Sign::CallsShared.read(reading)?.map(|sign| sign.at);
        let shared = self.attention.signs.calls_are_shared(shared_since, now);
        let known = Sign::Clock.read(reading)?.map(|sign| sign.why);
        let clock = clock
            .map(|off| {
                if off == 0 {
                    None
                } else {
                    Some(off.to_string())
                }
            })
            // A sign that moves by seconds at every look is still the same one.
            .filter(|off| off.is_some() != known.is_some());
        if !due && clock.is_none() && (shared == Some(shared_since.is_some()) || shared.is_none()) {
            return Ok(());
        }
        store.write(|w| {
            for (sale, _) in w.upkeep(now)? {
                let text = "Came back: the time it was put off to has come";
                w.journal(&decision(now, "bring_back", sale, "auto", "open", text))?;
            }
            match &clock {
                Some(Some(off)) => Sign::Clock.give(w, off, now)?,
                Some(None) => Sign::Clock.take_back(w, now)?,
                None => {}
            }
            match shared {
                Some(true) => Sign::CallsShared.give(w, CALLS_SHARED, now)?,
                Some(false) => Sign::CallsShared.take_back(w, now)?,
                None => {}
            }
            Ok(())
        })
    }

    pub(super) fn keep_desk(
        &self,
        desk: &mut Desk,
        said: &[Said],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let (rows, memory) = desk.unsaved();
        if rows.is_empty() && memory.is_none() && said.is_empty() {
            return Ok(());
        }
        self.store().write(|w| {
            for row in &rows {
                w.put_alert(row)?;
            }
            if rows.iter().any(|row| row.closed_at.is_some()) {
                w.forget_old_alerts(now)?;
            }
            if let Some(memory) = memory {
                put_memory(w, memory, now)?;
            }
            for said in said {
                w.journal(&notice(
                    now,
                    "alert",
                    said.operation,
                    &said.alert,
                    "auto",
                    &said.text,
                ))?;
            }
            Ok(())
        })?;
        desk.saved();
        Ok(())
    }

    /// Hears what an answer says besides what was asked: the vendor's clock, and whether
    /// calls are refused though few were made.
    pub(crate) fn hear(&self, vendor: &'static str, exchange: &Exchange, now: DateTime<Utc>) {
        let signs = &self.attention.signs;
        if let Some(skew) = exchange.skew_seconds {
            signs.hear_clock(vendor, skew, now);
        }
        // Cin7 answers 503 for reasons of its own too; 429 means too many calls.
        let too_many = exchange.verdict == Verdict::Busy && exchange.status == Some(429);
        if vendor == CIN7 && too_many {
            let usage = self.cin7_usage();
            if usage.used * 2 < usage.limit {
                signs.hear_refusal(now);
            }
        }
    }

    /// Looks again and again until told to stop.
    pub(crate) async fn keep_attending(&self) -> Result<(), EngineFault> {
        loop {
            self.attend()?;
            let unsettled = self
                .attention
                .desk()
                .as_ref()
                .is_some_and(Desk::is_unsettled);
            let nap = if unsettled { SOON } else { LATER };
            if self.pause(nap).await.is_err() {
                return Ok(());
            }
        }
    }
}

const CALLS_SHARED: &str = "Cin7 Core refused calls for being too many, though Stockbridge had made few: another program uses the same key, perhaps another copy of Stockbridge.";

/// The desk as it was left.
fn left(reading: &Reading, now: DateTime<Utc>) -> Result<Desk, StoreFault> {
    let rows = reading.alerts(now - Duration::days(ENDED_DAYS))?;
    let quiet = reading
        .cursor(QUIET)?
        .filter(|cursor| !cursor.value.is_empty());
    let memory = Memory {
        quiet_since: quiet.map(|cursor| cursor.at),
        last_digest: reading.cursor(DIGEST)?.map(|cursor| cursor.at),
    };
    Ok(Desk::left(rows, memory))
}

fn put_memory(
    w: &mut store::Write<'_>,
    memory: Memory,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    let cursor = |value: &str, at| Cursor {
        value: value.into(),
        epoch: String::new(),
        at,
    };
    match memory.quiet_since {
        Some(since) => w.put_cursor(QUIET, &cursor("quiet", since))?,
        None => w.put_cursor(QUIET, &cursor("", now))?,
    }
    if let Some(last) = memory.last_digest {
        w.put_cursor(DIGEST, &cursor("shown", last))?;
    }
    Ok(())
}

/// What the day came to so far.
fn day_so_far(
    reading: &Reading,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<DayFacts, StoreFault> {
    let today = now.with_timezone(&settings.zone()).date_naive();
    let counts: BTreeMap<String, i64> = reading
        .day_counts(today)?
        .into_iter()
        .map(|count| (count.word, count.count))
        .collect();
    let mut jobs = Vec::new();
    for (job, _) in turns(settings) {
        let runs = reading.runs(Some(job.word()), 5)?;
        let ended: Vec<_> = runs.iter().filter(|run| run.finished.is_some()).collect();
        jobs.push(JobFacts {
            job: job.word(),
            well: ended.first().is_some_and(|run| run.outcome == "finished"),
            last_good: ended
                .iter()
                .find(|run| run.outcome == "finished")
                .and_then(|run| run.finished),
        });
    }
    Ok(DayFacts {
        counts,
        waiting: reading.outbox_waiting()?.0,
        open: reading
            .tallies_by_owner()?
            .iter()
            .map(|tally| tally.count)
            .sum(),
        put_off: reading
            .put_off_by_owner()?
            .iter()
            .map(|(_, count)| count)
            .sum(),
        jobs,
        look_only: !settings.is_live(),
    })
}
