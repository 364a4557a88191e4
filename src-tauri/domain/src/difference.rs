//! What changed between the order a warehouse was given and the order the sale would
//! make now.
//!
//! Only what changes the parcel counts: what is in it, where it goes, how, by when and
//! with which words. Left out are the reference and the order's date, the channel and
//! Cin7's id, the wrapping of address lines, the lines' descriptions, and whether parts
//! may leave early, which is a setting and no edit. Prices count abroad only, where
//! customs reads them.

use crate::{CountryCode, WarehouseOrder, WhistlSku};

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Path in Cin7's own sale, `ShippingAddress.Postcode`.
    pub field: String,
    /// What the warehouse was given; empty for nothing.
    pub sent: String,
    /// What it would be given now; empty for nothing.
    pub now: String,
}

/// All that is not as it was, in the order of the sale's fields; empty when the parcel
/// would be the same.
pub fn differences(sent: &WarehouseOrder, now: &WarehouseOrder) -> Vec<Difference> {
    let mut all = Vec::new();
    header(sent, now, &mut all);
    address(sent, now, &mut all);
    lines(sent, now, &mut all);
    all
}

fn note(all: &mut Vec<Difference>, field: &str, sent: &str, now: &str) {
    if sent != now {
        all.push(Difference {
            field: field.to_owned(),
            sent: sent.to_owned(),
            now: now.to_owned(),
        });
    }
}

fn header(sent: &WarehouseOrder, now: &WarehouseOrder, all: &mut Vec<Difference>) {
    let phone = |order: &WarehouseOrder| order.delivery.phone.clone().unwrap_or_default();
    let email = |order: &WarehouseOrder| order.delivery.email.clone().unwrap_or_default();
    let notes = |order: &WarehouseOrder| order.delivery_note.clone().unwrap_or_default();
    let day = |order: &WarehouseOrder| {
        order
            .required_by
            .map(|day| day.to_string())
            .unwrap_or_default()
    };
    note(all, "Phone", &phone(sent), &phone(now));
    note(all, "Email", &email(sent), &email(now));
    note(all, "Carrier", sent.service.as_str(), now.service.as_str());
    note(all, "ShippingNotes", &notes(sent), &notes(now));
    note(all, "ShipBy", &day(sent), &day(now));
}

fn address(sent: &WarehouseOrder, now: &WarehouseOrder, all: &mut Vec<Difference>) {
    let (was, is) = (&sent.delivery, &now.delivery);
    let text = |option: &Option<String>| option.clone().unwrap_or_default();
    let path = |part: &str| format!("ShippingAddress.{part}");
    note(all, &path("Contact"), &was.name, &is.name);
    note(
        all,
        &path("Company"),
        &text(&was.company),
        &text(&is.company),
    );
    if words(&was.lines) != words(&is.lines) {
        note(
            all,
            &path("Line1"),
            &was.lines.join(", "),
            &is.lines.join(", "),
        );
    }
    note(all, &path("City"), &was.town, &is.town);
    note(all, &path("State"), &text(&was.county), &text(&is.county));
    note(all, &path("Postcode"), &was.postcode, &is.postcode);
    note(
        all,
        &path("Country"),
        was.country.as_str(),
        is.country.as_str(),
    );
}

/// The words of an address whatever line they are on; wrapping may add or take a comma
/// where two lines meet.
fn words(lines: &[String]) -> Vec<&str> {
    lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .map(|word| word.trim_end_matches(','))
        .filter(|word| !word.is_empty())
        .collect()
}

fn lines(sent: &WarehouseOrder, now: &WarehouseOrder, all: &mut Vec<Difference>) {
    for sku in skus(sent).filter(|sku| units_of(now, sku) == 0) {
        note(all, "Order.Lines", &counted(units_of(sent, sku), sku), "");
    }
    for sku in skus(now) {
        let (was, is) = (units_of(sent, sku), units_of(now, sku));
        if was == 0 {
            note(all, &line_path(now, sku, "SKU"), "", &counted(is, sku));
        } else {
            let field = line_path(now, sku, "Quantity");
            note(all, &field, &counted(was, sku), &counted(is, sku));
            prices(sent, now, sku, all);
        }
    }
}

