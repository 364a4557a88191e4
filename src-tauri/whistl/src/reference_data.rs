//! What the warehouse says of itself: its answer to a ping, its services, its items.

use chrono::{DateTime, Utc};
use domain::{ServiceCode, ServiceOffer};

use crate::feed::BadItem;
use crate::profile::UnknownServicePolicy;

/// What the account can do. What is absent is hidden, not attempted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// Orders can be cancelled.
    pub cancel: bool,
    /// There is a feed of order events.
    pub order_events: bool,
    /// There is a list of items.
    pub item_list: bool,
    /// Items can be created.
    pub item_create: bool,
    /// There is a list of services.
    pub service_list: bool,
    /// A stock snapshot can be asked for.
    pub snapshot_request: bool,
}

/// The answer to a ping: the key is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ping {
    /// The account the key belongs to.
    pub client_code: String,
    /// Their clock, where they say.
    pub server_time: Option<DateTime<Utc>>,
    /// See [`crate::Page::epoch`].
    pub feed_epoch: Option<String>,
    /// `live`, `test`, or "".
    pub environment: String,
    /// What the account can do.
    pub capabilities: Capabilities,
}

/// The services on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Services {
    /// Those that could be read, withdrawn ones included.
    pub offers: Vec<ServiceOffer>,
    /// The one used when they default.
    pub default: Option<ServiceCode>,
    /// What becomes of an order for a service not on the list; the profile's where the
    /// list does not say.
    pub unknown_policy: UnknownServicePolicy,
    /// Those that could not be read.
    pub bad: Vec<BadItem>,
}

/// One item on file at the warehouse. The latest `seq` of a SKU wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number in the feed.
    pub seq: u64,
    /// SKU to the letter, blanks included, since they matter.
    pub sku: String,
    /// What it is.
    pub description: String,
    /// Not switched off.
    pub active: bool,
    /// Barcodes.
    pub barcodes: Vec<String>,
}
