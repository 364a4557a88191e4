//! Recheck, resend, withdraw, release: on one order, on several, on all of one cause. Each
//! order's result is named; a group stops by itself when the first few fail alike, and
//! between two orders when it is told to.

mod allowed;
mod progress;
mod withdraw;

use std::time::Duration;

use domain::HoldCode;
use serde::Serialize;
use store::{OrderFilter, OrderState, Outline, SaleKey, SaleRow, Standing};

pub use allowed::{Deed, Refusal, refusal};
pub use progress::{Progress, Unwatched};

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
    /// These, by their row numbers, in this order.
    Keys(Vec<SaleKey>),
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
    /// Orders left untouched because the first few failed alike, or because it was stopped.
    pub untouched: usize,
    /// Why it stopped early, or "".
    pub stopped_because: String,
}

/// What is done to each order of a group, and how.
struct Doing<'a> {
    deed: Deed,
    run: &'a Run,
    /// By what it is decided anew; a withdrawal decides nothing.
    decider: Option<&'a Decider>,
    who: &'a str,
    note: &'a str,
}

impl Engine {
    /// Reads the orders afresh and checks them again; what passes is sent.
    pub async fn recheck(&self, which: &Which) -> Result<ActionReport, EngineFault> {
        self.act(Deed::Recheck, which, "", &Unwatched).await
    }

    /// Reads the orders afresh, checks them, and sends them again under the same
    /// reference as a new attempt.
    pub async fn resend(&self, which: &Which) -> Result<ActionReport, EngineFault> {
        self.act(Deed::Resend, which, "", &Unwatched).await
    }

    /// Lets one held order go that only a rule of the merchant's own keeps back, with a
    /// written reason (R42). What Whistl itself would refuse cannot be released.
    pub async fn release(&self, number: &str, reason: &str) -> Result<ActionReport, EngineFault> {
        self.only_if_allowed(Deed::Release, number, reason)?;
        let which = Which::Numbers(vec![number.to_owned()]);
        self.act(Deed::Release, &which, reason, &Unwatched).await
    }

    /// Asks the warehouse to cancel an order.
    pub async fn withdraw(&self, number: &str, note: &str) -> Result<ActionReport, EngineFault> {
        self.only_if_allowed(Deed::Withdraw, number, note)?;
        let which = Which::Numbers(vec![number.to_owned()]);
        self.act(Deed::Withdraw, &which, note, &Unwatched).await
    }

    /// Does a thing to orders, one after another, each named to `progress` as its turn
    /// comes and as it is done with. What cannot be done to one is told as its result.
    ///
    /// `note` is the reason, for a release, or what the warehouse is told, for a withdrawal.
    ///
    /// # Errors
    /// `order_unknown`, `reason_missing`; settings and credentials that are missing; the
    /// store's.
    pub async fn act(
        &self,
        deed: Deed,
        which: &Which,
        note: &str,
        progress: &dyn Progress,
    ) -> Result<ActionReport, EngineFault> {
        reason_given(deed, note)?;
        self.by_hand()?;
        let chosen = self.chosen(which)?;
        let run = self.begin(match deed {
            Deed::Withdraw => Job::Deliver,
            Deed::Recheck | Deed::Resend | Deed::Release => Job::Orders,
        })?;
        if matches!(deed, Deed::Recheck | Deed::Resend) {
            self.read_reference(&run, false).await?;
        }
        let decider = match deed {
            Deed::Withdraw => None,
            Deed::Recheck | Deed::Resend | Deed::Release => {
                let mut decider = self.decider()?;
                if deed == Deed::Release {
                    decider.rules.backordered = domain::Severity::Warn;
                }
                Some(decider)
            }
        };
        let doing = Doing {
            deed,
            run: &run,
            decider: decider.as_ref(),
            who: &self.who(),
            note,
        };
        let (orders, stopped_because) = self.one_by_one(&doing, &chosen, progress).await?;
        let run = self.end(run)?;
        Ok(ActionReport {
            run,
            untouched: chosen.len() - orders.len(),
            orders,
            stopped_because,
        })
    }

    async fn one_by_one(
        &self,
        doing: &Doing<'_>,
        chosen: &[SaleKey],
        progress: &dyn Progress,
    ) -> Result<(Vec<Acted>, String), EngineFault> {
        let mut acted: Vec<Acted> = Vec::new();
        let mut refused_in_row = 0;
        for sale in chosen {
            if doing.run.is_stopped() || self.stop.is_cancelled() {
                break;
            }
            if progress.is_cancelled() {
                return Ok((acted, "stopped by hand".into()));
            }
            if refused_in_row >= STOP_AFTER {
                return Ok((
                    acted,
                    format!(
                        "the first {STOP_AFTER} were all refused by Whistl; the rest was left untouched"
                    ),
                ));
            }
            let row = self.store().reading().sale_row(*sale)?;
            progress.begins(row.number.as_str());
            let result = self.act_on(doing, &row).await?;
            refused_in_row = if result.after == OrderState::Rejected.word() {
                refused_in_row + 1
            } else {
                0
            };
            progress.done(&result);
            acted.push(result);
        }
        Ok((acted, String::new()))
    }

