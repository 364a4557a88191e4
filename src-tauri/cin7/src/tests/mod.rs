//! The client against the recorded samples, and against what may become of them.

mod answers;
mod bodies;
mod documents;
mod failures;
mod fulfilments;
mod fuzz;
mod levels;
mod reading;
mod stock_bodies;
mod writing;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeZone, Utc};
use domain::SaleId;
use expect_test::Expect;
use secrecy::SecretString;
use serde_json::Value;
use vendor::{
    Clock, Header, Pacer, Pause, Request, Response, Told, Verdict, Wire, WireFault, WireFuture,
    check_base,
};

use crate::{Cin7, Cin7Writer, Credentials, Settings};

const KEY: &str = "5D1F0C1E-KEY0-4A6B-9C3D-PLANTED00001";
const ACCOUNT: &str = "0b7e2c5a-acc0-4e1f-8d2b-planted00002";

/// A recorded exchange by its name; see the fixture's own note.
fn sample(name: &str) -> Value {
    let path = format!(
        "{}/../../tests/fixtures/cin7/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn body(sample: &Value) -> Bytes {
    let response = &sample["response"];
    match response["text"].as_str() {
        Some(text) => Bytes::copy_from_slice(text.as_bytes()),
        None => response["body"].to_string().into(),
    }
}

fn response(sample: &Value) -> Response {
    let headers = sample["response"]["headers"].as_object().unwrap();
    Response {
        status: sample["response"]["status"]
            .as_u64()
            .unwrap()
            .try_into()
            .unwrap(),
        headers: headers
            .iter()
            .map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap().to_owned()))
            .collect(),
        body: body(sample),
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap()
}

struct Nine;

impl Clock for Nine {
    fn now(&self) -> DateTime<Utc> {
        now()
    }

    fn sleep(&self, how_long: Duration) -> Pause<'_> {
        Box::pin(tokio::time::sleep(how_long))
    }
}

/// Answers every call the same way, and keeps the last request.
struct Recorded {
    answer: Result<Response, WireFault>,
    asked: Mutex<Option<Request>>,
}

impl Wire for Recorded {
    fn exchange<'a>(&'a self, request: &'a Request) -> WireFuture<'a> {
        *self.asked.lock().unwrap() = Some(request.clone());
        Box::pin(std::future::ready(self.answer.clone()))
    }
}

impl Recorded {
    /// The path and query of the last request below the base, and that it carried keys.
    fn asked(&self) -> String {
        self.sent().0
    }

    /// The same, and its body.
    fn sent(&self) -> (String, Value) {
        let request = self.asked.lock().unwrap().take().unwrap();
        let secret = |header: &Header| matches!(header, Header::Secret(_));
        assert_eq!(
            request
                .headers
                .iter()
                .filter(|(_, header)| secret(header))
                .count(),
            2
        );
        let below = request
            .url
            .strip_prefix("https://cin7.example/ExternalApi/v2");
        let body = request.body.as_deref().unwrap_or(b"null");
        (
            format!("{} {}", request.method.word(), below.unwrap()),
            serde_json::from_slice(body).unwrap(),
        )
    }
}

fn client(answer: Result<Response, WireFault>) -> (Cin7, Arc<Recorded>) {
    let wire = Arc::new(Recorded {
        answer,
        asked: Mutex::new(None),
    });
    let clock: Arc<dyn Clock> = Arc::new(Nine);
    let cin7 = Cin7::open(
        Settings::at(check_base("https://cin7.example/ExternalApi/v2/").unwrap()),
        Credentials {
            account_id: SecretString::from(ACCOUNT),
            key: SecretString::from(KEY),
        },
        wire.clone(),
        Arc::new(Pacer::new(55, 1, clock.clone())),
        clock,
    );
    (cin7, wire)
}

fn writer(answer: Result<Response, WireFault>) -> (Cin7Writer, Arc<Recorded>) {
    let (cin7, wire) = client(answer);
    (cin7.writer(), wire)
}

fn playing(name: &str) -> (Cin7, Arc<Recorded>) {
    client(Ok(response(&sample(name))))
}

fn answering(status: u16, body: &str) -> Cin7 {
    let headers = vec![("content-type".into(), "application/json".into())];
    client(Ok(Response {
        status,
        headers,
        body: Bytes::copy_from_slice(body.as_bytes()),
    }))
    .0
}

fn sale_id() -> SaleId {
    SaleId::parse("7B8A40BD-9BF2-564D-8253-54FADCD84944").unwrap()
}

/// What a failed call is called, and what is said of it, in the record too.
fn failed<T>(told: Told<T>) -> String {
    let fault = told.result.err().unwrap();
    assert_eq!(told.exchange.verdict, Verdict::from(&fault));
    assert_eq!(told.exchange.detail, fault.to_string());
    format!("{}: {fault}", told.exchange.verdict.word())
}

fn snapshot(shown: &impl std::fmt::Debug, expect: &Expect) {
    expect.assert_eq(&format!("{shown:#?}\n"));
}
