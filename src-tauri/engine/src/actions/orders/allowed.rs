//! What may be done to an order as it stands, and what makes it possible first. Asked before
//! a thing is done and before it is offered, so that a button and the action behind it never
//! disagree.

use domain::HoldCode;
use store::{OrderState, Outline, Reading, Standing, StoreFault};

/// What a person can do to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Read it afresh and check it.
    Recheck,
    /// The same, and send it again.
    Resend,
    /// Ask the warehouse to cancel it.
    Withdraw,
    /// Let it go in spite of a rule of the merchant's own.
    Release,
}

/// Why a thing cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// One stable word.
    pub code: &'static str,
    /// Why, and what would be right.
    pub message: String,
}

fn refused(code: &'static str, message: impl Into<String>) -> Refusal {
    let message = message.into();
    Refusal { code, message }
}

/// Why this cannot be done to an order as it stands; none when it can.
///
/// `sends_nothing` says that the mode is look only, or that sending is paused.
pub fn refusal(
    reading: &Reading,
    deed: Deed,
    order: &Outline,
    sends_nothing: bool,
) -> Result<Option<Refusal>, StoreFault> {
    match deed {
        Deed::Recheck | Deed::Resend => of_sending(reading, deed, order),
        Deed::Withdraw => Ok(of_withdrawing(order, sends_nothing)),
        Deed::Release => of_release(reading, order),
    }
}

fn of_sending(
    reading: &Reading,
    deed: Deed,
    order: &Outline,
) -> Result<Option<Refusal>, StoreFault> {
    let Standing::In(state) = &order.standing else {
        return Ok(Some(refused(
            "not_due",
            "not due: it does not meet the trigger",
        )));
    };
    if deed == Deed::Resend
        && let Some(code) = freed_by_hand(*state)
        && reading.has_hold(order.sale, code)?
    {
        return Ok(None);
    }
    Ok(match (state, deed) {
        (OrderState::Held | OrderState::Waiting | OrderState::Rejected, _)
        | (OrderState::Cancelled, Deed::Resend) => None,
        (OrderState::Cancelled, _) => Some(refused(
            "cancelled",
            "cancelled: resend it to send it again",
        )),
        (OrderState::Sending | OrderState::Unclear, _) => Some(refused(
            "being_cleared_up",
            "its last sending is being cleared up with Whistl first",
        )),
        (OrderState::AtWarehouse | OrderState::Blocked, _) => Some(refused(
            "at_warehouse",
            "the warehouse has it: withdraw it first",
        )),
        (OrderState::PartDespatched | OrderState::Despatched, _) => {
            Some(refused("gone", "it has left the warehouse"))
        }
    })
}

/// The cause that a person who resends an order in that state has looked into, so that it
/// may go again.
pub(super) fn freed_by_hand(state: OrderState) -> Option<HoldCode> {
    match state {
        OrderState::Unclear => Some(HoldCode::OutcomeUnknown),
        OrderState::Blocked => Some(HoldCode::MissingAtWhistl),
        _ => None,
    }
}

fn of_withdrawing(order: &Outline, sends_nothing: bool) -> Option<Refusal> {
    let number = &order.number;
    match &order.standing {
        Standing::In(OrderState::AtWarehouse | OrderState::Blocked) if order.has_reference => {
            if sends_nothing {
                Some(refused(
                    "sends_nothing",
                    "Nothing is sent while the mode is look_only or sending is paused. Set mode live, or resume.",
                ))
            } else {
                None
            }
        }
        Standing::In(OrderState::PartDespatched | OrderState::Despatched) => Some(refused(
            "too_late",
            format!("{number} has left the warehouse: too late to withdraw, arrange a return."),
        )),
        standing => Some(refused(
            "not_at_warehouse",
            format!(
                "{number} is {}: only an order at the warehouse can be withdrawn.",
                super::state_word(standing).replace('_', " ")
            ),
        )),
    }
}

/// Only what a rule of the merchant's own keeps back can be released: what Whistl itself
/// would refuse cannot.
fn of_release(reading: &Reading, order: &Outline) -> Result<Option<Refusal>, StoreFault> {
    let number = &order.number;
    if order.standing != Standing::In(OrderState::Held) {
        return Ok(Some(refused(
            "not_releasable",
            format!("{number} is not held."),
        )));
    }
    let codes = reading.hold_codes(order.sale)?;
    let fixed: Vec<&str> = codes
        .iter()
        .filter(|code| **code != HoldCode::Backordered)
        .map(|code| code.word())
        .collect();
    Ok(if codes.is_empty() {
        Some(refused("not_releasable", format!("{number} is not held.")))
    } else if fixed.is_empty() {
        None
    } else {
        Some(refused(
            "not_releasable",
            format!(
                "{number} is held for {}, which Whistl would refuse. Fix it in Cin7 Core or in the maps.",
                fixed.join(", ")
            ),
        ))
    })
}
