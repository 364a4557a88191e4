//! Despatches, and how far Cin7 has been told of each.

use domain::despatch::DespatchKind;
use serde::Serialize;
use store::{Body, DespatchKey, DespatchRow, DespatchState, StoreFault};

use super::{Views, order_row, time};
use crate::fault::EngineFault;

/// A despatch and its confirmation.
#[derive(Clone, Debug, Serialize)]
pub struct DespatchView {
    /// The warehouse's id of it.
    pub despatch_id: String,
    /// Which revision of it.
    pub revision: u32,
    /// The despatch it takes back, if it is a void.
    pub voids: Option<String>,
    /// The order's number, once it is known whose it is.
    pub number: Option<String>,
    /// The reference as the warehouse gave it.
    pub client_reference: String,
    /// The state's word.
    pub state: String,
    /// Who must act, if someone must.
    pub owner: Option<String>,
    /// Why, as one stable word, or "".
    pub reason: String,
    /// What is wrong and what would put it right.
    pub words: String,
    /// When it was handed to the carrier.
    pub despatched_at: String,
    /// When the warehouse made it known.
    pub published_at: Option<String>,
    /// When it came here.
    pub received_at: String,
    /// When all of it stood in Cin7.
    pub posted_at: Option<String>,
    /// Nothing more will come for the order.
    pub is_last: bool,
    /// Units that left with it.
    pub units: String,
    /// The stage last begun in Cin7, or "".
    pub step: String,
    /// Cin7's id of the task, or "".
    pub cin7_task_id: String,
    /// What somebody should look at though it is told.
    pub flags: Vec<String>,
    /// Tries so far.
    pub attempts: u32,
    /// When it is tried again, while it waits.
    pub next_at: Option<String>,
    /// Goods by SKU.
    pub lines: Vec<DespatchLineView>,
    /// Parcels.
    pub parcels: Vec<ParcelView>,
    /// What else came under the same id, the oldest first: kept, and not applied.
    pub clashes: Vec<ClashView>,
}

/// Other content under the id of a despatch.
#[derive(Clone, Debug, Serialize)]
pub struct ClashView {
    /// When it came here.
    pub received_at: String,
    /// Which revision it calls itself.
    pub revision: u32,
    /// What it says; none where it was cleared with age or cannot be read.
    pub content: Option<DespatchContent>,
}

/// What a despatch says, as far as two of them are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DespatchContent {
    /// The order's reference as the warehouse gave it.
    pub client_reference: String,
    /// When it was handed to the carrier.
    pub despatched_at: String,
    /// The despatch it takes back, if it is a void.
    pub voids: Option<String>,
    /// Nothing more will come for the order.
    pub is_last: bool,
    /// Goods by SKU.
    pub lines: Vec<DespatchLineView>,
    /// Parcels.
    pub parcels: Vec<ParcelView>,
}

/// The goods of one SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DespatchLineView {
    /// The warehouse's SKU.
    pub sku: String,
    /// Units that left.
    pub quantity: String,
    /// Units that will never leave, so far.
    pub cancelled: String,
    /// Why those will not, in the warehouse's word.
    pub why: String,
}

/// One parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParcelView {
    /// Counts from 1.
    pub number: u32,
    /// The warehouse's code of the carrier.
    pub carrier_code: String,
    /// The carrier's name as the warehouse gives it.
    pub carrier: String,
    /// The service it travels by.
    pub service: String,
    /// Tracking numbers.
    pub tracking: Vec<String>,
    /// Where to follow it, or "".
    pub link: String,
}

/// A page of despatches.
#[derive(Clone, Debug, Serialize)]
pub struct DespatchesView {
    /// The despatches, the newest first.
    pub despatches: Vec<DespatchView>,
    /// Where to continue.
    pub next: Option<String>,
}

/// How many confirmations wait, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConfirmationsView {
    /// Despatches that Cin7 has not been told of yet.
    pub waiting: u64,
    /// When the oldest of them left.
    pub oldest_at: Option<String>,
    /// Those that need someone.
    pub exceptions: u64,
    /// Those that Cin7 has been told of.
    pub posted: u64,
}

