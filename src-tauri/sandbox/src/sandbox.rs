//! The whole sandbox as one value: both vendors, the switchboard, the clock, and what
//! the generator planted. Synchronous and without a network, so that a simulation can
//! call straight into it; `serve` puts it behind two addresses.

use std::time::Duration;

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::cin7::{Account, AccountSeed, LocationSeed};
use crate::clock::{Pace, WorldClock};
use crate::control;
use crate::faults::{Switch, Switchboard, Vendor};
use crate::http::{Answer, Ask, Misuse, Moment, Outcome};
use crate::options::{Options, Profile};
use crate::whistl::{Habits, ServiceOffer, UnknownService, Warehouse, WarehouseSeed};
use crate::world::{self, Blueprint, Faulty, Keys, Plan, PlannedProduct, PlannedSale};

/// Units that a sale out of further trade leaves on the shelf, and those that come otherwise.
const LEFT_ON_A_SHELF: u32 = 24;
const DELIVERED: u32 = 120;

/// Where the control interface begins, on either address.
pub const CONTROL_PATH: &str = "/sandbox";
/// Where Cin7's interface begins.
pub const CIN7_PATH: &str = "/ExternalApi/v2";
/// How long before the start the catalogue was set up.
const SETTLED_DAYS: i64 = 30;

/// One order that the generator made faulty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planted {
    /// The sale's number.
    pub number: String,
    /// What was planted, in hold codes.
    pub faults: Vec<String>,
}

/// A generated world that a vendor refuses: the generator and the vendor disagree about
/// the vendor's own fields, which is a fault of the sandbox.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the generated world was refused at {place}: {message}")]
pub struct WorldFault {
    /// Which record.
    pub place: String,
    /// What the vendor said.
    pub message: String,
}

/// Both vendors and all that steers them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sandbox {
    pub(crate) clock: WorldClock,
    pub(crate) cin7: Account,
    pub(crate) whistl: Warehouse,
    pub(crate) board: Switchboard,
    pub(crate) planted: Vec<Planted>,
    /// What the world was drawn from, so that more of the same can be drawn; none in a
    /// state file from before there was more.
    #[serde(default)]
    plan: Option<Plan>,
    /// How often more was drawn.
    #[serde(default)]
    rounds: u64,
}

impl Sandbox {
    /// A fresh world as the options ask for. Files named there are not read.
    ///
    /// # Errors
    /// A vendor refuses a generated record.
    pub fn new(options: &Options) -> Result<Self, WorldFault> {
        let plan = Plan::of(options);
        let blueprint = plan.draw();
        let mut sandbox = Self {
            clock: WorldClock::new(options.start, options.pace),
            cin7: account(&blueprint.keys, options.start),
            whistl: warehouse(&blueprint.keys, options),
            board: Switchboard::new(options.seed),
            planted: Vec::new(),
            plan: Some(plan),
            rounds: 0,
        };
        sandbox.set_up(&blueprint, options.start - TimeDelta::days(SETTLED_DAYS))?;
        // The warehouse was there before: of the last full hour it has a snapshot.
        let hour = options.start.duration_trunc(TimeDelta::hours(1));
        sandbox.whistl.take_snapshot(hour.unwrap_or(options.start));
        if options.profile == Profile::Rough {
            for switch in rough() {
                sandbox.board.add(switch);
            }
        }
        Ok(sandbox)
    }

    /// A request to Cin7 that arrives now. `metered` is the time on the clock that call
    /// limits are counted in; [`Sandbox::metered`] gives the sandbox's own.
    pub fn cin7(&mut self, ask: &Ask, metered: Duration) -> Outcome {
        if is_control(ask) {
            return Outcome::Whole(self.control(ask));
        }
        let now = self.arrive(metered);
        dated(self.cin7.answer(ask, now, &mut self.board), now.world)
    }

    /// A request to Whistl that arrives now; `metered` as with Cin7.
    pub fn whistl(&mut self, ask: &Ask, metered: Duration) -> Outcome {
        if is_control(ask) {
            return Outcome::Whole(self.control(ask));
        }
        let now = self.arrive(metered);
        dated(self.whistl.answer(ask, now, &mut self.board), now.world)
    }

