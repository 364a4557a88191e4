//! Replies that are true but oddly told: numbers as text, times without an offset,
//! words nobody agreed on (F10, F19, F45), and padding. Works on any JSON reply.

use chrono::{DateTime, Duration, SecondsFormat};
use serde_json::{Map, Number, Value, json};

use super::call::Call;

/// Troubles decided for one reply.
#[derive(Default)]
pub(super) struct Distortion {
    odd_types: Option<Value>,
    times: Option<Value>,
    words: Option<Value>,
    giant: Option<usize>,
}

/// Most bytes a giant reply is padded to; beyond that an endless one is meant.
const GIANT_MAX: u64 = 64 * 1024 * 1024;

impl Distortion {
    /// Asks the switchboard; odd types are for good answers only.
    pub(super) fn decide(status: u16, call: &mut Call<'_>) -> Self {
        Self {
            odd_types: call.fires("F10").filter(|_| (200..300).contains(&status)),
            times: call.fires("F19"),
            words: call.fires("F45"),
            giant: call.fires("giant").map(|value| {
                let bytes = value.as_u64().unwrap_or(9 * 1024 * 1024).min(GIANT_MAX);
                usize::try_from(bytes).unwrap_or(usize::MAX)
            }),
        }
    }

    /// Seconds by which the clock of this reply is wrong.
    pub(super) fn skew(&self) -> i64 {
        self.times.as_ref().and_then(Value::as_i64).unwrap_or(0)
    }

    /// Tells the reply as decided.
    pub(super) fn apply(&self, reply: &mut Value) {
        if let Some(which) = &self.words {
            strange_words(reply, &Words::from(which));
        }
        if let Some(value) = &self.times {
            odd_times(reply, value.as_i64());
        }
        if let Some(which) = &self.odd_types {
            odd_types(reply, which.as_str().unwrap_or("all"));
        }
        if let (Some(bytes), Some(members)) = (self.giant, reply.as_object_mut()) {
            members.insert("padding".into(), json!("x".repeat(bytes)));
        }
    }
}

/// The strange words to use, by kind; a kind without one is left alone.
struct Words {
    status: Option<String>,
    hold: Option<String>,
    rejection: Option<String>,
    reason: Option<String>,
}

impl From<&Value> for Words {
    fn from(which: &Value) -> Self {
        let kind = which.as_str();
        let word = |name: &str, usual: &str| match which {
            Value::Object(words) => words.get(name).and_then(Value::as_str).map(Into::into),
            _ if kind.is_none_or(|kind| kind == name) => Some(usual.to_owned()),
            _ => None,
        };
        Self {
            status: word("status", "AWAITING_WAVE"),
            hold: word("hold", "PALLET_BLOCKED"),
            rejection: word("rejection", "DANGEROUS_GOODS"),
            reason: word("reason", "EATEN_BY_MICE"),
        }
    }
}

fn strange_words(value: &mut Value, words: &Words) {
    match value {
        Value::Array(entries) => entries
            .iter_mut()
            .for_each(|entry| strange_words(entry, words)),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                match key.as_str() {
                    "status" | "to_status" => put_word(member, words.status.as_deref()),
                    "hold" => {
                        if let Some(code) = member.get_mut("code") {
                            put_word(code, words.hold.as_deref());
                        }
                    }
                    "rejections" => {
                        for reason in member.as_array_mut().into_iter().flatten() {
                            if let Some(code) = reason.get_mut("code") {
                                put_word(code, words.rejection.as_deref());
                            }
                        }
                    }
                    "cancel_reason" | "reason_code" if !member.is_null() => {
                        put_word(member, words.reason.as_deref());
                    }
                    _ => strange_words(member, words),
                }
            }
        }
        _ => {}
    }
}

fn put_word(slot: &mut Value, word: Option<&str>) {
    if let Some(word) = word {
        *slot = json!(word);
    }
}

/// Shifts every time by so many seconds, or strips its offset.
fn odd_times(value: &mut Value, skew: Option<i64>) {
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(|entry| odd_times(entry, skew)),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                let is_time = key.ends_with("_at")
                    || matches!(key.as_str(), "since" | "as_of" | "server_time");
                let time = member.as_str().filter(|_| is_time);
                match time.and_then(|text| DateTime::parse_from_rfc3339(text).ok()) {
                    Some(time) => *member = json!(odd_time(time, skew)),
                    None => odd_times(member, skew),
                }
            }
        }
        _ => {}
    }
}

fn odd_time(time: DateTime<chrono::FixedOffset>, skew: Option<i64>) -> String {
    match skew.and_then(Duration::try_seconds) {
        Some(gap) => (time.checked_add_signed(gap).unwrap_or(time))
            .to_rfc3339_opts(SecondsFormat::Secs, time.offset().local_minus_utc() == 0),
        None => time.format("%Y-%m-%dT%H:%M:%S").to_string(),
    }
}

/// Tells numbers as text or with `.0`, empty lists as null, drops null members and adds
/// unknown ones: all at once, or only what `which` names.
fn odd_types(value: &mut Value, which: &str) {
    let does = |name: &str| which == "all" || which == name;
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(|entry| odd_types(entry, which)),
        Value::Object(members) => {
            if does("missing_optionals") {
                members.retain(|_, member| !member.is_null());
            }
            for (key, member) in members.iter_mut() {
                odd_member(key, member, which);
            }
            if does("extra_fields") {
                add_extras(members);
            }
        }
        _ => {}
    }
}

fn odd_member(key: &str, member: &mut Value, which: &str) {
    let does = |name: &str| which == "all" || which == name;
    match member {
        Value::Number(number) => {
            let as_float = which == "float_numbers" || (which == "all" && key.contains("quantity"));
            let with_point = format!("{number}.0").parse::<Number>().ok();
            if let Some(float) = with_point.filter(|_| as_float) {
                *member = Value::Number(float);
            } else if does("text_numbers") {
                *member = json!(number.to_string());
            }
        }
        Value::Array(entries) if entries.is_empty() && does("null_lists") => *member = Value::Null,
        _ => odd_types(member, which),
    }
}

fn add_extras(members: &mut Map<String, Value>) {
    members.insert("x_internal".into(), json!({ "wave": 7, "zone": "B" }));
}
