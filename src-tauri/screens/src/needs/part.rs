//! The parts into which the orders that need someone fall: each order is in exactly one, by
//! what is the matter and how much time is left. A part is one word, so that Today's count
//! and the list it opens cannot mean different orders. How a part is told is in [`super`].

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use chrono_tz::Tz;
use domain::HoldCode;
use store::{LeaveBy, NeedCount, NeedQuery, OrderState};

/// States of orders that have not left us and may yet make their cut-off.
const HERE: [OrderState; 5] = [
    OrderState::Held,
    OrderState::Waiting,
    OrderState::Sending,
    OrderState::Unclear,
    OrderState::Rejected,
];
/// Of these, those that are kept back for a reason of their own.
const KEPT: [OrderState; 3] = [OrderState::Held, OrderState::Waiting, OrderState::Sending];
/// States of orders that the warehouse has, or had.
const THERE: [OrderState; 3] = [
    OrderState::AtWarehouse,
    OrderState::PartDespatched,
    OrderState::Despatched,
];

/// Causes that people speak of as one, and put right in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Family {
    /// Of a SKU.
    Sku,
    /// A shipping method without a service.
    Service,
    /// Of an address: name, street, postcode, country.
    Address,
    /// Of a telephone number.
    Phone,
    /// Cin7 has no stock for it.
    Stock,
    /// Everything else.
    Other,
}

impl Family {
    pub(crate) const ALL: [Self; 6] = [
        Self::Sku,
        Self::Service,
        Self::Address,
        Self::Phone,
        Self::Stock,
        Self::Other,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Sku => "sku",
            Self::Service => "service",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Stock => "stock",
            Self::Other => "other",
        }
    }

    /// Orders held for it, with more than today to put it right.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Sku => "SKU to put right, not due today",
            Self::Service => "Shipping method not mapped, not due today",
            Self::Address => "Address to put right, not due today",
            Self::Phone => "Telephone to put right, not due today",
            Self::Stock => "Short of stock, not due today",
            Self::Other => "Held for something else, not due today",
        }
    }

    /// The family of a cause. The match is complete, so that a new code finds its place.
    pub(crate) fn of(cause: Option<HoldCode>) -> Self {
        let Some(cause) = cause else {
            return Self::Other;
        };
        match cause {
            HoldCode::SkuMissing
            | HoldCode::SkuInvalidCharacters
            | HoldCode::SkuTooLong
            | HoldCode::SkuUnmapped
            | HoldCode::SkuUnknownAtWhistl
            | HoldCode::SkuInactive
            | HoldCode::SkuCollision => Self::Sku,
            HoldCode::ServiceUnmapped => Self::Service,
            HoldCode::NameMissing
            | HoldCode::NameTooLong
            | HoldCode::AddressIncomplete
            | HoldCode::AddressTooLong
            | HoldCode::PostcodeMissing
            | HoldCode::PostcodeInvalid
            | HoldCode::CountryMissing
            | HoldCode::CountryUnsupported => Self::Address,
            HoldCode::PhoneMissing | HoldCode::PhoneInvalid => Self::Phone,
            HoldCode::Backordered => Self::Stock,
            HoldCode::QuantityInvalid
            | HoldCode::NoLines
            | HoldCode::TooManyLines
            | HoldCode::EmailInvalid
            | HoldCode::TextUnsupported
            | HoldCode::NoteTooLong
            | HoldCode::ReferenceInvalid
            | HoldCode::StatusUnknown
            | HoldCode::Unreadable
            | HoldCode::MessageInvalid
            | HoldCode::RejectedByWhistl
            | HoldCode::ReferenceConflict
            | HoldCode::ServiceChangedByWhistl
            | HoldCode::ChangedAfterSending
            | HoldCode::CancelledAfterSending
            | HoldCode::HeldAtWarehouse
            | HoldCode::MissingAtWhistl
            | HoldCode::DespatchOverdue
            | HoldCode::DespatchShort
            | HoldCode::CancelledAtWhistl
            | HoldCode::SendingStuck
            | HoldCode::OutcomeUnknown => Self::Other,
        }
    }

    fn causes(self) -> Vec<Option<HoldCode>> {
        every_cause()
            .into_iter()
            .filter(|cause| Self::of(*cause) == self)
            .collect()
    }
}

