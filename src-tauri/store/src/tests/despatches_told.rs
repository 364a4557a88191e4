//! Telling Cin7 of despatches: in which order, step by step, and what a crash leaves.

use domain::Owner;

use super::despatches::{claim, claimed, despatch, product, row, take, told};
use super::world::*;
use crate::{Body, DespatchState, JournalFilter, StoreFault};

#[test]
fn the_oldest_goes_first_and_two_sales_go_side_by_side() {
    let mut world = World::new();
    let (one, two) = (world.sale(1), world.sale(2));
    // They came in the wrong order.
    let later = take(&mut world, &despatch("1-later", Some(one), 20));
    let first = take(&mut world, &despatch("1-first", Some(one), 10));
    take(&mut world, &despatch("2-only", Some(two), 30));

    assert_eq!(claimed(&mut world, after(59)), "", "not before it is due");
    assert_eq!(claimed(&mut world, after(60)), "1-first");
    assert_eq!(
        claimed(&mut world, after(60)),
        "2-only",
        "the other of the first sale waits for its elder"
    );
    assert_eq!(claimed(&mut world, after(60)), "");
    let figures = world.store().reading().confirmations().unwrap();
    assert_eq!((figures.waiting, figures.next_due), (3, None));

    told(&mut world, first, &[], after(61));
    let figures = world.store().reading().confirmations().unwrap();
    assert_eq!(figures.next_due, Some(after(60)));
    assert_eq!(claimed(&mut world, after(62)), "1-later");
    let of_sale = world.store().reading().despatches_of(one).unwrap();
    let order: Vec<_> = of_sale.into_iter().map(|row| row.key).collect();
    assert_eq!(
        order,
        [first, later],
        "by when they left, not when they came"
    );
}

#[test]
fn what_waits_for_its_elder_is_not_due_and_an_exception_holds_nobody_up() {
    let mut world = World::new();
    let sale = world.sale(1);
    let first = take(&mut world, &despatch("1-first", Some(sale), 10));
    take(&mut world, &despatch("1-later", Some(sale), 20));
    assert_eq!(claimed(&mut world, after(60)), "1-first");
    world
        .store()
        .write(|w| w.despatch_again(first, after(90), true, false, after(61)))
        .unwrap();
    assert_eq!(claimed(&mut world, after(62)), "");
    let figures = world.store().reading().confirmations().unwrap();
    assert_eq!(figures.next_due, Some(after(90)), "the elder's time");
    let kept = row(&mut world, first);
    assert_eq!((kept.failures, kept.first_failed), (1, Some(after(61))));

    let words = "14 Lantern Row is no line of this order.";
    world
        .store()
        .write(|w| {
            let state = DespatchState::Exception;
            w.despatch_stands(first, state, Some(Owner::Office), "odd", words, after(63))
        })
        .unwrap();
    assert_eq!(
        world.store().reading().despatch_words(first).unwrap(),
        words
    );
    assert_eq!(claimed(&mut world, after(64)), "1-later");

    // A person has it tried again: it waits its turn, and its failures count anew.
    world
        .store()
        .write(|w| {
            w.despatch_stands(first, DespatchState::Waiting, None, "", "", after(65))?;
            w.despatch_again(first, after(65), false, false, after(65))
        })
        .unwrap();
    let kept = row(&mut world, first);
    assert_eq!((kept.failures, kept.first_failed), (0, None));
    assert_eq!(world.store().reading().despatch_words(first).unwrap(), "");
    assert_eq!(claimed(&mut world, after(66)), "", "another is under way");
}

#[test]
fn what_may_have_arrived_is_looked_up_before_anything_else_of_its_sale() {
    let mut world = World::new();
    let (one, two) = (world.sale(1), world.sale(2));
    let later = take(&mut world, &despatch("1-later", Some(one), 20));
    assert_eq!(claimed(&mut world, after(60)), "1-later");
    world
        .store()
        .write(|w| w.despatch_again(later, after(61), false, true, after(60)))
        .unwrap();
    // An older one turns up late, and one of another sale that left at the same minute.
    take(&mut world, &despatch("1-first", Some(one), 10));
    take(&mut world, &despatch("2-only", Some(two), 20));
    let unclear = claim(&mut world, after(61)).unwrap();
    assert_eq!(unclear.id, "1-later");
    assert_eq!(unclear.state, DespatchState::Posting);
    assert_eq!(unclear.unclear_since, Some(after(60)));
    assert_eq!(unclear.attempts, 2);
    assert_eq!(claimed(&mut world, after(61)), "2-only");
    told(&mut world, later, &[], after(62));
    assert_eq!(row(&mut world, later).unclear_since, None);
    assert_eq!(claimed(&mut world, after(62)), "1-first");
}

