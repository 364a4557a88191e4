//! A stock adjustment as the feed tells it (the contract's sections 2.5 and 10), read once and
//! for all, with the two hashes by which a repeated one is told from a changed one. Pure.
//! What is to be made of it is not judged here.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::adjustment::{Adjustment, AdjustmentReason};
use serde_json::{Value, json};
use vendor::BadField;

use crate::despatch::{hash, small};
use crate::feed::Page;
use crate::profile::Profile;
use crate::read::{required, seq, wrong};
use crate::wire::told;
use crate::{read, times, wire};

/// Their words and ours (the contract's section 10).
const REASONS: [(&str, AdjustmentReason); 17] = [
    ("CYCLE_COUNT", AdjustmentReason::CycleCount),
    ("DAMAGE", AdjustmentReason::Damage),
    ("PICK_DISCREPANCY", AdjustmentReason::PickDiscrepancy),
    ("FOUND", AdjustmentReason::Found),
    ("LOST", AdjustmentReason::Lost),
    ("WRITE_OFF", AdjustmentReason::WriteOff),
    ("QUARANTINE_IN", AdjustmentReason::QuarantineIn),
    ("QUARANTINE_OUT", AdjustmentReason::QuarantineOut),
    ("RETURN_GOOD", AdjustmentReason::ReturnGood),
    ("RETURN_DAMAGED", AdjustmentReason::ReturnDamaged),
    ("RECEIPT", AdjustmentReason::Receipt),
    ("SAMPLE", AdjustmentReason::Sample),
    ("CLIENT_REQUEST", AdjustmentReason::ClientRequest),
    ("KIT_BUILD", AdjustmentReason::KitBuild),
    ("KIT_BREAK", AdjustmentReason::KitBreak),
    ("EXPIRED", AdjustmentReason::Expired),
    ("REVERSAL", AdjustmentReason::Reversal),
];

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
    /// The time named no zone and falls into the hour that October repeats or March leaves
    /// out; the earlier reading was taken.
    pub time_guessed: bool,
    /// The item as it came, to be read again by [`read_adjustment`].
    pub raw: Bytes,
    /// SHA-256 of what no revision may change: id, SKU, units, movement, what it takes back.
    pub goods: [u8; 32],
    /// SHA-256 of all that it says, its revision left out.
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
    let zone = profile.zone_for_naive_times;
    let happened = required(&told_item.occurred_at, "occurred_at")?;
    let Some(moment) = times::read(&happened, zone) else {
        let wanted = "expected a date and time";
        return Err(wrong("occurred_at", wanted, &happened));
    };
    let Some(units) = told_item.quantity.0 else {
        return Err(wrong("quantity", "expected a whole number", ""));
    };
    let reason = reason(told_item.reason_code.trimmed());
    let adjustment = Adjustment {
        id: required(&told_item.adjustment_id, "adjustment_id")?,
        // Whoever never corrects anything need not count corrections.
        revision: small(told_item.revision.0.unwrap_or(1), "revision")?,
        movement: read::movement(&told_item.movement_id, "movement_id")?,
        // Blanks around it would name another SKU to whoever compares letters (fault F35).
        sku: required(&told_item.sku, "sku")?,
        units,
        units_in_building: told_item
            .on_hand_change
            .0
            .unwrap_or_else(|| in_building(&reason, units)),
        reason,
        reason_text: told_item.reason_text.trimmed().to_owned(),
        note: told_item.note.trimmed().to_owned(),
        warehouse: told_item.warehouse.trimmed().to_owned(),
        at: moment.at,
        reverses: told(&told_item.reverses),
        reference: told_item.reference.trimmed().to_owned(),
    };
    Ok(AdjustmentRecord {
        seq: seq(told_item.seq)?,
        goods: hash(&goods(&adjustment)),
        content: hash(&content(&adjustment)),
        adjustment,
        // For display; one that cannot be read does not make the adjustment unreadable.
        published_at: times::read(told_item.published_at.trimmed(), zone).map(|moment| moment.at),
        time_guessed: moment.guessed,
        raw,
    })
}

/// A word in no list is a reason too, as it came.
fn reason(word: &str) -> AdjustmentReason {
    let known = REASONS
        .iter()
        .find(|(theirs, _)| theirs.eq_ignore_ascii_case(word));
    known.map_or_else(
        || AdjustmentReason::Other(word.to_owned()),
        |(_, ours)| ours.clone(),
    )
}

/// What left or entered the building where they do not say: what is set apart stays in it
/// (assumed, the contract's `damage_stays_on_hand`).
fn in_building(reason: &AdjustmentReason, units: i64) -> i64 {
    match reason {
        AdjustmentReason::Damage
        | AdjustmentReason::QuarantineIn
        | AdjustmentReason::QuarantineOut => 0,
        _ => units,
    }
}

