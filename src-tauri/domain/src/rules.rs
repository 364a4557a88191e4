//! What the merchant and the warehouse's account have agreed: limits, and how strict
//! each check is. Plain data with defaults; where it is kept is not our business.

/// How strict a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Keep the sale back.
    Hold,
    /// Let it go with a note.
    Warn,
    /// Do not look.
    Off,
}

impl Severity {
    /// The stable word used in settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Warn => "warn",
            Self::Off => "off",
        }
    }

    /// The severity of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Hold, Self::Warn, Self::Off]
            .into_iter()
            .find(|s| s.word() == word)
    }
}

/// Which characters a Whistl SKU may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkuRule {
    /// Characters allowed besides `A–Z a–z 0–9`; none by default (stated in the brief;
    /// one public order file from a Whistl site shows hyphens, hence a setting).
    pub also_allowed: String,
    /// Longest SKU, in characters; 24 by default (observed).
    pub max_len: usize,
    /// Whether `mug1` and `MUG1` are two SKUs at Whistl; `true` by default (assumed).
    pub case_sensitive: bool,
}

impl SkuRule {
    /// Whether Whistl takes this character in a SKU.
    pub fn allows(&self, c: char) -> bool {
        c.is_ascii_alphanumeric() || self.also_allowed.contains(c)
    }
}

impl Default for SkuRule {
    fn default() -> Self {
        Self {
            also_allowed: String::new(),
            max_len: 24,
            case_sensitive: true,
        }
    }
}

/// Sizes the connector contract sets (section 2.1; 35 observed, the rest assumed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Client reference, characters.
    pub reference: usize,
    /// Recipient's name, characters.
    pub name: usize,
    /// Company, characters.
    pub company: usize,
    /// Each address line, characters.
    pub address_line: usize,
    /// Number of address lines, 1 to 3.
    pub address_lines: usize,
    /// Town, characters.
    pub town: usize,
    /// County, characters.
    pub county: usize,
    /// E-mail, characters.
    pub email: usize,
    /// Delivery note, characters.
    pub note: usize,
    /// Digits of a telephone number, at most.
    pub phone_digits: usize,
    /// Lines on one order.
    pub lines: usize,
    /// Units on one line.
    pub units: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            reference: 12,
            name: 35,
            company: 35,
            address_line: 35,
            address_lines: 3,
            town: 35,
            county: 35,
            email: 80,
            note: 200,
            phone_digits: 12,
            lines: 200,
            units: 9999,
        }
    }
}

/// All that a check is told by settings. Rules that Whistl itself enforces have no
/// severity: they always hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// SKU characters, length and case.
    pub sku: SkuRule,
    /// Sizes.
    pub limits: Limits,
    /// Whether a SKU that Whistl lists under the same spelling needs no map entry.
    pub sku_may_map_to_itself: bool,
    /// Whether a number elsewhere on the customer's record may stand in.
    pub phone_from_contacts: bool,
    /// Missing telephone number (an account may not need one).
    pub phone: Severity,
    /// Lines Cin7 had no stock for.
    pub backordered: Severity,
    /// E-mail that cannot be one.
    pub email: Severity,
    /// SKU not in the warehouse's list, or inactive there.
    pub item_list: Severity,
    /// Whether the order may leave in parts.
    pub allow_partial: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            sku: SkuRule::default(),
            limits: Limits::default(),
            sku_may_map_to_itself: true,
            phone_from_contacts: true,
            phone: Severity::Hold,
            backordered: Severity::Hold,
            email: Severity::Hold,
            item_list: Severity::Hold,
            allow_partial: true,
        }
    }
}
