//! What the benchmarks measure of the engine: one check and the write that keeps its verdict,
//! and a comparison of stock. Uses the same code as a run; nothing else does.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::check::check;
use domain::{Sale, SaleId, SaleNumber};
use store::{
    Durability, Entry, ItemRow, ListingSeen, MapKind, OrderState, SaleKey, ServiceRow, Standing,
    Store, StoreKey,
};

use crate::decide::{Decider, ReadSale, Wish};
use crate::knowledge::{ForSale, Knowledge};
use crate::settings::Settings;

pub use crate::runs::ComparisonBench;

/// A store with one sale in it, and all that is needed to decide that sale.
pub struct CheckBench {
    store: Store,
    decider: Decider,
    sale: Sale,
    detail: Vec<u8>,
    key: SaleKey,
    now: DateTime<Utc>,
}

impl CheckBench {
    /// Sets everything up.
    ///
    /// # Panics
    /// When the store cannot be made: there is nothing to measure then.
    #[expect(
        clippy::expect_used,
        reason = "a benchmark that cannot be set up measures nothing"
    )]
    pub fn new(folder: &Path, key: &str, now: DateTime<Utc>) -> Self {
        let key = StoreKey::from_hex(key).expect("a key");
        let options = store::Options {
            durability: Durability::Full,
            program: "bench",
            now,
        };
        let mut store = Store::open(folder, Some(key), options).expect("a store");
        let detail = five_lines().into_bytes();
        let sale = cin7::read_sale(&detail).expect("a readable sale");
        let key = store.write(|w| fill(w, now)).expect("filled");
        let settings = Settings::default();
        let rules = settings.rules();
        let known = Knowledge::load(store.reading(), &rules.sku).expect("loaded");
        let decider = Decider {
            settings_version: 1,
            trigger: settings.trigger((LOCATION.into(), "Whistl Fulfilment".into())),
            calendar: settings.calendar(),
            profile: whistl::Profile::default(),
            rules,
            known,
            settings: Arc::new(settings),
        };
        Self {
            store,
            decider,
            sale,
            detail,
            key,
            now,
        }
    }

    /// The mean time of one check.
    pub fn check(&self, times: u32) -> Duration {
        let world = ForSale {
            world: &self.decider.known,
            contacts: &[],
        };
        let began = Instant::now();
        for _ in 0..times {
            let verdict = check(&self.sale, 1, &self.decider.rules, &world);
            std::hint::black_box(&verdict);
        }
        began.elapsed() / times
    }

    /// The mean time of deciding and keeping the verdict, as a run does it.
    ///
    /// # Panics
    /// When the store fails.
    #[expect(
        clippy::expect_used,
        reason = "a benchmark that fails measures nothing"
    )]
    pub fn write(&mut self, times: u32) -> Duration {
        let began = Instant::now();
        for _ in 0..times {
            let read = ReadSale {
                sale: &self.sale,
                detail: &self.detail,
                mark: self.now,
                contacts: &[],
            };
            let (decider, key, now) = (&self.decider, self.key, self.now);
            self.store
                .write(|w| {
                    let row = w.sale_row(key)?;
                    decider.decide(w, &row, &read, Wish::None, "bench", now)
                })
                .expect("written");
        }
        began.elapsed() / times
    }

    /// Bytes of the database for one entry of the journal without a body.
    ///
    /// # Panics
    /// When the store fails.
    #[expect(
        clippy::expect_used,
        reason = "a benchmark that fails measures nothing"
    )]
    pub fn journal_entry_bytes(&mut self, entries: u32) -> u64 {
        let before = self.store.size_in_bytes().expect("a size");
        let (now, key) = (self.now, self.key);
        self.store
            .write(|w| {
                for n in 0..entries {
                    w.journal(&Entry {
                        at: now + chrono::Duration::milliseconds(i64::from(n)),
                        kind: "call",
                        vendor: "cin7",
                        direction: "out",
                        operation: "read sale",
                        sale: Some(key),
                        subject: "/sale?ID=7b8a40bd-9bf2-564d-8253-54fadcd84944&HideInventoryMovements=true",
                        who: "",
                        attempt: 0,
                        status: 200,
                        outcome: "answered",
                        duration_ms: 120,
                        text: "",
                        request: None,
                        response: None,
                    })?;
                }
                Ok(())
            })
            .expect("written");
        let after = self.store.size_in_bytes().expect("a size");
        after.saturating_sub(before) / u64::from(entries)
    }
}

