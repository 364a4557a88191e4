//! The end of the demo: Stockbridge's own figures beside what both vendors really hold.

use std::collections::BTreeSet;

use super::account::Account;
use super::program::Program;
use crate::json::Json;
use crate::say::{self, Colour};
use crate::trouble::Trouble;

/// The vendor's limit of calls in any 60 seconds.
const CIN7_LIMIT: i64 = 60;

/// One line of the comparison.
struct Line {
    what: &'static str,
    ours: String,
    theirs: String,
    agree: bool,
}

impl Line {
    fn equal(what: &'static str, ours: i64, theirs: i64) -> Self {
        Self {
            what,
            ours: ours.to_string(),
            theirs: theirs.to_string(),
            agree: ours == theirs,
        }
    }

    /// Something of theirs that must be `ours`, put in words.
    fn must(what: &'static str, ours: &str, theirs: i64, agree: bool) -> Self {
        Self {
            what,
            ours: ours.to_owned(),
            theirs: theirs.to_string(),
            agree,
        }
    }
}

/// What Stockbridge says.
struct Ours {
    /// All sales it knows, whatever became of them.
    known: i64,
    at_warehouse: BTreeSet<String>,
    held: BTreeSet<String>,
}

/// Compares, prints the table, and ends with trouble unless all agree.
pub(super) fn compare(
    program: &Program,
    account: &Account<'_>,
    truth: &Json,
) -> Result<(), Trouble> {
    say::heading("9. Stockbridge's figures beside what both vendors really hold");
    let status = program.quietly(&["status"])?;
    let outside: i64 = status
        .fields("outside")
        .iter()
        .map(|(_, count)| count.whole(""))
        .sum();
    let numbers = |state: &str| -> Result<BTreeSet<String>, Trouble> {
        let orders = account.orders(&["--state", state])?;
        Ok(orders
            .iter()
            .map(|order| order.text("number").to_owned())
            .collect())
    };
    let ours = Ours {
        known: status.whole("orders_total") + outside,
        at_warehouse: numbers("at_warehouse")?,
        held: numbers("held")?,
    };
    let lines = lines(&ours, truth);
    print(&lines);
    if !ours.held.is_empty() {
        let numbers: Vec<&str> = ours.held.iter().map(String::as_str).collect();
        say::line(&format!(
            "Still held until somebody puts them right: {}.",
            numbers.join(", ")
        ));
    }
    let log = program.quietly(&["activity", "verify"])?;
    say::line(&format!(
        "The log's chain holds over all {} entries.",
        log.text("entries")
    ));
    let wrong: Vec<&str> = lines
        .iter()
        .filter(|line| !line.agree)
        .map(|line| line.what)
        .collect();
    if wrong.is_empty() {
        say::line(&say::paint(
            Colour::Ok,
            "All agree: nothing lost, nothing sent twice, nothing sent that should be held.",
        ));
        return Ok(());
    }
    Err(Trouble::new(format!(
        "These do not agree: {}.",
        wrong.join("; ")
    )))
}

fn lines(ours: &Ours, truth: &Json) -> Vec<Line> {
    let orders = truth.list("whistl/orders");
    let live: BTreeSet<String> = orders
        .iter()
        .filter(|order| order.text("status") != "CANCELLED" && order.text("status") != "REJECTED")
        .map(|order| order.text("client_ref").to_owned())
        .collect();
    let held_there = ours.held.intersection(&live).count();
    let created_twice = orders
        .iter()
        .filter(|order| order.whole("created") > 1)
        .count();
    let most = truth.whole("cin7/calls/max_in_any_60s");
    vec![
        Line::equal(
            "sales in Cin7 Core, all accounted for",
            ours.known,
            count(truth.list("cin7/sales").len()),
        ),
        Line {
            agree: ours.at_warehouse == live,
            ..Line::equal(
                "orders at the warehouse, one by one",
                count(ours.at_warehouse.len()),
                count(live.len()),
            )
        },
        Line::must(
            "held here, yet at the warehouse",
            "0",
            count(held_there),
            held_there == 0,
        ),
        Line::must(
            "made twice at the warehouse",
            "0",
            count(created_twice),
            created_twice == 0,
        ),
        Line::must(
            "sales with more goods ordered than sold",
            "0",
            truth.whole("whistl/duplicates"),
            truth.whole("whistl/duplicates") == 0,
        ),
        Line::must(
            "most Cin7 calls in any 60 seconds",
            "60 at most",
            most,
            most <= CIN7_LIMIT,
        ),
        Line::must(
            "calls Cin7 refused",
            "0",
            truth.whole("cin7/calls/refused"),
            truth.whole("cin7/calls/refused") == 0,
        ),
    ]
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn print(lines: &[Line]) {
    let head = ["", "Stockbridge", "vendors", ""]
        .map(str::to_owned)
        .to_vec();
    let rows = lines.iter().map(|line| {
        let mark = if line.agree { "agree" } else { "DIFFER" };
        vec![
            line.what.to_owned(),
            line.ours.clone(),
            line.theirs.clone(),
            mark.to_owned(),
        ]
    });
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    say::line(say::table(&rows).trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTH: &str = r#"{
        "cin7":{"calls":{"refused":0,"max_in_any_60s":55},"sales":[{},{},{}]},
        "whistl":{"duplicates":0,"orders":[
            {"client_ref":"SO-1","status":"ACCEPTED","created":1},
            {"client_ref":"SO-2","status":"CANCELLED","created":1}]}}"#;

    fn ours(at_warehouse: &[&str], held: &[&str]) -> Ours {
        let set = |numbers: &[&str]| numbers.iter().map(|n| (*n).to_owned()).collect();
        Ours {
            known: 3,
            at_warehouse: set(at_warehouse),
            held: set(held),
        }
    }

    fn wrong(ours: &Ours, truth: &str) -> Vec<&'static str> {
        let lines = lines(ours, &Json::parse(truth).unwrap());
        lines
            .iter()
            .filter(|line| !line.agree)
            .map(|line| line.what)
            .collect()
    }

    #[test]
    fn all_agree_when_every_number_is_found_on_both_sides() {
        assert_eq!(
            wrong(&ours(&["SO-1"], &["SO-3"]), TRUTH),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn equal_counts_of_different_orders_do_not_agree() {
        assert_eq!(
            wrong(&ours(&["SO-9"], &[]), TRUTH),
            ["orders at the warehouse, one by one"]
        );
    }

    #[test]
    fn a_held_order_at_the_warehouse_a_twin_and_a_call_too_many_are_each_found() {
        let truth = TRUTH
            .replace("\"created\":1}", "\"created\":2}")
            .replace("\"duplicates\":0", "\"duplicates\":1")
            .replace("55", "61");
        let found = wrong(&ours(&["SO-1"], &["SO-1"]), &truth);
        assert_eq!(found.len(), 4, "{found:?}");
    }
}
