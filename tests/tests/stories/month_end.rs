//! The report on which finance closes a month: every line of it against sums made from the
//! vendors' own truth, in units and to the penny.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::NaiveDate;
use engine::finance::{MonthView, month_page, month_sheet};
use engine::runs::Job;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use stockbridge_tests::World;
use store::MapKind;

const PLACE: &str = "Whistl Fulfilment";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

async fn world() -> World {
    let mut world = World::new();
    world.set(&[
        ("adjust.account", "403"),
        ("adjust.limit_value", "0"),
        ("adjust.rise_value", "0"),
        ("finance.losses_allowed", "1000"),
    ]);
    for (ours, theirs) in [
        ("BOARD/22", "BOARD22"),
        ("ITEM-01_BLUE", "ITEM01BLUE"),
        ("JAR 500ML", "JAR500ML"),
        ("MUG-01_BLUE", "MUG01BLUE"),
    ] {
        world.map(MapKind::Sku, ours, theirs);
    }
    world.run(Job::Reference).await;
    world
}

/// A SKU as both sides write it, without signs.
fn bare(sku: &str) -> String {
    sku.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn number(value: &Value) -> Decimal {
    value.as_str().expect("a number").parse().expect("a number")
}

/// Units and money.
type Sum = (Decimal, Decimal);

/// What one of each costs, by its bare name, from the account itself.
fn costs(truth: &Value) -> BTreeMap<String, Decimal> {
    let rows = truth["cin7"]["stock"].as_array().expect("stock");
    rows.iter()
        .map(|row| {
            (
                bare(row["sku"].as_str().expect("a SKU")),
                number(&row["unit_cost"]),
            )
        })
        .collect()
}

fn add(sum: &mut Sum, units: Decimal, cost: Decimal) {
    sum.0 += units;
    sum.1 += units * cost;
}

/// What Cin7 has on hand at the warehouse's location.
fn on_books(truth: &Value) -> Sum {
    let mut sum = Sum::default();
    let rows = truth["cin7"]["stock"].as_array().expect("stock");
    for row in rows.iter().filter(|row| row["location"] == PLACE) {
        add(&mut sum, number(&row["on_hand"]), number(&row["unit_cost"]));
    }
    sum
}

/// The good stock that is physically there.
fn in_the_warehouse(truth: &Value) -> Sum {
    let (mut sum, costs) = (Sum::default(), costs(truth));
    for row in truth["whistl"]["stock"].as_array().expect("stock") {
        let good = number(&row["on_hand"]) - number(&row["quarantined"]);
        let cost = costs.get(&bare(row["sku"].as_str().expect("a SKU")));
        add(&mut sum, good, cost.copied().unwrap_or_default());
    }
    sum
}

/// What left, below 0.
fn despatched(truth: &Value) -> Sum {
    let (mut sum, costs) = (Sum::default(), costs(truth));
    for despatch in truth["whistl"]["despatches"]
        .as_array()
        .expect("despatches")
    {
        for line in despatch["lines"].as_array().expect("lines") {
            let cost = costs[&bare(line["sku"].as_str().expect("a SKU"))];
            add(&mut sum, -number(&line["quantity"]), cost);
        }
    }
    sum
}

/// A line of the bridge.
fn line(month: &MonthView, step: &str, of: &str) -> Sum {
    let found = month
        .bridge
        .iter()
        .find(|line| line.step == step && line.of == of);
    let found = found.unwrap_or_else(|| panic!("no {step} {of}: {:#?}", month.bridge));
    let text = |text: &str| text.parse::<Decimal>().expect("a number");
    (text(&found.units), text(&found.money))
}

/// In whole pence.
fn pence(sum: Sum) -> Sum {
    (
        sum.0,
        sum.1
            .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
    )
}

/// Every level of the bridge is the one before and the changes between them.
fn ties(month: &MonthView) -> bool {
    let mut so_far: Option<Sum> = None;
    month.bridge.iter().all(|line| {
        let units: Decimal = line.units.parse().expect("units");
        let money: Decimal = line.money.parse().expect("money");
        match &mut so_far {
            None => {
                so_far = Some((units, money));
                line.is_level
            }
            Some(sum) if line.is_level => *sum == (units, money),
            Some(sum) => {
                *sum = (sum.0 + units, sum.1 + money);
                true
            }
        }
    })
}

#[tokio::test(start_paused = true)]
async fn a_month_s_bridge_ties_to_the_penny_and_each_line_is_the_vendors_own() {
    let mut world = world().await;
    let report = world.run(Job::Reconcile).await;
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    let opening = world.truth();

    // The next day: three orders leave, a count, a damage, a find, a loss nobody tells of, and
    // somebody edits a level in Cin7.
    world.pass(Duration::from_hours(24)).await;
    let numbers = [world.good_sale(), world.good_sale(), world.good_sale()];
    world.sync().await;
    for number in &numbers {
        let path = format!("whistl/orders/{number}/despatch");
        world.control("POST", &path, &json!({}));
    }
    world.counted("TEAPOT04", -4, "DAMAGE");
    world.counted("TEAPOT04", -2, "CYCLE_COUNT");
    world.counted("MUGSET2", 3, "FOUND");
    world.run(Job::Despatches).await;
    world.run(Job::Adjustments).await;
    world.control(
        "POST",
        "whistl/lose",
        &json!({ "sku": "MUGSET2", "quantity": 5 }),
    );
    let edit = json!({ "sku": "TEAPOT04", "location": PLACE, "change": 7 });
    world.control("POST", "cin7/stock", &edit);
    // One more order leaves, and Cin7 is not told of it any more.
    let late = world.good_sale();
    world.sync().await;
    world.control(
        "POST",
        &format!("whistl/orders/{late}/despatch"),
        &json!({}),
    );
    world.set(&[("mode", "look_only")]);
    world.control("POST", "whistl/snapshot", &json!({}));
    world.run(Job::Reconcile).await;
    world.pass(Duration::from_mins(10)).await;
    world.run(Job::Reconcile).await;
    let closing = world.truth();

    let (from, to) = (day("2026-11-25"), day("2026-11-25"));
    let month = world.look(|views| views.month(from, to));

    assert!(!month.opens_late);
    assert!(ties(&month), "{:#?}", month.bridge);
    assert_eq!(line(&month, "opening", ""), pence(on_books(&opening)));
    assert_eq!(
        line(&month, "closing_in_cin7", ""),
        pence(on_books(&closing))
    );
    assert_eq!(
        line(&month, "closing", ""),
        pence(in_the_warehouse(&closing))
    );
    let in_flight = line(&month, "timing", "in_flight");
    let told = line(&month, "despatches", "");
    let left = despatched(&closing);
    let both = (told.0 + in_flight.0, told.1 + in_flight.1);
    assert_eq!(both, pence(left));
    assert_eq!(
        (told.0, in_flight.0),
        (left.0 * Decimal::new(75, 2), left.0 * Decimal::new(25, 2))
    );
    let cost = costs(&closing);
    for (reason, sku, units) in [
        ("damaged", "TEAPOT04", -4),
        ("cycle_count", "TEAPOT04", -2),
        ("found", "MUGSET2", 3),
    ] {
        let units = Decimal::from(units);
        let wanted = pence((units, units * cost[sku]));
        assert_eq!(line(&month, "adjustments", reason), wanted);
    }
    let edited = Decimal::from(7);
    let wanted = pence((edited, edited * cost["TEAPOT04"]));
    assert_eq!(line(&month, "others_in_cin7", ""), wanted);
    let open = Decimal::from(-5) * cost["MUGSET2"] - edited * cost["TEAPOT04"];
    assert_eq!(
        line(&month, "unexplained", ""),
        pence((Decimal::from(-12), open))
    );
    let listed: Vec<_> = month
        .differences
        .iter()
        .map(|one| (one.sku.as_str(), one.unexplained.as_str()))
        .collect();
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(listed.contains(&("MUGSET2", "-5")) && listed.contains(&("TEAPOT04", "-7")));
    // Six units lost of those that left; one in ten is agreed.
    assert_eq!(month.losses.units, "6");
    assert_eq!(month.losses.each.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_finance_signs_is_the_same_whenever_it_is_asked_for() {
    let mut world = world().await;
    world.run(Job::Reconcile).await;
    let then = world.now();
    let first = world.look(|views| views.reconciled(then));
    assert!(first.signed.is_empty());

    world.pass(Duration::from_hours(48)).await;
    world.counted("TEAPOT04", -4, "DAMAGE");
    world.run(Job::Adjustments).await;
    world.run(Job::Reconcile).await;
    let again = world.look(|views| views.reconciled(then));
    assert_eq!(first, again);

    let signed = world.engine().sign_off(then, "Agreed").expect("signed");
    assert_eq!(signed.run_id, first.comparison.run_id);
    let view = world.look(|views| views.reconciled(then));
    assert_eq!(view.signed.len(), 1);
    assert_eq!(view.signed[0].note, "Agreed");
    let later = world.now();
    let later = world.look(|views| views.reconciled(later));
    assert!(
        later.signed.is_empty(),
        "a signature stands under what it was given for"
    );
}

#[tokio::test(start_paused = true)]
async fn without_two_comparisons_there_is_no_report_and_it_says_what_to_do() {
    let mut world = world().await;
    let ask = |world: &mut World| {
        let today = day("2026-11-24");
        world.look(|views| Ok(views.month(today, today).map_err(|fault| fault.to_string())))
    };
    let none = ask(&mut world).expect_err("nothing was compared");
    assert!(
        none.contains("Stock was not compared from 2026-11-24"),
        "{none}"
    );
    world.run(Job::Reconcile).await;
    let once = ask(&mut world).expect_err("compared once");
    assert!(once.contains("no more than once"), "{once}");
    world.pass(Duration::from_hours(1)).await;
    world.run(Job::Reconcile).await;
    let month = ask(&mut world).expect("a report");
    assert!(month.opens_late && ties(&month));
    let (page, sheet) = (month_page(&month), month_sheet(&month));
    assert!(
        page.contains("Every unit of difference was explained"),
        "{page}"
    );
    assert!(page.contains("stock was not compared before") && !page.contains("<script"));
    assert!(sheet.contains("\"level\",\"opening\""), "{sheet}");
}
