//! What a person does about an order or an alert without touching the order itself: taking
//! it, putting it off, giving it to somebody else, writing a note. Each is journalled with
//! who, before and after (R117).

use chrono::{DateTime, Utc};
use domain::{HoldCode, Owner};
use store::{NoteRow, PutOffRow, SaleRow};

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::decision;

/// Longest note or reason, characters.
const LONGEST: usize = 2_000;

impl Engine {
    /// Puts an order off to a time. It still counts as open, and comes back by itself.
    ///
    /// # Errors
    /// `time_past`, `reason_missing`, `text_too_long`, `needs_nobody`, or that there is no
    /// such order; each names its field.
    pub fn put_off(
        &self,
        number: &str,
        until: DateTime<Utc>,
        why: &str,
    ) -> Result<(), EngineFault> {
        let now = self.now();
        let why = why.trim();
        if until <= now {
            return Err(EngineFault::wrong(
                "time_past",
                "until",
                format!(
                    "{} has passed: put the order off to a time that is still to come.",
                    self.told_time(until)
                ),
            ));
        }
        if why.is_empty() {
            return Err(EngineFault::wrong(
                "reason_missing",
                "why",
                "Say why: the reason is kept with your name.",
            ));
        }
        short_enough("why", "The reason", why)?;
        let row = self.order_in_need(number)?;
        let who = self.who();
        let before = row.put_off_until.map_or_else(
            || "open".to_owned(),
            |before| format!("put off to {}", self.told_time(before)),
        );
        let text = format!("Put off to {}; before that {before}", self.told_time(until));
        let put_off = PutOffRow {
            until,
            why: why.into(),
            who: who.clone(),
            at: now,
        };
        self.store().write(|w| {
            w.put_off_sale(row.key, &put_off)?;
            w.journal(&decision(now, "put_off", row.key, &who, "put_off", &text))?;
            Ok(())
        })?;
        Ok(())
    }

    /// Says of an order that what was to be decided about it is settled: a part that will not
    /// come, another service, a despatch that is late. Those holds go; all others stay.
    ///
    /// # Errors
    /// `reason_missing`, `text_too_long`, `nothing_to_settle`, or that there is no such order.
    pub fn settle(&self, number: &str, why: &str) -> Result<(), EngineFault> {
        let why = why.trim();
        if why.is_empty() {
            return Err(EngineFault::wrong(
                "reason_missing",
                "why",
                "Say how it was settled: it is kept with your name.",
            ));
        }
        short_enough("why", "The reason", why)?;
        let (row, who, now) = (self.order_row(number)?, self.who(), self.now());
        let mut store = self.store();
        let codes = store.reading().hold_codes(row.key)?;
        let settled: Vec<_> = HoldCode::TO_BE_SETTLED
            .into_iter()
            .filter(|code| codes.contains(code))
            .collect();
        if settled.is_empty() {
            return Err(EngineFault::wrong(
                "nothing_to_settle",
                "number",
                format!(
                    "{} has nothing that is settled by saying so; what it is held for is put right or resent.",
                    row.number
                ),
            ));
        }
        let of: Vec<String> = settled
            .iter()
            .map(|code| crate::words::hold(code.word()))
            .collect();
        let text = format!("Settled: {}", of.join(", "));
        let note = NoteRow {
            at: now,
            who: who.clone(),
            text: why.into(),
            to: None,
        };
        store.write(|w| {
            for code in &settled {
                w.remove_hold(row.key, *code)?;
            }
            w.put_note(row.key, &note)?;
            w.journal(&decision(now, "settle", row.key, &who, "settled", &text))?;
            w.take_turns(now)?;
            Ok(())
        })?;
        Ok(())
    }

