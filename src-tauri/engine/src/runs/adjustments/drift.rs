//! Posts a difference that a person decided on: a document of its own, put down in one commit
//! with the decision, and gone on with like any other.

use std::collections::BTreeMap;

use cin7::LocationRef;
use domain::adjustment::{AdjustmentFault, AdjustmentReason, DocumentKey, Target, ToPost};
use domain::adjustment::{COMMENT_MAX, documents};
use rust_decimal::Decimal;
use store::{DocumentOrigin, DocumentRow, NewDocumentLine, NewDriftDecision, StockLineRow};

use super::documents::Post;
use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::runs::Run;
use crate::runs::reference::not_set_up;

/// The reason under which a difference is booked: an account can be mapped to it like to any
/// of the warehouse's.
const REASON: &str = "stock_difference";

/// A difference to be posted.
pub(crate) struct Drift<'a> {
    /// The SKU as the last comparison found it.
    pub(crate) line: &'a StockLineRow,
    /// Its product.
    pub(crate) target: Target,
    /// Units, with their sign.
    pub(crate) units: i64,
    /// The person's reason.
    pub(crate) why: &'a str,
    /// Who.
    pub(crate) who: &'a str,
}

/// Why a difference could not be put into a document.
pub(crate) enum NotPosted {
    /// One thing stands in the way.
    Fault(AdjustmentFault),
    /// Another is posting; it is tried again in a moment.
    AtWork,
}

impl Engine {
    /// What Cin7 has on hand of one product now.
    pub(crate) async fn level_now(
        &self,
        run: &Run,
        target: &Target,
    ) -> Result<Option<Decimal>, Unanswered> {
        let location = self.location().map_err(not_set_up)?;
        let location = LocationRef {
            id: location.0,
            name: location.1,
        };
        let products = BTreeMap::from([(target.product.clone(), target.sku.as_str().to_owned())]);
        let levels = self.levels_of(run, &products, &location).await?;
        Ok(levels.get(&target.product).copied())
    }

    /// Posts a difference; gives back the document as it stands when nothing more can be done
    /// now.
    pub(crate) async fn post_drift(
        &self,
        run: &Run,
        drift: &Drift<'_>,
    ) -> Result<Result<DocumentRow, NotPosted>, EngineFault> {
        let Ok(_sole_right) = self.adjusting.try_lock() else {
            return Ok(Err(NotPosted::AtWork));
        };
        self.store().recover_documents(self.now())?;
        let reader = self.cin7()?;
        let (id, name) = self.location()?;
        let post = Post::new(self, run, reader, LocationRef { id, name });
        let intended = match post.intend_drift(drift).await {
            Ok(intended) => intended,
            Err(Unanswered::Store(fault)) => return Err(fault.into()),
            Err(why) => {
                run.unanswered("Cin7 Core's stock levels", why)?;
                return Ok(Err(NotPosted::Fault(AdjustmentFault::LevelUnread)));
            }
        };
        let key = match intended {
            Ok(key) => key,
            Err(fault) => return Ok(Err(NotPosted::Fault(fault))),
        };
        post.go_on().await?;
        Ok(Ok(self.store().reading().document(key)?))
    }
}

impl Post<'_> {
    /// Puts down the document and the decision in one commit.
    async fn intend_drift(
        &self,
        drift: &Drift<'_>,
    ) -> Result<Result<store::DocumentKey, AdjustmentFault>, Unanswered> {
        let engine = self.engine;
        let locked_until = self.lock_date().await?;
        let products = BTreeMap::from([(
            drift.target.product.clone(),
            drift.target.sku.as_str().to_owned(),
        )]);
        let levels = engine
            .levels_of(self.run, &products, &self.location)
            .await?;
        let rules = self.rules(locked_until)?;
        let now = engine.now();
        let id = format!("{}/{}", self.run.id(), drift.line.key.0);
        let posting = documents(
            vec![ToPost {
                id: id.clone(),
                target: drift.target.clone(),
                units: drift.units,
                unit_cost: drift.line.unit_cost.unwrap_or_default(),
                reason: AdjustmentReason::parse(REASON),
                reason_text: drift.why.to_owned(),
                booked_as: AdjustmentReason::parse(REASON),
                at: now,
            }],
            &levels,
            &rules,
        );
        if let Some(fault) = posting.faults.get(&id) {
            return Ok(Err(*fault));
        }
        let Some(document) = posting.documents.first() else {
            return Ok(Err(AdjustmentFault::LevelUnread));
        };
        let cost_at = engine.store().reading().reference_age("products")?;
        let lines: Vec<NewDocumentLine> = document
            .lines
            .iter()
            .map(|line| NewDocumentLine {
                product: line.target.product.clone(),
                sku: line.target.sku.as_str().to_owned(),
                change: Decimal::from(line.change),
                unit_cost: drift.line.unit_cost,
                cost_at,
                comment: comment(drift),
                adjustments: Vec::new(),
            })
            .collect();
        let mut store = engine.store();
        let reference = DocumentKey::of([id.as_str()]);
        let key = store.write(|w| {
            let key = self.put_down_one(
                w,
                document,
                reference.as_str(),
                (DocumentOrigin::Drift, drift.who),
                &lines,
                now,
            )?;
            w.decide_drift(&NewDriftDecision {
                line: drift.line.key,
                run: drift.line.run,
                what: "post",
                units: Decimal::from(drift.units),
                note: drift.why,
                until: None,
                document: Some(key),
                who: drift.who,
                at: now,
            })?;
            let text = format!(
                "The difference of {:+} {} is posted to Cin7 Core: {}",
                drift.units, drift.line.sku, drift.why
            );
            w.journal(&notice(
                now,
                "decision",
                "stock",
                &drift.line.sku,
                drift.who,
                &text,
            ))?;
            Ok(key)
        })?;
        Ok(Ok(key))
    }
}

fn comment(drift: &Drift<'_>) -> String {
    let text = format!(
        "Stock difference {:+}, posted by {}: {}",
        drift.units, drift.who, drift.why
    );
    if text.chars().count() <= COMMENT_MAX {
        return text;
    }
    text.chars().take(COMMENT_MAX - 1).chain(['…']).collect()
}
