//! Documents: put down whole, claimed in order, posted once, and what a crash leaves.

use rust_decimal::Decimal;

use super::stock_world::*;
use super::world::*;
use crate::AdjustmentState as A;
use crate::DocumentState as S;
use crate::{Body, JournalFilter, StoreFault, times};

#[test]
fn a_document_is_put_down_whole_or_not_at_all() {
    let mut world = World::new();
    let one = take(&mut world, &adjustment("ADJ-1", -4, 0));
    let two = take(&mut world, &adjustment("ADJ-2", 1, 1));
    let key = intend(&mut world, "D-1", -3, &[one, two]);
    let kept = doc(&mut world, key);
    assert_eq!((kept.state, kept.due), (S::Intended, after(60)));
    assert_eq!(kept.effective.to_string(), "2026-11-24");
    assert_eq!(kept.lines.len(), 1);
    assert_eq!(kept.lines[0].change, Decimal::from(-3));
    assert_eq!(kept.lines[0].unit_cost, Some(Decimal::new(425, 2)));
    let of_document = world.store().reading().adjustments_of_document(key);
    let of_document: Vec<_> = of_document
        .unwrap()
        .into_iter()
        .map(|row| row.key)
        .collect();
    assert_eq!(of_document, [one, two]);
    let posting = row(&mut world, one);
    assert_eq!((posting.state, posting.attempts), (A::Posting, 1));
    assert_eq!((posting.document, posting.line), (Some(key), Some(1)));

    // A second document of the one under way takes nothing, the free one included.
    let free = take(&mut world, &adjustment("ADJ-3", 2, 2));
    let twice = try_intend(&mut world, "D-2", &[line(1, 3, &[free, two])], after(61));
    assert_eq!(
        twice,
        Err(StoreFault::AlreadyBegun {
            number: "ADJ-2".into()
        })
    );
    assert_eq!(state(&mut world, free), A::New);
    assert_eq!(world.count("stock_document"), 1);
    let again = try_intend(&mut world, "D-1", &[line(1, 2, &[free])], after(61));
    assert_eq!(
        again,
        Err(StoreFault::AlreadyBegun {
            number: "D-1".into()
        })
    );
    let nothing = try_intend(&mut world, "D-3", &[line(1, 0, &[free])], after(61));
    assert!(
        matches!(nothing, Err(StoreFault::Sql { .. })),
        "a change of nothing"
    );
    let reading = world.store().reading();
    let found = reading.document_by_reference("D-1").unwrap();
    assert_eq!(found.map(|row| row.key), Some(key));
    assert_eq!(reading.document_by_reference("D-2").unwrap(), None);
}

#[test]
fn several_in_one_line_each_have_the_level_the_ones_before_came_to() {
    let mut world = World::new();
    // They came in the wrong order.
    let later = take(&mut world, &adjustment("ADJ-1", 1, 20));
    let first = take(&mut world, &adjustment("ADJ-2", -5, 10));
    let key = intend(&mut world, "D-1", -4, &[later, first]);
    bring(&mut world, key, S::Done);
    let levels = |world: &mut World, key| {
        let row = row(world, key);
        (
            row.before.unwrap().to_string(),
            row.after.unwrap().to_string(),
        )
    };
    assert_eq!(levels(&mut world, first), ("34".into(), "29".into()));
    assert_eq!(levels(&mut world, later), ("29".into(), "30".into()));
    let posted = row(&mut world, first);
    assert_eq!(
        (posted.state, posted.posted_at),
        (A::Posted, Some(after(63)))
    );
    assert_eq!(posted.document_number, "SA-00001");
    assert_eq!(posted.document_task, "task-1");
    assert_eq!(posted.unit_cost, Some(Decimal::new(425, 2)));
    assert_eq!(posted.cost_at, Some(after(50)));
    let kept = doc(&mut world, key);
    assert_eq!(kept.lines[0].seen, Some(30.into()));
    let reading = world.store().reading();
    let of_day = reading.documents_between(after(63), after(64)).unwrap();
    assert_eq!(of_day, [kept]);
    assert!(
        reading
            .documents_between(after(64), after(99))
            .unwrap()
            .is_empty()
    );
    let of_product = reading.documents_of_product(&product(1), 9).unwrap();
    assert_eq!(of_product, of_day);
}

