//! One small world each, compared once.

use std::time::Instant;

use rust_decimal::Decimal;

use super::super::*;
use super::world::{Step, World, at, money};

const DESPATCHED: Moved = Moved::Despatch(DespatchTold::No);
const TOLD: Moved = Moved::Despatch(DespatchTold::Yes);
const ADJUSTED: Moved = Moved::Adjustment(AdjustmentTold::No);
const MAYBE: Moved = Moved::Adjustment(AdjustmentTold::Perhaps);
const POSTED: Moved = Moved::Adjustment(AdjustmentTold::Yes);

/// The mugs of the contract's section 11: snapshot `SNP20261024A`, on hand 5, quarantined 3.
fn mugs(cin7: i64) -> World {
    World::new()
        .cin7("MUG330WHT", cin7, 2)
        .whistl("MUG330WHT", 5, 3, 900_106)
        .moved("MUG330WHT", 900_102, -4, TOLD)
        .moved("MUG330WHT", 900_105, -2, POSTED)
}

#[test]
fn the_contracts_own_example_comes_to_nothing() {
    let world = mugs(3).moved("MUG330WHT", 900_106, -1, ADJUSTED);
    assert_eq!(
        world.rows(),
        ["MUG330WHT: 3 +0 -1 = 2, counted 2, unexplained +0: explained"]
    );
}

#[test]
fn had_the_last_adjustment_been_lost_one_mug_could_be_oversold() {
    let world = mugs(3);
    assert_eq!(
        world.rows(),
        ["MUG330WHT: 3 +0 +0 = 3, counted 2, unexplained -1: can_oversell"]
    );
    world.compared(|found| assert_eq!(found.rows[0].at_risk.units, 1));
}

#[test]
fn all_movements_of_the_files_lead_from_one_snapshot_to_the_next() {
    // As Cin7 stood after the first day, with 211 to 213 still to be posted.
    let world = mugs(3)
        .cin7("BAG010NAT", 190, 0)
        .cin7("TEE001BLKL", 75, 0)
        .cin7("TEE001BLKM", 116, 0)
        .whistl("BAG010NAT", 193, 0, 900_107)
        .whistl("TEE001BLKL", 75, 0, 900_103)
        .whistl("TEE001BLKM", 119, 2, 900_108)
        .moved("TEE001BLKM", 900_101, -2, TOLD)
        .moved("TEE001BLKL", 900_103, -5, TOLD)
        .moved("BAG010NAT", 900_104, -10, TOLD)
        .moved("MUG330WHT", 900_106, -1, ADJUSTED)
        .moved("BAG010NAT", 900_107, 3, ADJUSTED)
        .moved("TEE001BLKM", 900_108, 1, ADJUSTED)
        // Happened after it was taken, and Cin7 knows nothing of them yet.
        .moved("TEE001BLKM", 900_109, -1, ADJUSTED)
        .moved("MUG330WHT", 900_111, -2, DESPATCHED);
    assert_eq!(
        world.rows(),
        [
            "BAG010NAT: 190 +0 +3 = 193, counted 193, unexplained +0: explained",
            "MUG330WHT: 3 +0 -1 = 2, counted 2, unexplained +0: explained",
            "TEE001BLKM: 116 +0 +1 = 117, counted 117, unexplained +0: explained",
            "TEE001BLKL: 75 +0 +0 = 75, counted 75, unexplained +0: matched",
        ]
    );
}

#[test]
fn eighteen_teapots_that_are_not_there_stand_above_a_larger_surplus() {
    let world = World::new()
        .cin7("BAG010NAT", 100, 0)
        .whistl("BAG010NAT", 400, 0, 900_107)
        .cin7("TEAPOT04", 34, 8)
        .whistl("TEAPOT04", 8, 0, 900_101)
        .moved("TEAPOT04", 900_101, -8, DESPATCHED);
    assert_eq!(
        world.rows(),
        [
            "TEAPOT04: 34 -8 +0 = 26, counted 8, unexplained -18: can_oversell",
            "BAG010NAT: 100 +0 +0 = 100, counted 400, unexplained +300: cin7_short",
        ]
    );
    world.compared(|found| {
        let teapot = &found.rows[0];
        assert_eq!(teapot.value(), Some(money("-297.00")));
        assert_eq!(teapot.at_risk.units, 18);
        assert_eq!(teapot.value_at_risk(), Some(money("297.00")));
        assert_eq!(teapot.lost_sales(), Some(money("702.00")));
        assert_eq!(found.totals.counts.all(), 2);
        assert_eq!(found.totals.value, money("4653.00"));
    });
}

