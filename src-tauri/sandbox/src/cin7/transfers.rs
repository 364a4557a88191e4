//! Stock on the road between two locations: it has left the one and is not yet at the
//! other. Made by the office only; the interface lists them.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Account;
use super::account::place_of;
use super::plain::{kept_decimal, midnight, object, utc_short};
use super::reply::{Call, Reply};
use crate::http::Misuse;

/// One transfer of one product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Transfer {
    task: String,
    /// `TR-…`.
    number: String,
    from: usize,
    to: usize,
    product: usize,
    #[serde(with = "kept_decimal")]
    units: Decimal,
    reference: String,
    departed: String,
    /// When it arrived; it is on the road until then.
    arrived: Option<String>,
    modified: String,
}

impl Transfer {
    fn status(&self) -> &'static str {
        match self.arrived {
            Some(_) => "COMPLETED",
            None => "IN TRANSIT",
        }
    }
}

impl Account {
    /// Sends units of a product from one location to another, and answers the transfer's
    /// number. They are on the road until [`Account::receive_transfer`].
    ///
    /// # Errors
    /// The product or a location is not known, or has not so many units.
    pub fn send_transfer(
        &mut self,
        sku: &str,
        units: Decimal,
        places: (&str, &str),
        reference: &str,
        now: DateTime<Utc>,
    ) -> Result<String, Misuse> {
        let product = self.catalogue.expect(sku)?;
        let (from, to) = (
            self.expect_location(places.0)?,
            self.expect_location(places.1)?,
        );
        if units <= Decimal::ZERO || from == to {
            return Err(Misuse::bad(format!(
                "transfer: {units} units from {} to {}; give a quantity above 0 and two locations",
                places.0, places.1
            )));
        }
        self.change_stock(sku, places.0, -units)?;
        let number = format!("TR-{:05}", self.transfers.len() + 1);
        self.transfers.push(Transfer {
            task: self.guid("transfer", &number),
            number: number.clone(),
            from,
            to,
            product,
            units,
            reference: reference.to_owned(),
            departed: midnight(now.date_naive()),
            arrived: None,
            modified: utc_short(now),
        });
        Ok(number)
    }

    /// A transfer arrives: its units are on hand where it went.
    ///
    /// # Errors
    /// There is none of that number on the road.
    pub fn receive_transfer(&mut self, number: &str, now: DateTime<Utc>) -> Result<(), Misuse> {
        let on_road = |one: &&Transfer| one.arrived.is_none();
        let place = self.transfers.iter().position(|one| one.number == number);
        let open = place.filter(|place| on_road(&&self.transfers[*place]));
        let Some(place) = open else {
            let known: Vec<&str> = self
                .transfers
                .iter()
                .filter(on_road)
                .map(|one| one.number.as_str())
                .collect();
            let known = if known.is_empty() {
                "nothing is".to_owned()
            } else {
                known.join(", ")
            };
            return Err(Misuse::unknown(format!(
                "Cin7 has no transfer {number} on the road; on the road: {known}"
            )));
        };
        let transfer = &mut self.transfers[place];
        transfer.arrived = Some(midnight(now.date_naive()));
        transfer.modified = utc_short(now);
        let (product, to, units) = (transfer.product, transfer.to, transfer.units);
        let sku = self.sku(product).to_owned();
        let location = self.locations[to].name.clone();
        self.change_stock(&sku, &location, units)
    }

    /// Units of a product on the road to a location.
    pub(super) fn in_transit(&self, product: usize, to: usize) -> Decimal {
        self.transfers
            .iter()
            .filter(|one| one.product == product && one.to == to && one.arrived.is_none())
            .map(|one| one.units)
            .sum()
    }

    /// `GET stockTransferList?Status=`.
    pub(super) fn list_transfers(&self, call: &Call) -> Result<Reply, Reply> {
        let page = call.page()?;
        let status = call.param("Status").map(str::trim);
        let mut found: Vec<&Transfer> = self
            .transfers
            .iter()
            .filter(|one| status.is_none_or(|word| one.status().eq_ignore_ascii_case(word)))
            .collect();
        found.sort_by_key(|one| place_of(&one.task));
        let rows = page.of(&found).iter().map(|one| self.transfer_row(one));
        let rows = rows.collect();
        Ok(Reply::list("StockTransferList", found.len(), page, rows))
    }

    fn transfer_row(&self, transfer: &Transfer) -> Value {
        let (from, to) = (&self.locations[transfer.from], &self.locations[transfer.to]);
        Value::Object(object([
            ("TaskID", json!(transfer.task)),
            ("From", json!(from.id)),
            ("FromLocation", json!(from.name)),
            ("To", json!(to.id)),
            ("ToLocation", json!(to.name)),
            ("Status", json!(transfer.status())),
            ("Number", json!(transfer.number)),
            ("CompletionDate", json!(transfer.arrived)),
            ("DepartureDate", json!(transfer.departed)),
            ("InTransitAccount", json!("715")),
            ("CostDistributionType", json!("Cost")),
            ("Reference", json!(transfer.reference)),
            ("LastModifiedOn", json!(transfer.modified)),
        ]))
    }
}
