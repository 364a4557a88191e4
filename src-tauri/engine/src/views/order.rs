//! An order in a list, and an order's whole life.

use domain::{ClientReference, Owner};
use serde::Serialize;
use store::{AttemptRow, EntryRow, HoldRow, OrderFilter, Reading, SaleRow};

use super::attention::{NoteView, PutOffView, note_view, put_off_view};
use super::{DespatchView, JourneyView, Views, time};
use crate::actions::state_word;
use crate::fault::EngineFault;

/// One reason an order is kept back or needs someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoldView {
    /// The cause's word.
    pub code: String,
    /// Path in Cin7's own sale.
    pub field: String,
    /// The value found.
    pub value: String,
    /// The offending parts of the value, as ranges of characters.
    pub marks: Vec<(usize, usize)>,
    /// What was expected.
    pub expected: String,
    /// Who must act.
    pub owner: String,
    /// The exact fix.
    pub fix: String,
    /// Since when.
    pub since: String,
}

/// An order in a list.
#[derive(Clone, Debug, Serialize)]
pub struct OrderView {
    /// The number people use.
    pub number: String,
    /// Cin7's id.
    pub sale_id: String,
    /// The state's word.
    pub state: String,
    /// Who must act, if someone must.
    pub owner: Option<String>,
    /// Reference at the warehouse.
    pub client_reference: Option<String>,
    /// Whistl's own number.
    pub whistl_reference: Option<String>,
    /// Whistl's own status word.
    pub whistl_status: Option<String>,
    /// Must leave the warehouse by.
    pub ship_by: Option<String>,
    /// Order total.
    pub value: String,
    /// ISO 4217.
    pub currency: String,
    /// Channel, or "".
    pub channel: String,
    /// Service code, or "".
    pub service: String,
    /// When it passed the trigger.
    pub authorised_at: Option<String>,
    /// When Whistl accepted it.
    pub accepted_at: Option<String>,
    /// Submissions so far.
    pub submissions: u32,
    /// When something is due for it next.
    pub next_at: Option<String>,
    /// When its state last changed.
    pub changed_at: String,
    /// Version of the settings under which it was last decided.
    pub settings_version: i64,
    /// Version of the maps under which it was last decided.
    pub map_version: i64,
    /// Why it needs someone.
    pub holds: Vec<HoldView>,
}

/// A page of orders.
#[derive(Clone, Debug, Serialize)]
pub struct OrdersView {
    /// The orders, newest first.
    pub orders: Vec<OrderView>,
    /// Where to continue.
    pub next: Option<String>,
}

/// A line as the sale has it.
#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    /// SKU in Cin7.
    pub sku: String,
    /// What it is.
    pub name: String,
    /// Ordered.
    pub quantity: String,
    /// Price of one.
    pub unit_price: String,
    /// Had no stock in Cin7.
    pub backordered: String,
}

/// One try.
#[derive(Clone, Debug, Serialize)]
pub struct AttemptView {
    /// Which, from 1.
    pub number: u32,
    /// `submit`, `look_up` or `withdraw`.
    pub step: String,
    /// Under which reference.
    pub reference: String,
    /// When it began.
    pub began_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// How it ended.
    pub outcome: String,
    /// The vendor's words or ours.
    pub detail: String,
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// When.
    pub at: String,
    /// What sort.
    pub kind: String,
    /// What.
    pub operation: String,
    /// Which vendor, or "".
    pub vendor: String,
    /// Who or which rule.
    pub who: String,
    /// How it came out.
    pub outcome: String,
    /// One sentence.
    pub text: String,
    /// Which try; 0 for none.
    pub attempt: u32,
    /// The log entry's number.
    pub entry: i64,
}

/// One field of the message to the warehouse, with where it came from.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// The field of the message.
    pub payload_field: String,
    /// The field of the sale it came from.
    pub cin7_field: String,
    /// Its value.
    pub value: String,
    /// What was done to it on the way.
    pub rule: String,
}

/// An order's whole life.
#[derive(Clone, Debug, Serialize)]
pub struct OrderDetail {
    /// The order.
    #[serde(flatten)]
    pub order: OrderView,
    /// Lines of the sale.
    pub lines: Vec<LineView>,
    /// Tries at telling the warehouse.
    pub attempts: Vec<AttemptView>,
    /// What has left; empty until then.
    pub despatches: Vec<DespatchView>,
    /// Whose time it was, from authorised to confirmed.
    pub journey: Option<JourneyView>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineView>,
    /// What people wrote on it, newest first.
    pub notes: Vec<NoteView>,
    /// Until when a person put it off.
    pub put_off: Option<PutOffView>,
    /// The owner it was given to by hand.
    pub assigned: Option<&'static str>,
}

