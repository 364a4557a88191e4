//! One alert on the desk: what is stored of it, and what is remembered while the program
//! runs. When a notice is due is decided here, for one alert at a time. Pure.

use chrono::{DateTime, Duration, Utc};
use store::AlertRow;

use super::alert::{Alert, Level};
use super::notice::NoticeKind;

/// A burst is over when nothing more came for so long.
const CALM_SECONDS: i64 = 5;
/// A burst is told of after so long, over or not.
const BURST_SECONDS: i64 = 20;
/// An alert has ended when its cause has been gone for so long.
const GONE_SECONDS: i64 = 10;
/// Least time between two notices of one alert, by how often it was told of late that there
/// is more of it: a trickle that goes on is told of more and more rarely.
const QUIET_SECONDS: [i64; 5] = [45, 45, 45, 300, 900];
/// After so long without a notice the counting of them begins anew; and an end that could
/// not be told within so long is not told any more.
const FORGET_SECONDS: i64 = 3_600;
/// A backlog that is gone within so long was a burst being sent.
const PASSING_SECONDS: i64 = 40;
/// Before a cut-off, orders that will miss it are told of once more.
const SECOND_WARNING_MINUTES: i64 = 30;

/// An alert's cause that cannot be shown by a notification.
const NEVER_SHOWN: &str = "notifications_unavailable";

/// See the module's head.
#[derive(Clone, Debug)]
pub(super) struct Card {
    /// As it is stored.
    pub(super) row: AlertRow,
    /// The row is to be stored.
    pub(super) unsaved: bool,
    /// The alert as it holds now; `None` when it does not.
    pub(super) live: Option<Alert>,
    /// Since when it holds and follows from nothing else, as far as this program saw.
    stands_since: Option<DateTime<Utc>>,
    /// Since when it does not hold.
    gone_since: Option<DateTime<Utc>>,
    /// How many had ever come, at the last look.
    seen_came: i64,
    /// When the first of a burst came, and the last.
    burst: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// How often it was told of late that there is more of it.
    growths: usize,
}

/// What is to be told of an alert now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) kind: NoticeKind,
    /// How many are new since the last notice.
    pub(super) new: i64,
}

/// What a look changed about an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It began, or began again.
    Opened,
    /// It ended.
    Closed,
    /// Neither.
    Same,
}

impl Card {
    /// A card as it was stored.
    pub(super) fn stored(row: AlertRow) -> Self {
        let seen_came = row.noticed_came;
        Self {
            row,
            unsaved: false,
            live: None,
            stands_since: None,
            gone_since: None,
            seen_came,
            burst: None,
            growths: 0,
        }
    }

    /// A card for an alert that was never seen before.
    pub(super) fn of(alert: &Alert, now: DateTime<Utc>) -> Self {
        let row = AlertRow {
            code: alert.code.into(),
            subject: alert.subject.clone(),
            level: alert.level.word().into(),
            owner: alert.owner.into(),
            text: alert.text.clone(),
            opened_at: now,
            count: 0,
            peak: 0,
            taken_by: String::new(),
            taken_at: None,
            noticed: 0,
            last_noticed_at: None,
            noticed_count: 0,
            noticed_came: 0,
            escalated_at: None,
            closed_at: Some(now),
            end_noticed_at: None,
        };
        Self::stored(row)
    }

    /// Whether it is open, as far as is stored.
    pub(super) fn is_open(&self) -> bool {
        self.row.closed_at.is_none()
    }

    /// The stable id.
    pub(super) fn id(&self) -> String {
        super::alert::id(&self.row.code, &self.row.subject)
    }

    pub(super) fn level(&self) -> Level {
        Level::from_word(&self.row.level).unwrap_or(Level::NeedsSomeone)
    }

    /// Whether it may be shown outside the window at all.
    pub(super) fn may_be_shown(&self) -> bool {
        self.level().interrupts() && self.row.code != NEVER_SHOWN
    }

