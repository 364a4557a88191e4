//! From a despatch to what is said in Cin7: which units of which product are picked, in which
//! boxes they are packed, and by which carrier each box goes.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Despatch, DespatchKind, Parcel};
use crate::{OrderStatus, ProductId, Sale};

/// Cin7 takes at most this much of a tracking number or a box's name (documented).
const TEXT_MAX: usize = 256;

/// One line of the order as the warehouse was given it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentLine {
    /// Their SKU.
    pub sku: String,
    /// Cin7's products that it stood for, in the order of the sale's lines.
    pub products: Vec<ProductId>,
}

/// What one despatch comes to in Cin7. Its boxes hold exactly the units that are picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Units picked, by product and the SKU of the sale; none twice.
    pub picked: Vec<Contents>,
    /// Boxes, one for each parcel; at least one.
    pub boxes: Vec<PackedBox>,
    /// What somebody should look at, though it is posted all the same.
    pub flags: Vec<Flag>,
}

impl Plan {
    /// Several despatches told as one: all that was picked for each, in the boxes of all.
    /// `None` when there is none.
    pub fn joined(plans: impl IntoIterator<Item = Self>) -> Option<Self> {
        plans.into_iter().reduce(|one, other| Self {
            picked: merged(one.picked.into_iter().chain(other.picked)),
            boxes: [one.boxes, other.boxes].concat(),
            flags: [one.flags, other.flags].concat(),
        })
    }
}

/// Units of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Cin7's product.
    pub product: ProductId,
    /// Its SKU as the sale spells it.
    pub sku: String,
    /// Units, 1 or more.
    pub units: u32,
}

/// One box of the shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedBox {
    /// Unique within the sale: the despatch's id and the parcel's number.
    pub name: String,
    /// What is in it.
    pub contents: Vec<Contents>,
    /// The carrier as Cin7 shall show it.
    pub carrier: String,
    /// Tracking numbers joined by commas; "" while there is none.
    pub tracking: String,
}

/// How far ahead of when it was read a hand-over may be dated by clocks that merely differ (the
/// contract's 9.12).
const AHEAD_HOURS: i64 = 2;

/// Whether a hand-over is dated so far ahead of when it was read that somebody should look at
/// the warehouse's clock. It is posted as it is dated all the same.
pub fn is_dated_ahead(at: DateTime<Utc>, read: DateTime<Utc>) -> bool {
    at - read > Duration::hours(AHEAD_HOURS)
}

/// Posted, and to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flag {
    /// No name is mapped for the carrier of that code; it is passed on as it came.
    CarrierUnmapped(String),
    /// The parcels' contents do not add up to the lines; the lines were believed.
    ParcelsDiffer,
    /// The tracking numbers of that box were too long for Cin7 and are cut.
    TrackingCut(String),
    /// It is dated too far ahead for clocks that merely differ ([`is_dated_ahead`]).
    DatedAhead,
}

/// Why a despatch cannot be told to Cin7 as it is. Nothing of it is posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exception {
    /// Cin7 has voided the sale.
    SaleVoided,
    /// Cin7's order is not authorised (any more); its word is told.
    SaleNotAuthorised,
    /// A SKU that was not ordered, as they spell it.
    NotOrdered(String),
    /// The sale has no such line any more: edited since it was sent.
    LineGone(String),
    /// More than is left of what was ordered.
    TooMany {
        /// Their SKU.
        sku: String,
        /// Units still to come by our count.
        open: u32,
        /// Units they say left.
        sent: i64,
    },
    /// Units below zero, or of goods that left by a fraction.
    BadUnits {
        /// Their SKU.
        sku: String,
        /// As it came.
        units: i64,
    },
    /// It says an earlier despatch did not happen.
    Voids(String),
}