    /// A control call (`/sandbox/…`). Never counted as a vendor's call.
    pub fn control(&mut self, ask: &Ask) -> Answer {
        self.settle();
        control::answer(self, ask)
    }

    /// A control call by its parts: `steer("POST", "clock", &json!({…}))`.
    pub fn steer(&mut self, method: &str, call: &str, body: &Value) -> Answer {
        let (path, query) = call.split_once('?').unwrap_or((call, ""));
        let query = query.split('&').filter_map(|pair| pair.split_once('='));
        self.control(&Ask {
            method: method.into(),
            path: format!("{CONTROL_PATH}/{path}"),
            query: query
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
            headers: Vec::new(),
            body: if body.is_null() {
                Vec::new()
            } else {
                body.to_string().into_bytes()
            },
        })
    }

    /// What both vendors really hold.
    pub fn truth(&mut self) -> Value {
        self.settle();
        control::truth::whole(self)
    }

    /// The world's time.
    pub fn world(&self) -> DateTime<Utc> {
        self.clock.world()
    }

    /// Time on the clock that call limits are counted in.
    pub fn metered(&self) -> Duration {
        self.clock.metered()
    }

    /// Tells how much real time has passed since the sandbox began to serve.
    pub fn pass(&mut self, real: Duration) {
        self.clock.pass(real);
    }

    /// Moves the world's time to an instant and lets everything due happen; an earlier
    /// one than now is ignored.
    pub fn set_clock(&mut self, to: DateTime<Utc>) {
        self.clock.set(to);
        self.settle();
    }

