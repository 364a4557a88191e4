//! Follows the warehouse's news of orders: accepted late, held, released, refused,
//! cancelled. News is a hint for display; a despatch is a fact and comes by its own feed.

use chrono::{DateTime, Utc};
use domain::{HoldCode, Owner, Reason};
use store::{OrderState, SaleRow, Standing, StoreFault, Write};
use vendor::Lane;
use whistl::{OrderEvent, OrderState as AtWhistl, OrderStatus, RejectionReason, ServiceCheck};

use crate::asks::Unanswered;
use crate::attention::another_copy;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{decision, notice};
use crate::runs::Run;
use crate::runs::expected::is_said_to_have_left;
use crate::runs::feed::{Feed, From};
use crate::runs::reference::not_set_up;

/// What happened to orders.
const NEWS: Feed = Feed {
    cursor: "order-events",
    brings: "News",
    item: "event",
};

impl Engine {
    /// Reads every event since the cursor.
    pub(crate) async fn follow_events(&self, run: &Run) -> Result<(), EngineFault> {
        if let Err(why) = self.follow(run).await {
            run.unanswered("The warehouse's news", why)?;
        }
        Ok(())
    }

    async fn follow(&self, run: &Run) -> Result<(), Unanswered> {
        let (reader, _) = self.whistl().map_err(not_set_up)?;
        let (is_live, now) = (self.settings().is_live(), self.now());
        let question = |after: Option<String>| {
            let reader = reader.clone();
            async move {
                reader
                    .order_events(Lane::Background, after.as_deref())
                    .await
            }
        };
        self.walk(run, NEWS, From::LastPlace, question, |w, event| {
            Self::take_event(w, run, event, is_live, now)
        })
        .await
    }

    fn take_event(
        w: &mut Write<'_>,
        run: &Run,
        event: &OrderEvent,
        is_live: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let row = match &event.reference {
            Some(reference) => w.sale_by_reference(reference.as_str())?,
            None => None,
        };
        let Some(row) = row else {
            run.count("unknown_events", 1);
            let text = format!("News of an order we did not send: {}", event.to.word());
            w.journal(&notice(
                now,
                "decision",
                "event",
                &event.raw_reference,
                "auto",
                &text,
            ))?;
            return Ok(());
        };
        // News older than what was applied last does not move an order back.
        if row.event_seq.is_some_and(|seq| event.seq <= seq) {
            return Ok(());
        }
        w.set_event_seq(row.key, event.seq)?;
        if row.attempts == 0 && is_taken_there(&event.to) {
            another_copy::sent_elsewhere(w, row.number.as_str(), event.occurred_at, is_live, now)?;
        }
        if !is_ours_to_move(&row.standing) {
            return Ok(());
        }
        // The answer to the submission told as much already.
        let known = row.whistl_status.as_deref() == Some(event.raw_status.as_str());
        let same_service = event
            .service_applied
            .as_deref()
            .is_none_or(|s| s == row.service);
        if known && same_service && event.hold.is_none() && row.accepted_at.is_some() {
            return Ok(());
        }
        run.count("events", 1);
        let state = Told {
            status: &event.to,
            raw_status: &event.raw_status,
            hold: event.hold.as_ref(),
            rejections: &event.rejections,
            service_applied: event.service_applied.as_deref(),
        };
        w.set_warehouse(
            row.key,
            &event.whistl_ref,
            &event.raw_status,
            (event.to == OrderStatus::Accepted && row.accepted_at.is_none())
                .then_some(event.occurred_at),
        )?;
        if row.accepted_at.is_none()
            && event.to == OrderStatus::Accepted
            && let Some(authorised) = row.authorised_at
        {
            let seconds = (event.occurred_at - authorised).num_seconds().max(0);
            w.add_latency(seconds, event.occurred_at.date_naive())?;
        }
        move_order(w, &row, &state, now)
    }
}

/// Whether the warehouse has taken the order on.
fn is_taken_there(status: &OrderStatus) -> bool {
    match status {
        OrderStatus::Received
        | OrderStatus::Accepted
        | OrderStatus::Backordered
        | OrderStatus::Held
        | OrderStatus::Picking
        | OrderStatus::Packed
        | OrderStatus::PartDespatched
        | OrderStatus::Despatched => true,
        OrderStatus::Rejected | OrderStatus::Cancelled | OrderStatus::Other(_) => false,
    }
}

/// What an event or a look-up tells of an order.
struct Told<'a> {
    status: &'a OrderStatus,
    raw_status: &'a str,
    hold: Option<&'a whistl::WarehouseHold>,
    rejections: &'a [RejectionReason],
    service_applied: Option<&'a str>,
}

/// Takes in the state of an order as a submission's answer or a look-up gives it.
pub(super) fn apply_state(
    w: &mut Write<'_>,
    row: &SaleRow,
    state: &AtWhistl,
    requested: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    w.set_warehouse(
        row.key,
        &state.whistl_ref,
        &state.raw_status,
        state.accepted_at,
    )?;
    if let Some(requested) = requested
        && let ServiceCheck::Changed { applied } = state.service_changed(requested)
    {
        w.add_hold(row.key, &service_changed(requested, &applied), now)?;
    }
    let told = Told {
        status: &state.status,
        raw_status: &state.raw_status,
        hold: state.hold.as_ref(),
        rejections: &[],
        service_applied: None,
    };
    move_order(w, row, &told, now)
}

