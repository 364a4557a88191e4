//! Orders that need someone, by what decides how urgent they are: counted as they change,
//! and listed by the same marks, so that a count opens just the orders it counts. Which of
//! them is how urgent is not decided here.

use chrono::{DateTime, Utc};
use domain::{HoldCode, Owner};
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::{OrderState, SaleKey};
use crate::orders::{List, Listed};
use crate::reading::{Reading, col};
use crate::sales::owner;
use crate::{StoreFault, times};

/// Orders that need someone and are alike in all that decides how urgent they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedCount {
    /// Their state; none outside the trigger.
    pub state: Option<OrderState>,
    /// Their first hold; none without one.
    pub cause: Option<HoldCode>,
    /// Who must act.
    pub owner: Owner,
    /// When they must leave by.
    pub ship_by: Option<DateTime<Utc>>,
    /// Whether they are put off to a later time.
    pub put_off: bool,
    /// How many.
    pub count: i64,
}

/// By when orders must leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveBy {
    /// At any time, or at none.
    Any,
    /// By just this moment.
    At(DateTime<Utc>),
    /// By this moment or an earlier one.
    UpTo(DateTime<Utc>),
    /// Later than this, or at no time.
    After(DateTime<Utc>),
    /// By the first moment or earlier, later than the second, or at no time.
    NotBetween(DateTime<Utc>, DateTime<Utc>),
}

impl LeaveBy {
    /// Whether an order that must leave by `ship_by` is meant.
    pub fn holds(self, ship_by: Option<DateTime<Utc>>) -> bool {
        match self {
            Self::Any => true,
            Self::At(moment) => ship_by == Some(moment),
            Self::UpTo(moment) => ship_by.is_some_and(|at| at <= moment),
            Self::After(moment) => ship_by.is_none_or(|at| at > moment),
            Self::NotBetween(from, to) => ship_by.is_none_or(|at| at <= from || at > to),
        }
    }

    /// The same as spans of milliseconds, ends included, for orders that must leave by some
    /// time.
    fn spans(self) -> Vec<(i64, i64)> {
        match self {
            Self::Any => vec![(i64::MIN, i64::MAX)],
            Self::At(moment) => vec![(times::ms(moment), times::ms(moment))],
            Self::UpTo(moment) => vec![(i64::MIN, times::ms(moment))],
            Self::After(moment) => vec![(times::ms(moment) + 1, i64::MAX)],
            Self::NotBetween(from, to) => {
                vec![(i64::MIN, times::ms(from)), (times::ms(to) + 1, i64::MAX)]
            }
        }
    }
}

/// Which orders that need someone are meant; all that is given must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedQuery {
    /// In one of these states.
    pub states: Vec<OrderState>,
    /// With one of these as their first hold; none stands for orders without one.
    pub causes: Vec<Option<HoldCode>>,
    /// To leave by then.
    pub leave_by: LeaveBy,
}

impl NeedQuery {
    /// Whether orders counted so are meant.
    pub fn holds(&self, need: &NeedCount) -> bool {
        need.state.is_some_and(|state| self.states.contains(&state))
            && self.causes.contains(&need.cause)
            && self.leave_by.holds(need.ship_by)
    }
}

impl Reading {
    /// Orders that need someone, in as many parts as differ in urgency.
    pub fn needs(&self) -> Result<Vec<NeedCount>, StoreFault> {
        self.all(
            "SELECT state, cause, owner, ship_by, put_off, count FROM need
             WHERE state >= '' ORDER BY state, cause, owner, ship_by, put_off",
            [],
            |row| {
                let mut columns = Columns::of(row);
                let state: String = columns.next()?;
                let cause: String = columns.next()?;
                let owner = owner(&columns.next::<String>()?)?;
                let ship_by: i64 = columns.next()?;
                Ok(NeedCount {
                    state: OrderState::from_word(&state),
                    cause: HoldCode::from_word(&cause),
                    owner,
                    ship_by: (ship_by != 0).then(|| times::at_ms(ship_by)).transpose()?,
                    put_off: columns.next()?,
                    count: columns.next()?,
                })
            },
        )
    }

    /// The orders that are meant, of that owner and sales channel where one is given; those
    /// put off, or those that are not. By when they must leave, those that must not by any
    /// time last, and of equals the one known longest first; at most so many.
    pub fn list_needs(
        &self,
        query: &NeedQuery,
        owner: Option<Owner>,
        channel: Option<&str>,
        put_off: bool,
        most: u32,
    ) -> Result<List, StoreFault> {
        let mut orders = Vec::new();
        for state in &query.states {
            for cause in &query.causes {
                for (from, to) in query.leave_by.spans() {
                    let mark = params![
                        state.word(),
                        cause.map(HoldCode::word),
                        from,
                        to,
                        owner.map(Owner::word),
                        channel,
                        put_off,
                        i64::from(most) + 1
                    ];
                    orders.extend(self.all(LEAVING_BY, mark, listed)?);
                }
                if query.leave_by.holds(None) {
                    let mark = params![
                        state.word(),
                        cause.map(HoldCode::word),
                        owner.map(Owner::word),
                        channel,
                        put_off,
                        i64::from(most) + 1
                    ];
                    orders.extend(self.all(LEAVING_ANY_TIME, mark, listed)?);
                }
            }
        }
        orders.sort_by_key(|order| (order.at.is_none(), order.at, order.sale));
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let capped = orders.len() > most;
        orders.truncate(most);
        Ok(List { orders, capped })
    }
}

fn listed(row: &rusqlite::Row<'_>) -> Result<Listed, StoreFault> {
    Ok(Listed {
        sale: SaleKey(col(row, 0)?),
        at: times::at_ms_or_none(col(row, 1)?)?,
    })
}

const LEAVING_BY: &str = "SELECT key, ship_by FROM sale INDEXED BY sale_by_cause
    WHERE owner IS NOT NULL AND state = ?1 AND cause IS ?2 AND ship_by BETWEEN ?3 AND ?4
      AND (?5 IS NULL OR owner = ?5) AND (?6 IS NULL OR channel = ?6)
      AND (put_off_until IS NOT NULL) = ?7
    ORDER BY ship_by LIMIT ?8";
const LEAVING_ANY_TIME: &str = "SELECT key, ship_by FROM sale INDEXED BY sale_by_cause
    WHERE owner IS NOT NULL AND state = ?1 AND cause IS ?2 AND ship_by IS NULL
      AND (?3 IS NULL OR owner = ?3) AND (?4 IS NULL OR channel = ?4)
      AND (put_off_until IS NOT NULL) = ?5
    LIMIT ?6";
