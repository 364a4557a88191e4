//! The call limit: sixty in any sixty seconds, and the shapes of its refusals.

use std::time::Duration;

use serde_json::json;

use super::{Desk, desk, sample};
use crate::http::Answer;

fn call(desk: &mut Desk) -> Answer {
    let ask = desk.ask("GET", "me", &[]);
    desk.answer(&ask)
}

fn calls(desk: &mut Desk, count: usize) -> usize {
    (0..count).filter(|_| call(desk).status == 200).count()
}

#[test]
fn the_61st_call_is_refused_in_each_shape() {
    for (shape, name) in [
        (429, "00-limit-429"),
        (503, "00-limit-503"),
        (400, "00-limit-400"),
    ] {
        let sample = sample(name);
        let mut desk = desk();
        desk.fault("limit_shape", |switch| switch.value = Some(json!(shape)));
        assert_eq!(
            calls(&mut desk, 60),
            60,
            "a bare shape refuses nothing by itself"
        );

        let refusal = call(&mut desk);

        assert_eq!(refusal.status, sample.status);
        for header in &sample.headers {
            assert!(
                refusal.headers.contains(header),
                "{header:?} in {:?}",
                refusal.headers
            );
        }
        let text = String::from_utf8(refusal.body).expect("text");
        match sample.text {
            Some(recorded) => assert_eq!(text, recorded),
            None => assert_eq!(text, sample.body.to_string()),
        }
        assert_eq!(desk.calls()["refused"], json!(1));
    }
}

#[test]
fn a_passing_403_looks_like_a_wrong_key() {
    let mut desk = desk();
    desk.fault("limit_shape", |switch| switch.value = Some(json!(403)));
    calls(&mut desk, 60);
    let refusal = call(&mut desk);
    assert_eq!(
        (refusal.status, refusal.body.as_slice()),
        (403, &b"Incorrect credentials!"[..])
    );
}

#[test]
fn a_place_in_the_window_comes_free_sixty_seconds_after_the_call_that_took_it() {
    let mut desk = desk();
    assert_eq!(calls(&mut desk, 30), 30);
    desk.metered += Duration::from_secs(40);
    assert_eq!(calls(&mut desk, 40), 30, "thirty places are still taken");
    desk.metered += Duration::from_millis(19_999);
    assert_eq!(calls(&mut desk, 1), 0, "a millisecond too soon");
    desk.metered += Duration::from_millis(1);
    assert_eq!(
        calls(&mut desk, 40),
        30,
        "the first thirty have left the window"
    );
}

#[test]
fn refused_calls_take_no_room_but_are_counted() {
    let mut desk = desk();
    calls(&mut desk, 60);
    for _ in 0..50 {
        desk.metered += Duration::from_secs(1);
        call(&mut desk);
    }
    desk.metered += Duration::from_secs(10);
    assert_eq!(
        calls(&mut desk, 60),
        60,
        "only the first sixty had taken room"
    );
    let counted = desk.calls();
    assert_eq!(counted["total"], json!(170));
    assert_eq!(counted["refused"], json!(50));
    assert_eq!(counted["by_path"], json!({ "GET me": 170 }));
}

#[test]
fn the_fullest_minute_is_counted_over_every_window() {
    let mut desk = desk();
    desk.account.set_limit(1000);
    for _ in 0..40 {
        call(&mut desk);
        desk.metered += Duration::from_secs(1);
    }
    desk.metered += Duration::from_secs(10);
    calls(&mut desk, 35);
    // At second 50 the calls of seconds 0 to 39 and these are within one minute.
    assert_eq!(desk.calls()["max_in_any_60s"], json!(75));
    desk.metered += Duration::from_mins(10);
    calls(&mut desk, 5);
    assert_eq!(
        desk.calls()["max_in_any_60s"],
        json!(75),
        "the fullest stays on record"
    );
}

#[test]
fn exactly_a_minute_apart_is_two_windows() {
    let mut desk = desk();
    calls(&mut desk, 55);
    desk.metered += Duration::from_mins(1);
    calls(&mut desk, 55);
    assert_eq!(desk.calls()["max_in_any_60s"], json!(55));
}

#[test]
fn an_early_limit_refuses_the_53rd_call() {
    let mut desk = desk();
    desk.fault("limit_early", |_| {});
    assert_eq!(calls(&mut desk, 60), 52);
}

#[test]
fn recovery_may_come_after_31_seconds() {
    let mut desk = desk();
    let shape = json!({ "shape": 429, "recovery_seconds": 31 });
    desk.fault("limit_shape", |switch| switch.value = Some(shape));
    assert_eq!(calls(&mut desk, 61), 60);
    desk.metered += Duration::from_secs(30);
    assert_eq!(calls(&mut desk, 1), 0);
    desk.metered += Duration::from_secs(1);
    assert_eq!(calls(&mut desk, 1), 1);
}

#[test]
fn a_shape_told_how_often_refuses_right_away() {
    let mut desk = desk();
    desk.fault("limit_shape", |switch| {
        switch.value = Some(json!(503));
        switch.times = Some(2);
    });
    assert_eq!(call(&mut desk).status, 503);
    assert_eq!(call(&mut desk).status, 503);
    assert_eq!(call(&mut desk).status, 200);
    assert_eq!(desk.calls()["refused"], json!(2));
}

#[test]
fn a_plain_503_does_not_name_the_limit() {
    let mut desk = desk();
    desk.fault("server_503", |switch| switch.times = Some(1));
    let answer = call(&mut desk);
    assert_eq!(answer.status, 503);
    assert!(!String::from_utf8_lossy(&answer.body).contains("calls per 60 seconds"));
    assert_eq!(
        desk.calls()["refused"],
        json!(0),
        "a server fault is not a refusal"
    );
}

#[test]
fn a_stranger_takes_no_room_in_our_window() {
    let mut desk = desk();
    let mut stranger = desk.ask("GET", "me", &[]);
    stranger.headers.clear();
    for _ in 0..100 {
        assert_eq!(desk.answer(&stranger).status, 403);
    }
    assert_eq!(calls(&mut desk, 61), 60);
}

#[test]
fn a_restart_of_the_vendor_does_not_empty_the_window() {
    let mut desk = desk();
    calls(&mut desk, 60);
    let kept = serde_json::to_string(&desk.account).expect("a state file");
    desk.account = serde_json::from_str(&kept).expect("the same state file");
    desk.metered += Duration::from_secs(59);
    assert_eq!(calls(&mut desk, 1), 0);
    assert_eq!(desk.calls()["max_in_any_60s"], json!(61));
    desk.metered = Duration::ZERO;
    assert_eq!(
        calls(&mut desk, 61),
        60,
        "a clock set back locks nobody out"
    );
}
