//! What each adjustment needs that is due: to be posted, or a person, or nothing. Judged from
//! what was kept, never from the feed.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::adjustment::{
    Adjustment, AdjustmentFault, AdjustmentReason, ApprovalReason, Heals, Original,
    OriginalStanding, Setting, Target, ToPost, Treatment, TreatmentRules, original_is_overdue,
    treat,
};
use domain::{Owner, ProductId};
use rust_decimal::Decimal;
use store::{
    AdjustmentKey, AdjustmentRow, AdjustmentStands, AdjustmentState, DocumentOrigin, Reading,
    StoreFault,
};

use crate::engine::Engine;
use crate::journal::notice;
use crate::knowledge::Knowledge;
use crate::runs::Run;
use crate::words::in_books;

/// Adjustments judged in one run.
const AT_ONCE: u32 = 5_000;
/// How long a cause that heals by itself is left alone before it is looked at again.
const LOOK_AGAIN: Duration = Duration::hours(1);
/// What only a person can put right is not looked at again by itself.
const NOT_BY_ITSELF: Duration = Duration::days(3_650);
/// How long a correction that a person posted may be met by a late report of the warehouse's.
const MET_WITHIN: Duration = Duration::days(14);

/// One that is to be posted.
pub(super) struct Due {
    pub(super) key: AdjustmentKey,
    pub(super) to_post: ToPost,
    /// When its cost was read.
    pub(super) cost_at: Option<DateTime<Utc>>,
    /// Goes into a document of its own.
    pub(super) alone: bool,
}

impl Engine {
    /// Judges every adjustment that is due, and gives back those to be posted.
    pub(super) fn judge_adjustments(&self, run: &Run) -> Result<Vec<Due>, StoreFault> {
        let now = self.now();
        let settings = self.settings();
        let rules = settings.treatment();
        let (rows, knowledge, costs, cost_at) = {
            let store = self.store();
            let reading = store.reading();
            let rows = reading.adjustments_due(now, AT_ONCE)?;
            // Before the products were ever read every SKU would be unknown.
            if rows.is_empty() || reading.reference_age("products")?.is_none() {
                return Ok(Vec::new());
            }
            let knowledge = Knowledge::load(reading, &settings.rules().sku)?;
            let costs = costs(reading)?;
            (rows, knowledge, costs, reading.reference_age("products")?)
        };
        let mut due = Vec::new();
        for row in rows {
            let judged = {
                let store = self.store();
                let reading = store.reading();
                // What went before in this loop may have closed it.
                let row = reading.adjustment_by_key(row.key)?;
                if !matches!(row.state, AdjustmentState::New | AdjustmentState::Failed) {
                    continue;
                }
                Judged::of(reading, row, &knowledge, &costs, &rules)?
            };
            if let Some(to_post) = self.apply(run, &judged, now)? {
                due.push(Due {
                    key: judged.row.key,
                    alone: judged.row.alone,
                    to_post,
                    cost_at,
                });
            }
        }
        Ok(due)
    }

