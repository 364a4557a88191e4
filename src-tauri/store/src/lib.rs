//! SQLite behind the words of the trade: sales, despatches, stock, outbox, journal, cursors,
//! maps, and the vendors' lists. The only place with SQL. What a row means next is not decided
//! here.
//!
//! One copy writes ([`Store`], one transaction at a time), any number read ([`Reading`]).
//! Everything personal is sealed with a [`StoreKey`]; a plain SQLite tool sees none of it.

mod attention;
mod changes;
mod columns;
mod counts;
mod despatches;
mod fault;
#[doc(hidden)]
pub mod fill;
mod folder;
mod forms;
mod holds;
mod journal;
mod maps;
mod migrate;
mod needs;
mod orders;
mod outbox;
mod read_back;
mod reading;
mod reference;
mod runs;
mod sales;
mod seal;
mod squeeze;
mod stock;
mod store;
mod tallies;
mod times;
mod watch;
mod words;
mod write;

pub use attention::{AlertRow, Came, DayCount, NeedBy, NeedSum, NoteRow, PutOffRow, Spent};
pub use changes::Changes;
pub use counts::{Answer, Answers, HeldFor};
pub use despatches::{
    ByCarrier, CarrierNamed, Confirmations, DespatchClash, DespatchKey, DespatchRow, DespatchState,
    DespatchStep, NewDespatch, PostedRow, TookDespatch,
};
pub use fault::StoreFault;
pub use forms::*;
pub use journal::{BadEntry, ChainHead, JournalFilter, Linked, Verified};
pub use maps::SettingsChange;
pub use needs::{LeaveBy, NeedCount, NeedQuery};
pub use orders::{List, ListCount, ListQuery, Listed, Tab};
pub use read_back::{
    FindingKey, FindingRow, NewFinding, NewReadBack, PaperKind, ReadBackKey, ReadBackRow, SalePaper,
};
pub use reading::Reading;
pub use sales::{ClearedSales, ListingSeen};
pub use seal::StoreKey;
pub use stock::*;
pub use store::{Durability, Options, Store};
pub use write::Write;

#[cfg(test)]
mod tests;
