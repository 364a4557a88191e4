//! Stand-in until the rules of postcodes are here.

use crate::CountryCode;

/// Which fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostcodeFaultKind {
    /// Empty.
    Missing,
    /// Not one.
    Invalid,
}

/// What is wrong with a postcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostcodeFault {
    /// Which fault.
    pub kind: PostcodeFaultKind,
    /// Where.
    pub marks: Vec<(usize, usize)>,
    /// What was expected.
    pub expected: String,
}

/// Reads a postcode.
pub fn tidy_postcode(raw: &str, _country: &CountryCode) -> Result<String, PostcodeFault> {
    let text = raw.trim();
    let expected = || "like LS1 4AP".to_owned();
    if text.is_empty() {
        return Err(PostcodeFault {
            kind: PostcodeFaultKind::Missing,
            marks: vec![],
            expected: expected(),
        });
    }
    if text.len() > 10 || !text.is_ascii() || text.len() < 5 {
        let marks = vec![(0, raw.chars().count())];
        return Err(PostcodeFault {
            kind: PostcodeFaultKind::Invalid,
            marks,
            expected: expected(),
        });
    }
    Ok(text.to_ascii_uppercase())
}
