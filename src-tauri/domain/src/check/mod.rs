//! Would Whistl take this? Turns a [`Sale`] into a [`WarehouseOrder`], or says
//! everything that stops it, all reasons at once, in the order of the sale's fields.
//!
//! Pure. Whether the sale was *already* sent is the outbox's question, and whether it
//! is due at all the trigger's, not ours.

mod address;
pub mod country;
mod findings;
mod letters;
mod lines;
pub mod postcode;
mod quantity;
mod reach;
mod recipient;
mod reference;
mod service;
mod sku;
mod spelling;
mod sums;
pub mod telephone;
mod text;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod stories;
#[cfg(test)]
pub(crate) mod world;

use chrono::{DateTime, NaiveTime, Utc};

use self::findings::{Field, Findings};
pub use self::sku::suggested;
use self::text::{Breaks, cut, tidy};
use crate::{Held, HoldCode, Known, Note, NoteCode, Owner, Reason, Rules, Sale, WarehouseOrder};

/// Longest channel name, characters (connector contract 2.1, assumed).
const CHANNEL: usize = 35;

/// A sale that may go, with what was done to it on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// What to send.
    pub order: WarehouseOrder,
    /// What was left out, merged, tidied or would have held.
    pub notes: Vec<Note>,
}

/// Checks a sale against the rules and what is known. `edition` is the sale's count of
/// hand-offs, 1 for the first (see [`crate::ClientReference::of_sale`]).
///
/// Every part is looked at whatever the others say, and gives its best effort; what
/// came of it leaves here only if no part found a reason.
#[expect(
    clippy::result_large_err,
    reason = "a hold is an answer, not an error on a hot path"
)]
pub fn check(sale: &Sale, edition: u32, rules: &Rules, known: &dyn Known) -> Result<Fit, Held> {
    let mut findings = Findings::default();
    let country = country::read_country(&sale.ship_to.country);
    let reference = reference::check(sale, edition, rules, &mut findings);
    reference::check_statuses(sale, &mut findings);
    let delivery = recipient::check(sale, &country, rules, known, &mut findings);
    let service = service::check(sale, &country, known, &mut findings);
    let delivery_note = delivery_note(sale, rules, &mut findings);
    let currency = currency(sale, &mut findings);
    let channel = channel(sale, &mut findings);
    let lines = lines::check(sale, rules, known, &mut findings);

    let Findings { reasons, notes } = findings;
    if let Some(held) = Held::from_reasons(reasons) {
        return Err(held);
    }
    let (Some(reference), Some(delivery), Some(service)) = (reference, delivery, service) else {
        return Err(Held::because(no_reason_given(sale)));
    };
    let order = WarehouseOrder {
        reference,
        ordered_at: ordered_at(sale),
        service,
        required_by: sale.ship_by,
        allow_partial: rules.allow_partial,
        delivery,
        delivery_note,
        lines,
        currency,
        sale_id: sale.id.as_str().to_owned(),
        channel,
    };
    Ok(Fit { order, notes })
}

/// Shipping notes go to the driver; line breaks in them are blanks.
fn delivery_note(sale: &Sale, rules: &Rules, findings: &mut Findings) -> Option<String> {
    let field = Field {
        path: "ShippingNotes",
        label: "the shipping notes",
        raw: &sale.shipping_notes,
    };
    if field.raw.is_empty() {
        return None;
    }
    let code = HoldCode::NoteTooLong;
    let text = field.read_within(rules.limits.note, code, Breaks::AreBlanks, findings);
    (!text.is_empty()).then_some(text)
}

/// The currency of the unit values. They serve customs and packing notes only, so one
/// that is none stops nothing.
fn currency(sale: &Sale, findings: &mut Findings) -> String {
    let code = sale.currency.trim();
    if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return code.to_ascii_uppercase();
    }
    let text = format!("“{code}” is no currency code, so the order goes without one.");
    findings.note(NoteCode::Warning, "CustomerCurrency", text);
    String::new()
}

/// The shop it came through, for whoever looks at the warehouse's record; on no label.
fn channel(sale: &Sale, findings: &mut Findings) -> Option<String> {
    if sale.channel.is_empty() {
        return None;
    }
    let tidied = tidy(&sale.channel, Breaks::AreBlanks);
    let text: String = tidied
        .text
        .chars()
        .filter(|c| !tidied.bad.iter().any(|(_, bad)| bad == c))
        .collect();
    let short = cut(text.trim(), CHANNEL);
    if short.len() < text.len() || !tidied.bad.is_empty() {
        let said = format!("The channel's name was cut to “{short}”.");
        findings.note(NoteCode::Warning, "SourceChannel", said);
    }
    (!short.is_empty()).then(|| short.to_owned())
}

/// The start of the day of the order in London, where account and warehouse are; a sale
/// without a date counts from its last change.
fn ordered_at(sale: &Sale) -> DateTime<Utc> {
    let midnight = sale.ordered_on.map(|day| day.and_time(NaiveTime::MIN));
    midnight
        .and_then(|time| {
            time.and_local_timezone(chrono_tz::Europe::London)
                .earliest()
        })
        .map_or(sale.last_modified, |time| time.to_utc())
}

/// Cannot happen: a part gave nothing and no reason either. Held all the same, since
/// the order would be incomplete.
fn no_reason_given(sale: &Sale) -> Reason {
    Reason {
        code: HoldCode::MessageInvalid,
        field: "Order.SaleOrderNumber".into(),
        value: sale.number.to_string(),
        marks: Vec::new(),
        expected: "an order or a reason".into(),
        owner: Owner::Support,
        fix: "Report this sale to whoever looks after Stockbridge: its check ended without a \
              result."
            .into(),
    }
}
