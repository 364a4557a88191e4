//! What Cin7 answers when it does not answer.

use expect_test::expect;
use serde_json::Value;
use vendor::{Fault, Lane, WireFault};

use super::{ACCOUNT, KEY, client, failed, playing, response, sale_id, sample, snapshot};
use crate::{BadRecord, NOT_FOUND};

#[tokio::test]
async fn a_sale_cin7_does_not_know_is_told_apart() {
    let (cin7, _) = playing("11-sale-not-found");
    let told = cin7.sale(Lane::Orders, &sale_id()).await;
    assert!(
        matches!(&told.result, Err(Fault::Refused { code, .. }) if code == NOT_FOUND),
        "{told:?}"
    );
    assert_eq!(
        failed(told),
        "refused: refused (400 not_found): Sale not found."
    );
}

#[tokio::test]
async fn another_sale_than_the_one_asked_for_is_no_answer() {
    let (cin7, _) = playing("11-sale-10422-ordered");
    let words = failed(cin7.sale(Lane::Orders, &sale_id()).await);
    assert!(
        words.starts_with("no_answer: no usable answer: ID: expected the sale"),
        "{words}"
    );
}

#[tokio::test]
async fn each_recorded_failure_is_told_for_what_it_is() {
    let mut told = Vec::new();
    for name in [
        "00-html-200",
        "00-limit-400",
        "00-limit-429",
        "00-limit-503",
        "00-me-403",
        "00-server-500",
    ] {
        let (cin7, _) = playing(name);
        let words = failed(cin7.sales_updated_since(Lane::Orders, None, 1).await);
        told.push(format!("{name} {words}"));
    }
    snapshot(
        &told,
        &expect![[r#"
        [
            "00-html-200 no_answer: no usable answer: status 200 with text/html; charset=utf-8 where JSON was expected: <!DOCTYPE html><html><head><title>Page not found</title></head><body>Page not found</body></html>",
            "00-limit-400 busy: asked to wait 60 s: You have reached 60 calls per 60 seconds API limit.",
            "00-limit-429 busy: asked to wait 60 s: You have reached 60 calls per 60 seconds API limit.",
            "00-limit-503 busy: asked to wait 60 s: You have reached 60 calls per 60 seconds API limit.",
            "00-me-403 sign_in: the credentials were refused: Incorrect credentials!",
            "00-server-500 no_answer: no usable answer: status 500: <html><body>Internal Server Error</body></html>",
        ]
    "#]],
    );
}

#[tokio::test]
async fn a_question_without_answer_in_time_is_merely_unanswered() {
    let (cin7, _) = client(Err(WireFault::TimedOut(30)));
    let words = failed(cin7.sale(Lane::Orders, &sale_id()).await);
    assert_eq!(words, "no_answer: no usable answer: no answer within 30 s");
    let (cin7, _) = client(Err(WireFault::NotSent("no such name".into())));
    let words = failed(cin7.me(Lane::Orders).await);
    assert_eq!(words, "unreachable: not reachable: no such name");
}

#[tokio::test]
async fn keys_cin7_repeats_in_an_answer_are_kept_nowhere() {
    let mut planted = sample("11-sale-10421-ordered");
    planted["response"]["body"]["ShippingNotes"] =
        Value::from(format!("{} {}", KEY.to_lowercase(), ACCOUNT.to_uppercase()));
    let (cin7, _) = client(Ok(response(&planted)));
    let told = cin7.sale(Lane::Orders, &sale_id()).await;
    let answer = told.result.unwrap();
    assert_eq!(
        answer.sale.as_ref().unwrap().shipping_notes,
        "[secret] [secret]"
    );
    let shown = format!(
        "{:?} {:?} {:?} {cin7:?}",
        told.exchange,
        String::from_utf8_lossy(&told.exchange.response),
        String::from_utf8_lossy(&answer.body)
    );
    assert!(shown.contains("[secret]"));
    assert!(
        !shown.to_lowercase().contains("planted"),
        "a secret is kept"
    );
}

#[tokio::test]
async fn one_bad_sale_on_a_page_is_set_aside_with_its_field_and_the_others_come() {
    let mut spoilt = sample("10-salelist-changed");
    let rows = &mut spoilt["response"]["body"]["SaleList"];
    rows[0]["Updated"] = Value::from("yesterday");
    rows[1]["SaleID"] = Value::Null;
    let (cin7, _) = client(Ok(response(&spoilt)));
    let page = cin7
        .sales_updated_since(Lane::Orders, None, 1)
        .await
        .result
        .unwrap();
    assert_eq!(page.received, 3);
    let bad: Vec<&BadRecord> = page
        .rows
        .iter()
        .filter_map(|row| row.as_ref().err())
        .collect();
    snapshot(
        &bad,
        &expect![[r#"
        [
            BadRecord {
                id: Some(
                    "88febe3b-5468-5e16-9e9f-e49f4d761077",
                ),
                number: Some(
                    "SO-10423",
                ),
                field: "Updated",
                value: "\"yesterday\"",
                message: "expected a date and time",
            },
            BadRecord {
                id: None,
                number: Some(
                    "SO-10422",
                ),
                field: "SaleID",
                value: "nothing",
                message: "expected a Cin7 sale id (a GUID)",
            },
        ]
    "#]],
    );
    assert_eq!(page.rows[2].as_ref().unwrap().number.as_str(), "SO-10421");
}
