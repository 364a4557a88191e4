//! Comparisons of both sides: since when a gap is there, what is kept of each, what a partial
//! one leaves, and how drift went.

use rust_decimal::Decimal;

use super::world::*;
use crate::{
    NewReconciliation, NewStockLine, ReconciliationKey, StockCounts, StockLineKey, StockLineRow,
    StockTotals, StoreFault,
};

/// A SKU that Cin7 has 34 of, and the warehouse so many more or less.
fn line(sku: &str, gap: i64) -> NewStockLine<'static> {
    NewStockLine {
        sku: sku.to_owned().into(),
        whistl_sku: sku.replace('-', "").into(),
        product: None,
        name: format!("{sku}, stoneware").into(),
        cin7: 34.into(),
        allocated: 0.into(),
        counted: (34 + gap).into(),
        quarantined: 0.into(),
        in_flight: 0.into(),
        pending: 0.into(),
        unexplained: gap.into(),
        category: match gap {
            0 => "matched",
            1.. => "cin7_short",
            _ => "can_oversell",
        },
        cause: "",
        is_approximate: false,
        at_risk: (-gap).max(0).into(),
        unit_cost: Some(Decimal::new(425, 2)),
        price: None,
        value: Decimal::new(425 * gap.abs(), 2),
        priority: -gap.abs(),
    }
}

fn unknown(sku: &str) -> NewStockLine<'static> {
    NewStockLine {
        category: "not_comparable",
        cause: "page_failed",
        ..line(sku, 0)
    }
}

