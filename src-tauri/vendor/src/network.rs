//! The real network behind the seam. One request in, one response out: no redirect is
//! followed, nothing is repeated, every answer has a limit in time and in size.

use std::error::Error;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, Url, redirect, retry};
use secrecy::ExposeSecret;

use crate::address::is_loopback;
use crate::{Header, Method, Request, Response, Wire, WireFault, WireFuture};

/// A connection must stand within this, TLS included.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// A connection unused for this long is closed. A vendor closes idle ones too, and a
/// write sent into a closing connection is unclear, so ours must be the shorter patience.
const IDLE_LIMIT: Duration = Duration::from_secs(20);

const USER_AGENT: &str = concat!("Stockbridge/", env!("CARGO_PKG_VERSION"));

/// HTTP over TCP and TLS. Cheap to clone; connections are kept and shared.
#[derive(Clone, Debug)]
pub struct Network {
    /// Never goes through a proxy.
    loopback: Client,
    /// Made when first needed, so that a machine without certificates can still reach a
    /// sandbox.
    outward: Arc<OnceLock<Result<Client, String>>>,
}

impl Network {
    /// The network; opens no connection yet. Fails when this machine can make none.
    pub fn new() -> Result<Self, WireFault> {
        let loopback = loopback_client().map_err(WireFault::NotSent)?;
        Ok(Self {
            loopback,
            outward: Arc::default(),
        })
    }

    fn client(&self, url: &Url) -> Result<&Client, WireFault> {
        if is_loopback(url) {
            return Ok(&self.loopback);
        }
        if url.scheme() != "https" {
            let host = url.host_str().unwrap_or("the address");
            return Err(WireFault::NotSent(format!(
                "{host} is neither https nor on loopback"
            )));
        }
        let made = self.outward.get_or_init(outward_client);
        made.as_ref()
            .map_err(|fault| WireFault::NotSent(fault.clone()))
    }

    async fn send(&self, request: &Request) -> Result<Response, WireFault> {
        let url = Url::parse(&request.url)
            .map_err(|fault| WireFault::NotSent(format!("the address is unreadable: {fault}")))?;
        let client = self.client(&url)?;
        let mut builder = client
            .request(method(request.method), url)
            .headers(headers(request)?);
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        let answer = builder
            .send()
            .await
            .map_err(|fault| classify(fault, request.time_limit))?;
        let status = answer.status().as_u16();
        let headers = plain(answer.headers());
        let body = read(answer, request).await?;
        Ok(Response {
            status,
            headers,
            body,
        })
    }
}

impl Wire for Network {
    fn exchange<'a>(&'a self, request: &'a Request) -> WireFuture<'a> {
        Box::pin(async move {
            tokio::time::timeout(request.time_limit, self.send(request))
                .await
                .unwrap_or_else(|_| Err(WireFault::TimedOut(request.time_limit.as_secs())))
        })
    }
}

fn common() -> ClientBuilder {
    // The one who installs first wins; a second time changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .connect_timeout(CONNECT_LIMIT)
        .pool_idle_timeout(IDLE_LIMIT)
        .user_agent(USER_AGENT)
}

fn loopback_client() -> Result<Client, String> {
    common()
        .no_proxy()
        .build()
        .or_else(|_| common().no_proxy().tls_certs_only([]).build())
        .map_err(|fault| words(&fault))
}

fn outward_client() -> Result<Client, String> {
    common().https_only(true).build().map_err(|fault| {
        format!(
            "the system's certificates cannot be used: {}",
            words(&fault)
        )
    })
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Put => reqwest::Method::PUT,
        Method::Post => reqwest::Method::POST,
        Method::Delete => reqwest::Method::DELETE,
    }
}

fn headers(request: &Request) -> Result<HeaderMap, WireFault> {
    let mut map = HeaderMap::with_capacity(request.headers.len());
    for (name, value) in &request.headers {
        let (text, secret) = match value {
            Header::Plain(text) => (text.as_str(), false),
            Header::Secret(text) => (text.expose_secret(), true),
        };
        // The value is not named: a key with a line break in it is still a key.
        let mut value = HeaderValue::from_str(text).map_err(|_| {
            WireFault::NotSent(format!(
                "the value for {name} has characters a header cannot carry; enter it again"
            ))
        })?;
        value.set_sensitive(secret);
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| WireFault::NotSent(format!("{name} is no header name")))?;
        map.insert(name, value);
    }
    Ok(map)
}

fn plain(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect()
}

/// Reads the body piece by piece, so that an endless answer ends at the size limit and a
/// slow one at the time limit; an announced size above the limit is not read at all.
async fn read(mut answer: reqwest::Response, request: &Request) -> Result<Bytes, WireFault> {
    let limit = request.size_limit;
    let announced = answer.content_length().unwrap_or(0);
    if announced > limit as u64 {
        return Err(WireFault::TooLong(limit));
    }
    let mut body = BytesMut::new();
    while let Some(piece) = answer
        .chunk()
        .await
        .map_err(|fault| classify(fault, request.time_limit))?
    {
        if body.len() + piece.len() > limit {
            return Err(WireFault::TooLong(limit));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

/// Whether anything can have arrived: not before a connection stood (name, TCP, TLS).
fn classify(fault: reqwest::Error, limit: Duration) -> WireFault {
    let fault = fault.without_url();
    if fault.is_connect() || fault.is_builder() {
        WireFault::NotSent(words(&fault))
    } else if fault.is_timeout() {
        WireFault::TimedOut(limit.as_secs())
    } else {
        WireFault::Broken(words(&fault))
    }
}

/// The fault and what caused it, without saying anything twice.
fn words(fault: &(dyn Error + 'static)) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut next = Some(fault);
    while let Some(fault) = next {
        let text = fault.to_string();
        if !said.iter().any(|earlier| earlier.contains(&text)) {
            said.push(text);
        }
        next = fault.source();
    }
    said.join(": ")
}

#[cfg(test)]
mod tests;
