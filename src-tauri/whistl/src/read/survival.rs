//! Answers as they must not be, survived: cut off, of the wrong types, or no answer at all.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::samples::{all_samples, profile, reference};
use crate::status::ErrorBody;

/// Reads the bytes in every way there is. Only that it returns matters.
fn read_in_every_way(body: &[u8]) {
    let account = profile();
    let _ = order_state(body, &reference("SO-00042"), &account);
    let _ = page(body, "order-events", Some("x"), |event| {
        order_event(event, &account)
    });
    let _ = page(body, "items", None, item);
    let _ = crate::despatch::page(body, Some("x"), &account);
    let _ = crate::read_despatch(body, &account);
    let _ = crate::adjustment::page(body, Some("x"), &account);
    let _ = crate::read_adjustment(body, &account);
    let _ = crate::snapshot::head(body, Some("BRI1"), &account);
    let _ = crate::snapshot::page(body).map(|page| page.rows);
    let _ = services(body, &account);
    let _ = ping(body, &account);
    let _ = ErrorBody::read(body).map(|told| told.rejection(&account));
    let _ = vendor::json::parse::<wire::CancelReply>(body);
    let _ = crate::submission::read_back(body, &account);
    let _ = crate::submission::fingerprint(body);
    let _ = crate::inspect::inspect(body, &account);
}

#[test]
fn an_answer_cut_off_anywhere_is_survived() {
    for body in all_samples() {
        for end in (0..=body.len()).step_by(7) {
            read_in_every_way(&body[..end]);
        }
    }
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,20}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, {"a": 1}])),
    ]
}

fn replace(value: &mut Value, countdown: &mut usize, with: &Value) {
    if *countdown == 0 {
        *value = with.clone();
    }
    *countdown = countdown.wrapping_sub(1);
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| replace(one, countdown, with)),
        Value::Object(all) => all
            .values_mut()
            .for_each(|one| replace(one, countdown, with)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

proptest! {
    #[test]
    fn any_value_in_any_place_is_survived(which: prop::sample::Index, place in 0_usize..150, with in odd_value()) {
        let all = all_samples();
        if let Ok(mut told) = serde_json::from_slice::<Value>(which.get(&all).as_slice()) {
            replace(&mut told, &mut place.clone(), &with);
            read_in_every_way(told.to_string().as_bytes());
        }
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read_in_every_way(&bytes);
    }
}
