//! To whom and where: name, firm, town, county, postcode, country, each within the
//! label's limits (LC-09 to LC-13, LC-17). The street is in [`super::address`], how to
//! reach the recipient in [`super::reach`].
//!
//! How a postcode or a country is read is decided next door; here it is asked, and the
//! answer becomes a reason or a note.

use super::address;
use super::country::{CountryReading, country_name};
use super::findings::{Field, Findings, office};
use super::postcode::{PostcodeFaultKind, tidy_postcode};
use super::reach;
use super::text::{Breaks, whole};
use crate::{CountryCode, Delivery, HoldCode, Known, NoteCode, Rules, Sale};

/// The delivery, in full only if no reason was found; `None` without a country.
pub(crate) fn check(
    sale: &Sale,
    country: &CountryReading,
    rules: &Rules,
    known: &dyn Known,
    findings: &mut Findings,
) -> Option<Delivery> {
    let limits = &rules.limits;
    let code = match country {
        CountryReading::Known(code) => Some(code),
        CountryReading::Missing | CountryReading::Unknown => None,
    };
    let phone = reach::phone(sale, code, rules, known, findings);
    let email = reach::email(sale, rules, findings);
    let name = name(sale, limits.name, findings);
    let company = optional(
        Field {
            path: "ShippingAddress.Company",
            label: "the company",
            raw: &sale.ship_to.company,
        },
        limits.company,
        findings,
    );
    let lines = address::lines(sale, rules, findings);
    let town = town(sale, limits.town, findings);
    let county = optional(
        Field {
            path: "ShippingAddress.State",
            label: "the county",
            raw: &sale.ship_to.county,
        },
        limits.county,
        findings,
    );
    let postcode = postcode(sale, code, findings);
    note_country(sale, country, findings);
    let country = code?.clone();
    Some(Delivery {
        name,
        company,
        lines,
        town,
        county,
        postcode,
        country,
        phone,
        email,
    })
}

/// Who the parcel is for. Cin7 itself falls back on the sale's contact and then on the
/// customer when the address names nobody.
fn name(sale: &Sale, limit: usize, findings: &mut Findings) -> String {
    let label = "the recipient's name";
    let path = "ShippingAddress.Contact";
    let named = [
        Field {
            path,
            label,
            raw: &sale.ship_to.contact,
        },
        Field {
            path: "Contact",
            label,
            raw: &sale.contact,
        },
        Field {
            path: "Customer",
            label,
            raw: &sale.customer,
        },
    ];
    if let Some(field) = named.into_iter().find(|field| !field.is_blank()) {
        return field.read_within(limit, HoldCode::NameTooLong, Breaks::AreFaults, findings);
    }
    let raw = sale.ship_to.contact.as_str();
    let fix = "Fill in the contact of the shipping address in Cin7 Core: the sale names nobody to \
               deliver to.";
    findings.hold(office(
        HoldCode::NameMissing,
        path,
        raw,
        whole(raw),
        "a recipient",
        fix,
    ));
    String::new()
}

fn town(sale: &Sale, limit: usize, findings: &mut Findings) -> String {
    let field = Field {
        path: "ShippingAddress.City",
        label: "the town",
        raw: &sale.ship_to.town,
    };
    if field.is_blank() {
        address::missing(sale, field, findings);
        return String::new();
    }
    field.read_within(limit, HoldCode::AddressTooLong, Breaks::AreFaults, findings)
}

fn optional(field: Field<'_>, limit: usize, findings: &mut Findings) -> Option<String> {
    if field.raw.is_empty() {
        return None;
    }
    let text = field.read_within(limit, HoldCode::AddressTooLong, Breaks::AreFaults, findings);
    (!text.is_empty()).then_some(text)
}

/// The postcode in its country's form. Without a country only its absence can be told.
fn postcode(sale: &Sale, country: Option<&CountryCode>, findings: &mut Findings) -> String {
    let raw = sale.ship_to.postcode.as_str();
    let path = "ShippingAddress.Postcode";
    let Some(country) = country else {
        if raw.trim().is_empty() {
            let fix = "Fill in the postcode of the shipping address in Cin7 Core, if its country \
                       has one.";
            let code = HoldCode::PostcodeMissing;
            findings.hold(office(code, path, raw, whole(raw), "a postcode", fix));
        }
        return String::new();
    };
    match tidy_postcode(raw, country) {
        Ok(postcode) => {
            if postcode != raw.trim() {
                let text = format!("The postcode is written {postcode}.");
                findings.note(NoteCode::PostcodeTidied, path, text);
            }
            postcode
        }
        Err(fault) => {
            let expected = &fault.expected;
            let (code, fix) = match fault.kind {
                PostcodeFaultKind::Missing => (
                    HoldCode::PostcodeMissing,
                    format!(
                        "Ask the customer for the postcode and fill it in in Cin7 Core ({expected})."
                    ),
                ),
                PostcodeFaultKind::Invalid => (
                    HoldCode::PostcodeInvalid,
                    format!(
                        "Correct the postcode in Cin7 Core, asking the customer if need be; the \
                         rule: {expected}."
                    ),
                ),
            };
            findings.hold(office(code, path, raw, fault.marks, fault.expected, fix));
            String::new()
        }
    }
}

fn note_country(sale: &Sale, country: &CountryReading, findings: &mut Findings) {
    let raw = sale.ship_to.country.as_str();
    let (code, expected, fix) = match country {
        CountryReading::Known(_) => return,
        CountryReading::Missing => (
            HoldCode::CountryMissing,
            "a country",
            "Fill in the country of the shipping address in Cin7 Core.",
        ),
        CountryReading::Unknown => (
            HoldCode::CountryUnsupported,
            "the name of a country or its two-letter code",
            "Correct the country of the shipping address in Cin7 Core, for instance to United \
             Kingdom or GB.",
        ),
    };
    findings.hold(office(
        code,
        "ShippingAddress.Country",
        raw,
        whole(raw),
        expected,
        fix,
    ));
}

/// The reason for a country the chosen service does not go to.
pub(crate) fn country_not_served(
    sale: &Sale,
    country: &CountryCode,
    service: &str,
    others: &str,
) -> crate::Reason {
    let raw = sale.ship_to.country.as_str();
    let name = country_name(country);
    let fix = format!(
        "Choose a shipping method in Cin7 Core that goes to {name}: {service} does not{others}."
    );
    let expected = format!("a country {service} goes to");
    office(
        HoldCode::CountryUnsupported,
        "ShippingAddress.Country",
        raw,
        whole(raw),
        expected,
        fix,
    )
}
