//! The stories: a small world, one event, and what the owner would see.

mod bad_input;
mod crash;
mod drift;
mod holds;
mod limits;
mod release;
mod simulated;
mod tidy;
