//! What Cin7 Core was told of a despatch, stage by stage. Made of what was sent and what came
//! back; a stage that stood there without our doing is not claimed as ours.

use engine::views::time;
use store::{DespatchRow, DespatchState, DespatchStep};

use crate::shapes::{DespatchStage, StageState};

/// The stages, in the order in which Cin7 Core is told them.
const ALWAYS: [&str; 3] = ["pick", "pack", "ship"];

pub(super) fn stages(row: &DespatchRow, steps: &[DespatchStep]) -> Vec<DespatchStage> {
    // A void and what nobody knows the order of is never told.
    if row.sale.is_none() || !row.voids.is_empty() {
        return Vec::new();
    }
    let told = |stage: &str| steps.iter().any(|step| step.step == stage);
    let mut stages: Vec<&str> = Vec::new();
    // A first despatch is told in the task that every sale has; later ones need their own.
    stages.extend(told("task").then_some("task"));
    stages.extend(ALWAYS);
    stages.extend((told("correct") || row.is_to_be_corrected()).then_some("correct"));
    stages
        .into_iter()
        .map(|stage| one(row, stage, steps))
        .collect()
}

fn one(row: &DespatchRow, stage: &str, steps: &[DespatchStep]) -> DespatchStage {
    let last = steps.iter().rfind(|step| step.step == stage);
    let is_posted =
        row.state == DespatchState::Posted || (row.told_revision > 0 && ALWAYS.contains(&stage));
    let (state, text, at) = match last {
        Some(step) => match step.outcome.as_str() {
            "answered" => (StageState::Done, "told", step.ended),
            _ if is_posted => (StageState::Done, "found there", None),
            "" => (StageState::Unclear, "sent, no answer yet", Some(step.began)),
            "unclear" | "no_answer" | "cut_off" => (
                StageState::Unclear,
                "sent, no clear answer",
                Some(step.began),
            ),
            "refused" => (StageState::Failed, "refused", step.ended),
            _ => (StageState::Failed, "did not get through", step.ended),
        },
        None if is_posted => (StageState::Done, "found there", None),
        None if begun_after(stage, steps) => (StageState::Done, "found there", None),
        None => (StageState::ToCome, "not told", None),
    };
    DespatchStage {
        stage: stage.into(),
        title: title(stage).into(),
        state,
        text: text.into(),
        at: at.map(time),
    }
}

/// Whether a later stage was begun: this one must have stood there then.
fn begun_after(stage: &str, steps: &[DespatchStep]) -> bool {
    let place = |word: &str| ALWAYS.iter().position(|known| *known == word);
    place(stage).is_some_and(|at| {
        steps
            .iter()
            .any(|step| place(&step.step).is_some_and(|later| later > at))
    })
}

fn title(stage: &str) -> &'static str {
    match stage {
        "task" => "Fulfilment opened",
        "pick" => "Picked",
        "pack" => "Packed",
        "ship" => "Shipped",
        _ => "Parcels corrected",
    }
}
