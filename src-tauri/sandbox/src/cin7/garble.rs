//! What happens to an answer on its way out: rows with a wrong field, bodies that are
//! broken, cut, huge or late, and connections that drop once the work is done.

use serde_json::{Value, json};

use super::faults::Play;
use super::gate::lost;
use super::plain::text;
use super::reply::Reply;
use crate::faults::seconds;
use crate::http::{Answer, Outcome};

/// A body longer than this is not held in memory: it is played as one without end.
const LARGEST_HELD: u64 = 64 << 20;
const ROW_FAULTS: [&str; 5] = [
    "unknown_status_word",
    "wrong_type",
    "null_fields",
    "missing_fields",
    "tracking_over_256",
];

/// Turns a reply into bytes, rows garbled where asked.
pub(super) fn written(reply: Reply, play: &mut Play) -> Answer {
    match reply {
        Reply::Plain(answer) => answer,
        Reply::Json {
            status,
            mut body,
            rows,
        } => {
            if status == 200 {
                garble_rows(&mut body, rows, play);
            } else if let Some(first) = body.as_array().and_then(|errors| errors.first()).cloned()
                && play.fires("error_object", &[]).is_some()
            {
                body = first;
            }
            Answer::json(status, &body)
        }
    }
}

/// Sends it, or what a bad wire makes of it.
pub(super) fn sent(mut answer: Answer, play: &mut Play) -> Outcome {
    if let Some(how) = play.fires("timeout_after", &[]) {
        return lost(&how);
    }
    let length = answer.body.len();
    let half = |value: &Value| {
        value
            .as_u64()
            .and_then(|bytes| usize::try_from(bytes).ok())
            .unwrap_or(length / 2)
    };
    if play.fires("malformed_json", &[]).is_some() {
        malform(&mut answer.body);
    }
    if let Some(value) = play.fires("truncated_json", &[]) {
        answer.body.truncate(half(&value));
    }
    if let Some(value) = play.fires("giant", &[]) {
        return giant(answer, value.as_u64().unwrap_or(1 << 30));
    }
    if play.fires("endless", &[]).is_some() {
        if answer.body.is_empty() {
            answer.body.push(b' ');
        }
        return Outcome::Endless(answer);
    }
    if let Some(value) = play.fires("cut_off", &[]) {
        let sent = half(&value).min(length);
        return Outcome::CutOff(answer, sent);
    }
    match play.fires("slow", &[]) {
        Some(value) => Outcome::After(seconds(&value, 90), answer),
        None => Outcome::Whole(answer),
    }
}

/// Spoils one colon between a name and its value, about the middle.
fn malform(body: &mut Vec<u8>) {
    let colon = |from: usize| {
        let found = body.windows(2).skip(from).position(|pair| pair == b"\":");
        found.map(|at| from + at + 1)
    };
    match colon(body.len() / 2).or_else(|| colon(0)) {
        Some(at) => body[at] = b';',
        None => body.extend(b"}{"),
    }
}

/// Blanks in front of the body: valid JSON for as long as anybody reads.
fn giant(mut answer: Answer, bytes: u64) -> Outcome {
    if bytes > LARGEST_HELD {
        answer.body = vec![b' '; 64 << 10];
        return Outcome::Endless(answer);
    }
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    let mut padded = vec![b' '; bytes.saturating_sub(answer.body.len())];
    padded.append(&mut answer.body);
    answer.body = padded;
    Outcome::Whole(answer)
}

fn garble_rows(body: &mut Value, rows: Option<&'static str>, play: &mut Play) {
    for fault in ROW_FAULTS {
        if !play.is_on(fault) {
            continue;
        }
        let records: Vec<&mut Value> = match rows {
            Some(key) => body[key].as_array_mut().into_iter().flatten().collect(),
            None => vec![&mut *body],
        };
        garble(fault, records, play);
    }
}

