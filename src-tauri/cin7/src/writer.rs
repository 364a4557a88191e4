//! The writes: each is one HTTP call. Only delivery holds this half, and only after what it
//! means to do is on disk. Nothing is repeated here.

mod stock;

use std::time::Duration;

use bytes::Bytes;
use domain::SaleId;
use domain::fulfilment::{Fulfilment, Stage};
use serde_json::{Value, json};
use vendor::{BadField, Call, Exchange, Fault, Header, Lane, Line, Method, Response, Told, tell};

use crate::map;
use crate::record::Written;

/// A write must be answered within this (observed: live clients use up to 60 s).
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// Largest answer to a write, bytes.
const SIZE_LIMIT: usize = 8 << 20;

/// Writes to one Cin7 Core account. Clones share the pacer.
#[derive(Clone, Debug)]
pub struct Cin7Writer {
    pub(crate) line: Line,
}

/// How a stage is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteBy {
    /// Replaces what stands there (documented); what is usual.
    Put,
    /// For accounts that take a stage by `POST` alone (observed). Adds to what stands there, so
    /// never for a stage that may hold something.
    Post,
}

impl Cin7Writer {
    /// Asks for another fulfilment task. Turns a Simple sale into an Advanced one for ever
    /// (documented). Gives back all tasks as they stand, one at least.
    pub async fn new_task(&self, lane: Lane, sale: &SaleId) -> Told<Vec<Fulfilment>> {
        let body = Bytes::from(json!({ "SaleID": sale.as_str() }).to_string());
        let told = self
            .call(
                "new fulfilment",
                lane,
                Method::Post,
                "/sale/fulfilment",
                body,
            )
            .await;
        tell(told, |response| {
            map::fulfilments_of(&response.body, sale).map_err(|bad| unclear(&bad))
        })
    }

    /// Writes a stage: the body as [`crate::compose_pick`] and its like made it. Gives back what
    /// stands there now, as Cin7 echoes it; an echo of another task is no answer.
    pub async fn stage(&self, lane: Lane, stage: Stage, by: WriteBy, body: Bytes) -> Told<Written> {
        let (operation, path) = match stage {
            Stage::Pick => ("pick", "/sale/fulfilment/pick"),
            Stage::Pack => ("pack", "/sale/fulfilment/pack"),
            Stage::Ship => ("ship", "/sale/fulfilment/ship"),
        };
        let method = match by {
            WriteBy::Put => Method::Put,
            WriteBy::Post => Method::Post,
        };
        let task = task_of(&body);
        let told = self.call(operation, lane, method, path, body).await;
        tell(told, |response| {
            map::written(&response.body, stage, &task).map_err(|bad| unclear(&bad))
        })
    }

    async fn call(
        &self,
        operation: &'static str,
        lane: Lane,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> (Result<Response, Fault>, Exchange) {
        self.line
            .call(Call {
                operation,
                lane,
                method,
                path: path.to_owned(),
                query: Vec::new(),
                headers: vec![("content-type", Header::Plain("application/json".into()))],
                body: Some(body),
                time_limit: TIME_LIMIT,
                size_limit: SIZE_LIMIT,
                write: true,
            })
            .await
    }

    /// Takes a document back. Without `Void` an answer of 200 may mean that nothing happened
    /// (observed).
    async fn void(
        &self,
        operation: &'static str,
        lane: Lane,
        path: &str,
        task: &str,
    ) -> (Result<Response, Fault>, Exchange) {
        self.line
            .call(Call {
                operation,
                lane,
                method: Method::Delete,
                path: path.to_owned(),
                // Here the id goes by another name than in the question (documented).
                query: vec![("ID", task.to_owned()), ("Void", "true".into())],
                headers: Vec::new(),
                body: None,
                time_limit: TIME_LIMIT,
                size_limit: SIZE_LIMIT,
                write: true,
            })
            .await
    }
}

/// The task a body writes to; "" where it names none, and then no answer is believed.
fn task_of(body: &[u8]) -> String {
    let value: Option<Value> = serde_json::from_slice(body).ok();
    let task = value.as_ref().and_then(|body| body.get("TaskID")?.as_str());
    task.unwrap_or_default().trim().to_owned()
}

/// A write whose answer cannot be read may have been done.
fn unclear(bad: &BadField) -> Fault {
    Fault::Unclear {
        wait: None,
        message: bad.to_string(),
    }
}
