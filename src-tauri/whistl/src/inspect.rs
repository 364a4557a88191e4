//! Reads a finished message as a stranger would and checks it against the contract's
//! section 2.1. Deliberately shares nothing with [`crate::compose`]: a mistake there must
//! not hide here.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

use crate::compose::ComposeFault;
use crate::profile::Profile;

/// Largest request (LC-22), bytes.
const LARGEST: usize = 256 * 1024;

/// Whether a postcode must be given (the contract's 2.1).
const POSTCODE_COUNTRIES: [&str; 4] = ["GB", "JE", "GG", "IM"];

const FIELDS: [&str; 12] = [
    "client_ref",
    "order_date",
    "service_code",
    "warehouse",
    "allow_partial",
    "required_by",
    "delivery",
    "delivery_note",
    "gift_message",
    "lines",
    "customs",
    "source",
];

type Checked = Result<(), ComposeFault>;

/// The first thing in the body that the contract does not allow.
pub(crate) fn inspect(body: &[u8], profile: &Profile) -> Checked {
    if body.len() > LARGEST {
        return Err(fault(
            ".",
            &format!("{} bytes, at most {LARGEST} allowed", body.len()),
        ));
    }
    let order: Value = serde_json::from_slice(body)
        .map_err(|error| fault(".", &format!("is not JSON: {error}")))?;
    let Some(fields) = order.as_object() else {
        return Err(fault(".", "is not an object"));
    };
    if let Some(stranger) = fields.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        return Err(fault(stranger, "is not in the contract"));
    }
    let text = Texts { order: &order };
    head(&text, &order, profile)?;
    delivery(&text, profile)?;
    text.optional("/delivery_note", "delivery_note", profile.limits.note)?;
    text.optional("/gift_message", "gift_message", 300)?;
    lines(&order, profile)?;
    customs(&order)?;
    text.optional("/source/document_id", "source.document_id", 64)?;
    text.optional("/source/channel", "source.channel", 35)?;
    Ok(())
}

fn head(text: &Texts<'_>, order: &Value, profile: &Profile) -> Checked {
    let reference = text.required("/client_ref", "client_ref", profile.limits.reference)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if reference.starts_with('-') || !reference.chars().all(plain) {
        return Err(found(
            "client_ref",
            "letters, digits and hyphens, no hyphen first",
            reference,
        ));
    }
    let date = text.required("/order_date", "order_date", 64)?;
    if DateTime::parse_from_rfc3339(date).is_err() {
        return Err(found("order_date", "a time with an offset", date));
    }
    let service = text.required("/service_code", "service_code", 16)?;
    if !service
        .chars()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    {
        return Err(found("service_code", "capitals, digits and _", service));
    }
    text.optional("/warehouse", "warehouse", 8)?;
    if !order["allow_partial"].is_boolean() {
        return Err(fault("allow_partial", "is not true or false"));
    }
    match text.optional("/required_by", "required_by", 10)? {
        Some(day) if NaiveDate::parse_from_str(day, "%Y-%m-%d").is_err() => {
            Err(found("required_by", "a date", day))
        }
        Some(_) | None => Ok(()),
    }
}

fn delivery(text: &Texts<'_>, profile: &Profile) -> Checked {
    let limits = &profile.limits;
    text.required("/delivery/name", "delivery.name", limits.name)?;
    text.optional("/delivery/company", "delivery.company", limits.company)?;
    text.required("/delivery/line1", "delivery.line1", limits.address_line)?;
    text.optional("/delivery/line2", "delivery.line2", limits.address_line)?;
    text.optional("/delivery/line3", "delivery.line3", limits.address_line)?;
    text.required("/delivery/town", "delivery.town", limits.town)?;
    text.optional("/delivery/county", "delivery.county", limits.county)?;
    let country = text.required("/delivery/country", "delivery.country", 2)?;
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(found("delivery.country", "two capitals", country));
    }
    let postcode = text.optional("/delivery/postcode", "delivery.postcode", 10)?;
    if postcode.is_none() && POSTCODE_COUNTRIES.contains(&country) {
        return Err(fault(
            "delivery.postcode",
            &format!("is missing, and {country} needs one"),
        ));
    }
    text.optional("/delivery/email", "delivery.email", limits.email)?;
    match text.optional("/delivery/phone", "delivery.phone", profile.phone_max)? {
        None if profile.phone_required => Err(fault("delivery.phone", "is missing")),
        Some(phone) if !phone.bytes().all(|b| b.is_ascii_digit()) => {
            Err(found("delivery.phone", "digits only", phone))
        }
        Some(_) | None => Ok(()),
    }
}

