//! Letting orders go, and keeping them back again: the step between looking only and
//! live, taken by a person and kept with what it meant.

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::location;
use crate::settings::Settings;

impl Engine {
    /// Lets orders go from now on. What passed its checks while only looking leaves at
    /// once, the most urgent first.
    ///
    /// # Errors
    /// [`EngineFault::Setting`] and [`EngineFault::Wrong`] where nothing could be sent: no
    /// credentials, no address, no location.
    pub fn go_live(&self) -> Result<(), EngineFault> {
        self.cin7()?;
        self.whistl()?;
        location::find(self.store().reading(), &self.settings())??;
        self.set_mode("live", |waiting, held| {
            format!("Went live with {waiting} to be sent and {held} held")
        })
    }

    /// Reads and decides from now on, and sends nothing. What was sent is followed as
    /// before.
    pub fn back_to_look_only(&self) -> Result<(), EngineFault> {
        self.set_mode("look_only", |waiting, held| {
            format!("Went back to looking only with {waiting} to be sent and {held} held")
        })
    }

    fn set_mode(
        &self,
        mode: &str,
        text: impl FnOnce(i64, i64) -> String,
    ) -> Result<(), EngineFault> {
        let mut settings = Settings::clone(&self.settings());
        if settings.text("mode") == mode {
            return Ok(());
        }
        settings.set_text("mode", mode)?;
        let tallies = self.store().reading().tallies_by_state()?;
        let of = |word: &str| {
            tallies
                .iter()
                .find(|tally| tally.word == word)
                .map_or(0, |tally| tally.count)
        };
        let text = text(of("waiting"), of("held"));
        let (now, who) = (self.now(), self.who());
        self.change_settings(settings)?;
        self.store().write(|w| {
            w.journal(&notice(now, "decision", "mode", mode, &who, &text))?;
            Ok(())
        })?;
        Ok(())
    }
}
