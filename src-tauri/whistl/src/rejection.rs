//! Why the warehouse refused an order: its words, and ours. A word that is not in the
//! contract's table is shown word for word, to the office first.

use domain::Owner;

use crate::meaning::meaning;

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

/// That part of these lines of the sale; `Order.Lines.SKU` when it is not known which.
pub(crate) fn sale_line_fields(sale_lines: &[usize], part: &str) -> String {
    if sale_lines.is_empty() {
        return format!("Order.Lines.{part}");
    }
    let each: Vec<String> = sale_lines
        .iter()
        .map(|line| format!("Order.Lines[{line}].{part}"))
        .collect();
    each.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::MEANINGS;

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
        assert_eq!(refused.cin7_field(&[]), "Order.Lines.SKU");
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
            "Order.Lines.Quantity"
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
            assert_eq!(cin7_field(field, &[vec![0]]), "Order.Lines.SKU", "{field}");
        }
        assert_eq!(cin7_field("lines[0", &[]), "Order.SaleOrderNumber");
    }
}