#[test]
fn what_left_between_the_two_readings_is_no_difference() {
    // Despatched after the snapshot and told to Cin7 before it was read.
    let world = World::new()
        .cin7("TEAPOT04", 29, 0)
        .whistl("TEAPOT04", 34, 0, 900_101)
        .moved("TEAPOT04", 900_109, -5, TOLD);
    assert_eq!(
        world.rows(),
        ["TEAPOT04: 29 +5 +0 = 34, counted 34, unexplained +0: explained"]
    );
}

#[test]
fn a_void_counts_with_its_opposite_units() {
    let world = World::new()
        .cin7("TEAPOT04", 34, 0)
        .whistl("TEAPOT04", 34, 0, 900_102)
        .moved("TEAPOT04", 900_101, -5, DESPATCHED)
        .moved("TEAPOT04", 900_102, 5, DESPATCHED);
    assert_eq!(
        world.rows(),
        ["TEAPOT04: 34 +0 +0 = 34, counted 34, unexplained +0: matched"]
    );
}

#[test]
fn goods_in_on_one_side_only_are_timing_and_no_difference() {
    let held = Moved::Adjustment(AdjustmentTold::Held);
    let world = World::new()
        .cin7("AT_WHISTL", 10, 0)
        .whistl("AT_WHISTL", 60, 0, 900_101)
        .moved("AT_WHISTL", 900_101, 50, held)
        .cin7("IN_CIN7", 60, 0)
        .whistl("IN_CIN7", 10, 0, 900_090)
        .moved("IN_CIN7", 900_200, 50, Moved::OnlyInCin7);
    assert_eq!(
        world.rows(),
        [
            "AT_WHISTL: 10 +0 +50 = 60, counted 60, unexplained +0: explained",
            "IN_CIN7: 60 +0 -50 = 10, counted 10, unexplained +0: explained",
        ]
    );
    world.compared(|found| assert_eq!(found.rows[0].parts.held, 50));
}

#[test]
fn a_loss_that_a_fault_keeps_from_cin7_is_blocked_and_can_be_oversold() {
    let blocked = Moved::Adjustment(AdjustmentTold::Blocked);
    let world = World::new()
        .cin7("MUGSET2", 61, 0)
        .whistl("MUGSET2", 57, 0, 900_101)
        .moved("MUGSET2", 900_101, -4, blocked);
    assert_eq!(
        world.rows(),
        ["MUGSET2: 61 +0 -4 = 57, counted 57, unexplained +0: posting_blocked"]
    );
    world.compared(|found| assert_eq!(found.rows[0].at_risk.units, 4));
}

#[test]
fn a_despatch_told_in_part_is_believed_whichever_way_it_explains() {
    let half = Moved::Despatch(DespatchTold::Half);
    for (cin7, column) in [(34, "34 -8"), (26, "26 +0")] {
        let world = World::new()
            .cin7("TEAPOT04", cin7, 8)
            .whistl("TEAPOT04", 26, 0, 900_101)
            .moved("TEAPOT04", 900_101, -8, half);
        assert!(world.rows()[0].starts_with(&format!("TEAPOT04: {column} +0 = 26")));
        world.compared(|found| {
            assert!(found.rows[0].is_approximate);
            assert_eq!(found.totals.columns.unexplained, 0);
        });
    }
}

