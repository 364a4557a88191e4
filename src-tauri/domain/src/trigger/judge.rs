//! The verdict on one sale, from a list row or from the sale itself.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{AttributeRule, ChannelRule, Outside, PaymentRule, Standing, Trigger, TriggerStage};
use crate::{OrderStatus, Sale, SaleKind, SaleListing, StageStatus};

/// The hour of a day, UTC, that stands for the whole day; see [`Trigger::not_before`].
const HOUR_OF_A_DAY: u32 = 10;

/// Judges a row of Cin7's list.
pub fn judge(trigger: &Trigger, row: &SaleListing) -> Standing {
    let place = if row.location_id.is_empty() && !trigger.location_names.is_empty() {
        Place::Unsaid
    } else {
        let ours = |id: &String| id.eq_ignore_ascii_case(&row.location_id);
        Place::known(trigger.locations.iter().any(ours))
    };
    // A sale was ordered no later than it was last touched; the row has no order date.
    let before = |line: DateTime<Utc>| row.updated < line;
    let facts = Facts {
        order: &row.order_status,
        picking: &row.picking,
        packing: &row.packing,
        shipping: &row.shipping,
        kind: &row.kind,
        place,
        channel: &row.channel,
        payment: &row.payment,
    };
    match verdict(trigger, &facts) {
        Standing::Due if trigger.not_before.is_some_and(before) => {
            Standing::Outside(Outside::BeforeStart)
        }
        Standing::Due
            if trigger.attribute.is_some()
                || trigger.not_before.is_some()
                || facts.place == Place::Unsaid =>
        {
            Standing::DueIfAttribute
        }
        other => other,
    }
}

/// Judges a sale that has been read; never [`Standing::DueIfAttribute`].
pub fn judge_sale(trigger: &Trigger, sale: &Sale) -> Standing {
    let named = |name: &String| same(name, &sale.location);
    let place = if trigger.location_names.is_empty() {
        Place::Ours
    } else {
        Place::known(trigger.location_names.iter().any(named))
    };
    let facts = Facts {
        order: &sale.order_status,
        picking: &sale.picking,
        packing: &sale.packing,
        shipping: &sale.shipping,
        kind: &sale.kind,
        place,
        channel: &sale.channel,
        payment: &sale.payment,
    };
    match verdict(trigger, &facts) {
        Standing::Due => on_detail(trigger, sale),
        other => other,
    }
}

/// What a list row and a sale have in common.
struct Facts<'a> {
    order: &'a OrderStatus,
    picking: &'a StageStatus,
    packing: &'a StageStatus,
    shipping: &'a StageStatus,
    kind: &'a SaleKind,
    place: Place,
    channel: &'a str,
    payment: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Ours,
    Elsewhere,
    Unsaid,
}

impl Place {
    fn known(ours: bool) -> Self {
        if ours { Self::Ours } else { Self::Elsewhere }
    }
}

/// What everything but the detail says. What is none of our business is settled first,
/// so that an odd word on another location's sale troubles nobody.
fn verdict(trigger: &Trigger, facts: &Facts<'_>) -> Standing {
    if *facts.order == OrderStatus::Voided {
        return Standing::Voided;
    }
    if facts.place == Place::Elsewhere {
        return Standing::Outside(Outside::OtherLocation);
    }
    order(facts)
        .or_else(|| kind(facts))
        .or_else(|| channel(trigger, facts))
        .or_else(|| shipping(facts))
        .or_else(|| stage(trigger, facts))
        .or_else(|| payment(trigger, facts))
        .unwrap_or(Standing::Due)
}

fn order(facts: &Facts<'_>) -> Option<Standing> {
    match facts.order {
        OrderStatus::Authorised => None,
        OrderStatus::NotAvailable | OrderStatus::Draft => outside(Outside::NotAuthorised),
        OrderStatus::AuthorisedWithoutStock => outside(Outside::WithoutStock),
        OrderStatus::Fulfilled | OrderStatus::Closed => outside(Outside::AlreadyShipped),
        OrderStatus::Voided => Some(Standing::Voided),
        OrderStatus::Unknown(word) => unreadable("order status", word),
    }
}

fn kind(facts: &Facts<'_>) -> Option<Standing> {
    match facts.kind {
        SaleKind::Simple | SaleKind::Advanced => None,
        SaleKind::Service => outside(Outside::NoGoods),
        SaleKind::Unknown(word) => unreadable("type of sale", word),
    }
}

fn channel(trigger: &Trigger, facts: &Facts<'_>) -> Option<Standing> {
    let listed = |names: &[String]| names.iter().any(|name| same(name, facts.channel));
    let goes = match &trigger.channels {
        ChannelRule::Any => true,
        ChannelRule::Only(names) => listed(names),
        ChannelRule::Except(names) => !listed(names),
    };
    if goes {
        None
    } else {
        outside(Outside::ChannelExcluded)
    }
}

