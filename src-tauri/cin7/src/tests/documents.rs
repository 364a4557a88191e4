//! The documents that change stock: how they are written, found again and taken back, and what
//! is made of the answers.

use bytes::Bytes;
use chrono::NaiveDate;
use expect_test::expect;
use serde_json::{Value, json};
use vendor::{Fault, Lane, Told, Verdict, WireFault};

use super::{client, failed, playing, response, sample, snapshot, writer};
use crate::{
    AdjustmentDocument, DocumentStatus, NOT_FOUND, WriteOffDocument, is_locked_period,
    is_nothing_to_do, is_short_of_stock, is_unknown_product,
};

const ADJUSTMENT: &str = "e38d2e41-0a2b-50d4-b06b-418965621452";
const WRITE_OFF: &str = "ffecf5d7-0e66-52f2-b9d1-bb68daefcc1c";

fn sent(name: &str) -> Bytes {
    sample(name)["request"]["body"].to_string().into()
}

/// What the recorded call comes to.
async fn adjusted(name: &str) -> (String, Told<AdjustmentDocument>) {
    let exchange = sample(name);
    let method = exchange["request"]["method"].as_str().unwrap();
    let (writer, wire) = writer(Ok(response(&exchange)));
    let told = match method {
        "POST" => writer.draft_adjustment(Lane::Stock, sent(name)).await,
        "PUT" => writer.complete_adjustment(Lane::Stock, sent(name)).await,
        _ => writer.void_adjustment(Lane::Stock, ADJUSTMENT).await,
    };
    let (asked, body) = wire.sent();
    assert_eq!(body, exchange["request"]["body"], "{name}");
    (asked, told)
}

fn summary(told: &AdjustmentDocument) -> String {
    let lines = told.lines.iter().map(|line| {
        format!(
            "; {} {} to {}, {}",
            line.sku, line.on_hand_before, line.level_after, line.comments
        )
    });
    let new_lines = told
        .new_lines
        .iter()
        .map(|line| format!("; new {} {}, {}", line.sku, line.level_after, line.comments));
    let journals = told.transactions.iter().map(|one| format!("; £{one}"));
    let details: String = lines.chain(new_lines).chain(journals).collect();
    format!("{} {:?}{details}", told.number, told.status)
}

