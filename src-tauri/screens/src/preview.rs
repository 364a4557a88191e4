//! What an action would do, exactly, before it is done: sentences made of how things stand
//! and of the same rule that the action itself goes by.

use engine::actions::{Deed, refusal};
use engine::views::Views;
use store::{OrderState, Outline, SaleKey, Standing};

use crate::lists::Lists;
use crate::order::{row_of, sends_nothing, why_not, why_nothing_is_sent};
use crate::shapes::{Act, ListFilter, Preview, Refused, Tab, UiError, Which};
use crate::text::{counted, exact_span};

/// Orders that cannot be done to, named at most.
const NAMED: usize = 100;
/// Orders that take longer than this many seconds to read are told how long they take.
const LONG: i64 = 60;

/// What doing this to these orders would do as things stand.
///
/// # Errors
/// `order_unknown`, `list_gone`, `cause_unknown`; the store's.
pub fn preview(
    look: &Views<'_>,
    lists: &Lists,
    act: Act,
    which: &Which,
) -> Result<Preview, UiError> {
    let chosen = chosen(look, lists, which)?;
    let meant = meant(look, act, &chosen)?;
    let named = match meant.only.as_deref() {
        Some(number) if chosen.len() == 1 => number.to_owned(),
        _ => counted(whole(chosen.len()), "order", "orders"),
    };
    let verb = verb(act);
    Ok(Preview {
        title: format!("{verb} {named}?"),
        effect: effect(look, act, &meant)?,
        button: format!(
            "{verb} {}",
            if meant.allowed == chosen.len() || meant.allowed == 0 {
                named
            } else {
                counted(whole(meant.allowed), "order", "orders")
            }
        ),
        count: small(chosen.len()),
        allowed: small(meant.allowed),
        refused: meant.refused,
        needs_reason: act == Act::Release,
    })
}

/// The orders meant, in the order in which they are done.
pub(crate) fn chosen(
    look: &Views<'_>,
    lists: &Lists,
    which: &Which,
) -> Result<Vec<SaleKey>, UiError> {
    match which {
        Which::Numbers(numbers) => numbers
            .iter()
            .map(|number| Ok(row_of(look, number)?.key))
            .collect(),
        Which::List(list) => lists.keys(*list),
        Which::Cause(cause) => {
            let mut keys = Vec::new();
            for put_off in [false, true] {
                let filter = ListFilter {
                    tab: Tab::NeedsYou,
                    owner: None,
                    cause: Some(cause.clone()),
                    channel: None,
                    find: None,
                    put_off,
                };
                keys.extend(crate::lists::keys_of(look, &filter)?);
            }
            Ok(keys)
        }
    }
}

/// What is meant, taken apart by what will happen to it.
#[derive(Default)]
struct Meant {
    /// The number, where it is one order.
    only: Option<String>,
    allowed: usize,
    refused: Vec<Refused>,
    /// Refused by Whistl, and so only looked at by a new check.
    rejected: usize,
    /// Called off before; goes under a new reference.
    cancelled: usize,
    /// The warehouse may have it already.
    unknown: usize,
}

fn meant(look: &Views<'_>, act: Act, chosen: &[SaleKey]) -> Result<Meant, UiError> {
    let quiet = sends_nothing(look)?;
    let mut meant = Meant::default();
    for sale in chosen {
        let order: Outline = look.reading.outline(*sale)?;
        if let Some(refused) = refusal(look.reading, Deed::from(act), &order, quiet)? {
            if meant.refused.len() < NAMED {
                meant.refused.push(Refused {
                    number: order.number.to_string(),
                    why: why_not(look, &refused)?,
                });
            }
            meant.only.get_or_insert_with(|| order.number.to_string());
            continue;
        }
        meant.allowed += 1;
        match order.standing {
            Standing::In(OrderState::Rejected) => meant.rejected += 1,
            Standing::In(OrderState::Cancelled) if order.has_reference => meant.cancelled += 1,
            Standing::In(OrderState::Unclear | OrderState::Blocked) if act == Act::Resend => {
                meant.unknown += 1;
            }
            Standing::In(_) | Standing::Outside(_) => {}
        }
        meant.only.get_or_insert_with(|| order.number.to_string());
    }
    Ok(meant)
}

