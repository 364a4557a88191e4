//! What the merchant has set about stock, as the rules that adjustments are judged and
//! posted by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::adjustment::{
    Account, Accounts, AdjustmentReason, Ceiling, Decreases, LargeFalls, OtherReasons,
    PostingRules, TreatmentRules,
};
use rust_decimal::Decimal;
use store::MapRow;

use super::Settings;

impl Settings {
    /// What is posted by itself, and what waits for a person.
    pub fn treatment(&self) -> TreatmentRules {
        let limit = |key: &str| {
            u64::try_from(self.whole(key))
                .ok()
                .filter(|limit| *limit > 0)
        };
        let share = limit("adjust.limit_percent").map(Decimal::from);
        TreatmentRules {
            falls: Ceiling {
                units: limit("adjust.limit_units"),
                value: limit("adjust.limit_value").map(Decimal::from),
                share,
            },
            rises: Ceiling {
                units: limit("adjust.rise_units"),
                value: limit("adjust.rise_value").map(Decimal::from),
                share,
            },
            always_approve: self.flag("adjust.always_approve"),
            large_falls: match self.text("adjust.large_falls").as_str() {
                "post" => LargeFalls::PostThenLook,
                _ => LargeFalls::Wait,
            },
            decide: self
                .texts("adjust.decide")
                .iter()
                .map(|word| AdjustmentReason::parse(word))
                .collect::<BTreeSet<_>>(),
            other_reasons: OtherReasons::Decide,
        }
    }

    /// What documents are made by, on that day of the merchant's, with that lock.
    pub fn posting(
        &self,
        reasons: &[MapRow],
        today: NaiveDate,
        locked_until: Option<NaiveDate>,
    ) -> PostingRules {
        let by_reason: BTreeMap<AdjustmentReason, Account> = reasons
            .iter()
            .filter_map(|row| {
                let account = Account::parse(&row.to).ok()?;
                Some((AdjustmentReason::parse(&row.from), account))
            })
            .collect();
        PostingRules {
            accounts: Accounts {
                by_reason,
                other: Account::parse(&self.text("adjust.account")).ok(),
            },
            decreases: match self.text("adjust.decreases").as_str() {
                "adjustment" => Decreases::Adjustment,
                _ => Decreases::WriteOff,
            },
            zone: self.zone(),
            today,
            locked_until,
        }
    }
}
