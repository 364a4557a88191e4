//! Parcels: what a carrier was handed, and how a despatch's goods are spread over them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Grams of an empty box, and of one unit in it. The account keeps no weights (assumed).
const BOX_G: i64 = 120;
const UNIT_G: i64 = 200;

/// Units of one line in one parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    pub(super) line_no: u64,
    pub(super) sku: String,
    pub(super) quantity: i64,
}

/// One parcel (contract, section 2.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Parcel {
    pub(super) carrier_code: String,
    pub(super) carrier_name: String,
    pub(super) service_code: String,
    /// None, one or several; the same number on two parcels is legal (section 9.6).
    pub(super) tracking_numbers: Vec<String>,
    pub(super) tracking_url: Option<String>,
    pub(super) contents: Vec<Content>,
}

impl Parcel {
    /// The parcel as the feed gives it, under its number within the despatch.
    pub(super) fn listing(&self, number: usize) -> Value {
        let units: i64 = self.contents.iter().map(|content| content.quantity).sum();
        let contents: Vec<Value> = self
            .contents
            .iter()
            .map(|content| {
                json!({
                    "line_no": content.line_no,
                    "sku": content.sku,
                    "quantity": content.quantity,
                })
            })
            .collect();
        json!({
            "parcel_no": number,
            "carrier_code": self.carrier_code,
            "carrier_name": self.carrier_name,
            "service_code": self.service_code,
            "tracking_numbers": self.tracking_numbers,
            "tracking_url": self.tracking_url,
            "weight_g": BOX_G + units * UNIT_G,
            "contents": contents,
        })
    }

    /// Gives it tracking numbers, and the address that shows the first of them.
    pub(super) fn track(&mut self, numbers: Vec<String>) {
        self.tracking_url = numbers.first().map(|number| tracking_page(number));
        self.tracking_numbers = numbers;
    }
}

/// Where a parcel can be followed (recorded samples).
fn tracking_page(number: &str) -> String {
    format!("https://track.example.invalid/{number}")
}

/// A carrier's name for people, as the recorded samples have it; its code if it is none
/// of theirs.
pub(super) fn carrier_name(code: &str) -> &str {
    match code {
        "RMT" => "Royal Mail",
        other => other,
    }
}

/// Spreads goods over parcels in the order of the lines, as evenly as whole units go; with
/// more parcels than units the last ones say nothing of their contents.
pub(super) fn spread(goods: &[Content], parcels: usize) -> Vec<Vec<Content>> {
    let mut queue: std::collections::VecDeque<Content> = goods
        .iter()
        .filter(|content| content.quantity > 0)
        .cloned()
        .collect();
    let mut left: i64 = queue.iter().map(|content| content.quantity).sum();
    let mut spread = Vec::with_capacity(parcels);
    for place in 0..parcels {
        let to_come = i64::try_from(parcels - place).unwrap_or(1);
        let mut room = left.div_euclid(to_come) + i64::from(left.rem_euclid(to_come) > 0);
        left -= room;
        let mut contents = Vec::new();
        while room > 0
            && let Some(mut next) = queue.pop_front()
        {
            let here = next.quantity.min(room);
            room -= here;
            contents.push(Content {
                quantity: here,
                ..next.clone()
            });
            next.quantity -= here;
            if next.quantity > 0 {
                queue.push_front(next);
            }
        }
        spread.push(contents);
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goods(quantities: &[i64]) -> Vec<Content> {
        let numbered = (1..).zip(quantities);
        numbered
            .map(|(line_no, quantity)| Content {
                line_no,
                sku: format!("SKU{line_no}"),
                quantity: *quantity,
            })
            .collect()
    }

    fn shape(spread: &[Vec<Content>]) -> Vec<Vec<(u64, i64)>> {
        let row = |contents: &Vec<Content>| -> Vec<(u64, i64)> {
            contents.iter().map(|c| (c.line_no, c.quantity)).collect()
        };
        spread.iter().map(row).collect()
    }

    #[test]
    fn every_unit_is_in_exactly_one_parcel() {
        let two = spread(&goods(&[2, 0, 3]), 2);
        assert_eq!(shape(&two), [vec![(1, 2), (3, 1)], vec![(3, 2)]]);
        assert_eq!(shape(&spread(&goods(&[2, 4]), 1)), [vec![(1, 2), (2, 4)]]);
    }

    #[test]
    fn parcels_beyond_the_units_say_nothing_of_their_contents() {
        let four = spread(&goods(&[2]), 4);
        assert_eq!(shape(&four), [vec![(1, 1)], vec![(1, 1)], vec![], vec![]]);
    }
}
