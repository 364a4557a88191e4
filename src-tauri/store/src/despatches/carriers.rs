//! Carriers by which despatches really went, under the names the warehouse gave them.

use std::collections::BTreeMap;

use super::forms::CarrierNamed;
use super::row::flags;
use crate::StoreFault;
use crate::columns::Columns;
use crate::reading::Reading;

/// Despatches looked at, the newest: so that it costs the same at any size.
const NEWEST: u32 = 10_000;

/// What a despatch of a carrier without a name of its own is flagged with, before the code.
const UNMAPPED: &str = "carrier_unmapped:";

impl Reading {
    /// Carriers that had no name of their own when a despatch was told or is to be, among the
    /// newest despatches; those that Cin7 was told of most often come first.
    ///
    /// # Errors
    /// The database's.
    pub fn carriers_unmapped(&self) -> Result<Vec<CarrierNamed>, StoreFault> {
        let flagged = self.all(
            "SELECT d.flags, d.posted_at IS NOT NULL FROM
             (SELECT flags, posted_at FROM despatch ORDER BY key DESC LIMIT ?1) AS d
             WHERE d.flags <> ''",
            [NEWEST],
            |row| {
                let mut columns = Columns::of(row);
                Ok((columns.next::<String>()?, columns.next::<bool>()?))
            },
        )?;
        let mut carriers: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for (written, told) in flagged {
            for flag in flags(&written) {
                if let Some(code) = flag.strip_prefix(UNMAPPED) {
                    let (named, posted) = carriers.entry(code.to_owned()).or_default();
                    *named += 1;
                    *posted += u32::from(told);
                }
            }
        }
        let mut carriers: Vec<CarrierNamed> = carriers
            .into_iter()
            .map(|(code, (named, told))| CarrierNamed { code, named, told })
            .collect();
        carriers.sort_by_key(|carrier| std::cmp::Reverse((carrier.told, carrier.named)));
        Ok(carriers)
    }
}
