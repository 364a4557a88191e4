//! Turns the contract's JSON into what the rest of the program sees, once, or names the
//! field that stands in the way. Pure.

use bytes::Bytes;
use domain::{ClientReference, Owner, ServiceCode, ServiceOffer};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use vendor::BadField;
use vendor::lenient::Text;

use crate::event::OrderEvent;
use crate::feed::{BadItem, Page};
use crate::order_state::{LineState, OrderState, OrderStatus, WarehouseHold, Warning};
use crate::profile::{Profile, UnknownServicePolicy, translated};
use crate::reference_data::{Capabilities, Item, Ping, Services};
use crate::wire::told;
use crate::{status, times, wire};

/// Hold words of the contract's section 8 and who mends each.
const HOLDS: [(&str, Owner); 10] = [
    ("CARRIER_ERROR", Owner::Warehouse),
    ("ADDRESS_QUERY", Owner::Office),
    ("PHONE_QUERY", Owner::Office),
    ("NO_STOCK", Owner::Office),
    ("SHORT_PICK", Owner::Warehouse),
    ("CUSTOMS_DATA", Owner::Office),
    ("PAYMENT", Owner::Office),
    ("QUALITY", Owner::Warehouse),
    ("CANCEL_REFUSED", Owner::Office),
    ("OTHER", Owner::Warehouse),
];

/// Largest number of a movement (the contract's section 6.5).
const LARGEST_NUMBER: u64 = (1 << 53) - 1;

/// Most units of one SKU that are believed, either way (*assumed*: no warehouse holds a
/// thousand million of one thing). It keeps every sum of them within bounds.
const MOST_UNITS: i64 = 1_000_000_000;

/// Reads the state of an order that was asked for under `ours`.
pub(crate) fn order_state(
    body: &[u8],
    ours: &ClientReference,
    profile: &Profile,
) -> Result<OrderState, BadField> {
    state_of(vendor::json::parse(body)?, ours, profile)
}

/// See [`order_state`].
pub(crate) fn state_of(
    told_state: wire::OrderState,
    ours: &ClientReference,
    profile: &Profile,
) -> Result<OrderState, BadField> {
    let raw_reference = told_state.client_ref.trimmed();
    if !profile.means(raw_reference, ours) {
        return Err(wrong(
            "client_ref",
            &format!("expected {ours}"),
            raw_reference,
        ));
    }
    let raw_status = required(&told_state.status, "status")?;
    let status = OrderStatus::from_word(&translated(&profile.status_map, &raw_status));
    let zone = profile.zone_for_naive_times;
    // A time is for display; one that cannot be read does not make the answer unreadable.
    let time = |text: &Text| times::read(text.trimmed(), zone).map(|moment| moment.at);
    Ok(OrderState {
        reference: ours.clone(),
        whistl_ref: told_state.whistl_ref.trimmed().to_owned(),
        order_final: told_state
            .order_final
            .0
            .unwrap_or_else(|| status.is_final()),
        status,
        raw_status,
        service_requested: told(&told_state.service_code_requested),
        service_applied: told(&told_state.service_code_applied),
        accepted_at: time(&told_state.accepted_at),
        updated_at: time(&told_state.updated_at),
        hold: told_state.hold.map(|hold| warehouse_hold(&hold, profile)),
        lines: lines(told_state.lines.unwrap_or_default())?,
        despatch_ids: texts(told_state.despatch_ids),
        warnings: told_state
            .warnings
            .unwrap_or_default()
            .iter()
            .map(warning)
            .collect(),
    })
}

fn lines(told_lines: Vec<wire::LineState>) -> Result<Vec<LineState>, BadField> {
    let one = |(at, line): (u64, wire::LineState)| {
        let sku = line.sku.0;
        if sku.trim().is_empty() {
            return Err(wrong(&format!("lines[{at}].sku"), "expected a SKU", ""));
        }
        let Some(ordered) = line.quantity_ordered.0 else {
            let path = format!("lines[{at}].quantity_ordered");
            return Err(wrong(&path, "expected a whole number", ""));
        };
        let despatched = line.quantity_despatched.0.unwrap_or(0);
        let cancelled = line.quantity_cancelled.0.unwrap_or(0);
        let left = ordered.saturating_sub(despatched).saturating_sub(cancelled);
        Ok(LineState {
            line_no: line.line_no.0.unwrap_or(at + 1),
            sku,
            ordered,
            despatched,
            cancelled,
            outstanding: line.quantity_outstanding.0.unwrap_or(left),
        })
    };
    (0..).zip(told_lines).map(one).collect()
}

