//! How both sides' stock compares, and a SKU's past, as tables.

use engine::views::{DriftHistoryView, DriftLineView, DriftView};
use engine::words::{self, money};

use super::sheet::Sheet;
use super::table::{Cell, Table};
use crate::output::Colour;

/// SKUs listed at most; `--json` has all of them.
const MOST: usize = 100;

/// The last comparison: its sums, its categories, and the SKUs in order of impact.
pub(crate) fn comparison(view: &DriftView, sheet: &Sheet) -> String {
    let Some(at) = view.began_at.as_deref() else {
        return "Stock was never compared: `sync reconcile` compares it.".into();
    };
    let mut text = if view.is_whole {
        format!("Compared {}.\n", sheet.told(at))
    } else {
        let said = format!("Not compared whole {}: {}.", sheet.told(at), view.why);
        format!("{}\n", sheet.paint(Colour::Stop, &said))
    };
    text.push_str(&sums(view, sheet));
    if let Some(debt) = words::debt(&view.debt) {
        text.push_str(&sheet.wrapped("Debt: ", &format!("{debt}."), 6));
    }
    text.push('\n');
    text.push_str(&list(&view.skus, sheet));
    text
}

fn sums(view: &DriftView, sheet: &Sheet) -> String {
    let totals = &view.totals;
    let mut table = Table::bare(&["", ">"]);
    for (title, units) in [
        ("Cin7 Core says on hand", &totals.cin7_on_hand),
        ("Despatched, not yet posted", &totals.in_flight),
        ("Adjustments, not yet posted", &totals.pending),
        ("Whistl should hold", &totals.expected),
        ("Whistl counts", &totals.counted),
    ] {
        table.row(vec![format!("  {title}").into(), units.as_str().into()]);
    }
    let colour = if totals.unexplained == "0" {
        Colour::Ok
    } else {
        Colour::Stop
    };
    table.row(vec![
        "  Unexplained".into(),
        Cell::painted(colour, totals.unexplained.as_str()),
    ]);
    let counts = view.categories;
    let told: Vec<String> = [
        ("can_oversell", counts.can_oversell),
        ("cin7_short", counts.cin7_short),
        ("posting_blocked", counts.posting_blocked),
        ("explained", counts.explained),
        ("matched", counts.matched),
        ("not_comparable", counts.not_comparable),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(word, count)| format!("{count} {}", words::drift_category(word)))
    .collect();
    format!("{}SKUs: {}\n", table.text(sheet), told.join(" · "))
}

fn list(skus: &[DriftLineView], sheet: &Sheet) -> String {
    if skus.is_empty() {
        return "No SKU matches.".into();
    }
    let mut table = Table::new(&[
        "SKU",
        "Product",
        ">Cin7 Core",
        ">Whistl",
        ">In flight",
        ">Pending",
        ">Unexplained",
        ">Value",
        "What it means",
        "Note",
    ]);
    for line in skus.iter().take(MOST) {
        let is_unexplained = matches!(line.category.as_str(), "can_oversell" | "cin7_short");
        table.row(vec![
            line.sku.as_str().into(),
            line.name.as_str().into(),
            line.cin7_on_hand.as_str().into(),
            line.whistl_on_hand.as_str().into(),
            line.in_flight.as_str().into(),
            line.pending.as_str().into(),
            signed(&line.unexplained).into(),
            line.value
                .as_deref()
                .filter(|_| is_unexplained)
                .map(|value| money(words::BOOKS, value))
                .unwrap_or_default()
                .into(),
            Cell::painted(colour(&line.category), meaning(line)),
            note(line, sheet).into(),
        ]);
    }
    let mut text = table.text(sheet);
    if let more @ 1.. = skus.len().saturating_sub(MOST) {
        text.push_str(&format!(
            "… and {more} more: --category narrows the list, --json has all."
        ));
    }
    text
}

fn meaning(line: &DriftLineView) -> String {
    let word = words::drift_category(&line.category);
    match (line.category.as_str(), line.at_risk.as_str()) {
        ("can_oversell", units) if units != "0" => format!("{word} {units}"),
        _ => word.to_owned(),
    }
}

fn note(line: &DriftLineView, sheet: &Sheet) -> String {
    if let Some(accepted) = &line.accepted {
        return format!(
            "accepted until {}: {}",
            sheet.told(&accepted.until),
            accepted.why
        );
    }
    match &line.recount_since {
        Some(at) => format!("recount asked for {}", sheet.told(at)),
        None => line.words.clone(),
    }
}

