//! How fast the world's time passes, changed while it runs. Call limits go on counting
//! real seconds at any speed.

use serde_json::{Value, json};

use super::body::Body;
use super::truth::time;
use crate::clock::Pace;
use crate::http::{Ask, Misuse};
use crate::options::SPEED_MAX;
use crate::sandbox::Sandbox;

/// The speed, `null` for a world that only moves when told, and the world's time with it.
pub(super) fn shown(sandbox: &Sandbox) -> Value {
    let speed = match sandbox.clock.pace() {
        Pace::Times(speed) => json!(speed),
        Pace::Manual => Value::Null,
    };
    json!({ "speed": speed, "clock": time(sandbox.world()) })
}

/// Takes another speed; 0 stands still.
pub(super) fn change(sandbox: &mut Sandbox, ask: &Ask) -> Result<Value, Misuse> {
    let body = Body::read(ask, "pace", &["speed"])?;
    let speed = body.speed("speed", SPEED_MAX)?;
    let speed = speed.ok_or_else(|| body.missing("speed"))?;
    if !sandbox.clock.set_speed(speed) {
        return Err(Misuse::bad(
            "pace: this world was started with --speed manual and moves only by POST clock",
        ));
    }
    Ok(shown(sandbox))
}