    /// Writes down what was made of one; gives it back if it is to be posted.
    fn apply(
        &self,
        run: &Run,
        judged: &Judged,
        now: DateTime<Utc>,
    ) -> Result<Option<ToPost>, StoreFault> {
        let row = &judged.row;
        let mut store = self.store();
        let stand = |store: &mut store::Store, stands: &Stand<'_>| {
            if stands.is_as(row) {
                // Nothing new: only the time of the next look.
            } else {
                run.count(stands.state.word(), 1);
            }
            store.write(|w| {
                w.adjustment_stands(row.key, &stands.for_store(now), now)?;
                if !stands.is_as(row) {
                    w.journal(&notice(
                        now,
                        "decision",
                        "adjustment",
                        &row.id,
                        "auto",
                        &stands.says(row),
                    ))?;
                }
                Ok(())
            })
        };
        match &judged.treatment {
            Treatment::Post { target, .. } => {
                if let Some(correction) = judged.met_by {
                    let stands = Stand::waits(Owner::Office, &["meets_a_correction"]).saying(
                        format!(
                            "A difference of {correction:+} of this SKU was posted by hand before. If this is the same, leave it as it is; else approve it."
                        ),
                    );
                    stand(&mut store, &stands)?;
                    return Ok(None);
                }
                store.write(|w| {
                    w.adjustment_resolved(row.key, &target.product, target.sku.as_str())
                })?;
                Ok(Some(judged.to_post(target)))
            }
            Treatment::Approve { target, because } => {
                store.write(|w| {
                    w.adjustment_resolved(row.key, &target.product, target.sku.as_str())
                })?;
                let causes: Vec<&str> = because.reasons().map(ApprovalReason::code).collect();
                let words: Vec<String> = because.reasons().map(sentence).collect();
                let stands = Stand::waits(Owner::Finance, &causes).saying(words.join(" "));
                stand(&mut store, &stands)?;
                Ok(None)
            }
            Treatment::Decide { target, because } => {
                store.write(|w| {
                    w.adjustment_resolved(row.key, &target.product, target.sku.as_str())
                })?;
                stand(
                    &mut store,
                    &Stand::waits(because.owner(), &[because.code()]),
                )?;
                Ok(None)
            }
            Treatment::Record(why) => {
                stand(&mut store, &Stand::recorded(why.code()))?;
                Ok(None)
            }
            Treatment::CloseWithOriginal => {
                if let Some(original) = judged.original {
                    store.write(|w| {
                        w.adjustment_stands(
                            original,
                            &Stand::recorded("taken_back").for_store(now),
                            now,
                        )
                    })?;
                }
                stand(&mut store, &Stand::recorded("takes_back"))?;
                Ok(None)
            }
            Treatment::WaitForOriginal if original_is_overdue(row.received, now) => {
                stand(
                    &mut store,
                    &Stand::failed(AdjustmentFault::OriginalMissing, now),
                )?;
                Ok(None)
            }
            Treatment::WaitForOriginal => {
                let stands = Stand {
                    state: AdjustmentState::New,
                    owner: None,
                    causes: vec!["waits_for_original"],
                    words: String::new(),
                    due: Some(now + Duration::minutes(5)),
                };
                stand(&mut store, &stands)?;
                Ok(None)
            }
            Treatment::Fault(fault) => {
                stand(&mut store, &Stand::failed(*fault, now))?;
                Ok(None)
            }
        }
    }

    /// Has those stand as failed that could not be put into a document.
    pub(super) fn adjustment_failed(
        &self,
        run: &Run,
        key: AdjustmentKey,
        fault: AdjustmentFault,
    ) -> Result<(), StoreFault> {
        let now = self.now();
        run.count("failed", 1);
        self.store()
            .write(|w| w.adjustment_stands(key, &Stand::failed(fault, now).for_store(now), now))
    }

    /// Has those stand as done that come to nothing together.
    pub(super) fn adjustment_netted(&self, key: AdjustmentKey) -> Result<(), StoreFault> {
        let now = self.now();
        self.store().write(|w| {
            w.adjustment_stands(key, &Stand::recorded("sum_of_nothing").for_store(now), now)
        })
    }
}

/// One adjustment and what it needs.
struct Judged {
    row: AdjustmentRow,
    adjustment: Adjustment,
    treatment: Treatment,
    /// The one it takes back, if that is here.
    original: Option<AdjustmentKey>,
    /// The reason whose account it goes to.
    booked_as: AdjustmentReason,
    unit_cost: Option<Decimal>,
    /// A correction that a person posted and that this may be the report of.
    met_by: Option<Decimal>,
}

