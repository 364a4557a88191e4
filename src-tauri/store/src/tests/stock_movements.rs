//! Movements of the warehouse, with whether Cin7 has been told; what people decided; and the
//! sums for finance.

use domain::Owner;
use rust_decimal::Decimal;

use super::despatches::{claim, despatch, take as take_despatch, told};
use super::stock_world::*;
use super::world::*;
use crate::AdjustmentState as A;
use crate::DocumentState as S;
use crate::{
    AdjustmentStands, DespatchKey, DespatchState, DocumentOrigin, MovementKind, MovementWrites,
    NewAdjustment, NewDespatch, NewDocument, Told,
};

/// A despatch of that sale that took three teapots with it.
fn left(world: &mut World, n: u32, minute: i64) -> DespatchKey {
    let sale = world.sale(n);
    let id = format!("DSP-{n}");
    let key = take_despatch(world, &despatch(&id, Some(sale), minute));
    let goods = [("TEAPOT04", 3, Some(u64::from(n)))];
    world
        .store()
        .write(|w| w.put_despatch_goods(key, &goods))
        .unwrap();
    key
}

fn stand(world: &mut World, key: DespatchKey, state: DespatchState) {
    world
        .store()
        .write(|w| w.despatch_stands(key, state, Some(Owner::Office), "", "", after(61)))
        .unwrap();
}

/// Each movement's id, units, and whether Cin7 has been told.
fn movements(world: &mut World, as_of: i64) -> Vec<(String, i64, Told)> {
    let rows = world.store().reading().movements(after(as_of)).unwrap();
    rows.into_iter()
        .map(|row| (row.id, row.units, row.told))
        .collect()
}

#[test]
fn what_left_is_kept_once_with_units_added_up() {
    let mut world = World::new();
    let sale = world.sale(1);
    let key = take_despatch(&mut world, &despatch("DSP-1", Some(sale), 0));
    let goods = [
        ("TEAPOT04", 3, Some(7)),
        ("MUG", 1, None),
        ("TEAPOT04", 2, Some(9)),
    ];
    for _ in 0..2 {
        world
            .store()
            .write(|w| w.put_despatch_goods(key, &goods))
            .unwrap();
    }
    let kept = world.store().reading().despatch_goods(key).unwrap();
    assert_eq!(
        kept,
        [("MUG".into(), 1, None), ("TEAPOT04".into(), 5, Some(9))]
    );
}

#[test]
fn a_despatch_counts_by_how_far_cin7_has_been_told() {
    let mut world = World::new();
    left(&mut world, 1, 0);
    assert_eq!(claim(&mut world, after(60)).unwrap().id, "DSP-1");
    let (_waits, parked, odd) = (
        left(&mut world, 2, 1),
        left(&mut world, 3, 2),
        left(&mut world, 4, 3),
    );
    let (closed, early, late) = (
        left(&mut world, 5, 4),
        left(&mut world, 6, 5),
        left(&mut world, 7, 6),
    );
    stand(&mut world, parked, DespatchState::Parked);
    stand(&mut world, odd, DespatchState::Exception);
    stand(&mut world, closed, DespatchState::Closed);
    told(&mut world, early, &[], after(70));
    told(&mut world, late, &[], after(80));
    let wanted = [
        ("DSP-1".into(), -3, Told::Perhaps),
        ("DSP-2".into(), -3, Told::NotYet),
        ("DSP-3".into(), -3, Told::NotYet),
        ("DSP-4".into(), -3, Told::Blocked),
        ("DSP-7".into(), -3, Told::Yes),
    ];
    assert_eq!(movements(&mut world, 80), wanted);

    // Tracking numbers are corrected: the goods were told long ago.
    let correction = NewDespatch {
        revision: 2,
        content: [2; 32],
        ..despatch("DSP-6", None, 5)
    };
    world
        .store()
        .write(|w| w.take_despatch(&correction, after(90)))
        .unwrap();
    assert_eq!(movements(&mut world, 80), wanted);
    let row = world.store().reading().movements(after(80)).unwrap();
    let row = &row[0];
    assert_eq!((row.movement, row.at), (Some(1), noon()));
    assert_eq!(
        (row.kind, row.sku.as_str()),
        (MovementKind::Despatch, "TEAPOT04")
    );
}

