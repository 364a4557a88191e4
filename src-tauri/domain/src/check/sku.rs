//! From the SKU on a line of the sale to the one Whistl knows, or why there is none:
//! map entry, characters, length, collision, item list.
//!
//! A SKU is never bent to fit. What it might have been meant to be is offered in the
//! fix, and a person decides.

use super::findings::{Findings, list, office};
use super::letters::{describe, look_alike};
use super::spelling::{called, cure, shown, swapped};
use super::text::{Mark, marks_of, whole};
use crate::{
    HoldCode, ItemStanding, Known, NoteCode, Product, ProductStanding, Reason, Rules, Sku,
    WhistlSku,
};

/// What a SKU that cannot go as it is may have been meant to be: the one on Whistl's list
/// that remains when look-alikes are retyped and refused characters dropped, in its own case
/// or else in capitals or small letters, or when O and nought are exchanged. None where nothing fits, or where another SKU already goes under it.
pub fn suggested(raw: &str, rules: &Rules, known: &dyn Known) -> Option<WhistlSku> {
    let sku = Sku::parse(raw).ok()?;
    let line = LineSku {
        index: 0,
        raw,
        product: None,
        rules,
        known,
    };
    let cleaned = line.cleaned();
    [cleaned.to_ascii_uppercase(), cleaned.to_ascii_lowercase()]
        .iter()
        .fold(line.if_listed(&cleaned), |found, other_case| {
            found.or_else(|| line.if_listed(other_case))
        })
        .filter(|meant| meant.as_str() != raw)
        .or_else(|| line.misread().map(|(_, other, _)| other))
        .filter(|meant| known.rival(meant, &sku).is_none())
}

/// One line's SKU under examination.
pub(crate) struct LineSku<'a> {
    /// Place of the line in the sale, from 0.
    pub(crate) index: usize,
    /// The SKU to the letter.
    pub(crate) raw: &'a str,
    /// Cin7's product of the line, if known.
    pub(crate) product: Option<&'a Product>,
    /// The account's rules.
    pub(crate) rules: &'a Rules,
    /// The world.
    pub(crate) known: &'a dyn Known,
}

