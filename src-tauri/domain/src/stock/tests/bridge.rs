//! A month from its first figure to its last.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::*;
use super::world::money;
use crate::adjustment::AdjustmentReason;

fn amount(units: i64, worth: &str) -> Amount {
    Amount {
        units: units.into(),
        money: money(worth),
    }
}

/// A month in which everything is accounted for.
fn october() -> Month {
    Month {
        opening: amount(1_000, "16500.00"),
        despatches: amount(-120, "-1980.00"),
        adjustments: vec![
            (AdjustmentReason::Damage, amount(-4, "-66.00")),
            (AdjustmentReason::Found, amount(7, "115.50")),
            (AdjustmentReason::Damage, amount(-1, "-16.50")),
        ],
        of_earlier_months: vec![(AdjustmentReason::Damage, amount(-2, "-33.00"))],
        corrections: amount(0, "0"),
        closing_in_cin7: amount(880, "14520.00"),
        timing: vec![(Timing::InFlight, amount(-8, "-132.00"))],
        unexplained: amount(-18, "-297.00"),
        closing: amount(854, "14091.00"),
    }
}

fn read(month: &Month) -> Vec<String> {
    let bridge = bridge(month).unwrap();
    bridge
        .lines()
        .iter()
        .map(|line| {
            let of = match &line.step {
                Step::Adjustments(reason) | Step::AdjustmentsOfEarlierMonths(reason) => {
                    format!(" {}", reason.code())
                }
                Step::Timing(timing) => format!(" {}", timing.code()),
                _ => String::new(),
            };
            let Amount { units, money } = line.amount;
            format!("{}{of} {units} {money}", line.step.code())
        })
        .collect()
}

#[test]
fn a_month_leads_from_cin7s_opening_to_the_warehouses_count() {
    assert_eq!(
        read(&october()),
        [
            "opening 1000 16500.00",
            "despatches -120 -1980.00",
            "adjustments damaged -5 -82.50",
            "adjustments found 7 115.50",
            "adjustments_of_earlier_months damaged -2 -33.00",
            "closing_in_cin7 880 14520.00",
            "timing in_flight -8 -132.00",
            "unexplained -18 -297.00",
            "closing 854 14091.00",
        ]
    );
}

#[test]
fn what_the_steps_do_not_account_for_is_named() {
    let month = Month {
        // Fifty received by a purchase order, and the average cost went up by a penny.
        closing_in_cin7: amount(930, "15354.30"),
        // Two SKUs could not be compared.
        closing: amount(910, "15023.85"),
        ..october()
    };
    let found = bridge(&month).unwrap();
    let remainders: Vec<(&Step, Amount)> = found
        .remainders()
        .map(|line| (&line.step, line.amount))
        .collect();
    assert_eq!(
        remainders,
        [
            (&Step::OthersInCin7, amount(50, "834.30")),
            (&Step::NotCompared, amount(6, "98.55")),
        ]
    );
}

#[test]
fn pence_of_cost_alone_are_called_so() {
    let month = Month {
        closing_in_cin7: amount(880, "14519.98"),
        ..october()
    };
    let found = bridge(&month).unwrap();
    let steps: Vec<&Step> = found.remainders().map(|line| &line.step).collect();
    assert_eq!(steps, [&Step::CostInCin7, &Step::CostAtWarehouse]);
}

#[test]
fn figures_beyond_reckoning_make_no_bridge() {
    let month = Month {
        opening: Amount {
            units: Decimal::MAX,
            money: Decimal::ZERO,
        },
        despatches: Amount {
            units: Decimal::MAX,
            money: Decimal::ZERO,
        },
        ..Month::default()
    };
    assert_eq!(bridge(&month), None);
}

fn any_amount() -> impl Strategy<Value = Amount> {
    (-9_999..9_999_i64, -9_999_999..9_999_999_i64).prop_map(|(units, worth)| Amount {
        units: units.into(),
        // Costs have four places; pence have two.
        money: Decimal::new(worth, 4),
    })
}

prop_compose! {
    fn month()(
        levels in [any_amount(), any_amount(), any_amount()],
        changes in [any_amount(), any_amount(), any_amount()],
        adjustments in prop::collection::vec(
            (prop::sample::select(AdjustmentReason::NAMED.to_vec()), any_amount()), 0..9),
        timing in prop::collection::vec(
            (prop::sample::select(vec![Timing::InFlight, Timing::AdjustmentsBlocked]),
            any_amount()), 0..4),
    ) -> Month {
        Month {
            opening: levels[0],
            despatches: changes[0],
            of_earlier_months: adjustments.iter().take(2).cloned().collect(),
            adjustments,
            corrections: changes[1],
            closing_in_cin7: levels[1],
            timing,
            unexplained: changes[2],
            closing: levels[2],
        }
    }
}

proptest! {
    #[test]
    fn every_bridge_ties_to_the_penny(month in month()) {
        let bridge = bridge(&month).unwrap();
        let mut so_far = Amount::default();
        for line in bridge.lines() {
            prop_assert!(line.amount.money.scale() <= 2);
            if line.step == Step::Opening {
                so_far = line.amount;
            } else if line.step.is_level() {
                prop_assert_eq!(so_far, line.amount);
            } else {
                so_far.units += line.amount.units;
                so_far.money += line.amount.money;
            }
        }
        let names: std::collections::BTreeSet<&Step> =
            bridge.lines().iter().map(|line| &line.step).collect();
        prop_assert_eq!(names.len(), bridge.lines().len());
    }
}
