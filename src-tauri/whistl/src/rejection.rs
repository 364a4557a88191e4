//! Why the warehouse refused an order: its words, and ours. The table is the contract's
//! section 13; a word that is not in it is shown word for word, to the office first.

use domain::Owner;

/// A refusal of a whole order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Every reason they gave; at least one.
    pub reasons: Vec<RejectionReason>,
    /// They name only the first fault they find: more may follow after the fix.
    pub first_only: bool,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectionReason {
    /// Their word, word for word.
    pub code: String,
    /// Whether the word is one of the contract's; if not, it deserves an alert.
    pub known: bool,
    /// Field of the message in their spelling, `lines[1].sku`, or "".
    pub field: String,
    /// Value they found there, or "".
    pub value: String,
    /// Their words for people.
    pub message: String,
    /// What it means, in one plain sentence.
    pub plain: String,
    /// Who must act.
    pub owner: Owner,
    /// What to do, in one sentence.
    pub fix: String,
}

impl RejectionReason {
    /// A reason from their words. `word` is the contract's for their `code`.
    pub(crate) fn new(code: &str, word: &str, field: &str, value: &str, message: &str) -> Self {
        let meaning = meaning(word);
        let field = if field.is_empty() {
            meaning.map_or("", |meaning| meaning.field)
        } else {
            field
        };
        Self {
            code: code.to_owned(),
            known: meaning.is_some(),
            field: field.to_owned(),
            value: value.to_owned(),
            message: message.to_owned(),
            plain: meaning.map_or_else(|| unknown_plain(code, message), |m| m.plain.to_owned()),
            owner: meaning.map_or(Owner::Office, |meaning| meaning.owner),
            fix: meaning.map_or_else(|| unknown_fix(code), |meaning| meaning.fix.to_owned()),
        }
    }

    /// The field of the Cin7 sale it is about. `sale_lines` says which lines of the sale
    /// make up each line sent ([`crate::Submission::sale_lines`]); without it a line's
    /// number stays open.
    pub fn cin7_field(&self, sale_lines: &[Vec<usize>]) -> String {
        cin7_field(&self.field, sale_lines)
    }
}

fn unknown_plain(code: &str, message: &str) -> String {
    if message.is_empty() {
        format!("Whistl refused it with “{code}”, a word it has not explained.")
    } else {
        format!("Whistl refused it with “{code}”: {message}")
    }
}

fn unknown_fix(code: &str) -> String {
    format!("Correct what Whistl names and resend; if “{code}” does not say what, ask Whistl.")
}

/// The field of the Cin7 sale behind a field of the message; the sale's number when the
/// field belongs to no single one.
pub fn cin7_field(field: &str, sale_lines: &[Vec<usize>]) -> String {
    if let Some((at, part)) = line_field(field) {
        let part = match part {
            "quantity" => "Quantity",
            "description" => "Name",
            "unit_value" => "Price",
            "currency" => return "CustomerCurrency".to_owned(),
            _ => "SKU",
        };
        let of_sale = at
            .and_then(|at| sale_lines.get(at))
            .map(Vec::as_slice)
            .unwrap_or_default();
        return sale_line_fields(of_sale, part);
    }
    let known = match field {
        "lines" => "Order.Lines",
        "order_date" => "SaleOrderDate",
        "service_code" => "Carrier",
        "required_by" => "ShipBy",
        "delivery.name" => "ShippingAddress.Contact",
        "delivery.company" => "ShippingAddress.Company",
        "delivery" | "delivery.line1" => "ShippingAddress.Line1",
        "delivery.line2" | "delivery.line3" => "ShippingAddress.Line2",
        "delivery.town" => "ShippingAddress.City",
        "delivery.county" => "ShippingAddress.State",
        "delivery.postcode" => "ShippingAddress.Postcode",
        "delivery.country" => "ShippingAddress.Country",
        "delivery.phone" => "Phone",
        "delivery.email" => "Email",
        "delivery_note" => "ShippingNotes",
        "source.document_id" => "ID",
        "source.channel" => "SourceChannel",
        _ => "Order.SaleOrderNumber",
    };
    known.to_owned()
}

