//! The reasons that only a comparison with what was handed over can find, and two that are
//! ours.

use chrono::{DateTime, Utc};
use domain::difference::differences;
use domain::{Held, HoldCode, Owner, Reason, WarehouseOrder};
use store::{OrderState, SaleRow, Standing, StoreFault, Write};

use super::Decided;
use crate::journal::decision;

/// Notes that a sale the warehouse has was voided, once.
pub(crate) fn note_voided(
    w: &mut Write<'_>,
    row: &SaleRow,
    now: DateTime<Utc>,
) -> Result<Decided, StoreFault> {
    if w.has_hold(row.key, HoldCode::CancelledAfterSending)? {
        return Ok(Decided::Drifted);
    }
    let gone = matches!(
        row.standing,
        Standing::In(OrderState::Despatched | OrderState::PartDespatched)
    );
    let fix = if gone {
        "It has left the warehouse: too late to stop, arrange a return with the customer."
    } else {
        "Withdraw it at the warehouse if it should not be sent; if picking has begun, arrange a return."
    };
    let reason = Reason {
        code: HoldCode::CancelledAfterSending,
        field: "Order.Status".into(),
        value: "VOIDED".into(),
        marks: Vec::new(),
        expected: "a live sale, as it was when the warehouse accepted it".into(),
        owner: Owner::Office,
        fix: fix.into(),
    };
    w.add_hold(row.key, &reason, now)?;
    let text = "Voided in Cin7 Core after it was handed to the warehouse";
    w.journal(&decision(
        now,
        "check",
        row.key,
        "auto",
        "cancelled_after_sending",
        text,
    ))?;
    Ok(Decided::Drifted)
}

pub(super) fn changed(sent: &WarehouseOrder, now: &WarehouseOrder) -> Option<Reason> {
    let all = differences(sent, now);
    let first = all.first()?;
    let told = all
        .iter()
        .map(|d| format!("{}: {} → {}", d.field, shown(&d.sent), shown(&d.now)))
        .collect::<Vec<_>>()
        .join("; ");
    Some(Reason {
        code: HoldCode::ChangedAfterSending,
        field: first.field.clone(),
        value: told,
        marks: Vec::new(),
        expected: "the order as the warehouse has it".into(),
        owner: Owner::Office,
        fix: "Withdraw it at the warehouse and resend it, or change the sale back in Cin7 Core."
            .into(),
    })
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "(nothing)" } else { text }
}

pub(super) fn changed_and_unfit(held: &Held) -> Reason {
    let first = held.reasons().next();
    let codes: Vec<&str> = held.reasons().map(|r| r.code.word()).collect();
    Reason {
        code: HoldCode::ChangedAfterSending,
        field: first.map(|r| r.field.clone()).unwrap_or_default(),
        value: first.map(|r| r.value.clone()).unwrap_or_default(),
        marks: Vec::new(),
        expected: "the order as the warehouse has it".into(),
        owner: Owner::Office,
        fix: format!(
            "The sale was changed after hand-off and would now be held ({}). Change it back in Cin7 Core, or withdraw the order.",
            codes.join(", ")
        ),
    }
}

pub(super) fn unknown_status(words: &str) -> Reason {
    Reason {
        code: HoldCode::StatusUnknown,
        field: "Order.Status".into(),
        value: words.into(),
        marks: Vec::new(),
        expected: "a status word that Cin7 Core documents".into(),
        owner: Owner::Support,
        fix: format!(
            "Cin7 Core reports the status “{words}”, which Stockbridge does not know. Look at the sale, and report the word to support."
        ),
    }
}

pub(super) fn our_fault(field: &str, message: &str) -> Reason {
    Reason {
        code: HoldCode::MessageInvalid,
        field: field.into(),
        value: String::new(),
        marks: Vec::new(),
        expected: "a message within Whistl's contract".into(),
        owner: Owner::Support,
        fix: format!(
            "Stockbridge could not build a valid message ({message}). Report it to support."
        ),
    }
}

/// Another sale went out under this number: the warehouse would take the two for one.
pub(super) fn number_taken(reference: &domain::ClientReference) -> Reason {
    Reason {
        code: HoldCode::ReferenceInvalid,
        field: "Order.SaleOrderNumber".into(),
        value: reference.to_string(),
        marks: Vec::new(),
        expected: "a number that no other sale was sent under".into(),
        owner: Owner::Office,
        fix: format!(
            "Another sale was already sent under {reference}. Give this one a number of its own in Cin7 Core."
        ),
    }
}
