//! Deciding orders again from the sale as it was last read, which costs no call.

use std::sync::atomic::Ordering;

use domain::HoldCode;
use store::{SaleRow, StoreFault};

use super::contacts::contacts_from;
use crate::decide::{Decided, Decider, ReadSale, Wish};
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::runs::Run;

impl Engine {
    /// Decides held orders again where a map, a rule or the lists have moved since. Costs no
    /// call: the sale is the one that was read.
    pub(crate) fn decide_again_where_rules_moved(
        &self,
        run: &Run,
        decider: &Decider,
    ) -> Result<(), EngineFault> {
        const BATCH: u32 = 200;
        // No version is below zero, so that these find every held order.
        let all = self.lists_moved.swap(false, Ordering::SeqCst);
        let (settings_version, map_version) = if all {
            (-1, -1)
        } else {
            (decider.settings_version, decider.known.map_version)
        };
        let mut after = None;
        loop {
            let rows = self.store().reading().held_to_decide_again(
                settings_version,
                map_version,
                after,
                BATCH,
            )?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = Some(last.key);
            for row in rows {
                self.decide_again(run, decider, &row, "auto: rules or maps changed")?;
            }
        }
    }

    /// Decides one order again from the sale as it was last read.
    pub(crate) fn decide_again(
        &self,
        run: &Run,
        decider: &Decider,
        row: &SaleRow,
        who: &str,
    ) -> Result<Option<Decided>, StoreFault> {
        // What could not be read must not be judged by what was read before it.
        if self
            .store()
            .reading()
            .has_hold(row.key, HoldCode::Unreadable)?
        {
            return Ok(None);
        }
        let sealed = self.store().reading().sealed(row.key)?;
        let Ok(sale) = cin7::read_sale(&sealed.detail) else {
            return Ok(None);
        };
        let stored = self.store().reading().contact(&sale.customer_id)?;
        let contacts = stored
            .map(|(_, body)| contacts_from(&body))
            .unwrap_or_default();
        let mark = row.read_updated.unwrap_or(row.updated);
        let read = ReadSale {
            sale: &sale,
            detail: &sealed.detail,
            mark,
            contacts: &contacts,
        };
        self.decide_and_count(run, decider, row.key, &read, Wish::None, who)
            .map(Some)
    }
}
