//! From adjustments to Cin7's documents: falls by write-off, which takes a change and so has
//! no race, rises by stock adjustment, which sets a level (documented). Each adjustment ends
//! in one document, in a sum that needs none, or at fault with its reason.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use super::comment::{COMMENT_MAX, Mention, comment, joined, mention};
use super::{AdjustmentFault, AdjustmentReason, DocumentKey, Target};
use crate::ProductId;
use crate::ids::NotA;

/// Lines of one document. What Cin7 takes is not known (assumed, A22).
pub const LINES_MAX: usize = 100;

/// An adjustment that is to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToPost {
    /// Their lasting identity of it.
    pub id: String,
    /// What it changes in Cin7.
    pub target: Target,
    /// Change of good stock.
    pub units: i64,
    /// Cin7's cost of one unit; what a rise is booked at (documented).
    pub unit_cost: Decimal,
    /// Why.
    pub reason: AdjustmentReason,
    /// The reason in their words; may be "".
    pub reason_text: String,
    /// The reason whose account it goes to: its own, or that of the one it takes back.
    pub booked_as: AdjustmentReason,
    /// When it happened, UTC.
    pub at: DateTime<Utc>,
}

/// One of Cin7's accounts, by its code. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(String);

impl Account {
    /// Any text that is not blank, trimmed.
    pub fn parse(text: &str) -> Result<Self, NotA> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(NotA {
                wanted: "an account code",
                value: text.to_owned(),
            });
        }
        Ok(Self(trimmed.to_owned()))
    }

    /// The code itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which account each reason is booked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accounts {
    /// By reason.
    pub by_reason: BTreeMap<AdjustmentReason, Account>,
    /// For every other; without one Cin7 takes its own default, for an adjustment alone
    /// (observed; a write-off must name one).
    pub other: Option<Account>,
}

impl Accounts {
    /// The account of a reason.
    pub fn of(&self, reason: &AdjustmentReason) -> Option<&Account> {
        self.by_reason.get(reason).or(self.other.as_ref())
    }
}

/// By which document stock falls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decreases {
    /// By write-off: a change, so that nobody's work in between is lost.
    #[default]
    WriteOff,
    /// By stock adjustment, for an accountant who wants one sort of document.
    Adjustment,
}

/// What documents are made by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingRules {
    /// Which account each reason is booked to.
    pub accounts: Accounts,
    /// By which document stock falls.
    pub decreases: Decreases,
    /// The merchant's zone, in which a day begins and ends.
    pub zone: Tz,
    /// The merchant's day.
    pub today: NaiveDate,
    /// The last day that finance has closed, Cin7's lock date.
    pub locked_until: Option<NaiveDate>,
}

impl PostingRules {
    /// The day a document is dated: today, or the first open day if that is later, since Cin7
    /// saves nothing dated in a closed period (documented).
    pub fn effective_on(&self) -> NaiveDate {
        let open = self.locked_until.map(|day| day.succ_opt().unwrap_or(day));
        open.map_or(self.today, |open| open.max(self.today))
    }

    /// The day something belongs to, if that day is closed.
    pub fn closed_day_of(&self, at: DateTime<Utc>) -> Option<NaiveDate> {
        let day = at.with_timezone(&self.zone).date_naive();
        self.locked_until
            .is_some_and(|last| day <= last)
            .then_some(day)
    }
}

/// What sort of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// A stock adjustment, which sets a level.
    Adjustment,
    /// A write-off, which takes units away.
    WriteOff,
}

impl DocumentKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Adjustment, Self::WriteOff];

    /// The stable word used in storage and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Adjustment => "adjustment",
            Self::WriteOff => "write_off",
        }
    }

    /// The kind of that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One document to write in Cin7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it is found again: in `Reference` of an adjustment, in `Notes` of a write-off.
    pub key: DocumentKey,
    /// Which sort.
    pub kind: DocumentKind,
    /// What it is booked to; Cin7's own default where there is none.
    pub account: Option<Account>,
    /// The day it is dated.
    pub effective_on: NaiveDate,
    /// 1 to [`LINES_MAX`] lines, no product twice, by SKU.
    pub lines: Vec<Line>,
}

impl Document {
    /// Every adjustment in it, line by line.
    pub fn adjustments(&self) -> impl Iterator<Item = &str> {
        self.lines
            .iter()
            .flat_map(|line| line.adjustments.iter().map(String::as_str))
    }

    /// The key, and as many of the lines' comments as fit into so many characters: a
    /// write-off's lines carry none (documented).
    pub fn notes(&self, max: usize) -> String {
        let head = format!("{} ", self.key);
        let comments = self.lines.iter().map(|line| line.comment.as_str());
        joined(&head, comments, max)
    }
}

/// All that changes for one product in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it changes.
    pub target: Target,
    /// By how many units; never 0.
    pub change: i64,
    /// Units on hand that the sum started from, the documents before this one counted in.
    pub on_hand: Decimal,
    /// Cost of one unit.
    pub unit_cost: Decimal,
    /// The adjustments in it, oldest first; at least one.
    pub adjustments: Vec<String>,
    /// At most [`COMMENT_MAX`] characters.
    pub comment: String,
}

impl Line {
    /// The level that an adjustment sets; never below 0.
    pub fn level(&self) -> Decimal {
        self.level_from(self.on_hand)
    }

    /// The level from another reading of what is on hand.
    pub fn level_from(&self, on_hand: Decimal) -> Decimal {
        on_hand.saturating_add(Decimal::from(self.change))
    }

    /// The units that a write-off takes away.
    pub fn units(&self) -> u64 {
        self.change.unsigned_abs()
    }
}

