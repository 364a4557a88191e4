//! The store's interface while its bodies are being written.
#![allow(unused_variables, missing_docs, clippy::pedantic)]

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{ClientReference, HoldCode, Owner, Reason, SaleId, SaleNumber};
use rust_decimal::Decimal;

use crate::forms::*;
use crate::{StoreFault, StoreKey};

type Told<T> = Result<T, StoreFault>;

fn later<T>() -> Told<T> {
    Err(StoreFault::Missing { what: "body of this function".into() })
}

/// How hard a commit presses the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// A commit survives a power cut.
    Full,
    /// For simulation only.
    Fast,
}

/// How to open the store.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    pub durability: Durability,
    pub program: &'a str,
    pub now: DateTime<Utc>,
}

/// One row of Cin7's list as noted.
#[derive(Clone, Debug)]
pub struct ListingSeen {
    pub id: SaleId,
    pub number: SaleNumber,
    pub updated: DateTime<Utc>,
    pub standing: Standing,
    pub wants_read: bool,
    pub authorised_at: Option<DateTime<Utc>>,
    pub channel: String,
    pub find: Vec<String>,
    pub now: DateTime<Utc>,
}

/// What to show of the journal, newest first.
#[derive(Clone, Debug, Default)]
pub struct JournalFilter {
    pub sale: Option<SaleKey>,
    pub since: Option<DateTime<Utc>>,
    pub outcome: Option<String>,
    pub kind: Option<String>,
    pub before: Option<i64>,
    pub limit: u32,
}

/// The chain holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub entries: i64,
    pub head: Vec<u8>,
    pub bodies_checked: u64,
    pub bodies_locked: u64,
}

/// The first entry that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadEntry {
    pub id: i64,
    pub what: String,
}

pub struct Store {
    reading: Reading,
}
pub struct Reading {
    conn: rusqlite::Connection,
}
pub struct Write<'a> {
    reading: &'a Reading,
}
impl std::ops::Deref for Write<'_> {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        self.reading
    }
}

