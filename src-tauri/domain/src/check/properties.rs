//! What holds for every sale, however odd.

use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::world::{World, good_sale, line};
use super::{Fit, check};
use crate::{
    ItemStanding, OrderStatus, ProductKind, ProductStanding, Rules, Sale, SaleLine, SaleNumber,
    Severity, StageStatus,
};

/// Text of any sort, and more often of the sort shops have.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Za-z0-9 ,.’–é\u{A0}-]{0,60}",
        2 => any::<String>(),
        1 => "[a-z ]{80,260}",
        1 => Just(String::new()),
    ]
}

/// Now and then `odd`, mostly the good value.
fn mostly(good: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![40 => Just(good.to_owned()), 1 => text()]
}

fn sku() -> impl Strategy<Value = String> {
    prop_oneof![
        40 => select(vec!["MUG1", "MUG10", "TEE001", "WRAP", "ITEM-01"]).prop_map(String::from),
        1 => select(vec!["mug1", "MUG1O", " MUG1", "МUG1", "GONE", "OLD1"]).prop_map(String::from),
        1 => any::<String>(),
    ]
}

fn quantity() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        40 => (1_u32..60).prop_map(Decimal::from),
        1 => (-3_i64..20_000).prop_map(Decimal::from),
        1 => (any::<i64>(), 0_u32..6).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        1 => Just(Decimal::MAX),
    ]
}

fn sale_line() -> impl Strategy<Value = SaleLine> {
    let price =
        (any::<i32>(), 0_u32..6).prop_map(|(digits, scale)| Decimal::new(digits.into(), scale));
    let price = prop_oneof![8 => price, 1 => Just(Decimal::MAX)];
    (
        sku(),
        quantity(),
        price,
        text(),
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.02),
    )
        .prop_map(
            |(sku, quantity, unit_price, name, drop_ship, short)| SaleLine {
                quantity,
                unit_price,
                name,
                drop_ship,
                backordered: Decimal::from(u8::from(short)),
                ..line(&sku, "1")
            },
        )
}

prop_compose! {
    fn address()(
        contact in mostly("Ada Merrow"),
        company in mostly(""),
        line1 in mostly("14 Lantern Row"),
        line2 in mostly("Flat 3"),
        town in mostly("Bristol"),
        county in mostly(""),
        postcode in mostly("bs14qd"),
        country in mostly("United Kingdom"),
    ) -> crate::Address {
        crate::Address { contact, company, line1, line2, town, county, postcode, country, ..Default::default() }
    }
}

prop_compose! {
    fn any_sale()(
        ship_to in address(),
        phone in mostly("07700 900123"),
        email in mostly("ada@example.com"),
        customer in text(),
        shipping_method in mostly("Standard"),
        shipping_notes in mostly("Ring"),
        channel in text(),
        currency in mostly("GBP"),
        number in mostly("SO-10421"),
        lines in prop::collection::vec(sale_line(), 0..6),
        odd_status in prop::bool::weighted(0.03),
    ) -> Sale {
        let mut sale = Sale {
            customer, channel, phone, email, ship_to, shipping_method, shipping_notes, currency, lines,
            ..good_sale()
        };
        if let Ok(number) = SaleNumber::parse(&number) {
            sale.number = number;
        }
        if odd_status {
            sale.order_status = OrderStatus::Unknown("ODD".into());
            sale.picking = StageStatus::Unknown(String::new());
        }
        sale
    }
}

prop_compose! {
    fn any_rules()(
        severities in prop::array::uniform4(select(vec![Severity::Hold, Severity::Warn, Severity::Off])),
        address_lines in 1_usize..4,
        case_sensitive in any::<bool>(),
        may_map in prop::bool::weighted(0.8),
        from_contacts in any::<bool>(),
    ) -> Rules {
        let [phone, backordered, email, item_list] = severities;
        let mut rules = Rules {
            phone, backordered, email, item_list, sku_may_map_to_itself: may_map,
            phone_from_contacts: from_contacts, ..Rules::default()
        };
        rules.limits.address_lines = address_lines;
        rules.sku.case_sensitive = case_sensitive;
        rules
    }
}

fn world(rules: Rules) -> World {
    let mut world = World::new();
    world.rules = rules;
    world.product("WRAP", ProductKind::Service, ProductStanding::Active);
    world.product("OLD1", ProductKind::Stock, ProductStanding::Deprecated);
    world.items.insert("GONE".into(), ItemStanding::Inactive);
    world.items.insert("ITEM01".into(), ItemStanding::Active);
    world.map("ITEM-01", "ITEM01");
    world.contact("Bo Merrow", "", "0117 496 0123");
    world
}

