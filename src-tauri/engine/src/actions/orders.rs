//! Recheck, resend, withdraw: on one order, on several, on all of one cause. Each order's
//! result is named; a group stops by itself when the first few fail alike.

use std::time::Duration;

use domain::HoldCode;
use serde::Serialize;
use store::{Intention, OrderFilter, OrderState, OutboxKind, SaleRow, Standing};

use crate::asks::Unanswered;
use crate::decide::{Decider, Wish};
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::decision;
use crate::runs::{Job, Run, RunReport};

/// After so many refusals in a row a group is stopped (B9).
const STOP_AFTER: usize = 5;
/// How long an action waits for a look-up that is nearly due.
const LINGER: Duration = Duration::from_secs(8);

/// Which orders are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// These.
    Numbers(Vec<String>),
    /// All that are held (for a recheck).
    AllHeld,
    /// All that Whistl rejected.
    AllRejected,
    /// All with a hold of this code.
    WithHold(HoldCode),
}

/// What became of one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acted {
    /// Its number.
    pub number: String,
    /// Its state before.
    pub before: String,
    /// Its state after.
    pub after: String,
    /// One sentence.
    pub message: String,
}

/// What became of all of them.
#[derive(Clone, Debug, Serialize)]
pub struct ActionReport {
    /// The run that did it.
    pub run: RunReport,
    /// One entry for each order touched.
    pub orders: Vec<Acted>,
    /// Orders left untouched because the first few failed alike.
    pub untouched: usize,
    /// Why it stopped early, or "".
    pub stopped_because: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Recheck,
    Resend,
}

impl Engine {
    /// Reads the orders afresh and checks them again; what passes is sent.
    pub async fn recheck(&self, which: &Which) -> Result<ActionReport, EngineFault> {
        self.act(Act::Recheck, which).await
    }

    /// Reads the orders afresh, checks them, and sends them again under the same
    /// reference as a new attempt.
    pub async fn resend(&self, which: &Which) -> Result<ActionReport, EngineFault> {
        self.act(Act::Resend, which).await
    }

    async fn act(&self, act: Act, which: &Which) -> Result<ActionReport, EngineFault> {
        self.by_hand()?;
        let keys = self.chosen(which)?;
        let run = self.begin(Job::Orders)?;
        self.read_reference(&run, false).await?;
        let decider = self.decider()?;
        let who = self.who();
        let mut acted = Vec::new();
        let mut refused_in_row = 0;
        let mut stopped_because = String::new();
        let total = keys.len();
        for row in keys {
            if run.is_stopped() {
                break;
            }
            if refused_in_row >= STOP_AFTER {
                stopped_because = format!(
                    "the first {STOP_AFTER} were all refused by Whistl; the rest was left untouched"
                );
                break;
            }
            let result = self.act_on(act, &run, &decider, &row, &who).await?;
            refused_in_row = if result.after == OrderState::Rejected.word() {
                refused_in_row + 1
            } else {
                0
            };
            acted.push(result);
        }
        let untouched = total - acted.len();
        let run = self.end(run)?;
        Ok(ActionReport {
            run,
            orders: acted,
            untouched,
            stopped_because,
        })
    }

    fn chosen(&self, which: &Which) -> Result<Vec<SaleRow>, EngineFault> {
        match which {
            Which::Numbers(numbers) => numbers
                .iter()
                .map(|number| self.order_row(number))
                .collect(),
            Which::AllHeld => self.all(vec![OrderState::Held], None),
            Which::AllRejected => self.all(vec![OrderState::Rejected], None),
            Which::WithHold(code) => {
                self.all(vec![OrderState::Held, OrderState::Rejected], Some(*code))
            }
        }
    }

    fn all(
        &self,
        states: Vec<OrderState>,
        hold: Option<HoldCode>,
    ) -> Result<Vec<SaleRow>, EngineFault> {
        let mut filter = OrderFilter {
            states,
            hold,
            limit: 1_000,
            ..OrderFilter::default()
        };
        let mut rows = Vec::new();
        loop {
            let page = self.store().reading().orders(&filter)?;
            rows.extend(page.rows.into_iter().map(|(row, _)| row));
            match page.next {
                Some(next) => filter.after = Some(next),
                None => break,
            }
        }
        // Oldest first: the one that waited longest goes first.
        rows.sort_by_key(|row| row.key);
        Ok(rows)
    }

