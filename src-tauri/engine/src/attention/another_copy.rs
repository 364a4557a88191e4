//! Signs that another program sends this account's orders: another copy of Stockbridge, an
//! older integration, or this one before an older backup was restored (decision 0015).
//! What is found is told, and sending stops until a person says who goes on.

use chrono::{DateTime, Utc};
use store::{StoreFault, Write};

use super::signs::Sign;
use crate::actions::pause_in;

/// Who pauses when that is found.
const WHO: &str = "auto: another copy";

/// An order is at Whistl under our own reference, and this store never began to send it.
/// `since` is when it came there, as Whistl says.
///
/// What came there before a person last said to go on is no news.
pub(crate) fn sent_elsewhere(
    w: &mut Write<'_>,
    number: &str,
    since: DateTime<Utc>,
    is_live: bool,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    let known = Sign::AnotherCopy.read(w)?.is_some();
    let settled = Sign::AnotherCopy.moved(w)?.is_some_and(|at| since <= at);
    if known || settled {
        return Ok(());
    }
    let why = format!(
        "{number} is at Whistl, and this copy of Stockbridge never sent it: another copy or another program sends this account’s orders, or an older backup was restored here."
    );
    Sign::AnotherCopy.give(w, &why, now)?;
    if is_live {
        pause_in(w, WHO, &why, now)?;
    }
    Ok(())
}

/// A person has seen to it and says to go on.
pub(crate) fn settle(w: &mut Write<'_>, now: DateTime<Utc>) -> Result<(), StoreFault> {
    if Sign::AnotherCopy.read(w)?.is_some() {
        Sign::AnotherCopy.take_back(w, now)?;
    }
    Ok(())
}
