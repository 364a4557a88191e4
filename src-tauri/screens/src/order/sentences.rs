//! What is wrong with an order, cause by cause, in a sentence for whoever runs the shop.

use domain::{HoldCode, Reason};
use engine::words;

use crate::text::sentence;

/// What is wrong. The match is complete, so that a new code cannot be forgotten here.
pub(super) fn said(reason: &Reason) -> String {
    use HoldCode as C;
    let (value, expected) = (reason.value.trim(), reason.expected.trim());
    let with = |before: &str| match expected {
        "" => sentence(&words::hold(reason.code.word())),
        expected => sentence(&format!("{before} {expected}")),
    };
    match reason.code {
        C::SkuMissing => "This line names no product, so nobody could pick it.".into(),
        C::SkuInvalidCharacters | C::SkuTooLong => with("In a SKU Whistl takes"),
        C::SkuUnmapped => "Every SKU needs a map entry here, and this one has none.".into(),
        C::SkuUnknownAtWhistl => "Whistl does not list this SKU and would refuse it.".into(),
        C::SkuInactive => with("To be sent it must be"),
        C::SkuCollision => {
            "Two of your SKUs would be one at Whistl, and the goods could not be told apart.".into()
        }
        C::QuantityInvalid => with("The warehouse takes"),
        C::NoLines => "There is nothing on it that the warehouse could pick.".into(),
        C::TooManyLines => with("An order carries"),
        C::NameMissing => "Nobody is named to deliver it to.".into(),
        C::NameTooLong => "The recipient’s name does not fit on the label.".into(),
        C::AddressIncomplete => "A part of the address is missing that the carrier needs.".into(),
        C::AddressTooLong => "This part of the address does not fit on the label.".into(),
        C::PostcodeMissing => "There is no postcode, and the carrier needs one.".into(),
        C::PostcodeInvalid | C::PhoneInvalid | C::EmailInvalid => with("It should be"),
        C::CountryMissing => "The shipping address names no country.".into(),
        C::CountryUnsupported => "It cannot be sent to this country as it is.".into(),
        C::PhoneMissing => {
            "The carrier needs a telephone number, and there is none on the sale.".into()
        }
        C::ServiceUnmapped if value.is_empty() => "The sale has no shipping method.".into(),
        C::ServiceUnmapped => "No Whistl service is set for this shipping method.".into(),
        C::TextUnsupported => "Labels cannot carry the marked characters.".into(),
        C::NoteTooLong => "The note is longer than the warehouse carries.".into(),
        C::ReferenceInvalid => "Whistl cannot take this order number as it is.".into(),
        C::Backordered => "Cin7 Core had no stock for part of it.".into(),
        C::StatusUnknown => {
            "Cin7 Core reports a status that Stockbridge does not know; nothing is guessed.".into()
        }
        C::Unreadable => with("Stockbridge could not read the sale:"),
        C::MessageInvalid => "Stockbridge could not write the order as Whistl takes it.".into(),
        C::RejectedByWhistl => rejected(expected),
        C::ReferenceConflict => "Whistl has another order under this number.".into(),
        C::ServiceChangedByWhistl => sentence(&format!(
            "It was sent for {expected}, and Whistl put it on {value}"
        )),
        C::ChangedAfterSending => {
            "The sale in Cin7 Core is no longer what the warehouse was given.".into()
        }
        C::CancelledAfterSending => {
            "The sale was voided in Cin7 Core after the warehouse had accepted it.".into()
        }
        C::HeldAtWarehouse if expected.is_empty() => {
            "The warehouse has stopped it, and does not say why.".into()
        }
        C::HeldAtWarehouse => with("The warehouse has stopped it:"),
        C::MissingAtWhistl => "Whistl accepted it once, and does not know it any more.".into(),
        C::DespatchOverdue if expected.is_empty() => {
            "The warehouse has not reported it as despatched.".into()
        }
        C::DespatchOverdue => sentence(&format!("It has not come as despatched: {expected}")),
        C::DespatchShort => sentence(&format!("Part of it will not be sent: {value}")),
        C::CancelledAtWhistl => "The warehouse cancelled it, and it is live in Cin7 Core.".into(),
        C::SendingStuck => "It was tried again and again, and could not be delivered.".into(),
        C::OutcomeUnknown => {
            "It was sent, no answer came, and Whistl cannot say whether it has it.".into()
        }
    }
}

/// Whistl's own words without its code.
fn rejected(expected: &str) -> String {
    match expected
        .strip_prefix("Whistl says ")
        .and_then(|said| said.split_once(": "))
    {
        Some((_, words)) if !words.trim().is_empty() => {
            sentence(&format!("Whistl says: {}", words.trim()))
        }
        _ if expected.is_empty() => "Whistl refused it.".into(),
        _ => sentence(expected),
    }
}

#[cfg(test)]
mod tests {
    use domain::Owner;

    use super::*;

    fn reason(code: HoldCode, value: &str, expected: &str) -> Reason {
        Reason {
            code,
            field: "Carrier".into(),
            value: value.into(),
            marks: Vec::new(),
            expected: expected.into(),
            owner: Owner::Office,
            fix: String::new(),
        }
    }

    #[test]
    fn every_cause_has_one_finished_sentence() {
        for code in HoldCode::ALL {
            for expected in ["", "a whole number of pieces"] {
                let said = said(&reason(*code, "A-1", expected));
                assert!(said.ends_with('.') && !said.contains('_'), "{code}: {said}");
                assert!(!said.contains(":."), "{code}: {said}");
                let first = said.chars().next();
                assert!(first.is_some_and(char::is_uppercase), "{code}: {said}");
            }
        }
    }

    #[test]
    fn whistls_words_are_told_without_its_code() {
        let refused = reason(
            HoldCode::RejectedByWhistl,
            "KETTLE17",
            "Whistl says SKU_UNKNOWN: no such item",
        );
        assert_eq!(said(&refused), "Whistl says: no such item.");
    }
}
