//! The outbox: what is due, what may be replaced, how tries end.

use chrono::{DateTime, Duration, Utc};

use super::world::*;
use crate::{
    Claimed, Intention, OrderState, OutboxKind, SaleKey, Settlement, Standing, Step, StoreFault,
};

fn claim(world: &mut World, at: DateTime<Utc>) -> Claimed {
    world.store().claim(at, false).unwrap().unwrap()
}

fn settle(world: &mut World, claimed: Claimed, how: Settlement, at: DateTime<Utc>) {
    world.store().settle(claimed, how, at, |_| Ok(())).unwrap();
}

#[test]
fn nothing_is_sent_before_its_time() {
    let mut world = World::new();
    let sale = world.sale(1);
    let later = Intention {
        due: after(30),
        ..intention(sale, 1)
    };
    world
        .store()
        .write(|w| {
            w.mark_read(sale, noon())?;
            w.put_intention(&later)
        })
        .unwrap();
    assert!(world.store().claim(after(29), false).unwrap().is_none());
    assert_eq!(
        world.store().reading().next_due(false).unwrap(),
        Some(after(30))
    );
    assert_eq!(
        world.store().reading().outbox_waiting().unwrap(),
        (1, Some(after(30)))
    );
    assert!(world.store().claim(after(30), false).unwrap().is_some());
}

#[test]
fn a_claim_is_on_disk_with_its_body_before_anything_is_sent() {
    let mut world = World::new();
    let sale = world.ready(1);
    let claimed = claim(&mut world, after(1));
    assert_eq!(
        (claimed.step(), claimed.kind()),
        (Step::Send, OutboxKind::Submit)
    );
    assert_eq!(
        (claimed.attempt(), claimed.body()),
        (1, &b"{\"client_ref\":\"SO-00001\"}"[..])
    );
    let row = world.store().reading().sale_row(sale).unwrap();
    assert_eq!(row.standing, Standing::In(OrderState::Sending));
    assert_eq!(row.attempts, 1);
    let told = world.store().reading().timeline(sale, 10).unwrap();
    assert_eq!(told[0].kind, "intention");
    let body = world
        .store()
        .reading()
        .body(told[0].request_hash.as_deref().unwrap())
        .unwrap();
    assert_eq!(body, Some(crate::Body::Plain(claimed.body().to_vec())));
    let tries = world.store().reading().attempts(sale).unwrap();
    assert_eq!((tries[0].step.as_str(), tries[0].ended), ("submit", None));
}

#[test]
fn an_unclear_sending_is_looked_up_before_anything_else_and_is_never_resent_by_itself() {
    let mut world = World::new();
    let sale = world.ready(1);
    world.ready(2);
    let first = claim(&mut world, noon());
    let unclear = Settlement::LookUp {
        at: after(1),
        found_nothing: false,
        failed: true,
    };
    settle(&mut world, first, unclear, noon());
    let look = claim(&mut world, after(1));
    assert_eq!(
        (look.step(), look.sale(), look.attempt()),
        (Step::LookUp, sale, 1)
    );
    assert_eq!((look.failures(), look.first_failed()), (1, Some(noon())));
    assert_eq!(look.unclear_since(), Some(noon()));
    let nothing = Settlement::LookUp {
        at: after(5),
        found_nothing: true,
        failed: false,
    };
    settle(&mut world, look, nothing, after(1));
    let other = claim(&mut world, after(2));
    assert_eq!(other.number().as_str(), "SO-00002");
    settle(
        &mut world,
        other,
        Settlement::Closed {
            outcome: "accepted",
        },
        after(2),
    );
    let look = claim(&mut world, after(5));
    assert_eq!((look.step(), look.looks()), (Step::LookUp, 1));
    settle(
        &mut world,
        look,
        Settlement::Again {
            at: after(5),
            failed: true,
        },
        after(5),
    );
    let again = claim(&mut world, after(5));
    assert_eq!(
        (again.step(), again.attempt(), again.looks()),
        (Step::Send, 2, 0)
    );
    assert_eq!(again.unclear_since(), None);
    let words: Vec<String> = world
        .store()
        .reading()
        .attempts(sale)
        .unwrap()
        .into_iter()
        .map(|attempt| format!("{} {} {}", attempt.number, attempt.step, attempt.outcome))
        .collect();
    assert_eq!(
        words,
        [
            "1 submit unclear",
            "1 look_up not_found",
            "1 look_up not_found",
            "2 submit "
        ]
    );
}

