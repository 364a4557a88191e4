//! All words for people in one place: every code, state, outcome and name the program
//! stores, in plain English, so that window, notifications and command line say the same.
//! The stored words are a contract and stay as they are; these may be put better at any
//! time. Pure: no layout, no colour, no time.

mod debt;
mod drift;
mod finance;
mod happened;
mod holds;
mod read_back;
mod stock;

use domain::trigger::Outside;
use rust_decimal::Decimal;

pub use debt::debt;
pub use drift::{drift_advice, drift_category, drift_decision};
pub use finance::bridge_step;
pub use happened::{TimelineWords, causes, happened, outcome, sentence, step};
pub use holds::hold;
pub use read_back::{paper, read_back};
pub use stock::{adjustment, adjustment_cause, adjustment_state, adjustment_title, stock_fault};

/// The currency of the merchant's books, in which stock is valued: ISO 4217 (assumed; the
/// accounts seen are British).
pub const BOOKS: &str = "GBP";

/// An order's state: `at_warehouse` is “at the warehouse”.
pub fn state(word: &str) -> String {
    match word {
        "held" => "held",
        "waiting" => "waiting to be sent",
        "sending" => "being sent",
        "unclear" => "sent, no answer yet",
        "rejected" => "refused by Whistl",
        "at_warehouse" => "at the warehouse",
        "blocked" => "stopped at the warehouse",
        "part_despatched" => "partly despatched",
        "despatched" => "despatched",
        "cancelled" => "cancelled",
        other => return outside(other),
    }
    .into()
}

/// How far Cin7 has been told of a despatch.
pub fn confirmation(word: &str) -> &str {
    match word {
        "waiting" => "waits to be told",
        "posting" => "being told",
        "unclear" => "told, no answer yet",
        "posted" => "told",
        "exception" => "needs someone",
        "parked" => "waits for the last parcel",
        "closed" => "nothing to tell",
        other => other,
    }
}

/// Why a despatch is not told to Cin7, without a full stop.
pub fn confirmation_reason(word: &str) -> &str {
    match word {
        "sale_voided" => "the sale is voided",
        "sale_not_authorised" => "the sale is not authorised",
        "not_ordered" => "not on the order",
        "line_gone" => "a line is gone from the sale",
        "more_than_ordered" => "more left than was ordered",
        "bad_units" => "an impossible quantity",
        "voided_after_posting" => "taken back after Cin7 Core was told",
        "voids_unknown" => "takes back a despatch nobody knows",
        "picked_otherwise" => "picked otherwise by hand",
        "packed_otherwise" => "packed otherwise by hand",
        "undone_by_hand" => "undone by hand",
        "short_of_stock" => "too little stock in Cin7 Core",
        "refused_by_cin7" => "refused by Cin7 Core",
        "unknown_order" => "not an order of ours",
        "unreadable" => "could not be read",
        "" => "no reason is known",
        other => other,
    }
}

/// Why a sale is not due, without a full stop.
pub fn outside(word: &str) -> String {
    match (Outside::from_word(word), word) {
        (Some(outside), _) => outside.sentence().trim_end_matches('.').into(),
        (None, "voided") => "Voided in Cin7 Core".into(),
        (None, other) => plain(other),
    }
}

/// Who must act.
pub fn owner(word: &str) -> &str {
    match word {
        "office" => "the office",
        "warehouse" => "the warehouse",
        "finance" => "finance",
        "support" => "Stockbridge support",
        other => other,
    }
}

/// A vendor's name.
pub fn vendor(word: &str) -> &str {
    match word {
        "cin7" => "Cin7 Core",
        "whistl" => "Whistl",
        other => other,
    }
}

/// How a vendor does.
pub fn vendor_state(word: &str) -> &str {
    match word {
        "ok" => "answers",
        "never" => "not asked yet",
        "failing" => "not answering",
        "paused" => "asked us to wait",
        "stopped" => "refuses the credentials",
        other => other,
    }
}

