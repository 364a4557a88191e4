//! Where an order stands, as one sentence that claims no more than is known.

use engine::EngineFault;
use engine::views::Views;
use engine::words;
use store::{HoldRow, OrderState, SaleRow, Standing};

use crate::text::{clock, sentence};

/// Where an order stands.
pub(super) fn detail(
    look: &Views<'_>,
    row: &SaleRow,
    holds: &[HoldRow],
) -> Result<String, EngineFault> {
    let at = |time| clock(time, look.now, look.settings.zone());
    let state = match &row.standing {
        Standing::Outside(why) => {
            return Ok(format!(
                "Not for the warehouse: {}",
                sentence(&words::outside(why))
            ));
        }
        Standing::In(state) => *state,
    };
    let is_changed = holds.iter().any(|hold| {
        matches!(
            hold.reason.code,
            domain::HoldCode::ChangedAfterSending | domain::HoldCode::CancelledAfterSending
        )
    });
    Ok(match state {
        OrderState::Held => {
            "Kept back before sending. Once what is wrong is put right, it goes by itself.".into()
        }
        OrderState::Waiting => waiting(look, row)?,
        OrderState::Sending => "Being sent to Whistl now.".into(),
        OrderState::Unclear => match row.next_at.filter(|next| *next > look.now) {
            Some(next) => format!(
                "Sent, no answer yet: Whistl is asked again at {} before anything is sent again.",
                at(next)
            ),
            None if row.owner.is_some() => {
                "Sent, no answer, and Whistl cannot say whether it has it.".into()
            }
            None => "Sent, no answer yet: checking with Whistl.".into(),
        },
        OrderState::Rejected => {
            "Whistl refused it. Put right what is wrong, then send it again.".into()
        }
        OrderState::AtWarehouse if is_changed => {
            "Whistl has it as it was sent; the sale in Cin7 Core is different now.".into()
        }
        OrderState::AtWarehouse => match row.accepted_at {
            Some(accepted) => format!("Whistl accepted it at {}.", at(accepted)),
            None => "Whistl has it.".into(),
        },
        OrderState::Blocked => "Whistl has it and has stopped it.".into(),
        OrderState::PartDespatched => "Part of it has left the warehouse.".into(),
        OrderState::Despatched => "All of it has left the warehouse.".into(),
        OrderState::Cancelled => "Called off. Nothing of it will be sent.".into(),
    })
}

fn waiting(look: &Views<'_>, row: &SaleRow) -> Result<String, EngineFault> {
    let at = |time| clock(time, look.now, look.settings.zone());
    if row.read_updated.is_none() {
        return Ok("Seen in Cin7 Core, and not read yet.".into());
    }
    if let Some(why) = why_nothing_is_sent(look)? {
        return Ok(format!("Passes every check. {why}"));
    }
    if let Some(until) = row.not_before.filter(|until| *until > look.now) {
        return Ok(format!(
            "Passes every check, and waits for early edits until {}.",
            at(until)
        ));
    }
    Ok(match row.next_at.filter(|next| *next > look.now) {
        Some(next) if row.attempts > 0 => {
            format!("Not delivered yet: sent again at {}.", at(next))
        }
        Some(next) => format!("Passes every check, and is sent at {}.", at(next)),
        None => "Passes every check, and is sent next.".into(),
    })
}

/// Why nothing leaves, as a sentence; none while orders are sent.
pub(crate) fn why_nothing_is_sent(look: &Views<'_>) -> Result<Option<String>, EngineFault> {
    if !look.settings.is_live() {
        return Ok(Some(
            "Stockbridge only looks and sends nothing until it goes live.".into(),
        ));
    }
    Ok(look.sending_paused()?.map(|pause| {
        format!(
            "Sending is paused by {}: {}",
            pause.by,
            sentence(&pause.why)
        )
    }))
}