#[test]
fn a_step_is_on_disk_with_its_body_before_it_is_sent_and_only_one_at_a_time() {
    let mut world = World::new();
    let sale = world.sale(1);
    let key = take(&mut world, &despatch("DSP-871", Some(sale), 0));
    let waiting = row(&mut world, key);
    let refused = world
        .store()
        .begin_step(&waiting, "pick", "task", b"{}", after(60));
    assert!(
        matches!(refused, Err(StoreFault::Missing { .. })),
        "not before it is claimed: {refused:?}"
    );
    let under_way = claim(&mut world, after(60)).unwrap();
    let begin = |world: &mut World, step: &str, task: &str| {
        let store = world.store();
        store.begin_step(&under_way, step, task, b"{\"Lines\":[]}", after(61))
    };
    begin(&mut world, "task", "").unwrap();
    let second = begin(&mut world, "pick", "task-1");
    assert!(
        matches!(second, Err(StoreFault::Sql { .. })),
        "the first is still under way: {second:?}"
    );
    assert_eq!(row(&mut world, key).step, "task", "none of it was written");
    world
        .store()
        .end_step(key, "answered", after(62), |w| {
            w.plan_despatch(key, "task-1", &["carrier_unmapped".into(), "late".into()])
        })
        .unwrap();
    begin(&mut world, "pick", "task-1").unwrap();
    world.restart().unwrap();

    let kept = row(&mut world, key);
    assert_eq!((kept.step.as_str(), kept.task.as_str()), ("pick", "task-1"));
    assert_eq!(kept.flags, ["carrier_unmapped", "late"]);
    let steps = world.store().reading().despatch_steps(key).unwrap();
    let steps: Vec<_> = steps
        .iter()
        .map(|step| (step.number, step.step.as_str(), step.outcome.as_str()))
        .collect();
    assert_eq!(steps, [(1, "task", "answered"), (2, "pick", "")]);
    let told = world.store().reading().timeline(sale, 10).unwrap();
    let intention = told.last().unwrap();
    assert_eq!(
        (
            intention.kind.as_str(),
            intention.vendor.as_str(),
            intention.operation.as_str(),
            intention.subject.as_str()
        ),
        ("intention", "cin7", "post pick", "DSP-871")
    );
    let hash = intention.request_hash.as_deref().unwrap();
    let body = world.store().reading().body(hash).unwrap();
    assert_eq!(body, Some(Body::Plain(b"{\"Lines\":[]}".to_vec())));
}

#[test]
fn a_crash_at_any_step_leaves_the_despatch_unclear_and_due_and_the_step_cut_off() {
    for step in ["", "task", "pick", "pack", "ship", "correct"] {
        let mut world = World::new();
        let sale = world.sale(1);
        let key = take(&mut world, &despatch("DSP-871", Some(sale), 0));
        let idle = take(&mut world, &despatch("DSP-872", Some(sale), 1));
        let under_way = claim(&mut world, after(60)).unwrap();
        if !step.is_empty() {
            world
                .store()
                .begin_step(&under_way, step, "task-1", b"{}", after(61))
                .unwrap();
        }
        world.restart().unwrap();
        assert_eq!(world.store().recover_despatches(after(70)), Ok(1), "{step}");
        assert_eq!(world.store().recover_despatches(after(71)), Ok(0), "{step}");
        let kept = row(&mut world, key);
        assert_eq!(kept.state, DespatchState::Unclear, "{step}");
        assert_eq!((kept.due, kept.step.as_str()), (after(70), step));
        assert_eq!(kept.unclear_since, Some(after(60)), "{step}");
        assert_eq!(row(&mut world, idle).state, DespatchState::Waiting);
        let steps = world.store().reading().despatch_steps(key).unwrap();
        assert!(
            steps.iter().all(|step| step.outcome == "cut_off"),
            "{steps:?}"
        );
        let cut_off = JournalFilter {
            outcome: Some("cut_off".into()),
            limit: 10,
            ..JournalFilter::default()
        };
        let entries = world.store().reading().journal(&cut_off).unwrap();
        assert_eq!(entries.len(), steps.len(), "{step}");
        // It is looked up, found, and told in the end; then comes the next.
        let again = claim(&mut world, after(72)).unwrap();
        assert_eq!((again.key, again.attempts), (key, 2));
        world
            .store()
            .begin_step(&again, "ship", "task-1", b"{}", after(73))
            .unwrap();
        world
            .store()
            .end_step(key, "answered", after(74), |w| {
                w.despatch_posted(key, "task-1", 1, &[(product(1), 3)], after(74))
            })
            .unwrap();
        assert_eq!(claimed(&mut world, after(75)), "DSP-872", "{step}");
        assert!(world.store().reading().verify().unwrap().is_ok());
    }
}

#[test]
fn what_fails_with_the_end_of_a_step_leaves_the_step_under_way() {
    let mut world = World::new();
    let sale = world.sale(1);
    let key = take(&mut world, &despatch("DSP-871", Some(sale), 0));
    let under_way = claim(&mut world, after(60)).unwrap();
    let store = world.store();
    store
        .begin_step(&under_way, "pick", "task", b"{}", after(61))
        .unwrap();
    let failed: Result<(), StoreFault> =
        store.end_step(key, "answered", after(62), |_| Err(StoreFault::Full));
    assert_eq!(failed, Err(StoreFault::Full));
    assert_eq!(store.reading().despatch_steps(key).unwrap()[0].ended, None);
    store
        .end_step(key, "answered", after(62), |_| Ok(()))
        .unwrap();
    let none = store.end_step(key, "answered", after(63), |_| Ok(()));
    assert!(matches!(none, Err(StoreFault::Missing { .. })), "{none:?}");
}
