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
        .filter_map(|sku| match (of(first, sku), of(other, sku)) {
            (before, after) if before == after => None,
            (_, None) => Some(format!("no {sku}")),
            (None, Some((left, cut))) => Some(format!("{left} {sku}{} besides", short(cut))),
            (Some((before, was_cut)), Some((after, cut))) => Some(format!(
                "{after} {sku}{} instead of {before}{}",
                short(cut),
                short(was_cut)
            )),
        })
        .collect()
}

/// Units of one SKU that left, and that will not; none where it is not named.
fn of(lines: &[DespatchLineView], sku: &str) -> Option<(i64, i64)> {
    let units = |text: &str| text.parse::<i64>().unwrap_or_default();
    lines
        .iter()
        .filter(|line| line.sku == sku)
        .map(|line| (units(&line.quantity), units(&line.cancelled)))
        .reduce(|sum, line| (sum.0 + line.0, sum.1 + line.1))
}

fn short(cut: i64) -> String {
    match cut {
        0 => String::new(),
        cut => format!(" ({cut} not to come)"),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sku: &str, left: i64, cut: i64) -> DespatchLineView {
        DespatchLineView {
            sku: sku.into(),
            quantity: left.to_string(),
            cancelled: cut.to_string(),
            why: String::new(),
        }
    }

    #[test]
    fn goods_are_told_apart_sku_by_sku() {
        let first = [
            line("CUP3", 1, 0),
            line("MUG2", 2, 0),
            line("TEAPOT04", 3, 0),
        ];
        let other = [
            line("LAMP1", 1, 0),
            line("MUG2", 2, 0),
            line("TEAPOT04", 2, 1),
        ];
        assert_eq!(
            goods(&first, &other),
            [
                "no CUP3",
                "1 LAMP1 besides",
                "2 TEAPOT04 (1 not to come) instead of 3",
            ]
        );
        assert!(goods(&first, &first).is_empty());
    }
}