#[test]
fn look_only_asks_and_sends_nothing() {
    let mut world = World::new();
    world.ready(1);
    assert!(world.store().claim(after(1), true).unwrap().is_none());
    assert_eq!(world.store().reading().next_due(true).unwrap(), None);
    let first = claim(&mut world, noon());
    let unclear = Settlement::LookUp {
        at: after(1),
        found_nothing: false,
        failed: true,
    };
    settle(&mut world, first, unclear, noon());
    assert_eq!(
        world.store().claim(after(1), true).unwrap().unwrap().step(),
        Step::LookUp
    );
}

#[test]
fn a_waiting_message_is_replaced_and_one_that_may_have_arrived_is_not() {
    let mut world = World::new();
    let sale = world.ready(1);
    let newer = Intention {
        body: b"newer".to_vec(),
        ..intention(sale, 1)
    };
    world.store().write(|w| w.put_intention(&newer)).unwrap();
    assert_eq!(world.count("outbox"), 1);
    let claimed = claim(&mut world, noon());
    assert_eq!(claimed.body(), b"newer");
    let begun = StoreFault::AlreadyBegun {
        number: "SO-00001".into(),
    };
    let replace = |world: &mut World| world.store().write(|w| w.put_intention(&newer));
    assert_eq!(
        replace(&mut world),
        Err(begun.clone()),
        "while it is being sent"
    );
    assert_eq!(world.store().write(|w| w.drop_intention(sale)), Ok(false));
    let unclear = Settlement::LookUp {
        at: after(1),
        found_nothing: false,
        failed: true,
    };
    settle(&mut world, claimed, unclear, noon());
    assert_eq!(
        replace(&mut world),
        Err(begun.clone()),
        "while its outcome is not known"
    );
    let look = claim(&mut world, after(1));
    settle(
        &mut world,
        look,
        Settlement::Parked {
            outcome: "outcome_unknown",
        },
        after(1),
    );
    assert_eq!(
        replace(&mut world),
        Err(begun),
        "while it waits for a person, unknown"
    );
    assert!(world.store().claim(after(900), false).unwrap().is_none());
    world
        .store()
        .write(|w| w.close_parked(sale, after(2)))
        .unwrap();
    assert_eq!(replace(&mut world), Ok(()), "once a person has said so");
}

#[test]
fn a_parked_message_goes_on_where_it_stood() {
    let mut world = World::new();
    let sale = world.ready(1);
    let claimed = claim(&mut world, noon());
    settle(
        &mut world,
        claimed,
        Settlement::Parked { outcome: "stuck" },
        noon(),
    );
    world.store().write(|w| w.unpark(sale, after(3))).unwrap();
    let again = claim(&mut world, after(3));
    assert_eq!((again.step(), again.failures()), (Step::Send, 0));
    let unclear = Settlement::LookUp {
        at: after(4),
        found_nothing: false,
        failed: true,
    };
    settle(&mut world, again, unclear, after(3));
    let look = claim(&mut world, after(4));
    settle(
        &mut world,
        look,
        Settlement::Parked {
            outcome: "outcome_unknown",
        },
        after(4),
    );
    world.store().write(|w| w.unpark(sale, after(5))).unwrap();
    assert_eq!(
        claim(&mut world, after(5)).step(),
        Step::LookUp,
        "never sent unasked"
    );
}

#[test]
fn a_message_that_failed_keeps_its_next_time_when_it_is_put_down_anew() {
    let mut world = World::new();
    let sale = world.ready(1);
    let claimed = claim(&mut world, noon());
    settle(
        &mut world,
        claimed,
        Settlement::Again {
            at: after(10),
            failed: true,
        },
        noon(),
    );
    let again = Intention {
        due: after(1),
        ..intention(sale, 1)
    };
    world.store().write(|w| w.put_intention(&again)).unwrap();
    assert_eq!(
        world.store().reading().next_due(false).unwrap(),
        Some(after(10))
    );
    assert_eq!(
        world.store().write(|w| w.drop_intention(sale)),
        Ok(true),
        "it never arrived"
    );
    assert_eq!(world.store().reading().next_due(false).unwrap(), None);
    assert_eq!(
        world.store().reading().attempts(sale).unwrap().len(),
        1,
        "the try is remembered"
    );
}

#[test]
fn what_was_accepted_is_what_the_warehouse_has() {
    let mut world = World::new();
    let sale = world.ready(1);
    assert_eq!(world.store().reading().sent_body(sale).unwrap(), None);
    let claimed = claim(&mut world, noon());
    settle(
        &mut world,
        claimed,
        Settlement::Closed {
            outcome: "accepted",
        },
        noon(),
    );
    let sent = world.store().reading().sent_body(sale).unwrap();
    assert_eq!(sent.as_deref(), Some(&b"{\"client_ref\":\"SO-00001\"}"[..]));
}

