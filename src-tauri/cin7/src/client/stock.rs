//! The questions about stock: levels, the documents that change them, and what is on the road.

use vendor::{Lane, Told, tell};

use super::{Cin7, LIMIT, known, list, nonsense, paged};
use crate::map::{self, About};
use crate::record::{
    AdjustmentDocument, AdjustmentPage, StockPage, TransferPage, WriteOffDocument, WriteOffPage,
};

impl Cin7 {
    /// One page of the stock at the location of that name, which must be exact (observed). There
    /// is no filter by time: each look is a whole one (observed). `limit` is 1 to 1000.
    pub async fn availability(
        &self,
        lane: Lane,
        page: u32,
        limit: u32,
        location: &str,
    ) -> Told<StockPage> {
        let query = vec![
            ("Page", page.to_string()),
            ("Limit", limit.clamp(1, LIMIT).to_string()),
            ("Location", location.to_owned()),
        ];
        let told = self
            .ask(
                "list stock",
                lane,
                "/ref/productavailability",
                query,
                self.list_limit,
            )
            .await;
        list(told, "ProductAvailabilityList", page, |row| {
            Some(map::level(row))
        })
    }

    /// The stock of one SKU at that location, told apart by case. The filter also finds longer
    /// codes (observed); those are counted in `received` and left out of the rows. No row means
    /// 0, if all were received.
    pub async fn availability_of(&self, lane: Lane, sku: &str, location: &str) -> Told<StockPage> {
        let mut query = paged(1);
        query.push(("Sku", sku.to_owned()));
        query.push(("Location", location.to_owned()));
        let told = self
            .ask(
                "read stock",
                lane,
                "/ref/productavailability",
                query,
                self.list_limit,
            )
            .await;
        list(told, "ProductAvailabilityList", 1, |row| {
            map::level_of(row, sku)
        })
    }

    /// One adjustment by its task. One that Cin7 does not know is
    /// [`vendor::Fault::Refused`] with the code [`crate::NOT_FOUND`].
    pub async fn adjustment(&self, lane: Lane, task: &str) -> Told<AdjustmentDocument> {
        let query = vec![("TaskID", task.to_owned())];
        let told = self
            .ask(
                "read adjustment",
                lane,
                "/stockadjustment",
                query,
                self.detail_limit,
            )
            .await;
        tell(known(told), |response| {
            map::adjustment(&response.body, About::Task(task)).map_err(|field| nonsense(&field))
        })
    }

    /// One page of the adjustments that are drafts. There is no filter by reference
    /// (documented): who looks for one reads them all.
    pub async fn draft_adjustments(&self, lane: Lane, page: u32) -> Told<AdjustmentPage> {
        let mut query = paged(page);
        query.push(("Status", "DRAFT".into()));
        let told = self
            .ask(
                "list draft adjustments",
                lane,
                "/stockadjustmentList",
                query,
                self.list_limit,
            )
            .await;
        list(told, "StockAdjustmentList", page, |row| {
            Some(map::adjustment_listing(row))
        })
    }

    /// One page of the write-offs whose notes bear that key, whatever their status. The search
    /// goes through the notes (documented); what else it finds is left out of the rows.
    pub async fn write_offs(&self, lane: Lane, key: &str, page: u32) -> Told<WriteOffPage> {
        let mut query = paged(page);
        query.push(("Search", key.to_owned()));
        let told = self
            .ask(
                "search write-offs",
                lane,
                "/inventoryWriteOffList",
                query,
                self.list_limit,
            )
            .await;
        list(told, "InventoryWriteOffs", page, |row| {
            map::write_off_listing(row, key)
        })
    }

    /// One write-off by its task. One that Cin7 does not know is [`vendor::Fault::Refused`]
    /// with the code [`crate::NOT_FOUND`]. That the question takes `TaskID`, as an adjustment's
    /// does, is assumed: were it ignored, the answer would be about another and no answer.
    pub async fn write_off(&self, lane: Lane, task: &str) -> Told<WriteOffDocument> {
        let query = vec![("TaskID", task.to_owned())];
        let told = self
            .ask(
                "read write-off",
                lane,
                "/inventoryWriteOff",
                query,
                self.detail_limit,
            )
            .await;
        tell(known(told), |response| {
            map::write_off(&response.body, About::Task(task)).map_err(|field| nonsense(&field))
        })
    }

    /// One page of the transfers that are on the road, between whatever locations.
    pub async fn transfers_in_transit(&self, lane: Lane, page: u32) -> Told<TransferPage> {
        let mut query = paged(page);
        query.push(("Status", "IN TRANSIT".into()));
        let told = self
            .ask(
                "list transfers",
                lane,
                "/stockTransferList",
                query,
                self.list_limit,
            )
            .await;
        list(told, "StockTransferList", page, map::transfer)
    }
}
