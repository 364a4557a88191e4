//! A despatch as the feed tells it (the contract's sections 2.4 and 9), read once and for
//! all, with the two hashes by which a repeated one is told from a changed one. Pure.
//! Whether a despatch fits its order is not judged here: what was handed over is a fact,
//! odd units included.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::despatch::{Despatch, DespatchKind, DespatchLine, Parcel};
use serde_json::{Value, json};
use vendor::BadField;
use vendor::lenient::Text;

use crate::feed::Page;
use crate::profile::Profile;
use crate::read::{hash, moment, required, seq, small, texts, wrong};
use crate::wire::told;
use crate::{read, times, wire};

/// One despatch. Its identity is the despatch's id and revision; `seq` is only where it
/// stood in the feed this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DespatchRecord {
    /// Its number in the feed.
    pub seq: u64,
    /// What left.
    pub despatch: Despatch,
    /// Our reference as it came; "" when they give none.
    pub raw_reference: String,
    /// Their number of the order, or "". Two despatches of one order may differ in it.
    pub whistl_ref: String,
    /// When they made it known, where that can be read.
    pub published_at: Option<DateTime<Utc>>,
    /// The time of the hand-over named no zone and falls into the hour that October
    /// repeats or March leaves out; the earlier reading was taken.
    pub time_guessed: bool,
    /// Their record of the fulfilment, or "".
    pub fulfilment_ref: String,
    /// The item as it came, to be read again by [`read_despatch`].
    pub raw: Bytes,
    /// SHA-256 of what no revision may change: id, kind, what it voids, reference, and the
    /// units that left or never will. The order of lines does not count, and neither do the
    /// numbers of their movements, which came to be read later than the first were kept.
    pub goods: [u8; 32],
    /// SHA-256 of all that the despatch says, its revision left out. The order of lines, of
    /// parcels and of what is in them does not count, nor do the numbers of movements.
    pub content: [u8; 32],
}

/// Reads an item that was kept.
///
/// # Errors
/// The field that stands in the way.
pub fn read_despatch(raw: &[u8], profile: &Profile) -> Result<DespatchRecord, BadField> {
    let item = vendor::json::value(raw)?;
    record(&item, Bytes::copy_from_slice(raw), profile)
}

/// Reads a page of the feed; `after` is where it was asked to begin.
pub(crate) fn page(
    body: &[u8],
    after: Option<&str>,
    profile: &Profile,
) -> Result<Page<DespatchRecord>, BadField> {
    read::page(body, "despatches", after, |item: Value| {
        record(&item, Bytes::from(item.to_string()), profile)
    })
}

fn record(item: &Value, raw: Bytes, profile: &Profile) -> Result<DespatchRecord, BadField> {
    let told_item: wire::Despatch = vendor::json::from_value(item)?;
    let zone = profile.zone_for_naive_times;
    let raw_reference = told_item.client_ref.trimmed().to_owned();
    let moment = moment(&told_item.despatched_at, "despatched_at", profile)?;
    let despatch = Despatch {
        id: required(&told_item.despatch_id, "despatch_id")?,
        // Whoever never corrects anything need not count corrections.
        revision: small(told_item.revision.0.unwrap_or(1), "revision")?,
        kind: kind(&told_item)?,
        reference: profile.inbound_reference(&raw_reference),
        at: moment.at,
        is_last: told_item.order_final.is_set(),
        lines: lines(told_item.lines.unwrap_or_default())?,
        parcels: parcels(told_item.parcels.unwrap_or_default())?,
    };
    Ok(DespatchRecord {
        seq: seq(told_item.seq)?,
        goods: goods(&despatch, &raw_reference),
        content: content(&despatch, &raw_reference),
        despatch,
        raw_reference,
        whistl_ref: told_item.whistl_ref.trimmed().to_owned(),
        // For display; one that cannot be read does not make the despatch unreadable.
        published_at: times::read(told_item.published_at.trimmed(), zone).map(|moment| moment.at),
        time_guessed: moment.guessed,
        fulfilment_ref: told_item.item_fulfilment_ref.trimmed().to_owned(),
        raw,
    })
}

fn kind(item: &wire::Despatch) -> Result<DespatchKind, BadField> {
    let word = item.kind.trimmed();
    match word.to_ascii_uppercase().as_str() {
        "DESPATCH" => Ok(DespatchKind::Goods),
        "VOID" => required(&item.voids, "voids").map(DespatchKind::Void),
        _ => Err(wrong("kind", "expected DESPATCH or VOID", word)),
    }
}

