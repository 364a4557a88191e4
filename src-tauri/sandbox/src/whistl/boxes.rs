//! Packing: which parcels a despatch's goods leave in, by which carrier, and under which
//! tracking numbers.

use serde::Deserialize;

use super::Warehouse;
use super::oddities::Tracking;
use super::parcel::{Content, Parcel, carrier_name, spread};

/// The parcels of a despatch before anything is in them.
pub(super) enum Boxes {
    /// So many of the order's own service, as far as there are units.
    Usual(usize),
    /// As somebody said, filled with what there is.
    Given(Vec<BoxWish>),
}

/// What somebody said of one parcel; the rest is as usual.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoxWish {
    pub(super) carrier_code: Option<String>,
    pub(super) carrier_name: Option<String>,
    pub(super) service_code: Option<String>,
    pub(super) tracking_numbers: Option<Vec<String>>,
    pub(super) tracking_url: Option<String>,
}

impl Warehouse {
    /// The filled parcels of a despatch; none if nothing leaves.
    pub(super) fn boxes(&mut self, number: u64, boxes: Boxes, contents: &[Content]) -> Vec<Parcel> {
        let units: i64 = contents.iter().map(|content| content.quantity).sum();
        let units = usize::try_from(units).unwrap_or(0);
        if units == 0 {
            return Vec::new();
        }
        let wishes = match boxes {
            Boxes::Usual(count) => vec![BoxWish::default(); count.clamp(1, units)],
            Boxes::Given(wishes) => wishes,
        };
        let usual = self.usual_box(number);
        let filled = wishes.iter().zip(spread(contents, wishes.len()));
        filled
            .map(|(wish, contents)| {
                let parcel = Parcel {
                    contents,
                    ..usual.clone()
                };
                self.boxed(parcel, wish)
            })
            .collect()
    }

    /// A parcel as it was wished for. Without a word on its tracking numbers it keeps its
    /// own, or gets one.
    pub(super) fn boxed(&mut self, mut parcel: Parcel, wish: &BoxWish) -> Parcel {
        if let Some(service) = &wish.service_code {
            parcel.service_code.clone_from(service);
            if let Some(carrier) = self.services.carrier_of(service) {
                carrier.clone_into(&mut parcel.carrier_code);
                carrier_name(carrier).clone_into(&mut parcel.carrier_name);
            }
        }
        if let Some(code) = &wish.carrier_code {
            parcel.carrier_code.clone_from(code);
            carrier_name(code).clone_into(&mut parcel.carrier_name);
        }
        if let Some(name) = &wish.carrier_name {
            parcel.carrier_name.clone_from(name);
        }
        match &wish.tracking_numbers {
            Some(numbers) => parcel.track(numbers.clone()),
            None if parcel.tracking_numbers.is_empty() => {
                parcel.track(vec![self.despatches.next_tracking()]);
            }
            None => {}
        }
        if let Some(url) = &wish.tracking_url {
            parcel.tracking_url = Some(url.clone());
        }
        parcel
    }

    /// An empty parcel of the order's service, not yet tracked.
    pub(super) fn usual_box(&self, number: u64) -> Parcel {
        let order = self.orders.get(number);
        let service = order.and_then(|order| order.service_applied.clone());
        let service = service.unwrap_or_default();
        let carrier = self.services.carrier_of(&service).unwrap_or("RMT");
        Parcel {
            carrier_code: carrier.to_owned(),
            carrier_name: carrier_name(carrier).to_owned(),
            service_code: service,
            tracking_numbers: Vec::new(),
            tracking_url: None,
            contents: Vec::new(),
        }
    }

    /// Spoils the tracking numbers (F28). Answers those that are to come later.
    pub(super) fn odd_tracking(
        &mut self,
        odd: Tracking,
        parcels: &mut Vec<Parcel>,
        contents: &[Content],
    ) -> Option<Vec<Vec<String>>> {
        let first = parcels.first()?.clone();
        match odd {
            Tracking::Late(_) => {
                let numbers = parcels.iter_mut().map(|parcel| {
                    let numbers = std::mem::take(&mut parcel.tracking_numbers);
                    parcel.tracking_url = None;
                    numbers
                });
                return Some(numbers.collect());
            }
            Tracking::Twice => {
                if parcels.len() == 1 {
                    parcels.push(first.clone());
                    refill(parcels, contents);
                }
                parcels[1].track(first.tracking_numbers);
            }
            Tracking::Long(length) => {
                let number = self.despatches.next_tracking();
                parcels[0].track(vec![format!("{number:0<length$.length$}")]);
            }
            Tracking::Parcels(count) => {
                parcels.truncate(count);
                while parcels.len() < count {
                    let mut next = first.clone();
                    next.track(vec![self.despatches.next_tracking()]);
                    parcels.push(next);
                }
                refill(parcels, contents);
            }
        }
        None
    }
}

/// Spreads the contents anew.
pub(super) fn refill(parcels: &mut [Parcel], contents: &[Content]) {
    let count = parcels.len();
    for (parcel, contents) in parcels.iter_mut().zip(spread(contents, count)) {
        parcel.contents = contents;
    }
}
