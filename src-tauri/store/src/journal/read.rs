//! Reading the journal, newest first, in pages.

use chrono::{DateTime, Duration, Utc};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use crate::columns::Columns;
use crate::forms::{EntryRow, SaleKey};
use crate::reading::Reading;
use crate::{StoreFault, times};

/// Which entries to show; all that are given must hold.
///
/// Each alone goes by an index, whatever the size of the journal. Of several the narrowest
/// goes by its index and the others are tested on what it gives: a kind and an outcome that
/// are both common and never meet cost a walk over the rarer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalFilter {
    /// Only about this sale.
    pub sale: Option<SaleKey>,
    /// Only from this moment on.
    pub since: Option<DateTime<Utc>>,
    /// Only before this moment.
    pub until: Option<DateTime<Utc>>,
    /// Only with this outcome.
    pub outcome: Option<String>,
    /// Only of this kind.
    pub kind: Option<String>,
    /// Only entries below this number: where the page before stopped.
    pub before: Option<i64>,
    /// At most so many; 0 for none.
    pub limit: u32,
}

/// Entries walked at most for what is about one thing.
const LOOKED_AT: i64 = 200_000;

const COLUMNS: &str = "j.id, j.at, kind.text, vendor.text, direction.text, operation.text, \
    s.number, j.subject, who.text, j.attempt, j.status, outcome.text, j.duration_ms, j.text, \
    request.hash, response.hash, j.hash";

// Left joins: an entry is shown even where something it names has been damaged.
const TABLES: &str = "journal AS j \
    LEFT JOIN word AS kind ON kind.id = j.kind \
    LEFT JOIN word AS vendor ON vendor.id = j.vendor \
    LEFT JOIN word AS direction ON direction.id = j.direction \
    LEFT JOIN word AS operation ON operation.id = j.operation \
    LEFT JOIN word AS who ON who.id = j.who \
    LEFT JOIN word AS outcome ON outcome.id = j.outcome \
    LEFT JOIN sale AS s ON s.key = j.sale \
    LEFT JOIN payload AS request ON request.id = j.request \
    LEFT JOIN payload AS response ON response.id = j.response";

impl Reading {
    /// Entries of the journal, newest first.
    pub fn journal(&self, filter: &JournalFilter) -> Result<Vec<EntryRow>, StoreFault> {
        let (sql, values) = self.asked_of_journal(filter)?;
        self.all(&sql, params_from_iter(values), entry_row)
    }

    /// What happened to a sale, oldest first; of more than `limit` entries the newest.
    pub fn timeline(&self, sale: SaleKey, limit: u32) -> Result<Vec<EntryRow>, StoreFault> {
        let filter = JournalFilter {
            sale: Some(sale),
            limit,
            ..JournalFilter::default()
        };
        let mut entries = self.journal(&filter)?;
        entries.reverse();
        Ok(entries)
    }

