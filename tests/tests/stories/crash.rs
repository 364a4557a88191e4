//! Dying at every step of the way: nothing is lost, nothing is sent twice.

use std::time::Duration;

use engine::runs::Job;
use serde_json::json;
use stockbridge_tests::World;
use stockbridge_tests::wire::Death;

#[tokio::test(start_paused = true)]
async fn dying_at_any_call_leaves_one_order_at_whistl() {
    for call in 1..60 {
        let mut untouched = true;
        for death in [Death::Before(call), Death::After(call)] {
            let mut world = World::new();
            // A second sending would make a second order.
            world.fault(json!({ "vendor": "whistl", "fault": "F04" }));
            let number = world.good_sale();

            untouched &= !world.run_and_die(Job::Orders, death).await;
            world.watch_for(Duration::from_secs(300)).await;

            assert_eq!(world.state(&number), "at_warehouse", "died {death:?}");
            let there = world.at_whistl(&number).expect("the warehouse has it");
            assert_eq!(there["created"], 1, "died {death:?}");
        }
        if untouched {
            assert!(call > 6, "the run makes more calls than {call}");
            return;
        }
    }
    panic!("still dying after 59 calls");
}

#[tokio::test(start_paused = true)]
async fn a_second_copy_says_who_holds_the_data_and_touches_nothing() {
    let mut world = World::new();
    let _first = world.engine();

    let second = world.open_store();

    let fault = second.err().expect("refused");
    assert_eq!(fault.code(), "store_locked");
    assert!(
        fault.to_string().contains(&std::process::id().to_string()),
        "{fault}"
    );
}

#[tokio::test(start_paused = true)]
async fn attempts_and_next_times_survive_a_restart() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F02", "times": 1 }));
    world.sync().await;
    let before = world.order(&number).order.next_at;
    assert!(before.is_some());

    world.crash();

    assert_eq!(world.order(&number).order.next_at, before);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_dropped_in_mid_sending_leaves_nothing_stuck() {
    let mut world = World::new();
    world.fault(json!({ "vendor": "whistl", "fault": "F04" }));
    let numbers: Vec<String> = (0..12).map(|_| world.good_sale()).collect();
    // The same program goes on; only the run is dropped, again and again, in mid call.
    for _ in 0..40 {
        world.watch_for(Duration::from_millis(370)).await;
    }

    world.watch_for(Duration::from_secs(400)).await;

    for number in &numbers {
        assert_eq!(world.state(number), "at_warehouse", "{number}");
        assert_eq!(
            world.at_whistl(number).expect("there")["created"],
            1,
            "{number}"
        );
    }
}