/// A comparison at that hour.
fn compare(
    world: &mut World,
    hour: i64,
    lines: &[NewStockLine<'_>],
    kept: &[(&str, &str)],
) -> ReconciliationKey {
    let at = after(60 * hour);
    let run = format!("run-{hour}");
    let totals = StockTotals {
        unexplained: lines.iter().map(|line| line.unexplained).sum(),
        value: lines.iter().map(|line| line.value).sum(),
        ..StockTotals::default()
    };
    let new = NewReconciliation {
        run: &run,
        began: at,
        ended: at,
        is_whole: kept.is_empty(),
        why: "",
        snapshot: "SNAP-1",
        as_of: at,
        read_at: at,
        rows_read: 2,
        told_up_to: None,
        totals: &totals,
        counts: StockCounts::default(),
    };
    let store = world.store();
    store
        .write(|w| w.put_reconciliation(&new, lines.iter().cloned(), kept))
        .unwrap()
}

fn found(world: &mut World, sku: &str) -> StockLineRow {
    let found = world.store().reading().stock_line(sku).unwrap();
    found.unwrap_or_else(|| panic!("no {sku}"))
}

/// Between which hours the gap opened.
fn opened(world: &mut World, sku: &str) -> (Option<i64>, Option<i64>) {
    let row = found(world, sku);
    let hour = |at: Option<(ReconciliationKey, chrono::DateTime<chrono::Utc>)>| {
        at.map(|(_, at)| (at - noon()).num_hours())
    };
    (hour(row.before), hour(row.since))
}

fn listed(world: &mut World) -> Vec<String> {
    let rows = world.store().reading().stock_lines(None, None, 99).unwrap();
    rows.into_iter().map(|row| row.sku).collect()
}

#[test]
fn a_gap_is_there_since_the_comparison_that_found_it_and_stays_so_as_it_grows() {
    let mut world = World::new();
    compare(&mut world, 1, &[line("TEA-04", 0)], &[]);
    assert_eq!(opened(&mut world, "TEA-04"), (None, None));
    compare(&mut world, 2, &[line("TEA-04", -18)], &[]);
    assert_eq!(opened(&mut world, "TEA-04"), (Some(1), Some(2)));
    compare(&mut world, 3, &[line("TEA-04", -20)], &[]);
    assert_eq!(opened(&mut world, "TEA-04"), (Some(1), Some(2)));
    compare(&mut world, 4, &[line("TEA-04", 0)], &[]);
    assert_eq!(opened(&mut world, "TEA-04"), (None, None));
    compare(&mut world, 5, &[line("TEA-04", 7)], &[]);
    assert_eq!(opened(&mut world, "TEA-04"), (Some(4), Some(5)));
}

#[test]
fn a_sku_that_comes_with_a_gap_has_it_since_it_came() {
    let mut world = World::new();
    compare(&mut world, 1, &[line("TEA-04", -1)], &[]);
    assert_eq!(
        opened(&mut world, "TEA-04"),
        (None, Some(1)),
        "the very first"
    );
    compare(&mut world, 2, &[line("TEA-04", -1), line("MUG-01", 2)], &[]);
    assert_eq!(opened(&mut world, "MUG-01"), (Some(1), Some(2)));
}

#[test]
fn while_a_sku_cannot_be_compared_its_gap_is_taken_to_last() {
    let mut world = World::new();
    let both = |gap| [line("TEA-04", gap), line("MUG-01", gap)];
    compare(&mut world, 1, &both(0), &[]);
    compare(&mut world, 2, &both(-18), &[]);
    compare(
        &mut world,
        3,
        &[unknown("MUG-01")],
        &[("TEA-04", "page_failed")],
    );
    let row = found(&mut world, "TEA-04");
    assert_eq!(
        (row.category.as_str(), row.cause.as_str()),
        ("not_comparable", "page_failed")
    );
    assert_eq!(row.unexplained, Decimal::from(-18), "the old figures");
    for sku in ["TEA-04", "MUG-01"] {
        assert_eq!(opened(&mut world, sku), (Some(1), Some(2)), "{sku}");
    }
    compare(&mut world, 4, &both(-18), &[]);
    for sku in ["TEA-04", "MUG-01"] {
        assert_eq!(opened(&mut world, sku), (Some(1), Some(2)), "{sku}");
    }
}

#[test]
fn a_gap_that_opened_unseen_opened_after_the_last_comparison_that_saw_none() {
    let mut world = World::new();
    let both = |gap| [line("TEA-04", gap), line("MUG-01", gap)];
    compare(&mut world, 1, &both(0), &[]);
    for hour in [2, 3] {
        compare(
            &mut world,
            hour,
            &[unknown("MUG-01")],
            &[("TEA-04", "page_failed")],
        );
    }
    compare(&mut world, 4, &both(-18), &[]);
    for sku in ["TEA-04", "MUG-01"] {
        assert_eq!(opened(&mut world, sku), (Some(1), Some(4)), "{sku}");
    }
}

#[test]
fn what_neither_side_knows_any_more_leaves_the_list_and_keeps_its_history() {
    let mut world = World::new();
    let first = compare(
        &mut world,
        1,
        &[line("TEA-04", -18), line("MUG-01", 0)],
        &[],
    );
    let second = compare(
        &mut world,
        2,
        &[line("MUG-01", 0)],
        &[("GHOST", "page_failed")],
    );
    assert_eq!(listed(&mut world), ["MUG-01"]);
    let gone = found(&mut world, "TEA-04");
    assert_eq!((gone.is_gone, gone.run), (true, first));
    assert_eq!(gone.since, None);
    let here = found(&mut world, "MUG-01");
    assert_eq!((here.is_gone, here.run), (false, second));
    // It is not listed by a partial comparison that could not see it either.
    compare(
        &mut world,
        3,
        &[line("MUG-01", 0)],
        &[("TEA-04", "page_failed")],
    );
    assert_eq!(listed(&mut world), ["MUG-01"]);
    compare(
        &mut world,
        4,
        &[line("TEA-04", -18), line("MUG-01", 0)],
        &[],
    );
    assert_eq!(listed(&mut world), ["TEA-04", "MUG-01"]);
    assert_eq!(opened(&mut world, "TEA-04"), (Some(3), Some(4)));
    let history = world.store().reading().stock_history(gone.key, 9).unwrap();
    let history: Vec<_> = history.iter().map(|row| row.category.as_str()).collect();
    assert_eq!(history, ["can_oversell", "gone", "can_oversell"]);
}

#[test]
fn the_history_has_a_row_for_each_change_and_none_besides() {
    let mut world = World::new();
    let first = compare(&mut world, 1, &[line("TEA-04", 0)], &[]);
    compare(&mut world, 2, &[line("TEA-04", 0)], &[]);
    let renamed = NewStockLine {
        name: "Teapot".into(),
        priority: 9,
        ..line("TEA-04", 0)
    };
    compare(&mut world, 3, std::slice::from_ref(&renamed), &[]);
    let key = found(&mut world, "TEA-04").key;
    assert_eq!(found(&mut world, "TEA-04").name, "Teapot");
    let moved = NewStockLine {
        cin7: 30.into(),
        counted: 30.into(),
        ..renamed
    };
    let fourth = compare(&mut world, 4, &[moved], &[]);
    compare(&mut world, 5, &[], &[("TEA-04", "page_failed")]);
    let sixth = compare(&mut world, 6, &[], &[("TEA-04", "stale")]);
    let reading = world.store().reading();
    let history = reading.stock_history(key, 9).unwrap();
    let runs: Vec<_> = history.iter().map(|row| row.run).collect();
    assert_eq!(runs, [ReconciliationKey(5), fourth, first]);
    assert_eq!(
        (history[1].read_at, history[1].cin7),
        (after(240), 30.into())
    );
    assert_eq!(reading.stock_history(key, 1).unwrap().len(), 1);
    let row = found(&mut world, "TEA-04");
    assert_eq!((row.cause.as_str(), row.run), ("stale", sixth));

    let at = |world: &mut World, run| {
        let rows = world.store().reading().stock_at(run).unwrap();
        let rows = rows
            .into_iter()
            .map(|row| (row.sku, row.cin7, row.category));
        rows.collect::<Vec<_>>()
    };
    let wanted = [("TEA-04".to_owned(), Decimal::from(34), "matched".to_owned())];
    assert_eq!(at(&mut world, ReconciliationKey(3)), wanted);
    assert_eq!(at(&mut world, sixth)[0].2, "not_comparable");
    assert!(at(&mut world, ReconciliationKey(0)).is_empty());
}

#[test]
fn a_month_later_a_sku_is_worth_what_it_was_at_each_comparison() {
    let mut world = World::new();
    let first = compare(&mut world, 1, &[line("TEA-04", 0)], &[]);
    let dearer = NewStockLine {
        unit_cost: Some(Decimal::new(510, 2)),
        ..line("TEA-04", 0)
    };
    let second = compare(&mut world, 2, std::slice::from_ref(&dearer), &[]);
    compare(&mut world, 3, &[dearer], &[("MUG-01", "page_failed")]);
    let reading = world.store().reading();
    let worth = |run| reading.stock_at(run).unwrap()[0].unit_cost;
    assert_eq!(worth(first), Some(Decimal::new(425, 2)));
    assert_eq!(worth(second), Some(Decimal::new(510, 2)));

    let at = |hour| reading.whole_reconciliation_at(after(hour)).unwrap();
    assert_eq!(at(59).map(|run| run.key), None);
    assert_eq!(at(119).map(|run| run.key), Some(first));
    // The third did not read everything, and nothing rests on it.
    assert_eq!(at(999).map(|run| run.key), Some(second));
    let between = reading.reconciliations_between(after(120), after(181));
    let whole: Vec<_> = between.unwrap().iter().map(|run| run.is_whole).collect();
    assert_eq!(whole, [true, false]);
}

#[test]
fn the_trend_carries_each_figure_on_to_the_next_change() {
    let mut world = World::new();
    compare(&mut world, 1, &[line("TEA-04", -2)], &[]);
    compare(&mut world, 2, &[line("TEA-04", -2), line("MUG-01", 5)], &[]);
    compare(&mut world, 3, &[line("TEA-04", -2), line("MUG-01", 0)], &[]);
    compare(
        &mut world,
        4,
        &[line("MUG-01", 1)],
        &[("TEA-04", "page_failed")],
    );
    compare(&mut world, 5, &[line("TEA-04", -7)], &[]);
    let keys = [
        found(&mut world, "TEA-04").key,
        found(&mut world, "MUG-01").key,
    ];
    let trend = |world: &mut World, keys: &[StockLineKey], runs| -> Vec<Vec<Option<i64>>> {
        let trend = world.store().reading().trend_of(keys, runs).unwrap();
        assert_eq!(trend.iter().map(|of| of.line).collect::<Vec<_>>(), keys);
        trend
            .into_iter()
            .map(|of| {
                let points = of.unexplained.into_iter();
                points
                    .map(|point| point.map(|units| units.try_into().unwrap()))
                    .collect()
            })
            .collect()
    };
    let tea = [Some(-2), Some(-2), Some(-2), None, Some(-7)];
    let mug = [None, Some(5), Some(0), Some(1), None];
    assert_eq!(trend(&mut world, &keys, 7), [tea, mug]);
    assert_eq!(trend(&mut world, &keys, 3), [&tea[2..], &mug[2..]]);
    let other_way = [keys[1], keys[0]];
    assert_eq!(trend(&mut world, &other_way, 3), [&mug[2..], &tea[2..]]);
    let nobody = [StockLineKey(99)];
    assert_eq!(trend(&mut world, &nobody, 2), [[None, None]]);
    assert!(trend(&mut world, &[], 2).is_empty());

    let points = world.store().reading().drift_trend(4).unwrap();
    let points: Vec<_> = points
        .iter()
        .map(|point| {
            (
                point.run.0,
                point.drifting,
                point.gap_units,
                point.unexplained,
            )
        })
        .collect();
    let point = |run, drifting, gap: i64, net: i64| (run, drifting, gap.into(), net.into());
    let wanted = [
        point(2, 2, 7, 3),
        point(3, 1, 2, -2),
        point(4, 1, 1, 1),
        point(5, 1, 7, -7),
    ];
    assert_eq!(points, wanted);
}

#[test]
fn the_list_goes_by_priority_and_a_sku_is_found_by_either_spelling() {
    let mut world = World::new();
    let lines = [
        line("TEA-04", -18),
        line("MUG-01", 4),
        line("MUG-02", -4),
        line("MUG-03", 0),
    ];
    let run = compare(&mut world, 1, &lines, &[]);
    assert_eq!(listed(&mut world), ["TEA-04", "MUG-01", "MUG-02", "MUG-03"]);
    let reading = world.store().reading();
    let skus =
        |rows: Vec<StockLineRow>| -> Vec<String> { rows.into_iter().map(|row| row.sku).collect() };
    let page = reading.stock_lines(None, None, 2).unwrap();
    let last = page.last().map(|row| (row.priority, row.key));
    assert_eq!(
        skus(reading.stock_lines(None, last, 2).unwrap()),
        ["MUG-02", "MUG-03"]
    );
    let short = Some("can_oversell");
    assert_eq!(
        skus(reading.stock_lines(short, None, 9).unwrap()),
        ["TEA-04", "MUG-02"]
    );
    assert_eq!(
        skus(reading.stock_lines(short, last, 9).unwrap()),
        ["MUG-02"]
    );
    let row = reading.stock_line("TEA04").unwrap().unwrap();
    assert_eq!((row.sku.as_str(), row.run), ("TEA-04", run));
    assert_eq!((row.at_risk, row.value), (18.into(), Decimal::new(7650, 2)));
    assert_eq!(reading.stock_line_by_key(row.key).unwrap(), row);
    assert_eq!(reading.stock_line("tea-04").unwrap(), None, "to the letter");
    let costs = reading.stock_line_costs().unwrap();
    assert_eq!(
        (costs.len(), costs[3].unit_cost),
        (4, Some(Decimal::new(425, 2)))
    );
    let nowhere = reading.stock_line_by_key(StockLineKey(99));
    assert!(matches!(nowhere, Err(StoreFault::Missing { .. })));
}

#[test]
fn a_text_is_found_in_either_spelling_and_in_the_name_the_nearest_first() {
    let mut world = World::new();
    let named = |sku: &str, name: &'static str| NewStockLine {
        name: name.into(),
        ..line(sku, 0)
    };
    let mut lines = vec![
        line("MUG-02", -2),
        line("MUG-01", 0),
        named("A-TRAY", "For one mug"),
        named("B-MUG", "A tray"),
        named("MUG", "Plain"),
        named("C-LID", "mug"),
    ];
    compare(&mut world, 1, &lines, &[]);
    let found = |world: &mut World, text: &str, category, limit| -> Vec<String> {
        let reading = world.store().reading();
        let keys = reading.stock_line_keys_like(text, category, limit).unwrap();
        let rows = reading.stock_lines_of(&keys).unwrap();
        rows.into_iter().map(|row| row.sku).collect()
    };
    let nearest = ["MUG", "MUG-01", "MUG-02", "A-TRAY", "B-MUG", "C-LID"];
    assert_eq!(found(&mut world, "mUg", None, 9), nearest);
    assert_eq!(found(&mut world, "mug", None, 3), nearest[..3]);
    assert_eq!(
        found(&mut world, "MUG", Some("can_oversell"), 9),
        ["MUG-02"]
    );
    assert_eq!(found(&mut world, "ug-0", None, 9), ["MUG-01", "MUG-02"]);
    // The warehouse's spelling, whole and in part, and a piece of the name.
    assert_eq!(found(&mut world, "mug01", None, 9), ["MUG-01"]);
    assert_eq!(found(&mut world, "atr", None, 9), ["A-TRAY"]);
    assert_eq!(found(&mut world, "for one", None, 9), ["A-TRAY"]);
    // A sign that searches elsewhere give a meaning to is itself.
    assert!(found(&mut world, "mug%", None, 9).is_empty());
    assert!(found(&mut world, "xyzzy", None, 9).is_empty());
    // What is renamed is found by its new name only, and what is gone not at all.
    lines[2].name = "For one cup".into();
    lines.truncate(4);
    compare(&mut world, 2, &lines, &[]);
    assert_eq!(found(&mut world, "cup", None, 9), ["A-TRAY"]);
    assert_eq!(
        found(&mut world, "mug", None, 9),
        ["MUG-01", "MUG-02", "B-MUG"]
    );
}