    /// Entries about either of two things that are no order, from one moment to another,
    /// newest first, at most so many. Walks what happened in between, of which only the
    /// newest part where that is long.
    pub fn entries_about(
        &self,
        subjects: (&str, &str),
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<EntryRow>, StoreFault> {
        let (from, to) = (times::ms(from), times::ms(to));
        let newest: Option<i64> = self.one(
            "SELECT at FROM journal WHERE at >= ?1 AND at <= ?2 ORDER BY at DESC
             LIMIT 1 OFFSET ?3",
            [from, to, LOOKED_AT],
            |row| row.get(0),
        )?;
        // The plus keeps SQLite from looking for anything but the time.
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES}
             WHERE j.at >= ?1 AND j.at <= ?2 AND +j.subject <> '' AND +j.subject IN (?3, ?4)
             ORDER BY j.at DESC LIMIT {limit}"
        );
        let values = [
            Value::Integer(newest.unwrap_or(from)),
            Value::Integer(to),
            Value::Text(subjects.0.to_owned()),
            Value::Text(subjects.1.to_owned()),
        ];
        let mut entries = self.all(&sql, params_from_iter(values), entry_row)?;
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.id));
        Ok(entries)
    }

    /// The statement for a filter, and its values.
    pub(crate) fn asked_of_journal(
        &self,
        filter: &JournalFilter,
    ) -> Result<(String, Vec<Value>), StoreFault> {
        let mut values = vec![Value::Integer(filter.before.unwrap_or(i64::MAX))];
        let mut conditions = vec!["j.id < ?1".to_owned()];
        let mut and = |condition: &str, value: Value| {
            values.push(value);
            conditions.push(condition.replace('?', &format!("?{}", values.len())));
        };
        if let Some(sale) = filter.sale {
            and("j.sale = ?", Value::Integer(sale.0));
        }
        if let Some(since) = filter.since {
            and("j.id >= ?", Value::Integer(self.first_entry_around(since)?));
            // The plus keeps SQLite from sorting everything by time.
            and("+j.at >= ?", Value::Integer(times::ms(since)));
        }
        if let Some(until) = filter.until {
            and("j.id < ?", Value::Integer(self.first_entry_after(until)?));
            and("+j.at < ?", Value::Integer(times::ms(until)));
        }
        let narrowed = filter.sale.is_some();
        let by_kind = !narrowed && self.kind_narrows_more(filter)?;
        // The plus takes a condition's index out of the choice.
        if let Some(outcome) = &filter.outcome {
            let condition = if narrowed || by_kind {
                "+j.outcome = (SELECT id FROM word WHERE text = ?)"
            } else {
                "j.outcome = (SELECT id FROM word WHERE text = ?)"
            };
            and(condition, Value::Text(outcome.clone()));
        }
        if let Some(kind) = &filter.kind {
            let condition = if by_kind {
                "j.kind = (SELECT id FROM word WHERE text = ?)"
            } else {
                "+j.kind = (SELECT id FROM word WHERE text = ?)"
            };
            and(condition, Value::Text(kind.clone()));
        }
        let conditions = conditions.join(" AND ");
        let limit = filter.limit;
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE {conditions} ORDER BY j.id DESC LIMIT {limit}"
        );
        Ok((sql, values))
    }

    /// Whether the kind is the rarer of the two: the further back its few hundredth newest
    /// entry lies, the fewer there are of late.
    fn kind_narrows_more(&self, filter: &JournalFilter) -> Result<bool, StoreFault> {
        let (kind, outcome) = match (&filter.kind, &filter.outcome) {
            (None, _) => return Ok(false),
            (Some(_), None) => return Ok(true),
            (Some(kind), Some(outcome)) => (kind, outcome),
        };
        let kind_back = self.one(
            "SELECT id FROM journal WHERE kind = (SELECT id FROM word WHERE text = ?1)
             ORDER BY id DESC LIMIT 1 OFFSET 300",
            [kind],
            |row| row.get::<_, i64>(0),
        )?;
        let outcome_back = self.one(
            "SELECT id FROM journal WHERE outcome = (SELECT id FROM word WHERE text = ?1)
             ORDER BY id DESC LIMIT 1 OFFSET 300",
            [outcome],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(kind_back < outcome_back)
    }

    /// An entry early enough to begin at. Numbers follow the time but for a clock that was
    /// set back, for which a day is allowed.
    fn first_entry_around(&self, since: DateTime<Utc>) -> Result<i64, StoreFault> {
        let from = since
            .checked_sub_signed(Duration::hours(26))
            .unwrap_or(since);
        self.first_entry_at(from)
    }

    /// An entry late enough to stop before.
    fn first_entry_after(&self, until: DateTime<Utc>) -> Result<i64, StoreFault> {
        let after = until
            .checked_add_signed(Duration::hours(26))
            .unwrap_or(until);
        self.first_entry_at(after)
    }

    fn first_entry_at(&self, at: DateTime<Utc>) -> Result<i64, StoreFault> {
        let first = self.one(
            "SELECT id FROM journal WHERE at >= ?1 ORDER BY at, id LIMIT 1",
            [times::ms(at)],
            |row| row.get(0),
        )?;
        Ok(first.unwrap_or(i64::MAX))
    }
}

fn entry_row(row: &Row<'_>) -> Result<EntryRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(EntryRow {
        id: columns.next()?,
        at: columns.at()?,
        kind: columns.next()?,
        vendor: columns.next()?,
        direction: columns.next()?,
        operation: columns.next()?,
        number: columns.next()?,
        subject: columns.next()?,
        who: columns.next()?,
        attempt: columns.count()?,
        status: columns.count()?,
        outcome: columns.next()?,
        duration_ms: columns.count()?,
        text: columns.next()?,
        request_hash: columns.next()?,
        response_hash: columns.next()?,
        hash: columns.next()?,
    })
}
