//! What comes back: whether a notice was shown, and what a person does about an alert. Each
//! is stored and journalled as it is said.

use chrono::{DateTime, Utc};

use super::another_copy;
use super::desk::Desk;
use super::signs::Sign;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::views::{AlertView, Views};

impl Engine {
    /// A notice was shown.
    ///
    /// # Errors
    /// The store's fault.
    pub fn notice_shown(&self, id: &str) -> Result<(), EngineFault> {
        let now = self.now();
        let mut kept = self.attention.desk();
        if let Some(desk) = kept.as_mut() {
            desk.shown(id, now);
            self.keep_desk(desk, &[], now)?;
        }
        let mut store = self.store();
        if Sign::Notifications.read(store.reading())?.is_some() {
            store.write(|w| Sign::Notifications.take_back(w, now))?;
        }
        Ok(())
    }

    /// A notice could not be shown; why, in plain words. That is itself something that needs
    /// someone: the window shows it until one is shown again.
    ///
    /// # Errors
    /// The store's fault.
    pub fn notice_failed(&self, id: &str, why: &str) -> Result<(), EngineFault> {
        let now = self.now();
        let mut kept = self.attention.desk();
        if let Some(desk) = kept.as_mut() {
            desk.failed(id, now);
        }
        self.store().write(|w| {
            let text = format!("A notice could not be shown: {why}");
            w.journal(&notice(now, "alert", "notice_failed", id, "auto", &text))?;
            Sign::Notifications.give(w, why, now)
        })?;
        Ok(())
    }

    /// Somebody says "I have it": it is not made stronger any more.
    ///
    /// # Errors
    /// `alert_unknown` when no such alert is open.
    pub fn take_alert(&self, id: &str) -> Result<AlertView, EngineFault> {
        self.attend()?;
        let (now, who) = (self.now(), self.who());
        let mut kept = self.attention.desk();
        let before = kept
            .as_mut()
            .and_then(|desk| desk.take(id, &who, now))
            .ok_or_else(|| no_such_alert(id))?;
        let text = if before.is_empty() {
            format!("{who} has it; before that nobody had")
        } else {
            format!("{who} has it; before that {before} had")
        };
        self.put_down(&mut kept, "take", id, &who, &text, now)?;
        drop(kept);
        self.alert_view(id)
    }

    /// Somebody says that an alert is done with. If its cause remains it opens again at the
    /// next look (B42).
    ///
    /// # Errors
    /// `alert_unknown` when no such alert is open.
    pub fn close_alert(&self, id: &str) -> Result<(), EngineFault> {
        self.attend()?;
        let (now, who) = (self.now(), self.who());
        let mut kept = self.attention.desk();
        let row = kept
            .as_mut()
            .and_then(|desk| desk.close(id, now))
            .ok_or_else(|| no_such_alert(id))?;
        let text = format!("{who} says it is done with: {}", row.text);
        if row.code == "another_copy" {
            self.store().write(|w| another_copy::settle(w, now))?;
        }
        self.put_down(&mut kept, "close", id, &who, &text, now)
    }

    fn put_down(
        &self,
        kept: &mut Option<Desk>,
        operation: &str,
        id: &str,
        who: &str,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<(), EngineFault> {
        if let Some(desk) = kept {
            self.keep_desk(desk, &[], now)?;
        }
        self.store().write(|w| {
            w.journal(&notice(now, "alert", operation, id, who, text))?;
            Ok(())
        })?;
        Ok(())
    }

    fn alert_view(&self, id: &str) -> Result<AlertView, EngineFault> {
        let (now, settings) = (self.now(), self.settings());
        let status = self.read(|reading| Views::new(reading, &settings, now).status())?;
        status
            .attention
            .into_iter()
            .find(|alert| alert.id == id)
            .ok_or_else(|| no_such_alert(id))
    }
}

fn no_such_alert(id: &str) -> EngineFault {
    EngineFault::wrong(
        "alert_unknown",
        "id",
        format!("No alert “{id}” is open. `alerts` lists those that are."),
    )
}
