//! The end of the program: from the menu, from the page, or because the system says so.
//! Within five seconds at any moment; a call in hand is finished if it can be, and what
//! cannot be is looked up at the next start.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;

/// How long the work in hand may take after the word to stop; the promise is 5 s in all.
const GRACE: Duration = Duration::from_secs(4);
/// How long the window may take to close after that.
const CLOSING: Duration = Duration::from_millis(700);

/// Ends the program.
pub(crate) async fn quit(app: &Arc<App>) {
    if app.ending.is_cancelled() {
        return;
    }
    app.ending.cancel();
    tracing::info!("the program is to end");
    let practice = app.practice();
    if let Some(practice) = &practice {
        practice.end();
    }
    let halting: Vec<_> = app
        .workspaces()
        .into_iter()
        .map(|workspace| tauri::async_runtime::spawn(async move { workspace.halt().await }))
        .collect();
    let all = async {
        for one in halting {
            let _ = one.await;
        }
    };
    if tokio::time::timeout(GRACE, all).await.is_err() {
        tracing::warn!("the work in hand was left; it is looked up at the next start");
    } else if let Some(practice) = practice {
        let wiped = tauri::async_runtime::spawn_blocking(move || practice.wipe());
        let _ = tokio::time::timeout(CLOSING, wiped).await;
    }
    // Closes the window in order, which also keeps its size and place.
    app.handle.exit(0);
    tokio::time::sleep(CLOSING).await;
    tracing::warn!("the window did not close in time");
    std::process::exit(0);
}

/// Ends the program when the system says so: a signal, or the end of the session.
pub(crate) async fn heed_the_system(app: Arc<App>) {
    told_to_end().await;
    quit(&app).await;
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ];
    let mut heard: Vec<_> = kinds
        .into_iter()
        .filter_map(|kind| signal(kind).ok())
        .collect();
    let any = heard.iter_mut().map(|one| Box::pin(one.recv()));
    let any: Vec<_> = any.collect();
    if any.is_empty() {
        std::future::pending::<()>().await;
    }
    first_of(any).await;
}

/// Ends with the first of them.
#[cfg(unix)]
async fn first_of<F: Future + Unpin>(mut all: Vec<F>) -> F::Output {
    std::future::poll_fn(|context| {
        for one in &mut all {
            if let std::task::Poll::Ready(done) = std::pin::Pin::new(one).poll(context) {
                return std::task::Poll::Ready(done);
            }
        }
        std::task::Poll::Pending
    })
    .await
}

#[cfg(not(unix))]
async fn told_to_end() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
