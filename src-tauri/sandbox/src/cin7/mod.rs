//! A Cin7 Core account on paper: it keeps its own truth and answers like the vendor,
//! as unforgiving as the vendor's papers and the notes of those who measured it.
//! Plain and synchronous: no sockets, no clock and no dice live here, so the same
//! calls give the same account, byte for byte.
//!
//! Facts are labelled where they are played: documented (the vendor's blueprint),
//! observed (by other people's clients), assumed (ours until seen on an account).

mod account;
mod alter;
mod answer;
mod byhand;
mod country;
mod customer;
mod detail;
mod document_read;
mod document_shape;
mod document_write;
mod documents;
mod events;
mod faults;
mod fill;
mod fulfilment;
mod garble;
mod gate;
mod goods;
mod identity;
mod levels;
mod lines;
mod list;
mod meter;
mod pack;
mod people;
mod pick;
mod plain;
mod product;
mod progress;
mod reference;
mod reply;
mod sale;
mod shape;
mod ship;
mod stages;
mod stock;
mod taken;
#[cfg(test)]
mod tests;
mod transfers;
mod truth;
mod variants;
mod write;

pub use account::{Account, AccountSeed, LocationSeed};
pub use answer::BASE_PATH;
pub use faults::FAULTS;
pub use sale::Created;

pub use crate::http::Misuse;
