//! Keeping a comparison of both sides: its sums, what it found of each SKU, and since when a
//! gap is there. Only what differs from what is kept is written.

use std::collections::HashMap;

use rusqlite::params;

use super::compared::{NewReconciliation, NewStockLine};
use super::forms::ReconciliationKey;
use super::found::{Figures, Found, KEPT, Kept, NOT_COMPARABLE, found, kept_line};
use crate::write::Write;
use crate::{StoreFault, times};

impl Write<'_> {
    /// Keeps a comparison in the place of the last one. SKUs in `kept` (each with a stable
    /// word why) were not compared: they keep their figures and become not comparable. Those
    /// in neither are gone; what is known of them stays, and they are listed no more.
    ///
    /// A gap is there since the comparison that found it where the one before found none;
    /// while a SKU cannot be compared, it is taken to last.
    ///
    /// # Errors
    /// [`StoreFault::Sql`] for a figure that cannot be kept.
    pub fn put_reconciliation<'l>(
        &mut self,
        new: &NewReconciliation<'_>,
        lines: impl IntoIterator<Item = NewStockLine<'l>>,
        kept: &[(&str, &str)],
    ) -> Result<ReconciliationKey, StoreFault> {
        let previous = self.last_run()?;
        let found = (lines.into_iter().map(found)).collect::<Result<Vec<_>, _>>()?;
        let run = self.put_sums(new, &found)?;
        let mut known = self.known_lines()?;
        for line in found {
            match known.get_mut(line.sku.as_ref()) {
                None => self.add_line(&line, run, previous)?,
                Some(kept) => {
                    kept.is_listed = true;
                    self.change_line(kept, &line, run, previous)?;
                }
            }
        }
        for (sku, cause) in kept {
            let Some(line) = known.get_mut(*sku) else {
                continue;
            };
            if !line.is_listed && !line.is_gone {
                line.is_listed = true;
                self.set_incomparable(line, cause, run, previous)?;
            }
        }
        for line in known.values() {
            if !line.is_listed && !line.is_gone {
                self.let_go(line.key, run, previous)?;
            }
        }
        Ok(ReconciliationKey(run))
    }

    fn last_run(&self) -> Result<Option<i64>, StoreFault> {
        self.one(
            "SELECT key FROM reconciliation ORDER BY key DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
    }

    fn put_sums(
        &mut self,
        new: &NewReconciliation<'_>,
        lines: &[Found<'_>],
    ) -> Result<i64, StoreFault> {
        let (totals, counts) = (new.totals, new.counts);
        let drifting = lines.iter().filter(|line| line.drifts());
        let gap = drifting.clone().try_fold(0_i64, |sum, line| {
            sum.checked_add(line.figures.unexplained.checked_abs()?)
        });
        let gap = gap.ok_or_else(|| StoreFault::Sql {
            doing: "adding up what a comparison found".into(),
            detail: "the sum is too large".into(),
        })?;
        self.run(
            "INSERT INTO reconciliation (run, began, ended, is_whole, why, snapshot, as_of,
                                         read_at, cin7, in_flight, pending, counted, unexplained,
                                         value, net_value, can_oversell, cin7_short,
                                         posting_blocked, explained, matched, not_comparable,
                                         rows_read, drifting, gap_units, told_up_to)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)",
            params![
                new.run,
                times::ms(new.began),
                times::ms(new.ended),
                new.is_whole,
                new.why,
                new.snapshot,
                times::ms(new.as_of),
                times::ms(new.read_at),
                times::fixed(totals.cin7)?,
                times::fixed(totals.in_flight)?,
                times::fixed(totals.pending)?,
                times::fixed(totals.counted)?,
                times::fixed(totals.unexplained)?,
                times::fixed(totals.value)?,
                times::fixed(totals.net_value)?,
                counts.can_oversell,
                counts.cin7_short,
                counts.posting_blocked,
                counts.explained,
                counts.matched,
                counts.not_comparable,
                new.rows_read,
                times::whole(drifting.count()),
                gap,
                new.told_up_to.map(times::whole),
            ],
        )?;
        Ok(self.conn.last_insert_rowid())
    }

    fn known_lines(&self) -> Result<HashMap<String, Kept>, StoreFault> {
        let lines = self.all(&format!("SELECT {KEPT} FROM stock_line"), [], kept_line)?;
        Ok(lines
            .into_iter()
            .map(|line| (line.found.sku.to_string(), line))
            .collect())
    }

    fn add_line(
        &mut self,
        line: &Found<'_>,
        run: i64,
        previous: Option<i64>,
    ) -> Result<(), StoreFault> {
        let (since, before) = if line.drifts() {
            (Some(run), previous)
        } else {
            (None, None)
        };
        self.run(
            "INSERT INTO stock_line (sku, whistl_sku, product, name, category, cause, cin7,
                                     counted, in_flight, pending, unexplained, is_approximate,
                                     allocated, quarantined, at_risk, unit_cost, price, value,
                                     priority, since, before)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19, ?20, ?21)",
            params![
                line.sku,
                line.whistl_sku,
                line.product,
                line.name,
                line.category,
                line.cause,
                line.figures.cin7,
                line.figures.counted,
                line.figures.in_flight,
                line.figures.pending,
                line.figures.unexplained,
                line.is_approximate,
                line.allocated,
                line.quarantined,
                line.at_risk,
                line.unit_cost,
                line.price,
                line.value,
                line.priority,
                since,
                before,
            ],
        )?;
        let key = self.conn.last_insert_rowid();
        self.add_history(key, run, &point_of(line))
    }

    fn change_line(
        &mut self,
        kept: &Kept,
        line: &Found<'_>,
        run: i64,
        previous: Option<i64>,
    ) -> Result<(), StoreFault> {
        if kept.found == *line && !kept.is_gone {
            return Ok(());
        }
        let gap = kept.gap_with(line, run, previous);
        self.run(
            "UPDATE stock_line SET whistl_sku = ?2, product = ?3, name = ?4, category = ?5,
                    cause = ?6, cin7 = ?7, counted = ?8, in_flight = ?9, pending = ?10,
                    unexplained = ?11, is_approximate = ?12, allocated = ?13, quarantined = ?14,
                    at_risk = ?15, unit_cost = ?16, price = ?17, value = ?18, priority = ?19,
                    since = ?20, before = ?21, compared = ?22, gone = NULL
             WHERE key = ?1",
            params![
                kept.key,
                line.whistl_sku,
                line.product,
                line.name,
                line.category,
                line.cause,
                line.figures.cin7,
                line.figures.counted,
                line.figures.in_flight,
                line.figures.pending,
                line.figures.unexplained,
                line.is_approximate,
                line.allocated,
                line.quarantined,
                line.at_risk,
                line.unit_cost,
                line.price,
                line.value,
                line.priority,
                gap.since,
                gap.before,
                gap.compared,
            ],
        )?;
        let same = kept.found.figures == line.figures
            && kept.found.category == line.category
            && kept.found.unit_cost == line.unit_cost;
        if same && !kept.is_gone {
            return Ok(());
        }
        self.add_history(kept.key, run, &point_of(line))
    }

    fn set_incomparable(
        &mut self,
        line: &Kept,
        cause: &str,
        run: i64,
        previous: Option<i64>,
    ) -> Result<(), StoreFault> {
        let was_comparable = line.found.category != NOT_COMPARABLE;
        if !was_comparable && line.found.cause == cause {
            return Ok(());
        }
        let compared = if was_comparable {
            previous
        } else {
            line.compared
        };
        self.run(
            "UPDATE stock_line SET category = 'not_comparable', cause = ?2, compared = ?3
             WHERE key = ?1",
            params![line.key, cause, compared],
        )?;
        if was_comparable {
            let point = Point {
                category: NOT_COMPARABLE,
                ..point_of(&line.found)
            };
            self.add_history(line.key, run, &point)?;
        }
        Ok(())
    }

    fn let_go(&mut self, line: i64, run: i64, previous: Option<i64>) -> Result<(), StoreFault> {
        self.run(
            "UPDATE stock_line SET gone = ?2, since = NULL, before = NULL, compared = NULL
             WHERE key = ?1",
            params![line, previous],
        )?;
        let nothing = Point {
            figures: Figures::default(),
            category: "gone",
            unit_cost: None,
        };
        self.add_history(line, run, &nothing)
    }

    fn add_history(&mut self, line: i64, run: i64, point: &Point<'_>) -> Result<(), StoreFault> {
        let figures = point.figures;
        self.run(
            "INSERT INTO stock_history (line, run, cin7, counted, in_flight, pending,
                                        unexplained, category, unit_cost)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                line,
                run,
                figures.cin7,
                figures.counted,
                figures.in_flight,
                figures.pending,
                figures.unexplained,
                point.category,
                point.unit_cost,
            ],
        )?;
        Ok(())
    }
}

/// What the history keeps of a SKU at one comparison.
struct Point<'a> {
    figures: Figures,
    category: &'a str,
    unit_cost: Option<i64>,
}

fn point_of<'a>(line: &'a Found<'_>) -> Point<'a> {
    Point {
        figures: line.figures,
        category: &line.category,
        unit_cost: line.unit_cost,
    }
}
