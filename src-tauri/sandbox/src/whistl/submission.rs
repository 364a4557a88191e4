//! An order as it was sent: its types read (anything unreadable is a 400), its text
//! brought into the form of the contract's section 2, and the canonical form by which
//! two submissions count as equal (section 2.1). No content rule lives here.

use chrono::SecondsFormat;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::part::Part;
use super::refusal::Refusal;

/// One line of the order; `index` is its place as sent, for field paths.
#[derive(Clone, Debug)]
pub(super) struct SentLine {
    pub(super) index: usize,
    pub(super) line_no: u64,
    pub(super) sku: Option<String>,
    pub(super) quantity: Option<Decimal>,
    pub(super) description: Option<String>,
    pub(super) unit_value: Option<Decimal>,
    pub(super) currency: Option<String>,
}

/// Where the goods go.
#[derive(Clone, Debug, Default)]
pub(super) struct SentDelivery {
    pub(super) name: Option<String>,
    pub(super) company: Option<String>,
    pub(super) line1: Option<String>,
    pub(super) line2: Option<String>,
    pub(super) line3: Option<String>,
    pub(super) town: Option<String>,
    pub(super) county: Option<String>,
    pub(super) postcode: Option<String>,
    pub(super) country: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
}

/// A readable submission. Empty text counts as absent.
#[derive(Clone, Debug)]
pub(super) struct Submission {
    pub(super) client_ref: Option<String>,
    pub(super) service_code: Option<String>,
    pub(super) warehouse: Option<String>,
    pub(super) delivery: SentDelivery,
    pub(super) delivery_note: Option<String>,
    pub(super) gift_message: Option<String>,
    /// In the order of their numbers.
    pub(super) lines: Vec<SentLine>,
    pub(super) customs: Option<Map<String, Value>>,
    pub(super) document_id: Option<String>,
    pub(super) channel: Option<String>,
    /// What the equality test compares.
    pub(super) canonical: Value,
    /// The body as sent.
    pub(super) raw: Value,
}

impl Submission {
    /// Reads a parsed body; `home` is the warehouse used when none is named.
    pub(super) fn read(raw: Value, home: &str) -> Result<Self, Refusal> {
        let Some(members) = raw.as_object() else {
            return Err(Refusal::malformed("Body must be a JSON object."));
        };
        let body = Part {
            members: Some(members),
            path: String::new(),
        };
        let order_date = body.instant("order_date")?;
        let required_by = body.date("required_by")?;
        let allow_partial = body.flag("allow_partial")?.unwrap_or(true);
        let source = body.part("source")?;
        let mut sent = Self {
            client_ref: body.text("client_ref")?,
            service_code: body.text("service_code")?,
            warehouse: body.text("warehouse")?,
            delivery: read_delivery(&body.part("delivery")?)?,
            delivery_note: body.text("delivery_note")?,
            gift_message: body.text("gift_message")?,
            lines: read_lines(&body)?,
            customs: body.part("customs")?.members.cloned(),
            document_id: source.text("document_id")?,
            channel: source.text("channel")?,
            canonical: Value::Null,
            raw: Value::Null,
        };
        let upper = |text: &Option<String>| text.as_ref().map(|text| text.to_uppercase());
        let mut delivery = delivery_members(&sent.delivery);
        delivery["country"] = json!(upper(&sent.delivery.country));
        sent.canonical = without_blanks(json!({
            "client_ref": upper(&sent.client_ref),
            "order_date": order_date.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            "service_code": upper(&sent.service_code),
            "warehouse": sent.warehouse.as_deref().unwrap_or(home),
            "allow_partial": allow_partial,
            "required_by": required_by.map(|date| date.to_string()),
            "delivery": delivery,
            "delivery_note": sent.delivery_note,
            "gift_message": sent.gift_message,
            "lines": sent.lines.iter().map(line_members).collect::<Vec<_>>(),
            "customs": sent.customs,
        }));
        sent.raw = raw;
        Ok(sent)
    }

    /// What was sent at a field path such as `lines[1].sku`, null where nothing was.
    pub(super) fn sent_at(&self, path: &str) -> Value {
        path.split('.')
            .try_fold(&self.raw, |place, step| {
                let (name, index) = match step.strip_suffix(']').and_then(|s| s.split_once('[')) {
                    Some((name, index)) => (name, index.parse::<usize>().ok()),
                    None => (step, None),
                };
                let member = place.get(name)?;
                index.map_or(Some(member), |index| member.get(index))
            })
            .cloned()
            .unwrap_or(Value::Null)
    }
}

