//! The life of an order in words: the statuses of the contract's section 8 and
//! which may follow which. Nothing here changes an order.

use serde::{Deserialize, Serialize};

/// Where an order stands (contract, section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Status {
    /// Taken, not yet checked.
    Received,
    /// Refused as a whole after it was taken; the reference is free again.
    Rejected,
    /// Valid, waiting for a pick wave.
    Accepted,
    /// Waiting for stock.
    Backordered,
    /// Stopped; the hold says why.
    Held,
    /// On the floor.
    Picking,
    /// Label made or asked for.
    Packed,
    /// Some goods have left, more to come.
    PartDespatched,
    /// All goods have left, or the rest was cancelled.
    Despatched,
    /// Nothing left the building; the reference is used up.
    Cancelled,
}

use Status::{
    Accepted, Backordered, Cancelled, Despatched, Held, Packed, PartDespatched, Picking, Received,
    Rejected,
};

/// Every status, for reading words back.
const ALL: [Status; 10] = [
    Received,
    Rejected,
    Accepted,
    Backordered,
    Held,
    Picking,
    Packed,
    PartDespatched,
    Despatched,
    Cancelled,
];

impl Status {
    /// The word on the wire.
    pub(super) fn word(self) -> &'static str {
        match self {
            Received => "RECEIVED",
            Rejected => "REJECTED",
            Accepted => "ACCEPTED",
            Backordered => "BACKORDERED",
            Held => "HELD",
            Picking => "PICKING",
            Packed => "PACKED",
            PartDespatched => "PART_DESPATCHED",
            Despatched => "DESPATCHED",
            Cancelled => "CANCELLED",
        }
    }

    /// The status a word names, exactly as the wire spells it.
    pub(super) fn named(word: &str) -> Option<Self> {
        ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether nothing more will come for an order that stands here.
    pub(super) fn is_final(self) -> bool {
        matches!(self, Rejected | Despatched | Cancelled)
    }

    /// Whether the warehouse has, or had, goods set aside for an order that stands here.
    pub(super) fn wants_stock(self) -> bool {
        matches!(self, Accepted | Picking | Packed | PartDespatched)
    }

    /// Whether picking has begun, so that a cancel comes too late.
    pub(super) fn on_the_floor(self) -> bool {
        matches!(self, Picking | Packed | PartDespatched | Despatched)
    }

    /// The statuses that may follow this one by section 8's second table. A hold is
    /// left for the status it came from, among others; `held_from` names that one.
    pub(super) fn may_become(self, held_from: Option<Status>, goods_left: bool) -> Vec<Status> {
        match self {
            Received => vec![Accepted, Rejected, Held, Backordered, Cancelled],
            Accepted => vec![Picking, Backordered, Held, Cancelled],
            Backordered => vec![Accepted, Picking, Held, Cancelled],
            Held => {
                let mut next = vec![Accepted, Picking, Packed];
                if let Some(from) = held_from.filter(|from| !next.contains(from)) {
                    next.insert(0, from);
                }
                if !goods_left {
                    next.push(Cancelled);
                }
                next
            }
            Picking => vec![
                Packed,
                Held,
                Backordered,
                PartDespatched,
                Despatched,
                Cancelled,
            ],
            Packed => vec![PartDespatched, Despatched, Held],
            PartDespatched => vec![
                Picking,
                Packed,
                Held,
                Backordered,
                PartDespatched,
                Despatched,
            ],
            Despatched | Rejected | Cancelled => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_its_own_status() {
        for status in ALL {
            assert_eq!(Status::named(status.word()), Some(status));
        }
        assert_eq!(
            Status::named("accepted"),
            None,
            "the wire spells statuses in capitals"
        );
    }

    #[test]
    fn a_hold_may_be_left_for_where_it_came_from_and_cancelled_only_if_nothing_left() {
        assert!(
            Held.may_become(Some(Backordered), false)
                .contains(&Backordered)
        );
        assert!(Held.may_become(Some(Picking), false).contains(&Cancelled));
        assert!(
            !Held
                .may_become(Some(PartDespatched), true)
                .contains(&Cancelled)
        );
    }

    #[test]
    fn final_statuses_lead_nowhere() {
        for status in ALL.into_iter().filter(|status| status.is_final()) {
            assert_eq!(
                status.may_become(None, false),
                Vec::new(),
                "{}",
                status.word()
            );
        }
    }
}
