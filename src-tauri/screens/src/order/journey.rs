//! Whose time an order's life was, wait after wait, in the window's words.

use engine::views::{JourneyEnd, JourneyView, LegView, Views};
use engine::words::{self, capital};
use store::SaleRow;

use crate::shapes::{Journey, JourneyLeg, Side, UiError};

/// The way of that order; none for a sale that is not for the warehouse.
pub(super) fn journey(look: &Views<'_>, row: &SaleRow) -> Result<Option<Journey>, UiError> {
    Ok(look.journey(row)?.map(|way| Journey {
        title: title(&way),
        legs: way.legs.iter().map(leg).collect(),
    }))
}

fn title(way: &JourneyView) -> String {
    let from = if way.is_from_authorised {
        "authorised"
    } else {
        "first seen"
    };
    let to = match way.end {
        JourneyEnd::Open | JourneyEnd::Confirmed => "confirmed",
        JourneyEnd::Left => "handed over",
        JourneyEnd::CalledOff => "called off",
    };
    format!("From {from} to {to}")
}

fn leg(leg: &LegView) -> JourneyLeg {
    JourneyLeg {
        side: match leg.who.as_str() {
            "office" => Side::Office,
            "stockbridge" => Side::Stockbridge,
            "warehouse" => Side::Warehouse,
            "cin7" => Side::Cin7,
            _ => Side::Unknown,
        },
        who: words::side(&leg.who).into(),
        what: capital(&leg.what),
        from: leg.from.clone(),
        seconds: leg.seconds,
        lasts: leg.to.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(is_from_authorised: bool, end: JourneyEnd) -> JourneyView {
        JourneyView {
            is_from_authorised,
            end,
            seconds: 60,
            legs: vec![LegView {
                who: "cin7".into(),
                what: "for Cin7 Core to take it in".into(),
                from: "2026-11-24T09:00:00Z".into(),
                to: None,
                seconds: 60,
            }],
        }
    }

    #[test]
    fn a_way_says_where_it_begins_and_ends_and_no_more() {
        let titles = [
            (true, JourneyEnd::Open),
            (true, JourneyEnd::Confirmed),
            (false, JourneyEnd::Left),
            (true, JourneyEnd::CalledOff),
        ]
        .map(|(authorised, end)| title(&way(authorised, end)));
        assert_eq!(
            titles,
            [
                "From authorised to confirmed",
                "From authorised to confirmed",
                "From first seen to handed over",
                "From authorised to called off",
            ]
        );
    }

    #[test]
    fn a_wait_names_its_side_in_words() {
        let told = leg(&way(true, JourneyEnd::Open).legs[0]);
        assert_eq!((told.side, told.who.as_str()), (Side::Cin7, "Cin7 Core"));
        assert_eq!(told.what, "For Cin7 Core to take it in");
        assert!(told.lasts);
    }
}
