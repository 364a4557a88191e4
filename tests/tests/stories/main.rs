//! The stories: a small world, one event, and what the owner would see.

mod bad_input;
mod command_line;
mod contract;
mod crash;
mod drift;
mod holds;
mod keychain;
mod limits;
mod release;
mod retention;
mod simulated;
mod stuck;
mod tidy;
