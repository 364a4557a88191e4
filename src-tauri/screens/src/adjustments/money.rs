//! What an adjustment is worth, and what it does to the level in Cin7 Core: as posted, or as
//! far as both are known before.

use chrono::{DateTime, Utc};
use engine::views::Views;
use rust_decimal::Decimal;
use store::{AdjustmentRow, AdjustmentState, DocumentState, StoreFault};

use crate::text::clock;

/// What one unit costs by Cin7 Core.
pub(super) struct Cost {
    pub(super) each: Decimal,
    /// When that was read.
    pub(super) read: Option<DateTime<Utc>>,
}

/// The cost of one as posted, else as it is now; none where Cin7 Core gives none.
pub(super) fn cost(look: &Views<'_>, row: &AdjustmentRow) -> Result<Option<Cost>, StoreFault> {
    if let Some(each) = row.unit_cost {
        let read = row.cost_at;
        return Ok((!each.is_zero()).then_some(Cost { each, read }));
    }
    let Some(id) = &row.product else {
        return Ok(None);
    };
    let product = look.reading.product(id.as_str())?;
    let read = look.reading.reference_age("products")?;
    // Cin7 gives a cost that it does not know as 0.
    Ok(product
        .map(|product| product.cost)
        .filter(|each| !each.is_zero())
        .map(|each| Cost { each, read }))
}

/// Units at cost with their sign, as text with two decimals; "" where the cost is not known.
pub(super) fn value(look: &Views<'_>, row: &AdjustmentRow) -> Result<String, StoreFault> {
    Ok(cost(look, row)?.map_or_else(String::new, |cost| {
        format!("{:.2}", (cost.each * Decimal::from(row.units)).round_dp(2))
    }))
}

/// The level that Cin7 Core was last seen to have of the product, and when: that of the last
/// document which was read back. Other people move stock too, so it is no promise.
pub(super) fn last_level(
    look: &Views<'_>,
    row: &AdjustmentRow,
) -> Result<Option<(Decimal, DateTime<Utc>)>, StoreFault> {
    let Some(product) = &row.product else {
        return Ok(None);
    };
    let documents = look.reading.documents_of_product(product, 10)?;
    Ok(documents
        .iter()
        .filter(|document| matches!(document.state, DocumentState::Done | DocumentState::Unmoved))
        .find_map(|document| {
            let line = document
                .lines
                .iter()
                .find(|line| line.product == *product)?;
            Some((line.seen.or(line.after)?, document.completed_at?))
        }))
}

/// What it did to the level, or what it would do as far as that is known, as a sentence.
pub(super) fn level(look: &Views<'_>, row: &AdjustmentRow) -> Result<String, StoreFault> {
    if let (Some(before), Some(after)) = (row.before, row.after) {
        return Ok(format!(
            "Cin7 Core went from {} to {}.",
            figure(before),
            figure(after)
        ));
    }
    match row.state {
        AdjustmentState::Dismissed | AdjustmentState::AlreadyInCin7 | AdjustmentState::Recorded => {
            return Ok(String::new());
        }
        AdjustmentState::New
        | AdjustmentState::NeedsApproval
        | AdjustmentState::Posting
        | AdjustmentState::Unclear
        | AdjustmentState::Posted
        | AdjustmentState::Failed => {}
    }
    would(look, row)
}

/// What posting it would do to the level.
pub(super) fn would(look: &Views<'_>, row: &AdjustmentRow) -> Result<String, StoreFault> {
    Ok(match last_level(look, row)? {
        Some((level, at)) => format!(
            "Cin7 Core had {} when its level was last read, at {}: from that it would go to {}. The level is read again just before posting.",
            figure(level),
            clock(at, look.now, look.settings.zone()),
            figure(level + Decimal::from(row.units)),
        ),
        None => "What Cin7 Core has now is read just before posting.".into(),
    })
}

/// A level as it is read: no needless decimals, a real minus sign.
pub(super) fn figure(level: Decimal) -> String {
    level.normalize().to_string().replace('-', "−")
}
