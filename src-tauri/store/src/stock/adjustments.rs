//! Questions about adjustments: single ones, what is due, the figures of what waits, and the
//! reasons that occur. Lists stand in `listed`.

use chrono::{DateTime, Utc};
use domain::Owner;
use rusqlite::params;

use super::forms::{
    AdjustmentKey, AdjustmentRow, AdjustmentState, AdjustmentsWaiting, DocumentKey, ReasonSeen,
};
use super::row::{ADJUSTMENT, adjustment_place, adjustment_row};
use crate::columns::Columns;
use crate::reading::{Reading, col};
use crate::sales::owner;
use crate::seal::Purpose;
use crate::{StoreFault, times};

impl Reading {
    /// The adjustment of that id, to the letter.
    pub fn adjustment(&self, id: &str) -> Result<Option<AdjustmentRow>, StoreFault> {
        let sql = format!(
            "SELECT {ADJUSTMENT} FROM adjustment AS a
             LEFT JOIN stock_document AS d ON d.key = a.document WHERE a.id = ?1"
        );
        Ok(self.all(&sql, [id], adjustment_row)?.into_iter().next())
    }

    /// The adjustment of that row number.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is none: rows are never deleted.
    pub fn adjustment_by_key(
        &self,
        adjustment: AdjustmentKey,
    ) -> Result<AdjustmentRow, StoreFault> {
        let sql = format!(
            "SELECT {ADJUSTMENT} FROM adjustment AS a
             LEFT JOIN stock_document AS d ON d.key = a.document WHERE a.key = ?1"
        );
        let found = self.all(&sql, [adjustment.0], adjustment_row)?;
        found.into_iter().next().ok_or_else(|| missing(adjustment))
    }

    /// Adjustments that are to be posted, or tried again, by now: the one that happened first
    /// first, at most so many.
    pub fn adjustments_due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<AdjustmentRow>, StoreFault> {
        // The index is named, or SQLite may sort all that waits.
        let sql = format!(
            "SELECT {ADJUSTMENT} FROM adjustment AS a INDEXED BY adjustment_open
             LEFT JOIN stock_document AS d ON d.key = a.document
             WHERE a.state IN ('new', 'posting', 'unclear', 'failed')
               AND a.state IN ('new', 'failed') AND a.due <= ?1
             ORDER BY a.at, a.key LIMIT ?2"
        );
        self.all(&sql, params![times::ms(now), limit], adjustment_row)
    }

