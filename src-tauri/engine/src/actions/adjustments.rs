//! What a person does about a stock adjustment: approve it, set it aside, or have it tried
//! again.

use store::{AdjustmentRow, AdjustmentStands, AdjustmentState, DocumentState, Reading, StoreFault};

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;

/// What a person says of an adjustment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Post it.
    Approve,
    /// It is not to be posted.
    Dismiss,
    /// It stands in Cin7 by another way.
    AlreadyInCin7,
    /// Try it again: what was wrong has been put right.
    Retry,
}

/// Why this may not be said of an adjustment, as a sentence; `None` when it may.
///
/// # Errors
/// The store's.
pub fn adjustment_refusal(
    reading: &Reading,
    row: &AdjustmentRow,
    word: Word,
) -> Result<Option<String>, StoreFault> {
    let allowed = match word {
        Word::Approve => row.state == AdjustmentState::NeedsApproval,
        Word::Dismiss | Word::AlreadyInCin7 | Word::Retry => matches!(
            row.state,
            AdjustmentState::NeedsApproval | AdjustmentState::Failed | AdjustmentState::New
        ),
    };
    if !allowed {
        return Ok(Some(format!(
            "{} is {}: there is nothing to decide about it.",
            row.id,
            crate::words::adjustment_state(row.state.word())
        )));
    }
    // Its document stands in Cin7 as completed: another could move the stock a second time.
    let may_be_posted = matches!(word, Word::Approve | Word::Retry);
    if may_be_posted && stands_completed(reading, row)? {
        return Ok(Some(format!(
            "{} stands in Cin7 Core as a completed document, and posting it again could move the stock twice. Look at the document there, then say that it is in Cin7 Core, or dismiss it.",
            row.id
        )));
    }
    Ok(None)
}

fn stands_completed(reading: &Reading, row: &AdjustmentRow) -> Result<bool, StoreFault> {
    let document = row.document.map(|key| reading.document(key)).transpose()?;
    Ok(document.is_some_and(|document| {
        !matches!(
            document.state,
            DocumentState::Failed | DocumentState::Voided
        )
    }))
}

impl Engine {
    /// Does what a person says of an adjustment. The reason, which may be "", is kept with
    /// their name.
    ///
    /// # Errors
    /// There is no such adjustment, or nothing is to be decided about it.
    pub fn see_to_adjustment(&self, id: &str, word: Word, why: &str) -> Result<(), EngineFault> {
        let why = why.trim();
        let row = self.adjustment_to_act_on(id)?;
        if let Some(why_not) = adjustment_refusal(self.store().reading(), &row, word)? {
            return Err(EngineFault::wrong("not_to_be_decided", "id", why_not));
        }
        let (now, who) = (self.now(), self.who());
        let (state, text) = match word {
            Word::Approve => (AdjustmentState::New, format!("{id} is approved")),
            Word::Retry => (AdjustmentState::New, format!("{id} is tried again")),
            Word::Dismiss => (
                AdjustmentState::Dismissed,
                format!("{id} is not to be posted"),
            ),
            Word::AlreadyInCin7 => (
                AdjustmentState::AlreadyInCin7,
                format!("{id} stands in Cin7 Core by another way"),
            ),
        };
        // Trying again is no yes: what waits for approval still does.
        let by = if word == Word::Retry {
            ""
        } else {
            who.as_str()
        };
        self.store().write(|w| {
            w.adjustment_stands(
                row.key,
                &AdjustmentStands {
                    state,
                    owner: None,
                    causes: &[],
                    detail: "",
                    due: now,
                    failed: false,
                    by,
                    why,
                },
                now,
            )?;
            w.journal(&notice(now, "decision", "adjustment", id, &who, &text))?;
            Ok(())
        })?;
        Ok(())
    }

    fn adjustment_to_act_on(&self, id: &str) -> Result<AdjustmentRow, EngineFault> {
        self.store().reading().adjustment(id)?.ok_or_else(|| {
            EngineFault::wrong(
                "adjustment_unknown",
                "id",
                format!("There is no adjustment {id} here; `adjustments` lists them."),
            )
        })
    }
}
