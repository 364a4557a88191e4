//! The orders of a world: who buys what, over which channel, and how it should travel.
//! Faults are planted elsewhere; without them every order here can be sent.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::catalogue::{Product, WRAP_SKU};
use super::dice::Dice;
use super::people::{self, Customer};
use super::{Faulty, Plan, hours, planting};
use crate::options::Profile;

/// Name of the location that Whistl runs, the default.
pub(super) const WHISTL: &str = "Whistl Fulfilment";
/// Name of the merchant's own shelf.
pub(super) const OFFICE: &str = "Head Office";
/// Shipping methods as the office spells them, all in the carrier list.
pub(super) const CARRIERS: [&str; 5] = [
    "Royal Mail Tracked 48",
    "Royal Mail Tracked 24",
    "DPD Next Day",
    planting::UNMAPPED_CARRIER,
    "International Tracked",
];

/// Heaviest parcel abroad in grams, a little under what the service takes.
const ABROAD_GRAMS: i64 = 1900;
/// Heaviest parcel at home in grams.
const HOME_GRAMS: i64 = 15_000;

/// What becomes of an order in Cin7 before the world starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Authorised for Whistl: it should trigger.
    Ready,
    /// Still a draft.
    Draft,
    /// Authorised, then voided.
    Voided,
    /// For the merchant's own shelf.
    Elsewhere,
    /// Shipped before anybody was connected.
    Shipped,
}

/// One line: SKU as Cin7 spells it, and quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) sku: String,
    pub(super) quantity: Decimal,
}

/// One order as planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) at: DateTime<Utc>,
    pub(super) buyer: Customer,
    pub(super) carrier: String,
    pub(super) channel: &'static str,
    pub(super) reference: String,
    pub(super) notes: &'static str,
    pub(super) delivery_pence: i64,
    pub(super) lines: Vec<Line>,
    pub(super) fate: Fate,
    /// What was planted, in hold codes.
    pub(super) faults: Vec<&'static str>,
}

const CHANNELS: &[(&str, usize)] = &[("Shopify", 58), ("Amazon", 18), ("eBay", 9), ("", 15)];
const NOTES: &[(&str, usize)] = &[
    ("", 84),
    ("Leave with neighbour if out", 4),
    ("Please ring the bell twice", 3),
    ("Leave in the porch", 5),
    ("Fragile: it is a wedding gift", 2),
    ("Side gate is unlocked", 2),
];
const FATES: [Fate; 4] = [Fate::Draft, Fate::Voided, Fate::Elsewhere, Fate::Shipped];

/// All orders of a plan, oldest first: as many as asked for that should trigger, and
/// about one in 25 besides that should not.
pub(super) fn orders(plan: &Plan, products: &[Product]) -> Vec<Order> {
    let ready = plan.orders as usize;
    let besides = ready.div_ceil(25);
    let total = ready + besides;
    let mut dice = Dice::new(plan.seed, 10);
    let times = hours::times(&mut Dice::new(plan.seed, 11), total, plan.start);
    let idle = dice.choose(besides, total);
    let marks = Marks::new(&mut dice, plan.profile, ready);
    let mut shop = Shop::new(plan, products);
    let first_fate = dice.below(FATES.len());
    let mut made = Vec::with_capacity(total);
    let (mut nth_ready, mut nth_idle) = (0, 0);
    for (at, idle) in times.into_iter().zip(idle) {
        if idle {
            let fate = FATES[(first_fate + nth_idle) % FATES.len()];
            made.push(Order {
                fate,
                ..shop.order(at, false, false)
            });
            nth_idle += 1;
        } else {
            made.push(shop.ready(at, &marks, nth_ready));
            nth_ready += 1;
        }
    }
    made
}

/// Further orders of a running world, every one at the plan's start and ready to send.
/// The trade customers are those of the world's own seed.
pub(super) fn more(
    plan: &Plan,
    world_seed: u64,
    products: &[Product],
    faulty: Faulty,
    taken: BTreeSet<String>,
) -> Vec<Order> {
    let total = plan.orders as usize;
    let marks = Marks::by_chance(&mut Dice::new(plan.seed, 10), plan.profile, faulty, total);
    let mut shop = Shop {
        trade: people::trade(&mut Dice::new(world_seed, 13)),
        names: taken,
        // The famous four are for whoever asks for faults, not for every ninth order.
        faulty: if faulty == Faulty::All {
            0
        } else {
            planting::FIRST.len()
        },
        ..Shop::new(plan, products)
    };
    (0..total)
        .map(|nth| shop.ready(plan.start, &marks, nth))
        .collect()
}

