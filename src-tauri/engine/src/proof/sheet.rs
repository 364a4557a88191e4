//! The pack as a table for a spreadsheet: a row for each fact, then the facts for machines
//! in rows of their own, then the seal.

use super::Form;
use super::facts::{Asked, DespatchFacts, EntryFacts, Facts, OrderFacts};
use super::seal::{Seal, hash};
use super::tell::{
    Clock, WHAT_IS_LEFT_OUT, WHAT_IT_PROVES, clock, sentence, side, standing, what_of,
};
use crate::escape::{CSV_MARK, cell, for_machines};

/// What the columns are. A row leaves empty what it does not have.
const TITLES: [&str; 14] = [
    "row",
    "order",
    "time_utc",
    "time_local",
    "side",
    "what",
    "clock",
    "outcome",
    "attempt",
    "seconds",
    "entry",
    "sent_sha256",
    "received_sha256",
    "chain_sha256",
];

/// What begins a row of the facts for machines. The stroke keeps a cell from beginning with
/// a formula's sign, wherever the facts are cut.
const BLOCK: &str = "\"facts\",\"|";
const BLOCK_END: &str = "\"";

/// Characters of the facts in one row: a spreadsheet's cell holds 32,767.
const PIECE: usize = 16_000;

/// The facts as they stand in a table.
pub(super) fn block(table: &str) -> Option<String> {
    let mut block = String::new();
    for line in table.lines() {
        if let Some(rest) = line.strip_prefix(BLOCK) {
            block.push_str(&rest.strip_suffix(BLOCK_END)?.replace("\"\"", "\""));
        }
    }
    Some(block).filter(|block| !block.is_empty())
}

/// A row half made.
#[derive(Default)]
struct Row<'a> {
    kind: &'a str,
    order: &'a str,
    at: Option<&'a str>,
    side: &'a str,
    what: String,
    clock: &'a str,
    outcome: String,
    attempt: u32,
    seconds: Option<i64>,
    entry: Option<i64>,
    sent: &'a str,
    received: &'a str,
    chain: &'a str,
}

/// The table.
pub(super) fn written(facts: &Facts) -> String {
    let at = Clock::of(facts);
    let block = for_machines(facts);
    let mut table = String::from(CSV_MARK);
    line(&mut table, &TITLES.map(str::to_owned));
    for row in about(facts, &hash(&block)) {
        put(&mut table, row, at);
    }
    for order in &facts.orders {
        for row in of_order(order) {
            put(&mut table, row, at);
        }
    }
    let letters: Vec<char> = block.chars().collect();
    for piece in letters.chunks(PIECE) {
        let piece: String = piece.iter().collect();
        table.push_str(BLOCK);
        table.push_str(&piece.replace('"', "\"\""));
        table.push_str(BLOCK_END);
        table.push_str("\r\n");
    }
    let seal = Seal::of(&block, &table).line(Form::Csv);
    table + &seal
}

fn put(table: &mut String, row: Row<'_>, at: Clock) {
    let number = |number: Option<i64>| number.map(|one| one.to_string()).unwrap_or_default();
    line(
        table,
        &[
            row.kind.to_owned(),
            row.order.to_owned(),
            row.at.unwrap_or_default().to_owned(),
            row.at.map(|text| at.time(text)).unwrap_or_default(),
            row.side.to_owned(),
            row.what,
            row.clock.to_owned(),
            row.outcome,
            number(Some(i64::from(row.attempt)).filter(|attempt| *attempt > 0)),
            number(row.seconds),
            number(row.entry),
            row.sent.to_owned(),
            row.received.to_owned(),
            row.chain.to_owned(),
        ],
    );
}

fn line(table: &mut String, cells: &[String]) {
    for (at, text) in cells.iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        table.push_str(&cell(text));
    }
    table.push_str("\r\n");
}