fn prices(sent: &WarehouseOrder, now: &WarehouseOrder, sku: &WhistlSku, all: &mut Vec<Difference>) {
    let price = |order: &WarehouseOrder| {
        let line = order.lines.iter().find(|line| line.sku == *sku);
        line.map(|line| (line.unit_value.normalize(), order.currency.clone()))
    };
    let (was, is) = (price(sent), price(now));
    if was == is || !passes_customs(&now.delivery.country) {
        return;
    }
    let shown = |price: Option<(rust_decimal::Decimal, String)>| {
        price.map(|(value, currency)| format!("{value} {currency}"))
    };
    let field = line_path(now, sku, "Price");
    note(
        all,
        &field,
        &shown(was).unwrap_or_default(),
        &shown(is).unwrap_or_default(),
    );
}

/// Whether customs sees the parcel. The Isle of Man is within the United Kingdom's
/// customs territory, Jersey and Guernsey are not (documented by HMRC).
fn passes_customs(country: &CountryCode) -> bool {
    !matches!(country.as_str(), "GB" | "IM")
}

/// Each SKU of an order once, in order of first mention.
fn skus(order: &WarehouseOrder) -> impl Iterator<Item = &WhistlSku> {
    order.lines.iter().enumerate().filter_map(|(place, line)| {
        let repeated = order.lines[..place]
            .iter()
            .any(|other| other.sku == line.sku);
        (!repeated).then_some(&line.sku)
    })
}

fn units_of(order: &WarehouseOrder, sku: &WhistlSku) -> u64 {
    order
        .lines
        .iter()
        .filter(|line| line.sku == *sku)
        .map(|line| u64::from(line.units))
        .sum()
}

fn counted(units: u64, sku: &WhistlSku) -> String {
    format!("{units} × {sku}")
}

