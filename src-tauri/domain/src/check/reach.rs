//! How to reach the recipient: telephone and e-mail (LC-14, LC-15).
//!
//! How a number is read is decided in [`super::telephone`]; here is decided whose number
//! it may be and what becomes of a bad one.

use super::findings::{Findings, office};
use super::spelling::shown;
use super::telephone::{Phone, PhoneFaultKind, tidy_phone};
use super::text::{Mark, marks_of, whole};
use crate::{CountryCode, HoldCode, Known, NoteCode, Rules, Sale, Severity};

/// Above this an e-mail does not fit every site's label (observed: one site's table
/// holds 35), which is worth a note.
const SHORT_EMAIL: usize = 35;

/// The number the warehouse dials: the sale's, or, where the rule allows it and the sale
/// has none, the first usable one of the customer's contacts, mobile before landline.
pub(crate) fn phone(
    sale: &Sale,
    country: Option<&CountryCode>,
    rules: &Rules,
    known: &dyn Known,
    findings: &mut Findings,
) -> Option<String> {
    let raw = sale.phone.as_str();
    let most = rules.limits.phone_digits;
    let Some(country) = country else {
        // Without a country a number cannot be judged, but an empty field stays empty.
        if raw.trim().is_empty() && !(rules.phone_from_contacts && any_number(known)) {
            missing_phone(raw, rules, known, "a telephone number", findings);
        }
        return None;
    };
    let fault = match tidy_phone(raw, country, most) {
        Ok(phone) => return Some(tidied_phone(raw, phone, findings)),
        Err(fault) => fault,
    };
    match fault.kind {
        PhoneFaultKind::Missing => {
            let from_contact = from_contacts(country, rules, known, findings);
            if from_contact.is_none() {
                missing_phone(raw, rules, known, &fault.expected, findings);
            }
            from_contact
        }
        PhoneFaultKind::Invalid => {
            let fix = format!(
                "Correct the telephone number on the sale in Cin7 Core, asking the customer if need \
                 be; the rule: {}.",
                fault.expected
            );
            let code = HoldCode::PhoneInvalid;
            let reason = office(code, "Phone", raw, fault.marks, fault.expected, fix);
            if rules.phone == Severity::Off {
                let text = format!("{} is no telephone number, so it was left out.", shown(raw));
                findings.note(NoteCode::Warning, "Phone", text);
            }
            findings.hold_if(rules.phone, reason);
            None
        }
    }
}

fn any_number(known: &dyn Known) -> bool {
    known
        .contacts()
        .iter()
        .any(|contact| !contact.mobile.trim().is_empty() || !contact.phone.trim().is_empty())
}

fn tidied_phone(raw: &str, phone: Phone, findings: &mut Findings) -> String {
    if phone.digits != raw.trim() {
        let text = format!("The telephone number is written {}.", phone.digits);
        findings.note(NoteCode::PhoneTidied, "Phone", text);
    }
    if let Some(warning) = phone.warning {
        findings.note(NoteCode::Warning, "Phone", warning);
    }
    phone.digits
}

fn from_contacts(
    country: &CountryCode,
    rules: &Rules,
    known: &dyn Known,
    findings: &mut Findings,
) -> Option<String> {
    if !rules.phone_from_contacts {
        return None;
    }
    for contact in known.contacts() {
        for (raw, sort) in [(&contact.mobile, "mobile"), (&contact.phone, "telephone")] {
            if let Ok(phone) = tidy_phone(raw, country, rules.limits.phone_digits) {
                let name = contact.name.trim();
                let of = if name.is_empty() {
                    "a contact without a name"
                } else {
                    name
                };
                let text = format!(
                    "The sale has no telephone number; the {sort} number {} of {of} on the \
                     customer's record is used.",
                    phone.digits
                );
                findings.note(NoteCode::PhoneFromContact, "Phone", text);
                return Some(phone.digits);
            }
        }
    }
    None
}

fn missing_phone(
    raw: &str,
    rules: &Rules,
    known: &dyn Known,
    expected: &str,
    findings: &mut Findings,
) {
    let fix = match (any_number(known), rules.phone_from_contacts) {
        (true, false) => {
            "Fill in the telephone number on the sale in Cin7 Core; the customer's record has one, \
             but the rule does not let it stand in."
        }
        (true, true) => {
            "Ask the customer for a telephone number and fill it in on the sale in Cin7 Core; none \
             on the customer's record can be dialled."
        }
        (false, _) => {
            "Ask the customer for a telephone number and fill it in on the sale in Cin7 Core."
        }
    };
    let reason = office(
        HoldCode::PhoneMissing,
        "Phone",
        raw,
        whole(raw),
        expected,
        fix,
    );
    findings.hold_if(rules.phone, reason);
}

/// The e-mail address; one that cannot be one is left out where the rule does not hold.
pub(crate) fn email(sale: &Sale, rules: &Rules, findings: &mut Findings) -> Option<String> {
    let raw = sale.email.as_str();
    let text = raw.trim();
    if text.is_empty() {
        return None;
    }
    let limit = rules.limits.email;
    let length = text.chars().count();
    let start = raw.chars().take_while(|c| c.is_whitespace()).count();
    let marks = email_faults(text, start);
    let path = "Email";
    let code = HoldCode::EmailInvalid;
    let reason = if !marks.is_empty() {
        let fix = "Correct the e-mail address on the sale in Cin7 Core: one address, one @, no \
                   blanks; or clear the field.";
        office(
            code,
            path,
            raw,
            marks,
            "one address with one @, text on both sides",
            fix,
        )
    } else if length > limit {
        let fix = format!(
            "Use a shorter e-mail address on the sale in Cin7 Core ({length} of {limit} \
             characters), or clear the field."
        );
        let marks = vec![(start + limit, start + length)];
        let expected = format!("at most {limit} characters; this has {length} of {limit}");
        office(code, path, raw, marks, expected, fix)
    } else {
        if length > SHORT_EMAIL {
            let said = format!(
                "The e-mail address has {length} characters; some of Whistl's labels hold \
                 {SHORT_EMAIL}."
            );
            findings.note(NoteCode::Warning, path, said);
        }
        return Some(text.to_owned());
    };
    if rules.email == Severity::Off {
        findings.note(
            NoteCode::Warning,
            path,
            "The e-mail address is none, so it was left out.",
        );
    }
    findings.hold_if(rules.email, reason);
    None
}

/// The parts of an address that keep it from being one, as marks; `start` characters
/// stand before `text` in the field.
fn email_faults(text: &str, start: usize) -> Vec<Mark> {
    let mut ats = 0;
    let mut places = Vec::new();
    for (place, c) in text.chars().enumerate() {
        let second_at = c == '@' && {
            ats += 1;
            ats > 1
        };
        let odd = !c.is_ascii_graphic() && !('\u{A1}'..='\u{FF}').contains(&c);
        if second_at || odd {
            places.push(start + place);
        }
    }
    let length = text.chars().count();
    if places.is_empty() && (ats == 0 || text.starts_with('@') || text.ends_with('@')) {
        return vec![(start, start + length)];
    }
    marks_of(places)
}
