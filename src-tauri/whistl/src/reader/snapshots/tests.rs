//! What questions about snapshots come to.

use vendor::Method;

use super::*;
use crate::client::tests::{HTML, JSON, World, response, world, world_of};
use crate::samples::{profile, sample};
use crate::{Gathering, Next, Profile, Transport};

fn error(code: &str) -> Vec<u8> {
    format!(r#"{{"error":{{"code":"{code}","message":"?","retryable":false}}}}"#).into_bytes()
}

async fn latest(world: &World) -> Told<Option<SnapshotHead>> {
    world
        .reader
        .latest_snapshot(Lane::Reconciliation, Some("BRI1"))
        .await
}

async fn rows(world: &World) -> Told<SnapshotRows> {
    let cursor = Some("rows:4");
    world
        .reader
        .snapshot_rows(Lane::Reconciliation, "SNP/1", cursor)
        .await
}

async fn asked_for(world: &World) -> Told<SnapshotAsked> {
    world
        .reader
        .request_snapshot(Lane::Stock, Some("BRI1"))
        .await
}

#[tokio::test]
async fn the_latest_snapshot_is_found_and_read_to_a_whole() {
    let found = world(
        200,
        &sample("rest/74-snapshot-SNP20261026A-header-200.json"),
    );
    let told = latest(&found).await;
    assert_eq!(
        told.exchange.path,
        "/v1/stock/snapshots/latest?warehouse=BRI1"
    );
    let mut gathering = Gathering::new(told.result.unwrap().unwrap());

    let Next::Ask(after) = gathering.next().clone() else {
        panic!("nothing to ask")
    };
    let pages = world(200, &sample("rest/75-snapshot-SNP20261026A-items-200.json"));
    let id = gathering.head().id.clone();
    let told = pages
        .reader
        .snapshot_rows(Lane::Reconciliation, &id, after.as_deref())
        .await;
    assert_eq!(
        told.exchange.path,
        "/v1/stock/snapshots/SNP20261026A/items?limit=1000"
    );
    let Ok(SnapshotRows::Page(page)) = told.result else {
        panic!("{:?}", told.result)
    };
    gathering.take(page);
    assert_eq!(gathering.finish().unwrap().levels().len(), 4);
}

#[tokio::test]
async fn no_snapshot_yet_is_an_answer_and_a_proxys_page_is_none() {
    let told = latest(&world(404, &error("NO_SNAPSHOT"))).await;
    assert_eq!(told.result, Ok(None));
    assert_eq!(told.exchange.verdict, Verdict::Answered);
    assert_eq!(
        (told.exchange.status, told.exchange.detail.as_str()),
        (Some(404), "")
    );
    for (kind, body) in [
        (HTML, b"<h1>404</h1>".to_vec()),
        (JSON, b"{}".to_vec()),
        (JSON, error("SNAPSHOT_EXPIRED")),
    ] {
        let told = latest(&world_of(profile(), Ok(response(404, &[kind], &body)))).await;
        assert!(
            matches!(told.result, Err(Fault::NoAnswer { .. })),
            "{:?}",
            told.result
        );
        assert_eq!(told.exchange.verdict, Verdict::NoAnswer);
    }
    let another = sample("rest/74-snapshot-SNP20261026A-header-200.json");
    let told = world(200, &another)
        .reader
        .latest_snapshot(Lane::Stock, Some("LDS2"))
        .await;
    assert!(
        matches!(told.result, Err(Fault::NoAnswer { message, .. }) if message.contains("warehouse"))
    );
}

#[tokio::test]
async fn rows_are_asked_for_a_thousand_at_a_time_with_a_minute_to_answer() {
    let pages = world(200, &sample("rest/71-snapshot-SNP20261023A-items-200.json"));
    let told = rows(&pages).await;
    assert_eq!(
        told.exchange.path,
        "/v1/stock/snapshots/SNP%2F1/items?limit=1000&after=rows:4"
    );
    let asked = &pages.asked()[0];
    assert_eq!(
        (asked.method, asked.time_limit),
        (Method::Get, Duration::from_mins(1))
    );
    latest(&pages).await;
    assert_eq!(pages.asked()[1].time_limit, Duration::from_secs(30));
}

#[tokio::test]
async fn a_snapshot_no_longer_kept_is_told_apart_from_a_wrong_address() {
    let told = rows(&world(404, &error("SNAPSHOT_EXPIRED"))).await;
    assert_eq!(told.result, Ok(SnapshotRows::Expired));
    assert_eq!(told.exchange.verdict, Verdict::Answered);
    for body in [b"{}".to_vec(), error("NO_SNAPSHOT"), error("ROUTE_UNKNOWN")] {
        let told = rows(&world(404, &body)).await;
        assert!(
            matches!(told.result, Err(Fault::NoAnswer { .. })),
            "{:?}",
            told.result
        );
    }
    let whole = sample("rest/71-snapshot-SNP20261023A-items-200.json");
    let told = rows(&world(200, &whole[..whole.len() - 40])).await;
    assert!(
        matches!(told.result, Err(Fault::NoAnswer { .. })),
        "a page cut off is no page"
    );
    let told = rows(&world(429, &sample("rest/84-error-429.json"))).await;
    assert!(matches!(told.result, Err(Fault::Busy { .. })));
}

#[tokio::test]
async fn a_new_snapshot_is_asked_for() {
    for body in [&b"{}"[..], br#"{"snapshot_id":"SNP9"}"#] {
        let there = world(202, body);
        let told = asked_for(&there).await;
        assert_eq!(told.result, Ok(SnapshotAsked::Taken));
        assert_eq!(told.exchange.path, "/v1/stock/snapshots?warehouse=BRI1");
        let asked = &there.asked()[0];
        assert_eq!(
            (asked.method, asked.body.as_deref()),
            (Method::Post, Some(&b"{}"[..]))
        );
    }
    let silent = world_of(profile(), Ok(response(202, &[], b"")));
    let told = asked_for(&silent).await;
    assert_eq!(
        told.result,
        Ok(SnapshotAsked::Taken),
        "an empty 202 says enough"
    );
    assert_eq!(
        (told.exchange.verdict, told.exchange.detail.as_str()),
        (Verdict::Answered, "")
    );
}

#[tokio::test]
async fn asking_too_often_holds_up_nothing_else() {
    let in_body = br#"{"error":{"code":"RATE_LIMITED","message":"?","retry_after_s":300}}"#;
    for (headers, body, seconds) in [
        (&[JSON, ("retry-after", "600")][..], &in_body[..], 600),
        (&[JSON], in_body, 300),
        (&[JSON], b"{}", 900),
        (&[HTML], b"<h1>Slow down</h1>", 900),
    ] {
        let busy = world_of(profile(), Ok(response(429, headers, body)));
        let told = asked_for(&busy).await;
        let wait = Duration::from_secs(seconds);
        assert_eq!(told.result, Ok(SnapshotAsked::TooSoon { wait }));
        assert_eq!(
            (told.exchange.verdict, told.exchange.detail.as_str()),
            (Verdict::Refused, "")
        );
        asked_for(&busy).await;
        assert_eq!(busy.asked().len(), 2, "the pacer was not told to wait");
    }
}

#[tokio::test]
async fn without_an_answer_it_can_be_asked_for_again() {
    for (status, kind, body) in [
        (503, JSON, sample("rest/85-error-503.json")),
        (404, JSON, b"{}".to_vec()),
        (404, JSON, error("ROUTE_UNKNOWN")),
        (200, HTML, sample("faults/html-with-200.html")),
        (202, HTML, sample("faults/html-with-200.html")),
    ] {
        let told = asked_for(&world_of(profile(), Ok(response(status, &[kind], &body)))).await;
        assert!(
            matches!(told.result, Err(Fault::NoAnswer { .. })),
            "{status} {:?}",
            told.result
        );
    }
    let told = asked_for(&world(401, &sample("rest/81-error-401.json"))).await;
    assert!(matches!(told.result, Err(Fault::SignIn(_))));
    let files = Profile {
        transport: Transport::Sftp,
        ..profile()
    };
    let world = world_of(files, Ok(response(202, &[JSON], b"{}")));
    assert!(asked_for(&world).await.result.is_err() && world.asked().is_empty());
}
