//! The recorded despatches, replayed: one parcel, then a sale in two parts.

use serde_json::{Value, json};

use super::samples::{asked, harbour_and_pine, json_of};
use super::{Desk, at, on, sample};
use crate::cin7::BASE_PATH;

/// IDs that Cin7 makes up, theirs to ours, learnt as they are first answered.
#[derive(Default)]
struct Ids(Vec<(String, String)>);

impl Ids {
    /// Learns the IDs that theirs has where ours has another.
    fn learn(&mut self, ours: &Value, theirs: &Value) {
        match (ours, theirs) {
            (Value::Object(ours), Value::Object(theirs)) => {
                for (name, their) in theirs {
                    let our = ours.get(name).unwrap_or(&Value::Null);
                    if matches!(name.as_str(), "ID" | "TaskID")
                        && let (Some(our), Some(their)) = (our.as_str(), their.as_str())
                        && our != their
                        && !self.0.iter().any(|(known, _)| known == their)
                    {
                        self.0.push((their.to_owned(), our.to_owned()));
                    }
                    self.learn(our, their);
                }
            }
            (Value::Array(ours), Value::Array(theirs)) => {
                for (ours, theirs) in ours.iter().zip(theirs) {
                    self.learn(ours, theirs);
                }
            }
            _ => {}
        }
    }

    fn ours(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (their, our)| {
            text.replace(their, our)
        })
    }

    fn in_ours(&self, value: &Value) -> Value {
        serde_json::from_str(&self.ours(&value.to_string())).expect("JSON")
    }
}

/// Plays a recorded exchange and expects the recorded answer, digit for digit.
fn plays(desk: &mut Desk, ids: &mut Ids, name: &str) {
    let mut sample = sample(name);
    sample.request = ids.in_ours(&sample.request);
    for (_, value) in &mut sample.query {
        *value = ids.ours(value);
    }
    let path = sample
        .path
        .strip_prefix(BASE_PATH)
        .expect("a path")
        .to_owned();
    let answer = asked(desk, &sample.method.clone(), &path, &sample);
    let body = json_of(&answer);
    assert_eq!(answer.status, sample.status, "{name}: {body}");
    ids.learn(&body, &sample.body);
    assert_eq!(
        body.to_string(),
        ids.in_ours(&sample.body).to_string(),
        "{name}"
    );
}

#[test]
fn one_parcel_goes_as_recorded_and_is_undone_as_recorded() {
    let (mut desk, mut ids) = (harbour_and_pine(), Ids::default());
    desk.account
        .edit_sale("SO-10421", &json!({ "ExternalID": "WHI-883120" }), desk.now)
        .expect("an edit");
    desk.fault("short_stock", |switch| switch.times = Some(1));
    desk.fault("external_location", |switch| switch.times = Some(1));
    desk.now = at("2026-11-24T10:12:20.480Z");
    plays(&mut desk, &mut ids, "20-10421-pick-short-stock-400");
    desk.now = at("2026-11-24T10:12:18.000Z");
    plays(&mut desk, &mut ids, "20-10421-pick");
    plays(&mut desk, &mut ids, "20-10421-pick-again-400");
    plays(&mut desk, &mut ids, "21-10421-pack");
    plays(&mut desk, &mut ids, "22-10421-ship-external-location-400");
    desk.now = at("2026-11-24T10:12:20.480Z");
    plays(&mut desk, &mut ids, "22-10421-ship");
    plays(&mut desk, &mut ids, "23-sale-10421-shipped");
    assert_eq!(desk.truth_of("SO-10421")["notified"], 1);

    desk.now = at("2026-11-24T11:40:00.000Z");
    plays(&mut desk, &mut ids, "24-10421-ship-correct-tracking");
    let truth = desk.truth_of("SO-10421");
    assert_eq!(truth["notified"], 1, "a correction tells nobody");
    assert_eq!(truth["shipments"][0]["tracking"], "WQ900000029GB");
    assert_eq!(desk.account.truth()["writes_by_object"]["fulfilment"], 4);

    desk.now = at("2026-11-24T14:20:00.118Z");
    on(&mut desk, "sale_undone", "SO-10421", Value::Null);
    plays(&mut desk, &mut ids, "25-sale-10421-undone-by-user");
    assert_eq!(desk.truth_of("SO-10421")["shipments"], json!([]));
}

#[test]
fn a_shelf_that_holds_too_few_refuses_the_pick_as_recorded() {
    let mut desk = harbour_and_pine();
    desk.account
        .change_stock("HPMUG002", "Whistl Fulfilment", (-97).into())
        .expect("a change");
    plays(
        &mut desk,
        &mut Ids::default(),
        "20-10421-pick-short-stock-400",
    );
}

#[test]
fn two_parcels_and_later_the_rest_go_as_recorded() {
    let (mut desk, mut ids) = (harbour_and_pine(), Ids::default());
    desk.now = at("2026-11-24T10:31:02.100Z");
    for name in ["30-10422-pick-part-1", "31-10422-pack-part-1"] {
        desk.now -= chrono::TimeDelta::seconds(2);
        plays(&mut desk, &mut ids, name);
        desk.now += chrono::TimeDelta::seconds(1);
    }
    desk.now = at("2026-11-24T10:31:02.100Z");
    plays(&mut desk, &mut ids, "32-10422-ship-part-1");
    plays(&mut desk, &mut ids, "33-sale-10422-part-shipped");

    desk.now = at("2026-11-26T09:00:00.000Z");
    plays(&mut desk, &mut ids, "34-10422-new-fulfilment");
    plays(&mut desk, &mut ids, "34-10422-fulfilments");
    plays(&mut desk, &mut ids, "34-10422-new-fulfilment-refused-400");
    plays(&mut desk, &mut ids, "39-fulfilment-delete-no-effect");
    plays(&mut desk, &mut ids, "35-10422-pick-part-2");
    plays(&mut desk, &mut ids, "36-10422-pack-part-2");
    desk.now = at("2026-11-26T09:03:47.900Z");
    plays(&mut desk, &mut ids, "37-10422-ship-part-2");
    plays(&mut desk, &mut ids, "38-sale-10422-shipped");

    let truth = desk.truth_of("SO-10422");
    assert_eq!(truth["fulfilment_status"], "FULFILLED");
    for line in truth["lines"].as_array().expect("lines") {
        for done in ["picked", "packed", "shipped"] {
            assert_eq!(line[done], line["ordered"], "{line}");
        }
    }
    let boxes: Vec<&Value> = truth["shipments"]
        .as_array()
        .expect("shipments")
        .iter()
        .map(|shipment| &shipment["box"])
        .collect();
    assert_eq!(boxes, ["883121-1", "883121-2", "883121-3"]);
    assert_eq!(truth["notified"], 2, "once a shipment, not once a parcel");
    assert_eq!(desk.account.truth()["writes_by_object"]["fulfilment"], 7);
}
