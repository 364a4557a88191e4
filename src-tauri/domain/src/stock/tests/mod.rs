//! Two counts of the same shelves: what they come to, what stands first, and what a month
//! leads to.

mod bridge;
mod looks;
mod properties;
mod stories;
mod telling;
mod world;
