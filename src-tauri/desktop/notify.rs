//! Notifications outside the window: one for each notice of the engine's, in the place of
//! the one before it about the same thing. A click opens the exact list. That one could
//! not be shown is itself told, in the window. Nothing here holds the engine up.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use engine::attention::{Notice, NoticeKind, Urgency};
use screens::shapes::{Go, Notifying, Screen, UiError};
use screens::today;
use tauri::Emitter as _;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::app::App;
use crate::window;
use crate::workspace::Workspace;

/// How long the desktop's notification service may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is on the screen, and whether showing works.
#[derive(Default)]
pub(crate) struct Notifier {
    state: Mutex<State>,
}

struct State {
    notifying: Notifying,
    message: String,
    /// By what it is about: its number on the desktop, and what a click opens.
    shown: BTreeMap<String, Shown>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            notifying: Notifying::Untested,
            message: String::new(),
            shown: BTreeMap::new(),
        }
    }
}

/// One on the screen.
#[derive(Clone, Debug)]
struct Shown {
    number: u32,
    go: Go,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Card {
    title: String,
    body: String,
    urgency: Urgency,
}

impl Card {
    fn of(notice: &Notice, practising: bool) -> Self {
        let title = if practising {
            format!("Practice: {}", notice.title)
        } else {
            notice.title.clone()
        };
        Self {
            title,
            body: notice.body.clone(),
            urgency: match notice.kind {
                NoticeKind::AllClear => Urgency::Low,
                NoticeKind::Raised
                | NoticeKind::Worse
                | NoticeKind::Escalated
                | NoticeKind::Digest
                | NoticeKind::CutOff => notice.urgency,
            },
        }
    }
}

impl Notifier {
    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the last one was shown, and what was wrong if it was not.
    pub(crate) fn state(&self) -> (Notifying, String) {
        let state = self.locked();
        (state.notifying, state.message.clone())
    }

    /// Takes note of how the last one went; true if that is news.
    fn went(&self, result: Result<(), String>) -> bool {
        let (notifying, message) = match result {
            Ok(()) => (Notifying::Ok, String::new()),
            Err(why) => (Notifying::Unavailable, why),
        };
        let mut state = self.locked();
        let news = state.notifying != notifying || state.message != message;
        state.notifying = notifying;
        state.message = message;
        news
    }

    /// Where the one about this now stands on the desktop.
    fn place(&self, about: &str) -> Option<u32> {
        self.locked().shown.get(about).map(|shown| shown.number)
    }

    /// It is on the screen; true if somebody must listen for its click, false if somebody
    /// does since the one before it.
    fn put(&self, about: &str, number: u32, go: Go) -> bool {
        let shown = Shown { number, go };
        let before = self.locked().shown.insert(about.to_owned(), shown);
        before.is_none_or(|before| before.number != number)
    }

    /// It is off the screen; gives back what its click would open.
    fn take(&self, about: &str, number: u32) -> Option<Go> {
        let mut state = self.locked();
        let ours = state.shown.get(about)?.number == number;
        ours.then(|| state.shown.remove(about))
            .flatten()
            .map(|shown| shown.go)
    }
}

/// Shows every notice of a workspace, until it ends.
pub(crate) async fn show_all(
    app: Arc<App>,
    workspace: Arc<Workspace>,
    mut notices: Receiver<Notice>,
) {
    loop {
        let notice = tokio::select! {
            () = workspace.ended.cancelled() => return,
            notice = notices.recv() => notice,
        };
        match notice {
            Ok(notice) => show(&app, &workspace, &notice).await,
            // Too many at once: the engine gives out again what was not answered for.
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "notices were missed"),
            Err(RecvError::Closed) => return,
        }
    }
}

