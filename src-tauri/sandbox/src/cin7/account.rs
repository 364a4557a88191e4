//! The account as a whole: who it belongs to, what it holds, and its locations.
//! What each part can do is said beside that part.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::customer::Customers;
use super::documents::Document;
use super::meter::Meter;
use super::plain::{kept_time, parse_time};
use super::product::Catalogue;
use super::sale::Sales;
use super::transfers::Transfer;
use crate::http::Misuse;

/// Calls let in within any 60 seconds. Documented, per application key.
const CALLS_IN_A_WINDOW: usize = 60;

/// What an account starts from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccountSeed {
    /// The company, as `me` names it.
    pub company: String,
    /// Three letters, such as `GBP`.
    pub currency: String,
    /// An IANA name, such as `Europe/London`.
    pub time_zone: String,
    /// What `api-auth-accountid` must say.
    pub account_id: String,
    /// What `api-auth-applicationkey` must say.
    pub key: String,
    /// At least one; the one marked default, else the first, takes what names none.
    pub locations: Vec<LocationSeed>,
    /// Names, as sales and shipment lines spell them.
    pub carriers: Vec<String>,
    /// World time at which the account is first looked at.
    #[serde(with = "kept_time")]
    pub start: DateTime<Utc>,
}

/// A location without bins.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct LocationSeed {
    /// The name, which is the key in most bodies.
    pub name: String,
    /// A GUID; worked out from the account and the name when absent.
    pub id: Option<String>,
    /// Whether it is the account's default.
    pub is_default: bool,
    /// First line of its address.
    pub line1: String,
    /// Town.
    pub city: String,
    /// Postcode.
    pub postcode: String,
    /// Country by name.
    pub country: String,
}

/// Somewhere stock is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Location {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) seed: LocationSeed,
}

/// A simulated Cin7 Core account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    pub(super) seed: AccountSeed,
    pub(super) locations: Vec<Location>,
    pub(super) catalogue: Catalogue,
    pub(super) customers: Customers,
    pub(super) sales: Sales,
    /// Adjustments and write-offs. Absent in state files from before there were any.
    #[serde(default)]
    pub(super) documents: Vec<Document>,
    #[serde(default)]
    pub(super) transfers: Vec<Transfer>,
    /// Nothing may be dated up to and including this day.
    pub(super) lock: Option<String>,
    pub(super) writes: Writes,
    pub(super) meter: Meter,
}

/// Writes that came over the vendor's own interface and took effect.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Writes {
    pub(super) fulfilment: u64,
    pub(super) adjustment: u64,
    pub(super) write_off: u64,
    pub(super) sale: u64,
    pub(super) product: u64,
}

impl Account {
    /// An account without products, customers or sales.
    pub fn new(mut seed: AccountSeed) -> Self {
        if seed.locations.is_empty() {
            seed.locations.push(LocationSeed {
                name: "Main Warehouse".into(),
                is_default: true,
                country: "United Kingdom".into(),
                ..LocationSeed::default()
            });
        }
        let mut account = Self {
            locations: Vec::new(),
            catalogue: Catalogue::default(),
            customers: Customers::default(),
            sales: Sales::default(),
            documents: Vec::new(),
            transfers: Vec::new(),
            lock: None,
            writes: Writes::default(),
            meter: Meter::new(CALLS_IN_A_WINDOW),
            seed,
        };
        account.locations = account
            .seed
            .locations
            .iter()
            .map(|seed| Location {
                id: seed
                    .id
                    .clone()
                    .unwrap_or_else(|| account.guid("location", &seed.name)),
                name: seed.name.clone(),
                seed: seed.clone(),
            })
            .collect();
        account
    }

    /// How many calls the limit lets in within any 60 seconds; 60 unless set.
    pub fn set_limit(&mut self, calls: usize) {
        self.meter.limit = calls;
    }

    /// The account id and key that calls must carry.
    pub fn credentials(&self) -> (&str, &str) {
        (&self.seed.account_id, &self.seed.key)
    }

    /// The numbers of all sales, in the order they were entered.
    pub fn sale_numbers(&self) -> impl Iterator<Item = &str> {
        self.sales.list.iter().map(|sale| sale.number.as_str())
    }

    /// The SKUs of all products, in the order they were added.
    pub fn skus(&self) -> impl Iterator<Item = &str> {
        self.catalogue
            .list
            .iter()
            .map(|product| product.sku.as_str())
    }

    /// Locks the period up to a date (`2026-09-30`); an empty text unlocks it.
    pub fn lock(&mut self, date: &str) -> Result<(), Misuse> {
        if date.trim().is_empty() {
            self.lock = None;
            return Ok(());
        }
        let day: NaiveDate = parse_time(date).map(|at| at.date_naive()).ok_or_else(|| {
            Misuse::bad(format!(
                "date {date} cannot be read; give one such as 2026-09-30"
            ))
        })?;
        self.lock = Some(super::plain::midnight(day));
        Ok(())
    }

    /// Lets everything happen that is due by `world`. Nothing in the flow of orders
    /// happens by itself inside Cin7.
    pub fn advance(&mut self, world: DateTime<Utc>) {
        let _ = (world, &self.sales);
    }

    /// A GUID that depends only on the account, a kind and a name.
    pub(super) fn guid(&self, kind: &str, name: &str) -> String {
        let name = format!("{}/{kind}/{name}", self.seed.account_id);
        Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string()
    }

    pub(super) fn default_location_index(&self) -> usize {
        self.locations
            .iter()
            .position(|location| location.seed.is_default)
            .unwrap_or(0)
    }

    pub(super) fn default_location(&self) -> &Location {
        &self.locations[self.default_location_index()]
    }

    /// A location by name or ID.
    pub(super) fn location(&self, name: &str) -> Option<usize> {
        self.locations
            .iter()
            .position(|location| location.name == name || location.id.eq_ignore_ascii_case(name))
    }

    pub(super) fn expect_location(&self, name: &str) -> Result<usize, Misuse> {
        self.location(name).ok_or_else(|| {
            let known: Vec<&str> = self.locations.iter().map(|one| one.name.as_str()).collect();
            Misuse::unknown(format!(
                "Cin7 has no location '{name}'; the locations are {}",
                known.join(", ")
            ))
        })
    }
}

/// Where a record stands in a list: arbitrary, but always the same for the same ID.
pub(super) fn place_of(id: &str) -> u64 {
    let spread = Uuid::new_v5(&Uuid::NAMESPACE_OID, id.as_bytes());
    // The lower half of the range is kept free for rows that a fault moves forward.
    (spread.as_u64_pair().0 >> 1) | (1 << 62)
}
