//! What a hold card offers: the map entry that would free the order, the sale in Cin7 Core,
//! a new check. Nothing is offered that cannot help.

use domain::HoldCode;
use store::{HoldRow, ServiceRow};

use crate::shapes::{Offer, OfferKind};

/// What the card of that hold offers, the likeliest first. `fits` is the SKU on Whistl's
/// list that this one may have been meant to be.
pub(super) fn offers(hold: &HoldRow, fits: Option<&str>, services: &[ServiceRow]) -> Vec<Offer> {
    use HoldCode as C;
    let code = hold.reason.code;
    let value = hold.reason.value.as_str();
    let mut offers = Vec::new();
    if HoldCode::SKU.contains(&code) && !value.is_empty() {
        offers.push(match fits {
            Some(fits) => offer(OfferKind::MapSku, "Map to this", value, fits),
            None => offer(OfferKind::MapSku, "Map to another SKU", value, ""),
        });
    }
    if HoldCode::SERVICE.contains(&code) && !value.is_empty() {
        let active: Vec<&ServiceRow> = services.iter().filter(|s| s.active).collect();
        offers.push(match active.as_slice() {
            [only] => offer(
                OfferKind::MapService,
                &format!("Map to {}", only.name),
                value,
                &only.code,
            ),
            _ => offer(OfferKind::ChooseService, "Choose a service", value, ""),
        });
    }
    match code {
        C::HeldAtWarehouse
        | C::OutcomeUnknown
        | C::MissingAtWhistl
        | C::DespatchOverdue
        | C::SkuInactive => {
            offers.push(offer(OfferKind::AskWarehouse, "Ask the warehouse", "", ""));
        }
        C::DespatchShort => {
            offers.push(offer(OfferKind::Settle, "Settled…", "", ""));
        }
        C::SendingStuck | C::MessageInvalid => {
            offers.push(offer(OfferKind::Recheck, "Check again", "", ""));
            return offers;
        }
        _ => {}
    }
    if !matches!(code, C::HeldAtWarehouse | C::OutcomeUnknown) {
        offers.push(offer(OfferKind::OpenCin7, "Open in Cin7 Core", "", ""));
    }
    if is_put_right_in_cin7(code) {
        offers.push(offer(OfferKind::Recheck, "Check again", "", ""));
    }
    offers
}

/// Whether the sale's own fields decide it, so that a new check may free it.
fn is_put_right_in_cin7(code: HoldCode) -> bool {
    !matches!(
        code,
        HoldCode::RejectedByWhistl
            | HoldCode::ReferenceConflict
            | HoldCode::ServiceChangedByWhistl
            | HoldCode::ChangedAfterSending
            | HoldCode::CancelledAfterSending
            | HoldCode::HeldAtWarehouse
            | HoldCode::MissingAtWhistl
            | HoldCode::DespatchOverdue
            | HoldCode::DespatchShort
            | HoldCode::CancelledAtWhistl
            | HoldCode::OutcomeUnknown
    )
}

fn offer(kind: OfferKind, label: &str, from: &str, to: &str) -> Offer {
    Offer {
        kind,
        label: label.into(),
        from: from.into(),
        to: to.into(),
    }
}
