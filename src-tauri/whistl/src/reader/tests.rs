//! What questions come to.

use vendor::Verdict;

use super::*;
use crate::client::tests::{HTML, JSON, response, submission, world, world_of};
use crate::samples::{profile, reference, sample};

/// Headers and body of an answer, and the seconds to be waited after it.
type Wait<'a> = (&'a [(&'a str, &'a str)], &'a [u8], u64);

#[tokio::test]
async fn a_wait_is_read_in_each_shape_and_never_above_an_hour() {
    let told = sample("rest/84-error-429.json");
    let cases: [Wait<'_>; 7] = [
        (&[JSON, ("retry-after", "5")], &told, 5),
        (
            &[JSON, ("retry-after", "Fri, 23 Oct 2026 12:00:30 GMT")],
            &told,
            30,
        ),
        (&[JSON], &told, 17),
        (&[JSON, ("retry-after", "0")], &told, 1),
        (&[JSON, ("retry-after", "86400")], &told, 3600),
        (&[JSON], b"{}", 60),
        (&[HTML], b"<h1>Slow down</h1>", 60),
    ];
    for (headers, body, seconds) in cases {
        let world = world_of(profile(), Ok(response(429, headers, body)));
        let result = world
            .reader
            .find_order(Lane::Orders, &reference("SO-00042"))
            .await
            .result;
        let Err(Fault::Busy { wait, .. }) = result else {
            panic!("{result:?}")
        };
        assert_eq!(wait.as_secs(), seconds, "{headers:?}");
    }
}

async fn look_up(status: u16, kind: (&str, &str), body: &[u8]) -> Told<Found> {
    let world = world_of(profile(), Ok(response(status, &[kind], body)));
    world
        .reader
        .find_order(Lane::Orders, &reference("SO-00042"))
        .await
}

#[tokio::test]
async fn an_order_is_found_or_not_and_a_proxys_page_is_neither() {
    let found = look_up(200, JSON, &sample("rest/12-order-SO-00042-replay-200.json")).await;
    assert!(matches!(found.result, Ok(Found::Here(state)) if state.whistl_ref == "WF10000042"));

    let none = look_up(404, JSON, &sample("rest/37-order-SO-99999-lookup-404.json")).await;
    assert_eq!(none.result, Ok(Found::NotFound));
    assert_eq!(
        none.exchange.verdict,
        Verdict::Answered,
        "an order they lack is an answer"
    );
    assert_eq!(
        (none.exchange.status, none.exchange.detail.as_str()),
        (Some(404), "")
    );

    let other: &[u8] = br#"{"error":{"code":"ROUTE_UNKNOWN","message":"?"}}"#;
    for (kind, body) in [(HTML, &b"<h1>404</h1>"[..]), (JSON, b"{}"), (JSON, other)] {
        let told = look_up(404, kind, body).await;
        assert!(
            matches!(told.result, Err(Fault::NoAnswer { .. })),
            "{:?}",
            told.result
        );
        assert_eq!(told.exchange.verdict, Verdict::NoAnswer);
    }
    let page = look_up(200, HTML, &sample("faults/html-with-200.html")).await;
    assert!(matches!(page.result, Err(Fault::NoAnswer { .. })));
    let another = look_up(200, JSON, &sample("rest/21-order-SO-00043-201.json")).await;
    assert!(matches!(another.result, Err(Fault::NoAnswer { .. })));
}

#[tokio::test]
async fn an_order_found_is_compared_with_the_one_we_meant() {
    let told = look_up(200, JSON, &sample("rest/12-order-SO-00042-replay-200.json"))
        .await
        .result;
    let Ok(Found::Here(mut state)) = told else {
        panic!()
    };
    assert!(state.matches(&submission()).is_empty());
    state.lines[0].ordered = 3;
    state.lines[1].sku = "MUG330OLD".into();
    state.service_requested = Some("WHI_STD".into());
    assert_eq!(
        state.matches(&submission()),
        [
            "service: sent WHI_EXP, there WHI_STD",
            "line 1 quantity: sent 2, there 3",
            "line 2 SKU: sent MUG330WHT, there MUG330OLD",
        ]
    );
    state.lines[1].line_no = 7;
    assert_eq!(
        state.matches(&submission())[2..],
        [
            "line 2 (MUG330WHT): not there",
            "line 7 (MUG330OLD): there, not sent"
        ]
    );
    state.lines.clear();
    state.service_requested = None;
    assert!(
        state.matches(&submission()).is_empty(),
        "what they do not tell is no difference"
    );
}