fn shipping(facts: &Facts<'_>) -> Option<Standing> {
    match facts.shipping {
        StageStatus::NotAvailable | StageStatus::NotBegun => None,
        StageStatus::InProgress | StageStatus::Partly | StageStatus::Done => {
            outside(Outside::AlreadyShipped)
        }
        StageStatus::Voided => unreadable("shipping status", "VOIDED"),
        StageStatus::Unknown(word) => unreadable("shipping status", word),
    }
}

fn stage(trigger: &Trigger, facts: &Facts<'_>) -> Option<Standing> {
    match trigger.stage {
        TriggerStage::AuthorisedOrder => untouched("picking status", facts.picking)
            .or_else(|| untouched("packing status", facts.packing)),
        TriggerStage::AuthorisedPick => reached("picking status", facts.picking),
        TriggerStage::AuthorisedPack => reached("packing status", facts.packing),
    }
}

/// Nobody has begun the stage. A stage that was voided on a live sale is a person's to
/// judge: it may have been undone so that the warehouse can pick, or for another reason.
fn untouched(what: &str, status: &StageStatus) -> Option<Standing> {
    match status {
        StageStatus::NotAvailable | StageStatus::NotBegun => None,
        StageStatus::InProgress | StageStatus::Partly | StageStatus::Done => {
            outside(Outside::AlreadyPicked)
        }
        StageStatus::Voided => unreadable(what, "VOIDED"),
        StageStatus::Unknown(word) => unreadable(what, word),
    }
}

fn reached(what: &str, status: &StageStatus) -> Option<Standing> {
    match status {
        StageStatus::Done => None,
        StageStatus::NotAvailable
        | StageStatus::NotBegun
        | StageStatus::InProgress
        | StageStatus::Partly => outside(Outside::NotAuthorised),
        StageStatus::Voided => unreadable(what, "VOIDED"),
        StageStatus::Unknown(word) => unreadable(what, word),
    }
}

/// `PAID`, `PREPAID`, `UNPAID` are documented, the others assumed: Cin7's list of these
/// words is known to be incomplete, so a word outside ours is a person's to judge.
fn payment(trigger: &Trigger, facts: &Facts<'_>) -> Option<Standing> {
    const UNPAID: [&str; 12] = [
        "",
        "UNPAID",
        "NOT PAID",
        "NOT AVAILABLE",
        "PARTIALLY PAID",
        "PARTIALLY PREPAID",
        "PARTIALLY REFUNDED",
        "REFUNDED",
        "CREDITED",
        "OVERDUE",
        "DRAFT",
        "VOIDED",
    ];
    let word = facts.payment.trim();
    let is = |known: &&str| word.eq_ignore_ascii_case(known);
    match trigger.payment {
        PaymentRule::Any => None,
        PaymentRule::Paid if ["PAID", "PREPAID"].iter().any(is) => None,
        PaymentRule::Paid if UNPAID.iter().any(is) => outside(Outside::Unpaid),
        PaymentRule::Paid => unreadable("payment status", word),
    }
}

fn on_detail(trigger: &Trigger, sale: &Sale) -> Standing {
    if let Some(line) = trigger.not_before {
        match sale.ordered_on {
            Some(day) if noonish(day) < line => return Standing::Outside(Outside::BeforeStart),
            Some(_) => {}
            None => return Standing::Unreadable("order date is empty".into()),
        }
    }
    match &trigger.attribute {
        Some(rule) if !says(sale, rule) => Standing::Outside(Outside::AttributeMissing),
        Some(_) | None => Standing::Due,
    }
}

fn says(sale: &Sale, rule: &AttributeRule) -> bool {
    usize::from(rule.index)
        .checked_sub(1)
        .and_then(|place| sale.attributes.get(place))
        .is_some_and(|value| same(value, &rule.value))
}

fn noonish(day: NaiveDate) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(HOUR_OF_A_DAY, 0, 0).unwrap_or(NaiveTime::MIN);
    day.and_time(time).and_utc()
}

/// Equal for a person: trimmed, without case.
fn same(one: &str, other: &str) -> bool {
    let lower = |text: &str| text.trim().to_lowercase();
    one.trim() == other.trim() || lower(one) == lower(other)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "reads as a step of a chain of `or_else`"
)]
fn outside(why: Outside) -> Option<Standing> {
    Some(Standing::Outside(why))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "reads as a step of a chain of `or_else`"
)]
fn unreadable(what: &str, word: &str) -> Option<Standing> {
    Some(Standing::Unreadable(format!("{what} {word}")))
}
