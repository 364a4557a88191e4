//! The three stages of a fulfilment task: the order in which they come, what is refused
//! before anybody looks at the lines, and how a stage that was found good takes effect.
//! The rules about lines live in `pick`, `pack` and `ship`.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::Account;
use super::detail::View;
use super::fill::STATUS_WORDS;
use super::plain::{text, word};
use super::taken::{Found, Goods};

/// A step of a fulfilment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Pick,
    Pack,
    Ship,
}

/// One task of one sale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) sale: usize,
    pub(super) task: usize,
}

/// A stage as somebody wants it.
pub(super) struct StageWrite<'a> {
    pub(super) stage: Stage,
    pub(super) body: &'a Map<String, Value>,
    /// Whether lines are added to those that are there (POST) and do not replace them (PUT).
    pub(super) adds: bool,
    /// Whether a carrier that is not in `ref/carrier` is refused (A10).
    pub(super) known_carriers: bool,
}

/// A stage that nothing stands against, before it takes effect.
pub(super) struct Done {
    /// The whole task as it will be.
    pub(super) task: Value,
    /// What the pick holds.
    pub(super) found: Vec<Found>,
    /// What the shipment takes away.
    pub(super) left: Vec<(Goods, Decimal)>,
    /// Whether the customer is told.
    pub(super) tells: bool,
    /// The order's new required-by date.
    pub(super) require_by: Option<Value>,
}

impl Done {
    pub(super) fn of(task: Value) -> Self {
        Self {
            task,
            found: Vec::new(),
            left: Vec::new(),
            tells: false,
            require_by: None,
        }
    }
}

impl Stage {
    pub(super) const ALL: [Self; 3] = [Self::Pick, Self::Pack, Self::Ship];

    /// Its key in a task.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Pick => "Pick",
            Self::Pack => "Pack",
            Self::Ship => "Ship",
        }
    }

    /// By its name in paths and control calls.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.key().to_lowercase() == name)
    }

    fn before(self) -> Option<Self> {
        match self {
            Self::Pick => None,
            Self::Pack => Some(Self::Pick),
            Self::Ship => Some(Self::Pack),
        }
    }

    /// The word for where it stands in a task.
    pub(super) fn status(self, task: &Value) -> String {
        word(&task[self.key()]["Status"])
    }

    /// What a refusal says of it. Only "Status is AUTHORISED" was ever seen, the rest of
    /// the sentence is assumed (A30).
    fn refusal(self, status: &str) -> String {
        let doing = match self {
            Self::Pick => "Picking",
            Self::Pack => "Packing",
            Self::Ship => "Shipping",
        };
        format!("Sale {doing} Status is {status}.")
    }
}

impl Account {
    /// The tasks as they are kept; the empty one that a sale begins with is made up.
    pub(super) fn kept_tasks(&self, index: usize) -> Vec<Value> {
        let sale = &self.sales.list[index];
        match (&sale.tasks, sale.order_status().as_str()) {
            (Some(tasks), _) => tasks.clone(),
            (None, "VOIDED") => vec![self.task(sale, View::default(), "VOIDED", "VOIDED")],
            (None, _) => {
                vec![self.task(sale, View::default(), "NOT AVAILABLE", "NOT FULFILLED")]
            }
        }
    }

    /// Where the task of that ID is. A sale that nobody has touched is found by its own
    /// ID (observed for Simple sales).
    pub(super) fn place_of_task(&self, id: &str) -> Option<Place> {
        let within = |sale: usize| {
            let mut tasks = self.sales.list[sale].tasks.iter().flatten();
            let task = tasks.position(|task| text(&task["TaskID"]).eq_ignore_ascii_case(id))?;
            Some(Place { sale, task })
        };
        match self.sales.index_of_id(id) {
            Some(sale) if self.sales.list[sale].tasks.is_none() => Some(Place { sale, task: 0 }),
            Some(sale) => within(sale),
            None if id.is_empty() => None,
            None => (0..self.sales.list.len()).find_map(within),
        }
    }

    /// Judges a stage. Nothing changes yet.
    pub(super) fn judge(&self, place: Place, write: &StageWrite) -> Result<Done, Vec<String>> {
        let task = self.kept_tasks(place.sale).swap_remove(place.task);
        self.in_order(place, write, &task)
            .map_err(|problem| vec![problem])?;
        match write.stage {
            Stage::Pick => self.picks(place, write, task),
            Stage::Pack => self.packs(write, task),
            Stage::Ship => self.ships(write, task),
        }
    }

