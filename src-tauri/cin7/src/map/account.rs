//! The account itself, and its reference data: locations, carriers, contacts.

use chrono::NaiveDate;
use domain::Contact;
use serde_json::Value;
use vendor::{BadField, json, lenient};

use super::{Names, wrong};
use crate::record::{Carrier, Location, LockDate, Me, Row};
use crate::wire;

const PLACE: Names = Names {
    id: &["ID"],
    number: &["Name"],
};
const CARRIER: Names = Names {
    id: &["CarrierID"],
    number: &["Description"],
};

/// The account. Without a company's name it could not be told from another.
pub(crate) fn me(body: &[u8]) -> Result<Me, BadField> {
    let value = json::value(body)?;
    let me: wire::Me = json::from_value(&value)?;
    if me.company.trimmed().is_empty() {
        return Err(wrong(&value, &["Company"], "the company's name"));
    }
    Ok(Me {
        company: me.company.trimmed().to_owned(),
        currency: me.currency.trimmed().to_owned(),
        time_zone: me.time_zone.trimmed().to_owned(),
        lock_date: lock_date(me.lock_date.trimmed()),
    })
}

/// The date is "in tenant date format" (documented), so its form is not known. Of two
/// readings the later one counts, which closes more.
fn lock_date(text: &str) -> LockDate {
    const FORMS: [&str; 7] = [
        "%d/%m/%Y",
        "%m/%d/%Y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%d %b %Y",
        "%d-%b-%Y",
        "%b %d, %Y",
    ];
    if text.is_empty() {
        return LockDate::Open;
    }
    let in_form = |form: &&str| NaiveDate::parse_from_str(text, form).ok();
    let without_time = text.split(' ').next().unwrap_or(text);
    let day = lenient::day(text)
        .or_else(|| FORMS.iter().filter_map(in_form).max())
        .or_else(|| {
            FORMS
                .iter()
                .filter_map(|form| NaiveDate::parse_from_str(without_time, form).ok())
                .max()
        });
    day.map_or_else(|| LockDate::Unreadable(text.to_owned()), LockDate::ClosedTo)
}

/// A location; `None` for a bin, which comes as a row of its own too.
pub(crate) fn location(row: &Value) -> Option<Row<Location>> {
    let read: Result<wire::Location, BadField> = json::from_value(row);
    let place = match read {
        Ok(place) if !place.parent_id.trimmed().is_empty() => return None,
        Ok(place) => place,
        Err(field) => return Some(Err(PLACE.bad(row, field))),
    };
    if place.id.trimmed().is_empty() {
        return Some(Err(PLACE.bad(row, wrong(row, PLACE.id, "a location id"))));
    }
    Some(Ok(Location {
        id: place.id.trimmed().to_lowercase(),
        name: place.name.0,
        deprecated: place.is_deprecated.is_set(),
        bins: u32::try_from(place.bins.unwrap_or_default().len()).unwrap_or(u32::MAX),
    }))
}

/// A carrier.
pub(crate) fn carrier(row: &Value) -> Row<Carrier> {
    let carrier: wire::Carrier = json::from_value(row).map_err(|field| CARRIER.bad(row, field))?;
    if carrier.description.trimmed().is_empty() {
        return Err(CARRIER.bad(row, wrong(row, CARRIER.number, "the carrier's name")));
    }
    Ok(Carrier {
        id: carrier.carrier_id.trimmed().to_lowercase(),
        name: carrier.description.0,
    })
}

/// The contacts of one customer, the default first. A filter Cin7 ignored would bring
/// other customers, so the id is looked at again; a row that cannot be read has none.
pub(crate) fn contacts(row: &Value, customer_id: &str) -> Vec<Contact> {
    let customer: Result<wire::Customer, BadField> = json::from_value(row);
    let Ok(customer) = customer else {
        return Vec::new();
    };
    if !customer
        .id
        .trimmed()
        .eq_ignore_ascii_case(customer_id.trim())
    {
        return Vec::new();
    }
    let mut contacts: Vec<Contact> = customer
        .contacts
        .into_iter()
        .flatten()
        .map(|contact| Contact {
            name: contact.name.0,
            phone: contact.phone.0,
            mobile: contact.mobile_phone.0,
            is_default: contact.default.is_set(),
        })
        .collect();
    contacts.sort_by_key(|contact| !contact.is_default);
    contacts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn closed(text: &str) -> String {
        match lock_date(text) {
            LockDate::Open => "open".into(),
            LockDate::ClosedTo(day) => day.to_string(),
            LockDate::Unreadable(text) => format!("unreadable {text}"),
        }
    }

    #[test]
    fn a_lock_date_is_read_in_several_forms_and_fails_closed() {
        assert_eq!(closed(""), "open");
        assert_eq!(closed("2026-09-30T00:00:00"), "2026-09-30");
        assert_eq!(closed("30/09/2026"), "2026-09-30");
        assert_eq!(closed("09/30/2026 00:00:00"), "2026-09-30");
        assert_eq!(closed("30 Sep 2026"), "2026-09-30");
        assert_eq!(
            closed("03/11/2026"),
            "2026-11-03",
            "of two readings the later one"
        );
        assert_eq!(closed("end of September"), "unreadable end of September");
    }

    #[test]
    fn a_bin_is_no_location_and_a_location_without_id_is_set_aside() {
        assert!(location(&json!({"ID": "a", "Name": "Bin 1", "ParentID": "b"})).is_none());
        let bad = location(&json!({"Name": "Nowhere", "Bins": []}))
            .unwrap()
            .unwrap_err();
        assert_eq!(
            bad.to_string(),
            "Nowhere: ID: expected a location id (found nothing)"
        );
    }

    #[test]
    fn another_customers_numbers_are_never_taken() {
        let row = json!({"ID": "AB", "Contacts": [{"Name": "Jo", "Phone": "1"}]});
        assert_eq!(contacts(&row, "ab").len(), 1);
        assert!(contacts(&row, "cd").is_empty());
    }

    #[test]
    fn the_default_contact_comes_first() {
        let row = json!({"ID": "ab", "Contacts": [
            {"Name": "Second", "Default": false},
            {"Name": "First", "MobilePhone": 7700, "Default": "true"},
        ]});
        let names: Vec<String> = contacts(&row, "ab").into_iter().map(|c| c.name).collect();
        assert_eq!(names, ["First", "Second"]);
    }
}