async fn show(app: &Arc<App>, workspace: &Arc<Workspace>, notice: &Notice) {
    let practice = app.practice();
    let practising = practice.is_some_and(|on| Arc::ptr_eq(&on.workspace, workspace));
    let card = Card::of(notice, practising);
    let about = if notice.alert.is_empty() {
        notice.id.clone()
    } else {
        notice.alert.clone()
    };
    // Practice and the merchant's may be about the same thing, and are two things.
    let about = if practising {
        format!("practice/{about}")
    } else {
        about
    };
    let shown = on_screen(app, workspace, &about, &card, today::go(&notice.go)).await;
    let (engine, id) = (Arc::clone(&workspace.engine), notice.id.clone());
    let why = shown.clone().err();
    let kept = tauri::async_runtime::spawn_blocking(move || match why {
        None => engine.notice_shown(&id),
        Some(why) => engine.notice_failed(&id, &why),
    });
    match kept.await {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => tracing::warn!(%fault, "it was not noted that a notice was shown"),
        Err(fault) => tracing::warn!(%fault, "it was not noted that a notice was shown"),
    }
    if app.notifier.went(shown) {
        app.tell_shell().await;
    }
}

/// Shows one to see whether it can be done.
pub(crate) async fn test(app: &Arc<App>) -> Result<String, UiError> {
    let card = Card {
        title: "Stockbridge: notifications work".into(),
        body: "This is how you are told when something needs you.".into(),
        urgency: Urgency::Normal,
    };
    let workspace = app.workspace()?;
    let go = Go {
        screen: Screen::Settings,
        confirmations: None,
        adjustments: None,
        filter: None,
        number: None,
        section: Some("alerts".into()),
    };
    let shown = on_screen(app, &workspace, "test", &card, go).await;
    if app.notifier.went(shown.clone()) {
        app.tell_shell().await;
    }
    match shown {
        Ok(()) => Ok("A notification was shown. If you did not see it, look whether the desktop is set to “do not disturb”.".into()),
        Err(why) => Err(UiError::wrong("notifications_unavailable", why)),
    }
}

/// Puts a card on the screen, in the place of an earlier one about the same thing.
#[cfg(all(unix, not(target_os = "macos")))]
async fn on_screen(
    app: &Arc<App>,
    workspace: &Arc<Workspace>,
    about: &str,
    card: &Card,
    go: Go,
) -> Result<(), String> {
    use notify_rust::{Hint, Notification, NotificationResponse, Timeout};

    let mut notification = Notification::new();
    notification
        .appname("Stockbridge")
        .summary(&card.title)
        .body(&without_markup(&card.body))
        .icon("stockbridge")
        .hint(Hint::DesktopEntry("Stockbridge".into()))
        .urgency(match card.urgency {
            Urgency::Low => notify_rust::Urgency::Low,
            Urgency::Normal => notify_rust::Urgency::Normal,
            Urgency::Critical => notify_rust::Urgency::Critical,
        })
        .action("default", "Open");
    if card.urgency == Urgency::Critical {
        notification.timeout(Timeout::Never);
    }
    if let Some(number) = app.notifier.place(about) {
        notification.id(number);
    }
    let shown = tokio::time::timeout(PATIENCE, notification.show_async()).await;
    let handle = match shown {
        Ok(Ok(handle)) => handle,
        Ok(Err(fault)) => {
            tracing::warn!(%fault, "a notification was not shown");
            return Err(plainly(&fault));
        }
        Err(_) => return Err("This computer’s notification service does not answer.".into()),
    };
    let number = handle.id();
    if !app.notifier.put(about, number, go) {
        return Ok(());
    }
    let (app, workspace, about) = (Arc::clone(app), Arc::clone(workspace), about.to_owned());
    tauri::async_runtime::spawn(async move {
        let mut clicked = false;
        handle
            .wait_for_action_async(|response| {
                clicked = matches!(
                    response,
                    NotificationResponse::Default | NotificationResponse::Action(_)
                );
            })
            .await;
        if let Some(go) = app.notifier.take(&about, number)
            && clicked
        {
            opened(&app, &workspace, &go);
        }
    });
    Ok(())
}

/// Puts a card on the screen. These systems tell of no click.
#[cfg(not(all(unix, not(target_os = "macos"))))]
async fn on_screen(
    _app: &Arc<App>,
    _workspace: &Arc<Workspace>,
    _about: &str,
    card: &Card,
    _go: Go,
) -> Result<(), String> {
    let card = card.clone();
    let shown = tauri::async_runtime::spawn_blocking(move || {
        notify_rust::Notification::new()
            .summary(&card.title)
            .body(&card.body)
            .show()
            .map(|_| ())
    });
    match tokio::time::timeout(PATIENCE, shown).await {
        Ok(Ok(Ok(()))) => Ok(()),
        Ok(Ok(Err(fault))) => Err(plainly(&fault)),
        Ok(Err(_)) | Err(_) => Err("This computer’s notification service does not answer.".into()),
    }
}

