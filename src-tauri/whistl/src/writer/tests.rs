//! What submissions and cancellations come to.

use vendor::{Verdict, WireFault};

use super::*;
use crate::client::tests::{HTML, JSON, response, submission, submitted, world, world_of};
use crate::samples::{profile, reference, sample};
use crate::{ServiceCheck, Warning};

async fn submit(status: u16, name: &str) -> Result<Submitted, Fault> {
    submitted(&world(status, &sample(name))).await.result
}

/// Sends the order of a sample request and brings the sample answer.
async fn submit_as(ours: &str, request: &str, status: u16, name: &str) -> Told<Submitted> {
    let message = Submission::from_stored(reference(ours), sample(request).into());
    world(status, &sample(name))
        .writer
        .submit(Lane::Orders, &message)
        .await
}

#[tokio::test]
async fn a_new_order_is_accepted() {
    let told = submitted(&world(201, &sample("rest/11-order-SO-00042-201.json"))).await;
    let Ok(Submitted::Accepted(state)) = told.result else {
        panic!("{:?}", told.result)
    };
    assert_eq!(state.whistl_ref, "WF10000042");
    assert_eq!(state.service_changed("WHI_EXP"), ServiceCheck::Same);
    assert!(state.matches(&submission()).is_empty());
    assert_eq!(
        (told.exchange.method, told.exchange.path.as_str()),
        ("PUT", "/v1/orders/SO-00042")
    );
    assert_eq!(
        told.exchange.request,
        submission().body,
        "the record keeps what was sent"
    );
    assert_eq!(told.exchange.verdict, Verdict::Answered);
}

#[tokio::test]
async fn the_same_order_again_is_already_accepted() {
    let told = submit(200, "rest/12-order-SO-00042-replay-200.json").await;
    assert!(matches!(told, Ok(Submitted::AlreadyAccepted(state)) if state.raw_status == "PICKING"));
}

#[tokio::test]
async fn an_order_checked_later_is_deferred() {
    let told = submit_as(
        "SO-00045",
        "rest/15-order-SO-00045-request.json",
        202,
        "rest/16-order-SO-00045-202-deferred.json",
    )
    .await;
    let Ok(Submitted::Deferred(state)) = told.result else {
        panic!("{:?}", told.result)
    };
    assert_eq!(state.service_changed("WHI_STD"), ServiceCheck::NotTold);
}

#[tokio::test]
async fn an_account_that_answers_201_and_checks_later_is_deferred_too() {
    let body = String::from_utf8(sample("rest/11-order-SO-00042-201.json")).unwrap();
    let received = body.replace("ACCEPTED", "RECEIVED");
    let told = submitted(&world(201, received.as_bytes())).await.result;
    assert!(matches!(told, Ok(Submitted::Deferred(_))), "{told:?}");
    let used_up = body.replace("\"ACCEPTED\"", "\"CANCELLED\"");
    let told = submitted(&world(200, used_up.as_bytes())).await.result;
    assert!(
        matches!(told, Ok(Submitted::ReferenceUsedUp { .. })),
        "{told:?}"
    );
    let refused = body.replace("\"ACCEPTED\"", "\"REJECTED\"");
    let told = submitted(&world(200, refused.as_bytes())).await.result;
    let Ok(Submitted::Rejected(rejection)) = told else {
        panic!("{told:?}")
    };
    assert_eq!(rejection.reasons[0].code, "REJECTED");
}

#[tokio::test]
async fn a_service_changed_by_the_warehouse_is_seen_with_and_without_a_warning() {
    let request = "rest/32-order-SO-00044-request-fixed.json";
    let loud = submit_as(
        "SO-00044",
        request,
        201,
        "rest/33-order-SO-00044-201-defaulted.json",
    );
    let Ok(Submitted::Accepted(state)) = loud.await.result else {
        panic!()
    };
    let changed = ServiceCheck::Changed {
        applied: "WHI_STD".into(),
    };
    assert_eq!(state.service_changed("WHI_EXP24"), changed);
    assert_eq!(state.warnings[0].code, "SERVICE_DEFAULTED");
    let silent = "faults/order-service-silently-defaulted-201.json";
    let Ok(Submitted::Accepted(mut state)) =
        submit_as("SO-00044", request, 201, silent).await.result
    else {
        panic!()
    };
    assert_eq!(state.service_changed("WHI_EXP24"), ServiceCheck::NotTold);
    state.warnings.push(Warning {
        code: "SERVICE_DEFAULTED".into(),
        field: String::new(),
        value: String::new(),
        message: String::new(),
    });
    assert_eq!(
        state.service_changed("WHI_EXP24"),
        ServiceCheck::Changed {
            applied: String::new()
        },
        "a warning alone is enough"
    );
}