fn goods(adjustment: &Adjustment) -> Value {
    json!([
        adjustment.id,
        adjustment.sku,
        adjustment.units,
        adjustment.units_in_building,
        adjustment.movement,
        adjustment.reverses,
    ])
}

fn content(adjustment: &Adjustment) -> Value {
    json!([
        goods(adjustment),
        adjustment.reason.code(),
        adjustment.reason_text,
        adjustment.note,
        adjustment.warehouse,
        adjustment.at.timestamp_micros(),
        adjustment.reference,
    ])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::samples::{profile, sample, sample_json};

    fn item() -> Value {
        sample_json("rest/60-adjustments-page1-200.json")["items"][0].clone()
    }

    fn of(item: &Value) -> Result<AdjustmentRecord, BadField> {
        read_adjustment(item.to_string().as_bytes(), &profile())
    }

    fn with(field: &str, value: Value) -> Value {
        let mut item = item();
        item[field] = value;
        item
    }

    #[test]
    fn the_recorded_pages_are_read_whole() {
        let body = sample("rest/60-adjustments-page1-200.json");
        let page = page(&body, None, &profile()).unwrap();
        let read: Vec<(String, i64, i64, AdjustmentReason)> = page
            .items
            .into_iter()
            .map(|item| item.unwrap().adjustment)
            .map(|one| (one.id, one.units, one.units_in_building, one.reason))
            .collect();
        assert_eq!(
            read,
            [
                ("ADJ0000210".into(), -2, 0, AdjustmentReason::Damage),
                (
                    "ADJ0000211".into(),
                    -1,
                    -1,
                    AdjustmentReason::PickDiscrepancy
                ),
                ("ADJ0000212".into(), 3, 3, AdjustmentReason::CycleCount),
                ("ADJ0000213".into(), 1, 1, AdjustmentReason::Found),
            ]
        );
        assert!(page.has_more);
        let body = sample("rest/61-adjustments-page2-200.json");
        let page = super::page(&body, None, &profile()).unwrap();
        let reversal = page.items[0].as_ref().unwrap();
        assert_eq!(reversal.adjustment.reverses.as_deref(), Some("ADJ0000213"));
        let receipt = page.items[1].as_ref().unwrap();
        assert_eq!(receipt.adjustment.reference, "PO-00017");
    }

    #[test]
    fn part_of_a_unit_is_refused_by_name_and_holds_up_nothing_else() {
        assert_eq!(
            of(&with("quantity", json!(2.0))).unwrap().adjustment.units,
            2
        );
        let mut body = sample_json("rest/60-adjustments-page1-200.json");
        body["items"][1]["quantity"] = json!(2.5);
        let page = page(body.to_string().as_bytes(), None, &profile()).unwrap();
        let bad = page.items[1].as_ref().unwrap_err();
        assert_eq!((bad.field.as_str(), bad.seq), ("quantity", Some(502)));
        assert_eq!(page.items.iter().filter(|item| item.is_ok()).count(), 3);
    }

    #[test]
    fn a_reason_in_no_list_is_kept_and_a_missing_change_in_the_building_follows_from_it() {
        let odd = of(&with("reason_code", json!("MICE"))).unwrap().adjustment;
        assert_eq!(odd.reason, AdjustmentReason::Other("MICE".into()));
        for (word, units) in [("DAMAGE", 0), ("LOST", -2)] {
            let mut item = with("reason_code", json!(word));
            item["on_hand_change"] = Value::Null;
            assert_eq!(
                of(&item).unwrap().adjustment.units_in_building,
                units,
                "{word}"
            );
        }
    }

    #[test]
    fn a_correction_of_words_leaves_the_goods_and_a_change_of_units_does_not() {
        let first = of(&item()).unwrap();
        let reworded = of(&with("note", json!("Dropped"))).unwrap();
        assert_eq!(reworded.goods, first.goods);
        assert_ne!(reworded.content, first.content);
        let changed = of(&with("quantity", json!(-3))).unwrap();
        assert_ne!(changed.goods, first.goods);
        let blanks = of(&with("sku", json!(" MUG330WHT "))).unwrap();
        assert_eq!(blanks.goods, first.goods);
    }

    #[test]
    fn one_replayed_with_other_content_is_told_by_its_hashes() {
        let body = sample("faults/adjustment-replayed-and-altered-200.json");
        let page = page(&body, None, &profile()).unwrap();
        assert!(page.items.iter().all(Result::is_ok), "{:?}", page.items);
    }
}
