//! Reference data, each kind on its own schedule: Cin7's locations and products, Whistl's
//! services and items. Read before orders, so that no order is judged by a stale list.

use std::sync::atomic::Ordering;

use chrono::{DateTime, Duration, Utc};
use domain::{ProductKind, ProductStanding};
use store::{Cursor, ItemRow, ProductRow, ServiceRow};
use vendor::Lane;

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL};
use crate::runs::Run;

/// How far each look for changed products overlaps the last.
const OVERLAP_MINUTES: i64 = 10;
/// The whole item list is read again this often, so that nothing missed stays missed.
const FULL_ITEMS_HOURS: i64 = 24;

impl Engine {
    /// Reads products and items where that was never done: until then every SKU is unknown.
    pub(super) async fn read_unread_reference(&self, run: &Run) -> Result<(), EngineFault> {
        let unread = {
            let store = self.store();
            let reading = store.reading();
            reading.reference_age("products")?.is_none()
                || reading.reference_age("items")?.is_none()
        };
        if unread {
            self.read_reference(run, false).await?;
        }
        Ok(())
    }

    /// Reads what is due; `all` reads everything.
    pub(crate) async fn read_reference(&self, run: &Run, all: bool) -> Result<(), EngineFault> {
        self.each(
            run,
            "locations",
            Duration::hours(24),
            all,
            Self::read_locations,
        )
        .await?;
        let every = |key: &str| Duration::seconds(self.settings().whole(key));
        self.each(
            run,
            "services",
            every("schedule.services"),
            all,
            Self::read_services,
        )
        .await?;
        self.each(run, "items", every("schedule.items"), all, Self::read_items)
            .await?;
        self.each(
            run,
            "products",
            every("schedule.products"),
            all,
            Self::read_products,
        )
        .await?;
        Ok(())
    }

    async fn each(
        &self,
        run: &Run,
        name: &'static str,
        every: Duration,
        all: bool,
        read: impl AsyncFnOnce(&Self, &Run) -> Result<(), Unanswered>,
    ) -> Result<(), EngineFault> {
        let last = self.store().reading().reference_age(name)?;
        let due = all || last.is_none_or(|at| self.now() - at >= every);
        if due
            && !run.is_stopped()
            && let Err(why) = read(self, run).await
        {
            run.unanswered(name, why)?;
        }
        Ok(())
    }

