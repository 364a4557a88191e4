//! Why stock changes that belongs to no order (contract, section 10): the words, which way
//! each may go, and what it does to what is in the building.

/// Which way good stock may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Either,
    Up,
    Down,
}

/// What becomes of the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// They come into the building or leave it.
    Moved,
    /// They stay, in quarantine or out of it.
    SetApart,
    /// They come into the building, straight into quarantine: no good stock changes.
    CameBroken,
}

/// One reason.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reason {
    pub(super) code: &'static str,
    /// As the feed says it in words; the samples' where there is one.
    pub(super) text: &'static str,
    /// The kind of place where it happens.
    pub(super) place: &'static str,
    way: Way,
    effect: Effect,
}

const fn reason(
    code: &'static str,
    text: &'static str,
    place: &'static str,
    way: Way,
    effect: Effect,
) -> Reason {
    Reason {
        code,
        text,
        place,
        way,
        effect,
    }
}

/// The reason of what takes an earlier adjustment back; it goes whichever way that did not.
pub(super) const REVERSAL: Reason = reason(
    "REVERSAL",
    "Reversal of earlier adjustment",
    "PICK",
    Way::Either,
    Effect::Moved,
);

/// Every other one.
#[rustfmt::skip]
const REASONS: [Reason; 17] = [
    reason("CYCLE_COUNT", "Cycle count", "BULK", Way::Either, Effect::Moved),
    reason("DAMAGE", "Damaged in warehouse", "PICK", Way::Down, Effect::SetApart),
    reason("PICK_DISCREPANCY", "Pick face short", "PICK", Way::Either, Effect::Moved),
    reason("FOUND", "Stock found", "PICK", Way::Up, Effect::Moved),
    reason("LOST", "Stock lost", "PICK", Way::Down, Effect::Moved),
    reason("WRITE_OFF", "Written off", "QUARANTINE", Way::Down, Effect::Moved),
    reason("QUARANTINE_IN", "Moved to quarantine", "QUARANTINE", Way::Down, Effect::SetApart),
    reason("QUARANTINE_OUT", "Released from quarantine", "QUARANTINE", Way::Up, Effect::SetApart),
    reason("RETURN_GOOD", "Customer return, good", "RETURNS", Way::Up, Effect::Moved),
    reason("RETURN_DAMAGED", "Customer return, damaged", "RETURNS", Way::Up, Effect::CameBroken),
    reason("RECEIPT", "Goods in", "GOODS_IN", Way::Up, Effect::Moved),
    reason("SAMPLE", "Sample", "PICK", Way::Either, Effect::Moved),
    reason("CLIENT_REQUEST", "Asked for by client", "BULK", Way::Either, Effect::Moved),
    reason("KIT_BUILD", "Kit built", "PICK", Way::Either, Effect::Moved),
    reason("KIT_BREAK", "Kit broken", "PICK", Way::Either, Effect::Moved),
    reason("EXPIRED", "Expired", "BULK", Way::Either, Effect::Moved),
    reason("OTHER", "Other", "BULK", Way::Either, Effect::Moved),
];

impl Reason {
    /// The reason of that code.
    pub(super) fn named(code: &str) -> Option<&'static Self> {
        REASONS.iter().find(|reason| reason.code == code)
    }

    /// All codes, for those who give another.
    pub(super) fn codes() -> String {
        let codes: Vec<&str> = REASONS.iter().map(|reason| reason.code).collect();
        codes.join(", ")
    }

    /// What stands against so many units, if anything.
    pub(super) fn objects_to(&self, units: i64) -> Option<&'static str> {
        match self.way {
            Way::Up if units < 0 => Some("0 or more"),
            Way::Down if units > 0 => Some("0 or less"),
            Way::Up | Way::Down | Way::Either => None,
        }
    }

    /// The change of good stock and of what is in the building, for so many units.
    pub(super) fn changes(&self, units: i64) -> (i64, i64) {
        match self.effect {
            Effect::Moved => (units, units),
            Effect::SetApart => (units, 0),
            Effect::CameBroken => (0, units),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_changes_what_the_contract_says() {
        let of = |code: &str, units: i64| Reason::named(code).unwrap().changes(units);
        assert_eq!(of("CYCLE_COUNT", -2), (-2, -2));
        assert_eq!(of("DAMAGE", -2), (-2, 0));
        assert_eq!(of("QUARANTINE_OUT", 3), (3, 0));
        assert_eq!(of("RETURN_DAMAGED", 1), (0, 1));
        assert_eq!(of("RECEIPT", 50), (50, 50));
    }

    #[test]
    fn a_reason_that_goes_one_way_does_not_go_the_other() {
        let objects = |code: &str, units: i64| Reason::named(code).unwrap().objects_to(units);
        assert_eq!(objects("DAMAGE", 1), Some("0 or less"));
        assert_eq!(objects("FOUND", -1), Some("0 or more"));
        assert_eq!(objects("CYCLE_COUNT", -9), None);
        assert_eq!(objects("LOST", 0), None);
    }
}
