//! The simulated Whistl warehouse: the contract of `whistl-connector.md`, sections 2 to
//! 11 and 13, as unforgiving as it is written there. Synchronous and deterministic: time is
//! passed in, ids come from counters. Files are not here. No network and no other vendor.

mod adjusting;
mod adjustment;
mod agenda;
mod answer;
mod booking;
mod boxes;
mod call;
mod cancel;
mod despatch;
mod despatching;
mod distort;
mod events;
mod faults;
mod feed_log;
mod feeds;
mod habits;
mod items;
mod leaving;
mod life;
mod limits;
mod mishaps;
mod oddities;
mod order;
mod orders;
mod parcel;
mod part;
mod passing;
mod reasons;
mod refusal;
mod rules;
mod services;
mod snapshot;
mod snapshots;
mod status;
mod steps;
mod stock_habits;
mod submission;
mod submit;
#[cfg(test)]
mod tests;
mod times;
mod truth;
mod wire;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use faults::FAULTS;
pub use habits::Habits;
pub use services::{ServiceOffer, UnknownService};
use status::Status;
pub use stock_habits::StockHabits;
pub use truth::DocumentOrders;

use crate::http::Misuse;

/// How a warehouse begins.
#[derive(Clone, Debug)]
pub struct WarehouseSeed {
    /// The account's client code, `STKB` in the samples.
    pub client_code: String,
    /// The API key calls must carry.
    pub key: String,
    /// Warehouse code, `BRI1` in the samples.
    pub warehouse: String,
    /// Services on offer; [`ServiceOffer::usual`] gives the samples' four.
    pub services: Vec<ServiceOffer>,
    /// What becomes of orders for a service that is unknown or withdrawn.
    pub unknown_service_policy: UnknownService,
    /// How goods leave and stock changes when it is left alone.
    pub habits: Habits,
    /// Whether a snapshot may be asked for (capability `snapshot_request`).
    pub snapshot_request: bool,
    /// World time at the start; the first feed epoch is named after it.
    pub start: DateTime<Utc>,
}

/// One warehouse with one client account. Serialises whole, so that a vendor can be
/// "the same" after a restart; only the call limit begins anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Warehouse {
    client_code: String,
    key: String,
    /// Warehouse code.
    site: String,
    services: services::ServiceBook,
    items: items::ItemBook,
    orders: orders::OrderShelf,
    events: events::EventLog,
    // A state file from before there were despatches has none of these three.
    #[serde(default)]
    despatches: despatch::DespatchBook,
    /// Absent in state files from before there were any.
    #[serde(default)]
    adjustments: adjustment::AdjustmentBook,
    #[serde(default)]
    snapshots: snapshot::SnapshotBook,
    /// The last full hour that was lived through; none in a state file from before hours
    /// were counted.
    #[serde(default)]
    last_hour: Option<DateTime<Utc>>,
    #[serde(default)]
    habits: Habits,
    /// The number of the last change of stock (contract, section 2.7).
    #[serde(default)]
    last_movement: u64,
    agenda: agenda::Agenda,
    epoch: String,
    restores: u64,
    /// References of orders lost without any message.
    dropped: Vec<String>,
    calls: Calls,
    /// Metered time begins anew with each start, so the bucket is not kept.
    #[serde(skip)]
    bucket: limits::Bucket,
}

/// Calls received.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Calls {
    total: u64,
    /// Calls over the real limit; a 429 that a fault plays does not count.
    refused: u64,
    /// Calls by the status they got; `none` for those never answered.
    by_status: BTreeMap<String, u64>,
}

impl Calls {
    fn note(&mut self, status: &str) {
        *self.by_status.entry(status.to_owned()).or_default() += 1;
    }
}

impl Warehouse {
    /// An empty warehouse: services, but no items and no orders.
    pub fn new(seed: WarehouseSeed) -> Self {
        Self {
            client_code: seed.client_code,
            key: seed.key,
            site: seed.warehouse,
            services: services::ServiceBook::new(seed.services, seed.unknown_service_policy),
            items: items::ItemBook::default(),
            orders: orders::OrderShelf::default(),
            events: events::EventLog::default(),
            despatches: despatch::DespatchBook::default(),
            adjustments: adjustment::AdjustmentBook::default(),
            snapshots: snapshot::SnapshotBook::new(seed.snapshot_request),
            last_hour: Some(times::full_hour(seed.start)),
            habits: seed.habits,
            last_movement: leaving::MOVEMENTS_FROM,
            agenda: agenda::Agenda::default(),
            epoch: format!("{}/1", times::zulu(seed.start)),
            restores: 0,
            dropped: Vec::new(),
            calls: Calls::default(),
            bucket: limits::Bucket::default(),
        }
    }

    /// Puts an item on file with its stock in whole units, and publishes it.
    pub fn add_item(
        &mut self,
        sku: &str,
        active: bool,
        description: &str,
        barcodes: &[String],
        on_hand: i64,
        now: DateTime<Utc>,
    ) {
        self.items
            .put(sku, active, description, barcodes.to_vec(), on_hand, now);
    }

    /// Creates or changes an item from the control side: `sku`, and any of `active`,
    /// `description`, `barcodes`, `on_hand` (100 for a new item). Answers the item.
    pub fn set_item(&mut self, change: &Value, now: DateTime<Utc>) -> Result<Value, Misuse> {
        self.items.set(change, now)
    }

    /// Goods arrive for an item on file, in whole units; a part of one is rounded up.
    pub fn receive(&mut self, sku: &str, units: Decimal) {
        if let Some(item) = self.items.get_mut(sku) {
            let units = units.ceil().to_i64().unwrap_or_default();
            item.on_hand += units;
            item.opening += units;
        }
    }

    /// Changes how stock changes when nobody steers: any of the rates of [`StockHabits`], the
    /// rest stays. Answers them all.
    ///
    /// # Errors
    /// A rate is unknown, or no whole number.
    pub fn set_stock_habits(&mut self, change: &Value) -> Result<Value, Misuse> {
        let stock = self.habits.stock.patched(change)?;
        self.habits.stock = stock;
        Ok(stock.listing())
    }

    /// Changes services from the control side: `{"services": [{"code", …}],
    /// "unknown_service_policy"}`, or one service's members. Answers the whole list.
    pub fn patch_services(&mut self, change: &Value) -> Result<Value, Misuse> {
        self.services.patch(change)?;
        Ok(self.services.listing())
    }

    /// The account's client code.
    pub fn client_code(&self) -> &str {
        &self.client_code
    }

    /// The API key calls must carry.
    pub fn key(&self) -> &str {
        &self.key
    }
}