#[tokio::test]
async fn a_feed_is_read_from_its_cursor_and_an_old_cursor_is_not_a_fault() {
    let feed = world(200, &sample("rest/41-order-events-page2-200.json"));
    let told = feed
        .reader
        .order_events(Lane::Background, Some("order-events:2008"))
        .await;
    assert!(matches!(told.result, Ok(PageOutcome::Page(page)) if page.items.len() == 5));
    assert_eq!(
        told.exchange.path,
        "/v1/order-events?limit=500&after=order-events:2008"
    );

    let expired = world(410, &sample("rest/83-error-410-cursor.json"));
    let told = expired.reader.items(Some("items:1")).await;
    let oldest = Some("despatches:900".to_owned());
    assert_eq!(told.result, Ok(PageOutcome::Expired { oldest }));

    let bad: &[u8] = br#"{"error":{"code":"BAD_CURSOR","message":"?"}}"#;
    let told = world(400, bad).reader.items(Some("x")).await;
    assert!(matches!(told.result, Err(Fault::Refused { code, .. }) if code == "BAD_CURSOR"));

    let page = sample("rest/40-order-events-page1-200.json");
    let told = world(200, &page[..page.len() - 40])
        .reader
        .order_events(Lane::Orders, None)
        .await;
    assert!(
        matches!(told.result, Err(Fault::NoAnswer { .. })),
        "a page cut off moves no cursor"
    );
}

#[tokio::test]
async fn despatches_are_asked_for_a_hundred_at_a_time() {
    let feed = world(200, &sample("rest/51-despatches-page2-200.json"));
    let told = feed
        .reader
        .despatches(Lane::Despatches, Some("despatches:1043"))
        .await;
    assert_eq!(
        told.exchange.path,
        "/v1/despatches?limit=100&after=despatches:1043"
    );
    assert!(matches!(told.result, Ok(PageOutcome::Page(page)) if page.items.len() == 2));
    let cut = world(200, &sample("faults/despatches-cut-off.json.txt"));
    let told = cut.reader.despatches(Lane::Despatches, None).await;
    assert!(
        matches!(told.result, Err(Fault::NoAnswer { .. })),
        "a page cut off moves no cursor"
    );
    let expired = world(410, &sample("rest/83-error-410-cursor.json"));
    let told = expired.reader.despatches(Lane::Despatches, Some("x")).await;
    let oldest = Some("despatches:900".to_owned());
    assert_eq!(told.result, Ok(PageOutcome::Expired { oldest }));
}

#[tokio::test]
async fn adjustments_are_asked_for_five_hundred_at_a_time() {
    let feed = world(200, &sample("rest/61-adjustments-page2-200.json"));
    let told = feed
        .reader
        .adjustments(Lane::Stock, Some("adjustments:504"))
        .await;
    assert_eq!(
        told.exchange.path,
        "/v1/adjustments?limit=500&after=adjustments:504"
    );
    assert!(matches!(told.result, Ok(PageOutcome::Page(page)) if page.items.len() == 2));
    let page = sample("rest/60-adjustments-page1-200.json");
    let cut = world(200, &page[..page.len() - 40]);
    let told = cut.reader.adjustments(Lane::Stock, None).await;
    assert_eq!(told.exchange.path, "/v1/adjustments?limit=500");
    assert!(
        matches!(told.result, Err(Fault::NoAnswer { .. })),
        "a page cut off moves no cursor"
    );
    let expired = world(410, &sample("rest/83-error-410-cursor.json"));
    let told = expired.reader.adjustments(Lane::Stock, Some("x")).await;
    let oldest = Some("despatches:900".to_owned());
    assert_eq!(told.result, Ok(PageOutcome::Expired { oldest }));
    let busy = world(429, &sample("rest/84-error-429.json"));
    let told = busy.reader.adjustments(Lane::Stock, None).await;
    assert!(matches!(told.result, Err(Fault::Busy { .. })));
}

#[tokio::test]
async fn reference_data_is_asked_for_at_its_places() {
    let ping = world(200, &sample("rest/01-ping-200.json"));
    assert_eq!(ping.reader.ping().await.result.unwrap().client_code, "STKB");
    assert_eq!(ping.asked()[0].url, "https://whistl.example/v1/ping");
    let services = world(200, &sample("rest/02-services-200.json"));
    assert_eq!(
        services
            .reader
            .services()
            .await
            .result
            .unwrap()
            .offers
            .len(),
        4
    );
    let items = world(200, &sample("rest/03-items-200.json"));
    let told = items.reader.items(None).await.result;
    assert!(matches!(told, Ok(PageOutcome::Page(page)) if page.items.len() == 5));
    assert_eq!(
        items.asked()[0].url,
        "https://whistl.example/v1/items?limit=500"
    );
}
