//! Cin7's JSON as it comes, doubts and all. Private to this crate.
