//! Changes of stock that belong to no order (contract, sections 2.5 and 10): counts, damages,
//! finds, goods in, returns, and what takes one back. Made from the control side; told by a
//! feed of their own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Warehouse;
use super::despatch::{Published, publish};
use super::feed_log::FeedLog;
use super::times::{london, zulu};
use crate::http::Misuse;

/// Members of what is asked for from the control side.
const FIELDS: [&str; 6] = [
    "sku",
    "quantity",
    "reason_code",
    "reverses",
    "note",
    "reference",
];

/// One adjustment as it happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Adjustment {
    id: String,
    movement_id: u64,
    sku: String,
    quantity: i64,
    on_hand_change: i64,
    reason_code: String,
    note: Option<String>,
    reverses: Option<String>,
    reference: Option<String>,
    at: DateTime<Utc>,
}

impl Adjustment {
    fn listing(&self, warehouse: &str) -> Value {
        json!({
            "adjustment_id": self.id,
            "revision": 1,
            "movement_id": self.movement_id,
            "sku": self.sku,
            "quantity": self.quantity,
            "on_hand_change": self.on_hand_change,
            "reason_code": self.reason_code,
            "reason_text": in_words(&self.reason_code),
            "note": self.note,
            "warehouse": warehouse,
            "location_type": "PICK",
            "occurred_at": london(self.at),
            "published_at": zulu(self.at),
            "reverses": self.reverses,
            "reference": self.reference,
        })
    }

    fn truth(&self) -> Value {
        json!({
            "adjustment_id": self.id,
            "sku": self.sku,
            "quantity": self.quantity.to_string(),
            "on_hand_change": self.on_hand_change.to_string(),
            "reason_code": self.reason_code,
            "reverses": self.reverses,
            "movement_id": self.movement_id,
            "occurred_at": zulu(self.at),
        })
    }
}

/// Every adjustment there was, the feed that tells of them, and what nobody was told of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct AdjustmentBook {
    all: Vec<Adjustment>,
    pub(super) feed: FeedLog<Published>,
    losses: Vec<(String, i64)>,
}

impl AdjustmentBook {
    pub(super) fn truth(&self) -> Vec<Value> {
        self.all.iter().map(Adjustment::truth).collect()
    }

    /// Units that went without a word.
    pub(super) fn losses(&self) -> Vec<Value> {
        let losses = self.losses.iter();
        losses
            .map(|(sku, units)| json!({ "sku": sku, "quantity": units.to_string() }))
            .collect()
    }
}

impl Warehouse {
    /// Changes stock and tells of it: `{"sku","quantity","reason_code"}`, and any of
    /// `reverses`, `note`, `reference`. Answers the item as the feed gives it.
    pub fn adjust(&mut self, change: &Value, now: DateTime<Utc>) -> Result<Value, Misuse> {
        let members = change
            .as_object()
            .ok_or_else(|| Misuse::bad("whistl/adjust: the body must be a JSON object"))?;
        if let Some(unknown) = members.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            return Err(Misuse::bad(format!(
                "whistl/adjust: {unknown} is unknown; there are {}",
                FIELDS.join(", ")
            )));
        }
        let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
        let sku = text("sku").ok_or_else(|| Misuse::bad("whistl/adjust: sku is missing"))?;
        let given = members.get("quantity").unwrap_or(&Value::Null);
        let quantity = given
            .as_i64()
            .or_else(|| given.as_str()?.parse().ok())
            .ok_or_else(|| {
                Misuse::bad(format!(
                    "whistl/adjust: quantity {given} is no whole number of units"
                ))
            })?;
        let reverses = text("reverses").filter(|id| !id.is_empty());
        let reason_code = text("reason_code")
            .or_else(|| reverses.as_ref().map(|_| "REVERSAL".to_owned()))
            .unwrap_or_else(|| "CYCLE_COUNT".to_owned());
        let on_hand_change = match (&reverses, reason_code.as_str()) {
            (Some(id), _) => self
                .adjustments
                .all
                .iter()
                .find(|one| one.id == *id)
                .map_or(quantity, |one| -one.on_hand_change),
            (None, "DAMAGE" | "QUARANTINE_IN" | "QUARANTINE_OUT") => 0,
            (None, _) => quantity,
        };
        self.expect_item(&sku)?;
        let movement_id = self.next_movement(&sku);
        if let Some(item) = self.items.get_mut(&sku) {
            item.on_hand += on_hand_change;
            // Good stock is what is on hand and not set apart.
            item.quarantined += on_hand_change - quantity;
        }
        let id = format!("ADJ{:07}", self.adjustments.feed.next_id());
        let adjustment = Adjustment {
            id: id.clone(),
            movement_id,
            sku: sku.clone(),
            quantity,
            on_hand_change,
            reason_code,
            note: text("note"),
            reverses,
            reference: text("reference"),
            at: now,
        };
        let item = adjustment.listing(&self.site);
        self.adjustments.all.push(adjustment);
        publish(
            &mut self.adjustments.feed,
            item.clone(),
            vec![id, sku],
            true,
            now,
        );
        Ok(item)
    }

    /// Publishes any item on the feed of adjustments as it stands.
    pub fn publish_adjustment(&mut self, item: &Value, now: DateTime<Utc>) -> Value {
        let named = ["adjustment_id", "sku"];
        let texts = named.iter().filter_map(|name| item.get(name)?.as_str());
        let subjects = texts.map(str::to_owned).collect();
        let seq = publish(
            &mut self.adjustments.feed,
            item.clone(),
            subjects,
            false,
            now,
        );
        json!({ "seq": seq })
    }

    /// Units go, and nobody is told.
    pub fn lose(&mut self, sku: &str, units: i64) -> Result<Value, Misuse> {
        self.expect_item(sku)?;
        self.next_movement(sku);
        if let Some(item) = self.items.get_mut(sku) {
            item.on_hand -= units;
        }
        self.adjustments.losses.push((sku.to_owned(), units));
        Ok(json!({ "sku": sku, "quantity": units }))
    }

    fn expect_item(&self, sku: &str) -> Result<(), Misuse> {
        if self.items.get(sku).is_some() {
            return Ok(());
        }
        let near: Vec<&str> = self
            .items
            .all()
            .map(|item| item.sku.as_str())
            .filter(|known| known.eq_ignore_ascii_case(sku))
            .collect();
        Err(Misuse::unknown(format!(
            "the warehouse has no item {sku}; {}",
            if near.is_empty() {
                "put it on file with POST whistl/items".to_owned()
            } else {
                format!("it spells it {}", near.join(" or "))
            }
        )))
    }

    /// The number of the next movement, which is of that SKU.
    pub(super) fn next_movement(&mut self, sku: &str) -> u64 {
        self.last_movement = self.last_movement.max(super::leaving::MOVEMENTS_FROM) + 1;
        if let Some(item) = self.items.get_mut(sku) {
            item.last_movement = self.last_movement;
        }
        self.last_movement
    }
}

fn in_words(code: &str) -> String {
    let lower = code.to_lowercase().replace('_', " ");
    let mut letters = lower.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
