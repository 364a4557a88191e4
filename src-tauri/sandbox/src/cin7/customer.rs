//! Customers with their contacts and addresses, and `GET customer`: where the
//! telephone number is looked for when the sale has none.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Account;
use super::plain::{kept_time, merge, object, text, to_millis, utc_millis, word};
use super::product::modified_given;
use super::reply::{Call, Reply};
use super::shape::CUSTOMER;
use crate::http::Misuse;

/// One customer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) given: Map<String, Value>,
    #[serde(with = "kept_time")]
    pub(super) modified: DateTime<Utc>,
}

/// All customers. Only those added on purpose are found by name: a sale's own buyer is
/// nobody else's, so that one sale's telephone number never answers for another.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Customers {
    pub(super) list: Vec<Customer>,
    by_id: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
}

impl Customers {
    pub(super) fn by_id(&self, id: &str) -> Option<&Customer> {
        self.by_id
            .get(&id.to_lowercase())
            .and_then(|&index| self.list.get(index))
    }

    pub(super) fn by_id_mut(&mut self, id: &str) -> Option<&mut Customer> {
        let index = *self.by_id.get(&id.to_lowercase())?;
        self.list.get_mut(index)
    }

    pub(super) fn by_name(&self, name: &str) -> Option<&Customer> {
        self.by_name
            .get(name)
            .and_then(|&index| self.list.get(index))
    }

    pub(super) fn push(&mut self, customer: Customer) {
        self.by_id
            .insert(customer.id.to_lowercase(), self.list.len());
        self.list.push(customer);
    }
}

impl Customer {
    /// The contact marked as the default, else the first.
    pub(super) fn contact(&self) -> Option<&Map<String, Value>> {
        preferred(self.given.get("Contacts"), "Default")
    }

    /// The shipping address marked as the default, else the first.
    pub(super) fn address(&self) -> Option<&Map<String, Value>> {
        preferred(self.given.get("Addresses"), "DefaultForType")
    }

    fn shown(&self, account: &Account, skew: TimeDelta) -> Value {
        let name = self.given.get("Name").cloned().unwrap_or(Value::Null);
        let mut row = object([
            ("ID", json!(self.id)),
            ("Name", name.clone()),
            ("DisplayName", name),
            ("Currency", json!(account.seed.currency)),
            ("PaymentTerm", json!("Paid on order")),
            ("Discount", json!(0)),
            ("TaxRule", json!(super::sale::TAX_RULE)),
            ("Carrier", Value::Null),
            ("SalesRepresentative", Value::Null),
            ("Location", json!(account.default_location().name)),
            ("Comments", json!("")),
            ("AccountReceivable", json!("610")),
            ("RevenueAccount", json!("200")),
            ("PriceTier", json!("Tier 1")),
            ("Status", json!("Active")),
            ("CreditLimit", json!(0)),
            ("IsOnCreditHold", json!(false)),
            ("LastModifiedOn", json!(utc_millis(self.modified + skew))),
            ("Addresses", json!([])),
            ("Contacts", json!([])),
        ]);
        merge(&mut row, &self.given);
        for (key, usual) in [
            ("Addresses", usual_address()),
            ("Contacts", usual_contact()),
        ] {
            let Some(Value::Array(elements)) = row.get_mut(key) else {
                continue;
            };
            for (index, element) in elements.iter_mut().enumerate() {
                let Value::Object(given) = element else {
                    continue;
                };
                let mut full = usual.clone();
                full.insert(
                    "ID".into(),
                    json!(account.guid(key, &format!("{}/{index}", self.id))),
                );
                merge(&mut full, given);
                *given = full;
            }
        }
        Value::Object(row)
    }
}

fn preferred<'a>(list: Option<&'a Value>, mark: &str) -> Option<&'a Map<String, Value>> {
    let all = || {
        list.and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
    };
    all()
        .find(|one| one.get(mark) == Some(&json!(true)))
        .or_else(|| all().next())
}

fn usual_address() -> Map<String, Value> {
    object([
        ("ID", Value::Null),
        ("Line1", json!("")),
        ("Line2", json!("")),
        ("City", json!("")),
        ("State", json!("")),
        ("Postcode", json!("")),
        ("Country", json!("United Kingdom")),
        ("Type", json!("Shipping")),
        ("DefaultForType", json!(true)),
    ])
}

fn usual_contact() -> Map<String, Value> {
    object([
        ("ID", Value::Null),
        ("Name", json!("")),
        ("JobTitle", json!("")),
        ("Phone", json!("")),
        ("MobilePhone", json!("")),
        ("Fax", json!("")),
        ("Email", json!("")),
        ("Website", json!("")),
        ("Comment", json!("")),
        ("Default", json!(true)),
        ("IncludeInEmail", json!(true)),
        ("MarketingConsent", json!(1)),
    ])
}

impl Account {
    /// Adds a customer in Cin7's own shape; only `Name` is needed. A sale that names it,
    /// or gives its ID, takes contact and address from it. Answers the customer's ID.
    pub fn add_customer(&mut self, partial: &Value, now: DateTime<Utc>) -> Result<String, Misuse> {
        CUSTOMER.check(partial)?;
        let mut given = partial.as_object().cloned().unwrap_or_default();
        let name = given.get("Name").map(text).unwrap_or_default().to_owned();
        if name.is_empty() {
            return Err(Misuse::bad("a customer needs Name, a text"));
        }
        let id = match given.remove("ID").as_ref().map(text) {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => self.guid("customer", &name),
        };
        if self.customers.by_id(&id).is_some() || self.customers.by_name(&name).is_some() {
            return Err(Misuse::bad(format!(
                "customer {name} exists; Cin7 keeps customers' names unique"
            )));
        }
        let modified = modified_given(&mut given)?.unwrap_or_else(|| to_millis(now));
        self.customers
            .by_name
            .insert(name, self.customers.list.len());
        self.customers.push(Customer {
            id: id.clone(),
            given,
            modified,
        });
        Ok(id)
    }

    /// The ID of the customer of exactly that name, if it was added on purpose.
    pub fn customer_id(&self, name: &str) -> Option<&str> {
        self.customers.by_name(name).map(|one| one.id.as_str())
    }

    /// The names of all customers that were added on purpose.
    pub fn customer_names(&self) -> impl Iterator<Item = &str> {
        self.customers.by_name.keys().map(String::as_str)
    }

    /// `GET customer`.
    pub(super) fn get_customers(&self, call: &Call) -> Result<Reply, Reply> {
        let page = call.page()?;
        let since = call.time("ModifiedSince")?;
        let found: Vec<&Customer> = match call.param("ID") {
            Some(id) => self.customers.by_id(id).into_iter().collect(),
            None => self
                .customers
                .list
                .iter()
                .filter(|customer| since.is_none_or(|since| customer.modified >= since))
                .filter(|customer| {
                    call.yes("IncludeDeprecated")
                        || customer
                            .given
                            .get("Status")
                            .is_none_or(|s| word(s) != "DEPRECATED")
                })
                .filter(|customer| {
                    call.param("Name").is_none_or(|part| {
                        let name = customer.given.get("Name").map(text).unwrap_or_default();
                        name.to_lowercase().contains(&part.to_lowercase())
                    })
                })
                .collect(),
        };
        let rows = page
            .of(&found)
            .iter()
            .map(|one| one.shown(self, call.skew))
            .collect();
        Ok(Reply::list("CustomerList", found.len(), page, rows))
    }
}
