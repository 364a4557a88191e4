//! Adjustments: each taken once, corrected, listed, counted, and never lost.

use domain::Owner;

use super::stock_world::*;
use super::world::*;
use crate::AdjustmentState as S;
use crate::{
    AdjustmentFilter, AdjustmentKey, AdjustmentsWaiting, NewAdjustment, StoreFault, TookAdjustment,
};

#[test]
fn an_adjustment_is_taken_once_however_often_it_is_given() {
    let mut world = World::new();
    let new = NewAdjustment {
        movement: Some(871),
        reverses: "ADJ-0",
        ..adjustment("ADJ-1", -4, 0)
    };
    let key = take(&mut world, &new);
    assert_eq!(took(&mut world, &new), TookAdjustment::Known(key));
    assert_eq!(world.count("adjustment"), 1);

    let kept = row(&mut world, key);
    assert_eq!((kept.state, kept.due), (S::New, after(60)));
    assert_eq!((kept.at, kept.published), (noon(), Some(after(1))));
    assert_eq!((kept.units, kept.movement), (-4, Some(871)));
    assert_eq!((kept.received, kept.document), (after(60), None));
    assert_eq!(
        (kept.why.as_str(), kept.note.as_str()),
        ("cycle_count", "Aisle 4")
    );
    let reading = world.store().reading();
    let by_id = reading.adjustment("ADJ-1").unwrap();
    assert_eq!(by_id.map(|row| row.key), Some(key));
    assert_eq!(reading.adjustment("adj-1").unwrap(), None, "to the letter");
    let reversals = reading.reversals_of("ADJ-0").unwrap();
    assert_eq!(reversals.len(), 1);
    assert!(reading.reversals_of("").unwrap().is_empty());
    let nowhere = reading.adjustment_by_key(AdjustmentKey(99));
    assert!(matches!(nowhere, Err(StoreFault::Missing { .. })));
}

#[test]
fn a_correction_replaces_reason_and_note_and_leaves_where_it_stands() {
    let mut world = World::new();
    let first = adjustment("ADJ-1", -4, 0);
    let key = take(&mut world, &first);
    set(&mut world, key, &stands(S::NeedsApproval)).unwrap();
    let second = NewAdjustment {
        revision: 2,
        why: "damage",
        why_text: "Damaged",
        note: "Dropped",
        content: [2; 32],
        ..first
    };
    assert_eq!(took(&mut world, &second), TookAdjustment::Revised(key));
    assert_eq!(took(&mut world, &first), TookAdjustment::Known(key), "late");
    let kept = row(&mut world, key);
    assert_eq!((kept.revision, kept.state), (2, S::NeedsApproval));
    assert_eq!(
        (kept.why.as_str(), kept.note.as_str()),
        ("damage", "Dropped")
    );
    let seen = world.store().reading().reasons_seen().unwrap();
    let seen: Vec<_> = seen.iter().map(|r| (r.why.as_str(), r.count)).collect();
    assert_eq!(seen, [("damage", 1)]);
}

#[test]
fn what_says_something_else_under_a_known_identity_is_put_aside_and_replaces_nothing() {
    let mut world = World::new();
    let first = adjustment("ADJ-1", -4, 0);
    let key = take(&mut world, &first);
    let other_content = NewAdjustment {
        content: [2; 32],
        note: "Aisle 5",
        raw: "same revision",
        ..first
    };
    let other_goods = NewAdjustment {
        revision: 2,
        units: -5,
        goods: [2; 32],
        content: [3; 32],
        raw: "other goods",
        ..first
    };
    for new in [&other_content, &other_goods, &other_content] {
        assert_eq!(took(&mut world, new), TookAdjustment::Changed(key));
    }
    let kept = row(&mut world, key);
    assert_eq!((kept.revision, kept.units, kept.state), (1, -4, S::New));
    assert_eq!(kept.note, "Aisle 4");
    let clashes = world.store().reading().adjustment_clashes(key).unwrap();
    let kept: Vec<_> = clashes.into_iter().map(|c| (c.revision, c.raw)).collect();
    let wanted = [(1, "same revision".into()), (2, "other goods".into())];
    assert_eq!(kept, wanted, "each once");
}

