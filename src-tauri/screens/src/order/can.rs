//! What may be done to an order, by the same rule as the actions themselves.

use engine::actions::{Deed, Refusal, refusal};
use engine::views::Views;
use store::{Outline, SaleRow};

use super::standing::why_nothing_is_sent;
use crate::shapes::{Act, Can, UiError};
use crate::text::sentence;

impl From<Act> for Deed {
    fn from(act: Act) -> Self {
        match act {
            Act::Recheck => Self::Recheck,
            Act::Resend => Self::Resend,
            Act::Withdraw => Self::Withdraw,
            Act::Release => Self::Release,
        }
    }
}

/// What may be done.
pub(crate) struct Cans {
    pub(crate) recheck: Can,
    pub(crate) resend: Can,
    pub(crate) withdraw: Can,
    pub(crate) release: Can,
}

/// What may be done to an order as it stands.
pub(crate) fn cans(look: &Views<'_>, row: &SaleRow) -> Result<Cans, UiError> {
    let order = Outline::of(row);
    let quiet = sends_nothing(look)?;
    let can = |deed| -> Result<Can, UiError> {
        let refused = refusal(look.reading, deed, &order, quiet)?;
        Ok(Can {
            allowed: refused.is_none(),
            why_not: match refused {
                Some(refused) => why_not(look, &refused)?,
                None => String::new(),
            },
        })
    };
    Ok(Cans {
        recheck: can(Deed::Recheck)?,
        resend: can(Deed::Resend)?,
        withdraw: can(Deed::Withdraw)?,
        release: can(Deed::Release)?,
    })
}

/// Whether nothing leaves: look only, or paused.
pub(crate) fn sends_nothing(look: &Views<'_>) -> Result<bool, UiError> {
    Ok(why_nothing_is_sent(look)?.is_some())
}

/// A refusal as the window says it.
pub(crate) fn why_not(look: &Views<'_>, refused: &Refusal) -> Result<String, UiError> {
    if refused.code == "sends_nothing"
        && let Some(why) = why_nothing_is_sent(look)?
    {
        return Ok(format!("{why} It cannot be withdrawn until then."));
    }
    Ok(sentence(&engine::words::sentence(&refused.message)))
}
