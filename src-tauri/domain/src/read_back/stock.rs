//! A posted stock document against what stands under its id.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Difference, Fields, differences};
use crate::ProductId;

/// A stock adjustment or a write-off, as it was posted or as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockPaper {
    /// Whether it is completed; else the word for how it stands.
    pub status: Result<(), String>,
    /// Code of the account; "" where it was left to Cin7, or is not told.
    pub account: String,
    /// The day it is booked on; none where that cannot be read.
    pub effective: Option<NaiveDate>,
    /// Products with their SKUs, and the level that was set or the units that were taken away.
    pub lines: Vec<(ProductId, String, Decimal)>,
}

/// How a stock document differs from what was posted. What was left to Cin7 is not compared.
pub fn stock(posted: &StockPaper, now: &StockPaper) -> Vec<Difference> {
    if let Err(word) = &now.status {
        // One that is taken back shows no lines.
        return vec![Difference::new("status", "completed", word.as_str())];
    }
    let mut found = Vec::new();
    if !posted.account.is_empty() && posted.account != now.account {
        found.push(Difference::new("account", &*posted.account, &*now.account));
    }
    if posted.effective != now.effective {
        let told = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        found.push(Difference::new(
            "day it is booked on",
            told(posted.effective),
            told(now.effective),
        ));
    }
    found.extend(differences(&lines(posted), &lines(now)));
    found
}

fn lines(paper: &StockPaper) -> Fields {
    let mut sums: BTreeMap<&ProductId, (&str, Decimal)> = BTreeMap::new();
    for (product, sku, units) in &paper.lines {
        let sum = sums.entry(product).or_insert((sku, Decimal::ZERO));
        sum.1 = sum.1.saturating_add(*units);
    }
    sums.into_iter()
        .map(|(product, (sku, sum))| {
            let title = format!("quantity of {sku}");
            (
                product.as_str().to_owned(),
                (title, sum.normalize().to_string()),
            )
        })
        .collect()
}
