//! Compression of bodies before they are encrypted. Messages of the two vendors repeat the
//! same field names, so a dictionary of them saves most of a short body.
//!
//! The first byte says how the rest was made. A shipped dictionary is never changed: what
//! it squeezed could not be read any more.

use std::sync::LazyLock;

use zstd::dict::{DecoderDictionary, EncoderDictionary};

use crate::StoreFault;

const PLAIN: u8 = 0;
const DICTIONARY_1: u8 = 1;

/// Level 3 is zstd's own choice; higher ones cost far more than they save here.
const LEVEL: i32 = 3;

/// No body is larger; a frame that claims more was not made here.
const LARGEST: usize = 1 << 30;

/// Samples of the vendors' messages, made up from their papers.
const WORDS: &[u8] = include_bytes!("dictionary_1.json");

static PRESS: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(WORDS, LEVEL));
static SPRING: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(WORDS));

/// Compresses, unless that would make it longer.
pub(crate) fn squeeze(plain: &[u8]) -> Result<Vec<u8>, StoreFault> {
    let failed = |error: std::io::Error| StoreFault::io("A body could not be compressed", &error);
    let mut press = zstd::bulk::Compressor::with_prepared_dictionary(&PRESS).map_err(failed)?;
    let squeezed = press.compress(plain).map_err(failed)?;
    let (how, what) = if squeezed.len() < plain.len() {
        (DICTIONARY_1, &squeezed[..])
    } else {
        (PLAIN, plain)
    };
    let mut marked = Vec::with_capacity(what.len() + 1);
    marked.push(how);
    marked.extend_from_slice(what);
    Ok(marked)
}

/// What was squeezed, or `None` when these bytes were not made by [`squeeze`].
pub(crate) fn release(marked: &[u8]) -> Option<Vec<u8>> {
    let (how, what) = marked.split_first()?;
    match *how {
        PLAIN => Some(what.to_vec()),
        DICTIONARY_1 => {
            let size = zstd::zstd_safe::get_frame_content_size(what).ok()??;
            let size = usize::try_from(size).ok().filter(|size| *size <= LARGEST)?;
            let mut spring = zstd::bulk::Decompressor::with_prepared_dictionary(&SPRING).ok()?;
            spring.decompress(what, size).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;

    proptest! {
        #[test]
        fn every_body_comes_back_as_it_was(body in proptest::collection::vec(any::<u8>(), 0..2000)) {
            prop_assert_eq!(release(&squeeze(&body).unwrap()), Some(body));
        }
    }

    #[test]
    fn a_short_message_of_a_vendor_shrinks_to_less_than_half() {
        let body = br#"{"client_ref":"SO-00077","service_code":"WHI_STD","warehouse":"BRI1","allow_partial":true,"required_by":null,"delivery":{"name":"Ada Merrow","company":null,"line1":"14 Lantern Row","line2":null,"line3":null,"town":"Bristol","county":null,"postcode":"BS1 4ZZ","country":"GB","phone":"07700900123","email":"ada@example.com"},"lines":[{"line_no":1,"sku":"HPMUG001","quantity":2}]}"#;
        assert!(squeeze(body).unwrap().len() * 2 < body.len());
    }

    #[test]
    fn the_shipped_dictionary_never_changes() {
        let hash = format!("{:x}", Sha256::digest(WORDS));
        assert_eq!(
            hash,
            "758a8c4796faa15cfb44678e566cfc68192574581e77b2182abf82b582fd5c3b"
        );
    }
}
