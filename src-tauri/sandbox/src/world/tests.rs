//! The generated world as its reader sees it: the same from the same seed, good orders
//! good, and what is planted where the list says it is.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

use super::*;

fn plan(orders: u32, seed: u64, profile: Profile) -> Plan {
    let start = "2026-11-24T09:00:00Z".parse().unwrap();
    Plan {
        seed,
        start,
        orders,
        skus: 120,
        profile,
    }
}

fn text<'a>(sale: &'a PlannedSale, pointer: &str) -> &'a str {
    sale.cin7.pointer(pointer).and_then(Value::as_str).unwrap()
}

fn skus(sale: &PlannedSale) -> Vec<&str> {
    let lines = sale.cin7["Order"]["Lines"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["SKU"].as_str().unwrap())
        .collect()
}

fn quantities(sale: &PlannedSale) -> Vec<Decimal> {
    let lines = sale.cin7["Order"]["Lines"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["Quantity"].to_string().parse().unwrap())
        .collect()
}

/// Digits of every telephone number that the sale or its customer has.
fn phones(world: &Blueprint, sale: &PlannedSale) -> Vec<String> {
    let mut all = vec![text(sale, "/Phone").to_owned()];
    if let Some(customer) = sale.customer {
        let contact = &world.customers[customer].cin7["Contacts"][0];
        all.extend(["Phone", "MobilePhone"].map(|f| contact[f].as_str().unwrap().to_owned()));
    }
    let digits = |phone: String| {
        phone
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    all.into_iter().map(digits).collect()
}

fn is_uk_postcode(text: &str) -> bool {
    let Some((outward, inward)) = text.split_once(' ') else {
        return false;
    };
    let shape: String = outward
        .chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { 'A' })
        .collect();
    let inward: Vec<char> = inward.chars().collect();
    ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&shape.as_str())
        && inward.len() == 3
        && inward[0].is_ascii_digit()
        && inward[1..]
            .iter()
            .all(|c| c.is_ascii_uppercase() && !"CIKMOV".contains(*c))
}

/// Whether the words of the address fit three lines of 35.
fn fits_label(sale: &PlannedSale) -> bool {
    let words = format!(
        "{} {}",
        text(sale, "/ShippingAddress/Line1"),
        text(sale, "/ShippingAddress/Line2")
    );
    let mut lines = vec![0];
    for word in words.split_whitespace().map(|word| word.chars().count()) {
        let last = lines.last_mut().unwrap();
        if *last > 0 && *last + 1 + word <= 35 {
            *last += 1 + word;
        } else if *last == 0 {
            *last = word;
        } else {
            lines.push(word);
        }
    }
    lines.len() <= 3 && lines.iter().all(|length| *length <= 35)
}

/// Every fault a reader of the sale can see, worked out apart from the planting.
fn seen(world: &Blueprint, sale: &PlannedSale) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut mark = |at_fault: bool, code: &'static str| {
        if at_fault {
            found.insert(code);
        }
    };
    let country = text(sale, "/ShippingAddress/Country");
    let british = ["United Kingdom", "Jersey", "Guernsey", "Isle of Man"].contains(&country);
    let postcode = text(sale, "/ShippingAddress/Postcode");
    mark(british && postcode.is_empty(), "postcode_missing");
    mark(
        british && !postcode.is_empty() && !is_uk_postcode(postcode),
        "postcode_invalid",
    );
    let lines = (
        text(sale, "/ShippingAddress/Line1"),
        text(sale, "/ShippingAddress/City"),
    );
    mark(
        lines.0.is_empty() || lines.1.is_empty(),
        "address_incomplete",
    );
    mark(!fits_label(sale), "address_too_long");
    mark(
        text(sale, "/ShippingAddress/Contact").is_empty(),
        "name_missing",
    );
    mark(
        text(sale, "/Carrier") == "Express Delivery",
        "service_unmapped",
    );
    mark(
        quantities(sale)
            .iter()
            .any(|q| !q.is_integer() || *q <= Decimal::ZERO),
        "quantity_invalid",
    );
    let plain = |sku: &&str| sku.chars().all(|c| c.is_ascii_alphanumeric());
    mark(!skus(sale).iter().all(plain), "sku_invalid_characters");
    let products: BTreeMap<_, _> = world.products.iter().map(|p| (p.sku.as_str(), p)).collect();
    let strange = |sku: &&str| {
        let product = products[sku];
        product.cin7["Type"] == "Stock" && product.whistl.as_ref().is_none_or(|item| !item.active)
    };
    mark(skus(sale).iter().any(strange), "sku_unknown_at_whistl");
    let phones = phones(world, sale);
    let usable = |digits: &String| {
        digits.len() >= 10 && digits.chars().any(|c| c != '0') && digits.len() <= 13
    };
    if !phones.iter().any(usable) {
        let blank = text(sale, "/Phone").is_empty();
        mark(blank, "phone_missing");
        mark(!blank, "phone_invalid");
    }
    found
}

#[test]
fn one_seed_and_start_give_one_world() {
    let plan = plan(200, 7, Profile::Typical);
    assert_eq!(plan.draw(), plan.draw());
    let more = Plan {
        orders: 300,
        ..plan
    };
    assert_eq!(plan.draw().products.len(), more.draw().products.len());
    let other = Plan { seed: 8, ..plan };
    assert_ne!(plan.draw().sales, other.draw().sales);
}

