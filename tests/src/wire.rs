//! The wire that leads straight into the sandbox, with the ways a wire can fail, and with
//! a switch that stops the program at a chosen call: before it leaves, or after it had
//! its effect and before the answer is read.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use sandbox::Sandbox;
use sandbox::http::{Answer, Ask, Outcome};
use secrecy::ExposeSecret as _;
use tokio::sync::Notify;
use vendor::{Header, Request, Response, Wire, WireFault, WireFuture};

use crate::clock::SimClock;

/// Where Cin7 is said to be; nothing listens there.
pub const CIN7: &str = "http://127.0.0.1:1/ExternalApi/v2";
/// Where Whistl is said to be; nothing listens there.
pub const WHISTL: &str = "http://127.0.0.1:2";

/// When the program is to die.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// As the n-th call from now is about to leave.
    Before(i64),
    /// As the n-th call from now has had its effect, its answer unread.
    After(i64),
}

/// See the module's head.
pub struct SandboxWire {
    sandbox: Arc<Mutex<Sandbox>>,
    clock: SimClock,
    latency_ms: u64,
    calls: AtomicU64,
    countdown: AtomicI64,
    dies_after: std::sync::atomic::AtomicBool,
    died: Notify,
}

impl SandboxWire {
    /// A wire into that sandbox; each call takes so many milliseconds each way.
    pub fn new(sandbox: Arc<Mutex<Sandbox>>, clock: SimClock, latency_ms: u64) -> Self {
        Self {
            sandbox,
            clock,
            latency_ms,
            calls: AtomicU64::new(0),
            countdown: AtomicI64::new(i64::MAX),
            dies_after: std::sync::atomic::AtomicBool::new(false),
            died: Notify::new(),
        }
    }

    /// Sets the moment of death.
    pub fn die(&self, death: Death) {
        let (n, after) = match death {
            Death::Before(n) => (n, false),
            Death::After(n) => (n, true),
        };
        self.dies_after.store(after, Ordering::SeqCst);
        self.countdown.store(n, Ordering::SeqCst);
    }

    /// Ends when the moment of death has come.
    pub async fn death(&self) {
        self.died.notified().await;
    }

    /// Calls so far.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    async fn carry(&self, request: &Request) -> Result<Response, WireFault> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let dies_now = self.countdown.fetch_sub(1, Ordering::SeqCst) == 1;
        if dies_now && !self.dies_after.load(Ordering::SeqCst) {
            self.die_here().await;
        }
        tokio::time::sleep(Duration::from_millis(self.latency_ms)).await;
        let outcome = self.hand_over(request);
        if dies_now {
            self.die_here().await;
        }
        tokio::time::sleep(Duration::from_millis(self.latency_ms)).await;
        read(outcome, request).await
    }

    async fn die_here(&self) {
        self.died.notify_one();
        std::future::pending::<()>().await;
    }

    fn hand_over(&self, request: &Request) -> Outcome {
        let (is_cin7, ask) = ask(request);
        let mut sandbox = self.sandbox.lock().unwrap_or_else(PoisonError::into_inner);
        sandbox.set_clock(vendor::Clock::now(&self.clock));
        let metered = self.clock.elapsed();
        if is_cin7 {
            sandbox.cin7(&ask, metered)
        } else {
            sandbox.whistl(&ask, metered)
        }
    }
}

impl Wire for SandboxWire {
    fn exchange<'a>(&'a self, request: &'a Request) -> WireFuture<'a> {
        Box::pin(self.carry(request))
    }
}

/// What the caller makes of what came down the wire, as the network would.
async fn read(outcome: Outcome, request: &Request) -> Result<Response, WireFault> {
    let limit = request.time_limit;
    match outcome {
        Outcome::Whole(answer) => whole(answer, request),
        Outcome::After(wait, answer) if wait < limit => {
            tokio::time::sleep(wait).await;
            whole(answer, request)
        }
        Outcome::After(..) | Outcome::Silent => {
            tokio::time::sleep(limit).await;
            Err(WireFault::TimedOut(limit.as_secs()))
        }
        Outcome::CutOff(..) => Err(WireFault::Broken(
            "the connection broke in mid answer".into(),
        )),
        Outcome::Dropped => Err(WireFault::Broken("the connection was closed".into())),
        Outcome::Endless(_) => Err(WireFault::TooLong(request.size_limit)),
    }
}

fn whole(answer: Answer, request: &Request) -> Result<Response, WireFault> {
    if answer.body.len() > request.size_limit {
        return Err(WireFault::TooLong(request.size_limit));
    }
    Ok(Response {
        status: answer.status,
        headers: answer
            .headers
            .into_iter()
            .map(|(n, v)| (n.to_ascii_lowercase(), v))
            .collect(),
        body: Bytes::from(answer.body),
    })
}

fn ask(request: &Request) -> (bool, Ask) {
    let rest = request.url.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path_and_query) = rest.split_once('/').unwrap_or((rest, ""));
    let (path, query) = path_and_query
        .split_once('?')
        .unwrap_or((path_and_query, ""));
    let query = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect();
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Header::Plain(text) => text.clone(),
                Header::Secret(secret) => secret.expose_secret().to_owned(),
            };
            ((*name).to_owned(), value)
        })
        .collect();
    let ask = Ask {
        method: request.method.word().into(),
        path: format!("/{}", decode(path)),
        query,
        headers,
        body: request
            .body
            .as_ref()
            .map(|b| b.to_vec())
            .unwrap_or_default(),
    };
    (host.ends_with(":1"), ask)
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%' && at + 2 < bytes.len())
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (hex, bytes[at]) {
            (Some(byte), _) => {
                out.push(byte);
                at += 3;
            }
            (None, b'+') => {
                out.push(b' ');
                at += 1;
            }
            (None, byte) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
