//! One warehouse order as the warehouse holds it, and the state it tells (contract,
//! section 2.2). How it moves is `life`'s business.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::agenda::Due;
use super::habits::Leaving;
use super::refusal::Rejection;
use super::status::Status;
use super::submission::Submission;
use super::times::london;

/// Why an order is stopped (contract, section 8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Hold {
    pub(super) code: String,
    pub(super) message: String,
    /// `OFFICE`, `WAREHOUSE` or `CARRIER`.
    pub(super) fixed_by: String,
    pub(super) since: DateTime<Utc>,
}

impl Hold {
    /// The hold as orders and events show it.
    pub(super) fn listing(&self) -> Value {
        json!({
            "code": self.code,
            "message": self.message,
            "fixed_by": self.fixed_by,
            "since": london(self.since),
        })
    }
}

/// One line, in whole units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct OrderLine {
    pub(super) line_no: u64,
    pub(super) sku: String,
    pub(super) ordered: i64,
    pub(super) despatched: i64,
    pub(super) cancelled: i64,
}

impl OrderLine {
    /// Units still to leave.
    pub(super) fn outstanding(&self) -> i64 {
        self.ordered - self.despatched - self.cancelled
    }
}

/// How an order taken unchecked will be decided.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Deferral {
    /// Whether it is refused whatever the rules say, and with which reasons.
    pub(super) refuse_with: Option<Vec<Rejection>>,
}

/// How a cancellation asked for on the floor will end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum CancelEnd {
    /// The order is cancelled after all.
    Cancelled,
    /// The order goes on, with the hold `CANCEL_REFUSED`.
    Refused,
}

/// One warehouse order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Order {
    /// Counts all orders of this warehouse; `whistl_ref` is made of it.
    pub(super) number: u64,
    pub(super) client_ref: String,
    pub(super) status: Status,
    pub(super) service_requested: String,
    /// The service really used; `None` until the order is checked.
    pub(super) service_applied: Option<String>,
    /// Whether the account tells which service it used.
    pub(super) service_told: bool,
    pub(super) warehouse: String,
    pub(super) accepted_at: Option<DateTime<Utc>>,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) hold: Option<Hold>,
    /// The status a hold interrupted.
    pub(super) held_from: Option<Status>,
    /// Whether picking ever began.
    pub(super) picked: bool,
    /// Whether stock is set aside for it.
    pub(super) allocated: bool,
    pub(super) lines: Vec<OrderLine>,
    pub(super) despatch_ids: Vec<String>,
    /// How the rest leaves, once that is decided.
    #[serde(default)]
    pub(super) leaving: Option<Leaving>,
    /// What the equality test compares.
    pub(super) canonical: Value,
    /// The body that made it.
    pub(super) payload: Value,
    pub(super) document_id: Option<String>,
    pub(super) deferral: Option<Deferral>,
    pub(super) cancel_end: Option<CancelEnd>,
    /// The agenda entry that moves it on by itself, if one is pending.
    pub(super) next_move: Option<Due>,
    /// Time that was left to the next move when a hold or a cancel stopped it, in seconds.
    pub(super) time_left: Option<i64>,
}

impl Order {
    /// A new order as taken, before anything is decided.
    pub(super) fn taken(number: u64, sent: &Submission, home: &str, now: DateTime<Utc>) -> Self {
        Self {
            number,
            client_ref: sent.client_ref.clone().unwrap_or_default(),
            status: Status::Received,
            service_requested: sent.service_code.clone().unwrap_or_default(),
            service_applied: None,
            service_told: true,
            warehouse: sent.warehouse.clone().unwrap_or_else(|| home.to_owned()),
            accepted_at: None,
            updated_at: now,
            hold: None,
            held_from: None,
            picked: false,
            allocated: false,
            lines: lines_of(sent),
            despatch_ids: Vec::new(),
            leaving: None,
            canonical: sent.canonical.clone(),
            payload: sent.raw.clone(),
            document_id: sent.document_id.clone(),
            deferral: None,
            cancel_end: None,
            next_move: None,
            time_left: None,
        }
    }

    /// The warehouse's own number for it.
    pub(super) fn whistl_ref(&self) -> String {
        format!("WF{}", 10_000_000 + self.number)
    }

    /// Whether anything of it has left the building.
    pub(super) fn goods_left(&self) -> bool {
        self.lines.iter().any(|line| line.despatched > 0)
    }

    /// The service it tells, which may be none although one is used.
    pub(super) fn service_shown(&self) -> Option<&str> {
        self.service_applied
            .as_deref()
            .filter(|_| self.service_told)
    }

    /// Whether it is over for the warehouse without goods owed or kept.
    pub(super) fn is_live(&self) -> bool {
        !matches!(self.status, Status::Rejected | Status::Cancelled)
    }

    /// The order state (contract, section 2.2) with the warnings of one answer.
    pub(super) fn state(&self, warnings: &[Rejection]) -> Value {
        let lines: Vec<Value> = self
            .lines
            .iter()
            .map(|line| {
                json!({
                    "line_no": line.line_no,
                    "sku": line.sku,
                    "quantity_ordered": line.ordered,
                    "quantity_despatched": line.despatched,
                    "quantity_cancelled": line.cancelled,
                    "quantity_outstanding": line.outstanding(),
                })
            })
            .collect();
        json!({
            "client_ref": self.client_ref,
            "whistl_ref": self.whistl_ref(),
            "status": self.status.word(),
            "order_final": self.status.is_final(),
            "service_code_requested": self.service_requested,
            "service_code_applied": self.service_shown(),
            "warehouse": self.warehouse,
            "accepted_at": self.accepted_at.map(london),
            "updated_at": london(self.updated_at),
            "hold": self.hold.as_ref().map(Hold::listing),
            "lines": lines,
            "despatch_ids": self.despatch_ids,
            "warnings": warnings,
        })
    }

    /// What a conflict says of the order that stands in the way.
    pub(super) fn existing(&self, differs: &[String]) -> Value {
        json!({
            "client_ref": self.client_ref,
            "whistl_ref": self.whistl_ref(),
            "status": self.status.word(),
            "differs": differs,
        })
    }
}

/// The lines of a submission as the warehouse books them. A quantity that is not whole
/// counts as nothing: such an order is refused before anything is picked.
fn lines_of(sent: &Submission) -> Vec<OrderLine> {
    sent.lines
        .iter()
        .map(|line| OrderLine {
            line_no: line.line_no,
            sku: line.sku.clone().unwrap_or_default(),
            ordered: line
                .quantity
                .filter(rust_decimal::Decimal::is_integer)
                .and_then(|quantity| i64::try_from(quantity).ok())
                .unwrap_or(0),
            despatched: 0,
            cancelled: 0,
        })
        .collect()
}
