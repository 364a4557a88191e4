//! The calls that count at a moment, and when the next may leave. Pure: every time is
//! handed in.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::lanes::Lanes;
use super::{Lane, Usage};

/// What the vendors count over (documented for Cin7, assumed for Whistl).
const MINUTE: TimeDelta = TimeDelta::seconds(60);

/// Beyond the vendor's window: for clocks that tick differently and times kept in whole
/// milliseconds.
const MARGIN: TimeDelta = TimeDelta::milliseconds(250);

/// No call takes longer, whatever its time limit; used for calls of an earlier process
/// whose end nobody saw.
const LONGEST_CALL: TimeDelta = TimeDelta::minutes(5);

/// Of so many calls one is kept for orders alone, so that one finds room at once while other
/// work uses the rest up: a windowful may leave in seconds, and nothing more for a minute. Two
/// looks a minute and three sales are five of 55; with three, one sale a minute used them up.
const KEPT_ONE_IN: usize = 11;

/// What a caller that asks for its turn is told.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It may call now.
    Go {
        /// The number of the call.
        call: u64,
        /// Its beginning.
        at: DateTime<Utc>,
    },
    /// It is the next one, but not before this much time has passed.
    NotBefore(Duration),
    /// It is not the next one, or a call must end first: it will be told.
    Later,
}

#[derive(Debug)]
struct Counted {
    call: u64,
    /// `None` for calls of an earlier process.
    lane: Option<Lane>,
    /// `None` while it is under way.
    ended: Option<DateTime<Utc>>,
}

#[derive(Debug)]
pub(super) struct Window {
    pub(super) lanes: Lanes,
    limit: usize,
    in_flight: usize,
    /// A second, shorter window.
    burst: Option<(usize, TimeDelta)>,
    calls: Vec<Counted>,
    paused_until: Option<DateTime<Utc>>,
    /// The clock when last looked at.
    seen: DateTime<Utc>,
    begun: u64,
}

impl Window {
    pub(super) fn new(limit: u32, in_flight: usize) -> Self {
        Self {
            lanes: Lanes::default(),
            limit: at_least_one(limit),
            in_flight: in_flight.max(1),
            burst: None,
            calls: Vec::new(),
            paused_until: None,
            seen: DateTime::UNIX_EPOCH,
            begun: 0,
        }
    }

    pub(super) fn set_limit(&mut self, limit: u32) {
        self.limit = at_least_one(limit);
    }

    pub(super) fn set_burst(&mut self, calls: u32, per: Duration) {
        let per = TimeDelta::from_std(per)
            .unwrap_or(TimeDelta::MAX)
            .min(TimeDelta::hours(1));
        self.burst = Some((at_least_one(calls), per));
    }

    pub(super) fn pause_until(&mut self, until: DateTime<Utc>) {
        self.paused_until = self.paused_until.max(Some(until));
    }

    pub(super) fn end_pause(&mut self) {
        self.paused_until = None;
    }

    /// Forgets what no longer counts. If the clock went back, everything goes back with
    /// it, so that it counts for as long as it would have.
    pub(super) fn settle(&mut self, now: DateTime<Utc>) {
        let back = self.seen - now;
        if back > TimeDelta::zero() {
            for ended in self.calls.iter_mut().filter_map(|call| call.ended.as_mut()) {
                *ended -= back;
            }
            self.paused_until = self.paused_until.map(|until| until - back);
        }
        self.seen = now;
        self.paused_until = self.paused_until.filter(|until| *until > now);
        let span = self.burst.map_or(MINUTE, |(_, per)| per.max(MINUTE));
        self.calls
            .retain(|call| call.ended.is_none_or(|ended| ended + span + MARGIN > now));
    }

    /// Takes in calls of an earlier process. Only `in_flight` were under way at once, so
    /// in the order of their beginnings the m-th end came no later than the beginning of
    /// call m + `in_flight`; which call it belonged to does not matter.
    pub(super) fn restore(&mut self, mut begun: Vec<DateTime<Utc>>, now: DateTime<Utc>) {
        begun.sort_unstable();
        let ends: Vec<DateTime<Utc>> = begun
            .iter()
            .enumerate()
            .map(|(m, at)| {
                let bound = begun.get(m + self.in_flight).copied().unwrap_or(now);
                bound.min(*at + LONGEST_CALL).min(now)
            })
            .collect();
        for ended in ends {
            let call = self.number();
            self.calls.push(Counted {
                call,
                lane: None,
                ended: Some(ended),
            });
        }
        self.settle(now);
    }

    pub(super) fn ask(&mut self, ticket: u64, lane: Lane, now: DateTime<Utc>) -> Answer {
        if self.lanes.next() != Some(ticket) {
            return Answer::Later;
        }
        let Some(at) = self.free_at(lane, now) else {
            return Answer::Later;
        };
        if at > now {
            // A clock that wakes us a hair too early must not have us spin.
            let wait = (at - now).to_std().unwrap_or_default();
            return Answer::NotBefore(wait.max(Duration::from_millis(1)));
        }
        self.lanes.serve(lane);
        let call = self.number();
        self.calls.push(Counted {
            call,
            lane: Some(lane),
            ended: None,
        });
        Answer::Go { call, at: now }
    }

