//! The desk: every alert's life, from the first look at which its cause holds to the look
//! at which it is gone, and which notices that makes. Given what holds now, what was, the
//! settings and the time; gives what to store, what to journal and what to show. Pure.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use store::AlertRow;

use super::alert::{Alert, Level};
use super::card::{Card, Turn, Wanted};
use super::notice::{Notice, NoticeKind};
use super::quiet::Hours;
use super::say;
use crate::settings::Settings;

/// A notice that nobody has confirmed counts as not shown after so long.
const WORD_WITHIN_SECONDS: i64 = 60;
/// One that was not shown is tried again after so long.
const AGAIN_SECONDS: i64 = 300;

/// Alerts while which orders pile up, and the alerts of that.
const KEEPS_BACK: [&str; 3] = ["vendor_silent", "credentials_refused", "sending_paused"];
const PILES_UP: [&str; 2] = ["backlog", "outcome_unknown"];
/// What piled up is worked off within so long.
const WORKED_OFF_MINUTES: i64 = 10;

/// What a look goes by besides the alerts.
pub(super) struct At<'a> {
    pub(super) now: DateTime<Utc>,
    pub(super) settings: &'a Settings,
    /// Somebody shows notices and says whether that worked. Else what would be shown counts
    /// as seen: it is in the journal.
    pub(super) watched: bool,
}

/// Something for the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) operation: &'static str,
    pub(super) alert: String,
    pub(super) text: String,
}

/// What a look came to.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) notices: Vec<Notice>,
    pub(super) said: Vec<Said>,
}

/// What is remembered of the desk besides its alerts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Memory {
    /// Quiet hours have begun then, and what came in since is still to be told.
    pub(super) quiet_since: Option<DateTime<Utc>>,
    /// The time of the last digest that was shown.
    pub(super) last_digest: Option<DateTime<Utc>>,
}

/// A notice given out and not yet confirmed.
#[derive(Clone, Debug)]
struct Offer {
    kind: NoticeKind,
    /// Which alerts it tells of, and how much: their count, and how many ever came.
    covers: Vec<(String, (i64, i64))>,
    /// The time of day a digest is for.
    digest: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
}

/// See the module's head.
#[derive(Debug, Default)]
pub(super) struct Desk {
    cards: BTreeMap<String, Card>,
    offers: BTreeMap<String, Offer>,
    memory: Memory,
    stored: Memory,
    /// When each alert's notice was last given out without being shown.
    not_shown: BTreeMap<String, DateTime<Utc>>,
    number: u64,
    /// What was stored has been read; not so while the database could never be.
    whole: bool,
}

impl Desk {
    /// The desk as it was left.
    pub(super) fn left(rows: Vec<AlertRow>, memory: Memory) -> Self {
        Self {
            cards: rows
                .into_iter()
                .map(Card::stored)
                .map(|card| (card.id(), card))
                .collect(),
            memory,
            stored: memory,
            whole: true,
            ..Self::default()
        }
    }

    /// Whether it knows what was stored.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Takes over what happened while the database could not be read.
    pub(super) fn take_over(&mut self, part: Self) {
        for (id, card) in part.cards {
            self.cards.insert(id, card);
        }
        self.offers.extend(part.offers);
        self.number = self.number.max(part.number);
    }

    /// Takes in what holds now.
    pub(super) fn look(&mut self, live: &[Alert], at: &At<'_>) -> Look {
        let mut look = Look::default();
        self.take_in(live, at, &mut look);
        self.give_up_on_the_unconfirmed(at, &mut look);
        self.offer(at, &mut look);
        look
    }

    /// Takes in one alert, when nothing is known of the others.
    pub(super) fn look_at_one(&mut self, live: &[Alert], at: &At<'_>) -> Look {
        let mut look = Look::default();
        for alert in live {
            self.take_in_one(alert, at, &mut look);
        }
        self.offer(at, &mut look);
        look
    }

    fn take_in_one(&mut self, alert: &Alert, at: &At<'_>, look: &mut Look) {
        let card = self
            .cards
            .entry(alert.id())
            .or_insert_with(|| Card::of(alert, at.now));
        if card.holds(alert, at.now) == Turn::Opened {
            look.said.push(say::opened(alert));
        }
    }

    fn take_in(&mut self, live: &[Alert], at: &At<'_>, look: &mut Look) {
        let working_off = self.is_working_off(at.now);
        for alert in live {
            let mut alert = alert.clone();
            alert.follows |= working_off && PILES_UP.contains(&alert.id().as_str());
            self.take_in_one(&alert, at, look);
        }
        for (id, card) in &mut self.cards {
            if live.iter().any(|alert| alert.id() == *id) {
                continue;
            }
            if card.does_not_hold(at.now) == Turn::Closed {
                look.said.push(say::closed(&card.row));
            }
        }
    }

