//! What checks may ask about the world, loaded from the store once per run: products,
//! the warehouse's items and services, the maps. Kept in memory; no I/O after loading.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use domain::adjustment::{Resolved, Target};
use domain::{
    Contact, ItemStanding, Known, Product, ProductId, ProductKind, ProductStanding, SaleLine,
    ServiceCode, ServiceOffer, Sku, SkuRule, WhistlSku,
};
use store::{MapKind, Reading, StoreFault};

/// The world as last read.
#[derive(Debug, Default)]
pub(crate) struct Knowledge {
    by_id: HashMap<ProductId, Product>,
    by_sku: HashMap<String, ProductId>,
    skus: HashMap<Sku, WhistlSku>,
    methods: HashMap<String, ServiceCode>,
    items: HashMap<String, bool>,
    items_known: bool,
    services: Vec<ServiceOffer>,
    /// Cin7 SKUs that end at one Whistl SKU, by its spelling under the rule on case.
    ends_at: HashMap<String, Vec<Sku>>,
    default_service: Option<String>,
    case_sensitive: bool,
    /// The maps' version at loading.
    pub(crate) map_version: i64,
}

impl Knowledge {
    /// Loads everything from the store.
    pub(crate) fn load(reading: &Reading, rule: &SkuRule) -> Result<Self, StoreFault> {
        let mut known = Self {
            case_sensitive: rule.case_sensitive,
            map_version: reading.map_version()?,
            items_known: reading.reference_age("items")?.is_some(),
            ..Self::default()
        };
        known.take_maps(reading, rule)?;
        known.take_products(reading)?;
        for item in reading.items()? {
            known
                .items
                .insert(known.key(&item.sku).into_owned(), item.active);
        }
        for service in reading.services()? {
            if service.is_default {
                known.default_service = Some(service.code.clone());
            }
            if let Ok(code) = ServiceCode::parse(&service.code) {
                known.services.push(ServiceOffer {
                    code,
                    name: service.name,
                    active: service.active,
                    countries: service.countries,
                    carrier: service.carrier,
                });
            }
        }
        known.index_ends(rule);
        Ok(known)
    }

    fn take_maps(&mut self, reading: &Reading, rule: &SkuRule) -> Result<(), StoreFault> {
        for row in reading.maps(MapKind::Sku)? {
            if let (Ok(from), Ok(to)) = (Sku::parse(&row.from), WhistlSku::parse(&row.to, rule)) {
                self.skus.insert(from, to);
            }
        }
        for row in reading.maps(MapKind::Service)? {
            if let Ok(code) = ServiceCode::parse(&row.to) {
                self.methods.insert(row.from, code);
            }
        }
        Ok(())
    }

    fn take_products(&mut self, reading: &Reading) -> Result<(), StoreFault> {
        for row in reading.products()? {
            let (Ok(id), Ok(sku)) = (ProductId::parse(&row.id), Sku::parse(&row.sku)) else {
                continue;
            };
            self.by_sku.insert(row.sku, id.clone());
            let product = Product {
                sku,
                kind: product_kind(&row.kind),
                standing: product_standing(&row.status),
            };
            self.by_id.insert(id, product);
        }
        Ok(())
    }

    /// Which Cin7 SKUs end where: by the map, else by their own spelling.
    fn index_ends(&mut self, rule: &SkuRule) {
        let own = self
            .by_id
            .values()
            .filter(|p| p.standing != ProductStanding::Deprecated)
            .filter(|p| !self.skus.contains_key(&p.sku))
            .filter_map(|p| Some((WhistlSku::parse(p.sku.as_str(), rule).ok()?, p.sku.clone())));
        let mapped = self
            .skus
            .iter()
            .map(|(from, to)| (to.clone(), from.clone()));
        let mut ends: HashMap<String, Vec<Sku>> = HashMap::new();
        for (to, from) in own.chain(mapped) {
            let key = self.key(to.as_str()).into_owned();
            ends.entry(key).or_default().push(from);
        }
        for rivals in ends.values_mut() {
            rivals.sort();
        }
        self.ends_at = ends;
    }