/// A switch with a number hits the row of that number, any other one row of the answer.
fn garble(fault: &str, mut records: Vec<&mut Value>, play: &mut Play) {
    let mut asked_for = false;
    for record in &mut records {
        let names = names(record);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if play.asks_for(fault, &names) {
            asked_for = true;
            if let Some(value) = play.fires(fault, &names) {
                spoil(fault, &value, record);
            }
        }
    }
    if asked_for {
        return;
    }
    let row = play
        .switches(fault)
        .find_map(|switch| switch.value.as_ref()?["row"].as_u64());
    let row = usize::try_from(row.unwrap_or(0)).unwrap_or(0);
    let row = row.min(records.len().saturating_sub(1));
    let Some(record) = records.get_mut(row) else {
        return;
    };
    // An answer that has no such field is not the one that was meant.
    let meant = play
        .switches(fault)
        .filter(|switch| switch.number.is_none())
        .any(|switch| {
            !targets(fault, switch.value.as_ref().unwrap_or(&Value::Null), record).is_empty()
        });
    if meant && let Some(value) = play.fires(fault, &[]) {
        spoil(fault, &value, record);
    }
}

/// What a record goes by.
fn names(record: &Value) -> Vec<String> {
    [
        "/OrderNumber",
        "/SaleID",
        "/SKU",
        "/ID",
        "/Order/SaleOrderNumber",
        "/Name",
    ]
    .iter()
    .filter_map(|place| record.pointer(place).and_then(Value::as_str))
    .map(str::to_owned)
    .collect()
}

/// The fields a fault is about, as far as the record has them.
fn targets(fault: &str, value: &Value, record: &Value) -> Vec<String> {
    let told: Vec<&str> = match value {
        Value::Array(paths) => paths.iter().filter_map(Value::as_str).collect(),
        Value::String(path) if fault != "unknown_status_word" => vec![path],
        _ => value["field"].as_str().into_iter().collect(),
    };
    let usual: &[&str] = match fault {
        "unknown_status_word" => &["OrderStatus", "Order.Status"],
        "tracking_over_256" => &["CombinedTrackingNumbers"],
        "wrong_type" => &["Updated", "Order.Lines[0].Quantity", "SKU"],
        _ => &[
            "Contact",
            "Phone",
            "Email",
            "ShippingNotes",
            "Note",
            "CustomerReference",
            "Carrier",
            "ShipBy",
            "SourceChannel",
            "CombinedTrackingNumbers",
            "ShippingAddress.Line2",
            "ShippingAddress.State",
            "ShippingAddress.Company",
            "Barcode",
            "Weight",
        ],
    };
    let paths = if told.is_empty() { usual } else { &told };
    paths
        .iter()
        .map(|path| pointer(path))
        .filter(|path| record.pointer(path).is_some())
        .collect()
}

/// `Order.Lines[0].Quantity` as `/Order/Lines/0/Quantity`.
fn pointer(path: &str) -> String {
    format!(
        "/{}",
        path.replace('[', ".").replace(']', "").replace('.', "/")
    )
}

fn spoil(fault: &str, value: &Value, record: &mut Value) {
    for path in targets(fault, value, record) {
        if fault == "missing_fields" {
            let Some((parent, field)) = path.rsplit_once('/') else {
                continue;
            };
            if let Some(Value::Object(parent)) = record.pointer_mut(parent) {
                parent.shift_remove(field);
            }
            continue;
        }
        let spoilt = match fault {
            "unknown_status_word" => {
                let word = value.as_str().or_else(|| value["word"].as_str());
                json!(word.unwrap_or("AWAITING THE TIDE"))
            }
            "wrong_type" => value
                .get("as")
                .cloned()
                .unwrap_or_else(|| json!({ "not": "this" })),
            "tracking_over_256" => {
                let whole = record.pointer(&path).map_or("", text);
                let length = whole.chars().count();
                let kept = value.as_u64().and_then(|kept| usize::try_from(kept).ok());
                let kept = kept.unwrap_or(length / 2);
                json!(whole.chars().take(kept).collect::<String>())
            }
            _ => Value::Null,
        };
        if let Some(place) = record.pointer_mut(&path) {
            *place = spoilt;
        }
    }
}
