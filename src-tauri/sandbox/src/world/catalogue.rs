//! The merchant's catalogue: kitchen and homeware, with prices, costs, weights and
//! barcodes, and always the few products that tell something about a bridge.
//! How many of each are on the shelf is decided once the orders are known.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::dice::Dice;

/// A product as the generator thinks of it. Money is in pence, weight in grams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Product {
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) category: &'static str,
    /// Cin7's word: `Stock`, `Service`, `Non Inventory`.
    pub(super) kind: &'static str,
    pub(super) barcode: String,
    pub(super) price: i64,
    pub(super) cost: i64,
    pub(super) weight: i64,
    /// Commodity code and country of origin, ISO alpha-3 and name, for customs.
    pub(super) commodity: &'static str,
    pub(super) origin: (&'static str, &'static str),
    pub(super) deprecated: bool,
    /// What Whistl calls it; `None` when it was never set up there.
    pub(super) at_whistl: Option<String>,
    /// Whether an order without a fault may ask for it.
    pub(super) orderable: bool,
}

/// An amount in pounds, or kilograms, out of pence or grams.
pub(super) fn decimal(smallest: i64, places: u32) -> Decimal {
    Decimal::new(smallest, places).normalize()
}

/// SKU with characters that Whistl refuses; the order of these is the order of fame.
pub(super) const ODD_SKUS: [&str; 4] = ["ITEM-01_BLUE", "MUG-01_BLUE", "BOARD/22", "JAR 500ML"];
/// Sold in Cin7 Core, unknown at Whistl.
pub(super) const UNKNOWN_SKU: &str = "KETTLE17";
/// A service that some orders carry as a line.
pub(super) const WRAP_SKU: &str = "GIFTWRAP";

struct Family {
    stem: &'static str,
    name: &'static str,
    category: &'static str,
    /// Cheapest and dearest, in pounds.
    price: (usize, usize),
    grams: (usize, usize),
    commodity: &'static str,
    origin: (&'static str, &'static str),
}

const UK: (&str, &str) = ("GBR", "United Kingdom");
const PORTUGAL: (&str, &str) = ("PRT", "Portugal");
const INDIA: (&str, &str) = ("IND", "India");

#[rustfmt::skip]
const FAMILIES: &[Family] = &[
    Family { stem: "HPMUG", name: "Stoneware mug", category: "Tableware", price: (12, 16), grams: (380, 450), commodity: "69120023", origin: UK },
    Family { stem: "HPBWL", name: "Stoneware bowl", category: "Tableware", price: (14, 22), grams: (500, 700), commodity: "69120023", origin: UK },
    Family { stem: "HPPLT", name: "Dinner plate", category: "Tableware", price: (15, 24), grams: (650, 850), commodity: "69120023", origin: PORTUGAL },
    Family { stem: "HPTOW", name: "Linen tea towel", category: "Textiles", price: (8, 14), grams: (90, 140), commodity: "63029100", origin: INDIA },
    Family { stem: "HPAPR", name: "Cotton apron", category: "Textiles", price: (24, 36), grams: (280, 360), commodity: "62114290", origin: INDIA },
    Family { stem: "HPNAP", name: "Linen napkins, set of 4", category: "Textiles", price: (22, 34), grams: (200, 260), commodity: "63025390", origin: PORTUGAL },
    Family { stem: "HPCND", name: "Soy candle", category: "Home", price: (16, 26), grams: (320, 420), commodity: "34060000", origin: UK },
    Family { stem: "HPVAS", name: "Bud vase", category: "Home", price: (14, 28), grams: (300, 600), commodity: "69131000", origin: PORTUGAL },
    Family { stem: "HPJAR", name: "Storage jar", category: "Storage", price: (11, 19), grams: (500, 900), commodity: "70109047", origin: PORTUGAL },
    Family { stem: "HPTIN", name: "Tea caddy", category: "Storage", price: (9, 15), grams: (160, 220), commodity: "73102990", origin: UK },
    Family { stem: "HPPAN", name: "Enamel saucepan", category: "Cookware", price: (34, 58), grams: (900, 1400), commodity: "73239400", origin: PORTUGAL },
    Family { stem: "HPBRD", name: "Oak chopping board", category: "Cookware", price: (28, 52), grams: (900, 1600), commodity: "44191100", origin: UK },
    Family { stem: "HPSPN", name: "Beech spoon", category: "Utensils", price: (5, 9), grams: (40, 70), commodity: "44191900", origin: UK },
    Family { stem: "HPWHK", name: "Balloon whisk", category: "Utensils", price: (9, 15), grams: (90, 150), commodity: "82159910", origin: UK },
    Family { stem: "HPJUG", name: "Stoneware jug", category: "Tableware", price: (22, 38), grams: (700, 1000), commodity: "69120023", origin: UK },
    Family { stem: "HPTRY", name: "Serving tray", category: "Tableware", price: (26, 44), grams: (600, 900), commodity: "44199000", origin: INDIA },
];

