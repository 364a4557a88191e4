//! The log: warnings to standard error, everything to one file a day beside the data. No
//! secrets, no personal data: what holds those goes into the sealed journal alone.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use home::DailyLog;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::prelude::*;

/// Starts logging; the guard writes what is left when it is dropped.
pub(crate) fn start(folder: &Path) -> Option<WorkerGuard> {
    let (layer, guard) = match DailyLog::today(folder) {
        Ok(log) => {
            let (writer, guard) = tracing_appender::non_blocking(log);
            let layer = tracing_subscriber::fmt::layer().json().with_writer(writer);
            (Some(layer.with_filter(LevelFilter::INFO)), Some(guard))
        }
        Err(_) => (None, None),
    };
    let console = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .without_time()
        .with_target(false);
    let _ = tracing_subscriber::registry()
        .with(layer)
        .with(console.with_filter(LevelFilter::WARN))
        .try_init();
    guard
}