#[test]
fn a_despatch_that_is_tried_again_may_stand_in_cin7_from_the_last_time() {
    let mut world = World::new();
    for (n, outcome, state) in [
        (1, "refused", DespatchState::Parked),
        (2, "unclear", DespatchState::Waiting),
    ] {
        let key = left(&mut world, n, 0);
        claim(&mut world, after(60)).unwrap();
        write_step(&mut world, key, "task", "answered", 60);
        write_step(&mut world, key, "ship", outcome, 62);
        stand(&mut world, key, state);
    }
    assert_eq!(
        movements(&mut world, 80),
        [
            ("DSP-1".into(), -3, Told::NotYet),
            ("DSP-2".into(), -3, Told::Perhaps)
        ]
    );
}

#[test]
fn a_void_brings_back_what_left() {
    let mut world = World::new();
    let sale = world.sale(1);
    let void = NewDespatch {
        voids: "DSP-1",
        units: -3,
        ..despatch("DSP-1-V", Some(sale), 5)
    };
    let key = take_despatch(&mut world, &void);
    let goods = [("TEAPOT04", -3, None)];
    world
        .store()
        .write(|w| w.put_despatch_goods(key, &goods))
        .unwrap();
    assert_eq!(
        movements(&mut world, 0),
        [("DSP-1-V".into(), 3, Told::NotYet)]
    );
}

#[test]
fn an_adjustment_counts_by_how_far_cin7_has_been_told() {
    let mut world = World::new();
    let keys: Vec<_> = (0..10)
        .map(|n| take(&mut world, &adjustment(&format!("ADJ-{n}"), -1 - n, n)))
        .collect();
    for (n, state) in [
        (1, A::NeedsApproval),
        (2, A::Failed),
        (3, A::Dismissed),
        (4, A::Recorded),
        (5, A::AlreadyInCin7),
    ] {
        set(&mut world, keys[n], &stands(state)).unwrap();
    }
    let posting = intend(&mut world, "D-6", -7, &[keys[6]]);
    let unclear = intend(&mut world, "D-7", -8, &[keys[7]]);
    bring(&mut world, unclear, S::Unclear);
    let posted = intend(&mut world, "D-8", -9, &[keys[8], keys[9]]);
    bring(&mut world, posted, S::Done);
    let open = [
        ("ADJ-0".to_owned(), -1, Told::NotYet),
        ("ADJ-1".into(), -2, Told::Held),
        ("ADJ-2".into(), -3, Told::Blocked),
        ("ADJ-6".into(), -7, Told::Perhaps),
        ("ADJ-7".into(), -8, Told::Perhaps),
    ];
    assert_eq!(
        movements(&mut world, 64),
        open,
        "what was told before is in Cin7"
    );
    let mut all = movements(&mut world, 61);
    all.retain(|(_, _, told)| *told == Told::Yes);
    let told: Vec<_> = all.iter().map(|(id, ..)| id.as_str()).collect();
    assert_eq!(told, ["ADJ-5", "ADJ-8", "ADJ-9"]);
    bring(&mut world, posting, S::Done);
    assert_eq!(movements(&mut world, 63).len(), 7);
}

#[test]
fn what_comes_to_nothing_together_counts_one_by_one_as_told() {
    let mut world = World::new();
    for (n, (cause, told)) in [
        ("sum_of_nothing", true),
        ("taken_back", true),
        ("takes_back", true),
        ("return_damaged", false),
    ]
    .into_iter()
    .enumerate()
    {
        let n = i64::try_from(n).unwrap();
        let key = take(&mut world, &adjustment(&format!("ADJ-{n}"), 2, n));
        let stands = AdjustmentStands {
            causes: &[cause],
            ..stands(A::Recorded)
        };
        set(&mut world, key, &stands).unwrap();
        let found = movements(&mut world, 61);
        let is_there = found.contains(&(format!("ADJ-{n}"), 2, Told::Yes));
        assert_eq!(is_there, told, "{cause}: {found:?}");
    }
    assert!(movements(&mut world, 62).is_empty(), "settled before");
}

fn writes(world: &mut World, kind: MovementKind, id: &str) -> MovementWrites {
    let reading = world.store().reading();
    reading.movement_writes(kind, id).unwrap()
}