#[test]
fn what_is_posted_is_never_posted_again() {
    let mut world = World::new();
    let key = take(&mut world, &adjustment("ADJ-1", -4, 0));
    let document = intend(&mut world, "D-1", -4, &[key]);
    bring(&mut world, document, S::Done);
    for wanted in [A::New, A::Failed, A::Dismissed, A::AlreadyInCin7] {
        let refused = set(&mut world, key, &stands(wanted));
        assert!(matches!(refused, Err(StoreFault::Sql { .. })), "{wanted:?}");
    }
    let refused = try_intend(&mut world, "D-2", &[line(1, -4, &[key])], after(70));
    assert_eq!(
        refused,
        Err(StoreFault::AlreadyBegun {
            number: "ADJ-1".into()
        })
    );
    let store = world.store();
    let done = |w: &mut crate::Write<'_>| w.document_done(document, &[], after(70));
    assert!(matches!(store.write(done), Err(StoreFault::Missing { .. })));
    // Not even when the document is taken back, which is a person's doing.
    store
        .write(|w| w.document_voided(document, after(71)))
        .unwrap();
    let released = store.write(|w| w.release_document(document, false, after(72)));
    assert_eq!(released, Ok(0));
    assert_eq!(state(&mut world, key), A::Posted);
    let by_hand = "UPDATE adjustment SET state = 'new', document = NULL, line = NULL";
    assert!(world.store().reading().conn.execute(by_hand, []).is_err());
}

#[test]
fn a_document_under_way_keeps_its_adjustments_until_its_outcome_is_known() {
    let mut world = World::new();
    let key = take(&mut world, &adjustment("ADJ-1", -4, 0));
    let document = intend(&mut world, "D-1", -4, &[key]);
    let begun = Err(StoreFault::AlreadyBegun {
        number: "ADJ-1".into(),
    });
    assert_eq!(set(&mut world, key, &stands(A::Dismissed)), begun);
    let early = world
        .store()
        .write(|w| w.release_document(document, true, after(62)));
    assert!(matches!(early, Err(StoreFault::Missing { .. })));

    bring(&mut world, document, S::Unclear);
    assert_eq!(state(&mut world, key), A::Unclear);
    assert_eq!(set(&mut world, key, &stands(A::Failed)), begun);
    assert_eq!(doc(&mut world, document).unclear_since, Some(after(63)));

    bring(&mut world, document, S::Failed);
    let kept = row(&mut world, key);
    assert_eq!(
        (kept.state, kept.causes),
        (A::Failed, vec!["period_locked".into()])
    );
    assert_eq!(
        (kept.owner, kept.due),
        (Some(domain::Owner::Finance), after(600))
    );
    let reading = world.store().reading();
    assert_eq!(
        reading.adjustment_words(key).unwrap(),
        "November is locked."
    );
    assert_eq!(
        reading.document_words(document).unwrap(),
        "November is locked."
    );
    let failed = reading.documents_failed(9).unwrap();
    assert_eq!(failed.len(), 1);

    let released = world
        .store()
        .write(|w| w.release_document(document, true, after(70)));
    assert_eq!(released, Ok(1));
    let kept = row(&mut world, key);
    assert_eq!(
        (kept.state, kept.alone, kept.due),
        (A::New, true, after(70))
    );
    assert_eq!((kept.document, kept.causes.len()), (None, 0));
    intend(&mut world, "D-2", -4, &[key]);
}

#[test]
fn what_completed_without_effect_is_put_into_no_other_document_until_it_is_taken_back() {
    let mut world = World::new();
    let key = take(&mut world, &adjustment("ADJ-1", -4, 0));
    let document = intend(&mut world, "D-1", -4, &[key]);
    bring(&mut world, document, S::Unmoved);
    assert_eq!(state(&mut world, key), A::Failed);
    assert_eq!(doc(&mut world, document).cause, "did_not_move");
    set(&mut world, key, &stands(A::New)).unwrap();
    let refused = try_intend(&mut world, "D-2", &[line(1, -4, &[key])], after(70));
    assert_eq!(
        refused,
        Err(StoreFault::AlreadyBegun {
            number: "ADJ-1".into()
        })
    );
    world
        .store()
        .write(|w| w.document_voided(document, after(71)))
        .unwrap();
    try_intend(&mut world, "D-2", &[line(1, -4, &[key])], after(72)).unwrap();
}

