//! What another trigger would have done with the sales read last. Nothing is written and
//! nothing is sent; the sales are as they were last read.

use std::collections::BTreeMap;

use domain::check::check;
use domain::trigger::{Standing as Due, judge_sale};

use super::Views;
use crate::fault::EngineFault;
use crate::knowledge::{ForSale, Knowledge};
use crate::location::{self, NoLocation};
use crate::runs::contacts_from;
use crate::settings::Settings;

/// See the module's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simulation {
    /// Sales looked at.
    pub recent: u32,
    /// Of these, how many would be sent.
    pub would_send: u32,
    /// How many would be held.
    pub would_hold: u32,
    /// How many would be left alone, by why.
    pub outside: BTreeMap<&'static str, u32>,
    /// How many are called off in Cin7.
    pub voided: u32,
}

impl Views<'_> {
    /// What the trigger and checks of `settings` would make of the last `limit` sales that
    /// were read.
    ///
    /// # Errors
    /// The store's. That the settings name no location is an answer.
    pub fn simulate(
        &self,
        settings: &Settings,
        limit: u32,
    ) -> Result<Result<Simulation, NoLocation>, EngineFault> {
        let location = match location::find(self.reading, settings)? {
            Ok(location) => location,
            Err(why) => return Ok(Err(why)),
        };
        let (rules, trigger) = (settings.rules(), settings.trigger(location));
        let known = Knowledge::load(self.reading, &rules.sku)?;
        let mut simulation = Simulation::default();
        for key in self.reading.recently_read(limit)? {
            let sealed = self.reading.sealed(key)?;
            // What cannot be read is held whatever the trigger, and says nothing about it.
            let Ok(sale) = cin7::read_sale(&sealed.detail) else {
                continue;
            };
            simulation.recent += 1;
            match judge_sale(&trigger, &sale) {
                Due::Voided => simulation.voided += 1,
                Due::Outside(why) => *simulation.outside.entry(why.word()).or_default() += 1,
                Due::Unreadable(_) => simulation.would_hold += 1,
                Due::Due | Due::DueIfAttribute => {
                    let stored = self.reading.contact(&sale.customer_id)?;
                    let contacts = stored
                        .map(|(_, body)| contacts_from(&body))
                        .unwrap_or_default();
                    let world = ForSale {
                        world: &known,
                        contacts: &contacts,
                    };
                    match check(&sale, 1, &rules, &world) {
                        Ok(_) => simulation.would_send += 1,
                        Err(_) => simulation.would_hold += 1,
                    }
                }
            }
        }
        Ok(Ok(simulation))
    }
}