const LOCATION: &str = "9679b1f0-cdc8-5387-a16c-110ce375c3fe";

fn fill(w: &mut store::Write<'_>, now: DateTime<Utc>) -> Result<SaleKey, store::StoreFault> {
    let items: Vec<ItemRow> = (1..=5)
        .map(|n| ItemRow {
            sku: format!("HPMUG00{n}"),
            active: true,
            description: "Mug".into(),
        })
        .collect();
    w.put_items(&items)?;
    w.reference_read("items", now)?;
    w.put_services(&[ServiceRow {
        code: "WHI_STD".into(),
        name: "Standard 48".into(),
        active: true,
        countries: vec!["GB".into()],
        is_default: true,
        carrier: "RMT".into(),
    }])?;
    w.put_map(
        MapKind::Service,
        "Royal Mail Tracked 48",
        Some("WHI_STD"),
        "bench",
        "",
        now,
    )?;
    let id = SaleId::parse("7b8a40bd-9bf2-564d-8253-54fadcd84944");
    let number = SaleNumber::parse("SO-10421");
    let (Ok(id), Ok(number)) = (id, number) else {
        return Err(store::StoreFault::Missing {
            what: "the sale".into(),
        });
    };
    let row = w.saw_listing(&ListingSeen {
        id,
        number,
        updated: now,
        standing: Standing::In(OrderState::Waiting),
        wants_read: true,
        authorised_at: Some(now),
        channel: "Shopify".into(),
        find: Vec::new(),
        now,
    })?;
    Ok(row.key)
}

/// A sale of five lines as Cin7 answers it.
fn five_lines() -> String {
    let lines: Vec<serde_json::Value> = (1..=5)
        .map(|n| {
            serde_json::json!({
                "ProductID": format!("2294366c-9adf-56a3-b804-da326d56083{n}"),
                "SKU": format!("HPMUG00{n}"), "Name": "Stoneware mug", "Quantity": n, "Price": 14,
                "Discount": 0, "Tax": 2.8, "Comment": "", "DropShip": false,
                "BackorderQuantity": 0, "Total": 14
            })
        })
        .collect();
    serde_json::json!({
        "ID": "7b8a40bd-9bf2-564d-8253-54fadcd84944", "Customer": "Ada Merrow",
        "CustomerID": "0d6f1d3d-d27d-53db-a621-5a84cee4998e", "Contact": "Ada Merrow",
        "Phone": "07700 900123", "Email": "ada.merrow@example.com",
        "ShippingAddress": {
            "Line1": "Unit 3, The Old Ropeworks", "Line2": "14 Lantern Row", "City": "Bristol",
            "State": "", "Postcode": "bs14zz", "Country": "United Kingdom", "Company": "",
            "Contact": "Ada Merrow", "ShipToOther": false
        },
        "ShippingNotes": "Leave with neighbour at 16", "CustomerCurrency": "GBP",
        "ShipBy": "2026-11-25T00:00:00", "Location": "Whistl Fulfilment",
        "SaleOrderDate": "2026-11-23T00:00:00", "LastModifiedOn": "2026-11-23T16:02:09.337Z",
        "CustomerReference": "#4471", "Status": "ORDERED", "CombinedPickingStatus": "NOT PICKED",
        "CombinedPackingStatus": "NOT PACKED", "CombinedShippingStatus": "NOT SHIPPED",
        "CombinedPaymentStatus": "PREPAID", "Carrier": "Royal Mail Tracked 48",
        "ServiceOnly": false, "Type": "Simple Sale", "SourceChannel": "Shopify",
        "Order": {
            "SaleOrderNumber": "SO-10421", "Memo": "", "Status": "AUTHORISED", "Lines": lines,
            "AdditionalCharges": [], "TotalBeforeTax": 210, "Tax": 42, "Total": 252
        },
        "Fulfilments": [], "AdditionalAttributes": {}
    })
    .to_string()
}
