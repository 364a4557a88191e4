//! Lists of orders, by state, owner, cause and search words, a page at a time, newest
//! first. Every way of asking costs about the same at ten thousand orders and at a
//! million: streams of keys in falling order are intersected, never a table walked.

mod find;
mod keys;
mod page;
mod sought;
mod tabs;

pub use tabs::{List, ListCount, ListQuery, Listed, Tab};
