//! The pack as a page made to be printed: one file, no script that runs, nothing loaded from
//! anywhere.

use std::fmt::Write as _;

use super::Form;

use super::facts::{Asked, DespatchFacts, EntryFacts, Facts, OrderFacts};
use super::seal::{Seal, hash};
use super::tell::{
    Clock, WHAT_IS_LEFT_OUT, WHAT_IT_PROVES, clock, in_time, sentence, side, standing, sums,
    what_of,
};
use crate::escape::{for_machines, html};
use crate::page::{begin, pair, table, table_end};
use crate::words;

const BLOCK: &str = "<script type=\"application/json\" id=\"facts\">";
const BLOCK_END: &str = "</script>";

/// The facts as they stand in a page.
pub(super) fn block(page: &str) -> Option<String> {
    let (_, after) = page.split_once(BLOCK)?;
    let (block, _) = after.split_once(BLOCK_END)?;
    Some(block.to_owned())
}

/// The page.
pub(super) fn written(facts: &Facts) -> String {
    let block = for_machines(facts);
    let mut page = String::new();
    head(&mut page, facts);
    about(&mut page, facts, &hash(&block));
    if facts.orders.len() > 1 {
        overview(&mut page, facts);
    }
    for order in &facts.orders {
        one(&mut page, order, facts);
    }
    proves(&mut page);
    let _ = writeln!(page, "</main>\n{BLOCK}{block}{BLOCK_END}\n</body>\n</html>");
    let seal = Seal::of(&block, &page).line(Form::Html);
    page + &seal
}

fn head(page: &mut String, facts: &Facts) {
    let lead = "When each side knew what: the office, Stockbridge, the warehouse.";
    begin(page, &title(facts), lead);
}

fn title(facts: &Facts) -> String {
    match (&facts.asked, &facts.orders[..]) {
        (_, [only]) => format!("Proof of handling: order {}", only.number),
        (Asked::Numbers, orders) => format!("Proof of handling: {} orders", orders.len()),
        (Asked::Days { from, to }, orders) if from == to => {
            format!("Proof of handling: {} orders of {from}", orders.len())
        }
        (Asked::Days { from, to }, orders) => {
            let count = orders.len();
            format!("Proof of handling: {count} orders of {from} to {to}")
        }
    }
}

fn about(page: &mut String, facts: &Facts, fingerprint: &str) {
    page.push_str("<dl>\n");
    let clock = Clock::of(facts);
    if let Asked::Days { from, to } = &facts.asked {
        pair(
            page,
            "Orders that came in",
            &html(&format!("{from} to {to}")),
        );
    }
    pair(page, "Made", &html(&clock.time(&facts.made_at)));
    let by = format!("Stockbridge {}", facts.program);
    pair(page, "Made by", &html(&by));
    let zone = format!("{}, to the second", facts.time_zone);
    pair(page, "Times shown in", &html(&zone));
    pair(page, "Fingerprint of the facts", &code(fingerprint));
    let end = format!("entry {} {}", facts.head.entries, code(&facts.head.hash));
    pair(page, "The log's end", &end);
    page.push_str("</dl>\n");
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", html(text))
}

fn overview(page: &mut String, facts: &Facts) {
    let at = Clock::of(facts);
    page.push_str("<section>\n<h2>Orders</h2>\n");
    table(
        page,
        "",
        "All times by the clock of the side that did it.",
        &[
            "Order",
            "Authorised",
            "Accepted",
            "Had to leave by",
            "Left",
            "In Cin7 Core",
        ],
    );
    for order in &facts.orders {
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", html(&order.number));
        for time in [
            &order.authorised_at,
            &order.accepted_at,
            &order.ship_by,
            &order.left_at,
            &order.posted_at,
        ] {
            let _ = write!(page, "<td>{}</td>", html(&at.maybe(time.as_ref())));
        }
        page.push_str("</tr>\n");
    }
    table_end(page);
    page.push_str("</section>\n");
}

fn one(page: &mut String, order: &OrderFacts, facts: &Facts) {
    let at = Clock::of(facts);
    let _ = writeln!(
        page,
        "<article>\n<h2>Order {}</h2>\n<dl>",
        html(&order.number)
    );
    pair(page, "Stands", &html(&words::state(&order.state)));
    if let Some(in_time) = in_time(order, &facts.made_at) {
        let by = format!(
            "{}; <span class=\"late\">{}</span>",
            html(&at.maybe(order.ship_by.as_ref())),
            html(&in_time)
        );
        pair(page, "Had to leave by", &by);
    }
    for (name, value) in [
        ("Reference at Whistl", order.client_reference.as_deref()),
        ("Whistl's number", order.whistl_reference.as_deref()),
        ("Service", Some(order.service.as_str())),
        ("Channel", Some(order.channel.as_str())),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            pair(page, name, &html(value));
        }
    }
    pair(
        page,
        "Value",
        &html(&words::money(&order.currency, &order.value)),
    );
    page.push_str("</dl>\n");
    moments(page, order, at);
    waits(page, order, at);
    despatches(page, order, at);
    log(page, order, at);
    page.push_str("</article>\n");
}

fn moments(page: &mut String, order: &OrderFacts, at: Clock) {
    page.push_str("<h3>When each side knew what</h3>\n");
    table(
        page,
        "",
        "The earliest first, each by the clock of whoever stamped the time. Clocks may differ.",
        &["Time", "Side", "What happened", "Clock", ">Log entry"],
    );
    for moment in &order.moments {
        let class = if moment.side.is_empty() {
            " class=\"rule\""
        } else {
            ""
        };
        let entry = moment.entry.map(|entry| entry.to_string());
        let _ = writeln!(
            page,
            "<tr{class}><td class=\"time\">{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td></tr>",
            html(&at.time(&moment.at)),
            html(side(&moment.side)),
            html(&moment.what),
            html(clock(&moment.clock)),
            entry.unwrap_or_default(),
        );
    }
    table_end(page);
}

