//! The log of order events (contract, section 2.3): published once, kept 90 days,
//! read by number. Delivery to a reader, with its faults, is `feeds`' business.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::order::{Hold, Order};
use super::refusal::Rejection;
use super::status::Status;
use super::times::london;

/// Days for which an event can be read again.
const KEPT_DAYS: i64 = 90;

/// One change of one order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Event {
    pub(super) seq: u64,
    pub(super) id: String,
    pub(super) client_ref: String,
    pub(super) whistl_ref: String,
    pub(super) document_id: Option<String>,
    from_status: Option<Status>,
    to_status: Status,
    pub(super) occurred_at: DateTime<Utc>,
    service_code_applied: Option<String>,
    hold: Option<Hold>,
    rejections: Vec<Rejection>,
}

impl Event {
    /// The event as the feed gives it.
    pub(super) fn listing(&self) -> Value {
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

/// All events still kept, ascending by number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct EventLog {
    events: Vec<Event>,
    last_seq: u64,
    /// Counts ids, apart from the numbers: an event published again keeps its id.
    last_id: u64,
    /// Highest number that is no longer kept.
    dropped_up_to: u64,
    /// Events kept back from readers until a time (late delivery), by number.
    hidden_until: BTreeMap<u64, DateTime<Utc>>,
}

impl EventLog {
    /// Publishes that an order, in its present state, came from `from`.
    pub(super) fn publish(
        &mut self,
        order: &Order,
        from: Option<Status>,
        rejections: Vec<Rejection>,
        at: DateTime<Utc>,
    ) {
        self.last_seq += 1;
        self.last_id += 1;
        // The service is told once, when the order is accepted (samples 2001 and 2003).
        let accepted_now = matches!(from, None | Some(Status::Received));
        self.events.push(Event {
            seq: self.last_seq,
            id: format!("EVT{:07}", self.last_id),
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

    /// The number before the oldest event still kept.
    pub(super) fn oldest_cursor(&self) -> u64 {
        self.dropped_up_to
    }

    /// Forgets events older than the feed keeps them.
    pub(super) fn forget_old(&mut self, now: DateTime<Utc>) {
        let Some(oldest) = now.checked_sub_signed(Duration::days(KEPT_DAYS)) else {
            return;
        };
        let gone = self
            .events
            .iter()
            .take_while(|event| event.occurred_at < oldest)
            .count();
        if let Some(last) = self.events.drain(..gone).next_back() {
            self.dropped_up_to = last.seq;
        }
    }

    /// Events after a number, oldest first.
    pub(super) fn after(&self, seq: u64) -> &[Event] {
        let start = self.events.partition_point(|event| event.seq <= seq);
        self.events.get(start..).unwrap_or_default()
    }

    /// Until when an event is kept back, if late delivery was ever decided for it.
    pub(super) fn hidden_until(&self, seq: u64) -> Option<DateTime<Utc>> {
        self.hidden_until.get(&seq).copied()
    }

    /// Keeps an event back from readers.
    pub(super) fn hide(&mut self, seq: u64, until: DateTime<Utc>) {
        self.hidden_until.insert(seq, until);
    }

    /// Publishes events again under new numbers, ids and content unchanged.
    pub(super) fn publish_again(&mut self, seqs: &[u64]) {
        let copies: Vec<Event> = self
            .events
            .iter()
            .filter(|event| seqs.contains(&event.seq))
            .cloned()
            .collect();
        for mut copy in copies {
            self.last_seq += 1;
            copy.seq = self.last_seq;
            self.events.push(copy);
        }
    }

    /// Publishes everything kept again, as a restored backup does when it replays.
    pub(super) fn publish_all_again(&mut self) {
        let seqs: Vec<u64> = self.events.iter().map(|event| event.seq).collect();
        self.publish_again(&seqs);
    }

    /// Forgets the last events and turns the counters back, as a restored backup does:
    /// what happens next gets numbers and ids that were used before.
    pub(super) fn turn_back(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(gone) = self.events.pop() {
                self.hidden_until.remove(&gone.seq);
                self.last_seq = self.last_seq.saturating_sub(1);
                self.last_id = self.last_id.saturating_sub(1);
            }
        }
    }
}