impl Store {
    pub fn open(dir: &Path, key: Option<StoreKey>, options: Options<'_>) -> Told<Self> { later() }
    pub fn reading(&self) -> &Reading { &self.reading }
    pub fn write<T>(&mut self, work: impl FnOnce(&mut Write<'_>) -> Told<T>) -> Told<T> { later() }
    pub fn claim(&mut self, now: DateTime<Utc>, look_only: bool) -> Told<Option<Claimed>> { later() }
    pub fn settle<T>(&mut self, claimed: Claimed, how: Settlement, now: DateTime<Utc>, also: impl FnOnce(&mut Write<'_>) -> Told<T>) -> Told<T> { later() }
    pub fn recover(&mut self, now: DateTime<Utc>, wait_seconds: i64) -> Told<Vec<SaleNumber>> { later() }
    pub fn note_call(&mut self, vendor: &str, at: DateTime<Utc>) -> Told<()> { later() }
    pub fn clear_bodies_older_than(&mut self, before: DateTime<Utc>, now: DateTime<Utc>, mask: &dyn Fn(&[u8]) -> Vec<u8>) -> Told<u64> { later() }
}

impl Reading {
    pub fn open(dir: &Path, key: Option<StoreKey>) -> Told<Self> { later() }
    pub fn sale(&self, id: &SaleId) -> Told<Option<SaleRow>> { later() }
    pub fn sale_by_number(&self, number: &str) -> Told<Option<SaleRow>> { later() }
    pub fn sale_by_reference(&self, reference: &str) -> Told<Option<SaleRow>> { later() }
    pub fn sale_row(&self, sale: SaleKey) -> Told<SaleRow> { later() }
    pub fn sealed(&self, sale: SaleKey) -> Told<SealedSale> { later() }
    pub fn sent_body(&self, sale: SaleKey) -> Told<Option<Vec<u8>>> { later() }
    pub fn holds(&self, sale: SaleKey) -> Told<Vec<HoldRow>> { later() }
    pub fn has_hold(&self, sale: SaleKey, code: HoldCode) -> Told<bool> { later() }
    pub fn attempts(&self, sale: SaleKey) -> Told<Vec<AttemptRow>> { later() }
    pub fn timeline(&self, sale: SaleKey, limit: u32) -> Told<Vec<EntryRow>> { later() }
    pub fn orders(&self, filter: &OrderFilter) -> Told<OrderPage> { later() }
    pub fn tallies_by_state(&self) -> Told<Vec<Tally>> { later() }
    pub fn tallies_by_owner(&self) -> Told<Vec<Tally>> { later() }
    pub fn tallies_by_hold(&self) -> Told<Vec<Tally>> { later() }
    pub fn tallies_by_outside(&self) -> Told<Vec<Tally>> { later() }
    pub fn oldest(&self, state: OrderState) -> Told<Option<DateTime<Utc>>> { later() }
    pub fn known_marks(&self, ids: &[SaleId]) -> Told<HashMap<SaleId, (DateTime<Utc>, Option<DateTime<Utc>>)>> { later() }
    pub fn sales_to_read(&self, limit: u32) -> Told<Vec<SaleRow>> { later() }
    pub fn held_to_decide_again(&self, settings_version: i64, map_version: i64, after: Option<SaleKey>, limit: u32) -> Told<Vec<SaleRow>> { later() }
    pub fn unsent_sales(&self) -> Told<Vec<(SaleKey, SaleId)>> { later() }
    pub fn live_at_warehouse(&self, checked_before: DateTime<Utc>, limit: u32) -> Told<Vec<SaleRow>> { later() }
    pub fn maps(&self, kind: MapKind) -> Told<Vec<MapRow>> { later() }
    pub fn map_history(&self, kind: Option<MapKind>, from: Option<&str>) -> Told<Vec<MapChange>> { later() }
    pub fn map_version(&self) -> Told<i64> { later() }
    pub fn settings(&self) -> Told<(i64, String)> { later() }
    pub fn settings_history(&self) -> Told<Vec<SettingsChange>> { later() }
    pub fn products(&self) -> Told<Vec<ProductRow>> { later() }
    pub fn items(&self) -> Told<Vec<ItemRow>> { later() }
    pub fn services(&self) -> Told<Vec<ServiceRow>> { later() }
    pub fn locations(&self) -> Told<Vec<(String, String)>> { later() }
    pub fn reference_age(&self, name: &str) -> Told<Option<DateTime<Utc>>> { later() }
    pub fn contact(&self, customer_id: &str) -> Told<Option<(DateTime<Utc>, Vec<u8>)>> { later() }
    pub fn cursor(&self, name: &str) -> Told<Option<Cursor>> { later() }
    pub fn vendor(&self, vendor: &str) -> Told<VendorRow> { later() }
    pub fn recent_calls(&self, vendor: &str, since: DateTime<Utc>) -> Told<Vec<DateTime<Utc>>> { later() }
    pub fn runs(&self, kind: Option<&str>, limit: u32) -> Told<Vec<RunRow>> { later() }
    pub fn last_run(&self, kind: &str) -> Told<Option<RunRow>> { later() }
    pub fn latency(&self, since: NaiveDate) -> Told<Vec<LatencyDay>> { later() }
    pub fn gaps(&self, since: DateTime<Utc>) -> Told<Vec<Gap>> { later() }
    pub fn heartbeat(&self) -> Told<Option<DateTime<Utc>>> { later() }
    pub fn journal(&self, filter: &JournalFilter) -> Told<Vec<EntryRow>> { later() }
    pub fn body(&self, hash: &[u8]) -> Told<Option<Body>> { later() }
    pub fn verify(&self) -> Told<Result<Verified, BadEntry>> { later() }
    pub fn next_due(&self, look_only: bool) -> Told<Option<DateTime<Utc>>> { later() }
    pub fn outbox_waiting(&self) -> Told<(i64, Option<DateTime<Utc>>)> { later() }
}

/// A version of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsChange {
    pub version: i64,
    pub document: String,
    pub at: DateTime<Utc>,
    pub who: String,
}

impl Write<'_> {
    pub fn saw_listing(&mut self, seen: &ListingSeen) -> Told<SaleRow> { later() }
    pub fn set_standing(&mut self, sale: SaleKey, standing: &Standing, owner: Option<Owner>, now: DateTime<Utc>) -> Told<()> { later() }
    #[allow(clippy::too_many_arguments)]
    pub fn put_detail(&mut self, sale: SaleKey, mark: DateTime<Utc>, sealed: &SealedSale, value: Decimal, currency: &str, channel: &str, service: &str, ship_by: Option<DateTime<Utc>>, not_before: Option<DateTime<Utc>>) -> Told<()> { later() }
    pub fn put_holds(&mut self, sale: SaleKey, reasons: &[Reason], now: DateTime<Utc>) -> Told<()> { later() }
    pub fn clear_holds(&mut self, sale: SaleKey) -> Told<()> { later() }
    pub fn add_hold(&mut self, sale: SaleKey, reason: &Reason, now: DateTime<Utc>) -> Told<()> { later() }
    pub fn remove_hold(&mut self, sale: SaleKey, code: HoldCode) -> Told<()> { later() }
    pub fn set_reference(&mut self, sale: SaleKey, reference: &ClientReference) -> Told<()> { later() }
    pub fn set_edition(&mut self, sale: SaleKey, edition: u32) -> Told<()> { later() }
    pub fn set_warehouse(&mut self, sale: SaleKey, whistl_ref: &str, status: &str, accepted_at: Option<DateTime<Utc>>) -> Told<()> { later() }
    pub fn keep_fingerprint(&mut self, sale: SaleKey, fingerprint: Option<&[u8]>) -> Told<()> { later() }
    pub fn set_event_seq(&mut self, sale: SaleKey, seq: u64) -> Told<()> { later() }
    pub fn decided(&mut self, sale: SaleKey, settings_version: i64, map_version: i64) -> Told<()> { later() }
    pub fn mark_read(&mut self, sale: SaleKey, mark: DateTime<Utc>) -> Told<()> { later() }
    pub fn want_read(&mut self, sale: SaleKey) -> Told<()> { later() }
    pub fn mark_checked(&mut self, sale: SaleKey, now: DateTime<Utc>) -> Told<()> { later() }
    pub fn put_intention(&mut self, intention: &Intention) -> Told<()> { later() }
    pub fn drop_intention(&mut self, sale: SaleKey) -> Told<()> { later() }
    pub fn unpark(&mut self, sale: SaleKey, due: DateTime<Utc>) -> Told<()> { later() }
    pub fn close_parked(&mut self, sale: SaleKey, now: DateTime<Utc>) -> Told<()> { later() }
    pub fn attempt_detail(&mut self, sale: SaleKey, words: &str) -> Told<()> { later() }
    pub fn journal(&mut self, entry: &Entry<'_>) -> Told<i64> { later() }
    pub fn put_cursor(&mut self, name: &str, cursor: &Cursor) -> Told<()> { later() }
    pub fn put_map(&mut self, kind: MapKind, from: &str, to: Option<&str>, who: &str, reason: &str, now: DateTime<Utc>) -> Told<i64> { later() }
    pub fn put_settings(&mut self, document: &str, who: &str, now: DateTime<Utc>) -> Told<i64> { later() }
    pub fn put_products(&mut self, rows: &[ProductRow]) -> Told<()> { later() }
    pub fn put_items(&mut self, rows: &[ItemRow]) -> Told<()> { later() }
    pub fn put_services(&mut self, rows: &[ServiceRow]) -> Told<()> { later() }
    pub fn put_locations(&mut self, rows: &[(String, String)]) -> Told<()> { later() }
    pub fn reference_read(&mut self, name: &str, now: DateTime<Utc>) -> Told<()> { later() }
    pub fn put_contact(&mut self, customer_id: &str, body: &[u8], now: DateTime<Utc>) -> Told<()> { later() }
    pub fn put_vendor(&mut self, vendor: &str, row: &VendorRow) -> Told<()> { later() }
    pub fn begin_run(&mut self, run: &RunRow) -> Told<()> { later() }
    pub fn end_run(&mut self, run: &RunRow) -> Told<()> { later() }
    pub fn add_latency(&mut self, seconds: i64, day: NaiveDate) -> Told<()> { later() }
    pub fn put_gap(&mut self, gap: &Gap) -> Told<()> { later() }
    pub fn heartbeat(&mut self, now: DateTime<Utc>) -> Told<()> { later() }
}
