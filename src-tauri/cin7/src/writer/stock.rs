//! The documents that change stock: each is drafted, which harms nothing and can be found again
//! by its key, and then completed.

use bytes::Bytes;
use vendor::{Lane, Method, Told, tell};

use super::{Cin7Writer, task_of, unclear};
use crate::map::{self, About};
use crate::record::{AdjustmentDocument, WriteOffDocument};

const ADJUSTMENT: &str = "/stockadjustment";
const WRITE_OFF: &str = "/inventoryWriteOff";

impl Cin7Writer {
    /// Drafts an adjustment: the body as [`crate::compose_adjustment_draft`] made it. Moves no
    /// stock (assumed). What was on hand, line by line, is a fresh reading (documented).
    pub async fn draft_adjustment(&self, lane: Lane, body: Bytes) -> Told<AdjustmentDocument> {
        let told = self
            .call("draft adjustment", lane, Method::Post, ADJUSTMENT, body)
            .await;
        tell(told, |response| {
            map::adjustment(&response.body, About::New).map_err(|bad| unclear(&bad))
        })
    }

    /// Completes a draft: the body as [`crate::compose_adjustment_completion`] made it. Levels
    /// become what the lines say, whoever moved stock since the draft (documented).
    pub async fn complete_adjustment(&self, lane: Lane, body: Bytes) -> Told<AdjustmentDocument> {
        let task = task_of(&body);
        let told = self
            .call("complete adjustment", lane, Method::Put, ADJUSTMENT, body)
            .await;
        tell(told, |response| {
            map::adjustment(&response.body, About::Task(&task)).map_err(|bad| unclear(&bad))
        })
    }

    /// Takes an adjustment back. It is taken back only if the answer says `VOIDED`.
    pub async fn void_adjustment(&self, lane: Lane, task: &str) -> Told<AdjustmentDocument> {
        let told = self.void("void adjustment", lane, ADJUSTMENT, task).await;
        tell(told, |response| {
            map::adjustment(&response.body, About::Task(task)).map_err(|bad| unclear(&bad))
        })
    }

    /// Drafts a write-off: the body as [`crate::compose_write_off_draft`] made it.
    pub async fn draft_write_off(&self, lane: Lane, body: Bytes) -> Told<WriteOffDocument> {
        let told = self
            .call("draft write-off", lane, Method::Post, WRITE_OFF, body)
            .await;
        tell(told, |response| {
            map::write_off(&response.body, About::New).map_err(|bad| unclear(&bad))
        })
    }

    /// Completes a draft: the body as [`crate::compose_write_off_completion`] made it. Look at
    /// [`WriteOffDocument::errors`] first: with any, a 200 did not do it (documented).
    pub async fn complete_write_off(&self, lane: Lane, body: Bytes) -> Told<WriteOffDocument> {
        let task = task_of(&body);
        let told = self
            .call("complete write-off", lane, Method::Put, WRITE_OFF, body)
            .await;
        tell(told, |response| {
            map::write_off(&response.body, About::Task(&task)).map_err(|bad| unclear(&bad))
        })
    }

    /// Takes a write-off back. It is taken back only if the answer says `VOIDED`.
    pub async fn void_write_off(&self, lane: Lane, task: &str) -> Told<WriteOffDocument> {
        let told = self.void("void write-off", lane, WRITE_OFF, task).await;
        tell(told, |response| {
            map::write_off(&response.body, About::Task(task)).map_err(|bad| unclear(&bad))
        })
    }
}