impl LineSku<'_> {
    /// Whistl's SKU for the line. `None` when it has none, with the reasons found; a SKU
    /// that Whistl lacks or has switched off is given back along with its reason, so that
    /// quantities can still be summed.
    pub(crate) fn resolve(&self, findings: &mut Findings) -> Option<WhistlSku> {
        let parsed;
        let present = self.product.map(|product| &product.sku);
        let sku = if let Some(sku) = present.filter(|sku| sku.as_str() == self.raw) {
            sku
        } else if let Ok(sku) = Sku::parse(self.raw) {
            parsed = sku;
            &parsed
        } else {
            findings.hold(self.missing());
            return None;
        };
        let whistl = match self.known.mapped(sku) {
            Some(entry) => self.mapped(entry, findings)?,
            None => self.itself(sku, findings)?,
        };
        if let Some(rival) = self.known.rival(&whistl, sku) {
            findings.hold(self.collision(rival.as_str(), &whistl));
            return None;
        }
        self.listed(&whistl, findings);
        Some(whistl)
    }

    /// Two Cin7 SKUs that would be one at Whistl; the goods could not be told apart.
    pub(crate) fn collision(&self, other: &str, whistl: &WhistlSku) -> Reason {
        let fix = format!(
            "{} and {} would both be {whistl} at Whistl: map one of them to another Whistl SKU.",
            shown(self.raw),
            shown(other),
        );
        self.because(
            HoldCode::SkuCollision,
            whole(self.raw),
            "a Whistl SKU of its own",
            fix,
        )
    }

    fn because(
        &self,
        code: HoldCode,
        marks: Vec<Mark>,
        expected: impl Into<String>,
        fix: impl Into<String>,
    ) -> Reason {
        let field = format!("Order.Lines[{}].SKU", self.index);
        office(code, field, self.raw, marks, expected, fix)
    }

    fn missing(&self) -> Reason {
        self.because(
            HoldCode::SkuMissing,
            whole(self.raw),
            "a SKU",
            format!(
                "Give line {} of the sale a product in Cin7 Core.",
                self.index + 1
            ),
        )
    }

    /// A map entry must pass the rule too: the rule may have been tightened since.
    fn mapped(&self, entry: &WhistlSku, findings: &mut Findings) -> Option<WhistlSku> {
        let (code, fault) = match WhistlSku::parse(entry.as_str(), &self.rules.sku) {
            Ok(sku) => return Some(sku),
            Err(bad) if bad.is_empty() => (HoldCode::SkuTooLong, self.at_most()),
            Err(bad) => {
                let signs = list(bad.into_iter().map(describe), "and");
                (HoldCode::SkuInvalidCharacters, format!("no {signs}"))
            }
        };
        let fix = format!(
            "Change the map entry of {} from {}: Whistl takes {fault} in a SKU.",
            shown(self.raw),
            shown(entry.as_str()),
        );
        findings.hold(self.because(code, whole(self.raw), self.rule_in_words(), fix));
        None
    }

    /// Without a map entry the SKU must do as it is.
    fn itself(&self, sku: &Sku, findings: &mut Findings) -> Option<WhistlSku> {
        match WhistlSku::parse(self.raw, &self.rules.sku) {
            Ok(_) if !self.rules.sku_may_map_to_itself => {
                let fix = format!("Map {} to a Whistl SKU.", shown(self.raw));
                let marks = whole(self.raw);
                findings.hold(self.because(HoldCode::SkuUnmapped, marks, "a map entry", fix));
                None
            }
            Ok(whistl) => Some(whistl),
            Err(bad) => {
                if !bad.is_empty() {
                    findings.hold(self.invalid(sku));
                }
                let length = self.raw.chars().count() - bad.len();
                if length > self.rules.sku.max_len {
                    findings.hold(self.too_long(length));
                }
                None
            }
        }
    }

    fn invalid(&self, sku: &Sku) -> Reason {
        let rule = &self.rules.sku;
        let bad: Vec<(usize, char)> = self
            .raw
            .chars()
            .enumerate()
            .filter(|&(_, c)| !rule.allows(c))
            .collect();
        let map_to = match self
            .meant()
            .filter(|meant| self.known.rival(meant, sku).is_none())
        {
            Some(meant) => format!("{meant}, which Whistl lists"),
            None => "a Whistl SKU".into(),
        };
        let fix = format!(
            "{} the SKU in Cin7 Core, or map {} to {map_to}.",
            cure(self.raw, &bad),
            shown(self.raw),
        );
        let marks = marks_of(bad.into_iter().map(|(at, _)| at));
        self.because(
            HoldCode::SkuInvalidCharacters,
            marks,
            self.rule_in_words(),
            fix,
        )
    }

    /// What the SKU would be with look-alikes retyped and the rest of the refused
    /// characters gone, if Whistl lists that.
    fn meant(&self) -> Option<WhistlSku> {
        self.if_listed(&self.cleaned())
    }

    fn cleaned(&self) -> String {
        let rule = &self.rules.sku;
        self.raw
            .chars()
            .map(|c| {
                if rule.allows(c) {
                    c
                } else {
                    look_alike(c).unwrap_or(c)
                }
            })
            .filter(|&c| rule.allows(c))
            .collect()
    }

    fn if_listed(&self, text: &str) -> Option<WhistlSku> {
        WhistlSku::parse(text, &self.rules.sku)
            .ok()
            .filter(|sku| self.known.item(sku) == ItemStanding::Active)
    }

    fn too_long(&self, length: usize) -> Reason {
        let max = self.rules.sku.max_len;
        let end = self.raw.chars().count();
        let expected = format!("at most {max} characters; this has {length} of {max}");
        let fix = format!(
            "Map {} to a Whistl SKU of at most {max} characters ({length} of {max}), or shorten it \
             in Cin7 Core.",
            shown(self.raw),
        );
        self.because(
            HoldCode::SkuTooLong,
            vec![(max.min(end), end)],
            expected,
            fix,
        )
    }

    /// What the item list and Cin7's own product say of it.
    fn listed(&self, whistl: &WhistlSku, findings: &mut Findings) {
        match self.known.item(whistl) {
            ItemStanding::Active | ItemStanding::ListUnknown => {}
            ItemStanding::Absent => {
                findings.hold_if(self.rules.item_list, self.unknown(whistl));
            }
            ItemStanding::Inactive => {
                let fix = format!(
                    "Have Whistl switch {whistl} on again, or take {} off the sale in Cin7 Core.",
                    shown(self.raw),
                );
                findings.hold_if(self.rules.item_list, self.inactive("active at Whistl", fix));
            }
        }
        if self
            .product
            .is_some_and(|p| p.standing == ProductStanding::Deprecated)
        {
            let fix = format!(
                "Make {} active again in Cin7 Core, where it is deprecated, or take it off the sale.",
                shown(self.raw),
            );
            findings.hold_if(
                self.rules.item_list,
                self.inactive("active in Cin7 Core", fix),
            );
        }
    }

    fn inactive(&self, expected: &str, fix: String) -> Reason {
        self.because(HoldCode::SkuInactive, whole(self.raw), expected, fix)
    }

    fn unknown(&self, whistl: &WhistlSku) -> Reason {
        let code = HoldCode::SkuUnknownAtWhistl;
        let expected = "a SKU on Whistl's item list";
        if whistl.as_str() == self.raw
            && let Some((places, other, hint)) = self.misread()
        {
            let fix = format!(
                "Whistl lists {other}, not {whistl}: {hint}; correct the SKU in Cin7 Core or map it.",
            );
            return self.because(code, marks_of(places), expected, fix);
        }
        let renamed = match self.product {
            Some(product) if product.sku.as_str() != self.raw => {
                format!(
                    " (Cin7 Core calls the product {} now)",
                    shown(product.sku.as_str())
                )
            }
            _ => String::new(),
        };
        let fix = if whistl.as_str() == self.raw {
            format!(
                "Have Whistl set {whistl} up, or map {} to a SKU Whistl lists{renamed}.",
                shown(self.raw)
            )
        } else {
            format!(
                "Have Whistl set {whistl} up, or map {} to another Whistl SKU{renamed}.",
                shown(self.raw)
            )
        };
        self.because(code, whole(self.raw), expected, fix)
    }

    /// The places where a letter O stands for a nought, or the other way about, and the SKU that
    /// Whistl lists when they are changed: one of them at a time, then all of one sort.
    fn misread(&self) -> Option<(Vec<usize>, WhistlSku, String)> {
        let letters: Vec<char> = self.raw.chars().collect();
        let places = |of: fn(char) -> bool| -> Vec<usize> {
            letters
                .iter()
                .enumerate()
                .filter(|&(_, &c)| of(c))
                .map(|(at, _)| at)
                .collect()
        };
        let either = places(|c| swapped(c).is_some());
        let all_of_a_sort = [
            places(|c| c.eq_ignore_ascii_case(&'o')),
            places(|c| c == '0'),
        ];
        let tries = either.into_iter().map(|at| vec![at]).chain(all_of_a_sort);
        for changed in tries.filter(|changed| !changed.is_empty()) {
            let text: String = letters
                .iter()
                .enumerate()
                .map(|(at, &c)| {
                    if changed.contains(&at) {
                        swapped(c).unwrap_or(c)
                    } else {
                        c
                    }
                })
                .collect();
            if let Some(other) = self.if_listed(&text) {
                let hint = list(
                    changed.iter().map(|&at| {
                        let (is, not) = (letters[at], swapped(letters[at]).unwrap_or(letters[at]));
                        format!(
                            "character {} is {}, not {}",
                            at + 1,
                            called(is),
                            called(not)
                        )
                    }),
                    "and",
                );
                return Some((changed, other, hint));
            }
        }
        None
    }

    fn at_most(&self) -> String {
        format!("at most {} characters", self.rules.sku.max_len)
    }

    fn rule_in_words(&self) -> String {
        let rule = &self.rules.sku;
        let mut words = String::from("only letters A–Z, a–z and digits");
        for c in rule.also_allowed.chars() {
            words.push_str(" and ");
            words.push_str(&describe(c));
        }
        format!("{words}, {} at most", rule.max_len)
    }
}

/// The note that the item list could not be asked, once for the whole order.
pub(crate) fn note_unknown_list(findings: &mut Findings) {
    findings.note(
        NoteCode::Warning,
        "Order.Lines",
        "Whistl's item list is missing or too old, so nobody looked whether Whistl knows the SKUs.",
    );
}
