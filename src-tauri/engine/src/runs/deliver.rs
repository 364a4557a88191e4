//! Delivery: the only code that writes to a vendor. Each message was committed as an
//! intention before it was claimed, each claim before it is sent, and each answer is
//! settled as accepted, refused, failed or unclear. What is unclear is looked up before
//! anything is sent again.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::retry::Next;
use domain::{HoldCode, Owner, Reason};
use store::{
    Claimed, OrderState, OutboxKind, Settlement, Standing, Step, StoreFault, VendorRow, Write,
};
use tokio::sync::Notify;
use vendor::{Exchange, Fault, Lane, Told};
use whistl::{
    CancelReason, Cancelled, Found, OrderState as AtWhistl, Reader, Submission, Submitted, Writer,
};

use crate::asks::wait_of;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::health::NotNow;
use crate::journal::{WHISTL, decision, outcome};
use crate::runs::Run;
use crate::runs::follow::{apply_state, rejected_reasons};

/// After a lost reply: ask this soon (connector contract 5.5).
const FIRST_LOOK_SECONDS: i64 = 5;
/// An order just accepted may be invisible for a minute, so finding nothing counts only
/// this long after the submission (connector contract 5.5, fault F03).
const SECOND_LOOK_SECONDS: i64 = 62;
/// Where a repeated submission could make a second order, look twice within this long and
/// then leave it to a person (connector contract, `submit_idempotent`).
const NOT_IDEMPOTENT_SECONDS: i64 = 900;
/// Submissions that must have been answered before the safety stop judges.
const SAFETY_SAMPLE: usize = 20;
/// Longest pause of Whistl that a run sits out.
const PATIENCE: Duration = Duration::from_secs(75);

/// The sender: holds the one half of Whistl's client that can write.
struct Deliver<'e> {
    engine: &'e Engine,
    reader: Reader,
    writer: Writer,
}

/// How far a round of delivery came.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Round {
    /// Nothing more is due.
    Idle,
    /// Whistl is not to be called before this.
    Paused(DateTime<Utc>),
    /// Whistl waits for a person; its words.
    Stopped(String),
}

/// How an attempt is settled, with what else is written in the same transaction.
struct Settled<'a> {
    how: Settlement,
    word: &'static str,
    text: String,
    write: Box<dyn FnOnce(&mut Write<'_>) -> Result<(), StoreFault> + 'a>,
}

impl Engine {
    /// Delivers while `done` has not been rung, then lingers for what is nearly due.
    pub(crate) async fn deliver_while(
        &self,
        run: &Run,
        done: &Notify,
        linger: Duration,
    ) -> Result<(), EngineFault> {
        let mut reading = true;
        while reading {
            let round = self.deliver_round(run).await?;
            if self.stop.is_cancelled() {
                return Ok(());
            }
            let wait = match round {
                Round::Idle => self.until_next_due()?.unwrap_or(Duration::from_secs(3_600)),
                Round::Paused(until) => (until - self.now()).to_std().unwrap_or_default(),
                Round::Stopped(_) => Duration::from_secs(3_600),
            };
            tokio::select! {
                () = done.notified() => reading = false,
                result = self.until_bell_or(wait.max(Duration::from_millis(20))) => {
                    if result.is_err() {
                        return Ok(());
                    }
                }
            }
        }
        self.deliver_what_is_due(run, linger).await
    }

    /// Delivers what is due now or within `linger`, sitting out short pauses.
    pub(crate) async fn deliver_what_is_due(
        &self,
        run: &Run,
        linger: Duration,
    ) -> Result<(), EngineFault> {
        let until = self.now() + chrono::Duration::from_std(linger).unwrap_or_default();
        loop {
            let wait = match self.deliver_round(run).await? {
                Round::Idle => {
                    let Some(wait) = self.until_next_due()? else {
                        return Ok(());
                    };
                    let due = self.now() + chrono::Duration::from_std(wait).unwrap_or_default();
                    if due > until {
                        return Ok(());
                    }
                    wait
                }
                Round::Paused(at) => {
                    if self.until_next_due()?.is_none() {
                        return Ok(());
                    }
                    let wait = (at - self.now()).to_std().unwrap_or_default();
                    if wait > PATIENCE || linger.is_zero() {
                        run.cut_short(format!(
                            "Whistl is not answering; sending goes on at {}",
                            at.format("%H:%M:%S UTC")
                        ));
                        return Ok(());
                    }
                    wait
                }
                Round::Stopped(words) => {
                    run.cut_short(format!("Whistl refuses the credentials: {words}"));
                    return Ok(());
                }
            };
            if self.pause(wait + Duration::from_millis(20)).await.is_err() {
                return Ok(());
            }
        }
    }

