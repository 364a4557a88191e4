//! Where an adjustment stands, in plain words that claim no more than is known, with the marks
//! that go with it.

use engine::views::Views;
use engine::words;
use store::{AdjustmentRow, AdjustmentState};

use crate::shapes::{Icon, Tone};
use crate::text::clock;

/// Why it needs someone, in a few words.
pub(super) fn why(row: &AdjustmentRow) -> &str {
    words::adjustment_title(cause(row))
}

/// The first of several causes is the one that decides whose it is.
fn cause(row: &AdjustmentRow) -> &str {
    row.causes.first().map(String::as_str).unwrap_or_default()
}

/// Where it stands, in a few words.
pub(super) fn title(look: &Views<'_>, row: &AdjustmentRow) -> String {
    match row.state {
        AdjustmentState::New => waiting(look, row),
        AdjustmentState::NeedsApproval | AdjustmentState::Failed => why(row).into(),
        AdjustmentState::Posting => "Being posted to Cin7 Core now".into(),
        AdjustmentState::Unclear => "Sent to Cin7 Core, no answer yet: looking".into(),
        AdjustmentState::Posted => "Posted".into(),
        AdjustmentState::Dismissed => "Not posted, by decision".into(),
        AdjustmentState::AlreadyInCin7 => "In Cin7 Core by another way".into(),
        AdjustmentState::Recorded => recorded(cause(row)).into(),
    }
}

fn waiting(look: &Views<'_>, row: &AdjustmentRow) -> String {
    if cause(row) == "waits_for_original" {
        return "Waits for the one it takes back".into();
    }
    if !look.settings.is_live() {
        return "Posted once you go live".into();
    }
    let what = if row.decided_by.is_empty() {
        "Posted"
    } else {
        "Approved: posted"
    };
    if row.due > look.now {
        let at = clock(row.due, look.now, look.settings.zone());
        format!("{what} at {at}")
    } else {
        format!("{what} next")
    }
}

/// Why nothing is to be posted.
fn recorded(cause: &str) -> &'static str {
    match cause {
        "sum_of_nothing" => "Comes to nothing with others",
        "taken_back" => "Taken back before it was posted",
        "takes_back" => "Takes back one never posted",
        "return_damaged" => "Came back damaged: nothing to post",
        _ => "Nothing to post",
    }
}

pub(super) fn tone(state: AdjustmentState) -> Tone {
    match state {
        AdjustmentState::Failed => Tone::Stop,
        AdjustmentState::NeedsApproval | AdjustmentState::Unclear => Tone::Warn,
        AdjustmentState::New | AdjustmentState::Posting => Tone::Info,
        AdjustmentState::Posted => Tone::Ok,
        AdjustmentState::Dismissed | AdjustmentState::AlreadyInCin7 | AdjustmentState::Recorded => {
            Tone::Plain
        }
    }
}

pub(super) fn icon(row: &AdjustmentRow) -> Icon {
    match row.state {
        AdjustmentState::New | AdjustmentState::Posting => Icon::Clock,
        AdjustmentState::Unclear => Icon::Question,
        AdjustmentState::Posted => Icon::Scales,
        AdjustmentState::Dismissed | AdjustmentState::Recorded => Icon::Ban,
        AdjustmentState::AlreadyInCin7 => Icon::Link,
        AdjustmentState::NeedsApproval | AdjustmentState::Failed => match cause(row) {
            "value" | "cost_unknown" => Icon::Card,
            "always" | "units" | "share" | "below_zero" | "level_unknown" | "level_unread"
            | "level_keeps_moving" => Icon::Scales,
            "receipt" | "return" => Icon::Truck,
            "unknown_reason"
            | "unlikely_sign"
            | "original_from_elsewhere"
            | "meets_a_correction"
            | "reversal_of_nothing"
            | "original_missing" => Icon::Question,
            "unknown_sku" | "ambiguous_sku" => Icon::Tag,
            "product_inactive" | "location_inactive" | "refused_by_cin7" => Icon::Ban,
            "period_locked" => Icon::Key,
            _ => Icon::Warning,
        },
    }
}
