//! One line of a list: what the order is, how it stands, the first reason, and how near the
//! time is by which it must leave.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use engine::views::{Views, time};
use engine::words::{self, capital};
use store::{HoldRow, OrderState, SaleKey, SaleRow, Standing, Tab};

use super::groups::midnight;
use crate::marks::{icon_of, icon_of_cause, tone_of};
use crate::shapes::{OrderRow, Tone, UiError};

/// How near its time an order that goes by itself is shown as pressing.
const PRESSING: Duration = Duration::hours(1);

/// The row of one order, as it is now.
pub(crate) fn row(look: &Views<'_>, sale: SaleKey) -> Result<OrderRow, UiError> {
    let row = look.reading.sale_row(sale)?;
    let holds = look.reading.holds(sale)?;
    let customer = look.customer(sale)?;
    let zone = look.settings.zone();
    Ok(order_row(
        &row,
        &holds,
        customer,
        due_tone(&row, look.now, zone),
    ))
}

fn order_row(row: &SaleRow, holds: &[HoldRow], customer: String, due_tone: Tone) -> OrderRow {
    OrderRow {
        number: row.number.to_string(),
        customer,
        state: state_word(&row.standing).into(),
        state_title: state_title(&row.standing),
        tone: tone_of(&row.standing, row.owner.is_some()),
        icon: holds
            .first()
            .map_or_else(|| icon_of(&row.standing), |h| icon_of_cause(h.reason.code)),
        reason: holds.first().map(reason).unwrap_or_default(),
        more: u32::try_from(holds.len().saturating_sub(1)).unwrap_or(u32::MAX),
        owner: row.owner.map(Into::into),
        ship_by: row.ship_by.map(time),
        due_tone,
        next_at: row.next_at.map(time),
        value: format!("{:.2}", row.value),
        currency: row.currency.clone(),
        channel: row.channel.clone(),
        put_off_until: row.put_off_until.map(time),
        at: time(row.changed_at),
    }
}

/// The stable word of where a sale stands.
pub(crate) fn state_word(standing: &Standing) -> &str {
    match standing {
        Standing::In(state) => state.word(),
        Standing::Outside(_) => "outside",
    }
}

/// Where a sale stands, in words.
pub(crate) fn state_title(standing: &Standing) -> String {
    match standing {
        Standing::In(OrderState::Held) => "Held before sending".into(),
        Standing::In(state) => capital(&words::state(state.word())),
        Standing::Outside(_) => "Not due".into(),
    }
}

/// A hold in one line: the cause, and the value it is about.
pub(crate) fn reason(hold: &HoldRow) -> String {
    let cause = capital(&words::hold(hold.reason.code.word()));
    let value = hold.reason.value.split_whitespace().collect::<Vec<_>>();
    if value.is_empty() {
        cause
    } else {
        format!("{cause}: {}", value.join(" "))
    }
}

/// How near the time is by which it must leave, while it has not. What goes by itself presses
/// only in its last hour.
fn due_tone(row: &SaleRow, now: DateTime<Utc>, zone: Tz) -> Tone {
    use OrderState as S;
    let Standing::In(S::Held | S::Waiting | S::Sending | S::Unclear | S::Rejected | S::Blocked) =
        row.standing
    else {
        return Tone::Plain;
    };
    let Some(by) = row.ship_by else {
        return Tone::Plain;
    };
    let needs_someone = Tab::of(&row.standing, row.owner) == Some(Tab::NeedsYou);
    let today = now.with_timezone(&zone).date_naive();
    if by <= now || (needs_someone && by < midnight(today, 1, zone)) {
        Tone::Stop
    } else if by - now <= PRESSING || (needs_someone && by < midnight(today, 2, zone)) {
        Tone::Warn
    } else {
        Tone::Plain
    }
}
