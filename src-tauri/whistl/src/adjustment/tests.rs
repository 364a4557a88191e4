//! The recorded adjustments, read; and what may become of them.

use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::samples::{profile, sample, sample_json};

fn records(name: &str) -> Vec<AdjustmentRecord> {
    let page = page(&sample(name), None, &profile()).unwrap();
    page.items.into_iter().map(Result::unwrap).collect()
}

/// The first adjustment of the samples, two mugs dropped.
fn item() -> Value {
    sample_json("rest/60-adjustments-page1-200.json")["items"][0].clone()
}

fn of(item: &Value) -> Result<AdjustmentRecord, BadField> {
    of_account(item, &profile())
}

fn of_account(item: &Value, account: &Profile) -> Result<AdjustmentRecord, BadField> {
    read_adjustment(item.to_string().as_bytes(), account)
}

/// The sample with one field changed.
fn with(field: &str, value: Value) -> Value {
    let mut changed = item();
    changed[field] = value;
    changed
}

fn without(field: &str) -> Value {
    let mut changed = item();
    changed.as_object_mut().unwrap().remove(field).unwrap();
    changed
}

/// One line for each.
fn shown(records: &[AdjustmentRecord]) -> String {
    let one = |record: &AdjustmentRecord| {
        let told = &record.adjustment;
        format!(
            "{} {} {} {:?} {} {:+} ({:+} in building) {:?} {:?}\n",
            record.seq,
            told.id,
            told.movement.unwrap_or_default(),
            told.reason,
            told.sku,
            told.units,
            told.units_in_building,
            told.reverses.as_deref().unwrap_or("-"),
            told.reference,
        )
    };
    records.iter().map(one).collect()
}