    /// The alert holds.
    pub(super) fn holds(&mut self, alert: &Alert, now: DateTime<Utc>) -> Turn {
        self.gone_since = None;
        let opens = !self.is_open();
        if opens {
            self.row = AlertRow {
                opened_at: alert.began.filter(|began| *began <= now).unwrap_or(now),
                peak: 0,
                taken_by: alert.known_to.clone().unwrap_or_default(),
                taken_at: alert.known_to.is_some().then_some(now),
                noticed: 0,
                noticed_count: 0,
                noticed_came: 0,
                escalated_at: None,
                closed_at: None,
                ..self.row.clone()
            };
            self.seen_came = 0;
            self.burst = None;
            self.growths = 0;
        }
        let came = alert.came.unwrap_or(alert.count);
        if came > self.seen_came {
            let began = self.burst.map_or(now, |(began, _)| began);
            self.burst = Some((began, now));
        }
        self.seen_came = came;
        let fresh = AlertRow {
            level: alert.level.word().into(),
            owner: alert.owner.into(),
            text: alert.text.clone(),
            count: alert.count,
            peak: self.row.peak.max(alert.count),
            ..self.row.clone()
        };
        // A sentence that counts minutes is no reason to write.
        self.unsaved |= opens
            || (&fresh.level, &fresh.owner, fresh.count)
                != (&self.row.level, &self.row.owner, self.row.count);
        self.row = fresh;
        if alert.came.is_none() {
            // Where arrivals are not counted, one that went makes room for one that comes.
            self.row.noticed_came = self.row.noticed_came.min(alert.count);
        }
        if opens || alert.follows {
            self.stands_since = None;
        }
        if !alert.follows {
            self.stands_since.get_or_insert(now);
        }
        self.live = Some(alert.clone());
        if opens { Turn::Opened } else { Turn::Same }
    }

    /// The alert does not hold.
    pub(super) fn does_not_hold(&mut self, now: DateTime<Utc>) -> Turn {
        if !self.is_open() {
            self.live = None;
            return Turn::Same;
        }
        let since = *self.gone_since.get_or_insert(now);
        if now - since < Duration::seconds(GONE_SECONDS) {
            return Turn::Same;
        }
        self.live = None;
        self.close(since);
        Turn::Closed
    }

    /// Ends it, whatever its cause does.
    pub(super) fn close(&mut self, at: DateTime<Utc>) {
        self.row.closed_at = Some(at);
        self.gone_since = None;
        self.burst = None;
        self.unsaved = true;
    }

    /// How many are new since the last notice.
    fn fresh(&self) -> i64 {
        (self.seen_came - self.row.noticed_came).clamp(0, self.row.count)
    }

    /// What is to be told of it now, if anything.
    pub(super) fn wants(&self, escalate: Duration, now: DateTime<Utc>) -> Option<Wanted> {
        if !self.may_be_shown() {
            return None;
        }
        if !self.is_open() {
            return self.wants_all_clear(now).then_some(Wanted {
                kind: NoticeKind::AllClear,
                new: 0,
            });
        }
        let alert = self.live.as_ref().filter(|_| self.gone_since.is_none())?;
        if alert.follows || !self.is_over_its_quiet_time(now) {
            return None;
        }
        let new = self.fresh();
        let kind = if self.row.noticed == 0 {
            self.has_settled(alert, now).then(|| first_kind(alert))
        } else if grows(alert, new, &self.row) && self.has_settled(alert, now) {
            Some(NoticeKind::Worse)
        } else {
            self.comes_again(alert, escalate, now)
        };
        kind.map(|kind| Wanted { kind, new })
    }

    /// Nobody has taken it for too long.
    fn comes_again(
        &self,
        alert: &Alert,
        escalate: Duration,
        now: DateTime<Utc>,
    ) -> Option<NoticeKind> {
        if alert.level != Level::Urgent || !self.row.taken_by.is_empty() {
            return None;
        }
        let last = self.row.last_noticed_at?;
        if alert.code == "cut_off" {
            let at: DateTime<Utc> = cut_off_of(&alert.subject)?;
            let second = at - Duration::minutes(SECOND_WARNING_MINUTES);
            return (last < second && now >= second).then_some(NoticeKind::CutOff);
        }
        (!escalate.is_zero() && now - last >= escalate).then_some(NoticeKind::Escalated)
    }

    fn wants_all_clear(&self, now: DateTime<Utc>) -> bool {
        let Some(closed) = self.row.closed_at else {
            return false;
        };
        // The end of one that was never shown needs no telling, nor does one of long ago.
        let told = self.row.end_noticed_at.is_some_and(|at| at >= closed);
        self.row.noticed > 0
            && !told
            && !self.ended_by_the_clock()
            && now - closed <= Duration::seconds(FORGET_SECONDS)
            && self.is_over_its_quiet_time(now)
    }

