//! What writing a fulfilment comes to.

use bytes::Bytes;
use domain::SaleId;
use domain::fulfilment::{Shipment, Stage, TaskLine, TaskStage};
use serde_json::{Value, json};
use vendor::{Fault, Lane, Response, Told, Verdict, WireFault};

use super::{failed, response, sample, writer};
use crate::{
    WriteBy, Written, is_already_done, is_method_refused, is_open_task, is_short_of_stock,
};

/// The body of a recorded call.
fn body(name: &str) -> Bytes {
    sample(name)["request"]["body"].to_string().into()
}

fn tidewater() -> SaleId {
    SaleId::parse("1527ec8e-0bee-558c-94a5-f2dd4a923e81").unwrap()
}

fn answer(status: u16, kind: &str, body: &str) -> Response {
    Response {
        status,
        headers: vec![("content-type".into(), kind.into())],
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}

async fn pick_answered(answer: Result<Response, WireFault>) -> Told<Written> {
    let (writer, _) = writer(answer);
    writer
        .stage(
            Lane::Despatches,
            Stage::Pick,
            WriteBy::Put,
            body("20-10421-pick"),
        )
        .await
}

/// The goods of a pick or a pack.
fn goods(written: Written) -> (TaskStage, Vec<TaskLine>) {
    match written {
        Written::Pick { stage, lines } | Written::Pack { stage, lines } => (stage, lines),
        Written::Ship { .. } => panic!("a shipment has no goods"),
    }
}

fn boxes(written: Written) -> Vec<Shipment> {
    match written {
        Written::Ship { lines, .. } => lines,
        Written::Pick { .. } | Written::Pack { .. } => panic!("{written:?} is no shipment"),
    }
}

async fn refusal(name: &str) -> Fault {
    let told = pick_answered(Ok(response(&sample(name)))).await;
    assert_eq!(told.exchange.verdict, Verdict::Refused);
    told.result.unwrap_err()
}

#[tokio::test]
async fn a_pick_is_sent_as_composed_and_its_echo_can_be_compared() {
    let (writer, wire) = writer(Ok(response(&sample("20-10421-pick"))));
    let told = writer
        .stage(
            Lane::Despatches,
            Stage::Pick,
            WriteBy::Put,
            body("20-10421-pick"),
        )
        .await;
    let (asked, sent) = wire.sent();
    assert_eq!(asked, "PUT /sale/fulfilment/pick");
    assert_eq!(sent, sample("20-10421-pick")["request"]["body"]);
    assert_eq!(told.exchange.operation, "pick");
    let (stage, lines) = goods(told.result.unwrap());
    assert_eq!(stage, TaskStage::Done);
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("{} {}", line.sku, line.quantity))
        .collect();
    assert_eq!(lines, ["HPMUG001 2", "HPMUG002 1"]);
}

#[tokio::test]
async fn a_pack_and_a_shipment_answer_their_boxes() {
    let (packing, wire) = writer(Ok(response(&sample("31-10422-pack-part-1"))));
    let packed = packing
        .stage(
            Lane::Despatches,
            Stage::Pack,
            WriteBy::Put,
            body("31-10422-pack-part-1"),
        )
        .await
        .result
        .unwrap();
    assert_eq!(wire.asked(), "PUT /sale/fulfilment/pack");
    let (_, packed) = goods(packed);
    let names: Vec<&str> = packed.iter().map(|line| line.box_name.as_str()).collect();
    assert_eq!(names, ["883121-1", "883121-2", "883121-2"]);
    for name in [
        "22-10421-ship",
        "24-10421-ship-correct-tracking",
        "32-10422-ship-part-1",
    ] {
        let (shipping, wire) = writer(Ok(response(&sample(name))));
        let told = shipping
            .stage(Lane::Despatches, Stage::Ship, WriteBy::Put, body(name))
            .await;
        assert_eq!(wire.asked(), "PUT /sale/fulfilment/ship");
        let shipped = boxes(told.result.unwrap());
        let sent = sample(name)["request"]["body"]["Lines"].clone();
        assert_eq!(shipped.len(), sent.as_array().unwrap().len());
        for (line, sent) in shipped.iter().zip(sent.as_array().unwrap()) {
            assert_eq!(line.boxes, [sent["Box"].as_str().unwrap()]);
            assert_eq!(line.tracking, sent["TrackingNumber"].as_str().unwrap());
            assert!(line.is_shipped);
        }
    }
}

