//! What is told next, as Cin7's tasks come to stand: by us, by a person, or half of each.

use proptest::prelude::*;

use super::*;
use crate::despatch::{Contents, PackedBox, Plan};

const MUG: &str = "2294366c-9adf-56a3-b804-da326d560837";
const POT: &str = "92e13985-b111-5350-85df-b588c9f2a106";

fn product(id: &str) -> ProductId {
    ProductId::parse(id).unwrap()
}

fn contents(id: &str, units: u32) -> Contents {
    Contents {
        product: product(id),
        sku: id[..4].to_uppercase(),
        units,
    }
}

/// Two mugs and a pot in two boxes.
fn plan() -> Plan {
    let a_box = |name: &str, contents: Vec<Contents>, tracking: &str| PackedBox {
        name: name.into(),
        contents,
        carrier: "DPD Next Day".into(),
        tracking: tracking.into(),
    };
    Plan {
        picked: vec![contents(MUG, 2), contents(POT, 1)],
        boxes: vec![
            a_box("DSP1/1", vec![contents(MUG, 2)], "155"),
            a_box("DSP1/2", vec![contents(POT, 1)], "156"),
        ],
        flags: Vec::new(),
    }
}

fn empty(task: &str) -> Fulfilment {
    Fulfilment {
        task: task.into(),
        pick: TaskStage::Open,
        picked: Vec::new(),
        pack: TaskStage::Open,
        packed: Vec::new(),
        ship: TaskStage::Open,
        shipped: Vec::new(),
    }
}

/// Cin7, as far as it goes: does to a task what it is told.
fn write(task: &mut Fulfilment, stage: Stage, plan: &Plan) {
    let line = |one: &Contents, box_name: &str| TaskLine {
        product: Some(one.product.clone()),
        sku: one.sku.clone(),
        quantity: Decimal::from(one.units),
        box_name: box_name.into(),
    };
    match stage {
        Stage::Pick => {
            assert_eq!(task.pick, TaskStage::Open, "picked twice");
            task.pick = TaskStage::Done;
            task.picked = plan.picked.iter().map(|one| line(one, "")).collect();
        }
        Stage::Pack => {
            assert_eq!(
                (&task.pick, &task.pack),
                (&TaskStage::Done, &TaskStage::Open)
            );
            task.pack = TaskStage::Done;
            let boxed = |one: &PackedBox| -> Vec<TaskLine> {
                one.contents.iter().map(|c| line(c, &one.name)).collect()
            };
            task.packed = plan.boxes.iter().flat_map(boxed).collect();
        }
        Stage::Ship => {
            assert_eq!(
                (&task.pack, &task.ship),
                (&TaskStage::Done, &TaskStage::Open)
            );
            task.ship = TaskStage::Done;
            correct(task, plan);
        }
    }
}

fn correct(task: &mut Fulfilment, plan: &Plan) {
    task.shipped = boxes_to_ship(plan, task)
        .into_iter()
        .map(|one| Shipment {
            boxes: vec![one.name],
            carrier: one.carrier,
            tracking: one.tracking,
            day: None,
            is_shipped: true,
        })
        .collect();
}

/// Does what is next until there is nothing more; gives back every step by its word.
fn play(
    plan: &Plan,
    tasks: &mut Vec<Fulfilment>,
    mine: Option<&str>,
    others: &[String],
) -> Vec<String> {
    let mut steps = Vec::new();
    let mut mine = mine.map(str::to_owned);
    for _ in 0..8 {
        let told = next(plan, tasks, mine.as_deref(), others);
        match &told {
            Next::Write { stage, task } => {
                steps.push(format!("{} {task}", stage.word()));
                mine = Some(task.clone());
                let there = tasks.iter_mut().find(|one| one.task == *task).unwrap();
                write(there, *stage, plan);
            }
            Next::NewTask => {
                steps.push("new".into());
                tasks.push(empty("new"));
            }
            Next::Correct { task } => {
                steps.push(format!("correct {task}"));
                let there = tasks.iter_mut().find(|one| one.task == *task).unwrap();
                correct(there, plan);
            }
            Next::Done { task } => {
                steps.push(format!("done {task}"));
                return steps;
            }
            Next::Stop(conflict) => {
                steps.push(format!("stop {conflict:?}"));
                return steps;
            }
        }
    }
    panic!("no end: {steps:?}");
}

#[test]
fn an_untouched_sale_is_picked_packed_and_shipped_on_the_task_it_has() {
    let mut tasks = vec![empty("one")];
    let steps = play(&plan(), &mut tasks, None, &[]);
    assert_eq!(steps, ["pick one", "pack one", "ship one", "done one"]);
}

