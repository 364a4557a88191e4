//! What finance may invoice of a day, as tables.

use std::fmt::Write as _;

use engine::finance::{MonthView, ReconciledLineView, ReconciledView, SignedView};
use engine::views::{ReadyGroup, ReadyOrder, ReadyView};
use engine::words::{self, money};

use super::sheet::Sheet;
use super::table::{Cell, Table};
use crate::output::Colour;

/// A day's despatches: the groups, then each order.
pub(crate) fn ready(view: &ReadyView, sheet: &Sheet) -> String {
    if view.total.despatches == 0 {
        return format!("Nothing left the warehouse on {}.", view.date);
    }
    let mut groups = Table::new(&["", ">Orders", ">Despatches", ">Units", ">Value"]);
    for (name, group) in [
        ("Posted to Cin7 Core", &view.posted),
        ("Not yet posted", &view.not_posted),
        ("Part-despatched", &view.part_despatched),
        ("Of no order here", &view.unknown_order),
        ("All", &view.total),
    ] {
        if group.orders > 0 {
            groups.row(sums(name, group));
        }
    }
    let mut orders = Table::new(&["Order", "Stands", ">Units", ">Value", "Despatches", "Needs"]);
    for order in &view.orders {
        orders.row(vec![
            order.number.as_deref().unwrap_or("unknown").into(),
            standing(order),
            order.units.as_str().into(),
            order
                .value
                .as_deref()
                .map(|value| money(&order.currency, value))
                .unwrap_or_default()
                .into(),
            order.despatches.join(" ").into(),
            order
                .owner
                .as_deref()
                .map(words::owner)
                .unwrap_or_default()
                .into(),
        ]);
    }
    format!(
        "Left the warehouse on {} ({}):\n{}\n{}",
        view.date,
        view.time_zone,
        groups.text(sheet),
        orders.text(sheet)
    )
}

/// A month: its bridge, and what was open at its close.
pub(crate) fn month(month: &MonthView, sheet: &Sheet) -> String {
    let mut bridge = Table::new(&["", ">Units", ">Value at cost"]);
    for line in &month.bridge {
        let text = match (line.is_level, line.is_remainder) {
            (true, _) => Cell::painted(Colour::Strong, line.text.as_str()),
            (_, true) => Cell::painted(Colour::Dim, line.text.as_str()),
            _ => line.text.as_str().into(),
        };
        let value = money(&month.currency, &line.money);
        bridge.row(vec![text, line.units.as_str().into(), value.into()]);
    }
    let mut said = format!(
        "Stock from {} to {}, between the comparisons of {} and {}{}:\n{}",
        month.from,
        month.to,
        sheet.told(&month.opening.read_at),
        sheet.told(&month.closing.read_at),
        if month.opens_late {
            " (nothing was compared before)"
        } else {
            ""
        },
        bridge.text(sheet)
    );
    if !month.differences.is_empty() {
        let mut open = Table::new(&["Unexplained", ">Cin7", ">Counted", ">Units", ">At cost"]);
        for one in &month.differences {
            open.row(vec![
                one.sku.as_str().into(),
                one.cin7_on_hand.as_str().into(),
                one.counted.as_str().into(),
                one.unexplained.as_str().into(),
                worth(one.value.as_deref(), &month.currency).into(),
            ]);
        }
        let _ = write!(said, "\n{}", open.text(sheet));
    }
    let lost = &month.losses;
    if !lost.each.is_empty() {
        let _ = write!(
            said,
            "\nLost and damaged at the warehouse: {} units, {}; {} allowed, {} beyond.",
            lost.units,
            money(&month.currency, &lost.value),
            lost.allowed_units,
            lost.over_units
        );
    }
    if month.without_cost > 0 {
        let _ = write!(
            said,
            "\nWithout a cost in Cin7 Core, and so in units alone: {} SKUs.",
            month.without_cost
        );
    }
    said + &signatures(&month.signed, sheet)
}