#[tokio::test]
async fn a_refused_order_brings_every_reason_and_its_owner() {
    let request = "rest/30-order-SO-00044-request-bad.json";
    let told = submit_as("SO-00044", request, 422, "rest/31-order-SO-00044-422.json").await;
    let Ok(Submitted::Rejected(rejection)) = told.result else {
        panic!("{:?}", told.result)
    };
    let codes: Vec<&str> = rejection.reasons.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(codes, ["SKU_FORMAT", "PHONE_MISSING"]);
    assert!(!rejection.first_only);
    assert_eq!(
        told.exchange.verdict,
        Verdict::Refused,
        "the record shows that they said no"
    );
}

#[tokio::test]
async fn an_account_that_names_only_the_first_fault_is_known_by_its_profile() {
    let account = Profile {
        rejections_first_only: true,
        ..profile()
    };
    let answer = response(422, &[JSON], &sample("rest/31-order-SO-00044-422.json"));
    let told = submitted(&world_of(account, Ok(answer))).await.result;
    assert!(matches!(told, Ok(Submitted::Rejected(rejection)) if rejection.first_only));
}

#[tokio::test]
async fn another_order_under_our_reference_is_a_conflict_with_what_differs() {
    let told = submit(409, "rest/14-order-SO-00042-changed-409.json").await;
    let conflict = Submitted::Conflict {
        differs: vec!["lines[0].quantity".into()],
        existing_status: "PICKING".into(),
        whistl_ref: "WF10000042".into(),
    };
    assert_eq!(told, Ok(conflict));
    let told = submit(409, "rest/38-order-SO-00044-reuse-409.json").await;
    assert!(
        matches!(told, Ok(Submitted::ReferenceUsedUp { whistl_ref, .. }) if whistl_ref == "WF10000044")
    );
}