fn warehouse_hold(hold: &wire::Hold, profile: &Profile) -> WarehouseHold {
    let raw = hold.code.trimmed();
    let word = translated(&profile.hold_map, raw);
    let known = HOLDS
        .iter()
        .find(|(code, _)| code.eq_ignore_ascii_case(&word));
    let by_word = known.map_or(Owner::Warehouse, |(_, owner)| *owner);
    WarehouseHold {
        code: known.map_or_else(|| raw.to_owned(), |(code, _)| (*code).to_owned()),
        known: known.is_some(),
        message: hold.message.trimmed().to_owned(),
        fixed_by: match hold.fixed_by.trimmed().to_ascii_uppercase().as_str() {
            "OFFICE" => Owner::Office,
            "WAREHOUSE" | "CARRIER" => Owner::Warehouse,
            _ => by_word,
        },
        since: times::read(hold.since.trimmed(), profile.zone_for_naive_times)
            .map(|moment| moment.at),
    }
}

fn warning(remark: &wire::Remark) -> Warning {
    Warning {
        code: remark.code.trimmed().to_owned(),
        field: remark.field.trimmed().to_owned(),
        value: remark.value.0.clone(),
        message: remark.message.trimmed().to_owned(),
    }
}

/// Reads a page of the feed of that name; `after` is where it was asked to begin.
pub(crate) fn page<W: DeserializeOwned, T>(
    body: &[u8],
    feed: &str,
    after: Option<&str>,
    read: impl Fn(W) -> Result<T, BadField>,
) -> Result<Page<T>, BadField> {
    let page: wire::Page = vendor::json::parse(body)?;
    let named = page.feed.trimmed();
    if !named.is_empty() && !named.eq_ignore_ascii_case(feed) {
        return Err(wrong("feed", &format!("expected {feed}"), named));
    }
    let items = page.items.unwrap_or_default();
    Ok(Page {
        epoch: page.feed_epoch.trimmed().to_owned(),
        items: items.iter().map(|item| one(item, &read)).collect(),
        next_cursor: told(&page.next_cursor).or_else(|| after.map(str::to_owned)),
        has_more: page.has_more.is_set(),
    })
}

/// Reads one of several, or says why not and keeps it as it came.
pub(crate) fn one<W: DeserializeOwned, T>(
    item: &Value,
    read: impl Fn(W) -> Result<T, BadField>,
) -> Result<T, BadItem> {
    vendor::json::from_value(item)
        .and_then(read)
        .map_err(|bad| BadItem {
            seq: item.get("seq").and_then(seq_of),
            field: bad.path,
            value: bad.value,
            message: bad.message,
            raw: Bytes::from(item.to_string()),
        })
}

fn seq_of(value: &Value) -> Option<u64> {
    vendor::json::from_value::<vendor::lenient::Count>(value)
        .ok()?
        .0
}

/// Reads one event.
pub(crate) fn order_event(
    event: wire::OrderEvent,
    profile: &Profile,
) -> Result<OrderEvent, BadField> {
    let zone = profile.zone_for_naive_times;
    let raw_reference = required(&event.client_ref, "client_ref")?;
    let raw_status = required(&event.to_status, "to_status")?;
    let occurred = required(&event.occurred_at, "occurred_at")?;
    let Some(moment) = times::read(&occurred, zone) else {
        return Err(wrong("occurred_at", "expected a date and time", &occurred));
    };
    let status = |raw: &str| OrderStatus::from_word(&translated(&profile.status_map, raw));
    Ok(OrderEvent {
        seq: seq(event.seq)?,
        event_id: required(&event.event_id, "event_id")?,
        reference: profile.inbound_reference(&raw_reference),
        raw_reference,
        whistl_ref: event.whistl_ref.trimmed().to_owned(),
        from: told(&event.from_status).map(|raw| status(&raw)),
        to: status(&raw_status),
        raw_status,
        occurred_at: moment.at,
        time_guessed: moment.guessed,
        service_applied: told(&event.service_code_applied),
        hold: event.hold.map(|hold| warehouse_hold(&hold, profile)),
        rejections: status::reasons(&event.rejections.unwrap_or_default(), profile),
    })
}

/// Reads one item. Its SKU is kept to the letter.
pub(crate) fn item(item: wire::Item) -> Result<Item, BadField> {
    if item.sku.trimmed().is_empty() {
        return Err(wrong("sku", "expected a SKU", ""));
    }
    Ok(Item {
        seq: seq(item.seq)?,
        sku: item.sku.0,
        description: item.description.trimmed().to_owned(),
        active: item.active.0.unwrap_or(true),
        barcodes: texts(item.barcodes),
    })
}

/// Reads the list of services.
pub(crate) fn services(body: &[u8], profile: &Profile) -> Result<Services, BadField> {
    let list: wire::Services = vendor::json::parse(body)?;
    let unknown_policy = match list
        .unknown_service_policy
        .trimmed()
        .to_ascii_uppercase()
        .as_str()
    {
        "REJECT" => UnknownServicePolicy::Reject,
        "DEFAULT" => UnknownServicePolicy::Default,
        _ => profile.unknown_service_policy,
    };
    let mut services = Services {
        offers: Vec::new(),
        default: None,
        unknown_policy,
        bad: Vec::new(),
    };
    for value in list.services.unwrap_or_default() {
        match one(&value, service) {
            Ok((offer, is_default)) => {
                if is_default {
                    services.default = Some(offer.code.clone());
                }
                services.offers.push(offer);
            }
            Err(bad) => services.bad.push(bad),
        }
    }
    Ok(services)
}

