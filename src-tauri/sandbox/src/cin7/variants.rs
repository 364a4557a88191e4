//! Faults that say how a sale *is*: odd lines, missing numbers, words that must not be
//! released blindly. They change the account itself, so that its truth agrees with its
//! answers, but they do not move `Updated`: it was always so.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Account;
use super::detail::View;
use super::plain::{decimal, quantity, text};
use crate::http::Misuse;

/// The names, as the vendor's reference has them.
pub(super) const VARIANTS: [&str; 16] = [
    "auth_no_alloc",
    "backorder",
    "on_credit_hold",
    "becomes_advanced",
    "service_line",
    "non_inventory_line",
    "kit_line",
    "batch_line",
    "dropship_line",
    "duplicate_sku_lines",
    "no_phone",
    "no_email",
    "no_customer",
    "display_lines_only",
    "country_name_odd",
    "empty_order_lines",
];

impl Account {
    /// Makes a sale so; nothing if it is so already.
    pub(super) fn vary(
        &mut self,
        fault: &str,
        value: &Value,
        index: usize,
        now: DateTime<Utc>,
    ) -> Result<(), Misuse> {
        let patch = match fault {
            "on_credit_hold" => {
                self.hold_credit(index);
                return Ok(());
            }
            "service_line" | "non_inventory_line" | "kit_line" | "batch_line" => {
                self.with_odd_line(fault, value, index, now)?
            }
            "backorder" | "dropship_line" | "duplicate_sku_lines" => {
                self.with_bent_lines(fault, value, index)
            }
            "no_phone" | "no_email" => Some(self.without_contact(fault, value, index)),
            "display_lines_only" => self.display_lines_only(index),
            "empty_order_lines" => self.without_lines(index),
            _ => header_patch(fault, value),
        };
        match patch {
            Some(patch) => self.lay_over(index, &patch, now).map(|_| ()),
            None => Ok(()),
        }
    }

    fn hold_credit(&mut self, index: usize) {
        let customer = self.sales.list[index]
            .header
            .get("CustomerID")
            .map(text)
            .unwrap_or_default();
        let customer = customer.to_owned();
        if let Some(customer) = self.customers.by_id_mut(&customer) {
            customer.given.insert("IsOnCreditHold".into(), json!(true));
        }
    }

    /// The lines as they were given: a backorder that was worked out is left to be
    /// worked out again.
    fn lines_given(&self, index: usize) -> Vec<Value> {
        let lines = self.sales.list[index].lines.iter();
        lines
            .map(|line| {
                let mut fields = line.fields.clone();
                if !line.backorder_given {
                    fields.shift_remove("BackorderQuantity");
                }
                Value::Object(fields)
            })
            .collect()
    }

    fn with_bent_lines(&self, fault: &str, value: &Value, index: usize) -> Option<Value> {
        let mut lines = self.lines_given(index);
        match fault {
            "backorder" => {
                let line = lines.first_mut()?;
                let some = decimal(value).map(quantity);
                line["BackorderQuantity"] = some.unwrap_or_else(|| line["Quantity"].clone());
            }
            "dropship_line" => lines.last_mut()?["DropShip"] = json!(true),
            _ => {
                let first = lines.first_mut()?;
                let ordered = decimal(&first["Quantity"])?;
                let sku = first["SKU"].clone();
                let mut twin = first.clone();
                if self.sales.list[index]
                    .lines
                    .iter()
                    .skip(1)
                    .any(|line| line.fields.get("SKU") == Some(&sku))
                {
                    return None;
                }
                // The order stays what it was where it can be split.
                if ordered > Decimal::ONE {
                    first["Quantity"] = json!(1);
                    twin["Quantity"] = quantity(ordered - Decimal::ONE);
                }
                for line in [first, &mut twin] {
                    for worked_out in ["Tax", "Total"] {
                        line.as_object_mut()?.shift_remove(worked_out);
                    }
                }
                lines.insert(1, twin);
            }
        }
        Some(json!({ "Order": { "Lines": lines } }))
    }