fn colour(category: &str) -> Colour {
    match category {
        "can_oversell" => Colour::Stop,
        "cin7_short" | "posting_blocked" | "not_comparable" => Colour::Warn,
        "explained" | "matched" => Colour::Ok,
        _ => Colour::Dim,
    }
}

fn signed(units: &str) -> String {
    if units.starts_with('-') || units == "0" {
        units.to_owned()
    } else {
        format!("+{units}")
    }
}

/// A SKU's figures at each comparison, what moved, and what was decided.
pub(crate) fn history(view: &DriftHistoryView, sheet: &Sheet) -> String {
    let mut text = match view.name.as_str() {
        "" => format!("{}\n", view.sku),
        name => format!("{}, {name}\n", view.sku),
    };
    if view.is_gone {
        text.push_str("Neither side knows it any more.\n");
    }
    let mut table = Table::new(&[
        "Compared",
        ">Cin7 Core",
        ">In flight",
        ">Pending",
        ">Whistl",
        ">Unexplained",
        "What it means",
    ]);
    for point in &view.history {
        table.row(vec![
            sheet.told(&point.at).into(),
            point.cin7_on_hand.as_str().into(),
            point.in_flight.as_str().into(),
            point.pending.as_str().into(),
            point.whistl_on_hand.as_str().into(),
            point
                .unexplained
                .as_deref()
                .map(signed)
                .unwrap_or_default()
                .into(),
            Cell::painted(
                colour(&point.category),
                words::drift_category(&point.category),
            ),
        ]);
    }
    text.push_str(&table.text(sheet));
    text.push_str(&movements(view, sheet));
    text.push_str(&decisions(view, sheet));
    text
}

fn movements(view: &DriftHistoryView, sheet: &Sheet) -> String {
    if view.movements.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["Moved", "What", ">Units", "About", "Cin7 Core", "Document"]);
    for one in &view.movements {
        table.row(vec![
            sheet.told(&one.at).into(),
            format!("{} {}", one.kind, one.id).into(),
            signed(&one.units).into(),
            one.about.replace('_', " ").into(),
            match &one.posted_at {
                Some(at) => format!("{} {}", one.state_text, sheet.told(at)),
                None => one.state_text.clone(),
            }
            .into(),
            one.document.as_str().into(),
        ]);
    }
    format!("\n{}", table.text(sheet))
}

fn decisions(view: &DriftHistoryView, sheet: &Sheet) -> String {
    if view.decisions.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[
        "Decided", "Who", "What", ">Units", "Until", "Document", "Why",
    ]);
    for one in &view.decisions {
        table.row(vec![
            sheet.told(&one.at).into(),
            one.who.as_str().into(),
            words::drift_decision(&one.what).into(),
            signed(&one.units).into(),
            one.until
                .as_deref()
                .map(|at| sheet.told(at))
                .unwrap_or_default()
                .into(),
            one.document.as_str().into(),
            one.note.as_str().into(),
        ]);
    }
    format!("\n{}", table.text(sheet))
}

#[cfg(test)]
mod tests {
    use engine::views::{AcceptedView, DriftCategoriesView, DriftPointView, DriftTotalsView};
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::{debt, sheet};

    fn line(sku: &str, figures: [&str; 5], category: &str) -> DriftLineView {
        let [cin7, counted, in_flight, pending, unexplained] = figures.map(str::to_owned);
        DriftLineView {
            sku: sku.into(),
            whistl_sku: sku.into(),
            name: "Stoneware".into(),
            cin7_on_hand: cin7,
            allocated: "0".into(),
            whistl_on_hand: counted,
            quarantined: "0".into(),
            in_flight,
            pending,
            expected: String::new(),
            at_risk: unexplained.strip_prefix('-').unwrap_or("0").to_owned(),
            unexplained,
            value: Some("-297.00".into()),
            unit_cost: Some("16.5".into()),
            lost_sales: None,
            category: category.into(),
            cause: String::new(),
            words: String::new(),
            is_approximate: false,
            since: None,
            before: None,
            accepted: None,
            recount_since: None,
            trend: Vec::new(),
        }
    }