fn service(service: wire::Service) -> Result<(ServiceOffer, bool), BadField> {
    let raw = service.code.trimmed();
    let code = ServiceCode::parse(&raw.to_ascii_uppercase())
        .map_err(|not| wrong("code", &format!("expected {}", not.wanted), raw))?;
    // The list names what is on offer; silence about where means everywhere.
    let countries = match service.countries {
        None => vec!["*".to_owned()],
        some => texts(some),
    };
    let offer = ServiceOffer {
        code,
        name: service.name.trimmed().to_owned(),
        active: service.active.0.unwrap_or(true),
        countries,
        carrier: service.carrier_code.trimmed().to_owned(),
    };
    Ok((offer, service.is_default.is_set()))
}

/// Reads the answer to a ping. One that names no account is somebody else's.
pub(crate) fn ping(body: &[u8], profile: &Profile) -> Result<Ping, BadField> {
    let ping: wire::Ping = vendor::json::parse(body)?;
    let can = ping.capabilities.unwrap_or_default();
    Ok(Ping {
        client_code: required(&ping.client_code, "client_code")?,
        server_time: times::read(ping.server_time.trimmed(), profile.zone_for_naive_times)
            .map(|moment| moment.at),
        feed_epoch: told(&ping.feed_epoch),
        environment: ping.environment.trimmed().to_owned(),
        capabilities: Capabilities {
            cancel: can.cancel.is_set(),
            order_events: can.order_events.is_set(),
            item_list: can.item_list.is_set(),
            item_create: can.item_create.is_set(),
            service_list: can.service_list.is_set(),
            snapshot_request: can.snapshot_request.is_set(),
        },
    })
}

pub(crate) fn texts(list: Option<Vec<Text>>) -> Vec<String> {
    list.unwrap_or_default().iter().filter_map(told).collect()
}

pub(crate) fn seq(count: vendor::lenient::Count) -> Result<u64, BadField> {
    count
        .0
        .ok_or_else(|| wrong("seq", "expected a whole number from 0", ""))
}

/// The number of a movement (the contract's section 2.7); `None` where they give none, and
/// an error where what they give is no such number.
pub(crate) fn movement(told: &Value, path: &str) -> Result<Option<u64>, BadField> {
    let read: Result<vendor::lenient::Count, BadField> = vendor::json::from_value(told);
    read.ok()
        .map(|count| count.0)
        .filter(|number| number.is_none_or(|number| number <= LARGEST_NUMBER))
        .ok_or_else(|| BadField {
            path: path.to_owned(),
            message: "expected a whole number from 0 to 2^53 - 1".to_owned(),
            value: vendor::json::excerpt(Some(told)),
        })
}

/// A number of units of either sign that must be there.
pub(crate) fn units(told: wire::Whole, path: &str) -> Result<i64, BadField> {
    let told = some_units(told, path)?;
    told.ok_or_else(|| wrong(path, "expected a whole number", ""))
}

/// A number of units of either sign; `None` where they give none.
pub(crate) fn some_units(told: wire::Whole, path: &str) -> Result<Option<i64>, BadField> {
    match told.0 {
        Some(units) if !(-MOST_UNITS..=MOST_UNITS).contains(&units) => {
            let wanted = "expected at most a thousand million units";
            Err(wrong(path, wanted, &units.to_string()))
        }
        Some(units) => Ok(Some(units)),
        None => Ok(None),
    }
}

/// A SKU to the letter, without the blanks at its ends (the contract's F35).
pub(crate) fn stock_sku(told: &Text) -> Result<String, BadField> {
    wire::told(told).ok_or_else(|| wrong("sku", "expected a SKU", ""))
}

/// A time that must be there.
pub(crate) fn moment(
    told: &Text,
    path: &str,
    profile: &Profile,
) -> Result<times::Moment, BadField> {
    let text = required(told, path)?;
    times::read(&text, profile.zone_for_naive_times)
        .ok_or_else(|| wrong(path, "expected a date and time", &text))
}

pub(crate) fn small(number: u64, path: &str) -> Result<u32, BadField> {
    u32::try_from(number).map_err(|_| wrong(path, "expected a smaller number", &number.to_string()))
}

/// The same for the same value, whenever it is asked.
pub(crate) fn hash(canonical: &Value) -> [u8; 32] {
    Sha256::digest(canonical.to_string().as_bytes()).into()
}

pub(crate) fn required(text: &Text, path: &str) -> Result<String, BadField> {
    told(text).ok_or_else(|| wrong(path, "expected text", ""))
}

pub(crate) fn wrong(path: &str, message: &str, value: &str) -> BadField {
    let shown = Some(Value::from(value)).filter(|_| !value.is_empty());
    BadField {
        path: path.to_owned(),
        message: message.to_owned(),
        value: vendor::json::excerpt(shown.as_ref()),
    }
}

#[cfg(test)]
mod survival;
#[cfg(test)]
mod tests;
