//! An order's life as two lists: what happened, by whose clock; and whose time each wait
//! was, as far as the stamps and the log tell it.
//!
//! The order is in one pair of hands at a time, from authorised to handed over whole. The
//! news of each despatch has waits of its own, beside the order's: it may still be on its
//! way while the next parcel is packed.

use chrono::{DateTime, Utc};
use domain::HoldCode;
use store::{EntryRow, OrderState, SaleRow, Standing};

use super::facts::{DespatchFacts, Moment, WITHHELD, Wait};
use super::gather::is_a_person;
use crate::views::time;
use crate::words::{self, TimelineWords};

const OFFICE: &str = "office";
const STOCKBRIDGE: &str = "stockbridge";
const WAREHOUSE: &str = "warehouse";
const CIN7: &str = "cin7";
const UNKNOWN: &str = "unknown";

const CIN7_CLOCK: &str = "cin7";
const WHISTL_CLOCK: &str = "whistl";

/// What an order's moments and waits are made from.
pub(super) struct Life<'a> {
    row: &'a SaleRow,
    entries: Vec<&'a EntryRow>,
    despatches: &'a [DespatchFacts],
    now: DateTime<Utc>,
}

impl<'a> Life<'a> {
    pub(super) fn of(
        row: &'a SaleRow,
        entries: impl Iterator<Item = &'a EntryRow>,
        despatches: &'a [DespatchFacts],
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            row,
            entries: entries.collect(),
            despatches,
            now,
        }
    }

    /// When it was first begun to be sent.
    pub(super) fn first_sent(&self) -> Option<DateTime<Utc>> {
        let sent = self.entries.iter().find(|entry| is_sending(entry));
        sent.map(|entry| entry.at)
    }

    /// When all of it had been handed over; none while something is still to come.
    pub(super) fn left(&self) -> Option<DateTime<Utc>> {
        let whole = self.row.standing == Standing::In(OrderState::Despatched);
        let goods = self.goods().filter_map(|one| instant(&one.despatched_at));
        whole.then(|| goods.max()).flatten()
    }

    /// When Cin7 had been told of all that left; none while it has not.
    pub(super) fn posted(&self) -> Option<DateTime<Utc>> {
        self.left()?;
        let posted: Option<Vec<DateTime<Utc>>> = self
            .goods()
            .map(|one| one.posted_at.as_deref().and_then(instant))
            .collect();
        posted?.into_iter().max()
    }

    /// Despatches that happened: neither voids nor those that were taken back.
    fn goods(&self) -> impl Iterator<Item = &'a DespatchFacts> {
        let all = self.despatches;
        all.iter().filter(move |one| {
            let taken_back = |other: &DespatchFacts| other.voids.as_ref() == Some(&one.despatch_id);
            one.voids.is_none() && !all.iter().any(taken_back)
        })
    }

    /// When the warehouse had accepted it: by its stamp, or when its answer came. Never before
    /// it was sent: the stamp may be of whole seconds, or of a clock that is behind.
    fn accepted(&self) -> Option<DateTime<Utc>> {
        let answer = self.entries.iter().find(|entry| is_acceptance(entry));
        let stamp = self.row.accepted_at.or(answer.map(|entry| entry.at))?;
        Some(self.first_sent().map_or(stamp, |sent| stamp.max(sent)))
    }
}

/// What happened, the earliest first.
pub(super) fn moments(life: &Life<'_>) -> Vec<Moment> {
    let row = life.row;
    let mut all: Vec<(DateTime<Utc>, Moment)> = Vec::new();
    let mut put = |at: DateTime<Utc>, side: &str, clock: &str, what: String, entry: Option<i64>| {
        all.push((
            at,
            Moment {
                at: time(at),
                side: side.into(),
                clock: clock.into(),
                what,
                entry,
            },
        ));
    };
    if let Some(at) = row.authorised_at {
        put(
            at,
            OFFICE,
            CIN7_CLOCK,
            "Authorised in Cin7 Core".into(),
            None,
        );
    }
    put(
        row.first_seen,
        STOCKBRIDGE,
        STOCKBRIDGE,
        "First seen by Stockbridge".into(),
        None,
    );
    if let Some(at) = row.ship_by {
        put(
            at,
            "",
            "",
            "By now it had to have left the warehouse".into(),
            None,
        );
    }
    let news = life.despatches.iter().flat_map(news);
    let (posted, left): (Vec<_>, Vec<_>) = news.partition(|one| one.what.ends_with(POSTED));
    for one in left {
        put(one.at, one.side, one.clock, one.what, None);
    }
    for entry in &life.entries {
        if let Some((side, what)) = told(entry) {
            put(entry.at, side, STOCKBRIDGE, what, Some(entry.id));
        }
    }
    for one in posted {
        put(one.at, one.side, one.clock, one.what, None);
    }
    if let (Some(stamp), Some(after)) = (row.accepted_at, life.accepted()) {
        let moment = Moment {
            at: time(stamp),
            side: WAREHOUSE.into(),
            clock: WHISTL_CLOCK.into(),
            what: "Accepted by Whistl".into(),
            entry: None,
        };
        all.push((after, moment));
    }
    // Stable: what stands under one moment keeps the order in which it was put.
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, moment)| moment).collect()
}