    fn until_next_due(&self) -> Result<Option<Duration>, StoreFault> {
        let look_only = self.sends_nothing()?;
        let due = self.store().reading().next_due(look_only)?;
        Ok(due.map(|at| (at - self.now()).to_std().unwrap_or_default()))
    }

    /// Whether nothing may be sent: look-only mode, or paused by hand or by the safety stop.
    pub(crate) fn sends_nothing(&self) -> Result<bool, StoreFault> {
        Ok(!self.settings().is_live() || self.sending_paused()?.is_some())
    }

    /// Works the outbox until nothing is due, one message at a time.
    async fn deliver_round(&self, run: &Run) -> Result<Round, EngineFault> {
        let _alone = self.delivering.lock().await;
        let look_only = self.sends_nothing()?;
        if self
            .store()
            .reading()
            .next_due(look_only)?
            .is_none_or(|at| at > self.now())
        {
            return Ok(Round::Idle);
        }
        let (reader, writer) = match self.whistl() {
            Ok(halves) => halves,
            Err(EngineFault::Store(fault)) => return Err(fault.into()),
            Err(other) => return Ok(Round::Stopped(other.to_string())),
        };
        let deliver = Deliver {
            engine: self,
            reader,
            writer,
        };
        loop {
            if self.stop.is_cancelled() {
                return Ok(Round::Idle);
            }
            match self.open_for_calls(WHISTL)? {
                Ok(()) => {}
                Err(NotNow::Paused(until)) => return Ok(Round::Paused(until)),
                Err(NotNow::Stopped(words)) => return Ok(Round::Stopped(words)),
            }
            let look_only = self.sends_nothing()?;
            let claimed = self.store().claim(self.now(), look_only)?;
            let Some(claimed) = claimed else {
                return Ok(Round::Idle);
            };
            deliver.one(run, claimed).await?;
        }
    }
}

