//! The words about stock adjustments: why one stands as it does, whose it is, and the fix.

use domain::adjustment::AdjustmentFault;
use store::{AdjustmentRow, AdjustmentState};

/// Why an adjustment stands as it does, in sentences; "" where its state says all.
pub fn adjustment(row: &AdjustmentRow, detail: &str) -> String {
    let mut all: Vec<String> = row
        .causes
        .iter()
        .map(|cause| cause_sentence(cause, row))
        .filter(|sentence| !sentence.is_empty())
        .collect();
    if !detail.is_empty() && !all.iter().any(|sentence| sentence == detail) {
        all.push(detail.to_owned());
    }
    all.join(" ")
}

/// Where an adjustment stands, in a few words.
pub fn adjustment_state(word: &str) -> &str {
    match AdjustmentState::from_word(word) {
        Some(AdjustmentState::New) => "to be posted",
        Some(AdjustmentState::NeedsApproval) => "waits for a decision",
        Some(AdjustmentState::Posting) => "being posted",
        Some(AdjustmentState::Unclear) => "sent, no answer yet",
        Some(AdjustmentState::Posted) => "posted",
        Some(AdjustmentState::Failed) => "could not be posted",
        Some(AdjustmentState::Dismissed) => "not posted, by decision",
        Some(AdjustmentState::AlreadyInCin7) => "in Cin7 Core by another way",
        Some(AdjustmentState::Recorded) => "nothing to post",
        None => word,
    }
}

/// Why an adjustment waits for a person, in a few words that follow a count.
pub fn adjustment_cause(cause: &str) -> &str {
    match cause {
        "always" => "to be approved",
        "units" | "value" | "share" => "above a limit",
        "cost_unknown" => "of unknown cost",
        "level_unknown" => "of an unknown level",
        "receipt" => "goods in",
        "return" => "returned goods",
        "chosen" => "of a reason that is decided each time",
        "unknown_reason" => "of an unknown reason",
        "unlikely_sign" => "with an unlikely sign",
        "original_from_elsewhere" => "taking back what stands in Cin7 Core by another way",
        "meets_a_correction" => "like a correction made by hand",
        "unknown_sku" => "of an unknown SKU",
        "ambiguous_sku" => "of a SKU that fits several products",
        "product_inactive" => "of a withdrawn product",
        "below_zero" => "of more than Cin7 Core has",
        "did_not_move" => "without effect",
        "period_locked" => "in a closed period",
        "refused_by_cin7" => "refused by Cin7 Core",
        _ => "to be looked at",
    }
}

/// Why an adjustment waits for a person, as a title of its own.
pub fn adjustment_title(cause: &str) -> &str {
    match cause {
        "always" => "To be approved",
        "units" | "value" | "share" => "Above a limit",
        "cost_unknown" => "Cost not known",
        "level_unknown" => "Level not known",
        "receipt" => "Goods in",
        "return" => "Returned goods",
        "chosen" => "A reason that is decided each time",
        "unknown_reason" => "A reason in no list",
        "unlikely_sign" => "The sign does not fit the reason",
        "original_from_elsewhere" => "Takes back what Cin7 Core has from elsewhere",
        "meets_a_correction" => "Like a correction made by hand",
        "unknown_sku" => "Unknown SKU",
        "ambiguous_sku" => "A SKU that fits several products",
        "product_inactive" => "Product withdrawn in Cin7 Core",
        "reversal_of_nothing" | "original_missing" => "What it takes back is not known",
        "reversal_inexact" => "Not the opposite of what it takes back",
        "already_reversed" => "Taken back already",
        "below_zero" => "More than Cin7 Core has",
        "level_unread" => "Level could not be read",
        "level_keeps_moving" => "Level kept moving",
        "did_not_move" => "Posted, but the figure did not move",
        "period_locked" => "Closed period",
        "location_inactive" => "Location switched off in Cin7 Core",
        "refused_by_cin7" => "Refused by Cin7 Core",
        _ => "To be looked at",
    }
}

