//! How a try is settled, with what else is written in the same transaction.

use chrono::{DateTime, Utc};
use domain::{HoldCode, Owner, Reason};
use store::{Claimed, OrderState, Settlement, Standing, StoreFault, Write};
use whistl::OrderState as AtWhistl;

use crate::journal::decision;
use crate::runs::follow::apply_state;

/// What else is written when a try is settled.
pub(super) type Also<'a> = Box<dyn FnOnce(&mut Write<'_>) -> Result<(), StoreFault> + 'a>;

/// How an attempt is settled, with what else is written in the same transaction.
pub(super) struct Settled<'a> {
    pub(super) how: Settlement,
    pub(super) word: &'static str,
    pub(super) text: String,
    pub(super) write: Also<'a>,
}

pub(super) fn again<'a>(
    sale: store::SaleKey,
    at: DateTime<Utc>,
    failed: bool,
    word: &'static str,
    text: String,
    now: DateTime<Utc>,
) -> Settled<'a> {
    Settled {
        how: Settlement::Again { at, failed },
        word,
        text,
        write: Box::new(move |w| {
            w.set_standing(sale, &Standing::In(OrderState::Waiting), None, now)
        }),
    }
}

pub(super) fn parked<'a>(claimed: &Claimed, words: &str, now: DateTime<Utc>) -> Settled<'a> {
    let sale = claimed.sale();
    let reason = Reason {
        code: HoldCode::SendingStuck,
        field: "Order.SaleOrderNumber".into(),
        value: claimed.number().to_string(),
        marks: Vec::new(),
        expected: "an answer from Whistl within the retry schedule".into(),
        owner: Owner::Support,
        fix: format!(
            "Whistl could not be reached for the whole schedule ({words}). Resend it once Whistl answers."
        ),
    };
    Settled {
        how: Settlement::Parked { outcome: "stuck" },
        word: "stuck",
        text: "Retried to the end of the schedule".into(),
        write: Box::new(move |w| {
            w.put_holds(sale, std::slice::from_ref(&reason), now)?;
            w.set_standing(
                sale,
                &Standing::In(OrderState::Held),
                Some(reason.owner),
                now,
            )
        }),
    }
}

pub(super) fn refused<'a>(
    claimed: &Claimed,
    word: &'static str,
    reasons: Vec<Reason>,
    now: DateTime<Utc>,
) -> Settled<'a> {
    let sale = claimed.sale();
    let owner = reasons.first().map_or(Owner::Office, |reason| reason.owner);
    Settled {
        how: Settlement::Closed { outcome: word },
        word,
        text: "Refused by Whistl; nothing exists there under this reference".into(),
        write: Box::new(move |w| {
            w.put_holds(sale, &reasons, now)?;
            w.set_standing(sale, &Standing::In(OrderState::Rejected), Some(owner), now)
        }),
    }
}

pub(super) fn withdrawn<'a>(
    claimed: &Claimed,
    state: &AtWhistl,
    now: DateTime<Utc>,
) -> Settled<'a> {
    let (sale, state) = (claimed.sale(), state.clone());
    let cancelled = state.status == whistl::OrderStatus::Cancelled;
    Settled {
        how: Settlement::Closed {
            outcome: if cancelled {
                "cancelled"
            } else {
                "not_cancelled"
            },
        },
        word: if cancelled {
            "cancelled"
        } else {
            "not_cancelled"
        },
        text: if cancelled {
            "Withdrawn: the warehouse cancelled it".into()
        } else {
            format!("Not withdrawn: the warehouse shows {}", state.raw_status)
        },
        write: Box::new(move |w| {
            let row = w.sale_row(sale)?;
            if cancelled {
                w.clear_holds(sale)?;
                w.set_warehouse(
                    sale,
                    &state.whistl_ref,
                    &state.raw_status,
                    state.accepted_at,
                )?;
                w.set_standing(sale, &Standing::In(OrderState::Cancelled), None, now)?;
                let text = "Cancelled at the warehouse as asked; resending uses a new reference";
                w.journal(&decision(now, "withdraw", sale, "auto", "cancelled", text))?;
                return Ok(());
            }
            apply_state(w, &row, &state, None, now)
        }),
    }
}