#[test]
fn the_last_comparison_and_the_last_whole_one_are_told_apart() {
    let mut world = World::new();
    assert_eq!(world.store().reading().last_reconciliation().unwrap(), None);
    let whole = compare(
        &mut world,
        1,
        &[line("TEA-04", -18), line("MUG-01", 2)],
        &[],
    );
    let partial = compare(
        &mut world,
        2,
        &[line("TEA-04", 0)],
        &[("MUG-01", "page_failed")],
    );
    let reading = world.store().reading();
    let last = reading.last_reconciliation().unwrap().unwrap();
    assert_eq!((last.key, last.is_whole), (partial, false));
    let last_whole = reading.last_whole_reconciliation().unwrap().unwrap();
    assert_eq!((last_whole.key, last_whole.is_whole), (whole, true));
    assert_eq!((last_whole.drifting, last_whole.gap_units), (2, 20.into()));
    assert_eq!(last_whole.totals.unexplained, Decimal::from(-16));
    assert_eq!(reading.reconciliation(whole).unwrap(), last_whole);
    let all = reading.reconciliations(9).unwrap();
    assert_eq!(all, [last, last_whole]);
    let nowhere = reading.reconciliation(ReconciliationKey(9));
    assert!(matches!(nowhere, Err(StoreFault::Missing { .. })));
}

