//! How it travels: the shipping method to the letter, through the map, to a service
//! Whistl offers to that country (LC-16). There is no fallback: a method without an
//! exact entry holds the sale, because Whistl may pick a service of its own in silence.

use super::country::CountryReading;
use super::findings::{Findings, list, office};
use super::recipient::country_not_served;
use super::spelling::shown;
use super::text::{Mark, whole};
use crate::{CountryCode, HoldCode, Known, NoteCode, Reason, Sale, ServiceCode};

/// The service, or the reason why there is none.
pub(crate) fn check(
    sale: &Sale,
    country: &CountryReading,
    known: &dyn Known,
    findings: &mut Findings,
) -> Option<ServiceCode> {
    let country = match country {
        CountryReading::Known(code) => Some(code),
        CountryReading::Missing | CountryReading::Unknown => None,
    };
    let method = sale.shipping_method.as_str();
    let Some(code) = known.service_for(method).filter(|_| !method.is_empty()) else {
        findings.hold(no_entry(method, country, known));
        return None;
    };
    if !known.services_known() {
        let text = format!(
            "Whistl's list of services is not known, so nobody looked whether it offers {code}."
        );
        findings.note(NoteCode::Warning, "Carrier", text);
        return Some(code.clone());
    }
    let wanted = shown(method);
    let offers = offers_in_words(country, known);
    match known.service(code) {
        None => {
            let fix = format!("Map {wanted} to {offers}: Whistl has no service {code}.");
            findings.hold(unmapped(
                method,
                whole(method),
                "a service on Whistl's list",
                fix,
            ));
        }
        Some(offer) if !offer.active => {
            let name = &offer.name;
            let fix = format!("Map {wanted} to {offers}: Whistl no longer offers {code} ({name}).");
            findings.hold(unmapped(
                method,
                whole(method),
                "a service Whistl still offers",
                fix,
            ));
        }
        Some(offer) => {
            if let Some(country) = country.filter(|country| !offer.serves(country)) {
                let others = match going_to(Some(country), known).as_slice() {
                    [] => ", nor does any other service".to_owned(),
                    codes => format!("; these do: {}", list(codes.iter().cloned(), "and")),
                };
                findings.hold(country_not_served(sale, country, code.as_str(), &others));
            }
        }
    }
    Some(code.clone())
}

fn no_entry(method: &str, country: Option<&CountryCode>, known: &dyn Known) -> Reason {
    let offers = offers_in_words(country, known);
    let expected = "a shipping method with an exact map entry";
    let trimmed = method.trim();
    if trimmed.is_empty() {
        let fix = format!(
            "Choose a shipping method for the sale in Cin7 Core that is mapped to {offers}: it has \
             none."
        );
        return unmapped(method, whole(method), expected, fix);
    }
    if trimmed != method && known.service_for(trimmed).is_some() {
        let fix = format!(
            "Remove the blanks around {} in Cin7 Core, or map it as it is to {offers}: the map \
             knows it only without them.",
            shown(method)
        );
        return unmapped(method, blanks_around(method), expected, fix);
    }
    let fix = format!(
        "Map {} to {offers}, or choose a shipping method in Cin7 Core that is mapped.",
        shown(method)
    );
    unmapped(method, whole(method), expected, fix)
}

fn unmapped(method: &str, marks: Vec<Mark>, expected: &str, fix: String) -> Reason {
    office(
        HoldCode::ServiceUnmapped,
        "Carrier",
        method,
        marks,
        expected,
        fix,
    )
}

fn blanks_around(method: &str) -> Vec<Mark> {
    let length = method.chars().count();
    let before = length - method.trim_start().chars().count();
    let after = method.trim_end().chars().count();
    [(0, before), (after, length)]
        .into_iter()
        .filter(|(start, end)| start < end)
        .collect()
}

/// `one of Whistl's services: WHI_STD (Standard 48) or …`, those that go to the country
/// where that is known.
fn offers_in_words(country: Option<&CountryCode>, known: &dyn Known) -> String {
    match going_to(country, known).as_slice() {
        [] => "a Whistl service".into(),
        [only] => format!("Whistl's service {only}"),
        several => format!(
            "one of Whistl's services, {}",
            list(several.iter().cloned(), "or")
        ),
    }
}

fn going_to(country: Option<&CountryCode>, known: &dyn Known) -> Vec<String> {
    let goes = |offer: &&crate::ServiceOffer| {
        offer.active && country.is_none_or(|country| offer.serves(country))
    };
    let named = |offer: &crate::ServiceOffer| format!("{} ({})", offer.code, offer.name);
    known
        .services()
        .into_iter()
        .filter(goes)
        .map(named)
        .collect()
}
