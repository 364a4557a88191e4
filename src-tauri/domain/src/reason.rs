//! Why a sale is kept back, whose job it is, and the exact fix; and the notes that go
//! along with one that is not kept back.

use std::fmt;

/// Who must act. Fixed by the cause, changeable by hand elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// Sales office, merchandising, customer service.
    Office,
    /// The warehouse.
    Warehouse,
    /// Accounts.
    Finance,
    /// Whoever looks after Stockbridge: the fault is ours.
    Support,
}

impl Owner {
    /// All owners, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Office, Self::Warehouse, Self::Finance, Self::Support];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Warehouse => "warehouse",
            Self::Finance => "finance",
            Self::Support => "support",
        }
    }

    /// The owner of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|owner| owner.word() == word)
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

macro_rules! hold_codes {
    ($( $(#[$doc:meta])* $variant:ident = $word:literal ),+ $(,)?) => {
        /// The cause of a hold, as one word that never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum HoldCode { $( $(#[$doc])* $variant ),+ }

        impl HoldCode {
            /// Every code, in the order they are shown.
            pub const ALL: &[Self] = &[ $( Self::$variant ),+ ];

            /// The stable word used in storage and in JSON.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word ),+ }
            }
        }
    };
}

hold_codes! {
    /// The line has no SKU.
    SkuMissing = "sku_missing",
    /// The SKU has characters Whistl refuses, and no map entry.
    SkuInvalidCharacters = "sku_invalid_characters",
    /// The SKU is longer than Whistl carries.
    SkuTooLong = "sku_too_long",
    /// Only mapped SKUs may go, and this one is not.
    SkuUnmapped = "sku_unmapped",
    /// Whistl does not list the SKU.
    SkuUnknownAtWhistl = "sku_unknown_at_whistl",
    /// Switched off at Whistl, or deprecated in Cin7.
    SkuInactive = "sku_inactive",
    /// Two Cin7 SKUs would become one at Whistl.
    SkuCollision = "sku_collision",
    /// Zero, negative, fractional, or more than a line can carry.
    QuantityInvalid = "quantity_invalid",
    /// Nothing on it can be picked.
    NoLines = "no_lines",
    /// More lines than an order can carry.
    TooManyLines = "too_many_lines",
    /// Nobody to deliver to.
    NameMissing = "name_missing",
    /// The recipient's name does not fit.
    NameTooLong = "name_too_long",
    /// Address line 1 or the town is missing.
    AddressIncomplete = "address_incomplete",
    /// A part of the address does not fit.
    AddressTooLong = "address_too_long",
    /// No postcode where one is needed.
    PostcodeMissing = "postcode_missing",
    /// The postcode is not one.
    PostcodeInvalid = "postcode_invalid",
    /// No country.
    CountryMissing = "country_missing",
    /// Not a country we know, or not one the service goes to.
    CountryUnsupported = "country_unsupported",
    /// No telephone number anywhere it is looked for.
    PhoneMissing = "phone_missing",
    /// The telephone number cannot be one.
    PhoneInvalid = "phone_invalid",
    /// The e-mail address cannot be one, or is too long.
    EmailInvalid = "email_invalid",
    /// The shipping method has no exact map entry to an active service.
    ServiceUnmapped = "service_unmapped",
    /// Characters the labels cannot carry.
    TextUnsupported = "text_unsupported",
    /// A note longer than the warehouse carries.
    NoteTooLong = "note_too_long",
    /// The order number cannot serve as the warehouse's reference.
    ReferenceInvalid = "reference_invalid",
    /// Cin7 had no stock for part of it.
    Backordered = "backordered",
    /// A status word we do not know.
    StatusUnknown = "status_unknown",
    /// A Cin7 answer about this sale could not be read.
    Unreadable = "unreadable",
    /// Stockbridge could not build a valid message.
    MessageInvalid = "message_invalid",
    /// Whistl refused it.
    RejectedByWhistl = "rejected_by_whistl",
    /// Whistl holds other content under our reference.
    ReferenceConflict = "reference_conflict",
    /// Whistl put it on another service than asked.
    ServiceChangedByWhistl = "service_changed_by_whistl",
    /// Edited in Cin7 after hand-off.
    ChangedAfterSending = "changed_after_sending",
    /// Voided in Cin7 after hand-off.
    CancelledAfterSending = "cancelled_after_sending",
    /// Stopped at the warehouse.
    HeldAtWarehouse = "held_at_warehouse",
    /// Accepted once, and now the warehouse does not know it.
    MissingAtWhistl = "missing_at_whistl",
    /// Accepted, and not despatched when it should have been.
    DespatchOverdue = "despatch_overdue",
    /// Part of it will never leave the warehouse.
    DespatchShort = "despatch_short",
    /// Cancelled at the warehouse while live in Cin7.
    CancelledAtWhistl = "cancelled_at_whistl",
    /// Retried to the end of the schedule.
    SendingStuck = "sending_stuck",
    /// Sent, no answer, and the warehouse cannot say.
    OutcomeUnknown = "outcome_unknown",
}

impl HoldCode {
    /// The code of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.word() == word)
    }

    /// Causes that an entry of the SKU map can remove; the value found is the SKU.
    pub const SKU: [Self; 5] = [
        Self::SkuInvalidCharacters,
        Self::SkuTooLong,
        Self::SkuUnmapped,
        Self::SkuUnknownAtWhistl,
        Self::SkuCollision,
    ];

    /// Causes that an entry of the service map can remove; the value found is the
    /// shipping method.
    pub const SERVICE: [Self; 1] = [Self::ServiceUnmapped];

    /// Causes that nothing in a record takes away: a person looks, decides, and says so.
    pub const TO_BE_SETTLED: [Self; 3] = [
        Self::ServiceChangedByWhistl,
        Self::DespatchOverdue,
        Self::DespatchShort,
    ];

    /// Whether the value found is a code of the trade, a SKU or a shipping method, and so
    /// never personal.
    pub fn is_for_a_code(self) -> bool {
        Self::SKU.contains(&self) || Self::SERVICE.contains(&self)
    }
}

