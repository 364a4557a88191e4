//! What a user changes on a shipment that is authorised already: on Cin7's own screens its
//! carrier, number and day can be typed over (assumed), and nobody is told.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::Account;
use super::plain::{midnight, parse_time, text};
use super::progress::boxes_of;
use crate::http::Misuse;

/// The fields that can be typed over, as the control interface names them and as Cin7 does.
const FIELDS: [(&str, &str); 3] = [
    ("carrier", "Carrier"),
    ("tracking", "TrackingNumber"),
    ("date", "ShipmentDate"),
];

impl Account {
    /// A user types over a shipped box: `{"box","carrier","tracking","date"}`. Without `box`
    /// every box of the sale's shipments is meant.
    pub fn alter_shipment(
        &mut self,
        number: &str,
        deed: &Value,
        now: DateTime<Utc>,
    ) -> Result<(), Misuse> {
        let index = self.sales.expect(number)?;
        let changes = changes(deed)?;
        let only = deed["box"].as_str();
        let before = self.row(&self.sales.list[index], TimeDelta::zero());
        let mut tasks = self.kept_tasks(index);
        let lines = tasks
            .iter_mut()
            .filter_map(|task| task["Ship"]["Lines"].as_array_mut())
            .flatten()
            .filter(|line| only.is_none_or(|name| boxes_of(line).iter().any(|one| one == name)));
        let mut altered = false;
        for line in lines {
            for (field, value) in &changes {
                line[*field] = value.clone();
            }
            altered = true;
        }
        if !altered {
            return Err(Misuse::bad(format!(
                "alter: {number} has no such box shipped"
            )));
        }
        self.sales.list[index].tasks = Some(tasks);
        self.touched(index, before, now, None);
        Ok(())
    }
}

fn changes(deed: &Value) -> Result<Vec<(&'static str, Value)>, Misuse> {
    let given = deed.as_object();
    let names = given.into_iter().flat_map(|fields| fields.keys());
    for name in names {
        if name != "box" && !FIELDS.iter().any(|(known, _)| known == name) {
            return Err(Misuse::bad(format!(
                "alter: unknown field `{name}`; it takes box, carrier, tracking, date"
            )));
        }
    }
    let mut changes = Vec::new();
    for (name, field) in FIELDS {
        let value = &deed[name];
        if value.is_null() {
            continue;
        }
        let value = match (name, parse_time(text(value))) {
            ("date", Some(day)) => json!(midnight(day.date_naive())),
            ("date", None) => {
                return Err(Misuse::bad(format!(
                    "alter: `date` is {value}; it must be a day"
                )));
            }
            _ => json!(text(value)),
        };
        changes.push((field, value));
    }
    if changes.is_empty() {
        return Err(Misuse::bad("alter: give carrier, tracking or date"));
    }
    Ok(changes)
}