#[tokio::test]
async fn where_put_is_not_served_the_caller_posts() {
    for (kind, body) in [
        (
            "application/json",
            r#"{"ErrorCode":405,"Exception":"Method not allowed"}"#,
        ),
        ("text/html", "<h1>405</h1>"),
        ("text/plain", ""),
    ] {
        let told = pick_answered(Ok(answer(405, kind, body))).await;
        let fault = told.result.unwrap_err();
        assert!(is_method_refused(&fault), "{fault:?}");
        assert!(!is_already_done(&fault));
    }
    let (writer, wire) = writer(Ok(response(&sample("20-10421-pick"))));
    let told = writer
        .stage(
            Lane::Despatches,
            Stage::Pick,
            WriteBy::Post,
            body("20-10421-pick"),
        )
        .await;
    assert_eq!(wire.asked(), "POST /sale/fulfilment/pick");
    assert!(told.result.is_ok());
}

#[tokio::test]
async fn another_task_is_asked_for_and_all_tasks_are_answered() {
    let (asking, wire) = writer(Ok(response(&sample("34-10422-new-fulfilment"))));
    let tasks = asking
        .new_task(Lane::Despatches, &tidewater())
        .await
        .result
        .unwrap();
    let (asked, sent) = wire.sent();
    assert_eq!(asked, "POST /sale/fulfilment");
    assert_eq!(
        sent,
        json!({"SaleID": "1527ec8e-0bee-558c-94a5-f2dd4a923e81"})
    );
    let told: Vec<(&str, &TaskStage)> = tasks
        .iter()
        .map(|task| (task.task.as_str(), &task.pick))
        .collect();
    assert_eq!(
        told,
        [
            ("1527ec8e-0bee-558c-94a5-f2dd4a923e81", &TaskStage::Done),
            ("37f242ad-be1e-50ef-8d37-0a51bcb5d67e", &TaskStage::Open),
        ]
    );
    let (asking, _) = writer(Ok(response(&sample("34-10422-new-fulfilment-refused-400"))));
    let fault = asking
        .new_task(Lane::Despatches, &tidewater())
        .await
        .result
        .unwrap_err();
    assert!(is_open_task(&fault), "{fault:?}");
}

#[tokio::test]
async fn each_refusal_is_told_for_what_it_is() {
    let again = refusal("20-10421-pick-again-400").await;
    let short = refusal("20-10421-pick-short-stock-400").await;
    let external = refusal("22-10421-ship-external-location-400").await;
    let told = |fault: &Fault| {
        [
            is_already_done(fault),
            is_short_of_stock(fault),
            is_open_task(fault),
            is_method_refused(fault),
        ]
    };
    assert_eq!(told(&again), [true, false, false, false]);
    assert_eq!(told(&short), [false, true, false, false]);
    assert_eq!(told(&external), [false; 4]);
    let shouted = Fault::Refused {
        status: 400,
        code: String::new(),
        message: "PICK STATUS IS AUTHORISED".into(),
    };
    assert!(is_already_done(&shouted));
    let of_another_kind = Fault::Refused {
        status: 400,
        code: String::new(),
        message: "Stock location is required".into(),
    };
    assert!(
        !is_short_of_stock(&of_another_kind),
        "stock alone says nothing"
    );
    let elsewhere = Fault::Unclear {
        wait: None,
        message: "Status is AUTHORISED".into(),
    };
    assert!(!is_already_done(&elsewhere), "only a refusal proves it");
}

