//! What left, as the order's page and the map of carriers tell it.

use serde_json::{Value, json};
use store::{DespatchKey, NewDespatch, SaleKey, TookDespatch};

use super::*;
use crate::maps::maps;
use crate::order::{order, settle};
use crate::shapes::MapKind;

fn stored_at_the_warehouse() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        durability: Durability::Fast,
        program: "tests",
        now: now(),
    };
    let mut store = Store::open(dir.path(), Some(key()), options).unwrap();
    fill::sales_in(&mut store, OrderState::AtWarehouse, 1, 3, now()).unwrap();
    (dir, store)
}

fn look<T>(dir: &tempfile::TempDir, seen: impl FnOnce(&Views<'_>) -> T) -> T {
    let reading = Reading::open(dir.path(), Some(key())).unwrap();
    let settings = Settings::default();
    seen(&Views::new(&reading, &settings, now()))
}

/// An item as the warehouse writes it: so many teapots in one parcel.
fn item(id: &str, units: u32, tracking: &str) -> Value {
    json!({
        "seq": 1, "despatch_id": id, "revision": 1, "kind": "DESPATCH", "voids": null,
        "item_fulfilment_ref": "IF1", "client_ref": "SO-000001", "whistl_ref": "WF1",
        "warehouse": "BRI1",
        "despatched_at": "2026-11-24T10:00:00Z", "published_at": "2026-11-24T10:01:00Z",
        "order_final": true,
        "lines": [{
            "line_no": 1, "sku": "TEAPOT04", "quantity_ordered": 3,
            "quantity_despatched": units, "quantity_previously_despatched": 0,
            "quantity_cancelled": 0, "quantity_outstanding": 0, "cancel_reason": null,
            "movement_id": 1
        }],
        "parcels": [{
            "parcel_no": 1, "carrier_code": "DPDUK", "carrier_name": "", "service_code": "WHI_STD",
            "tracking_numbers": [tracking], "tracking_url": "", "weight_g": 1,
            "contents": [{ "line_no": 1, "sku": "TEAPOT04", "quantity": units }]
        }]
    })
}

fn take(store: &mut Store, id: &str, raw: &Value, content: u8) -> TookDespatch {
    let raw = raw.to_string();
    let new = NewDespatch {
        id,
        revision: 1,
        voids: "",
        raw_reference: "SO-000001",
        sale: Some(SaleKey(1)),
        at: "2026-11-24T10:00:00Z".parse().unwrap(),
        published: None,
        is_last: true,
        units: 2,
        parcels: 1,
        goods: [content; 32],
        content: [content; 32],
        raw: raw.as_bytes(),
        tracking: &[],
    };
    store.write(|w| w.take_despatch(&new, now())).unwrap()
}

fn took(store: &mut Store, id: &str) -> DespatchKey {
    match take(store, id, &item(id, 2, "T1"), 1) {
        TookDespatch::New(key) => key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn other_content_under_a_known_name_is_told_by_what_differs() {
    let (dir, mut store) = stored_at_the_warehouse();
    took(&mut store, "DSP-1");
    for (raw, content) in [
        (item("DSP-1", 3, "T1"), 2),
        (item("DSP-1", 2, "T2"), 3),
        (json!({}), 4),
    ] {
        let again = take(&mut store, "DSP-1", &raw, content);
        assert!(matches!(again, TookDespatch::Changed(_)), "{again:?}");
    }
    let said = look(&dir, |views| {
        order(views, "SO-000001").unwrap().despatches[0]
            .came_again
            .clone()
    });
    let what = |at: usize| {
        said[at]
            .split_once("other content: ")
            .and_then(|(_, rest)| rest.split_once(". "))
            .unwrap()
            .0
    };
    assert_eq!(said.len(), 3, "{said:#?}");
    let mut told = [what(0), what(1), what(2)];
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "3 TEAPOT04 instead of 2",
            "tracking number T2",
            "what it said can no longer be read",
        ]
    );
}

#[test]
fn carriers_without_a_name_come_with_how_many_despatches_were_told_so() {
    let (dir, mut store) = stored_at_the_warehouse();
    for (id, carrier, told) in [
        ("DSP-1", "XYZ9", false),
        ("DSP-2", "DPDUK", true),
        ("DSP-3", "DPDUK", true),
        ("DSP-4", "DPDUK", false),
    ] {
        let despatch = took(&mut store, id);
        store
            .write(|w| {
                w.plan_despatch(despatch, "task", &[format!("carrier_unmapped:{carrier}")])?;
                if told {
                    w.despatch_posted(despatch, "task", 1, &[], now())?;
                }
                Ok(())
            })
            .unwrap();
    }
    let view = look(&dir, |views| maps(views, MapKind::Carrier).unwrap());
    let found: Vec<(&str, u32)> = view
        .unmapped
        .iter()
        .map(|one| (one.from.as_str(), one.told))
        .collect();
    assert_eq!(found, [("DPDUK", 2), ("XYZ9", 0)]);
    assert!(
        view.unmapped[0]
            .why
            .ends_with("1 despatch is still to be told."),
        "{:?}",
        view.unmapped[0]
    );
    let counted = view.counts.iter().find(|one| one.kind == MapKind::Carrier);
    assert_eq!(counted.unwrap().unmapped, 2);
}

#[test]
fn where_nothing_is_left_to_settle_the_question_says_so() {
    let (dir, _store) = stored_at_the_warehouse();
    let asked = look(&dir, |views| settle::preview(views, "SO-000001").unwrap());
    assert_eq!((asked.allowed, asked.needs_reason), (0, false));
    let missing = look(&dir, |views| {
        settle::preview(views, "SO-99999").unwrap_err()
    });
    assert_eq!(missing.code, "order_unknown");
}