/// Which of the orders that trigger get what; counted out, so that a small world has
/// its share of everything.
struct Marks {
    faulty: Vec<bool>,
    abroad: Vec<bool>,
    several: Vec<bool>,
}

impl Marks {
    fn new(dice: &mut Dice, profile: Profile, total: usize) -> Self {
        let troubled = profile != Profile::Clean;
        let share = |part: usize| {
            if troubled {
                (total + part / 2) / part
            } else {
                0
            }
        };
        let faulty = dice.choose(share(8), total);
        let spared = faulty.iter().filter(|faulty| !**faulty).count();
        // Faults are planted on orders within the kingdom, whose rules are strict.
        let mut travels = dice.choose(share(20).min(spared), spared).into_iter();
        let abroad = faulty
            .iter()
            .map(|faulty| !faulty && travels.next().unwrap_or(false))
            .collect();
        let several = dice.choose((total + 1) / 3, total);
        Self {
            faulty,
            abroad,
            several,
        }
    }

    /// By chance order by order, so that one at a time makes the same trade as many.
    fn by_chance(dice: &mut Dice, profile: Profile, faulty: Faulty, total: usize) -> Self {
        let troubled = profile != Profile::Clean;
        let mut marks = Self {
            faulty: Vec::new(),
            abroad: Vec::new(),
            several: Vec::new(),
        };
        for _ in 0..total {
            let spoilt = match faulty {
                Faulty::Some => troubled && dice.one_in(8),
                Faulty::None => false,
                Faulty::All => true,
            };
            marks.faulty.push(spoilt);
            marks.abroad.push(!spoilt && troubled && dice.one_in(20));
            marks.several.push(dice.one_in(3));
        }
        marks
    }
}

/// Draws orders one after the other.
struct Shop<'a> {
    dice: Dice,
    profile: Profile,
    orderable: Vec<&'a Product>,
    light: Vec<&'a Product>,
    trade: Vec<Customer>,
    regulars: Vec<Customer>,
    names: BTreeSet<String>,
    faulty: usize,
}

impl<'a> Shop<'a> {
    fn new(plan: &Plan, products: &'a [Product]) -> Self {
        let orderable: Vec<&Product> = products.iter().filter(|p| p.orderable).collect();
        let light = orderable
            .iter()
            .copied()
            .filter(|p| p.weight * 3 <= ABROAD_GRAMS)
            .collect();
        Self {
            dice: Dice::new(plan.seed, 12),
            profile: plan.profile,
            orderable,
            light,
            trade: people::trade(&mut Dice::new(plan.seed, 13)),
            regulars: Vec::new(),
            names: BTreeSet::new(),
            faulty: 0,
        }
    }

    /// The nth order that triggers.
    fn ready(&mut self, at: DateTime<Utc>, marks: &Marks, nth: usize) -> Order {
        let mut order = self.order(at, marks.abroad[nth], marks.several[nth]);
        if marks.faulty[nth] {
            // A buyer of their own: a fault must not spread to somebody's other orders.
            let buyer = people::at_home(&mut self.dice);
            order.buyer = self.apart(buyer);
            planting::plant(&mut self.dice, &mut order, self.faulty);
            self.faulty += 1;
        }
        order
    }

    fn order(&mut self, at: DateTime<Utc>, abroad: bool, several: bool) -> Order {
        let channel = if abroad {
            "Shopify"
        } else {
            self.dice.weighted(CHANNELS)
        };
        let buyer = self.buyer(channel, abroad);
        let lines = self.lines(several, abroad, !buyer.company.is_empty());
        Order {
            at,
            carrier: self.carrier(&buyer, abroad).to_owned(),
            reference: self.reference(channel),
            notes: self.dice.weighted(NOTES),
            delivery_pence: if abroad {
                1250
            } else {
                *self.dice.pick(&[0, 0, 395, 495])
            },
            channel,
            buyer,
            lines,
            fate: Fate::Ready,
            faults: Vec::new(),
        }
    }

