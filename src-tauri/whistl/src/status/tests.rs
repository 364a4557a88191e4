//! Their own words of a refusal.

use expect_test::expect;
use serde_json::json;

use super::*;
use crate::samples::{profile, sample};

#[test]
fn an_error_is_believed_by_its_code_and_read_as_far_as_it_goes() {
    let told = ErrorBody::read(&sample("rest/31-order-SO-00044-422.json")).unwrap();
    let rejection = told.rejection(&profile());
    assert!(!rejection.first_only);
    let lines: Vec<String> = rejection
        .reasons
        .iter()
        .map(|r| {
            format!(
                "{} | {} | {} | {}\n",
                r.code,
                r.cin7_field(&[vec![0], vec![4]]),
                r.value,
                r.owner
            )
        })
        .collect();
    expect![[r"
        SKU_FORMAT | Order.Lines[4].SKU | ITEM-01_BLUE | office
        PHONE_MISSING | Phone |  | office
    "]]
    .assert_eq(&lines.concat());

    let odd = json!({"error": {"code": "ORDER_REJECTED", "message": ["?"], "first_only": "true",
        "existing": "what", "rejections": [7, {"code": "NO_STOCK", "value": 3}]}});
    let told = ErrorBody::read(odd.to_string().as_bytes())
        .unwrap()
        .rejection(&profile());
    assert!(told.first_only);
    assert_eq!(
        (told.reasons.len(), told.reasons[0].value.as_str()),
        (1, "3")
    );
    let bare = json!({"error": {"code": "ACCOUNT_STOPPED", "message": "Call us."}});
    let told = ErrorBody::read(bare.to_string().as_bytes())
        .unwrap()
        .rejection(&profile());
    assert_eq!(
        told.reasons[0].code, "ACCOUNT_STOPPED",
        "a refusal always has a reason"
    );

    for not_theirs in [
        &b"<html>"[..],
        b"{}",
        br#"{"error":"no"}"#,
        br#"{"error":{"code":""}}"#,
    ] {
        assert!(ErrorBody::read(not_theirs).is_none());
    }
}