/// The place of a line (from 0, where it can be read) and the part of it.
fn line_field(field: &str) -> Option<(Option<usize>, &str)> {
    let (at, rest) = field.strip_prefix("lines[")?.split_once(']')?;
    Some((at.trim().parse().ok(), rest.trim_start_matches('.')))
}

/// That part of these lines of the sale; `Order.Lines[].SKU` when it is not known which.
pub(crate) fn sale_line_fields(sale_lines: &[usize], part: &str) -> String {
    if sale_lines.is_empty() {
        return format!("Order.Lines[].{part}");
    }
    let each: Vec<String> = sale_lines
        .iter()
        .map(|line| format!("Order.Lines[{line}].{part}"))
        .collect();
    each.join(", ")
}

/// What one of the contract's words means.
struct Meaning {
    word: &'static str,
    /// Field of the message it is about when they name none.
    field: &'static str,
    owner: Owner,
    plain: &'static str,
    fix: &'static str,
}

fn meaning(word: &str) -> Option<&'static Meaning> {
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

const MEANINGS: &[Meaning] = &[
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(code: &str, field: &str, value: &str) -> RejectionReason {
        RejectionReason::new(code, code, field, value, "their words")
    }

    #[test]
    fn a_refused_sku_leads_to_the_very_line_of_the_sale() {
        let refused = reason("SKU_FORMAT", "lines[1].sku", "ITEM-01_BLUE");
        assert_eq!(
            refused.cin7_field(&[vec![0], vec![2]]),
            "Order.Lines[2].SKU"
        );
        assert_eq!(
            refused.cin7_field(&[vec![0], vec![2, 5]]),
            "Order.Lines[2].SKU, Order.Lines[5].SKU"
        );
        assert_eq!(refused.cin7_field(&[]), "Order.Lines[].SKU");
        assert_eq!(refused.owner, Owner::Office);
    }

    #[test]
    fn a_refusal_without_a_field_still_leads_to_one() {
        assert_eq!(reason("PHONE_MISSING", "", "").cin7_field(&[]), "Phone");
        assert_eq!(
            reason("POSTCODE_UNKNOWN", "", "").cin7_field(&[]),
            "ShippingAddress.Postcode"
        );
        assert_eq!(
            reason("NO_STOCK", "", "").cin7_field(&[]),
            "Order.Lines[].Quantity"
        );
        assert_eq!(
            reason("ACCOUNT_STOPPED", "", "").cin7_field(&[]),
            "Order.SaleOrderNumber"
        );
    }

    #[test]
    fn an_unknown_word_is_shown_word_for_word_to_the_office() {
        let refused = reason("Gremlins!", "delivery.moat", "deep");
        assert_eq!((refused.code.as_str(), refused.known), ("Gremlins!", false));
        assert_eq!(refused.owner, Owner::Office);
        assert!(refused.plain.contains("Gremlins!") && refused.plain.contains("their words"));
        assert!(refused.fix.contains("Gremlins!"));
        assert_eq!(refused.cin7_field(&[]), "Order.SaleOrderNumber");
    }

    #[test]
    fn every_word_of_the_contract_has_a_meaning_a_fix_and_an_owner_of_its_own() {
        let words: Vec<&str> = MEANINGS.iter().map(|m| m.word).collect();
        assert_eq!(words.len(), 34, "section 13 of the contract names 34 words");
        for (at, meaning) in MEANINGS.iter().enumerate() {
            assert!(
                !words[..at].contains(&meaning.word),
                "{} stands twice",
                meaning.word
            );
            assert!(
                meaning.plain.ends_with('.') && meaning.fix.ends_with('.'),
                "{}",
                meaning.word
            );
        }
        let support = |word| meaning(word).unwrap().owner;
        assert_eq!(support("DUPLICATE_SKU"), Owner::Support);
        assert_eq!(support("INTERNAL_REJECT"), Owner::Warehouse);
    }

    #[test]
    fn a_line_number_that_makes_no_sense_stays_open() {
        for field in [
            "lines[99].sku",
            "lines[x].sku",
            "lines[-1].sku",
            "lines[].sku",
        ] {
            assert_eq!(
                cin7_field(field, &[vec![0]]),
                "Order.Lines[].SKU",
                "{field}"
            );
        }
        assert_eq!(cin7_field("lines[0", &[]), "Order.SaleOrderNumber");
    }
}