impl Views<'_> {
    /// A page of orders.
    pub fn orders(&self, filter: &OrderFilter) -> Result<OrdersView, EngineFault> {
        let page = self.reading.orders(filter)?;
        Ok(OrdersView {
            orders: page
                .rows
                .iter()
                .map(|(row, holds)| order_view(row, holds))
                .collect(),
            next: page.next,
        })
    }

    /// The message of an order, field by field, with where each came from (R26).
    pub fn explain(&self, number: &str) -> Result<Vec<SourceView>, EngineFault> {
        let row = order_row(self.reading, number)?;
        let body = self.reading.sent_body(row.key)?.ok_or_else(|| {
            EngineFault::wrong(
                "no_message",
                "number",
                format!("{number} has no message to the warehouse: it did not pass the checks."),
            )
        })?;
        let profile = crate::engine::profile(self.settings);
        let order = whistl::read_back(&body, &profile)
            .map_err(|fault| EngineFault::wrong("message_invalid", &fault.field, fault.message))?;
        let sources = whistl::explain(&order, &profile);
        Ok(sources
            .into_iter()
            .map(|source| SourceView {
                payload_field: source.payload_field,
                cin7_field: source.cin7_field,
                value: source.value,
                rule: source.rule.to_owned(),
            })
            .collect())
    }

    /// One order's whole life.
    pub fn order(&self, number: &str) -> Result<OrderDetail, EngineFault> {
        let row = order_row(self.reading, number)?;
        let holds = self.reading.holds(row.key)?;
        let sealed = self.reading.sealed(row.key)?;
        let lines = cin7::read_sale(&sealed.detail)
            .map(|sale| sale.lines)
            .unwrap_or_default();
        Ok(OrderDetail {
            order: order_view(&row, &holds),
            lines: lines
                .into_iter()
                .map(|line| LineView {
                    sku: line.sku,
                    name: line.name,
                    quantity: line.quantity.normalize().to_string(),
                    unit_price: line.unit_price.to_string(),
                    backordered: line.backordered.normalize().to_string(),
                })
                .collect(),
            attempts: self
                .reading
                .attempts(row.key)?
                .iter()
                .map(attempt_view)
                .collect(),
            despatches: self.despatches_of(number)?,
            journey: self.journey(&row)?,
            timeline: self
                .reading
                .timeline(row.key, 500)?
                .iter()
                .map(timeline_view)
                .collect(),
            notes: self
                .reading
                .notes(row.key)?
                .into_iter()
                .map(note_view)
                .collect(),
            put_off: self.reading.put_off(row.key)?.map(put_off_view),
            assigned: self.reading.assigned(row.key)?.map(Owner::word),
        })
    }
}

/// The order of that number, or the fault that says there is none.
pub(crate) fn order_row(reading: &Reading, number: &str) -> Result<SaleRow, EngineFault> {
    reading.sale_by_number(number)?.ok_or_else(|| {
        EngineFault::wrong(
            "order_unknown",
            "number",
            format!("There is no order {number} here. Order numbers look like SO-00042; `orders` lists them."),
        )
    })
}

fn order_view(row: &SaleRow, holds: &[HoldRow]) -> OrderView {
    let owner = row
        .owner
        .or_else(|| holds.first().map(|hold| hold.reason.owner));
    OrderView {
        number: row.number.to_string(),
        sale_id: row.id.to_string(),
        state: state_word(&row.standing).to_owned(),
        owner: owner.map(|owner| owner.word().to_owned()),
        // A sale that was never sent shows the reference it will carry.
        client_reference: row
            .reference
            .clone()
            .or_else(|| ClientReference::of_sale(&row.number, row.edition, 30).ok())
            .map(|reference| reference.to_string()),
        whistl_reference: row.whistl_ref.clone(),
        whistl_status: row.whistl_status.clone(),
        ship_by: row.ship_by.map(time),
        value: format!("{:.2}", row.value),
        currency: row.currency.clone(),
        channel: row.channel.clone(),
        service: row.service.clone(),
        authorised_at: row.authorised_at.map(time),
        accepted_at: row.accepted_at.map(time),
        submissions: row.attempts,
        next_at: row.next_at.map(time),
        changed_at: time(row.changed_at),
        settings_version: row.settings_version,
        map_version: row.map_version,
        holds: holds.iter().map(hold_view).collect(),
    }
}

fn hold_view(hold: &HoldRow) -> HoldView {
    let reason = &hold.reason;
    HoldView {
        code: reason.code.word().into(),
        field: reason.field.clone(),
        value: reason.value.clone(),
        marks: reason.marks.clone(),
        expected: reason.expected.clone(),
        owner: reason.owner.word().into(),
        fix: reason.fix.clone(),
        since: time(hold.since),
    }
}

fn attempt_view(row: &AttemptRow) -> AttemptView {
    AttemptView {
        number: row.number,
        step: row.step.clone(),
        reference: row.reference.clone(),
        began_at: time(row.began),
        ended_at: row.ended.map(time),
        outcome: row.outcome.clone(),
        detail: row.detail.clone(),
    }
}

fn timeline_view(row: &EntryRow) -> TimelineView {
    TimelineView {
        at: time(row.at),
        kind: row.kind.clone(),
        operation: row.operation.clone(),
        vendor: row.vendor.clone(),
        who: row.who.clone(),
        outcome: row.outcome.clone(),
        text: row.text.clone(),
        attempt: row.attempt,
        entry: row.id,
    }
}
