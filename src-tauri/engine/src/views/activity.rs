//! The audit log as it is shown: every call and every decision, bodies on request, and
//! personal data masked unless it is asked for.

use chrono::{DateTime, Utc};
use serde::Serialize;
use store::{Body, EntryRow, JournalFilter};

use super::{Views, hex, time};
use crate::fault::EngineFault;
use crate::runs::masked;

/// What to show.
#[derive(Clone, Debug, Default)]
pub struct ActivityFilter {
    /// Only of this order.
    pub order: Option<String>,
    /// Only from this moment on.
    pub since: Option<DateTime<Utc>>,
    /// Only with this outcome.
    pub outcome: Option<String>,
    /// At most so many, newest first.
    pub limit: u32,
    /// Continue below this entry.
    pub before: Option<i64>,
    /// With bodies.
    pub payloads: bool,
    /// Bodies with their personal data.
    pub personal: bool,
}

/// One entry.
#[derive(Clone, Debug, Serialize)]
pub struct Activity {
    /// Its number.
    pub entry: i64,
    /// When.
    pub at: String,
    /// What sort.
    pub kind: String,
    /// Which vendor, or "".
    pub vendor: String,
    /// `out`, `in`, or "".
    pub direction: String,
    /// What.
    pub operation: String,
    /// About which order.
    pub number: Option<String>,
    /// About what else.
    pub subject: String,
    /// Who or which rule.
    pub who: String,
    /// Which try; 0 for none.
    pub attempt: u32,
    /// HTTP status; 0 for none.
    pub status: u16,
    /// How it came out.
    pub outcome: String,
    /// Milliseconds.
    pub duration_ms: u64,
    /// One sentence.
    pub text: String,
    /// SHA-256 of the request's body, hexadecimal.
    pub request_hash: Option<String>,
    /// SHA-256 of the response's body, hexadecimal.
    pub response_hash: Option<String>,
    /// The chain's hash at this entry, hexadecimal.
    pub hash: String,
    /// The request's body, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// The response's body, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<String>,
}

impl Views<'_> {
    /// Entries of the log, newest first.
    pub fn activity(&self, filter: &ActivityFilter) -> Result<Vec<Activity>, EngineFault> {
        let sale = match &filter.order {
            None => None,
            Some(number) => Some(self.order_key(number)?),
        };
        let rows = self.reading.journal(&JournalFilter {
            sale,
            since: filter.since,
            until: None,
            outcome: filter.outcome.clone(),
            kind: None,
            before: filter.before,
            limit: filter.limit.clamp(1, 10_000),
        })?;
        rows.iter()
            .map(|row| self.activity_of(row, filter))
            .collect()
    }

    fn order_key(&self, number: &str) -> Result<store::SaleKey, EngineFault> {
        let row = self.reading.sale_by_number(number)?;
        row.map(|row| row.key).ok_or_else(|| {
            EngineFault::wrong(
                "order_unknown",
                "order",
                format!("There is no order {number} here."),
            )
        })
    }

    fn activity_of(
        &self,
        row: &EntryRow,
        filter: &ActivityFilter,
    ) -> Result<Activity, EngineFault> {
        let body = |hash: &Option<Vec<u8>>| -> Result<Option<String>, EngineFault> {
            match hash {
                Some(hash) if filter.payloads => self.body_text(hash, filter.personal),
                _ => Ok(None),
            }
        };
        Ok(Activity {
            entry: row.id,
            at: time(row.at),
            kind: row.kind.clone(),
            vendor: row.vendor.clone(),
            direction: row.direction.clone(),
            operation: row.operation.clone(),
            number: row.number.clone(),
            subject: row.subject.clone(),
            who: row.who.clone(),
            attempt: row.attempt,
            status: row.status,
            outcome: row.outcome.clone(),
            duration_ms: row.duration_ms,
            text: row.text.clone(),
            request_hash: row.request_hash.as_deref().map(hex),
            response_hash: row.response_hash.as_deref().map(hex),
            hash: hex(&row.hash),
            request: body(&row.request_hash)?,
            response: body(&row.response_hash)?,
        })
    }

    fn body_text(&self, hash: &[u8], personal: bool) -> Result<Option<String>, EngineFault> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(self.reading.body(hash)?.map(|body| match body {
            Body::Plain(bytes) if personal => text(&bytes),
            Body::Plain(bytes) => text(&masked(&bytes)),
            Body::Cleared(_, left) => text(&left),
            Body::Locked => "[the key at hand does not open this body]".into(),
        }))
    }
}
