//! What the comparison of stock found: units that can be sold and are not there, differences
//! beyond what the merchant lets pass, ones that grow, and a comparison that could not be made.

use domain::Owner;
use rust_decimal::Decimal;

use super::super::alert::{Alert, Level};
use super::super::facts::DriftFacts;
use super::super::notice::Go;
use super::super::phrases::many;
use super::Bench;
use crate::words::in_books;

/// Comparisons in a row that must each have found more before it is called growing.
const GROWS_OVER: usize = 3;

pub(super) fn alerts(bench: &Bench<'_>) -> Vec<Alert> {
    let Some(drift) = &bench.facts.drift else {
        return Vec::new();
    };
    [
        oversell(bench, drift),
        beyond(bench, drift),
        growing(bench, drift),
        not_compared(bench, drift),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn oversell(bench: &Bench<'_>, drift: &DriftFacts) -> Option<Alert> {
    if drift.oversell_skus == 0 {
        return None;
    }
    let title = format!(
        "{} can be sold that Whistl does not have: {}",
        many(drift.oversell_units, "unit"),
        named(drift)
    );
    let mut alert = Alert::new("oversell", Level::Urgent, Owner::Office, title);
    alert.count = drift.oversell_skus;
    alert.text = format!("{}.", alert.title);
    alert.body = format!(
        "Found by the comparison at {}. Post the difference to Cin7 Core, or ask for a recount.",
        bench.clock(drift.compared_at)
    );
    alert.go = Go::drift("can_oversell");
    Some(alert.since(Some(drift.oversell_since.unwrap_or(drift.compared_at))))
}

/// The first SKU by name, and how many more there are.
fn named(drift: &DriftFacts) -> String {
    match drift.oversell_skus {
        1 => drift.worst.clone(),
        more => format!("{} and {} more", drift.worst, many(more - 1, "SKU")),
    }
}

fn beyond(bench: &Bench<'_>, drift: &DriftFacts) -> Option<Alert> {
    let limit = |key: &str| Some(bench.settings.whole(key)).filter(|limit| *limit > 0);
    let too_many = limit("alerts.drift_units").is_some_and(|limit| drift.units >= limit.into());
    let too_dear = limit("alerts.drift_value").is_some_and(|limit| drift.value >= limit.into());
    if !(too_many || too_dear) {
        return None;
    }
    let title = format!(
        "Stock differs by {} units without an explanation, {} at cost",
        drift.units.normalize(),
        in_books(drift.value)
    );
    let mut alert = Alert::new("drift", Level::NeedsSomeone, Owner::Finance, title);
    alert.count = drift.skus;
    alert.text = format!("{}, over {}.", alert.title, many(drift.skus, "SKU"));
    alert.body = format!(
        "Found over {} at {}.",
        many(drift.skus, "SKU"),
        bench.clock(drift.compared_at)
    );
    alert.go = Go::drift("");
    Some(alert)
}

fn growing(bench: &Bench<'_>, drift: &DriftFacts) -> Option<Alert> {
    let last: Vec<Decimal> = drift
        .trend
        .iter()
        .rev()
        .take(GROWS_OVER + 1)
        .copied()
        .collect();
    let grows = last.len() > GROWS_OVER && last.windows(2).all(|pair| pair[0] > pair[1]);
    let (now, then) = (last.first()?, last.last()?);
    // Growing by a unit here and there is the way of warehouses.
    if !grows || *now < *then * Decimal::TWO {
        return None;
    }
    let title = format!(
        "Stock differs by more at each comparison: {} units, {} before",
        now.normalize(),
        then.normalize()
    );
    let mut alert = Alert::new("drift_grows", Level::NeedsSomeone, Owner::Warehouse, title);
    alert.count = drift.skus;
    alert.text = format!("{}.", alert.title);
    alert.body = format!(
        "Over the last {GROWS_OVER} comparisons up to {}. Ask the warehouse what changed.",
        bench.clock(drift.compared_at)
    );
    alert.go = Go::drift("");
    Some(alert)
}

fn not_compared(bench: &Bench<'_>, drift: &DriftFacts) -> Option<Alert> {
    // A vendor that is away is told of as such; the comparison is tried again in an hour.
    let vendor_was_away = !drift.began && drift.misses < 2;
    if drift.is_whole || vendor_was_away {
        return None;
    }
    let title = "Stock could not be compared whole".to_owned();
    let mut alert = Alert::new("not_compared", Level::NeedsSomeone, Owner::Support, title);
    alert.text = format!("Stock could not be compared whole: {}.", drift.why);
    alert.body = format!(
        "{}. No difference is reported or cleared until the next comparison.",
        crate::words::capital(&drift.why)
    );
    // Whoever is told that a vendor is away is told enough.
    alert.follows = bench.vendor_is_away();
    alert.go = Go::drift("not_comparable");
    Some(alert.since(Some(drift.compared_at)))
}
