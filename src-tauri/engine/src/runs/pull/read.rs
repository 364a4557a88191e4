//! Reading one sale whole, and having it decided.

use domain::{HoldCode, Owner, Reason};
use store::{OrderState, SaleKey, SaleRow, Standing, StoreFault};
use vendor::{Fault, Lane};

use crate::asks::Unanswered;
use crate::decide::{Decided, Decider, ReadSale, Wish};
use crate::engine::Engine;
use crate::journal::{CIN7, decision};
use crate::runs::Run;
use crate::runs::reference::not_set_up;

/// Sales in a row that could not be read before the run gives up on reading.
const MOST_SKIPPED: usize = 3;

/// Sales looked at to find one that can be read now.
const AHEAD: u32 = 200;

/// A sale whose sending is being cleared up is read once that is done, not before: until
/// then nothing could be made of it.
fn is_under_way(row: &SaleRow) -> bool {
    matches!(
        row.standing,
        Standing::In(OrderState::Sending | OrderState::Unclear)
    )
}

impl Engine {
    /// Reads every sale that wants it, most urgent first. Two runs at once would each read
    /// what the other is about to: the later one waits, and then finds what is left.
    pub(super) async fn read_wanted(&self, run: &Run, decider: &Decider) -> Result<(), Unanswered> {
        let _alone = self.reading.lock().await;
        let mut skipped: Vec<SaleKey> = Vec::new();
        loop {
            let next = {
                let limit = u32::try_from(skipped.len()).unwrap_or(u32::MAX) + AHEAD;
                let rows = self.store().reading().sales_to_read(limit)?;
                rows.into_iter()
                    .find(|row| !skipped.contains(&row.key) && !is_under_way(row))
            };
            let Some(row) = next else { return Ok(()) };
            match self
                .read_and_decide(run, decider, &row, Wish::None, "auto")
                .await
            {
                Ok(_) => {}
                Err(Unanswered::NotNow(sentence)) => {
                    skipped.push(row.key);
                    run.cut_short(format!("{} could not be read: {sentence}", row.number));
                    if skipped.len() >= MOST_SKIPPED || self.open_for_calls(CIN7)?.is_err() {
                        return Ok(());
                    }
                }
                Err(other) => return Err(other),
            }
        }
    }

    /// Reads one sale whole and decides it.
    pub(crate) async fn read_and_decide(
        &self,
        run: &Run,
        decider: &Decider,
        row: &SaleRow,
        wish: Wish,
        who: &str,
    ) -> Result<Decided, Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let answer = match self
            .ask(run, CIN7, Some(row.key), || {
                cin7.sale(Lane::Orders, &row.id)
            })
            .await
        {
            Ok(answer) => answer,
            Err(Unanswered::Refused(fault)) => {
                let reason = not_there(&fault);
                return Ok(self.hold_unread(run, row, &reason)?);
            }
            Err(other) => return Err(other),
        };
        let sale = match answer.sale {
            Ok(sale) => sale,
            Err(bad) => return Ok(self.hold_unread(run, row, &unreadable(&bad))?),
        };
        let contacts = self.contacts_for(run, decider, &sale).await?;
        let read = ReadSale {
            sale: &sale,
            detail: &answer.body,
            mark: row.updated.max(sale.last_modified),
            contacts: &contacts,
        };
        Ok(self.decide_and_count(run, decider, row.key, &read, wish, who)?)
    }

    pub(super) fn decide_and_count(
        &self,
        run: &Run,
        decider: &Decider,
        key: SaleKey,
        read: &ReadSale<'_>,
        wish: Wish,
        who: &str,
    ) -> Result<Decided, StoreFault> {
        let now = self.now();
        let decided = self.store().write(|w| {
            // Where it stands now, not where it stood before the call.
            let row = w.sale_row(key)?;
            decider.decide(w, &row, read, wish, who, now)
        })?;
        count(run, decided);
        if decided == Decided::Released {
            self.outbox_bell.notify_one();
        }
        Ok(decided)
    }

    fn hold_unread(
        &self,
        run: &Run,
        row: &SaleRow,
        reason: &Reason,
    ) -> Result<Decided, StoreFault> {
        let now = self.now();
        run.fault(format!("{}: {}", row.number, reason.fix));
        let sent = matches!(
            row.standing,
            Standing::In(
                OrderState::AtWarehouse
                    | OrderState::Blocked
                    | OrderState::PartDespatched
                    | OrderState::Despatched
                    | OrderState::Sending
                    | OrderState::Unclear
            )
        );
        self.store().write(|w| {
            w.mark_read(row.key, row.updated)?;
            if !sent {
                w.drop_intention(row.key)?;
                w.put_holds(row.key, std::slice::from_ref(reason), now)?;
                let state = Standing::In(OrderState::Held);
                w.set_standing(row.key, &state, Some(reason.owner), now)?;
            }
            let text = format!("Could not be read at {}", reason.field);
            w.journal(&decision(now, "read", row.key, "auto", "held", &text))?;
            Ok(())
        })?;
        run.count("held", 1);
        Ok(Decided::Held)
    }
}

fn count(run: &Run, decided: Decided) {
    match decided {
        Decided::Released => run.count("released", 1),
        Decided::Held => run.count("held", 1),
        Decided::Outside => run.count("outside", 1),
        Decided::Drifted => run.count("changed_after_sending", 1),
        Decided::Cancelled => run.count("cancelled", 1),
        Decided::Unchanged | Decided::Later => {}
    }
}

fn unreadable(bad: &cin7::BadRecord) -> Reason {
    Reason {
        code: HoldCode::Unreadable,
        field: bad.field.clone(),
        value: bad.value.clone(),
        marks: Vec::new(),
        expected: bad.message.clone(),
        owner: Owner::Support,
        fix: format!(
            "Cin7 Core's answer has an unexpected value at {}: {}. Open and save the sale in Cin7 Core, then recheck; if it stays, report it to support.",
            bad.field, bad.message
        ),
    }
}

fn not_there(fault: &Fault) -> Reason {
    Reason {
        code: HoldCode::Unreadable,
        field: "ID".into(),
        value: String::new(),
        marks: Vec::new(),
        expected: "a sale that Cin7 Core can open".into(),
        owner: Owner::Office,
        fix: format!(
            "Cin7 Core lists this sale but cannot open it ({fault}). Open it in Cin7 Core, then recheck."
        ),
    }
}