impl Views<'_> {
    /// A page of despatches, those in one state or all.
    pub fn despatches(
        &self,
        state: Option<DespatchState>,
        limit: u32,
        after: Option<&str>,
    ) -> Result<DespatchesView, EngineFault> {
        let after = after
            .map(|text| {
                text.parse().map(DespatchKey).map_err(|_| {
                    EngineFault::wrong(
                        "cursor_invalid",
                        "after",
                        format!("“{text}” is no place in the list: give the one it named as next."),
                    )
                })
            })
            .transpose()?;
        let rows = self.reading.despatches(state, after, limit)?;
        let next = (rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX))
            .then(|| rows.last().map(|row| row.key.0.to_string()))
            .flatten();
        Ok(DespatchesView {
            despatches: rows
                .iter()
                .map(|row| self.despatch(row))
                .collect::<Result<_, _>>()?,
            next,
        })
    }

    /// The despatches of one order, in the order in which they left.
    pub fn despatches_of(&self, number: &str) -> Result<Vec<DespatchView>, EngineFault> {
        let row = order_row(self.reading, number)?;
        let rows = self.reading.despatches_of(row.key)?;
        Ok(rows
            .iter()
            .map(|row| self.despatch(row))
            .collect::<Result<_, _>>()?)
    }

    /// How many confirmations wait, and since when.
    pub fn confirmations(&self) -> Result<ConfirmationsView, EngineFault> {
        let now = self.reading.confirmations()?;
        Ok(ConfirmationsView {
            waiting: now.waiting,
            oldest_at: now.oldest.map(time),
            exceptions: now.exceptions,
            posted: now.posted,
        })
    }

    /// One despatch and its confirmation.
    pub fn despatch(&self, row: &DespatchRow) -> Result<DespatchView, StoreFault> {
        // Without the key what is in it stays closed; all else can be told.
        let (raw, words) = match self.reading.despatch_raw(row.key)? {
            Body::Plain(raw) | Body::Cleared(_, raw) => {
                (Some(raw), self.reading.despatch_words(row.key)?)
            }
            Body::Locked => (None, String::new()),
        };
        let (lines, parcels) = raw
            .and_then(|raw| self.content(&raw))
            .map_or_else(Default::default, |told| (told.lines, told.parcels));
        let waits = matches!(row.state, DespatchState::Waiting | DespatchState::Unclear);
        Ok(DespatchView {
            despatch_id: row.id.clone(),
            revision: row.revision,
            voids: Some(row.voids.clone()).filter(|voids| !voids.is_empty()),
            number: row.number.as_ref().map(ToString::to_string),
            client_reference: row.raw_reference.clone(),
            state: row.state.word().into(),
            owner: row.owner.map(|owner| owner.word().into()),
            reason: row.reason.clone(),
            words,
            despatched_at: time(row.at),
            published_at: row.published.map(time),
            received_at: time(row.received),
            posted_at: row.posted_at.map(time),
            is_last: row.is_last,
            units: row.units.to_string(),
            step: row.step.clone(),
            cin7_task_id: row.task.clone(),
            flags: row.flags.clone(),
            attempts: row.attempts,
            next_at: waits.then(|| time(row.due)),
            lines,
            parcels,
            clashes: self.clashes(row.key)?,
        })
    }

    /// What came under the id of a despatch and says something else.
    fn clashes(&self, despatch: DespatchKey) -> Result<Vec<ClashView>, StoreFault> {
        let clashes = self.reading.despatch_clashes(despatch)?;
        Ok(clashes
            .into_iter()
            .map(|clash| ClashView {
                received_at: time(clash.received),
                revision: clash.revision,
                content: match clash.raw {
                    Body::Plain(raw) => self.content(&raw),
                    Body::Cleared(..) | Body::Locked => None,
                },
            })
            .collect())
    }

    /// What an item of the warehouse's says; none where it cannot be read.
    fn content(&self, raw: &[u8]) -> Option<DespatchContent> {
        let profile = crate::engine::profile(self.settings);
        let record = whistl::read_despatch(raw, &profile).ok()?;
        let despatch = record.despatch;
        Some(DespatchContent {
            client_reference: record.raw_reference,
            despatched_at: time(despatch.at),
            voids: match despatch.kind {
                DespatchKind::Goods => None,
                DespatchKind::Void(earlier) => Some(earlier),
            },
            is_last: despatch.is_last,
            lines: despatch
                .lines
                .into_iter()
                .map(|line| DespatchLineView {
                    sku: line.sku,
                    quantity: line.units.to_string(),
                    cancelled: line.cancelled.to_string(),
                    why: line.why_cancelled,
                })
                .collect(),
            parcels: despatch
                .parcels
                .into_iter()
                .map(|parcel| ParcelView {
                    number: parcel.number,
                    carrier_code: parcel.carrier_code,
                    carrier: parcel.carrier_name,
                    service: parcel.service,
                    tracking: parcel.tracking,
                    link: parcel.link,
                })
                .collect(),
        })
    }
}
