//! Takes in what the warehouse says of its stock, judges each adjustment, and posts what is
//! to be posted to Cin7, once. Only kept and judged here; the documents are written in
//! [`documents`], from intentions that are on disk.

mod documents;
mod drift;
mod judge;
mod levels;
mod settled;

pub(crate) use drift::{Drift, NotPosted};
pub(in crate::runs) use levels::StockList;

use domain::adjustment::AdjustmentReason;
use store::{NewAdjustment, StoreFault, TookAdjustment, Write};
use vendor::{Lane, Told};
use whistl::{AdjustmentRecord, PageOutcome, Reader};

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::runs::feed::{BoxFuture, Feed};
use crate::runs::reference::not_set_up;
use crate::runs::{Job, Run, RunReport};

/// What was counted.
const ADJUSTMENTS: Feed = Feed {
    cursor: "adjustments",
    brings: "Stock adjustments",
    item: "adjustment",
};

impl Engine {
    pub(super) async fn run_adjustments(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Adjustments)?;
        for name in [
            "seen",
            "new",
            "posted",
            "needs_approval",
            "failed",
            "unclear",
        ] {
            run.count(name, 0);
        }
        if let Err(why) = self.take_adjustments(&run).await {
            run.unanswered("The warehouse's stock adjustments", why)?;
        }
        self.know_what_is_counted(&run).await?;
        self.post_what_is_due(&run).await?;
        Ok(self.end(run)?)
    }

    /// Has the products read before the first adjustment is judged by them.
    async fn know_what_is_counted(&self, run: &Run) -> Result<(), EngineFault> {
        let now = self.now();
        if self.store().reading().adjustments_due(now, 1)?.is_empty() {
            return Ok(());
        }
        match self.read_unread_reference(run).await {
            Err(fault) if !matches!(fault, EngineFault::Store(_)) => {
                run.cut_short(fault.to_string());
                Ok(())
            }
            done => done,
        }
    }

    pub(in crate::runs) async fn take_adjustments(&self, run: &Run) -> Result<(), Unanswered> {
        let (reader, _) = self.whistl().map_err(not_set_up)?;
        self.walk_with_look_back(run, ADJUSTMENTS, question(&reader), |w, record| {
            take(w, run, record, self.now())
        })
        .await
    }

    /// Reads them again from further back.
    pub(in crate::runs) async fn take_adjustments_again(
        &self,
        run: &Run,
    ) -> Result<(), Unanswered> {
        let (reader, _) = self.whistl().map_err(not_set_up)?;
        self.walk_again(run, ADJUSTMENTS, question(&reader), |w, record| {
            take(w, run, record, self.now())
        })
        .await
    }
}

/// A page of adjustments after that place.
fn question(
    reader: &Reader,
) -> impl Fn(Option<String>) -> BoxFuture<Told<PageOutcome<AdjustmentRecord>>> {
    let reader = reader.clone();
    move |after| {
        let reader = reader.clone();
        Box::pin(async move { reader.adjustments(Lane::Stock, after.as_deref()).await })
    }
}

/// Takes in one adjustment; one that is known changes nothing.
fn take(
    w: &mut Write<'_>,
    run: &Run,
    record: &AdjustmentRecord,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), StoreFault> {
    run.count("seen", 1);
    let adjustment = &record.adjustment;
    let took = w.take_adjustment(
        &NewAdjustment {
            id: &adjustment.id,
            revision: adjustment.revision,
            movement: adjustment.movement,
            sku: &adjustment.sku,
            units: adjustment.units,
            in_building: adjustment.units_in_building,
            why: &adjustment.reason.code(),
            why_text: &adjustment.reason_text,
            note: &adjustment.note,
            warehouse: &adjustment.warehouse,
            reverses: adjustment.reverses.as_deref().unwrap_or_default(),
            belongs_to: &adjustment.reference,
            at: adjustment.at,
            published: record.published_at,
            goods: record.goods,
            content: record.content,
            raw: &String::from_utf8_lossy(&record.raw),
        },
        now,
    )?;
    let text = match took {
        TookAdjustment::Known(_) => return Ok(()),
        TookAdjustment::New(_) => {
            run.count("new", 1);
            format!(
                "The warehouse changed {} by {:+}: {}",
                adjustment.sku,
                adjustment.units,
                phrase(&adjustment.reason, &adjustment.reason_text),
            )
        }
        TookAdjustment::Revised(_) => {
            run.count("revised", 1);
            format!(
                "The warehouse corrected the reason or note of {}",
                adjustment.id
            )
        }
        TookAdjustment::Changed(_) => {
            run.count("changed", 1);
            run.fault(format!(
                "The warehouse sent {} again with other content; the first is kept",
                adjustment.id
            ));
            format!(
                "{} came again with other content; it is kept beside the first and not applied",
                adjustment.id
            )
        }
    };
    w.journal(&notice(
        now,
        "decision",
        "adjustment",
        &adjustment.id,
        "warehouse",
        &text,
    ))?;
    Ok(())
}

/// The reason as people say it.
fn phrase(reason: &AdjustmentReason, text: &str) -> String {
    match reason {
        AdjustmentReason::Other(word) if !text.is_empty() => format!("{text} ({word})"),
        named => named.phrase().to_owned(),
    }
}