    async fn read_locations(&self, run: &Run) -> Result<(), Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let mut paging = cin7::Paging::new();
        let mut found = Vec::new();
        while let Some(number) = paging.next_page() {
            let page = self
                .ask(run, CIN7, None, || cin7.locations(Lane::Background, number))
                .await?;
            paging.took(&page);
            found.extend(page.rows.into_iter().filter_map(Result::ok));
        }
        let rows: Vec<(String, String)> = found
            .into_iter()
            .filter(|l| !l.deprecated)
            .map(|l| (l.id, l.name))
            .collect();
        let now = self.now();
        self.store().write(|w| {
            w.put_locations(&rows)?;
            w.reference_read("locations", now)
        })?;
        Ok(())
    }

    async fn read_services(&self, run: &Run) -> Result<(), Unanswered> {
        let (reader, _) = self.whistl().map_err(not_set_up)?;
        let services = self.ask(run, WHISTL, None, || reader.services()).await?;
        let default = services
            .default
            .as_ref()
            .map(|code| code.as_str().to_owned());
        let rows: Vec<ServiceRow> = services
            .offers
            .into_iter()
            .map(|offer| ServiceRow {
                is_default: default.as_deref() == Some(offer.code.as_str()),
                code: offer.code.as_str().to_owned(),
                name: offer.name,
                active: offer.active,
                countries: offer.countries,
                carrier: offer.carrier,
            })
            .collect();
        self.lists_moved.store(true, Ordering::SeqCst);
        let now = self.now();
        self.store().write(|w| {
            w.put_services(&rows)?;
            w.reference_read("services", now)
        })?;
        Ok(())
    }

    async fn read_items(&self, run: &Run) -> Result<(), Unanswered> {
        let (reader, _) = self.whistl().map_err(not_set_up)?;
        let full = self
            .store()
            .reading()
            .reference_age("items_full")?
            .is_none_or(|at| self.now() - at >= Duration::hours(FULL_ITEMS_HOURS));
        let mut after = if full {
            None
        } else {
            self.store().reading().cursor("items")?.map(|c| c.value)
        };
        let mut still = 0;
        loop {
            let asked = after.clone();
            let page = match self
                .ask(run, WHISTL, None, || reader.items(asked.as_deref()))
                .await?
            {
                whistl::PageOutcome::Page(page) => page,
                whistl::PageOutcome::Expired { .. } => {
                    after = None;
                    still += 1;
                    if still >= 3 {
                        run.cut_short("Whistl's item list cannot be read from its beginning");
                        return Ok(());
                    }
                    continue;
                }
            };
            still = if page.next_cursor == asked {
                still + 1
            } else {
                0
            };
            let now = self.now();
            let rows = item_rows(run, &page);
            self.lists_moved
                .fetch_or(!rows.is_empty(), Ordering::SeqCst);
            self.store().write(|w| {
                w.put_items(&rows)?;
                if let Some(value) = &page.next_cursor {
                    let epoch = page.epoch.clone();
                    w.put_cursor(
                        "items",
                        &Cursor {
                            value: value.clone(),
                            epoch,
                            at: now,
                        },
                    )?;
                }
                if !page.has_more {
                    w.reference_read("items", now)?;
                    if full {
                        w.reference_read("items_full", now)?;
                    }
                }
                Ok(())
            })?;
            if !page.has_more {
                return Ok(());
            }
            if still >= 3 {
                run.cut_short("Whistl's item list does not move on; reading it again later");
                return Ok(());
            }
            after = page.next_cursor;
        }
    }

    async fn read_products(&self, run: &Run) -> Result<(), Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let mark = self
            .store()
            .reading()
            .cursor("products")?
            .and_then(|c| instant(&c.value));
        let since = mark.map(|at| at - Duration::minutes(OVERLAP_MINUTES));
        let mut paging = cin7::Paging::new();
        let mut newest = mark;
        while let Some(number) = paging.next_page() {
            let page = self
                .ask(run, CIN7, None, || {
                    cin7.products(Lane::Background, since, number)
                })
                .await?;
            paging.took(&page);
            let mut rows = Vec::with_capacity(page.rows.len());
            for row in page.rows {
                match row {
                    Ok(product) => {
                        newest = newest.max(product.last_modified);
                        rows.push(product_row(product));
                    }
                    Err(bad) => run.fault(format!("A product could not be read: {bad}")),
                }
            }
            self.lists_moved
                .fetch_or(!rows.is_empty(), Ordering::SeqCst);
            let now = self.now();
            let last = paging.next_page().is_none();
            self.store().write(|w| {
                w.put_products(&rows)?;
                if last {
                    if let Some(at) = newest {
                        let value = at.to_rfc3339();
                        w.put_cursor(
                            "products",
                            &Cursor {
                                value,
                                epoch: String::new(),
                                at: now,
                            },
                        )?;
                    }
                    w.reference_read("products", now)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

fn item_rows(run: &Run, page: &whistl::Page<whistl::Item>) -> Vec<ItemRow> {
    let mut rows = Vec::with_capacity(page.items.len());
    for item in &page.items {
        match item {
            Ok(item) => rows.push(ItemRow {
                sku: item.sku.clone(),
                active: item.active,
                description: item.description.clone(),
            }),
            Err(bad) => run.fault(format!("An item of Whistl's could not be read: {bad}")),
        }
    }
    rows
}

fn product_row(row: cin7::ProductRow) -> ProductRow {
    ProductRow {
        id: row.id.as_str().to_owned(),
        sku: row.product.sku.as_str().to_owned(),
        name: row.name,
        kind: match row.product.kind {
            ProductKind::Stock => "Stock".to_owned(),
            ProductKind::Service => "Service".to_owned(),
            ProductKind::NonInventory => "Non Inventory".to_owned(),
            ProductKind::Unknown(word) => word,
        },
        status: match row.product.standing {
            ProductStanding::Active => "Active",
            ProductStanding::NotReady => "Setup required",
            ProductStanding::Deprecated => "Deprecated",
        }
        .to_owned(),
        cost: row.average_cost.unwrap_or_default(),
        price: row.price.unwrap_or_default(),
    }
}

/// Reads a stored mark.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|at| at.with_timezone(&Utc))
}

/// A vendor that is not set up yet cannot be asked.
pub(super) fn not_set_up(fault: EngineFault) -> Unanswered {
    match fault {
        EngineFault::Store(fault) => Unanswered::Store(fault),
        other => Unanswered::NotNow(other.to_string()),
    }
}