impl Deliver<'_> {
    /// Takes a [`Claimed`], so nothing is sent that a crash could make us forget.
    async fn one(&self, run: &Run, claimed: Claimed) -> Result<(), StoreFault> {
        match (claimed.step(), claimed.kind()) {
            (Step::LookUp, _) => self.look_up(run, claimed).await,
            (Step::Send, OutboxKind::Submit) => self.submit(run, claimed).await,
            (Step::Send, OutboxKind::Withdraw) => self.withdraw(run, claimed).await,
        }
    }

    async fn submit(&self, run: &Run, claimed: Claimed) -> Result<(), StoreFault> {
        let submission = submission(&claimed);
        let told = self.writer.submit(Lane::Orders, &submission).await;
        run.called(WHISTL);
        run.count("sent", 1);
        let now = self.engine.now();
        let settled = match &told.result {
            Ok(Submitted::Accepted(state) | Submitted::AlreadyAccepted(state)) => {
                self.accepted(run, &claimed, state, now)
            }
            Ok(Submitted::Deferred(state)) => self.accepted(run, &claimed, state, now),
            Ok(Submitted::Rejected(rejection)) => {
                run.count("rejected", 1);
                let lines = submission.sale_lines.clone();
                let reasons = rejected_reasons(&rejection.reasons, &lines, rejection.first_only);
                refused(&claimed, "rejected", reasons, now)
            }
            Ok(Submitted::Conflict { differs, .. }) => {
                run.count("rejected", 1);
                refused(
                    &claimed,
                    "conflict",
                    vec![conflict(&differs.join(", "))],
                    now,
                )
            }
            Ok(Submitted::ReferenceUsedUp { .. }) => {
                run.count("rejected", 1);
                refused(&claimed, "reference_used_up", vec![used_up(&claimed)], now)
            }
            Err(fault) => self.failed_to_send(run, &claimed, fault, now),
        };
        self.note_for_safety(&told, now)?;
        self.settle(
            claimed,
            settled,
            &told.exchange,
            told.result.as_ref().err(),
            now,
        )
    }

    /// Settles a submission that got no verdict.
    fn failed_to_send<'a>(
        &self,
        run: &Run,
        claimed: &Claimed,
        fault: &Fault,
        now: DateTime<Utc>,
    ) -> Settled<'a> {
        let sale = claimed.sale();
        match fault {
            Fault::Busy { wait, .. } => {
                let at = now + chrono::Duration::from_std(*wait).unwrap_or_default();
                again(sale, at, false, "busy", fault.to_string(), now)
            }
            Fault::SignIn(_) => {
                let at = now + chrono::Duration::seconds(60);
                again(sale, at, false, "sign_in", fault.to_string(), now)
            }
            Fault::Unreachable(_) => match self.next_try(claimed, now) {
                Next::At(at) => again(sale, at, true, "failed", fault.to_string(), now),
                Next::Stuck => parked(claimed, &fault.to_string(), now),
            },
            Fault::Refused { code, message, .. } => {
                run.count("rejected", 1);
                let reason = our_fault(code, message);
                refused(claimed, "refused", vec![reason], now)
            }
            Fault::Unclear { .. } | Fault::NoAnswer { .. } | Fault::Redirected(_) => {
                run.count("unclear", 1);
                if cfg!(feature = "sabotage") {
                    return again(sale, now, true, "failed", fault.to_string(), now);
                }
                let at = now + chrono::Duration::seconds(FIRST_LOOK_SECONDS);
                Settled {
                    how: Settlement::LookUp {
                        at,
                        found_nothing: false,
                        failed: true,
                    },
                    word: "unclear",
                    text: "Sent, outcome unknown: Whistl is asked before anything is sent again"
                        .into(),
                    write: Box::new(move |w| {
                        w.set_standing(sale, &Standing::In(OrderState::Unclear), None, now)
                    }),
                }
            }
        }
    }

    async fn look_up(&self, run: &Run, claimed: Claimed) -> Result<(), StoreFault> {
        let told = self
            .reader
            .find_order(Lane::Orders, claimed.reference())
            .await;
        run.called(WHISTL);
        let now = self.engine.now();
        let settled = match &told.result {
            Ok(Found::Here(state)) => self.found(run, &claimed, state, now),
            Ok(Found::NotFound) => self.not_found(&claimed, now),
            Err(fault) => self.look_again(&claimed, fault, now),
        };
        self.settle(
            claimed,
            settled,
            &told.exchange,
            told.result.as_ref().err(),
            now,
        )
    }

    fn found<'a>(
        &self,
        run: &Run,
        claimed: &Claimed,
        state: &AtWhistl,
        now: DateTime<Utc>,
    ) -> Settled<'a> {
        if claimed.kind() == OutboxKind::Withdraw {
            return withdrawn(claimed, state, now);
        }
        let differs = state.matches(&submission(claimed));
        if differs.is_empty() {
            self.accepted(run, claimed, state, now)
        } else {
            run.count("rejected", 1);
            refused(
                claimed,
                "conflict",
                vec![conflict(&differs.join(", "))],
                now,
            )
        }
    }

    fn not_found<'a>(&self, claimed: &Claimed, now: DateTime<Utc>) -> Settled<'a> {
        let sale = claimed.sale();
        let since = claimed.unclear_since().unwrap_or(now);
        let idempotent = self.engine.profile().submit_idempotent;
        let wait = if idempotent {
            SECOND_LOOK_SECONDS
        } else {
            NOT_IDEMPOTENT_SECONDS
        };
        let sure_at = since + chrono::Duration::seconds(wait);
        if claimed.looks() == 0 || now < sure_at {
            return Settled {
                how: Settlement::LookUp {
                    at: sure_at.max(now),
                    found_nothing: true,
                    failed: false,
                },
                word: "not_found",
                text: "Whistl does not show it yet; asked once more before it is sent again".into(),
                write: Box::new(|_| Ok(())),
            };
        }
        if idempotent {
            return again(
                sale,
                now,
                true,
                "not_found",
                "Whistl never had it: sent again".into(),
                now,
            );
        }
        let reason = unknown_outcome();
        Settled {
            how: Settlement::Parked {
                outcome: "outcome_unknown",
            },
            word: "outcome_unknown",
            text: "Whistl does not show it, and a second sending could make a second order".into(),
            write: Box::new(move |w| {
                w.add_hold(sale, &reason, now)?;
                w.set_standing(
                    sale,
                    &Standing::In(OrderState::Unclear),
                    Some(reason.owner),
                    now,
                )
            }),
        }
    }

    fn look_again<'a>(&self, claimed: &Claimed, fault: &Fault, now: DateTime<Utc>) -> Settled<'a> {
        let wait = wait_of(Some(fault)).and_then(|w| chrono::Duration::from_std(w).ok());
        let counts = !matches!(fault, Fault::Busy { .. } | Fault::SignIn(_));
        let at = match (wait, self.next_try(claimed, now)) {
            (Some(wait), _) => now + wait,
            (None, Next::At(at)) => at,
            // A look-up is never given up: the goods may be on their way.
            (None, Next::Stuck) => now + chrono::Duration::hours(1),
        };
        Settled {
            how: Settlement::LookUp {
                at,
                found_nothing: false,
                failed: counts,
            },
            word: "unclear",
            text: format!("Whistl could not say whether it has the order: {fault}"),
            write: Box::new(|_| Ok(())),
        }
    }

    async fn withdraw(&self, run: &Run, claimed: Claimed) -> Result<(), StoreFault> {
        let told = self
            .writer
            .cancel(
                Lane::Orders,
                claimed.reference(),
                CancelReason::CustomerRequest,
                claimed.note(),
            )
            .await;
        run.called(WHISTL);
        let now = self.engine.now();
        let sale = claimed.sale();
        let settled = match &told.result {
            Ok(Cancelled::Done(state)) => {
                run.count("withdrawn", 1);
                withdrawn(&claimed, state, now)
            }
            Ok(Cancelled::Pending(_)) => Settled {
                how: Settlement::Closed { outcome: "pending" },
                word: "pending",
                text: "The warehouse was asked to stop it and will say whether it could".into(),
                write: Box::new(|_| Ok(())),
            },
            Ok(Cancelled::TooLate { status }) => {
                run.count("too_late", 1);
                Settled {
                    how: Settlement::Closed {
                        outcome: "too_late",
                    },
                    word: "too_late",
                    text: format!(
                        "Too late to withdraw: it is {} at the warehouse. Arrange a return.",
                        status.to_lowercase().replace('_', " ")
                    ),
                    write: Box::new(|_| Ok(())),
                }
            }
            Ok(Cancelled::Unknown) => Settled {
                how: Settlement::Closed {
                    outcome: "unknown_order",
                },
                word: "unknown_order",
                text: "Whistl does not know this order".into(),
                write: Box::new(move |w| {
                    w.add_hold(sale, &missing(), now)?;
                    w.set_standing(
                        sale,
                        &Standing::In(OrderState::Blocked),
                        Some(Owner::Warehouse),
                        now,
                    )
                }),
            },
            // A repeated cancellation is harmless (connector contract 5.6).
            Err(fault) => {
                let wait = wait_of(Some(fault)).and_then(|w| chrono::Duration::from_std(w).ok());
                match (wait, self.next_try(&claimed, now)) {
                    (_, Next::Stuck) => Settled {
                        how: Settlement::Parked { outcome: "stuck" },
                        word: "stuck",
                        text: format!("The withdrawal could not be delivered: {fault}"),
                        write: Box::new(|_| Ok(())),
                    },
                    (wait, Next::At(at)) => Settled {
                        how: Settlement::Again {
                            at: wait.map_or(at, |w| now + w),
                            failed: true,
                        },
                        word: "failed",
                        text: format!("The withdrawal could not be delivered: {fault}"),
                        write: Box::new(|_| Ok(())),
                    },
                }
            }
        };
        self.settle(
            claimed,
            settled,
            &told.exchange,
            told.result.as_ref().err(),
            now,
        )
    }

    fn accepted<'a>(
        &self,
        run: &Run,
        claimed: &Claimed,
        state: &AtWhistl,
        now: DateTime<Utc>,
    ) -> Settled<'a> {
        run.count("accepted", 1);
        let (sale, state) = (claimed.sale(), state.clone());
        let requested = submission(claimed).service();
        let fingerprint = Some(submission(claimed).fingerprint.to_vec());
        let text = format!("Accepted by Whistl as {}", state.whistl_ref);
        Settled {
            how: Settlement::Closed {
                outcome: "accepted",
            },
            word: "accepted",
            text,
            write: Box::new(move |w| {
                let row = w.sale_row(sale)?;
                w.clear_holds(sale)?;
                w.keep_fingerprint(sale, fingerprint.as_deref())?;
                w.set_standing(sale, &Standing::In(OrderState::AtWarehouse), None, now)?;
                apply_state(w, &row, &state, Some(requested.as_str()), now)?;
                if let (Some(accepted), Some(authorised)) = (state.accepted_at, row.authorised_at) {
                    let seconds = (accepted - authorised).num_seconds().max(0);
                    w.add_latency(seconds, accepted.date_naive())?;
                }
                Ok(())
            }),
        }
    }

    fn next_try(&self, claimed: &Claimed, now: DateTime<Utc>) -> Next {
        let ladder = self.engine.settings().ladder();
        let first = claimed.first_failed().unwrap_or(now);
        ladder.next(
            claimed.failures() + 1,
            first,
            now,
            claimed.reference().as_str(),
        )
    }

    fn settle(
        &self,
        claimed: Claimed,
        settled: Settled<'_>,
        exchange: &Exchange,
        fault: Option<&Fault>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let Settled {
            how,
            word,
            text,
            write,
        } = settled;
        let (sale, attempt) = (claimed.sale(), claimed.attempt());
        let mut store = self.engine.store();
        let health: VendorRow = store.reading().vendor(WHISTL)?;
        store.settle(claimed, how, now, |w| {
            // A vendor repeats what it refuses, so its words are kept sealed.
            w.attempt_detail(sale, &text)?;
            let told = if fault.is_some() { word } else { text.as_str() };
            w.journal(&outcome(WHISTL, exchange, sale, attempt, word, told))?;
            self.engine.heard(
                w,
                WHISTL,
                &health,
                exchange.verdict,
                wait_of(fault),
                &exchange.detail,
                now,
            )?;
            write(w)
        })
    }

    /// Pauses sending when most of the last submissions were refused: then it is not the
    /// orders that are wrong (B26).
    fn note_for_safety(
        &self,
        told: &Told<Submitted>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let refused = match &told.result {
            Ok(Submitted::Accepted(_) | Submitted::AlreadyAccepted(_) | Submitted::Deferred(_)) => {
                false
            }
            Ok(_) | Err(Fault::Refused { .. }) => true,
            Err(_) => return Ok(()),
        };
        let share = {
            let mut recent = self
                .engine
                .recent
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            recent.push_back(refused);
            if recent.len() > SAFETY_SAMPLE {
                recent.pop_front();
            }
            if recent.len() < SAFETY_SAMPLE {
                return Ok(());
            }
            recent.iter().filter(|refused| **refused).count() * 100 / recent.len()
        };
        let limit =
            usize::try_from(self.engine.settings().whole("safety.rejected_percent")).unwrap_or(50);
        if share > limit {
            let why = format!(
                "Whistl refused {share} % of the last {SAFETY_SAMPLE} orders; sending paused itself"
            );
            self.engine.pause_sending("auto: safety stop", &why, now)?;
            self.engine
                .recent
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .clear();
        }
        Ok(())
    }
}

