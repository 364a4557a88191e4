//! What the warehouse says of an order: its state as the rest of the program sees it
//! (the contract's sections 2.2 and 8). No JSON here.

use chrono::{DateTime, Utc};
use domain::{ClientReference, Owner};

use crate::submission::Submission;

macro_rules! statuses {
    ($( $(#[$doc:meta])* $variant:ident = $word:literal ),+ $(,)?) => {
        /// Where an order stands at the warehouse.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum OrderStatus {
            $( $(#[$doc])* $variant, )+
            /// A word that is in no list of ours, word for word.
            Other(String),
        }

        impl OrderStatus {
            /// The status of a word of the contract, case ignored.
            pub fn from_word(word: &str) -> Self {
                let word = word.trim();
                match word.to_ascii_uppercase().as_str() {
                    $( $word => Self::$variant, )+
                    _ => Self::Other(word.to_owned()),
                }
            }

            /// The contract's word.
            pub fn word(&self) -> &str {
                match self {
                    $( Self::$variant => $word, )+
                    Self::Other(word) => word,
                }
            }
        }
    };
}

statuses! {
    /// Taken, not yet checked.
    Received = "RECEIVED",
    /// Refused as a whole after it was received; the reference is free.
    Rejected = "REJECTED",
    /// Valid, waiting for stock or a pick wave.
    Accepted = "ACCEPTED",
    /// Waiting for stock.
    Backordered = "BACKORDERED",
    /// Stopped, see the hold.
    Held = "HELD",
    /// On the floor.
    Picking = "PICKING",
    /// Label made or asked for.
    Packed = "PACKED",
    /// Some goods left, more to come.
    PartDespatched = "PART_DESPATCHED",
    /// All goods left, or the rest was cancelled.
    Despatched = "DESPATCHED",
    /// Nothing left the building; the reference is used up.
    Cancelled = "CANCELLED",
}

impl OrderStatus {
    /// Whether a cancellation may still succeed (section 8). A held order may have been
    /// picked, and an unknown word may mean anything: asking does no harm.
    pub fn allows_cancel(&self) -> bool {
        match self {
            Self::Received | Self::Accepted | Self::Backordered | Self::Held | Self::Other(_) => {
                true
            }
            Self::Rejected
            | Self::Picking
            | Self::Packed
            | Self::PartDespatched
            | Self::Despatched
            | Self::Cancelled => false,
        }
    }

    /// Whether nothing more is expected. A void may still reopen a despatched order.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Rejected | Self::Despatched | Self::Cancelled => true,
            Self::Received
            | Self::Accepted
            | Self::Backordered
            | Self::Held
            | Self::Picking
            | Self::Packed
            | Self::PartDespatched
            | Self::Other(_) => false,
        }
    }

    /// Whether the word is one of the contract's; if not, it deserves an alert.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// Why an order stands still at the warehouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarehouseHold {
    /// The cause in the contract's word, or theirs word for word.
    pub code: String,
    /// Whether the word is one of the contract's; if not, it deserves an alert.
    pub known: bool,
    /// Their words for people.
    pub message: String,
    /// Who must act. What a carrier must mend is the warehouse's to chase.
    pub fixed_by: Owner,
    /// Since when, where they say.
    pub since: Option<DateTime<Utc>>,
}

/// One line as the warehouse counts it, in units. Signed, because a warehouse that sent
/// too many may say that −1 is outstanding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineState {
    /// Line of the order, from 1.
    pub line_no: u64,
    /// SKU as they spell it.
    pub sku: String,
    /// Ordered.
    pub ordered: i64,
    /// Gone so far.
    pub despatched: i64,
    /// Will never go.
    pub cancelled: i64,
    /// Still to go.
    pub outstanding: i64,
}

/// Something they noticed and did not refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Their word, `SERVICE_DEFAULTED`.
    pub code: String,
    /// Field of the order, in their spelling.
    pub field: String,
    /// Value found there, or "".
    pub value: String,
    /// Their words for people.
    pub message: String,
}