impl Judged {
    fn of(
        reading: &Reading,
        row: AdjustmentRow,
        knowledge: &Knowledge,
        costs: &BTreeMap<ProductId, Decimal>,
        rules: &TreatmentRules,
    ) -> Result<Self, StoreFault> {
        let adjustment = adjustment_of(&row);
        let original = if row.reverses.is_empty() {
            None
        } else {
            reading.adjustment(&row.reverses)?
        };
        let resolved = knowledge.of_warehouse(&row.sku);
        let product = match &resolved {
            domain::adjustment::Resolved::Known(target)
            | domain::adjustment::Resolved::Inactive(target) => Some(target.product.clone()),
            domain::adjustment::Resolved::Unknown | domain::adjustment::Resolved::Ambiguous => None,
        };
        let unit_cost = product.as_ref().and_then(|id| costs.get(id)).copied();
        let setting = Setting {
            resolved,
            unit_cost,
            // Read when documents are made; a limit by share waits for a person till then.
            level: None,
            original: standing(reading, &row, original.as_ref())?,
        };
        let treatment = match treat(&adjustment, &setting, rules) {
            // A person has said yes.
            Treatment::Approve { target, .. } | Treatment::Decide { target, .. }
                if !row.decided_by.is_empty() =>
            {
                Treatment::Post {
                    target,
                    look: Vec::new(),
                }
            }
            other => other,
        };
        let met_by = match &treatment {
            Treatment::Post { target, .. } if row.decided_by.is_empty() => {
                met_by(reading, &row, target)?
            }
            _ => None,
        };
        let booked_as = original.as_ref().map_or_else(
            || adjustment.reason.clone(),
            |original| AdjustmentReason::parse(&original.why),
        );
        Ok(Self {
            original: original.map(|original| original.key),
            row,
            adjustment,
            treatment,
            booked_as,
            unit_cost,
            met_by,
        })
    }

    fn to_post(&self, target: &Target) -> ToPost {
        ToPost {
            id: self.adjustment.id.clone(),
            target: target.clone(),
            units: self.adjustment.units,
            unit_cost: self.unit_cost.unwrap_or_default(),
            reason: self.adjustment.reason.clone(),
            reason_text: self.adjustment.reason_text.clone(),
            booked_as: self.booked_as.clone(),
            at: self.adjustment.at,
        }
    }
}

fn adjustment_of(row: &AdjustmentRow) -> Adjustment {
    Adjustment {
        id: row.id.clone(),
        revision: row.revision,
        movement: row.movement,
        sku: row.sku.clone(),
        units: row.units,
        units_in_building: row.in_building,
        reason: AdjustmentReason::parse(&row.why),
        reason_text: row.why_text.clone(),
        note: row.note.clone(),
        warehouse: row.warehouse.clone(),
        at: row.at,
        reverses: (!row.reverses.is_empty()).then(|| row.reverses.clone()),
        reference: row.belongs_to.clone(),
    }
}

/// Where the one stands that this takes back.
fn standing(
    reading: &Reading,
    row: &AdjustmentRow,
    original: Option<&AdjustmentRow>,
) -> Result<Original, StoreFault> {
    let Some(original) = original else {
        return Ok(Original::Unknown);
    };
    let reversed = reading.reversals_of(&original.id)?.iter().any(|other| {
        other.key != row.key
            && matches!(
                other.state,
                AdjustmentState::Posted | AdjustmentState::Posting | AdjustmentState::Unclear
            )
    });
    let standing = match original.state {
        _ if reversed => OriginalStanding::Reversed,
        AdjustmentState::New | AdjustmentState::NeedsApproval | AdjustmentState::Failed => {
            OriginalStanding::Waiting
        }
        AdjustmentState::Posting | AdjustmentState::Unclear => OriginalStanding::Posting,
        AdjustmentState::Posted => OriginalStanding::Posted,
        AdjustmentState::AlreadyInCin7 => OriginalStanding::AlreadyInCin7,
        AdjustmentState::Recorded if original.causes.iter().any(|cause| cause == "taken_back") => {
            OriginalStanding::Reversed
        }
        AdjustmentState::Dismissed | AdjustmentState::Recorded => OriginalStanding::SetAside,
    };
    Ok(Original::Known {
        sku: original.sku.clone(),
        units: original.units,
        standing,
    })
}

/// A difference that a person posted of this product, by as much, not long before the
/// warehouse told of this (R66).
fn met_by(
    reading: &Reading,
    row: &AdjustmentRow,
    target: &Target,
) -> Result<Option<Decimal>, StoreFault> {
    let documents = reading.documents_of_product(&target.product, 20)?;
    Ok(documents
        .iter()
        .filter(|document| {
            document.origin == DocumentOrigin::Drift
                && document
                    .completed_at
                    .is_some_and(|at| at <= row.received && row.received - at < MET_WITHIN)
        })
        .flat_map(|document| &document.lines)
        .find(|line| line.product == target.product && line.change == Decimal::from(row.units))
        .map(|line| line.change))
}