fn submission(claimed: &Claimed) -> Submission {
    let body = claimed.body().to_vec().into();
    let mut submission = Submission::from_stored(claimed.reference().clone(), body);
    submission.sale_lines = serde_json::from_str(claimed.note()).unwrap_or_default();
    submission
}

fn again<'a>(
    sale: store::SaleKey,
    at: DateTime<Utc>,
    failed: bool,
    word: &'static str,
    text: String,
    now: DateTime<Utc>,
) -> Settled<'a> {
    Settled {
        how: Settlement::Again { at, failed },
        word,
        text,
        write: Box::new(move |w| {
            w.set_standing(sale, &Standing::In(OrderState::Waiting), None, now)
        }),
    }
}

fn parked<'a>(claimed: &Claimed, words: &str, now: DateTime<Utc>) -> Settled<'a> {
    let sale = claimed.sale();
    let reason = Reason {
        code: HoldCode::SendingStuck,
        field: "Order.SaleOrderNumber".into(),
        value: claimed.number().to_string(),
        marks: Vec::new(),
        expected: "an answer from Whistl within the retry schedule".into(),
        owner: Owner::Support,
        fix: format!(
            "Whistl could not be reached for the whole schedule ({words}). Resend it once Whistl answers."
        ),
    };
    Settled {
        how: Settlement::Parked { outcome: "stuck" },
        word: "stuck",
        text: "Retried to the end of the schedule".into(),
        write: Box::new(move |w| {
            w.put_holds(sale, std::slice::from_ref(&reason), now)?;
            w.set_standing(
                sale,
                &Standing::In(OrderState::Held),
                Some(reason.owner),
                now,
            )
        }),
    }
}

