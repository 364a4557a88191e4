//! An order's way from authorised to confirmed as one line: every second of it is in one
//! pair of hands (B5). Made of the same waits as the proof pack's, which may lie beside one
//! another; here they follow one another.

use chrono::{DateTime, Utc};
use serde::Serialize;
use store::{EntryRow, OrderState, SaleRow, Standing, StoreFault};

use super::facts::{DespatchFacts, Wait};
use super::gather::MOST_ENTRIES;
use super::moments::{Life, instant, waits};
use crate::views::{Views, time};

/// How the way ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JourneyEnd {
    /// It has not: the last leg lasts.
    Open,
    /// Cin7 Core had been told of all that left.
    Confirmed,
    /// All had left, and there is nothing that Cin7 Core is to be told.
    Left,
    /// It was called off.
    CalledOff,
}

/// A stretch of the way in one pair of hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegView {
    /// Whose: `office`, `stockbridge`, `warehouse`, `cin7`, or `unknown`.
    pub who: String,
    /// What for.
    pub what: String,
    /// From.
    pub from: String,
    /// To; none while it lasts.
    pub to: Option<String>,
    /// How long, or how long so far.
    pub seconds: i64,
}

/// The whole way. The legs follow one another without a gap and add up to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JourneyView {
    /// Whether it begins where the office authorised the order; else where Stockbridge
    /// first saw it.
    pub is_from_authorised: bool,
    /// How it ended.
    pub end: JourneyEnd,
    /// How long, or how long so far.
    pub seconds: i64,
    /// The legs, the earliest first.
    pub legs: Vec<LegView>,
}

impl Views<'_> {
    /// Whose time an order's life was; none for a sale that is not for the warehouse.
    pub fn journey(&self, row: &SaleRow) -> Result<Option<JourneyView>, StoreFault> {
        if matches!(row.standing, Standing::Outside(_)) {
            return Ok(None);
        }
        let entries = self.reading.timeline(row.key, MOST_ENTRIES)?;
        let despatches = self.despatches_facts(row.key)?;
        Ok(journey(row, &entries, &despatches, self.now))
    }
}

pub(super) fn journey(
    row: &SaleRow,
    entries: &[EntryRow],
    despatches: &[DespatchFacts],
    now: DateTime<Utc>,
) -> Option<JourneyView> {
    let life = Life::of(row, entries.iter(), despatches, now);
    let (news, own): (Vec<Wait>, Vec<Wait>) = waits(&life)
        .into_iter()
        .partition(|wait| wait.despatch.is_some());
    let mut line = Line::default();
    for wait in &own {
        line.go_on(wait, now);
    }
    if row.standing == Standing::In(OrderState::Despatched) {
        for wait in last_told(&news) {
            line.go_on(wait, now);
        }
    }
    let end = if line.legs.last()?.to.is_none() {
        JourneyEnd::Open
    } else if row.standing == Standing::In(OrderState::Cancelled) {
        JourneyEnd::CalledOff
    } else if life.posted().is_some() {
        JourneyEnd::Confirmed
    } else {
        JourneyEnd::Left
    };
    Some(JourneyView {
        is_from_authorised: row.authorised_at.is_some_and(|at| at <= row.first_seen),
        end,
        seconds: line.legs.iter().map(|leg| leg.seconds).sum(),
        legs: line.legs,
    })
}

/// The news of the despatch that Cin7 was told of last: of several it is the one that the
/// end waited for.
fn last_told(news: &[Wait]) -> impl Iterator<Item = &Wait> {
    let ends = |wait: &Wait| match wait.to.as_deref() {
        // What lasts ends after all that has ended.
        None => (true, None),
        Some(to) => (false, instant(to)),
    };
    let last = news.iter().max_by_key(|wait| ends(wait));
    news.iter()
        .filter(move |wait| last.is_some_and(|last| last.despatch == wait.despatch))
}

/// Legs as they are joined on.
#[derive(Default)]
struct Line {
    legs: Vec<LegView>,
    reached: Option<DateTime<Utc>>,
}

impl Line {
    /// Goes on with a wait from where the line has come to. The stamps are of several
    /// clocks: what lies before that is none of it, and a gap is the next one's.
    fn go_on(&mut self, wait: &Wait, now: DateTime<Utc>) {
        let Some(began) = instant(&wait.from) else {
            return;
        };
        let from = self.reached.unwrap_or(began);
        let to = wait.to.as_deref().and_then(instant);
        let until = to.unwrap_or(now);
        if until <= from {
            return;
        }
        self.legs.push(LegView {
            who: wait.who.clone(),
            what: wait.what.clone(),
            from: time(from),
            to: to.map(time),
            seconds: (until - from).num_seconds(),
        });
        self.reached = Some(until);
    }
}
