//! What the warehouse's own people do: items on file, services on offer, an order
//! moved on by hand or lost.

use serde_json::Value;

use super::body::{Body, json as body_json};
use super::unknown;
use crate::http::{Ask, Misuse};
use crate::sandbox::Sandbox;

/// A call below `whistl/`.
pub(super) fn route(sandbox: &mut Sandbox, ask: &Ask, call: &str) -> Result<Value, Misuse> {
    let now = sandbox.world();
    let warehouse = &mut sandbox.whistl;
    match (ask.method.as_str(), call) {
        ("POST", "items") => warehouse.set_item(&body_json(ask, "whistl/items")?, now),
        ("PATCH", "services") => warehouse.patch_services(&body_json(ask, "whistl/services")?),
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
                )
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