#[test]
fn a_figure_that_followed_late_makes_the_document_done_after_all() {
    let mut world = World::new();
    let key = take(&mut world, &adjustment("ADJ-1", -4, 0));
    let document = intend(&mut world, "D-1", -4, &[key]);
    bring(&mut world, document, S::Unmoved);
    let seen = [(1, Decimal::from(30))];
    world
        .store()
        .write(|w| w.document_done(document, &seen, after(90)))
        .unwrap();
    assert_eq!(doc(&mut world, document).state, S::Done);
    assert_eq!(state(&mut world, key), A::Posted);
}

#[test]
fn the_one_due_longest_goes_first_and_waits_for_what_may_still_set_its_level() {
    let mut world = World::new();
    let one = intend(&mut world, "D-1", -1, &[]);
    let two = try_intend(&mut world, "D-2", &[line(2, 1, &[])], after(61)).unwrap();
    let both = [line(3, 1, &[]), line(1, 2, &[])];
    let three = try_intend(&mut world, "D-3", &both, after(62)).unwrap();
    assert_eq!(next(&mut world, after(59)), "", "not before it is due");
    assert_eq!(next(&mut world, after(60)), "D-1");
    assert_eq!(
        next(&mut world, after(99)),
        "D-1",
        "asked again, it is the same"
    );

    begin(&mut world, one, "draft");
    assert_eq!(next(&mut world, after(99)), "D-2", "that one is being sent");
    let store = world.store();
    store
        .write(|w| w.document_again(two, after(200), true, false, after(62)))
        .unwrap();
    assert_eq!(
        next(&mut world, after(99)),
        "",
        "the third shares a product"
    );
    end(&mut world, one);
    bring(&mut world, one, S::Drafted);
    let later = after(150);
    world
        .store()
        .write(|w| w.document_again(one, later, true, false, after(63)))
        .unwrap();
    assert_eq!(next(&mut world, after(99)), "D-3", "a draft moves nothing");

    bring(&mut world, one, S::Unclear);
    assert_eq!(
        next(&mut world, after(64)),
        "",
        "it may still set the level"
    );
    assert_eq!(next(&mut world, after(65)), "D-1", "to be looked up");
    bring(&mut world, one, S::Completed);
    assert_eq!(next(&mut world, after(65)), "D-1", "to be read back");
    bring(&mut world, one, S::Done);
    assert_eq!(next(&mut world, after(65)), "D-3");
    bring(&mut world, three, S::Failed);
    assert_eq!(next(&mut world, after(199)), "");
    assert_eq!(next(&mut world, after(200)), "D-2");
    let open = world.store().reading().open_documents().unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].failures, open[0].first_failed),
        (1, Some(after(62)))
    );
}

#[test]
fn a_step_is_put_down_with_its_body_before_it_is_sent_and_never_two_at_once() {
    let mut world = World::new();
    let key = intend(&mut world, "D-1", -4, &[]);
    let row = doc(&mut world, key);
    begin(&mut world, key, "draft");
    let steps = world.store().reading().document_steps(key).unwrap();
    assert_eq!((steps[0].number, steps[0].step.as_str()), (1, "draft"));
    assert_eq!((steps[0].began, steps[0].ended), (after(61), None));
    let begun = doc(&mut world, key);
    assert_eq!(begun.attempts, 1);
    let stale = world
        .store()
        .begin_document_step(&row, "draft", b"{}", after(62));
    assert!(matches!(stale, Err(StoreFault::Missing { .. })));
    let second = world
        .store()
        .begin_document_step(&begun, "draft", b"{}", after(62));
    assert!(matches!(second, Err(StoreFault::Sql { .. })));
    assert_eq!(doc(&mut world, key).attempts, 1);

    let entries = world
        .store()
        .reading()
        .journal(&JournalFilter {
            limit: 9,
            ..JournalFilter::default()
        })
        .unwrap();
    assert_eq!(entries.len(), 1);
    let entry = &entries[0];
    assert_eq!(
        (entry.kind.as_str(), entry.vendor.as_str()),
        ("intention", "cin7")
    );
    assert_eq!(
        (entry.operation.as_str(), entry.subject.as_str()),
        ("stock draft", "D-1")
    );
    assert_eq!(entry.text, "About to draft the stock adjustment D-1");
    let hash = entry.request_hash.as_ref().unwrap();
    let body = world.store().reading().body(hash).unwrap();
    assert_eq!(body, Some(Body::Plain(b"{\"Status\":\"DRAFT\"}".to_vec())));

    end(&mut world, key);
    let steps = world.store().reading().document_steps(key).unwrap();
    assert_eq!(
        (steps[0].ended, steps[0].outcome.as_str()),
        (Some(after(62)), "answered")
    );
    let twice = world
        .store()
        .end_document_step(key, "answered", after(63), |_| Ok(()));
    assert!(matches!(twice, Err(StoreFault::Missing { .. })));
    assert!(world.store().reading().verify().unwrap().is_ok());
}

