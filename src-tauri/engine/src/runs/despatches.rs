//! Takes in what the warehouse says has left. Only kept here, with what it says of the order;
//! telling Cin7 is a step of its own ([`super::confirm`]), driven from what was kept.

use chrono::{DateTime, Utc};
use domain::despatch::{Despatch, DespatchKind, DespatchLine};
use domain::{HoldCode, Owner, Reason};
use store::{NewDespatch, OrderState, SaleRow, Standing, StoreFault, TookDespatch, Write};
use vendor::{Lane, Told};
use whistl::{DespatchRecord, PageOutcome, Reader};

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{decision, notice};
use crate::runs::feed::{BoxFuture, Feed};
use crate::runs::reference::not_set_up;
use crate::runs::{Job, Run, RunReport};

/// What left.
const DESPATCHES: Feed = Feed {
    cursor: "despatches",
    brings: "Despatches",
    item: "despatch",
};

/// Unknown references looked up in one run.
const UNKNOWN_AT_ONCE: u32 = 100;

impl Engine {
    pub(super) async fn run_despatches(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Despatches)?;
        for name in ["seen", "new", "posted", "exceptions", "unclear"] {
            run.count(name, 0);
        }
        if let Err(why) = self.take_despatches(&run).await {
            run.unanswered("The warehouse's despatches", why)?;
        }
        self.adopt_what_was_unknown()?;
        self.notice_what_did_not_come(&run)?;
        self.confirm_what_is_due(&run).await?;
        Ok(self.end(run)?)
    }

    pub(super) async fn run_confirm(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Confirm)?;
        self.confirm_what_is_due(&run).await?;
        Ok(self.end(run)?)
    }

    /// An order may come to be known after its despatch: read late, or after a restored
    /// backup.
    fn adopt_what_was_unknown(&self) -> Result<(), StoreFault> {
        let now = self.now();
        let mut store = self.store();
        let unknown = store.reading().despatched_unknown(UNKNOWN_AT_ONCE)?;
        for reference in unknown {
            let Some(row) = store.reading().sale_by_reference(&reference)? else {
                continue;
            };
            store.write(|w| adopt(w, &row, &reference, now))?;
        }
        Ok(())
    }

    pub(in crate::runs) async fn take_despatches(&self, run: &Run) -> Result<(), Unanswered> {
        let (reader, _) = self.whistl().map_err(not_set_up)?;
        self.walk_with_look_back(run, DESPATCHES, question(&reader), |w, record| {
            take(w, run, record, self.now())
        })
        .await
    }

    /// Reads them again from further back.
    pub(in crate::runs) async fn take_despatches_again(&self, run: &Run) -> Result<(), Unanswered> {
        let (reader, _) = self.whistl().map_err(not_set_up)?;
        self.walk_again(run, DESPATCHES, question(&reader), |w, record| {
            take(w, run, record, self.now())
        })
        .await
    }
}

/// A page of despatches after that place.
fn question(
    reader: &Reader,
) -> impl Fn(Option<String>) -> BoxFuture<Told<PageOutcome<DespatchRecord>>> {
    let reader = reader.clone();
    move |after| {
        let reader = reader.clone();
        Box::pin(async move { reader.despatches(Lane::Despatches, after.as_deref()).await })
    }
}

/// Gives an order the despatches that came under its reference before it was known.
pub(crate) fn adopt(
    w: &mut Write<'_>,
    row: &SaleRow,
    reference: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    for key in w.adopt_despatches(row.key, &[reference.to_owned()], now)? {
        let despatch = w.despatch_by_key(key)?;
        let text = format!("Despatch {} turned out to be of this order", despatch.id);
        w.journal(&decision(
            now,
            "despatch",
            row.key,
            "auto",
            "despatched",
            &text,
        ))?;
        if despatch.voids.is_empty() {
            let row = w.sale_row(row.key)?;
            stand(w, &row, despatch.is_last, now)?;
        }
    }
    Ok(())
}