    pub(super) fn ended(&mut self, call: u64, now: DateTime<Utc>) {
        if let Some(counted) = self.calls.iter_mut().find(|counted| counted.call == call) {
            counted.ended = Some(now);
        }
    }

    pub(super) fn usage(&self, now: DateTime<Utc>) -> Usage {
        let counts = |call: &&Counted| call.ended.is_none_or(|ended| ended + MINUTE + MARGIN > now);
        let of = |lane: Lane| {
            self.calls
                .iter()
                .filter(counts)
                .filter(|call| call.lane == Some(lane))
                .count()
        };
        Usage {
            used: count(self.calls.iter().filter(counts).count()),
            limit: count(self.limit),
            paused_until: self.paused_until.filter(|until| *until > now),
            by_lane: Lane::ALL.map(|lane| (lane, count(of(lane)))),
            waiting: count(self.lanes.waiting()),
        }
    }

    /// The n-th caller from now takes the n-th place to become free; after a whole round
    /// of places the same come again a minute later.
    pub(super) fn would_wait(&self, lane: Lane, now: DateTime<Utc>) -> Duration {
        let ahead = self.lanes.ahead_of(lane);
        let (limit, counts) = self.room_of(lane);
        let mut busy: Vec<DateTime<Utc>> = self
            .calls
            .iter()
            .filter(|call| counts(call))
            .map(|call| call.ended.unwrap_or(now) + MINUTE + MARGIN)
            .filter(|until| *until > now)
            .collect();
        busy.sort_unstable();
        let busy = &busy[busy.len().saturating_sub(limit)..];
        let free = limit - busy.len();
        let place = ahead % limit;
        let rounds = i32::try_from(ahead / limit).unwrap_or(i32::MAX);
        let place_at = place.checked_sub(free).map_or(now, |taken| busy[taken]);
        let at = place_at + (MINUTE + MARGIN) * rounds;
        // A pause or a full burst holds up even the next one.
        self.free_at(lane, now)
            .max(self.paused_until)
            .map_or(at, |free| free.max(at))
            .signed_duration_since(now)
            .to_std()
            .unwrap_or_default()
    }

    /// How many calls a lane may use in a minute, and which count towards them: orders all,
    /// other work what is not kept for orders. Where an order waits, what goes before it is
    /// that lane's guaranteed share, and takes whatever there is.
    fn room_of(&self, lane: Lane) -> (usize, fn(&Counted) -> bool) {
        let kept = self.limit / KEPT_ONE_IN;
        if lane == Lane::Orders || kept == 0 || self.lanes.ahead_of(Lane::Orders) > 0 {
            (self.limit, |_| true)
        } else {
            (self.limit - kept, |call| call.lane != Some(Lane::Orders))
        }
    }

    /// When the next call of this lane may leave; `None` if another must end first.
    fn free_at(&self, lane: Lane, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let under_way = self
            .calls
            .iter()
            .filter(|call| call.ended.is_none())
            .count();
        if under_way >= self.in_flight {
            return None;
        }
        let mut at = self.paused_until.unwrap_or(now).max(now);
        at = at.max(self.room_at(self.limit, |_| true, MINUTE, now)?);
        let (limit, counts) = self.room_of(lane);
        if limit < self.limit {
            at = at.max(self.room_at(limit, counts, MINUTE, now)?);
        }
        if let Some((limit, per)) = self.burst {
            at = at.max(self.room_at(limit, |_| true, per, now)?);
        }
        Some(at)
    }

    /// When fewer than `limit` of the calls that count are so over `span`; `None` if those
    /// under way alone are as many.
    fn room_at(
        &self,
        limit: usize,
        counts: fn(&Counted) -> bool,
        span: TimeDelta,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let calls = || self.calls.iter().filter(|call| counts(call));
        let under_way = calls().filter(|call| call.ended.is_none()).count();
        let allowed = limit.checked_sub(under_way + 1)?;
        let mut until: Vec<DateTime<Utc>> = calls()
            .filter_map(|call| call.ended)
            .map(|ended| ended + span + MARGIN)
            .filter(|until| *until > now)
            .collect();
        until.sort_unstable();
        // Room comes when all but `allowed` of them have ceased to count.
        Some(
            until
                .len()
                .checked_sub(allowed + 1)
                .map_or(now, |last| until[last]),
        )
    }

    fn number(&mut self) -> u64 {
        self.begun += 1;
        self.begun
    }
}

fn at_least_one(limit: u32) -> usize {
    usize::try_from(limit.max(1)).unwrap_or(usize::MAX)
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
