//! Changing stock without an order from the control side: counts, damages and the like, what
//! takes one back or corrects its words, and losses that nobody is told of. Strict: what it
//! cannot mean it names. Making the change is the business of `booking`.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Warehouse;
use super::adjustment::Adjustment;
use super::booking::{Change, opposite};
use super::despatching::read;
use super::reasons::{REVERSAL, Reason};
use crate::faults::Switchboard;
use crate::http::Misuse;

/// Longest note (contract, section 2.5).
const NOTE_MAX: usize = 200;
/// Most units that one call changes.
const UNITS_MAX: i64 = 1_000_000;
/// What is to change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    sku: Option<String>,
    quantity: Option<Value>,
    reason_code: Option<String>,
    reverses: Option<String>,
    on_hand_change: Option<Value>,
    note: Option<String>,
    reference: Option<String>,
}

/// What is to be told differently.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revised {
    adjustment_id: String,
    reason_code: Option<String>,
    note: Option<String>,
    reference: Option<String>,
}

impl Warehouse {
    /// Changes stock and tells of it: `{"sku", "quantity", "reason_code"}` with a code of the
    /// contract's section 10, `CYCLE_COUNT` if none is given, or `{"reverses"}` with the id of
    /// an adjustment; and any of `note`, `reference`, `on_hand_change`, which the reason
    /// decides otherwise. `quantity` is the change of good stock; of `RETURN_DAMAGED` the
    /// units that came. Answers the item as the feed gives it.
    ///
    /// # Errors
    /// The SKU, the reason or the adjustment is not known, or the figures do not fit it.
    pub fn adjust(
        &mut self,
        change: &Value,
        now: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> Result<Value, Misuse> {
        self.advance(now, board);
        let wanted: Wanted = read(change, "whistl/adjust")?;
        let change = match wanted.reverses.as_deref().filter(|id| !id.is_empty()) {
            Some(id) => self.reversal(id, &wanted)?,
            None => self.change(&wanted)?,
        };
        Ok(self.book(change, now, board).0)
    }

    fn change(&self, wanted: &Wanted) -> Result<Change, Misuse> {
        let sku = wanted.sku.as_deref().ok_or_else(|| missing("sku"))?;
        self.expect_item(sku)?;
        let given = wanted.quantity.as_ref();
        let units = units(given.ok_or_else(|| missing("quantity"))?, "quantity")?;
        let code = wanted.reason_code.as_deref().unwrap_or("CYCLE_COUNT");
        let reason = Reason::named(code).ok_or_else(|| {
            let known = Reason::codes();
            Misuse::bad(format!(
                "whistl/adjust: `reason_code` is {code}; it must be one of {known}, or REVERSAL by \
                 `reverses` (fault F31 tells a word nobody agreed on)"
            ))
        })?;
        if let Some(right) = reason.objects_to(units) {
            return Err(Misuse::bad(format!(
                "whistl/adjust: `quantity` of {code} is {units}; it must be {right}"
            )));
        }
        let mut change = Change::of(sku, units, reason);
        if let Some(given) = &wanted.on_hand_change {
            change.on_hand = self::units(given, "on_hand_change")?;
        }
        said(&mut change, wanted.note.as_ref(), wanted.reference.as_ref())?;
        Ok(change)
    }

    fn reversal(&self, id: &str, wanted: &Wanted) -> Result<Change, Misuse> {
        let place = self.expect_adjustment(id)?;
        let Some(original) = self.adjustments.get(place) else {
            return Err(Misuse::unknown(format!(
                "whistl/adjust: no adjustment {id}"
            )));
        };
        let code = wanted.reason_code.as_deref();
        if let Some(other) = code.filter(|code| *code != REVERSAL.code) {
            return Err(Misuse::bad(format!(
                "whistl/adjust: `reason_code` is {other}; with `reverses` it is REVERSAL, or left out"
            )));
        }
        if original.reversed || original.reverses.is_some() {
            return Err(Misuse::bad(format!(
                "whistl/adjust: {id} was reversed already, or is a reversal itself"
            )));
        }
        let mut change = opposite(original);
        if wanted.sku.as_ref().is_some_and(|sku| *sku != change.sku) {
            return Err(Misuse::bad(format!(
                "whistl/adjust: `sku` must be {}, as in {id}, or left out",
                change.sku
            )));
        }
        let told = [
            ("quantity", &wanted.quantity, change.quantity),
            ("on_hand_change", &wanted.on_hand_change, change.on_hand),
        ];
        for (name, given, right) in told {
            if let Some(given) = given
                && units(given, name)? != right
            {
                return Err(Misuse::bad(format!(
                    "whistl/adjust: `{name}` must be {right}, the opposite of {id}, or left out \
                     (fault F32 tells an inexact one)"
                )));
            }
        }
        said(&mut change, wanted.note.as_ref(), wanted.reference.as_ref())?;
        Ok(change)
    }

    /// Corrects what is told of an adjustment: `{"adjustment_id"}` and any of `reason_code`,
    /// `note`, `reference`; no goods move. Publishes a higher revision and answers it as the
    /// feed gives it.
    ///
    /// # Errors
    /// The adjustment or the reason is not known, or nothing is corrected.
    pub fn revise_adjustment(
        &mut self,
        corrected: &Value,
        now: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> Result<Value, Misuse> {
        self.advance(now, board);
        let corrected: Revised = read(corrected, "whistl/revise")?;
        let place = self.expect_adjustment(&corrected.adjustment_id)?;
        let nothing = corrected.reason_code.is_none()
            && corrected.note.is_none()
            && corrected.reference.is_none();
        if nothing {
            return Err(Misuse::bad(
                "whistl/revise: expected any of reason_code, note, reference; a quantity is never \
                 revised but reversed (fault F33 revises one)",
            ));
        }
        if let Some(code) = &corrected.reason_code
            && Reason::named(code).is_none()
        {
            let known = Reason::codes();
            return Err(Misuse::bad(format!(
                "whistl/revise: `reason_code` is {code}; it must be one of {known}"
            )));
        }
        short_enough(corrected.note.as_ref())?;
        let change = |adjustment: &mut Adjustment| {
            if let Some(code) = corrected.reason_code {
                adjustment.reason_code = code;
                adjustment.telling.reason_code = None;
            }
            adjustment.note = corrected.note.or(adjustment.note.take());
            adjustment.reference = corrected.reference.or(adjustment.reference.take());
        };
        Ok(self.adjustments.revise(place, change, &self.site, now))
    }

    /// Publishes any item on the feed of adjustments as it stands, with a number if it is an
    /// object without one; no goods move. Answers `{"seq"}`, where the feed keeps it.
    pub fn publish_adjustment(&mut self, item: &Value, now: DateTime<Utc>) -> Value {
        json!({ "seq": self.adjustments.publish_raw(item, now) })
    }

    /// Units go, and nobody is told: no adjustment, no movement, only less on the shelf.
    ///
    /// # Errors
    /// The SKU is not known, or has not so many units.
    pub fn lose(&mut self, sku: &str, units: i64, now: DateTime<Utc>) -> Result<Value, Misuse> {
        self.expect_item(sku)?;
        let here = self.items.get(sku).map_or(0, |item| item.on_hand);
        if !(1..=here.max(0)).contains(&units) {
            return Err(Misuse::bad(format!(
                "whistl/lose: `quantity` is {units}; {sku} has {here} units that could go"
            )));
        }
        if let Some(item) = self.items.get_mut(sku) {
            item.on_hand -= units;
        }
        self.adjustments.lose(sku, units, now);
        Ok(json!({ "sku": sku, "quantity": units }))
    }

    fn expect_adjustment(&self, id: &str) -> Result<usize, Misuse> {
        self.adjustments.place_of(id).ok_or_else(|| {
            let latest = self.adjustments.latest_ids();
            Misuse::unknown(format!("the warehouse made no adjustment {id}; {latest}"))
        })
    }

    fn expect_item(&self, sku: &str) -> Result<(), Misuse> {
        if self.items.get(sku).is_some() {
            return Ok(());
        }
        let plain = |sku: &str| -> String {
            let kept = sku.chars().filter(char::is_ascii_alphanumeric);
            kept.map(|mark| mark.to_ascii_uppercase()).collect()
        };
        let mut near = self.items.all().map(|item| item.sku.as_str());
        let near = near.find(|known| plain(known) == plain(sku));
        let hint = match (near, self.items.all().next()) {
            (Some(near), _) => format!("it spells it {near}"),
            (None, Some(first)) => format!("one that it has is {}", first.sku),
            (None, None) => "it has none yet".to_owned(),
        };
        Err(Misuse::unknown(format!(
            "the warehouse has no item {sku}: {hint}; POST whistl/items puts one on file"
        )))
    }
}

fn said(
    change: &mut Change,
    note: Option<&String>,
    reference: Option<&String>,
) -> Result<(), Misuse> {
    short_enough(note)?;
    change.note = note.cloned();
    change.reference = reference.cloned();
    Ok(())
}

fn short_enough(note: Option<&String>) -> Result<(), Misuse> {
    match note.map(|note| note.chars().count()) {
        Some(length) if length > NOTE_MAX => Err(Misuse::bad(format!(
            "`note` has {length} characters; it may have {NOTE_MAX}"
        ))),
        _ => Ok(()),
    }
}

/// A whole number of units, as a number or as text.
fn units(given: &Value, name: &str) -> Result<i64, Misuse> {
    let number = given.as_i64().or_else(|| given.as_str()?.parse().ok());
    number
        .filter(|units| units.abs() <= UNITS_MAX)
        .ok_or_else(|| {
            Misuse::bad(format!(
                "whistl/adjust: `{name}` is {given}; it must be a whole number of units, {UNITS_MAX} \
                 at most"
            ))
        })
}

fn missing(name: &str) -> Misuse {
    Misuse::bad(format!(
        "whistl/adjust: `{name}` is missing; it takes sku, quantity and reason_code, or reverses"
    ))
}
