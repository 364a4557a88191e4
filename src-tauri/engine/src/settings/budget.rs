//! What a schedule costs in calls to Cin7, and whether that leaves room for the orders.
//! Sums only: the pacer is what keeps the limit.

use super::{SettingFault, Settings};

/// Share of the limit that looking may take; the rest is for the orders themselves.
const MOST_FOR_LOOKING: f64 = 0.5;

/// What the schedule costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Calls to Cin7 a minute that looking takes, when nothing is new.
    pub calls_per_minute: f64,
    /// Calls to Cin7 a minute that are allowed.
    pub limit: f64,
}

impl Plan {
    /// Orders a minute that the rest of the limit can read, one call each.
    pub fn orders_per_minute(&self) -> f64 {
        (self.limit - self.calls_per_minute).max(0.0)
    }
}

impl Settings {
    /// What the schedule of these settings costs: one call for each look, one page each.
    pub fn plan(&self) -> Plan {
        let looks = ["schedule.orders", "schedule.products", "schedule.sweep"];
        let calls_per_minute = looks
            .iter()
            .map(|key| 60.0 / self.seconds(key).as_secs_f64().max(1.0))
            .sum();
        let limit = self.seconds("limits.cin7_calls_per_minute").as_secs_f64();
        Plan {
            calls_per_minute,
            limit,
        }
    }

    /// Refuses a schedule that would leave too little of the limit for orders (R103).
    pub fn check_plan(&self) -> Result<Plan, SettingFault> {
        let plan = self.plan();
        if plan.calls_per_minute <= plan.limit * MOST_FOR_LOOKING {
            return Ok(plan);
        }
        Err(SettingFault::new(
            "schedule",
            format!(
                "Looking that often takes {:.0} of the {:.0} calls to Cin7 a minute, more than half. Lengthen schedule.orders, schedule.products or schedule.sweep.",
                plan.calls_per_minute, plan.limit
            ),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_schedule_leaves_room_for_fifty_orders_a_minute() {
        let plan = Settings::default().check_plan().unwrap();
        assert!(plan.orders_per_minute() >= 50.0, "{plan:?}");
    }

    #[test]
    fn a_schedule_that_eats_the_limit_is_refused_with_what_to_change() {
        let mut settings = Settings::default();
        settings
            .set_text("limits.cin7_calls_per_minute", "10")
            .unwrap();
        settings.set_text("schedule.orders", "10").unwrap();
        let fault = settings.check_plan().unwrap_err();
        assert!(
            fault.message.contains("schedule.orders"),
            "{}",
            fault.message
        );
    }
}
