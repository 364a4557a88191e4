//! What the benchmarks measure of the window's lists: opening one, a screenful of rows
//! anywhere in it, its news, a search; the same of stock drift. Uses the same code as the
//! window; nothing else does.

use std::time::{Duration, Instant};

use engine::views::Views;

use crate::drift::Drift;
use crate::find::find;
use crate::lists::Lists;
use crate::order::order;
use crate::preview::preview;
use crate::shapes::{Act, DriftCategory, DriftFilter, ListFilter, Tab, UiError, Which};

/// Rows of one screenful, with what is scrolled to next.
const SCREENFUL: u32 = 50;
/// Times each thing is done.
const TIMES: u32 = 21;

/// How long each thing takes on this store: the median, and the slowest.
///
/// # Errors
/// The store's.
pub fn lists(look: &Views<'_>) -> Result<Vec<(String, Duration, Duration)>, UiError> {
    let mut told = Vec::new();
    for (tab, name) in [
        (Tab::NeedsYou, "needs you"),
        (Tab::AtWarehouse, "at the warehouse"),
    ] {
        let filter = ListFilter {
            tab,
            owner: None,
            cause: None,
            channel: None,
            find: None,
            put_off: false,
        };
        let lists = Lists::default();
        let opened = lists.open(look, &filter)?;
        told.push(timed(&format!("open {name} ({})", opened.total), || {
            Lists::default().open(look, &filter).map(drop)
        })?);
        let mut turn = 0;
        told.push(timed(&format!("{SCREENFUL} rows of {name}"), || {
            turn += 1;
            let from = opened.total / TIMES * (turn % TIMES);
            lists.rows(look, opened.list, from, SCREENFUL).map(drop)
        })?);
        told.push(timed(&format!("news of {name}"), || {
            lists.news(look, opened.list).map(drop)
        })?);
        let all = format!("preview of a recheck of all, {name}");
        told.push(timed(&all, || {
            let which = Which::List(opened.list);
            preview(look, &lists, Act::Recheck, &which).map(drop)
        })?);
        if let Some(row) = lists.rows(look, opened.list, opened.total / 2, 1)?.first() {
            told.push(timed(&format!("an order's page, {name}"), || {
                order(look, &row.number).map(drop)
            })?);
            told.push(timed(&format!("find {}", row.number), || {
                find(look, &row.number).map(drop)
            })?);
            told.push(timed(&format!("find {}", row.customer), || {
                find(look, &row.customer).map(drop)
            })?);
        }
    }
    told.push(timed("find SO-", || find(look, "SO-").map(drop))?);
    told.push(timed("find nothing", || {
        find(look, "xyzzy plugh").map(drop)
    })?);
    Ok(told)
}

/// How long the screen of stock drift waits, whatever it is narrowed to: each answer that it
/// asks for, time after time.
///
/// # Errors
/// The store's.
pub fn drift(look: &Views<'_>) -> Result<Vec<(String, Duration)>, UiError> {
    let filter = |category, find: Option<&str>| DriftFilter {
        category,
        find: find.map(str::to_owned),
    };
    let mut filters = vec![("all", filter(None, None))];
    for category in DriftCategory::ALL {
        filters.push((category.word(), filter(Some(category), None)));
    }
    for found in ["ITEM-000500", "mug number 5", "xyzzy"] {
        filters.push((found, filter(None, Some(found))));
    }
    let drift = Drift::default();
    let mut told = Vec::new();
    for (name, filter) in filters {
        for turn in 0..TIMES {
            let began = Instant::now();
            let opened = drift.open(look, &filter)?;
            told.push((format!("open {name}"), began.elapsed()));
            let began = Instant::now();
            let from = opened.total / TIMES * turn;
            drift.rows(look, opened.list, from, SCREENFUL)?;
            told.push((format!("rows of {name}"), began.elapsed()));
            let began = Instant::now();
            drift.news(look, opened.list)?;
            told.push((format!("news of {name}"), began.elapsed()));
        }
    }
    Ok(told)
}

fn timed(
    what: &str,
    mut act: impl FnMut() -> Result<(), UiError>,
) -> Result<(String, Duration, Duration), UiError> {
    let mut all = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        act()?;
        all.push(began.elapsed());
    }
    all.sort();
    let median = all.get(all.len() / 2).copied().unwrap_or_default();
    Ok((
        what.to_owned(),
        median,
        all.last().copied().unwrap_or_default(),
    ))
}
