//! Calls through a line whose other end says what the test wants.

use std::sync::Mutex;

use chrono::TimeZone;
use secrecy::SecretString;

use super::*;
use crate::{Pause, WireFuture, check_base};

/// A clock that stands still, and whose waits never end unless nothing else happens.
struct Still;

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        noon()
    }

    fn sleep(&self, how_long: Duration) -> Pause<'_> {
        Box::pin(tokio::time::sleep(how_long))
    }
}

/// Says one thing, and keeps the request.
struct Says {
    answer: Option<Result<Response, WireFault>>,
    asked: Mutex<Option<Request>>,
}

impl Wire for Says {
    fn exchange<'a>(&'a self, request: &'a Request) -> WireFuture<'a> {
        *self.asked.lock().unwrap() = Some(request.clone());
        Box::pin(async {
            match self.answer.clone() {
                Some(answer) => answer,
                None => std::future::pending().await,
            }
        })
    }
}

struct World {
    line: Line,
    wire: Arc<Says>,
}

fn world(answer: Option<Result<Response, WireFault>>) -> World {
    let wire = Arc::new(Says {
        answer,
        asked: Mutex::new(None),
    });
    let clock: Arc<dyn Clock> = Arc::new(Still);
    let line = Line {
        wire: wire.clone(),
        pacer: Arc::new(Pacer::new(55, 1, clock.clone())),
        clock,
        base: check_base("https://vendor.example/v1/").unwrap(),
        headers: vec![("x-api-key", Header::Secret(SecretString::from("HUNTER-22")))],
        redactor: Redactor::new([SecretString::from("HUNTER-22")]),
        status: Arc::new(|answer: &Response, _write: bool, _now: DateTime<Utc>| {
            (answer.status == 429).then(|| Fault::Busy {
                wait: Duration::from_secs(90),
                message: String::from_utf8_lossy(&answer.body).into_owned(),
            })
        }),
    };
    World { line, wire }
}

fn answered(status: u16, headers: &[(&str, &str)], body: &str) -> World {
    world(Some(Ok(Response {
        status,
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        body: Bytes::copy_from_slice(body.as_bytes()),
    })))
}

