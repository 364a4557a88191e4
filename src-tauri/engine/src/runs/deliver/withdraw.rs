//! Asking the warehouse to cancel an order.

use domain::Owner;
use domain::retry::Next;
use store::{Claimed, OrderState, Settlement, Standing, StoreFault};
use vendor::Lane;
use whistl::{CancelReason, Cancelled};

use super::reasons::missing;
use super::send::Deliver;
use super::settled::{Settled, withdrawn};
use crate::asks::wait_of;
use crate::journal::WHISTL;
use crate::runs::Run;

impl Deliver<'_> {
    pub(super) async fn withdraw(&self, run: &Run, claimed: Claimed) -> Result<(), StoreFault> {
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
}