#[test]
fn a_comparison_is_kept_whole_or_not_at_all() {
    let mut world = World::new();
    compare(&mut world, 1, &[line("TEA-04", -18)], &[]);
    let too_fine = NewStockLine {
        cin7: Decimal::new(1, 5),
        ..line("MUG-01", 0)
    };
    let totals = StockTotals::default();
    let new = NewReconciliation {
        run: "run-2",
        began: noon(),
        ended: noon(),
        is_whole: true,
        why: "",
        snapshot: "SNAP-2",
        as_of: noon(),
        read_at: noon(),
        rows_read: 2,
        told_up_to: None,
        totals: &totals,
        counts: StockCounts::default(),
    };
    let lines = [line("TEA-04", 0), too_fine];
    let refused = world
        .store()
        .write(|w| w.put_reconciliation(&new, lines, &[]))
        .unwrap_err();
    assert!(refused.to_string().contains("0.00001"), "{refused}");
    assert_eq!(found(&mut world, "TEA-04").unexplained, Decimal::from(-18));
    assert_eq!(world.count("reconciliation"), 1);
}

#[test]
fn a_comparison_that_finds_nothing_new_writes_only_its_sums() {
    let mut world = World::new();
    let lines: Vec<_> = (0..200)
        .map(|n| line(&format!("ITEM-{n:03}"), n % 3))
        .collect();
    compare(&mut world, 1, &lines, &[]);
    let changes = |world: &mut World| world.store().reading().conn.total_changes();
    let before = changes(&mut world);
    compare(&mut world, 2, &lines, &[]);
    assert_eq!(changes(&mut world) - before, 1);
}