fn call(write: bool) -> Call {
    Call {
        operation: "test",
        lane: Lane::Orders,
        method: if write { Method::Put } else { Method::Get },
        path: "/orders".into(),
        query: vec![("q", "a b&c=é".into())],
        headers: Vec::new(),
        body: write.then(|| Bytes::from_static(b"{\"k\":\"hunter-22\"}")),
        time_limit: Duration::from_secs(30),
        size_limit: 1000,
        write,
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn a_good_answer_comes_back_with_its_record() {
    let world = answered(
        200,
        &[JSON, ("date", "Tue, 24 Nov 2026 12:03:00 GMT")],
        "{\"ok\":true}",
    );
    let (answer, exchange) = world.line.call(call(false)).await;
    assert_eq!(answer.unwrap().body.as_ref(), b"{\"ok\":true}");
    assert_eq!(exchange.path, "/orders?q=a%20b%26c%3D%C3%A9");
    assert_eq!((exchange.method, exchange.status), ("GET", Some(200)));
    assert_eq!(
        (exchange.verdict, exchange.detail.as_str()),
        (Verdict::Answered, "")
    );
    assert_eq!(exchange.skew_seconds, Some(180));
    assert_eq!(exchange.started, noon());
    let asked = world.wire.asked.lock().unwrap().take().unwrap();
    assert_eq!(
        asked.url,
        "https://vendor.example/v1/orders?q=a%20b%26c%3D%C3%A9"
    );
}

#[tokio::test]
async fn a_secret_is_in_no_part_of_a_record_even_if_the_vendor_repeats_it() {
    for (status, kind) in [
        (200, "application/json"),
        (200, "text/html"),
        (429, "x/hunter-22"),
    ] {
        let world = answered(status, &[("content-type", kind)], "{\"key\":\"HUNTER-22\"}");
        let told = world
            .line
            .call(Call {
                path: "/HUNTER-22".into(),
                ..call(true)
            })
            .await;
        let shown = format!("{told:?} {:?} {:?}", told.1.request, told.1.response);
        assert!(
            !shown.to_lowercase().contains("hunter"),
            "{status} {kind}: {shown}"
        );
        assert!(shown.contains("[secret]"));
    }
    let broken = world(Some(Err(WireFault::NotSent(
        "proxy HUNTER-22 refused".into(),
    ))));
    let told = broken.line.call(call(false)).await;
    assert!(!format!("{told:?}").to_lowercase().contains("hunter"));
}

#[tokio::test]
async fn what_is_known_decides_between_unreachable_no_answer_and_unclear() {
    use Verdict::{NoAnswer, Unclear, Unreachable};
    for (fault, question, write) in [
        (
            WireFault::NotSent("no name".into()),
            Unreachable,
            Unreachable,
        ),
        (WireFault::Broken("reset".into()), NoAnswer, Unclear),
        (WireFault::TimedOut(30), NoAnswer, Unclear),
        (WireFault::TooLong(1000), NoAnswer, Unclear),
    ] {
        let world = world(Some(Err(fault.clone())));
        assert_eq!(
            world.line.call(call(false)).await.1.verdict,
            question,
            "{fault}"
        );
        assert_eq!(
            world.line.call(call(true)).await.1.verdict,
            write,
            "{fault}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_believed_leaves_a_question_open_and_a_write_unclear() {
    for (status, headers, body, words) in [
        (
            200,
            ("content-type", "text/html"),
            "<html>Page not found",
            "Page not found",
        ),
        (200, JSON, "{\"Total\":1,", "broken JSON"),
        (200, JSON, "", "broken JSON"),
        (200, ("x-none", ""), "{}", "an unnamed type"),
        (
            500,
            ("content-type", "text/html"),
            "<html>Internal",
            "status 500",
        ),
        (502, JSON, "", "an empty answer"),
    ] {
        let world = answered(status, &[headers], body);
        let (question, _) = world.line.call(call(false)).await;
        let (write, _) = world.line.call(call(true)).await;
        let fault = question.unwrap_err();
        assert!(
            matches!(fault, Fault::NoAnswer { wait: None, .. }),
            "{fault:?}"
        );
        assert!(fault.to_string().contains(words), "{fault}");
        assert!(matches!(
            write.unwrap_err(),
            Fault::Unclear { wait: None, .. }
        ));
    }
}

#[tokio::test]
async fn an_empty_204_is_an_answer() {
    assert!(answered(204, &[], "").line.call(call(true)).await.0.is_ok());
}

#[tokio::test]
async fn a_server_fault_that_names_a_wait_hands_it_on() {
    let world = answered(503, &[("retry-after", "120")], "");
    let (answer, _) = world.line.call(call(true)).await;
    let wait = Some(Duration::from_mins(2));
    assert!(matches!(answer.unwrap_err(), Fault::Unclear { wait: w, .. } if w == wait));
}

#[tokio::test]
async fn a_redirect_is_reported_with_its_address() {
    let world = answered(301, &[("location", "https://evil.example/")], "");
    let (answer, exchange) = world.line.call(call(false)).await;
    assert_eq!(
        answer.unwrap_err(),
        Fault::Redirected("https://evil.example/".into())
    );
    assert_eq!(exchange.verdict, Verdict::NoAnswer);
}

#[tokio::test]
async fn a_rate_refusal_makes_every_call_to_the_vendor_wait() {
    let world = answered(429, &[], "too many");
    let (answer, exchange) = world.line.call(call(true)).await;
    assert!(matches!(answer.unwrap_err(), Fault::Busy { .. }));
    assert_eq!(exchange.verdict.word(), "busy");
    let until = world.line.pacer.usage(noon()).paused_until;
    assert_eq!(until, Some(noon() + TimeDelta::seconds(90)));
}

#[tokio::test(start_paused = true)]
async fn a_wire_that_never_ends_is_given_up_all_the_same() {
    let (answer, _) = world(None).line.call(call(true)).await;
    assert!(matches!(answer.unwrap_err(), Fault::Unclear { .. }));
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_to_the_client_changes_the_record_too() {
    let world = answered(200, &[JSON], "{}");
    let told = tell(world.line.call(call(false)).await, |_| {
        Err::<(), _>(Fault::NoAnswer {
            wait: None,
            message: "Total: missing".into(),
        })
    });
    assert_eq!(told.exchange.verdict, Verdict::NoAnswer);
    assert_eq!(told.exchange.detail, "no usable answer: Total: missing");
}
