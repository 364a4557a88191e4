//! The calls. Each is one HTTP call in the lane it is given, and answers with the record
//! of it. Nothing is repeated here.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{Contact, SaleId};
use secrecy::SecretString;
use vendor::{Base, Clock, Lane, Pacer, Told, Wire};

use crate::record::{CarrierPage, LocationPage, Me, ProductPage, SaleAnswer, SalePage};

/// Where Cin7 is and how patient to be.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Base address, by default `https://inventory.dearsystems.com/ExternalApi/v2`.
    pub base: Base,
    /// A question must be answered within this; 30 s by default.
    pub time_limit: Duration,
    /// Largest list, bytes; 32 MiB by default.
    pub list_limit: usize,
    /// Largest single record, bytes; 8 MiB by default.
    pub detail_limit: usize,
}

impl Settings {
    /// The defaults, at this address.
    pub fn at(base: Base) -> Self {
        Self { base, time_limit: Duration::from_secs(30), list_limit: 32 << 20, detail_limit: 8 << 20 }
    }
}

/// Both halves of the login; each of them counts as a secret.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// `api-auth-accountid`.
    pub account_id: SecretString,
    /// `api-auth-applicationkey`.
    pub key: SecretString,
}

/// A reader of one Cin7 Core account. Clones share the pacer.
#[derive(Clone)]
pub struct Cin7 {}

impl Cin7 {
    /// A reader of the account behind these credentials; makes no call.
    pub fn open(
        settings: Settings,
        credentials: Credentials,
        wire: Arc<dyn Wire>,
        pacer: Arc<Pacer>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let _ = (settings, credentials, wire, pacer, clock);
        Self {}
    }

    /// Which account the keys open.
    pub async fn me(&self, lane: Lane) -> Told<Me> {
        let _ = lane;
        todo!()
    }

    /// One page of the sales changed at or after `since`, of all sales without it; no
    /// status filter, so that voids, undos and edits are seen. The order of the list is
    /// not documented.
    pub async fn sales_updated_since(
        &self,
        lane: Lane,
        since: Option<DateTime<Utc>>,
        page: u32,
    ) -> Told<SalePage> {
        let _ = (lane, since, page);
        todo!()
    }

    /// One page of the sales whose order is authorised, shipped ones included: what the
    /// sweep compares with ours.
    pub async fn open_sales(&self, lane: Lane, page: u32) -> Told<SalePage> {
        let _ = (lane, page);
        todo!()
    }

    /// Whether the filter by time works: nothing can have changed a year from now. `false`
    /// means that it is being ignored.
    pub async fn probe_filter(&self, lane: Lane, now: DateTime<Utc>) -> Told<bool> {
        let _ = (lane, now);
        todo!()
    }

    /// One sale. A sale Cin7 does not know is [`vendor::Fault::Refused`] with the code
    /// [`crate::NOT_FOUND`].
    pub async fn sale(&self, lane: Lane, id: &SaleId) -> Told<SaleAnswer> {
        let _ = (lane, id);
        todo!()
    }

    /// One page of the products changed at or after `modified_since`, of all products
    /// without it; withdrawn ones included.
    pub async fn products(
        &self,
        lane: Lane,
        modified_since: Option<DateTime<Utc>>,
        page: u32,
    ) -> Told<ProductPage> {
        let _ = (lane, modified_since, page);
        todo!()
    }

    /// One page of the locations.
    pub async fn locations(&self, lane: Lane, page: u32) -> Told<LocationPage> {
        let _ = (lane, page);
        todo!()
    }

    /// One page of the carriers.
    pub async fn carriers(&self, lane: Lane, page: u32) -> Told<CarrierPage> {
        let _ = (lane, page);
        todo!()
    }

    /// The contacts of a customer, the default first; none when Cin7 does not know the
    /// customer. `customer_id` as the sale carries it.
    pub async fn customer(&self, lane: Lane, customer_id: &str) -> Told<Vec<Contact>> {
        let _ = (lane, customer_id);
        todo!()
    }
}
