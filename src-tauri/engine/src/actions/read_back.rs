//! What a person says of a document that does not stand as it was posted.

use serde::Serialize;
use store::FindingRow;

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;

/// What settling came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadBackSettled {
    /// The documents that were settled.
    pub settled: Vec<String>,
    /// The same in a sentence.
    pub text: String,
}

impl Engine {
    /// Settles what was found of a document: it is right as it stands now, for this reason. It
    /// is told of again only when something else of it differs.
    ///
    /// # Errors
    /// Nothing is open of a document of that number; no reason was given; the store's.
    pub fn settle_read_back(
        &self,
        number: &str,
        why: &str,
    ) -> Result<ReadBackSettled, EngineFault> {
        let (number, why) = (number.trim(), why.trim());
        if why.is_empty() {
            return Err(EngineFault::wrong(
                "reason_missing",
                "reason",
                "Say why it is right as it stands: the reason is kept with your name.",
            ));
        }
        let open = self.store().reading().read_back_findings()?;
        let meant: Vec<&FindingRow> = open
            .iter()
            .filter(|row| {
                row.number.eq_ignore_ascii_case(number) || row.subject.eq_ignore_ascii_case(number)
            })
            .collect();
        if meant.is_empty() {
            return Err(EngineFault::wrong(
                "finding_unknown",
                "number",
                format!(
                    "No document “{number}” differs from what was posted. `read-back` lists those that do."
                ),
            ));
        }
        let (now, who) = (self.now(), self.who());
        self.store().write(|w| {
            for row in &meant {
                let text = format!("{} is right as it stands: {why}", row.number);
                w.journal(&store::Entry {
                    sale: row.sale,
                    outcome: "settled",
                    ..notice(now, "decision", "read back", &row.subject, &who, &text)
                })?;
                w.settle_finding(row.key, &who, why, now)?;
            }
            Ok(())
        })?;
        let settled: Vec<String> = meant.iter().map(|row| row.number.clone()).collect();
        let text = format!("Settled: {} is right as it stands.", settled.join(", "));
        Ok(ReadBackSettled { settled, text })
    }
}