#[test]
fn an_adjustment_is_a_fact_that_no_statement_takes_back() {
    let mut world = World::new();
    take(&mut world, &adjustment("ADJ-1", -4, 0));
    for sql in [
        "DELETE FROM adjustment",
        "UPDATE adjustment SET units = 4",
        "UPDATE adjustment SET id = 'ADJ-2'",
        "UPDATE adjustment SET sku = 'MUG'",
        "UPDATE adjustment SET state = 'lost'",
        "UPDATE adjustment SET state = 'posted'",
        "UPDATE adjustment SET state = 'posting'",
    ] {
        let done = world.store().reading().conn.execute(sql, []);
        assert!(done.is_err(), "{sql}");
    }
}

#[test]
fn where_it_stands_is_kept_with_who_must_act_and_why() {
    let mut world = World::new();
    let key = take(&mut world, &adjustment("ADJ-1", -400, 0));
    let mut wanted = stands(S::NeedsApproval);
    wanted.owner = Some(Owner::Finance);
    wanted.causes = &["over_value", "over_units"];
    wanted.detail = "400 of 34 units.";
    set(&mut world, key, &wanted).unwrap();
    let kept = row(&mut world, key);
    assert_eq!(
        (kept.state, kept.owner),
        (S::NeedsApproval, Some(Owner::Finance))
    );
    assert_eq!(kept.causes, ["over_value", "over_units"]);
    let reading = world.store().reading();
    assert_eq!(reading.adjustment_words(key).unwrap(), "400 of 34 units.");
    let exceptions = reading.adjustment_exceptions().unwrap();
    assert_eq!(
        exceptions,
        [(Owner::Finance, "over_value,over_units".into(), 1)]
    );

    let mut failed = stands(S::Failed);
    failed.failed = true;
    failed.due = after(90);
    set(&mut world, key, &failed).unwrap();
    set(&mut world, key, &failed).unwrap();
    let kept = row(&mut world, key);
    assert_eq!((kept.failures, kept.first_failed), (2, Some(after(61))));
    assert_eq!(world.store().reading().adjustment_words(key).unwrap(), "");

    let mut approved = stands(S::New);
    (approved.by, approved.why) = ("Priya", "Counted twice.");
    set(&mut world, key, &approved).unwrap();
    let kept = row(&mut world, key);
    assert_eq!((kept.failures, kept.first_failed), (0, None), "counts anew");
    assert_eq!(
        (kept.decided_by.as_str(), kept.decided_why.as_str()),
        ("Priya", "Counted twice.")
    );
    set(&mut world, key, &stands(S::New)).unwrap();
    assert_eq!(
        row(&mut world, key).decided_by,
        "Priya",
        "nobody else decided"
    );

    world
        .store()
        .write(|w| {
            w.adjustment_resolved(key, &product(1), "Teapot-04")?;
            w.adjustment_decided(key, "Jon", "Once more.")?;
            w.adjustment_alone(key, true)
        })
        .unwrap();
    let kept = row(&mut world, key);
    assert_eq!(
        (kept.product, kept.cin7_sku.as_str()),
        (Some(product(1)), "Teapot-04")
    );
    assert_eq!((kept.decided_by.as_str(), kept.alone), ("Jon", true));
    for state in [S::Posting, S::Posted] {
        let refused = set(&mut world, key, &stands(state));
        assert!(matches!(refused, Err(StoreFault::Sql { .. })), "{state:?}");
    }
}

#[test]
fn what_is_due_comes_in_the_order_in_which_it_happened() {
    let mut world = World::new();
    let later = take(&mut world, &adjustment("later", -1, 20));
    let first = take(&mut world, &adjustment("first", -2, 10));
    let failed = take(&mut world, &adjustment("failed", -3, 5));
    let approval = take(&mut world, &adjustment("approval", -4, 0));
    let mut stands_failed = stands(S::Failed);
    stands_failed.due = after(120);
    set(&mut world, failed, &stands_failed).unwrap();
    set(&mut world, approval, &stands(S::NeedsApproval)).unwrap();
    let due = |world: &mut World, at, limit| -> Vec<AdjustmentKey> {
        let rows = world.store().reading().adjustments_due(at, limit).unwrap();
        rows.into_iter().map(|row| row.key).collect()
    };
    assert!(due(&mut world, after(59), 9).is_empty());
    assert_eq!(due(&mut world, after(60), 9), [first, later]);
    assert_eq!(due(&mut world, after(120), 2), [failed, first]);
    let reading = world.store().reading();
    assert_eq!(reading.next_adjustment_due().unwrap(), Some(after(60)));
    let wanted = AdjustmentsWaiting {
        waiting: 2,
        oldest: Some(after(10)),
        needs_approval: 1,
        failed: 1,
    };
    assert_eq!(reading.adjustments_waiting().unwrap(), wanted);

    intend(&mut world, "D-1", -3, &[first, later]);
    let reading = world.store().reading();
    assert_eq!(reading.next_adjustment_due().unwrap(), Some(after(120)));
    assert_eq!(
        reading.adjustments_waiting().unwrap(),
        wanted,
        "under way waits too"
    );
}

