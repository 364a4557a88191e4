//! A posted shipment against what stands in its task: what was picked, what lies in which box,
//! and how each box went.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Difference, Fields, differences};
use crate::fulfilment::{Fulfilment, Shipment, TaskLine, TaskStage};

/// How a task differs from what was posted to it. `posted` holds what was last written at each
/// stage, and none of a stage that was not written: that is not compared. `earlier` is what was
/// written of the shipment before that: a corrected number may stand beside the one it
/// corrects.
pub fn shipment(posted: &Fulfilment, earlier: &[Shipment], now: &Fulfilment) -> Vec<Difference> {
    let mut found = Vec::new();
    for (title, wrote, stands) in [
        ("picking", !posted.picked.is_empty(), &now.pick),
        ("packing", !posted.packed.is_empty(), &now.pack),
        ("shipping", !posted.shipped.is_empty(), &now.ship),
    ] {
        if wrote && !is_done(stands) {
            found.push(Difference::new(title, "authorised", said(stands)));
        }
    }
    if !found.is_empty() {
        // Of a stage that was taken back the lines say nothing more.
        return found;
    }
    if !posted.picked.is_empty() {
        found.extend(differences(
            &goods(&posted.picked, "picked"),
            &goods(&now.picked, "picked"),
        ));
    }
    if !posted.packed.is_empty() {
        found.extend(differences(
            &goods(&posted.packed, "packed"),
            &goods(&now.packed, "packed"),
        ));
    }
    if !posted.shipped.is_empty() {
        let now = stands_as_told(boxes(&now.shipped), &boxes(&posted.shipped), earlier);
        found.extend(differences(&boxes(&posted.shipped), &now));
    }
    found
}

fn is_done(stage: &TaskStage) -> bool {
    // Partly is what shipping says while boxes that others packed are still there.
    matches!(stage, TaskStage::Done | TaskStage::Partly)
}

fn said(stage: &TaskStage) -> &str {
    match stage {
        TaskStage::Open => "taken back",
        TaskStage::Done => "authorised",
        TaskStage::Partly => "partly authorised",
        TaskStage::Voided => "voided",
        TaskStage::Unknown(word) => word,
    }
}

/// Units by product and box. A product keeps its id when its SKU is changed, so that is what
/// tells them apart.
fn goods(lines: &[TaskLine], done: &str) -> Fields {
    let mut sums: BTreeMap<String, (String, Decimal)> = BTreeMap::new();
    for line in lines {
        let id = line
            .product
            .as_ref()
            .map_or(line.sku.as_str(), |product| product.as_str());
        let title = match line.box_name.as_str() {
            "" => format!("units of {} {done}", line.sku),
            name => format!("units of {} {done} in box {name}", line.sku),
        };
        let sum = sums
            .entry(format!("{id} {}", line.box_name))
            .or_insert((title, Decimal::ZERO));
        sum.1 = sum.1.saturating_add(line.quantity);
    }
    sums.into_iter()
        .map(|(key, (title, sum))| (key, (title, sum.normalize().to_string())))
        .collect()
}

/// Carrier, tracking numbers, day and departure of each box.
fn boxes(lines: &[Shipment]) -> Fields {
    let mut fields = Fields::new();
    for line in lines {
        for name in &line.boxes {
            let left = if line.is_shipped { "yes" } else { "no" };
            let day = line.day.map(|day| day.to_string()).unwrap_or_default();
            for (what, value) in [
                ("carrier", line.carrier.trim().to_owned()),
                (TRACKING, sorted(&numbers(&line.tracking))),
                ("day of shipment", day),
                ("shipped", left.to_owned()),
            ] {
                fields.insert(
                    format!("{what} {name}"),
                    (format!("{what} of box {name}"), value),
                );
            }
        }
    }
    fields
}

const TRACKING: &str = "tracking number";

/// What stands there, with tracking numbers that were posted earlier and corrected since taken
/// for the corrected ones where those stand there as well: some accounts add a number where
/// others replace it (assumed).
fn stands_as_told(mut now: Fields, posted: &Fields, earlier: &[Shipment]) -> Fields {
    let before = boxes(earlier);
    let known: BTreeSet<String> = earlier
        .iter()
        .flat_map(|line| numbers(&line.tracking))
        .collect();
    for (key, (_, value)) in &mut now {
        let (Some((_, told)), true) = (posted.get(key), before.contains_key(key)) else {
            continue;
        };
        let (stands, told) = (numbers(value), numbers(told));
        let is_more =
            told.is_subset(&stands) && stands.difference(&told).all(|more| known.contains(more));
        if key.starts_with(TRACKING) && is_more {
            *value = sorted(&told);
        }
    }
    now
}

fn numbers(tracking: &str) -> BTreeSet<String> {
    tracking
        .split(',')
        .map(|number| number.trim().to_owned())
        .filter(|number| !number.is_empty())
        .collect()
}

fn sorted(numbers: &BTreeSet<String>) -> String {
    numbers.iter().cloned().collect::<Vec<_>>().join(", ")
}
