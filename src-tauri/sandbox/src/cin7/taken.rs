//! Goods that fulfilments have taken off the shelf: held from the pick on, gone from the
//! shipment on (or from the pick on, A26 the other way), and given back by an undo.
//! Which stage may take what is said beside the stage; only levels move here.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Account;
use super::plain::kept_decimal;
use super::sale::Sale;

/// Units of one level that one task has taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Taken {
    task: String,
    product: usize,
    row: usize,
    #[serde(with = "kept_decimal")]
    amount: Decimal,
    /// Whether `OnHand` has fallen for it.
    gone: bool,
}

/// What a line names: a product at a location, of one batch or of any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Goods {
    pub(super) product: usize,
    pub(super) location: usize,
    pub(super) batch: Option<String>,
}

/// Units found on one level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    product: usize,
    row: usize,
    amount: Decimal,
}

/// Units whose `OnHand` has fallen for this sale, by product.
pub(super) fn gone(sale: &Sale) -> BTreeMap<usize, Decimal> {
    let mut all = BTreeMap::new();
    for taken in sale.taken.iter().filter(|taken| taken.gone) {
        *all.entry(taken.product).or_default() += taken.amount;
    }
    all
}

impl Account {
    /// Finds the units on the shelves, or says at which of the goods they run out. Goods
    /// that a pick holds are not there for another (assumed, A8). A batch whose expiry
    /// date is another one is not the batch that was meant (observed for transfers).
    pub(super) fn find_goods(
        &self,
        wanted: &[(Goods, Option<String>, Decimal)],
    ) -> Result<Vec<Found>, usize> {
        let mut used: BTreeMap<(usize, usize), Decimal> = BTreeMap::new();
        let mut found = Vec::new();
        for (place, (goods, expiry, amount)) in wanted.iter().enumerate() {
            let mut rest = *amount;
            for (index, row) in self.catalogue.list[goods.product].rows.iter().enumerate() {
                let batch = goods.batch.is_none() || goods.batch == row.batch;
                let expires = expiry.is_none() || row.expiry.is_none() || *expiry == row.expiry;
                if row.location != goods.location || !batch || !expires {
                    continue;
                }
                let used = used.entry((goods.product, index)).or_default();
                let here = rest.min(row.free() - *used);
                if here > Decimal::ZERO {
                    *used += here;
                    rest -= here;
                    found.push(Found {
                        product: goods.product,
                        row: index,
                        amount: here,
                    });
                }
            }
            if rest > Decimal::ZERO {
                return Err(place);
            }
        }
        Ok(found)
    }

    /// Holds what was found for a task. With `early` its `OnHand` falls at once.
    pub(super) fn hold(&mut self, index: usize, task: &str, found: &[Found], early: bool) {
        for one in found {
            let row = &mut self.catalogue.list[one.product].rows[one.row];
            if early {
                row.fall(one.amount);
            } else {
                row.picked += one.amount;
            }
            self.sales.list[index].taken.push(Taken {
                task: task.to_owned(),
                product: one.product,
                row: one.row,
                amount: one.amount,
                gone: early,
            });
        }
    }

    /// Lets goods that a task holds leave the building: `OnHand` falls (assumed, A26).
    pub(super) fn leave(&mut self, index: usize, task: &str, left: &[(Goods, Decimal)]) {
        let mut held = std::mem::take(&mut self.sales.list[index].taken);
        for (goods, amount) in left {
            let mut rest = *amount;
            let mut parted = Vec::new();
            for taken in held.iter_mut().filter(|taken| taken.is_held_by(task)) {
                let row = &mut self.catalogue.list[taken.product].rows[taken.row];
                let batch = goods.batch.is_none() || goods.batch == row.batch;
                if taken.product != goods.product || row.location != goods.location || !batch {
                    continue;
                }
                let here = rest.min(taken.amount);
                rest -= here;
                row.picked -= here;
                row.fall(here);
                taken.amount -= here;
                parted.push(Taken {
                    amount: here,
                    gone: true,
                    ..taken.clone()
                });
            }
            held.extend(parted);
            held.retain(|taken| !taken.amount.is_zero());
        }
        self.sales.list[index].taken = held;
    }

    /// Puts back what a task has taken, or all of them.
    pub(super) fn give_back(&mut self, index: usize, task: Option<&str>) {
        let all = std::mem::take(&mut self.sales.list[index].taken);
        let (back, kept) = all
            .into_iter()
            .partition(|taken: &Taken| task.is_none_or(|task| taken.task == task));
        self.sales.list[index].taken = kept;
        for taken in back {
            let product = &mut self.catalogue.list[taken.product];
            let kit = product.is_kit();
            let row = &mut product.rows[taken.row];
            match (taken.gone, kit) {
                (false, _) => row.picked -= taken.amount,
                (true, true) => row.borrowed += taken.amount,
                (true, false) => row.on_hand += taken.amount,
            }
        }
    }
}

impl Taken {
    fn is_held_by(&self, task: &str) -> bool {
        !self.gone && self.task == task
    }
}