/// What the despatch comes to; `Ok(None)` when no goods left with it, only a rest was
/// cancelled (9.5 of the contract). `sent` is the order as the warehouse had it, `told` the
/// units by product that Cin7 already has from earlier despatches, `carriers` Cin7's names by
/// their codes.
///
/// # Errors
/// Every reason against it, one for each SKU at fault.
pub fn plan(
    despatch: &Despatch,
    sale: &Sale,
    sent: &[SentLine],
    told: &BTreeMap<ProductId, u32>,
    carriers: &BTreeMap<String, String>,
) -> Result<Option<Plan>, Vec<Exception>> {
    if let DespatchKind::Void(earlier) = &despatch.kind {
        return Err(vec![Exception::Voids(earlier.clone())]);
    }
    match sale.order_status {
        OrderStatus::Voided => return Err(vec![Exception::SaleVoided]),
        OrderStatus::Authorised
        | OrderStatus::AuthorisedWithoutStock
        | OrderStatus::Fulfilled
        | OrderStatus::Closed => {}
        OrderStatus::NotAvailable | OrderStatus::Draft | OrderStatus::Unknown(_) => {
            return Err(vec![Exception::SaleNotAuthorised]);
        }
    }
    let mut open = open_units(sale, told);
    let mut faults = Vec::new();
    let mut shares: BTreeMap<String, Vec<Contents>> = BTreeMap::new();
    for (sku, units) in by_sku(despatch) {
        match share(&sku, units, sale, sent, &mut open) {
            Ok(share) if share.is_empty() => {}
            Ok(share) => {
                shares.insert(sku, share);
            }
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if shares.is_empty() {
        return Ok(None);
    }
    let mut flags = Vec::new();
    let picked = merged(shares.values().flatten().cloned());
    let boxes = boxes(despatch, shares, carriers, &mut flags);
    Ok(Some(Plan {
        picked,
        boxes,
        flags,
    }))
}

/// Units ordered and not yet told, by product.
fn open_units(sale: &Sale, told: &BTreeMap<ProductId, u32>) -> BTreeMap<ProductId, u32> {
    let mut open: BTreeMap<ProductId, u32> = BTreeMap::new();
    for line in &sale.lines {
        if let (Some(product), Some(units)) = (&line.product, whole(line.quantity)) {
            *open.entry(product.clone()).or_default() += units;
        }
    }
    for (product, units) in told {
        if let Some(left) = open.get_mut(product) {
            *left = left.saturating_sub(*units);
        }
    }
    open
}

fn whole(quantity: Decimal) -> Option<u32> {
    quantity.fract().is_zero().then(|| quantity.to_u32())?
}

/// Units that left, by their SKU; the same SKU on several lines summed.
fn by_sku(despatch: &Despatch) -> Vec<(String, i64)> {
    let mut all: Vec<(String, i64)> = Vec::new();
    for line in &despatch.lines {
        match all.iter_mut().find(|(sku, _)| *sku == line.sku) {
            Some((_, units)) if line.units >= 0 && *units >= 0 => {
                *units = units.saturating_add(line.units);
            }
            // A bad value stays visible as it came.
            Some((_, units)) => *units = (*units).min(line.units),
            None => all.push((line.sku.clone(), line.units)),
        }
    }
    all
}

/// Shares the units of one of their SKUs among the products it stood for, in the order of the
/// sale's lines.
fn share(
    sku: &str,
    units: i64,
    sale: &Sale,
    sent: &[SentLine],
    open: &mut BTreeMap<ProductId, u32>,
) -> Result<Vec<Contents>, Exception> {
    let bad = || Exception::BadUnits {
        sku: sku.into(),
        units,
    };
    if units == 0 {
        return Ok(Vec::new());
    }
    let mut left = u64::try_from(units).map_err(|_| bad())?;
    let ordered = sent
        .iter()
        .find(|line| line.sku.eq_ignore_ascii_case(sku))
        .ok_or_else(|| Exception::NotOrdered(sku.into()))?;
    let mut products: Vec<(&ProductId, &str)> = Vec::new();
    for product in &ordered.products {
        let line = sale
            .lines
            .iter()
            .find(|line| line.product.as_ref() == Some(product));
        match line {
            Some(line) if !products.iter().any(|(known, _)| *known == product) => {
                products.push((product, line.sku.as_str()));
            }
            _ => {}
        }
    }
    if products.is_empty() {
        return Err(Exception::LineGone(sku.into()));
    }
    let all_open: u32 = products
        .iter()
        .filter_map(|(product, _)| open.get(*product))
        .sum();
    if left > u64::from(all_open) {
        return Err(Exception::TooMany {
            sku: sku.into(),
            open: all_open,
            sent: units,
        });
    }
    let mut shares = Vec::new();
    for (product, own_sku) in products {
        let Some(rest) = open.get_mut(product) else {
            continue;
        };
        let taken = u32::try_from(left).unwrap_or(u32::MAX).min(*rest);
        if taken == 0 {
            continue;
        }
        *rest -= taken;
        left -= u64::from(taken);
        shares.push(Contents {
            product: product.clone(),
            sku: own_sku.to_owned(),
            units: taken,
        });
    }
    Ok(merged(shares))
}

/// One entry for each product, in order of first mention.
fn merged(all: impl IntoIterator<Item = Contents>) -> Vec<Contents> {
    let mut one_each: Vec<Contents> = Vec::new();
    for next in all {
        match one_each
            .iter_mut()
            .find(|known| known.product == next.product)
        {
            Some(known) => known.units += next.units,
            None => one_each.push(next),
        }
    }
    one_each
}

/// A box for each parcel with what is in it. Where their contents do not add up to the lines,
/// or are not told, everything lies in the first.
fn boxes(
    despatch: &Despatch,
    mut shares: BTreeMap<String, Vec<Contents>>,
    carriers: &BTreeMap<String, String>,
    flags: &mut Vec<Flag>,
) -> Vec<PackedBox> {
    let told = despatch.parcels.iter().any(|one| !one.contents.is_empty());
    let adds_up = told && contents_add_up(despatch);
    if told && !adds_up {
        flags.push(Flag::ParcelsDiffer);
    }
    let mut boxes = Vec::new();
    for parcel in &despatch.parcels {
        let contents = if adds_up {
            let mut contents = Vec::new();
            for (sku, units) in &parcel.contents {
                let units = u32::try_from(*units).unwrap_or(0);
                if let Some(share) = shares.get_mut(sku) {
                    contents.extend(taken(share, units));
                }
            }
            merged(contents)
        } else if boxes.is_empty() {
            merged(std::mem::take(&mut shares).into_values().flatten())
        } else {
            Vec::new()
        };
        // Cin7 ships what is packed: an empty box cannot be (documented, rule 5). Its
        // tracking number goes with the first.
        match boxes.first_mut() {
            Some(first) if contents.is_empty() => join(first, &parcel.tracking, flags),
            None | Some(_) => boxes.push(a_box(despatch, parcel, contents, carriers, flags)),
        }
    }
    if boxes.is_empty() {
        boxes.push(PackedBox {
            name: name(despatch, 1),
            contents: merged(shares.into_values().flatten()),
            carrier: String::new(),
            tracking: String::new(),
        });
    }
    boxes
}

/// Takes that many units from the front.
fn taken(share: &mut [Contents], mut units: u32) -> Vec<Contents> {
    let mut out = Vec::new();
    for each in share.iter_mut() {
        let some = each.units.min(units);
        if some > 0 {
            each.units -= some;
            units -= some;
            out.push(Contents {
                units: some,
                ..each.clone()
            });
        }
    }
    out
}

fn contents_add_up(despatch: &Despatch) -> bool {
    let mut inside: BTreeMap<&str, i64> = BTreeMap::new();
    for (sku, units) in despatch.parcels.iter().flat_map(|one| &one.contents) {
        if *units < 0 {
            return false;
        }
        let sum = inside.entry(sku.as_str()).or_default();
        *sum = sum.saturating_add(*units);
    }
    let mut lines = by_sku(despatch);
    lines.retain(|(_, units)| *units != 0);
    inside.retain(|_, units| *units != 0);
    lines.len() == inside.len()
        && lines
            .iter()
            .all(|(sku, units)| inside.get(sku.as_str()) == Some(units))
}

fn name(despatch: &Despatch, number: u32) -> String {
    format!("{}/{number}", despatch.id)
}

fn a_box(
    despatch: &Despatch,
    parcel: &Parcel,
    contents: Vec<Contents>,
    carriers: &BTreeMap<String, String>,
    flags: &mut Vec<Flag>,
) -> PackedBox {
    let carrier = carriers
        .get(&parcel.carrier_code)
        .cloned()
        .unwrap_or_else(|| {
            let flag = Flag::CarrierUnmapped(parcel.carrier_code.clone());
            if !flags.contains(&flag) {
                flags.push(flag);
            }
            if parcel.carrier_name.is_empty() {
                parcel.carrier_code.clone()
            } else {
                parcel.carrier_name.clone()
            }
        });
    let mut made = PackedBox {
        name: name(despatch, parcel.number),
        contents,
        carrier,
        tracking: String::new(),
    };
    join(&mut made, &parcel.tracking, flags);
    made
}

/// Adds tracking numbers to a box, each once, as far as Cin7 takes them.
fn join(into: &mut PackedBox, tracking: &[String], flags: &mut Vec<Flag>) {
    for number in tracking {
        if into.tracking.split(',').any(|known| known == number) {
            continue;
        }
        let comma = usize::from(!into.tracking.is_empty());
        if into.tracking.chars().count() + comma + number.chars().count() > TEXT_MAX {
            let flag = Flag::TrackingCut(into.name.clone());
            if !flags.contains(&flag) {
                flags.push(flag);
            }
            continue;
        }
        if comma == 1 {
            into.tracking.push(',');
        }
        into.tracking.push_str(number);
    }
}