#[test]
fn a_list_is_frozen_by_its_row_numbers_and_read_by_them_in_its_order() {
    let mut world = World::new();
    let gaps = [("TEA-04", -18), ("MUG-01", 0), ("LAMP-WH", 7), ("CUP-3", 0)];
    let lines: Vec<_> = gaps.iter().map(|(sku, gap)| line(sku, *gap)).collect();
    compare(&mut world, 1, &lines, &[]);
    compare(&mut world, 2, &lines[..3], &[]);
    let reading = world.store().reading();
    let keys = reading.stock_line_keys(None, 99).unwrap();
    let skus = |keys: &[StockLineKey]| -> Vec<String> {
        let rows = reading.stock_lines_of(keys).unwrap();
        rows.into_iter().map(|row| row.sku).collect()
    };
    assert_eq!(skus(&keys), ["TEA-04", "LAMP-WH", "MUG-01"]);
    let backwards: Vec<_> = keys.iter().rev().copied().collect();
    assert_eq!(skus(&backwards), ["MUG-01", "LAMP-WH", "TEA-04"]);
    let short = reading.stock_line_keys(Some("cin7_short"), 99).unwrap();
    assert_eq!(skus(&short), ["LAMP-WH"]);
    assert_eq!(reading.stock_line_keys(None, 2).unwrap(), keys[..2]);
    assert!(reading.stock_lines_of(&[StockLineKey(99)]).is_err());
}
