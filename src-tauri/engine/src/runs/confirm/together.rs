//! Which despatches are told in one task of Cin7: each for itself, or, where the merchant
//! waits for the last parcel, all of a Simple sale at once, so that it stays one.

use std::collections::BTreeMap;

use domain::despatch::{Despatch, Exception, Flag, Plan, is_dated_ahead, plan};
use domain::{ProductId, Sale, SaleKind};
use store::{DespatchKey, DespatchRow, DespatchState, MapKind, SaleKey, StoreFault};

use super::post::{flag_word, sent_lines};
use super::{Confirm, Outcome, Share};

/// What one task comes to, and what of it is of which despatch.
pub(super) struct Joint {
    pub(super) plan: Plan,
    pub(super) shares: Vec<Share>,
}

/// Despatches told together, the oldest first.
pub(super) type Group = Vec<(DespatchRow, Despatch)>;

impl Confirm<'_> {
    /// Whether a despatch is kept until the last parcel of its order: a part of a Simple sale
    /// of which nothing has been told.
    pub(super) fn waits_for_the_last(
        &self,
        row: &DespatchRow,
        despatch: &Despatch,
        sale: &Sale,
    ) -> Result<bool, StoreFault> {
        let may = self.engine.settings().waits_for_last()
            && sale.kind == SaleKind::Simple
            && !despatch.is_last
            && row.step.is_empty();
        let Some(key) = row.sale.filter(|_| may) else {
            return Ok(false);
        };
        let others = self.engine.store().reading().despatches_of(key)?;
        Ok(!others
            .iter()
            .any(|other| other.key != row.key && (other.is_last || !other.step.is_empty())))
    }

    /// This despatch, with those kept for it and those it was told together with before.
    pub(super) fn told_together(
        &self,
        row: &DespatchRow,
        key: SaleKey,
        despatch: Despatch,
    ) -> Result<Result<Group, Outcome>, StoreFault> {
        let others = self.engine.store().reading().despatches_of(key)?;
        let mut group = vec![(row.clone(), despatch)];
        for other in others {
            let kept = other.state == DespatchState::Parked;
            let shared = !row.task.is_empty() && other.task == row.task && other.told_revision > 0;
            if other.key == row.key || !(kept || shared) {
                continue;
            }
            match self.record(&other)? {
                Ok(record) => group.push((other, record.despatch)),
                Err(end) => return Ok(Err(end)),
            }
        }
        group.sort_by_key(|(row, _)| (row.at, row.key));
        Ok(Ok(group))
    }

    /// What Cin7 is to be told of them. `None` when no goods left with any.
    pub(super) fn plan(
        &self,
        row: &DespatchRow,
        key: SaleKey,
        group: &[(DespatchRow, Despatch)],
        sale: &Sale,
    ) -> Result<Result<Option<Joint>, Vec<Exception>>, StoreFault> {
        let store = self.engine.store();
        let reading = store.reading();
        let mut told = reading.told_units(key, &keys(group))?;
        let carriers: BTreeMap<String, String> = reading
            .maps(MapKind::Carrier)?
            .into_iter()
            .map(|map| (map.from, map.to))
            .collect();
        let sent = reading.sent_body(key)?;
        let sent = sent_lines(reading, sent.as_deref(), sale, &self.engine.profile())?;
        drop(store);
        let (mut plans, mut shares) = (Vec::new(), Vec::new());
        for (of, despatch) in group {
            let made = match plan(despatch, sale, &sent, &told, &carriers) {
                Ok(made) => made,
                Err(exceptions) => return Ok(Err(exceptions)),
            };
            let units: Vec<(ProductId, u32)> = made
                .iter()
                .flat_map(|plan| &plan.picked)
                .map(|one| (one.product.clone(), one.units))
                .collect();
            for (product, units) in &units {
                *told.entry(product.clone()).or_default() += units;
            }
            if let Some(plan) = made {
                if of.key == row.key {
                    self.keep_flags(row, &plan)?;
                }
                plans.push(plan);
            }
            shares.push(Share {
                of: of.clone(),
                told: units,
            });
        }
        Ok(Ok(Plan::joined(plans).map(|plan| Joint { plan, shares })))
    }

    fn keep_flags(&self, row: &DespatchRow, plan: &Plan) -> Result<(), StoreFault> {
        // A vendor's clock decides nothing: it is told as it is dated.
        let ahead = is_dated_ahead(row.at, row.received).then_some(&Flag::DatedAhead);
        let flags: Vec<String> = plan.flags.iter().chain(ahead).map(flag_word).collect();
        if flags == row.flags {
            return Ok(());
        }
        self.engine
            .store()
            .write(|w| w.plan_despatch(row.key, &row.task, &flags))
    }
}

/// Which despatches those are.
pub(super) fn keys(group: &[(DespatchRow, Despatch)]) -> Vec<DespatchKey> {
    group.iter().map(|(row, _)| row.key).collect()
}