/// Cost of one by product, where it is known: Cin7 gives none as 0.
pub(super) fn costs(reading: &Reading) -> Result<BTreeMap<ProductId, Decimal>, StoreFault> {
    Ok(reading
        .products()?
        .into_iter()
        .filter_map(|product| {
            let id = ProductId::parse(&product.id).ok()?;
            Some((id, product.cost))
        })
        .collect())
}

/// Where one stands next.
struct Stand<'a> {
    state: AdjustmentState,
    owner: Option<Owner>,
    causes: Vec<&'a str>,
    words: String,
    due: Option<DateTime<Utc>>,
}

impl<'a> Stand<'a> {
    fn waits(owner: Owner, causes: &[&'a str]) -> Self {
        Self {
            state: AdjustmentState::NeedsApproval,
            owner: Some(owner),
            causes: causes.to_vec(),
            words: String::new(),
            due: None,
        }
    }

    fn recorded(cause: &'a str) -> Self {
        Self {
            state: AdjustmentState::Recorded,
            owner: None,
            causes: vec![cause],
            words: String::new(),
            due: None,
        }
    }

    fn failed(fault: AdjustmentFault, now: DateTime<Utc>) -> Self {
        Self {
            state: AdjustmentState::Failed,
            owner: Some(fault.owner()),
            causes: vec![fault.code()],
            words: String::new(),
            due: Some(now + wait_of(fault)),
        }
    }

    fn saying(self, words: String) -> Self {
        Self { words, ..self }
    }

    fn is_as(&self, row: &AdjustmentRow) -> bool {
        row.state == self.state
            && row
                .causes
                .iter()
                .map(String::as_str)
                .eq(self.causes.iter().copied())
    }

    fn says(&self, row: &AdjustmentRow) -> String {
        let stands = crate::words::adjustment_state(self.state.word());
        let named = format!("{}, {:+} {}: {stands}", row.id, row.units, row.sku);
        match (self.state, self.causes.first()) {
            (AdjustmentState::NeedsApproval | AdjustmentState::Failed, Some(cause)) => {
                let why = crate::words::adjustment_title(cause).to_owned();
                format!("{named}; {}", crate::words::uncapital(&why))
            }
            _ => named,
        }
    }
}

impl<'a> Stand<'a> {
    /// As the store takes it.
    fn for_store(&'a self, now: DateTime<Utc>) -> AdjustmentStands<'a> {
        AdjustmentStands {
            state: self.state,
            owner: self.owner,
            causes: &self.causes,
            detail: &self.words,
            due: self.due.unwrap_or(now),
            failed: self.state == AdjustmentState::Failed,
            by: "",
            why: "",
        }
    }
}

/// When a fault is worth another look.
pub(super) fn wait_of(fault: AdjustmentFault) -> Duration {
    match fault.heals() {
        Heals::WithMaps | Heals::WithLevel | Heals::WithTime => LOOK_AGAIN,
        Heals::ByHand => NOT_BY_ITSELF,
    }
}

fn sentence(because: &ApprovalReason) -> String {
    match because {
        ApprovalReason::Always => "Every adjustment waits for a person here.".into(),
        ApprovalReason::Units { units, limit } => {
            format!("It is {units} units; {limit} may be posted without a person.")
        }
        ApprovalReason::Value { value, limit } => format!(
            "It is worth {} at cost; {} may be posted without a person.",
            in_books(*value),
            in_books(*limit)
        ),
        ApprovalReason::Share {
            units,
            level,
            limit,
        } => format!(
            "It is {units} of {} on hand; {limit} % may be posted without a person.",
            level.normalize()
        ),
        ApprovalReason::CostUnknown => {
            "Cin7 Core gives no cost of this product, so its value cannot be told.".into()
        }
        ApprovalReason::LevelUnknown => {
            "What Cin7 Core has on hand is not known, so the share cannot be told.".into()
        }
    }
}
