//! Order events (contract, section 2.3): what is said when an order moves.
//! Keeping them is `feed_log`'s business, delivery to a reader that of `feeds`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::feed_log::{Entry, FeedLog};
use super::order::{Hold, Order};
use super::refusal::Rejection;
use super::status::Status;
use super::times::london;

/// One change of one order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Event {
    seq: u64,
    id: String,
    client_ref: String,
    whistl_ref: String,
    document_id: Option<String>,
    from_status: Option<Status>,
    to_status: Status,
    occurred_at: DateTime<Utc>,
    service_code_applied: Option<String>,
    hold: Option<Hold>,
    rejections: Vec<Rejection>,
}

impl Entry for Event {
    fn seq(&self) -> u64 {
        self.seq
    }

    fn renumber(&mut self, seq: u64) {
        self.seq = seq;
    }

    fn at(&self) -> DateTime<Utc> {
        self.occurred_at
    }

    fn has_own_id(&self) -> bool {
        true
    }

    fn subjects(&self) -> Vec<&str> {
        let mut subjects = vec![self.client_ref.as_str(), self.whistl_ref.as_str()];
        subjects.extend(self.document_id.as_deref());
        subjects.push(self.id.as_str());
        subjects
    }

    fn listing(&self) -> Value {
        json!({
            "seq": self.seq,
            "event_id": self.id,
            "client_ref": self.client_ref,
            "whistl_ref": self.whistl_ref,
            "from_status": self.from_status.map(Status::word),
            "to_status": self.to_status.word(),
            "occurred_at": london(self.occurred_at),
            "service_code_applied": self.service_code_applied,
            "hold": self.hold.as_ref().map(Hold::listing),
            "rejections": self.rejections,
        })
    }
}

/// All events still kept.
pub(super) type EventLog = FeedLog<Event>;

impl EventLog {
    /// Publishes that an order, in its present state, came from `from`.
    pub(super) fn publish(
        &mut self,
        order: &Order,
        from: Option<Status>,
        rejections: Vec<Rejection>,
        at: DateTime<Utc>,
    ) {
        let seq = self.next_seq();
        let id = format!("EVT{:07}", self.next_id());
        // The service is told once, when the order is accepted (samples 2001 and 2003).
        let accepted_now = matches!(from, None | Some(Status::Received));
        self.push(Event {
            seq,
            id,
            client_ref: order.client_ref.clone(),
            whistl_ref: order.whistl_ref(),
            document_id: order.document_id.clone(),
            from_status: from,
            to_status: order.status,
            occurred_at: at,
            service_code_applied: order
                .service_shown()
                .filter(|_| accepted_now)
                .map(ToOwned::to_owned),
            hold: order.hold.clone(),
            rejections,
        });
    }
}
