//! What to do next: after a run, a connection, a map. Made of what Today shows and of the
//! shipping methods that have no service yet.

use engine::views::{OrderView, StatusView};
use engine::words::many;

use super::sheet::Sheet;
use super::table::Table;
use crate::output::Colour;

/// How things stand, for the hints.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// What Today shows.
    pub(crate) status: StatusView,
    /// Shipping methods without a service, with how many held orders use each.
    pub(crate) unmapped: Vec<(String, i64)>,
    /// Codes of the services Whistl offers, as far as they have been read.
    pub(crate) services: Vec<String>,
    /// How many shipping methods are mapped.
    pub(crate) mapped: usize,
}

/// The shipping methods that orders are held for.
pub(crate) fn unmapped(orders: &[OrderView]) -> Vec<(String, i64)> {
    let mut methods: Vec<(String, i64)> = Vec::new();
    let values = orders
        .iter()
        .flat_map(|order| &order.holds)
        .filter(|hold| hold.code == "service_unmapped" && !hold.value.is_empty())
        .map(|hold| &hold.value);
    for value in values {
        match methods.iter_mut().find(|(method, _)| method == value) {
            Some((_, count)) => *count += 1,
            None => methods.push((value.clone(), 1)),
        }
    }
    methods.sort_by_key(|(_, count)| -count);
    methods
}

/// After a run.
pub(crate) fn after_sync(standing: &Standing, sheet: &Sheet) -> String {
    let status = &standing.status;
    let of = |state: &str| status.orders.get(state).copied().unwrap_or_default();
    let mut text = String::new();
    let mut say = |colour: Colour, said: String| {
        let mark = sheet.paint(colour, "→");
        text.push_str(&sheet.wrapped(&format!("{mark} "), &said, 2));
    };
    if let Some(pause) = &status.paused {
        say(
            Colour::Stop,
            format!(
                "Sending is paused by {} since {}: {}. {} wait; `resume` lets them go.",
                pause.by,
                sheet.told(&pause.since),
                pause.why,
                many(of("waiting"), "order"),
            ),
        );
    } else if status.mode != "live" && of("waiting") > 0 {
        say(
            Colour::Warn,
            format!(
                "Look only: {} would be sent; `settings set mode live` sends at the next `sync`.",
                many(of("waiting"), "order")
            ),
        );
    }
    for (state, words, fix) in [
        ("rejected", "refused by Whistl", "orders --state rejected"),
        (
            "blocked",
            "stopped at the warehouse",
            "orders --state blocked",
        ),
        (
            "unclear",
            "sent without a clear answer",
            "orders --state unclear",
        ),
        ("held", "held", "orders --state held"),
    ] {
        match of(state) {
            0 => {}
            1 => say(Colour::Stop, format!("1 order is {words}: `{fix}`")),
            more => say(Colour::Stop, format!("{more} orders are {words}: `{fix}`")),
        }
    }
    text + &methods(standing, sheet)
}

/// After a connection was tested.
pub(crate) fn after_connect(standing: &Standing, sheet: &Sheet) -> String {
    let never: Vec<&str> = ["cin7", "whistl"]
        .into_iter()
        .filter(|name| {
            standing
                .status
                .vendors
                .get(name)
                .is_none_or(|vendor| vendor.last_good.is_none())
        })
        .collect();
    if let Some(other) = never.first() {
        return format!("Next: `connect {other}`.\n");
    }
    let methods = methods(standing, sheet);
    if methods.is_empty() && standing.mapped == 0 {
        return sheet.wrapped(
            "",
            "Next: `sync` reads the orders and tells which shipping methods have no Whistl service yet; `map service METHOD CODE` maps one.",
            2,
        );
    }
    methods
}

/// One line for each shipping method that has no service, ready to be typed.
fn methods(standing: &Standing, sheet: &Sheet) -> String {
    if standing.unmapped.is_empty() {
        return String::new();
    }
    let offers = if standing.services.is_empty() {
        String::new()
    } else {
        format!(" Whistl offers {}.", standing.services.join(", "))
    };
    let said = format!("Shipping methods without a Whistl service.{offers}");
    let mut text = sheet.wrapped("", &said, 2);
    let mut table = Table::bare(&["", ""]);
    for (method, count) in &standing.unmapped {
        table.row(vec![
            format!("  map service \"{method}\" CODE").into(),
            format!("{} held", many(*count, "order")).into(),
        ]);
    }
    text.push_str(&table.text(sheet));
    text
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::{calm_status, held_order, hold, sheet, troubled_status};

    fn standing(status: StatusView) -> Standing {
        Standing {
            status,
            unmapped: vec![("Royal Mail Tracked 24".into(), 7)],
            services: vec!["WHI_EXP".into(), "WHI_STD".into()],
            mapped: 1,
        }
    }

    #[test]
    fn after_a_run_what_waits_is_told_with_the_command_for_it() {
        expect![[r#"
            → 1 order is refused by Whistl: `orders --state rejected`
            → 8 orders are held: `orders --state held`
            Shipping methods without a Whistl service. Whistl offers WHI_EXP, WHI_STD.
              map service "Royal Mail Tracked 24" CODE  7 orders held
        "#]]
        .assert_eq(&after_sync(&standing(troubled_status()), &sheet()));
    }

    #[test]
    fn look_only_says_what_would_be_sent() {
        let mut now = standing(calm_status());
        now.unmapped.clear();
        now.status.mode = "look_only".into();
        now.status.orders.insert("waiting", 17);
        assert_eq!(
            after_sync(&now, &sheet()),
            "→ Look only: 17 orders would be sent; `settings set mode live` sends at the next `sync`.\n"
        );
    }

    #[test]
    fn when_all_is_well_there_is_nothing_to_do() {
        let mut now = standing(calm_status());
        now.unmapped.clear();
        assert_eq!(after_sync(&now, &sheet()), "");
        assert_eq!(after_connect(&now, &sheet()), "");
        now.mapped = 0;
        assert!(after_connect(&now, &sheet()).starts_with("Next: `sync` reads"));
    }

    #[test]
    fn the_other_vendor_comes_next() {
        let mut now = standing(calm_status());
        if let Some(vendor) = now.status.vendors.get_mut("whistl") {
            vendor.last_good = None;
        }
        assert_eq!(after_connect(&now, &sheet()), "Next: `connect whistl`.\n");
    }

    #[test]
    fn a_method_is_named_once_with_its_orders() {
        let mut order = held_order();
        order.holds = vec![hold("service_unmapped", "Carrier", "DPD Next Day")];
        let methods = unmapped(&[order.clone(), held_order(), order]);
        assert_eq!(methods, [("DPD Next Day".to_owned(), 2)]);
    }
}
