//! What the log says was posted: the bodies as they were put down just before they were sent.

use std::collections::BTreeMap;

use domain::fulfilment::{Fulfilment, Shipment};
use domain::read_back::StockPaper;
use rust_decimal::Decimal;
use store::{
    Body, DespatchKey, DespatchStep, DocumentKind, DocumentRow, EntryRow, JournalFilter, Reading,
    SaleKey, StoreFault,
};

/// Entries of one sale that are gone through for what was written.
const MOST_ENTRIES: u32 = 2_000;

/// Outcomes after which nothing stands that did not stand before.
const NOTHING_HAPPENED: [&str; 4] = ["refused", "busy", "unreachable", "sign_in"];

/// A shipment as it was posted.
pub(super) struct PostedShipment {
    /// What was last written at each stage.
    pub(super) last: Fulfilment,
    /// What was written of the shipment before that.
    pub(super) earlier: Vec<Shipment>,
}

/// What was last written to one task of a sale; `Err` says why the log cannot tell.
pub(super) fn shipment(
    reading: &Reading,
    sale: SaleKey,
    task: &str,
) -> Result<Result<PostedShipment, String>, StoreFault> {
    let mut bodies: BTreeMap<&'static str, Vec<Vec<u8>>> = BTreeMap::new();
    for (step, entry) in steps(reading, sale, task)? {
        let stage = match step.step.as_str() {
            "pick" => "pick",
            "pack" => "pack",
            "ship" | "correct" => "ship",
            _ => continue,
        };
        match body(reading, &entry)? {
            Some(body) => bodies.entry(stage).or_default().push(body),
            None => return Ok(Err("what was posted is no longer in the log".into())),
        }
    }
    let last = |stage: &str| {
        bodies
            .get(stage)
            .and_then(|all| all.last())
            .map(Vec::as_slice)
    };
    let read = cin7::read_posted(task, last("pick"), last("pack"), last("ship"));
    let last = match read {
        Ok(last) => last,
        Err(bad) => return Ok(Err(format!("what was posted cannot be read: {bad}"))),
    };
    let mut earlier = Vec::new();
    let ships = bodies.get("ship").map(Vec::as_slice).unwrap_or_default();
    for body in ships.iter().rev().skip(1) {
        if let Ok(before) = cin7::read_posted(task, None, None, Some(body)) {
            earlier.extend(before.shipped);
        }
    }
    Ok(Ok(PostedShipment { last, earlier }))
}

/// What was written to a task and may stand there, the oldest first, each with its entry.
fn steps(
    reading: &Reading,
    sale: SaleKey,
    task: &str,
) -> Result<Vec<(DespatchStep, EntryRow)>, StoreFault> {
    let mut intentions = reading.journal(&JournalFilter {
        sale: Some(sale),
        kind: Some("intention".into()),
        limit: MOST_ENTRIES,
        ..JournalFilter::default()
    })?;
    intentions.reverse();
    let mut found = Vec::new();
    for despatch in reading.despatches_of(sale)? {
        let own: Vec<&EntryRow> = intentions
            .iter()
            .filter(|entry| entry.vendor == "cin7" && entry.subject == despatch.id)
            .collect();
        found.extend(written(reading, despatch.key, &own, task)?);
    }
    found.sort_by_key(|(_, entry)| entry.id);
    Ok(found)
}

/// Each step has put down just one intention, in the same commit: counted from the end they are
/// the same, however far back the log was gone through.
fn written(
    reading: &Reading,
    despatch: DespatchKey,
    intentions: &[&EntryRow],
    task: &str,
) -> Result<Vec<(DespatchStep, EntryRow)>, StoreFault> {
    let steps = reading.despatch_steps(despatch)?;
    Ok(steps
        .into_iter()
        .rev()
        .zip(intentions.iter().rev())
        .filter(|(step, _)| step.task == task && !NOTHING_HAPPENED.contains(&step.outcome.as_str()))
        .map(|(step, entry)| (step, (*entry).clone()))
        .collect())
}

fn body(reading: &Reading, entry: &EntryRow) -> Result<Option<Vec<u8>>, StoreFault> {
    let Some(hash) = &entry.request_hash else {
        return Ok(None);
    };
    Ok(match reading.body(hash)? {
        // What is masked with age is of persons; goods and parcels stay.
        Some(Body::Plain(body) | Body::Cleared(_, body)) => Some(body),
        Some(Body::Locked) | None => None,
    })
}

/// A stock document as it was posted.
pub(super) fn stock(row: &DocumentRow) -> StockPaper {
    let lines = row.lines.iter().filter_map(|line| {
        let quantity = match row.kind {
            // It sets a level; a write-off takes units away.
            DocumentKind::Adjustment => line.after?,
            DocumentKind::WriteOff => line.change.abs(),
        };
        Some((line.product.clone(), line.sku.clone(), quantity))
    });
    StockPaper {
        status: Ok(()),
        account: row.account.clone(),
        effective: Some(row.effective),
        lines: lines.collect::<Vec<(_, _, Decimal)>>(),
    }
}
