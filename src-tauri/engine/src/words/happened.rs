//! What happened, as a sentence: calls, tries, decisions. Codes inside stored sentences
//! are put into words on the way.

use domain::HoldCode;

use super::{capital, hold, plain, vendor};

/// The parts of a log entry that its sentence is made of.
#[derive(Clone, Copy, Debug)]
pub struct TimelineWords<'a> {
    /// `call`, `intention`, `outcome`, `decision`, `setting`, `map`, `gap`, `clearing`.
    pub kind: &'a str,
    /// What, in a few stable words.
    pub operation: &'a str,
    /// The vendor's word, or "".
    pub vendor: &'a str,
    /// How it came out.
    pub outcome: &'a str,
    /// The stored sentence, or "".
    pub text: &'a str,
    /// Which try, from 1; 0 for none.
    pub attempt: u32,
}

/// One sentence without a full stop.
pub fn happened(entry: &TimelineWords<'_>) -> String {
    match (entry.kind, entry.operation) {
        ("call", _) => called(entry),
        ("intention", "withdraw") => format!("{}Asking the warehouse to cancel it", nth(entry)),
        ("intention", "submit") => format!("{}Sending it to Whistl", nth(entry)),
        ("intention" | "outcome", _) if stock_step(entry).is_some() => {
            stock_step(entry).unwrap_or_default()
        }
        ("decision", "release") => format!("Released by hand: {}", entry.text),
        ("decision", "pause") => format!("Sending paused: {}", entry.text),
        ("decision", "recheck") if entry.outcome == "asked" => "Asked for a new check".into(),
        ("decision", "resend") if entry.outcome == "asked" => "Asked to send it again".into(),
        _ if entry.text.is_empty() => {
            format!("{}: {}", capital(entry.operation), outcome(entry.outcome))
        }
        _ => sentence(entry.text),
    }
}

/// What was written to Cin7 of a document that moves stock, and how that went.
fn stock_step(entry: &TimelineWords<'_>) -> Option<String> {
    let (doing, done) = match entry.operation {
        "stock draft" | "draft adjustment" | "draft write-off" => (
            "Writing its document into Cin7 Core as a draft, which moves nothing yet",
            "Cin7 Core took the draft",
        ),
        "stock complete" | "complete adjustment" | "complete write-off" => (
            "Completing its document in Cin7 Core",
            "Cin7 Core completed the document",
        ),
        "stock void" | "void adjustment" | "void write-off" => (
            "Taking its document back in Cin7 Core",
            "Cin7 Core took the document back",
        ),
        _ => return None,
    };
    Some(match (entry.kind, entry.outcome) {
        ("intention", _) => doing.into(),
        (_, "answered") => done.into(),
        (_, how) => format!("{doing}: {}", outcome(how)),
    })
}

/// Tries after the first are numbered.
fn nth(entry: &TimelineWords<'_>) -> String {
    if entry.attempt > 1 {
        format!("Try {}: ", entry.attempt)
    } else {
        String::new()
    }
}

fn called(entry: &TimelineWords<'_>) -> String {
    let name = vendor(entry.vendor);
    let (done, doing) = match entry.operation {
        "read sale" => ("Read the sale", "Reading the sale"),
        "read customer" => ("Read the customer's contacts", "Reading the contacts"),
        "list sales" => ("Looked for changed sales", "Looking for changed sales"),
        "sweep open sales" => ("Looked for missed sales", "Looking for missed sales"),
        "probe filter" => ("Tested the list of changes", "Testing the list of changes"),
        "list products" => ("Read the products", "Reading the products"),
        "list locations" => ("Read the locations", "Reading the locations"),
        "list carriers" => ("Read the carriers", "Reading the carriers"),
        "list services" => ("Read the services", "Reading the services"),
        "list items" => ("Read the item list", "Reading the item list"),
        "list order events" => ("Asked for news of the orders", "Asking for news"),
        "look up order" => ("Asked whether the order is there", "Asking for the order"),
        "submit order" => ("Sent the order", "Sending the order"),
        "cancel order" => ("Asked to cancel the order", "Asking to cancel the order"),
        "check connection" | "ping" => ("Tested the connection", "Testing the connection"),
        other => {
            let answered = outcome(entry.outcome);
            return format!("{name}: {other}, {answered}");
        }
    };
    let preposition = match entry.operation {
        "submit order" => "to",
        _ => "at",
    };
    if entry.outcome == "answered" {
        return format!("{done} {preposition} {name}");
    }
    let mut text = format!("{doing} {preposition} {name}: {}", outcome(entry.outcome));
    if !entry.text.is_empty() {
        text.push_str(&format!(" ({})", sentence(entry.text)));
    }
    text
}

