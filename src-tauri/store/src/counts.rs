//! What Today counts: calls by kind of work, how the vendors answered of late, orders
//! accepted by the hour; and what codes orders are held for. All of it is kept as things
//! change. How any of it is worded, and what is bad about it, is not decided here.

use chrono::{DateTime, Duration, Utc};
use domain::HoldCode;
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::{OrderState, SaleKey};
use crate::reading::{Reading, col};
use crate::seal::Purpose;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// Milliseconds in a quarter of an hour, by which accepted orders are counted.
const QUARTER_MS: i64 = 900_000;
/// Milliseconds in five minutes, by which answers are counted.
const SPAN_MS: i64 = 300_000;
/// Answers older than this are counted no longer.
const SPANS_KEPT_DAYS: i64 = 35;

/// How a vendor answered over some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Calls that ended.
    pub calls: u32,
    /// Of these, how many got no usable answer.
    pub failed: u32,
    /// Of these, how many were refused for rate.
    pub busy: u32,
    /// How long all of them took, milliseconds.
    pub took_ms: u64,
    /// How long the slowest took, milliseconds.
    pub worst_ms: u64,
}

/// One answer, as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// When it came.
    pub at: DateTime<Utc>,
    /// Whether it was no usable answer.
    pub failed: bool,
    /// Whether it was a refusal for rate.
    pub busy: bool,
    /// How long it took, milliseconds.
    pub took_ms: u64,
}

/// A SKU or shipping method that orders are held for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFor {
    /// The code, to the letter.
    pub value: String,
    /// What is wrong with it.
    pub cause: HoldCode,
    /// How many orders.
    pub orders: u32,
}

impl Reading {
    /// Calls to a vendor begun since that moment, by the word of their lane; "" where it
    /// was not noted.
    pub fn calls_by_lane(
        &self,
        vendor: &str,
        since: DateTime<Utc>,
    ) -> Result<Vec<(String, u32)>, StoreFault> {
        let lanes = self.all(
            "SELECT COALESCE(lane, '') FROM vendor_call WHERE vendor = ?1 AND at >= ?2",
            params![vendor, times::ns(since)],
            |row| col::<String>(row, 0),
        )?;
        let mut counts: Vec<(String, u32)> = Vec::new();
        for lane in lanes {
            match counts.iter_mut().find(|(known, _)| *known == lane) {
                Some((_, count)) => *count += 1,
                None => counts.push((lane, 1)),
            }
        }
        Ok(counts)
    }

    /// How a vendor answered since about that moment: counted by five minutes, so up to
    /// so much earlier.
    pub fn answers(&self, vendor: &str, since: DateTime<Utc>) -> Result<Answers, StoreFault> {
        let found = self.one(
            "SELECT COALESCE(SUM(calls), 0), COALESCE(SUM(failed), 0), COALESCE(SUM(busy), 0),
                    COALESCE(SUM(took_ms), 0), COALESCE(MAX(worst_ms), 0)
             FROM vendor_span WHERE vendor = ?1 AND span >= ?2",
            params![vendor, times::ms(since).div_euclid(SPAN_MS)],
            |row| {
                let read: (i64, i64, i64, i64, i64) = (
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                );
                Ok(read)
            },
        )?;
        let (calls, failed, busy, took_ms, worst_ms) = found.unwrap_or_default();
        Ok(Answers {
            calls: times::count(calls)?,
            failed: times::count(failed)?,
            busy: times::count(busy)?,
            took_ms: times::count(took_ms)?,
            worst_ms: times::count(worst_ms)?,
        })
    }

    /// Orders the warehouse first accepted between two moments, by the beginning of the
    /// quarter of an hour, oldest first. The first quarter is taken whole.
    pub fn accepted(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<(DateTime<Utc>, u32)>, StoreFault> {
        self.all(
            "SELECT quarter, count FROM accepted_quarter
             WHERE quarter >= ?1 AND quarter <= ?2 ORDER BY quarter",
            [
                times::ms(from).div_euclid(QUARTER_MS),
                times::ms(to).div_euclid(QUARTER_MS),
            ],
            |row| {
                let mut columns = Columns::of(row);
                let quarter: i64 = columns.next()?;
                Ok((times::at_ms(quarter * QUARTER_MS)?, columns.count()?))
            },
        )
    }

    /// The SKUs or shipping methods that orders are held for, for these causes, most
    /// orders first.
    pub fn held_for(&self, causes: &[HoldCode]) -> Result<Vec<HeldFor>, StoreFault> {
        let mut found: Vec<HeldFor> = Vec::new();
        for cause in causes {
            let values = self.all(
                "SELECT held_for, COUNT(DISTINCT sale) FROM hold
                 WHERE code = ?1 AND held_for IS NOT NULL GROUP BY held_for",
                [cause.word()],
                |row| {
                    let mut columns = Columns::of(row);
                    Ok(HeldFor {
                        value: columns.next()?,
                        cause: *cause,
                        orders: columns.count()?,
                    })
                },
            )?;
            found.extend(values);
        }
        found.sort_by(|a, b| a.value.cmp(&b.value));
        found.dedup_by(|later, kept| {
            let same = later.value == kept.value;
            if same {
                // A value is at fault in one way at a time, but for one both too long and
                // with wrong characters: those are the same orders.
                kept.orders = kept.orders.max(later.orders);
            }
            same
        });
        found.sort_by(|a, b| b.orders.cmp(&a.orders).then_with(|| a.value.cmp(&b.value)));
        Ok(found)
    }

    /// The orders that are held for that value and one of these causes, oldest first.
    pub fn sales_held_for(
        &self,
        causes: &[HoldCode],
        value: &str,
    ) -> Result<Vec<SaleKey>, StoreFault> {
        let mut sales = Vec::new();
        for cause in causes {
            sales.extend(self.all(
                "SELECT sale FROM hold WHERE code = ?1 AND held_for = ?2",
                [cause.word(), value],
                |row| Ok(SaleKey(col(row, 0)?)),
            )?);
        }
        sales.sort_unstable();
        sales.dedup();
        Ok(sales)
    }

    /// When the order that is longest in this state, of those nobody must act on, came into
    /// it.
    pub fn oldest_by_itself(&self, state: OrderState) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let oldest = self.one(
            "SELECT changed_at FROM sale INDEXED BY sale_by_age
             WHERE state = ?1 AND state IS NOT NULL AND owner IS NULL
             ORDER BY changed_at LIMIT 1",
            [state.word()],
            |row| row.get(0),
        )?;
        times::at_ms_or_none(oldest)
    }

