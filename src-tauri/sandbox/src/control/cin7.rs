//! What the office does in Cin7 by hand: sales, products, stock, the period lock. The
//! account judges its own fields; only this interface's own bodies are read here.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::body::{Body, json as body_json};
use super::unknown;
use crate::http::{Ask, Misuse};
use crate::sandbox::Sandbox;
use crate::world::LOCATIONS;

/// Most calls a minute that the limit can be set to.
const LIMIT_MAX: u64 = 1_000_000;

/// A call below `cin7/`.
pub(super) fn route(sandbox: &mut Sandbox, ask: &Ask, call: &str) -> Result<Value, Misuse> {
    let now = sandbox.world();
    let account = &mut sandbox.cin7;
    match (ask.method.as_str(), call) {
        ("POST", "sales") => {
            let created = account.create_sale(&body_json(ask, "cin7/sales")?, now)?;
            Ok(json!({ "number": created.number, "sale_id": created.sale_id }))
        }
        ("POST", "products") => {
            let body = body_json(ask, "cin7/products")?;
            let id = account.add_product(&body, now)?;
            Ok(json!({ "sku": body.get("SKU"), "product_id": id }))
        }
        ("POST", "stock") => stock(sandbox, ask),
        ("POST", "transfers") => transfer(sandbox, ask),
        ("POST", "lock") => {
            let body = Body::read(ask, "cin7/lock", &["date"])?;
            let date = body.text("date")?;
            account.lock(date.unwrap_or_default())?;
            Ok(json!({ "date": date }))
        }
        ("POST", "limit") => {
            let body = Body::read(ask, "cin7/limit", &["calls_per_minute"])?;
            let calls = body.whole("calls_per_minute", 1)?;
            let calls = calls
                .ok_or_else(|| body.missing("calls_per_minute"))?
                .min(LIMIT_MAX);
            account.set_limit(usize::try_from(calls).unwrap_or(usize::MAX));
            Ok(json!({ "calls_per_minute": calls }))
        }
        (method, call) => {
            if let Some(number) = call.strip_prefix("sales/") {
                return sale(sandbox, ask, method, number);
            }
            let arrives = call.strip_prefix("transfers/");
            if let Some(number) = arrives.and_then(|rest| rest.strip_suffix("/receive"))
                && method == "POST"
            {
                Body::none(ask, "cin7/transfers/{number}/receive")?;
                account.receive_transfer(number, now)?;
                return Ok(json!({ "number": number }));
            }
            match (method, call.strip_prefix("products/")) {
                ("PATCH", Some(sku)) if !sku.is_empty() => {
                    account.edit_product(sku, &body_json(ask, "cin7/products")?, now)?;
                    Ok(json!({ "sku": sku }))
                }
                _ => Err(unknown(ask)),
            }
        }
    }
}

fn sale(sandbox: &mut Sandbox, ask: &Ask, method: &str, call: &str) -> Result<Value, Misuse> {
    let now = sandbox.world();
    let account = &mut sandbox.cin7;
    match (method, call.split_once('/')) {
        ("PATCH", None) => {
            account.edit_sale(call, &body_json(ask, "cin7/sales")?, now)?;
            Ok(json!({ "number": call }))
        }
        ("POST", Some((number, "void"))) => {
            Body::none(ask, "cin7/sales/{number}/void")?;
            account.void_sale(number, now)?;
            Ok(json!({ "number": number }))
        }
        ("POST", Some((number, "fulfil"))) => {
            let deed = body_json(ask, "cin7/sales/{number}/fulfil")?;
            account.fulfil(number, &deed, &sandbox.board, now)?;
            Ok(json!({ "number": number }))
        }
        ("POST", Some((number, "alter"))) => {
            let deed = body_json(ask, "cin7/sales/{number}/alter")?;
            account.alter_shipment(number, &deed, now)?;
            Ok(json!({ "number": number }))
        }
        _ => Err(unknown(ask)),
    }
}

fn stock(sandbox: &mut Sandbox, ask: &Ask) -> Result<Value, Misuse> {
    let body = Body::read(ask, "cin7/stock", &["sku", "location", "change"])?;
    let sku = body.required_text("sku")?;
    let location = body.text("location")?.unwrap_or(LOCATIONS[0]);
    let change: Decimal = body
        .decimal("change")?
        .ok_or_else(|| body.missing("change"))?;
    sandbox.cin7.change_stock(sku, location, change)?;
    Ok(json!({ "sku": sku, "location": location, "change": change.to_string() }))
}

fn transfer(sandbox: &mut Sandbox, ask: &Ask) -> Result<Value, Misuse> {
    let fields = ["sku", "quantity", "from", "to", "reference"];
    let body = Body::read(ask, "cin7/transfers", &fields)?;
    let sku = body.required_text("sku")?;
    let units = body.decimal("quantity")?;
    let units = units.ok_or_else(|| body.missing("quantity"))?;
    let places = (
        body.text("from")?.unwrap_or(LOCATIONS[1]),
        body.text("to")?.unwrap_or(LOCATIONS[0]),
    );
    let reference = body.text("reference")?.unwrap_or_default();
    let now = sandbox.world();
    let sent = sandbox
        .cin7
        .send_transfer(sku, units, places, reference, now)?;
    Ok(json!({ "number": sent }))
}
