//! Walks one of the warehouse's feeds from where it was left: each page is kept in one
//! commit with the place to go on from (connector contract 6.4). What a page's items come to
//! is the caller's.

use std::pin::Pin;

use chrono::Duration;
use store::{Cursor, Reading, StoreFault, Write};
use vendor::Told;
use whistl::{BadItem, Page, PageOutcome};

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::journal::{WHISTL, notice};
use crate::runs::Run;

/// How often a feed is read again from an earlier place, and from how early: an item may
/// become readable after ones that follow it (connector contract 6.3).
const LOOK_BACK_EVERY_HOURS: i64 = 6;
const LOOK_BACK_HOURS: i64 = 48;

/// Earlier places are kept in so many slots, each for [`LOOK_BACK_EVERY_HOURS`].
const SLOTS: i64 = LOOK_BACK_HOURS / LOOK_BACK_EVERY_HOURS + 2;

/// Pages that do not move the cursor before the feed is left alone (fault F15).
const MOST_STILL: u32 = 3;

/// A question on its way.
pub(super) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

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
    /// An earlier place, or the beginning, to find what became readable late; the place that is
    /// kept stays.
    Earlier(Option<Cursor>),
}

impl Engine {
    /// Reads on from where the last walk ended, and once every few hours again from the place
    /// of two days ago.
    pub(super) async fn walk_with_look_back<T, F>(
        &self,
        run: &Run,
        feed: Feed,
        question: impl Fn(Option<String>) -> F,
        mut take: impl FnMut(&mut Write<'_>, &T) -> Result<(), StoreFault>,
    ) -> Result<(), Unanswered>
    where
        F: Future<Output = Told<PageOutcome<T>>>,
    {
        self.walk(run, feed, From::LastPlace, &question, &mut take)
            .await?;
        if let Some(earlier) = self.place_to_look_back_from(feed)? {
            self.walk(
                run,
                feed,
                From::Earlier(Some(earlier)),
                &question,
                &mut take,
            )
            .await?;
        }
        Ok(())
    }

    /// Reads again from the earliest place that is kept, now: something is known to be missing.
    pub(super) async fn walk_again<T, F>(
        &self,
        run: &Run,
        feed: Feed,
        question: impl Fn(Option<String>) -> F,
        take: impl FnMut(&mut Write<'_>, &T) -> Result<(), StoreFault>,
    ) -> Result<(), Unanswered>
    where
        F: Future<Output = Told<PageOutcome<T>>>,
    {
        let oldest = oldest_place(self.store().reading(), feed, |_| true)?;
        self.walk(run, feed, From::Earlier(oldest), question, take)
            .await
    }

    /// The place of two days ago, once every few hours; and keeps the present place for the
    /// time when it is that old.
    fn place_to_look_back_from(&self, feed: Feed) -> Result<Option<Cursor>, StoreFault> {
        let now = self.now();
        let mut store = self.store();
        let Some(present) = store.reading().cursor(feed.cursor)? else {
            return Ok(None);
        };
        let slot = now.timestamp() / (LOOK_BACK_EVERY_HOURS * 3_600);
        let every = Duration::hours(LOOK_BACK_EVERY_HOURS);
        let own = store.reading().cursor(&place(feed, slot))?;
        if own.is_some_and(|kept| now - kept.at < every) {
            return Ok(None);
        }
        let oldest = oldest_place(store.reading(), feed, |kept| {
            kept.at <= now && now - kept.at <= Duration::hours(LOOK_BACK_HOURS) + every
        })?;
        let present = Cursor { at: now, ..present };
        store.write(|w| w.put_cursor(&place(feed, slot), &present))?;
        Ok(oldest)
    }

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
            From::Earlier(cursor) => (cursor, false),
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

/// The name under which an earlier place is kept.
fn place(feed: Feed, slot: i64) -> String {
    format!("{}/{}", feed.cursor, slot.rem_euclid(SLOTS))
}

/// The oldest of the earlier places that fit.
fn oldest_place(
    reading: &Reading,
    feed: Feed,
    fits: impl Fn(&Cursor) -> bool,
) -> Result<Option<Cursor>, StoreFault> {
    let mut oldest: Option<Cursor> = None;
    for slot in 0..SLOTS {
        let kept = reading.cursor(&place(feed, slot))?;
        if let Some(kept) = kept.filter(&fits)
            && oldest.as_ref().is_none_or(|oldest| kept.at < oldest.at)
        {
            oldest = Some(kept);
        }
    }
    Ok(oldest)
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
