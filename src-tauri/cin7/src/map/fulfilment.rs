//! Fulfilment tasks, as a sale's detail, the list of tasks and the answer to a stage have them.

use domain::SaleId;
use domain::fulfilment::{Fulfilment, Shipment, Stage, TaskLine, TaskStage};
use serde_json::Value;
use vendor::{BadField, json, lenient};

use super::{DETAILED, missing, named_product, sale_kind, text_at};
use crate::record::{BadRecord, Written};
use crate::wire::{StageBody, StageLine, Task};

/// Reads the tasks in the body of Cin7's answer: of a sale, or of its fulfilments.
///
/// A Simple sale that shows none has one all the same, which goes by the sale's own id
/// (observed); whether that account takes it is seen when it is written to.
///
/// # Errors
/// The field at fault. A task that cannot be read spoils the answer, since what it holds could
/// be told twice; and something that is no sale must not pass for one without tasks.
pub fn read_fulfilments(body: &[u8]) -> Result<Vec<Fulfilment>, BadRecord> {
    let value = json::value(body).map_err(|field| DETAILED.bad(&Value::Null, field))?;
    tasks(&value).map_err(|field| DETAILED.bad(&value, field))
}

/// The same from the answer to asking for another task of this sale, which must show one.
pub(crate) fn fulfilments_of(body: &[u8], sale: &SaleId) -> Result<Vec<Fulfilment>, BadField> {
    let value = json::value(body)?;
    let named = sale_of(&value)?;
    if !named.eq_ignore_ascii_case(sale.as_str()) {
        return Err(BadField {
            path: "SaleID".into(),
            message: format!("expected the sale written to, {sale}"),
            value: json::excerpt(Some(&Value::from(named))),
        });
    }
    let tasks = shown_tasks(&value)?;
    if tasks.is_empty() {
        return Err(missing("Fulfilments", "the new task"));
    }
    Ok(tasks)
}

fn tasks(value: &Value) -> Result<Vec<Fulfilment>, BadField> {
    let sale = sale_of(value)?;
    let shown = shown_tasks(value)?;
    if !shown.is_empty() {
        return Ok(shown);
    }
    let kind = value.get("Type").and_then(Value::as_str);
    let is_simple = sale_kind(kind.unwrap_or_default()) == domain::SaleKind::Simple;
    Ok(is_simple.then(|| untouched(sale)).into_iter().collect())
}

/// The sale they are of, in lower case: the list of tasks calls it `SaleID`, a sale's detail
/// `ID`.
fn sale_of(value: &Value) -> Result<String, BadField> {
    text_at(value, &["SaleID"])
        .or_else(|| text_at(value, DETAILED.id))
        .map(|id| id.to_lowercase())
        .ok_or_else(|| missing("SaleID", "the sale's id"))
}

fn shown_tasks(value: &Value) -> Result<Vec<Fulfilment>, BadField> {
    let rows = match value.get("Fulfilments") {
        Some(Value::Array(rows)) => rows.as_slice(),
        None | Some(Value::Null) => &[],
        Some(other) => {
            return Err(BadField {
                path: "Fulfilments".into(),
                message: "expected a list".into(),
                value: json::excerpt(Some(other)),
            });
        }
    };
    rows.iter()
        .enumerate()
        .map(|(at, row)| task(row).map_err(|field| within(&format!("Fulfilments[{at}]"), field)))
        .collect()
}

fn untouched(task: String) -> Fulfilment {
    Fulfilment {
        task,
        pick: TaskStage::Open,
        picked: Vec::new(),
        pack: TaskStage::Open,
        packed: Vec::new(),
        ship: TaskStage::Open,
        shipped: Vec::new(),
    }
}

fn task(row: &Value) -> Result<Fulfilment, BadField> {
    let task: Task = json::from_value(row)?;
    let id = task.id.trimmed().to_lowercase();
    if id.is_empty() {
        return Err(BadField {
            path: "TaskID".into(),
            message: "expected the task's id".into(),
            value: json::excerpt(row.get("TaskID")),
        });
    }
    let (pick, pack, ship) = (
        task.pick.unwrap_or_default(),
        task.pack.unwrap_or_default(),
        task.ship.unwrap_or_default(),
    );
    let packed = packed(pack.lines, "Pack.")?;
    let shipped = {
        let names: Vec<&str> = packed.iter().map(|line| line.box_name.as_str()).collect();
        shipments(ship.lines, |text| boxes_among(&names, text))
    };
    Ok(Fulfilment {
        task: id,
        pick: stage(pick.status.as_str()),
        picked: picked(pick.lines, "Pick.")?,
        pack: stage(pack.status.as_str()),
        packed,
        ship: stage(ship.status.as_str()),
        shipped,
    })
}

/// The task as it was last written to: the bodies of its stages as they were sent, none for a
/// stage that was not written.
///
/// # Errors
/// The field at fault, when a body is none of ours.
pub fn read_posted(
    task: &str,
    pick: Option<&[u8]>,
    pack: Option<&[u8]>,
    ship: Option<&[u8]>,
) -> Result<Fulfilment, BadRecord> {
    let mut row = serde_json::Map::from_iter([("TaskID".to_owned(), Value::from(task))]);
    for (name, body) in [("Pick", pick), ("Pack", pack), ("Ship", ship)] {
        if let Some(body) = body {
            let body = json::value(body).map_err(|field| DETAILED.bad(&Value::Null, field))?;
            row.insert(name.to_owned(), body);
        }
    }
    let row = Value::Object(row);
    self::task(&row).map_err(|field| DETAILED.bad(&row, field))
}

