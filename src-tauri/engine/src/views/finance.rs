//! What finance may invoice: the despatches of one day, and how far the orders they belong to
//! have left and been told to Cin7 Core (R59).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Owner;
use rust_decimal::Decimal;
use serde::Serialize;
use store::{DespatchRow, DespatchState, OrderState, SaleKey, SaleRow, Standing};

use super::{Views, span, time};
use crate::fault::EngineFault;

/// Despatches read at one time.
const PAGE: u32 = 1_000;

/// The despatches of one day, in groups that leave none out and count none twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadyView {
    /// The day, in the merchant's zone.
    pub date: String,
    /// That zone.
    pub time_zone: String,
    /// As of when the orders stand so: a later despatch or posting moves an order on.
    pub as_of: String,
    /// Left whole, and Cin7 Core has all of it: to be invoiced.
    pub posted: ReadyGroup,
    /// Left whole, and Cin7 Core is still to be told of some of it.
    pub not_posted: ReadyGroup,
    /// Something of the order is still to leave.
    pub part_despatched: ReadyGroup,
    /// Despatches of orders that are not ours.
    pub unknown_order: ReadyGroup,
    /// All of it together.
    pub total: ReadyGroup,
    /// The orders, by number, those of no order last.
    pub orders: Vec<ReadyOrder>,
}

/// Counts of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReadyGroup {
    /// Orders with a despatch on that day.
    pub orders: u64,
    /// Those despatches.
    pub despatches: u64,
    /// Units that left with them; a void takes its units back.
    pub units: String,
    /// The orders' totals by currency, as exact decimals. An order that left on several days
    /// shows its whole value on each.
    pub value: BTreeMap<String, String>,
    /// Orders whose value is not known.
    pub without_value: u64,
}

/// One order with its despatches of that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadyOrder {
    /// Its number; none where it is no order of ours.
    pub number: Option<String>,
    /// `posted`, `not_posted`, `part_despatched` or `unknown_order`.
    pub group: &'static str,
    /// Its despatches of that day.
    pub despatches: Vec<String>,
    /// Units that left with those.
    pub units: String,
    /// Order total, an exact decimal; none where it is not known.
    pub value: Option<String>,
    /// ISO 4217, or "".
    pub currency: String,
    /// Who must act before Cin7 Core is told, if someone must.
    pub owner: Option<String>,
}

/// An order's despatches of the day, half summed.
#[derive(Default)]
struct Part {
    ids: Vec<String>,
    units: i64,
    owner: Option<Owner>,
}

/// Sums of one group.
#[derive(Default)]
struct Sum {
    orders: u64,
    despatches: u64,
    units: i64,
    value: BTreeMap<String, Decimal>,
    without_value: u64,
}

impl Views<'_> {
    /// The despatches of one day in the merchant's zone, by the warehouse's stamp, and how
    /// their orders stand now.
    pub fn ready(&self, date: NaiveDate) -> Result<ReadyView, EngineFault> {
        let mut ours: BTreeMap<SaleKey, Part> = BTreeMap::new();
        let mut others: BTreeMap<String, Part> = BTreeMap::new();
        for row in self.despatches_on(date)? {
            let part = match row.sale {
                Some(sale) => ours.entry(sale).or_default(),
                None => others.entry(row.raw_reference.clone()).or_default(),
            };
            part.units = part.units.saturating_add(row.units);
            part.owner = part.owner.or(row.owner);
            part.ids.push(row.id);
        }
        let mut sums: BTreeMap<&'static str, Sum> = BTreeMap::new();
        let mut orders = Vec::new();
        for (key, part) in ours {
            let row = self.reading.sale_row(key)?;
            let group = self.group_of(&row)?;
            let value = is_known(&row).then_some(row.value);
            for word in [group, "total"] {
                sums.entry(word)
                    .or_default()
                    .add(&part, value, &row.currency);
            }
            orders.push(ReadyOrder {
                number: Some(row.number.to_string()),
                group,
                units: part.units.to_string(),
                despatches: part.ids,
                value: value.map(|value| format!("{value:.2}")),
                currency: row.currency,
                owner: part.owner.map(|owner| owner.word().into()),
            });
        }
        orders.sort_by(|one, other| one.number.cmp(&other.number));
        for part in others.into_values() {
            for word in ["unknown_order", "total"] {
                sums.entry(word).or_default().add(&part, None, "");
            }
            orders.push(ReadyOrder {
                number: None,
                group: "unknown_order",
                units: part.units.to_string(),
                despatches: part.ids,
                value: None,
                currency: String::new(),
                owner: part.owner.map(|owner| owner.word().into()),
            });
        }
        let mut group = |word| sums.remove(word).unwrap_or_default().shown();
        Ok(ReadyView {
            date: date.to_string(),
            time_zone: self.settings.zone().name().into(),
            as_of: time(self.now),
            posted: group("posted"),
            not_posted: group("not_posted"),
            part_despatched: group("part_despatched"),
            unknown_order: group("unknown_order"),
            total: group("total"),
            orders,
        })
    }

    fn despatches_on(&self, date: NaiveDate) -> Result<Vec<DespatchRow>, EngineFault> {
        let (from, to) = span(self.settings.zone(), date, date);
        let mut all: Vec<DespatchRow> = Vec::new();
        loop {
            let after = all.last().map(|row| (row.at, row.key));
            let page = self.reading.despatched_between(from, to, after, PAGE)?;
            let is_last = page.len() < PAGE as usize;
            all.extend(page);
            if is_last {
                return Ok(all);
            }
        }
    }

    /// How an order stands: by all its despatches, not by those of one day alone.
    fn group_of(&self, row: &SaleRow) -> Result<&'static str, EngineFault> {
        if row.standing == Standing::In(OrderState::PartDespatched) {
            return Ok("part_despatched");
        }
        let despatches = self.reading.despatches_of(row.key)?;
        let is_told = despatches.iter().all(|one| match one.state {
            DespatchState::Posted | DespatchState::Closed => true,
            DespatchState::Waiting
            | DespatchState::Posting
            | DespatchState::Unclear
            | DespatchState::Parked
            | DespatchState::Exception => false,
        });
        Ok(if is_told { "posted" } else { "not_posted" })
    }
}

/// A sale that was never read whole has no currency, and its value says nothing.
fn is_known(row: &SaleRow) -> bool {
    !row.currency.is_empty()
}

impl Sum {
    fn add(&mut self, part: &Part, value: Option<Decimal>, currency: &str) {
        self.orders += 1;
        self.despatches += u64::try_from(part.ids.len()).unwrap_or(u64::MAX);
        self.units = self.units.saturating_add(part.units);
        match value {
            Some(value) => *self.value.entry(currency.to_owned()).or_default() += value,
            None => self.without_value += 1,
        }
    }

    fn shown(self) -> ReadyGroup {
        ReadyGroup {
            orders: self.orders,
            despatches: self.despatches,
            units: self.units.to_string(),
            value: self
                .value
                .into_iter()
                .map(|(currency, value)| (currency, format!("{value:.2}")))
                .collect(),
            without_value: self.without_value,
        }
    }
}