#[test]
fn a_typical_world_has_the_shares_its_contract_names() {
    let world = plan(400, 3, Profile::Typical).draw();
    let ready: Vec<_> = world.sales.iter().filter(|sale| sale.triggers).collect();
    assert_eq!(ready.len(), 400);
    assert_eq!(
        world.sales.len(),
        416,
        "one in 25 besides, that must not trigger"
    );
    let faulty = ready.iter().filter(|sale| !sale.faults.is_empty()).count();
    assert_eq!(faulty, 50, "one in eight");
    let abroad: Vec<_> = ready
        .iter()
        .filter(|s| text(s, "/Carrier") == "International Tracked")
        .collect();
    assert_eq!(abroad.len(), 20, "one in twenty");
    assert!(
        abroad
            .iter()
            .all(|s| text(s, "/ShippingAddress/Country") != "United Kingdom")
    );
    let several = ready.iter().filter(|sale| skus(sale).len() > 1).count();
    assert!(
        (120..=170).contains(&several),
        "one in three, and planted lines: {several}"
    );
    let channels: BTreeSet<_> = ready
        .iter()
        .map(|sale| text(sale, "/SourceChannel"))
        .collect();
    assert_eq!(channels.len(), 4);
    let planted: BTreeSet<_> = ready.iter().flat_map(|sale| &sale.faults).collect();
    assert!(planted.len() >= 9, "{planted:?}");
    assert!(ready.iter().all(|sale| sale.faults.len() <= 3));
}

#[test]
fn sales_that_must_not_trigger_say_why_in_cin7s_words() {
    let world = plan(200, 5, Profile::Typical).draw();
    let idle: Vec<_> = world.sales.iter().filter(|sale| !sale.triggers).collect();
    assert_eq!(idle.len(), 8);
    for sale in idle {
        assert!(sale.faults.is_empty());
        let reasons = [
            text(sale, "/Order/Status") == "DRAFT",
            text(sale, "/Location") == "Head Office",
            sale.voided_at.is_some(),
            sale.shipped,
        ];
        assert_eq!(reasons.iter().filter(|reason| **reason).count(), 1);
    }
}

#[test]
fn a_clean_world_stays_in_the_kingdom_and_has_nothing_to_hold() {
    let world = plan(300, 11, Profile::Clean).draw();
    for sale in &world.sales {
        assert_eq!(text(sale, "/ShippingAddress/Country"), "United Kingdom");
        assert!(!text(sale, "/Phone").is_empty());
        assert!(
            seen(&world, sale).is_empty() && sale.faults.is_empty(),
            "{sale:?}"
        );
    }
}

#[test]
fn even_a_small_world_has_the_four_faults_everybody_looks_for() {
    for seed in 0..20 {
        let world = plan(30, seed, Profile::Typical).draw();
        let faulty: Vec<_> = world
            .sales
            .iter()
            .filter(|sale| !sale.faults.is_empty())
            .collect();
        let first: Vec<_> = faulty.iter().map(|sale| sale.faults[0]).collect();
        let wanted = [
            "sku_invalid_characters",
            "phone_missing",
            "postcode_invalid",
            "service_unmapped",
        ];
        assert_eq!(first, wanted);
        assert!(skus(faulty[0]).contains(&"ITEM-01_BLUE"));
    }
}

#[test]
fn no_two_customers_share_a_name_and_every_name_fits_a_label() {
    let world = plan(3000, 4, Profile::Typical).draw();
    let names: Vec<_> = world
        .customers
        .iter()
        .map(|c| c.cin7["Name"].as_str().unwrap())
        .collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(names.iter().all(|name| name.chars().count() <= 35));
}

#[test]
fn nobody_shares_a_customer_with_a_faulty_order() {
    let world = plan(800, 2, Profile::Typical).draw();
    let mut buyers: BTreeMap<usize, usize> = BTreeMap::new();
    for customer in world.sales.iter().filter_map(|sale| sale.customer) {
        *buyers.entry(customer).or_default() += 1;
    }
    for sale in world.sales.iter().filter(|sale| !sale.faults.is_empty()) {
        assert!(
            sale.customer.is_none_or(|customer| buyers[&customer] == 1),
            "{sale:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_wrong_with_an_order_is_exactly_what_was_planted(seed: u64, orders in 0_u32..120) {
        let world = plan(orders, seed, Profile::Typical).draw();
        for sale in &world.sales {
            let planted: BTreeSet<_> = sale.faults.iter().copied().collect();
            prop_assert_eq!(seen(&world, sale), planted, "{:?}", sale);
        }
    }

    #[test]
    fn there_is_stock_for_every_order_on_both_sides(seed: u64, skus in 1_u32..60) {
        let plan = Plan { skus, ..plan(80, seed, Profile::Typical) };
        let world = plan.draw();
        let mut asked: BTreeMap<&str, Decimal> = BTreeMap::new();
        for sale in &world.sales {
            for (sku, quantity) in skus_of(sale) {
                *asked.entry(sku).or_default() += quantity;
            }
        }
        for product in world.products.iter().filter(|p| p.cin7["Type"] == "Stock") {
            let asked = asked.get(product.sku.as_str()).copied().unwrap_or_default();
            prop_assert!(asked <= Decimal::from(product.on_hand), "{}", product.sku);
        }
    }
}

fn skus_of(sale: &PlannedSale) -> Vec<(&str, Decimal)> {
    skus(sale).into_iter().zip(quantities(sale)).collect()
}
