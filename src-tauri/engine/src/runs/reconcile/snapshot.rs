//! Reads the warehouse's newest snapshot whole, or says why it cannot be used.

use std::time::Duration;

use chrono::TimeDelta;
use domain::stock::SnapshotHead;
use whistl::{Gathering, Missing, Next, Reader, SnapshotAsked, SnapshotRows, WholeSnapshot};

use super::{Incomplete, LANE, reader_of};
use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::journal::WHISTL;
use crate::runs::Run;

/// A snapshot that was asked for is looked for so often, and after so long each time.
const LOOKS: u32 = 8;
const BETWEEN_LOOKS: Duration = Duration::from_secs(10);
/// One that is no older than this is new enough.
const YOUNG: TimeDelta = TimeDelta::minutes(2);
/// A snapshot is made every hour (documented); one much older says nothing of today.
const STALE: TimeDelta = TimeDelta::hours(3);
/// A snapshot that expires while it is read is begun anew so often.
const TRIES: u32 = 2;

impl Engine {
    pub(super) async fn read_snapshot(
        &self,
        run: &Run,
    ) -> Result<Result<WholeSnapshot, Incomplete>, Unanswered> {
        let reader = reader_of(self)?;
        let warehouse = self.profile().warehouse;
        let warehouse = warehouse.as_deref();
        let mut tries = 0;
        loop {
            tries += 1;
            let Some(head) = self.newest(run, &reader, warehouse).await? else {
                return Ok(Err(Incomplete::because(
                    "Whistl has made no snapshot of its stock yet",
                )));
            };
            if self.now() - head.as_of > STALE {
                return Ok(Err(Incomplete {
                    snapshot: head.id.clone(),
                    as_of: Some(head.as_of),
                    ..Incomplete::because(format!(
                        "Whistl's newest snapshot is of {}, too old to compare",
                        head.as_of.format("%-d %b %H:%M UTC")
                    ))
                }));
            }
            match self.gather(run, &reader, head).await?.finish() {
                Ok(whole) => return Ok(Ok(whole)),
                Err(part) if tries < TRIES && part.missing().contains(&Missing::Time) => {}
                Err(part) => {
                    let missing: Vec<String> =
                        part.missing().iter().map(ToString::to_string).collect();
                    return Ok(Err(Incomplete {
                        snapshot: part.head().id.clone(),
                        as_of: Some(part.head().as_of),
                        ..Incomplete::because(format!(
                            "Whistl's snapshot {} is not whole: {}",
                            part.head().id,
                            missing.join("; ")
                        ))
                    }));
                }
            }
        }
    }

    /// The newest snapshot; a new one is asked for first where the account can.
    async fn newest(
        &self,
        run: &Run,
        reader: &Reader,
        warehouse: Option<&str>,
    ) -> Result<Option<SnapshotHead>, Unanswered> {
        let latest = || reader.latest_snapshot(LANE, warehouse);
        let ping = self.ask(run, WHISTL, None, || reader.ping()).await?;
        if !ping.capabilities.snapshot_request {
            return self.ask(run, WHISTL, None, latest).await;
        }
        let before = self.ask(run, WHISTL, None, latest).await?;
        let is_young = |head: &SnapshotHead| (self.now() - head.as_of).abs() <= YOUNG;
        if before.as_ref().is_some_and(is_young) {
            return Ok(before);
        }
        let asked = self
            .ask(run, WHISTL, None, || {
                reader.request_snapshot(LANE, warehouse)
            })
            .await;
        match asked {
            Ok(SnapshotAsked::Taken) => {}
            // The last one will do: what moved since is netted.
            Ok(SnapshotAsked::TooSoon { .. }) | Err(Unanswered::Refused(_)) => return Ok(before),
            Err(why) => return Err(why),
        }
        let known = before.as_ref().map(|head| head.id.clone());
        for _ in 0..LOOKS {
            self.pause(BETWEEN_LOOKS).await?;
            let found = self.ask(run, WHISTL, None, latest).await?;
            if found.as_ref().map(|head| &head.id) != known.as_ref() {
                return Ok(found);
            }
        }
        Ok(before)
    }

    async fn gather(
        &self,
        run: &Run,
        reader: &Reader,
        head: SnapshotHead,
    ) -> Result<Gathering, Unanswered> {
        let mut gathering = Gathering::new(head);
        while let Next::Ask(after) = gathering.next().clone() {
            let id = gathering.head().id.clone();
            let answer = self
                .ask(run, WHISTL, None, || {
                    reader.snapshot_rows(LANE, &id, after.as_deref())
                })
                .await;
            match answer {
                Ok(SnapshotRows::Page(page)) => gathering.take(page),
                Ok(SnapshotRows::Expired) => gathering.expired(),
                // What was read stands; the run says what is missing.
                Err(Unanswered::NotNow(why)) => {
                    run.fault(why);
                    return Ok(gathering);
                }
                Err(why) => return Err(why),
            }
        }
        Ok(gathering)
    }
}
