//! The chain: how an entry's hash is made, and where the chain ends.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::forms::SaleKey;
use crate::reading::Reading;
use crate::write::Write;
use crate::{StoreFault, times};

/// A value of an entry as it goes into the hash.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Field<'a> {
    /// None at all.
    Nothing,
    /// A whole number.
    Whole(i64),
    /// Text.
    Text(&'a [u8]),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A value of a kind that we never write; it spoils the hash by being there.
    Odd,
}

/// The hash of an entry: over the hash before it and all its fields, each with its kind and
/// length, so that nothing can move from one field into the next.
pub(crate) fn link(before: &[u8], fields: &[Field<'_>]) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut put = |kind: u8, bytes: &[u8]| {
        hash.update([kind]);
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(bytes);
    };
    put(b'p', before);
    for field in fields {
        match field {
            Field::Nothing => put(b'n', b""),
            Field::Whole(number) => put(b'i', &number.to_be_bytes()),
            Field::Text(text) => put(b't', text),
            Field::Bytes(bytes) => put(b'b', bytes),
            Field::Odd => put(b'?', b""),
        }
    }
    hash.finalize().to_vec()
}

/// What of an entry goes into its hash. In which order and form it does stands in
/// [`Self::link`] alone; checking reads the columns themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hashed<'a> {
    pub(crate) id: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) kind: &'a str,
    pub(crate) vendor: &'a str,
    pub(crate) direction: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) who: &'a str,
    pub(crate) outcome: &'a str,
    pub(crate) sale: Option<SaleKey>,
    pub(crate) subject: &'a str,
    pub(crate) attempt: u32,
    pub(crate) status: u16,
    pub(crate) duration_ms: u64,
    pub(crate) text: &'a str,
    pub(crate) request: Option<&'a [u8]>,
    pub(crate) response: Option<&'a [u8]>,
}

impl Hashed<'_> {
    /// The entry's hash, after the one before it.
    pub(crate) fn link(&self, before: &[u8]) -> Vec<u8> {
        fn text(text: &str) -> Field<'_> {
            Field::Text(text.as_bytes())
        }
        link(
            before,
            &[
                Field::Whole(self.id),
                Field::Whole(times::ms(self.at)),
                text(self.kind),
                text(self.vendor),
                text(self.direction),
                text(self.operation),
                text(self.who),
                text(self.outcome),
                self.sale
                    .map_or(Field::Nothing, |sale| Field::Whole(sale.0)),
                text(self.subject),
                Field::Whole(i64::from(self.attempt)),
                Field::Whole(i64::from(self.status)),
                Field::Whole(times::whole(self.duration_ms)),
                text(self.text),
                self.request.map_or(Field::Nothing, Field::Bytes),
                self.response.map_or(Field::Nothing, Field::Bytes),
            ],
        )
    }
}

/// Where the chain ends: how many entries there are, and the last one's hash. Kept apart
/// from the entries, so that entries taken off the end are missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) entries: i64,
    pub(crate) hash: Vec<u8>,
}

impl Head {
    /// Before the first entry.
    pub(crate) fn start() -> Self {
        Self {
            entries: 0,
            hash: vec![0; 32],
        }
    }
}

impl Reading {
    /// Where the chain should end.
    pub(crate) fn head(&self) -> Result<Head, StoreFault> {
        let Some(kept) = self.meta::<Vec<u8>>("journal_head")? else {
            return Ok(Head::start());
        };
        match kept.split_first_chunk::<8>() {
            Some((entries, hash)) if hash.len() == 32 => Ok(Head {
                entries: i64::from_be_bytes(*entries),
                hash: hash.to_vec(),
            }),
            _ => Err(StoreFault::damaged(
                "the journal's end is not written down as it should be",
            )),
        }
    }
}

impl Write<'_> {
    pub(crate) fn put_head(&self, head: &Head) -> Result<(), StoreFault> {
        let mut kept = head.entries.to_be_bytes().to_vec();
        kept.extend(&head.hash);
        self.put_meta("journal_head", kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_moves_to_the_next_field_changes_the_hash() {
        let one = link(b"", &[Field::Text(b"ab"), Field::Text(b"c")]);
        let other = link(b"", &[Field::Text(b"a"), Field::Text(b"bc")]);
        assert_ne!(one, other);
    }

    #[test]
    fn nothing_is_not_the_same_as_empty() {
        assert_ne!(link(b"", &[Field::Nothing]), link(b"", &[Field::Text(b"")]));
    }
}
