//! A small world for tests: one shop, one warehouse, one good sale, and the tweaks that
//! spoil it. Says nothing about what is right; that is for the tests.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeZone, Utc};
use rust_decimal::Decimal;

use crate::{
    Address, Contact, ItemStanding, Known, OrderStatus, Product, ProductKind, ProductStanding,
    Rules, Sale, SaleId, SaleKind, SaleLine, SaleNumber, ServiceCode, ServiceOffer, Sku,
    StageStatus, WhistlSku,
};

/// What the shop and the warehouse know.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) products: Vec<Product>,
    pub(crate) sku_map: Vec<(Sku, WhistlSku)>,
    pub(crate) items: BTreeMap<String, ItemStanding>,
    pub(crate) list_known: bool,
    pub(crate) methods: Vec<(String, ServiceCode)>,
    pub(crate) offers: Vec<ServiceOffer>,
    pub(crate) services_known: bool,
    pub(crate) people: Vec<Contact>,
    pub(crate) rules: Rules,
}

impl World {
    /// Mugs and tees that Whistl lists, two methods mapped, a service of each sort.
    pub(crate) fn new() -> Self {
        let offer = |code: &str, name: &str, active: bool, country: &str| ServiceOffer {
            code: ServiceCode::parse(code).expect("a service code"),
            name: name.into(),
            active,
            countries: vec![country.into()],
            carrier: String::new(),
        };
        let mut world = Self {
            products: Vec::new(),
            sku_map: Vec::new(),
            items: BTreeMap::new(),
            list_known: true,
            methods: Vec::new(),
            offers: vec![
                offer("WHI_STD", "Standard 48", true, "GB"),
                offer("WHI_EXP", "Express next day", true, "GB"),
                offer("WHI_INT", "International tracked", true, "*"),
                offer("WHI_EXP24", "Express 24", false, "GB"),
            ],
            services_known: true,
            people: Vec::new(),
            rules: Rules::default(),
        };
        for sku in ["MUG1", "MUG10", "TEE001", "ITEM01BLUE"] {
            world.items.insert(sku.into(), ItemStanding::Active);
        }
        world.method("Standard", "WHI_STD");
        world.method("Express Delivery", "WHI_EXP");
        world.method("Abroad", "WHI_INT");
        world
    }

    /// A product of Cin7's.
    pub(crate) fn product(&mut self, sku: &str, kind: ProductKind, standing: ProductStanding) {
        let sku = Sku::parse(sku).expect("a SKU");
        self.products.push(Product {
            sku,
            kind,
            standing,
        });
    }

    /// A map entry for a SKU. The entry may break today's rule, as an old one can.
    pub(crate) fn map(&mut self, cin7: &str, whistl: &str) {
        let lenient = crate::SkuRule {
            also_allowed: "-_./".into(),
            max_len: 64,
            case_sensitive: true,
        };
        let whistl = WhistlSku::parse(whistl, &lenient).expect("a Whistl SKU");
        self.sku_map
            .push((Sku::parse(cin7).expect("a SKU"), whistl));
    }

    /// A map entry for a shipping method.
    pub(crate) fn method(&mut self, method: &str, code: &str) {
        let code = ServiceCode::parse(code).expect("a service code");
        self.methods.push((method.into(), code));
    }

    /// Somebody at the customer.
    pub(crate) fn contact(&mut self, name: &str, mobile: &str, phone: &str) {
        self.people.push(Contact {
            name: name.into(),
            phone: phone.into(),
            mobile: mobile.into(),
            is_default: self.people.is_empty(),
        });
    }

    fn ends_at(&self, sku: &Sku) -> String {
        let text = self
            .mapped(sku)
            .map_or(sku.as_str(), WhistlSku::as_str)
            .to_owned();
        if self.rules.sku.case_sensitive {
            text
        } else {
            text.to_lowercase()
        }
    }
}

impl Known for World {
    fn product(&self, line: &SaleLine) -> Option<&Product> {
        self.products
            .iter()
            .find(|product| product.sku.as_str() == line.sku)
    }