fn refused<'a>(
    claimed: &Claimed,
    word: &'static str,
    reasons: Vec<Reason>,
    now: DateTime<Utc>,
) -> Settled<'a> {
    let sale = claimed.sale();
    let owner = reasons.first().map_or(Owner::Office, |reason| reason.owner);
    Settled {
        how: Settlement::Closed { outcome: word },
        word,
        text: "Refused by Whistl; nothing exists there under this reference".into(),
        write: Box::new(move |w| {
            w.put_holds(sale, &reasons, now)?;
            w.set_standing(sale, &Standing::In(OrderState::Rejected), Some(owner), now)
        }),
    }
}

fn withdrawn<'a>(claimed: &Claimed, state: &AtWhistl, now: DateTime<Utc>) -> Settled<'a> {
    let (sale, state) = (claimed.sale(), state.clone());
    let cancelled = state.status == whistl::OrderStatus::Cancelled;
    Settled {
        how: Settlement::Closed {
            outcome: if cancelled {
                "cancelled"
            } else {
                "not_cancelled"
            },
        },
        word: if cancelled {
            "cancelled"
        } else {
            "not_cancelled"
        },
        text: if cancelled {
            "Withdrawn: the warehouse cancelled it".into()
        } else {
            format!("Not withdrawn: the warehouse shows {}", state.raw_status)
        },
        write: Box::new(move |w| {
            let row = w.sale_row(sale)?;
            if cancelled {
                w.clear_holds(sale)?;
                w.set_warehouse(
                    sale,
                    &state.whistl_ref,
                    &state.raw_status,
                    state.accepted_at,
                )?;
                w.set_standing(sale, &Standing::In(OrderState::Cancelled), None, now)?;
                let text = "Cancelled at the warehouse as asked; resending uses a new reference";
                w.journal(&decision(now, "withdraw", sale, "auto", "cancelled", text))?;
                return Ok(());
            }
            apply_state(w, &row, &state, None, now)
        }),
    }
}

