//! The next thing to tell Cin7 of a despatch, from what stands there. Asked again after each
//! step, so that a crash, a lost answer or a person at work in between changes nothing.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Fulfilment, TaskLine, TaskStage};
use crate::ProductId;
use crate::despatch::{Contents, PackedBox, Plan};

/// One of the three stages of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What was taken from the shelf.
    Pick,
    /// What lies in which box.
    Pack,
    /// Which box went by which carrier.
    Ship,
}

impl Stage {
    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pick => "pick",
            Self::Pack => "pack",
            Self::Ship => "ship",
        }
    }
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Write that stage of the task of that id.
    Write {
        /// Which stage.
        stage: Stage,
        /// Cin7's id of the task.
        task: String,
    },
    /// There is no task to write to: ask for one. Turns a Simple sale into an Advanced one
    /// for ever (documented).
    NewTask,
    /// Shipped as planned, but carriers or tracking numbers read differently.
    Correct {
        /// Cin7's id of the task.
        task: String,
    },
    /// All of it stands in Cin7.
    Done {
        /// Cin7's id of the task.
        task: String,
    },
    /// Somebody has to look; nothing more is written.
    Stop(Conflict),
}

/// Why nothing can be added to what stands in Cin7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// A person began a task and picked something else than what left.
    PickedOtherwise {
        /// Cin7's id of the task.
        task: String,
    },
    /// A person packed otherwise than it was picked, or in a way that cannot be told apart.
    PackedOtherwise {
        /// Cin7's id of the task.
        task: String,
    },
    /// A stage that was ours is called off, or of a word we do not know.
    Undone {
        /// Cin7's id of the task.
        task: String,
        /// The stage at fault.
        stage: Stage,
    },
}

/// What to tell next. `mine` is the task this despatch was begun on, if any; `others` are
/// tasks that belong to other despatches of ours.
///
/// A task is this despatch's when it was begun on it, or when its boxes bear this despatch's
/// names; one that a person began and that holds just what left is adopted, so that a sale
/// already picked or packed by hand is finished and not picked twice.
pub fn next(plan: &Plan, tasks: &[Fulfilment], mine: Option<&str>, others: &[String]) -> Next {
    let bears_our_boxes = |task: &&Fulfilment| {
        task.packed
            .iter()
            .any(|line| plan.boxes.iter().any(|one| one.name == line.box_name))
    };
    let own = tasks
        .iter()
        .find(bears_our_boxes)
        .or_else(|| tasks.iter().find(|task| Some(task.task.as_str()) == mine));
    if let Some(task) = own {
        return go_on(plan, task);
    }
    let free = |task: &&Fulfilment| !others.contains(&task.task);
    // Begun by a person and not finished: one open pick is all that Cin7 allows at a time.
    let begun = tasks
        .iter()
        .filter(free)
        .find(|task| task.pick == TaskStage::Done && task.ship != TaskStage::Done && is_live(task));
    if let Some(task) = begun {
        return if same_goods(&plan.picked, &task.picked) {
            go_on(plan, task)
        } else {
            Next::Stop(Conflict::PickedOtherwise {
                task: task.task.clone(),
            })
        };
    }
    // Shipped by hand with the very numbers of this despatch: told already.
    let shipped = tasks.iter().filter(free).find(|task| {
        task.ship == TaskStage::Done
            && same_goods(&plan.picked, &task.picked)
            && same_tracking(plan, task)
    });
    if let Some(task) = shipped {
        return Next::Done {
            task: task.task.clone(),
        };
    }
    let open = tasks
        .iter()
        .filter(free)
        .find(|task| task.pick == TaskStage::Open && is_live(task));
    match open {
        Some(task) => Next::Write {
            stage: Stage::Pick,
            task: task.task.clone(),
        },
        None => Next::NewTask,
    }
}