/// How something came out, in a few words.
pub fn outcome(word: &str) -> String {
    match word {
        "answered" => "answered",
        "refused" | "rejected" => "refused",
        "busy" => "asked us to wait",
        "unreachable" => "could not be reached",
        "sign_in" => "credentials refused",
        "no_answer" => "no usable answer",
        "unclear" => "no clear answer",
        "begun" => "begun",
        "" => "not settled yet",
        "accepted" => "accepted",
        "not_found" => "not there",
        "outcome_unknown" => "nobody knows; waits for a person",
        "stuck" => "given up after many tries",
        "failed" => "failed, tried again later",
        "postponed" => "postponed",
        "cancelled" => "cancelled",
        "not_cancelled" => "not cancelled",
        "pending" => "asked, not decided yet",
        "too_late" => "too late",
        "unknown_order" => "not known there",
        "passed" => "passed",
        "held" => "held",
        "outside" => "not due",
        "asked" => "asked for by hand",
        "released" => "released by hand",
        "posted" => "told to Cin7 Core",
        "exception" => "needs someone",
        "closed" => "nothing to tell",
        "cut_off" => "cut off, looked up next",
        "missing" => "gone from the warehouse",
        "unknown_status" => "status word we do not know",
        other if HoldCode::from_word(other).is_some() => return hold(other),
        other => return super::state(other),
    }
    .into()
}

/// What a try was for.
pub fn step(word: &str) -> String {
    match word {
        "submit" | "send" => "send it".into(),
        "look_up" => "ask whether it is there".into(),
        "withdraw" => "cancel it".into(),
        other => plain(other),
    }
}

/// A stored sentence with its codes in words: “phone_tidied at Phone” becomes “telephone
/// number tidied”. Everything that is no code stays to the letter.
pub fn sentence(text: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    for part in text.split("; ") {
        let part = noted(part).map_or_else(|| codes(part), str::to_owned);
        if !said.contains(&part) {
            said.push(part);
        }
    }
    said.join("; ")
}

/// A note with its field, as the checks write it.
fn noted(part: &str) -> Option<&'static str> {
    let (code, field) = part.split_once(" at ").unwrap_or((part, ""));
    let whole_part = !code.contains(' ') && !field.contains(' ');
    Some(match code {
        _ if !whole_part => return None,
        "line_left_out" => "what is not goods left out",
        "lines_merged" => "lines of one SKU put together",
        "address_wrapped" => "address spread over more lines",
        "postcode_tidied" => "postcode tidied",
        "phone_tidied" => "telephone number tidied",
        "phone_from_contact" => "telephone number taken from the customer's contacts",
        "would_hold" => "would have been held, but the rule only warns",
        "warning" if field.ends_with("Phone") => "the telephone number is unusual",
        "warning" if field == "CustomerCurrency" => "the currency is unusual",
        "warning" => "something on it is unusual",
        _ => return None,
    })
}

/// What holds an order, one sentence for each cause: the stored words run on, each cause
/// after its code.
pub fn causes(text: &str) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let begins = word
            .strip_suffix(':')
            .is_some_and(|code| HoldCode::from_word(code).is_some());
        match said.last_mut() {
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(word);
            }
            _ => said.push(word.to_owned()),
        }
    }
    said.iter().map(|one| capital(&sentence(one))).collect()
}

fn codes(part: &str) -> String {
    let after_held = part.strip_prefix("Held for ");
    if let Some(list) = after_held {
        let words: Vec<String> = list.split(", ").map(hold).collect();
        return format!("Held: {}", words.join(", "));
    }
    part.split(' ')
        .map(|word| {
            let code = word.trim_end_matches([':', ',', '.']);
            let rest = &word[code.len()..];
            if code.contains('_') && HoldCode::from_word(code).is_some() {
                format!("{}{rest}", hold(code))
            } else {
                word.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