    /// Moves the world's time on and lets everything due happen.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
        self.settle();
    }

    /// Throws a fault switch.
    pub fn throw(&mut self, switch: Switch) {
        self.board.add(switch);
    }

    /// Takes every fault switch off: from here on the vendors behave.
    pub fn behave(&mut self) {
        self.board.clear();
    }

    /// Makes further sales now, out of the generator that made the world, with the goods
    /// to fill them. Answers their numbers, and what was planted on them.
    ///
    /// # Errors
    /// The world comes from an old state file, or a vendor refuses a generated record.
    pub fn trade(
        &mut self,
        orders: u32,
        faulty: Faulty,
    ) -> Result<(Vec<String>, Vec<Planted>), Misuse> {
        let plan = self.plan.ok_or_else(|| {
            Misuse::bad("trade: this world comes from a state file of an earlier version")
        })?;
        self.rounds += 1;
        let now = self.world();
        let taken = self.cin7.customer_names().map(str::to_owned).collect();
        let more = plan.more(self.rounds, orders, now, faulty, taken);
        let (before, planted_before) = (self.cin7.sale_numbers().count(), self.planted.len());
        let refused = |fault: WorldFault| Misuse::bad(fault.to_string());
        let mut customers = Vec::with_capacity(more.customers.len());
        for customer in &more.customers {
            customers.push(self.known_or_new(&customer.cin7, now).map_err(refused)?);
        }
        for sale in &more.sales {
            self.receive(sale, &more.products);
            self.sell(sale, &customers).map_err(refused)?;
        }
        let numbers = self.cin7.sale_numbers().skip(before);
        Ok((
            numbers.map(str::to_owned).collect(),
            self.planted[planted_before..].to_vec(),
        ))
    }

    /// What the generator planted.
    pub fn planted(&self) -> &[Planted] {
        &self.planted
    }

    /// What callers must show.
    pub fn keys(&self) -> Keys {
        let (account_id, cin7) = self.cin7.credentials();
        Keys {
            account_id: account_id.to_owned(),
            cin7: cin7.to_owned(),
            client_code: self.whistl.client_code().to_owned(),
            whistl: self.whistl.key().to_owned(),
        }
    }

    /// The same world in a new run of the sandbox, `away` of real time later.
    #[must_use]
    pub fn resumed(mut self, pace: Pace, away: Duration) -> Self {
        self.clock = self.clock.resumed(pace, away);
        self
    }

    fn arrive(&mut self, metered: Duration) -> Moment {
        self.settle();
        Moment {
            world: self.clock.world(),
            metered,
        }
    }

    /// Lets everything happen that is due by now.
    fn settle(&mut self) {
        let world = self.clock.world();
        self.cin7.advance(world);
        self.whistl.advance(world, &mut self.board);
    }

    fn set_up(&mut self, blueprint: &Blueprint, settled: DateTime<Utc>) -> Result<(), WorldFault> {
        for product in &blueprint.products {
            let mut body = product.cin7.clone();
            body["Stock"] = json!([
                { "Location": world::LOCATIONS[0], "OnHand": product.on_hand },
                { "Location": world::LOCATIONS[1], "OnHand": product.at_office },
            ]);
            let added = self.cin7.add_product(&body, settled);
            added.map_err(|misuse| refused(&product.sku, &misuse))?;
            if let Some(item) = &product.whistl {
                self.whistl.add_item(
                    &item.sku,
                    item.active,
                    &item.description,
                    &item.barcodes,
                    product.on_hand,
                    settled,
                );
            }
        }
        let mut customers = Vec::with_capacity(blueprint.customers.len());
        for customer in &blueprint.customers {
            let added = self.cin7.add_customer(&customer.cin7, settled);
            customers.push(added.map_err(|misuse| refused("a customer", &misuse))?);
        }
        for sale in &blueprint.sales {
            self.sell(sale, &customers)?;
        }
        Ok(())
    }

    /// A customer that comes back, or a new one.
    fn known_or_new(&mut self, body: &Value, now: DateTime<Utc>) -> Result<String, WorldFault> {
        let name = body["Name"].as_str().unwrap_or_default();
        if let Some(id) = self.cin7.customer_id(name) {
            return Ok(id.to_owned());
        }
        let added = self.cin7.add_customer(body, now);
        added.map_err(|misuse| refused("a customer", &misuse))
    }

    /// Goods arrive where a sale would leave too little, on both sides alike, so that no order
    /// waits for stock by accident however long the trade goes on. Seldom, and then many: the
    /// warehouse numbers no movement for them, so that to whoever reads the two sides one after
    /// the other meanwhile they look as if one side had lost something.
    fn receive(&mut self, sale: &PlannedSale, products: &[PlannedProduct]) {
        let lines = sale.cin7["Order"]["Lines"].as_array();
        for line in lines.into_iter().flatten() {
            let sku = line["SKU"].as_str().unwrap_or_default();
            let units: Decimal = line["Quantity"].to_string().parse().unwrap_or_default();
            // Whole units come, on both sides alike, or the two would differ from here on.
            let units = units.max(Decimal::ZERO).ceil();
            let spare = self.cin7.available(sku, world::LOCATIONS[0]);
            if spare.is_some_and(|spare| spare >= units + Decimal::from(LEFT_ON_A_SHELF)) {
                continue;
            }
            let units = units + Decimal::from(DELIVERED);
            let product = products.iter().find(|product| product.sku == sku);
            // What is no product, or none that is counted, needs no goods.
            let counted = self.cin7.change_stock(sku, world::LOCATIONS[0], units);
            let item = product.and_then(|product| product.whistl.as_ref());
            if let (Ok(()), Some(item)) = (counted, item) {
                self.whistl.receive(&item.sku, units);
            }
        }
    }

    fn sell(&mut self, sale: &PlannedSale, customers: &[String]) -> Result<(), WorldFault> {
        let mut body = sale.cin7.clone();
        if let Some(id) = sale.customer.and_then(|place| customers.get(place)) {
            body["CustomerID"] = json!(id);
        }
        let created = self.cin7.create_sale(&body, sale.at);
        let number = created.map_err(|misuse| refused("a sale", &misuse))?.number;
        if let Some(at) = sale.voided_at {
            self.cin7
                .void_sale(&number, at)
                .map_err(|misuse| refused(&number, &misuse))?;
        }
        if !sale.faults.is_empty() {
            let faults = sale.faults.iter().map(|&code| code.into()).collect();
            self.planted.push(Planted { number, faults });
        }
        Ok(())
    }
}