fn about<'a>(facts: &'a Facts, fingerprint: &str) -> Vec<Row<'a>> {
    let row = |what: String| Row {
        kind: "about",
        what,
        ..Row::default()
    };
    let mut rows = vec![Row {
        at: Some(&facts.made_at),
        ..row(format!("Made by Stockbridge {}", facts.program))
    }];
    if let Asked::Days { from, to } = &facts.asked {
        rows.push(row(format!("Orders that came in from {from} to {to}")));
    }
    rows.push(row(format!("Local times are those of {}", facts.time_zone)));
    rows.push(row(format!("Fingerprint of the facts: {fingerprint}")));
    rows.push(Row {
        entry: Some(facts.head.entries),
        chain: &facts.head.hash,
        ..row("The log's end".into())
    });
    let said = WHAT_IT_PROVES.iter().chain([&WHAT_IS_LEFT_OUT]);
    rows.extend(said.map(|text| row((*text).to_owned())));
    rows
}

fn of_order(order: &OrderFacts) -> Vec<Row<'_>> {
    let row = |kind, what: String| Row {
        kind,
        order: &order.number,
        what,
        ..Row::default()
    };
    let mut rows = vec![Row {
        outcome: order.state.clone(),
        ..row(
            "order",
            format!("{} {}", order.value, order.currency)
                .trim()
                .to_owned(),
        )
    }];
    for moment in &order.moments {
        rows.push(Row {
            at: Some(&moment.at),
            side: side(&moment.side),
            clock: clock(&moment.clock),
            entry: moment.entry,
            ..row("moment", moment.what.clone())
        });
    }
    for wait in &order.waits {
        rows.push(Row {
            at: Some(&wait.from),
            side: side(&wait.who),
            seconds: Some(wait.seconds),
            outcome: wait
                .to
                .as_ref()
                .map_or_else(|| "still".into(), |to| format!("to {to}")),
            ..row("wait", what_of(wait))
        });
    }
    for despatch in &order.despatches {
        rows.extend(of_despatch(despatch, &order.number));
    }
    for entry in &order.entries {
        rows.push(of_entry(entry, &order.number));
    }
    rows
}

fn of_despatch<'a>(despatch: &'a DespatchFacts, order: &'a str) -> Vec<Row<'a>> {
    let id = &despatch.despatch_id;
    let mut rows = vec![Row {
        kind: "despatch",
        order,
        at: Some(&despatch.despatched_at),
        side: side("warehouse"),
        clock: clock("whistl"),
        what: format!("{id}: {} units", despatch.units),
        outcome: standing(despatch),
        ..Row::default()
    }];
    let row = |kind, what: String| Row {
        kind,
        order,
        what,
        ..Row::default()
    };
    for goods in &despatch.goods {
        rows.push(Row {
            outcome: match goods.cancelled.as_str() {
                "0" => String::new(),
                short => format!("{short} will not leave"),
            },
            ..row("goods", format!("{id}: {} of {}", goods.units, goods.sku))
        });
    }
    for parcel in &despatch.parcels {
        let carried = [parcel.carrier.as_str(), parcel.service.as_str()];
        let carried: Vec<&str> = carried.into_iter().filter(|by| !by.is_empty()).collect();
        let what = format!("{id} parcel {}: {}", parcel.number, carried.join(", "));
        rows.push(Row {
            outcome: parcel.tracking.join(" "),
            ..row("parcel", what)
        });
    }
    for step in &despatch.steps {
        rows.push(Row {
            at: Some(&step.began_at),
            side: side("stockbridge"),
            clock: clock("stockbridge"),
            attempt: step.attempt,
            outcome: step.outcome.clone(),
            ..row("step", format!("{id}: {} in Cin7 Core", step.step))
        });
    }
    rows
}

fn of_entry<'a>(entry: &'a EntryFacts, order: &'a str) -> Row<'a> {
    Row {
        kind: "entry",
        order,
        at: Some(&entry.at),
        side: if entry.withheld {
            side("office")
        } else {
            side("stockbridge")
        },
        clock: clock("stockbridge"),
        what: sentence(entry),
        outcome: entry.outcome.clone(),
        attempt: entry.attempt,
        entry: Some(entry.entry),
        sent: entry.request_sha256.as_deref().unwrap_or_default(),
        received: entry.response_sha256.as_deref().unwrap_or_default(),
        chain: &entry.hash,
        ..Row::default()
    }
}