#[test]
fn a_sku_that_one_side_only_has_is_compared_if_the_other_is_known_to_have_none() {
    let mut world = World::new()
        .whistl("NOT_IN_CIN7", 5, 0, 900_101)
        .cin7("NONE_LEFT", 4, 0)
        .cin7("NEVER_HEARD", 4, 0);
    world.listed = vec!["NONE_LEFT".into()];
    assert_eq!(
        world.rows(),
        [
            "NONE_LEFT: 4 +0 +0 = 4, counted 0, unexplained -4: can_oversell",
            "NOT_IN_CIN7: 0 +0 +0 = 0, counted 5, unexplained +5: cin7_short",
            "NEVER_HEARD: 4 +0 +0 = 0, counted 0, unexplained +0: not_comparable (not_listed)",
        ]
    );
}

#[test]
fn a_figure_that_cannot_be_believed_is_never_called_matched() {
    let obstacle = |world: &World, found: Obstacle| {
        world.compared(|compared| {
            let categories: Vec<Category> = compared.rows.iter().map(|row| row.category).collect();
            assert_eq!(categories, [Category::NotComparable(found)]);
            assert_eq!(compared.totals.columns, Columns::default());
        });
    };
    let same = || {
        World::new()
            .cin7("TEAPOT04", 8, 0)
            .whistl("TEAPOT04", 8, 0, 900_101)
    };

    obstacle(
        &same().whistl("TEAPOT04", 8, 0, 900_101),
        Obstacle::TwiceInSnapshot,
    );
    obstacle(&same().cin7("TEAPOT04", 0, 0), Obstacle::Clash);
    // The row is behind a movement that the snapshot says it has seen.
    let behind = same().moved("TEAPOT04", 900_105, -2, TOLD);
    obstacle(&behind, Obstacle::Inconsistent);

    let mut world = same();
    world.unsettled = vec!["TEAPOT04".into()];
    obstacle(&world, Obstacle::MovedWhileReading);
    // Taken as told or as not, the movement in question explains no difference of 3.
    let mut world = World::new()
        .cin7("TEAPOT04", 11, 0)
        .whistl("TEAPOT04", 8, 0, 900_101)
        .moved("TEAPOT04", 900_101, -2, MAYBE);
    world.unsettled = vec!["TEAPOT04".into()];
    obstacle(&world, Obstacle::MovedWhileReading);
    let mut world = same();
    world.unread = vec!["TEAPOT04".into()];
    obstacle(&world, Obstacle::NotRead);
    world.compared(|found| assert_eq!(found.read, Coverage::Partial));
    let mut world = same();
    world.book[0].key = None;
    world.counted.clear();
    obstacle(&world, Obstacle::Unmapped);
    let mut world = same();
    world.book[0].level.on_hand = money("7.5");
    obstacle(&world, Obstacle::Fraction);
    for absurd in [i64::MAX, i64::MIN] {
        let mut world = same();
        world.counted[0].on_hand = absurd;
        obstacle(&world, Obstacle::Absurd);
        obstacle(
            &same().moved("TEAPOT04", 900_100, absurd, ADJUSTED),
            Obstacle::Absurd,
        );
    }
    let mut world = same();
    world.counted.clear();
    world.counted_is = Coverage::Partial;
    obstacle(&world, Obstacle::NotRead);
    let mut world = same();
    world.book.clear();
    world.book_is = Coverage::Partial;
    obstacle(&world, Obstacle::NotRead);
}

#[test]
fn a_row_that_has_seen_more_than_its_snapshot_is_judged_by_its_own() {
    // `snapshot-torn-items-200.json`: the shirts' row is already at 900110.
    let world = World::new()
        .cin7("TEE001BLKM", 116, 0)
        .whistl("TEE001BLKM", 168, 2, 900_110)
        .moved("TEE001BLKM", 900_109, -1, ADJUSTED)
        .moved("TEE001BLKM", 900_108, 1, ADJUSTED)
        .moved(
            "TEE001BLKM",
            900_110,
            50,
            Moved::Adjustment(AdjustmentTold::Held),
        );
    assert_eq!(
        world.rows(),
        ["TEE001BLKM: 116 +0 +50 = 166, counted 166, unexplained +0: explained"]
    );
}

