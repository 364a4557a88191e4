//! What a user does to a fulfilment on Cin7's own screens: the same stages under the same
//! rules, without a call. Played by the control interface and by faults.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Account;
use super::faults::falls_at_pick;
use super::goods::USUAL_BOX;
use super::plain::{decimal, midnight, quantity, text};
use super::progress::{boxes_of, ship_lines};
use super::stages::{Place, Stage, StageWrite};
use crate::faults::Switchboard;
use crate::http::Misuse;

const FIELDS: &str = "stage, lines, carrier, tracking";
const LINE_FIELDS: &str = "sku, quantity, box";

/// What somebody does by hand.
pub(super) struct ByHand {
    /// The last stage of it; those before it are done too if they are not yet.
    pub(super) stage: Stage,
    /// Everything that is left, unless some is named.
    lines: Option<Vec<HandLine>>,
    carrier: Option<String>,
    tracking: String,
}

struct HandLine {
    product: Option<usize>,
    /// All that is left of it, unless said.
    amount: Option<Decimal>,
    parcel: Option<String>,
}

impl Account {
    /// A user does one stage of a sale's fulfilment by hand, with whatever stages it needs
    /// before: `{"stage":"pick|pack|ship","lines":[{"sku","quantity","box"}],"carrier",
    /// "tracking"}`; the whole order when `lines` is absent. When every task is done and
    /// something is left, a further task is made, and the sale is Advanced.
    pub fn fulfil(
        &mut self,
        number: &str,
        deed: &Value,
        board: &Switchboard,
        now: DateTime<Utc>,
    ) -> Result<(), Misuse> {
        let index = self.sales.expect(number)?;
        self.refuse_voided(index, "fulfil")?;
        let deed = self.by_hand(deed)?;
        self.do_by_hand(index, &deed, falls_at_pick(board), now)
    }

    /// Reads what is done by hand; a stage by itself is as good as an object.
    pub(super) fn by_hand(&self, deed: &Value) -> Result<ByHand, Misuse> {
        let named = match deed {
            Value::String(_) => deed,
            _ => &deed["stage"],
        };
        let stage = Stage::named(text(named)).ok_or_else(|| {
            Misuse::bad(format!(
                "fulfil: `stage` is {named}; it must be pick, pack or ship"
            ))
        })?;
        only(deed, FIELDS, "fulfil")?;
        let lines = match &deed["lines"] {
            Value::Null => None,
            Value::Array(lines) => Some(
                lines
                    .iter()
                    .map(|line| self.hand_line(line))
                    .collect::<Result<_, _>>()?,
            ),
            other => {
                return Err(Misuse::bad(format!(
                    "fulfil: `lines` is {other}; it must be a list of lines with {LINE_FIELDS}"
                )));
            }
        };
        Ok(ByHand {
            stage,
            lines,
            carrier: deed["carrier"].as_str().map(str::to_owned),
            tracking: text(&deed["tracking"]).to_owned(),
        })
    }

    fn hand_line(&self, line: &Value) -> Result<HandLine, Misuse> {
        if !line.is_object() {
            return Err(Misuse::bad(format!(
                "fulfil: a line is an object with {LINE_FIELDS}, not {line}"
            )));
        }
        only(line, LINE_FIELDS, "fulfil: a line")?;
        let sku = line["sku"].as_str();
        let given = &line["quantity"];
        let amount = decimal(given);
        if !given.is_null() && amount.is_none_or(|amount| amount <= Decimal::ZERO) {
            return Err(Misuse::bad(format!(
                "fulfil: `quantity` is {given}; it must be a number above 0"
            )));
        }
        Ok(HandLine {
            product: sku.map(|sku| self.catalogue.expect(sku)).transpose()?,
            amount,
            parcel: line["box"].as_str().map(str::to_owned),
        })
    }

