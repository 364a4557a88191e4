//! One call in hand: what it is about, so that faults can be aimed at it, and what it
//! will be answered. No endpoint is known here.

use serde_json::Value;

use super::refusal::Refusal;
use crate::faults::{Switch, Switchboard, Vendor};
use crate::http::{Ask, Moment};

/// Largest request body, in bytes (256 KiB).
const BODY_MAX: usize = 256 * 1024;

/// A call with the switchboard that may trouble it.
pub(super) struct Call<'a> {
    pub(super) ask: &'a Ask,
    pub(super) now: Moment,
    board: &'a mut Switchboard,
    /// References, ids and SKUs the call is about.
    subjects: Vec<String>,
}

impl<'a> Call<'a> {
    /// The call with the subjects its path and body name.
    pub(super) fn new(ask: &'a Ask, now: Moment, board: &'a mut Switchboard) -> Self {
        let mut subjects: Vec<String> = ask
            .path
            .split('/')
            .skip(3)
            .filter(|part| !part.is_empty())
            .map(Into::into)
            .collect();
        if let Ok(body) = serde_json::from_slice::<Value>(&ask.body) {
            let lines = body
                .get("lines")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            let named = [body.get("client_ref"), body.pointer("/source/document_id")];
            let texts = named
                .into_iter()
                .chain(lines.map(|line| line.get("sku")))
                .flatten();
            subjects.extend(texts.filter_map(Value::as_str).map(ToOwned::to_owned));
        }
        Self {
            ask,
            now,
            board,
            subjects,
        }
    }

    /// Adds something the call is about.
    pub(super) fn concerns(&mut self, subject: impl Into<String>) {
        self.subjects.push(subject.into());
    }

    /// Whether a fault hits this call, and with what value.
    pub(super) fn fires(&mut self, fault: &str) -> Option<Value> {
        let subjects: Vec<&str> = self.subjects.iter().map(String::as_str).collect();
        self.board
            .fires(Vendor::Whistl, fault, &self.ask.path, &subjects, self.now)
    }

    /// Whether a fault whose value is `meant` hits this call. One that is not is left for the
    /// call that it is meant for.
    pub(super) fn fires_as(
        &mut self,
        fault: &str,
        meant: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let any = self.switches(fault).any(|switch| {
            let value = switch.value.as_ref().unwrap_or(&Value::Null);
            meant(value)
        });
        if any {
            self.fires(fault).filter(meant)
        } else {
            None
        }
    }

    /// Whether there is any switch of that name: asked first, since most are off.
    pub(super) fn is_on(&self, fault: &str) -> bool {
        self.switches(fault).next().is_some()
    }

    fn switches<'s>(&'s self, fault: &'s str) -> impl Iterator<Item = &'s Switch> {
        let all = self.board.list().iter();
        all.filter(move |switch| switch.vendor == Vendor::Whistl && switch.fault == fault)
    }

    /// Whether a fault hits one item of a feed page.
    pub(super) fn fires_for(&mut self, fault: &str, subjects: &[&str]) -> Option<Value> {
        self.board
            .fires(Vendor::Whistl, fault, &self.ask.path, subjects, self.now)
    }

    /// The switchboard, for what is made in the course of the call.
    pub(super) fn board(&mut self) -> &mut Switchboard {
        self.board
    }

    /// Whether the call would change something.
    pub(super) fn writes(&self) -> bool {
        self.ask.method != "GET"
    }

    /// The body as JSON: content type, size, then the JSON itself.
    pub(super) fn json_body(&self) -> Result<Value, Refusal> {
        let media = self.ask.header("content-type").unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::new(
                415,
                "BAD_TYPE",
                "Content-Type must be application/json.",
            ));
        }
        let size = self.ask.body.len();
        if size > BODY_MAX {
            let message = format!("Body has {size} bytes, at most {BODY_MAX} are taken.");
            return Err(Refusal::new(413, "TOO_LARGE", message));
        }
        serde_json::from_slice(&self.ask.body).map_err(|fault| {
            let byte = byte_offset(&self.ask.body, fault.line(), fault.column());
            Refusal::malformed(format!("Body is not valid JSON at byte {byte}."))
        })
    }
}

/// Where in the body a line and column (both from 1) are, in bytes from 0.
fn byte_offset(body: &[u8], line: usize, column: usize) -> usize {
    let before: usize = body
        .split_inclusive(|byte| *byte == b'\n')
        .take(line.saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    before + column.saturating_sub(1)
}

/// What a call is answered, before the wire has its say.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// JSON.
    Json(u16, Value),
    /// A page made for people, by some proxy.
    Page(u16, &'static str),
    /// A pointer to another place.
    Elsewhere(String),
}
