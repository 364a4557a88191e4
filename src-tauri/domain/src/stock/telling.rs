//! Whether a figure of Cin7's shows a movement that Cin7 was told of about the time at which
//! the figure was read. Decided by our own clock alone: by when we asked and were answered, and
//! by when we began to write and had done.

use chrono::{DateTime, TimeDelta, Utc};

/// How long after a write has ended Cin7's list may still show the figure before it (assumed;
/// no such lag has been observed).
pub const LAG: TimeDelta = TimeDelta::seconds(10);

/// A stretch of time by our clock, UTC, with both its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first moment: of a figure, when it was asked for.
    pub began: DateTime<Utc>,
    /// Its last: of a figure, when the answer was in hand.
    pub ended: DateTime<Utc>,
}

impl Span {
    /// The shortest stretch that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            began: self.began.min(other.began),
            ended: self.ended.max(other.ended),
        }
    }
}

/// When Cin7 was told of one movement. At which of several writes its figure moves is a
/// setting of the account, so that all of them count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// No write that may have moved the figure was begun before; `None` where that is not
    /// known.
    pub began: Option<DateTime<Utc>>,
    /// Every write had ended by then; `None` where one may be under way or still to come.
    pub ended: Option<DateTime<Utc>>,
}

/// Whether a figure shows a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InFigure {
    /// It does.
    Yes,
    /// It does unless Cin7's list lags behind its writes ([`LAG`]): a difference that would
    /// come of that is not told before a second look.
    Likely,
    /// It does not.
    No,
    /// It may or may not.
    Unclear,
}

/// Whether a figure that was read in that span shows a movement told so; never sure of one
/// whose times contradict each other, as after a clock was set back.
pub fn in_figure(telling: Telling, read: Span) -> InFigure {
    let Telling { began, ended } = telling;
    let set_back = began.zip(ended).is_some_and(|(began, ended)| began > ended);
    if set_back || read.began > read.ended {
        return InFigure::Unclear;
    }
    if began.is_some_and(|began| began > read.ended) {
        return InFigure::No;
    }
    match ended.map(|ended| read.began.signed_duration_since(ended)) {
        Some(since) if since > LAG => InFigure::Yes,
        // A write and a question of one moment may have come either way round.
        Some(since) if since > TimeDelta::zero() => InFigure::Likely,
        Some(_) | None => InFigure::Unclear,
    }
}
