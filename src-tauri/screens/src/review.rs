//! Set-up's review: what the first look found, and what going live would do.

use domain::HoldCode;
use domain::trigger::Outside;
use engine::location;
use engine::views::Views;
use store::{NeedCount, OrderState};

use crate::connections::no_location;
use crate::needs::owner_of;
use crate::shapes::{Owner, Review, ReviewHold, TitleCount, UiError};
use crate::text::{clock, counted, grouped};

/// Orders that leave in a minute at most, as Whistl's limits have it.
const A_MINUTE: u32 = 100;

/// What the first look has found so far, and the exact effect of going live now.
///
/// # Errors
/// The store's.
pub fn review(look: &Views<'_>) -> Result<Review, UiError> {
    let reading = look.reading;
    let (to_read, all) = reading.reading_progress()?;
    let by_state = reading.tallies_by_state()?;
    let in_state = |state: OrderState| -> u32 {
        by_state
            .iter()
            .find(|tally| tally.word == state.word())
            .map_or(0, |tally| u32::try_from(tally.count).unwrap_or(u32::MAX))
    };
    let would_send = in_state(OrderState::Waiting).saturating_sub(to_read);
    let would_hold = in_state(OrderState::Held);
    let listed = reading.cursor("sales")?.is_some();
    let place = location::find(reading, look.settings)?;
    let (services, skus) = (
        reading.held_for(&HoldCode::SERVICE)?.len(),
        reading.held_for(&HoldCode::SKU)?.len(),
    );
    let blockers = blockers(look, place.as_ref().err())?;
    let needs: Vec<NeedCount> = reading
        .needs()?
        .into_iter()
        .filter(|need| need.state == Some(OrderState::Held))
        .collect();
    Ok(Review {
        ready: listed && to_read == 0,
        reading: progress(listed, to_read, all),
        would_send,
        would_hold,
        holds: holds(&needs),
        outside: outside(look)?,
        location: place.map_or_else(|_| String::new(), |(_, name)| name),
        unmapped_services: u32::try_from(services).unwrap_or(u32::MAX),
        unmapped_skus: u32::try_from(skus).unwrap_or(u32::MAX),
        go_live_effect: effect(look, would_send, would_hold, to_read)?,
        blockers,
    })
}

fn progress(listed: bool, to_read: u32, all: u32) -> String {
    match (listed, to_read) {
        (false, 0) => "Looking through the sales in Cin7 Core".into(),
        (true, 0) => String::new(),
        (_, to_read) => format!(
            "Reading sales from Cin7 Core: {} of {}",
            grouped(i64::from(all.saturating_sub(to_read))),
            grouped(i64::from(all))
        ),
    }
}

/// What would be held, an order under its first cause, the most first.
fn holds(needs: &[NeedCount]) -> Vec<ReviewHold> {
    let mut holds: Vec<ReviewHold> = Vec::new();
    for need in needs {
        let word = need.cause.map_or("", HoldCode::word);
        let owner = owner_of(need.owner.word()).unwrap_or(Owner::Office);
        let count = u32::try_from(need.count).unwrap_or(u32::MAX);
        match holds
            .iter_mut()
            .find(|hold| hold.cause == word && hold.owner == owner)
        {
            Some(hold) => hold.count += count,
            None => holds.push(ReviewHold {
                cause: word.into(),
                title: engine::words::capital(&engine::words::hold(word)),
                count,
                owner,
            }),
        }
    }
    holds.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.cause.cmp(&b.cause)));
    holds
}

fn outside(look: &Views<'_>) -> Result<Vec<TitleCount>, UiError> {
    let mut outside: Vec<TitleCount> = look
        .reading
        .tallies_by_outside()?
        .into_iter()
        .map(|tally| TitleCount {
            title: if Outside::from_word(&tally.word).is_some() || tally.word == "voided" {
                engine::words::outside(&tally.word)
            } else {
                engine::words::capital(&engine::words::plain(&tally.word))
            },
            count: u32::try_from(tally.count).unwrap_or(u32::MAX),
        })
        .collect();
    outside.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.title.cmp(&b.title)));
    Ok(outside)
}

/// What is in the way, as sentences.
fn blockers(
    look: &Views<'_>,
    no_place: Option<&location::NoLocation>,
) -> Result<Vec<String>, UiError> {
    let mut blockers = Vec::new();
    for (vendor, name) in [("cin7", "Cin7 Core"), ("whistl", "Whistl")] {
        let health = look.reading.vendor(vendor)?;
        if !health.stopped.is_empty() {
            blockers.push(format!("{name} refuses the key: enter a valid one."));
        } else if look.settings.text(&format!("{vendor}.base_url")).is_empty() {
            blockers.push(format!("{name} is not connected."));
        } else if health.last_good.is_none() {
            blockers.push(format!("{name} has not answered yet: connect it first."));
        }
    }
    blockers.extend(no_place.map(no_location));
    Ok(blockers)
}

/// What going live does, to the order.
fn effect(
    look: &Views<'_>,
    would_send: u32,
    would_hold: u32,
    to_read: u32,
) -> Result<Vec<String>, UiError> {
    let mut effect = Vec::new();
    let (is, leaves) = if would_send == 1 {
        ("is", "It leaves")
    } else {
        ("are", "They leave")
    };
    if would_send == 0 {
        effect.push("Nothing is sent at once: no order is ready.".to_owned());
    } else {
        let minutes = would_send.div_ceil(A_MINUTE);
        let within = if minutes <= 1 {
            "within a minute".to_owned()
        } else {
            format!("over about {minutes} minutes")
        };
        let order = if would_send == 1 {
            ""
        } else {
            ", the most urgent first"
        };
        effect.push(format!(
            "{} {is} sent to Whistl {within}{order}.",
            counted(would_send, "order", "orders")
        ));
        if let Some(oldest) = look.reading.oldest_to_send()? {
            let at = clock(oldest, look.now, look.settings.zone());
            let days = (look.now - oldest).num_days();
            if days >= 2 {
                effect.push(format!(
                    "The oldest was authorised on {at}, {days} days ago. {leaves} unless you set a start date under Settings, Release trigger.",
                ));
            }
        }
    }
    if would_hold > 0 {
        effect.push(format!(
            "{} {} held until put right.",
            counted(would_hold, "order", "orders"),
            if would_hold == 1 { "stays" } else { "stay" }
        ));
    }
    if to_read > 0 {
        effect.push(format!(
            "{} still being read; each is sent or held as soon as it is.",
            if to_read == 1 {
                "1 sale is".to_owned()
            } else {
                format!("{} sales are", grouped(i64::from(to_read)))
            }
        ));
    }
    effect.push(
        "From then on a sale that is due and passes every check is sent by itself.".to_owned(),
    );
    Ok(effect)
}