/// What one stage of that task came to, in the answer to writing it. What is missing makes
/// the answer unreadable here, where in a sale it means that nothing is there yet: it must
/// say what became of the writing, since a 200 proves no effect (observed).
pub(crate) fn written(body: &[u8], which: Stage, task: &str) -> Result<Written, BadField> {
    let told: StageBody = json::parse(body)?;
    same_task(told.task_id.trimmed(), task)?;
    if told.status.trimmed().is_empty() {
        return Err(missing("Status", "how far the stage is"));
    }
    if told.lines.is_none() {
        return Err(missing("Lines", "a list"));
    }
    let stage = stage(told.status.as_str());
    Ok(match which {
        Stage::Pick => Written::Pick {
            stage,
            lines: picked(told.lines, "")?,
        },
        Stage::Pack => Written::Pack {
            stage,
            lines: packed(told.lines, "")?,
        },
        Stage::Ship => Written::Ship {
            stage,
            lines: shipments(told.lines, either_reading),
        },
    })
}

/// An answer about another task, or about none, is no answer about this one.
pub(super) fn same_task(named: &str, task: &str) -> Result<(), BadField> {
    if !task.is_empty() && named.eq_ignore_ascii_case(task) {
        return Ok(());
    }
    Err(BadField {
        path: "TaskID".into(),
        message: format!("expected the task meant, {task}"),
        value: json::excerpt(Some(&Value::from(named)).filter(|_| !named.is_empty())),
    })
}

fn stage(word: &str) -> TaskStage {
    match word.trim().to_uppercase().as_str() {
        "" | "NOT AVAILABLE" | "DRAFT" => TaskStage::Open,
        "AUTHORISED" => TaskStage::Done,
        "PARTIALLY AUTHORISED" => TaskStage::Partly,
        "VOIDED" => TaskStage::Voided,
        _ => TaskStage::Unknown(word.to_owned()),
    }
}

/// Lines of a pick, which lie in no box; `path` is where their list stands, with its full stop.
fn picked(lines: Option<Vec<StageLine>>, path: &str) -> Result<Vec<TaskLine>, BadField> {
    let mut lines = packed(lines, path)?;
    for line in &mut lines {
        line.box_name.clear();
    }
    Ok(lines)
}

fn packed(lines: Option<Vec<StageLine>>, path: &str) -> Result<Vec<TaskLine>, BadField> {
    lines
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            let quantity = line
                .quantity
                .0
                .ok_or_else(|| missing(&format!("{path}Lines[{at}].Quantity"), "a number"))?;
            Ok(TaskLine {
                product: named_product(&line.product_id),
                sku: line.sku.0,
                quantity,
                box_name: line.box_name.trimmed().to_owned(),
            })
        })
        .collect()
}

fn shipments(lines: Option<Vec<StageLine>>, boxes: impl Fn(&str) -> Vec<String>) -> Vec<Shipment> {
    lines
        .unwrap_or_default()
        .iter()
        .map(|line| Shipment {
            // Sent as Box, answered as Boxes (documented).
            boxes: [line.boxes.trimmed(), line.box_name.trimmed()]
                .into_iter()
                .flat_map(&boxes)
                .collect(),
            carrier: line.carrier.trimmed().to_owned(),
            tracking: line.tracking_number.trimmed().to_owned(),
            day: lenient::day(line.shipment_date.trimmed()),
            is_shipped: line.is_shipped.is_set(),
        })
        .collect()
}

/// The boxes of a line that lists them with commas. A box's name may hold commas itself, so
/// the longest name that was packed is taken first, and a piece only where none fits.
fn boxes_among(packed: &[&str], text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let ends_there = |name: &&&str| {
            rest.strip_prefix(**name).is_some_and(|after| {
                after.trim_start().is_empty() || after.trim_start().starts_with(',')
            })
        };
        let known = packed
            .iter()
            .filter(|name| !name.is_empty())
            .filter(ends_there)
            .max_by_key(|name| name.len());
        let length = known.map_or_else(|| rest.find(',').unwrap_or(rest.len()), |name| name.len());
        let (name, after) = rest.split_at(length);
        if !name.trim().is_empty() {
            found.push(name.trim().to_owned());
        }
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    found
}

/// The boxes of a line where what was packed is not at hand: its pieces, and the whole, since
/// it may be one box with a comma in its name.
fn either_reading(text: &str) -> Vec<String> {
    let mut found = boxes_among(&[], text);
    if found.len() > 1 {
        found.push(text.to_owned());
    }
    found
}

fn within(place: &str, field: BadField) -> BadField {
    BadField {
        path: format!("{place}.{}", field.path),
        ..field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_in_a_boxs_name_survives_being_read_back() {
        let packed = ["D1,A/1", "D1,A/2", "D1", "C"];
        let read = |text| boxes_among(&packed, text);
        assert_eq!(read("D1,A/1"), ["D1,A/1"]);
        assert_eq!(read("D1,A/1,D1,A/2 , C,"), ["D1,A/1", "D1,A/2", "C"]);
        assert_eq!(read("D1, C"), ["D1", "C"]);
        assert_eq!(read("by hand,,D1,A/2"), ["by hand", "D1,A/2"]);
        assert_eq!(read(" , "), Vec::<String>::new());
        assert_eq!(either_reading("D1,A/1"), ["D1", "A/1", "D1,A/1"]);
        assert_eq!(either_reading("D1/1"), ["D1/1"]);
    }
}
