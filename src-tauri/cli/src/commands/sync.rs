//! `sync`: one run now.

use std::sync::Arc;
use std::time::Duration;

use engine::Engine;
use engine::runs::{Job, RunReport};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::args::Flow;
use crate::exit::{Exit, NEEDS_SOMEONE, VENDOR};
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) async fn run(
    what: Flow,
    strict: bool,
    home: &Home,
    output: &Output,
) -> Result<u8, Exit> {
    let jobs: &[Job] = match what {
        Flow::Orders => &[Job::Orders],
        Flow::Despatches => &[Job::Despatches],
        Flow::Adjustments => &[Job::Adjustments],
        Flow::All => &[
            Job::Orders,
            Job::Despatches,
            Job::Adjustments,
            Job::Reconcile,
        ],
        Flow::Events => &[Job::Events],
        Flow::Sweep => &[Job::Sweep],
        Flow::Reconcile => &[Job::Reconcile],
        Flow::ReadBack => &[Job::ReadBack],
    };
    let stop = CancellationToken::new();
    let engine = home.engine(stop.clone())?;
    engine.by_hand()?;
    let mut reports = Vec::new();
    for job in jobs {
        // A run is large, and on the heap.
        let work = Box::pin(engine.run(*job));
        let report = with_progress(&engine, &stop, output, work).await?;
        reports.push(report?);
    }
    print(&reports, home, output);
    if reports.iter().any(RunReport::was_kept_from_finishing) {
        Ok(VENDOR)
    } else if strict && engine.needs_someone()? {
        Ok(NEEDS_SOMEONE)
    } else {
        Ok(0)
    }
}

/// Drives the work, shows how far it is, and stops it cleanly on Ctrl-C.
pub(super) async fn with_progress<T>(
    engine: &Arc<Engine>,
    stop: &CancellationToken,
    output: &Output,
    work: impl Future<Output = T>,
) -> Result<T, Exit> {
    let bar = output.shows_progress().then(spinner);
    tokio::pin!(work);
    // Listened for from beginning to end: asked for anew in each turn of the loop, a word
    // that comes between two turns would be lost.
    let told_to_stop = super::watch::told_to_stop();
    tokio::pin!(told_to_stop);
    let mut tick = tokio::time::interval(Duration::from_millis(400));
    let mut asked_to_stop = false;
    let mut deadline = None;
    loop {
        let expired = async {
            match deadline {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            done = &mut work => {
                if let Some(bar) = &bar {
                    bar.finish_and_clear();
                }
                return Ok(done);
            }
            () = &mut told_to_stop, if !asked_to_stop => {
                asked_to_stop = true;
                stop.cancel();
                deadline = Some(tokio::time::Instant::now() + Duration::from_secs(4));
            }
            () = expired => {
                return Err(Exit::usage("stopped", "Stopped. A sending cut off by this is looked up at the next start."));
            }
            _ = tick.tick() => {
                if let Some(bar) = &bar {
                    bar.set_message(progress(engine));
                    bar.tick();
                }
            }
        }
    }
}

/// Most sales to read that are counted for the progress line.
const MOST_COUNTED: u32 = 5_000;

fn progress(engine: &Engine) -> String {
    let to_read = engine.read(|reading| {
        reading
            .sales_to_read(MOST_COUNTED)
            .map_or(0, |rows| rows.len())
    });
    let limit = engine.settings().whole("limits.cin7_calls_per_minute");
    show::run::progress(to_read, limit, &engine.progress())
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed}  {wide_msg}") {
        bar.set_style(style);
    }
    bar
}

fn print(reports: &[RunReport], home: &Home, output: &Output) {
    output.result(&json!({ "runs": reports }), || {
        let sheet = home.sheet(output);
        let runs: String = reports
            .iter()
            .map(|report| show::run::run(report, &sheet))
            .collect();
        let next = home
            .standing()
            .map(|standing| show::next::after_sync(&standing, &sheet));
        runs + &next.unwrap_or_default()
    });
}