#[tokio::test]
async fn each_recorded_adjustment_is_told_for_what_it_is() {
    let mut told = Vec::new();
    for name in [
        "60-adjustment-draft",
        "60-adjustment-draft-level-moved",
        "61-adjustment-complete",
        "64-adjustment-nothing-to-do-400",
        "65-adjustment-new-stock",
        "66-adjustment-locked-period-400",
        "67-adjustment-void",
        "67-adjustment-delete-without-void",
    ] {
        let text = match adjusted(name).await.1.result {
            Ok(document) => summary(&document),
            Err(fault) => fault.to_string(),
        };
        told.push(format!("{name}: {text}"));
    }
    snapshot(
        &told,
        &expect![[r#"
        [
            "60-adjustment-draft: ST-00311 Draft; HPMUG002 97 to 95, Whistl ADJ-5521 damaged 2; HPMUG001 180 to 183, Whistl ADJ-5522 found 3",
            "60-adjustment-draft-level-moved: ST-00311 Draft; HPMUG002 96 to 95, Whistl ADJ-5521 damaged 2; HPMUG001 180 to 183, Whistl ADJ-5522 found 3",
            "61-adjustment-complete: ST-00311 Completed; HPMUG002 97 to 95, Whistl ADJ-5521 damaged 2; HPMUG001 180 to 183, Whistl ADJ-5522 found 3; £8.7; £12.6",
            "64-adjustment-nothing-to-do-400: refused (400 400): Stock quantities are the same, no need to create Stock Adjustment.",
            "65-adjustment-new-stock: ST-00312 Draft; new HPJUG003 2, Whistl ADJ-5530 found 2",
            "66-adjustment-locked-period-400: refused (400 400): Effective date is before the period lock date.",
            "67-adjustment-void: ST-00311 Voided",
            "67-adjustment-delete-without-void: ST-00311 Completed; HPMUG002 97 to 95, Whistl ADJ-5521 damaged 2; HPMUG001 180 to 183, Whistl ADJ-5522 found 3; £8.7; £12.6",
        ]
    "#]],
    );
}

#[tokio::test]
async fn adjustments_go_where_cin7_takes_them() {
    let (asked, told) = adjusted("60-adjustment-draft").await;
    assert_eq!(asked, "POST /stockadjustment");
    assert_eq!(told.exchange.operation, "draft adjustment");
    let document = told.result.unwrap();
    assert_eq!(document.task, ADJUSTMENT);
    assert_eq!(document.reference, "SB-20261124-0007");
    assert_eq!(document.effective, NaiveDate::from_ymd_opt(2026, 11, 24));
    assert_eq!(
        adjusted("61-adjustment-complete").await.0,
        "PUT /stockadjustment"
    );
    assert_eq!(
        adjusted("67-adjustment-void").await.0,
        format!("DELETE /stockadjustment?ID={ADJUSTMENT}&Void=true")
    );
}

#[tokio::test]
async fn an_adjustment_is_found_again_by_its_task_or_among_the_drafts() {
    let (cin7, wire) = playing("62-adjustment-get");
    let told = cin7
        .adjustment(Lane::Stock, &ADJUSTMENT.to_uppercase())
        .await;
    assert_eq!(
        wire.asked(),
        format!("GET /stockadjustment?TaskID={}", ADJUSTMENT.to_uppercase())
    );
    let completed = adjusted("61-adjustment-complete").await.1.result.unwrap();
    assert_eq!(told.result.unwrap(), completed);

    let (cin7, wire) = playing("63-adjustment-list-drafts");
    let told = cin7.draft_adjustments(Lane::Stock, 1).await;
    assert_eq!(
        wire.asked(),
        "GET /stockadjustmentList?Page=1&Limit=1000&Status=DRAFT"
    );
    snapshot(
        &told.result.unwrap().rows,
        &expect![[r#"
        [
            Ok(
                AdjustmentListing {
                    task: "e38d2e41-0a2b-50d4-b06b-418965621452",
                    number: "ST-00311",
                    status: Draft,
                    reference: "SB-20261124-0007",
                    effective: Some(
                        2026-11-24,
                    ),
                },
            ),
        ]
    "#]],
    );
}

#[tokio::test]
async fn a_document_cin7_does_not_know_is_told_apart_and_another_is_no_answer() {
    let (cin7, _) = playing("11-sale-not-found");
    for told in [
        cin7.adjustment(Lane::Stock, ADJUSTMENT).await.result.err(),
        cin7.write_off(Lane::Stock, WRITE_OFF).await.result.err(),
    ] {
        assert!(matches!(&told, Some(Fault::Refused { code, .. }) if code == NOT_FOUND));
    }
    let (cin7, _) = playing("62-adjustment-get");
    let words = failed(cin7.adjustment(Lane::Stock, WRITE_OFF).await);
    assert!(
        words.starts_with("no_answer: no usable answer: TaskID: expected the task"),
        "{words}"
    );
}

async fn written_off(name: &str) -> Told<WriteOffDocument> {
    let exchange = sample(name);
    let (writer, wire) = writer(Ok(response(&exchange)));
    let is_draft = exchange["request"]["method"] == "POST";
    let told = if is_draft {
        writer.draft_write_off(Lane::Stock, sent(name)).await
    } else {
        writer.complete_write_off(Lane::Stock, sent(name)).await
    };
    let method = if is_draft { "POST" } else { "PUT" };
    let asked = (
        format!("{method} /inventoryWriteOff"),
        exchange["request"]["body"].clone(),
    );
    assert_eq!(wire.sent(), asked);
    told
}

#[tokio::test]
async fn a_write_off_is_done_when_completed_with_nothing_said_against_it() {
    let draft = written_off("70-writeoff-draft").await.result.unwrap();
    assert!(!draft.is_done());
    assert!(draft.refusal().is_none() && draft.transactions.is_empty());
    let done = written_off("71-writeoff-complete").await.result.unwrap();
    assert!(done.is_done());
    snapshot(
        &done,
        &expect![[r#"
        WriteOffDocument {
            task: "ffecf5d7-0e66-52f2-b9d1-bb68daefcc1c",
            number: "WO-00042",
            status: Completed,
            notes: "SB-20261124-0010 Whistl ADJ-5521",
            account: "404",
            effective: Some(
                2026-11-24,
            ),
            lines: [
                WriteOffLine {
                    product: Some(
                        ProductId(
                            "92e13985-b111-5350-85df-b588c9f2a106",
                        ),
                    ),
                    sku: "HPMUG002",
                    quantity: 2,
                    batch: "",
                },
            ],
            transactions: [
                8.7,
            ],
            errors: [],
        }
    "#]],
    );
}

#[tokio::test]
async fn a_200_with_errors_is_a_no() {
    let told = written_off("72-writeoff-200-with-errors").await;
    assert_eq!(told.exchange.verdict, Verdict::Answered);
    let document = told.result.unwrap();
    assert!(!document.is_done());
    assert_eq!(document.status, DocumentStatus::Draft);
    assert_eq!(
        document.errors,
        ["Not enough stock for product 'HPMUG002'."]
    );
    let refusal = document.refusal().unwrap();
    assert!(is_short_of_stock(&refusal) && !is_unknown_product(&refusal));
}

#[tokio::test]
async fn whatever_stands_in_errors_counts() {
    for (errors, heard) in [
        (json!(["Locked"]), vec!["Locked"]),
        (json!("Locked"), vec!["Locked"]),
        (json!({"Message": "Locked"}), vec!["Locked"]),
        (json!([{"Code": 7}, 8]), vec!["{\"Code\":7}", "8"]),
        (json!([]), vec![]),
        (json!(" "), vec![]),
        (Value::Null, vec![]),
    ] {
        let mut told = sample("71-writeoff-complete");
        told["response"]["body"]["Errors"] = errors.clone();
        let (writer, _) = writer(Ok(response(&told)));
        let told = writer
            .complete_write_off(Lane::Stock, sent("71-writeoff-complete"))
            .await;
        let document = told.result.unwrap();
        assert_eq!(document.errors, heard, "{errors}");
        assert_eq!(document.is_done(), heard.is_empty(), "{errors}");
    }
    let bare = json!({"TaskID": WRITE_OFF, "Errors": ["Locked"]});
    let mut told = sample("71-writeoff-complete");
    told["response"]["body"] = bare;
    let (writer, _) = writer(Ok(response(&told)));
    let told = writer
        .complete_write_off(Lane::Stock, sent("71-writeoff-complete"))
        .await;
    assert!(!told.result.unwrap().is_done());
}

#[tokio::test]
async fn a_write_off_is_found_again_by_its_key_and_taken_back_by_its_task() {
    let (cin7, wire) = playing("73-writeoff-search");
    let told = cin7.write_offs(Lane::Stock, "SB-20261124-0010", 1).await;
    assert_eq!(
        wire.asked(),
        "GET /inventoryWriteOffList?Page=1&Limit=1000&Search=SB-20261124-0010"
    );
    snapshot(
        &told.result.unwrap().rows,
        &expect![[r#"
        [
            Ok(
                WriteOffListing {
                    task: "ffecf5d7-0e66-52f2-b9d1-bb68daefcc1c",
                    number: "WO-00042",
                    status: Draft,
                    notes: "SB-20261124-0010 Whistl ADJ-5521",
                },
            ),
        ]
    "#]],
    );
    let other = cin7
        .write_offs(Lane::Stock, "SB-20261124-001", 1)
        .await
        .result
        .unwrap();
    assert_eq!((other.received, other.rows.len()), (1, 0));

    let (cin7, wire) = playing("71-writeoff-complete");
    let told = cin7.write_off(Lane::Stock, WRITE_OFF).await;
    assert_eq!(
        wire.asked(),
        format!("GET /inventoryWriteOff?TaskID={WRITE_OFF}")
    );
    assert!(told.result.unwrap().is_done());

    let mut voided = sample("71-writeoff-complete");
    voided["response"]["body"]["Status"] = json!("VOIDED");
    voided["response"]["body"]["Lines"] = Value::Null;
    let (writing, wire) = writer(Ok(response(&voided)));
    let told = writing.void_write_off(Lane::Stock, WRITE_OFF).await;
    assert_eq!(
        wire.sent(),
        (
            format!("DELETE /inventoryWriteOff?ID={WRITE_OFF}&Void=true"),
            Value::Null
        )
    );
    assert_eq!(told.result.unwrap().status, DocumentStatus::Voided);
}

#[tokio::test]
async fn one_bad_draft_in_the_list_is_set_aside_and_the_others_come() {
    let mut told = sample("63-adjustment-list-drafts");
    let list = &mut told["response"]["body"]["StockAdjustmentList"];
    let good = list[0].clone();
    *list = json!([{"StocktakeNumber": "ST-00310", "Status": "DRAFT"}, null, good]);
    told["response"]["body"]["Total"] = json!(3);
    let (cin7, _) = client(Ok(response(&told)));
    let page = cin7.draft_adjustments(Lane::Stock, 1).await.result.unwrap();
    let bad = page.rows[0].as_ref().unwrap_err();
    assert_eq!(
        bad.to_string(),
        "ST-00310: TaskID: expected the document's id (found nothing)"
    );
    assert!(page.rows[1].is_err());
    assert_eq!(page.rows[2].as_ref().unwrap().task, ADJUSTMENT);
}

#[tokio::test]
async fn each_refusal_of_a_document_is_told_for_what_it_is() {
    let told = |fault: &Fault| {
        [
            is_nothing_to_do(fault),
            is_locked_period(fault),
            is_unknown_product(fault),
            is_short_of_stock(fault),
        ]
    };
    let refusal = async |name: &str| adjusted(name).await.1.result.unwrap_err();
    let nothing = refusal("64-adjustment-nothing-to-do-400").await;
    assert_eq!(told(&nothing), [true, false, false, false]);
    let locked = refusal("66-adjustment-locked-period-400").await;
    assert_eq!(told(&locked), [false, true, false, false]);
    let refused = |status, message: &str| Fault::Refused {
        status,
        code: String::new(),
        message: message.into(),
    };
    let unknown = refused(400, "Product 'HPMUG009' was not found.");
    assert_eq!(told(&unknown), [false, false, true, false]);
    let in_passing = "There was no need to create Stock Adjustment. SKU is missing";
    assert_eq!(told(&refused(400, in_passing)), [false; 4]);
    assert_eq!(told(&refused(409, "Not enough stock")), [false; 4]);
    let doubtful = Fault::Unclear {
        wait: None,
        message: "no need to create Stock Adjustment.".into(),
    };
    assert_eq!(told(&doubtful), [false; 4], "only a refusal proves it");
}

#[tokio::test]
async fn an_answer_that_does_not_say_what_became_of_the_document_is_unclear() {
    let with = |name: &str, field: &str, value: Value| {
        let mut told = sample(name);
        told["response"]["body"][field] = value;
        Ok(response(&told))
    };
    let other = json!("37f242ad-be1e-50ef-8d37-0a51bcb5d67e");
    let name = "61-adjustment-complete";
    let silent = || {
        let mut told = sample(name);
        told["response"]["body"]["ExistingStockLines"] = Value::Null;
        told["response"]["body"]["NewStockLines"] = Value::Null;
        Ok(response(&told))
    };
    for (answer, field) in [
        (with(name, "TaskID", other.clone()), "TaskID"),
        (with(name, "TaskID", Value::Null), "TaskID"),
        (with(name, "Status", json!("")), "Status"),
        (silent(), "ExistingStockLines"),
        (
            with(name, "ExistingStockLines", json!([{"QuantityOnHand": 1}])),
            "ExistingStockLines[0].Adjustment",
        ),
        (
            with(name, "NewStockLines", json!([{"Quantity": "two"}])),
            "NewStockLines[0].Quantity",
        ),
        (Err(WireFault::TimedOut(60)), ""),
    ] {
        let (writer, _) = writer(answer);
        let told = writer.complete_adjustment(Lane::Stock, sent(name)).await;
        let words = failed(told);
        let begin = format!("unclear: outcome unknown: {field}");
        assert!(words.starts_with(&begin), "{field}: {words}");
    }
    let name = "71-writeoff-complete";
    for (answer, field) in [
        (with(name, "TaskID", other), "TaskID"),
        (with(name, "Status", Value::Null), "Status"),
        (with(name, "Lines", Value::Null), "Lines"),
        (with(name, "Lines", json!([{}])), "Lines[0].Quantity"),
    ] {
        let (writer, _) = writer(answer);
        let told = writer.complete_write_off(Lane::Stock, sent(name)).await;
        let words = failed(told);
        let begin = format!("unclear: outcome unknown: {field}");
        assert!(words.starts_with(&begin), "{field}: {words}");
    }
    let nameless = with("60-adjustment-draft", "TaskID", json!(" "));
    let (writing, _) = writer(nameless);
    let told = writing
        .draft_adjustment(Lane::Stock, sent("60-adjustment-draft"))
        .await;
    assert!(matches!(told.result, Err(Fault::Unclear { .. })));
    let levitating = with("67-adjustment-void", "Status", json!("Levitating"));
    let (writing, _) = writer(levitating);
    let told = writing.void_adjustment(Lane::Stock, ADJUSTMENT).await;
    assert_eq!(
        told.result.unwrap().status,
        DocumentStatus::Unknown("Levitating".into())
    );
}