    /// A cut-off that has passed is no reason for an all-clear, nor is one put behind by age.
    fn ended_by_the_clock(&self) -> bool {
        let Some(closed) = self.row.closed_at else {
            return false;
        };
        match self.row.code.as_str() {
            "cut_off" => cut_off_of(&self.row.subject).is_none_or(|at| at <= closed),
            "cut_off_missed" => {
                cut_off_of(&self.row.subject).is_none_or(|at| closed - at >= Duration::hours(24))
            }
            _ => false,
        }
    }

    /// When it, or its end, was shown last.
    fn last_shown(&self) -> Option<DateTime<Utc>> {
        self.row.last_noticed_at.max(self.row.end_noticed_at)
    }

    fn is_over_its_quiet_time(&self, now: DateTime<Utc>) -> bool {
        let Some(last) = self.last_shown() else {
            return true;
        };
        let step = self.growths.min(QUIET_SECONDS.len() - 1);
        // A clock that was set back must not silence it for as long as it was wrong.
        last > now || now - last >= Duration::seconds(QUIET_SECONDS[step])
    }

    /// A burst is over, or has gone on for long enough.
    fn has_settled(&self, alert: &Alert, now: DateTime<Utc>) -> bool {
        if alert.code == "backlog" {
            return self
                .stands_since
                .is_some_and(|since| now - since >= Duration::seconds(PASSING_SECONDS));
        }
        if alert.came.is_none() {
            return true;
        }
        self.burst.is_none_or(|(began, last)| {
            now - last >= Duration::seconds(CALM_SECONDS)
                || now - began >= Duration::seconds(BURST_SECONDS)
        })
    }

    /// Whether it is to be looked at again within seconds.
    pub(super) fn is_unsettled(&self) -> bool {
        self.burst.is_some() || self.gone_since.is_some()
    }

    /// Of what there is to know, so much is known now.
    pub(super) fn shown(&mut self, kind: NoticeKind, told: (i64, i64), now: DateTime<Utc>) {
        if self
            .last_shown()
            .is_some_and(|last| now - last > Duration::seconds(FORGET_SECONDS))
        {
            self.growths = 0;
        }
        if kind == NoticeKind::Worse {
            self.growths += 1;
        }
        self.unsaved = true;
        if kind == NoticeKind::AllClear {
            self.row.end_noticed_at = Some(now);
            return;
        }
        if kind == NoticeKind::Escalated {
            self.row.escalated_at = Some(now);
        }
        let (count, came) = told;
        self.row.noticed += 1;
        self.row.last_noticed_at = Some(now);
        self.row.noticed_count = count;
        self.row.noticed_came = came;
        if self.seen_came <= came {
            self.burst = None;
        }
    }

    /// What a notice made now tells: how many there are, and how many ever came.
    pub(super) fn told_now(&self) -> (i64, i64) {
        (self.row.count, self.seen_came)
    }

    /// Whether there is something about it that nobody was shown.
    pub(super) fn has_news(&self) -> bool {
        if !self.may_be_shown() {
            return false;
        }
        match (&self.live, self.row.closed_at) {
            (Some(alert), None) => {
                !alert.follows && (self.row.noticed == 0 || grows(alert, self.fresh(), &self.row))
            }
            (_, Some(closed)) => {
                let told = self.row.end_noticed_at.is_some_and(|at| at >= closed);
                !told && !self.ended_by_the_clock()
            }
            (None, None) => false,
        }
    }
}

/// How an alert is first shown.
fn first_kind(alert: &Alert) -> NoticeKind {
    if matches!(alert.code, "cut_off" | "cut_off_missed") {
        NoticeKind::CutOff
    } else {
        NoticeKind::Raised
    }
}

/// Whether it has grown enough to be told of again.
fn grows(alert: &Alert, new: i64, row: &AlertRow) -> bool {
    match alert.code {
        // Told of by what is held, refused or late already.
        "cut_off" | "cut_off_missed" | "sending_paused" => false,
        "backlog" => alert.count >= row.noticed_count.max(1) * 2,
        _ => new > 0,
    }
}

/// The moment of the cut-off that an alert is about.
fn cut_off_of(subject: &str) -> Option<DateTime<Utc>> {
    chrono::NaiveDateTime::parse_from_str(subject, "%Y-%m-%dT%H:%MZ")
        .ok()
        .map(|at| at.and_utc())
}
