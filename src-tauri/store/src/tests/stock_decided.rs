//! What people decide on a drift, and finance's signatures.

use rust_decimal::Decimal;

use super::stock_world::intend;
use super::world::*;
use crate::{NewDriftDecision, ReconciliationKey, StockLineRow, StoreFault};

fn world() -> (World, StockLineRow) {
    let mut world = World::new();
    crate::fill::stock(world.store(), 900, noon()).unwrap();
    let reading = world.store().reading();
    let line = reading.stock_lines(None, None, 1).unwrap().remove(0);
    assert!(!line.unexplained.is_zero());
    (world, line)
}

fn decision(line: &StockLineRow, what: &'static str, minute: i64) -> NewDriftDecision<'static> {
    NewDriftDecision {
        line: line.key,
        run: line.run,
        what,
        units: line.unexplained,
        note: "Seen it.",
        until: None,
        document: None,
        who: "Priya",
        at: after(minute),
    }
}

fn decide(world: &mut World, new: &NewDriftDecision<'_>) -> Result<(), StoreFault> {
    world.store().write(|w| w.decide_drift(new))
}

#[test]
fn an_acceptance_and_a_recount_stand_on_the_sku_until_they_are_taken_back() {
    let (mut world, line) = world();
    let accept = NewDriftDecision {
        until: Some(after(900)),
        ..decision(&line, "accept", 1)
    };
    decide(&mut world, &accept).unwrap();
    decide(&mut world, &decision(&line, "recount", 2)).unwrap();
    let document = intend(&mut world, "D-1", -18, &[]);
    let post = NewDriftDecision {
        document: Some(document),
        ..decision(&line, "post", 3)
    };
    decide(&mut world, &post).unwrap();
    let reading = world.store().reading();
    let kept = reading.stock_line_by_key(line.key).unwrap();
    let wanted = Some((after(900), line.unexplained, "Seen it.".into()));
    assert_eq!(kept.accepted, wanted);
    assert_eq!(kept.recount_since, Some(after(2)));
    let posted = reading.drift_decision_of(document).unwrap().unwrap();
    assert_eq!(
        (posted.what.as_str(), posted.who.as_str()),
        ("post", "Priya")
    );

    decide(&mut world, &decision(&line, "withdraw", 4)).unwrap();
    let reading = world.store().reading();
    let kept = reading.stock_line_by_key(line.key).unwrap();
    assert_eq!((kept.accepted, kept.recount_since), (None, None));
    let all = reading.drift_decisions(line.key).unwrap();
    let all: Vec<_> = all.iter().map(|row| row.what.as_str()).collect();
    assert_eq!(all, ["withdraw", "post", "recount", "accept"]);
    let some = reading.drift_decisions_between(after(2), after(4)).unwrap();
    let some: Vec<_> = some.iter().map(|row| row.what.as_str()).collect();
    assert_eq!(some, ["recount", "post"]);
}

#[test]
fn what_is_no_decision_is_refused() {
    let (mut world, line) = world();
    let endless = decide(&mut world, &decision(&line, "accept", 1));
    assert!(matches!(endless, Err(StoreFault::Sql { .. })));
    let odd = decide(&mut world, &decision(&line, "ignore", 1));
    assert!(matches!(odd, Err(StoreFault::Sql { .. })));
    let nowhere = NewDriftDecision {
        line: crate::StockLineKey(9_999),
        ..decision(&line, "recount", 1)
    };
    let nowhere = decide(&mut world, &nowhere);
    assert!(matches!(nowhere, Err(StoreFault::Missing { .. })));
    assert_eq!(world.count("drift_decision"), 0);
}

#[test]
fn finance_signs_a_comparison_by_name() {
    let (mut world, line) = world();
    let store = world.store();
    store
        .write(|w| {
            w.sign_off(ReconciliationKey(1), "Hana", "", after(1))?;
            w.sign_off(line.run, "Hana", "November", after(2))
        })
        .unwrap();
    let unknown = store.write(|w| w.sign_off(ReconciliationKey(99), "Hana", "", after(3)));
    assert!(matches!(unknown, Err(StoreFault::Sql { .. })));
    let reading = store.reading();
    let of_run = reading.sign_offs_of(line.run).unwrap();
    assert_eq!(of_run.len(), 1);
    assert_eq!(
        (of_run[0].who.as_str(), of_run[0].note.as_str()),
        ("Hana", "November")
    );
    let last = reading.sign_offs(9).unwrap();
    assert_eq!((last[0].at, last[1].run), (after(2), ReconciliationKey(1)));
}

#[test]
fn what_was_decided_signed_and_sent_is_never_taken_out_or_written_over() {
    let (mut world, line) = world();
    decide(&mut world, &decision(&line, "recount", 1)).unwrap();
    intend(&mut world, "D-1", -18, &[]);
    world
        .store()
        .write(|w| w.sign_off(line.run, "Hana", "", after(2)))
        .unwrap();
    for sql in [
        "DELETE FROM drift_decision",
        "UPDATE drift_decision SET who = 'Jon'",
        "DELETE FROM sign_off",
        "UPDATE sign_off SET note = 'No.'",
        "DELETE FROM stock_document",
        "UPDATE stock_document SET reference = 'D-2'",
    ] {
        let done = world.store().reading().conn.execute(sql, []);
        assert!(done.is_err(), "{sql}");
    }
}

#[test]
fn what_is_made_up_for_benchmarks_looks_like_stock() {
    let (mut world, line) = world();
    let reading = world.store().reading();
    let runs = reading.drift_trend(9).unwrap();
    assert_eq!(runs.len(), 7);
    assert_eq!(runs[6].read_at, noon() - chrono::Duration::minutes(1));
    assert!((1..20).contains(&runs[6].drifting), "{}", runs[6].drifting);
    assert!(runs[6].value > Decimal::ZERO);
    let history = world.count("stock_history");
    assert!((900..1_500).contains(&history), "{history} rows");
    assert_eq!(line.run, runs[6].run);
}
