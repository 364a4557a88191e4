//! What left the warehouse, and what of it Cin7 has to be told. A despatch is a fact: it is
//! planned whole or set aside whole with its reason, never changed to fit, and never lost.

mod plan;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use crate::ClientReference;

pub use plan::{Contents, Exception, Flag, PackedBox, Plan, SentLine, is_dated_ahead, plan};

/// One hand-over of one order to a carrier (the contract's section 9.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Despatch {
    /// Their lasting identity of it.
    pub id: String,
    /// Counts up when parcels or times are corrected; never for goods.
    pub revision: u32,
    /// Whether it happened, or an earlier one did not.
    pub kind: DespatchKind,
    /// Our reference; `None` when it cannot be one of ours.
    pub reference: Option<ClientReference>,
    /// When it was handed over, UTC.
    pub at: DateTime<Utc>,
    /// Nothing more will come for this order.
    pub is_last: bool,
    /// Goods, one entry for each SKU of the order, those that stayed behind included.
    pub lines: Vec<DespatchLine>,
    /// Parcels; none is legal, and so is one without contents.
    pub parcels: Vec<Parcel>,
}

impl Despatch {
    /// The code of the one carrier that all its parcels went by; "" where they name none or
    /// several.
    pub fn carrier(&self) -> &str {
        let mut codes = self
            .parcels
            .iter()
            .map(|parcel| parcel.carrier_code.as_str());
        let first = codes.next().unwrap_or_default();
        if codes.all(|code| code == first) {
            first
        } else {
            ""
        }
    }
}

/// What a despatch says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DespatchKind {
    /// Goods left.
    Goods,
    /// The despatch of that id did not happen after all.
    Void(String),
}

/// The goods of one SKU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DespatchLine {
    /// Their SKU, as they spell it.
    pub sku: String,
    /// Units that left with this despatch. As they gave it, bad values included.
    pub units: i64,
    /// Units that will never leave.
    pub cancelled: i64,
    /// Why those will not, in their word; "" when they do not say.
    pub why_cancelled: String,
    /// The next number of the warehouse's one counter of movements; `None` where the account
    /// has none. It only places the line among the counts of stock.
    pub movement: Option<u64>,
}

/// One parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Counts from 1 within the despatch.
    pub number: u32,
    /// Their code of the carrier.
    pub carrier_code: String,
    /// The carrier's name as they give it; may be "".
    pub carrier_name: String,
    /// The service it travelled by.
    pub service: String,
    /// Tracking numbers; may be none yet.
    pub tracking: Vec<String>,
    /// Where it can be followed, an `https` address; "" when there is none.
    pub link: String,
    /// Units by SKU; empty when they do not say what is in it.
    pub contents: Vec<(String, i64)>,
}