/// The state of an order at the warehouse at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderState {
    /// Our reference.
    pub reference: ClientReference,
    /// Their number, or "".
    pub whistl_ref: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// The status in their own word.
    pub raw_status: String,
    /// Nothing more will leave.
    pub order_final: bool,
    /// The service they understood us to ask for, where they say.
    pub service_requested: Option<String>,
    /// The service they put it on; `None` when they do not say.
    pub service_applied: Option<String>,
    /// When they accepted it, where they say.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it last changed, where they say.
    pub updated_at: Option<DateTime<Utc>>,
    /// Why it stands still, if it does.
    pub hold: Option<WarehouseHold>,
    /// Its lines; empty when they do not say.
    pub lines: Vec<LineState>,
    /// Their numbers of its despatches so far.
    pub despatch_ids: Vec<String>,
    /// What they noticed.
    pub warnings: Vec<Warning>,
}

/// Whether the order travels as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceCheck {
    /// As asked.
    Same,
    /// By another service.
    Changed {
        /// The service it was put on; "" when a warning says it was changed without
        /// saying to what.
        applied: String,
    },
    /// They did not say; the despatch's parcels will.
    NotTold,
}

/// The warning that says the service was changed.
const SERVICE_DEFAULTED: &str = "SERVICE_DEFAULTED";

impl OrderState {
    /// Whether the warehouse put the order on the service we asked for.
    pub fn service_changed(&self, requested: &str) -> ServiceCheck {
        let warned = self
            .warnings
            .iter()
            .any(|w| w.code.eq_ignore_ascii_case(SERVICE_DEFAULTED));
        match &self.service_applied {
            Some(applied) if applied.eq_ignore_ascii_case(requested.trim()) => ServiceCheck::Same,
            Some(applied) => ServiceCheck::Changed {
                applied: applied.clone(),
            },
            None if warned => ServiceCheck::Changed {
                applied: String::new(),
            },
            None => ServiceCheck::NotTold,
        }
    }

    /// How an order found at the warehouse differs from the one we meant to send, as
    /// sentences; empty when nothing speaks against their being the same. See
    /// [`Self::differences`].
    pub fn matches(&self, submission: &Submission) -> Vec<String> {
        let differences = self.differences(submission);
        differences.iter().map(ToString::to_string).collect()
    }

    /// How an order found at the warehouse differs from the one we meant to send, field by
    /// field; empty when nothing speaks against their being the same.
    ///
    /// Compares the SKU and quantity of each line and the service *asked for*: a look-up
    /// does not tell the address, and the applied service may lawfully differ.
    pub fn differences(&self, submission: &Submission) -> Vec<OrderDifference> {
        let mut differences = Vec::new();
        let mut differs = |field: String, sent: Option<String>, there: Option<String>| {
            differences.push(OrderDifference { field, sent, there });
        };
        let (service, lines) = submission.gist();
        if let Some(theirs) = &self.service_requested
            && !theirs.eq_ignore_ascii_case(service)
        {
            let (sent, there) = (service.to_owned(), theirs.clone());
            differs("service".into(), Some(sent), Some(there));
        }
        if self.lines.is_empty() {
            return differences;
        }
        for ours in lines {
            let no = ours.line_no;
            let Some(theirs) = self.lines.iter().find(|line| line.line_no == no) else {
                let sent = Some(ours.quantity.to_string());
                differs(format!("line {no} ({})", ours.sku), sent, None);
                continue;
            };
            if theirs.sku != ours.sku {
                let (sent, there) = (ours.sku.clone(), theirs.sku.clone());
                differs(format!("line {no} SKU"), Some(sent), Some(there));
            }
            if u64::try_from(theirs.ordered) != Ok(ours.quantity) {
                let (sent, there) = (ours.quantity.to_string(), theirs.ordered.to_string());
                differs(format!("line {no} quantity"), Some(sent), Some(there));
            }
        }
        for theirs in &self.lines {
            if !lines.iter().any(|line| line.line_no == theirs.line_no) {
                let field = format!("line {} ({})", theirs.line_no, theirs.sku);
                differs(field, None, Some(theirs.ordered.to_string()));
            }
        }
        differences
    }
}

/// A field of an order that stands at the warehouse otherwise than it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDifference {
    /// Which.
    pub field: String,
    /// What was sent; none for what was not.
    pub sent: Option<String>,
    /// What stands there; none for what is not there.
    pub there: Option<String>,
}

impl std::fmt::Display for OrderDifference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let field = &self.field;
        match (&self.sent, &self.there) {
            (Some(sent), Some(there)) => write!(f, "{field}: sent {sent}, there {there}"),
            (None, Some(_)) => write!(f, "{field}: there, not sent"),
            (_, None) => write!(f, "{field}: not there"),
        }
    }
}