fn line_path(order: &WarehouseOrder, sku: &WhistlSku, part: &str) -> String {
    let place = order
        .lines
        .iter()
        .find(|line| line.sku == *sku)
        .and_then(|line| line.sale_lines.first());
    place.map_or_else(
        || format!("Order.Lines.{part}"),
        |place| format!("Order.Lines[{place}].{part}"),
    )
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone as _, Utc};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::{ClientReference, Delivery, OrderLine, ServiceCode, SkuRule};

    fn line(sku: &str, units: u32, place: usize) -> OrderLine {
        OrderLine {
            sku: WhistlSku::parse(sku, &SkuRule::default()).unwrap(),
            units,
            description: format!("A {sku}"),
            unit_value: Decimal::new(1250, 2),
            sale_lines: vec![place],
        }
    }

    fn order() -> WarehouseOrder {
        WarehouseOrder {
            reference: ClientReference::parse("SO-10421", 12).unwrap(),
            ordered_at: Utc.with_ymd_and_hms(2026, 11, 24, 0, 0, 0).unwrap(),
            service: ServiceCode::parse("WHI_STD").unwrap(),
            required_by: None,
            allow_partial: true,
            delivery: Delivery {
                name: "Ada Merrow".into(),
                company: None,
                lines: vec!["14 Lantern Row".into(), "Old Quay".into()],
                town: "Leeds".into(),
                county: None,
                postcode: "LS1 4AP".into(),
                country: CountryCode::parse("GB").unwrap(),
                phone: Some("07700900123".into()),
                email: None,
            },
            delivery_note: None,
            lines: vec![line("MUG01", 3, 0), line("TEAPOT04", 1, 2)],
            currency: "GBP".into(),
            sale_id: "a".into(),
            channel: Some("Shopify".into()),
        }
    }

    fn told(sent: &WarehouseOrder, now: &WarehouseOrder) -> Vec<String> {
        differences(sent, now)
            .into_iter()
            .map(|one| format!("{}: {} → {}", one.field, one.sent, one.now))
            .collect()
    }

    #[test]
    fn the_same_order_differs_in_nothing() {
        assert_eq!(differences(&order(), &order()), []);
    }

    #[test]
    fn what_the_warehouse_never_acts_on_is_no_difference() {
        let mut now = order();
        now.sale_id = "b".into();
        now.channel = None;
        now.allow_partial = false;
        now.lines[0].description = "Renamed".into();
        now.lines[0].unit_value = Decimal::ONE;
        now.delivery.lines = vec!["14 Lantern Row, Old".into(), "Quay".into()];
        assert_eq!(told(&order(), &now), Vec::<String>::new());
    }

    #[test]
    fn a_corrected_address_is_told_field_by_field() {
        let mut now = order();
        now.delivery.lines[0] = "41 Lantern Row".into();
        now.delivery.postcode = "LS1 4AQ".into();
        now.delivery.phone = None;
        assert_eq!(
            told(&order(), &now),
            [
                "Phone: 07700900123 → ",
                "ShippingAddress.Line1: 14 Lantern Row, Old Quay → 41 Lantern Row, Old Quay",
                "ShippingAddress.Postcode: LS1 4AP → LS1 4AQ",
            ]
        );
    }

    #[test]
    fn lines_are_told_by_sku() {
        let mut now = order();
        now.lines = vec![line("CUP02", 5, 0), line("MUG01", 2, 1)];
        assert_eq!(
            told(&order(), &now),
            [
                "Order.Lines: 1 × TEAPOT04 → ",
                "Order.Lines[0].SKU:  → 5 × CUP02",
                "Order.Lines[1].Quantity: 3 × MUG01 → 2 × MUG01",
            ]
        );
    }

    #[test]
    fn another_order_of_the_lines_is_no_difference() {
        let mut now = order();
        now.lines.reverse();
        assert_eq!(told(&order(), &now), Vec::<String>::new());
    }

    #[test]
    fn another_service_and_another_promise_are_told() {
        let mut now = order();
        now.service = ServiceCode::parse("WHI_EXP").unwrap();
        now.required_by = chrono::NaiveDate::from_ymd_opt(2026, 12, 1);
        now.delivery_note = Some("Ring twice".into());
        assert_eq!(
            told(&order(), &now),
            [
                "Carrier: WHI_STD → WHI_EXP",
                "ShippingNotes:  → Ring twice",
                "ShipBy:  → 2026-12-01",
            ]
        );
    }

    #[test]
    fn a_price_counts_where_customs_reads_it() {
        let mut sent = order();
        sent.delivery.country = CountryCode::parse("FR").unwrap();
        let mut now = sent.clone();
        now.lines[0].unit_value = Decimal::new(12_500, 3);
        assert_eq!(told(&sent, &now), Vec::<String>::new(), "12.50 is 12.500");
        now.lines[0].unit_value = Decimal::new(13, 0);
        assert_eq!(
            told(&sent, &now),
            ["Order.Lines[0].Price: 12.5 GBP → 13 GBP"]
        );
    }

    proptest! {
        #[test]
        fn an_order_never_differs_from_itself_and_always_from_one_with_other_units(
            units in prop::collection::vec(1_u32..9_999, 1..8),
            at in any::<prop::sample::Index>(),
        ) {
            let mut sent = order();
            sent.lines = units
                .iter()
                .enumerate()
                .map(|(place, units)| line(&format!("SKU{place}"), *units, place))
                .collect();
            prop_assert_eq!(differences(&sent, &sent), []);
            let mut now = sent.clone();
            let place = at.index(units.len());
            now.lines[place].units += 1;
            let found = differences(&sent, &now);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(&found[0].field, &format!("Order.Lines[{place}].Quantity"));
            prop_assert_eq!(differences(&now, &sent).len(), 1);
        }
    }
}
