//! What became of the orders that somebody rechecked, resent, withdrew or released.

use engine::actions::{Acted, ActionReport};
use engine::words::{self, many};

use super::sheet::Sheet;
use super::state_colour;
use crate::output::Colour;

/// One paragraph for each order, and a count.
pub(crate) fn acted(report: &ActionReport, sheet: &Sheet) -> String {
    if report.orders.is_empty() && report.untouched == 0 {
        return "No orders match.".into();
    }
    let mut text = String::new();
    for alike in alike(&report.orders) {
        text.push_str(&one(&alike, sheet));
    }
    if report.untouched > 0 {
        let untouched = i64::try_from(report.untouched).unwrap_or(i64::MAX);
        let said = format!(
            "{} left untouched: {}",
            many(untouched, "order"),
            report.stopped_because
        );
        let mark = format!("{} ", sheet.paint(Colour::Warn, "!"));
        text.push_str(&sheet.wrapped(&mark, &said, 2));
    }
    for fault in &report.run.faults {
        let mark = format!("{} ", sheet.paint(Colour::Warn, "!"));
        text.push_str(&sheet.wrapped(&mark, &words::sentence(fault), 2));
    }
    if report.orders.len() > 1 {
        text.push_str(&summary(&report.orders));
    }
    text
}

/// Orders that came out alike, told together; in the order of the first of each.
fn alike(orders: &[Acted]) -> Vec<Vec<&Acted>> {
    let mut groups: Vec<Vec<&Acted>> = Vec::new();
    for order in orders {
        let same = groups.iter_mut().find(|group| {
            group.first().is_some_and(|first| {
                (&first.before, &first.after, &first.message)
                    == (&order.before, &order.after, &order.message)
            })
        });
        match same {
            Some(group) => group.push(order),
            None => groups.push(vec![order]),
        }
    }
    groups
}

fn one(orders: &[&Acted], sheet: &Sheet) -> String {
    let Some(order) = orders.first() else {
        return String::new();
    };
    let after = words::state(&order.after);
    let painted = sheet.paint(state_colour(&order.after), &after);
    let state = if order.before == order.after {
        format!("still {painted}")
    } else {
        format!("{} → {painted}", words::state(&order.before))
    };
    let numbers: Vec<&str> = orders.iter().map(|order| order.number.as_str()).collect();
    let mut text = sheet.wrapped("", &format!("{}  {state}", numbers.join(", ")), 2);
    let says_more = order.message != words::plain(&order.after) && !order.message.is_empty();
    for cause in words::causes(&order.message) {
        if says_more {
            text.push_str(&sheet.wrapped("  ", &cause, 2));
        }
    }
    text
}

fn summary(orders: &[Acted]) -> String {
    let mut states: Vec<(&str, i64)> = Vec::new();
    for order in orders {
        match states.iter_mut().find(|(state, _)| *state == order.after) {
            Some((_, count)) => *count += 1,
            None => states.push((&order.after, 1)),
        }
    }
    let each: Vec<String> = states
        .iter()
        .map(|(state, count)| format!("{count} {}", words::state(state)))
        .collect();
    format!("\n{} orders: {}.\n", orders.len(), each.join(", "))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::{report, sheet};

    #[test]
    fn each_order_says_where_it_stands_now_and_why() {
        let order = |number: &str, before: &str, after: &str, message: &str| Acted {
            number: number.into(),
            before: before.into(),
            after: after.into(),
            message: message.into(),
        };
        let told = ActionReport {
            run: report(&[]),
            orders: vec![
                order(
                    "SO-00004",
                    "held",
                    "at_warehouse",
                    "accepted by Whistl as WF10000007",
                ),
                order(
                    "SO-00031",
                    "held",
                    "held",
                    "service_unmapped: Map “DPD Next Day” to a service.",
                ),
                order(
                    "SO-00032",
                    "held",
                    "held",
                    "service_unmapped: Map “DPD Next Day” to a service.",
                ),
                order("SO-00010", "at_warehouse", "cancelled", "cancelled"),
            ],
            untouched: 3,
            stopped_because: "the first 5 were all refused by Whistl; the rest was left untouched"
                .into(),
        };
        expect![[r"
            SO-00004  held → at the warehouse
              Accepted by Whistl as WF10000007
            SO-00031, SO-00032  still held
              Shipping method not mapped: Map “DPD Next Day” to a service.
            SO-00010  at the warehouse → cancelled
            ! 3 orders left untouched: the first 5 were all refused by Whistl; the rest was left untouched

            4 orders: 1 at the warehouse, 2 held, 1 cancelled.
        "]].assert_eq(&acted(&told, &sheet()));
    }
}