fn conflict(differs: &str) -> Reason {
    Reason {
        code: HoldCode::ReferenceConflict,
        field: "Order.SaleOrderNumber".into(),
        value: differs.into(),
        marks: Vec::new(),
        expected: "the same order as Whistl has under this reference".into(),
        owner: Owner::Office,
        fix: "Whistl already has another order under this reference. Compare the two; withdraw theirs, then resend.".into(),
    }
}

fn used_up(claimed: &Claimed) -> Reason {
    Reason {
        code: HoldCode::RejectedByWhistl,
        field: "Order.SaleOrderNumber".into(),
        value: claimed.reference().to_string(),
        marks: Vec::new(),
        expected: "a reference that was not cancelled at Whistl".into(),
        owner: Owner::Office,
        fix: "The order under this reference was cancelled at Whistl, which uses the reference up. Resend it to send it under a new one.".into(),
    }
}

fn our_fault(code: &str, message: &str) -> Reason {
    Reason {
        code: HoldCode::MessageInvalid,
        field: "Order".into(),
        value: code.into(),
        marks: Vec::new(),
        expected: "a message within Whistl's contract".into(),
        owner: Owner::Support,
        fix: format!(
            "Whistl could not read Stockbridge's message ({message}). Report it to support."
        ),
    }
}

fn unknown_outcome() -> Reason {
    Reason {
        code: HoldCode::OutcomeUnknown,
        field: "Order.SaleOrderNumber".into(),
        value: String::new(),
        marks: Vec::new(),
        expected: "a clear answer from Whistl".into(),
        owner: Owner::Warehouse,
        fix: "Ask the warehouse whether it has this order. If it has not, resend it.".into(),
    }
}

pub(super) fn missing() -> Reason {
    Reason {
        code: HoldCode::MissingAtWhistl,
        field: "Order.SaleOrderNumber".into(),
        value: String::new(),
        marks: Vec::new(),
        expected: "the order Whistl accepted".into(),
        owner: Owner::Warehouse,
        fix: "Whistl accepted this order and no longer knows it. Ask the warehouse; if it is lost, resend it.".into(),
    }
}
