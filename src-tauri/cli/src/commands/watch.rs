//! `watch`: the schedule until told to stop. A call in hand is finished if that takes no
//! longer than a few seconds; else it is left, and looked up at the next start.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;

/// How long the call in hand may take after the word to stop; the promise is 5 s in all.
const GRACE: Duration = Duration::from_secs(4);

pub(super) async fn run(home: &Home, output: &Output) -> Result<u8, Exit> {
    let told_to_stop = told_to_stop();
    let stop = CancellationToken::new();
    let engine = home.engine(stop.clone())?;
    let tell = |report: &engine::runs::RunReport| {
        if output.json {
            output.line(&serde_json::to_string(report).unwrap_or_default());
        } else {
            output.line(crate::show::run::run(report, &home.sheet(output)).trim_end());
        }
    };
    let work = engine.watch(&tell);
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => {
            done?;
            return Ok(0);
        }
        () = told_to_stop => stop.cancel(),
    }
    if let Ok(done) = tokio::time::timeout(GRACE, work).await {
        done?;
    }
    Ok(0)
}

/// Listens from this call on for the word to stop, and ends when it comes. Not an
/// `async fn`: that would only begin to listen once it is waited for, and until then the
/// word would end the process on the spot.
#[cfg(unix)]
pub(super) fn told_to_stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = signal(SignalKind::interrupt());
    let terminate = signal(SignalKind::terminate());
    async move {
        match (interrupt, terminate) {
            (Ok(mut interrupt), Ok(mut terminate)) => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            _ => std::future::pending().await,
        }
    }
}

/// Ends when the process is told to stop.
#[cfg(not(unix))]
pub(super) async fn told_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