/// Every cause, and none.
fn every_cause() -> Vec<Option<HoldCode>> {
    HoldCode::ALL
        .iter()
        .copied()
        .map(Some)
        .chain([None])
        .collect()
}

/// See the module's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Not sent, and to leave by a cut-off of today that is still ahead.
    Due(DateTime<Utc>),
    /// Kept back, and its cut-off has passed.
    Missed,
    /// Voided in Cin7 after the hand-over.
    CalledOff,
    /// Refused by Whistl.
    Rejected,
    /// Sent, and nobody knows whether it arrived.
    Unclear,
    /// Stopped at the warehouse.
    Blocked,
    /// Changed in Cin7 after the hand-over.
    Changed,
    /// Cancelled at the warehouse alone.
    CancelledThere,
    /// At the warehouse, and otherwise to be looked at.
    LookAt,
    /// Kept back, with more than today to put it right.
    Later(Family),
}

impl Part {
    /// The part that orders counted so belong to; none outside the trigger.
    pub(crate) fn of(need: &NeedCount, now: DateTime<Utc>, zone: Tz) -> Option<Self> {
        let state = need.state?;
        if HERE.contains(&state)
            && let Some(at) = need.ship_by.filter(|at| *at > now)
            && at <= end_of_today(now, zone)
        {
            return Some(Self::Due(at));
        }
        Some(match state {
            OrderState::Held | OrderState::Waiting | OrderState::Sending => {
                if need.ship_by.is_some_and(|at| at <= now) {
                    Self::Missed
                } else {
                    Self::Later(Family::of(need.cause))
                }
            }
            OrderState::Unclear => Self::Unclear,
            OrderState::Rejected => Self::Rejected,
            OrderState::Blocked => Self::Blocked,
            OrderState::Cancelled => Self::CancelledThere,
            OrderState::AtWarehouse | OrderState::PartDespatched | OrderState::Despatched => {
                match need.cause {
                    Some(HoldCode::ChangedAfterSending) => Self::Changed,
                    Some(HoldCode::CancelledAfterSending) => Self::CalledOff,
                    _ => Self::LookAt,
                }
            }
        })
    }

    /// What finds its orders.
    pub(crate) fn query(self, now: DateTime<Utc>, zone: Tz) -> NeedQuery {
        let of = |states: &[OrderState], causes, leave_by| NeedQuery {
            states: states.to_vec(),
            causes,
            leave_by,
        };
        // What is due today is in another part, but for what is past.
        let not_today = |states: &[OrderState]| {
            of(
                states,
                every_cause(),
                LeaveBy::After(end_of_today(now, zone)),
            )
        };
        match self {
            Self::Due(at) => of(&HERE, every_cause(), LeaveBy::At(at)),
            Self::Missed => of(&KEPT, every_cause(), LeaveBy::UpTo(now)),
            Self::Later(family) => NeedQuery {
                causes: family.causes(),
                ..not_today(&KEPT)
            },
            Self::Rejected => NeedQuery {
                leave_by: LeaveBy::NotBetween(now, end_of_today(now, zone)),
                ..not_today(&[OrderState::Rejected])
            },
            Self::Unclear => NeedQuery {
                leave_by: LeaveBy::NotBetween(now, end_of_today(now, zone)),
                ..not_today(&[OrderState::Unclear])
            },
            Self::Blocked => of(&[OrderState::Blocked], every_cause(), LeaveBy::Any),
            Self::CancelledThere => of(&[OrderState::Cancelled], every_cause(), LeaveBy::Any),
            Self::Changed => of(
                &THERE,
                vec![Some(HoldCode::ChangedAfterSending)],
                LeaveBy::Any,
            ),
            Self::CalledOff => of(
                &THERE,
                vec![Some(HoldCode::CancelledAfterSending)],
                LeaveBy::Any,
            ),
            Self::LookAt => {
                let named = [
                    Some(HoldCode::ChangedAfterSending),
                    Some(HoldCode::CancelledAfterSending),
                ];
                let mut causes = every_cause();
                causes.retain(|cause| !named.contains(cause));
                of(&THERE, causes, LeaveBy::Any)
            }
        }
    }