/// Writes a step of a despatch, begun in one minute and ended in the next.
fn write_step(world: &mut World, key: DespatchKey, step: &str, outcome: &'static str, minute: i64) {
    let store = world.store();
    let row = store.reading().despatch_by_key(key).unwrap();
    store
        .begin_step(&row, step, &format!("task-{}", key.0), b"{}", after(minute))
        .unwrap();
    store
        .end_step(key, outcome, after(minute + 1), |_| Ok(()))
        .unwrap();
}

#[test]
fn a_despatch_was_written_from_its_first_stage_until_it_was_told() {
    let mut world = World::new();
    let key = left(&mut world, 1, 0);
    let of = |world: &mut World| writes(world, MovementKind::Despatch, "DSP-1");
    claim(&mut world, after(60)).unwrap();
    write_step(&mut world, key, "task", "answered", 60);
    assert_eq!(of(&mut world), MovementWrites::default(), "an empty task");
    write_step(&mut world, key, "pick", "answered", 62);
    write_step(&mut world, key, "ship", "answered", 64);
    let mut wanted = MovementWrites {
        began: Some(after(62)),
        ..MovementWrites::default()
    };
    assert_eq!(of(&mut world), wanted);
    told(&mut world, key, &[], after(66));
    wanted.done = Some(after(66));
    assert_eq!(of(&mut world), wanted);
    let none = writes(&mut world, MovementKind::Despatch, "DSP-9");
    assert_eq!(none, MovementWrites::default());
}

#[test]
fn a_despatch_told_together_with_another_was_written_by_its_steps() {
    let mut world = World::new();
    let sale = world.sale(1);
    let kept = take_despatch(&mut world, &despatch("DSP-1", Some(sale), 0));
    stand(&mut world, kept, DespatchState::Parked);
    let last = take_despatch(&mut world, &despatch("DSP-2", Some(sale), 5));
    claim(&mut world, after(70)).unwrap();
    write_step(&mut world, last, "pick", "refused", 70);
    let of = |world: &mut World, id| writes(world, MovementKind::Despatch, id);
    assert_eq!(of(&mut world, "DSP-1"), MovementWrites::default());
    let task = format!("task-{}", last.0);
    world
        .store()
        .write(|w| {
            w.despatch_posted(kept, &task, 1, &[], after(72))?;
            w.despatch_posted(last, &task, 1, &[], after(72))
        })
        .unwrap();
    let wanted = MovementWrites {
        began: Some(after(70)),
        was_refused: true,
        done: Some(after(72)),
    };
    assert_eq!(of(&mut world, "DSP-1"), wanted);
    assert_eq!(of(&mut world, "DSP-2"), wanted);
}

#[test]
fn an_adjustment_was_written_from_completing_until_it_was_read_back() {
    let mut world = World::new();
    let key = take(&mut world, &adjustment("ADJ-1", -1, 0));
    let of = |world: &mut World| writes(world, MovementKind::Adjustment, "ADJ-1");
    assert_eq!(of(&mut world), MovementWrites::default());
    let document = intend(&mut world, "D-1", -1, &[key]);
    for (step, minute) in [("draft", 61), ("complete", 63)] {
        let store = world.store();
        let row = store.reading().document(document).unwrap();
        store
            .begin_document_step(&row, step, b"{}", after(minute))
            .unwrap();
        store
            .end_document_step(document, "answered", after(minute + 1), |_| Ok(()))
            .unwrap();
    }
    let mut wanted = MovementWrites {
        began: Some(after(63)),
        ..MovementWrites::default()
    };
    assert_eq!(of(&mut world), wanted, "a draft moves nothing");
    bring(&mut world, document, S::Done);
    wanted.done = of(&mut world).done;
    assert!(wanted.done.is_some());
    assert_eq!(of(&mut world), wanted);
}