fn verb(act: Act) -> &'static str {
    match act {
        Act::Recheck => "Recheck",
        Act::Resend => "Resend",
        Act::Withdraw => "Withdraw",
        Act::Release => "Release",
    }
}

/// Exactly what will happen.
fn effect(look: &Views<'_>, act: Act, meant: &Meant) -> Result<Vec<String>, UiError> {
    let one = meant.allowed == 1;
    let named = match (&meant.only, one && meant.refused.is_empty()) {
        (Some(number), true) => number.clone(),
        _ => counted(whole(meant.allowed), "order", "orders"),
    };
    if meant.allowed == 0 {
        return Ok(vec!["Nothing: see below why not.".into()]);
    }
    let mut said = Vec::new();
    match act {
        Act::Recheck => {
            said.push(format!(
                "{named} {} read again from Cin7 Core and checked.",
                if one { "is" } else { "are" }
            ));
            said.extend(leaves(look, if one { "If it passes, it" } else { "Those that pass" }, one)?);
            said.extend(about(meant.rejected, one, "was refused by Whistl: it is looked at, and stays until it is sent again", "were refused by Whistl: they are looked at, and stay until they are sent again"));
        }
        Act::Resend => {
            said.push(format!(
                "{named} {} read again from Cin7 Core and checked.",
                if one { "is" } else { "are" }
            ));
            said.extend(leaves(look, if one { "If it passes, it" } else { "Those that pass" }, one)?);
            if meant.cancelled < meant.allowed {
                said.push(if one {
                    "It goes under the reference it has already, so that Whistl cannot make it twice.".into()
                } else {
                    "Each goes under the reference it has already, so that Whistl cannot make it twice.".into()
                });
            }
            said.extend(about(meant.cancelled, one, "was called off before: it goes under a new reference", "were called off before: each goes under a new reference"));
            said.extend(about(meant.unknown, one, "may be at the warehouse already: send it again only if the warehouse says that it is not", "may be at the warehouse already: send them again only if the warehouse says that they are not"));
        }
        Act::Withdraw => said.push(if one {
            format!("Whistl is asked to cancel {named}. If it has already left, it cannot be withdrawn.")
        } else {
            format!("Whistl is asked to cancel {named}, one after another. Those that have already left cannot be withdrawn.")
        }),
        Act::Release => {
            said.push(format!(
                "{named} {} let go although Cin7 Core has no stock for part of {}.",
                if one { "is" } else { "are" },
                if one { "it" } else { "them" }
            ));
            said.extend(leaves(look, if one { "It" } else { "They" }, one)?);
            said.push("Your reason is kept with your name.".into());
        }
    }
    said.extend(how_long(look, act, meant.allowed));
    Ok(said)
}

/// Whether what passes leaves, and why not.
fn leaves(look: &Views<'_>, who: &str, one: bool) -> Result<Vec<String>, UiError> {
    let goes = if one { "goes" } else { "go" };
    Ok(vec![match why_nothing_is_sent(look)? {
        None => format!("{who} {goes} to Whistl at once."),
        Some(why) => format!("Nothing is sent: {}", lower_first(&why)),
    }])
}

/// A sentence about some of the orders.
fn about(count: usize, only_one: bool, one: &str, more: &str) -> Option<String> {
    match count {
        0 => None,
        1 if only_one => Some(format!("It {one}.")),
        1 => Some(format!("1 of them {one}.")),
        count => Some(format!(
            "{} of them {more}.",
            crate::text::grouped(whole(count))
        )),
    }
}

/// How long it takes, where that is long: Cin7 Core lets only so many calls through.
fn how_long(look: &Views<'_>, act: Act, orders: usize) -> Option<String> {
    if act == Act::Withdraw {
        return None;
    }
    let per_minute = look.settings.whole("limits.cin7_calls_per_minute").max(1);
    let seconds = whole(orders) * 60 / per_minute;
    (seconds > LONG).then(|| {
        format!(
            "At most {per_minute} calls a minute go to Cin7 Core, so this takes about {}. It can be stopped between two orders.",
            exact_span(seconds / 60 * 60)
        )
    })
}

fn lower_first(text: &str) -> String {
    if text.starts_with("Stockbridge") {
        return text.into();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