fn lines(order: &Value, profile: &Profile) -> Checked {
    let lines = order["lines"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if lines.is_empty() {
        return Err(fault("lines", "there are none"));
    }
    if lines.len() > profile.limits.lines {
        let most = profile.limits.lines;
        return Err(fault(
            "lines",
            &format!("{} of them, at most {most} allowed", lines.len()),
        ));
    }
    let mut seen: Vec<String> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let sku = one_line(at, line, profile)?;
        let folded = if profile.sku_rule.case_sensitive {
            sku.to_owned()
        } else {
            sku.to_ascii_lowercase()
        };
        if seen.contains(&folded) {
            return Err(found(
                &format!("lines[{at}].sku"),
                "one line for each SKU",
                sku,
            ));
        }
        seen.push(folded);
    }
    Ok(())
}

fn one_line<'a>(at: usize, line: &'a Value, profile: &Profile) -> Result<&'a str, ComposeFault> {
    let named = |field: &str| format!("lines[{at}].{field}");
    let text = Texts { order: line };
    if line["line_no"].as_u64() != u64::try_from(at + 1).ok() {
        return Err(fault(&named("line_no"), &format!("is not {}", at + 1)));
    }
    let sku = text.required("/sku", &named("sku"), profile.sku_rule.max_len)?;
    if let Some(bad) = sku.chars().find(|c| !profile.sku_rule.allows(*c)) {
        return Err(found(&named("sku"), &format!("no “{bad}”"), sku));
    }
    let quantity = line["quantity"].as_u64().unwrap_or(0);
    if quantity == 0 || quantity > u64::from(profile.limits.units) {
        let most = profile.limits.units;
        return Err(fault(
            &named("quantity"),
            &format!("{quantity} is not within 1 to {most}"),
        ));
    }
    text.optional("/description", &named("description"), 100)?;
    if let Some(value) = text.optional("/unit_value", &named("unit_value"), 32)?
        && !is_money(value)
    {
        return Err(found(
            &named("unit_value"),
            "an amount with at most two decimals",
            value,
        ));
    }
    match text.optional("/currency", &named("currency"), 3)? {
        Some(code) if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) => {
            Err(found(&named("currency"), "three capitals", code))
        }
        Some(_) | None => Ok(sku),
    }
}

fn is_money(text: &str) -> bool {
    let (pounds, pence) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(pounds) && digits(pence) && pence.len() <= 2
}

fn customs(order: &Value) -> Checked {
    match &order["customs"] {
        Value::Null | Value::Object(_) => Ok(()),
        _ => Err(fault("customs", "is neither an object nor null")),
    }
}

struct Texts<'a> {
    order: &'a Value,
}

impl<'a> Texts<'a> {
    fn required(&self, at: &str, name: &str, longest: usize) -> Result<&'a str, ComposeFault> {
        self.optional(at, name, longest)?
            .ok_or_else(|| fault(name, "is missing"))
    }

    /// The text there, `None` when null or absent. A text may not be empty.
    fn optional(
        &self,
        at: &str,
        name: &str,
        longest: usize,
    ) -> Result<Option<&'a str>, ComposeFault> {
        let text = match self.order.pointer(at) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text.as_str(),
            Some(other) => return Err(found(name, "a text", &other.to_string())),
        };
        let length = text.chars().count();
        if length == 0 || length > longest {
            let message = format!("1 to {longest} characters, not {length}");
            return Err(found(name, &message, text));
        }
        if let Some(bad) = text.chars().find(|c| c.is_control()) {
            let message = format!("no control character (U+{:04X})", u32::from(bad));
            return Err(found(name, &message, text));
        }
        if text.trim() != text || text.contains("  ") {
            return Err(found(
                name,
                "no blank at the ends and single ones inside",
                text,
            ));
        }
        Ok(Some(text))
    }
}

fn fault(field: &str, message: &str) -> ComposeFault {
    ComposeFault::new(field, message.to_owned())
}

fn found(field: &str, wanted: &str, value: &str) -> ComposeFault {
    ComposeFault::new(field, format!("expected {wanted}, found “{value}”"))
}

#[cfg(test)]
mod tests;