    fn mapped(&self, sku: &Sku) -> Option<&WhistlSku> {
        self.sku_map
            .iter()
            .find(|(cin7, _)| cin7 == sku)
            .map(|(_, whistl)| whistl)
    }

    fn rival(&self, whistl: &WhistlSku, of: &Sku) -> Option<&Sku> {
        let end = if self.rules.sku.case_sensitive {
            whistl.as_str().to_owned()
        } else {
            whistl.as_str().to_lowercase()
        };
        let products = self.products.iter().map(|product| &product.sku);
        let mapped = self.sku_map.iter().map(|(cin7, _)| cin7);
        products
            .chain(mapped)
            .find(|&sku| sku != of && self.ends_at(sku) == end)
    }

    fn item(&self, whistl: &WhistlSku) -> ItemStanding {
        if !self.list_known {
            return ItemStanding::ListUnknown;
        }
        self.items
            .get(whistl.as_str())
            .copied()
            .unwrap_or(ItemStanding::Absent)
    }

    fn service_for(&self, method: &str) -> Option<&ServiceCode> {
        self.methods
            .iter()
            .find(|(mapped, _)| mapped == method)
            .map(|(_, code)| code)
    }

    fn service(&self, code: &ServiceCode) -> Option<&ServiceOffer> {
        self.offers.iter().find(|offer| &offer.code == code)
    }

    fn services_known(&self) -> bool {
        self.services_known
    }

    fn services(&self) -> Vec<&ServiceOffer> {
        self.offers.iter().collect()
    }

    fn contacts(&self) -> &[Contact] {
        &self.people
    }
}

/// A sale nobody could object to: two mugs and a tee to Bristol.
pub(crate) fn good_sale() -> Sale {
    Sale {
        id: SaleId::parse("7b8a40bd-9bf2-564d-8253-54fadcd84944").expect("a GUID"),
        number: SaleNumber::parse("SO-10421").expect("a number"),
        kind: SaleKind::Simple,
        order_status: OrderStatus::Authorised,
        picking: StageStatus::NotBegun,
        packing: StageStatus::NotBegun,
        shipping: StageStatus::NotBegun,
        location: "Whistl Fulfilment".into(),
        customer_id: "0d6f1d3d-d27d-53db-a621-5a84cee4998e".into(),
        customer: "Ada Merrow".into(),
        channel: "Shopify".into(),
        payment: "PREPAID".into(),
        attributes: vec![String::new(); 10],
        customer_reference: "#4471".into(),
        contact: "Ada Merrow".into(),
        phone: "07400 123456".into(),
        email: "ada.merrow@example.com".into(),
        ship_to: Address {
            contact: "Ada Merrow".into(),
            company: String::new(),
            line1: "14 Lantern Row".into(),
            line2: String::new(),
            town: "Bristol".into(),
            county: String::new(),
            postcode: "BS1 4QD".into(),
            country: "United Kingdom".into(),
            display: [
                "14 Lantern Row".into(),
                "Bristol BS1 4QD United Kingdom".into(),
            ],
        },
        shipping_method: "Standard".into(),
        shipping_notes: "Leave with neighbour at 16".into(),
        ship_by: NaiveDate::from_ymd_opt(2026, 11, 25),
        ordered_on: NaiveDate::from_ymd_opt(2026, 7, 1),
        last_modified: Utc
            .with_ymd_and_hms(2026, 11, 23, 16, 2, 9)
            .single()
            .expect("a time"),
        currency: "GBP".into(),
        total: Decimal::new(5820, 2),
        lines: vec![line("MUG1", "2"), line("TEE001", "1")],
        charges: Vec::new(),
    }
}

/// A line of goods at 14.00 apiece.
pub(crate) fn line(sku: &str, quantity: &str) -> SaleLine {
    SaleLine {
        product: None,
        sku: sku.into(),
        name: format!("Goods called {sku}"),
        quantity: quantity.parse().expect("a decimal"),
        unit_price: Decimal::new(1400, 2),
        drop_ship: false,
        backordered: Decimal::ZERO,
    }
}
