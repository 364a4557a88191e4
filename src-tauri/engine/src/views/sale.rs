//! The sale behind an order, as it was last read from Cin7 Core.

use domain::Sale;
use store::{SaleKey, StoreFault};

use super::Views;
use crate::fault::EngineFault;
use crate::runs::MASKED;

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

    fn detail(&self, sale: SaleKey) -> Result<Option<Vec<u8>>, EngineFault> {
        match self.reading.sealed(sale) {
            Ok(sealed) => Ok(Some(sealed.detail).filter(|detail| !detail.is_empty())),
            Err(StoreFault::KeyMissing { .. }) => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }
}
