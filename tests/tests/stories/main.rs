//! The stories: a small world, one event, and what the owner would see.

mod attention;
mod bad_input;
mod command_line;
mod connections;
mod contract;
mod crash;
mod despatches;
mod doing;
mod drift;
mod exceptions;
mod finding;
mod first_run;
mod holds;
mod keychain;
mod limits;
mod lists;
mod mappings;
mod order_page;
mod proof;
mod release;
mod retention;
mod settings;
mod simulated;
mod stuck;
mod tidy;
mod today;