#[tokio::test]
async fn an_answer_that_does_not_say_what_became_of_it_is_unclear() {
    let with = |field: &str, value: Value| {
        let mut told = sample("20-10421-pick");
        told["response"]["body"][field] = value;
        Ok(response(&told))
    };
    for (answer, field) in [
        (
            with("TaskID", json!("37f242ad-be1e-50ef-8d37-0a51bcb5d67e")),
            "TaskID",
        ),
        (with("TaskID", Value::Null), "TaskID"),
        (with("Status", Value::Null), "Status"),
        (with("Lines", Value::Null), "Lines"),
        (with("Lines", json!([{"SKU": "A"}])), "Lines[0].Quantity"),
        (
            with("Lines", json!([{"SKU": "A", "Quantity": "two"}])),
            "Lines[0].Quantity",
        ),
        (
            Ok(answer(200, "application/json", "[{\"ErrorCode\":400}]")),
            "",
        ),
        (Ok(answer(200, "application/json", "{\"TaskID\":")), ""),
        (Ok(answer(200, "text/html", "<h1>Page not found</h1>")), ""),
        (Ok(answer(204, "application/json", "")), ""),
        (Ok(answer(500, "text/html", "<h1>Oops</h1>")), ""),
        (Ok(answer(503, "text/html", "")), ""),
        (Err(WireFault::TimedOut(60)), ""),
        (Err(WireFault::Broken("reset".into())), ""),
    ] {
        let words = failed(pick_answered(answer).await);
        let begin = format!("unclear: outcome unknown: {field}");
        assert!(words.starts_with(&begin), "{field}: {words}");
    }
    let draft = pick_answered(with("Status", json!("DRAFT"))).await;
    assert_eq!(
        goods(draft.result.unwrap()).0,
        TaskStage::Open,
        "not what was meant: for the caller to see"
    );
    let none = pick_answered(Err(WireFault::NotSent("no route".into()))).await;
    assert!(matches!(none.result, Err(Fault::Unreachable(_))));
}

#[tokio::test]
async fn another_task_that_is_not_shown_may_have_been_made_all_the_same() {
    let sale = r#""SaleID":"1527ec8e-0bee-558c-94a5-f2dd4a923e81""#;
    let other = r#""SaleID":"7b8a40bd-9bf2-564d-8253-54fadcd84944""#;
    for (told, field) in [
        (format!("{{{sale}}}"), "Fulfilments"),
        (format!(r#"{{{sale},"Type":"Simple Sale"}}"#), "Fulfilments"),
        (
            format!(r#"{{{sale},"Fulfilments":[{{}}]}}"#),
            "Fulfilments[0].TaskID",
        ),
        (format!(r#"{{{other},"Fulfilments":[]}}"#), "SaleID"),
        ("{}".to_owned(), "SaleID"),
    ] {
        let (asking, _) = writer(Ok(answer(200, "application/json", &told)));
        let words = failed(asking.new_task(Lane::Despatches, &tidewater()).await);
        let begin = format!("unclear: outcome unknown: {field}: ");
        assert!(words.starts_with(&begin), "{told}: {words}");
    }
}

#[tokio::test]
async fn an_echoed_box_may_be_one_with_a_comma_in_its_name() {
    let mut told = sample("22-10421-ship");
    told["response"]["body"]["Lines"][0]["Boxes"] = json!("D1,A/1");
    let (shipping, _) = writer(Ok(response(&told)));
    let told = shipping
        .stage(
            Lane::Despatches,
            Stage::Ship,
            WriteBy::Put,
            body("22-10421-ship"),
        )
        .await;
    let line = boxes(told.result.unwrap()).remove(0);
    assert!(line.boxes.contains(&"D1,A/1".to_owned()), "{line:?}");
}

#[tokio::test]
async fn a_body_that_names_no_task_is_never_taken_for_done() {
    let told = sample("20-10421-pick");
    for damaged in ["{}", "", "{\"TaskID\":"] {
        let mut told = told.clone();
        told["response"]["body"]["TaskID"] = Value::Null;
        let (writer, _) = writer(Ok(response(&told)));
        let told = writer
            .stage(
                Lane::Despatches,
                Stage::Pick,
                WriteBy::Put,
                Bytes::from_static(damaged.as_bytes()),
            )
            .await;
        assert!(
            matches!(told.result, Err(Fault::Unclear { .. })),
            "{damaged}"
        );
    }
}
