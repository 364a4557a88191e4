//! The words of a month's bridge.

use domain::adjustment::AdjustmentReason;
use domain::stock::{Step, Timing};

/// A line of the bridge, as it is read from the top.
pub fn bridge_step(step: &Step) -> String {
    match step {
        Step::Opening => "On hand in Cin7 Core at the opening".into(),
        Step::Despatches => "Despatched".into(),
        Step::Adjustments(reason) => adjusted(reason, ""),
        Step::AdjustmentsOfEarlierMonths(reason) => adjusted(reason, ", before this span"),
        Step::Corrections => "Differences corrected by a person".into(),
        Step::OthersInCin7 => {
            "Moved in Cin7 Core otherwise: goods received, returns, sales from elsewhere, edits"
                .into()
        }
        Step::CostInCin7 => "Changes of unit cost in Cin7 Core".into(),
        Step::ClosingInCin7 => "On hand in Cin7 Core at the close".into(),
        Step::Timing(timing) => timing_words(*timing).into(),
        Step::Unexplained => "Unexplained".into(),
        Step::NotCompared => "SKUs that could not be compared".into(),
        Step::CostAtWarehouse => "Rounding of unit costs".into(),
        Step::Closing => "Counted by Whistl at the close".into(),
    }
}

fn adjusted(reason: &AdjustmentReason, when: &str) -> String {
    format!("Adjusted: {}{when}", reason.phrase())
}

fn timing_words(timing: Timing) -> &'static str {
    match timing {
        Timing::InFlight => "Left the warehouse, not yet in Cin7 Core",
        Timing::AdjustmentsOnTheWay => "Adjusted by Whistl, not yet in Cin7 Core",
        Timing::AdjustmentsBlocked => "Adjusted by Whistl, posting blocked",
        Timing::BookedInAtWarehouse => "Booked in at Whistl, not in Cin7 Core",
        Timing::BookedInAtCin7 => "Booked in in Cin7 Core, not at Whistl",
    }
}