    fn view(skus: Vec<DriftLineView>) -> DriftView {
        DriftView {
            run_id: Some("0192".into()),
            as_of: Some("2026-11-25T11:58:00.000Z".into()),
            began_at: Some("2026-11-25T12:00:00.000Z".into()),
            ended_at: Some("2026-11-25T12:00:38.000Z".into()),
            is_whole: true,
            why: String::new(),
            totals: DriftTotalsView {
                cin7_on_hand: "95".into(),
                in_flight: "-8".into(),
                pending: "0".into(),
                expected: "87".into(),
                counted: "69".into(),
                unexplained: "-18".into(),
                value: "-297.00".into(),
                absolute_value: "297.00".into(),
            },
            categories: DriftCategoriesView {
                can_oversell: 1,
                matched: 1,
                ..DriftCategoriesView::default()
            },
            trend: Vec::new(),
            debt: debt(1),
            skus,
        }
    }

    #[test]
    fn a_comparison_is_its_sums_its_categories_and_the_worst_skus_first() {
        let accepted = DriftLineView {
            accepted: Some(AcceptedView {
                until: "2026-12-01T00:00:00.000Z".into(),
                units: "7".into(),
                why: "a return is on its way".into(),
            }),
            ..line("LAMPWH", ["120", "127", "0", "0", "7"], "cin7_short")
        };
        let skus = vec![
            line("TEAPOT04", ["34", "8", "-8", "0", "-18"], "can_oversell"),
            accepted,
            line("MUGSET2", ["61", "61", "0", "0", "0"], "matched"),
        ];
        expect![[r"
            Compared 12:00.
              Cin7 Core says on hand        95
              Despatched, not yet posted    -8
              Adjustments, not yet posted    0
              Whistl should hold            87
              Whistl counts                 69
              Unexplained                  -18
            SKUs: 1 can oversell · 1 matched
            Debt: 1 difference open for longer than 5 working days: 6 units, £99.00 at cost, to settle by month
                  end, 30 November.

            SKU       Product    Cin7 Core  Whistl  In flight  Pending  Unexplained     Value  What it means    Note
            TEAPOT04  Stoneware         34       8         -8        0          -18  -£297.00  can oversell 18
            LAMPWH    Stoneware        120     127          0        0           +7  -£297.00  Cin7 Core short  accepted until Tue 1 Dec 00:00: a return is on its way
            MUGSET2   Stoneware         61      61          0        0            0            matched
        "]]
        .assert_eq(&comparison(&view(skus), &sheet()));
    }

    #[test]
    fn one_that_was_not_made_or_not_whole_says_so() {
        let mut never = view(Vec::new());
        never.began_at = None;
        assert_eq!(
            comparison(&never, &sheet()),
            "Stock was never compared: `sync reconcile` compares it."
        );
        let mut part = view(Vec::new());
        part.is_whole = false;
        part.why = "Whistl’s stock list broke off at page 3".into();
        let told = comparison(&part, &sheet());
        assert!(
            told.starts_with(
                "Not compared whole 12:00: Whistl’s stock list broke off at page 3.\n"
            ),
            "{told}"
        );
    }

    #[test]
    fn a_past_has_a_line_for_each_comparison() {
        let point =
            |at: &str, counted: &str, unexplained: Option<&str>, category: &str| DriftPointView {
                run_id: "0192".into(),
                at: at.into(),
                cin7_on_hand: "34".into(),
                whistl_on_hand: counted.into(),
                in_flight: "-8".into(),
                pending: "0".into(),
                expected: Some("26".into()),
                unexplained: unexplained.map(str::to_owned),
                category: category.into(),
            };
        let view = DriftHistoryView {
            sku: "TEAPOT04".into(),
            whistl_sku: "TEAPOT04".into(),
            name: "Cast iron teapot 1.2 l".into(),
            is_gone: false,
            history: vec![
                point("2026-11-24T16:30:00.000Z", "26", None, "not_comparable"),
                point("2026-11-25T08:00:00.000Z", "26", Some("0"), "explained"),
                point("2026-11-25T12:00:00.000Z", "8", Some("-18"), "can_oversell"),
            ],
            movements: Vec::new(),
            decisions: Vec::new(),
        };
        expect![[r"
            TEAPOT04, Cast iron teapot 1.2 l
            Compared          Cin7 Core  In flight  Pending  Whistl  Unexplained  What it means
            Tue 24 Nov 16:30         34         -8        0      26               not compared
            08:00                    34         -8        0      26            0  explained
            12:00                    34         -8        0       8          -18  can oversell
        "]]
        .assert_eq(&history(&view, &sheet()));
    }
}
