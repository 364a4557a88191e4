//! What a check may ask about the world outside the sale: products, the warehouse's
//! item list, the maps, the customer's contacts. Answers come from memory; whoever
//! implements [`Known`] must not read a disk or a network in it.

use crate::{CountryCode, ServiceCode, Sku, WhistlSku};

/// What sort of product Cin7 says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProductKind {
    /// Goods on a shelf.
    Stock,
    /// Work, not goods.
    Service,
    /// Bought, never stocked (`Non Inventory`, observed with a space).
    NonInventory,
    /// A word that is in no list of ours; treated as goods, since leaving goods out is worse.
    Unknown(String),
}

/// Whether Cin7 still sells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductStanding {
    /// Sold.
    Active,
    /// Not finished being set up, or another word.
    NotReady,
    /// Withdrawn.
    Deprecated,
}

/// A product as far as a check cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its present SKU in Cin7.
    pub sku: Sku,
    /// Goods or not.
    pub kind: ProductKind,
    /// Sold or not.
    pub standing: ProductStanding,
}

/// What the warehouse's item list says of a SKU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemStanding {
    /// On file and active.
    Active,
    /// On file, switched off.
    Inactive,
    /// Not on file.
    Absent,
    /// There is no list, or it is too old to be believed.
    ListUnknown,
}

/// A person at the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Landline.
    pub phone: String,
    /// Mobile.
    pub mobile: String,
    /// Cin7's default contact of the customer.
    pub is_default: bool,
}

/// A service as the warehouse offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceOffer {
    /// Its code.
    pub code: ServiceCode,
    /// Its name.
    pub name: String,
    /// Still offered.
    pub active: bool,
    /// Two-letter codes, or `*` for everywhere.
    pub countries: Vec<String>,
    /// The warehouse's code of the carrier behind it, or "".
    pub carrier: String,
}

impl ServiceOffer {
    /// Whether the service goes to that country.
    pub fn serves(&self, country: &CountryCode) -> bool {
        self.countries
            .iter()
            .any(|c| c == "*" || c.eq_ignore_ascii_case(country.as_str()))
    }
}

/// The world a sale is checked against.
pub trait Known {
    /// The product a line names: by id, else by SKU (to the letter).
    fn product(&self, line: &crate::SaleLine) -> Option<&Product>;
    /// The map entry of that Cin7 SKU.
    fn mapped(&self, sku: &Sku) -> Option<&WhistlSku>;
    /// Another Cin7 SKU that ends at the same Whistl SKU, by the map or by spelling, under
    /// the account's rule on case. Used for collisions.
    fn rival(&self, whistl: &WhistlSku, of: &Sku) -> Option<&Sku>;
    /// What the warehouse's item list says.
    fn item(&self, whistl: &WhistlSku) -> ItemStanding;
    /// The map entry of that shipping method, to the letter.
    fn service_for(&self, method: &str) -> Option<&ServiceCode>;
    /// What the warehouse says of that service; `None` when its list lacks it.
    fn service(&self, code: &ServiceCode) -> Option<&ServiceOffer>;
    /// Whether the warehouse's list of services is known at all.
    fn services_known(&self) -> bool;
    /// All services offered, for the fix's wording.
    fn services(&self) -> Vec<&ServiceOffer>;
    /// The customer's contacts, default first, as far as they have been read.
    fn contacts(&self) -> &[Contact];
}
