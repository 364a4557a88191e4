//! What is shown to a person outside the window: the operating system's notifications, or
//! lines of `watch`. Finished English; no customer's name, address, telephone or e-mail.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// Why it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Something needs someone now.
    Raised,
    /// There is more of it.
    Worse,
    /// Nobody has taken it: shown again, stronger.
    Escalated,
    /// It has ended.
    AllClear,
    /// A summary: at its time of day, or of what came in during quiet hours.
    Digest,
    /// Orders that will miss a cut-off, or have missed it.
    CutOff,
}

impl NoticeKind {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Worse => "worse",
            Self::Escalated => "escalated",
            Self::AllClear => "all_clear",
            Self::Digest => "digest",
            Self::CutOff => "cut_off",
        }
    }
}

/// How strongly it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// May pass unseen: an all-clear, a digest.
    Low,
    /// As any other notification.
    Normal,
    /// Stays until it is clicked away.
    Critical,
}

/// What a click opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Go {
    /// `today`, `orders`, `confirmations`, `drift`, `adjustments`, `mappings`, `activity` or
    /// `settings`.
    pub screen: &'static str,
    /// Of orders: `needs_you`, `waiting`, `at_warehouse`, `despatched` or `cancelled`; of
    /// confirmations and of adjustments: `needs_you` or `waiting`; of drift: a category.
    pub tab: Option<&'static str>,
    /// Only this owner's.
    pub owner: Option<&'static str>,
    /// Only those held for this cause.
    pub cause: Option<String>,
    /// Only those found by this.
    pub find: Option<String>,
    /// The one order.
    pub number: Option<String>,
    /// Of settings: which part.
    pub section: Option<&'static str>,
}

impl Go {
    /// The screen of what needs someone.
    pub fn today() -> Self {
        Self {
            screen: "today",
            ..Self::default()
        }
    }

    /// A list of orders.
    pub fn orders(tab: &'static str) -> Self {
        Self {
            screen: "orders",
            tab: Some(tab),
            ..Self::default()
        }
    }

    /// A list of confirmations.
    pub fn confirmations(tab: &'static str) -> Self {
        Self {
            screen: "confirmations",
            tab: Some(tab),
            ..Self::default()
        }
    }

    /// Differences of stock, of one category or "" for all.
    pub fn drift(category: &'static str) -> Self {
        Self {
            screen: "drift",
            tab: Some(category).filter(|category| !category.is_empty()),
            ..Self::default()
        }
    }

    /// A list of stock adjustments.
    pub fn adjustments(tab: &'static str) -> Self {
        Self {
            screen: "adjustments",
            tab: Some(tab),
            ..Self::default()
        }
    }

    /// A part of the settings.
    pub fn settings(section: &'static str) -> Self {
        Self {
            screen: "settings",
            section: Some(section),
            ..Self::default()
        }
    }
}

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Its own, to be given back to [`crate::Engine::notice_shown`] or
    /// [`crate::Engine::notice_failed`].
    pub id: String,
    /// The alert it is about, so that a later one can take its place; "" for a digest.
    pub alert: String,
    /// Why it is shown.
    pub kind: NoticeKind,
    /// How strongly.
    pub urgency: Urgency,
    /// One line: what, how many, who.
    pub title: String,
    /// What to know and what to do, a few lines.
    pub body: String,
    /// Who must act, if someone must.
    pub owner: Option<&'static str>,
    /// What a click opens.
    pub go: Go,
    /// How many orders or things it is about.
    pub count: i64,
    /// When it was made.
    #[serde(serialize_with = "told")]
    pub at: DateTime<Utc>,
}

fn told<S: serde::Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&crate::views::time(*at))
}
