//! The list of orders.

use std::collections::BTreeMap;

use engine::views::{OrderView, OrdersView};
use engine::words;

use super::sheet::{Left, Sheet};
use super::table::{Cell, Table};
use super::{is_still_ours, state_colour};
use crate::output::Colour;

/// A page of orders, with how many there are in all where that is known.
pub(crate) fn page(page: &OrdersView, total: Option<i64>, sheet: &Sheet) -> String {
    if page.orders.is_empty() {
        return match &page.next {
            // A search that would take long stops early, and is no proof of absence.
            Some(next) => format!("None among the newest orders. More: --after {next}"),
            None => "No orders match.".into(),
        };
    }
    let mut table = Table::new(&["Order", "State", "Owner", "Ship by", ">Value", "Why"]);
    for order in &page.orders {
        table.row(row(order, sheet));
    }
    table.text(sheet) + &owners(&page.orders) + &count(page, total)
}

fn row(order: &OrderView, sheet: &Sheet) -> Vec<Cell> {
    let mut why: Vec<String> = Vec::new();
    for hold in &order.holds {
        let words = words::hold(&hold.code);
        if !why.contains(&words) {
            why.push(words);
        }
    }
    vec![
        order.number.as_str().into(),
        Cell::painted(state_colour(&order.state), words::state(&order.state)),
        order.owner.clone().unwrap_or_default().into(),
        ship_by(order, sheet),
        words::money(&order.currency, &order.value).into(),
        why.join("; ").into(),
    ]
}

/// When it must have left, and how long that is while it is still in our hands.
pub(super) fn ship_by(order: &OrderView, sheet: &Sheet) -> Cell {
    let Some(at) = &order.ship_by else {
        return Cell::default();
    };
    let time = sheet.told(at);
    match sheet.left(at).filter(|_| is_still_ours(&order.state)) {
        Some(Left::In(left)) => format!("{time}, {left}").into(),
        Some(Left::Missed(missed)) => Cell::painted(Colour::Stop, format!("{time}, {missed}")),
        None => time.into(),
    }
}

/// Who must act on how many of the orders shown.
fn owners(orders: &[OrderView]) -> String {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for owner in orders.iter().filter_map(|order| order.owner.as_deref()) {
        *counts.entry(owner).or_default() += 1;
    }
    if counts.is_empty() {
        return "\n".into();
    }
    let each: Vec<String> = counts
        .iter()
        .map(|(owner, count)| format!("{} {count}", words::owner(owner)))
        .collect();
    format!("\nFor {}. ", each.join(", for "))
}

fn count(page: &OrdersView, total: Option<i64>) -> String {
    let shown = i64::try_from(page.orders.len()).unwrap_or(i64::MAX);
    let shown_of = match total {
        Some(total) if total > shown => format!("{shown} of {total} shown"),
        _ => format!("{} shown", words::many(shown, "order")),
    };
    match &page.next {
        Some(next) => format!("{shown_of}; more: --after {next}"),
        None => format!("{shown_of}."),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::{held_order, order, sheet};

    #[test]
    fn the_list_tells_state_owner_time_left_value_and_why() {
        let mut late = order("SO-00007", "waiting");
        late.ship_by = Some("2026-11-25T11:40:00.000Z".into());
        late.value = "1204.00".into();
        let view = OrdersView {
            orders: vec![held_order(), late, order("SO-00010", "at_warehouse")],
            next: Some("312".into()),
        };
        expect![[r"
            Order     State               Owner   Ship by                      Value  Why
            SO-00031  held                office  16:00, in 4 h               £22.80  SKU has characters Whistl refuses; no telephone number
            SO-00007  waiting to be sent          11:40, missed by 20 min  £1,204.00
            SO-00010  at the warehouse            16:00                      £169.20

            For the office 1. 3 of 340 shown; more: --after 312"]]
        .assert_eq(&page(&view, Some(340), &sheet()));
    }

    #[test]
    fn nothing_found_is_told_apart_from_nothing_found_yet() {
        let mut view = OrdersView {
            orders: Vec::new(),
            next: None,
        };
        assert_eq!(page(&view, None, &sheet()), "No orders match.");
        view.next = Some("12".into());
        assert_eq!(
            page(&view, None, &sheet()),
            "None among the newest orders. More: --after 12"
        );
    }
}
