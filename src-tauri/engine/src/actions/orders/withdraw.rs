//! Asking the warehouse to cancel one order.

use store::{Intention, OutboxKind, SaleRow};

use super::{Acted, Doing, LINGER, state_word};
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::decision;

impl Engine {
    pub(super) async fn withdraw_one(
        &self,
        doing: &Doing<'_>,
        row: &SaleRow,
    ) -> Result<Acted, EngineFault> {
        let (now, who) = (self.now(), doing.who);
        if let Some(reference) = row.reference.clone() {
            self.store().write(|w| {
                w.put_intention(&Intention {
                    sale: row.key,
                    kind: OutboxKind::Withdraw,
                    reference,
                    body: Vec::new(),
                    fingerprint: None,
                    due: now,
                    ship_by: None,
                    service_rank: 0,
                    note: doing.note.into(),
                })?;
                let text = "Asked to withdraw it";
                w.journal(&decision(now, "withdraw", row.key, who, "asked", text))?;
                Ok(())
            })?;
        }
        self.deliver_what_is_due(doing.run, LINGER).await?;
        let after = self.store().reading().sale_row(row.key)?;
        let last = self.store().reading().attempts(after.key)?.pop();
        let message = last.map_or_else(
            || "waiting to be sent to the warehouse".to_owned(),
            |attempt| attempt.outcome.replace('_', " "),
        );
        Ok(Acted {
            number: after.number.to_string(),
            before: state_word(&row.standing).to_owned(),
            after: state_word(&after.standing).to_owned(),
            message,
        })
    }
}
