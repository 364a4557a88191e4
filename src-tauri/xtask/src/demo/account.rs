//! The live account: which orders changed while a command ran, and a card for each hold.

use std::collections::BTreeMap;
use std::time::Duration;

use super::program::Program;
use crate::json::Json;
use crate::say::{self, Colour};
use crate::trouble::Trouble;

/// Between two looks at the orders.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// The orders as last seen, by number.
pub(super) struct Account<'p> {
    program: &'p Program,
    seen: BTreeMap<String, String>,
}

impl<'p> Account<'p> {
    pub(super) fn new(program: &'p Program) -> Self {
        Self {
            program,
            seen: BTreeMap::new(),
        }
    }

    /// Runs a command and tells, while it runs, what becomes of the orders. Its answer.
    pub(super) fn follow(&mut self, arguments: &[&str]) -> Result<Json, Trouble> {
        let mut begun = self.program.begin(arguments)?;
        loop {
            let ended = begun.has_ended();
            let orders = self.orders(&[]);
            match orders {
                Ok(orders) => self.tell_changes(&orders),
                // The very first look may come before there is a database.
                Err(_) if !ended => {}
                Err(trouble) => return Err(trouble),
            }
            if ended {
                return begun.answer();
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// The orders that fit, oldest number first.
    pub(super) fn orders(&self, filter: &[&str]) -> Result<Vec<Json>, Trouble> {
        let mut arguments = vec!["orders", "--limit", "1000"];
        arguments.extend(filter);
        let mut orders = self.program.quietly(&arguments)?.list("orders").to_vec();
        orders.sort_by(|a, b| a.text("number").cmp(b.text("number")));
        Ok(orders)
    }

    fn tell_changes(&mut self, orders: &[Json]) {
        // A sale that was listed but not read yet has no value; there is nothing to tell.
        for order in orders
            .iter()
            .filter(|order| !order.text("currency").is_empty())
        {
            let now = in_one_line(order);
            let number = order.text("number").to_owned();
            if self.seen.get(&number) != Some(&now) {
                say::line(&format!("  {now}"));
                self.seen.insert(number, now);
            }
        }
    }
}

/// An order in one line.
fn in_one_line(order: &Json) -> String {
    let state = order.text("state");
    let shown = format!("{:<17}", state.replace('_', " "));
    let why: Vec<&str> = order
        .list("holds")
        .iter()
        .map(|hold| hold.text("code"))
        .collect();
    let more = match state {
        "at_warehouse" => format!(
            "{:<10} {}",
            order.text("service"),
            order.text("whistl_reference")
        ),
        "unclear" => "no answer: Whistl is asked before anything is sent again".to_owned(),
        _ => why.join(", "),
    };
    let value = format!("{} {}", order.text("value"), order.text("currency"));
    let line = format!(
        "{}  {} {value:>12}  {more}",
        order.text("number"),
        say::paint(colour(state), &shown)
    );
    line.trim_end().to_owned()
}

fn colour(state: &str) -> Colour {
    match state {
        "held" | "rejected" | "blocked" => Colour::Stop,
        "waiting" | "sending" | "unclear" => Colour::Warn,
        "cancelled" => Colour::Dim,
        _ => Colour::Ok,
    }
}

/// A card for each reason of an order: where, what, whose, and the fix.
pub(super) fn cards(order: &Json) {
    let number = order.text("number");
    for hold in order.list("holds") {
        let code = say::paint(Colour::Stop, hold.text("code"));
        say::line(&format!(
            "  {number}  {code}  (owner: {})",
            hold.text("owner")
        ));
        let value = hold.text("value");
        let field = hold.text("field");
        let shown = if value.is_empty() { "(empty)" } else { value };
        say::line(&format!("    {field}: {shown}"));
        if let Some(under) = marks(value, hold.list("marks")) {
            let indent = " ".repeat(field.chars().count() + 6);
            say::line(&format!("{indent}{}", say::paint(Colour::Stop, &under)));
        }
        say::line(&format!("    fix: {}", hold.text("fix")));
    }
}

/// A line of carets under the offending characters, if any are marked.
fn marks(value: &str, ranges: &[Json]) -> Option<String> {
    let range = |json: &Json| (json.whole("0"), json.whole("1"));
    let ranges: Vec<(i64, i64)> = ranges.iter().map(range).collect();
    let under: String = (0_i64..)
        .zip(value.chars())
        .map(|(at, _)| {
            if ranges.iter().any(|(from, to)| (*from..*to).contains(&at)) {
                '^'
            } else {
                ' '
            }
        })
        .collect();
    let under = under.trim_end();
    (!under.is_empty()).then(|| under.to_owned())
}

/// A run's counts in one line.
pub(super) fn sum_up(run: &Json) {
    for one in run.list("runs") {
        let counts: Vec<String> = one
            .fields("counts")
            .iter()
            .map(|(name, count)| format!("{} {}", name.replace('_', " "), count.text("")))
            .collect();
        let calls: Vec<String> = one
            .fields("calls")
            .iter()
            .map(|(name, count)| format!("{name} {}", count.text("")))
            .collect();
        say::line(&format!(
            "  {}: {}; calls: {}",
            one.text("outcome"),
            counts.join(", "),
            calls.join(", ")
        ));
        for fault in one.list("faults") {
            say::line(&format!("  {}", say::paint(Colour::Warn, fault.text(""))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offending_characters_are_marked() {
        let ranges = Json::parse("[[4,5],[7,8]]").unwrap();
        assert_eq!(marks("ITEM-01_BLUE", ranges.list("")).unwrap(), "    ^  ^");
        assert_eq!(marks("", &[]), None);
    }

    #[test]
    fn an_order_at_the_warehouse_shows_its_service_and_whistls_number() {
        let order = r#"{"number":"SO-00001","state":"at_warehouse","value":"84.50","currency":"GBP",
                        "service":"WHI_STD","whistl_reference":"W000017","holds":[]}"#;
        let line = in_one_line(&Json::parse(order).unwrap());
        for part in [
            "SO-00001",
            "at warehouse",
            "84.50 GBP",
            "WHI_STD",
            "W000017",
        ] {
            assert!(line.contains(part), "{line}");
        }
    }

    #[test]
    fn a_held_order_shows_all_its_reasons() {
        let order = r#"{"number":"SO-2","state":"held","value":"1","currency":"GBP",
                        "holds":[{"code":"phone_missing"},{"code":"postcode_invalid"}]}"#;
        let line = in_one_line(&Json::parse(order).unwrap());
        assert!(line.ends_with("phone_missing, postcode_invalid"), "{line}");
    }
}