    /// Adds a line of a product that a warehouse does not simply send; the product is made
    /// if the catalogue has none. `value` may name one.
    fn with_odd_line(
        &mut self,
        fault: &str,
        value: &Value,
        index: usize,
        now: DateTime<Utc>,
    ) -> Result<Option<Value>, Misuse> {
        let (sku, product) = match fault {
            "service_line" => (
                "SVCWRAP",
                json!({ "Name": "Gift wrapping", "Type": "Service", "PriceTier1": 2.5 }),
            ),
            "non_inventory_line" => (
                "NISAMPLE",
                json!({ "Name": "Sample card", "Type": "Non Inventory", "PriceTier1": 0 }),
            ),
            "kit_line" => (
                "KITGIFT050",
                json!({
                    "Name": "Gift set", "BillOfMaterial": true, "AutoAssembly": true,
                    "BOMType": "Assembly", "PriceTier1": 34.0, "AverageCost": 0
                }),
            ),
            _ => (
                "BATCHTEA010",
                json!({
                    "Name": "Loose leaf tea 250 g", "CostingMethod": "FEFO - Batch",
                    "Stock": [{ "OnHand": 100, "Batch": "L2609A", "ExpiryDate": "2028-03-31T00:00:00" }]
                }),
            ),
        };
        let sku = value.as_str().unwrap_or(sku);
        if self.catalogue.index(sku).is_none() {
            let mut product = product;
            product["SKU"] = json!(sku);
            self.add_product(&product, now)?;
        }
        let mut lines = self.lines_given(index);
        if lines.iter().any(|line| line["SKU"] == json!(sku)) {
            return Ok(None);
        }
        lines.push(json!({ "SKU": sku, "Quantity": 1 }));
        Ok(Some(json!({ "Order": { "Lines": lines } })))
    }

    fn without_contact(&mut self, fault: &str, value: &Value, index: usize) -> Value {
        let (on_sale, on_contact): (&str, &[&str]) = match fault {
            "no_phone" => ("Phone", &["Phone", "MobilePhone"]),
            _ => ("Email", &["Email"]),
        };
        let customer = self.sales.list[index]
            .header
            .get("CustomerID")
            .map(text)
            .unwrap_or_default();
        let customer = customer.to_owned();
        if *value != json!("sale")
            && let Some(customer) = self.customers.by_id_mut(&customer)
            && let Some(Value::Array(contacts)) = customer.given.get_mut("Contacts")
        {
            for contact in contacts {
                for field in on_contact {
                    contact[*field] = json!("");
                }
            }
        }
        json!({ on_sale: "" })
    }

    fn display_lines_only(&self, index: usize) -> Option<Value> {
        let detail = self.detail(&self.sales.list[index], View::default());
        let address = detail["ShippingAddress"].as_object()?;
        if address
            .get("Line1")
            .map(text)
            .unwrap_or_default()
            .is_empty()
        {
            return None;
        }
        let mut patch = json!({});
        for field in ["DisplayAddressLine1", "DisplayAddressLine2"] {
            patch[field] = address.get(field).cloned()?;
        }
        for field in ["Line1", "Line2", "City", "State", "Postcode", "Country"] {
            patch[field] = json!("");
        }
        Some(json!({ "ShippingAddress": patch }))
    }

    /// Older sales have their lines in the fulfilments only. Observed.
    fn without_lines(&self, index: usize) -> Option<Value> {
        let sale = &self.sales.list[index];
        if sale.lines.is_empty() {
            return None;
        }
        let lines: Vec<Value> = sale
            .lines
            .iter()
            .map(|line| {
                json!({
                    "ProductID": line.fields.get("ProductID"),
                    "SKU": line.fields.get("SKU"),
                    "Name": line.fields.get("Name"),
                    "Location": self.header(sale, "Location"),
                    "LocationID": self.sale_location(sale).map(|at| &self.locations[at].id),
                    "Quantity": line.fields.get("Quantity"),
                    "BatchSN": null,
                    "ExpiryDate": null,
                    "NonInventory": false
                })
            })
            .collect();
        let mut task = self.task(sale, View::default(), "NOT AVAILABLE", "NOT FULFILLED");
        task["Pick"] = json!({ "Status": "DRAFT", "Lines": lines });
        Some(json!({ "Order": { "Lines": [] }, "Fulfilments": [task] }))
    }
}

fn header_patch(fault: &str, value: &Value) -> Option<Value> {
    let word = value.as_str();
    match fault {
        "auth_no_alloc" => Some(json!({ "Order": { "Status": "AUTH_NO_ALLOC" } })),
        "becomes_advanced" => Some(json!({ "Type": "Advanced Sale" })),
        "no_customer" => Some(json!({
            "Customer": null, "CustomerID": null, "Contact": null,
            "ShippingAddress": { "Contact": "", "Company": "" }
        })),
        "country_name_odd" => {
            let country = word.unwrap_or("Great Britain (mainland)");
            Some(json!({ "ShippingAddress": { "Country": country } }))
        }
        _ => None,
    }
}
