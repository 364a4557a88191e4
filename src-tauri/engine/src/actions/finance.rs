//! Finance's signature under the reconciled figures of a moment.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::finance::SignedView;
use crate::journal::notice;
use crate::views::{Views, time};

/// What was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedOff {
    /// The comparison that was signed.
    pub run_id: String,
    /// When Cin7 was read for it.
    pub read_at: String,
    /// The signature.
    pub signed: SignedView,
    /// What was done, in a sentence.
    pub text: String,
}

impl Engine {
    /// Puts the user's name under the last whole comparison by a moment, with a note or "".
    /// A signature is never taken out: whoever thinks better of it signs again and says so.
    ///
    /// # Errors
    /// Nothing had been compared by then; the store's.
    pub fn sign_off(&self, at: DateTime<Utc>, note: &str) -> Result<SignedOff, EngineFault> {
        let (now, who, note) = (self.now(), self.who(), note.trim());
        let settings = self.settings();
        let run = {
            let store = self.store();
            let reading = store.reading();
            Views::new(reading, &settings, now).whole_comparison_at(at)?
        };
        let read = run.read_at.with_timezone(&settings.zone());
        let text = format!(
            "{who} signed the reconciled stock of {}{}",
            read.format("%-d %B %Y, %H:%M"),
            if note.is_empty() {
                String::new()
            } else {
                format!(": {note}")
            }
        );
        self.store().write(|w| {
            w.sign_off(run.key, &who, note, now)?;
            w.journal(&notice(now, "decision", "sign_off", &run.run, &who, &text))?;
            Ok(())
        })?;
        Ok(SignedOff {
            run_id: run.run,
            read_at: time(run.read_at),
            signed: SignedView {
                who,
                at: time(now),
                note: note.to_owned(),
            },
            text,
        })
    }
}
