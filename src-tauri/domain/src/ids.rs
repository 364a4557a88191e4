//! Names of things, each a type of its own so that none can stand in for another.
//! Every field is private and `parse` is the only way in.

use std::fmt;

/// A text that is not what its type demands: the text, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotA {
    /// What was wanted, in words a person reads ("a sale id").
    pub wanted: &'static str,
    /// The text at hand.
    pub value: String,
}

impl fmt::Display for NotA {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not {}", self.value, self.wanted)
    }
}

impl std::error::Error for NotA {}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_type!(
    /// Cin7's GUID of a sale, in lower case because Cin7 mixes cases (observed).
    SaleId
);
text_type!(
    /// Cin7's GUID of a product, in lower case. Survives a renamed SKU (documented).
    ProductId
);
text_type!(
    /// The sale's number as people say it, `SO-00042`. Not empty, not padded.
    SaleNumber
);
text_type!(
    /// A SKU exactly as Cin7 spells it: 1 to 50 characters, any of them (documented).
    Sku
);
text_type!(
    /// A SKU Whistl can carry under the account's SKU rule; by default 1 to 24
    /// letters and digits (stated in the product brief; 24 observed).
    WhistlSku
);
text_type!(
    /// The reference an order carries at the warehouse, and the key that makes a
    /// repeated submission harmless. Derived from the sale, never from an attempt.
    ClientReference
);
text_type!(
    /// One of Whistl's service codes, `WHI_EXP`: 1 to 16 of `A–Z 0–9 _` (assumed).
    ServiceCode
);
text_type!(
    /// ISO 3166-1 alpha-2, upper case.
    CountryCode
);

fn guid(text: &str, wanted: &'static str) -> Result<String, NotA> {
    let text = text.trim();
    let shaped = text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    if shaped {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(NotA {
            wanted,
            value: text.into(),
        })
    }
}

impl SaleId {
    /// Reads a GUID in either case.
    pub fn parse(text: &str) -> Result<Self, NotA> {
        guid(text, "a Cin7 sale id (a GUID)").map(Self)
    }
}

impl ProductId {
    /// Reads a GUID in either case.
    pub fn parse(text: &str) -> Result<Self, NotA> {
        guid(text, "a Cin7 product id (a GUID)").map(Self)
    }
}

impl SaleNumber {
    /// Any non-empty text of at most 256 characters once trimmed.
    pub fn parse(text: &str) -> Result<Self, NotA> {
        let trimmed = text.trim();
        if trimmed.is_empty() || trimmed.chars().count() > 256 {
            return Err(NotA {
                wanted: "an order number",
                value: text.into(),
            });
        }
        Ok(Self(trimmed.into()))
    }
}

impl Sku {
    /// Any non-empty text; kept to the letter, blanks included, since they matter.
    pub fn parse(text: &str) -> Result<Self, NotA> {
        if text.trim().is_empty() {
            return Err(NotA {
                wanted: "a SKU",
                value: text.into(),
            });
        }
        Ok(Self(text.into()))
    }
}

impl WhistlSku {
    /// Accepts what the rule allows; gives back the offending characters otherwise,
    /// since someone has to go and change them. An empty list means the length is at
    /// fault: nothing, or more than [`crate::SkuRule::max_len`].
    pub fn parse(text: &str, rule: &crate::SkuRule) -> Result<Self, Vec<char>> {
        let bad: Vec<char> = text.chars().filter(|c| !rule.allows(*c)).collect();
        if !bad.is_empty() {
            return Err(bad);
        }
        let length = text.chars().count();
        if length == 0 || length > rule.max_len {
            return Err(Vec::new());
        }
        Ok(Self(text.into()))
    }
}

impl ClientReference {
    /// The reference of a sale: its number, and from the second edition on a suffix.
    ///
    /// `edition` starts at 1 and rises only after the warehouse confirmed that the
    /// earlier one is cancelled, because a cancelled reference is used up (assumed,
    /// connector contract 5.4). `max_len` is the account's limit, 12 by default.
    pub fn of_sale(number: &SaleNumber, edition: u32, max_len: usize) -> Result<Self, NotA> {
        let text = if edition <= 1 {
            number.as_str().to_owned()
        } else {
            format!("{}-{edition}", number.as_str())
        };
        Self::parse(&text, max_len)
    }

    /// 1 to `max_len` of `A–Z a–z 0–9 -`, the first a letter or a digit.
    pub fn parse(text: &str, max_len: usize) -> Result<Self, NotA> {
        let fits = !text.is_empty()
            && text.len() <= max_len
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !text.starts_with('-');
        if fits {
            Ok(Self(text.into()))
        } else {
            Err(NotA {
                wanted: "a reference the warehouse can carry (letters, digits and hyphens, short)",
                value: text.into(),
            })
        }
    }
}

impl ServiceCode {
    /// 1 to 16 of `A–Z 0–9 _`.
    pub fn parse(text: &str) -> Result<Self, NotA> {
        let fits = (1..=16).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if fits {
            Ok(Self(text.into()))
        } else {
            Err(NotA {
                wanted: "a Whistl service code (1 to 16 of A–Z, 0–9 and _)",
                value: text.into(),
            })
        }
    }
}

impl CountryCode {
    /// Two ASCII letters, either case. Whether such a country exists is the table's
    /// business ([`crate::check`]).
    pub fn parse(text: &str) -> Result<Self, NotA> {
        let text = text.trim();
        if text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()) {
            Ok(Self(text.to_ascii_uppercase()))
        } else {
            Err(NotA {
                wanted: "a two-letter country code",
                value: text.into(),
            })
        }
    }
}
