//! An adjustment of stock as the feed tells it (the contract's sections 2.5 and 10), read
//! once and for all, with the two hashes by which a repeated one is told from a changed
//! one. Pure. What it means for Cin7, and whether a reversal fits what it takes back, is
//! not judged here.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::adjustment::{Adjustment, AdjustmentReason};
use serde_json::{Value, json};
use vendor::BadField;

use crate::feed::Page;
use crate::profile::{Profile, translated};
use crate::read::{hash, moment, movement, required, seq, small, some_units, stock_sku, units};
use crate::wire::told;
use crate::{read, times, wire};

/// One adjustment. Its identity is the adjustment's id and revision; `seq` is only where it
/// stood in the feed this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentRecord {
    /// Its number in the feed.
    pub seq: u64,
    /// What changed.
    pub adjustment: Adjustment,
    /// When they made it known, where that can be read.
    pub published_at: Option<DateTime<Utc>>,
    /// The time of the change named no zone and falls into the hour that October repeats
    /// or March leaves out; the earlier reading was taken.
    pub time_guessed: bool,
    /// The item as it came, to be read again by [`read_adjustment`].
    pub raw: Bytes,
    /// SHA-256 of what no revision may change: id, SKU, units, units in the building,
    /// movement, and what it takes back. Made of what they told: how an account's silence
    /// about the building is read may be set later, and must not make an old adjustment
    /// look changed.
    pub goods: [u8; 32],
    /// SHA-256 of all that is read of it, its revision and when it was made known left
    /// out. The reason goes in as it came, for the same cause.
    pub content: [u8; 32],
}

/// Reads an item that was kept.
///
/// # Errors
/// The field that stands in the way.
pub fn read_adjustment(raw: &[u8], profile: &Profile) -> Result<AdjustmentRecord, BadField> {
    let item = vendor::json::value(raw)?;
    record(&item, Bytes::copy_from_slice(raw), profile)
}

/// Reads a page of the feed; `after` is where it was asked to begin.
pub(crate) fn page(
    body: &[u8],
    after: Option<&str>,
    profile: &Profile,
) -> Result<Page<AdjustmentRecord>, BadField> {
    read::page(body, "adjustments", after, |item: Value| {
        record(&item, Bytes::from(item.to_string()), profile)
    })
}

fn record(item: &Value, raw: Bytes, profile: &Profile) -> Result<AdjustmentRecord, BadField> {
    let told_item: wire::Adjustment = vendor::json::from_value(item)?;
    let moment = moment(&told_item.occurred_at, "occurred_at", profile)?;
    let word = told_item.reason_code.trimmed();
    let reason = reason(word, profile);
    let changed = units(told_item.quantity, "quantity")?;
    let in_building = some_units(told_item.on_hand_change, "on_hand_change")?;
    let adjustment = Adjustment {
        id: required(&told_item.adjustment_id, "adjustment_id")?,
        // Whoever never corrects anything need not count corrections.
        revision: small(told_item.revision.0.unwrap_or(1), "revision")?,
        movement: movement(&told_item.movement_id, "movement_id")?,
        sku: stock_sku(&told_item.sku)?,
        units: changed,
        units_in_building: in_building.unwrap_or_else(|| unsaid(changed, &reason, profile)),
        reason,
        reason_text: told_item.reason_text.trimmed().to_owned(),
        note: told_item.note.trimmed().to_owned(),
        warehouse: told_item.warehouse.trimmed().to_owned(),
        at: moment.at,
        reverses: told(&told_item.reverses),
        reference: told_item.reference.trimmed().to_owned(),
    };
    let goods = goods(&adjustment, in_building);
    let zone = profile.zone_for_naive_times;
    Ok(AdjustmentRecord {
        seq: seq(told_item.seq)?,
        goods: hash(&goods),
        content: hash(&content(&goods, &adjustment, word)),
        adjustment,
        // For display; one that cannot be read does not make the adjustment unreadable.
        published_at: times::read(told_item.published_at.trimmed(), zone).map(|moment| moment.at),
        time_guessed: moment.guessed,
        raw,
    })
}

/// What changed in the building where they do not say (the table of the contract's section
/// 10). What is set apart is still there. A reversal of such a change cannot be known by
/// itself and is read like any other.
fn unsaid(units: i64, reason: &AdjustmentReason, profile: &Profile) -> i64 {
    let stays = match reason {
        AdjustmentReason::Damage => profile.damage_stays_on_hand,
        AdjustmentReason::QuarantineIn | AdjustmentReason::QuarantineOut => true,
        AdjustmentReason::CycleCount
        | AdjustmentReason::PickDiscrepancy
        | AdjustmentReason::Found
        | AdjustmentReason::Lost
        | AdjustmentReason::WriteOff
        | AdjustmentReason::ReturnGood
        | AdjustmentReason::ReturnDamaged
        | AdjustmentReason::Receipt
        | AdjustmentReason::Sample
        | AdjustmentReason::ClientRequest
        | AdjustmentReason::KitBuild
        | AdjustmentReason::KitBreak
        | AdjustmentReason::Expired
        | AdjustmentReason::Reversal
        | AdjustmentReason::Other(_) => false,
    };
    if stays { 0 } else { units }
}

/// The reason behind their word; one that nobody knows is kept as it came.
fn reason(word: &str, profile: &Profile) -> AdjustmentReason {
    let contract = translated(&profile.reason_map, word);
    match contract.to_ascii_uppercase().as_str() {
        "CYCLE_COUNT" => AdjustmentReason::CycleCount,
        "DAMAGE" => AdjustmentReason::Damage,
        "PICK_DISCREPANCY" => AdjustmentReason::PickDiscrepancy,
        "FOUND" => AdjustmentReason::Found,
        "LOST" => AdjustmentReason::Lost,
        "WRITE_OFF" => AdjustmentReason::WriteOff,
        "QUARANTINE_IN" => AdjustmentReason::QuarantineIn,
        "QUARANTINE_OUT" => AdjustmentReason::QuarantineOut,
        "RETURN_GOOD" => AdjustmentReason::ReturnGood,
        "RETURN_DAMAGED" => AdjustmentReason::ReturnDamaged,
        "RECEIPT" => AdjustmentReason::Receipt,
        "SAMPLE" => AdjustmentReason::Sample,
        "CLIENT_REQUEST" => AdjustmentReason::ClientRequest,
        "KIT_BUILD" => AdjustmentReason::KitBuild,
        "KIT_BREAK" => AdjustmentReason::KitBreak,
        "EXPIRED" => AdjustmentReason::Expired,
        "REVERSAL" => AdjustmentReason::Reversal,
        _ => AdjustmentReason::Other(word.to_owned()),
    }
}

/// See [`AdjustmentRecord::goods`].
fn goods(adjustment: &Adjustment, in_building: Option<i64>) -> Value {
    json!([
        adjustment.id,
        adjustment.sku,
        adjustment.units,
        in_building,
        adjustment.movement,
        adjustment.reverses,
    ])
}

/// See [`AdjustmentRecord::content`].
fn content(goods: &Value, adjustment: &Adjustment, reason: &str) -> Value {
    json!([
        goods,
        adjustment.at.timestamp_micros(),
        reason.to_ascii_uppercase(),
        adjustment.reason_text,
        adjustment.note,
        adjustment.warehouse,
        adjustment.reference,
    ])
}

#[cfg(test)]
mod tests;