#[test]
fn the_words_and_notes_of_a_message_come_back() {
    let mut world = World::new();
    let sale = world.sale(1);
    let withdrawal = Intention {
        kind: OutboxKind::Withdraw,
        body: Vec::new(),
        note: "The customer changed her mind".into(),
        ..intention(sale, 1)
    };
    world
        .store()
        .write(|w| w.put_intention(&withdrawal))
        .unwrap();
    let claimed = claim(&mut world, noon());
    assert_eq!(
        (claimed.note(), claimed.attempt()),
        ("The customer changed her mind", 1)
    );
    let closed = Settlement::Closed {
        outcome: "too_late",
    };
    world
        .store()
        .settle(claimed, closed, after(1), |w| {
            w.attempt_detail(sale, "Picked at 11:58")
        })
        .unwrap();
    let tries = world.store().reading().attempts(sale).unwrap();
    assert_eq!(
        (tries[0].outcome.as_str(), tries[0].detail.as_str()),
        ("too_late", "Picked at 11:58")
    );
}

#[test]
fn if_what_is_settled_cannot_be_written_the_try_stays_open() {
    let mut world = World::new();
    let sale = world.ready(1);
    let claimed = claim(&mut world, noon());
    let closed = Settlement::Closed {
        outcome: "accepted",
    };
    let failed: Result<(), _> = world.store().settle(claimed, closed, after(1), |w| {
        w.set_standing(sale, &Standing::In(OrderState::AtWarehouse), None, after(1))?;
        Err(StoreFault::Full)
    });
    assert_eq!(failed, Err(StoreFault::Full));
    assert_eq!(world.state(sale), Standing::In(OrderState::Sending));
    assert_eq!(world.store().recover(after(2), 0).unwrap().len(), 1);
}

#[test]
fn a_second_open_message_for_one_sale_cannot_even_be_written() {
    let mut world = World::new();
    world.ready(1);
    let wrong = "INSERT INTO outbox (sale, kind, state, reference, due, urgency, ship_by, service_rank, age)
                 SELECT sale, kind, 'ready', reference, due, urgency, ship_by, service_rank, age FROM outbox";
    let refused = world
        .store()
        .reading()
        .conn
        .execute(wrong, [])
        .unwrap_err()
        .to_string();
    assert!(refused.contains("UNIQUE"), "{refused}");
}

#[test]
fn after_a_crash_every_try_that_was_under_way_is_looked_up_first() {
    let mut world = World::new();
    let sent: SaleKey = world.ready(1);
    let asked = world.ready(2);
    world.ready(3);
    let first = claim(&mut world, noon());
    assert_eq!(first.sale(), sent);
    let second = claim(&mut world, noon());
    let unclear = Settlement::LookUp {
        at: noon(),
        found_nothing: false,
        failed: true,
    };
    settle(&mut world, second, unclear, noon());
    let looking = claim(&mut world, noon());
    assert_eq!((looking.sale(), looking.step()), (asked, Step::LookUp));

    world.restart().unwrap();
    let cut_off = world.store().recover(after(10), 30).unwrap();
    let numbers: Vec<&str> = cut_off.iter().map(domain::SaleNumber::as_str).collect();
    assert_eq!(numbers, ["SO-00001", "SO-00002"]);
    assert_eq!(world.state(sent), Standing::In(OrderState::Unclear));
    assert!(
        world.store().recover(after(11), 30).unwrap().is_empty(),
        "once is enough"
    );
    let due = after(10) + Duration::seconds(30);
    for sale in [sent, asked] {
        let look = claim(&mut world, due);
        assert_eq!(
            (look.step(), look.sale(), look.attempt()),
            (Step::LookUp, sale, 1)
        );
        assert_eq!(look.unclear_since(), Some(noon()));
        settle(
            &mut world,
            look,
            Settlement::Closed {
                outcome: "accepted",
            },
            due,
        );
    }
    assert_eq!(claim(&mut world, due).number().as_str(), "SO-00003");
    let told = world.store().reading().timeline(sent, 10).unwrap();
    assert!(
        told.iter().any(|entry| entry.outcome == "cut_off"),
        "the journal says so"
    );
}

#[test]
fn a_sale_known_to_have_changed_is_not_sent_until_it_was_read_again() {
    let mut world = World::new();
    let sale = world.ready(1);
    world.store().write(|w| w.want_read(sale)).unwrap();
    assert!(world.store().claim(after(1), false).unwrap().is_none());
    assert_eq!(world.store().reading().next_due(false).unwrap(), None);
    world.store().write(|w| w.mark_read(sale, noon())).unwrap();
    assert!(world.store().claim(after(1), false).unwrap().is_some());
}
