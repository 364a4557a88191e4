//! One failing carrier: whether what waits or fails goes by one carrier while what others
//! carry comes through. Named only where that is plain, since it sends somebody looking.

use store::ByCarrier;

/// Fewer may share a carrier by chance.
const FEWEST: i64 = 5;

/// Things that wait or fail alike, held against the carrier that most of them go by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneCarrier {
    /// The carrier, under the name Cin7 has for it where it has one.
    pub name: String,
    /// How many of them go by it.
    pub share: i64,
    /// How many there are.
    pub all: i64,
    /// Despatches by it that Cin7 was told of meanwhile.
    pub told: i64,
    /// Despatches by other carriers that Cin7 was told of meanwhile.
    pub told_of_others: i64,
}

impl OneCarrier {
    /// The carrier that all or nearly all of these go by, if there are enough of them to mean
    /// something. Whether others come through is still to be looked up.
    pub fn among(carriers: &[ByCarrier]) -> Option<(&ByCarrier, Self)> {
        let most = carriers.iter().max_by_key(|one| one.count)?;
        let all: i64 = carriers.iter().map(|one| one.count).sum();
        let shared = Self {
            name: most.carrier.clone(),
            share: most.count,
            all,
            ..Self::default()
        };
        (shared.is_shared() && !most.carrier.is_empty()).then_some((most, shared))
    }

    /// Nine in ten, and enough of them.
    fn is_shared(&self) -> bool {
        self.share >= FEWEST && self.share * 10 >= self.all * 9
    }

    /// Whether it is the carrier that fails: others come through meanwhile, and at least as
    /// often. Where it carries nearly everything, nearly everything that fails goes by it too.
    pub fn is_plain(&self) -> bool {
        self.is_shared() && self.told_of_others > 0 && self.told_of_others >= self.told
    }

    /// What is plain, to go on after a semicolon: `all 8 go by DPD, while …`. `which` follows
    /// the number where others are spoken of too, with a blank before it.
    pub(super) fn said(&self, which: &str, meanwhile: &str) -> Option<String> {
        let them = if self.share == self.all {
            format!("all {}{which}", self.all)
        } else {
            format!("{} of the {}{which}", self.share, self.all)
        };
        self.is_plain()
            .then(|| format!("{them} go by {}, while {meanwhile}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    fn by(carrier: &str, count: i64) -> ByCarrier {
        ByCarrier {
            carrier: carrier.into(),
            count,
            oldest: DateTime::<Utc>::UNIX_EPOCH,
        }
    }

    fn most(carriers: &[ByCarrier]) -> Option<(String, i64, i64)> {
        let (_, shared) = OneCarrier::among(carriers)?;
        Some((shared.name, shared.share, shared.all))
    }

    #[test]
    fn a_carrier_is_looked_at_from_five_on_and_where_nine_in_ten_share_it() {
        assert_eq!(most(&[]), None);
        assert_eq!(most(&[by("DPD", 4)]), None);
        assert_eq!(most(&[by("DPD", 5)]), Some(("DPD".into(), 5, 5)));
        assert_eq!(most(&[by("DPD", 8), by("RMT", 1)]), None);
        let ten = [by("RMT", 1), by("DPD", 9)];
        assert_eq!(most(&ten), Some(("DPD".into(), 9, 10)));
        let unnamed = [by("", 9), by("DPD", 1)];
        assert_eq!(most(&unnamed), None, "of these no carrier is known");
    }

    #[test]
    fn it_is_named_only_where_others_come_through_and_no_less_often() {
        let said = |told, told_of_others| {
            let one = OneCarrier {
                name: "DPD".into(),
                share: 9,
                all: 10,
                told,
                told_of_others,
            };
            one.said("", "others’ are told")
        };
        assert_eq!(said(0, 0), None, "nobody's are told");
        assert_eq!(said(3, 2), None, "its own are told more often");
        let plain = "9 of the 10 go by DPD, while others’ are told";
        assert_eq!(said(0, 1).as_deref(), Some(plain));
        assert_eq!(said(2, 2).as_deref(), Some(plain));
    }
}
