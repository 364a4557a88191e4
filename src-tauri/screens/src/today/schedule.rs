//! The kinds of work: when each was last done, how it went, and when it is due.

use chrono::Duration;
use engine::views::{JobView, StatusView, Views, time};
use store::RunRow;

use crate::shapes::{JobOutcome, JobRow, UiError};
use crate::text::{every, listed};

pub(super) fn rows(look: &Views<'_>, status: &StatusView) -> Result<Vec<JobRow>, UiError> {
    status.schedule.iter().map(|view| row(look, view)).collect()
}

fn row(look: &Views<'_>, view: &JobView) -> Result<JobRow, UiError> {
    let last = look.reading.last_run(view.job)?;
    let ended = match &last {
        Some(run) if run.finished.is_some() => run.finished,
        // The one at work has not ended; the one before it has.
        Some(_) => look
            .reading
            .runs(Some(view.job), 2)?
            .into_iter()
            .nth(1)
            .and_then(|run| run.finished),
        None => None,
    };
    Ok(JobRow {
        job: view.job.into(),
        title: title(view.job),
        last: ended.map(time),
        every: match view.every_seconds {
            Some(seconds) => every(Duration::seconds(seconds)),
            None if view.times.is_empty() => "never".into(),
            None => listed(&view.times),
        },
        next: view.next_due.clone(),
        outcome: outcome(last.as_ref(), view.next_due.is_some()),
        overdue: view.overdue,
    })
}

fn title(job: &str) -> String {
    match job {
        "orders" => "Orders to Whistl".into(),
        "despatches" => "Despatches to Cin7 Core".into(),
        "adjustments" => "Stock adjustments to Cin7 Core".into(),
        "reconcile" => "Comparing stock".into(),
        "read_back" => "Reading back what was posted".into(),
        "retention" => "Masking old personal data".into(),
        other => engine::words::job(other),
    }
}

fn outcome(last: Option<&RunRow>, running: bool) -> JobOutcome {
    let Some(run) = last else {
        return JobOutcome::Never;
    };
    match (run.finished, run.outcome.as_str()) {
        (None, _) if running => JobOutcome::Running,
        // Cut off by the end of the program; it goes on where it stopped.
        (None, _) | (Some(_), "partial" | "stopped") => JobOutcome::Partly,
        (Some(_), "failed") => JobOutcome::Failed,
        (Some(_), _) => JobOutcome::Ok,
    }
}