#[test]
fn damage_is_read_whole() {
    let page = page(
        &sample("rest/60-adjustments-page1-200.json"),
        None,
        &profile(),
    )
    .unwrap();
    assert_eq!(page.next_cursor.as_deref(), Some("adjustments:504"));
    assert_eq!(
        (page.epoch.as_str(), page.has_more),
        ("2026-01-05T00:00:00Z/1", true)
    );
    let record = page.items[0].as_ref().unwrap();
    let published = "2026-10-23T16:21:00Z".parse().ok();
    assert_eq!(
        (record.seq, record.published_at, record.time_guessed),
        (501, published, false)
    );
    expect![[r#"
        Adjustment {
            id: "ADJ0000210",
            revision: 1,
            movement: Some(
                900105,
            ),
            sku: "MUG330WHT",
            units: -2,
            units_in_building: 0,
            reason: Damage,
            reason_text: "Damaged in warehouse",
            note: "Dropped from pick trolley",
            warehouse: "BRI1",
            at: 2026-10-23T16:20:00Z,
            reverses: None,
            reference: "",
        }
    "#]]
    .assert_debug_eq(&record.adjustment);
}

#[test]
fn every_recorded_adjustment_is_read() {
    let mut all = records("rest/60-adjustments-page1-200.json");
    all.extend(records("rest/61-adjustments-page2-200.json"));
    all.extend(records("faults/adjustment-unknown-sku-200.json"));
    expect![[r#"
        501 ADJ0000210 900105 Damage MUG330WHT -2 (+0 in building) "-" ""
        502 ADJ0000211 900106 PickDiscrepancy MUG330WHT -1 (-1 in building) "-" ""
        503 ADJ0000212 900107 CycleCount BAG010NAT +3 (+3 in building) "-" ""
        504 ADJ0000213 900108 Found TEE001BLKM +1 (+1 in building) "-" ""
        505 ADJ0000214 900109 Reversal TEE001BLKM -1 (-1 in building) "ADJ0000213" ""
        506 ADJ0000215 900110 Receipt TEE001BLKM +50 (+50 in building) "-" "PO-00017"
        507 ADJ0000216 900115 CycleCount SOCK99RED +4 (+4 in building) "-" ""
    "#]]
    .assert_eq(&shown(&all));
}

#[test]
fn after_a_backup_was_restored_the_altered_one_differs_and_the_other_does_not() {
    let before = records("rest/60-adjustments-page1-200.json");
    let told = sample("faults/adjustment-replayed-and-altered-200.json");
    let after = page(&told, None, &profile()).unwrap();
    assert_eq!(after.epoch, "2026-10-27T02:00:00Z/2");
    let after: Vec<AdjustmentRecord> = after.items.into_iter().map(Result::unwrap).collect();
    let hashes = |record: &AdjustmentRecord| (record.goods, record.content);
    assert_eq!(
        hashes(&before[0]),
        hashes(&after[0]),
        "a new seq is no change"
    );
    assert_eq!(before[1].adjustment.id, after[1].adjustment.id);
    assert_eq!(before[1].adjustment.revision, after[1].adjustment.revision);
    assert_ne!(before[1].goods, after[1].goods);
    assert_ne!(before[1].content, after[1].content);
}

#[test]
fn what_is_no_page_of_adjustments_is_none() {
    let whole = sample("rest/60-adjustments-page1-200.json");
    for body in [
        &whole[..whole.len() - 30],
        &sample("faults/html-with-200.html"),
        &sample("faults/ADJ-truncated-no-trailer.csv"),
        b"",
    ] {
        assert_eq!(page(body, None, &profile()).unwrap_err().path, ".");
    }
    let despatches = sample("rest/50-despatches-page1-200.json");
    assert_eq!(
        page(&despatches, None, &profile()).unwrap_err().path,
        "feed"
    );
    let head = sample("rest/70-snapshot-SNP20261023A-header-200.json");
    assert!(page(&head, None, &profile()).is_err());
}

#[test]
fn units_are_whole_however_they_are_written() {
    for (told, units) in [
        (json!(2), 2),
        (json!(2.0), 2),
        (json!("2"), 2),
        (json!(" -7 "), -7),
        (json!(-2.00), -2),
        (json!(0), 0),
        (json!(1_000_000_000), 1_000_000_000),
    ] {
        let record = of(&with("quantity", told.clone())).unwrap();
        assert_eq!(record.adjustment.units, units, "{told}");
        let record = of(&with("on_hand_change", told.clone())).unwrap();
        assert_eq!(record.adjustment.units_in_building, units, "{told}");
    }
}

#[test]
fn what_makes_an_adjustment_unreadable_is_named() {
    let told: Vec<String> = [
        with("quantity", json!(2.5)),
        with("quantity", Value::Null),
        without("quantity"),
        with("quantity", json!("two")),
        with("quantity", json!(1_000_000_001)),
        with("quantity", json!(i64::MIN)),
        with("on_hand_change", json!(-0.5)),
        with("on_hand_change", json!([1])),
        with("on_hand_change", json!(u64::MAX)),
        with("sku", json!("  ")),
        without("sku"),
        without("seq"),
        without("adjustment_id"),
        without("occurred_at"),
        with("occurred_at", json!("Friday")),
        with("revision", json!(-1)),
        with("revision", json!(99_999_999_999_u64)),
        with("movement_id", json!("none")),
        with("movement_id", json!(1_u64 << 53)),
        json!("gone"),
    ]
    .iter()
    .map(|item| format!("{}\n", of(item).unwrap_err()))
    .collect();
    expect![[r#"
        quantity: expected a whole number (found 2.5)
        quantity: expected a whole number (found nothing)
        quantity: expected a whole number (found nothing)
        quantity: expected a number (found "two")
        quantity: expected at most a thousand million units (found "1000000001")
        quantity: expected at most a thousand million units (found "-9223372036854775808")
        on_hand_change: expected a whole number (found -0.5)
        on_hand_change: invalid type: sequence, expected a number (found [1])
        on_hand_change: expected a whole number (found 18446744073709551615)
        sku: expected a SKU (found nothing)
        sku: expected a SKU (found nothing)
        seq: expected a whole number from 0 (found nothing)
        adjustment_id: expected text (found nothing)
        occurred_at: expected text (found nothing)
        occurred_at: expected a date and time (found "Friday")
        revision: expected a whole number from 0 (found -1)
        revision: expected a smaller number (found "99999999999")
        movement_id: expected a whole number from 0 to 2^53 - 1 (found "none")
        movement_id: expected a whole number from 0 to 2^53 - 1 (found 9007199254740992)
        .: invalid type: string "gone", expected struct Adjustment (found "gone")
    "#]]
    .assert_eq(&told.concat());
}

#[test]
fn one_bad_adjustment_never_holds_up_the_others() {
    let mut told = sample_json("rest/60-adjustments-page1-200.json");
    told["items"][1]["quantity"] = json!(2.5);
    told["items"][2] = json!(null);
    let page = page(told.to_string().as_bytes(), None, &profile()).unwrap();
    let bad = page.items[1].as_ref().unwrap_err();
    assert_eq!(
        (bad.seq, bad.field.as_str(), bad.value.as_str()),
        (Some(502), "quantity", "2.5")
    );
    assert!(String::from_utf8_lossy(&bad.raw).contains("ADJ0000211"));
    assert!(page.items[2].is_err());
    assert!(page.items[0].is_ok() && page.items[3].is_ok());
    assert_eq!(page.next_cursor.as_deref(), Some("adjustments:504"));
}

#[test]
fn what_was_kept_is_read_again_to_the_same_record() {
    for record in records("rest/61-adjustments-page2-200.json") {
        assert_eq!(read_adjustment(&record.raw, &profile()).unwrap(), record);
    }
    let kept: Value =
        serde_json::from_slice(&records("rest/60-adjustments-page1-200.json")[0].raw).unwrap();
    assert_eq!(kept, item(), "fields that are not read are kept too");
}

#[test]
fn silence_is_allowed_where_nothing_depends_on_it() {
    let bare = json!({"seq": "7", "adjustment_id": 210, "sku": "A1", "quantity": "-3.0",
        "occurred_at": "2026-10-25T01:30:00", "something_new": [1]});
    let record = of(&bare).unwrap();
    let told = &record.adjustment;
    assert_eq!((record.seq, told.id.as_str(), told.revision), (7, "210", 1));
    assert_eq!((told.units, told.units_in_building), (-3, -3));
    assert_eq!(told.reason, AdjustmentReason::Other(String::new()));
    assert_eq!((told.movement, &told.reverses), (None, &None));
    assert!(record.time_guessed, "that hour came twice");
    assert_eq!(told.at.to_rfc3339(), "2026-10-25T00:30:00+00:00");
    assert_eq!(record.published_at, None);
}

#[test]
fn a_sku_is_kept_to_the_letter_and_the_blanks_around_it_are_not() {
    for (told, kept) in [
        (json!(" MUG330WHT  "), "MUG330WHT"),
        (json!("mug330wht"), "mug330wht"),
        (json!("000123"), "000123"),
        (json!("A  1-b"), "A  1-b"),
        (json!(123), "123"),
    ] {
        assert_eq!(of(&with("sku", told)).unwrap().adjustment.sku, kept);
    }
    let padded = of(&with("sku", json!(" MUG330WHT"))).unwrap();
    assert_eq!(padded.goods, of(&item()).unwrap().goods);
}

#[test]
fn each_reason_of_the_contract_is_known_in_any_case_and_others_are_kept_word_for_word() {
    let words = [
        "CYCLE_COUNT",
        "DAMAGE",
        "PICK_DISCREPANCY",
        "FOUND",
        "LOST",
        "WRITE_OFF",
        "QUARANTINE_IN",
        "QUARANTINE_OUT",
        "RETURN_GOOD",
        "RETURN_DAMAGED",
        "RECEIPT",
        "SAMPLE",
        "CLIENT_REQUEST",
        "KIT_BUILD",
        "KIT_BREAK",
        "EXPIRED",
        "REVERSAL",
    ];
    let read = |word: &str| {
        of(&with("reason_code", json!(word)))
            .unwrap()
            .adjustment
            .reason
    };
    let mut reasons: Vec<AdjustmentReason> = words.iter().map(|word| read(word)).collect();
    assert!(
        !reasons
            .iter()
            .any(|reason| matches!(reason, AdjustmentReason::Other(_)))
    );
    for (word, reason) in words.iter().zip(&reasons) {
        assert_eq!(&read(&format!(" {} ", word.to_lowercase())), reason);
    }
    reasons.sort();
    reasons.dedup();
    assert_eq!(reasons.len(), words.len(), "no two words mean one thing");
    for other in ["OTHER", "Mice", "CYCLE COUNT", "Überzählig"] {
        assert_eq!(read(other), AdjustmentReason::Other(other.to_owned()));
    }
}

#[test]
fn an_accounts_own_words_are_mapped_and_leave_no_trace_in_the_hashes() {
    let account = Profile {
        reason_map: [
            ("Broken", "damage"),
            ("DAMAGE", "SAMPLE"),
            ("Shrink", "NONSENSE"),
        ]
        .map(|(theirs, ours)| (theirs.to_owned(), ours.to_owned()))
        .into(),
        ..profile()
    };
    let read = |word: &str| {
        let told = with("reason_code", json!(word));
        of_account(&told, &account).unwrap().adjustment.reason
    };
    assert_eq!(read("broken"), AdjustmentReason::Damage);
    assert_eq!(read("damage"), AdjustmentReason::Sample);
    assert_eq!(
        read("Shrink"),
        AdjustmentReason::Other("Shrink".into()),
        "their word, not that of a map that leads nowhere"
    );
    let (mapped, plain) = (of_account(&item(), &account).unwrap(), of(&item()).unwrap());
    assert_ne!(mapped.adjustment.reason, plain.adjustment.reason);
    assert_eq!((mapped.goods, mapped.content), (plain.goods, plain.content));
}

#[test]
fn what_changed_in_the_building_is_taken_at_its_word_or_follows_from_the_reason() {
    let removes = Profile {
        damage_stays_on_hand: false,
        ..profile()
    };
    for (word, stays, removed) in [
        ("DAMAGE", 0, -2),
        ("QUARANTINE_IN", 0, 0),
        ("QUARANTINE_OUT", 0, 0),
        ("CYCLE_COUNT", -2, -2),
        ("WRITE_OFF", -2, -2),
        ("REVERSAL", -2, -2),
        ("Mice", -2, -2),
    ] {
        let mut silent = with("reason_code", json!(word));
        silent["on_hand_change"] = Value::Null;
        let units = |account| {
            let record = of_account(&silent, account).unwrap();
            record.adjustment.units_in_building
        };
        assert_eq!(
            (units(&profile()), units(&removes)),
            (stays, removed),
            "{word}"
        );
        let goods = |account| of_account(&silent, account).unwrap().goods;
        assert_eq!(goods(&profile()), goods(&removes), "{word}");
        silent["on_hand_change"] = json!(9);
        assert_eq!(
            of_account(&silent, &removes)
                .unwrap()
                .adjustment
                .units_in_building,
            9
        );
    }
}

#[test]
fn a_repeat_hashes_alike_and_each_change_shows_where_it_belongs() {
    let before = of(&item()).unwrap();
    let mut told_otherwise = item();
    told_otherwise["seq"] = json!(5000);
    told_otherwise["quantity"] = json!("-2.0");
    told_otherwise["movement_id"] = json!("900105");
    told_otherwise["occurred_at"] = json!("2026-10-23T16:20:00Z");
    told_otherwise["published_at"] = json!("2026-11-01T00:00:00Z");
    told_otherwise["reason_code"] = json!("damage");
    told_otherwise["reference"] = json!(" ");
    told_otherwise["location_type"] = json!("BULK");
    let repeat = of(&told_otherwise).unwrap();
    assert_eq!(
        (repeat.goods, repeat.content),
        (before.goods, before.content)
    );
    let corrected = [
        ("revision", json!(2), false),
        ("reason_code", json!("LOST"), true),
        ("reason_text", json!("Broken"), true),
        ("note", Value::Null, true),
        ("reference", json!("PO-1"), true),
        ("warehouse", json!("BRI2"), true),
        ("occurred_at", json!("2026-10-23T17:00:00Z"), true),
    ];
    for (field, value, shows) in corrected {
        let after = of(&with(field, value)).unwrap();
        assert_eq!(after.goods, before.goods, "{field}");
        assert_eq!(after.content != before.content, shows, "{field}");
    }
    for (field, value) in [
        ("adjustment_id", json!("ADJ0000999")),
        ("sku", json!("MUG330BLK")),
        ("quantity", json!(-3)),
        ("on_hand_change", json!(-2)),
        ("on_hand_change", Value::Null),
        ("movement_id", json!(900_106)),
        ("movement_id", Value::Null),
        ("reverses", json!("ADJ0000001")),
    ] {
        let after = of(&with(field, value)).unwrap();
        assert_ne!(after.goods, before.goods, "{field}");
        assert_ne!(after.content, before.content, "{field}");
    }
}

/// What is kept must be found again by any later reading.
#[test]
fn the_hashes_of_a_recorded_adjustment_stay_what_they_are() {
    let hex = |hash: [u8; 32]| hash.map(|byte| format!("{byte:02x}")).concat();
    let record = of(&item()).unwrap();
    assert_eq!(
        hex(record.goods),
        "355436d0c50489746e57a3962be055e8a329b441e49d6beaeab50e228e67fd76"
    );
    assert_eq!(
        hex(record.content),
        "563fd72540abd0ea2dfbaf9276c49b9e4d4cdace621124a0262bc27ac75fb4c7"
    );
}

proptest! {
    #[test]
    fn no_order_of_fields_or_of_items_changes_a_record(
        order in Just((0..16).collect::<Vec<usize>>()).prop_shuffle(),
        first in 0_usize..4,
    ) {
        let told = sample_json("rest/60-adjustments-page1-200.json");
        let item = &told["items"][first];
        let fields: Vec<(&String, &Value)> = item.as_object().unwrap().iter().collect();
        let text: Vec<String> = order
            .iter()
            .map(|at| format!("{}:{}", json!(fields[*at].0), fields[*at].1))
            .collect();
        let text = format!("{{{}}}", text.join(","));
        let (shuffled, plain) = (read_adjustment(text.as_bytes(), &profile()).unwrap(), of(item).unwrap());
        prop_assert_eq!((shuffled.goods, shuffled.content), (plain.goods, plain.content));
        prop_assert_eq!(&shuffled.adjustment, &plain.adjustment);

        let mut turned = told.clone();
        turned["items"].as_array_mut().unwrap().rotate_left(first);
        let page = page(turned.to_string().as_bytes(), None, &profile()).unwrap();
        prop_assert_eq!(page.items[0].as_ref().unwrap(), &plain);
    }

    #[test]
    fn any_number_of_units_is_read_to_the_unit_or_refused_by_name(units in -2_000_000_000_i64..2_000_000_000) {
        match of(&with("quantity", json!(units))) {
            Ok(record) => prop_assert_eq!(record.adjustment.units, units),
            Err(bad) => {
                prop_assert_eq!(bad.path, "quantity");
                prop_assert!(units.abs() > 1_000_000_000);
            }
        }
    }

    #[test]
    fn two_that_differ_in_units_never_hash_alike(one in -999_i64..999, other in -999_i64..999) {
        let goods = |units: i64| of(&with("quantity", json!(units))).unwrap().goods;
        prop_assert_eq!(goods(one) == goods(other), one == other);
    }
}