/// What came of the adjustments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    /// To be written, in this order: rises first, so that no level falls below 0 on the way.
    pub documents: Vec<Document>,
    /// Sums of nothing: posted with nothing to write.
    pub nothing_to_write: Vec<Netted>,
    /// Not to be posted now, by id.
    pub faults: BTreeMap<String, AdjustmentFault>,
}

/// Adjustments of one product and account that come to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Netted {
    /// What they would have changed.
    pub target: Target,
    /// Their ids, oldest first.
    pub adjustments: Vec<String>,
}

/// Turns adjustments into documents. `levels` is what Cin7 has on hand by product, freshly
/// read; a product that is not in it could not be read. An id that comes twice counts once.
///
/// Accounts are never mixed: what one product lost to one account and gained from another is
/// a line in each of two documents.
pub fn documents(
    mut to_post: Vec<ToPost>,
    levels: &BTreeMap<ProductId, Decimal>,
    rules: &PostingRules,
) -> Posting {
    let mut seen = BTreeSet::new();
    // The order decides what is refused first, so it may not depend on how they came.
    to_post.sort_by(|a, b| (a.at, &a.id, a.units).cmp(&(b.at, &b.id, b.units)));
    to_post.retain(|one| seen.insert(one.id.clone()));
    let mut by_product: BTreeMap<ProductId, Vec<ToPost>> = BTreeMap::new();
    for one in to_post {
        let product = one.target.product.clone();
        by_product.entry(product).or_default().push(one);
    }
    let mut posting = Posting::default();
    let mut lines: BTreeMap<(Order, Option<Account>), Vec<Line>> = BTreeMap::new();
    for (product, all) in by_product {
        let Some(on_hand) = levels.get(&product) else {
            let unread = all
                .into_iter()
                .map(|one| (one.id, AdjustmentFault::LevelUnread));
            posting.faults.extend(unread);
            continue;
        };
        let (fits, below_zero) = above_zero(all, *on_hand);
        let below_zero = below_zero
            .into_iter()
            .map(|one| (one.id, AdjustmentFault::BelowZero));
        posting.faults.extend(below_zero);
        let own = product_lines(fits, *on_hand, rules, &mut posting.nothing_to_write);
        // From a level that is below 0 itself a first line may not lead out of it.
        let stays_below = own.iter().any(|(_, line)| line.level() < Decimal::ZERO);
        for (key, line) in own {
            if stays_below {
                let ids = line.adjustments.into_iter();
                posting
                    .faults
                    .extend(ids.map(|id| (id, AdjustmentFault::BelowZero)));
            } else {
                lines.entry(key).or_default().push(line);
            }
        }
    }
    for ((order, account), mut lines) in lines {
        lines.sort_by(|a, b| {
            (&a.target.sku, &a.target.product).cmp(&(&b.target.sku, &b.target.product))
        });
        let kind = match (order, rules.decreases) {
            (Order::Falls, Decreases::WriteOff) if account.is_some() => DocumentKind::WriteOff,
            (Order::Falls | Order::Rises, _) => DocumentKind::Adjustment,
        };
        for some in lines.chunks(LINES_MAX) {
            let ids = some.iter().flat_map(|line| &line.adjustments);
            posting.documents.push(Document {
                key: DocumentKey::of(ids.map(String::as_str)),
                kind,
                account: account.clone(),
                effective_on: rules.effective_on(),
                lines: some.to_vec(),
            });
        }
    }
    posting
}

/// Which documents are written first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Rises,
    Falls,
}

/// What of one product can be posted without its level falling below 0, and what cannot:
/// rises count first, then falls from the oldest on, each on its own.
fn above_zero(all: Vec<ToPost>, on_hand: Decimal) -> (Vec<ToPost>, Vec<ToPost>) {
    let rises = all.iter().filter(|one| one.units > 0);
    let mut level = rises.fold(on_hand, |level, one| {
        level.saturating_add(Decimal::from(one.units))
    });
    if level < Decimal::ZERO {
        return (Vec::new(), all);
    }
    all.into_iter().partition(|one| {
        if one.units >= 0 {
            return true;
        }
        let left = level.saturating_add(Decimal::from(one.units));
        let fits = left >= Decimal::ZERO;
        if fits {
            level = left;
        }
        fits
    })
}

/// One line for each account that the changes of one product do not cancel out in.
fn product_lines(
    fits: Vec<ToPost>,
    on_hand: Decimal,
    rules: &PostingRules,
    nothing: &mut Vec<Netted>,
) -> Vec<((Order, Option<Account>), Line)> {
    let mut by_account: BTreeMap<Option<Account>, Vec<ToPost>> = BTreeMap::new();
    for one in fits {
        let account = rules.accounts.of(&one.booked_as).cloned();
        by_account.entry(account).or_default().push(one);
    }
    let mut lines = Vec::new();
    for (account, some) in by_account {
        let Some(newest) = some.last() else { continue };
        let change = some
            .iter()
            .fold(0_i64, |sum, one| sum.saturating_add(one.units));
        let target = newest.target.clone();
        let unit_cost = newest.unit_cost;
        let mentions: Vec<Mention> = some
            .iter()
            .map(|one| mention(one, rules.closed_day_of(one.at)))
            .collect();
        let adjustments = some.into_iter().map(|one| one.id).collect();
        let order = match change {
            0 => {
                nothing.push(Netted {
                    target,
                    adjustments,
                });
                continue;
            }
            1.. => Order::Rises,
            ..=-1 => Order::Falls,
        };
        let line = Line {
            target,
            change,
            on_hand,
            unit_cost,
            adjustments,
            comment: comment(&mentions, COMMENT_MAX),
        };
        lines.push(((order, account), line));
    }
    lines.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut level = on_hand;
    for (_, line) in &mut lines {
        line.on_hand = level;
        level = line.level();
    }
    lines
}
