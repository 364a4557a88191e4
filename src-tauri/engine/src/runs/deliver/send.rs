//! One message: sent or looked up, and its answer settled.

use chrono::{DateTime, Utc};
use domain::retry::Next;
use store::{Claimed, OrderState, OutboxKind, Settlement, Standing, Step, StoreFault};
use vendor::{Exchange, Fault, Lane};
use whistl::{Found, OrderState as AtWhistl, Reader, Submission, Submitted, Writer};

use super::reasons::{conflict, our_fault, unknown_outcome, used_up};
use super::settled::{Settled, again, parked, refused, withdrawn};
use crate::asks::wait_of;
use crate::attention::another_copy;
use crate::engine::Engine;
use crate::journal::{WHISTL, outcome};
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

/// The sender: holds the one half of Whistl's client that can write.
pub(super) struct Deliver<'e> {
    pub(super) engine: &'e Engine,
    pub(super) reader: Reader,
    pub(super) writer: Writer,
}

impl Deliver<'_> {
    /// Takes a [`Claimed`], so nothing is sent that a crash could make us forget.
    pub(super) async fn one(&self, run: &Run, claimed: Claimed) -> Result<(), StoreFault> {
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
        let now = self.engine.now();
        if !matches!(
            told.result,
            Err(Fault::Unreachable(_) | Fault::Busy { .. } | Fault::SignIn(_))
        ) {
            run.count("sent", 1);
        }
        let settled = match &told.result {
            Ok(Submitted::Accepted(state) | Submitted::Deferred(state)) => {
                Self::accepted(run, &claimed, state, now)
            }
            Ok(Submitted::AlreadyAccepted(state)) => {
                let accepted = Self::accepted(run, &claimed, state, now);
                if claimed.attempt() == 1 && claimed.unclear_since().is_none() {
                    self.sent_elsewhere(accepted, &claimed, state, now)
                } else {
                    accepted
                }
            }
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

    /// The warehouse had it before this store ever sent it: somebody else did.
    fn sent_elsewhere<'a>(
        &self,
        accepted: Settled<'a>,
        claimed: &Claimed,
        state: &AtWhistl,
        now: DateTime<Utc>,
    ) -> Settled<'a> {
        let number = claimed.number().to_string();
        let since = state.accepted_at.unwrap_or(now);
        let is_live = self.engine.settings().is_live();
        let write = accepted.write;
        Settled {
            write: Box::new(move |w| {
                write(w)?;
                another_copy::sent_elsewhere(w, &number, since, is_live, now)
            }),
            ..accepted
        }
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
                run.unclear_about(sale);
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
            Ok(Found::Here(state)) => Self::found(run, &claimed, state, now),
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
        run: &Run,
        claimed: &Claimed,
        state: &AtWhistl,
        now: DateTime<Utc>,
    ) -> Settled<'a> {
        if claimed.kind() == OutboxKind::Withdraw {
            return withdrawn(claimed, state, now);
        }
        run.clear_about(claimed.sale());
        let differs = state.matches(&submission(claimed));
        if differs.is_empty() {
            Self::accepted(run, claimed, state, now)
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

    fn accepted<'a>(
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

    pub(super) fn next_try(&self, claimed: &Claimed, now: DateTime<Utc>) -> Next {
        let ladder = self.engine.settings().ladder();
        let first = claimed.first_failed().unwrap_or(now);
        ladder.next(
            claimed.failures() + 1,
            first,
            now,
            claimed.reference().as_str(),
        )
    }

    pub(super) fn settle(
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
        self.engine.hear(WHISTL, exchange, now);
        let mut store = self.engine.store();
        store.settle(claimed, how, now, |w| {
            // A vendor repeats what it refuses, so its words are kept sealed.
            w.attempt_detail(sale, &text)?;
            let told = if fault.is_some() { word } else { text.as_str() };
            w.journal(&outcome(WHISTL, exchange, sale, attempt, word, told))?;
            self.engine.heard(w, WHISTL, exchange, fault, now)?;
            write(w)
        })
    }
}

fn submission(claimed: &Claimed) -> Submission {
    let body = claimed.body().to_vec().into();
    let mut submission = Submission::from_stored(claimed.reference().clone(), body);
    submission.sale_lines = serde_json::from_str(claimed.note()).unwrap_or_default();
    submission
}