    /// A spelling as the account folds it: the text itself where that is how it is spelt.
    fn key<'t>(&self, sku: &'t str) -> Cow<'t, str> {
        if self.case_sensitive || !sku.bytes().any(|byte| byte.is_ascii_lowercase()) {
            Cow::Borrowed(sku)
        } else {
            Cow::Owned(sku.to_ascii_uppercase())
        }
    }

    /// The warehouse's SKU that a product of ours is kept under, folded; `None` where it can be
    /// none of theirs.
    pub(crate) fn warehouse_key(&self, sku: &Sku, rule: &SkuRule) -> Option<String> {
        let own = || WhistlSku::parse(sku.as_str(), rule).ok();
        let theirs = self.skus.get(sku).cloned().or_else(own)?;
        Some(self.key(theirs.as_str()).into_owned())
    }

    /// A spelling of the warehouse's as the account folds it.
    pub(crate) fn folded<'t>(&self, whistl: &'t str) -> Cow<'t, str> {
        self.key(whistl.trim())
    }

    /// Every SKU that the warehouse lists, folded.
    pub(crate) fn listed(&self) -> HashSet<String> {
        self.items.keys().cloned().collect()
    }

    /// What the warehouse's SKU stands for in Cin7.
    pub(crate) fn of_warehouse(&self, whistl: &str) -> Resolved {
        let ends = self.ends_at.get(self.folded(whistl).as_ref());
        let mut targets = ends.into_iter().flatten().filter_map(|sku| {
            let product = self.by_sku.get(sku.as_str())?;
            let target = Target {
                product: product.clone(),
                sku: sku.clone(),
            };
            Some((target, self.by_id.get(product)?.standing))
        });
        let (first, another) = (targets.next(), targets.next());
        match (first, another) {
            (Some(_), Some(_)) => Resolved::Ambiguous,
            (Some((target, ProductStanding::Deprecated)), None) => Resolved::Inactive(target),
            (Some((target, _)), None) => Resolved::Known(target),
            (None, _) => self.withdrawn(whistl.trim()),
        }
    }

    /// A withdrawn product is nowhere's end, so that no sale runs into it; goods of it can
    /// still be counted.
    fn withdrawn(&self, whistl: &str) -> Resolved {
        let found = self.by_id.iter().find(|(_, product)| {
            product.standing == ProductStanding::Deprecated
                && self.key(product.sku.as_str()) == self.key(whistl)
        });
        found.map_or(Resolved::Unknown, |(id, product)| {
            Resolved::Inactive(Target {
                product: id.clone(),
                sku: product.sku.clone(),
            })
        })
    }

    /// Rank of a service in the order of sending: the warehouse's default goes last.
    pub(crate) fn service_rank(&self, code: &ServiceCode) -> u8 {
        u8::from(self.default_service.as_deref() == Some(code.as_str()))
    }
}

fn product_kind(word: &str) -> ProductKind {
    match word
        .trim()
        .to_ascii_lowercase()
        .replace([' ', '-'], "")
        .as_str()
    {
        "stock" => ProductKind::Stock,
        "service" => ProductKind::Service,
        "noninventory" => ProductKind::NonInventory,
        _ => ProductKind::Unknown(word.to_owned()),
    }
}

fn product_standing(word: &str) -> ProductStanding {
    match word.trim().to_ascii_lowercase().as_str() {
        "active" => ProductStanding::Active,
        "deprecated" => ProductStanding::Deprecated,
        _ => ProductStanding::NotReady,
    }
}

/// The world with the contacts of one sale's customer.
pub(crate) struct ForSale<'a> {
    /// The world.
    pub(crate) world: &'a Knowledge,
    /// The contacts, default first; empty when not read.
    pub(crate) contacts: &'a [Contact],
}

impl Known for ForSale<'_> {
    fn product(&self, line: &SaleLine) -> Option<&Product> {
        let id = match &line.product {
            Some(id) if self.world.by_id.contains_key(id) => id,
            _ => self.world.by_sku.get(&line.sku)?,
        };
        self.world.by_id.get(id)
    }

    fn mapped(&self, sku: &Sku) -> Option<&WhistlSku> {
        self.world.skus.get(sku)
    }

    fn rival(&self, whistl: &WhistlSku, of: &Sku) -> Option<&Sku> {
        self.world
            .ends_at
            .get(self.world.key(whistl.as_str()).as_ref())?
            .iter()
            .find(|sku| *sku != of)
    }

    fn item(&self, whistl: &WhistlSku) -> ItemStanding {
        if !self.world.items_known {
            return ItemStanding::ListUnknown;
        }
        match self
            .world
            .items
            .get(self.world.key(whistl.as_str()).as_ref())
        {
            Some(true) => ItemStanding::Active,
            Some(false) => ItemStanding::Inactive,
            None => ItemStanding::Absent,
        }
    }

    fn service_for(&self, method: &str) -> Option<&ServiceCode> {
        self.world.methods.get(method)
    }

    fn service(&self, code: &ServiceCode) -> Option<&ServiceOffer> {
        self.world.services.iter().find(|s| s.code == *code)
    }

    fn services_known(&self) -> bool {
        !self.world.services.is_empty()
    }

    fn services(&self) -> Vec<&ServiceOffer> {
        self.world.services.iter().collect()
    }

    fn contacts(&self) -> &[Contact] {
        self.contacts
    }
}