/// The limits of the connector contract, written out anew: what Whistl would look at.
fn assert_within_the_contract(fit: &Fit, rules: &Rules) {
    let order = &fit.order;
    let label = |name: &str, text: &str, least: usize, most: usize| {
        let length = text.chars().count();
        assert!(
            (least..=most).contains(&length),
            "{name} has {length} characters: {text:?}"
        );
        assert!(
            text.chars()
                .all(|c| !c.is_control() && u32::from(c) <= 0xFF),
            "{name} cannot be printed: {text:?}"
        );
        assert_eq!(text, text.trim(), "{name} is trimmed");
        assert!(
            !text.contains("  "),
            "{name} has one blank between words: {text:?}"
        );
    };
    let reference = order.reference.as_str();
    label("reference", reference, 1, 12);
    assert!(
        reference
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    );
    assert!(!reference.starts_with('-'));

    let to = &order.delivery;
    label("name", &to.name, 1, 35);
    label("town", &to.town, 1, 35);
    assert!(
        (1..=rules.limits.address_lines).contains(&to.lines.len()),
        "{:?}",
        to.lines
    );
    to.lines
        .iter()
        .for_each(|line| label("address line", line, 1, 35));
    to.company
        .iter()
        .for_each(|text| label("company", text, 1, 35));
    to.county
        .iter()
        .for_each(|text| label("county", text, 1, 35));
    let least = usize::from(matches!(to.country.as_str(), "GB" | "JE" | "GG" | "IM"));
    label("postcode", &to.postcode, least, 10);
    assert_eq!(to.country.as_str().len(), 2);
    if let Some(phone) = &to.phone {
        assert!(
            phone.len() <= 12 && phone.bytes().all(|b| b.is_ascii_digit()),
            "{phone}"
        );
    }
    assert!(
        to.phone.is_some() || rules.phone != Severity::Hold,
        "a telephone is required"
    );
    if let Some(email) = &to.email {
        label("email", email, 3, 80);
        assert_eq!(email.matches('@').count(), 1);
        assert!(!email.starts_with('@') && !email.ends_with('@'));
    }
    order
        .delivery_note
        .iter()
        .for_each(|note| label("note", note, 1, 200));
    order
        .channel
        .iter()
        .for_each(|channel| label("channel", channel, 1, 35));
    assert!((1..=200).contains(&order.lines.len()));
    let mut seen = std::collections::BTreeSet::new();
    for line in &order.lines {
        let sku = line.sku.as_str();
        label("sku", sku, 1, 24);
        assert!(sku.bytes().all(|b| b.is_ascii_alphanumeric()), "{sku}");
        assert!(seen.insert(sku), "{sku} is on two lines");
        assert!((1..=9999).contains(&line.units), "{sku}: {}", line.units);
        label("description", &line.description, 0, 100);
        assert!(
            line.unit_value.scale() <= 2,
            "{} has two places",
            line.unit_value
        );
    }
    assert!(matches!(order.currency.len(), 0 | 3));
    assert!(order.sale_id.len() <= 64);
}

/// Each unit of a line of goods is on the order once, and nothing else is.
fn assert_every_unit_once(sale: &Sale, fit: &Fit) {
    let mut told: Vec<usize> = fit
        .order
        .lines
        .iter()
        .flat_map(|line| line.sale_lines.iter().copied())
        .collect();
    told.sort_unstable();
    let goods = sale.lines.iter().enumerate();
    let goods = goods.filter(|(_, line)| !line.drop_ship && line.sku != "WRAP");
    let goods: Vec<usize> = goods.map(|(index, _)| index).collect();
    assert_eq!(told, goods, "each line of goods is on the order once");
    for line in &fit.order.lines {
        let ordered: Decimal = line
            .sale_lines
            .iter()
            .map(|&at| sale.lines[at].quantity)
            .sum();
        assert_eq!(ordered, Decimal::from(line.units));
        let skus = line
            .sale_lines
            .iter()
            .map(|&at| sale.lines[at].sku.as_str());
        let skus: std::collections::BTreeSet<&str> = skus.collect();
        assert_eq!(skus.len(), 1, "only equal SKUs are summed");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_sale_is_fit_within_every_limit_or_held_with_reasons_that_point(
        sale in any_sale(),
        rules in any_rules(),
        edition in 1_u32..4,
    ) {
        let world = world(rules);
        let answer = check(&sale, edition, &world.rules, &world);
        prop_assert_eq!(&answer, &check(&sale, edition, &world.rules, &world), "same in, same out");
        match answer {
            Ok(fit) => {
                assert_within_the_contract(&fit, &world.rules);
                assert_every_unit_once(&sale, &fit);
            }
            Err(held) => {
                prop_assert!(held.reasons().count() > 0);
                for reason in held.reasons() {
                    let length = reason.value.chars().count();
                    let mut from = 0;
                    for &(start, end) in &reason.marks {
                        prop_assert!(from <= start && start < end && end <= length, "{:?}", reason);
                        from = end;
                    }
                    prop_assert!(!reason.field.is_empty() && !reason.expected.is_empty());
                    prop_assert!(reason.fix.ends_with('.'), "{:?}", reason);
                    prop_assert!(reason.code != crate::HoldCode::MessageInvalid, "{:?}", reason);
                }
            }
        }
    }

    #[test]
    fn no_text_whatever_makes_it_panic(texts in prop::array::uniform12(any::<String>())) {
        let mut sale = good_sale();
        let mut texts = texts.into_iter();
        let mut put = |field: &mut String| *field = texts.next().unwrap_or_default();
        put(&mut sale.phone);
        put(&mut sale.email);
        put(&mut sale.ship_to.contact);
        put(&mut sale.ship_to.company);
        put(&mut sale.ship_to.line1);
        put(&mut sale.ship_to.line2);
        put(&mut sale.ship_to.town);
        put(&mut sale.ship_to.county);
        put(&mut sale.ship_to.postcode);
        put(&mut sale.ship_to.country);
        put(&mut sale.shipping_method);
        put(&mut sale.lines[0].sku);
        let world = world(Rules::default());
        let _ = check(&sale, 1, &world.rules, &world);
    }
}
