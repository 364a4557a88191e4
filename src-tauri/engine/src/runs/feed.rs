//! Walks one of the warehouse's feeds from where it was left: each page is kept in one
//! commit with the place to go on from (connector contract 6.4). What a page's items come to
//! is the caller's.

use store::{Cursor, StoreFault, Write};
use vendor::Told;
use whistl::{BadItem, Page, PageOutcome};

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::journal::{WHISTL, notice};
use crate::runs::Run;

/// Pages that do not move the cursor before the feed is left alone (fault F15).
const MOST_STILL: u32 = 3;

/// A feed as it is talked of.
#[derive(Clone, Copy)]
pub(super) struct Feed {
    /// Its cursor in the store.
    pub(super) cursor: &'static str,
    /// What it brings, at the beginning of a sentence: “News”, “Despatches”.
    pub(super) brings: &'static str,
    /// One item of it, as the journal names it.
    pub(super) item: &'static str,
}

/// Where a walk begins, and whether it moves the place that is kept.
pub(super) enum From {
    /// Where the last one ended.
    LastPlace,
    /// An earlier place, to find what became readable late; the place that is kept stays.
    Earlier(Cursor),
}

impl Engine {
    /// Reads every page that is ready, and gives each to `take` within the commit that keeps
    /// the place.
    pub(super) async fn walk<T, F>(
        &self,
        run: &Run,
        feed: Feed,
        from: From,
        question: impl Fn(Option<String>) -> F,
        mut take: impl FnMut(&mut Write<'_>, &T) -> Result<(), StoreFault>,
    ) -> Result<(), Unanswered>
    where
        F: Future<Output = Told<PageOutcome<T>>>,
    {
        let (mut at, keeps_place) = match from {
            From::LastPlace => (self.store().reading().cursor(feed.cursor)?, true),
            From::Earlier(cursor) => (Some(cursor), false),
        };
        let mut still = 0;
        loop {
            let after = at.as_ref().map(|place| place.value.clone());
            let asked = self
                .ask(run, WHISTL, None, || question(after.clone()))
                .await?;
            let page = match asked {
                PageOutcome::Page(page) => page,
                PageOutcome::Expired { oldest } => {
                    run.fault(format!(
                        "Whistl no longer keeps the {} since the last look; reading all it keeps",
                        feed.brings.to_lowercase()
                    ));
                    still += 1;
                    if still >= MOST_STILL {
                        return Ok(());
                    }
                    at = oldest.map(|value| Cursor {
                        value,
                        epoch: String::new(),
                        at: self.now(),
                    });
                    continue;
                }
            };
            if at
                .as_ref()
                .is_some_and(|place| is_another_run(place, &page))
            {
                run.fault(format!(
                    "Whistl restored a backup (its {} count anew); orders are looked up by the sweep",
                    feed.brings.to_lowercase()
                ));
            }
            still = if page.next_cursor == after {
                still + 1
            } else {
                0
            };
            let next = Cursor {
                value: page.next_cursor.clone().or(after).unwrap_or_default(),
                epoch: page.epoch.clone(),
                at: self.now(),
            };
            self.store().write(|w| {
                for item in &page.items {
                    match item {
                        Ok(item) => take(w, item)?,
                        Err(bad) => unreadable(w, run, feed, bad, next.at)?,
                    }
                }
                if keeps_place {
                    w.put_cursor(feed.cursor, &next)?;
                }
                Ok(())
            })?;
            if !page.has_more {
                return Ok(());
            }
            if still >= MOST_STILL {
                run.cut_short(format!(
                    "The pages of Whistl’s {} do not move on; reading them again later",
                    feed.brings.to_lowercase()
                ));
                return Ok(());
            }
            at = Some(next);
        }
    }
}

/// Whether all of the warehouse's counters run anew since then.
fn is_another_run<T>(place: &Cursor, page: &Page<T>) -> bool {
    !place.epoch.is_empty() && !page.epoch.is_empty() && place.epoch != page.epoch
}

fn unreadable(
    w: &mut Write<'_>,
    run: &Run,
    feed: Feed,
    bad: &BadItem,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), StoreFault> {
    run.fault(format!(
        "{} from Whistl could not be read: {bad}",
        feed.brings
    ));
    let text = format!("One {} could not be read at {}", feed.item, bad.field);
    w.journal(&notice(now, "decision", feed.item, "", "auto", &text))?;
    Ok(())
}
