//! Reads a sale from the body of an answer.

use domain::Sale;

use crate::record::BadRecord;

/// Reads a sale from the body of Cin7's answer, or names the field at fault.
pub fn read_sale(body: &[u8]) -> Result<Sale, BadRecord> {
    let _ = body;
    todo!()
}