const COLOURS: &[&str] = &[
    "slate",
    "cream",
    "sage",
    "navy",
    "terracotta",
    "charcoal",
    "mustard",
    "oatmeal",
    "forest",
    "blush",
    "ink",
    "chalk",
    "teal",
    "rust",
    "dove",
    "plum",
];
const FINISHES: &[&str] = &[
    "",
    ", speckled",
    ", striped",
    ", ribbed",
    ", checked",
    ", plain edge",
];

/// The catalogue of that many products; never fewer than the telling ones.
pub(super) fn catalogue(dice: &mut Dice, wanted: usize) -> Vec<Product> {
    let mut products = telling();
    let taken: BTreeSet<String> = products.iter().map(|product| product.sku.clone()).collect();
    let mut place = 0;
    while products.len() < wanted {
        let product = ordinary(dice, place);
        place += 1;
        if !taken.contains(&product.sku) {
            products.push(product);
        }
    }
    for (number, product) in products.iter_mut().enumerate() {
        if product.kind == "Stock" {
            product.barcode = barcode(number + 1);
        }
    }
    products
}

fn ordinary(dice: &mut Dice, place: usize) -> Product {
    let family = &FAMILIES[place % FAMILIES.len()];
    let within = place / FAMILIES.len();
    let colour = COLOURS[within % COLOURS.len()];
    let finish = FINISHES[(within / COLOURS.len()) % FINISHES.len()];
    let series = within / (COLOURS.len() * FINISHES.len());
    let series = if series == 0 {
        String::new()
    } else {
        format!(" (series {})", series + 1)
    };
    // Shops price at .00 or .50 and buy at 28 to 42 per cent of that.
    let price = whole(dice.between(family.price.0 * 2, family.price.1 * 2)) * 50;
    let cost = price * whole(dice.between(28, 42)) / 100;
    let sku = format!("{}{:03}", family.stem, within + 1);
    Product {
        name: format!("{}, {colour}{finish}{series}", family.name),
        category: family.category,
        price,
        cost,
        weight: whole(dice.between(family.grams.0, family.grams.1)) / 10 * 10,
        commodity: family.commodity,
        origin: family.origin,
        ..stock(&sku, "")
    }
}