#[test]
fn a_crash_in_the_middle_of_any_step_is_looked_up_before_anything_else() {
    for (step, reached) in [
        ("draft", S::Intended),
        ("complete", S::Drafted),
        ("void", S::Drafted),
    ] {
        let mut world = World::new();
        let key = take(&mut world, &adjustment("ADJ-1", -4, 0));
        let document = intend(&mut world, "D-1", -4, &[key]);
        bring(&mut world, document, reached);
        begin(&mut world, document, step);
        world.restart().unwrap();
        assert_eq!(world.store().recover_documents(after(70)), Ok(1), "{step}");
        let kept = doc(&mut world, document);
        assert_eq!((kept.state, kept.due), (S::Unclear, after(70)), "{step}");
        assert_eq!(kept.unclear_since, Some(after(70)));
        assert_eq!(state(&mut world, key), A::Unclear, "{step}");
        let reading = world.store().reading();
        let steps = reading.document_steps(document).unwrap();
        assert_eq!(steps[0].outcome, "cut_off");
        let filter = JournalFilter {
            outcome: Some("cut_off".into()),
            limit: 9,
            ..JournalFilter::default()
        };
        let noted = reading.journal(&filter).unwrap();
        assert_eq!(noted[0].operation, format!("stock {step}"));
        assert_eq!(noted[0].attempt, 1);
        assert_eq!(next(&mut world, after(70)), "D-1", "to be looked up");
        assert_eq!(world.store().recover_documents(after(71)), Ok(0));
        // Nothing arrived: it goes on where it was.
        world
            .store()
            .write(|w| w.document_again(document, after(72), false, false, after(71)))
            .unwrap();
        assert_eq!(doc(&mut world, document).state, reached, "{step}");
        assert_eq!(state(&mut world, key), A::Posting, "{step}");
        assert_eq!(doc(&mut world, document).unclear_since, None);
    }
}

#[test]
fn taking_back_what_had_failed_never_begins_it_anew() {
    let mut world = World::new();
    let key = take(&mut world, &adjustment("ADJ-1", -4, 0));
    let failed = intend(&mut world, "D-1", -4, &[key]);
    bring(&mut world, failed, S::Failed);
    world
        .store()
        .write(|w| w.release_document(failed, false, after(65)))
        .unwrap();
    let other = intend(&mut world, "D-2", -4, &[key]);
    begin(&mut world, failed, "void");
    world.restart().unwrap();
    assert_eq!(world.store().recover_documents(after(70)), Ok(1));
    assert_eq!(doc(&mut world, failed).state, S::Failed);
    assert_eq!(state(&mut world, key), A::Posting);
    assert_eq!(next(&mut world, after(99)), "D-2");
    bring(&mut world, other, S::Done);
}

#[test]
fn between_steps_a_crash_leaves_everything_as_it_was() {
    for reached in [S::Intended, S::Drafted, S::Unclear, S::Completed, S::Done] {
        let mut world = World::new();
        let key = take(&mut world, &adjustment("ADJ-1", -4, 0));
        let document = intend(&mut world, "D-1", -4, &[key]);
        bring(&mut world, document, reached);
        let (kept, stood) = (doc(&mut world, document), row(&mut world, key));
        world.restart().unwrap();
        assert_eq!(world.store().recover_documents(after(70)), Ok(0));
        assert_eq!(doc(&mut world, document), kept);
        assert_eq!(row(&mut world, key), stood);
    }
}

#[test]
fn what_cannot_be_kept_to_the_last_digit_is_refused_by_its_value() {
    for (text, stored) in [
        ("12.5", 125_000),
        ("-0.0001", -1),
        ("3.140000", 31_400),
        ("922337203685477.5807", i64::MAX),
        ("0", 0),
    ] {
        let value: Decimal = text.parse().unwrap();
        assert_eq!(times::fixed(value), Ok(stored), "{text}");
        assert_eq!(times::unfixed(stored), value.normalize());
    }
    for text in [
        "0.00001",
        "922337203685477.5808",
        "79228162514264337593543950335",
    ] {
        let refused = times::fixed(text.parse().unwrap()).unwrap_err().to_string();
        assert!(refused.contains(text), "{refused}");
    }
}