    pub(crate) fn order_row(&self, number: &str) -> Result<SaleRow, EngineFault> {
        crate::views::order_row(self.store().reading(), number)
    }

    async fn act_on(
        &self,
        act: Act,
        run: &Run,
        decider: &Decider,
        row: &SaleRow,
        who: &str,
    ) -> Result<Acted, EngineFault> {
        let before = state_word(&row.standing).to_owned();
        let number = row.number.to_string();
        if let Some(message) = self.cannot(act, row)? {
            return Ok(Acted {
                number,
                after: before.clone(),
                before,
                message,
            });
        }
        let wish = if act == Act::Resend {
            Wish::SendAgain
        } else {
            Wish::None
        };
        let why = if act == Act::Resend {
            "resend"
        } else {
            "recheck"
        };
        let now = self.now();
        self.store().write(|w| {
            w.journal(&decision(
                now,
                why,
                row.key,
                who,
                "asked",
                "Asked for by hand",
            ))?;
            Ok(())
        })?;
        if let Err(unanswered) = self.read_and_decide(run, decider, row, wish, who).await {
            let message = match unanswered {
                Unanswered::Store(fault) => return Err(fault.into()),
                Unanswered::NotNow(sentence) => sentence,
                Unanswered::Refused(fault) => fault.to_string(),
                Unanswered::Stopping => "stopped before it was done".into(),
            };
            run.cut_short(message.clone());
            return Ok(Acted {
                number,
                after: before.clone(),
                before,
                message,
            });
        }
        self.deliver_what_is_due(run, LINGER).await?;
        let after = self.order_row(&number)?;
        let message = self.told(&after)?;
        Ok(Acted {
            number,
            before,
            after: state_word(&after.standing).to_owned(),
            message,
        })
    }

    /// Why this cannot be done to an order as it stands, and what makes it possible first.
    fn cannot(&self, act: Act, row: &SaleRow) -> Result<Option<String>, EngineFault> {
        let Standing::In(state) = &row.standing else {
            return Ok(Some("not due: it does not meet the trigger".into()));
        };
        Ok(match (state, act) {
            (OrderState::Held | OrderState::Waiting | OrderState::Rejected, _)
            | (OrderState::Cancelled, Act::Resend) => None,
            (OrderState::Unclear, Act::Resend) if self.freed(row, HoldCode::OutcomeUnknown)? => {
                None
            }
            (OrderState::Blocked, Act::Resend) if self.freed(row, HoldCode::MissingAtWhistl)? => {
                None
            }
            (OrderState::Cancelled, Act::Recheck) => {
                Some("cancelled: resend it to send it again".into())
            }
            (OrderState::Sending | OrderState::Unclear, _) => {
                Some("its last sending is being cleared up with Whistl first".into())
            }
            (OrderState::AtWarehouse | OrderState::Blocked, _) => {
                Some("the warehouse has it: withdraw it first".into())
            }
            (OrderState::PartDespatched | OrderState::Despatched, _) => {
                Some("it has left the warehouse".into())
            }
        })
    }

    /// A person who resends an order that waited for a person says that it may go again.
    fn freed(&self, row: &SaleRow, code: HoldCode) -> Result<bool, EngineFault> {
        if !self.store().reading().has_hold(row.key, code)? {
            return Ok(false);
        }
        let now = self.now();
        self.store().write(|w| {
            w.close_parked(row.key, now)?;
            w.set_standing(row.key, &Standing::In(OrderState::Rejected), None, now)
        })?;
        Ok(true)
    }

    fn told(&self, row: &SaleRow) -> Result<String, EngineFault> {
        let holds = self.store().reading().holds(row.key)?;
        Ok(match &row.standing {
            Standing::Outside(why) => format!("no longer due: {}", why.replace('_', " ")),
            Standing::In(OrderState::Waiting) if self.sends_nothing()? => {
                "passes every check; nothing is sent while look-only or paused".into()
            }
            Standing::In(OrderState::Waiting) => "passes every check; waiting to be sent".into(),
            Standing::In(OrderState::AtWarehouse) => format!(
                "accepted by Whistl{}",
                row.whistl_ref
                    .as_deref()
                    .map(|r| format!(" as {r}"))
                    .unwrap_or_default()
            ),
            Standing::In(OrderState::Held | OrderState::Rejected | OrderState::Blocked) => holds
                .iter()
                .map(|hold| format!("{}: {}", hold.reason.code, hold.reason.fix))
                .collect::<Vec<_>>()
                .join(" "),
            Standing::In(OrderState::Unclear) => {
                "sent, no answer yet; Whistl is asked before anything is sent again".into()
            }
            Standing::In(state) => state.word().replace('_', " "),
        })
    }

