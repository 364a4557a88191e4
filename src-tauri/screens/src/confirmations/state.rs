//! Where a despatch stands, in plain words that claim no more than is known, with the marks
//! that go with it.

use engine::views::Views;
use engine::words::{self, capital};
use store::{DespatchRow, DespatchState};

use crate::shapes::{Icon, Tone};
use crate::text::clock;

/// Where it stands, in a few words.
pub(super) fn title(look: &Views<'_>, row: &DespatchRow) -> String {
    match row.state {
        DespatchState::Waiting => waiting(look, row),
        DespatchState::Posting => "Cin7 Core is being told now".into(),
        DespatchState::Unclear => "Sent to Cin7 Core, no answer yet: looking".into(),
        DespatchState::Posted => "Cin7 Core has been told".into(),
        DespatchState::Exception => capital(words::confirmation_reason(&row.reason)),
        DespatchState::Parked => "Waits for the last parcel".into(),
        DespatchState::Closed => closed(&row.reason).into(),
    }
}

fn waiting(look: &Views<'_>, row: &DespatchRow) -> String {
    let what = if row.is_to_be_corrected() {
        "Parcels corrected: Cin7 Core is told of it"
    } else if row.failures > 0 {
        "Not told yet: tried again"
    } else {
        "Cin7 Core is told"
    };
    if row.due > look.now {
        let at = clock(row.due, look.now, look.settings.zone());
        format!("{what} at {at}")
    } else {
        format!("{what} next")
    }
}

/// Why nothing is to be told.
fn closed(reason: &str) -> &'static str {
    match reason {
        "dismissed" => "Left as it is, by hand",
        "voided" => "Taken back by the warehouse before Cin7 Core was told",
        "void" => "Takes back a despatch that Cin7 Core was never told of",
        _ => "Nothing in it for Cin7 Core",
    }
}

pub(super) fn tone(state: DespatchState) -> Tone {
    match state {
        DespatchState::Exception => Tone::Stop,
        DespatchState::Unclear => Tone::Warn,
        DespatchState::Waiting | DespatchState::Posting => Tone::Info,
        DespatchState::Posted => Tone::Ok,
        DespatchState::Parked | DespatchState::Closed => Tone::Plain,
    }
}

pub(super) fn icon(row: &DespatchRow) -> Icon {
    match row.state {
        DespatchState::Waiting | DespatchState::Posting | DespatchState::Parked => Icon::Clock,
        DespatchState::Unclear => Icon::Question,
        DespatchState::Posted => Icon::Truck,
        DespatchState::Closed => Icon::Ban,
        DespatchState::Exception => match row.reason.as_str() {
            "sale_voided" | "sale_not_authorised" | "refused_by_cin7" => Icon::Ban,
            "not_ordered" | "line_gone" => Icon::Tag,
            "more_than_ordered" | "bad_units" | "short_of_stock" => Icon::Scales,
            "unknown_order" | "voids_unknown" => Icon::Question,
            _ => Icon::Warning,
        },
    }
}
