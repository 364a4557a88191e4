//! Reading back (R85): which of the documents of a day are looked at again, and whether what
//! stands there now is what was posted. Pure; nothing is put right here.

mod shipment;
mod stock;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

pub use shipment::shipment;
pub use stock::{StockPaper, stock};

/// One field that stands otherwise than it was posted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The field, as people say it: `tracking number of box DSP-1/1`.
    pub field: String,
    /// What was posted; `nothing` where it was not.
    pub posted: String,
    /// What stands there now; `nothing` where nothing does.
    pub now: String,
}

/// What stands in for a value that is not there.
pub const NOTHING: &str = "nothing";

impl Difference {
    /// That field, posted so and now so.
    pub fn new(
        field: impl Into<String>,
        posted: impl Into<String>,
        now: impl Into<String>,
    ) -> Self {
        let told = |text: String| match text.trim() {
            "" => NOTHING.to_owned(),
            _ => text,
        };
        Self {
            field: field.into(),
            posted: told(posted.into()),
            now: told(now.into()),
        }
    }
}

/// At most so many of these, chosen by the day: the same day and the same documents give the
/// same sample, whenever it is drawn and in whatever order they come, and another day another
/// one. `name` is what a document is known by for ever.
pub fn sample<T>(all: Vec<T>, day: NaiveDate, most: usize, name: impl Fn(&T) -> String) -> Vec<T> {
    let mut ranked: Vec<([u8; 32], T)> = all
        .into_iter()
        .map(|one| {
            let rank = Sha256::digest(format!("{day}/{}", name(&one)));
            (rank.into(), one)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.truncate(most);
    ranked.into_iter().map(|(_, one)| one).collect()
}

/// Values by what they are of, with what that is called.
pub(crate) type Fields = BTreeMap<String, (String, String)>;

/// What differs between two sets of fields; one that was posted and is gone is named, and so
/// is one that stands there without having been posted.
pub(crate) fn differences(posted: &Fields, now: &Fields) -> Vec<Difference> {
    let mut found: Vec<Difference> = posted
        .iter()
        .filter_map(|(key, (title, value))| match now.get(key) {
            Some((_, same)) if same == value => None,
            Some((_, other)) => Some(Difference::new(title, value, other)),
            None => Some(Difference::new(title, value, "")),
        })
        .collect();
    let added = now.iter().filter(|(key, _)| !posted.contains_key(*key));
    found.extend(added.map(|(_, (title, value))| Difference::new(title, "", value)));
    found
}