    /// When the next adjustment is to be posted or tried again.
    pub fn next_adjustment_due(&self) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let due = self.one(
            "SELECT due FROM adjustment INDEXED BY adjustment_by_due
             WHERE state IN ('new', 'failed') ORDER BY due LIMIT 1",
            [],
            |row| row.get(0),
        )?;
        times::at_ms_or_none(due)
    }

    /// The adjustments that are in a document, or were put in it last, by when they happened.
    pub fn adjustments_of_document(
        &self,
        document: DocumentKey,
    ) -> Result<Vec<AdjustmentRow>, StoreFault> {
        let sql = format!(
            "SELECT {ADJUSTMENT} FROM adjustment AS a INDEXED BY adjustment_by_document
             LEFT JOIN stock_document AS d ON d.key = a.document
             WHERE a.document = ?1 ORDER BY a.at, a.key"
        );
        self.all(&sql, [document.0], adjustment_row)
    }

    /// The adjustments that take the one of that id back.
    pub fn reversals_of(&self, id: &str) -> Result<Vec<AdjustmentRow>, StoreFault> {
        let sql = format!(
            "SELECT {ADJUSTMENT} FROM adjustment AS a INDEXED BY adjustment_reversals
             LEFT JOIN stock_document AS d ON d.key = a.document
             WHERE a.reverses = ?1 AND a.reverses <> '' ORDER BY a.key"
        );
        self.all(&sql, [id], adjustment_row)
    }

    /// How many adjustments are in each state; a state with none is left out.
    pub fn adjustment_counts(&self) -> Result<Vec<(AdjustmentState, u64)>, StoreFault> {
        let counts = self.all(
            "SELECT state, count FROM adjustment_tally WHERE count > 0",
            [],
            |row| Ok((col::<String>(row, 0)?, times::count(col(row, 1)?)?)),
        )?;
        Ok(counts
            .into_iter()
            .filter_map(|(word, count)| Some((AdjustmentState::from_word(&word)?, count)))
            .collect())
    }

    /// Figures of what is to be posted. Costs the same at any size.
    pub fn adjustments_waiting(&self) -> Result<AdjustmentsWaiting, StoreFault> {
        let mut figures = AdjustmentsWaiting::default();
        for (state, count) in self.adjustment_counts()? {
            match state {
                AdjustmentState::New | AdjustmentState::Posting | AdjustmentState::Unclear => {
                    figures.waiting += count;
                }
                AdjustmentState::NeedsApproval => figures.needs_approval = count,
                AdjustmentState::Failed => figures.failed = count,
                AdjustmentState::Posted
                | AdjustmentState::Dismissed
                | AdjustmentState::AlreadyInCin7
                | AdjustmentState::Recorded => {}
            }
        }
        let oldest = self.one(
            "SELECT at FROM adjustment INDEXED BY adjustment_open
             WHERE state IN ('new', 'posting', 'unclear', 'failed') AND state <> 'failed'
             ORDER BY at LIMIT 1",
            [],
            |row| row.get(0),
        )?;
        figures.oldest = times::at_ms_or_none(oldest)?;
        Ok(figures)
    }

    /// Adjustments that wait for a person: how many, by whose they are and why.
    pub fn adjustment_exceptions(&self) -> Result<Vec<(Owner, String, u64)>, StoreFault> {
        self.all(
            "SELECT owner, cause, COUNT(*) FROM adjustment INDEXED BY adjustment_by_owner
             WHERE state IN ('needs_approval', 'failed') GROUP BY owner, cause",
            [],
            |row| {
                let mut columns = Columns::of(row);
                let word: Option<String> = columns.next()?;
                let owner = word.map_or(Ok(Owner::Support), |word| owner(&word))?;
                Ok((owner, columns.next()?, columns.count()?))
            },
        )
    }

    /// Every reason that occurs, by its word and theirs: how many adjustments give it, and
    /// how many of those are still to be posted. Costs the same at any size.
    pub fn reasons_seen(&self) -> Result<Vec<ReasonSeen>, StoreFault> {
        self.all(
            "SELECT why, why_text, count, open FROM adjustment_reason WHERE count > 0
             ORDER BY why, why_text",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(ReasonSeen {
                    why: columns.next()?,
                    why_text: columns.next()?,
                    count: columns.count()?,
                    open: columns.count()?,
                })
            },
        )
    }

    /// What is said of an adjustment beyond its words; "" when nothing is, and without a key.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is no such adjustment.
    pub fn adjustment_words(&self, adjustment: AdjustmentKey) -> Result<String, StoreFault> {
        let found = self.one(
            "SELECT id, sealed_detail FROM adjustment WHERE key = ?1",
            [adjustment.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let (id, sealed): (String, Option<Vec<u8>>) = found.ok_or_else(|| missing(adjustment))?;
        self.stock_words(&adjustment_place(&id), sealed)
    }

    /// Words that were sealed; "" when there are none, and without a key.
    pub(super) fn stock_words(
        &self,
        place: &[u8],
        sealed: Option<Vec<u8>>,
    ) -> Result<String, StoreFault> {
        match (sealed, self.sealer()) {
            (Some(sealed), Some(_)) => {
                let plain = self.opened(Purpose::Stock, place, &sealed)?;
                Ok(String::from_utf8_lossy(&plain).into_owned())
            }
            _ => Ok(String::new()),
        }
    }
}

pub(super) fn missing(adjustment: AdjustmentKey) -> StoreFault {
    StoreFault::Missing {
        what: format!("adjustment number {}", adjustment.0),
    }
}
