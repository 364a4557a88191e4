//! The words of notices: causes grouped the way people speak of them, owners, durations and
//! times of day. No order's content comes in here.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use domain::HoldCode;

/// Causes listed by name; the rest are counted together.
const NAMED: usize = 3;

/// An owner, as a title ends with it.
pub(super) fn owner(word: &str) -> &'static str {
    match word {
        "office" => "Office",
        "warehouse" => "Warehouse",
        "finance" => "Finance",
        _ => "System",
    }
}

/// What several orders of one cause have: one, and more.
fn family(cause: Option<HoldCode>) -> (&'static str, &'static str) {
    let Some(cause) = cause else {
        return ("without a cause", "without a cause");
    };
    match cause {
        HoldCode::SkuMissing
        | HoldCode::SkuInvalidCharacters
        | HoldCode::SkuTooLong
        | HoldCode::SkuUnmapped
        | HoldCode::SkuUnknownAtWhistl
        | HoldCode::SkuInactive
        | HoldCode::SkuCollision => ("SKU error", "SKU errors"),
        HoldCode::QuantityInvalid | HoldCode::NoLines | HoldCode::TooManyLines => {
            ("wrong line", "with wrong lines")
        }
        HoldCode::NameMissing | HoldCode::NameTooLong => ("wrong name", "wrong names"),
        HoldCode::AddressIncomplete | HoldCode::AddressTooLong => {
            ("address error", "address errors")
        }
        HoldCode::PostcodeMissing | HoldCode::PostcodeInvalid => {
            ("postcode error", "postcode errors")
        }
        HoldCode::CountryMissing | HoldCode::CountryUnsupported => {
            ("country error", "country errors")
        }
        HoldCode::PhoneMissing => ("missing telephone", "missing telephones"),
        HoldCode::PhoneInvalid => ("wrong telephone", "wrong telephones"),
        HoldCode::EmailInvalid => ("wrong e-mail address", "wrong e-mail addresses"),
        HoldCode::ServiceUnmapped => ("unmapped shipping method", "unmapped shipping methods"),
        HoldCode::TextUnsupported | HoldCode::NoteTooLong => ("text error", "text errors"),
        HoldCode::ReferenceInvalid | HoldCode::ReferenceConflict => {
            ("number clash", "number clashes")
        }
        HoldCode::Backordered => ("short of stock", "short of stock"),
        HoldCode::StatusUnknown | HoldCode::Unreadable | HoldCode::MessageInvalid => {
            ("unreadable", "unreadable")
        }
        HoldCode::RejectedByWhistl => ("refused by Whistl", "refused by Whistl"),
        HoldCode::ServiceChangedByWhistl => ("on another service", "on another service"),
        HoldCode::ChangedAfterSending => ("changed after sending", "changed after sending"),
        HoldCode::CancelledAfterSending => ("voided after sending", "voided after sending"),
        HoldCode::HeldAtWarehouse => ("stopped there", "stopped there"),
        HoldCode::MissingAtWhistl => ("unknown to Whistl", "unknown to Whistl"),
        HoldCode::DespatchOverdue => ("not despatched in time", "not despatched in time"),
        HoldCode::DespatchShort => ("sent in part only", "sent in part only"),
        HoldCode::CancelledAtWhistl => ("cancelled there only", "cancelled there only"),
        HoldCode::SendingStuck => ("stuck in sending", "stuck in sending"),
        HoldCode::OutcomeUnknown => ("of unknown outcome", "of unknown outcome"),
    }
}

/// `22 SKU errors, 12 missing telephones, 6 unmapped shipping methods`.
pub fn causes(causes: &[(Option<HoldCode>, i64)]) -> String {
    let mut families: Vec<((&str, &str), i64)> = Vec::new();
    for (cause, count) in causes {
        let words = family(*cause);
        match families.iter_mut().find(|(known, _)| *known == words) {
            Some((_, sum)) => *sum += count,
            None => families.push((words, *count)),
        }
    }
    families.sort_by(|(a_words, a), (b_words, b)| b.cmp(a).then(a_words.cmp(b_words)));
    // One left over is named too: "1 other" would be no shorter.
    let named = if families.len() == NAMED + 1 {
        NAMED + 1
    } else {
        NAMED
    };
    let mut parts: Vec<String> = families
        .iter()
        .take(named)
        .map(|((one, more), count)| format!("{count} {}", if *count == 1 { one } else { more }))
        .collect();
    let others: i64 = families.iter().skip(named).map(|(_, count)| count).sum();
    if others > 0 {
        parts.push(format!("{others} for other causes"));
    }
    parts.join(", ")
}

/// `1 order is`, `8 orders are`.
pub(super) fn orders(count: i64, one: &str, more: &str) -> String {
    if count == 1 {
        format!("1 order {one}")
    } else {
        format!("{count} orders {more}")
    }
}

/// `1 order`, `8 orders`.
pub(super) fn many(count: i64, one: &str) -> String {
    crate::words::many(count, one)
}

/// `40 s`, `12 min`, `2 h 5 min`, `3 days 4 h`.
pub(super) fn lasted(how_long: Duration) -> String {
    let seconds = how_long.num_seconds();
    crate::words::span(if seconds < 60 {
        seconds
    } else {
        seconds - seconds % 60
    })
}

/// A time of day as the merchant tells it, with the date when it is not today.
pub(super) fn clock(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (at, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let form = if at.date_naive() == now.date_naive() {
        "%H:%M"
    } else {
        "%a %-d %b %H:%M"
    };
    at.format(form).to_string()
}
