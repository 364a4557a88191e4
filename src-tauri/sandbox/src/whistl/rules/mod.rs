//! The content rules: everything that makes the warehouse refuse a readable order,
//! all reasons collected, in the order of the table in the contract's section 13.
//! Pure: judges, changes nothing.

mod address;
mod countries;
mod lines;
mod postcode;

use serde_json::{Value, json};

use super::items::ItemBook;
use super::refusal::Rejection;
use super::services::{Applied, ServiceBook};
use super::submission::Submission;

/// The codes of section 13 in its order. Codes the table does not know come last.
const TABLE: [&str; 34] = [
    "SKU_FORMAT",
    "SKU_UNKNOWN",
    "SKU_INACTIVE",
    "DUPLICATE_SKU",
    "QUANTITY_INVALID",
    "NO_LINES",
    "TOO_MANY_LINES",
    "REF_FORMAT",
    "NAME_MISSING",
    "NAME_TOO_LONG",
    "ADDRESS_MISSING",
    "ADDRESS_TOO_LONG",
    "POSTCODE_MISSING",
    "POSTCODE_FORMAT",
    "POSTCODE_UNKNOWN",
    "COUNTRY_UNKNOWN",
    "COUNTRY_NOT_SERVED",
    "PHONE_MISSING",
    "PHONE_FORMAT",
    "EMAIL_FORMAT",
    "SERVICE_UNKNOWN",
    "SERVICE_INACTIVE",
    "SERVICE_NOT_FOR_ADDRESS",
    "OVER_WEIGHT",
    "CHARSET",
    "NOTE_TOO_LONG",
    "NO_STOCK",
    "CUSTOMS_DATA",
    "REF_CONFLICT",
    "REF_CANCELLED",
    "ACCOUNT_STOPPED",
    "FILE_FORMAT",
    "FILE_HAS_ERRORS",
    "INTERNAL_REJECT",
];

/// Longest client reference of the default profile.
const REF_MAX: usize = 12;

/// What the rules need to know of the warehouse and its account.
pub(super) struct Rules<'a> {
    /// Items on file.
    pub(super) items: &'a ItemBook,
    /// Services on offer.
    pub(super) services: &'a ServiceBook,
    /// This warehouse's code.
    pub(super) warehouse: &'a str,
    /// Whether orders beyond what is available are refused (`NO_STOCK`).
    pub(super) refuse_without_stock: bool,
    /// Whether orders abroad need customs data (`CUSTOMS_DATA`).
    pub(super) customs_required: bool,
}

/// Reasons found so far, with the submission they are found in.
struct Findings<'a> {
    sent: &'a Submission,
    reasons: Vec<Rejection>,
}

impl Findings<'_> {
    fn add(&mut self, code: &str, field: &str, message: &str) {
        self.reasons.push(Rejection {
            code: code.into(),
            field: Some(field.into()),
            value: self.sent.sent_at(field),
            message: message.into(),
        });
    }
}

impl Rules<'_> {
    /// The service the order gets, or every reason against it.
    pub(super) fn judge(&self, sent: &Submission) -> Result<Applied, Vec<Rejection>> {
        let mut found = Findings {
            sent,
            reasons: Vec::new(),
        };
        lines::check(sent, self.items, &mut found);
        check_reference(sent, &mut found);
        address::check(sent, self.services, &mut found);
        check_characters(sent, &mut found);
        check_notes(sent, &mut found);
        self.check_account(sent, &mut found);
        let country = address::usable_country(sent, self.services);
        let mut reasons = found.reasons;
        match self.services.choose(sent.service_code.as_deref(), country) {
            Ok(applied) if reasons.is_empty() => Ok(applied),
            Ok(_) => Err(in_table_order(reasons)),
            Err(reason) => {
                reasons.push(*reason);
                Err(in_table_order(reasons))
            }
        }
    }

    fn check_account(&self, sent: &Submission, found: &mut Findings<'_>) {
        if sent
            .warehouse
            .as_deref()
            .is_some_and(|name| name != self.warehouse)
        {
            let message = format!("This account ships from {} only.", self.warehouse);
            found.add("INTERNAL_REJECT", "warehouse", &message);
        }
        if self.refuse_without_stock {
            for line in &sent.lines {
                let on_file = line.sku.as_ref().and_then(|sku| self.items.get(sku));
                if on_file.is_some_and(|item| line.quantity > Some(item.available().into())) {
                    let field = format!("lines[{}].quantity", line.index);
                    found.add("NO_STOCK", &field, "Not enough stock.");
                }
            }
        }
        if self.customs_required && sent.delivery.country.as_deref() != Some("GB") {
            check_customs(sent, found);
        }
    }
}

