//! Whether the delivery part of an order can be printed, driven to and telephoned:
//! names, address, postcode, country, telephone, e-mail (contract, sections 2.1, 13).

use super::{Findings, countries, postcode};
use crate::whistl::services::ServiceBook;
use crate::whistl::submission::Submission;

/// Longest name, company, address line, town or county.
const TEXT_MAX: usize = 35;
/// Longest e-mail address.
const EMAIL_MAX: usize = 80;

/// Looks at every field of the delivery part.
pub(super) fn check(sent: &Submission, services: &ServiceBook, found: &mut Findings<'_>) {
    let to = &sent.delivery;
    match &to.name {
        None => found.add("NAME_MISSING", "delivery.name", "A name is required."),
        Some(name) if too_long(name, TEXT_MAX) => {
            found.add(
                "NAME_TOO_LONG",
                "delivery.name",
                &length_message(name, TEXT_MAX),
            );
        }
        Some(_) => {}
    }
    check_lines(sent, found);
    let country = check_country(to.country.as_deref(), services, found);
    check_postcode(to.postcode.as_deref(), country, found);
    match &to.phone {
        None => found.add(
            "PHONE_MISSING",
            "delivery.phone",
            "A telephone number is required.",
        ),
        Some(phone) if !is_phone(phone) => {
            let message = "Telephone must be 10 to 12 digits and nothing else.";
            found.add("PHONE_FORMAT", "delivery.phone", message);
        }
        Some(_) => {}
    }
    if to.email.as_deref().is_some_and(|email| !is_email(email)) {
        let message = "E-mail must have one @ with text on both sides, at most 80 characters.";
        found.add("EMAIL_FORMAT", "delivery.email", message);
    }
}

/// The country if it is one and is reached, so that later rules may rely on it.
pub(super) fn usable_country<'a>(sent: &'a Submission, services: &ServiceBook) -> Option<&'a str> {
    sent.delivery
        .country
        .as_deref()
        .filter(|code| countries::is_country(code) && services.reaches(code))
}

fn check_lines(sent: &Submission, found: &mut Findings<'_>) {
    let to = &sent.delivery;
    let fields = [
        ("delivery.company", &to.company, false),
        ("delivery.line1", &to.line1, true),
        ("delivery.line2", &to.line2, false),
        ("delivery.line3", &to.line3, false),
        ("delivery.town", &to.town, true),
        ("delivery.county", &to.county, false),
    ];
    for (field, text, required) in fields {
        match text {
            None if required => {
                let name = field.trim_start_matches("delivery.");
                found.add(
                    "ADDRESS_MISSING",
                    field,
                    &format!("Address {name} is required."),
                );
            }
            Some(text) if too_long(text, TEXT_MAX) => {
                found.add("ADDRESS_TOO_LONG", field, &length_message(text, TEXT_MAX));
            }
            _ => {}
        }
    }
}

/// Judges the country; gives it back if it is a country at all.
fn check_country<'a>(
    country: Option<&'a str>,
    services: &ServiceBook,
    found: &mut Findings<'_>,
) -> Option<&'a str> {
    let known = country.filter(|code| countries::is_country(code));
    match known {
        None => {
            let message = "Country must be a two-letter ISO 3166-1 code in capitals.";
            found.add("COUNTRY_UNKNOWN", "delivery.country", message);
        }
        Some(code) if !services.reaches(code) => {
            let message = format!("No active service goes to {code}.");
            found.add("COUNTRY_NOT_SERVED", "delivery.country", &message);
        }
        Some(_) => {}
    }
    known
}

fn check_postcode(text: Option<&str>, country: Option<&str>, found: &mut Findings<'_>) {
    // Without a country there is no rule to judge a postcode by, except its length.
    let country = country.unwrap_or("");
    match text {
        None if postcode::is_required(country) => {
            let message = format!("A postcode is required for {country}.");
            found.add("POSTCODE_MISSING", "delivery.postcode", &message);
        }
        Some(text) if !postcode::is_well_formed(text, country) => {
            let message = format!("Postcode is not written as postcodes of {country} are.");
            found.add("POSTCODE_FORMAT", "delivery.postcode", message.trim());
        }
        _ => {}
    }
}

fn is_phone(phone: &str) -> bool {
    (10..=12).contains(&phone.len()) && phone.bytes().all(|mark| mark.is_ascii_digit())
}

fn is_email(email: &str) -> bool {
    !too_long(email, EMAIL_MAX)
        && email
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'))
}

pub(super) fn too_long(text: &str, limit: usize) -> bool {
    text.chars().count() > limit
}

pub(super) fn length_message(text: &str, limit: usize) -> String {
    format!(
        "{} characters, at most {limit} are taken.",
        text.chars().count()
    )
}
