//! How the warehouse says no over HTTP (the contract's section 7): which answers prove
//! that nothing happened, and what they say.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;
use vendor::lenient::Text;
use vendor::{Fault, Response, retry_after};

use crate::profile::{Profile, translated};
use crate::rejection::{Rejection, RejectionReason};
use crate::wire;

/// Waited after a 429 that does not say how long: the rate is counted by the minute.
const UNSAID_WAIT: Duration = Duration::from_mins(1);

/// Our code, with no HTTP status, for a call that was never made.
pub(crate) const NOT_SENT: u16 = 0;

/// The contract's codes that the calls tell apart.
pub(crate) mod code {
    pub(crate) const ORDER_NOT_FOUND: &str = "ORDER_NOT_FOUND";
    pub(crate) const REF_CONFLICT: &str = "REF_CONFLICT";
    pub(crate) const REF_CANCELLED: &str = "REF_CANCELLED";
    pub(crate) const TOO_LATE_TO_CANCEL: &str = "TOO_LATE_TO_CANCEL";
    pub(crate) const CURSOR_EXPIRED: &str = "CURSOR_EXPIRED";
    pub(crate) const NO_SNAPSHOT: &str = "NO_SNAPSHOT";
    pub(crate) const SNAPSHOT_EXPIRED: &str = "SNAPSHOT_EXPIRED";
}

/// Reads an answer that is neither 2xx nor 3xx; `None` where nothing is proven.
pub(crate) fn refusal(answer: &Response, _write: bool, now: DateTime<Utc>) -> Option<Fault> {
    let told = ErrorBody::read(&answer.body);
    let (code, message) = match &told {
        Some(told) => (told.code.clone(), told.message.clone()),
        None => (
            String::new(),
            format!("HTTP {} without Whistl's own words", answer.status),
        ),
    };
    match answer.status {
        401 | 403 => Some(Fault::SignIn(match code.as_str() {
            "" => message,
            code => format!("{code}: {message}"),
        })),
        429 => Some(Fault::Busy {
            wait: wait(answer, told.as_ref(), now),
            message,
        }),
        // The request itself was at fault; HTTP says that nothing was done with it.
        400 | 413 | 415 => Some(Fault::Refused {
            status: answer.status,
            code,
            message,
        }),
        // Only Whistl's own words prove that it was Whistl who answered, and not a proxy.
        404 | 405 | 406 | 409..=412 | 414 | 416..=428 | 430..=499 if told.is_some() => {
            Some(Fault::Refused {
                status: answer.status,
                code,
                message,
            })
        }
        _ => None,
    }
}

/// The same for something that is asked for and may be asked for too often: a 429 is about
/// that thing alone and proves no more. As [`Fault::Busy`] it would hold up every call.
pub(crate) fn refusal_of_a_request(
    answer: &Response,
    write: bool,
    now: DateTime<Utc>,
) -> Option<Fault> {
    match answer.status {
        429 => None,
        _ => refusal(answer, write, now),
    }
}

fn wait(answer: &Response, told: Option<&ErrorBody>, now: DateTime<Utc>) -> Duration {
    answer
        .header("retry-after")
        .and_then(|text| retry_after::read(text, now))
        .or_else(|| retry_after::read(&told?.retry_after, now))
        .unwrap_or(UNSAID_WAIT)
}

/// The error body, as far as it can be read.
#[derive(Debug, Default)]
pub(crate) struct ErrorBody {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) retry_after: String,
    pub(crate) oldest_cursor: Option<String>,
    pub(crate) existing: wire::Existing,
    first_only: bool,
    rejections: Vec<wire::Remark>,
}

impl ErrorBody {
    /// Reads it; `None` when the body is not an error in the contract's form.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let wire::ErrorBody { error } = vendor::json::parse(body).ok()?;
        let code = wire::told(&error.code)?;
        let rejections = match error.rejections {
            Value::Array(all) => all.iter().filter_map(|one| remark(one).ok()).collect(),
            _ => Vec::new(),
        };
        Some(Self {
            code,
            message: text(&error.message),
            retry_after: text(&error.retry_after_s),
            oldest_cursor: Some(text(&error.oldest_cursor)).filter(|cursor| !cursor.is_empty()),
            existing: vendor::json::from_value(&error.existing).unwrap_or_default(),
            first_only: text(&error.first_only).eq_ignore_ascii_case("true"),
            rejections,
        })
    }

    pub(crate) fn is(&self, code: &str) -> bool {
        self.code.eq_ignore_ascii_case(code)
    }

    /// The refusal of an order; where they list no reason, their code is the reason.
    pub(crate) fn rejection(&self, profile: &Profile) -> Rejection {
        let mut reasons = reasons(&self.rejections, profile);
        if reasons.is_empty() {
            reasons.push(reason(&self.code, "", "", &self.message, profile));
        }
        Rejection {
            reasons,
            first_only: self.first_only || profile.rejections_first_only,
        }
    }
}

fn remark(value: &Value) -> Result<wire::Remark, vendor::BadField> {
    vendor::json::from_value(value)
}

fn text(value: &Value) -> String {
    let text: Text = vendor::json::from_value(value).unwrap_or_default();
    text.trimmed().to_owned()
}

/// Their reasons in our terms.
pub(crate) fn reasons(told: &[wire::Remark], profile: &Profile) -> Vec<RejectionReason> {
    told.iter()
        .map(|one| {
            let (code, field) = (one.code.trimmed(), one.field.trimmed());
            reason(code, field, &one.value.0, one.message.trimmed(), profile)
        })
        .collect()
}

pub(crate) fn reason(
    code: &str,
    field: &str,
    value: &str,
    message: &str,
    profile: &Profile,
) -> RejectionReason {
    let word = translated(&profile.rejection_map, code);
    RejectionReason::new(code, &word, field, value, message)
}

#[cfg(test)]
mod tests;