/// Sorts reasons as section 13 lists their codes, keeping the order within a code.
pub(super) fn in_table_order(mut reasons: Vec<Rejection>) -> Vec<Rejection> {
    reasons.sort_by_key(|reason| {
        TABLE
            .iter()
            .position(|code| *code == reason.code)
            .unwrap_or(TABLE.len())
    });
    reasons
}

/// Whether a code stands in section 13's table.
pub(super) fn is_known_code(code: &str) -> bool {
    TABLE.contains(&code)
}

fn check_reference(sent: &Submission, found: &mut Findings<'_>) {
    let reference = sent.client_ref.as_deref().unwrap_or_default();
    let marks_fit = reference
        .bytes()
        .all(|mark| mark.is_ascii_alphanumeric() || mark == b'-');
    let begins_well = reference
        .bytes()
        .next()
        .is_some_and(|mark| mark.is_ascii_alphanumeric());
    if !marks_fit || !begins_well || reference.len() > REF_MAX {
        let message = format!(
            "Reference must be 1 to {REF_MAX} letters, digits or hyphens and begin with a letter \
             or digit."
        );
        found.add("REF_FORMAT", "client_ref", &message);
    }
}

/// Text that a label can show: no control characters, nothing beyond Latin-1.
fn check_characters(sent: &Submission, found: &mut Findings<'_>) {
    let to = &sent.delivery;
    let mut fields = vec![
        ("delivery.name".to_owned(), &to.name),
        ("delivery.company".to_owned(), &to.company),
        ("delivery.line1".to_owned(), &to.line1),
        ("delivery.line2".to_owned(), &to.line2),
        ("delivery.line3".to_owned(), &to.line3),
        ("delivery.town".to_owned(), &to.town),
        ("delivery.county".to_owned(), &to.county),
        ("delivery.postcode".to_owned(), &to.postcode),
        ("delivery.email".to_owned(), &to.email),
        ("delivery_note".to_owned(), &sent.delivery_note),
        ("gift_message".to_owned(), &sent.gift_message),
    ];
    for line in &sent.lines {
        fields.push((
            format!("lines[{}].description", line.index),
            &line.description,
        ));
    }
    for (field, text) in fields {
        let odd = text.iter().flat_map(|text| text.chars());
        let odd: String = odd
            .filter(|mark| mark.is_control() || *mark > '\u{ff}')
            .collect();
        if !odd.is_empty() {
            let message = format!("Cannot be printed: {}.", odd.escape_debug());
            found.add("CHARSET", &field, &message);
        }
    }
}

/// Notes, and the free texts that have a limit but no code of their own.
fn check_notes(sent: &Submission, found: &mut Findings<'_>) {
    let fields = [
        ("delivery_note", &sent.delivery_note, 200),
        ("gift_message", &sent.gift_message, 300),
        ("source.document_id", &sent.document_id, 64),
        ("source.channel", &sent.channel, 35),
    ];
    for (field, text, limit) in fields {
        if let Some(text) = text
            && address::too_long(text, limit)
        {
            found.add(
                "NOTE_TOO_LONG",
                field,
                &address::length_message(text, limit),
            );
        }
    }
}

/// Abroad every line needs its value, and its commodity code and origin under `customs`.
fn check_customs(sent: &Submission, found: &mut Findings<'_>) {
    let declared = sent
        .customs
        .as_ref()
        .and_then(|customs| customs.get("lines"));
    for line in &sent.lines {
        let index = line.index;
        let entry = declared
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .find(|entry| entry.get("line_no") == Some(&json!(line.line_no)));
        let says = |key: &str| {
            entry
                .and_then(|entry| entry.get(key))
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        if line.unit_value.is_none() || line.currency.is_none() {
            let field = format!("lines[{index}].unit_value");
            found.add(
                "CUSTOMS_DATA",
                &field,
                "Value and currency are required abroad.",
            );
        }
        if says("commodity_code").is_empty() || says("origin").is_empty() {
            let field = format!("customs.lines[{index}]");
            found.add(
                "CUSTOMS_DATA",
                &field,
                "Commodity code and origin are required abroad.",
            );
        }
    }
}
