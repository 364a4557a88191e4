//! Shipping: which box left when, by whom and under which number. `Box` goes in and
//! `Boxes` comes out; lines carry no goods, the boxes of the pack do.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Account;
use super::detail::{View, in_format};
use super::goods::authorised;
use super::plain::{midnight, object, parse_time, text, truth_of};
use super::progress::{boxes_of, boxes_sent, ship_lines};
use super::stages::{Done, Stage, StageWrite};
use super::write::ship_to;

const TRACKING_LENGTH: usize = 256;
const CARRIER_LENGTH: usize = 256;

/// Whether a shipment is told to take other carriers and numbers. Documented: the only
/// way to change one that is authorised.
pub(super) fn corrects(write: &StageWrite) -> bool {
    write.stage == Stage::Ship && write.body.get("AddTrackingNumbers").is_some_and(truth_of)
}

impl Account {
    /// Judges a shipment.
    pub(super) fn ships(&self, write: &StageWrite, mut task: Value) -> Result<Done, Vec<String>> {
        let before = Stage::Ship.status(&task);
        let correction = before.ends_with("AUTHORISED");
        let mut problems = Vec::new();
        authorised(write, &mut problems);
        let require_by = require_by(write, &mut problems);
        let mut lines = self.read_lines(write, &task, &mut problems);
        self.listed_boxes(write, &task, &lines, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        if correction {
            for line in &mut lines {
                keep_what_is_done(line, &task);
            }
        }
        let sent_before = boxes_sent(&task);
        task["Ship"]["RequireBy"] = require_by.clone();
        if !correction {
            // Assumed: like every body, what is left out becomes empty.
            task["Ship"]["ShippingAddress"] = ship_to(write.body.get("ShippingAddress"));
            let notes = write.body.get("ShippingNotes").map_or("", text);
            task["Ship"]["ShippingNotes"] = json!(notes);
        }
        task["Ship"]["Lines"] = Value::Array(lines);
        let sent = boxes_sent(&task);
        // Documented: authorised by itself once every packed box is shipped, and not before.
        let (status, fulfilment) = if self.packed_boxes(&task).is_subset(&sent) {
            ("AUTHORISED", "FULFILLED")
        } else if sent.is_empty() {
            ("DRAFT", "NOT FULFILLED")
        } else {
            ("PARTIALLY AUTHORISED", "PARTIALLY FULFILLED")
        };
        task["Ship"]["Status"] = json!(status);
        task["FulFilmentStatus"] = json!(fulfilment);
        let left = self
            .lines_of(&task, "Pack")
            .into_iter()
            .filter(|line| sent.contains(&line.parcel) && !sent_before.contains(&line.parcel));
        let tracked = ship_lines(&task).any(|line| !text(&line["TrackingNumber"]).is_empty());
        Ok(Done {
            left: left.map(|line| (line.goods, line.amount)).collect(),
            tells: status == "AUTHORISED" && before != "AUTHORISED" && tracked,
            require_by: Some(require_by),
            ..Done::of(task)
        })
    }

    /// The lines as they are answered and kept.
    fn read_lines(
        &self,
        write: &StageWrite,
        task: &Value,
        problems: &mut Vec<String>,
    ) -> Vec<Value> {
        let sent = write.body.get("Lines").and_then(Value::as_array);
        if sent.is_none_or(Vec::is_empty) {
            problems.push("'Lines' is required.".to_owned());
        }
        let kept = ship_lines(task).filter(|_| write.adds);
        let mut lines: Vec<Value> = kept.cloned().collect();
        for (place, line) in sent.into_iter().flatten().enumerate() {
            let field = |name: &str| text(&line[name]).trim();
            for name in ["ShipmentDate", "Box"] {
                if field(name).is_empty() {
                    problems.push(format!("'Lines[{place}].{name}' is required."));
                }
            }
            for (name, length) in [
                ("TrackingNumber", TRACKING_LENGTH),
                ("Carrier", CARRIER_LENGTH),
            ] {
                if field(name).chars().count() > length {
                    problems.push(format!("'{name}' is longer than {length} characters."));
                }
            }
            let (carrier, date) = (field("Carrier"), field("ShipmentDate"));
            let known = self.seed.carriers.iter().any(|one| one == carrier);
            if write.known_carriers && !carrier.is_empty() && !known {
                problems.push(format!("Carrier '{carrier}' was not found."));
            }
            let shipped = parse_time(date).map(|at| midnight(at.date_naive()));
            if shipped.is_none() && !date.is_empty() {
                problems.push(format!("The value '{date}' is not valid for ShipmentDate."));
            }
            let boxes = field("Box");
            if write.adds {
                lines.retain(|kept| text(&kept["Boxes"]) != boxes);
            }
            lines.push(Value::Object(object([
                ("ID", self.line_id(task, boxes)),
                ("ShipmentDate", json!(shipped)),
                ("Carrier", json!(carrier)),
                ("Boxes", json!(boxes)),
                ("TrackingNumber", json!(field("TrackingNumber"))),
                ("TrackingURL", json!("")),
                ("IsShipped", json!(truth_of(&line["IsShipped"]))),
            ])));
        }
        lines
    }

    /// A line keeps its ID as long as it has the same boxes.
    fn line_id(&self, task: &Value, boxes: &str) -> Value {
        let mut kept = ship_lines(task);
        let same = kept.find(|line| text(&line["Boxes"]) == boxes);
        let new = || json!(self.guid("shipment", &format!("{}/{boxes}", text(&task["TaskID"]))));
        same.map_or_else(new, |line| line["ID"].clone())
    }

    /// Documented: PUT lists all boxes of the pack. Wordings are assumed.
    fn listed_boxes(
        &self,
        write: &StageWrite,
        task: &Value,
        lines: &[Value],
        problems: &mut Vec<String>,
    ) {
        let packed = self.packed_boxes(task);
        let mut listed: BTreeSet<String> = BTreeSet::new();
        for name in lines
            .iter()
            .flat_map(boxes_of)
            .filter(|name| !name.is_empty())
        {
            if !packed.contains(&name) {
                problems.push(format!("Box '{name}' was not found in the packing."));
            } else if !listed.insert(name.clone()) {
                problems.push(format!("Box '{name}' is listed more than once."));
            }
        }
        if !write.adds {
            for name in packed.difference(&listed) {
                problems.push(format!("Box '{name}' must be listed."));
            }
        }
    }

    fn packed_boxes(&self, task: &Value) -> BTreeSet<String> {
        self.lines_of(task, "Pack")
            .into_iter()
            .map(|line| line.parcel)
            .collect()
    }
}

/// Documented: overwrites the order's required-by date; left out it is emptied (assumed).
fn require_by(write: &StageWrite, problems: &mut Vec<String>) -> Value {
    let given = write.body.get("RequireBy").map_or("", text);
    let at = parse_time(given);
    if at.is_none() && !given.trim().is_empty() {
        problems.push(format!("The value '{given}' is not valid for RequireBy."));
    }
    json!(at.map(|at| midnight(at.date_naive())))
}

/// On an authorised shipment carrier and tracking may change and boxes may follow; what
/// has left stays where and when it was.
fn keep_what_is_done(line: &mut Value, task: &Value) {
    let mut dates: BTreeMap<String, Value> = BTreeMap::new();
    for kept in ship_lines(task).filter(|kept| truth_of(&kept["IsShipped"])) {
        for name in boxes_of(kept) {
            dates.insert(name, kept["ShipmentDate"].clone());
        }
    }
    if let Some(date) = boxes_of(line).iter().find_map(|name| dates.get(name)) {
        line["ShipmentDate"] = date.clone();
        line["IsShipped"] = json!(true);
    }
}

/// A stage as it is answered.
pub(super) fn reply(task: &Value, stage: Stage) -> Value {
    let shown = in_format(task, View::default());
    let mut body = object([("TaskID", task["TaskID"].clone())]);
    if let Value::Object(fields) = &shown[stage.key()] {
        body.extend(fields.clone());
    }
    Value::Object(body)
}
