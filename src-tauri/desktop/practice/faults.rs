//! What can be made to go wrong in practice: each a switch of the sandbox under words a
//! shopkeeper knows. What a switch does is the sandbox's.

use std::collections::BTreeSet;

use sandbox::Steering;
use screens::shapes::PracticeFault;
use serde_json::{Value, json};

/// One thing that can go wrong.
struct Fault {
    name: &'static str,
    title: &'static str,
    what: &'static str,
    /// As posted to the sandbox's switchboard.
    switches: fn() -> Vec<Value>,
}

const FAULTS: &[Fault] = &[
    Fault {
        name: "cin7_down",
        title: "Cin7 Core does not answer",
        what: "New sales are not seen until it is back. Orders already read go on to Whistl.",
        switches: || vec![json!({ "vendor": "cin7", "fault": "timeout_before" })],
    },
    Fault {
        name: "whistl_down",
        title: "Whistl does not answer",
        what: "Orders wait here and go by themselves when it is back.",
        switches: || vec![json!({ "vendor": "whistl", "fault": "F12", "value": "refused" })],
    },
    Fault {
        name: "whistl_rejects",
        title: "Whistl refuses every order",
        what: "Each new order is refused with a reason. After a run of refusals sending pauses itself.",
        switches: || vec![json!({ "vendor": "whistl", "fault": "F21" })],
    },
    Fault {
        name: "whistl_holds",
        title: "Whistl stops orders for a carrier fault",
        what: "Orders are accepted, then stopped at the warehouse.",
        switches: || vec![json!({ "vendor": "whistl", "fault": "F23", "value": "never" })],
    },
    Fault {
        name: "lost_answers",
        title: "Every second answer is lost",
        what: "Whistl takes the order and the answer never arrives. Nothing is sent twice: Whistl is asked first.",
        switches: || vec![json!({ "vendor": "whistl", "fault": "F01", "chance": 0.5 })],
    },
    Fault {
        name: "slow_answers",
        title: "Both answer slowly",
        what: "Each answer takes five seconds. Everything still arrives, later.",
        switches: || {
            vec![
                json!({ "vendor": "cin7", "fault": "slow", "value": 5 }),
                json!({ "vendor": "whistl", "fault": "slow", "value": 5 }),
            ]
        },
    },
    Fault {
        name: "rate_limit",
        title: "Cin7 Core says “too many calls”",
        what: "Stockbridge waits as long as it is asked to, and loses nothing.",
        switches: || vec![json!({ "vendor": "cin7", "fault": "limit_now" })],
    },
    Fault {
        name: "key_refused",
        title: "Cin7 Core refuses the key",
        what: "Calls to Cin7 Core stop until somebody looks at the key.",
        switches: || vec![json!({ "vendor": "cin7", "fault": "key_revoked" })],
    },
];

/// The switches of a practice world.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    on: BTreeSet<&'static str>,
}

impl Faults {
    /// All of them, as they are.
    pub(crate) fn shown(&self) -> Vec<PracticeFault> {
        FAULTS
            .iter()
            .map(|fault| PracticeFault {
                name: fault.name.into(),
                title: fault.title.into(),
                what: fault.what.into(),
                on: self.on.contains(fault.name),
            })
            .collect()
    }

    /// Throws or takes off one; false if there is none of that name.
    ///
    /// # Errors
    /// The sandbox's, for a switch it does not know.
    pub(crate) fn set(
        &mut self,
        steering: &Steering,
        name: &str,
        on: bool,
    ) -> Result<bool, String> {
        let Some(fault) = FAULTS.iter().find(|fault| fault.name == name) else {
            return Ok(false);
        };
        if on {
            self.on.insert(fault.name);
        } else {
            self.on.remove(fault.name);
        }
        // The board has no switch for taking one off: all are, and the others go on again.
        steering.steer("DELETE", "faults", &Value::Null)?;
        let on = FAULTS.iter().filter(|fault| self.on.contains(fault.name));
        for switch in on.flat_map(|fault| (fault.switches)()) {
            steering.steer("POST", "faults", &switch)?;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::serving;
    use super::*;

    fn thrown(steering: &Steering) -> Vec<String> {
        let board = steering.steer("GET", "faults", &Value::Null).unwrap();
        let switches = board["faults"].as_array().unwrap();
        let name = |switch: &Value| switch["fault"].as_str().unwrap().to_owned();
        switches.iter().map(name).collect()
    }

    #[tokio::test]
    async fn every_fault_is_one_the_sandbox_knows_and_goes_off_again() {
        let served = serving().await;
        let mut faults = Faults::default();
        for fault in FAULTS {
            assert_eq!(faults.set(&served.steering, fault.name, true), Ok(true));
            assert!(!thrown(&served.steering).is_empty(), "{}", fault.name);
            assert_eq!(faults.set(&served.steering, fault.name, false), Ok(true));
            assert_eq!(thrown(&served.steering), Vec::<String>::new());
        }
    }

    #[tokio::test]
    async fn one_that_is_taken_off_leaves_the_others_on() {
        let served = serving().await;
        let mut faults = Faults::default();
        for name in ["whistl_down", "slow_answers", "whistl_down"] {
            faults.set(&served.steering, name, true).unwrap();
        }
        let mut both = thrown(&served.steering);
        both.sort_unstable();
        assert_eq!(both, ["F12", "slow", "slow"]);
        faults.set(&served.steering, "whistl_down", false).unwrap();
        assert_eq!(thrown(&served.steering), ["slow", "slow"]);
        let on: Vec<bool> = faults.shown().iter().map(|fault| fault.on).collect();
        assert_eq!(on.iter().filter(|on| **on).count(), 1);
        assert_eq!(faults.set(&served.steering, "earthquake", true), Ok(false));
    }
}