fn cause_sentence(cause: &str, row: &AdjustmentRow) -> String {
    if let Some(fault) = AdjustmentFault::parse(cause) {
        return fault_sentence(fault, &row.sku);
    }
    match cause {
        "receipt" => "Goods were booked in. If a purchase receipt books them in Cin7 Core, mark it as standing there already; else approve it.".into(),
        "return" => "Goods came back. If a credit note books them in Cin7 Core, mark it as standing there already; else approve it.".into(),
        "chosen" => "This reason is decided each time.".into(),
        "unknown_reason" => format!(
            "The warehouse gives a reason that is in no list ({}). Approve it, or map the reason to an account.",
            if row.why_text.is_empty() { &row.why } else { &row.why_text }
        ),
        "unlikely_sign" => "The sign does not fit the reason. Ask the warehouse, then approve or dismiss it.".into(),
        "original_from_elsewhere" => "It takes back one that stands in Cin7 Core by another way, and may be taken back there too.".into(),
        "waits_for_original" => format!("It takes back {}, which has not come yet.", row.reverses),
        "takes_back" => format!("It takes back {}, which was never posted: both are closed.", row.reverses),
        "taken_back" => "The warehouse took it back before it was posted.".into(),
        "sum_of_nothing" => "Together with others of the same product it comes to nothing.".into(),
        "no_units" => "The stock that can be sold did not change.".into(),
        "return_damaged" => "What came back cannot be sold.".into(),
        // Told in the words that were kept with it.
        _ => String::new(),
    }
}

/// What keeps stock from being posted, and the fix.
pub fn stock_fault(fault: AdjustmentFault, sku: &str) -> String {
    fault_sentence(fault, sku)
}

fn fault_sentence(fault: AdjustmentFault, sku: &str) -> String {
    match fault {
        AdjustmentFault::UnknownSku => format!(
            "No product of Cin7 Core goes by {sku} at the warehouse. Map the SKU, or make the product."
        ),
        AdjustmentFault::AmbiguousSku => {
            format!("Several products of Cin7 Core end at {sku}. Map the SKU so that one does.")
        }
        AdjustmentFault::ProductInactive => format!(
            "The product of {sku} is withdrawn in Cin7 Core. Switch it on there, or dismiss this."
        ),
        AdjustmentFault::ReversalOfNothing => {
            "It takes an adjustment back and does not say which. Ask the warehouse.".into()
        }
        AdjustmentFault::ReversalInexact => {
            "It is not the exact opposite of what it takes back. Ask the warehouse.".into()
        }
        AdjustmentFault::AlreadyReversed => {
            "What it takes back has been taken back already. Ask the warehouse.".into()
        }
        AdjustmentFault::OriginalMissing => {
            "What it takes back has not come in a day. Ask the warehouse.".into()
        }
        AdjustmentFault::BelowZero => format!(
            "Cin7 Core has fewer of {sku} than are to be taken away. Look at its stock there; it is tried again by itself."
        ),
        AdjustmentFault::LevelUnread => {
            "The level in Cin7 Core could not be read; it is tried again by itself.".into()
        }
        AdjustmentFault::LevelKeepsMoving => {
            "The level in Cin7 Core kept moving; it is tried again by itself.".into()
        }
        AdjustmentFault::DidNotMove => {
            "It was posted, but the figure in Cin7 Core did not move. Look at the document there: if the figure is right by now, mark it as standing there already; else put the figure right by hand and dismiss this.".into()
        }
        AdjustmentFault::PeriodLocked => {
            "Finance has closed the period in Cin7 Core. Open it, then retry.".into()
        }
        AdjustmentFault::LocationInactive => {
            "The location is switched off in Cin7 Core. Switch it on, then retry.".into()
        }
        AdjustmentFault::RefusedByCin7 => {
            "Cin7 Core refused it. Put right what it names, then retry.".into()
        }
    }
}