    /// Brings an order back before its time.
    ///
    /// # Errors
    /// `not_put_off`, or that there is no such order.
    pub fn bring_back(&self, number: &str) -> Result<(), EngineFault> {
        let (row, who, now) = (self.order_row(number)?, self.who(), self.now());
        let Some(until) = row.put_off_until else {
            return Err(EngineFault::wrong(
                "not_put_off",
                "number",
                format!("{} is not put off.", row.number),
            ));
        };
        let text = format!("Brought back; it was put off to {}", self.told_time(until));
        self.store().write(|w| {
            w.bring_back(row.key)?;
            w.journal(&decision(now, "bring_back", row.key, &who, "open", &text))?;
            Ok(())
        })?;
        Ok(())
    }

    /// Gives an order to an owner by hand, until nobody needs to act on it any more.
    ///
    /// # Errors
    /// `owner_unknown`, `needs_nobody`, or that there is no such order.
    pub fn assign(&self, number: &str, owner: &str) -> Result<(), EngineFault> {
        let owner = known_owner("owner", owner)?;
        let (row, who, now) = (self.order_in_need(number)?, self.who(), self.now());
        let before = row.owner.map_or("nobody", Owner::word);
        let text = format!("Given to {owner}; before that it was {before}'s");
        self.store().write(|w| {
            w.assign(row.key, owner)?;
            w.journal(&decision(now, "assign", row.key, &who, owner.word(), &text))?;
            w.take_turns(now)?;
            Ok(())
        })?;
        Ok(())
    }

    /// Writes a note on an order, for everybody or for one owner. What it says is sealed;
    /// the journal keeps that it was written, by whom and for whom.
    ///
    /// # Errors
    /// `text_missing`, `text_too_long`, `owner_unknown`, or that there is no such order.
    pub fn note(&self, number: &str, text: &str, to: Option<&str>) -> Result<(), EngineFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EngineFault::wrong(
                "text_missing",
                "text",
                "The note is empty: write what others should know.",
            ));
        }
        short_enough("text", "The note", text)?;
        let to = to.map(|to| known_owner("to", to)).transpose()?;
        let (row, who, now) = (self.order_row(number)?, self.who(), self.now());
        let note = NoteRow {
            at: now,
            who: who.clone(),
            to,
            text: text.into(),
        };
        let said = to.map_or_else(
            || "Wrote a note".to_owned(),
            |to| format!("Wrote a note for {to}"),
        );
        self.store().write(|w| {
            w.put_note(row.key, &note)?;
            w.journal(&decision(now, "note", row.key, &who, "written", &said))?;
            Ok(())
        })?;
        Ok(())
    }

    /// An order that somebody must act on.
    fn order_in_need(&self, number: &str) -> Result<SaleRow, EngineFault> {
        let row = self.order_row(number)?;
        if row.owner.is_none() {
            return Err(EngineFault::wrong(
                "needs_nobody",
                "number",
                format!(
                    "Nobody needs to act on {}: there is nothing to put off or to give away.",
                    row.number
                ),
            ));
        }
        Ok(row)
    }

    /// A time as the merchant tells it.
    pub(crate) fn told_time(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.settings().zone())
            .format("%-d %B %Y %H:%M")
            .to_string()
    }
}

/// The owner of that word.
fn known_owner(field: &str, word: &str) -> Result<Owner, EngineFault> {
    Owner::from_word(word.trim().to_lowercase().as_str()).ok_or_else(|| {
        let known: Vec<&str> = Owner::ALL.iter().map(|owner| owner.word()).collect();
        EngineFault::wrong(
            "owner_unknown",
            field,
            format!(
                "There is no owner “{word}”. Owners are {}.",
                known.join(", ")
            ),
        )
    })
}

fn short_enough(field: &str, what: &str, text: &str) -> Result<(), EngineFault> {
    let length = text.chars().count();
    if length <= LONGEST {
        return Ok(());
    }
    Err(EngineFault::wrong(
        "text_too_long",
        field,
        format!("{what} has {length} characters; at most {LONGEST} are kept. Shorten it."),
    ))
}