#[test]
fn without_movement_numbers_times_decide_and_near_ones_are_marked() {
    let compared = |time: &str| {
        let mut world = World::new()
            .cin7("TEAPOT04", 34, 0)
            .whistl("TEAPOT04", 26, 0, 0);
        world.head.last_movement = None;
        world.counted[0].last_movement = None;
        world.steps.push(Step {
            sku: "TEAPOT04".into(),
            number: None,
            at: at(time),
            change: -8,
            what: DESPATCHED,
        });
        world.compared(|found| {
            let row = &found.rows[0];
            (row.columns.unexplained, row.is_approximate)
        })
    };
    assert_eq!(compared("2026-10-24T03:30:00Z"), (0, false));
    assert_eq!(compared("2026-10-24T03:45:00Z"), (0, true));
    assert_eq!(compared("2026-10-24T04:15:00Z"), (-8, true));
    assert_eq!(compared("2026-10-24T04:15:01Z"), (-8, false));
}

#[test]
fn what_sells_fast_stands_above_more_of_what_sells_slowly() {
    let mut world = World::new()
        .cin7("SLOW", 60, 0)
        .whistl("SLOW", 40, 0, 900_101)
        .cin7("FAST", 15, 0)
        .whistl("FAST", 10, 0, 900_101);
    world.book[0].sold_per_day = Some(money("0.5"));
    world.book[1].sold_per_day = Some(money("3"));
    world.compared(|found| {
        let keys: Vec<&str> = found.rows.iter().map(|row| row.key).collect();
        assert_eq!(keys, ["FAST", "SLOW"]);
        // Three a day for a week are 21, and 10 are there: all five may be sold.
        assert_eq!(found.rows[0].at_risk.soon, Decimal::from(5));
        assert_eq!(found.rows[1].at_risk.soon, Decimal::ZERO);
    });
}

#[test]
fn the_same_gap_stands_higher_the_older_it_is() {
    let mut world = World::new()
        .cin7("A", 0, 0)
        .whistl("A", 2, 0, 900_101)
        .cin7("B", 0, 0)
        .whistl("B", 2, 0, 900_101)
        .cin7("C", 0, 0)
        .whistl("C", 2, 0, 900_101);
    world.since = vec![
        ("B".into(), at("2026-10-20T08:00:00Z")),
        ("C".into(), at("2026-10-12T08:00:00Z")),
    ];
    world.compared(|found| {
        let keys: Vec<&str> = found.rows.iter().map(|row| row.key).collect();
        assert_eq!(keys, ["C", "B", "A"]);
    });
}

#[test]
fn nothing_is_at_risk_where_cin7_offers_nothing() {
    let world = World::new()
        .cin7("TEAPOT04", 10, 10)
        .whistl("TEAPOT04", 4, 0, 900_101);
    world.compared(|found| {
        assert_eq!(found.rows[0].category, Category::CanOversell);
        assert_eq!(found.rows[0].at_risk, AtRisk::default());
        assert!(!found.rows[0].is_urgent);
    });
}

#[test]
fn a_difference_without_a_cost_is_counted_among_those_that_cannot_be_valued() {
    let mut world = World::new()
        .cin7("TEAPOT04", 10, 0)
        .whistl("TEAPOT04", 4, 0, 900_101);
    world.book[0].cost = None;
    world.compared(|found| {
        assert_eq!(found.rows[0].value(), None);
        assert_eq!(found.totals.without_cost, 1);
    });
}

#[test]
fn a_hundred_thousand_skus_are_compared_before_anybody_looks_up() {
    let mut world = World::new();
    for n in 0..100_000 {
        let sku = format!("SKU{n:06}");
        world = world
            .cin7(&sku, 50, 3)
            .whistl(&sku, 50 - i64::from(n % 50 == 0), 0, 900_100);
        if n % 4 == 0 {
            world = world.moved(&sku, 900_050, -2, TOLD);
        }
    }
    let begun = Instant::now();
    let (counts, skus) = world.compared(|found| (found.totals.counts, found.rows.len()));
    assert_eq!((counts.can_oversell, skus), (2_000, 100_000));
    // Unoptimised and on a busy machine: a sign of something quadratic, not a measurement.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