    /// Whether something keeps orders back, or has ended only just: what piled up meanwhile is
    /// on its way, and would be told of as if it were news.
    fn is_working_off(&self, now: DateTime<Utc>) -> bool {
        let within = Duration::minutes(WORKED_OFF_MINUTES);
        self.cards
            .values()
            .filter(|card| KEEPS_BACK.contains(&card.row.code.as_str()))
            .any(|card| match card.row.closed_at {
                None => true,
                Some(end) => end <= now && now - end < within,
            })
    }

    /// A notice of which no word came was not shown, as far as anybody can tell.
    fn give_up_on_the_unconfirmed(&mut self, at: &At<'_>, look: &mut Look) {
        let late = Duration::seconds(WORD_WITHIN_SECONDS);
        let lost: Vec<String> = self
            .offers
            .iter()
            .filter(|(_, offer)| at.now - offer.at >= late || offer.at > at.now)
            .map(|(id, _)| id.clone())
            .collect();
        for id in lost {
            self.failed(&id, at.now);
            look.said.push(Said {
                operation: "notice_failed",
                alert: id,
                text: "No word came whether this notice was shown".into(),
            });
        }
    }

    fn offer(&mut self, at: &At<'_>, look: &mut Look) {
        let hours = Hours::of(at.settings);
        let quiet = hours.is_quiet(at.now);
        if quiet {
            self.memory.quiet_since.get_or_insert(at.now);
        }
        let lets_urgent = at.settings.flag("alerts.quiet_lets_urgent");
        if !quiet && self.memory.quiet_since.is_some() && !self.is_waiting_for_digest(at.now) {
            self.digest_of_the_quiet(at, look);
        }
        let escalate = Duration::minutes(at.settings.whole("alerts.escalate_minutes"));
        let wanted: Vec<(String, Wanted)> = self
            .cards
            .iter()
            .filter(|(id, _)| !self.is_on_its_way(id, at.now))
            .filter(|(_, card)| {
                !quiet || (lets_urgent && card.level() == Level::Urgent && card.is_open())
            })
            .filter_map(|(id, card)| Some((id.clone(), card.wants(escalate, at.now)?)))
            .collect();
        for (id, wanted) in wanted {
            let Some(card) = self.cards.get(&id) else {
                continue;
            };
            let covers = vec![(id.clone(), card.told_now())];
            let made = say::notice(card, wanted, at.settings.zone(), at.now);
            self.give_out(made, covers, None, at, look);
        }
    }

    /// Whether a notice of that alert is out, or failed a moment ago.
    fn is_on_its_way(&self, id: &str, now: DateTime<Utc>) -> bool {
        let out = self
            .offers
            .values()
            .any(|offer| offer.covers.iter().any(|(covered, _)| covered == id));
        out || self.has_failed_of_late(id, now)
    }

    fn has_failed_of_late(&self, id: &str, now: DateTime<Utc>) -> bool {
        self.not_shown
            .get(id)
            .is_some_and(|at| *at <= now && now - *at < Duration::seconds(AGAIN_SECONDS))
    }

    fn is_waiting_for_digest(&self, now: DateTime<Utc>) -> bool {
        self.offers
            .values()
            .any(|offer| offer.kind == NoticeKind::Digest)
            || self.has_failed_of_late(QUIET_DIGEST, now)
    }

    /// What came in during quiet hours, as one notice.
    fn digest_of_the_quiet(&mut self, at: &At<'_>, look: &mut Look) {
        let Some(since) = self.memory.quiet_since else {
            return;
        };
        let news: Vec<&Card> = self
            .cards
            .values()
            .filter(|card| card.has_news())
            .filter(|card| card.is_open() || card.row.closed_at.is_some_and(|end| end >= since))
            .collect();
        if news.is_empty() {
            self.memory.quiet_since = None;
            return;
        }
        let made = say::quiet_digest(&news, since, at.settings.zone(), at.now);
        let covers = news
            .iter()
            .map(|card| (card.id(), card.told_now()))
            .collect();
        self.give_out(made, covers, None, at, look);
    }

    /// Gives out a digest made elsewhere, for that time of day.
    pub(super) fn give_out_digest(
        &mut self,
        made: Notice,
        due: DateTime<Utc>,
        at: &At<'_>,
        look: &mut Look,
    ) {
        self.give_out(made, Vec::new(), Some(due), at, look);
    }

    fn give_out(
        &mut self,
        mut made: Notice,
        covers: Vec<(String, (i64, i64))>,
        digest: Option<DateTime<Utc>>,
        at: &At<'_>,
        look: &mut Look,
    ) {
        self.number += 1;
        made.id = format!("{}-{}", at.now.timestamp_millis(), self.number);
        look.said.push(Said {
            operation: made.kind.word(),
            alert: made.alert.clone(),
            text: if made.body.is_empty() {
                made.title.clone()
            } else {
                format!("{}. {}", made.title, made.body.replace('\n', " "))
            },
        });
        let offer = Offer {
            kind: made.kind,
            covers,
            digest,
            at: at.now,
        };
        if at.watched {
            self.offers.insert(made.id.clone(), offer);
        } else {
            self.has_been_shown(&offer, at.now);
        }
        look.notices.push(made);
    }