fn waits(page: &mut String, order: &OrderFacts, at: Clock) {
    page.push_str("<h3>Whose time it was</h3>\n");
    let sums = sums(order);
    if !sums.is_empty() {
        page.push_str("<div class=\"bar\" aria-hidden=\"true\">");
        for wait in order.waits.iter().filter(|wait| wait.despatch.is_none()) {
            let _ = write!(
                page,
                "<span class=\"{}\" style=\"flex:{}\"></span>",
                html(&wait.who),
                wait.seconds.max(1)
            );
        }
        page.push_str("</div>\n<p>");
        for (who, seconds) in &sums {
            let _ = write!(
                page,
                "<span class=\"key {}\" aria-hidden=\"true\"></span>{} {} &ensp; ",
                html(who),
                html(side(who)),
                html(&words::span(*seconds))
            );
        }
        page.push_str("</p>\n");
    }
    table(
        page,
        "",
        "The order's own waits, which the bar shows, then those of each despatch's news.",
        &["Whose", "What for", "From", "To", ">How long"],
    );
    for wait in &order.waits {
        let to = wait
            .to
            .as_ref()
            .map_or_else(|| "still".into(), |to| at.time(to));
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td class=\"time\">{}</td><td class=\"time\">{}</td><td class=\"number\">{}</td></tr>",
            html(side(&wait.who)),
            html(&what_of(wait)),
            html(&at.time(&wait.from)),
            html(&to),
            html(&words::span(wait.seconds)),
        );
    }
    table_end(page);
}

fn despatches(page: &mut String, order: &OrderFacts, at: Clock) {
    page.push_str("<h3>What left, and by whom</h3>\n");
    if order.despatches.is_empty() {
        page.push_str("<p>Nothing had left the warehouse when this was made.</p>\n");
        return;
    }
    for despatch in &order.despatches {
        one_despatch(page, despatch, at);
    }
}

fn one_despatch(page: &mut String, despatch: &DespatchFacts, at: Clock) {
    let caption = format!(
        "Despatch {}: {}; in Cin7 Core: {}",
        html(&despatch.despatch_id),
        html(&words::many(
            despatch.units.parse().unwrap_or_default(),
            "unit"
        )),
        html(&standing(despatch)),
    );
    table(
        page,
        "",
        &caption,
        &["Parcel", "Carrier", "Service", "Tracking"],
    );
    for parcel in &despatch.parcels {
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
            parcel.number,
            html(&parcel.carrier),
            html(&parcel.service),
            html(&parcel.tracking.join(", ")),
        );
    }
    if despatch.parcels.is_empty() {
        page.push_str("<tr><td colspan=\"4\">No parcel is told of.</td></tr>\n");
    }
    table_end(page);
    page.push_str("<dl>\n");
    for (name, time) in [
        ("Handed to the carrier", Some(&despatch.despatched_at)),
        ("Made known by Whistl", despatch.published_at.as_ref()),
        ("Received by Stockbridge", Some(&despatch.received_at)),
        ("In Cin7 Core", despatch.posted_at.as_ref()),
    ] {
        pair(page, name, &html(&at.maybe(time)));
    }
    let goods: Vec<String> = despatch
        .goods
        .iter()
        .map(|goods| match goods.cancelled.as_str() {
            "0" => format!("{} × {}", goods.units, goods.sku),
            short => format!("{} × {} ({short} will not leave)", goods.units, goods.sku),
        })
        .collect();
    if !goods.is_empty() {
        pair(page, "Goods", &html(&goods.join(", ")));
    }
    page.push_str("</dl>\n");
}

fn log(page: &mut String, order: &OrderFacts, at: Clock) {
    page.push_str("<h3>The log's entries</h3>\n");
    let caption = if order.entries_cut {
        "Every call and decision about this order, by Stockbridge's clock; there are more, and these are the newest."
    } else {
        "Every call and decision about this order, by Stockbridge's clock."
    };
    table(
        page,
        "log",
        caption,
        &[
            "Entry",
            "Time",
            "What, and how it came out",
            "Try",
            "SHA-256",
        ],
    );
    for entry in &order.entries {
        one_entry(page, entry, at);
    }
    table_end(page);
}

fn one_entry(page: &mut String, entry: &EntryFacts, at: Clock) {
    let what = sentence(entry);
    let attempt = match entry.attempt {
        0 => String::new(),
        attempt => attempt.to_string(),
    };
    let _ = write!(
        page,
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}{}</td><td>{attempt}</td><td class=\"hashes\">",
        entry.entry,
        html(&at.time(&entry.at)),
        html(&what),
        if entry.withheld {
            "<br>by a person of the merchant's"
        } else {
            ""
        },
    );
    for (name, hash) in [
        ("sent", entry.request_sha256.as_deref()),
        ("received", entry.response_sha256.as_deref()),
        ("chain", Some(entry.hash.as_str())),
    ] {
        if let Some(hash) = hash {
            let _ = write!(page, "<div>{name} {}</div>", code(hash));
        }
    }
    page.push_str("</td></tr>\n");
}

fn proves(page: &mut String) {
    page.push_str("<section>\n<h2>What this proves, and what not</h2>\n");
    for paragraph in WHAT_IT_PROVES.iter().chain([&WHAT_IS_LEFT_OUT]) {
        let _ = writeln!(page, "<p>{}</p>", html(paragraph));
    }
    page.push_str("</section>\n");
}
