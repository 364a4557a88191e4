//! Cin7's JSON as it comes, doubts and all, in Cin7's own spelling. Private to this
//! crate. Unknown fields are ignored; null, nothing and "" are alike.

mod stock;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use vendor::lenient::{Amount, Count, Day, Flag, Moment, Text};

pub(crate) use stock::{
    Adjustment, AdjustmentLine, Availability, Transaction, Transfer, WriteOff, WriteOffLine,
};

/// A row of `saleList`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Listing {
    #[serde(rename = "SaleID")]
    pub(crate) sale_id: Text,
    pub(crate) order_number: Text,
    pub(crate) order_status: Text,
    pub(crate) combined_picking_status: Text,
    pub(crate) combined_packing_status: Text,
    pub(crate) combined_shipping_status: Text,
    pub(crate) combined_payment_status: Text,
    #[serde(rename = "Type")]
    pub(crate) kind: Text,
    #[serde(rename = "OrderLocationID")]
    pub(crate) order_location_id: Text,
    pub(crate) updated: Moment,
    pub(crate) ship_by: Day,
    pub(crate) source_channel: Text,
    pub(crate) customer_reference: Text,
    pub(crate) customer: Text,
}

/// `GET sale`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Detail {
    #[serde(rename = "ID")]
    pub(crate) id: Text,
    pub(crate) customer: Text,
    #[serde(rename = "CustomerID")]
    pub(crate) customer_id: Text,
    pub(crate) contact: Text,
    pub(crate) phone: Text,
    pub(crate) email: Text,
    pub(crate) shipping_address: Option<ShippingAddress>,
    pub(crate) shipping_notes: Text,
    pub(crate) base_currency: Text,
    pub(crate) customer_currency: Text,
    pub(crate) ship_by: Day,
    pub(crate) location: Text,
    pub(crate) sale_order_date: Day,
    pub(crate) last_modified_on: Moment,
    pub(crate) customer_reference: Text,
    pub(crate) combined_picking_status: Text,
    pub(crate) combined_packing_status: Text,
    pub(crate) combined_shipping_status: Text,
    pub(crate) combined_payment_status: Text,
    pub(crate) carrier: Text,
    #[serde(rename = "Type")]
    pub(crate) kind: Text,
    pub(crate) source_channel: Text,
    pub(crate) order: Option<Order>,
    pub(crate) additional_attributes: Option<BTreeMap<String, Text>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct ShippingAddress {
    #[serde(rename = "DisplayAddressLine1")]
    pub(crate) display_1: Text,
    #[serde(rename = "DisplayAddressLine2")]
    pub(crate) display_2: Text,
    #[serde(rename = "Line1")]
    pub(crate) line_1: Text,
    #[serde(rename = "Line2")]
    pub(crate) line_2: Text,
    pub(crate) city: Text,
    pub(crate) state: Text,
    pub(crate) postcode: Text,
    pub(crate) country: Text,
    pub(crate) company: Text,
    pub(crate) contact: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Order {
    pub(crate) sale_order_number: Text,
    pub(crate) status: Text,
    pub(crate) lines: Option<Vec<OrderLine>>,
    pub(crate) additional_charges: Option<Vec<Charge>>,
    pub(crate) total: Amount,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct OrderLine {
    #[serde(rename = "ProductID")]
    pub(crate) product_id: Text,
    #[serde(rename = "SKU")]
    pub(crate) sku: Text,
    pub(crate) name: Text,
    pub(crate) quantity: Amount,
    pub(crate) price: Amount,
    pub(crate) drop_ship: Flag,
    pub(crate) backorder_quantity: Amount,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Charge {
    pub(crate) description: Text,
}

/// A row of `product`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Product {
    #[serde(rename = "ID")]
    pub(crate) id: Text,
    #[serde(rename = "SKU")]
    pub(crate) sku: Text,
    pub(crate) name: Text,
    #[serde(rename = "Type")]
    pub(crate) kind: Text,
    pub(crate) status: Text,
    pub(crate) barcode: Text,
    pub(crate) average_cost: Amount,
    pub(crate) price_tier1: Amount,
    pub(crate) auto_assembly: Flag,
    pub(crate) costing_method: Text,
    pub(crate) last_modified_on: Moment,
}

/// A row of `ref/location`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Location {
    #[serde(rename = "ID")]
    pub(crate) id: Text,
    pub(crate) name: Text,
    pub(crate) is_deprecated: Flag,
    pub(crate) bins: Option<Vec<Value>>,
    /// Set on a bin, which comes as a row of its own too (observed).
    #[serde(rename = "ParentID")]
    pub(crate) parent_id: Text,
}

/// A row of `ref/carrier`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Carrier {
    #[serde(rename = "CarrierID")]
    pub(crate) carrier_id: Text,
    pub(crate) description: Text,
}

/// A row of `customer`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Customer {
    #[serde(rename = "ID")]
    pub(crate) id: Text,
    pub(crate) contacts: Option<Vec<Contact>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Contact {
    pub(crate) name: Text,
    pub(crate) phone: Text,
    pub(crate) mobile_phone: Text,
    pub(crate) default: Flag,
}

/// `me`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Me {
    pub(crate) company: Text,
    pub(crate) currency: Text,
    pub(crate) time_zone: Text,
    pub(crate) lock_date: Text,
}

/// The frame of every list.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Frame {
    pub(crate) total: Count,
    pub(crate) page: Count,
}

/// One fulfilment task.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Task {
    #[serde(rename = "TaskID")]
    pub(crate) id: Text,
    pub(crate) pick: Option<StageBody>,
    pub(crate) pack: Option<StageBody>,
    pub(crate) ship: Option<StageBody>,
}

/// A stage of a task, or the answer to writing one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct StageBody {
    /// In the answer to a write alone.
    #[serde(rename = "TaskID")]
    pub(crate) task_id: Text,
    pub(crate) status: Text,
    pub(crate) lines: Option<Vec<StageLine>>,
}

/// A line of any stage: those of a shipment carry no goods, the others no carrier.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct StageLine {
    #[serde(rename = "ProductID")]
    pub(crate) product_id: Text,
    #[serde(rename = "SKU")]
    pub(crate) sku: Text,
    pub(crate) quantity: Amount,
    #[serde(rename = "Box")]
    pub(crate) box_name: Text,
    pub(crate) boxes: Text,
    pub(crate) carrier: Text,
    pub(crate) tracking_number: Text,
    pub(crate) shipment_date: Text,
    pub(crate) is_shipped: Flag,
}
