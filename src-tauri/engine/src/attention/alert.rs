//! One alert: what deserves someone's attention at this moment. Many failures of one cause
//! make one. What has been done about it is not known here.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::notice::Go;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// An order will miss its cut-off, or nothing is being sent.
    Urgent,
    /// Needs someone today.
    NeedsSomeone,
    /// Good to know; for the journal alone.
    Information,
}

impl Level {
    /// Every level, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::NeedsSomeone, Self::Information];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::NeedsSomeone => "needs_someone",
            Self::Information => "information",
        }
    }

    /// The level of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }

    /// Whether it may interrupt a person (R95).
    pub fn interrupts(self) -> bool {
        self != Self::Information
    }
}

/// See the module's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// One stable word.
    pub code: &'static str,
    /// How much it matters.
    pub level: Level,
    /// Who must act.
    pub owner: &'static str,
    /// How many orders or things it is about.
    pub count: i64,
    /// Since when, RFC 3339.
    pub since: Option<String>,
    /// One sentence: what, and what to do.
    pub text: String,
    /// What it is about besides its cause: a vendor, a job, a cut-off, an owner; or "".
    #[serde(skip)]
    pub subject: String,
    /// Since when, if that is known.
    #[serde(skip)]
    pub began: Option<DateTime<Utc>>,
    /// The first line of a notice, without its owner.
    #[serde(skip)]
    pub title: String,
    /// What a notice says below it.
    #[serde(skip)]
    pub body: String,
    /// How many ever came to be so, where that is counted: grows with each new one, though
    /// another went.
    #[serde(skip)]
    pub came: Option<i64>,
    /// Follows from another alert, which is shown in its place.
    #[serde(skip)]
    pub follows: bool,
    /// A person brought it about, and so knows of it.
    #[serde(skip)]
    pub known_to: Option<String>,
    /// What a click opens.
    #[serde(skip)]
    pub go: Go,
}

impl Alert {
    /// An alert about one thing, without more to say than its sentence.
    pub fn new(code: &'static str, level: Level, owner: domain::Owner, title: String) -> Self {
        Self {
            code,
            level,
            owner: owner.word(),
            count: 1,
            since: None,
            text: title.clone(),
            subject: String::new(),
            began: None,
            title,
            body: String::new(),
            came: None,
            follows: false,
            known_to: None,
            go: Go::today(),
        }
    }

    /// Stable for as long as the cause is the same: the code, and what it is about.
    pub fn id(&self) -> String {
        id(self.code, &self.subject)
    }

    /// The same, since that moment.
    #[must_use]
    pub fn since(self, began: Option<DateTime<Utc>>) -> Self {
        Self {
            since: began.map(crate::views::time),
            began,
            ..self
        }
    }
}

/// The stable id of an alert.
pub(super) fn id(code: &str, subject: &str) -> String {
    if subject.is_empty() {
        code.to_owned()
    } else {
        format!("{code}:{subject}")
    }
}
