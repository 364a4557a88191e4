//! The report of a month as a page to be printed and signed.

use std::fmt::Write as _;

use chrono::DateTime;
use chrono_tz::Tz;
use domain::adjustment::AdjustmentReason;

use super::losses::LossesView;
use super::month::{BridgeLineView, ComparisonView, MonthView};
use crate::escape::html;
use crate::page::{begin, pair, table, table_end};
use crate::words;

/// The page.
pub fn month_page(month: &MonthView) -> String {
    let mut page = String::new();
    let title = format!("Stock from {} to {}", day(&month.from), day(&month.to));
    let lead = "From what Cin7 Core had on hand to what the warehouse counts, in units and money.";
    begin(&mut page, &title, lead);
    about(&mut page, month);
    bridge(&mut page, month);
    differences(&mut page, month);
    losses(&mut page, month);
    comparisons(&mut page, month);
    signatures(&mut page, month);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn about(page: &mut String, month: &MonthView) {
    page.push_str("<dl>\n");
    let opens = if month.opens_late {
        " (the first one: stock was not compared before)"
    } else {
        ""
    };
    let opening = format!("{}{opens}", when(&month.opening, month));
    pair(page, "Opens with the comparison of", &html(&opening));
    let closing = when(&month.closing, month);
    pair(page, "Closes with the comparison of", &html(&closing));
    let zone = format!("{}; days begin there at midnight", month.time_zone);
    pair(page, "Times shown in", &html(&zone));
    if month.without_cost > 0 {
        let said = format!(
            "{} with stock and no cost in Cin7 Core: counted in units, not in money",
            words::many(whole(month.without_cost), "SKU")
        );
        pair(page, "Without a cost", &html(&said));
    }
    if month.adjusted_without_cost > 0 {
        let said = format!(
            "{} posted while no cost was known",
            words::many(whole(month.adjusted_without_cost), "adjustment")
        );
        pair(page, "Adjusted without a cost", &html(&said));
    }
    if month.open > 0 {
        let said = format!(
            "{} to be posted still, {} units in all",
            words::many(whole(month.open), "adjustment"),
            month.open_units
        );
        pair(page, "Open at the close", &html(&said));
    }
    page.push_str("</dl>\n");
}

fn bridge(page: &mut String, month: &MonthView) {
    page.push_str("<section>\n<h2>The bridge</h2>\n");
    table(
        page,
        "",
        "The changes above a bold line add up to it. Lines in italics are what the others leave.",
        &["", ">Units", ">Value at cost"],
    );
    for line in &month.bridge {
        bridge_line(page, line, &month.currency);
    }
    table_end(page);
    page.push_str("</section>\n");
}

fn bridge_line(page: &mut String, line: &BridgeLineView, currency: &str) {
    let class = if line.is_level { " class=\"rule\"" } else { "" };
    let text = html(&line.text);
    let text = if line.is_remainder {
        format!("<em>{text}</em>")
    } else {
        text
    };
    let _ = writeln!(
        page,
        "<tr{class}><td>{text}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
        html(&line.units),
        html(&words::money(currency, &line.money)),
    );
}

fn differences(page: &mut String, month: &MonthView) {
    page.push_str("<section>\n<h2>Unexplained at the close</h2>\n");
    if month.differences.is_empty() {
        page.push_str("<p>Every unit of difference was explained.</p>\n</section>\n");
        return;
    }
    table(
        page,
        "",
        "Each SKU whose count differs by more than is known of, the most valuable first.",
        &["SKU", ">Cin7 Core", ">Counted", ">Unexplained", ">At cost"],
    );
    for open in &month.differences {
        let value = money(month, open.value.as_deref());
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            html(&open.sku),
            html(&open.cin7_on_hand),
            html(&open.counted),
            html(&open.unexplained),
            html(&value),
        );
    }
    table_end(page);
    page.push_str("</section>\n");
}

fn losses(page: &mut String, month: &MonthView) {
    let LossesView { each, .. } = &month.losses;
    page.push_str("<section>\n<h2>Lost and damaged at the warehouse</h2>\n");
    if each.is_empty() {
        page.push_str("<p>The warehouse told of no loss.</p>\n</section>\n");
        return;
    }
    let caption = format!(
        "{} units, {} at cost; {} units are allowed, {} go beyond that.",
        html(&month.losses.units),
        html(&words::money(&month.currency, &month.losses.value)),
        html(&month.losses.allowed_units),
        html(&month.losses.over_units),
    );
    table(
        page,
        "",
        &caption,
        &[
            "Happened",
            "SKU",
            "Why",
            ">Units",
            ">At cost",
            "Whistl",
            "Cin7 Core",
            "",
        ],
    );
    for loss in each {
        let value = money(month, loss.value.as_deref());
        let over = if loss.is_over { "beyond" } else { "allowed" };
        let _ = writeln!(
            page,
            "<tr><td class=\"time\">{}</td><th scope=\"row\">{}</th><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td><td>{}</td><td>{over}</td></tr>",
            html(&local(&loss.at, month)),
            html(&loss.sku),
            html(AdjustmentReason::parse(&loss.reason).phrase()),
            html(&loss.units),
            html(&value),
            html(&loss.whistl_id),
            html(loss.document.as_deref().unwrap_or("not posted")),
        );
    }
    table_end(page);
    page.push_str("</section>\n");
}

fn comparisons(page: &mut String, month: &MonthView) {
    page.push_str("<section>\n<h2>The comparisons it rests on</h2>\n");
    table(
        page,
        "",
        "The first and the last give the figures; those between show how differences went.",
        &[
            "Warehouse as of",
            "Cin7 Core read",
            ">SKUs",
            ">Unexplained",
            "Read",
        ],
    );
    for run in &month.comparisons {
        let _ = writeln!(
            page,
            "<tr><td class=\"time\">{}</td><td class=\"time\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
            html(&local(&run.as_of, month)),
            html(&local(&run.read_at, month)),
            run.skus,
            html(&run.unexplained),
            html(run.incomplete.as_deref().unwrap_or("everything")),
        );
    }
    table_end(page);
    page.push_str("</section>\n");
}

fn signatures(page: &mut String, month: &MonthView) {
    page.push_str("<section>\n<h2>Signed</h2>\n");
    if month.signed.is_empty() {
        page.push_str("<p>Nobody has signed this yet.</p>\n");
    }
    for signed in &month.signed {
        let note = if signed.note.is_empty() {
            String::new()
        } else {
            format!(": {}", html(&signed.note))
        };
        let _ = writeln!(
            page,
            "<p>{}, {}{note}</p>",
            html(&signed.who),
            html(&local(&signed.at, month))
        );
    }
    page.push_str("</section>\n");
}

fn money(month: &MonthView, value: Option<&str>) -> String {
    value.map_or_else(
        || "cost unknown".to_owned(),
        |value| words::money(&month.currency, value),
    )
}

fn when(run: &ComparisonView, month: &MonthView) -> String {
    local(&run.read_at, month)
}

/// A time as it is in the merchant's zone.
fn local(at: &str, month: &MonthView) -> String {
    let zone: Tz = month.time_zone.parse().unwrap_or(Tz::UTC);
    DateTime::parse_from_rfc3339(at).map_or_else(
        |_| at.to_owned(),
        |at| {
            at.with_timezone(&zone)
                .format("%-d %b %Y, %H:%M")
                .to_string()
        },
    )
}

/// A day in words.
fn day(day: &str) -> String {
    chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").map_or_else(
        |_| day.to_owned(),
        |day| day.format("%-d %B %Y").to_string(),
    )
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
