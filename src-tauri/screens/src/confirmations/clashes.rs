//! A despatch that came again under its own name and says something else: what differs, in
//! plain words. It is kept and not applied.

use engine::views::{
    ClashView, DespatchContent, DespatchLineView, DespatchView, ParcelView, Views,
};
use store::DespatchRow;

use crate::text::{clock, counted, list};

/// A sentence or two for each, the oldest first.
pub(super) fn sentences(look: &Views<'_>, row: &DespatchRow, seen: &DespatchView) -> Vec<String> {
    let told = |clash: &ClashView| {
        let at = match clash.received_at.parse() {
            Ok(at) => clock(at, look.now, look.settings.zone()),
            Err(_) => clash.received_at.clone(),
        };
        let differs = match &clash.content {
            None => vec!["what it said can no longer be read".to_owned()],
            Some(content) => differences(look, row, seen, content),
        };
        format!(
            "At {at} the warehouse sent {} again with other content: {}. That is kept, and Cin7 Core is told what came first. Ask the warehouse which is right.",
            row.id,
            if differs.is_empty() {
                "the same goods and parcels, written otherwise".to_owned()
            } else {
                list(&differs)
            }
        )
    };
    seen.clashes.iter().map(told).collect()
}

fn differences(
    look: &Views<'_>,
    row: &DespatchRow,
    seen: &DespatchView,
    other: &DespatchContent,
) -> Vec<String> {
    let mut differs = Vec::new();
    if !other
        .client_reference
        .trim()
        .eq_ignore_ascii_case(row.raw_reference.trim())
    {
        differs.push(format!(
            "for {} instead of {}",
            other.client_reference, row.raw_reference
        ));
    }
    if other.voids.as_deref().unwrap_or_default() != row.voids {
        differs.push(match &other.voids {
            Some(voided) => format!("it takes back {voided}"),
            None => "goods that left, instead of a despatch taken back".to_owned(),
        });
    }
    if seen.lines.is_empty() && seen.parcels.is_empty() {
        differs.push("what came first can no longer be read".to_owned());
        return differs;
    }
    differs.extend(goods(&seen.lines, &other.lines));
    differs.extend(parcels(&seen.parcels, &other.parcels));
    if other.is_last != row.is_last {
        differs.push(
            if other.is_last {
                "nothing more is to come"
            } else {
                "more is to come"
            }
            .to_owned(),
        );
    }
    if let Ok(at) = other.despatched_at.parse()
        && at != row.at
    {
        let zone = look.settings.zone();
        differs.push(format!(
            "handed over at {} instead of {}",
            clock(at, look.now, zone),
            clock(row.at, look.now, zone)
        ));
    }
    differs
}

/// SKU by SKU, what left and what will not.
fn goods(first: &[DespatchLineView], other: &[DespatchLineView]) -> Vec<String> {
    let mut skus: Vec<&str> = first
        .iter()
        .chain(other)
        .map(|line| line.sku.as_str())
        .collect();
    skus.sort_unstable();
    skus.dedup();
    skus.into_iter()
        .filter_map(|sku| {
            let (before, after) = (of(first, sku), of(other, sku));
            match (before.as_slice(), after.as_slice()) {
                (before, after) if before == after => None,
                (_, []) => Some(format!("no {sku}")),
                ([], after) => Some(format!("{} {sku} besides", amount(after))),
                (before, after) if amount(before) == amount(after) => {
                    Some(format!("{sku} listed otherwise"))
                }
                (before, after) => Some(format!(
                    "{} {sku} instead of {}",
                    amount(after),
                    amount(before)
                )),
            }
        })
        .collect()
}

/// The lines of one SKU: how many left, how many will not.
fn of<'a>(lines: &'a [DespatchLineView], sku: &str) -> Vec<(&'a str, &'a str)> {
    lines
        .iter()
        .filter(|line| line.sku == sku)
        .map(|line| (line.quantity.as_str(), line.cancelled.as_str()))
        .collect()
}

fn amount(lines: &[(&str, &str)]) -> String {
    let sum = |pick: fn(&(&str, &str)) -> String| -> i64 {
        lines
            .iter()
            .filter_map(|line| pick(line).parse::<i64>().ok())
            .sum()
    };
    let left = sum(|line| line.0.to_owned());
    match sum(|line| line.1.to_owned()) {
        0 => left.to_string(),
        cancelled => format!("{left} (and {cancelled} not to come) of"),
    }
}

fn parcels(first: &[ParcelView], other: &[ParcelView]) -> Option<String> {
    if first == other {
        return None;
    }
    let number = |parcels: &[ParcelView]| {
        counted(
            i64::try_from(parcels.len()).unwrap_or(i64::MAX),
            "parcel",
            "parcels",
        )
    };
    let tracking = |parcels: &[ParcelView]| -> Vec<String> {
        parcels
            .iter()
            .flat_map(|parcel| parcel.tracking.clone())
            .collect()
    };
    Some(if first.len() != other.len() {
        format!("{} instead of {}", number(other), number(first))
    } else if tracking(first) != tracking(other) {
        match tracking(other) {
            none if none.is_empty() => "no tracking number".to_owned(),
            numbers => format!("tracking number {}", list(&numbers)),
        }
    } else {
        "other particulars of the parcels".to_owned()
    })
}