/// Lines as they came, the same SKU on several of them included.
fn lines(told_lines: Vec<wire::DespatchLine>) -> Result<Vec<DespatchLine>, BadField> {
    let one = |(at, line): (usize, wire::DespatchLine)| {
        Ok(DespatchLine {
            sku: sku(&line.sku, || format!("lines[{at}].sku"))?,
            units: units(line.quantity_despatched, || {
                format!("lines[{at}].quantity_despatched")
            })?,
            cancelled: line.quantity_cancelled.0.unwrap_or(0),
            why_cancelled: line.cancel_reason.trimmed().to_owned(),
            // Without one the comparison of stock is less sure; no parcel waits for that.
            movement: read::movement(&line.movement_id, "movement_id").unwrap_or_default(),
        })
    };
    told_lines.into_iter().enumerate().map(one).collect()
}

fn parcels(told_parcels: Vec<wire::Parcel>) -> Result<Vec<Parcel>, BadField> {
    let mut parcels = Vec::with_capacity(told_parcels.len());
    for ((at, parcel), place) in told_parcels.into_iter().enumerate().zip(1..) {
        let number = parcel.parcel_no.0.unwrap_or(place);
        parcels.push(Parcel {
            number: small(number, &format!("parcels[{at}].parcel_no"))?,
            carrier_code: parcel.carrier_code.trimmed().to_owned(),
            carrier_name: parcel.carrier_name.trimmed().to_owned(),
            service: parcel.service_code.trimmed().to_owned(),
            tracking: texts(parcel.tracking_numbers),
            link: told(&parcel.tracking_url)
                .filter(|link| is_safe(link))
                .unwrap_or_default(),
            contents: contents(at, parcel.contents.unwrap_or_default())?,
        });
    }
    // A number names a box at Cin7, where no two may have the same name.
    let mut numbers: Vec<u32> = parcels.iter().map(|parcel| parcel.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() < parcels.len() {
        for (parcel, place) in parcels.iter_mut().zip(1..) {
            parcel.number = place;
        }
    }
    Ok(parcels)
}

fn contents(
    parcel: usize,
    inside: Vec<wire::ParcelContents>,
) -> Result<Vec<(String, i64)>, BadField> {
    let path = |at: usize, field: &str| format!("parcels[{parcel}].contents[{at}].{field}");
    let one = |(at, some): (usize, wire::ParcelContents)| {
        Ok((
            sku(&some.sku, || path(at, "sku"))?,
            units(some.quantity, || path(at, "quantity"))?,
        ))
    };
    inside.into_iter().enumerate().map(one).collect()
}

/// A SKU, to the letter.
fn sku(text: &Text, path: impl Fn() -> String) -> Result<String, BadField> {
    if text.trimmed().is_empty() {
        return Err(wrong(&path(), "expected a SKU", ""));
    }
    Ok(text.0.clone())
}

fn units(whole: wire::Whole, path: impl Fn() -> String) -> Result<i64, BadField> {
    whole
        .0
        .ok_or_else(|| wrong(&path(), "expected a whole number", ""))
}

/// Whether a link may be shown to be clicked on: it came from outside.
fn is_safe(link: &str) -> bool {
    let scheme = link.get(..8);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
        && link.len() > 8
        && !link.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// See [`DespatchRecord::goods`].
fn goods(despatch: &Despatch, raw_reference: &str) -> [u8; 32] {
    let lines = despatch.lines.iter();
    hash(&json!([
        identity(despatch, raw_reference),
        sorted(lines.map(|line| json!([line.sku, line.units, line.cancelled]))),
    ]))
}

/// See [`DespatchRecord::content`].
fn content(despatch: &Despatch, raw_reference: &str) -> [u8; 32] {
    let lines = despatch.lines.iter();
    hash(&json!([
        identity(despatch, raw_reference),
        despatch.at.timestamp_micros(),
        despatch.is_last,
        sorted(lines.map(|line| json!([line.sku, line.units, line.cancelled, line.why_cancelled]))),
        sorted(despatch.parcels.iter().map(|parcel| json!([
            parcel.number,
            parcel.carrier_code,
            parcel.carrier_name,
            parcel.service,
            parcel.tracking,
            parcel.link,
            sorted(parcel.contents.iter().map(|some| json!(some))),
        ]))),
    ]))
}

/// The reference goes in as it came: what an account's prefix is may be set later, and
/// must not make an old despatch look changed.
fn identity(despatch: &Despatch, raw_reference: &str) -> Value {
    let (kind, voids) = match &despatch.kind {
        DespatchKind::Goods => ("DESPATCH", ""),
        DespatchKind::Void(earlier) => ("VOID", earlier.as_str()),
    };
    json!([despatch.id, kind, voids, raw_reference.to_ascii_uppercase()])
}

/// In an order that does not depend on how they were told.
fn sorted(values: impl Iterator<Item = Value>) -> Value {
    let mut texts: Vec<String> = values.map(|value| value.to_string()).collect();
    texts.sort_unstable();
    json!(texts)
}

#[cfg(test)]
mod tests;