/// The products every world has, whatever its size.
fn telling() -> Vec<Product> {
    let odd = |sku: &str, name: &str, price: i64| Product {
        price,
        cost: price * 35 / 100,
        orderable: false,
        at_whistl: Some(sku.chars().filter(char::is_ascii_alphanumeric).collect()),
        ..stock(sku, name)
    };
    vec![
        Product {
            price: 1400,
            cost: 420,
            ..stock("HPMUG001", "Stoneware mug, slate")
        },
        Product {
            price: 3400,
            cost: 1190,
            weight: 1100,
            ..stock("TEAPOT04", "Stoneware teapot")
        },
        Product {
            price: 2600,
            cost: 840,
            weight: 900,
            ..stock("MUGSET2", "Set of two mugs")
        },
        odd(ODD_SKUS[0], "Enamel tumbler, blue", 950),
        odd(ODD_SKUS[1], "Stoneware mug, blue (old code)", 1200),
        odd(ODD_SKUS[2], "Oak board 22 cm", 2450),
        odd(ODD_SKUS[3], "Storage jar 500 ml", 1150),
        Product {
            price: 4800,
            cost: 1920,
            weight: 1300,
            orderable: false,
            at_whistl: None,
            ..stock(UNKNOWN_SKU, "Stovetop kettle 1.7 l")
        },
        Product {
            price: 2800,
            cost: 980,
            deprecated: true,
            orderable: false,
            ..stock("HPJUG900", "Stoneware jug (discontinued)")
        },
        Product {
            kind: "Service",
            price: 250,
            orderable: false,
            at_whistl: None,
            ..stock(WRAP_SKU, "Gift wrapping")
        },
        Product {
            kind: "Non Inventory",
            price: 200,
            cost: 90,
            orderable: false,
            at_whistl: None,
            ..stock("CATALOGUE26", "Printed catalogue")
        },
    ]
}

fn stock(sku: &str, name: &str) -> Product {
    Product {
        sku: sku.to_owned(),
        name: name.to_owned(),
        category: "Kitchen",
        kind: "Stock",
        barcode: String::new(),
        price: 0,
        cost: 0,
        weight: 420,
        commodity: "69120023",
        origin: UK,
        deprecated: false,
        at_whistl: Some(sku.to_owned()),
        orderable: true,
    }
}

/// An EAN-13 of the range that shops number themselves, with its check digit.
fn barcode(number: usize) -> String {
    let body = format!("20{number:010}");
    let sum: u32 = body
        .chars()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight)
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(wanted: usize) -> Vec<Product> {
        catalogue(&mut Dice::new(1, 1), wanted)
    }

    #[test]
    fn every_sku_is_there_once_and_earns_money() {
        for wanted in [1, 120, 3000] {
            let products = of(wanted);
            assert_eq!(products.len(), wanted.max(11));
            let skus: BTreeSet<_> = products.iter().map(|p| p.sku.as_str()).collect();
            assert_eq!(skus.len(), products.len());
            for product in products {
                assert!(
                    product.price > product.cost && product.weight > 0,
                    "{product:?}"
                );
                assert_eq!(product.barcode.is_empty(), product.kind != "Stock");
            }
        }
    }

    #[test]
    fn what_an_ordinary_order_asks_for_is_spelt_alike_on_both_sides() {
        for product in of(500).iter().filter(|product| product.orderable) {
            assert_eq!(product.at_whistl.as_ref(), Some(&product.sku));
            assert!(product.sku.chars().all(|c| c.is_ascii_alphanumeric()) && !product.deprecated);
        }
    }

    #[test]
    fn the_telling_products_are_always_there() {
        let products = of(1);
        let find = |sku: &str| products.iter().find(|product| product.sku == sku).unwrap();
        assert_eq!(
            find("ITEM-01_BLUE").at_whistl.as_deref(),
            Some("ITEM01BLUE")
        );
        assert_eq!(find("KETTLE17").at_whistl, None);
        assert!(find("TEAPOT04").orderable && find("MUGSET2").orderable);
        assert!(products.iter().any(|product| product.deprecated));
        assert!(products.iter().any(|product| product.kind == "Service"));
        assert!(
            products
                .iter()
                .any(|product| product.kind == "Non Inventory")
        );
    }

    #[test]
    fn a_barcode_has_the_check_digit_a_till_expects() {
        assert_eq!(barcode(1), "2000000000015");
        assert_eq!(barcode(10), "2000000000107");
    }
}
