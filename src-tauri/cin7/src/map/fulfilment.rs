//! Fulfilment tasks, as a sale's detail, the list of tasks and the answer to a stage have them.

use domain::ProductId;
use domain::fulfilment::{Fulfilment, Shipment, TaskLine, TaskStage};
use serde_json::Value;
use vendor::{BadField, json};

use super::{Names, sale_kind};
use crate::record::{BadRecord, Written};
use crate::wire::{StageBody, StageLine, Task};

/// A sale's detail calls its id `ID`, the list of its tasks `SaleID`.
const DETAILED: Names = Names {
    id: &["ID"],
    number: &["Order", "SaleOrderNumber"],
};

/// Reads the tasks in the body of Cin7's answer: of a sale, or of its fulfilments.
///
/// A Simple sale that shows none has one all the same, which goes by the sale's own id
/// (observed); whether that account takes it is seen when it is written to.
///
/// # Errors
/// The field at fault. A task that cannot be read spoils the answer, since what it holds could
/// be told twice.
pub fn read_fulfilments(body: &[u8]) -> Result<Vec<Fulfilment>, BadRecord> {
    let value = json::value(body).map_err(|field| DETAILED.bad(&Value::Null, field))?;
    tasks(&value).map_err(|field| DETAILED.bad(&value, field))
}

fn tasks(value: &Value) -> Result<Vec<Fulfilment>, BadField> {
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
    let read: Vec<Fulfilment> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| task(row).map_err(|field| within(&format!("Fulfilments[{at}]"), field)))
        .collect::<Result<_, _>>()?;
    if !read.is_empty() {
        return Ok(read);
    }
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let is_simple = sale_kind(text("Type")) == domain::SaleKind::Simple;
    let own = text("ID").trim().to_lowercase();
    Ok((is_simple && !own.is_empty())
        .then(|| untouched(own))
        .into_iter()
        .collect())
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
    Ok(Fulfilment {
        task: id,
        pick: stage(pick.status.as_str()),
        picked: lines(pick.lines, "Pick")?,
        pack: stage(pack.status.as_str()),
        packed: lines(pack.lines, "Pack")?,
        ship: stage(ship.status.as_str()),
        shipped: shipments(ship.lines),
    })
}

/// What one stage came to, in the answer to writing it.
pub(crate) fn written(body: &[u8], which: domain::fulfilment::Stage) -> Result<Written, BadField> {
    use domain::fulfilment::Stage;
    let told: StageBody = json::parse(body)?;
    if told.status.trimmed().is_empty() {
        return Err(BadField {
            path: "Status".into(),
            message: "expected how far the stage is".into(),
            value: json::excerpt(None),
        });
    }
    let stage = stage(told.status.as_str());
    Ok(match which {
        Stage::Pick => Written::Pick {
            stage,
            lines: lines(told.lines, "Pick")?,
        },
        Stage::Pack => Written::Pack {
            stage,
            lines: lines(told.lines, "Pack")?,
        },
        Stage::Ship => Written::Ship {
            stage,
            lines: shipments(told.lines),
        },
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

fn lines(lines: Option<Vec<StageLine>>, of: &str) -> Result<Vec<TaskLine>, BadField> {
    lines
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            let quantity = line.quantity.0.ok_or_else(|| BadField {
                path: format!("{of}.Lines[{at}].Quantity"),
                message: "expected a number".into(),
                value: json::excerpt(None),
            })?;
            Ok(TaskLine {
                product: ProductId::parse(line.product_id.trimmed()).ok(),
                sku: line.sku.0,
                quantity,
                box_name: line.box_name.trimmed().to_owned(),
            })
        })
        .collect()
}

fn shipments(lines: Option<Vec<StageLine>>) -> Vec<Shipment> {
    let boxes = |line: &StageLine| -> Vec<String> {
        // Sent as Box, answered as Boxes (documented).
        [line.boxes.as_str(), line.box_name.as_str()]
            .iter()
            .flat_map(|text| text.split(','))
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect()
    };
    lines
        .unwrap_or_default()
        .iter()
        .map(|line| Shipment {
            boxes: boxes(line),
            carrier: line.carrier.trimmed().to_owned(),
            tracking: line.tracking_number.trimmed().to_owned(),
            is_shipped: line.is_shipped.is_set(),
        })
        .collect()
}

fn within(place: &str, field: BadField) -> BadField {
    BadField {
        path: format!("{place}.{}", field.path),
        ..field
    }
}
