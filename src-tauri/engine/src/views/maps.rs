//! One map as it stands: the values orders wait for, with what may fit, and the entries,
//! with what is odd about them. Facts only; the words are whoever shows them.

use chrono::{DateTime, Utc};
use domain::check::suggested;
use domain::{HoldCode, ItemStanding, Known as _, ServiceCode, Sku, WhistlSku};
use store::{CarrierNamed, HeldFor, MapKind, MapRow, ServiceRow};

use super::Views;
use crate::fault::EngineFault;
use crate::knowledge::{ForSale, Knowledge};

/// A value that orders wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitedFor {
    /// The value, what is wrong with it, and how many orders.
    pub held: HeldFor,
    /// What fits, if one thing does.
    pub suggestion: Option<String>,
}

/// What is odd about an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Odd {
    /// Whistl does not list the SKU, or has no such service.
    NotListed,
    /// Whistl lists it, and has switched it off.
    SwitchedOff,
    /// The account's rule refuses it; it was tightened since.
    Refused,
    /// Another Cin7 SKU ends at the same Whistl SKU.
    Collides(String),
}

/// An entry and what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapEntry {
    /// The entry.
    pub row: MapRow,
    /// What is odd about it.
    pub odd: Option<Odd>,
}

/// See the module's head.
#[derive(Clone, Debug)]
pub struct MapView {
    /// The values orders wait for, most orders first.
    pub waited_for: Vec<WaitedFor>,
    /// Carriers that despatches named and that have no entry, for the map of carriers; those
    /// told most often first. They keep nothing back.
    pub carriers: Vec<CarrierNamed>,
    /// The entries, by what they map from.
    pub entries: Vec<MapEntry>,
    /// The services, for the map of shipping methods.
    pub services: Vec<ServiceRow>,
    /// When the list of what can be mapped to was last read.
    pub read_at: Option<DateTime<Utc>>,
}

/// Causes that an entry of that map removes.
pub fn causes_of(kind: MapKind) -> &'static [HoldCode] {
    match kind {
        MapKind::Sku => &HoldCode::SKU,
        MapKind::Service => &HoldCode::SERVICE,
        MapKind::Carrier | MapKind::Reason => &[],
    }
}

impl Views<'_> {
    /// One map as it stands.
    pub fn map(&self, kind: MapKind) -> Result<MapView, EngineFault> {
        let rules = self.settings.rules();
        let known = Knowledge::load(self.reading, &rules.sku)?;
        let world = ForSale {
            world: &known,
            contacts: &[],
        };
        let services = match kind {
            MapKind::Service => self.reading.services()?,
            MapKind::Sku | MapKind::Carrier | MapKind::Reason => Vec::new(),
        };
        let fits = |value: &str| match kind {
            MapKind::Sku => suggested(value, &rules, &world).map(|sku| sku.as_str().to_owned()),
            MapKind::Service => only_namesake(value, &services),
            MapKind::Carrier | MapKind::Reason => None,
        };
        let waited_for = self
            .reading
            .held_for(causes_of(kind))?
            .into_iter()
            .map(|held| WaitedFor {
                suggestion: fits(&held.value),
                held,
            })
            .collect();
        let odd = |row: &MapRow| match kind {
            MapKind::Sku => odd_sku(row, &rules.sku, &world),
            MapKind::Service => odd_service(row, &services),
            MapKind::Carrier | MapKind::Reason => None,
        };
        let entries = self.reading.maps(kind)?;
        let entries = entries
            .into_iter()
            .map(|row| MapEntry {
                odd: odd(&row),
                row,
            })
            .collect();
        let list = match kind {
            MapKind::Sku => "items",
            MapKind::Service => "services",
            MapKind::Carrier | MapKind::Reason => "",
        };
        let carriers = match kind {
            MapKind::Carrier => self.unmapped_carriers()?,
            MapKind::Sku | MapKind::Service | MapKind::Reason => Vec::new(),
        };
        Ok(MapView {
            waited_for,
            carriers,
            entries,
            services,
            read_at: self.reading.reference_age(list)?,
        })
    }

    /// Carriers that despatches named and that have no entry by now.
    pub fn unmapped_carriers(&self) -> Result<Vec<CarrierNamed>, EngineFault> {
        let mapped = self.reading.maps(MapKind::Carrier)?;
        let mut carriers = self.reading.carriers_unmapped()?;
        carriers.retain(|carrier| mapped.iter().all(|entry| entry.from != carrier.code));
        Ok(carriers)
    }
}

fn odd_sku(row: &MapRow, rule: &domain::SkuRule, world: &ForSale<'_>) -> Option<Odd> {
    let from = Sku::parse(&row.from).ok()?;
    let Ok(to) = WhistlSku::parse(&row.to, rule) else {
        return Some(Odd::Refused);
    };
    if let Some(rival) = world.rival(&to, &from) {
        return Some(Odd::Collides(rival.as_str().to_owned()));
    }
    match world.item(&to) {
        ItemStanding::Absent => Some(Odd::NotListed),
        ItemStanding::Inactive => Some(Odd::SwitchedOff),
        ItemStanding::Active | ItemStanding::ListUnknown => None,
    }
}

fn odd_service(row: &MapRow, services: &[ServiceRow]) -> Option<Odd> {
    if ServiceCode::parse(&row.to).is_err() {
        return Some(Odd::Refused);
    }
    if services.is_empty() {
        return None;
    }
    match services.iter().find(|service| service.code == row.to) {
        None => Some(Odd::NotListed),
        Some(service) if !service.active => Some(Odd::SwitchedOff),
        Some(_) => None,
    }
}

/// The one service Whistl offers under just that name. Nothing nearer is guessed: a parcel
/// on the wrong service costs more than a click.
fn only_namesake(method: &str, services: &[ServiceRow]) -> Option<String> {
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let wanted = bare(method);
    let mut fits = services
        .iter()
        .filter(|service| service.active && !wanted.is_empty())
        .filter(|service| bare(&service.name) == wanted || bare(&service.code) == wanted);
    match (fits.next(), fits.next()) {
        (Some(only), None) => Some(only.code.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(code: &str, name: &str, active: bool) -> ServiceRow {
        ServiceRow {
            code: code.into(),
            name: name.into(),
            active,
            countries: Vec::new(),
            is_default: false,
            carrier: String::new(),
        }
    }

    #[test]
    fn a_service_is_suggested_only_under_its_own_name() {
        let services = [
            service("WHI_STD", "Standard 48", true),
            service("WHI_EXP", "Next day", true),
            service("WHI_OLD", "Economy", false),
        ];
        assert_eq!(
            only_namesake("next-day", &services).as_deref(),
            Some("WHI_EXP")
        );
        assert_eq!(only_namesake("Royal Mail Standard 48", &services), None);
        assert_eq!(
            only_namesake("Economy", &services),
            None,
            "no longer offered"
        );
        assert_eq!(only_namesake("", &services), None);
    }

    #[test]
    fn two_services_of_one_name_are_left_to_a_person() {
        let services = [
            service("A", "Next day", true),
            service("B", "Next Day", true),
        ];
        assert_eq!(only_namesake("Next day", &services), None);
    }
}
