//! The causes of a hold in a few words, as they stand in a table.

use domain::HoldCode;

/// What is wrong, in a few words; an unknown word is shown as it is.
pub fn hold(word: &str) -> String {
    HoldCode::from_word(word).map_or_else(|| super::plain(word), |code| known(code).into())
}

/// The match is complete, so that a new code cannot be forgotten here.
fn known(code: HoldCode) -> &'static str {
    match code {
        HoldCode::SkuMissing => "a line has no SKU",
        HoldCode::SkuInvalidCharacters => "SKU has characters Whistl refuses",
        HoldCode::SkuTooLong => "SKU too long for Whistl",
        HoldCode::SkuUnmapped => "SKU has no map entry",
        HoldCode::SkuUnknownAtWhistl => "SKU not listed at Whistl",
        HoldCode::SkuInactive => "SKU switched off",
        HoldCode::SkuCollision => "two SKUs would become one at Whistl",
        HoldCode::QuantityInvalid => "quantity cannot be sent",
        HoldCode::NoLines => "nothing on it can be picked",
        HoldCode::TooManyLines => "more lines than an order can carry",
        HoldCode::NameMissing => "no recipient's name",
        HoldCode::NameTooLong => "recipient's name too long",
        HoldCode::AddressIncomplete => "part of the address is missing",
        HoldCode::AddressTooLong => "address too long for the label",
        HoldCode::PostcodeMissing => "no postcode",
        HoldCode::PostcodeInvalid => "the postcode cannot be right",
        HoldCode::CountryMissing => "no country",
        HoldCode::CountryUnsupported => "country not served",
        HoldCode::PhoneMissing => "no telephone number",
        HoldCode::PhoneInvalid => "telephone number cannot be right",
        HoldCode::EmailInvalid => "e-mail address cannot be right",
        HoldCode::ServiceUnmapped => "shipping method not mapped",
        HoldCode::TextUnsupported => "characters the labels cannot carry",
        HoldCode::NoteTooLong => "note too long",
        HoldCode::ReferenceInvalid => "order number cannot be used at Whistl",
        HoldCode::Backordered => "no stock for part of it in Cin7",
        HoldCode::StatusUnknown => "status word we do not know",
        HoldCode::Unreadable => "Cin7's answer could not be read",
        HoldCode::MessageInvalid => "message could not be built",
        HoldCode::RejectedByWhistl => "refused by Whistl",
        HoldCode::ReferenceConflict => "Whistl has another order under this number",
        HoldCode::ServiceChangedByWhistl => "Whistl put it on another service",
        HoldCode::ChangedAfterSending => "changed in Cin7 after sending",
        HoldCode::CancelledAfterSending => "voided in Cin7 after sending",
        HoldCode::HeldAtWarehouse => "stopped at the warehouse",
        HoldCode::MissingAtWhistl => "accepted, but Whistl no longer knows it",
        HoldCode::DespatchOverdue => "not despatched in time",
        HoldCode::DespatchShort => "part of it will not be sent",
        HoldCode::CancelledAtWhistl => "cancelled at the warehouse only",
        HoldCode::SendingStuck => "could not be sent for too long",
        HoldCode::OutcomeUnknown => "nobody knows whether Whistl has it",
    }
}