    /// The word by which a list is asked for it, in the place of a cause.
    pub(crate) fn word(self) -> String {
        match self {
            Self::Due(at) => format!(
                "part:due:{}",
                at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
            ),
            Self::Missed => "part:missed".into(),
            Self::CalledOff => "part:called_off".into(),
            Self::Rejected => "part:rejected".into(),
            Self::Unclear => "part:unclear".into(),
            Self::Blocked => "part:blocked".into(),
            Self::Changed => "part:changed".into(),
            Self::CancelledThere => "part:cancelled_there".into(),
            Self::LookAt => "part:look_at".into(),
            Self::Later(family) => format!("part:later:{}", family.word()),
        }
    }

    /// The part of that word.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let word = word.strip_prefix("part:")?;
        if let Some(at) = word.strip_prefix("due:") {
            return at.parse().ok().map(Self::Due);
        }
        if let Some(word) = word.strip_prefix("later:") {
            return Family::ALL
                .into_iter()
                .find(|family| family.word() == word)
                .map(Self::Later);
        }
        Some(match word {
            "missed" => Self::Missed,
            "called_off" => Self::CalledOff,
            "rejected" => Self::Rejected,
            "unclear" => Self::Unclear,
            "blocked" => Self::Blocked,
            "changed" => Self::Changed,
            "cancelled_there" => Self::CancelledThere,
            "look_at" => Self::LookAt,
            _ => return None,
        })
    }
}

/// The last moment of the merchant's day.
fn end_of_today(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    super::start_of_day(now, zone, 1) - Duration::milliseconds(1)
}

#[cfg(test)]
mod tests {
    use domain::Owner;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Every count there can be, as far as it matters, around noon of a working day.
    fn every_count(now: DateTime<Utc>) -> Vec<NeedCount> {
        let times = [
            None,
            Some(now - Duration::days(3)),
            Some(now - Duration::hours(1)),
            Some(now),
            Some(now + Duration::hours(3)),
            Some(now + Duration::hours(4)),
            Some(at("2026-11-24T23:59:59.999Z")),
            Some(at("2026-11-25T00:00:00Z")),
            Some(now + Duration::days(1)),
        ];
        let mut all = Vec::new();
        for state in OrderState::ALL {
            for cause in every_cause() {
                for ship_by in times {
                    all.push(NeedCount {
                        state: Some(state),
                        cause,
                        owner: Owner::Office,
                        ship_by,
                        put_off: false,
                        count: 1,
                    });
                }
            }
        }
        all
    }

    #[test]
    fn every_order_is_in_the_list_of_its_own_part_and_of_no_other() {
        let (now, zone) = (at("2026-11-24T12:00:00Z"), chrono_tz::Europe::London);
        let counts = every_count(now);
        let mut parts: Vec<Part> = counts
            .iter()
            .map(|need| Part::of(need, now, zone).unwrap())
            .collect();
        parts.sort_unstable();
        parts.dedup();
        for need in &counts {
            let own = Part::of(need, now, zone).unwrap();
            let found: Vec<Part> = parts
                .iter()
                .copied()
                .filter(|part| part.query(now, zone).holds(need))
                .collect();
            assert_eq!(found, [own], "{need:?}");
        }
    }

    #[test]
    fn a_part_is_found_by_its_word() {
        let now = at("2026-11-24T12:00:00Z");
        for need in every_count(now) {
            let part = Part::of(&need, now, chrono_tz::Europe::London).unwrap();
            assert_eq!(Part::from_word(&part.word()), Some(part));
        }
        assert_eq!(Part::from_word("phone_missing"), None);
        assert_eq!(Part::from_word("part:no_such"), None);
    }

    #[test]
    fn today_ends_at_the_merchants_midnight_and_not_at_utcs() {
        // In June London is an hour ahead: 23:30 UTC is half past midnight, tomorrow.
        let (now, zone) = (at("2026-06-24T12:00:00Z"), chrono_tz::Europe::London);
        let need = |ship_by: &str| NeedCount {
            state: Some(OrderState::Held),
            cause: Some(HoldCode::PhoneMissing),
            owner: Owner::Office,
            ship_by: Some(at(ship_by)),
            put_off: false,
            count: 1,
        };
        let part = |ship_by| Part::of(&need(ship_by), now, zone).unwrap();
        assert_eq!(
            part("2026-06-24T22:30:00Z"),
            Part::Due(at("2026-06-24T22:30:00Z"))
        );
        assert_eq!(part("2026-06-24T23:30:00Z"), Part::Later(Family::Phone));
    }
}