/// How the last stamp of a despatch is told.
const POSTED: &str = "posted to Cin7 Core";

/// A stamp of a despatch: when, whose, by whose clock, what.
struct Stamp {
    at: DateTime<Utc>,
    side: &'static str,
    clock: &'static str,
    what: String,
}

fn news(one: &DespatchFacts) -> Vec<Stamp> {
    let id = &one.despatch_id;
    let parcels = words::many(
        i64::try_from(one.parcels.len()).unwrap_or(i64::MAX),
        "parcel",
    );
    let left = match &one.voids {
        Some(voided) => format!("{id} takes back despatch {voided}"),
        None => format!(
            "Handed to the carrier: {id}, {}, {parcels}",
            words::many(one.units.parse().unwrap_or_default(), "unit")
        ),
    };
    let known = format!("{id} made known by Whistl");
    let received = format!("{id} received by Stockbridge");
    let posted = format!("{id} {POSTED}");
    let there = (WAREHOUSE, WHISTL_CLOCK);
    let here = (STOCKBRIDGE, STOCKBRIDGE);
    let stamps = [
        (Some(&one.despatched_at), there, left),
        (one.published_at.as_ref(), there, known),
        (Some(&one.received_at), here, received),
        (one.posted_at.as_ref(), here, posted),
    ];
    stamps
        .into_iter()
        .filter_map(|(at, (side, clock), what)| {
            Some(Stamp {
                at: instant(at?)?,
                side,
                clock,
                what,
            })
        })
        .collect()
}

/// An entry that is worth a line of its own, and on whose side it happened. Calls are not,
/// and what a stamp says already is not said twice.
fn told(entry: &EntryRow) -> Option<(&'static str, String)> {
    let side = match entry.who.as_str() {
        "warehouse" => WAREHOUSE,
        who if is_a_person(who) && entry.operation != "check" => OFFICE,
        _ => STOCKBRIDGE,
    };
    match (entry.kind.as_str(), entry.operation.as_str()) {
        ("call", _) => return None,
        ("decision", "despatch") if entry.text.starts_with("The warehouse despatched") => {
            return None;
        }
        ("decision", "confirm") if entry.outcome == "posted" => return None,
        ("intention" | "outcome", posting) if posting.starts_with("post ") => return None,
        ("outcome", "submit order") => {
            let what = format!("Whistl's answer: {}", words::outcome(&entry.outcome));
            return Some((side, what));
        }
        ("outcome", "look up order") => {
            let found = words::outcome(&entry.outcome);
            return Some((side, format!("Whistl asked whether it is there: {found}")));
        }
        ("outcome", "cancel order") => {
            let what = words::outcome(&entry.outcome);
            return Some((side, format!("Whistl asked to cancel it: {what}")));
        }
        _ => {}
    }
    Some((side, said(entry)))
}

/// The entry as a sentence, with what a person typed withheld.
fn said(entry: &EntryRow) -> String {
    let typed = is_a_person(&entry.who) && entry.operation != "check" && !entry.text.is_empty();
    let is_noted = matches!(entry.operation.as_str(), "recheck" | "resend");
    words::happened(&TimelineWords {
        kind: &entry.kind,
        operation: &entry.operation,
        vendor: &entry.vendor,
        outcome: &entry.outcome,
        text: if typed && !is_noted {
            WITHHELD
        } else {
            &entry.text
        },
        attempt: entry.attempt,
    })
}

