//! The recorded despatches, read; and what may become of them.

use expect_test::expect;
use serde_json::json;

use super::*;
use crate::samples::{profile, reference, sample, sample_json};

fn records(name: &str) -> Vec<DespatchRecord> {
    let page = page(&sample(name), None, &profile()).unwrap();
    page.items.into_iter().map(Result::unwrap).collect()
}

/// The first despatch of the samples, two parcels of SO-00042.
fn item() -> Value {
    sample_json("rest/50-despatches-page1-200.json")["items"][0].clone()
}

fn of(item: &Value) -> Result<DespatchRecord, BadField> {
    read_despatch(item.to_string().as_bytes(), &profile())
}

/// The sample with one place changed.
fn with(place: &str, value: Value) -> Value {
    let mut changed = item();
    *changed.pointer_mut(place).unwrap() = value;
    changed
}

fn without(parent: &str, field: &str) -> Value {
    let mut changed = item();
    let parent = changed.pointer_mut(parent).unwrap();
    parent.as_object_mut().unwrap().remove(field).unwrap();
    changed
}

#[test]
fn a_despatch_in_two_parcels_is_read_whole() {
    let page = page(
        &sample("rest/50-despatches-page1-200.json"),
        None,
        &profile(),
    )
    .unwrap();
    assert_eq!(page.next_cursor.as_deref(), Some("despatches:1043"));
    assert_eq!(
        (page.epoch.as_str(), page.has_more),
        ("2026-01-05T00:00:00Z/1", false)
    );
    let record = page.items[0].as_ref().unwrap();
    assert_eq!(record.seq, 1042);
    assert_eq!(record.despatch.reference, Some(reference("SO-00042")));
    assert_eq!(record.raw_reference, "SO-00042");
    assert_eq!(
        (record.whistl_ref.as_str(), record.fulfilment_ref.as_str()),
        ("WF10000042", "IF0000871")
    );
    let published = "2026-10-23T15:43:02Z".parse().ok();
    assert_eq!(
        (record.published_at, record.time_guessed),
        (published, false)
    );
    expect![[r#"
        Despatch {
            id: "DSP0000871",
            revision: 1,
            kind: Goods,
            reference: Some(
                ClientReference(
                    "SO-00042",
                ),
            ),
            at: 2026-10-23T15:42:10Z,
            is_last: true,
            lines: [
                DespatchLine {
                    sku: "TEE001BLKM",
                    units: 2,
                    cancelled: 0,
                    why_cancelled: "",
                    movement: Some(
                        900101,
                    ),
                },
                DespatchLine {
                    sku: "MUG330WHT",
                    units: 4,
                    cancelled: 0,
                    why_cancelled: "",
                    movement: Some(
                        900102,
                    ),
                },
            ],
            parcels: [
                Parcel {
                    number: 1,
                    carrier_code: "DPD",
                    carrier_name: "DPD",
                    service: "WHI_EXP",
                    tracking: [
                        "WHI0000004201",
                    ],
                    link: "https://track.example.invalid/WHI0000004201",
                    contents: [
                        (
                            "TEE001BLKM",
                            2,
                        ),
                        (
                            "MUG330WHT",
                            1,
                        ),
                    ],
                },
                Parcel {
                    number: 2,
                    carrier_code: "DPD",
                    carrier_name: "DPD",
                    service: "WHI_EXP",
                    tracking: [
                        "WHI0000004202",
                    ],
                    link: "https://track.example.invalid/WHI0000004202",
                    contents: [
                        (
                            "MUG330WHT",
                            3,
                        ),
                    ],
                },
            ],
        }
    "#]]
    .assert_debug_eq(&record.despatch);
}

#[test]
fn a_part_and_its_rest_are_told_apart_and_a_repeat_is_known() {
    let first = records("rest/50-despatches-page1-200.json");
    let second = records("rest/51-despatches-page2-200.json");
    assert_eq!(first[1], second[0], "the same despatch, once on each page");
    let (part, rest) = (&second[0].despatch, &second[1].despatch);
    assert!(!part.is_last && rest.is_last);
    let mugs = &rest.lines[2];
    assert_eq!(
        (mugs.units, mugs.cancelled, mugs.why_cancelled.as_str()),
        (2, 1, "SHORT_PICK")
    );
    assert_ne!(second[0].goods, second[1].goods);
    let empty = page(
        &sample("rest/52-despatches-empty-200.json"),
        None,
        &profile(),
    )
    .unwrap();
    assert!(empty.items.is_empty());
    assert_eq!(empty.next_cursor.as_deref(), Some("despatches:1044"));
}

#[test]
fn a_void_says_what_it_undoes_and_its_units_are_below_nought() {
    let void = &records("faults/despatch-void-200.json")[0].despatch;
    assert_eq!(void.kind, DespatchKind::Void("DSP0000871".into()));
    let units: Vec<i64> = void.lines.iter().map(|line| line.units).collect();
    assert_eq!(units, [-2, -4]);
    assert!(void.parcels.is_empty());
    let mut blind = sample_json("faults/despatch-void-200.json")["items"][0].clone();
    blind["voids"] = Value::Null;
    assert_eq!(of(&blind).unwrap_err().path, "voids");
}

#[test]
fn more_than_was_ordered_is_read_and_left_to_be_judged() {
    let record = &records("faults/despatch-more-than-ordered-200.json")[0];
    assert_eq!(record.despatch.lines[0].units, 1);
}

#[test]
fn a_page_cut_off_is_no_page() {
    let cut = page(
        &sample("faults/despatches-cut-off.json.txt"),
        None,
        &profile(),
    );
    assert_eq!(cut.unwrap_err().path, ".");
    let events = sample("rest/40-order-events-page1-200.json");
    assert_eq!(page(&events, None, &profile()).unwrap_err().path, "feed");
}

#[test]
fn units_are_whole_however_they_are_written() {
    let place = "/lines/0/quantity_despatched";
    for (told, units) in [
        (json!(2), 2),
        (json!(2.0), 2),
        (json!("2"), 2),
        (json!(" -7 "), -7),
        (json!(0), 0),
    ] {
        let record = of(&with(place, told.clone())).unwrap();
        assert_eq!(record.despatch.lines[0].units, units, "{told}");
    }
    let silent = of(&without("/lines/0", "quantity_cancelled")).unwrap();
    assert_eq!(silent.despatch.lines[0].cancelled, 0);
}

#[test]
fn what_makes_a_despatch_unreadable_is_named() {
    let told: Vec<String> = [
        with("/lines/0/quantity_despatched", json!(2.5)),
        with("/lines/1/quantity_despatched", Value::Null),
        with("/lines/0/quantity_cancelled", json!("half")),
        with("/lines/1/sku", json!(" ")),
        without("/lines/0", "sku"),
        without("", "seq"),
        without("", "despatch_id"),
        without("", "despatched_at"),
        with("/despatched_at", json!("23 October")),
        with("/kind", json!("RETURN")),
        without("", "kind"),
        with("/revision", json!(-1)),
        with("/revision", json!(99_999_999_999_u64)),
        with("/parcels/1/contents/0/quantity", json!(0.5)),
        with("/parcels/1/contents/0/sku", Value::Null),
        with("/lines", json!("none")),
        json!("gone"),
    ]
    .iter()
    .map(|item| format!("{}\n", of(item).unwrap_err()))
    .collect();
    expect![[r#"
        lines[0].quantity_despatched: expected a whole number (found 2.5)
        lines[1].quantity_despatched: expected a whole number (found nothing)
        lines[0].quantity_cancelled: expected a number (found "half")
        lines[1].sku: expected a SKU (found nothing)
        lines[0].sku: expected a SKU (found nothing)
        seq: expected a whole number from 0 (found nothing)
        despatch_id: expected text (found nothing)
        despatched_at: expected text (found nothing)
        despatched_at: expected a date and time (found "23 October")
        kind: expected DESPATCH or VOID (found "RETURN")
        kind: expected DESPATCH or VOID (found nothing)
        revision: expected a whole number from 0 (found -1)
        revision: expected a smaller number (found "99999999999")
        parcels[1].contents[0].quantity: expected a whole number (found 0.5)
        parcels[1].contents[0].sku: expected a SKU (found nothing)
        lines: invalid type: string "none", expected a sequence (found "none")
        .: invalid type: string "gone", expected struct Despatch (found "gone")
    "#]]
    .assert_eq(&told.concat());
}

#[test]
fn one_bad_despatch_never_holds_up_the_others() {
    let mut told = sample_json("rest/51-despatches-page2-200.json");
    told["items"][0]["lines"][0]["quantity_despatched"] = json!(2.5);
    let page = page(told.to_string().as_bytes(), None, &profile()).unwrap();
    let bad = page.items[0].as_ref().unwrap_err();
    assert_eq!(
        (bad.seq, bad.field.as_str()),
        (Some(1043), "lines[0].quantity_despatched")
    );
    assert_eq!(bad.value, "2.5");
    assert!(String::from_utf8_lossy(&bad.raw).contains("DSP0000872"));
    assert_eq!(page.items[1].as_ref().unwrap().despatch.id, "DSP0000873");
    assert_eq!(page.next_cursor.as_deref(), Some("despatches:1044"));
}

#[test]
fn what_was_kept_is_read_again_to_the_same_record() {
    let record = &records("rest/50-despatches-page1-200.json")[0];
    assert_eq!(&read_despatch(&record.raw, &profile()).unwrap(), record);
    let kept: Value = serde_json::from_slice(&record.raw).unwrap();
    assert_eq!(kept, item(), "fields that are not read are kept too");
}

#[test]
fn silence_is_allowed_where_nothing_depends_on_it() {
    let bare = json!({"seq": "7", "despatch_id": "D7", "kind": "despatch", "lines": null,
        "despatched_at": "2026-10-25T01:30:00", "something_new": [1]});
    let record = of(&bare).unwrap();
    assert_eq!((record.seq, record.despatch.revision), (7, 1));
    assert_eq!(
        (record.despatch.reference, record.raw_reference),
        (None, String::new())
    );
    assert!(record.time_guessed && !record.despatch.is_last);
    assert!(record.despatch.lines.is_empty() && record.despatch.parcels.is_empty());
    assert_eq!(record.published_at, None);
}

#[test]
fn a_reference_comes_home_in_any_case_and_without_the_accounts_prefix() {
    let account = Profile {
        ref_prefix: "WSL".into(),
        ..profile()
    };
    let told = with("/client_ref", json!(" wslso-00042 ")).to_string();
    let record = read_despatch(told.as_bytes(), &account).unwrap();
    assert_eq!(record.despatch.reference, Some(reference("SO-00042")));
    assert_eq!(record.raw_reference, "wslso-00042");
    let folded = of(&with("/client_ref", json!("so-00042"))).unwrap();
    assert_eq!(folded.goods, of(&item()).unwrap().goods);
}

#[test]
fn the_same_sku_on_two_lines_stays_two_lines() {
    let mut twice = item();
    let line = twice["lines"][0].clone();
    twice["lines"].as_array_mut().unwrap().push(line);
    let record = of(&twice).unwrap();
    let skus: Vec<&str> = record
        .despatch
        .lines
        .iter()
        .map(|line| line.sku.as_str())
        .collect();
    assert_eq!(skus, ["TEE001BLKM", "MUG330WHT", "TEE001BLKM"]);
    assert_ne!(record.goods, of(&item()).unwrap().goods);
}

#[test]
fn tracking_numbers_of_any_length_are_kept_and_blanks_are_not() {
    let long = "9".repeat(200);
    let told = with(
        "/parcels/0/tracking_numbers",
        json!([" A1 ", "", null, 42, long]),
    );
    let tracking = &of(&told).unwrap().despatch.parcels[0].tracking;
    assert_eq!(tracking, &["A1", "42", long.as_str()]);
    let none = with("/parcels/0/tracking_numbers", Value::Null);
    assert!(of(&none).unwrap().despatch.parcels[0].tracking.is_empty());
}

#[test]
fn only_a_link_that_is_safe_to_open_is_kept() {
    for (told, kept) in [
        ("https://t.example/1", true),
        (" HTTPS://t.example/1 ", true),
        ("http://t.example/1", false),
        ("javascript:alert(1)", false),
        ("https://", false),
        ("https://t.example/ 1", false),
        ("ｈttps://t.example", false),
    ] {
        let record = of(&with("/parcels/0/tracking_url", json!(told))).unwrap();
        let link = &record.despatch.parcels[0].link;
        assert_eq!(link, if kept { told.trim() } else { "" }, "{told}");
    }
}

#[test]
fn forty_parcels_are_read_and_no_two_have_one_number() {
    let mut many = item();
    let parcel = many["parcels"][0].clone();
    many["parcels"] = Value::Array(vec![parcel; 40]);
    let numbers = |item: &Value| -> Vec<u32> {
        let parcels = of(item).unwrap().despatch.parcels;
        parcels.iter().map(|parcel| parcel.number).collect()
    };
    assert_eq!(
        numbers(&many),
        (1..=40).collect::<Vec<_>>(),
        "they said 1 forty times"
    );
    let gap = with("/parcels/1/parcel_no", json!("7"));
    assert_eq!(numbers(&gap), [1, 7]);
    let silent = without("/parcels/1", "parcel_no");
    assert_eq!(numbers(&silent), [1, 2]);
}

#[test]
fn a_repeat_hashes_alike_and_each_change_shows_where_it_belongs() {
    let before = of(&item()).unwrap();
    let mut told_otherwise = item();
    told_otherwise["seq"] = json!(5000);
    told_otherwise["lines"].as_array_mut().unwrap().reverse();
    told_otherwise["parcels"].as_array_mut().unwrap().reverse();
    told_otherwise["despatched_at"] = json!("2026-10-23T15:42:10Z");
    told_otherwise["published_at"] = json!("2026-11-01T00:00:00Z");
    let repeat = of(&told_otherwise).unwrap();
    assert_eq!(
        (repeat.goods, repeat.content),
        (before.goods, before.content)
    );
    let corrected = [
        ("/revision", json!(2), false),
        ("/parcels/0/tracking_numbers", json!(["NEW"]), true),
        ("/parcels/0/carrier_code", json!("RMT"), true),
        ("/parcels/0/tracking_url", Value::Null, true),
        ("/parcels/0/contents", json!([]), true),
        ("/parcels", json!([]), true),
        ("/despatched_at", json!("2026-10-23T17:00:00Z"), true),
        ("/order_final", json!(false), true),
        ("/lines/0/cancel_reason", json!("OTHER"), true),
    ];
    for (place, value, shows) in corrected {
        let after = of(&with(place, value)).unwrap();
        assert_eq!(after.goods, before.goods, "{place}");
        assert_eq!(after.content != before.content, shows, "{place}");
    }
    for (place, value) in [
        ("/despatch_id", json!("DSP0000999")),
        ("/client_ref", json!("SO-00043")),
        ("/lines/0/sku", json!("TEE001BLKL")),
        ("/lines/0/quantity_despatched", json!(3)),
        ("/lines/0/quantity_cancelled", json!(1)),
        ("/lines", json!([])),
    ] {
        let after = of(&with(place, value)).unwrap();
        assert_ne!(after.goods, before.goods, "{place}");
        assert_ne!(after.content, before.content, "{place}");
    }
}

#[test]
fn a_movement_is_read_where_there_is_one_and_holds_up_no_parcel() {
    let place = "/lines/0/movement_id";
    for (told, movement) in [
        (json!(900_101), Some(900_101)),
        (json!("900101"), Some(900_101)),
        (json!(900_101.0), Some(900_101)),
        (Value::Null, None),
        (json!("none"), None),
        (json!(-1), None),
        (json!(1.5), None),
        (json!([1]), None),
        (json!(1_u64 << 53), None),
    ] {
        let record = of(&with(place, told.clone())).unwrap();
        assert_eq!(record.despatch.lines[0].movement, movement, "{told}");
    }
    let silent = of(&without("/lines/0", "movement_id")).unwrap();
    assert_eq!(silent.despatch.lines[0].movement, None);
}

/// The hashes that are kept were made before movements were read.
#[test]
fn movements_leave_the_hashes_that_are_kept_as_they_were() {
    let hex = |hash: [u8; 32]| hash.map(|byte| format!("{byte:02x}")).concat();
    let record = of(&item()).unwrap();
    assert_eq!(
        hex(record.goods),
        "26955a193bfb87207d09a722323b143cf8cf44ca745c9bec9c89b6314a2ea74f"
    );
    assert_eq!(
        hex(record.content),
        "ebbcc4340aaea8ef0d3fc9f3da1fbb079e24e8f71743a32ef59bcecdf28556a1"
    );
    let other = of(&with("/lines/0/movement_id", json!(7))).unwrap();
    assert_eq!((other.goods, other.content), (record.goods, record.content));
}