    fn buyer(&mut self, channel: &str, abroad: bool) -> Customer {
        if abroad {
            let buyer = people::abroad(&mut self.dice);
            return self.apart(buyer);
        }
        if channel.is_empty() {
            return self.dice.pick(&self.trade).clone();
        }
        if !self.regulars.is_empty() && self.dice.one_in(12) {
            return self.dice.pick(&self.regulars).clone();
        }
        let troubled = self.profile != Profile::Clean;
        let buyer = if troubled && self.dice.one_in(120) {
            people::on_the_islands(&mut self.dice)
        } else {
            people::at_home(&mut self.dice)
        };
        let mut buyer = self.apart(buyer);
        if troubled && self.dice.one_in(25) {
            // The shop did not pass the number on, but the customer's record has it.
            buyer.phone.clear();
        }
        self.regulars.push(buyer.clone());
        buyer
    }

    /// Tells a new customer apart from all before: Cin7 keeps customers' names unique, so
    /// the second of a name goes by a middle initial, and a later one by two.
    fn apart(&mut self, mut buyer: Customer) -> Customer {
        let plain = buyer.name.clone();
        while !self.names.insert(buyer.name.clone()) {
            let initial = char::from(*self.dice.pick(b"ABCDEFGHJKLMNPRSTW"));
            let held = if buyer.name.len() > 30 {
                &plain
            } else {
                &buyer.name
            };
            buyer.name = match held.rsplit_once(' ') {
                Some((first, last)) => format!("{first} {initial} {last}"),
                None => format!("{held} {initial}"),
            };
        }
        buyer
    }

    /// One line, or two to five of different products, within the parcel's weight.
    fn lines(&mut self, several: bool, abroad: bool, trade: bool) -> Vec<Line> {
        let shelf = if abroad { &self.light } else { &self.orderable };
        let wanted = if several {
            self.dice.weighted(&[(2, 60), (3, 25), (4, 10), (5, 5)])
        } else {
            1
        };
        let wanted: usize = wanted.min(shelf.len());
        let mut room = if abroad { ABROAD_GRAMS } else { HOME_GRAMS };
        let mut lines: Vec<Line> = Vec::new();
        for _ in 0..wanted * 4 {
            let product = *self.dice.pick(shelf);
            let most = if abroad {
                1
            } else {
                self.dice.weighted(&[(1, 70), (2, 20), (4, 10)])
            };
            let usual = if trade { 6 } else { 1 };
            let units = i64::try_from(self.dice.between(1, most)).unwrap_or(1) * usual;
            let units = units.min(room / product.weight);
            if units > 0 && !lines.iter().any(|line| line.sku == product.sku) {
                room -= units * product.weight;
                lines.push(Line {
                    sku: product.sku.clone(),
                    quantity: Decimal::from(units),
                });
            }
            if lines.len() == wanted {
                break;
            }
        }
        if lines.len() > 1 && self.dice.one_in(8) {
            lines.push(Line {
                sku: WRAP_SKU.to_owned(),
                quantity: Decimal::ONE,
            });
        }
        lines
    }

    fn carrier(&mut self, buyer: &Customer, abroad: bool) -> &'static str {
        let [second, first, next_day, _, international] = CARRIERS;
        if abroad {
            return international;
        }
        match buyer.address.country {
            "United Kingdom" => self
                .dice
                .weighted(&[(second, 60), (first, 24), (next_day, 16)]),
            _ => second,
        }
    }

    /// The order's number on its channel, or the firm's own.
    fn reference(&mut self, channel: &str) -> String {
        let dice = &mut self.dice;
        match channel {
            "Shopify" => format!("#{}", dice.between(4000, 9999)),
            "Amazon" => format!("20{}-{}-{}", dice.digits(1), dice.digits(7), dice.digits(7)),
            "eBay" => format!("{}-{}-{}", dice.digits(2), dice.digits(5), dice.digits(5)),
            _ => format!("PO {}", dice.between(100, 999)),
        }
    }
}