    /// Does it, and moves `Updated` if anything came of it.
    pub(super) fn do_by_hand(
        &mut self,
        index: usize,
        deed: &ByHand,
        early: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Misuse> {
        let before = self.row(&self.sales.list[index], TimeDelta::zero());
        let tasks = self.sales.list[index].tasks.clone();
        let done = self.stages_by_hand(index, deed, early, now);
        if self.sales.list[index].tasks != tasks {
            self.touched(index, before, now, None);
        }
        done
    }

    fn stages_by_hand(
        &mut self,
        index: usize,
        deed: &ByHand,
        early: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Misuse> {
        let place = self.task_by_hand(index, deed.stage)?;
        let packed_already = Stage::Pack.status(&self.kept_tasks(index)[place.task]);
        for stage in Stage::ALL.into_iter().filter(|stage| *stage <= deed.stage) {
            let task = self.kept_tasks(index).swap_remove(place.task);
            if stage.status(&task) == "AUTHORISED" {
                continue;
            }
            let body = match stage {
                Stage::Pick => json!({ "Lines": self.pick_by_hand(place, &task, deed) }),
                Stage::Pack => json!({ "Lines": self.pack_by_hand(&task, deed) }),
                Stage::Ship => {
                    self.ship_by_hand(place, &task, deed, packed_already == "AUTHORISED", now)
                }
            };
            self.stage_by_hand(place, stage, body, "AUTHORISED", early)?;
        }
        Ok(())
    }

    fn stage_by_hand(
        &mut self,
        place: Place,
        stage: Stage,
        mut body: Value,
        status: &str,
        early: bool,
    ) -> Result<(), Misuse> {
        body["Status"] = json!(status);
        let body = body.as_object().cloned().unwrap_or_default();
        let write = StageWrite {
            stage,
            body: &body,
            adds: false,
            known_carriers: false,
        };
        let done = self.judge(place, &write).map_err(|problems| {
            let number = &self.sales.list[place.sale].number;
            let name = stage.key().to_lowercase();
            Misuse::bad(format!("{number}: {name}: {}", problems.join(" ")))
        })?;
        self.take_effect(place, done, early && stage == Stage::Pick);
        Ok(())
    }

    /// The first task where the stage is still to do, or a new one for what is left.
    fn task_by_hand(&mut self, index: usize, stage: Stage) -> Result<Place, Misuse> {
        let tasks = self.kept_tasks(index);
        let open = tasks
            .iter()
            .position(|task| !matches!(stage.status(task).as_str(), "AUTHORISED" | "VOIDED"));
        let place = |task| Place { sale: index, task };
        if let Some(task) = open {
            return Ok(place(task));
        }
        let next = place(tasks.len());
        if self.left_by_hand(next, &Value::Null).is_empty() {
            return Err(Misuse::bad(format!(
                "{} has nothing left to {}",
                self.sales.list[index].number,
                stage.key().to_lowercase()
            )));
        }
        self.add_task(index);
        Ok(next)
    }

    /// What is left of each product that stands on a shelf.
    fn left_by_hand(&self, place: Place, task: &Value) -> BTreeMap<usize, Decimal> {
        let mut left = self.left_to_pick(place, task);
        left.retain(|product, amount| {
            *amount > Decimal::ZERO && self.catalogue.list[*product].is_stock()
        });
        left
    }

    /// The lines of a pick, batches chosen as they stand.
    fn pick_by_hand(&self, place: Place, task: &Value, deed: &ByHand) -> Vec<Value> {
        let mut wanted = self.left_by_hand(place, task);
        if let Some(lines) = &deed.lines {
            let left = std::mem::take(&mut wanted);
            for line in lines {
                let Some(product) = line.product else {
                    continue;
                };
                let all = left.get(&product).copied().unwrap_or_default();
                *wanted.entry(product).or_default() += line.amount.unwrap_or(all);
            }
        }
        let location = self.sale_location(&self.sales.list[place.sale]);
        let location = location.unwrap_or_else(|| self.default_location_index());
        let mut lines = Vec::new();
        for (product, mut rest) in wanted {
            let mut line = |amount: Decimal, batch: Option<&str>| {
                lines.push(json!({
                    "ProductID": self.catalogue.list[product].id,
                    "LocationID": self.locations[location].id,
                    "Quantity": quantity(amount),
                    "BatchSN": batch,
                }));
            };
            if self.in_batches(product) {
                let rows = self.catalogue.list[product].rows.iter();
                for row in rows.filter(|row| row.location == location) {
                    let here = rest.min(row.free());
                    if here > Decimal::ZERO && row.batch.is_some() {
                        line(here, row.batch.as_deref());
                        rest -= here;
                    }
                }
            }
            if rest > Decimal::ZERO {
                line(rest, None);
            }
        }
        lines
    }

    /// The picked lines in the boxes that were named, or in one.
    fn pack_by_hand(&self, task: &Value, deed: &ByHand) -> Vec<Value> {
        let mut picked = self.lines_of(task, "Pick");
        let mut packed = Vec::new();
        let Some(lines) = &deed.lines else {
            for line in picked {
                packed.push(self.shown_line(&line, true));
            }
            return packed;
        };
        for line in lines {
            let mut rest = line.amount;
            let same = picked
                .iter_mut()
                .filter(|one| Some(one.goods.product) == line.product);
            for one in same {
                let here = rest.map_or(one.amount, |rest| rest.min(one.amount));
                if here > Decimal::ZERO {
                    let mut shown = self.shown_line(one, true);
                    shown["Quantity"] = quantity(here);
                    shown["Box"] = json!(line.parcel.as_deref().unwrap_or(USUAL_BOX));
                    packed.push(shown);
                    one.amount -= here;
                    rest = rest.map(|rest| rest - here);
                }
            }
        }
        packed
    }

    /// A shipment of all boxes, or of those that are named once they are packed; what has
    /// left already stays as it is.
    fn ship_by_hand(
        &self,
        place: Place,
        task: &Value,
        deed: &ByHand,
        packed_already: bool,
        now: DateTime<Utc>,
    ) -> Value {
        let sale = &self.sales.list[place.sale];
        let usual = self.header(sale, "Carrier");
        let carrier = deed.carrier.as_deref().unwrap_or(text(&usual));
        let mut boxes: Vec<String> = Vec::new();
        for line in self.lines_of(task, "Pack") {
            if !boxes.contains(&line.parcel) {
                boxes.push(line.parcel);
            }
        }
        let named = |parcel: &String| {
            let lines = deed.lines.iter().flatten();
            let mut parcels = lines.filter_map(|line| line.parcel.as_ref());
            !packed_already || deed.lines.is_none() || parcels.any(|one| one == parcel)
        };
        let lines = boxes.iter().map(|parcel| {
            let kept = ship_lines(task).find(|line| boxes_of(line).contains(parcel));
            match kept.filter(|line| line["IsShipped"] == json!(true)) {
                Some(line) => json!({
                    "ShipmentDate": line["ShipmentDate"],
                    "Carrier": line["Carrier"],
                    "Box": parcel,
                    "TrackingNumber": line["TrackingNumber"],
                    "IsShipped": true,
                }),
                None => json!({
                    "ShipmentDate": midnight(now.date_naive()),
                    "Carrier": carrier,
                    "Box": parcel,
                    "TrackingNumber": deed.tracking,
                    "IsShipped": named(parcel),
                }),
            }
        });
        json!({
            "AddTrackingNumbers": true,
            "RequireBy": self.header(sale, "ShipBy"),
            "ShippingAddress": task["Ship"]["ShippingAddress"],
            "ShippingNotes": task["Ship"]["ShippingNotes"],
            "Lines": lines.collect::<Vec<_>>(),
        })
    }

    /// A user begins a pick and leaves it: a draft, with the goods that are left or empty.
    /// Nothing while a task is under way or when all is gone.
    pub(super) fn leave_draft(
        &mut self,
        index: usize,
        empty: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Misuse> {
        let tasks = self.kept_tasks(index);
        let under_way = tasks.iter().any(|task| {
            let untouched = Stage::Pick.status(task) == "NOT AVAILABLE";
            !untouched && !matches!(Stage::Ship.status(task).as_str(), "AUTHORISED" | "VOIDED")
        });
        let next = Place {
            sale: index,
            task: tasks.len(),
        };
        if under_way || self.left_by_hand(next, &Value::Null).is_empty() {
            return Ok(());
        }
        let before = self.row(&self.sales.list[index], TimeDelta::zero());
        let place = self.task_by_hand(index, Stage::Pick)?;
        let deed = ByHand {
            stage: Stage::Pick,
            lines: empty.then(Vec::new),
            carrier: None,
            tracking: String::new(),
        };
        let task = self.kept_tasks(index).swap_remove(place.task);
        let body = json!({ "Lines": self.pick_by_hand(place, &task, &deed) });
        let left = self.stage_by_hand(place, Stage::Pick, body, "DRAFT", false);
        self.touched(index, before, now, None);
        left
    }
}

/// Refuses a field that is not one of these.
fn only(given: &Value, fields: &str, call: &str) -> Result<(), Misuse> {
    let known = |name: &str| fields.split(", ").any(|field| field == name);
    let names = given.as_object().into_iter().flat_map(|map| map.keys());
    match names.into_iter().find(|name| !known(name)) {
        Some(name) => Err(Misuse::bad(format!(
            "{call}: unknown field `{name}`; it takes {fields}"
        ))),
        None => Ok(()),
    }
}
