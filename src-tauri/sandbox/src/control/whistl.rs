//! What the warehouse's own people do: items on file, services on offer, an order
//! moved on by hand or lost, goods handed to a carrier.

use serde_json::{Value, json};

use super::body::{Body, json as body_json};
use super::unknown;
use crate::http::{Ask, Misuse};
use crate::sandbox::Sandbox;

/// A call below `whistl/`.
pub(super) fn route(sandbox: &mut Sandbox, ask: &Ask, call: &str) -> Result<Value, Misuse> {
    let now = sandbox.world();
    let (warehouse, board) = (&mut sandbox.whistl, &mut sandbox.board);
    match (ask.method.as_str(), call) {
        ("POST", "items") => warehouse.set_item(&body_json(ask, "whistl/items")?, now),
        ("PATCH", "services") => warehouse.patch_services(&body_json(ask, "whistl/services")?),
        ("POST", "adjust") => warehouse.adjust(&body_json(ask, "whistl/adjust")?, now, board),
        ("POST", "revise") => {
            warehouse.revise_adjustment(&body_json(ask, "whistl/revise")?, now, board)
        }
        ("POST", "snapshot") => {
            Body::none(ask, "whistl/snapshot")?;
            Ok(warehouse.take_snapshot(now))
        }
        ("POST", "habits") => warehouse.set_stock_habits(&body_json(ask, "whistl/habits")?),
        ("POST", "capabilities") => {
            let body = Body::read(ask, "whistl/capabilities", &["snapshot_request"])?;
            let may = body.value("snapshot_request").and_then(Value::as_bool);
            let may = may.ok_or_else(|| {
                Misuse::bad("whistl/capabilities: `snapshot_request` must be true or false")
            })?;
            warehouse.allow_snapshot_requests(may);
            Ok(json!({ "snapshot_request": may }))
        }
        ("POST", "lose") => {
            let body = Body::read(ask, "whistl/lose", &["sku", "quantity"])?;
            let units = body
                .whole("quantity", 1)?
                .ok_or_else(|| body.missing("quantity"))?;
            let sku = body.required_text("sku")?;
            warehouse.lose(sku, i64::try_from(units).unwrap_or(i64::MAX), now)
        }
        ("POST", "feeds/adjustments") => {
            let item = body_json(ask, "whistl/feeds/adjustments")?;
            Ok(warehouse.publish_adjustment(&item, now))
        }
        ("POST", "feeds/despatches") => {
            Ok(warehouse.publish_despatch(&body_json(ask, "whistl/feeds/despatches")?, now))
        }
        ("POST", call) => match call
            .strip_prefix("orders/")
            .and_then(|c| c.rsplit_once('/'))
        {
            Some((reference, "step")) => {
                let body = Body::read(ask, "whistl/orders/{ref}/step", &["to", "hold"])?;
                warehouse.step(
                    reference,
                    body.required_text("to")?,
                    body.value("hold"),
                    now,
                    board,
                )
            }
            Some((reference, "despatch")) => {
                warehouse.despatch(reference, &wish(ask, "despatch")?, now, board)
            }
            Some((reference, "void")) => {
                warehouse.void_despatch(reference, &wish(ask, "void")?, now, board)
            }
            Some((reference, "retrack")) => {
                warehouse.retrack(reference, &wish(ask, "retrack")?, now, board)
            }
            Some((reference, "forget")) => {
                Body::none(ask, "whistl/orders/{ref}/forget")?;
                warehouse.forget_order(reference)
            }
            _ => Err(unknown(ask)),
        },
        _ => Err(unknown(ask)),
    }
}

/// The body of a call that means something without one too.
fn wish(ask: &Ask, call: &str) -> Result<Value, Misuse> {
    if ask.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(json!({}));
    }
    body_json(ask, &format!("whistl/orders/{{ref}}/{call}"))
}