#[test]
fn the_page_of_a_sku_shows_all_that_happened_to_it_newest_first() {
    let mut world = World::new();
    left(&mut world, 1, 10);
    let closed = left(&mut world, 2, 30);
    stand(&mut world, closed, DespatchState::Closed);
    take(&mut world, &adjustment("ADJ-1", -4, 20));
    let other = NewAdjustment {
        sku: "MUG",
        ..adjustment("ADJ-2", -4, 21)
    };
    take(&mut world, &other);
    let shown = |world: &mut World, from, until, limit| -> Vec<(String, i64, String)> {
        let reading = world.store().reading();
        let rows = reading.movements_of("TEAPOT04", after(from), after(until), limit);
        rows.unwrap()
            .into_iter()
            .map(|row| (row.id, row.units, format!("{} {}", row.state, row.about)))
            .collect()
    };
    let wanted = [
        ("DSP-2".to_owned(), -3, "closed SO-00002".to_owned()),
        ("ADJ-1".into(), -4, "new cycle_count".into()),
        ("DSP-1".into(), -3, "waiting SO-00001".into()),
    ];
    assert_eq!(shown(&mut world, 0, 60, 9), wanted);
    assert_eq!(shown(&mut world, 10, 30, 9), wanted[1..]);
    assert_eq!(shown(&mut world, 0, 60, 1), wanted[..1]);
}

#[test]
fn finance_gets_whole_sums_of_what_was_posted_despatched_and_corrected() {
    let mut world = World::new();
    let first = take(&mut world, &adjustment("ADJ-1", -4, 0));
    let second = take(&mut world, &adjustment("ADJ-2", 1, 1));
    let damage = NewAdjustment {
        why: "damage",
        ..adjustment("ADJ-3", -2, 2)
    };
    let damaged = take(&mut world, &damage);
    take(&mut world, &adjustment("ADJ-4", -9, 3));
    let mut lines = [line(1, -3, &[first, second]), line(2, -2, &[damaged])];
    lines[0].unit_cost = Some(Decimal::new(12_345, 4));
    lines[1].unit_cost = None;
    let reported = try_intend(&mut world, "D-1", &lines, after(60)).unwrap();
    bring(&mut world, reported, S::Done);
    let mut gap = [line(1, -18, &[])];
    gap[0].change = Decimal::new(-185, 1);
    gap[0].unit_cost = Some(Decimal::new(12_345, 4));
    let correction = NewDocument {
        origin: DocumentOrigin::Drift,
        ..document("D-2", &gap)
    };
    let drift = world
        .store()
        .write(|w| w.intend_document(&correction, after(60)))
        .unwrap();
    bring(&mut world, drift, S::Done);
    let back = [line(3, 5, &[])];
    let swallowed = NewDocument {
        origin: DocumentOrigin::Race,
        ..document("D-3", &back)
    };
    let taken_up = world
        .store()
        .write(|w| w.intend_document(&swallowed, after(60)))
        .unwrap();
    bring(&mut world, taken_up, S::Done);
    let despatched = left(&mut world, 1, 0);
    told(&mut world, despatched, &[(product(1), 3)], after(63));

    let reading = world.store().reading();
    let sums = reading.adjustment_sums(after(63), after(64), after(1));
    let sums = sums.unwrap();
    let by_why: Vec<_> = sums
        .adjustments
        .iter()
        .map(|sum| {
            let of = (sum.why.as_str(), sum.is_earlier);
            (of, sum.count, sum.units, sum.without_cost)
        })
        .collect();
    let wanted = [
        (("cycle_count", false), 1, 1, 0),
        (("cycle_count", true), 1, -4, 0),
        (("damage", false), 1, -2, 1),
    ];
    assert_eq!(by_why, wanted);
    assert_eq!(sums.adjustments[1].value, Decimal::new(-49_380, 4));
    assert_eq!(sums.adjustments[2].value, Decimal::ZERO);
    assert_eq!(sums.despatched, [("TEAPOT04".to_owned(), 3)]);
    assert_eq!(sums.corrections.documents, 1);
    assert_eq!(sums.corrections.units, Decimal::new(-185, 1));
    assert_eq!(sums.corrections.value, Decimal::new(-2_283_825, 5));
    assert_eq!((sums.open, sums.open_units), (1, -9));
    let before = reading
        .adjustment_sums(after(0), after(3), after(0))
        .unwrap();
    assert!(before.adjustments.is_empty() && before.despatched.is_empty());
    assert_eq!((before.open, before.corrections.documents), (0, 0));
}
