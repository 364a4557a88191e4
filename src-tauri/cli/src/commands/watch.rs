//! `watch`: the schedule until told to stop. A call in hand is finished if that takes no
//! longer than a few seconds; else it is left, and looked up at the next start.

use std::time::Duration;

use engine::Engine;
use engine::attention::Notice;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
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
    // With --json a line is a run and nothing else: what needs someone is in `alerts`.
    let notices = (!output.json).then(|| engine.notices());
    let work = engine.watch(&tell);
    let showing = show(&engine, notices, home, output);
    tokio::pin!(work, showing);
    tokio::select! {
        done = &mut work => {
            done?;
            return Ok(0);
        }
        () = &mut showing => {}
        () = told_to_stop => stop.cancel(),
    }
    if let Ok(done) = tokio::time::timeout(GRACE, work).await {
        done?;
    }
    Ok(0)
}

/// Prints each notice as a line of its own; never ends.
async fn show(engine: &Engine, notices: Option<Receiver<Notice>>, home: &Home, output: &Output) {
    if let Some(mut notices) = notices {
        loop {
            match notices.recv().await {
                Ok(notice) => {
                    output.line(&crate::show::attention::notice(
                        &notice,
                        &home.sheet(output),
                    ));
                    if let Err(fault) = engine.notice_shown(&notice.id) {
                        tracing::warn!(%fault, "what was shown could not be noted");
                    }
                }
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "notices came faster than they could be printed");
                }
                Err(RecvError::Closed) => break,
            }
        }
    }
    std::future::pending::<()>().await;
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