/// A click: the window comes forward and goes where the notice says, if it shows the same
/// workspace.
#[cfg(all(unix, not(target_os = "macos")))]
fn opened(app: &Arc<App>, workspace: &Arc<Workspace>, go: &Go) {
    window::show(&app.handle);
    let shows = app
        .workspace()
        .is_ok_and(|shown| Arc::ptr_eq(&shown, workspace));
    if shows {
        let _ = app.handle.emit("go", go);
    }
}

/// Why it was not shown, in words.
fn plainly(fault: &notify_rust::error::Error) -> String {
    let said = fault.to_string();
    if said.contains("ServiceUnknown") || said.contains("was not provided by any .service") {
        "This computer has no notification service, so what needs you is shown in this window alone.".into()
    } else {
        "This computer’s notification service refused to show a notification, so what needs you is shown in this window alone.".into()
    }
}

/// A body as services read it that take a part of HTML.
#[cfg(all(unix, not(target_os = "macos")))]
fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use engine::attention::Go as NoticeGo;
    use screens::shapes::{Owner, Tab};

    use super::*;

    fn notice() -> Notice {
        Notice {
            id: "n1".into(),
            alert: "held".into(),
            kind: NoticeKind::Raised,
            urgency: Urgency::Critical,
            title: "4 orders held, office".into(),
            body: "2 SKU errors, 1 missing telephone, 1 unmapped shipping method.".into(),
            owner: Some("office"),
            go: NoticeGo {
                owner: Some("office"),
                cause: Some("phone_missing".into()),
                ..NoticeGo::orders("needs_you")
            },
            count: 4,
            at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_notice_is_shown_word_for_word_and_its_click_opens_its_list() {
        let card = Card::of(&notice(), false);
        assert_eq!(card.title, "4 orders held, office");
        assert_eq!(card.urgency, Urgency::Critical);
        let go = today::go(&notice().go);
        assert_eq!(go.screen, Screen::Orders);
        let filter = go.filter.unwrap();
        assert_eq!(filter.tab, Tab::NeedsYou);
        assert_eq!(filter.owner, Some(Owner::Office));
        assert_eq!(filter.cause.as_deref(), Some("phone_missing"));
    }

    #[test]
    fn practice_says_so_and_an_all_clear_never_stays_on_the_screen() {
        let clear = Notice {
            kind: NoticeKind::AllClear,
            ..notice()
        };
        let card = Card::of(&clear, true);
        assert!(card.title.starts_with("Practice: "));
        assert_eq!(card.urgency, Urgency::Low);
    }

    #[test]
    fn what_gets_worse_takes_the_place_of_what_was_shown_and_one_listens_for_both() {
        let notifier = Notifier::default();
        let first = today::go(&NoticeGo::today());
        assert_eq!(notifier.place("held"), None);
        assert!(notifier.put("held", 7, first));
        assert_eq!(notifier.place("held"), Some(7));
        let worse = today::go(&notice().go);
        assert!(
            !notifier.put("held", 7, worse.clone()),
            "one listens already"
        );
        assert_eq!(notifier.take("held", 7), Some(worse));
        assert_eq!(notifier.take("held", 7), None, "it is off the screen");
    }

    #[test]
    fn a_failure_is_told_once_and_the_end_of_it_too() {
        let notifier = Notifier::default();
        assert_eq!(notifier.state().0, Notifying::Untested);
        assert!(notifier.went(Err("no service".into())));
        assert!(!notifier.went(Err("no service".into())));
        assert_eq!(
            notifier.state(),
            (Notifying::Unavailable, "no service".into())
        );
        assert!(notifier.went(Ok(())));
        assert_eq!(notifier.state(), (Notifying::Ok, String::new()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_channel_called_jam_and_tea_does_not_break_the_text() {
        assert_eq!(without_markup("Jam & Tea <3"), "Jam &amp; Tea &lt;3");
    }
}