/// Takes in one despatch; one that is known changes nothing.
fn take(
    w: &mut Write<'_>,
    run: &Run,
    record: &DespatchRecord,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    run.count("seen", 1);
    let despatch = &record.despatch;
    let row = match &despatch.reference {
        Some(reference) => w.sale_by_reference(reference.as_str())?,
        None => None,
    };
    let tracking: Vec<String> = despatch
        .parcels
        .iter()
        .flat_map(|parcel| parcel.tracking.iter().cloned())
        .collect();
    let took = w.take_despatch(
        &NewDespatch {
            id: &despatch.id,
            revision: despatch.revision,
            voids: match &despatch.kind {
                DespatchKind::Goods => "",
                DespatchKind::Void(earlier) => earlier,
            },
            raw_reference: &record.raw_reference,
            sale: row.as_ref().map(|row| row.key),
            at: despatch.at,
            published: record.published_at,
            is_last: despatch.is_last,
            units: despatch
                .lines
                .iter()
                .fold(0, |sum: i64, line| sum.saturating_add(line.units)),
            parcels: u32::try_from(despatch.parcels.len()).unwrap_or(u32::MAX),
            goods: record.goods,
            content: record.content,
            raw: &record.raw,
            tracking: &tracking,
        },
        now,
    )?;
    keep_goods(w, took, despatch)?;
    let text = match took {
        TookDespatch::Known(_) => return Ok(()),
        TookDespatch::New(_) => {
            run.count("new", 1);
            format!("The warehouse despatched {}", despatch.id)
        }
        TookDespatch::Revised(_) => {
            run.count("revised", 1);
            format!("The warehouse corrected parcels of {}", despatch.id)
        }
        TookDespatch::Changed(_) => {
            run.count("changed", 1);
            run.fault(format!(
                "The warehouse sent {} again with other goods; the first is kept",
                despatch.id
            ));
            format!(
                "{} came again with other content; it is kept beside the first and not applied",
                despatch.id
            )
        }
    };
    let Some(row) = row else {
        let text = format!("{text}, of an order we did not send");
        w.journal(&notice(
            now,
            "decision",
            "despatch",
            &record.raw_reference,
            "auto",
            &text,
        ))?;
        return Ok(());
    };
    w.journal(&decision(
        now,
        "despatch",
        row.key,
        "warehouse",
        "despatched",
        &text,
    ))?;
    if let (TookDespatch::New(_), DespatchKind::Goods) = (took, &despatch.kind) {
        stand(w, &row, despatch.is_last, now)?;
        if let Some(short) = short(&despatch.lines) {
            run.count("short", 1);
            w.add_hold(row.key, &short, now)?;
            let text = "Part of it will not leave the warehouse; the office decides";
            w.journal(&decision(
                now,
                "despatch",
                row.key,
                "warehouse",
                "short",
                text,
            ))?;
        }
    }
    Ok(())
}

/// Keeps what left of each SKU, which comparisons of stock count with, and by which carrier,
/// which alerts do. Also of a despatch that is known: it may have come before its carrier, its
/// goods, or the numbers of their movements, were kept.
fn keep_goods(
    w: &mut Write<'_>,
    took: TookDespatch,
    despatch: &Despatch,
) -> Result<(), StoreFault> {
    let key = match took {
        TookDespatch::New(key) | TookDespatch::Revised(key) => key,
        // An earlier revision may say something else.
        TookDespatch::Known(key) if w.despatch_by_key(key)?.revision == despatch.revision => key,
        TookDespatch::Known(_) | TookDespatch::Changed(_) => return Ok(()),
    };
    let goods: Vec<(&str, i64, Option<u64>)> = despatch
        .lines
        .iter()
        .map(|line| (line.sku.trim(), line.units, line.movement))
        .collect();
    w.put_despatch_carrier(key, despatch.carrier())?;
    w.put_despatch_goods(key, &goods)
}

/// What of these goods will never leave, as one thing for the office to decide on. Nothing is
/// told to Cin7 of it: what it holds the customer to is not the warehouse's to say.
fn short(lines: &[DespatchLine]) -> Option<Reason> {
    let cut: Vec<String> = lines
        .iter()
        .filter(|line| line.cancelled > 0)
        .map(|line| {
            let why = if line.why_cancelled.is_empty() {
                "no reason given".to_owned()
            } else {
                line.why_cancelled.to_lowercase().replace('_', " ")
            };
            format!(
                "{} of {} {} not sent: {why}",
                line.cancelled,
                line.cancelled.saturating_add(line.units),
                line.sku
            )
        })
        .collect();
    (!cut.is_empty()).then(|| Reason {
        code: HoldCode::DespatchShort,
        field: "Order.Lines".into(),
        value: cut.join("; "),
        marks: Vec::new(),
        expected: "all that was ordered".into(),
        owner: Owner::Office,
        fix: "Decide with the customer: credit what was not sent in Cin7 Core, or sell it again. Then say it is settled.".into(),
    })
}