/// Goes on with a task that is this despatch's.
fn go_on(plan: &Plan, task: &Fulfilment) -> Next {
    let id = || task.task.clone();
    let write = |stage| Next::Write { stage, task: id() };
    let undone = |stage| Next::Stop(Conflict::Undone { task: id(), stage });
    match task.pick {
        TaskStage::Open => return write(Stage::Pick),
        TaskStage::Done => {}
        TaskStage::Partly | TaskStage::Voided | TaskStage::Unknown(_) => {
            return undone(Stage::Pick);
        }
    }
    if !same_goods(&plan.picked, &task.picked) {
        return Next::Stop(Conflict::PickedOtherwise { task: id() });
    }
    match task.pack {
        TaskStage::Open => return write(Stage::Pack),
        TaskStage::Done => {}
        TaskStage::Partly | TaskStage::Voided | TaskStage::Unknown(_) => {
            return undone(Stage::Pack);
        }
    }
    if !same_goods(&plan.picked, &task.packed) {
        return Next::Stop(Conflict::PackedOtherwise { task: id() });
    }
    match task.ship {
        TaskStage::Open => write(Stage::Ship),
        TaskStage::Partly | TaskStage::Done if !is_told(plan, task) => Next::Correct { task: id() },
        TaskStage::Done => Next::Done { task: id() },
        // Boxes packed and not shipped: somebody holds one back on purpose.
        TaskStage::Partly | TaskStage::Voided | TaskStage::Unknown(_) => undone(Stage::Ship),
    }
}

/// The boxes as they must be shipped, all that were packed (documented): this despatch's own,
/// or those a person packed under other names, each with the carrier and the numbers of the
/// planned box in its place.
pub fn boxes_to_ship(plan: &Plan, task: &Fulfilment) -> Vec<PackedBox> {
    let mut names: Vec<&str> = Vec::new();
    for line in &task.packed {
        if !names.contains(&line.box_name.as_str()) {
            names.push(&line.box_name);
        }
    }
    names
        .iter()
        .enumerate()
        .filter_map(|(at, name)| {
            let own = plan.boxes.iter().find(|one| one.name == *name);
            let planned = own.or_else(|| plan.boxes.get(at)).or(plan.boxes.last())?;
            Some(PackedBox {
                name: (*name).to_owned(),
                ..planned.clone()
            })
        })
        .collect()
}

fn is_live(task: &Fulfilment) -> bool {
    ![&task.pick, &task.pack, &task.ship].contains(&&TaskStage::Voided)
}

/// Whether the units of each product are the same; lines that are no goods do not count.
fn same_goods(plan: &[Contents], lines: &[TaskLine]) -> bool {
    let mut there: BTreeMap<&ProductId, Decimal> = BTreeMap::new();
    for line in lines {
        if let Some(product) = &line.product {
            *there.entry(product).or_default() += line.quantity;
        }
    }
    there.retain(|_, units| !units.is_zero());
    there.len() == plan.len()
        && plan
            .iter()
            .all(|one| there.get(&one.product) == Some(&Decimal::from(one.units)))
}

/// Whether each box is shipped by the carrier and under the numbers planned.
fn is_told(plan: &Plan, task: &Fulfilment) -> bool {
    boxes_to_ship(plan, task).iter().all(|planned| {
        task.shipped.iter().any(|line| {
            line.is_shipped
                && line.boxes.contains(&planned.name)
                && line.carrier == planned.carrier
                && line.tracking == planned.tracking
        })
    })
}

fn same_tracking(plan: &Plan, task: &Fulfilment) -> bool {
    let numbers = |text: &str| -> Vec<String> {
        text.split(',')
            .map(|number| number.trim().to_uppercase())
            .filter(|number| !number.is_empty())
            .collect()
    };
    let planned: Vec<String> = plan
        .boxes
        .iter()
        .flat_map(|one| numbers(&one.tracking))
        .collect();
    let there: Vec<String> = task
        .shipped
        .iter()
        .flat_map(|line| numbers(&line.tracking))
        .collect();
    !planned.is_empty() && planned.iter().all(|number| there.contains(number))
}