/// A job of the schedule, as what it does.
pub fn job(word: &str) -> String {
    match word {
        "orders" => "Orders",
        "events" => "News from the warehouse",
        "deliver" => "Sending",
        "adjustments" => "Stock adjustments",
        "reconcile" => "Comparison of stock",
        "read_back" => "Reading back what was posted",
        "sweep" => "Search for what was missed",
        "reference" => "Products, items and services",
        "retention" => "Masking of old personal data",
        other => return capital(&plain(other)),
    }
    .into()
}

/// How a run ended.
pub fn run_outcome(word: &str) -> &str {
    match word {
        "finished" => "finished",
        "partial" => "partly done",
        "failed" => "failed",
        "stopped" => "stopped",
        "" => "not finished",
        other => other,
    }
}

/// A run's counts in the order in which things happen, each with its words.
pub const COUNTS: [(&str, &str); 20] = [
    ("seen", "seen"),
    ("found_by_sweep", "found that had been missed"),
    ("released", "passed the checks"),
    ("held", "held"),
    ("outside", "not due"),
    ("sent", "sent"),
    ("accepted", "accepted"),
    ("rejected", "refused"),
    ("unclear", "without a clear answer"),
    ("changed_after_sending", "changed after sending"),
    ("cancelled", "cancelled"),
    ("withdrawn", "withdrawn"),
    ("too_late", "too late to withdraw"),
    ("events", "pieces of news from the warehouse"),
    (
        "unknown_events",
        "pieces of news about orders that are not ours",
    ),
    (
        "ghosts",
        "unknown to the warehouse, which had accepted them",
    ),
    ("as_posted", "as posted"),
    ("differ", "not as posted"),
    ("not_read", "could not be read"),
    ("masked", "masked"),
];

/// A map's name.
pub fn map(word: &str) -> &str {
    match word {
        "sku" => "SKU",
        "service" => "shipping method",
        "carrier" => "carrier",
        "reason" => "adjustment reason",
        other => other,
    }
}

/// An amount in the currency of the books, to the penny: `£297.00`.
pub fn in_books(value: Decimal) -> String {
    money(BOOKS, &format!("{:.2}", value.round_dp(2)))
}

/// The sign before an amount, or the currency's code and a blank.
pub fn money(currency: &str, value: &str) -> String {
    let (minus, digits) = value
        .strip_prefix('-')
        .map_or(("", value), |digits| ("-", digits));
    let (whole, pence) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = match currency {
        "GBP" => "£".to_owned(),
        "EUR" => "€".to_owned(),
        "USD" => "$".to_owned(),
        "" => String::new(),
        code => format!("{code} "),
    };
    let point = if pence.is_empty() { "" } else { "." };
    format!("{minus}{sign}{grouped}{point}{pence}")
}

/// `1 order`, `2 orders`.
pub fn many(count: i64, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else if one.ends_with("ch") {
        format!("{count} {one}es")
    } else {
        format!("{count} {one}s")
    }
}

/// Whose time or doing something was.
pub fn side(word: &str) -> &str {
    match word {
        "office" => "Office",
        "stockbridge" => "Stockbridge",
        "warehouse" => "Warehouse",
        "cin7" => "Cin7 Core",
        "finance" => "Finance",
        "support" => "Support",
        "unknown" => "Warehouse or Stockbridge",
        other => other,
    }
}

/// “40 s”, “2 min 5 s”, “2 h 10 min”, “3 days 4 h”: two parts where the second says something.
pub fn span(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let two = |first: String, rest: i64, unit: &str| {
        if rest == 0 {
            first
        } else {
            format!("{first} {rest} {unit}")
        }
    };
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => two(format!("{minutes} min"), seconds % 60, "s"),
        (0, _, _) => two(format!("{hours} h"), minutes % 60, "min"),
        _ => two(many(days, "day"), hours % 24, "h"),
    }
}

/// A word nobody has put better yet.
pub fn plain(word: &str) -> String {
    word.replace('_', " ")
}

/// The same with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The same with a small first letter, to go on after a colon.
pub fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests;
