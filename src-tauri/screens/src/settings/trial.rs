//! What another trigger would have done with recent sales, and the trigger in force as the
//! sentence a merchant reads.

use domain::trigger::Outside;
use engine::location;
use engine::views::{Simulation, Views};

use super::change::changed;
use crate::connections::no_location;
use crate::shapes::{Changes, Simulated, TitleCount, UiError};
use crate::text::counted;

/// Sales that a trial looks at.
const RECENT: u32 = 500;

/// What the trigger would have done with the sales read last, were it changed so. Nothing
/// is changed and nothing is sent.
///
/// # Errors
/// As [`changed`]; that no location is known; the store's.
pub fn simulated(look: &Views<'_>, changes: &Changes) -> Result<Simulated, UiError> {
    let settings = changed(look.settings, changes)?;
    let simulation = look
        .simulate(&settings, RECENT)?
        .map_err(|why| UiError::at("location_unknown", "cin7.location", no_location(&why)))?;
    Ok(told(&simulation))
}

/// The trigger in force as a sentence.
pub(super) fn trigger_sentence(look: &Views<'_>) -> String {
    match location::find(look.reading, look.settings) {
        Ok(Ok(place)) => look.settings.trigger(place).sentence(),
        Ok(Err(why)) => no_location(&why),
        Err(_) => String::new(),
    }
}

fn told(simulation: &Simulation) -> Simulated {
    let mut outside: Vec<TitleCount> = Outside::ALL
        .into_iter()
        .filter_map(|why| Some((why, *simulation.outside.get(why.word())?)))
        .map(|(why, count)| TitleCount {
            title: engine::words::outside(why.word()),
            count,
        })
        .collect();
    if simulation.voided > 0 {
        outside.push(TitleCount {
            title: engine::words::outside("voided"),
            count: simulation.voided,
        });
    }
    let alone: u32 = outside.iter().map(|part| part.count).sum();
    let text = if simulation.recent == 0 {
        "No sale has been read yet, so there is nothing to try it on.".to_owned()
    } else {
        let mut text = format!(
            "Of the last {} read, {} would be sent, {} held and {} left alone.",
            counted(simulation.recent, "sale", "sales"),
            simulation.would_send,
            simulation.would_hold,
            alone
        );
        text.push_str(
            " Sales that were passed over without being read are not part of this. Nothing has been sent.",
        );
        text
    };
    Simulated {
        recent: simulation.recent,
        would_send: simulation.would_send,
        would_hold: simulation.would_hold,
        outside,
        text,
    }
}
