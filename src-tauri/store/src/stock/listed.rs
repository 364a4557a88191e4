//! Lists of adjustments, newest first, in pages. Each is walked along one index, and several
//! along one each and joined; what else is asked is tested on what they give.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::adjustments::missing;
use super::forms::{AdjustmentFilter, AdjustmentKey, AdjustmentRow};
use super::row::{ADJUSTMENT, adjustment_row};
use crate::reading::Reading;
use crate::{StoreFault, times};

/// Where a list is walked along: an index, and what narrows it there.
struct Along {
    index: &'static str,
    narrowed: Option<(&'static str, String)>,
}

impl Reading {
    /// Adjustments for which all holds that is asked, the one that happened last first, after
    /// the one given.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when the one given is not there.
    pub fn adjustments(&self, filter: &AdjustmentFilter) -> Result<Vec<AdjustmentRow>, StoreFault> {
        let mut page = Vec::new();
        for (sql, values) in self.asked_of_adjustments(filter)? {
            page.extend(self.all(&sql, params_from_iter(values), adjustment_row)?);
        }
        page.sort_by_key(|row: &AdjustmentRow| std::cmp::Reverse((row.at, row.key)));
        page.dedup_by_key(|row| row.key);
        page.truncate(usize::try_from(filter.limit).unwrap_or(usize::MAX));
        Ok(page)
    }

    /// The statements for a filter, and their values.
    pub(crate) fn asked_of_adjustments(
        &self,
        filter: &AdjustmentFilter,
    ) -> Result<Vec<(String, Vec<Value>)>, StoreFault> {
        let after = filter.after.map(|key| self.place_of(key)).transpose()?;
        Ok(along(filter)
            .into_iter()
            .map(|along| statement(filter, &along, after))
            .collect())
    }

    fn place_of(&self, adjustment: AdjustmentKey) -> Result<(i64, i64), StoreFault> {
        let at = self.one(
            "SELECT at FROM adjustment WHERE key = ?1",
            [adjustment.0],
            |row| row.get(0),
        )?;
        Ok((at.ok_or_else(|| missing(adjustment))?, adjustment.0))
    }
}

/// A SKU narrows more than a reason, a reason more than a state.
fn along(filter: &AdjustmentFilter) -> Vec<Along> {
    let by = |index, column, value: &str| Along {
        index,
        narrowed: Some((column, value.to_owned())),
    };
    if let Some(sku) = &filter.sku {
        return vec![
            by("adjustment_by_sku", "a.sku = ?", sku),
            by(
                "adjustment_by_cin7_sku",
                "a.cin7_sku <> '' AND a.cin7_sku = ?",
                sku,
            ),
        ];
    }
    if let Some(why) = &filter.why {
        return vec![by("adjustment_by_why", "a.why = ?", why)];
    }
    if !filter.states.is_empty() {
        let mut states = filter.states.clone();
        states.sort_unstable();
        states.dedup();
        return states
            .into_iter()
            .map(|state| by("adjustment_by_state", "a.state = ?", state.word()))
            .collect();
    }
    vec![Along {
        index: "adjustment_by_at",
        narrowed: None,
    }]
}

fn statement(
    filter: &AdjustmentFilter,
    along: &Along,
    after: Option<(i64, i64)>,
) -> (String, Vec<Value>) {
    let (at, key) = after.unwrap_or((i64::MAX, i64::MAX));
    let mut values = vec![Value::Integer(at), Value::Integer(key)];
    let mut conditions = vec!["(a.at, a.key) < (?1, ?2)".to_owned()];
    let mut and = |condition: &str, value: Value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("?{}", values.len())));
    };
    if let Some((condition, value)) = &along.narrowed {
        and(condition, Value::Text(value.clone()));
    }
    if let Some(since) = filter.since {
        and("a.at >= ?", Value::Integer(times::ms(since)));
    }
    if let Some(until) = filter.until {
        and("a.at < ?", Value::Integer(times::ms(until)));
    }
    if let Some(why) = &filter.why
        && along.index != "adjustment_by_why"
    {
        and("+a.why = ?", Value::Text(why.clone()));
    }
    if !filter.states.is_empty() && along.index != "adjustment_by_state" {
        let words: Vec<String> = filter
            .states
            .iter()
            .map(|state| format!("'{}'", state.word()))
            .collect();
        conditions.push(format!("+a.state IN ({})", words.join(", ")));
    }
    let (conditions, index) = (conditions.join(" AND "), along.index);
    let limit = filter.limit;
    let sql = format!(
        "SELECT {ADJUSTMENT} FROM adjustment AS a INDEXED BY {index}
         LEFT JOIN stock_document AS d ON d.key = a.document
         WHERE {conditions} ORDER BY a.at DESC, a.key DESC LIMIT {limit}"
    );
    (sql, values)
}
