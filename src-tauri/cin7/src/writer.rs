//! The writes: each is one HTTP call. Only delivery holds this half, and only after what it
//! means to do is on disk. Nothing is repeated here.

use std::time::Duration;

use bytes::Bytes;
use domain::SaleId;
use domain::fulfilment::{Fulfilment, Stage};
use serde_json::json;
use vendor::{BadField, Call, Fault, Header, Lane, Line, Method, Told, tell};

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
    /// (documented). Gives back all tasks as they stand.
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
            map::read_fulfilments(&response.body).map_err(|bad| Fault::Unclear {
                wait: None,
                message: bad.to_string(),
            })
        })
    }

    /// Writes a stage: the body as [`crate::compose_pick`] and its like made it. Gives back what
    /// stands there now, as Cin7 echoes it.
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
        let told = self.call(operation, lane, method, path, body).await;
        tell(told, |response| {
            map::written(&response.body, stage).map_err(|bad| unclear(&bad))
        })
    }

    async fn call(
        &self,
        operation: &'static str,
        lane: Lane,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> (Result<vendor::Response, Fault>, vendor::Exchange) {
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
}

/// A write whose answer cannot be read may have been done.
fn unclear(bad: &BadField) -> Fault {
    Fault::Unclear {
        wait: None,
        message: bad.to_string(),
    }
}

fn says(fault: &Fault, words: &str) -> bool {
    match fault {
        Fault::Refused { message, .. } => message.to_lowercase().contains(words),
        Fault::Busy { .. }
        | Fault::Unreachable(_)
        | Fault::SignIn(_)
        | Fault::NoAnswer { .. }
        | Fault::Unclear { .. }
        | Fault::Redirected(_) => false,
    }
}

/// The stage was authorised before (observed: the sentence holds `Status is AUTHORISED`). It
/// counts as done only when what stands there was compared.
pub fn is_already_done(fault: &Fault) -> bool {
    says(fault, "status is authorised")
}

/// Another task with an open pick is there already (observed).
pub fn is_open_task(fault: &Fault) -> bool {
    says(fault, "non authorised fulfilment")
}

/// Cin7 holds less at the location than is to be picked (assumed words).
pub fn is_short_of_stock(fault: &Fault) -> bool {
    says(fault, "stock") || says(fault, "not enough") || says(fault, "insufficient")
}

/// The account takes no such call (405).
pub fn is_method_refused(fault: &Fault) -> bool {
    matches!(fault, Fault::Refused { status: 405, .. })
}
