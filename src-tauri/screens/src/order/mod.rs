//! One order's page: what holds it and what puts that right, what happened to it, what it
//! is, and what may be done.

mod can;
mod cards;
mod facts;
mod happened;
mod journey;
mod offers;
mod place;
mod sentences;
pub mod settle;
mod standing;

use engine::views::{Views, time};
use store::{SaleRow, Standing};

use crate::lists::{state_title, state_word};
use crate::marks::tone_of;
use crate::shapes::{ConfirmationPage, NoteRow, OrderPage, PutOff, UiError};

pub(crate) use can::{cans, sends_nothing, why_not};
pub(crate) use happened::{by, has_payload, told, tone_of_entry};
pub(crate) use standing::why_nothing_is_sent;

/// The page of the order of that number.
///
/// # Errors
/// `order_unknown` when there is none; the store's.
pub fn order(look: &Views<'_>, number: &str) -> Result<OrderPage, UiError> {
    let row = row_of(look, number)?;
    let holds = look.reading.holds(row.key)?;
    let sale = look.sale(row.key)?;
    let services = look.reading.services()?;
    let can = cans(look, &row)?;
    let (address, phone, email) = facts::recipient(sale.as_ref());
    Ok(OrderPage {
        number: row.number.to_string(),
        sale_id: row.id.to_string(),
        customer: look.customer(row.key)?,
        value: format!("{:.2}", row.value),
        currency: row.currency.clone(),
        ship_by: row.ship_by.map(time),
        channel: row.channel.clone(),
        service: sale
            .as_ref()
            .map(|sale| sale.shipping_method.clone())
            .unwrap_or_default(),
        service_name: facts::service_name(&row.service, &services),
        state: state_word(&row.standing).into(),
        state_title: state_title(&row.standing),
        tone: tone_of(&row.standing, row.owner.is_some()),
        state_detail: standing::detail(look, &row, &holds)?,
        owner: row.owner.map(Into::into),
        reference: facts::reference(&row),
        whistl_reference: row.whistl_ref.clone(),
        whistl_status: row.whistl_status.as_deref().map(facts::whistl_status),
        holds: cards::cards(look, &holds, &services)?,
        journey: journey::journey(look, &row)?,
        happened: happened::happened(look, row.key)?,
        lines: facts::lines(look, &row, sale.as_ref())?,
        address,
        phone,
        email,
        message: facts::message(look, &row),
        attempts: facts::attempts(look, row.key)?,
        despatches: despatches(look, &row)?,
        notes: notes(look, &row)?,
        put_off: put_off(look, &row)?,
        recheck: can.recheck,
        resend: can.resend,
        withdraw: can.withdraw,
        release: can.release,
        open_cin7: true,
    })
}

/// The order of that number, or the fault that says there is none.
pub(crate) fn row_of(look: &Views<'_>, number: &str) -> Result<SaleRow, UiError> {
    let found = look.reading.sale_by_number(number)?;
    found.ok_or_else(|| {
        UiError::at(
            "order_unknown",
            "number",
            format!("There is no order {number} here."),
        )
    })
}

fn despatches(look: &Views<'_>, row: &SaleRow) -> Result<Vec<ConfirmationPage>, UiError> {
    let rows = look.reading.despatches_of(row.key)?;
    rows.iter()
        .map(|row| crate::confirmations::page_of(look, row))
        .collect()
}

fn notes(look: &Views<'_>, row: &SaleRow) -> Result<Vec<NoteRow>, UiError> {
    let notes = look.reading.notes(row.key)?;
    Ok(notes
        .into_iter()
        .map(|note| NoteRow {
            at: time(note.at),
            who: note.who,
            text: note.text,
            to: note.to.map(Into::into),
        })
        .collect())
}

fn put_off(look: &Views<'_>, row: &SaleRow) -> Result<Option<PutOff>, UiError> {
    // What needs nobody any more is put off no longer, even before the next look says so.
    if row.owner.is_none() || matches!(row.standing, Standing::Outside(_)) {
        return Ok(None);
    }
    Ok(look.reading.put_off(row.key)?.map(|put_off| PutOff {
        until: time(put_off.until),
        why: put_off.why,
        who: put_off.who,
    }))
}
