//! One line of the list: whose despatch, what left in what, and where it stands.

use engine::views::{DespatchView, ParcelView, Views, time};
use store::{DespatchRow, DespatchState};

use super::state;
use crate::shapes::{ConfirmationRow, UiError};
use crate::text::list;

/// The row of one despatch, as it is now.
pub(super) fn row(look: &Views<'_>, row: &DespatchRow) -> Result<ConfirmationRow, UiError> {
    Ok(of(look, row, &look.despatch(row)?))
}

/// The same, of a despatch that was read already.
pub(super) fn of(look: &Views<'_>, row: &DespatchRow, seen: &DespatchView) -> ConfirmationRow {
    let tracking = seen
        .parcels
        .iter()
        .flat_map(|parcel| parcel.tracking.iter());
    ConfirmationRow {
        despatch_id: row.id.clone(),
        number: row.number.as_ref().map(ToString::to_string),
        reference: row.raw_reference.clone(),
        left_at: time(row.at),
        parcels: row.parcels,
        carrier: carriers(&seen.parcels),
        tracking: tracking.clone().next().cloned().unwrap_or_default(),
        more_tracking: super::whole(tracking.count().saturating_sub(1)),
        units: row.units.to_string(),
        state: row.state.word().into(),
        state_title: state::title(look, row),
        tone: state::tone(row.state),
        icon: state::icon(row),
        owner: row.owner.map(Into::into),
        posted_at: row.posted_at.map(time),
        settled: matches!(row.state, DespatchState::Posted | DespatchState::Closed),
    }
}

/// The carriers of all parcels, each once: `Royal Mail`, `DPD and Evri`.
fn carriers(parcels: &[ParcelView]) -> String {
    let mut named: Vec<String> = Vec::new();
    for parcel in parcels {
        let name = carrier(parcel);
        if !name.is_empty() && !named.iter().any(|known| known == name) {
            named.push(name.to_owned());
        }
    }
    list(&named)
}

/// A carrier as the warehouse names it.
pub(super) fn carrier(parcel: &ParcelView) -> &str {
    if parcel.carrier.is_empty() {
        &parcel.carrier_code
    } else {
        &parcel.carrier
    }
}
