//! The log: warnings to standard error, everything to a rolling file beside the data.
//! No secrets, no personal data: what holds those goes into the sealed journal alone.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::prelude::*;

/// Starts logging; the guard writes what is left when it is dropped.
pub(crate) fn start(folder: &Path, quiet: bool) -> Option<WorkerGuard> {
    let logs = folder.join("logs");
    let made = private_folder(&logs);
    let file = made.then(|| {
        tracing_appender::rolling::Builder::new()
            .rotation(tracing_appender::rolling::Rotation::DAILY)
            .max_log_files(14)
            .filename_prefix("stockbridge")
            .filename_suffix("log")
            .build(&logs)
    });
    let (layer, guard) = match file {
        Some(Ok(file)) => {
            let (writer, guard) = tracing_appender::non_blocking(file);
            let layer = tracing_subscriber::fmt::layer().json().with_writer(writer);
            (Some(layer.with_filter(LevelFilter::INFO)), Some(guard))
        }
        _ => (None, None),
    };
    let level = if quiet {
        LevelFilter::ERROR
    } else {
        LevelFilter::WARN
    };
    let console = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false);
    let _ = tracing_subscriber::registry()
        .with(layer)
        .with(console.with_filter(level))
        .try_init();
    guard
}

#[cfg(unix)]
fn private_folder(path: &Path) -> bool {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .is_ok()
}

#[cfg(not(unix))]
fn private_folder(path: &Path) -> bool {
    std::fs::create_dir_all(path).is_ok()
}
