//! What somebody is told of a despatch that cannot be told to Cin7 as it is: whose it is, in
//! one stable word and in sentences. A despatch is never changed to fit.

use domain::Owner;
use domain::despatch::Exception;
use domain::fulfilment::{Conflict, Stage};
use vendor::Fault;

use super::Outcome;

fn outcome(owner: Owner, reason: &'static str, words: impl Into<String>) -> Outcome {
    Outcome::Exception {
        owner,
        reason,
        words: words.into(),
    }
}

/// Of these reasons the first decides whose it is; all are told.
pub(super) fn of_plan(exceptions: &[Exception], voided_is_posted: bool) -> Outcome {
    let (owner, reason) = match exceptions.first() {
        Some(Exception::SaleVoided) => (Owner::Office, "sale_voided"),
        Some(Exception::SaleNotAuthorised) => (Owner::Office, "sale_not_authorised"),
        Some(Exception::NotOrdered(_)) => (Owner::Warehouse, "not_ordered"),
        Some(Exception::LineGone(_)) => (Owner::Office, "line_gone"),
        Some(Exception::TooMany { .. }) => (Owner::Warehouse, "more_than_ordered"),
        Some(Exception::BadUnits { .. }) => (Owner::Warehouse, "bad_units"),
        Some(Exception::Voids(_)) if voided_is_posted => (Owner::Office, "voided_after_posting"),
        Some(Exception::Voids(_)) => (Owner::Warehouse, "voids_unknown"),
        None => (Owner::Support, "unreadable"),
    };
    let words: Vec<String> = exceptions.iter().map(sentence).collect();
    outcome(owner, reason, words.join(" "))
}

fn sentence(exception: &Exception) -> String {
    match exception {
        Exception::SaleVoided => "The goods left, but the sale is voided in Cin7 Core. Restore it \
             there and retry, or ask the warehouse to have the parcel returned."
            .into(),
        Exception::SaleNotAuthorised => {
            "The goods left, but the sale's order is not authorised any more. Authorise it in \
             Cin7 Core and retry."
                .into()
        }
        Exception::NotOrdered(sku) => {
            format!("{sku} left, and was not on the order. Ask the warehouse what was sent.")
        }
        Exception::LineGone(sku) => format!(
            "{sku} left, and its line is no longer on the sale. Put the line back in Cin7 Core \
             and retry."
        ),
        Exception::TooMany { sku, open, sent } => format!(
            "{sent} of {sku} left, and only {open} were still to come. Ask the warehouse what \
             was sent, and correct the sale or the stock in Cin7 Core."
        ),
        Exception::BadUnits { sku, units } => format!(
            "{units} of {sku} is no number of goods that can leave. Ask the warehouse what was \
             sent."
        ),
        Exception::Voids(earlier) => format!(
            "The warehouse takes despatch {earlier} back. If Cin7 Core has been told of it, undo \
             its shipment there by hand: Stockbridge never undoes one."
        ),
    }
}

pub(super) fn of_conflict(conflict: &Conflict) -> Outcome {
    match conflict {
        Conflict::PickedOtherwise { .. } => outcome(
            Owner::Office,
            "picked_otherwise",
            "Somebody has picked this sale in Cin7 Core with other quantities than left the \
             warehouse. Undo that pick, or finish it by hand and dismiss this.",
        ),
        Conflict::PackedOtherwise { .. } => outcome(
            Owner::Office,
            "packed_otherwise",
            "Somebody has packed this sale in Cin7 Core with other quantities than were picked. \
             Undo that, or finish it by hand and dismiss this.",
        ),
        Conflict::Undone { stage, .. } => outcome(
            Owner::Office,
            "undone_by_hand",
            format!(
                "The {} of this despatch was called off in Cin7 Core, or stands half done there. \
                 It is never written again by itself: retry it, or finish it by hand.",
                match stage {
                    Stage::Pick => "pick",
                    Stage::Pack => "pack",
                    Stage::Ship => "shipment",
                }
            ),
        ),
    }
}

/// Cin7 said no.
pub(super) fn of_refusal(step: &str, fault: &Fault) -> Outcome {
    if cin7::is_short_of_stock(fault) {
        return outcome(
            Owner::Office,
            "short_of_stock",
            format!(
                "Cin7 Core holds less at the location than left the warehouse: {fault}. Post the \
                 stock that was found there, then retry."
            ),
        );
    }
    outcome(
        Owner::Office,
        "refused_by_cin7",
        format!("Cin7 Core refused the {step}: {fault}. Put right what it names, then retry."),
    )
}

/// What came cannot be made sense of here.
pub(super) fn unreadable(words: impl Into<String>) -> Outcome {
    outcome(Owner::Support, "unreadable", words)
}

/// No sale of ours goes by that reference.
pub(super) fn unknown_order(reference: &str) -> Outcome {
    outcome(
        Owner::Office,
        "unknown_order",
        format!("The warehouse despatched {reference}, which Stockbridge did not send."),
    )
}
