//! Sums over the orders that need someone.

use chrono::{DateTime, Utc};
use domain::{HoldCode, Owner};
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::OrderState;
use crate::reading::{Reading, col};
use crate::sales::owner;
use crate::{StoreFault, times};

/// Orders that need someone, alike in state, cause and owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedSum {
    /// Their state; none outside the trigger.
    pub state: Option<OrderState>,
    /// Their first hold; none without one.
    pub cause: Option<HoldCode>,
    /// Who must act.
    pub owner: Owner,
    /// How many.
    pub count: i64,
}

/// Orders that need someone and must leave by one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedBy {
    /// By when.
    pub ship_by: DateTime<Utc>,
    /// Their first hold; none without one.
    pub cause: Option<HoldCode>,
    /// Who must act.
    pub owner: Owner,
    /// How many.
    pub count: i64,
}

impl Reading {
    /// Orders that need someone, by state, cause and owner; the most first.
    pub fn need_sums(&self) -> Result<Vec<NeedSum>, StoreFault> {
        let mut sums = self.all(
            "SELECT state, cause, owner, SUM(count) FROM need
             WHERE state >= '' GROUP BY state, cause, owner",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(NeedSum {
                    state: OrderState::from_word(&columns.next::<String>()?),
                    cause: HoldCode::from_word(&columns.next::<String>()?),
                    owner: owner(&columns.next::<String>()?)?,
                    count: columns.next()?,
                })
            },
        )?;
        sums.sort_by_key(|sum| (std::cmp::Reverse(sum.count), sum.cause));
        Ok(sums)
    }

    /// Orders that have not left us, need someone, and must leave between two moments.
    pub fn needs_by(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<NeedBy>, StoreFault> {
        self.all(
            "SELECT ship_by, cause, owner, count FROM need
             WHERE state IN ('held', 'waiting', 'unclear', 'rejected')
               AND ship_by > ?1 AND ship_by <= ?2",
            [times::ms(from), times::ms(to)],
            |row| {
                let mut columns = Columns::of(row);
                Ok(NeedBy {
                    ship_by: columns.at()?,
                    cause: HoldCode::from_word(&columns.next::<String>()?),
                    owner: owner(&columns.next::<String>()?)?,
                    count: columns.next()?,
                })
            },
        )
    }

    /// The number of the order that came last into a state, and its first hold, if that
    /// owner must act on it.
    pub fn newest_in(
        &self,
        state: OrderState,
        whose: Owner,
    ) -> Result<Option<(String, Option<HoldCode>)>, StoreFault> {
        let found = self.all(
            "SELECT number, cause, owner FROM sale INDEXED BY sale_by_age
             WHERE state = ?1 AND state IS NOT NULL ORDER BY changed_at DESC LIMIT 1",
            [state.word()],
            |row| {
                let cause: Option<String> = col(row, 1)?;
                let owner: Option<String> = col(row, 2)?;
                let number: String = col(row, 0)?;
                Ok((number, cause, owner))
            },
        )?;
        Ok(found
            .into_iter()
            .find(|(_, _, owner)| owner.as_deref() == Some(whose.word()))
            .map(|(number, cause, _)| (number, cause.as_deref().and_then(HoldCode::from_word))))
    }

    /// Of the orders that have not left us and must between two moments, those that are put
    /// off past the moment by which they must: that moment, for each of them.
    pub fn put_off_past(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, StoreFault> {
        self.all(
            "SELECT s.ship_by FROM put_off AS p CROSS JOIN sale AS s ON s.key = p.sale
             WHERE p.until > ?1 AND s.ship_by > ?1 AND s.ship_by <= ?2 AND p.until >= s.ship_by
               AND s.state IN ('held', 'waiting', 'unclear', 'rejected')",
            params![times::ms(from), times::ms(to)],
            |row| Columns::of(row).at(),
        )
    }
}
