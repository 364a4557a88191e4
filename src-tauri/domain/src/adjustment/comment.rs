//! What a document says of the adjustments in it: each of their ids, the reason, the units,
//! and the day it belongs to when that day is closed.

use chrono::NaiveDate;

use super::AdjustmentReason;
use super::document::ToPost;

/// Cin7 takes at most this much in a line's comment (documented).
pub const COMMENT_MAX: usize = 256;

/// How long one of their words is shown at most.
const WORD_MAX: usize = 60;

/// One adjustment as a comment names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    text: String,
    is_of_a_closed_day: bool,
}

/// `ADJ-5521 damaged 2`, and `, belongs to 31 October 2026` when that day is closed.
pub(super) fn mention(one: &ToPost, closed_day: Option<NaiveDate>) -> Mention {
    let units = if is_plain(one) {
        one.units.unsigned_abs().to_string()
    } else {
        format!("{:+}", one.units)
    };
    let mut text = format!("{} {} {units}", one.id, phrase(one));
    if let Some(day) = closed_day {
        text.push_str(&format!(", belongs to {}", day.format("%-d %B %Y")));
    }
    Mention {
        text,
        is_of_a_closed_day: closed_day.is_some(),
    }
}

/// Whether the reason says which way the units went, so that the figure needs no sign.
fn is_plain(one: &ToPost) -> bool {
    use super::Direction::{Either, Falls, Rises, Stays};
    match one.reason.direction() {
        Falls => one.units < 0,
        Rises => one.units > 0,
        Stays | Either => false,
    }
}

/// Their words rather than their code where the reason is in no list of ours.
fn phrase(one: &ToPost) -> String {
    let text = match &one.reason {
        AdjustmentReason::Other(_) if !one.reason_text.trim().is_empty() => &one.reason_text,
        known => known.phrase(),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(WORD_MAX).collect()
}

/// `Whistl ` and all mentions, those of closed days first since they must not be cut off; what
/// does not fit is counted.
pub(super) fn comment(mentions: &[Mention], max: usize) -> String {
    let closed = mentions.iter().filter(|one| one.is_of_a_closed_day);
    let open = mentions.iter().filter(|one| !one.is_of_a_closed_day);
    joined(
        "Whistl ",
        closed.chain(open).map(|one| one.text.as_str()),
        max,
    )
}

/// `head`, then as many of the parts as fit, then how many more there are.
pub(super) fn joined<'a>(
    head: &str,
    parts: impl Iterator<Item = &'a str> + Clone,
    max: usize,
) -> String {
    let all = parts.clone().count();
    let whole = head.to_owned() + &parts.clone().collect::<Vec<_>>().join("; ");
    if whole.chars().count() <= max {
        return whole;
    }
    let tail = |left: usize| match left {
        0 => String::new(),
        left => format!("; and {left} more"),
    };
    // The number in the tail only becomes shorter as parts are added.
    let room = max.saturating_sub(tail(all).chars().count());
    let mut text = head.to_owned();
    let mut length = head.chars().count();
    let mut shown = 0;
    for part in parts {
        let joint = if shown == 0 { "" } else { "; " };
        let longer = length + joint.len() + part.chars().count();
        if longer <= room {
            text.push_str(joint);
            text.push_str(part);
            length = longer;
            shown += 1;
            continue;
        }
        if shown == 0 {
            let some = room.saturating_sub(length + 1);
            text.extend(part.chars().take(some));
            text.push('…');
            shown = 1;
        }
        break;
    }
    text.push_str(&tail(all - shown));
    text.chars().take(max).collect()
}
