//! What an order is: lines, recipient, message, attempts.

use std::collections::HashMap;

use domain::{Sale, WhistlSku};
use engine::views::{Views, time};
use engine::words;
use rust_decimal::Decimal;
use store::{MapKind, SaleKey, SaleRow, ServiceRow, Standing};

use super::place::way;
use crate::shapes::{AttemptRow, MessageField, OrderLine, UiError};
use crate::text::sentence;

/// The reference an order carries at the warehouse; none before it was made.
pub(super) fn reference(row: &SaleRow) -> Option<String> {
    row.reference.as_ref().map(ToString::to_string)
}

/// A service as people call it, with its code.
pub(super) fn service_name(code: &str, services: &[ServiceRow]) -> String {
    match services.iter().find(|service| service.code == code) {
        Some(service) => format!("{} ({code})", service.name),
        None => code.to_owned(),
    }
}

/// Whistl's status word as a few words.
pub(super) fn whistl_status(word: &str) -> String {
    words::capital(&words::plain(&word.to_lowercase()))
}

/// The lines, each with the SKU it goes under at Whistl, where that is settled.
pub(super) fn lines(
    look: &Views<'_>,
    row: &SaleRow,
    sale: Option<&Sale>,
) -> Result<Vec<OrderLine>, UiError> {
    let Some(sale) = sale else {
        return Ok(Vec::new());
    };
    let sent: HashMap<usize, String> = look.sent_skus(row.key)?.into_iter().collect();
    let maps: HashMap<String, String> = look
        .reading
        .maps(MapKind::Sku)?
        .into_iter()
        .map(|entry| (entry.from, entry.to))
        .collect();
    let rules = look.settings.rules();
    let would_be = |sku: &str| match maps.get(sku) {
        Some(mapped) => Some(mapped.clone()),
        None if !rules.sku_may_map_to_itself => None,
        None => WhistlSku::parse(sku, &rules.sku)
            .ok()
            .map(|sku| sku.as_str().to_owned()),
    };
    let unsent = matches!(row.standing, Standing::Outside(_)) || sent.is_empty();
    Ok(sale
        .lines
        .iter()
        .enumerate()
        .map(|(at, line)| OrderLine {
            sku: line.sku.clone(),
            whistl_sku: match sent.get(&at) {
                Some(sku) => Some(sku.clone()),
                None if unsent => would_be(&line.sku),
                None => None,
            },
            name: line.name.clone(),
            quantity: line.quantity.normalize().to_string(),
            price: money(line.unit_price),
        })
        .collect())
}

/// A price with two decimals, or with more where it has them.
fn money(price: Decimal) -> String {
    let price = price.normalize();
    if price.scale() > 2 {
        price.to_string()
    } else {
        format!("{price:.2}")
    }
}

/// Where it goes, line by line; telephone and e-mail as the sale has them.
pub(super) fn recipient(sale: Option<&Sale>) -> (Vec<String>, String, String) {
    let Some(sale) = sale else {
        return Default::default();
    };
    let to = &sale.ship_to;
    let lines: Vec<String> = [
        &to.contact,
        &to.company,
        &to.line1,
        &to.line2,
        &to.town,
        &to.county,
        &to.postcode,
        &to.country,
    ]
    .into_iter()
    .map(|line| line.trim())
    .filter(|line| !line.is_empty() && *line != engine::views::MASKED)
    .map(str::to_owned)
    .collect();
    let shown = |text: &str| {
        let text = text.trim();
        if text == engine::views::MASKED {
            String::new()
        } else {
            text.to_owned()
        }
    };
    (lines, shown(&sale.phone), shown(&sale.email))
}

/// The message, field by field, with where each came from; empty when there is none, or
/// when it cannot be read any more.
pub(super) fn message(look: &Views<'_>, row: &SaleRow) -> Vec<MessageField> {
    let sources = look.explain(row.number.as_str()).unwrap_or_default();
    sources
        .into_iter()
        .filter(|source| !source.value.is_empty())
        .map(|source| MessageField {
            field: source.payload_field,
            from: source
                .cin7_field
                .split(", ")
                .map(way)
                .collect::<Vec<_>>()
                .join(", "),
            value: source.value,
            rule: source.rule,
        })
        .collect()
}

/// Every attempt to deliver, oldest first.
pub(super) fn attempts(look: &Views<'_>, sale: SaleKey) -> Result<Vec<AttemptRow>, UiError> {
    let attempts = look.reading.attempts(sale)?;
    Ok(attempts
        .into_iter()
        .map(|attempt| AttemptRow {
            number: attempt.number,
            step: words::capital(&words::step(&attempt.step)),
            began: time(attempt.began),
            ended: attempt.ended.map(time),
            outcome: words::capital(&words::outcome(&attempt.outcome)),
            detail: match attempt.detail.as_str() {
                "" => String::new(),
                detail => sentence(&words::sentence(detail)),
            },
        })
        .collect())
}
