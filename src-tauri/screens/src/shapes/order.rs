//! One order: what holds it, what happened to it, what may be done.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConfirmationPage, Icon, Owner, Tone};

/// Characters of a value to mark: the first, and the one after the last, counted as the page
/// counts (UTF-16 code units).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Mark(pub u32, pub u32);

/// What a hold card offers to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OfferKind {
    /// Map this SKU to one Whistl lists.
    MapSku,
    /// Map this shipping method to one service.
    MapService,
    /// Choose a service for this shipping method.
    ChooseService,
    /// Open the sale in Cin7 Core.
    OpenCin7,
    /// Read and check it again.
    Recheck,
    /// Ask the warehouse.
    AskWarehouse,
    /// Say that what was to be decided is settled.
    Settle,
}

/// One thing a hold card offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Offer {
    /// What.
    pub kind: OfferKind,
    /// The words on its button.
    pub label: String,
    /// The value to map; empty when nothing is mapped.
    pub from: String,
    /// What to map it to; empty when it is to be chosen.
    pub to: String,
}

/// One reason against an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct HoldCard {
    /// The cause's word.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What is wrong, as a sentence.
    pub sentence: String,
    /// Its picture.
    pub icon: Icon,
    /// How bad it is.
    pub tone: Tone,
    /// Whose job it is.
    pub owner: Owner,
    /// Where, in short, as “Line 2”.
    pub where_label: String,
    /// Where in Cin7 Core, as “Order → Lines → 2 → SKU”.
    pub path: String,
    /// The value found there.
    pub value: String,
    /// Its characters at fault.
    pub marks: Vec<Mark>,
    /// What puts it right.
    pub fix: String,
    /// Since when.
    pub since: String,
    /// What can be done from here.
    pub offers: Vec<Offer>,
}

/// One thing that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Happened {
    /// When.
    pub at: String,
    /// How it went.
    pub tone: Tone,
    /// What, in a sentence.
    pub text: String,
    /// Who did it, in words.
    pub who: String,
    /// Its entry in the log.
    #[ts(type = "number")]
    pub entry: i64,
    /// Whether what was sent and answered can be shown.
    pub has_payload: bool,
    /// Which attempt it was; 0 when it was none.
    pub attempt: u32,
}

/// Whose a wait was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Those who take the orders.
    Office,
    /// The program.
    Stockbridge,
    /// Whistl.
    Warehouse,
    /// Cin7 Core, while it was told.
    Cin7,
    /// One of two, and nothing says which.
    Unknown,
}

/// One wait on an order's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct JourneyLeg {
    /// Whose.
    pub side: Side,
    /// Whose, in words.
    pub who: String,
    /// What for, with a capital and no full stop.
    pub what: String,
    /// Since when.
    pub from: String,
    /// How long, or how long so far.
    #[ts(type = "number")]
    pub seconds: i64,
    /// Whether it lasts.
    pub lasts: bool,
}

/// An order's way, wait after wait without a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Journey {
    /// From what to what, as “From authorised to confirmed”.
    pub title: String,
    /// The waits, the earliest first.
    pub legs: Vec<JourneyLeg>,
}

/// Whether something may be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Can {
    /// Whether.
    pub allowed: bool,
    /// Why not, as a sentence; empty when it may.
    pub why_not: String,
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OrderLine {
    /// The SKU in Cin7 Core.
    pub sku: String,
    /// The SKU at Whistl, when it is known.
    pub whistl_sku: Option<String>,
    /// The product's name.
    pub name: String,
    /// How many.
    pub quantity: String,
    /// The price of one, with two decimals.
    pub price: String,
}

/// One field of what was sent, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MessageField {
    /// The field of Whistl's message.
    pub field: String,
    /// The field of Cin7's sale, or setting, it came from.
    pub from: String,
    /// What was sent.
    pub value: String,
    /// The rule applied, or nothing.
    pub rule: String,
}

/// One attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AttemptRow {
    /// Which, from 1.
    pub number: u32,
    /// What was tried.
    pub step: String,
    /// When it began.
    pub began: String,
    /// When it ended.
    pub ended: Option<String>,
    /// How it went.
    pub outcome: String,
    /// What was answered.
    pub detail: String,
}

/// A note on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NoteRow {
    /// When.
    pub at: String,
    /// By whom.
    pub who: String,
    /// The note.
    pub text: String,
    /// Whom it is for.
    pub to: Option<Owner>,
}

/// An order put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PutOff {
    /// Until when.
    pub until: String,
    /// Why.
    pub why: String,
    /// By whom.
    pub who: String,
}

/// One order, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OrderPage {
    /// Its number in Cin7 Core.
    pub number: String,
    /// Its identity in Cin7 Core.
    pub sale_id: String,
    /// The customer's name.
    pub customer: String,
    /// Its value, with two decimals.
    pub value: String,
    /// The currency's code.
    pub currency: String,
    /// When it must leave the warehouse.
    pub ship_by: Option<String>,
    /// The sales channel.
    pub channel: String,
    /// The shipping method in Cin7 Core.
    pub service: String,
    /// Whistl's service for it; empty when it has none.
    pub service_name: String,
    /// The state's word.
    pub state: String,
    /// The state in words.
    pub state_title: String,
    /// How it stands.
    pub tone: Tone,
    /// What is known, and no more, as a sentence.
    pub state_detail: String,
    /// Whose job the next step is.
    pub owner: Option<Owner>,
    /// The reference it carries at Whistl.
    pub reference: Option<String>,
    /// Whistl's own reference.
    pub whistl_reference: Option<String>,
    /// Whistl's word for its state.
    pub whistl_status: Option<String>,
    /// The reasons against it.
    pub holds: Vec<HoldCard>,
    /// Whose time it was so far; none for a sale that is not for the warehouse.
    pub journey: Option<Journey>,
    /// What happened, newest first.
    pub happened: Vec<Happened>,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// Where it goes, line by line; empty when it was cleared with age.
    pub address: Vec<String>,
    /// The recipient's telephone number.
    pub phone: String,
    /// The recipient's e-mail address.
    pub email: String,
    /// What was or will be sent, and why; empty when there is no message.
    pub message: Vec<MessageField>,
    /// Every attempt to deliver.
    pub attempts: Vec<AttemptRow>,
    /// What left of it, in the order in which it left.
    pub despatches: Vec<ConfirmationPage>,
    /// Notes, newest first.
    pub notes: Vec<NoteRow>,
    /// Whether it is put off.
    pub put_off: Option<PutOff>,
    /// Whether it may be read and checked again.
    pub recheck: Can,
    /// Whether it may be sent again.
    pub resend: Can,
    /// Whether it may be withdrawn.
    pub withdraw: Can,
    /// Whether it may be released in spite of what stops it.
    pub release: Can,
    /// Whether its page in Cin7 Core can be opened.
    pub open_cin7: bool,
}

/// What was sent and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Payloads {
    /// What was sent, as indented JSON; empty when there was nothing.
    pub request: String,
    /// What was answered, as indented JSON; empty when there was nothing.
    pub response: String,
    /// The request's fingerprint as the log's chain has it.
    pub request_hash: String,
    /// The answer's fingerprint.
    pub response_hash: String,
    /// Whether personal data is masked.
    pub masked: bool,
}

/// What may be done to orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Read from Cin7 Core and check again.
    Recheck,
    /// Send again.
    Resend,
    /// Ask Whistl to call off.
    Withdraw,
    /// Let go in spite of what stops it.
    Release,
}
