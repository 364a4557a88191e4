//! The reasons that only delivery can find.

use domain::{HoldCode, Owner, Reason};
use store::Claimed;

pub(super) fn conflict(differs: &str) -> Reason {
    Reason {
        code: HoldCode::ReferenceConflict,
        field: "Order.SaleOrderNumber".into(),
        value: differs.into(),
        marks: Vec::new(),
        expected: "the same order as Whistl has under this reference".into(),
        owner: Owner::Office,
        fix: "Whistl already has another order under this reference. Compare the two; withdraw theirs, then resend.".into(),
    }
}

pub(super) fn used_up(claimed: &Claimed) -> Reason {
    Reason {
        code: HoldCode::RejectedByWhistl,
        field: "Order.SaleOrderNumber".into(),
        value: claimed.reference().to_string(),
        marks: Vec::new(),
        expected: "a reference that was not cancelled at Whistl".into(),
        owner: Owner::Office,
        fix: "The order under this reference was cancelled at Whistl, which uses the reference up. Resend it to send it under a new one.".into(),
    }
}

pub(super) fn our_fault(code: &str, message: &str) -> Reason {
    Reason {
        code: HoldCode::MessageInvalid,
        field: "Order".into(),
        value: code.into(),
        marks: Vec::new(),
        expected: "a message within Whistl's contract".into(),
        owner: Owner::Support,
        fix: format!(
            "Whistl could not read Stockbridge's message ({message}). Report it to support."
        ),
    }
}

pub(super) fn unknown_outcome() -> Reason {
    Reason {
        code: HoldCode::OutcomeUnknown,
        field: "Order.SaleOrderNumber".into(),
        value: String::new(),
        marks: Vec::new(),
        expected: "a clear answer from Whistl".into(),
        owner: Owner::Warehouse,
        fix: "Ask the warehouse whether it has this order. If it has not, resend it.".into(),
    }
}

pub(in crate::runs) fn missing() -> Reason {
    Reason {
        code: HoldCode::MissingAtWhistl,
        field: "Order.SaleOrderNumber".into(),
        value: String::new(),
        marks: Vec::new(),
        expected: "the order Whistl accepted".into(),
        owner: Owner::Warehouse,
        fix: "Whistl accepted this order and no longer knows it. Ask the warehouse; if it is lost, resend it.".into(),
    }
}
