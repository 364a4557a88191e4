//! Text for people, made from the same views the JSON is made from. Each function takes
//! a view and the sheet it is written on, and gives text: nothing here reads, asks or
//! prints. Words come from [`engine::words`].

pub(crate) mod actions;
pub(crate) mod activity;
pub(crate) mod adjustments;
pub(crate) mod attention;
pub(crate) mod card;
pub(crate) mod connections;
pub(crate) mod despatches;
pub(crate) mod drift;
pub(crate) mod finance;
pub(crate) mod maps;
pub(crate) mod next;
pub(crate) mod order;
pub(crate) mod orders;
pub(crate) mod proof;
pub(crate) mod read_back;
pub(crate) mod run;
pub(crate) mod settings;
pub(crate) mod sheet;
pub(crate) mod status;
pub(crate) mod table;
pub(crate) mod timeline;

#[cfg(test)]
pub(crate) mod fixtures;

use crate::output::Colour;

/// The colour of an order's state.
pub(crate) fn state_colour(state: &str) -> Colour {
    match state {
        "held" | "rejected" | "blocked" => Colour::Stop,
        "unclear" | "waiting" | "sending" => Colour::Warn,
        "at_warehouse" | "part_despatched" | "despatched" => Colour::Ok,
        _ => Colour::Dim,
    }
}

/// Whether the order has still to leave our hands, so that its cut-off can be missed here.
pub(crate) fn is_still_ours(state: &str) -> bool {
    matches!(
        state,
        "held" | "waiting" | "sending" | "unclear" | "rejected" | "blocked"
    )
}
