//! The bodies of adjustments and write-offs. Which of the two a change becomes, and when it is
//! completed, is not decided here.

use bytes::Bytes;
use chrono::NaiveDate;
use domain::ProductId;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Number, Value, json};

use crate::record::LocationRef;

/// Cin7 takes at most this much of a line's comments (documented), characters.
const COMMENTS_MAX: usize = 256;
/// Cin7 takes at most that many decimal places (documented).
const PLACES: u32 = 4;

/// What a stock adjustment shall say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentPlan {
    /// The day its journals bear: after the day to which the books are closed, or it is refused
    /// (documented). Stock moves when it is completed, whatever the day.
    pub effective: NaiveDate,
    /// Our key, by which a draft is found again.
    pub reference: String,
    /// Code of the expense account; without one the account's own default is taken (observed).
    pub account: Option<String>,
    /// Where.
    pub location: LocationRef,
    /// The levels; one line for each product and batch.
    pub lines: Vec<LevelToSet>,
}

/// The level of one product as it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelToSet {
    /// Cin7's product.
    pub product: ProductId,
    /// Its SKU as Cin7 spells it.
    pub sku: String,
    /// Units on hand afterwards: the whole level, never the change (documented).
    pub level: Decimal,
    /// What one is worth, by the product's average cost: the value booked of an increase.
    pub unit_cost: Decimal,
    /// The batch, for products that have any.
    pub batch: Option<Batch>,
    /// What to note on the line; cut at 256 characters.
    pub comments: String,
}

/// What a write-off shall say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOffPlan {
    /// The day its journals bear.
    pub effective: NaiveDate,
    /// Our key, which stands first in the notes since they can be searched (documented).
    pub reference: String,
    /// What else to note; may be "".
    pub note: String,
    /// Code of the expense account, which must be given here (documented).
    pub account: String,
    /// Where.
    pub location: LocationRef,
    /// What is removed.
    pub lines: Vec<UnitsToRemove>,
}

/// Units of one product that are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsToRemove {
    /// Cin7's product.
    pub product: ProductId,
    /// Its SKU as Cin7 spells it.
    pub sku: String,
    /// How many: the change, never the level (documented).
    pub quantity: Decimal,
    /// The batch, for products that have any.
    pub batch: Option<Batch>,
}

/// A batch, or a serial number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub number: String,
    /// The day it expires, as Cin7 has it.
    pub expires: Option<NaiveDate>,
}

/// Drafts that adjustment: harmless, and found again by its reference.
pub fn compose_adjustment_draft(plan: &AdjustmentPlan) -> Bytes {
    adjustment(Map::new(), plan, "DRAFT")
}

/// Completes the draft of that task, with the same lines or with corrected ones.
pub fn compose_adjustment_completion(task: &str, plan: &AdjustmentPlan) -> Bytes {
    adjustment(of_task(task), plan, "COMPLETED")
}

fn adjustment(mut body: Map<String, Value>, plan: &AdjustmentPlan, status: &str) -> Bytes {
    body.insert("EffectiveDate".into(), midnight(plan.effective));
    body.insert("Status".into(), status.into());
    if let Some(account) = &plan.account {
        body.insert("Account".into(), account.as_str().into());
    }
    body.insert("Reference".into(), plan.reference.as_str().into());
    // Left out, the levels would be what is available, not what is on hand (documented).
    body.insert("UpdateOnHand".into(), true.into());
    let lines = plan.lines.iter().map(|line| {
        json!({
            "ProductID": line.product.as_str(),
            "SKU": line.sku,
            "Quantity": number(line.level),
            "UnitCost": number(line.unit_cost),
            "LocationID": plan.location.id,
            "Location": plan.location.name,
            "BatchSN": batch_number(line.batch.as_ref()),
            "ExpiryDate": expiry(line.batch.as_ref()),
            "ReceivedDate": midnight(plan.effective),
            "Comments": line.comments.chars().take(COMMENTS_MAX).collect::<String>(),
        })
    });
    body.insert("Lines".into(), lines.collect());
    Bytes::from(Value::Object(body).to_string())
}

/// Drafts that write-off.
pub fn compose_write_off_draft(plan: &WriteOffPlan) -> Bytes {
    write_off(Map::new(), plan, "DRAFT")
}

/// Completes the draft of that task.
pub fn compose_write_off_completion(task: &str, plan: &WriteOffPlan) -> Bytes {
    write_off(of_task(task), plan, "COMPLETED")
}

fn write_off(mut body: Map<String, Value>, plan: &WriteOffPlan, status: &str) -> Bytes {
    let notes = format!("{} {}", plan.reference, plan.note);
    body.insert("Status".into(), status.into());
    body.insert("LocationID".into(), plan.location.id.as_str().into());
    body.insert("Location".into(), plan.location.name.as_str().into());
    body.insert("Account".into(), plan.account.as_str().into());
    body.insert("EffectiveDate".into(), midnight(plan.effective));
    body.insert("Notes".into(), notes.trim().into());
    let lines = plan.lines.iter().map(|line| {
        // Another name than in an adjustment (documented).
        let mut fields = Map::new();
        fields.insert("ProductID".into(), line.product.as_str().into());
        fields.insert("ProductCode".into(), line.sku.as_str().into());
        fields.insert("Quantity".into(), number(line.quantity));
        if line.batch.is_some() {
            let batch = line.batch.as_ref();
            fields.insert("BatchSN".into(), batch_number(batch));
            fields.insert("ExpiryDate".into(), expiry(batch));
        }
        Value::Object(fields)
    });
    body.insert("Lines".into(), lines.collect());
    Bytes::from(Value::Object(body).to_string())
}

fn of_task(task: &str) -> Map<String, Value> {
    Map::from_iter([("TaskID".to_owned(), task.into())])
}

fn midnight(day: NaiveDate) -> Value {
    format!("{day}T00:00:00").into()
}

fn batch_number(batch: Option<&Batch>) -> Value {
    batch.map(|batch| batch.number.as_str()).into()
}

fn expiry(batch: Option<&Batch>) -> Value {
    batch
        .and_then(|batch| batch.expires)
        .map_or(Value::Null, midnight)
}

/// A number to the digit, never through a float.
fn number(amount: Decimal) -> Value {
    let text = amount
        .round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
        .to_string();
    text.parse::<Number>()
        .map_or_else(|_| Value::String(text), Value::Number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_amount_is_written_to_the_digit_with_four_places_at_most(
            digits in any::<i64>(), places in 0_u32..10,
        ) {
            let amount = Decimal::new(digits, places);
            let written = number(amount);
            prop_assert!(written.is_number());
            let back: Decimal = written.to_string().parse().unwrap();
            prop_assert!(back.scale() <= 4);
            prop_assert!((back - amount).abs() <= Decimal::new(5, 5));
        }
    }
}