    fn only_if_allowed(&self, deed: Deed, number: &str, note: &str) -> Result<(), EngineFault> {
        reason_given(deed, note)?;
        let row = self.order_row(number)?;
        match self.refused(deed, &row)? {
            None => Ok(()),
            Some(refusal) => {
                let field = if refusal.code == "sends_nothing" {
                    "mode"
                } else {
                    "number"
                };
                Err(EngineFault::wrong(refusal.code, field, refusal.message))
            }
        }
    }

    fn refused(&self, deed: Deed, row: &SaleRow) -> Result<Option<Refusal>, EngineFault> {
        let sends_nothing = self.sends_nothing()?;
        let order = Outline::of(row);
        Ok(refusal(
            self.store().reading(),
            deed,
            &order,
            sends_nothing,
        )?)
    }

    fn chosen(&self, which: &Which) -> Result<Vec<SaleKey>, EngineFault> {
        match which {
            Which::Numbers(numbers) => numbers
                .iter()
                .map(|number| Ok(self.order_row(number)?.key))
                .collect(),
            Which::Keys(keys) => Ok(keys.clone()),
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
    ) -> Result<Vec<SaleKey>, EngineFault> {
        let mut filter = OrderFilter {
            states,
            hold,
            limit: 1_000,
            ..OrderFilter::default()
        };
        let mut keys = Vec::new();
        loop {
            let page = self.store().reading().orders(&filter)?;
            keys.extend(page.rows.into_iter().map(|(row, _)| row.key));
            match page.next {
                Some(next) => filter.after = Some(next),
                None => break,
            }
        }
        // Oldest first: the one that waited longest goes first.
        keys.sort_unstable();
        Ok(keys)
    }

    pub(crate) fn order_row(&self, number: &str) -> Result<SaleRow, EngineFault> {
        crate::views::order_row(self.store().reading(), number)
    }

    async fn act_on(&self, doing: &Doing<'_>, row: &SaleRow) -> Result<Acted, EngineFault> {
        if let Some(refusal) = self.refused(doing.deed, row)? {
            let state = state_word(&row.standing).to_owned();
            return Ok(Acted {
                number: row.number.to_string(),
                before: state.clone(),
                after: state,
                message: refusal.message,
            });
        }
        match doing.decider {
            None => self.withdraw_one(doing, row).await,
            Some(decider) => self.send_one(doing, decider, row).await,
        }
    }

    async fn send_one(
        &self,
        doing: &Doing<'_>,
        decider: &Decider,
        row: &SaleRow,
    ) -> Result<Acted, EngineFault> {
        let before = state_word(&row.standing).to_owned();
        let number = row.number.to_string();
        let (wish, why, outcome, text) = match doing.deed {
            Deed::Recheck => (Wish::None, "recheck", "asked", "Asked for by hand"),
            Deed::Release => (Wish::SendAgain, "release", "released", doing.note),
            Deed::Resend | Deed::Withdraw => {
                (Wish::SendAgain, "resend", "asked", "Asked for by hand")
            }
        };
        if wish == Wish::SendAgain {
            self.free(row)?;
        }
        let now = self.now();
        self.store().write(|w| {
            w.journal(&decision(now, why, row.key, doing.who, outcome, text))?;
            Ok(())
        })?;
        let decided = self.read_and_decide(doing.run, decider, row, wish, doing.who);
        if let Err(unanswered) = decided.await {
            let message = match unanswered {
                Unanswered::Store(fault) => return Err(fault.into()),
                Unanswered::NotNow(sentence) => sentence,
                Unanswered::Refused(fault) => fault.to_string(),
                Unanswered::Stopping => "stopped before it was done".into(),
            };
            doing.run.cut_short(message.clone());
            return Ok(Acted {
                number,
                after: before.clone(),
                before,
                message,
            });
        }
        self.deliver_what_is_due(doing.run, LINGER).await?;
        let after = self.store().reading().sale_row(row.key)?;
        let message = self.told(&after)?;
        Ok(Acted {
            number,
            before,
            after: state_word(&after.standing).to_owned(),
            message,
        })
    }

    /// A person who resends an order that waited for a person says that it may go again.
    fn free(&self, row: &SaleRow) -> Result<(), EngineFault> {
        let Standing::In(state) = &row.standing else {
            return Ok(());
        };
        if allowed::freed_by_hand(*state).is_none() {
            return Ok(());
        }
        let now = self.now();
        self.store().write(|w| {
            w.close_parked(row.key, now)?;
            w.set_standing(row.key, &Standing::In(OrderState::Rejected), None, now)
        })?;
        Ok(())
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
}

fn reason_given(deed: Deed, note: &str) -> Result<(), EngineFault> {
    if deed == Deed::Release && note.trim().is_empty() {
        return Err(EngineFault::wrong(
            "reason_missing",
            "--reason",
            "Say why: the reason is kept with your name.",
        ));
    }
    Ok(())
}

pub(crate) fn state_word(standing: &Standing) -> &str {
    match standing {
        Standing::In(state) => state.word(),
        Standing::Outside(_) => "outside",
    }
}
