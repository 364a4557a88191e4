//! What a comparison found of a SKU, beside what is kept of it, and since when the gap between
//! both sides is there.

use std::borrow::Cow;

use domain::ProductId;
use rusqlite::Row;

use super::compared::NewStockLine;
use crate::columns::Columns;
use crate::{StoreFault, times};

/// The category of what could not be compared.
pub(super) const NOT_COMPARABLE: &str = "not_comparable";

/// What a line says, as the table has it.
#[derive(PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) sku: Cow<'a, str>,
    pub(super) whistl_sku: Cow<'a, str>,
    pub(super) product: Cow<'a, str>,
    pub(super) name: Cow<'a, str>,
    pub(super) category: Cow<'a, str>,
    pub(super) cause: Cow<'a, str>,
    pub(super) figures: Figures,
    pub(super) is_approximate: bool,
    pub(super) allocated: i64,
    pub(super) quarantined: i64,
    pub(super) at_risk: i64,
    pub(super) unit_cost: Option<i64>,
    pub(super) price: Option<i64>,
    pub(super) value: i64,
    pub(super) priority: i64,
}

/// The figures that the history keeps.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) cin7: i64,
    pub(super) counted: i64,
    pub(super) in_flight: i64,
    pub(super) pending: i64,
    pub(super) unexplained: i64,
}

/// A line that is kept.
pub(super) struct Kept {
    pub(super) key: i64,
    pub(super) found: Found<'static>,
    pub(super) since: Option<i64>,
    pub(super) before: Option<i64>,
    pub(super) compared: Option<i64>,
    pub(super) is_gone: bool,
    /// Whether this comparison lists it.
    pub(super) is_listed: bool,
}

/// Since when the present gap is there.
pub(super) struct Gap {
    pub(super) since: Option<i64>,
    pub(super) before: Option<i64>,
    pub(super) compared: Option<i64>,
}

impl Found<'_> {
    /// Whether it was compared and does not agree.
    pub(super) fn drifts(&self) -> bool {
        self.category != NOT_COMPARABLE && self.figures.unexplained != 0
    }
}

impl Kept {
    /// Since when there is the gap that this comparison found.
    pub(super) fn gap_with(&self, line: &Found<'_>, run: i64, previous: Option<i64>) -> Gap {
        let was_comparable = self.found.category != NOT_COMPARABLE && !self.is_gone;
        if line.category == NOT_COMPARABLE {
            return Gap {
                since: self.since,
                before: self.before,
                compared: if was_comparable {
                    previous
                } else {
                    self.compared
                },
            };
        }
        let (since, before) = match (line.figures.unexplained, self.since) {
            (0, _) => (None, None),
            (_, Some(since)) => (Some(since), self.before),
            (_, None) if was_comparable || self.is_gone => (Some(run), previous),
            (_, None) => (Some(run), self.compared.or(previous)),
        };
        Gap {
            since,
            before,
            compared: None,
        }
    }
}

/// A line as it is to be written.
pub(super) fn found(line: NewStockLine<'_>) -> Result<Found<'_>, StoreFault> {
    Ok(Found {
        sku: line.sku,
        whistl_sku: line.whistl_sku,
        product: line.product.map_or("", ProductId::as_str).into(),
        name: line.name,
        category: line.category.into(),
        cause: line.cause.into(),
        figures: Figures {
            cin7: times::fixed(line.cin7)?,
            counted: times::fixed(line.counted)?,
            in_flight: times::fixed(line.in_flight)?,
            pending: times::fixed(line.pending)?,
            unexplained: times::fixed(line.unexplained)?,
        },
        is_approximate: line.is_approximate,
        allocated: times::fixed(line.allocated)?,
        quarantined: times::fixed(line.quarantined)?,
        at_risk: times::fixed(line.at_risk)?,
        unit_cost: times::fixed_or_none(line.unit_cost)?,
        price: times::fixed_or_none(line.price)?,
        value: times::fixed(line.value)?,
        priority: line.priority,
    })
}

/// The columns that [`kept_line`] reads, in that order.
pub(super) const KEPT: &str = "key, sku, whistl_sku, product, name, category, cause, cin7, \
    counted, in_flight, pending, unexplained, is_approximate, allocated, quarantined, at_risk, \
    unit_cost, price, value, priority, since, before, compared, gone IS NOT NULL";

/// The line of that row.
pub(super) fn kept_line(row: &Row<'_>) -> Result<Kept, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(Kept {
        key: columns.next()?,
        found: Found {
            sku: columns.next::<String>()?.into(),
            whistl_sku: columns.next::<String>()?.into(),
            product: columns.next::<String>()?.into(),
            name: columns.next::<String>()?.into(),
            category: columns.next::<String>()?.into(),
            cause: columns.next::<String>()?.into(),
            figures: Figures {
                cin7: columns.next()?,
                counted: columns.next()?,
                in_flight: columns.next()?,
                pending: columns.next()?,
                unexplained: columns.next()?,
            },
            is_approximate: columns.next()?,
            allocated: columns.next()?,
            quarantined: columns.next()?,
            at_risk: columns.next()?,
            unit_cost: columns.next()?,
            price: columns.next()?,
            value: columns.next()?,
            priority: columns.next()?,
        },
        since: columns.next()?,
        before: columns.next()?,
        compared: columns.next()?,
        is_gone: columns.next()?,
        is_listed: false,
    })
}