#[tokio::test]
async fn what_proves_that_nothing_happened_is_told_apart_from_what_does_not() {
    let refused = submit(400, "rest/80-error-400-malformed.json").await;
    assert!(
        matches!(refused, Err(Fault::Refused { status: 400, code, .. }) if code == "MALFORMED")
    );
    for (status, name) in [
        (401, "rest/81-error-401.json"),
        (403, "rest/82-error-403.json"),
    ] {
        let told = submit(status, name).await;
        assert!(matches!(told, Err(Fault::SignIn(_))), "{status}: {told:?}");
    }
    for status in [500, 502, 503, 504, 408] {
        let told = submit(status, "rest/85-error-503.json").await;
        assert!(
            matches!(told, Err(Fault::Unclear { .. })),
            "{status}: {told:?}"
        );
    }
    for status in [404, 409, 410, 422] {
        let page = response(status, &[HTML], b"<h1>Nothing here</h1>");
        let told = submitted(&world_of(profile(), Ok(page))).await.result;
        assert!(
            matches!(told, Err(Fault::Unclear { .. })),
            "a proxy's {status}: {told:?}"
        );
    }
    for status in [413, 415] {
        let page = response(status, &[HTML], b"<h1>Too large</h1>");
        let told = submitted(&world_of(profile(), Ok(page))).await.result;
        assert!(
            matches!(told, Err(Fault::Refused { .. })),
            "{status}: {told:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_nobody_can_read_leaves_the_outcome_open() {
    let whole = sample("rest/11-order-SO-00042-201.json");
    let other = sample("rest/21-order-SO-00043-201.json");
    for body in [&whole[..whole.len() / 2], b"{}", b"[]", b"", &other] {
        let told = submitted(&world(201, body)).await;
        assert!(
            matches!(told.result, Err(Fault::Unclear { .. })),
            "{:?}",
            told.result
        );
        assert_eq!(told.exchange.verdict, Verdict::Unclear);
        assert!(!told.exchange.detail.is_empty());
    }
    let page = response(200, &[HTML], &sample("faults/html-with-200.html"));
    let told = submitted(&world_of(profile(), Ok(page))).await.result;
    assert!(matches!(told, Err(Fault::Unclear { .. })), "{told:?}");
}

#[tokio::test]
async fn a_broken_line_is_unclear_and_no_line_is_not() {
    for fault in [
        WireFault::TimedOut(30),
        WireFault::Broken("reset".into()),
        WireFault::TooLong(9),
    ] {
        let told = submitted(&world_of(profile(), Err(fault))).await.result;
        assert!(matches!(told, Err(Fault::Unclear { .. })), "{told:?}");
    }
    let none = world_of(profile(), Err(WireFault::NotSent("no route".into())));
    assert!(matches!(
        submitted(&none).await.result,
        Err(Fault::Unreachable(_))
    ));
}

async fn cancel(status: u16, ours: &str, body: &[u8]) -> Told<Cancelled> {
    let world = world(status, body);
    let why = CancelReason::CustomerRequest;
    let told = world
        .writer
        .cancel(Lane::Orders, &reference(ours), why, " Wrong  address ")
        .await;
    let asked = &world.asked()[0];
    assert_eq!(
        asked.url,
        format!("https://whistl.example/v1/orders/{ours}/cancel")
    );
    assert_eq!(
        asked.body.as_deref(),
        Some(&br#"{"reason_code":"CUSTOMER_REQUEST","note":"Wrong address"}"#[..])
    );
    told
}

#[tokio::test]
async fn an_order_is_cancelled_or_asked_for_or_too_late_or_unknown() {
    let body = sample("rest/35-order-SO-00044-cancel-200.json");
    let done = cancel(200, "SO-00044", &body).await.result;
    assert!(matches!(done, Ok(Cancelled::Done(state)) if state.order_final));

    let asked = String::from_utf8(body.clone())
        .unwrap()
        .replacen("CANCELLED", "CANCEL_PENDING", 1);
    let pending = cancel(202, "SO-00044", asked.as_bytes()).await.result;
    assert!(matches!(pending, Ok(Cancelled::Pending(_))), "{pending:?}");

    let late = cancel(
        409,
        "SO-00042",
        &sample("rest/36-order-SO-00042-cancel-409.json"),
    )
    .await;
    assert_eq!(
        late.result,
        Ok(Cancelled::TooLate {
            status: "PICKING".into()
        })
    );

    let unknown = cancel(
        404,
        "SO-99999",
        &sample("rest/37-order-SO-99999-lookup-404.json"),
    )
    .await;
    assert_eq!(unknown.result, Ok(Cancelled::Unknown));

    let open = cancel(503, "SO-00044", &sample("rest/85-error-503.json"))
        .await
        .result;
    assert!(matches!(open, Err(Fault::Unclear { .. })));
    let cut = cancel(200, "SO-00044", &body[..body.len() / 2])
        .await
        .result;
    assert!(matches!(cut, Err(Fault::Unclear { .. })));
    let strange = String::from_utf8(body)
        .unwrap()
        .replace("CANCELLED", "PICKING");
    let strange = cancel(200, "SO-00044", strange.as_bytes()).await.result;
    assert!(matches!(strange, Err(Fault::Unclear { .. })), "{strange:?}");
}

#[tokio::test]
async fn a_damaged_stored_message_never_leaves() {
    let world = world(201, &sample("rest/11-order-SO-00042-201.json"));
    let body = submission().body;
    let half = Submission::from_stored(reference("SO-00042"), body.slice(..100));
    let strange = Submission::from_stored(reference("SO-00099"), body);
    for message in [half, strange] {
        let told = world.writer.submit(Lane::Orders, &message).await;
        assert!(matches!(told.result, Err(Fault::Refused { code, .. }) if code == "BAD_MESSAGE"));
        assert_eq!(told.exchange.status, None);
    }
    assert!(world.asked().is_empty());
}
