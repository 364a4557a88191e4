//! Gathers the facts of a pack from the store, and withholds what is personal.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use store::{Body, DespatchRow, Linked, SaleKey, SaleRow, StoreFault};

use super::facts::{
    Asked, DespatchFacts, EntryFacts, FORMAT, Facts, GoodsFacts, HeadFacts, OrderFacts,
    ParcelFacts, StepFacts, WITHHELD,
};
use super::moments::{Life, moments, waits};
use crate::actions::state_word;
use crate::fault::EngineFault;
use crate::views::{Views, hex, order_row, span, time};

/// Most orders of one pack: more would be nothing that anybody reads.
pub const MOST_ORDERS: u32 = 500;

/// Most entries of one order. One that was retried for weeks has some hundreds.
pub(super) const MOST_ENTRIES: u32 = 5_000;

/// Which orders a pack is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// These, by number.
    Numbers(Vec<String>),
    /// Those that came in on these days, both included, in the merchant's zone.
    Days(NaiveDate, NaiveDate),
}

impl Views<'_> {
    /// The facts of a proof pack.
    ///
    /// # Errors
    /// `order_unknown`, `days_reversed`, `no_orders`, `too_many_orders`; and damage, when an
    /// entry of the log is not as it was written: nothing is proven by a spoilt log.
    pub fn proof(&self, wanted: &Wanted) -> Result<Facts, EngineFault> {
        let (asked, rows) = match wanted {
            Wanted::Numbers(numbers) => (Asked::Numbers, self.numbered(numbers)?),
            Wanted::Days(from, to) => {
                let asked = Asked::Days {
                    from: from.to_string(),
                    to: to.to_string(),
                };
                (asked, self.came_in(*from, *to)?)
            }
        };
        let orders = rows
            .iter()
            .map(|row| self.order_facts(row))
            .collect::<Result<Vec<_>, _>>()?;
        // Last, so that it is never behind an entry that is in the pack.
        let head = self.reading.chain_head()?;
        Ok(Facts {
            format: FORMAT.into(),
            program: env!("CARGO_PKG_VERSION").into(),
            made_at: time(self.now),
            time_zone: self.settings.zone().name().into(),
            asked,
            orders,
            head: HeadFacts {
                entries: head.entries,
                hash: hex(&head.hash),
            },
        })
    }

    fn numbered(&self, numbers: &[String]) -> Result<Vec<SaleRow>, EngineFault> {
        if numbers.len() > MOST_ORDERS as usize {
            return Err(too_many("number"));
        }
        let mut rows: Vec<SaleRow> = Vec::with_capacity(numbers.len());
        for number in numbers {
            let row = order_row(self.reading, number)?;
            if rows.iter().all(|known| known.key != row.key) {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn came_in(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<SaleRow>, EngineFault> {
        if to < from {
            return Err(EngineFault::wrong(
                "days_reversed",
                "to",
                format!("{to} is before {from}. Give --from the first day and --to the last."),
            ));
        }
        let (since, until) = span(self.settings.zone(), from, to);
        let keys = self.reading.seen_between(since, until, MOST_ORDERS + 1)?;
        if keys.is_empty() {
            return Err(EngineFault::wrong(
                "no_orders",
                "from",
                format!(
                    "No order came in from {from} to {to}. Give other days, or orders by number."
                ),
            ));
        }
        if keys.len() > MOST_ORDERS as usize {
            return Err(too_many("from"));
        }
        keys.into_iter()
            .map(|key| Ok(self.reading.sale_row(key)?))
            .collect()
    }

    fn order_facts(&self, row: &SaleRow) -> Result<OrderFacts, EngineFault> {
        let linked = self.reading.linked(row.key, MOST_ENTRIES)?;
        if let Some(spoilt) = linked.iter().find(|one| one.follows() != one.entry.hash) {
            return Err(StoreFault::Damaged {
                detail: format!(
                    "entry {} of the log is not as it was written, so nothing is proven by it",
                    spoilt.entry.id
                ),
            }
            .into());
        }
        let despatches = self.despatches_facts(row.key)?;
        let life = Life::of(
            row,
            linked.iter().map(|one| &one.entry),
            &despatches,
            self.now,
        );
        let moments = moments(&life);
        let waits = waits(&life);
        Ok(OrderFacts {
            number: row.number.to_string(),
            state: state_word(&row.standing).to_owned(),
            channel: row.channel.clone(),
            service: row.service.clone(),
            client_reference: row.reference.as_ref().map(ToString::to_string),
            whistl_reference: row.whistl_ref.clone(),
            value: format!("{:.2}", row.value),
            currency: row.currency.clone(),
            authorised_at: row.authorised_at.map(time),
            seen_at: time(row.first_seen),
            sent_at: life.first_sent().map(time),
            accepted_at: row.accepted_at.map(time),
            ship_by: row.ship_by.map(time),
            left_at: life.left().map(time),
            posted_at: life.posted().map(time),
            moments,
            waits,
            entries: linked.iter().map(entry_facts).collect(),
            entries_cut: linked.len() >= MOST_ENTRIES as usize,
            despatches,
        })
    }

    /// What left of a sale, in the order in which it left.
    pub(super) fn despatches_facts(&self, sale: SaleKey) -> Result<Vec<DespatchFacts>, StoreFault> {
        let rows = self.reading.despatches_of(sale)?;
        rows.iter().map(|row| self.despatch_facts(row)).collect()
    }

    fn despatch_facts(&self, row: &DespatchRow) -> Result<DespatchFacts, StoreFault> {
        let raw = match self.reading.despatch_raw(row.key)? {
            Body::Plain(raw) | Body::Cleared(_, raw) => Some(raw),
            Body::Locked => None,
        };
        let profile = crate::engine::profile(self.settings);
        let told = raw.and_then(|raw| whistl::read_despatch(&raw, &profile).ok());
        let (lines, parcels) = told.map_or_else(Default::default, |record| {
            (record.despatch.lines, record.despatch.parcels)
        });
        let steps = self.reading.despatch_steps(row.key)?;
        Ok(DespatchFacts {
            despatch_id: row.id.clone(),
            revision: row.revision,
            voids: Some(row.voids.clone()).filter(|voids| !voids.is_empty()),
            despatched_at: time(row.at),
            published_at: row.published.map(time),
            received_at: time(row.received),
            posted_at: row.posted_at.map(time),
            is_last: row.is_last,
            state: row.state.word().into(),
            reason: row.reason.clone(),
            units: row.units.to_string(),
            goods: lines
                .into_iter()
                .map(|line| GoodsFacts {
                    sku: line.sku,
                    units: line.units.to_string(),
                    cancelled: line.cancelled.to_string(),
                })
                .collect(),
            parcels: parcels
                .into_iter()
                .map(|parcel| ParcelFacts {
                    number: parcel.number,
                    carrier: if parcel.carrier_name.is_empty() {
                        parcel.carrier_code
                    } else {
                        parcel.carrier_name
                    },
                    service: parcel.service,
                    tracking: parcel.tracking,
                })
                .collect(),
            steps: steps
                .into_iter()
                .map(|step| StepFacts {
                    step: step.step,
                    attempt: step.attempt,
                    began_at: time(step.began),
                    ended_at: step.ended.map(time),
                    outcome: step.outcome,
                })
                .collect(),
        })
    }
}

/// The beginning of a day.
pub(crate) fn midnight(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    // Where the clock goes forward at midnight the day begins an hour later.
    (0..=3)
        .filter_map(|hours| local.checked_add_signed(chrono::Duration::hours(hours)))
        .find_map(|at| zone.from_local_datetime(&at).earliest())
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// Whether that is a person, and not a rule or a side.
pub(super) fn is_a_person(who: &str) -> bool {
    !who.is_empty() && who != "warehouse" && who != "auto" && !who.starts_with("auto:")
}

pub(super) fn entry_facts(linked: &Linked) -> EntryFacts {
    let entry = &linked.entry;
    let withheld = is_a_person(&entry.who);
    // What a check finds is said by the program; all else a person does may be in their words.
    let by_program = !withheld || entry.operation == "check";
    EntryFacts {
        entry: entry.id,
        at: time(entry.at),
        kind: entry.kind.clone(),
        vendor: entry.vendor.clone(),
        direction: entry.direction.clone(),
        operation: entry.operation.clone(),
        subject: entry.subject.clone(),
        who: if withheld {
            WITHHELD.into()
        } else {
            entry.who.clone()
        },
        attempt: entry.attempt,
        status: entry.status,
        outcome: entry.outcome.clone(),
        duration_ms: entry.duration_ms,
        text: if by_program || entry.text.is_empty() {
            entry.text.clone()
        } else {
            WITHHELD.into()
        },
        request_sha256: entry.request_hash.as_deref().map(hex),
        response_sha256: entry.response_hash.as_deref().map(hex),
        sale: linked.sale.map_or(0, |sale| sale.0),
        before: hex(&linked.before),
        hash: hex(&entry.hash),
        withheld,
    }
}

fn too_many(field: &str) -> EngineFault {
    EngineFault::wrong(
        "too_many_orders",
        field,
        format!(
            "That is more than {MOST_ORDERS} orders, the most of one pack. Give fewer days, or fewer numbers."
        ),
    )
}
