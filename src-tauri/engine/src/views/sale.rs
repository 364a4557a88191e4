//! The sale behind an order, as it was last read from Cin7 Core.

use domain::Sale;
use domain::check::suggested;
use store::{SaleKey, StoreFault};

use super::{MASKED, Views};
use crate::actions::{SendingPause, paused};
use crate::fault::EngineFault;
use crate::knowledge::{ForSale, Knowledge};

impl Views<'_> {
    /// The customer's name; empty before the sale was read, without a key, and once it has
    /// gone with age.
    pub fn customer(&self, sale: SaleKey) -> Result<String, EngineFault> {
        Ok(self
            .detail(sale)?
            .and_then(|detail| cin7::read_customer(&detail))
            .filter(|name| name != MASKED)
            .unwrap_or_default())
    }

    /// The sale as it was last read; none before that, without a key, and where it cannot be
    /// read.
    pub fn sale(&self, sale: SaleKey) -> Result<Option<Sale>, EngineFault> {
        Ok(self
            .detail(sale)?
            .and_then(|detail| cin7::read_sale(&detail).ok()))
    }

    /// The SKU each line of a sale was or will be sent under, by the line's place in the
    /// sale, from 0. Empty when there is no message.
    pub fn sent_skus(&self, sale: SaleKey) -> Result<Vec<(usize, String)>, EngineFault> {
        let profile = crate::engine::profile(self.settings);
        let message = match self.reading.sent_body(sale) {
            Err(StoreFault::KeyMissing { .. }) => None,
            other => other?,
        };
        let Some(order) = message.and_then(|body| whistl::read_back(&body, &profile).ok()) else {
            return Ok(Vec::new());
        };
        Ok(order
            .lines
            .iter()
            .flat_map(|line| {
                let sku = line.sku.as_str().to_owned();
                line.sale_lines.iter().map(move |at| (*at, sku.clone()))
            })
            .collect())
    }

    /// For each of these SKUs, the one on Whistl's list that it may have been meant to be.
    pub fn suggested(&self, skus: &[&str]) -> Result<Vec<Option<String>>, EngineFault> {
        if skus.is_empty() {
            return Ok(Vec::new());
        }
        let rules = self.settings.rules();
        let known = Knowledge::load(self.reading, &rules.sku)?;
        let world = ForSale {
            world: &known,
            contacts: &[],
        };
        Ok(skus
            .iter()
            .map(|sku| suggested(sku, &rules, &world).map(|meant| meant.as_str().to_owned()))
            .collect())
    }

    /// The pause of sending in force, if there is one.
    pub fn sending_paused(&self) -> Result<Option<SendingPause>, EngineFault> {
        Ok(paused(self.reading)?)
    }

    fn detail(&self, sale: SaleKey) -> Result<Option<Vec<u8>>, EngineFault> {
        match self.reading.sealed(sale) {
            Ok(sealed) => Ok(Some(sealed.detail).filter(|detail| !detail.is_empty())),
            Err(StoreFault::KeyMissing { .. }) => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }
}
