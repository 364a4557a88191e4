//! The proof pack: a document that shows when each side knew what of an order, for somebody
//! who was not there, such as a marketplace that counts a late shipment.
//!
//! All that a pack says is its [`Facts`], gathered through [`Views`](crate::views::Views).
//! What is shown is made from the facts and from nothing else, and the facts travel inside
//! the document in a form for machines. So a pack can be checked anywhere, without the
//! database: the facts have the hash that was sealed, every log entry has the chain's hash
//! that follows from it and the entry before, and what is shown is what the facts say.
//!
//! Personal data stays out: no customer's name, address or number is among the facts, and
//! where a person of the merchant's acted, the name and what was typed are withheld.
//!
//! No I/O but reading through `Views`; nothing here writes a file or asks for the time.

mod check;
mod facts;
mod gather;
mod journey;
mod moments;
mod page;
mod seal;
mod sheet;
mod tell;
#[cfg(test)]
mod tests;

pub use check::{Altered, Checked, check};
pub use facts::{Asked, DespatchFacts, EntryFacts, Facts, HeadFacts, Moment, OrderFacts, Wait};
pub(crate) use gather::midnight;
pub use gather::{MOST_ORDERS, Wanted};
pub use journey::{JourneyEnd, JourneyView, LegView};

/// In which form a pack is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A page to be printed.
    Html,
    /// A table for a spreadsheet.
    Csv,
}

impl Form {
    /// The form a file's ending stands for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Self::Html),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// The pack of these facts, as the file it becomes.
pub fn written(facts: &Facts, form: Form) -> String {
    match form {
        Form::Html => page::written(facts),
        Form::Csv => sheet::written(facts),
    }
}

/// The fingerprint of the facts: the SHA-256 of their form for machines, hexadecimal. Told
/// by another way than the pack itself, it ties the pack to the day it was told.
pub fn fingerprint(facts: &Facts) -> String {
    seal::hash(&crate::escape::for_machines(facts))
}
