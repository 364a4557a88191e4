//! What the warehouse knows of each SKU and how many it has. An item is published
//! again under a new number each time it changes; only the latest is kept, as the
//! contract's section 5.3 asks. Stock figures are whole units.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::times::london;
use crate::http::Misuse;

/// Units on hand for an item that the control side creates without saying.
const USUAL_ON_HAND: i64 = 100;

/// One item with its stock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) seq: u64,
    pub(super) sku: String,
    pub(super) barcodes: Vec<String>,
    pub(super) description: String,
    pub(super) active: bool,
    pub(super) updated_at: DateTime<Utc>,
    /// Units in the building, good or not.
    pub(super) on_hand: i64,
    /// Units set apart as damaged.
    pub(super) quarantined: i64,
    /// Units promised to live orders; may exceed what is on hand.
    pub(super) allocated: i64,
    /// The last movement of it; 0 before the first.
    #[serde(default)]
    pub(super) last_movement: u64,
    /// Units it was set up with or brought without a movement: where the sum of all
    /// movements begins.
    #[serde(default)]
    pub(super) opening: i64,
}

impl Item {
    /// The item as the feed and the look-up give it.
    pub(super) fn listing(&self) -> Value {
        json!({
            "seq": self.seq,
            "sku": self.sku,
            "barcodes": self.barcodes,
            "description": self.description,
            "active": self.active,
            "updated_at": london(self.updated_at),
        })
    }

    /// Units free to promise.
    pub(super) fn available(&self) -> i64 {
        self.on_hand - self.quarantined - self.allocated
    }
}

/// All items on file, by SKU exactly as spelt.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ItemBook {
    items: BTreeMap<String, Item>,
    last_seq: u64,
}

impl ItemBook {
    /// The item of exactly that SKU.
    pub(super) fn get(&self, sku: &str) -> Option<&Item> {
        self.items.get(sku)
    }

    /// The item of exactly that SKU, to change its stock.
    pub(super) fn get_mut(&mut self, sku: &str) -> Option<&mut Item> {
        self.items.get_mut(sku)
    }

    /// All items in the order of their SKUs.
    pub(super) fn all(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// The highest number given so far.
    pub(super) fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// Items published after a number, oldest first, at most `limit` of them, and
    /// whether more follow.
    pub(super) fn after(
        &self,
        seq: u64,
        since: Option<DateTime<Utc>>,
        limit: usize,
    ) -> (Vec<&Item>, bool) {
        let mut rows: Vec<&Item> = self
            .items
            .values()
            .filter(|item| item.seq > seq && since.is_none_or(|since| item.updated_at >= since))
            .collect();
        rows.sort_unstable_by_key(|item| item.seq);
        let more = rows.len() > limit;
        rows.truncate(limit);
        (rows, more)
    }

    /// Puts an item on file, or replaces its description; stock is set as given.
    pub(super) fn put(
        &mut self,
        sku: &str,
        active: bool,
        description: &str,
        barcodes: Vec<String>,
        on_hand: i64,
        now: DateTime<Utc>,
    ) {
        self.last_seq += 1;
        let old = self.items.get(sku);
        let item = Item {
            seq: self.last_seq,
            sku: sku.into(),
            barcodes,
            description: description.into(),
            active,
            updated_at: now,
            on_hand,
            quarantined: old.map_or(0, |old| old.quarantined),
            allocated: old.map_or(0, |old| old.allocated),
            last_movement: old.map_or(0, |old| old.last_movement),
            opening: old.map_or(on_hand, |old| old.opening + on_hand - old.on_hand),
        };
        self.items.insert(sku.into(), item);
    }

    /// Publishes items again, unchanged, under new numbers.
    pub(super) fn publish_again(&mut self, skus: &[String]) {
        for sku in skus {
            if let Some(item) = self.items.get_mut(sku) {
                self.last_seq += 1;
                item.seq = self.last_seq;
            }
        }
    }

    /// Creates or changes an item from the control side. Members: `sku`, `active`,
    /// `description`, `barcodes`, `on_hand`; all but `sku` may be left out.
    pub(super) fn set(&mut self, change: &Value, now: DateTime<Utc>) -> Result<Value, Misuse> {
        let draft: ItemChange = serde_json::from_value(change.clone())
            .map_err(|fault| Misuse::bad(format!("whistl/items: {fault}")))?;
        let sku = draft.sku.trim();
        if sku.is_empty() || sku.chars().any(char::is_control) {
            return Err(Misuse::bad("sku: expected the item's code"));
        }
        let old = self.items.get(sku).cloned();
        let active = draft
            .active
            .or(old.as_ref().map(|o| o.active))
            .unwrap_or(true);
        let description = draft
            .description
            .or(old.as_ref().map(|o| o.description.clone()))
            .unwrap_or_else(|| sku.to_owned());
        let barcodes = draft
            .barcodes
            .or(old.as_ref().map(|o| o.barcodes.clone()))
            .unwrap_or_default();
        let on_hand = draft
            .on_hand
            .or(old.map(|o| o.on_hand))
            .unwrap_or(USUAL_ON_HAND);
        self.put(sku, active, &description, barcodes, on_hand, now);
        Ok(self.items.get(sku).map_or(Value::Null, |item| {
            let mut listing = item.listing();
            if let Some(members) = listing.as_object_mut() {
                members.insert("on_hand".into(), json!(item.on_hand.to_string()));
            }
            listing
        }))
    }
}

/// What the control side may say of an item.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemChange {
    sku: String,
    active: Option<bool>,
    description: Option<String>,
    barcodes: Option<Vec<String>>,
    on_hand: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-10-23T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_change_is_published_again_and_a_full_read_still_gives_each_item_once() {
        let mut book = ItemBook::default();
        book.put("TEE", true, "Tee", vec![], 5, noon());
        book.put("MUG", true, "Mug", vec![], 5, noon());
        book.set(&json!({"sku": "TEE", "active": false}), noon())
            .unwrap();
        let (rows, more) = book.after(0, None, 10);
        let seen: Vec<_> = rows
            .iter()
            .map(|item| (item.sku.as_str(), item.seq))
            .collect();
        assert_eq!(seen, [("MUG", 2), ("TEE", 3)]);
        assert!(!more);
        let tee = book.get("TEE").unwrap();
        assert!(!tee.active && tee.description == "Tee" && tee.on_hand == 5);
    }

    #[test]
    fn a_new_item_has_a_hundred_units_unless_told() {
        let mut book = ItemBook::default();
        book.set(&json!({"sku": "CUP"}), noon()).unwrap();
        book.set(&json!({"sku": "JUG", "on_hand": 3}), noon())
            .unwrap();
        assert_eq!(book.get("CUP").unwrap().on_hand, 100);
        assert_eq!(book.get("JUG").unwrap().on_hand, 3);
    }

    #[test]
    fn an_unknown_member_is_named() {
        let misuse = ItemBook::default()
            .set(&json!({"sku": "CUP", "colour": "red"}), noon())
            .unwrap_err();
        assert!(misuse.message.contains("colour"), "{}", misuse.message);
    }
}
