//! Puts the sandbox behind two loopback addresses over real HTTP. The world sits behind
//! one lock, so calls are judged one after the other in the order they arrive; waiting
//! and the ways a wire can fail are played outside it.
//! The only place in this crate that asks how much real time has passed.

mod files;
mod request;
#[cfg(test)]
mod tests;
mod wire;

use std::convert::Infallible;
use std::future::{self, Future};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tracing::debug;

use self::wire::WireBody;
use crate::faults::Vendor;
use crate::http::{Ask, Outcome};
use crate::options::Options;
use crate::sandbox::{CIN7_PATH, CONTROL_PATH, Sandbox, WorldFault};

/// Why the sandbox does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeFault {
    /// An address cannot be listened on.
    #[error("{option} {address} cannot be listened on: {source}")]
    Bind {
        /// The option that named it.
        option: &'static str,
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file cannot be read or written.
    #[error("{option} {}: {message}", path.display())]
    File {
        /// The option that named it.
        option: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong with it and what would have been right.
        message: String,
    },
    /// The generator and a vendor disagree.
    #[error(transparent)]
    World(#[from] WorldFault),
}

impl ServeFault {
    /// The start option at fault; `--seed` for a world that cannot be made.
    pub fn option(&self) -> &'static str {
        match self {
            Self::Bind { option, .. } | Self::File { option, .. } => option,
            Self::World(_) => "--seed",
        }
    }
}

/// The control interface for the process that serves the sandbox: the same calls as over
/// HTTP, without a connection.
#[derive(Clone)]
pub struct Steering(Arc<Served>);

impl Steering {
    /// A control call by its parts, `steer("POST", "pace", &json!({"speed": 10}))`: the
    /// answer, or what would have been right.
    ///
    /// # Errors
    /// The message of a call that makes no sense.
    pub fn steer(&self, method: &str, call: &str, body: &Value) -> Result<Value, String> {
        let mut sandbox = self.0.now();
        let answer = sandbox.steer(method, call, body);
        let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if answer.status == 200 {
            return Ok(told);
        }
        let message = told["error"]["message"].as_str().unwrap_or_default();
        Err(message.to_owned())
    }
}

impl std::fmt::Debug for Steering {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("Steering")
    }
}

/// Where a sandbox listens and with what keys, once it does.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Cin7's address.
    pub cin7: SocketAddr,
    /// Whistl's address.
    pub whistl: SocketAddr,
    /// The line of the contract: base addresses, keys, and where control is.
    pub announcement: Value,
    /// The way to steer it from here.
    pub steering: Steering,
}

impl std::fmt::Display for Ready {
    /// The one line that a start prints.
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.announcement.fmt(to)
    }
}

/// The world, when it began to be served, and the system's time then.
struct Served {
    sandbox: Mutex<Sandbox>,
    began: Instant,
}

impl Served {
    /// The world as it is now.
    fn now(&self) -> MutexGuard<'_, Sandbox> {
        // A request that panicked leaves a world that can still be looked at.
        let mut sandbox = self.sandbox.lock().unwrap_or_else(PoisonError::into_inner);
        sandbox.pass(self.began.elapsed());
        sandbox
    }

    /// One request, judged now.
    fn judge(&self, vendor: Vendor, ask: &Ask) -> Outcome {
        let mut sandbox = self.now();
        let metered = sandbox.metered();
        match vendor {
            Vendor::Cin7 => sandbox.cin7(ask, metered),
            Vendor::Whistl => sandbox.whistl(ask, metered),
        }
    }
}

/// Serves until `stop` ends, then writes the state file if one was asked for. `now` is
/// the system's time at the call; `ready` is told once both addresses answer.
///
/// # Errors
/// An address cannot be bound, or a file cannot be read or written.
pub async fn serve(
    options: Options,
    now: DateTime<Utc>,
    ready: impl FnOnce(Ready),
    stop: impl Future<Output = ()>,
) -> Result<(), ServeFault> {
    let sandbox = files::opened(&options, now)?;
    let cin7 = listen("--cin7", options.cin7).await?;
    let whistl = listen("--whistl", options.whistl).await?;
    let served = Arc::new(Served {
        sandbox: Mutex::new(sandbox),
        began: Instant::now(),
    });
    ready(announce(&served, &cin7, &whistl)?);
    let mut calls = JoinSet::new();
    tokio::select! {
        () = accept(&cin7, &whistl, &served, &mut calls) => {}
        () = stop => {}
    }
    calls.shutdown().await;
    if let Some(path) = &options.state {
        let ended = now + TimeDelta::from_std(served.began.elapsed()).unwrap_or_default();
        files::save(path, &served.now(), ended)?;
    }
    Ok(())
}

