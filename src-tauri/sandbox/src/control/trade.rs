//! More trade: further sales out of the generator that made the world, as if customers
//! went on buying.

use serde_json::{Value, json};

use super::body::Body;
use crate::http::{Ask, Misuse};
use crate::sandbox::Sandbox;
use crate::world::Faulty;

/// Most sales in one call.
const SALES_MAX: u64 = 1_000;

/// Makes that many sales now: `faults` is `some` (as in the world, the default), `none`
/// or `all`.
pub(super) fn trade(sandbox: &mut Sandbox, ask: &Ask) -> Result<Value, Misuse> {
    let body = Body::read(ask, "trade", &["orders", "faults"])?;
    let orders = body.whole("orders", 1)?;
    let orders = orders.ok_or_else(|| body.missing("orders"))?;
    if orders > SALES_MAX {
        return Err(Misuse::bad(format!(
            "trade: `orders` is {orders}; it must be a whole number from 1 to {SALES_MAX}"
        )));
    }
    let faulty = match body.text("faults")?.unwrap_or("some") {
        "some" => Faulty::Some,
        "none" => Faulty::None,
        "all" => Faulty::All,
        other => {
            return Err(Misuse::bad(format!(
                "trade: `faults` is `{other}`; it must be some, none or all"
            )));
        }
    };
    let made = sandbox.trade(u32::try_from(orders).unwrap_or_default(), faulty)?;
    let (numbers, planted) = made;
    let planted: Vec<Value> = planted
        .iter()
        .map(|one| json!({ "number": one.number, "faults": one.faults }))
        .collect();
    Ok(json!({ "numbers": numbers, "planted": planted }))
}
