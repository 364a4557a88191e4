//! The switchboard of faults: which are on, which call they hit, and how often.
//! What a fault *does* is each vendor's business; this only decides whether it
//! fires for a call. Nothing here knows a vendor's paths.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::http::Moment;

/// Which vendor a fault belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vendor {
    /// Cin7 Core.
    Cin7,
    /// Whistl.
    Whistl,
}

/// A fault a vendor knows how to play: its name and what it does, in a sentence.
pub struct Known {
    /// The name used in the vendor's reference (`limit_shape`, `F01`, …).
    pub name: &'static str,
    /// What it does and what `value` means.
    pub does: &'static str,
}

/// One switch that is on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Switch {
    /// Whose fault.
    pub vendor: Vendor,
    /// Its name there.
    pub fault: String,
    /// Fires only for calls whose path (below the vendor's base) contains this, without case.
    pub path: Option<String>,
    /// Fires only for calls about this order number, sale id, SKU or reference.
    pub number: Option<String>,
    /// How many matching calls pass untouched first.
    pub after: u64,
    /// How many times it fires; `None` for ever.
    pub times: Option<u64>,
    /// World time at which it lapses.
    pub until: Option<chrono::DateTime<chrono::Utc>>,
    /// Fires with this probability (of a draw from the world's seed); `None` always.
    pub chance: Option<f64>,
    /// The fault's own parameter.
    pub value: Option<Value>,
    /// How often it has fired.
    pub fired: u64,
    pub(crate) seen: u64,
}

impl Switch {
    /// A switch that fires on every call until it is taken off.
    pub fn on(vendor: Vendor, fault: &str) -> Self {
        Self {
            vendor,
            fault: fault.into(),
            path: None,
            number: None,
            after: 0,
            times: None,
            until: None,
            chance: None,
            value: None,
            fired: 0,
            seen: 0,
        }
    }
}

/// All switches that are on, in the order they were thrown.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Switchboard {
    switches: Vec<Switch>,
    draws: u64,
    seed: u64,
}

impl Switchboard {
    /// An empty board whose chances are drawn from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            switches: Vec::new(),
            draws: 0,
            seed,
        }
    }

    /// Throws a switch.
    pub fn add(&mut self, switch: Switch) {
        self.switches.push(switch);
    }

    /// Takes every switch off.
    pub fn clear(&mut self) {
        self.switches.clear();
    }

    /// The switches, spent ones included.
    pub fn list(&self) -> &[Switch] {
        &self.switches
    }

    /// Whether `fault` hits this call, and with what value. Counts the firing.
    ///
    /// `path` is the path below the vendor's base; `subjects` are the order
    /// number, ids or SKUs the call is about, as far as known.
    pub fn fires(
        &mut self,
        vendor: Vendor,
        fault: &str,
        path: &str,
        subjects: &[&str],
        now: Moment,
    ) -> Option<Value> {
        let seed = self.seed;
        for switch in &mut self.switches {
            let matches = switch.vendor == vendor
                && switch.fault == fault
                && switch.until.is_none_or(|until| now.world < until)
                && switch.times.is_none_or(|times| switch.fired < times)
                && switch
                    .path
                    .as_ref()
                    .is_none_or(|p| path.to_lowercase().contains(&p.to_lowercase()))
                && switch
                    .number
                    .as_ref()
                    .is_none_or(|n| subjects.iter().any(|s| s.eq_ignore_ascii_case(n)));
            if !matches {
                continue;
            }
            switch.seen += 1;
            if switch.seen <= switch.after {
                continue;
            }
            if let Some(chance) = switch.chance {
                self.draws += 1;
                if unit_draw(seed, self.draws) >= chance {
                    continue;
                }
            }
            switch.fired += 1;
            return Some(switch.value.clone().unwrap_or(Value::Null));
        }
        None
    }
}

/// A number in 0..1 from a seed and a counter: the same pair, the same number.
fn unit_draw(seed: u64, n: u64) -> f64 {
    // SplitMix64: small, well spread, and the same on every machine.
    let mut z = seed.wrapping_add(n.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    (z >> 11) as f64 / (1_u64 << 53) as f64
}

/// Reads seconds out of a fault's value: a number, or `default`.
pub fn seconds(value: &Value, default: u64) -> Duration {
    Duration::from_secs(value.as_u64().unwrap_or(default))
}
