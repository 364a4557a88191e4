//! What identifies a sale and how far it is: the reference the warehouse will carry
//! (LC-01), and status words that must be understood before anything may go.

use super::findings::{Findings, office};
use super::spelling::shown;
use super::text::{Mark, marks_of, whole};
use crate::{ClientReference, HoldCode, OrderStatus, Owner, Reason, Rules, Sale, StageStatus};

/// The reference of this edition of the sale, or the reason why there is none.
pub(crate) fn check(
    sale: &Sale,
    edition: u32,
    rules: &Rules,
    findings: &mut Findings,
) -> Option<ClientReference> {
    let most = rules.limits.reference;
    match ClientReference::of_sale(&sale.number, edition, most) {
        Ok(reference) => Some(reference),
        Err(fault) => {
            findings.hold(invalid(sale.number.as_str(), &fault.value, most));
            None
        }
    }
}

fn invalid(number: &str, reference: &str, most: usize) -> Reason {
    let marks = reference_faults(number, most);
    let length = reference.chars().count();
    let fix = if number != reference && length > most {
        format!(
            "Agree longer references with Whistl and raise the limit in the settings: sent anew, \
             the sale is {reference} ({length} of {most} characters)."
        )
    } else if length > most {
        format!(
            "Shorten the order number in Cin7 Core ({length} of {most} characters), or agree longer \
             references with Whistl and raise the limit in the settings."
        )
    } else {
        "Change the order number in Cin7 Core to letters, digits and hyphens, beginning with a \
         letter or a digit."
            .to_owned()
    };
    let expected = format!("at most {most} letters, digits and hyphens, no hyphen first");
    let marks = if marks.is_empty() {
        whole(number)
    } else {
        marks
    };
    let path = "Order.SaleOrderNumber";
    office(
        HoldCode::ReferenceInvalid,
        path,
        number,
        marks,
        expected,
        fix,
    )
}

fn reference_faults(number: &str, most: usize) -> Vec<Mark> {
    let fault = |(at, c): (usize, char)| {
        let fits = c.is_ascii_alphanumeric() || (c == '-' && at > 0);
        (!fits || at >= most).then_some(at)
    };
    marks_of(number.chars().enumerate().filter_map(fault))
}

/// Status words that are in no list of ours. Ours to put right, since Cin7's are its own.
pub(crate) fn check_statuses(sale: &Sale, findings: &mut Findings) {
    if let OrderStatus::Unknown(word) = &sale.order_status {
        findings.hold(unknown("Order.Status", word));
    }
    let stages = [
        ("CombinedPickingStatus", &sale.picking),
        ("CombinedPackingStatus", &sale.packing),
        ("CombinedShippingStatus", &sale.shipping),
    ];
    for (path, stage) in stages {
        if let StageStatus::Unknown(word) = stage {
            findings.hold(unknown(path, word));
        }
    }
}

fn unknown(path: &str, word: &str) -> Reason {
    Reason {
        code: HoldCode::StatusUnknown,
        field: path.into(),
        value: word.into(),
        marks: whole(word),
        expected: "a status Cin7 Core documents".into(),
        owner: Owner::Support,
        fix: format!(
            "Tell whoever looks after Stockbridge that Cin7 Core now says {} in {path}: until \
             it is known what that means, the sale stays here.",
            shown(word)
        ),
    }
}
