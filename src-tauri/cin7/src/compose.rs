//! The messages that tell Cin7 of a despatch or of a change of stock, byte for byte as they will be sent. Pure, so
//! that they can be committed before the call.

mod stock;

use bytes::Bytes;
use chrono::NaiveDate;
use domain::despatch::{Contents, PackedBox, Plan};
use serde_json::{Map, Value, json};
use vendor::BadField;
use vendor::json;

use crate::map::DETAILED;
use crate::record::{BadRecord, LocationRef};

pub use stock::{
    AdjustmentPlan, Batch, LevelToSet, UnitsToRemove, WriteOffPlan, compose_adjustment_completion,
    compose_adjustment_draft, compose_write_off_completion, compose_write_off_draft,
};

/// Longest list of box names put on one line of a shipment, characters. Documented for one
/// box's name and for a tracking number; assumed here.
const BOXES_MAX: usize = 256;

/// What Cin7 makes of an address to show it: its own, and not to be given back.
const SHOWN_ONLY: &str = "Display";

/// What was picked, straight to authorised: one call a stage works (observed).
pub fn compose_pick(task: &str, plan: &Plan, location: &LocationRef) -> Bytes {
    let lines = plan.picked.iter().map(|one| line(one, location, None));
    stage(task, &lines.collect::<Vec<_>>())
}

/// What lies in which box.
pub fn compose_pack(task: &str, plan: &Plan, location: &LocationRef) -> Bytes {
    let packed = |one: &PackedBox| -> Vec<Value> {
        one.contents
            .iter()
            .map(|contents| line(contents, location, Some(&one.name)))
            .collect()
    };
    stage(
        task,
        &plan.boxes.iter().flat_map(packed).collect::<Vec<_>>(),
    )
}

fn line(one: &Contents, location: &LocationRef, in_box: Option<&str>) -> Value {
    let mut line = json!({
        "ProductID": one.product.as_str(),
        "SKU": one.sku,
        "Location": location.name,
        "LocationID": location.id,
        "Quantity": one.units,
    });
    if let (Some(name), Some(fields)) = (in_box, line.as_object_mut()) {
        fields.insert("Box".into(), name.into());
    }
    line
}

fn stage(task: &str, lines: &[Value]) -> Bytes {
    let body = json!({ "TaskID": task, "Status": "AUTHORISED", "Lines": lines });
    Bytes::from(body.to_string())
}

/// Which box went by which carrier, on that day in the account's zone; boxes that travel under
/// the same number share a line. `sale_body` is Cin7's own detail of the sale: its required-by
/// date, address and notes are given back as they were read, since what is left out would be
/// cleared (documented). `adds_tracking` corrects a shipment that is authorised already.
///
/// # Errors
/// When the detail is no sale, or holds what cannot be given back.
pub fn compose_ship(
    task: &str,
    boxes: &[PackedBox],
    day: NaiveDate,
    sale_body: &[u8],
    adds_tracking: bool,
) -> Result<Bytes, BadRecord> {
    let sale = json::value(sale_body).map_err(|field| DETAILED.bad(&Value::Null, field))?;
    let bad = |field| DETAILED.bad(&sale, field);
    let lines: Vec<Value> = ship_lines(boxes)
        .iter()
        .map(|line| {
            json!({
                "ShipmentDate": format!("{day}T00:00:00"),
                "Carrier": line.carrier,
                "Box": line.boxes,
                "TrackingNumber": line.tracking,
                "IsShipped": true,
            })
        })
        .collect();
    let mut body = Map::new();
    body.insert("TaskID".into(), task.into());
    body.insert("Status".into(), "AUTHORISED".into());
    if adds_tracking {
        body.insert("AddTrackingNumbers".into(), true.into());
    }
    body.insert("RequireBy".into(), required_by(&sale, task));
    if let Some(address) = address(&sale).map_err(bad)? {
        body.insert("ShippingAddress".into(), address);
    }
    let notes = sale.get("ShippingNotes").cloned().unwrap_or_default();
    body.insert("ShippingNotes".into(), notes);
    body.insert("Lines".into(), lines.into());
    Ok(Bytes::from(Value::Object(body).to_string()))
}

/// One line of a shipment.
struct ShipLine<'a> {
    carrier: &'a str,
    tracking: &'a str,
    boxes: String,
}

/// Boxes of one consignment stand on one line, joined by commas, as far as it reaches. A box
/// with a comma in its name stands alone, since it could not be told from several.
fn ship_lines(boxes: &[PackedBox]) -> Vec<ShipLine<'_>> {
    let mut lines: Vec<ShipLine<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for one in boxes {
        let alone = one.tracking.is_empty() || one.name.contains(',');
        let companion = open.iter().find(|at| {
            let line = &lines[**at];
            !alone
                && line.tracking == one.tracking
                && line.carrier == one.carrier
                && line.boxes.chars().count() + 1 + one.name.chars().count() <= BOXES_MAX
        });
        if let Some(at) = companion {
            let names = &mut lines[*at].boxes;
            names.push(',');
            names.push_str(&one.name);
            continue;
        }
        if !alone {
            open.push(lines.len());
        }
        lines.push(ShipLine {
            carrier: &one.carrier,
            tracking: &one.tracking,
            boxes: one.name.clone(),
        });
    }
    lines
}

/// The sale's address as far as it can be written; `None` where there is none to give back.
fn address(sale: &Value) -> Result<Option<Value>, BadField> {
    match sale.get("ShippingAddress") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(fields)) => {
            let mut fields = fields.clone();
            fields.retain(|name, _| !name.starts_with(SHOWN_ONLY));
            Ok(Some(Value::Object(fields)))
        }
        other => Err(BadField {
            path: "ShippingAddress".into(),
            message: "expected an address".into(),
            value: json::excerpt(other),
        }),
    }
}

/// The date by which it was required: the task's own where it has one, else the sale's.
fn required_by(sale: &Value, task: &str) -> Value {
    let own = sale
        .get("Fulfilments")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find(|one| {
            one.get("TaskID")
                .and_then(Value::as_str)
                .is_some_and(|id| id.eq_ignore_ascii_case(task))
        })
        .and_then(|one| one.pointer("/Ship/RequireBy"))
        .filter(|date| !date.is_null());
    own.or_else(|| sale.get("ShipBy"))
        .cloned()
        .unwrap_or_default()
}
