//! The account's own data: `me`, locations and carriers. They hardly ever change.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::Account;
use super::account::Location;
use super::faults::Play;
use super::plain::{midnight, object};
use super::reply::{Call, Reply};
use super::sale::TAX_RULE;

impl Account {
    /// `GET me`.
    pub(super) fn get_me(&self, play: &mut Play) -> Reply {
        let company = match play.fires("key_swapped_account", &[]) {
            Some(Value::String(name)) => name,
            Some(_) => "Somebody Else Ltd".to_owned(),
            None => self.seed.company.clone(),
        };
        let opened = NaiveDate::from_ymd_opt(self.seed.start.year() - 3, 4, 1);
        Reply::one(Value::Object(object([
            ("Company", json!(company)),
            ("Currency", json!(self.seed.currency)),
            ("TimeZone", json!(self.seed.time_zone)),
            ("DefaultWeightUnits", json!("kg")),
            ("DefaultDimensionsUnits", json!("cm")),
            ("LockDate", json!(self.lock)),
            ("OpeningBalanceDate", json!(opened.map(midnight))),
            ("TaxCalculationMethod", json!("Total")),
            (
                "DefaultSaleTaxRuleId",
                json!(self.guid("tax rule", TAX_RULE)),
            ),
            ("DefaultSaleTaxRuleName", json!(TAX_RULE)),
            ("MaximumDecimalPlacesInQuantity", json!("N2")),
            ("ApplyCustomerDiscountsAfterOtherDiscounts", json!(true)),
            ("DiscountRule", json!("Discount")),
            ("AutomaticallyApplyDiscounts", json!(false)),
            ("RoundingTable", json!([])),
        ])))
    }

    /// `GET ref/location`.
    pub(super) fn get_locations(&self, call: &Call) -> Result<Reply, Reply> {
        let page = call.page()?;
        let found: Vec<&Location> = self
            .locations
            .iter()
            .filter(|one| {
                call.param("ID")
                    .is_none_or(|id| one.id.eq_ignore_ascii_case(id))
            })
            .filter(|one| {
                call.param("Name")
                    .is_none_or(|name| one.name.starts_with(name))
            })
            .collect();
        let rows = page
            .of(&found)
            .iter()
            .map(|one| self.location_row(one))
            .collect();
        Ok(Reply::list("LocationList", found.len(), page, rows))
    }

    fn location_row(&self, location: &Location) -> Value {
        let used = self.sales.list.iter().filter(|sale| {
            sale.header.get("Location").and_then(Value::as_str) == Some(&location.name)
        });
        let address = &location.seed;
        Value::Object(object([
            ("ID", json!(location.id)),
            ("Name", json!(location.name)),
            (
                "IsDefault",
                json!(self.default_location().id == location.id),
            ),
            ("IsDeprecated", json!(false)),
            ("Bins", Value::Null),
            ("FixedAssetsLocation", json!(false)),
            ("ParentID", Value::Null),
            ("ParentName", Value::Null),
            ("ReferenceCount", json!(used.count())),
            ("AddressLine1", json!(address.line1)),
            ("AddressLine2", json!("")),
            ("AddressCitySuburb", json!(address.city)),
            ("AddressStateProvince", json!("")),
            ("AddressZipPostCode", json!(address.postcode)),
            ("AddressCountry", json!(address.country)),
            ("PickZones", Value::Null),
            ("IsShopfloor", json!(false)),
            ("IsCoMan", json!(false)),
            ("IsStaging", json!(false)),
        ]))
    }

    /// `GET ref/carrier`.
    pub(super) fn get_carriers(&self, call: &Call) -> Result<Reply, Reply> {
        let page = call.page()?;
        let rows: Vec<Value> = self
            .seed
            .carriers
            .iter()
            .map(|name| json!({ "CarrierID": self.guid("carrier", name), "Description": name }))
            .collect();
        Ok(Reply::list(
            "CarrierList",
            rows.len(),
            page,
            page.of(&rows).to_vec(),
        ))
    }
}