/// The reconciled figures.
pub(crate) fn reconciled(view: &ReconciledView, sheet: &Sheet) -> String {
    let mut table = Table::new(&[
        "SKU",
        ">Cin7",
        ">In flight",
        ">Pending",
        ">Should be",
        ">Counted",
        ">Open",
        ">Value",
    ]);
    let all = ReconciledLineView {
        sku: "All".into(),
        ..view.total.clone()
    };
    for line in view.skus.iter().chain([&all]) {
        table.row(vec![
            line.sku.as_str().into(),
            line.cin7_on_hand.as_str().into(),
            line.in_flight.as_str().into(),
            line.pending.as_str().into(),
            line.expected.as_str().into(),
            line.counted.as_str().into(),
            line.unexplained.as_str().into(),
            worth(line.value.as_deref(), &view.currency).into(),
        ]);
    }
    format!(
        "Reconciled stock of {}, as of {}: {}\n{}{}",
        view.location,
        sheet.told(&view.comparison.read_at),
        match view.differences {
            0 => "nothing is unexplained.".to_owned(),
            1 => "1 SKU is unexplained.".to_owned(),
            count => format!("{count} SKUs are unexplained."),
        },
        table.text(sheet),
        signatures(&view.signed, sheet)
    )
}

fn worth(value: Option<&str>, currency: &str) -> String {
    value.map_or_else(|| "no cost".to_owned(), |value| money(currency, value))
}

fn signatures(signed: &[SignedView], sheet: &Sheet) -> String {
    let mut said = String::new();
    for one in signed {
        let _ = write!(said, "\nSigned by {}, {}", one.who, sheet.told(&one.at));
        if !one.note.is_empty() {
            let _ = write!(said, ": {}", one.note);
        }
        said.push('.');
    }
    said
}

fn sums(name: &str, group: &ReadyGroup) -> Vec<Cell> {
    let mut value: Vec<String> = group
        .value
        .iter()
        .map(|(currency, value)| money(currency, value))
        .collect();
    if group.without_value > 0 {
        value.push(format!("{} without", group.without_value));
    }
    vec![
        name.into(),
        group.orders.to_string().into(),
        group.despatches.to_string().into(),
        group.units.as_str().into(),
        value.join(", ").into(),
    ]
}

fn standing(order: &ReadyOrder) -> Cell {
    match order.group {
        "posted" => Cell::painted(Colour::Ok, "posted"),
        "not_posted" => Cell::painted(Colour::Warn, "not yet posted"),
        "part_despatched" => "part-despatched".into(),
        _ => Cell::painted(Colour::Stop, "no order here"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::sheet;

    fn group(orders: u64, despatches: u64, units: &str, value: &str) -> ReadyGroup {
        ReadyGroup {
            orders,
            despatches,
            units: units.into(),
            value: BTreeMap::from([("GBP".to_owned(), value.to_owned())]),
            without_value: 0,
        }
    }

    #[test]
    fn a_day_is_summed_by_how_far_its_orders_are() {
        let order = |number: &str, group, despatches: &[&str]| ReadyOrder {
            number: Some(number.into()),
            group,
            despatches: despatches.iter().map(|id| (*id).to_owned()).collect(),
            units: "2".into(),
            value: Some("45.60".into()),
            currency: "GBP".into(),
            owner: None,
        };
        let view = ReadyView {
            date: "2026-11-24".into(),
            time_zone: "Europe/London".into(),
            as_of: "2026-11-25T12:00:00.000Z".into(),
            posted: group(1, 2, "2", "45.60"),
            not_posted: ReadyGroup::default(),
            part_despatched: group(1, 1, "2", "1145.60"),
            unknown_order: ReadyGroup::default(),
            total: group(2, 3, "4", "1191.20"),
            orders: vec![
                order("SO-00001", "posted", &["DSP0000001", "DSP0000003"]),
                order("SO-00002", "part_despatched", &["DSP0000002"]),
            ],
        };
        expect![[r"
            Left the warehouse on 2026-11-24 (Europe/London):
                                 Orders  Despatches  Units      Value
            Posted to Cin7 Core       1           2      2     £45.60
            Part-despatched           1           1      2  £1,145.60
            All                       2           3      4  £1,191.20

            Order     Stands           Units   Value  Despatches
            SO-00001  posted               2  £45.60  DSP0000001 DSP0000003
            SO-00002  part-despatched      2  £45.60  DSP0000002
        "]]
        .assert_eq(&ready(&view, &sheet()));
    }
}