/// Whose time each wait was, the earliest first: the order's own, then the news of each
/// despatch.
pub(super) fn waits(life: &Life<'_>) -> Vec<Wait> {
    let mut all = of_the_order(life);
    for one in life.goods() {
        all.extend(of_the_news(one, life));
    }
    all
}

/// Somebody has the order from a moment on.
struct Turn {
    from: DateTime<Utc>,
    who: &'static str,
    what: String,
}

fn of_the_order(life: &Life<'_>) -> Vec<Wait> {
    let row = life.row;
    let turn = |from, who, what: &str| Turn {
        from,
        who,
        what: what.into(),
    };
    let mut turns = Vec::new();
    if let Some(at) = row.authorised_at.filter(|at| *at < row.first_seen) {
        turns.push(turn(at, STOCKBRIDGE, "to be seen by Stockbridge"));
    }
    turns.push(turn(row.first_seen, STOCKBRIDGE, "to be checked"));
    let accepted = life.accepted();
    let end = end_of(life);
    for entry in &life.entries {
        // What the office does to an order that is at the warehouse does not take it away
        // from there.
        let is_there = accepted.is_some_and(|at| entry.at > at);
        if let Some((who, what)) = takes(entry, is_there) {
            turns.push(Turn {
                from: entry.at,
                who,
                what,
            });
        }
    }
    if let Some(at) = accepted {
        turns.push(turn(
            at,
            WAREHOUSE,
            "to be packed and handed to the carrier",
        ));
    }
    turns.sort_by_key(|turn| turn.from);
    let mut waits: Vec<Wait> = Vec::new();
    for (at, turn) in turns.iter().enumerate() {
        let to = turns.get(at + 1).map(|next| next.from).or(end);
        // The stamps are of several clocks: what begins after the end is none of it.
        if end.is_some_and(|end| turn.from > end) {
            break;
        }
        let to = match (to, end) {
            (Some(to), Some(end)) => Some(to.min(end)),
            (to, _) => to,
        };
        add(
            &mut waits,
            None,
            (turn.who, &turn.what),
            turn.from,
            to,
            life.now,
        );
    }
    waits
}

/// When nobody had it any more: it had left whole, or was called off.
fn end_of(life: &Life<'_>) -> Option<DateTime<Utc>> {
    match &life.row.standing {
        Standing::In(OrderState::Despatched) => Some(life.left().unwrap_or(life.row.changed_at)),
        Standing::In(OrderState::Cancelled) | Standing::Outside(_) => Some(life.row.changed_at),
        Standing::In(_) => None,
    }
}

/// Whose it is after an entry, and what for; none where that does not change.
fn takes(entry: &EntryRow, is_there: bool) -> Option<(&'static str, String)> {
    let kind = entry.kind.as_str();
    match (kind, entry.operation.as_str(), entry.outcome.as_str()) {
        ("decision", "check" | "read", "held") if !is_there => {
            Some((owner_of(&entry.text), lower(&said(entry))))
        }
        ("decision", "check", "passed") if !is_there => {
            Some((STOCKBRIDGE, "to be sent, and for Whistl's answer".into()))
        }
        ("decision", "check" | "event", "rejected")
        | ("outcome", "submit order" | "look up order", "rejected" | "refused" | "conflict") => {
            Some((OFFICE, "refused by Whistl, to be put right".into()))
        }
        ("outcome", "submit order" | "look up order", "stuck" | "outcome_unknown" | "sign_in")
            if !is_there =>
        {
            Some((OFFICE, "could not be sent; somebody had to look".into()))
        }
        ("decision", "event", "blocked") => Some((WAREHOUSE, "stopped at the warehouse".into())),
        ("decision", "event", "at_warehouse" | "part_despatched") if is_there => {
            Some((WAREHOUSE, "to be packed and handed to the carrier".into()))
        }
        _ => None,
    }
}

/// Who had to act on holds, as the log names them: the codes stand in its sentence.
fn owner_of(text: &str) -> &'static str {
    let ours = [
        HoldCode::MessageInvalid,
        HoldCode::Unreadable,
        HoldCode::StatusUnknown,
        HoldCode::ReferenceInvalid,
    ];
    let mut codes = text
        .split([' ', ',', ':'])
        .filter_map(HoldCode::from_word)
        .peekable();
    let some = codes.peek().is_some();
    if some && codes.all(|code| ours.contains(&code)) {
        STOCKBRIDGE
    } else {
        OFFICE
    }
}

