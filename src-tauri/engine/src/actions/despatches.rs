//! What a person does about a despatch that cannot be told to Cin7 as it is.

use store::{DespatchRow, DespatchState};

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::runs::adopt;

impl Engine {
    /// Tries a despatch again that needed someone, or that waits for its next try: what was
    /// wrong has been put right.
    pub fn retry_despatch(&self, id: &str) -> Result<(), EngineFault> {
        let row = self.despatch_to_act_on(id)?;
        if matches!(row.state, DespatchState::Posted | DespatchState::Closed) {
            return Err(done_with(&row));
        }
        if row.state == DespatchState::Posting {
            return Err(EngineFault::wrong(
                "at_work",
                "id",
                format!("Cin7 Core is being told of {id} right now; look again in a moment."),
            ));
        }
        if row.state == DespatchState::Parked {
            return Err(EngineFault::wrong(
                "waits_for_last",
                "id",
                format!(
                    "{id} waits for the last parcel of its order. To tell each part as it comes, set `despatch.parts` to `each`."
                ),
            ));
        }
        let (now, who) = (self.now(), self.who());
        if row.sale.is_none() {
            let mut store = self.store();
            let Some(sale) = store.reading().sale_by_reference(&row.raw_reference)? else {
                return Err(EngineFault::wrong(
                    "order_unknown",
                    "id",
                    format!(
                        "{id} is of {}, and no order of ours goes by that. Ask the warehouse whose it is, or dismiss it.",
                        row.raw_reference
                    ),
                ));
            };
            store.write(|w| adopt(w, &sale, &row.raw_reference, now))?;
            return Ok(());
        }
        self.store().write(|w| {
            w.despatch_again(
                row.key,
                now,
                false,
                row.state == DespatchState::Unclear,
                now,
            )?;
            let text = format!("{id} is told to Cin7 Core again");
            w.journal(&notice(now, "decision", "confirm", id, &who, &text))?;
            Ok(())
        })?;
        Ok(())
    }

    /// Leaves a despatch that needed someone as it is: it was put right in Cin7 by hand. `why`
    /// is kept with the name of who said so.
    pub fn dismiss_despatch(&self, id: &str, why: &str) -> Result<(), EngineFault> {
        let why = why.trim();
        if why.is_empty() {
            return Err(EngineFault::wrong(
                "reason_missing",
                "reason",
                "Say why in a few words: it is kept with your name.",
            ));
        }
        let row = self.despatch_to_act_on(id)?;
        if row.state != DespatchState::Exception {
            return Err(EngineFault::wrong(
                "not_an_exception",
                "id",
                format!("{id} needs nobody: it is {}.", row.state.word()),
            ));
        }
        let (now, who) = (self.now(), self.who());
        self.store().write(|w| {
            w.despatch_stands(row.key, DespatchState::Closed, None, "dismissed", why, now)?;
            let text = format!("{id} is left as it is in Cin7 Core, by hand");
            w.journal(&notice(now, "decision", "confirm", id, &who, &text))?;
            Ok(())
        })?;
        Ok(())
    }

    fn despatch_to_act_on(&self, id: &str) -> Result<DespatchRow, EngineFault> {
        self.store().reading().despatch(id)?.ok_or_else(|| {
            EngineFault::wrong(
                "despatch_unknown",
                "id",
                format!("There is no despatch {id} here; `despatches` lists them."),
            )
        })
    }
}

fn done_with(row: &DespatchRow) -> EngineFault {
    EngineFault::wrong(
        "done_with",
        "id",
        format!("{} is done with: it is {}.", row.id, row.state.word()),
    )
}
