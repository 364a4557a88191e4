//! The hold cards: a sentence, a marked value, a fix, and what can be done about it here.

use domain::HoldCode;
use engine::views::{Views, time};
use engine::words::{self, capital};
use store::{HoldRow, ServiceRow};

use super::offers::offers;
use super::place::{label, way};
use super::sentences::said;
use crate::marks::{icon_of_cause, tone_of_cause};
use crate::shapes::{HoldCard, Mark, UiError};
use crate::text::sentence;

/// The cards of these holds, in their order.
pub(super) fn cards(
    look: &Views<'_>,
    holds: &[HoldRow],
    services: &[ServiceRow],
) -> Result<Vec<HoldCard>, UiError> {
    let skus: Vec<&str> = holds
        .iter()
        .filter(|hold| HoldCode::SKU.contains(&hold.reason.code))
        .map(|hold| hold.reason.value.as_str())
        .collect();
    let fitting = look.suggested(&skus)?;
    let fits = |value: &str| {
        let found = skus.iter().position(|sku| *sku == value)?;
        fitting.get(found)?.as_deref()
    };
    Ok(holds
        .iter()
        .map(|hold| card(hold, fits(&hold.reason.value), services))
        .collect())
}

fn card(hold: &HoldRow, fits: Option<&str>, services: &[ServiceRow]) -> HoldCard {
    let reason = &hold.reason;
    HoldCard {
        code: reason.code.word().into(),
        title: capital(&words::hold(reason.code.word())),
        sentence: said(reason),
        icon: icon_of_cause(reason.code),
        tone: tone_of_cause(reason.code),
        owner: reason.owner.into(),
        where_label: label(&reason.field),
        path: way(&reason.field),
        value: reason.value.clone(),
        marks: marks(&reason.value, &reason.marks),
        fix: sentence(&words::sentence(&reason.fix)),
        since: time(hold.since),
        offers: offers(hold, fits, services),
    }
}

/// Ranges of characters as ranges of UTF-16 code units, by which the page counts.
fn marks(value: &str, ranges: &[(usize, usize)]) -> Vec<Mark> {
    let mut starts: Vec<u32> = vec![0];
    for letter in value.chars() {
        let units = u32::try_from(letter.len_utf16()).unwrap_or(1);
        starts.push(starts.last().copied().unwrap_or_default() + units);
    }
    let at = |index: usize| starts.get(index).or(starts.last()).copied();
    ranges
        .iter()
        .filter_map(|(from, to)| Some(Mark(at(*from)?, at(*to)?)))
        .filter(|mark| mark.0 < mark.1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_as_the_page_counts() {
        let sku = "A😀-B";
        assert_eq!(marks(sku, &[(1, 2), (2, 3)]), [Mark(1, 3), Mark(3, 4)]);
    }

    #[test]
    fn marks_beyond_a_value_that_has_gone_are_left_out() {
        assert_eq!(marks("•••", &[(4, 5), (1, 9)]), [Mark(1, 3)]);
    }
}
