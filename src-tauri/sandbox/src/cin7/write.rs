//! `PUT sale`: the whole header is replaced, so whatever is left out becomes empty
//! (assumed, A15). Order lines, tasks and status words cannot be written here.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::Account;
use super::detail::View;
use super::faults::Play;
use super::plain::{object, parse_time, text, truth_of};
use super::reply::{Call, Reply};

/// Texts, and how long each may be. Documented.
const TEXTS: [(&str, usize); 14] = [
    ("Customer", 256),
    ("CustomerID", 36),
    ("Contact", 256),
    ("Phone", 50),
    ("Email", 256),
    ("DefaultAccount", 50),
    ("ShippingNotes", 1024),
    ("TaxRule", 50),
    ("Terms", 256),
    ("PriceTier", 50),
    ("Note", 1024),
    ("CustomerReference", 256),
    ("SalesRepresentative", 256),
    ("Carrier", 256),
];
const ADDRESS: [&str; 6] = ["Line1", "Line2", "City", "State", "Postcode", "Country"];

impl Account {
    /// `PUT sale`.
    pub(super) fn put_sale(&mut self, call: &Call, play: &mut Play) -> Result<Reply, Reply> {
        let body: Value = serde_json::from_slice(&call.ask.body).map_err(|_| Reply::broken())?;
        let Value::Object(body) = body else {
            return Err(Reply::broken());
        };
        let id = body.get("ID").map(text).unwrap_or_default();
        let index = self.sales.index_of_id(id).ok_or_else(Reply::no_sale)?;
        let subjects = [self.sales.list[index].number.clone(), id.to_owned()];
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        if play.fires("put_405", &subjects).is_some() {
            return Err(Reply::wrong_method("PUT"));
        }
        let view = View {
            skew: call.skew,
            ..View::default()
        };
        if play.fires("accept_and_drop", &subjects).is_some() {
            return Ok(Reply::one(self.detail(&self.sales.list[index], view)));
        }
        let refuse_carrier = play.fires("carrier_unknown", &subjects) == Some(json!("refuse"));
        let problems = self.problems(index, &body, refuse_carrier);
        if !problems.is_empty() {
            return Err(refused(&problems));
        }
        let before = self.row(&self.sales.list[index], TimeDelta::zero());
        self.replace_header(index, &body);
        self.allocate(index);
        self.touched(index, before, call.now, None);
        self.writes.sale += 1;
        Ok(Reply::one(self.detail(&self.sales.list[index], view)))
    }

    /// What stands against the write (wordings assumed).
    fn problems(&self, index: usize, body: &Map<String, Value>, carriers: bool) -> Vec<String> {
        let mut problems = Vec::new();
        if self.sales.list[index].order_status() == "VOIDED" {
            problems.push("Sale is VOIDED and cannot be changed.".to_owned());
        }
        let location = body.get("Location").map(text).unwrap_or_default();
        if location.is_empty() {
            problems.push("'Location' is required.".to_owned());
        } else if self.location(location).is_none() {
            problems.push(format!("Location '{location}' was not found."));
        }
        for (name, length) in TEXTS.into_iter().chain([("ExternalID", 256)]) {
            if body
                .get(name)
                .is_some_and(|value| text(value).chars().count() > length)
            {
                problems.push(format!("'{name}' is longer than {length} characters."));
            }
        }
        for name in ["ShipBy", "SaleOrderDate"] {
            let value = body.get(name).map(text).unwrap_or_default();
            if !value.is_empty() && parse_time(value).is_none() {
                problems.push(format!("The value '{value}' is not valid for {name}."));
            }
        }
        let carrier = body.get("Carrier").map(text).unwrap_or_default();
        if carriers && !carrier.is_empty() && !self.seed.carriers.iter().any(|one| one == carrier) {
            problems.push(format!("Carrier '{carrier}' was not found."));
        }
        problems
    }