/// Orders whose outcome is being settled by delivery are not moved by news.
fn is_ours_to_move(standing: &Standing) -> bool {
    matches!(
        standing,
        Standing::In(
            OrderState::AtWarehouse
                | OrderState::Blocked
                | OrderState::PartDespatched
                | OrderState::Despatched
        )
    )
}

fn move_order(
    w: &mut Write<'_>,
    row: &SaleRow,
    told: &Told<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    if let Some(applied) = told
        .service_applied
        .filter(|s| !row.service.is_empty() && *s != row.service)
    {
        w.add_hold(row.key, &service_changed(&row.service, applied), now)?;
    }
    let (state, owner) = match told.status {
        OrderStatus::Received
        | OrderStatus::Accepted
        | OrderStatus::Backordered
        | OrderStatus::Picking
        | OrderStatus::Packed => (OrderState::AtWarehouse, None),
        OrderStatus::PartDespatched => (OrderState::PartDespatched, None),
        OrderStatus::Despatched => (OrderState::Despatched, None),
        OrderStatus::Held => {
            let reason = held_there(told.hold);
            let owner = reason.owner;
            w.remove_hold(row.key, HoldCode::HeldAtWarehouse)?;
            w.add_hold(row.key, &reason, now)?;
            (OrderState::Blocked, Some(owner))
        }
        OrderStatus::Rejected => {
            let reasons = rejected_reasons(told.rejections, &[], false);
            let owner = reasons.first().map(|reason| reason.owner);
            w.put_holds(row.key, &reasons, now)?;
            (OrderState::Rejected, owner)
        }
        OrderStatus::Cancelled => {
            w.clear_holds(row.key)?;
            let voided = matches!(row.standing, Standing::In(OrderState::Cancelled));
            if !voided {
                w.add_hold(row.key, &cancelled_there(), now)?;
            }
            (OrderState::Cancelled, (!voided).then_some(Owner::Office))
        }
        OrderStatus::Other(word) => {
            let text = format!("The warehouse reports a status we do not know: {word}");
            w.journal(&decision(
                now,
                "event",
                row.key,
                "auto",
                "unknown_status",
                &text,
            ))?;
            return Ok(());
        }
    };
    if !matches!(told.status, OrderStatus::Held) {
        w.remove_hold(row.key, HoldCode::HeldAtWarehouse)?;
        w.remove_hold(row.key, HoldCode::MissingAtWhistl)?;
    }
    if state == OrderState::Despatched {
        is_said_to_have_left(w, row.key, now)?;
    }
    w.set_standing(row.key, &Standing::In(state), owner, now)?;
    let text = format!(
        "The warehouse reports {}",
        told.raw_status.to_lowercase().replace('_', " ")
    );
    w.journal(&decision(
        now,
        "event",
        row.key,
        "warehouse",
        state.word(),
        &text,
    ))?;
    Ok(())
}

/// Whistl's reasons as holds, its own words kept.
pub(super) fn rejected_reasons(
    reasons: &[RejectionReason],
    sale_lines: &[Vec<usize>],
    first_only: bool,
) -> Vec<Reason> {
    let mut holds: Vec<Reason> = reasons
        .iter()
        .map(|reason| Reason {
            code: HoldCode::RejectedByWhistl,
            field: reason.cin7_field(sale_lines),
            value: reason.value.clone(),
            marks: Vec::new(),
            expected: format!("Whistl says {}: {}", reason.code, reason.message),
            owner: reason.owner,
            fix: if first_only {
                format!(
                    "{} Whistl names only the first fault: more may follow.",
                    reason.fix
                )
            } else {
                reason.fix.clone()
            },
        })
        .collect();
    if holds.is_empty() {
        holds.push(Reason {
            code: HoldCode::RejectedByWhistl,
            field: "Order.SaleOrderNumber".into(),
            value: String::new(),
            marks: Vec::new(),
            expected: "Whistl gave no reason".into(),
            owner: Owner::Warehouse,
            fix: "Ask the warehouse's IT desk why this order was refused, then resend it.".into(),
        });
    }
    holds
}

fn service_changed(requested: &str, applied: &str) -> Reason {
    Reason {
        code: HoldCode::ServiceChangedByWhistl,
        field: "Carrier".into(),
        value: applied.into(),
        marks: Vec::new(),
        expected: requested.into(),
        owner: Owner::Office,
        fix: format!(
            "Whistl put this order on {applied} instead of {requested}. Accept it, or withdraw the order and send it on a service Whistl offers."
        ),
    }
}

fn held_there(hold: Option<&whistl::WarehouseHold>) -> Reason {
    let (code, message, owner) = hold.map_or_else(
        || ("OTHER".to_owned(), String::new(), Owner::Warehouse),
        |hold| (hold.code.clone(), hold.message.clone(), hold.fixed_by),
    );
    let who = match owner {
        Owner::Office => "Answer the warehouse's question",
        Owner::Warehouse | Owner::Finance | Owner::Support => "The warehouse must clear it",
    };
    Reason {
        code: HoldCode::HeldAtWarehouse,
        field: "Order.SaleOrderNumber".into(),
        value: code.clone(),
        marks: Vec::new(),
        expected: message,
        owner,
        fix: format!("Stopped at the warehouse ({code}). {who}."),
    }
}

fn cancelled_there() -> Reason {
    Reason {
        code: HoldCode::CancelledAtWhistl,
        field: "Order.Status".into(),
        value: "CANCELLED".into(),
        marks: Vec::new(),
        expected: "a live order at the warehouse".into(),
        owner: Owner::Office,
        fix: "The warehouse cancelled this order while it is live in Cin7 Core. Void it there, or resend it.".into(),
    }
}