/// The paths at which two canonical forms differ.
pub(super) fn differing_paths(before: &Value, after: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    collect_differences("", before, after, &mut paths);
    paths
}

fn collect_differences(path: &str, before: &Value, after: &Value, paths: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            let added = b.keys().filter(|key| !a.contains_key(*key));
            for key in a.keys().chain(added) {
                let inner = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                let (a, b) = (a.get(key), b.get(key));
                collect_differences(
                    &inner,
                    a.unwrap_or(&Value::Null),
                    b.unwrap_or(&Value::Null),
                    paths,
                );
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                let inner = format!("{path}[{index}]");
                let (a, b) = (a.get(index), b.get(index));
                collect_differences(
                    &inner,
                    a.unwrap_or(&Value::Null),
                    b.unwrap_or(&Value::Null),
                    paths,
                );
            }
        }
        _ if before == after => {}
        _ => paths.push(path.to_owned()),
    }
}

/// Drops nulls and empty texts, however deep.
fn without_blanks(value: Value) -> Value {
    let blank = |value: &Value| value.is_null() || value.as_str() == Some("");
    match value {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .filter(|(_, value)| !blank(value))
                .map(|(key, value)| (key, without_blanks(value)))
                .collect(),
        ),
        Value::Array(entries) => Value::Array(entries.into_iter().map(without_blanks).collect()),
        other => other,
    }
}

fn read_delivery(part: &Part<'_>) -> Result<SentDelivery, Refusal> {
    Ok(SentDelivery {
        name: part.text("name")?,
        company: part.text("company")?,
        line1: part.text("line1")?,
        line2: part.text("line2")?,
        line3: part.text("line3")?,
        town: part.text("town")?,
        county: part.text("county")?,
        postcode: part.text("postcode")?,
        country: part.text("country")?,
        phone: part.text("phone")?,
        email: part.text("email")?,
    })
}

fn delivery_members(delivery: &SentDelivery) -> Value {
    json!({
        "name": delivery.name,
        "company": delivery.company,
        "line1": delivery.line1,
        "line2": delivery.line2,
        "line3": delivery.line3,
        "town": delivery.town,
        "county": delivery.county,
        "postcode": delivery.postcode,
        "country": delivery.country,
        "phone": delivery.phone,
        "email": delivery.email,
    })
}

fn line_members(line: &SentLine) -> Value {
    let plain = |number: &Option<Decimal>| number.map(|number| number.normalize().to_string());
    json!({
        "line_no": line.line_no,
        "sku": line.sku,
        "quantity": plain(&line.quantity),
        "description": line.description,
        "unit_value": plain(&line.unit_value),
        "currency": line.currency,
    })
}

/// Reads the lines and checks their numbers, which have no rejection code of their own:
/// unique, counting up from 1 (assumed: gaps are refused, the order of sending is free).
fn read_lines(body: &Part<'_>) -> Result<Vec<SentLine>, Refusal> {
    let rows = match body.member("lines") {
        None => return Ok(Vec::new()),
        Some(Value::Array(rows)) => rows,
        Some(_) => return Err(body.wrong("lines", "a list")),
    };
    let mut lines = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let path = format!("lines[{index}]");
        let Some(members) = row.as_object() else {
            return Err(Refusal::malformed(format!("{path} must be an object.")));
        };
        lines.push(read_line(
            index,
            &Part {
                members: Some(members),
                path,
            },
        )?);
    }
    lines.sort_by_key(|line| line.line_no);
    for (place, line) in lines.iter().enumerate() {
        if line.line_no != place as u64 + 1 {
            let index = line.index;
            return Err(Refusal::malformed(format!(
                "lines[{index}].line_no must be unique and count up from 1, not {}.",
                line.line_no
            )));
        }
    }
    Ok(lines)
}

fn read_line(index: usize, part: &Part<'_>) -> Result<SentLine, Refusal> {
    let line_no = part
        .number("line_no")?
        .and_then(|number| {
            if number.is_integer() {
                u64::try_from(number).ok()
            } else {
                None
            }
        })
        .ok_or_else(|| part.wrong("line_no", "a whole number from 1"))?;
    Ok(SentLine {
        index,
        line_no,
        sku: part.exact_text("sku")?,
        quantity: part.number("quantity")?,
        description: part.text("description")?,
        unit_value: part.money("unit_value")?,
        currency: part.text("currency")?,
    })
}
