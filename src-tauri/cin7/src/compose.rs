//! The messages that tell Cin7 of a despatch, byte for byte as they will be sent. Pure, so
//! that they can be committed before the call.

use bytes::Bytes;
use chrono::NaiveDate;
use domain::despatch::{Contents, PackedBox, Plan};
use serde_json::{Map, Value, json};

use crate::record::{BadRecord, LocationRef};

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

/// Which box went by which carrier, on that day in the account's zone. `sale_body` is Cin7's own
/// detail of the sale: its required-by date, address and notes are given back as they were read,
/// since what is left out would be cleared (documented). `adds_tracking` corrects a shipment that
/// is authorised already.
///
/// # Errors
/// When the detail is no sale.
pub fn compose_ship(
    task: &str,
    boxes: &[PackedBox],
    day: NaiveDate,
    sale_body: &[u8],
    adds_tracking: bool,
) -> Result<Bytes, BadRecord> {
    let sale: Value = serde_json::from_slice(sale_body).map_err(|fault| BadRecord {
        id: None,
        number: None,
        field: String::new(),
        value: String::new(),
        message: format!("expected the sale's detail: {fault}"),
    })?;
    let mut address = match sale.get("ShippingAddress") {
        Some(Value::Object(fields)) => fields.clone(),
        _ => Map::new(),
    };
    address.retain(|name, _| !name.starts_with("Display"));
    let lines: Vec<Value> = boxes
        .iter()
        .map(|one| {
            json!({
                "ShipmentDate": format!("{day}T00:00:00"),
                "Carrier": one.carrier,
                "Box": one.name,
                "TrackingNumber": one.tracking,
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
    let required_by = required_by(&sale, task);
    body.insert("RequireBy".into(), required_by);
    body.insert("ShippingAddress".into(), Value::Object(address));
    let notes = sale.get("ShippingNotes").cloned().unwrap_or_default();
    body.insert("ShippingNotes".into(), notes);
    body.insert("Lines".into(), lines.into());
    Ok(Bytes::from(Value::Object(body).to_string()))
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