    fn replace_header(&mut self, index: usize, body: &Map<String, Value>) {
        let keep = [
            "SourceChannel",
            "Type",
            "ServiceOnly",
            "Order",
            "Quote",
            "Status",
            "FulFilmentStatus",
        ];
        let old = std::mem::take(&mut self.sales.list[index].header);
        let mut header = Map::new();
        for (name, _) in TEXTS {
            let blank = if name == "CustomerID" {
                Value::Null
            } else {
                json!("")
            };
            header.insert(name.into(), given(body, name).unwrap_or(blank));
        }
        for name in ["ShipBy", "ExternalID"] {
            header.insert(name.into(), given(body, name).unwrap_or(Value::Null));
        }
        let date = given(body, "SaleOrderDate").or_else(|| old.get("SaleOrderDate").cloned());
        header.insert("SaleOrderDate".into(), date.unwrap_or(Value::Null));
        let location = body
            .get("Location")
            .map(text)
            .and_then(|name| self.location(name));
        let location = location.map(|index| self.locations[index].name.clone());
        header.insert("Location".into(), json!(location));
        header.insert(
            "SkipQuote".into(),
            json!(body.get("SkipQuote").is_some_and(truth_of)),
        );
        header.insert(
            "CurrencyRate".into(),
            given(body, "CurrencyRate").unwrap_or(json!(1)),
        );
        let inclusive = body.get("TaxInclusive").is_some_and(truth_of);
        let calculation = if inclusive { "Inclusive" } else { "Exclusive" };
        header.insert("TaxCalculation".into(), json!(calculation));
        header.insert("BillingAddress".into(), address(body.get("BillingAddress")));
        header.insert(
            "ShippingAddress".into(),
            ship_to(body.get("ShippingAddress")),
        );
        let attributes = given(body, "AdditionalAttributes").unwrap_or_else(|| json!({}));
        header.insert("AdditionalAttributes".into(), attributes);
        for (name, value) in old {
            if keep.contains(&name.as_str()) || name.starts_with("Combined") {
                header.insert(name, value);
            }
        }
        self.new_address(&header);
        self.sales.list[index].header = header;
    }

    /// Documented: `ShipToOther` false with a `Line1` that the customer does not have makes
    /// a new address of the customer.
    fn new_address(&mut self, header: &Map<String, Value>) {
        let customer = header.get("CustomerID").map(text).unwrap_or_default();
        let Some(Value::Object(to)) = header.get("ShippingAddress") else {
            return;
        };
        let line1 = to.get("Line1").map(text).unwrap_or_default();
        if line1.is_empty() || to.get("ShipToOther").is_some_and(truth_of) {
            return;
        }
        let Some(customer) = self.customers.by_id_mut(customer) else {
            return;
        };
        let known = customer
            .given
            .entry("Addresses")
            .or_insert_with(|| json!([]));
        let Value::Array(known) = known else { return };
        if !known.iter().any(|address| text(&address["Line1"]) == line1) {
            let mut new = to.clone();
            new.retain(|name, _| ADDRESS.contains(&name.as_str()));
            new.insert("DefaultForType".into(), json!(false));
            known.push(Value::Object(new));
        }
    }
}

pub(super) fn refused(problems: &[String]) -> Reply {
    let errors = problems
        .iter()
        .map(|text| json!({ "ErrorCode": 400, "Exception": text }));
    Reply::Json {
        status: 400,
        body: Value::Array(errors.collect()),
        rows: None,
    }
}

/// A value that is there and not null.
fn given(body: &Map<String, Value>, name: &str) -> Option<Value> {
    body.get(name).filter(|value| !value.is_null()).cloned()
}

/// The written lines of an address; display lines are Cin7's own and are not taken.
fn address(given: Option<&Value>) -> Value {
    let part = |name: &str| {
        given
            .and_then(|address| address.get(name))
            .cloned()
            .unwrap_or_else(|| json!(""))
    };
    Value::Object(
        ADDRESS
            .iter()
            .map(|name| ((*name).to_owned(), part(name)))
            .collect(),
    )
}

pub(super) fn ship_to(given: Option<&Value>) -> Value {
    let mut full = address(given);
    let part = |name: &str| given.and_then(|address| address.get(name)).cloned();
    if let Value::Object(full) = &mut full {
        full.extend(object([
            ("Company", part("Company").unwrap_or_else(|| json!(""))),
            ("Contact", part("Contact").unwrap_or_else(|| json!(""))),
            (
                "ShipToOther",
                json!(part("ShipToOther").is_some_and(|other| truth_of(&other))),
            ),
        ]));
    }
    full
}
