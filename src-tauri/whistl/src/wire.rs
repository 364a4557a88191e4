//! The contract's JSON, doubts and all, in its own spelling. Private to this crate; what
//! the rest of the program sees is made of it elsewhere.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::de::{Deserialize, Deserializer, Error};
use serde::{Deserialize as DeriveDeserialize, Serialize};
use serde_json::Value;
use vendor::lenient::{Amount, Count, Flag, Text};

/// A whole number of either sign, written as a number (`2`, `2.0`) or as text; null and
/// "" are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Whole(pub(crate) Option<i64>);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Amount(amount) = Amount::deserialize(deserializer)?;
        let Some(amount) = amount else {
            return Ok(Self(None));
        };
        let whole = Some(amount)
            .filter(|a| a.fract().is_zero())
            .as_ref()
            .and_then(Decimal::to_i64);
        match whole {
            Some(whole) => Ok(Self(Some(whole))),
            None => Err(D::Error::custom("expected a whole number")),
        }
    }
}

/// An order as we send it. The order of the fields is that of the contract's example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveDeserialize)]
#[expect(clippy::struct_field_names, reason = "the contract's own names")]
pub(crate) struct Order {
    pub(crate) client_ref: String,
    pub(crate) order_date: String,
    pub(crate) service_code: String,
    pub(crate) warehouse: Option<String>,
    pub(crate) allow_partial: bool,
    pub(crate) required_by: Option<String>,
    pub(crate) delivery: Delivery,
    pub(crate) delivery_note: Option<String>,
    pub(crate) gift_message: Option<String>,
    pub(crate) lines: Vec<OrderLine>,
    pub(crate) customs: Option<Value>,
    pub(crate) source: Source,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveDeserialize)]
pub(crate) struct Delivery {
    pub(crate) name: String,
    pub(crate) company: Option<String>,
    pub(crate) line1: String,
    pub(crate) line2: Option<String>,
    pub(crate) line3: Option<String>,
    pub(crate) town: String,
    pub(crate) county: Option<String>,
    pub(crate) postcode: Option<String>,
    pub(crate) country: String,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveDeserialize)]
pub(crate) struct OrderLine {
    pub(crate) line_no: u64,
    pub(crate) sku: String,
    pub(crate) quantity: u32,
    pub(crate) description: Option<String>,
    pub(crate) unit_value: Option<String>,
    pub(crate) currency: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveDeserialize)]
pub(crate) struct Source {
    pub(crate) system: String,
    pub(crate) document_id: Option<String>,
    pub(crate) channel: Option<String>,
}

/// A cancellation as we send it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Cancel {
    pub(crate) reason_code: &'static str,
    pub(crate) note: Option<String>,
}

