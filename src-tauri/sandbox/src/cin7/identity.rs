//! Who a sale is for when the office only keys in part of it: a known customer, or a
//! buyer of its own with a record to match.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::Account;
use super::customer::Customer;
use super::people::{Buyer, buyer};
use super::plain::{midnight, object, text, to_millis};

impl Account {
    /// Who bought it and where it goes, as far as nothing else is given.
    pub(super) fn identity(
        &mut self,
        number: &str,
        given: &Map<String, Value>,
        now: DateTime<Utc>,
    ) -> Map<String, Value> {
        let named = given.get("Customer").map(text);
        let known = given
            .get("CustomerID")
            .and_then(|id| self.customers.by_id(text(id)))
            .or_else(|| named.and_then(|name| self.customers.by_name(name)))
            .cloned();
        let buyer = buyer(number, named.filter(|name| !name.is_empty()));
        let mut header = match (known, given.get("Customer")) {
            (Some(known), _) => from_record(&known, &buyer),
            (None, Some(name)) if text(name).is_empty() => without_customer(&buyer),
            (None, _) => {
                let id = self.own_customer(number, given, &buyer, now);
                from_buyer(&buyer, &id)
            }
        };
        header.insert("Location".into(), json!(self.default_location().name));
        header.insert(
            "SaleOrderDate".into(),
            json!(midnight(self.local_date(now))),
        );
        let reference = number.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        header.insert("CustomerReference".into(), json!(format!("#{reference}")));
        header
    }

    /// Makes the customer record behind a buyer. A telephone number that is missing on
    /// purpose is missing on the record too, or the fallback would hide it.
    fn own_customer(
        &mut self,
        number: &str,
        given: &Map<String, Value>,
        buyer: &Buyer,
        now: DateTime<Utc>,
    ) -> String {
        let id = match given.get("CustomerID").map(text) {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => self.guid("customer of", &format!("{number}/{}", buyer.name)),
        };
        if self.customers.by_id(&id).is_some() {
            return id;
        }
        let phone = given.get("Phone").map_or(buyer.phone.as_str(), text);
        let email = given.get("Email").map_or(buyer.email.as_str(), text);
        let address = given.get("ShippingAddress").and_then(Value::as_object);
        let mut home = object([
            ("Line1", json!(buyer.line1)),
            ("City", json!(buyer.city)),
            ("Postcode", json!(buyer.postcode)),
        ]);
        for (name, value) in address.into_iter().flatten() {
            if !name.starts_with("Display") && !matches!(name.as_str(), "Company" | "Contact") {
                home.insert(name.clone(), value.clone());
            }
        }
        home.remove("ShipToOther");
        let record = object([
            ("Name", json!(buyer.name)),
            ("Addresses", json!([home])),
            (
                "Contacts",
                json!([{ "Name": buyer.name, "Phone": phone, "Email": email }]),
            ),
        ]);
        self.customers.push(Customer {
            id: id.clone(),
            given: record,
            modified: to_millis(now),
        });
        id
    }

    /// The tenant's date at a moment.
    fn local_date(&self, now: DateTime<Utc>) -> chrono::NaiveDate {
        match self.seed.time_zone.parse::<chrono_tz::Tz>() {
            Ok(zone) => now.with_timezone(&zone).date_naive(),
            Err(_) => now.date_naive(),
        }
    }
}

fn from_buyer(buyer: &Buyer, id: &str) -> Map<String, Value> {
    object([
        ("Customer", json!(buyer.name)),
        ("CustomerID", json!(id)),
        ("Contact", json!(buyer.name)),
        ("Phone", json!(buyer.phone)),
        ("Email", json!(buyer.email)),
        ("ShippingAddress", ship_to(buyer, &buyer.name)),
    ])
}

fn without_customer(buyer: &Buyer) -> Map<String, Value> {
    object([
        ("Customer", Value::Null),
        ("CustomerID", Value::Null),
        ("Contact", json!("")),
        ("Phone", json!(buyer.phone)),
        ("Email", json!("")),
        ("ShippingAddress", ship_to(buyer, "")),
    ])
}

fn from_record(record: &Customer, buyer: &Buyer) -> Map<String, Value> {
    let name = record.given.get("Name").map(text).unwrap_or_default();
    let contact = record.contact();
    let of = |key: &str| {
        contact
            .and_then(|one| one.get(key))
            .map(text)
            .unwrap_or_default()
    };
    let person = if of("Name").is_empty() {
        name
    } else {
        of("Name")
    };
    let phone = if of("Phone").is_empty() {
        of("MobilePhone")
    } else {
        of("Phone")
    };
    let mut header = from_buyer(buyer, &record.id);
    header.insert("Customer".into(), json!(name));
    header.insert("Contact".into(), json!(person));
    header.insert("Phone".into(), json!(phone));
    header.insert("Email".into(), json!(of("Email")));
    let mut address = ship_to(buyer, person);
    if let (Some(known), Value::Object(address)) = (record.address(), &mut address) {
        for (key, value) in known {
            if address.contains_key(key) {
                address.insert(key.clone(), value.clone());
            }
        }
    }
    header.insert("ShippingAddress".into(), address);
    header
}

fn ship_to(buyer: &Buyer, contact: &str) -> Value {
    Value::Object(object([
        ("Line1", json!(buyer.line1)),
        ("Line2", json!("")),
        ("City", json!(buyer.city)),
        ("State", json!("")),
        ("Postcode", json!(buyer.postcode)),
        ("Country", json!("United Kingdom")),
        ("Company", json!("")),
        ("Contact", json!(contact)),
        ("ShipToOther", json!(false)),
    ]))
}

/// Invoices go where the goods go unless told otherwise.
pub(super) fn billing_of(shipping: Option<&Value>) -> Value {
    let Some(Value::Object(shipping)) = shipping else {
        return json!({});
    };
    let mut billing = shipping.clone();
    billing.retain(|key, _| !matches!(key.as_str(), "Company" | "Contact" | "ShipToOther"));
    Value::Object(billing)
}
