//! Pausing and resuming sending, by hand or by the safety stop. A pause outlives the
//! program; look-ups go on, so that what was sent is still cleared up.

use chrono::{DateTime, Utc};
use serde::Serialize;
use store::{Cursor, StoreFault, Write};

use crate::attention::another_copy;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;

/// Sending is paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SendingPause {
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
    /// Since when, RFC 3339.
    pub since: String,
}

const NAME: &str = "sending_paused";

impl Engine {
    /// The pause in force, if there is one.
    pub fn sending_paused(&self) -> Result<Option<SendingPause>, StoreFault> {
        paused(self.store().reading())
    }

    /// Pauses sending.
    pub fn pause_sending(&self, by: &str, why: &str, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.store().write(|w| pause_in(w, by, why, now))
    }

    /// Pauses sending by hand.
    pub fn pause_by_hand(&self, why: &str) -> Result<(), EngineFault> {
        Ok(self.pause_sending(&self.who(), why, self.now())?)
    }

    /// Resumes sending.
    pub fn resume_by_hand(&self) -> Result<(), EngineFault> {
        let (now, who) = (self.now(), self.who());
        self.store().write(|w| {
            let cursor = Cursor {
                value: String::new(),
                epoch: String::new(),
                at: now,
            };
            w.put_cursor(NAME, &cursor)?;
            another_copy::settle(w, now)?;
            w.journal(&notice(
                now,
                "decision",
                "resume",
                "sending",
                &who,
                "Sending resumed",
            ))?;
            Ok(())
        })?;
        self.outbox_bell.notify_one();
        Ok(())
    }
}

/// Pauses sending, in the caller's transaction.
pub(crate) fn pause_in(
    w: &mut Write<'_>,
    by: &str,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    let cursor = Cursor {
        value: by.into(),
        epoch: why.into(),
        at: now,
    };
    w.put_cursor(NAME, &cursor)?;
    w.journal(&notice(now, "decision", "pause", "sending", by, why))?;
    Ok(())
}

/// The pause in force, as stored.
pub(crate) fn paused(reading: &store::Reading) -> Result<Option<SendingPause>, StoreFault> {
    let cursor = reading
        .cursor(NAME)?
        .filter(|cursor| !cursor.value.is_empty());
    Ok(cursor.map(|cursor| SendingPause {
        by: cursor.value,
        why: cursor.epoch,
        since: crate::views::time(cursor.at),
    }))
}