    /// When the oldest of the orders that passed and wait to be sent was authorised.
    pub fn oldest_to_send(&self) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let oldest: Option<Option<i64>> = self.one(
            "SELECT MIN(s.authorised_at) FROM outbox AS o INDEXED BY outbox_to_send
             CROSS JOIN sale AS s ON s.key = o.sale
             WHERE o.state = 'ready' AND o.kind = 'submit'",
            [],
            |row| row.get(0),
        )?;
        times::at_ms_or_none(oldest.flatten())
    }

    /// How many sales past the trigger are still to be read whole, and how many are past it
    /// in all.
    pub fn reading_progress(&self) -> Result<(u32, u32), StoreFault> {
        let to_read: i64 = self
            .one(
                "SELECT COUNT(*) FROM sale INDEXED BY sale_to_read
                 WHERE wants_read = 1 AND state IS NOT NULL",
                [],
                |row| row.get(0),
            )?
            .unwrap_or_default();
        let all: i64 = self.tallies_by_state()?.iter().map(|t| t.count).sum();
        Ok((times::count(to_read)?, times::count(all)?))
    }

    /// Sales that have been read whole, the newest first, out of the last so many seen.
    pub fn recently_read(&self, limit: u32) -> Result<Vec<SaleKey>, StoreFault> {
        /// Sales looked through for those that were read: most that are passed over never are.
        const LOOKED_AT: i64 = 20_000;
        self.all(
            "SELECT key FROM sale
             WHERE key > (SELECT COALESCE(MAX(key), 0) FROM sale) - ?1 AND read_updated IS NOT NULL
             ORDER BY key DESC LIMIT ?2",
            params![LOOKED_AT, limit],
            |row| Ok(SaleKey(col(row, 0)?)),
        )
    }
}

impl Write<'_> {
    /// Counts an answer of a vendor.
    pub fn count_answer(&mut self, vendor: &str, answer: Answer) -> Result<(), StoreFault> {
        let span = times::ms(answer.at).div_euclid(SPAN_MS);
        let took = times::whole(answer.took_ms);
        self.run(
            "INSERT INTO vendor_span (vendor, span, calls, failed, busy, took_ms, worst_ms)
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?5)
             ON CONFLICT (vendor, span) DO UPDATE SET calls = calls + 1,
                 failed = failed + excluded.failed, busy = busy + excluded.busy,
                 took_ms = took_ms + excluded.took_ms,
                 worst_ms = MAX(worst_ms, excluded.worst_ms)",
            params![vendor, span, answer.failed, answer.busy, took],
        )?;
        let kept = Duration::days(SPANS_KEPT_DAYS).num_milliseconds() / SPAN_MS;
        self.run(
            "DELETE FROM vendor_span WHERE vendor = ?1 AND span < ?2",
            params![vendor, span - kept],
        )?;
        Ok(())
    }
}

impl Store {
    /// Writes out the codes that orders are held for, where an earlier version kept them
    /// sealed. Does nothing the second time, and nothing without a key.
    pub fn write_out_codes(&mut self) -> Result<(), StoreFault> {
        const NAME: &str = "codes_written_out";
        if self.reading().sealer().is_none() || self.reading().meta::<i64>(NAME)?.is_some() {
            return Ok(());
        }
        self.write(|w| {
            for cause in HoldCode::ALL.iter().filter(|code| code.is_for_a_code()) {
                let sealed: Vec<(i64, i64, Vec<u8>)> = w.all(
                    "SELECT id, sale, sealed FROM hold WHERE code = ?1 AND held_for IS NULL",
                    [cause.word()],
                    |row| Ok((col(row, 0)?, col(row, 1)?, col(row, 2)?)),
                )?;
                for (hold, sale, sealed) in sealed {
                    // What is damaged is told of where it is shown; it is no reason not to start.
                    let Ok(plain) = w.opened(Purpose::Hold, &sale.to_be_bytes(), &sealed) else {
                        continue;
                    };
                    let Ok((value, ..)) = serde_json::from_slice::<crate::holds::Told>(&plain)
                    else {
                        continue;
                    };
                    w.run(
                        "UPDATE hold SET held_for = ?2 WHERE id = ?1",
                        params![hold, value],
                    )?;
                }
            }
            w.put_meta(NAME, 1_i64)
        })
    }
}