/// Whether a request is for the control interface.
pub(crate) fn is_control(ask: &Ask) -> bool {
    let rest = ask.path.strip_prefix(CONTROL_PATH);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn refused(place: &str, misuse: &Misuse) -> WorldFault {
    WorldFault {
        place: place.to_owned(),
        message: misuse.message.clone(),
    }
}

fn account(keys: &Keys, start: DateTime<Utc>) -> Account {
    let location = |name: &str, line1: &str, city: &str, postcode: &str| LocationSeed {
        name: name.into(),
        id: None,
        is_default: name == world::LOCATIONS[0],
        line1: line1.into(),
        city: city.into(),
        postcode: postcode.into(),
        country: "United Kingdom".into(),
    };
    Account::new(AccountSeed {
        company: world::COMPANY.into(),
        currency: world::CURRENCY.into(),
        time_zone: world::TIME_ZONE.into(),
        account_id: keys.account_id.clone(),
        key: keys.cin7.clone(),
        locations: vec![
            location(
                world::LOCATIONS[0],
                "Whistl Fulfilment Centre",
                "Bicester",
                "OX26 4ZZ",
            ),
            location(world::LOCATIONS[1], "2 Harbour Yard", "Bristol", "BS1 6ZZ"),
        ],
        carriers: world::CARRIERS.iter().map(|&name| name.into()).collect(),
        start,
    })
}

fn warehouse(keys: &Keys, options: &Options) -> Warehouse {
    let habits = match options.profile {
        Profile::Clean => Habits::whole(),
        Profile::Typical | Profile::Rough => Habits::usual(options.seed),
    };
    Warehouse::new(WarehouseSeed {
        client_code: keys.client_code.clone(),
        key: keys.whistl.clone(),
        warehouse: "BRI1".into(),
        services: services(),
        unknown_service_policy: UnknownService::Default,
        habits,
        snapshot_request: true,
        start: options.start,
    })
}

/// The samples' services, and one more: Cin7's carrier list has two grades of tracked
/// post. What the post carries it also carries to the islands.
fn services() -> Vec<ServiceOffer> {
    let mut offers = ServiceOffer::usual();
    if let Some(standard) = offers.iter_mut().find(|offer| offer.code == "WHI_STD") {
        standard.countries = ["GB", "GG", "IM", "JE"].map(str::to_owned).to_vec();
    }
    offers.insert(
        1,
        ServiceOffer {
            code: "WHI_T24".into(),
            name: "Tracked 24".into(),
            carrier_code: "RMT".into(),
            countries: vec!["GB".into()],
            max_weight_g: Some(20_000),
            active: true,
            is_default: false,
        },
    );
    offers
}

/// What goes wrong at the vendors in a rough world, each on few calls.
fn rough() -> Vec<Switch> {
    const RATES: [(Vendor, &str, f64); 12] = [
        (Vendor::Cin7, "server_503", 0.01),
        (Vendor::Cin7, "server_500", 0.005),
        (Vendor::Cin7, "html_200", 0.005),
        (Vendor::Cin7, "timeout_before", 0.005),
        (Vendor::Cin7, "page_drift", 0.05),
        (Vendor::Whistl, "F01", 0.01),
        (Vendor::Whistl, "F02", 0.005),
        (Vendor::Whistl, "F05", 0.005),
        (Vendor::Whistl, "F06", 0.01),
        (Vendor::Whistl, "F09", 0.005),
        (Vendor::Cin7, "short_snapshot", 0.03),
        (Vendor::Whistl, "F34", 0.05),
    ];
    let switch = |(vendor, fault, chance)| Switch {
        chance: Some(chance),
        ..Switch::on(vendor, fault)
    };
    RATES.into_iter().map(switch).collect()
}

/// Adds the world's date to an answer that carries none, as any server would.
fn dated(outcome: Outcome, world: DateTime<Utc>) -> Outcome {
    let date = |answer: Answer| {
        let told = answer
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("date"));
        if told {
            return answer;
        }
        answer.with_header(
            "Date",
            &world.format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
        )
    };
    match outcome {
        Outcome::Whole(answer) => Outcome::Whole(date(answer)),
        Outcome::After(wait, answer) => Outcome::After(wait, date(answer)),
        Outcome::CutOff(answer, bytes) => Outcome::CutOff(date(answer), bytes),
        Outcome::Endless(answer) => Outcome::Endless(date(answer)),
        Outcome::Dropped => Outcome::Dropped,
        Outcome::Silent => Outcome::Silent,
    }
}

#[cfg(test)]
mod takes;
#[cfg(test)]
mod tests;