    /// The order of the stages. Documented, but for the wording.
    fn in_order(&self, place: Place, write: &StageWrite, task: &Value) -> Result<(), String> {
        let order = self.sales.list[place.sale].order_status();
        if order == "VOIDED" || (write.stage == Stage::Pick && order != "AUTHORISED") {
            return Err(format!("Sale Order Status is {order}."));
        }
        if let Some(before) = write.stage.before() {
            let status = before.status(task);
            if status != "AUTHORISED" {
                return Err(before.refusal(&status));
            }
        }
        let status = write.stage.status(task);
        let open = matches!(status.as_str(), "DRAFT" | "NOT AVAILABLE" | "");
        if open || (super::ship::corrects(write) && status != "VOIDED") {
            Ok(())
        } else {
            Err(write.stage.refusal(&status))
        }
    }

    /// Lets a stage take effect; with `early` levels fall at the pick.
    pub(super) fn take_effect(&mut self, place: Place, done: Done, early: bool) {
        let mut tasks = self.kept_tasks(place.sale);
        let id = text(&done.task["TaskID"]).to_owned();
        tasks[place.task] = done.task;
        let sale = &mut self.sales.list[place.sale];
        sale.tasks = Some(tasks);
        sale.undone = false;
        for word in STATUS_WORDS.into_iter().chain(["CombinedTrackingNumbers"]) {
            sale.header.shift_remove(word);
        }
        sale.notified += u64::from(done.tells);
        if let Some(date) = done.require_by {
            sale.header.insert("ShipBy".into(), date);
        }
        self.hold(place.sale, &id, &done.found, early);
        self.leave(place.sale, &id, &done.left);
        if !done.left.is_empty() || (early && !done.found.is_empty()) {
            self.allocate(place.sale);
        }
    }

    /// Makes a further task. The sale is Advanced from here on, for ever (documented).
    pub(super) fn add_task(&mut self, index: usize) {
        let mut tasks = self.sales.list[index].tasks.take().unwrap_or_default();
        let sale = &self.sales.list[index];
        let number = tasks.len() + 1;
        let mut task = self.task(sale, View::default(), "NOT AVAILABLE", "NOT FULFILLED");
        task["TaskID"] = json!(self.guid("task", &format!("{}/{number}", sale.id)));
        task["FulfillmentNumber"] = json!(number);
        task["Pick"]["Status"] = json!("DRAFT");
        tasks.push(task);
        let sale = &mut self.sales.list[index];
        sale.tasks = Some(tasks);
        if sale.kind() == "SIMPLE SALE" {
            sale.header.insert("Type".into(), json!("Advanced Sale"));
        }
    }

    /// Whether a task of the sale waits for its pick.
    pub(super) fn has_open_pick(&self, index: usize) -> bool {
        self.kept_tasks(index)
            .iter()
            .any(|task| !matches!(Stage::Pick.status(task).as_str(), "AUTHORISED" | "VOIDED"))
    }

    /// A user takes back every stage (assumed): the goods are on the shelf again and the
    /// first task is left with its pick as a draft. Nothing if no stage was done.
    pub(super) fn undo(&mut self, index: usize, now: DateTime<Utc>) {
        let any_done = self.sales.list[index].tasks.iter().flatten().any(|task| {
            let done = |stage: Stage| stage.status(task).ends_with("AUTHORISED");
            Stage::ALL.into_iter().any(done)
        });
        if !any_done {
            return;
        }
        let before = self.row(&self.sales.list[index], TimeDelta::zero());
        self.give_back(index, None);
        let sale = &mut self.sales.list[index];
        if let Some(tasks) = &mut sale.tasks {
            tasks.truncate(1);
            let task = &mut tasks[0];
            task["FulFilmentStatus"] = json!("NOT FULFILLED");
            task["Pick"]["Status"] = json!("DRAFT");
            task["Pack"] = json!({ "Status": "NOT AVAILABLE", "Lines": [] });
            task["Ship"]["Status"] = json!("NOT AVAILABLE");
            task["Ship"]["Lines"] = json!([]);
        }
        sale.undone = true;
        if matches!(sale.order_status().as_str(), "FULFILLED" | "CLOSED") {
            sale.set_order("Status", json!("AUTHORISED"));
        }
        self.allocate(index);
        self.touched(index, before, now, None);
    }
}