#[test]
fn lists_are_narrowed_and_come_in_pages_newest_first() {
    let mut world = World::new();
    let mut keys = Vec::new();
    for (n, minute) in [(1_u32, 5), (2, 5), (3, 9), (4, 1)] {
        let id = format!("ADJ-{n}");
        let new = NewAdjustment {
            sku: if n == 3 { "MUG" } else { "TEAPOT04" },
            why: if n == 4 { "damage" } else { "found" },
            ..adjustment(&id, 1, minute)
        };
        keys.push(take(&mut world, &new));
    }
    let [one, two, three, four] = keys[..] else {
        panic!("four");
    };
    set(&mut world, two, &stands(S::Dismissed)).unwrap();
    set(&mut world, four, &stands(S::Failed)).unwrap();
    world
        .store()
        .write(|w| {
            w.adjustment_resolved(three, &product(3), "TEAPOT04")?;
            w.adjustment_resolved(one, &product(1), "TEAPOT04")
        })
        .unwrap();
    let listed = |world: &mut World, filter: AdjustmentFilter| -> Vec<AdjustmentKey> {
        let rows = world.store().reading().adjustments(&filter).unwrap();
        rows.into_iter().map(|row| row.key).collect()
    };
    let all = AdjustmentFilter {
        limit: 9,
        ..AdjustmentFilter::default()
    };
    assert_eq!(listed(&mut world, all.clone()), [three, two, one, four]);
    let page = |after, limit| AdjustmentFilter {
        after,
        limit,
        ..all.clone()
    };
    assert_eq!(listed(&mut world, page(None, 2)), [three, two]);
    assert_eq!(listed(&mut world, page(Some(two), 2)), [one, four]);
    let states = AdjustmentFilter {
        states: vec![S::New, S::Failed, S::New],
        ..all.clone()
    };
    assert_eq!(listed(&mut world, states.clone()), [three, one, four]);
    let of_sku = AdjustmentFilter {
        sku: Some("TEAPOT04".into()),
        ..states
    };
    assert_eq!(listed(&mut world, of_sku), [three, one, four], "each once");
    let of_reason = AdjustmentFilter {
        why: Some("found".into()),
        since: Some(after(5)),
        until: Some(after(9)),
        ..all.clone()
    };
    assert_eq!(listed(&mut world, of_reason), [two, one]);
    let nowhere = AdjustmentFilter {
        after: Some(AdjustmentKey(99)),
        ..all
    };
    let nowhere = world.store().reading().adjustments(&nowhere);
    assert!(matches!(nowhere, Err(StoreFault::Missing { .. })));
}

#[test]
fn the_reasons_that_occur_are_counted_with_what_is_still_open() {
    let mut world = World::new();
    let first = take(&mut world, &adjustment("ADJ-1", -4, 0));
    take(&mut world, &adjustment("ADJ-2", -4, 1));
    let other = NewAdjustment {
        why: "other",
        why_text: "Ghost",
        ..adjustment("ADJ-3", 1, 2)
    };
    take(&mut world, &other);
    set(&mut world, first, &stands(S::Recorded)).unwrap();
    let seen = world.store().reading().reasons_seen().unwrap();
    let seen: Vec<_> = seen
        .iter()
        .map(|reason| (reason.why_text.as_str(), reason.count, reason.open))
        .collect();
    assert_eq!(seen, [("Cycle count", 2, 1), ("Ghost", 1, 1)]);
}
