//! The frame around every screen: how the program stands, put together for the page.

use screens::shapes::{FirstRunStep, Mode, Practice as PracticeShown, Shell, StandingKind};
use tauri_plugin_autostart::ManagerExt as _;

use crate::app::{App, Merchant, look_at};
use crate::practice::Practice;
use crate::standing::Standing;

impl App {
    /// The frame around every screen.
    pub(crate) async fn shell(&self) -> Shell {
        let remembered = self.preferences.get();
        let practice = self.practice();
        let shut = match &*self.merchant() {
            Merchant::Shut(standing) => Some(standing.clone()),
            Merchant::Open(_) => None,
        };
        let settings = self.workspace().ok().map(|open| open.settings());
        let live = settings.as_ref().is_some_and(|settings| settings.is_live());
        let step = if live {
            FirstRunStep::Live
        } else {
            self.first_run_step().await
        };
        let failed = practice.as_ref().and_then(|on| on.workspace.failed());
        let standing = match failed.or_else(|| shut.filter(|_| practice.is_none())) {
            Some(standing) => standing,
            None if practice.is_some() || live || remembered.set_up => {
                Standing::fine(StandingKind::Working)
            }
            None => Standing::fine(StandingKind::FirstRun),
        };
        let (notifications, notifications_message) = self.notifier.state();
        let said = |key: &str| settings.as_ref().map(|open| open.text(key));
        let named = said("merchant.user").filter(|name| !name.is_empty());
        Shell {
            standing: standing.kind,
            message: standing.message,
            fix: standing.fix,
            first_run_step: step,
            practice: practice.map(|on| shown(&on)),
            practice_available: true,
            version: env!("CARGO_PKG_VERSION").into(),
            user: named.unwrap_or_else(|| self.user.clone()),
            zone: said("merchant.time_zone").unwrap_or_else(|| "Europe/London".into()),
            theme: remembered.theme,
            mode: if live { Mode::Live } else { Mode::LookOnly },
            notifications,
            notifications_message,
            autostart: self.handle.autolaunch().is_enabled().unwrap_or(false),
        }
    }

    /// Where set-up was left: what is there says it.
    async fn first_run_step(&self) -> FirstRunStep {
        let Ok(workspace) = self.workspace() else {
            return FirstRunStep::Connect;
        };
        let secrets = workspace.engine.secrets();
        let connected = secrets.cin7_account.is_some()
            && secrets.cin7_key.is_some()
            && secrets.whistl_key.is_some()
            && !workspace.settings().text("whistl.base_url").is_empty();
        if !connected {
            return FirstRunStep::Connect;
        }
        let looked = look_at(workspace, |_, views| {
            Ok(views.reading.last_run("orders")?.is_some())
        })
        .await;
        if looked.unwrap_or(false) {
            FirstRunStep::Review
        } else {
            FirstRunStep::LookOnly
        }
    }
}

fn shown(practice: &Practice) -> PracticeShown {
    PracticeShown {
        speed: practice.speed(),
        world_time: engine::views::time(practice.now()),
        faults: practice.faults(),
    }
}