/// A despatch is a fact: it moves the order, whatever the news says. What delivery is still
/// settling it finds out by itself.
fn stand(
    w: &mut Write<'_>,
    row: &SaleRow,
    is_last: bool,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    let state = match row.standing {
        Standing::In(OrderState::Despatched) => OrderState::Despatched,
        Standing::In(
            OrderState::AtWarehouse | OrderState::Blocked | OrderState::PartDespatched,
        ) => {
            if is_last {
                OrderState::Despatched
            } else {
                OrderState::PartDespatched
            }
        }
        Standing::In(_) | Standing::Outside(_) => return Ok(()),
    };
    w.remove_hold(row.key, HoldCode::DespatchOverdue)?;
    if is_last {
        w.remove_hold(row.key, HoldCode::HeldAtWarehouse)?;
    }
    if is_last || !matches!(row.standing, Standing::In(OrderState::Despatched)) {
        w.expect_no_despatch(row.key)?;
    }
    w.set_standing(row.key, &Standing::In(state), None, now)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use serde_json::{Value, json};
    use store::{Durability, MovementKind, Store, StoreKey};

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_507_200 + minute * 60, 0).unwrap()
    }

    fn run() -> Run {
        Run {
            id: "a-run".into(),
            job: Job::Despatches,
            started: at(0),
            tally: Mutex::default(),
        }
    }

    fn record(id: &str, revision: u32, lines: &Value, more: &Value) -> DespatchRecord {
        let mut item = json!({
            "seq": 1, "despatch_id": id, "revision": revision, "kind": "DESPATCH",
            "client_ref": "SO-00001", "despatched_at": at(0).to_rfc3339(), "lines": lines,
        });
        for (name, value) in more.as_object().unwrap() {
            item[name] = value.clone();
        }
        whistl::read_despatch(item.to_string().as_bytes(), &whistl::Profile::default()).unwrap()
    }

    /// Each movement's despatch, SKU, units and number, once these were taken one by one.
    fn moved(records: &[DespatchRecord]) -> Vec<(String, String, i64, Option<u64>)> {
        let folder = tempfile::tempdir().unwrap();
        let options = store::Options {
            durability: Durability::Fast,
            program: "a test",
            now: at(0),
        };
        let key = StoreKey::from_hex(&"ab".repeat(32)).unwrap();
        let mut store = Store::open(folder.path(), Some(key), options).unwrap();
        for record in records {
            store.write(|w| take(w, &run(), record, at(1))).unwrap();
        }
        let movements = store.reading().movements(at(0)).unwrap();
        movements
            .into_iter()
            .map(|movement| {
                assert_eq!(
                    (movement.kind, movement.at),
                    (MovementKind::Despatch, at(0))
                );
                (movement.id, movement.sku, movement.units, movement.movement)
            })
            .collect()
    }

    fn line(sku: &str, units: i64, movement: Option<u64>) -> Value {
        json!({ "sku": sku, "quantity_despatched": units, "movement_id": movement })
    }

    #[test]
    fn what_left_is_a_movement_of_each_sku_and_a_void_takes_it_back() {
        let lines = json!([
            line(" TEAPOT04 ", 2, Some(7)),
            line("MUG", 1, None),
            line("TEAPOT04", 1, Some(8)),
        ]);
        let left = record("DSP-1", 1, &lines, &json!({}));
        let void = json!({ "kind": "VOID", "voids": "DSP-1" });
        let back = record("DSP-2", 1, &json!([line("MUG", -1, Some(9))]), &void);
        let wanted = [
            ("DSP-1".into(), "MUG".into(), -1, None),
            ("DSP-2".into(), "MUG".into(), 1, Some(9)),
            ("DSP-1".into(), "TEAPOT04".into(), -3, Some(8)),
        ];
        assert_eq!(moved(&[left.clone(), back, left]), wanted);
    }

    #[test]
    fn the_number_of_a_movement_may_come_late_and_other_goods_replace_nothing() {
        let first = record("DSP-1", 2, &json!([line("MUG", 1, None)]), &json!({}));
        let numbered = record("DSP-1", 2, &json!([line("MUG", 1, Some(7))]), &json!({}));
        let earlier = record("DSP-1", 1, &json!([line("MUG", 5, None)]), &json!({}));
        let others = record("DSP-1", 3, &json!([line("MUG", 4, None)]), &json!({}));
        let taken = [first, numbered, earlier, others];
        assert_eq!(
            moved(&taken[..1]),
            [("DSP-1".into(), "MUG".into(), -1, None)]
        );
        assert_eq!(moved(&taken), [("DSP-1".into(), "MUG".into(), -1, Some(7))]);
    }
}