async fn listen(option: &'static str, address: SocketAddr) -> Result<TcpListener, ServeFault> {
    let fault = |source| ServeFault::Bind {
        option,
        address,
        source,
    };
    if !address.ip().is_loopback() {
        return Err(fault(std::io::Error::other(
            "the sandbox listens on loopback only",
        )));
    }
    TcpListener::bind(address).await.map_err(fault)
}

fn announce(
    served: &Arc<Served>,
    cin7: &TcpListener,
    whistl: &TcpListener,
) -> Result<Ready, ServeFault> {
    let bound = |option, listener: &TcpListener| {
        let unbound = SocketAddr::from(([127, 0, 0, 1], 0));
        let fault = |source| ServeFault::Bind {
            option,
            address: unbound,
            source,
        };
        listener.local_addr().map_err(fault)
    };
    let (cin7, whistl) = (bound("--cin7", cin7)?, bound("--whistl", whistl)?);
    let keys = served.now().keys();
    let announcement = json!({
        "cin7": {
            "base_url": format!("http://{cin7}{CIN7_PATH}"),
            "account_id": keys.account_id,
            "key": keys.cin7,
        },
        "whistl": {
            "base_url": format!("http://{whistl}"),
            "client_code": keys.client_code,
            "key": keys.whistl,
            "sftp": null,
        },
        "control": format!("http://{cin7}{CONTROL_PATH}"),
    });
    Ok(Ready {
        cin7,
        whistl,
        announcement,
        steering: Steering(Arc::clone(served)),
    })
}

/// Takes connections on both addresses for ever.
async fn accept(
    cin7: &TcpListener,
    whistl: &TcpListener,
    served: &Arc<Served>,
    calls: &mut JoinSet<()>,
) {
    loop {
        let (vendor, connection) = tokio::select! {
            connection = cin7.accept() => (Vendor::Cin7, connection),
            connection = whistl.accept() => (Vendor::Whistl, connection),
            // Ended connections are let go of while waiting for new ones.
            Some(_) = calls.join_next() => continue,
        };
        match connection {
            Ok((stream, _)) => {
                calls.spawn(converse(stream, vendor, Arc::clone(served)));
            }
            Err(fault) => {
                // Out of file handles, mostly: give the callers time to hang up.
                debug!(%fault, "a connection could not be taken");
                sleep(std::time::Duration::from_millis(50)).await;
            }
        }
    }
}

/// Answers the requests of one connection.
async fn converse(stream: TcpStream, vendor: Vendor, served: Arc<Served>) {
    let answer = service_fn(|request| reply(request, vendor, Arc::clone(&served)));
    // The date is the world's, not the system's: the vendors' own answers carry it.
    let mut server = http1::Builder::new();
    let connection = server
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), answer);
    if let Err(fault) = connection.await {
        debug!(%fault, "a connection ended early");
    }
}

/// The answer on the wire, or the error that makes the connection close without one.
async fn reply(
    request: Request<Incoming>,
    vendor: Vendor,
    served: Arc<Served>,
) -> Result<Response<WireBody>, Hangup> {
    let ask = match request::read(request).await {
        request::Read::Whole(ask) => ask,
        request::Read::TooLarge(answer) => return Ok(wire::whole(answer)),
        request::Read::Lost => return Err(Hangup),
    };
    match served.judge(vendor, &ask) {
        Outcome::Whole(answer) => Ok(wire::whole(answer)),
        Outcome::After(wait, answer) => {
            sleep(wait).await;
            Ok(wire::whole(answer))
        }
        Outcome::CutOff(answer, bytes) => Ok(wire::cut_off(answer, bytes)),
        Outcome::Endless(answer) => Ok(wire::endless(answer)),
        Outcome::Dropped => Err(Hangup),
        Outcome::Silent => match future::pending::<Infallible>().await {},
    }
}

/// The sandbox hangs up on purpose.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed without an answer")]
struct Hangup;