    /// A notice was shown. Whether it was one of ours.
    pub(super) fn shown(&mut self, notice: &str, now: DateTime<Utc>) -> bool {
        let Some(offer) = self.offers.remove(notice) else {
            return false;
        };
        self.has_been_shown(&offer, now);
        true
    }

    fn has_been_shown(&mut self, offer: &Offer, now: DateTime<Utc>) {
        for (id, told) in &offer.covers {
            self.not_shown.remove(id);
            let Some(card) = self.cards.get_mut(id) else {
                continue;
            };
            let kind = match (offer.kind, card.is_open()) {
                // A digest tells of beginnings and of ends alike.
                (NoticeKind::Digest, false) => NoticeKind::AllClear,
                (kind, _) => kind,
            };
            card.shown(kind, *told, now);
        }
        if offer.kind == NoticeKind::Digest {
            if let Some(due) = offer.digest {
                self.memory.last_digest = Some(due);
            } else {
                self.memory.quiet_since = None;
                self.not_shown.remove(QUIET_DIGEST);
            }
        }
    }

    /// A notice could not be shown. Whether it was one of ours.
    pub(super) fn failed(&mut self, notice: &str, now: DateTime<Utc>) -> bool {
        let Some(offer) = self.offers.remove(notice) else {
            return false;
        };
        for (id, _) in &offer.covers {
            self.not_shown.insert(id.clone(), now);
        }
        if offer.kind == NoticeKind::Digest {
            let which = if offer.digest.is_some() {
                DAILY_DIGEST
            } else {
                QUIET_DIGEST
            };
            self.not_shown.insert(which.into(), now);
        }
        true
    }

    /// The time of day for which a digest is due.
    pub(super) fn digest_due(&mut self, at: &At<'_>) -> Option<DateTime<Utc>> {
        let hours = Hours::of(at.settings);
        // At the very first look nothing is known of the day so far.
        let last = *self.memory.last_digest.get_or_insert(at.now);
        let due = hours.due(&at.settings.texts("alerts.digest_times"), last, at.now)?;
        let out = self.offers.values().any(|offer| offer.digest.is_some());
        let waits = hours.is_quiet(at.now) || out || self.has_failed_of_late(DAILY_DIGEST, at.now);
        (!waits).then_some(due)
    }

    /// Somebody says "I have it".
    ///
    /// # Errors
    /// None, when no such alert is open.
    pub(super) fn take(&mut self, id: &str, who: &str, now: DateTime<Utc>) -> Option<String> {
        let card = self.cards.get_mut(id).filter(|card| card.is_open())?;
        let before = std::mem::replace(&mut card.row.taken_by, who.to_owned());
        card.row.taken_at = Some(now);
        card.unsaved = true;
        Some(before)
    }

    /// Somebody says that it is done with. If its cause remains it opens again.
    pub(super) fn close(&mut self, id: &str, now: DateTime<Utc>) -> Option<AlertRow> {
        let card = self.cards.get_mut(id).filter(|card| card.is_open())?;
        card.close(now);
        // Whoever closed it needs no all-clear.
        card.row.end_noticed_at = Some(now);
        Some(card.row.clone())
    }

    /// Every alert that is open.
    pub(super) fn open(&self) -> impl Iterator<Item = &Card> {
        self.cards.values().filter(|card| card.is_open())
    }

    /// Every row as it is now, stored or not.
    #[cfg(test)]
    pub(super) fn rows(&self) -> Vec<AlertRow> {
        self.cards.values().map(|card| card.row.clone()).collect()
    }

    /// The memory as it is now, stored or not.
    #[cfg(test)]
    pub(super) fn memory(&self) -> Memory {
        self.memory
    }

    /// What has to be stored, and the memory if that changed too.
    pub(super) fn unsaved(&self) -> (Vec<AlertRow>, Option<Memory>) {
        let rows = self
            .cards
            .values()
            .filter(|card| card.unsaved)
            .map(|card| card.row.clone())
            .collect();
        (rows, (self.memory != self.stored).then_some(self.memory))
    }

    /// All that [`Self::unsaved`] gave is stored.
    pub(super) fn saved(&mut self) {
        for card in self.cards.values_mut() {
            card.unsaved = false;
        }
        self.stored = self.memory;
    }

    /// Whether the next look should come within seconds.
    pub(super) fn is_unsettled(&self) -> bool {
        !self.offers.is_empty()
            || self
                .cards
                .values()
                .any(|card| card.is_open() && card.is_unsettled())
    }
}

const QUIET_DIGEST: &str = "digest of quiet hours";
const DAILY_DIGEST: &str = "daily digest";
