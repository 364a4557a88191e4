//! The orders that need someone, a need for each part they fall into.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Utc};
use domain::{HoldCode, Owner as DomainOwner};
use engine::attention::causes;

use super::part::{Family, Part};
use super::{Placed, Sources, go_part, go_screen, owner_of};
use crate::shapes::{Icon, Need, Owner, Screen, Tone, UiError};
use crate::text::{clock, counted, grouped, sentence};

/// Orders of one part together.
#[derive(Default)]
struct Sum {
    count: i64,
    causes: Vec<(Option<HoldCode>, i64)>,
    owners: BTreeMap<DomainOwner, i64>,
    /// When the first of them must leave.
    first: Option<DateTime<Utc>>,
}

impl Sum {
    /// Who has most of them to put right.
    fn owner(&self) -> DomainOwner {
        self.owners
            .iter()
            .max_by_key(|(owner, count)| (**count, std::cmp::Reverse(**owner)))
            .map_or(DomainOwner::Office, |(owner, _)| *owner)
    }
}

/// The one order of a part that has only one.
struct Single {
    number: String,
    /// Its first hold in words.
    why: String,
    /// What puts it right.
    fix: String,
}

pub(super) fn needs(from: &Sources<'_>) -> Result<Vec<Placed>, UiError> {
    let mut sums: BTreeMap<Part, Sum> = BTreeMap::new();
    let (now, zone) = (from.look.now, from.zone());
    for need in from.counts.iter().filter(|need| !need.put_off) {
        let Some(part) = Part::of(need, now, zone) else {
            continue;
        };
        let sum = sums.entry(part).or_default();
        sum.count += need.count;
        *sum.owners.entry(need.owner).or_default() += need.count;
        match sum
            .causes
            .iter_mut()
            .find(|(cause, _)| *cause == need.cause)
        {
            Some((_, count)) => *count += need.count,
            None => sum.causes.push((need.cause, need.count)),
        }
        sum.first = match (sum.first, need.ship_by) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    sums.iter()
        .map(|(part, sum)| placed(from, *part, sum))
        .collect()
}

fn placed(from: &Sources<'_>, part: Part, sum: &Sum) -> Result<Placed, UiError> {
    let single = if sum.count == 1 {
        single(from, part)?
    } else {
        None
    };
    let (tone, icon) = look_of(part, sum);
    let alert = alert_id(from, part, sum);
    let mut go = go_part(part);
    go.number = single.as_ref().map(|one| one.number.clone());
    let (title, detail) = words(from, part, sum, single.as_ref())?;
    let (button, go) = match part {
        Part::Later(Family::Service) => {
            let methods = methods(from)?.len();
            let button = if methods == 1 {
                "Map it".to_owned()
            } else {
                format!("Map {methods}")
            };
            (button, go_screen(Screen::Mappings, "service"))
        }
        _ if single.is_some() => ("Open".into(), go),
        Part::Due(_) | Part::Missed | Part::Rejected | Part::Later(_) => {
            (format!("Fix {}", grouped(sum.count)), go)
        }
        Part::CalledOff
        | Part::Unclear
        | Part::Blocked
        | Part::Changed
        | Part::CancelledThere
        | Part::LookAt => (format!("Review {}", grouped(sum.count)), go),
    };
    Ok(Placed {
        rank: rank(part),
        by: sum.first,
        need: Need {
            taken_by: from.taken_by(&alert),
            id: format!("{alert}#{}", part.word()),
            tone,
            icon,
            title,
            detail,
            owner: owner_of(sum.owner().word()).unwrap_or(Owner::Office),
            button,
            go,
            count: u32::try_from(sum.count).unwrap_or(u32::MAX),
            since: None,
        },
    })
}

/// The only order of a part, as it is named.
fn single(from: &Sources<'_>, part: Part) -> Result<Option<Single>, UiError> {
    let reading = from.look.reading;
    let query = part.query(from.look.now, from.zone());
    let list = reading.list_needs(&query, None, None, false, 1)?;
    let Some(first) = list.orders.first() else {
        return Ok(None);
    };
    let row = reading.sale_row(first.sale)?;
    let holds = reading.holds(first.sale)?;
    let first = holds.first();
    Ok(Some(Single {
        number: row.number.to_string(),
        why: first.map_or_else(String::new, |hold| {
            engine::words::capital(&engine::words::hold(hold.reason.code.word()))
        }),
        fix: first.map_or_else(String::new, |hold| hold.reason.fix.clone()),
    }))
}

/// The lower, the more urgent. Alerts that are about no order stand between.
fn rank(part: Part) -> u8 {
    match part {
        Part::Due(_) => 10,
        Part::Missed => 20,
        Part::CalledOff => 25,
        Part::Rejected => 30,
        Part::Unclear => 32,
        Part::Blocked => 35,
        Part::Changed => 40,
        Part::CancelledThere => 42,
        Part::LookAt => 45,
        Part::Later(_) => 60,
    }
}

fn look_of(part: Part, sum: &Sum) -> (Tone, Icon) {
    match part {
        Part::Missed => (Tone::Stop, Icon::Clock),
        Part::Due(_) | Part::CalledOff | Part::Rejected => (Tone::Stop, Icon::Ban),
        Part::Unclear => (Tone::Warn, Icon::Question),
        Part::Blocked => (Tone::Warn, Icon::Truck),
        Part::Changed | Part::CancelledThere => (Tone::Warn, Icon::Warning),
        Part::LookAt => match sum.causes.as_slice() {
            [(Some(HoldCode::ServiceChangedByWhistl), _)] => (Tone::Info, Icon::Truck),
            _ => (Tone::Warn, Icon::Warning),
        },
        Part::Later(family) => (
            Tone::Warn,
            match family {
                Family::Sku => Icon::Tag,
                Family::Service => Icon::Truck,
                Family::Address => Icon::Pin,
                Family::Phone => Icon::Phone,
                Family::Stock => Icon::Scales,
                Family::Other => Icon::Warning,
            },
        ),
    }
}

/// The alert that stands behind it; a cut-off's own where it is near enough for one.
fn alert_id(from: &Sources<'_>, part: Part, sum: &Sum) -> String {
    let owner = sum.owner().word();
    let of_owner = |code: &str| format!("{code}:{owner}");
    let cut_off = |code: &str, at: DateTime<Utc>| {
        let id = format!("{code}:{}", at.format("%Y-%m-%dT%H:%MZ"));
        from.alerts
            .iter()
            .any(|alert| alert.id() == id)
            .then_some(id)
    };
    match part {
        Part::Due(at) => cut_off("cut_off", at).unwrap_or_else(|| of_owner("held")),
        Part::Missed => sum
            .first
            .and_then(|at| cut_off("cut_off_missed", at))
            .unwrap_or_else(|| of_owner("held")),
        Part::Later(_) => of_owner("held"),
        Part::Rejected => of_owner("rejected"),
        Part::Unclear => of_owner("outcome_unknown"),
        Part::Blocked => of_owner("blocked"),
        Part::CancelledThere => of_owner("cancelled_there"),
        Part::LookAt => of_owner("look_at"),
        Part::Changed => "changed_after_sending".into(),
        Part::CalledOff => "cancelled_after_sending".into(),
    }
}

/// What is wrong, and what more there is to say.
fn words(
    from: &Sources<'_>,
    part: Part,
    sum: &Sum,
    single: Option<&Single>,
) -> Result<(String, String), UiError> {
    let who = single.map_or_else(
        || counted(sum.count, "order", "orders"),
        |one| one.number.clone(),
    );
    let one = sum.count == 1;
    let (is, was, has) = if one {
        ("is", "was", "has")
    } else {
        ("are", "were", "have")
    };
    // One order: its reason. Several: how many for which.
    let why = single.map_or_else(|| causes(&sum.causes), |one| one.why.clone());
    let fix = single.map_or_else(String::new, |one| one.fix.clone());
    Ok(match part {
        Part::Due(at) => {
            let time = clock(at, from.look.now, from.zone());
            (format!("{who} will miss today’s {time} cut-off"), why)
        }
        Part::Missed => (format!("{who} {has} missed the cut-off"), why),
        Part::CalledOff => (
            format!("{who} {was} voided in Cin7 Core after sending"),
            format!(
                "The warehouse will still send {}: withdraw {} before {}.",
                if one { "it" } else { "them" },
                if one { "it" } else { "each" },
                if one { "it leaves" } else { "they leave" },
            ),
        ),
        Part::Rejected => (
            format!("{who} {was} rejected by Whistl"),
            if fix.is_empty() {
                "Each says what Whistl names; put it right, then resend.".into()
            } else {
                fix
            },
        ),
        Part::Unclear => (
            format!("{who} {was} sent, and nobody knows whether it arrived"),
            "Ask the warehouse what it has, then resend or withdraw.".into(),
        ),
        Part::Blocked => (
            format!("{who} {is} blocked at the warehouse"),
            if fix.is_empty() { why } else { fix },
        ),
        Part::Changed => (
            format!("{who} {was} changed in Cin7 Core after sending"),
            "The warehouse works with what it was sent. Withdraw and resend, or change it back."
                .into(),
        ),
        Part::CancelledThere => (
            format!("{who} {was} cancelled at the warehouse alone"),
            format!(
                "{} still live in Cin7 Core: void {} there, or resend {}.",
                if one { "It is" } else { "They are" },
                if one { "it" } else { "them" },
                if one { "it" } else { "them" },
            ),
        ),
        Part::LookAt => (
            format!(
                "{who} at the warehouse {} a look",
                if one { "needs" } else { "need" }
            ),
            if fix.is_empty() { why } else { fix },
        ),
        Part::Later(Family::Service) => {
            let waited_for = from.look.reading.held_for(&HoldCode::SERVICE)?;
            let all: i64 = waited_for.iter().map(|held| i64::from(held.orders)).sum();
            let methods: Vec<String> = waited_for.into_iter().map(|held| held.value).collect();
            let others = match all - sum.count {
                ..=0 => String::new(),
                others => format!(", besides {} told of elsewhere", grouped(others)),
            };
            let title = if methods.len() == 1 {
                "1 shipping method is not mapped".to_owned()
            } else {
                format!("{} shipping methods are not mapped", methods.len())
            };
            let waits = if one { "waits" } else { "wait" };
            (
                title,
                format!("{who} {waits} for it{others}: {}", quoted(&methods)),
            )
        }
        Part::Later(family) => (
            format!("{who} {}{}", needed(family, one), before(from, sum.first)),
            if one && !why.is_empty() {
                sentence(&why).trim_end_matches('.').to_owned()
            } else {
                why
            },
        ),
    })
}

fn needed(family: Family, one: bool) -> &'static str {
    match (family, one) {
        (Family::Sku, true) => "has a SKU to put right",
        (Family::Sku, false) => "have SKUs to put right",
        (Family::Address, true) => "needs an address",
        (Family::Address, false) => "need an address",
        (Family::Phone, true) => "needs a telephone number",
        (Family::Phone, false) => "need a telephone number",
        (Family::Stock, true) => "is short of stock",
        (Family::Stock, false) => "are short of stock",
        (Family::Service | Family::Other, true) => "is held",
        (Family::Service | Family::Other, false) => "are held",
    }
}