impl fmt::Display for HoldCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One reason: what is wrong, where, with which value, whose it is, and the fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The cause.
    pub code: HoldCode,
    /// Path in Cin7's own sale, `Order.Lines[1].SKU`; lines count from 0.
    pub field: String,
    /// The value found, to the letter.
    pub value: String,
    /// The offending parts of `value`, as ranges of characters (not bytes).
    pub marks: Vec<(usize, usize)>,
    /// What was expected, in a few words.
    pub expected: String,
    /// Who must act.
    pub owner: Owner,
    /// The exact fix in one sentence.
    pub fix: String,
}

/// A sale kept back. Holds at least one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    first: Reason,
    rest: Vec<Reason>,
}

impl Held {
    /// A hold for one reason.
    pub fn because(reason: Reason) -> Self {
        Self {
            first: reason,
            rest: Vec::new(),
        }
    }

    /// A hold for these reasons; `None` if there are none.
    pub fn from_reasons(reasons: Vec<Reason>) -> Option<Self> {
        let mut reasons = reasons.into_iter();
        let first = reasons.next()?;
        Some(Self {
            first,
            rest: reasons.collect(),
        })
    }

    /// All reasons, in the order of the sale's fields.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// The same, owned.
    pub fn into_reasons(self) -> Vec<Reason> {
        let mut reasons = vec![self.first];
        reasons.extend(self.rest);
        reasons
    }

    /// Who must act first: the owner of the first reason.
    pub fn owner(&self) -> Owner {
        self.first.owner
    }
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteCode {
    /// A line that is not goods was left out.
    LineLeftOut,
    /// Lines of one SKU were summed.
    LinesMerged,
    /// The address was wrapped over more lines.
    AddressWrapped,
    /// Postcode written in its usual form.
    PostcodeTidied,
    /// Telephone number written as the warehouse dials it.
    PhoneTidied,
    /// Another number of the customer stood in.
    PhoneFromContact,
    /// A rule is set to warn, and would have held.
    WouldHold,
    /// Anything else worth knowing that stops nothing.
    Warning,
}

impl NoteCode {
    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::LineLeftOut => "line_left_out",
            Self::LinesMerged => "lines_merged",
            Self::AddressWrapped => "address_wrapped",
            Self::PostcodeTidied => "postcode_tidied",
            Self::PhoneTidied => "phone_tidied",
            Self::PhoneFromContact => "phone_from_contact",
            Self::WouldHold => "would_hold",
            Self::Warning => "warning",
        }
    }
}

/// Something done or noticed on the way that stops nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub code: NoteCode,
    /// Path in Cin7's own sale.
    pub field: String,
    /// One sentence.
    pub text: String,
}
