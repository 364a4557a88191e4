//! The contract's section 13: what each word of a refusal means, whose job it is, and
//! the fix. A table and nothing else.

use domain::Owner;

/// What one of the contract's words means.
#[derive(Clone, Copy)]
pub(crate) struct Meaning {
    pub(crate) word: &'static str,
    /// Field of the message it is about when they name none.
    pub(crate) field: &'static str,
    pub(crate) owner: Owner,
    pub(crate) plain: &'static str,
    pub(crate) fix: &'static str,
}

/// What a word means, case ignored.
pub(crate) fn meaning(word: &str) -> Option<&'static Meaning> {
    MEANINGS
        .iter()
        .find(|meaning| meaning.word.eq_ignore_ascii_case(word.trim()))
}

const fn office(
    word: &'static str,
    field: &'static str,
    plain: &'static str,
    fix: &'static str,
) -> Meaning {
    Meaning {
        word,
        field,
        owner: Owner::Office,
        plain,
        fix,
    }
}

const fn of(owner: Owner, meaning: Meaning) -> Meaning {
    Meaning { owner, ..meaning }
}

/// The contract's words.
pub(crate) const MEANINGS: &[Meaning] = &[
    office(
        "SKU_FORMAT",
        "lines[].sku",
        "Whistl cannot carry this SKU.",
        "Map the SKU to Whistl's spelling, or correct it in Cin7 Core, then resend.",
    ),
    office(
        "SKU_UNKNOWN",
        "lines[].sku",
        "Whistl has no such SKU on file.",
        "Have Whistl set the product up, or map the SKU to the one Whistl uses, then resend.",
    ),
    office(
        "SKU_INACTIVE",
        "lines[].sku",
        "Whistl has this SKU switched off.",
        "Ask Whistl to switch the SKU on again, or take the line off the sale, then resend.",
    ),
    of(
        Owner::Support,
        office(
            "DUPLICATE_SKU",
            "lines[].sku",
            "The message carried one SKU on two lines.",
            "Stockbridge should have summed the lines: report this order to support.",
        ),
    ),
    office(
        "QUANTITY_INVALID",
        "lines[].quantity",
        "Whistl cannot carry this quantity.",
        "Make it a whole number from 1 to 9999 in Cin7 Core, then resend.",
    ),
    office(
        "NO_LINES",
        "lines",
        "The order has no line Whistl could pick.",
        "Add goods to the sale in Cin7 Core, then resend.",
    ),
    office(
        "TOO_MANY_LINES",
        "lines",
        "The order has more lines than Whistl carries.",
        "Split the sale in Cin7 Core, then resend.",
    ),
    office(
        "REF_FORMAT",
        "client_ref",
        "The order number cannot serve as Whistl's reference.",
        "Shorten the order number in Cin7 Core to letters, digits and hyphens, then resend.",
    ),
    office(
        "NAME_MISSING",
        "delivery.name",
        "There is nobody to deliver to.",
        "Fill in the delivery contact in Cin7 Core, then resend.",
    ),
    office(
        "NAME_TOO_LONG",
        "delivery.name",
        "The recipient's name does not fit the label.",
        "Shorten the delivery contact in Cin7 Core, then resend.",
    ),
    office(
        "ADDRESS_MISSING",
        "delivery.line1",
        "The delivery address is incomplete.",
        "Complete the delivery address in Cin7 Core, then resend.",
    ),
    office(
        "ADDRESS_TOO_LONG",
        "delivery.line1",
        "A part of the address does not fit the label.",
        "Shorten the delivery address in Cin7 Core, then resend.",
    ),
    office(
        "POSTCODE_MISSING",
        "delivery.postcode",
        "The postcode is missing.",
        "Ask the customer for the postcode, enter it in Cin7 Core, then resend.",
    ),
    office(
        "POSTCODE_FORMAT",
        "delivery.postcode",
        "The postcode is not one.",
        "Ask the customer for the postcode, correct it in Cin7 Core, then resend.",
    ),
    office(
        "POSTCODE_UNKNOWN",
        "delivery.postcode",
        "The postcode looks right and does not exist.",
        "Ask the customer for the postcode, correct it in Cin7 Core, then resend.",
    ),
    office(
        "COUNTRY_UNKNOWN",
        "delivery.country",
        "Whistl does not know this country.",
        "Correct the delivery country in Cin7 Core, then resend.",
    ),
    office(
        "COUNTRY_NOT_SERVED",
        "delivery.country",
        "Whistl does not deliver to this country.",
        "Choose a service that goes there, or another carrier, then resend.",
    ),
    office(
        "PHONE_MISSING",
        "delivery.phone",
        "Whistl needs a telephone number.",
        "Ask the customer for a number, enter it in Cin7 Core, then resend.",
    ),
    office(
        "PHONE_FORMAT",
        "delivery.phone",
        "The telephone number cannot be one.",
        "Ask the customer for the number, correct it in Cin7 Core, then resend.",
    ),
    office(
        "EMAIL_FORMAT",
        "delivery.email",
        "The e-mail address cannot be one.",
        "Correct or remove the e-mail address in Cin7 Core, then resend.",
    ),
    office(
        "SERVICE_UNKNOWN",
        "service_code",
        "Whistl does not offer this service.",
        "Map the shipping method to a service Whistl offers, then resend.",
    ),
    office(
        "SERVICE_INACTIVE",
        "service_code",
        "Whistl no longer offers this service.",
        "Map the shipping method to a service Whistl offers, then resend.",
    ),
    office(
        "SERVICE_NOT_FOR_ADDRESS",
        "service_code",
        "The service does not go to this address.",
        "Choose another shipping method in Cin7 Core, then resend.",
    ),
    office(
        "OVER_WEIGHT",
        "service_code",
        "The order is too heavy for its service.",
        "Choose a service for heavier parcels, or split the sale in Cin7 Core, then resend.",
    ),
    office(
        "CHARSET",
        "delivery.name",
        "The label cannot print some of the characters.",
        "Write the marked text in plain Latin letters in Cin7 Core, then resend.",
    ),
    office(
        "NOTE_TOO_LONG",
        "delivery_note",
        "The delivery note is too long.",
        "Shorten the shipping notes in Cin7 Core, then resend.",
    ),
    office(
        "NO_STOCK",
        "lines[].quantity",
        "Whistl has no stock for it.",
        "Wait for stock and resend; if the goods are there, ask Whistl to count them.",
    ),
    office(
        "CUSTOMS_DATA",
        "customs",
        "Customs data is missing for a parcel abroad.",
        "Ask Whistl how to send this order abroad; Stockbridge sends no customs data yet.",
    ),
    office(
        "REF_CONFLICT",
        "client_ref",
        "Whistl holds another order under this number.",
        "Look at both orders; withdraw the one at Whistl before resending.",
    ),
    office(
        "REF_CANCELLED",
        "client_ref",
        "The number belongs to a cancelled order at Whistl.",
        "Resend: the order goes out under a new reference.",
    ),
    office(
        "ACCOUNT_STOPPED",
        "",
        "Whistl has stopped the account (credit or contract).",
        "Call Whistl; resend once the account is open again.",
    ),
    of(
        Owner::Support,
        office(
            "FILE_FORMAT",
            "",
            "Whistl could not read the message.",
            "Stockbridge wrote a bad message: report this order to support.",
        ),
    ),
    office(
        "FILE_HAS_ERRORS",
        "",
        "Whistl refused the whole message for faults in it.",
        "Correct the faults Whistl names beside this one, then resend.",
    ),
    of(
        Owner::Warehouse,
        office(
            "INTERNAL_REJECT",
            "",
            "Whistl could not say why.",
            "Ask Whistl's IT desk why this order was refused, then resend.",
        ),
    ),
];
