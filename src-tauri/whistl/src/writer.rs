//! The writes. Each is one call; nothing is repeated here, and nothing is decided beyond
//! what the answer says.

use std::sync::Arc;

use bytes::Bytes;
use domain::ClientReference;
use vendor::{BadField, Fault, Lane, Method, Response, Told};

use crate::answer::{CancelReason, Cancelled, Submitted};
use crate::client::{Link, note, order_path, refused};
use crate::order_state::{OrderState, OrderStatus};
use crate::profile::Profile;
use crate::rejection::Rejection;
use crate::status::{ErrorBody, code, reason};
use crate::submission::Submission;
use crate::{read, wire};

/// Longest note of a cancellation, characters (the contract's 5.6).
const NOTE: usize = 200;

/// Writes. There is one; whoever holds it is the only one who can.
#[derive(Debug)]
pub struct Writer {
    pub(crate) link: Arc<Link>,
}

impl Writer {
    /// Sends an order. Sending the same again is harmless where the account is
    /// idempotent ([`Profile::submit_idempotent`]).
    pub async fn submit(&self, lane: Lane, submission: &Submission) -> Told<Submitted> {
        let profile = &self.link.profile;
        let reference = &submission.reference;
        let operation = "submit order";
        let path = order_path(reference, "");
        if let Some(problem) = submission.problem() {
            return self
                .link
                .unsent(operation, Method::Put, path, "BAD_MESSAGE", problem);
        }
        let body = submission.body.clone();
        let (answer, mut exchange) = self
            .link
            .write(operation, lane, Method::Put, path, reference, body)
            .await;
        let result = match answer {
            Ok(answer) => read::order_state(&answer.body, reference, profile)
                .map(|state| taken(answer.status, state, profile))
                .map_err(|bad| unclear(&bad)),
            Err(fault) => match refused(&exchange, &fault) {
                Some(told) if exchange.status == Some(422) => {
                    Ok(Submitted::Rejected(told.rejection(profile)))
                }
                Some(told) => clash(&told).ok_or(fault),
                None => Err(fault),
            },
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }

    /// Asks for an order to be cancelled; repeating it is harmless. The note is cut to
    /// 200 characters.
    pub async fn cancel(
        &self,
        lane: Lane,
        reference: &ClientReference,
        why: CancelReason,
        remark: &str,
    ) -> Told<Cancelled> {
        let short: String = remark.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = short
            .chars()
            .filter(|c| !c.is_control())
            .take(NOTE)
            .collect();
        let message = wire::Cancel {
            reason_code: why.word(),
            note: Some(short.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        let operation = "cancel order";
        let path = order_path(reference, "/cancel");
        let body = match serde_json::to_vec(&message) {
            Ok(body) => Bytes::from(body),
            Err(fault) => {
                let problem = format!("could not be written: {fault}");
                return self
                    .link
                    .unsent(operation, Method::Post, path, "BAD_MESSAGE", problem);
            }
        };
        let (answer, mut exchange) = self
            .link
            .write(operation, lane, Method::Post, path, reference, body)
            .await;
        let result = match answer {
            Ok(answer) => self.cancelled(&answer, reference),
            Err(fault) => match refused(&exchange, &fault) {
                Some(told) if told.is(code::TOO_LATE_TO_CANCEL) => Ok(Cancelled::TooLate {
                    status: told.existing.status.trimmed().to_owned(),
                }),
                Some(told) if told.is(code::ORDER_NOT_FOUND) => Ok(Cancelled::Unknown),
                Some(_) | None => Err(fault),
            },
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }

    fn cancelled(
        &self,
        answer: &Response,
        reference: &ClientReference,
    ) -> Result<Cancelled, Fault> {
        let told: wire::CancelReply =
            vendor::json::parse(&answer.body).map_err(|bad| unclear(&bad))?;
        let state = read::state_of(told.order, reference, &self.link.profile)
            .map_err(|bad| unclear(&bad))?;
        match told.outcome.trimmed().to_ascii_uppercase().as_str() {
            "CANCELLED" => Ok(Cancelled::Done(state)),
            "CANCEL_PENDING" => Ok(Cancelled::Pending(state)),
            _ if state.status == OrderStatus::Cancelled => Ok(Cancelled::Done(state)),
            other => Err(Fault::Unclear {
                wait: None,
                message: format!("outcome: expected CANCELLED or CANCEL_PENDING (found {other})"),
            }),
        }
    }
}

/// What an order state in answer to a submission means. Their word for the order's state
/// outweighs the HTTP status: an account that answers 201 and checks later is deferred.
fn taken(http: u16, state: OrderState, profile: &Profile) -> Submitted {
    match &state.status {
        OrderStatus::Received => Submitted::Deferred(state),
        OrderStatus::Rejected => {
            let words = state
                .hold
                .as_ref()
                .map(|hold| hold.message.clone())
                .unwrap_or_default();
            Submitted::Rejected(Rejection {
                reasons: vec![reason(&state.raw_status, "", "", &words, profile)],
                first_only: profile.rejections_first_only,
            })
        }
        OrderStatus::Cancelled => Submitted::ReferenceUsedUp {
            existing_status: state.raw_status,
            whistl_ref: state.whistl_ref,
        },
        OrderStatus::Accepted
        | OrderStatus::Backordered
        | OrderStatus::Held
        | OrderStatus::Picking
        | OrderStatus::Packed
        | OrderStatus::PartDespatched
        | OrderStatus::Despatched
        | OrderStatus::Other(_) => match http {
            200 => Submitted::AlreadyAccepted(state),
            202 => Submitted::Deferred(state),
            _ => Submitted::Accepted(state),
        },
    }
}

/// A refusal because of what they hold under the reference.
fn clash(told: &ErrorBody) -> Option<Submitted> {
    let existing_status = told.existing.status.trimmed().to_owned();
    let whistl_ref = told.existing.whistl_ref.trimmed().to_owned();
    if told.is(code::REF_CONFLICT) {
        let differs = told
            .existing
            .differs
            .iter()
            .flatten()
            .filter_map(wire::told)
            .collect();
        return Some(Submitted::Conflict {
            differs,
            existing_status,
            whistl_ref,
        });
    }
    if told.is(code::REF_CANCELLED) {
        return Some(Submitted::ReferenceUsedUp {
            existing_status,
            whistl_ref,
        });
    }
    None
}

fn unclear(bad: &BadField) -> Fault {
    Fault::Unclear {
        wait: None,
        message: bad.to_string(),
    }
}

#[cfg(test)]
mod tests;