#[test]
fn a_later_part_gets_a_task_of_its_own() {
    let first = Plan {
        picked: vec![contents(MUG, 3)],
        boxes: vec![PackedBox {
            name: "DSP0/1".into(),
            contents: vec![contents(MUG, 3)],
            carrier: "DPD".into(),
            tracking: "1".into(),
        }],
        flags: Vec::new(),
    };
    let mut tasks = vec![empty("one")];
    play(&first, &mut tasks, None, &[]);
    let before = tasks[0].clone();
    let steps = play(&plan(), &mut tasks, None, &["one".into()]);
    assert_eq!(
        steps,
        ["new", "pick new", "pack new", "ship new", "done new"]
    );
    assert_eq!(tasks[0], before, "the earlier one is never written over");
}

#[test]
fn what_a_person_picked_and_packed_alike_is_finished_and_not_picked_twice() {
    let mut by_hand = empty("one");
    write(&mut by_hand, Stage::Pick, &plan());
    assert_eq!(
        play(&plan(), &mut vec![by_hand.clone()], None, &[]),
        ["pack one", "ship one", "done one"]
    );
    write(&mut by_hand, Stage::Pack, &plan());
    for line in &mut by_hand.packed {
        line.box_name = "Box 1".into();
    }
    let mut tasks = vec![by_hand];
    assert_eq!(
        play(&plan(), &mut tasks, None, &[]),
        ["ship one", "done one"]
    );
    assert_eq!(tasks[0].shipped[0].boxes, ["Box 1"]);
}

#[test]
fn what_a_person_picked_otherwise_stops_it() {
    let mut by_hand = empty("one");
    write(&mut by_hand, Stage::Pick, &plan());
    by_hand.picked[0].quantity = Decimal::from(5);
    let told = next(&plan(), &[by_hand], None, &[]);
    assert_eq!(
        told,
        Next::Stop(Conflict::PickedOtherwise { task: "one".into() })
    );
}

#[test]
fn what_a_person_shipped_under_the_same_numbers_is_done() {
    let mut by_hand = empty("one");
    for stage in [Stage::Pick, Stage::Pack, Stage::Ship] {
        write(&mut by_hand, stage, &plan());
    }
    for line in &mut by_hand.packed {
        line.box_name = "A".into();
    }
    let told = next(&plan(), std::slice::from_ref(&by_hand), None, &[]);
    assert_eq!(told, Next::Done { task: "one".into() });
    // Under other numbers it is another despatch's, as far as anyone can tell.
    for line in &mut by_hand.shipped {
        line.tracking = "999".into();
    }
    assert_eq!(next(&plan(), &[by_hand], None, &[]), Next::NewTask);
}

#[test]
fn a_corrected_number_is_told_and_nothing_else() {
    let mut tasks = vec![empty("one")];
    play(&plan(), &mut tasks, None, &[]);
    let mut corrected = plan();
    corrected.boxes[1].tracking = "157".into();
    let steps = play(&corrected, &mut tasks, Some("one"), &[]);
    assert_eq!(steps, ["correct one", "done one"]);
}

#[test]
fn what_was_undone_by_a_person_is_never_written_again() {
    let mut tasks = vec![empty("one")];
    play(&plan(), &mut tasks, None, &[]);
    tasks[0].ship = TaskStage::Voided;
    let told = next(&plan(), &tasks, Some("one"), &[]);
    let stage = Stage::Ship;
    let task = "one".into();
    assert_eq!(told, Next::Stop(Conflict::Undone { task, stage }));
}

proptest! {
    /// P3: wherever the program was cut off, and whether or not it remembers the task, going
    /// on from what stands there ends with the goods picked once.
    #[test]
    fn cut_off_anywhere_it_ends_with_the_goods_told_once(
        done in 0_usize..4,
        remembers in any::<bool>(),
        earlier in any::<bool>(),
    ) {
        let mut tasks = Vec::new();
        let mut others = Vec::new();
        if earlier {
            let mut other = plan();
            for one in &mut other.boxes {
                one.name = one.name.replace("DSP1", "DSP0");
            }
            let mut task = empty("earlier");
            for stage in [Stage::Pick, Stage::Pack, Stage::Ship] {
                write(&mut task, stage, &other);
            }
            others.push("earlier".to_owned());
            tasks.push(task);
        }
        let mut own = empty("own");
        for stage in [Stage::Pick, Stage::Pack, Stage::Ship].into_iter().take(done) {
            write(&mut own, stage, &plan());
        }
        tasks.push(own);
        let many = tasks.len();
        let mine = remembers.then_some("own");
        let steps = play(&plan(), &mut tasks, mine, &others);
        prop_assert_eq!(steps.len(), 4 - done);
        prop_assert_eq!(tasks.len(), many);
        prop_assert_eq!(&tasks[many - 1].ship, &TaskStage::Done);
    }
}