/// The way of a despatch's news: made known, received, told to Cin7.
fn of_the_news(one: &DespatchFacts, life: &Life<'_>) -> Vec<Wait> {
    let mut waits = Vec::new();
    let id = Some(one.despatch_id.as_str());
    let (Some(left), Some(received)) = (instant(&one.despatched_at), instant(&one.received_at))
    else {
        return waits;
    };
    let known = "for the news to be made known by Whistl";
    let read = "for the news to be read by Stockbridge";
    match one.published_at.as_deref().and_then(instant) {
        Some(published) => {
            let (left_to, now) = (Some(published), life.now);
            add(&mut waits, id, (WAREHOUSE, known), left, left_to, now);
            add(
                &mut waits,
                id,
                (STOCKBRIDGE, read),
                published,
                Some(received),
                now,
            );
        }
        // Whistl did not say when it made it known.
        None => add(
            &mut waits,
            id,
            (UNKNOWN, read),
            left,
            Some(received),
            life.now,
        ),
    }
    if one.state == "closed" {
        return waits;
    }
    for (who, what, from, to) in telling(one, received, life) {
        add(&mut waits, id, (who, what), from, to, life.now);
    }
    waits
}

/// Whose the time was while Cin7 was being told, and what for: from, and to if it ended.
type Told = (
    &'static str,
    &'static str,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
);

fn telling(one: &DespatchFacts, received: DateTime<Utc>, life: &Life<'_>) -> Vec<Told> {
    let posted = one.posted_at.as_deref().and_then(instant);
    let stopped = life.entries.iter().find(|entry| {
        entry.operation == "confirm"
            && matches!(entry.outcome.as_str(), "exception" | "parked")
            && entry.at >= received
            && entry.text.split(' ').any(|word| word == one.despatch_id)
    });
    let stopped = stopped.filter(|stop| posted.is_none_or(|at| at > stop.at));
    let until = stopped.map(|stop| stop.at).or(posted);
    let begun = first_told(one, received).filter(|at| until.is_none_or(|until| *at < until));
    let takes_it = "for Cin7 Core to take it in";
    let mut turns = vec![(
        STOCKBRIDGE,
        "to be told to Cin7 Core",
        received,
        begun.or(until),
    )];
    turns.extend(begun.map(|begun| (CIN7, takes_it, begun, until)));
    if let Some(stop) = stopped {
        let office = match stop.outcome.as_str() {
            "parked" => "kept for the last parcel, as the merchant's setting says",
            _ => "could not be told as it was; somebody had to look",
        };
        let again = first_told(one, stop.at);
        turns.push((OFFICE, office, stop.at, again.or(posted)));
        turns.extend(again.map(|again| (CIN7, takes_it, again, posted)));
    }
    turns
}

/// When the first thing after that moment was sent to Cin7 of a despatch. From then on the
/// time is Cin7's, lost answers and refused tries included.
fn first_told(one: &DespatchFacts, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let begun = one.steps.iter().filter_map(|step| instant(&step.began_at));
    begun.filter(|at| *at >= after).min()
}

/// Adds a wait, or makes the last one longer when the same one goes on. One of no length
/// says nothing; clocks that disagree make one of less.
fn add(
    waits: &mut Vec<Wait>,
    despatch: Option<&str>,
    (who, what): (&str, &str),
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) {
    let until = to.unwrap_or(now);
    if until <= from {
        return;
    }
    let wait = Wait {
        despatch: despatch.map(str::to_owned),
        who: who.into(),
        what: what.into(),
        from: time(from),
        to: to.map(time),
        seconds: (until - from).num_seconds(),
    };
    match waits.last_mut() {
        Some(last)
            if last.despatch == wait.despatch
                && last.who == wait.who
                && last.what == wait.what
                && last.to.as_deref() == Some(wait.from.as_str()) =>
        {
            let begun = instant(&last.from).unwrap_or(from);
            last.seconds = (until - begun).num_seconds();
            last.to = wait.to;
        }
        _ => waits.push(wait),
    }
}

fn is_sending(entry: &EntryRow) -> bool {
    entry.kind == "intention" && entry.operation == "submit"
}

fn is_acceptance(entry: &EntryRow) -> bool {
    entry.kind == "outcome" && entry.vendor == "whistl" && entry.outcome == "accepted"
}

pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|at| at.with_timezone(&Utc))
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