/// ` before tomorrow`, ` before Friday`, ` before 3 December`; nothing without a day.
fn before(from: &Sources<'_>, first: Option<DateTime<Utc>>) -> String {
    let zone = from.zone();
    let Some(day) = first.map(|at| at.with_timezone(&zone).date_naive()) else {
        return String::new();
    };
    let today = from.look.now.with_timezone(&zone).date_naive();
    match (day - today).num_days() {
        1 => " before tomorrow".into(),
        2..=6 => format!(" before {}", day.format("%A")),
        _ if day.year() == today.year() => format!(" before {}", day.format("%-d %B")),
        _ => format!(" before {}", day.format("%-d %B %Y")),
    }
}

/// The shipping methods that no entry maps.
fn methods(from: &Sources<'_>) -> Result<Vec<String>, UiError> {
    let held = from.look.reading.held_for(&HoldCode::SERVICE)?;
    Ok(held.into_iter().map(|held| held.value).collect())
}

/// The first few, quoted.
fn quoted(values: &[String]) -> String {
    const NAMED: usize = 3;
    let mut named: Vec<String> = values
        .iter()
        .take(NAMED)
        .map(|value| {
            if value.trim().is_empty() {
                "none chosen in Cin7 Core".to_owned()
            } else {
                format!("“{value}”")
            }
        })
        .collect();
    if values.len() > NAMED {
        named.push(format!("{} more", values.len() - NAMED));
    }
    crate::text::list(&named)
}