/// The reply to a cancellation.
#[derive(Debug, DeriveDeserialize)]
pub(crate) struct CancelReply {
    #[serde(default)]
    pub(crate) outcome: Text,
    pub(crate) order: OrderState,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct OrderState {
    pub(crate) client_ref: Text,
    pub(crate) whistl_ref: Text,
    pub(crate) status: Text,
    pub(crate) order_final: Flag,
    pub(crate) service_code_requested: Text,
    pub(crate) service_code_applied: Text,
    pub(crate) accepted_at: Text,
    pub(crate) updated_at: Text,
    pub(crate) hold: Option<Hold>,
    pub(crate) lines: Option<Vec<LineState>>,
    pub(crate) despatch_ids: Option<Vec<Text>>,
    pub(crate) warnings: Option<Vec<Remark>>,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct LineState {
    pub(crate) line_no: Count,
    pub(crate) sku: Text,
    pub(crate) quantity_ordered: Whole,
    pub(crate) quantity_despatched: Whole,
    pub(crate) quantity_cancelled: Whole,
    pub(crate) quantity_outstanding: Whole,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct Hold {
    pub(crate) code: Text,
    pub(crate) message: Text,
    pub(crate) fixed_by: Text,
    pub(crate) since: Text,
}

/// A warning, or a reason of a refusal.
#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct Remark {
    pub(crate) code: Text,
    pub(crate) field: Text,
    pub(crate) value: Text,
    pub(crate) message: Text,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct OrderEvent {
    pub(crate) seq: Count,
    pub(crate) event_id: Text,
    pub(crate) client_ref: Text,
    pub(crate) whistl_ref: Text,
    pub(crate) from_status: Text,
    pub(crate) to_status: Text,
    pub(crate) occurred_at: Text,
    pub(crate) service_code_applied: Text,
    pub(crate) hold: Option<Hold>,
    pub(crate) rejections: Option<Vec<Remark>>,
}

/// A despatch. What can be worked out from our own order (`quantity_ordered` and the like)
/// is not read.
#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the contract's own names")]
pub(crate) struct Despatch {
    pub(crate) seq: Count,
    pub(crate) despatch_id: Text,
    pub(crate) revision: Count,
    pub(crate) kind: Text,
    pub(crate) voids: Text,
    pub(crate) item_fulfilment_ref: Text,
    pub(crate) client_ref: Text,
    pub(crate) whistl_ref: Text,
    pub(crate) despatched_at: Text,
    pub(crate) published_at: Text,
    pub(crate) order_final: Flag,
    pub(crate) lines: Option<Vec<DespatchLine>>,
    pub(crate) parcels: Option<Vec<Parcel>>,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct DespatchLine {
    pub(crate) sku: Text,
    pub(crate) quantity_despatched: Whole,
    pub(crate) quantity_cancelled: Whole,
    pub(crate) cancel_reason: Text,
    /// See [`crate::read::movement`].
    pub(crate) movement_id: Value,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the contract's own names")]
pub(crate) struct Parcel {
    pub(crate) parcel_no: Count,
    pub(crate) carrier_code: Text,
    pub(crate) carrier_name: Text,
    pub(crate) service_code: Text,
    pub(crate) tracking_numbers: Option<Vec<Text>>,
    pub(crate) tracking_url: Text,
    pub(crate) contents: Option<Vec<ParcelContents>>,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct ParcelContents {
    pub(crate) sku: Text,
    pub(crate) quantity: Whole,
}

/// An adjustment. Where in the building it happened is not read.
#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "the contract's own names")]
pub(crate) struct Adjustment {
    pub(crate) seq: Count,
    pub(crate) adjustment_id: Text,
    pub(crate) revision: Count,
    /// See [`crate::read::movement`].
    pub(crate) movement_id: Value,
    pub(crate) sku: Text,
    pub(crate) quantity: Whole,
    pub(crate) on_hand_change: Whole,
    pub(crate) reason_code: Text,
    pub(crate) reason_text: Text,
    pub(crate) note: Text,
    pub(crate) warehouse: Text,
    pub(crate) occurred_at: Text,
    pub(crate) published_at: Text,
    pub(crate) reverses: Text,
    pub(crate) reference: Text,
}

/// What a snapshot says of itself.
#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct SnapshotHead {
    pub(crate) snapshot_id: Text,
    pub(crate) warehouse: Text,
    pub(crate) as_of: Text,
    /// See [`crate::read::movement`].
    pub(crate) last_movement_id: Value,
    pub(crate) item_count: Count,
    pub(crate) expires_at: Text,
    pub(crate) feed_epoch: Text,
    pub(crate) complete: Flag,
}

/// A page of a snapshot's rows. Here too the list must be there, though it may be null.
#[derive(Debug, DeriveDeserialize)]
pub(crate) struct SnapshotPage {
    #[serde(default)]
    pub(crate) snapshot_id: Text,
    #[serde(deserialize_with = "present")]
    pub(crate) items: Option<Vec<Value>>,
    #[serde(default)]
    pub(crate) next_cursor: Text,
    #[serde(default)]
    pub(crate) has_more: Flag,
}

/// A row. What is available follows from the others and is not read.
#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct SnapshotRow {
    pub(crate) sku: Text,
    pub(crate) on_hand: Whole,
    pub(crate) allocated: Whole,
    pub(crate) quarantined: Whole,
    /// See [`crate::read::movement`].
    pub(crate) last_movement_id: Value,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct Item {
    pub(crate) seq: Count,
    pub(crate) sku: Text,
    pub(crate) barcodes: Option<Vec<Text>>,
    pub(crate) description: Text,
    pub(crate) active: Flag,
}

/// A page of a feed. The list must be there, though it may be null: a page of something
/// else must not pass for an empty one.
#[derive(Debug, DeriveDeserialize)]
pub(crate) struct Page {
    #[serde(default)]
    pub(crate) feed: Text,
    #[serde(default)]
    pub(crate) feed_epoch: Text,
    #[serde(deserialize_with = "present")]
    pub(crate) items: Option<Vec<Value>>,
    #[serde(default)]
    pub(crate) next_cursor: Text,
    #[serde(default)]
    pub(crate) has_more: Flag,
}

#[derive(Debug, DeriveDeserialize)]
pub(crate) struct Services {
    #[serde(deserialize_with = "present")]
    pub(crate) services: Option<Vec<Value>>,
    #[serde(default)]
    pub(crate) unknown_service_policy: Text,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct Service {
    pub(crate) code: Text,
    pub(crate) name: Text,
    pub(crate) carrier_code: Text,
    pub(crate) countries: Option<Vec<Text>>,
    pub(crate) active: Flag,
    pub(crate) is_default: Flag,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct Ping {
    pub(crate) environment: Text,
    pub(crate) client_code: Text,
    pub(crate) server_time: Text,
    pub(crate) feed_epoch: Text,
    pub(crate) capabilities: Option<Capabilities>,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct Capabilities {
    pub(crate) cancel: Flag,
    pub(crate) order_events: Flag,
    pub(crate) item_list: Flag,
    pub(crate) item_create: Flag,
    pub(crate) service_list: Flag,
    pub(crate) snapshot_request: Flag,
}

/// The error body. Only the code is needed to believe it; the rest is read as far as it
/// can be, so that an odd detail does not hide a plain refusal.
#[derive(Debug, DeriveDeserialize)]
pub(crate) struct ErrorBody {
    pub(crate) error: ErrorDetail,
}

#[derive(Debug, DeriveDeserialize)]
pub(crate) struct ErrorDetail {
    pub(crate) code: Text,
    #[serde(default)]
    pub(crate) message: Value,
    #[serde(default)]
    pub(crate) first_only: Value,
    #[serde(default)]
    pub(crate) rejections: Value,
    #[serde(default)]
    pub(crate) existing: Value,
    #[serde(default)]
    pub(crate) oldest_cursor: Value,
    #[serde(default)]
    pub(crate) retry_after_s: Value,
}

#[derive(Debug, Default, DeriveDeserialize)]
#[serde(default)]
pub(crate) struct Existing {
    pub(crate) whistl_ref: Text,
    pub(crate) status: Text,
    pub(crate) differs: Option<Vec<Text>>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Value>>, D::Error> {
    Option::deserialize(deserializer)
}

/// The text, or `None` when blank.
pub(crate) fn told(text: &Text) -> Option<String> {
    Some(text.trimmed())
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
}
