//! The lists of orders.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Icon, Owner, Tone};

/// The tabs; every order is under exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// Held, refused, stopped, or given to someone.
    NeedsYou,
    /// To be sent, being sent, or sent without an answer yet.
    Waiting,
    /// Accepted.
    AtWarehouse,
    /// Sent out.
    Despatched,
    /// Called off.
    Cancelled,
}

/// Which orders to list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct ListFilter {
    /// The tab.
    pub tab: Tab,
    /// Only those whose next step is this one's.
    pub owner: Option<Owner>,
    /// Only those with an open hold of this cause.
    pub cause: Option<String>,
    /// Only those of this sales channel.
    pub channel: Option<String>,
    /// Only those found by this text.
    pub find: Option<String>,
    /// Only those put off, instead of those that are not.
    pub put_off: bool,
}

/// A list as it was when it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ListOpened {
    /// Its number, to ask for rows with.
    pub list: u32,
    /// How many orders it has.
    pub total: u32,
    /// Whether there are more than it has.
    pub capped: bool,
    /// Its groups in order; their counts add up to the total.
    pub groups: Vec<Group>,
    /// All tabs with their counts.
    pub tabs: Vec<TabCount>,
    /// Orders that need someone, by owner.
    pub owners: Vec<OwnerCount>,
    /// Orders with an open hold, by cause.
    pub causes: Vec<CauseCount>,
    /// The orders of this tab, by sales channel.
    pub channels: Vec<ChannelCount>,
    /// How many orders are put off: under no tab until they come back.
    pub put_off: u32,
    /// When it was read.
    pub as_of: String,
}

/// Orders of a list that stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Group {
    /// Its heading.
    pub title: String,
    /// Its orders.
    pub count: u32,
    /// How urgent it is.
    pub tone: Tone,
}

/// A tab and its orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TabCount {
    /// The tab.
    pub tab: Tab,
    /// Its title.
    pub title: String,
    /// Its orders.
    pub count: u32,
}

/// An owner and their orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OwnerCount {
    /// Whose.
    pub owner: Owner,
    /// How many.
    pub count: u32,
}

/// A cause and the orders held for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CauseCount {
    /// Its word.
    pub cause: String,
    /// Its title.
    pub title: String,
    /// How many orders.
    pub count: u32,
}

/// A sales channel and its orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChannelCount {
    /// Its name in Cin7 Core; empty when the sale has none.
    pub channel: String,
    /// How many orders.
    pub count: u32,
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OrderRow {
    /// Its number in Cin7 Core.
    pub number: String,
    /// The customer's name; empty when it was cleared with age.
    pub customer: String,
    /// The state's word.
    pub state: String,
    /// The state in words.
    pub state_title: String,
    /// How it stands.
    pub tone: Tone,
    /// Its picture.
    pub icon: Icon,
    /// The first reason, in one line; empty when there is none.
    pub reason: String,
    /// How many reasons more.
    pub more: u32,
    /// Whose job the next step is.
    pub owner: Option<Owner>,
    /// When it must leave the warehouse.
    pub ship_by: Option<String>,
    /// How near that is.
    pub due_tone: Tone,
    /// When it is tried again by itself.
    pub next_at: Option<String>,
    /// Its value, with two decimals.
    pub value: String,
    /// The currency's code.
    pub currency: String,
    /// The sales channel.
    pub channel: String,
    /// Until when it is put off.
    pub put_off_until: Option<String>,
    /// When it came to this state.
    pub at: String,
}

/// What a frozen list misses by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ListNews {
    /// Orders that would be in it and are not.
    pub new: u32,
    /// Orders in it that would not be.
    pub gone: u32,
}
