//! Whole calls over a wire whose other end says what the test wants: what every call has
//! in common.

use std::sync::Mutex;

use bytes::Bytes;
use chrono::{DateTime, TimeZone, Utc};
use secrecy::ExposeSecret;
use vendor::{Method, Pause, Request, Response, WireFault, WireFuture, check_base};

use super::*;
use crate::compose::compose;
use crate::samples::{order_42, profile, sample};
use crate::{Submission, Submitted, Transport};

const KEY: &str = "wk-PLANTED-7731";

/// A clock that stands still.
struct Noon;

impl Clock for Noon {
    fn now(&self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 10, 23, 12, 0, 0).unwrap()
    }

    fn sleep(&self, _how_long: Duration) -> Pause<'_> {
        Box::pin(std::future::pending())
    }
}

/// Always says the same, and keeps what it was asked.
pub(crate) struct Says {
    answer: Result<Response, WireFault>,
    asked: Mutex<Vec<Request>>,
}

impl Wire for Says {
    fn exchange<'a>(&'a self, request: &'a Request) -> WireFuture<'a> {
        self.asked.lock().unwrap().push(request.clone());
        let answer = self.answer.clone();
        Box::pin(async move { answer })
    }
}

pub(crate) struct World {
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
    wire: Arc<Says>,
}

impl World {
    pub(crate) fn asked(&self) -> Vec<Request> {
        self.wire.asked.lock().unwrap().clone()
    }
}

pub(crate) fn world_of(profile: Profile, answer: Result<Response, WireFault>) -> World {
    let wire = Arc::new(Says {
        answer,
        asked: Mutex::new(Vec::new()),
    });
    let clock: Arc<dyn Clock> = Arc::new(Noon);
    let (reader, writer) = open(
        profile,
        check_base("https://whistl.example").unwrap(),
        Credentials {
            key: SecretString::from(KEY),
        },
        wire.clone(),
        Arc::new(Pacer::new(100, 4, clock.clone())),
        clock,
    );
    World {
        reader,
        writer,
        wire,
    }
}

pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Response {
    let headers = headers
        .iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
    Response {
        status,
        headers: headers.collect(),
        body: Bytes::copy_from_slice(body),
    }
}

pub(crate) const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");
pub(crate) const HTML: (&str, &str) = ("content-type", "text/html");

pub(crate) fn world(status: u16, body: &[u8]) -> World {
    world_of(profile(), Ok(response(status, &[JSON], body)))
}

pub(crate) fn submission() -> Submission {
    compose(&order_42(), &profile()).unwrap()
}

pub(crate) async fn submitted(world: &World) -> Told<Submitted> {
    world.writer.submit(Lane::Orders, &submission()).await
}

fn plain(request: &Request, name: &str) -> String {
    match request.headers.iter().find(|(n, _)| *n == name) {
        Some((_, Header::Plain(value))) => value.clone(),
        Some((_, Header::Secret(_))) => "secret".to_owned(),
        None => String::new(),
    }
}

#[tokio::test]
async fn each_call_carries_the_account_and_an_id_of_its_own() {
    let run = async || {
        let world = world(201, &sample("rest/11-order-SO-00042-201.json"));
        submitted(&world).await;
        submitted(&world).await;
        world.asked()
    };
    let asked = run().await;
    let first = &asked[0];
    assert_eq!(first.method, Method::Put);
    assert_eq!(plain(first, "x-client-code"), "STKB");
    assert_eq!(plain(first, "accept"), "application/json");
    assert_eq!(plain(first, "content-type"), "application/json");
    assert!(plain(first, "user-agent").starts_with("Stockbridge/"));
    assert_eq!(first.body, Some(submission().body), "sent to the letter");
    let key = first.headers.iter().find_map(|(name, value)| match value {
        Header::Secret(key) if *name == "x-api-key" => Some(key.expose_secret()),
        Header::Secret(_) | Header::Plain(_) => None,
    });
    assert_eq!(key, Some(KEY));
    let ids: Vec<String> = asked
        .iter()
        .map(|request| plain(request, "x-request-id"))
        .collect();
    assert_ne!(ids[0], ids[1], "a new id for each attempt");
    assert!(Uuid::parse_str(&ids[0]).is_ok());
    let again: Vec<String> = run()
        .await
        .iter()
        .map(|request| plain(request, "x-request-id"))
        .collect();
    assert_eq!(ids, again, "one seed gives one run");
}

#[tokio::test]
async fn the_key_is_in_no_record_even_if_they_echo_it() {
    let echo =
        format!("{{\"error\":{{\"code\":\"UNAUTHENTICATED\",\"message\":\"bad key {KEY}\"}}}}");
    let world = world(401, echo.as_bytes());
    let told = submitted(&world).await;
    let shown = format!("{told:?} {:?} {:?}", world.reader, world.writer);
    assert!(!shown.contains(KEY), "{shown}");
    assert!(shown.contains("[secret]"));
    let body = String::from_utf8_lossy(&told.exchange.response).into_owned();
    assert!(body.contains("bad key [secret]"));
}

#[tokio::test]
async fn files_over_sftp_are_refused_with_a_clear_message() {
    let account = Profile {
        transport: Transport::Sftp,
        ..profile()
    };
    let answer = Ok(response(
        201,
        &[JSON],
        &sample("rest/11-order-SO-00042-201.json"),
    ));
    let world = world_of(account, answer);
    let told = submitted(&world).await;
    let words = told.result.unwrap_err().to_string();
    assert!(words.contains("files over SFTP come later"), "{words}");
    assert_eq!(told.exchange.operation, "submit order");
    assert!(world.reader.ping().await.result.is_err());
    assert!(world.asked().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let moved = response(307, &[("location", "https://elsewhere.example/")], b"");
    let world = world_of(profile(), Ok(moved));
    let told = submitted(&world).await.result;
    assert!(matches!(told, Err(Fault::Redirected(to)) if to.contains("elsewhere")));
    assert_eq!(world.asked().len(), 1);
}
