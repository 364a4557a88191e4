//! The shell: whether the program may work at all, the frame around every screen, practice.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a command did not do what was asked, in words to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct UiError {
    /// A stable word the page may act on, as `list_gone`.
    pub code: String,
    /// One or two finished sentences.
    pub message: String,
    /// The setting or input it is about.
    pub field: Option<String>,
}

/// Whether the program may work, and what is in its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StandingKind {
    /// Opening its files.
    Starting,
    /// This computer has nowhere to keep credentials.
    NoKeychain,
    /// The key to what is stored is not in the keychain.
    KeyMissing,
    /// A later version wrote the database.
    NewerDatabase,
    /// Another copy works with it.
    HeldElsewhere,
    /// The database cannot be read.
    Damaged,
    /// Nothing can be stored any more.
    DiskFull,
    /// Set-up is not finished.
    FirstRun,
    /// All is well.
    Working,
}

/// Where set-up was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FirstRunStep {
    /// Connecting both vendors.
    Connect,
    /// A first look that sends nothing.
    LookOnly,
    /// What that look found.
    Review,
    /// Done.
    Live,
}

/// The colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// Whether orders leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everything is read and decided, nothing is sent.
    LookOnly,
    /// Orders are sent.
    Live,
}

/// Whether a notification reaches the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Notifying {
    /// The last one was shown.
    Ok,
    /// The last one failed.
    Unavailable,
    /// None was tried.
    Untested,
}

/// The frame around every screen.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Shell {
    /// Whether the program may work.
    pub standing: StandingKind,
    /// What is wrong; empty when nothing is.
    pub message: String,
    /// What to do about it; empty when nothing is wrong.
    pub fix: String,
    /// Where set-up was left.
    pub first_run_step: FirstRunStep,
    /// The practice world, when it is on.
    pub practice: Option<Practice>,
    /// Whether practice can be switched on here.
    pub practice_available: bool,
    /// The program's version.
    pub version: String,
    /// Who uses it, as notes are signed.
    pub user: String,
    /// The merchant's time zone, by its IANA name.
    pub zone: String,
    /// The colours chosen.
    pub theme: Theme,
    /// Whether orders leave.
    pub mode: Mode,
    /// Whether notifications are shown.
    pub notifications: Notifying,
    /// What is wrong with them; empty when nothing is.
    pub notifications_message: String,
    /// Whether it starts with the computer.
    pub autostart: bool,
}

/// The practice world.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Practice {
    /// How many times faster than real its time goes; 0 when stopped.
    pub speed: u32,
    /// Its time, RFC 3339.
    pub world_time: String,
    /// What can be made to go wrong.
    pub faults: Vec<PracticeFault>,
}

/// One thing that can be made to go wrong in practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PracticeFault {
    /// Its word, as `whistl_down`.
    pub name: String,
    /// Its title, as “Whistl does not answer”.
    pub title: String,
    /// What will be seen.
    pub what: String,
    /// Whether it is on.
    pub on: bool,
}

/// A thing to play in practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Play {
    /// Many orders at once.
    Rush,
    /// Orders the warehouse would refuse.
    BadOrders,
    /// The office puts them right in Cin7 Core.
    FixOrders,
    /// The carrier collects part of what the warehouse has.
    Collection,
    /// The warehouse reports a damage and a find, and loses what nobody is told of.
    StockAstray,
}

/// A finished sentence about what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Told {
    /// The sentence.
    pub text: String,
}

/// What changed since the page last asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Changed {
    /// Orders or their states.
    pub orders: bool,
    /// The log.
    pub activity: bool,
    /// Settings or maps.
    pub settings: bool,
    /// What needs someone.
    pub attention: bool,
    /// Calls made, and how vendors answer.
    pub calls: bool,
    /// Stock: adjustments, their documents, comparisons and what was decided on them.
    pub stock: bool,
}
