//! The marks that go with a state or a cause: its tone, its picture, whose it is. No
//! sentences.

use domain::HoldCode;
use store::{OrderState, Standing, Tab as Listed};

use crate::shapes::{Icon, Owner, Tab, Tone};

impl From<domain::Owner> for Owner {
    fn from(owner: domain::Owner) -> Self {
        match owner {
            domain::Owner::Office => Self::Office,
            domain::Owner::Warehouse => Self::Warehouse,
            domain::Owner::Finance => Self::Finance,
            domain::Owner::Support => Self::Support,
        }
    }
}

impl From<Owner> for domain::Owner {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Office => Self::Office,
            Owner::Warehouse => Self::Warehouse,
            Owner::Finance => Self::Finance,
            Owner::Support => Self::Support,
        }
    }
}

impl From<Tab> for Listed {
    fn from(tab: Tab) -> Self {
        match tab {
            Tab::NeedsYou => Self::NeedsYou,
            Tab::Waiting => Self::Waiting,
            Tab::AtWarehouse => Self::AtWarehouse,
            Tab::Despatched => Self::Despatched,
            Tab::Cancelled => Self::Cancelled,
        }
    }
}

impl From<Listed> for Tab {
    fn from(tab: Listed) -> Self {
        match tab {
            Listed::NeedsYou => Self::NeedsYou,
            Listed::Waiting => Self::Waiting,
            Listed::AtWarehouse => Self::AtWarehouse,
            Listed::Despatched => Self::Despatched,
            Listed::Cancelled => Self::Cancelled,
        }
    }
}

/// How an order stands; one that goes by itself and yet needs someone is a warning.
pub(crate) fn tone_of(standing: &Standing, needs_someone: bool) -> Tone {
    use OrderState as S;
    match standing {
        Standing::In(S::Held | S::Rejected | S::Blocked) => Tone::Stop,
        Standing::In(S::Unclear) => Tone::Warn,
        Standing::In(_) if needs_someone => Tone::Warn,
        Standing::In(S::Waiting | S::Sending) => Tone::Info,
        Standing::In(S::AtWarehouse | S::PartDespatched | S::Despatched) => Tone::Ok,
        Standing::In(S::Cancelled) | Standing::Outside(_) => Tone::Plain,
    }
}

/// The picture of a state.
pub(crate) fn icon_of(standing: &Standing) -> Icon {
    use OrderState as S;
    match standing {
        Standing::In(S::Held | S::Rejected | S::Cancelled) | Standing::Outside(_) => Icon::Ban,
        Standing::In(S::Waiting | S::Sending) => Icon::Clock,
        Standing::In(S::Unclear) => Icon::Question,
        Standing::In(S::Blocked) => Icon::Pause,
        Standing::In(S::AtWarehouse | S::PartDespatched | S::Despatched) => Icon::Truck,
    }
}

/// The picture of a cause.
pub(crate) fn icon_of_cause(code: HoldCode) -> Icon {
    use HoldCode as C;
    match code {
        C::SkuMissing
        | C::SkuInvalidCharacters
        | C::SkuTooLong
        | C::SkuUnmapped
        | C::SkuUnknownAtWhistl
        | C::SkuInactive
        | C::SkuCollision => Icon::Tag,
        C::PhoneMissing | C::PhoneInvalid => Icon::Phone,
        C::NameMissing
        | C::NameTooLong
        | C::AddressIncomplete
        | C::AddressTooLong
        | C::PostcodeMissing
        | C::PostcodeInvalid
        | C::CountryMissing
        | C::CountryUnsupported => Icon::Pin,
        C::ServiceUnmapped | C::ServiceChangedByWhistl | C::MissingAtWhistl => Icon::Truck,
        C::QuantityInvalid | C::NoLines | C::TooManyLines | C::Backordered | C::DespatchShort => {
            Icon::Scales
        }
        C::RejectedByWhistl | C::CancelledAfterSending | C::CancelledAtWhistl => Icon::Ban,
        C::HeldAtWarehouse => Icon::Pause,
        C::SendingStuck | C::DespatchOverdue => Icon::Clock,
        C::OutcomeUnknown | C::StatusUnknown => Icon::Question,
        C::EmailInvalid
        | C::TextUnsupported
        | C::NoteTooLong
        | C::ReferenceInvalid
        | C::Unreadable
        | C::MessageInvalid
        | C::ReferenceConflict
        | C::ChangedAfterSending => Icon::Warning,
    }
}

/// How bad a cause is: what keeps an order from leaving or the customer from getting it
/// stops; what only differs from Cin7 Core warns.
pub(crate) fn tone_of_cause(code: HoldCode) -> Tone {
    match code {
        HoldCode::ServiceChangedByWhistl
        | HoldCode::ChangedAfterSending
        | HoldCode::DespatchOverdue
        | HoldCode::DespatchShort => Tone::Warn,
        _ => Tone::Stop,
    }
}