    /// Lets one held order go that only a rule of the merchant's own keeps back, with a
    /// written reason (R42). What Whistl itself would refuse cannot be released.
    pub async fn release(&self, number: &str, reason: &str) -> Result<ActionReport, EngineFault> {
        self.by_hand()?;
        if reason.trim().is_empty() {
            return Err(EngineFault::wrong(
                "reason_missing",
                "--reason",
                "Say why: the reason is kept with your name.",
            ));
        }
        let row = self.order_row(number)?;
        let holds = self.store().reading().holds(row.key)?;
        let fixed: Vec<&str> = holds
            .iter()
            .map(|hold| hold.reason.code)
            .filter(|code| *code != HoldCode::Backordered)
            .map(HoldCode::word)
            .collect();
        if row.standing != Standing::In(OrderState::Held) || !fixed.is_empty() || holds.is_empty() {
            return Err(EngineFault::wrong(
                "not_releasable",
                "number",
                if fixed.is_empty() {
                    format!("{number} is not held.")
                } else {
                    format!(
                        "{number} is held for {}, which Whistl would refuse. Fix it in Cin7 Core or in the maps.",
                        fixed.join(", ")
                    )
                },
            ));
        }
        let run = self.begin(Job::Orders)?;
        let mut decider = self.decider()?;
        decider.rules.backordered = domain::Severity::Warn;
        let (now, who) = (self.now(), self.who());
        self.store().write(|w| {
            w.journal(&decision(now, "release", row.key, &who, "released", reason))?;
            Ok(())
        })?;
        let acted = self.act_on(Act::Resend, &run, &decider, &row, &who).await?;
        let run = self.end(run)?;
        Ok(ActionReport {
            run,
            orders: vec![acted],
            untouched: 0,
            stopped_because: String::new(),
        })
    }

    /// Asks the warehouse to cancel an order.
    pub async fn withdraw(&self, number: &str, note: &str) -> Result<ActionReport, EngineFault> {
        self.by_hand()?;
        let row = self.order_row(number)?;
        let before = state_word(&row.standing).to_owned();
        let reference = match (&row.standing, &row.reference) {
            (Standing::In(OrderState::AtWarehouse | OrderState::Blocked), Some(reference)) => {
                reference.clone()
            }
            (Standing::In(OrderState::PartDespatched | OrderState::Despatched), _) => {
                return Err(EngineFault::wrong(
                    "too_late",
                    "number",
                    format!(
                        "{number} has left the warehouse: too late to withdraw, arrange a return."
                    ),
                ));
            }
            _ => {
                return Err(EngineFault::wrong(
                    "not_at_warehouse",
                    "number",
                    format!(
                        "{number} is {}: only an order at the warehouse can be withdrawn.",
                        before.replace('_', " ")
                    ),
                ));
            }
        };
        if self.sends_nothing()? {
            return Err(EngineFault::wrong(
                "sends_nothing",
                "mode",
                "Nothing is sent while the mode is look_only or sending is paused. Set mode live, or resume.",
            ));
        }
        let run = self.begin(Job::Deliver)?;
        let (now, who) = (self.now(), self.who());
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
                note: note.into(),
            })?;
            w.journal(&decision(
                now,
                "withdraw",
                row.key,
                &who,
                "asked",
                "Asked to withdraw it",
            ))?;
            Ok(())
        })?;
        self.deliver_what_is_due(&run, LINGER).await?;
        let after = self.order_row(number)?;
        let last = self.store().reading().attempts(after.key)?.pop();
        let message = last.map_or_else(
            || "waiting to be sent to the warehouse".to_owned(),
            |attempt| attempt.outcome.replace('_', " "),
        );
        let acted = Acted {
            number: after.number.to_string(),
            before,
            after: state_word(&after.standing).to_owned(),
            message,
        };
        let run = self.end(run)?;
        Ok(ActionReport {
            run,
            orders: vec![acted],
            untouched: 0,
            stopped_because: String::new(),
        })
    }
}

pub(crate) fn state_word(standing: &Standing) -> &str {
    match standing {
        Standing::In(state) => state.word(),
        Standing::Outside(_) => "outside",
    }
}
