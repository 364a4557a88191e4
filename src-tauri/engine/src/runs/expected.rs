//! Notices what did not come: an order the warehouse accepted and has not despatched when it
//! should have, and a despatch that its news speaks of and its feed has not brought. A missed
//! event makes no error of itself; only the clock finds it.

use chrono::{DateTime, Duration, Utc};
use domain::{HoldCode, Owner, Reason, ServiceCode};
use store::{OrderState, Reading, SaleKey, SaleRow, Standing, StoreFault, Write};

use crate::engine::Engine;
use crate::journal::decision;
use crate::runs::Run;

/// Orders looked at in one run; the next one goes on.
const AT_ONCE: u32 = 500;

/// How long the feed may be behind the news.
const BEHIND_THE_NEWS_MINUTES: i64 = 30;

impl Engine {
    /// Reckons by when each order newly at the warehouse should be despatched, and says so
    /// of those that are not.
    pub(super) fn notice_what_did_not_come(&self, run: &Run) -> Result<(), StoreFault> {
        let (now, settings) = (self.now(), self.settings());
        let minutes = settings.whole("alerts.overdue_minutes");
        if minutes == 0 {
            return Ok(());
        }
        let (calendar, grace) = (settings.calendar(), Duration::minutes(minutes));
        let mut store = self.store();
        let fresh: Vec<(SaleKey, DateTime<Utc>)> = store
            .reading()
            .unpromised(AT_ONCE)?
            .into_iter()
            .map(|key| {
                let row = store.reading().sale_row(key)?;
                let taken_on = row
                    .accepted_at
                    .map_or(row.changed_at, |at| at.max(row.changed_at));
                let service = ServiceCode::parse(&row.service).ok();
                Ok((
                    key,
                    calendar.ship_by(service.as_ref(), taken_on, None) + grace,
                ))
            })
            .collect::<Result<_, StoreFault>>()?;
        if !fresh.is_empty() {
            store.write(|w| {
                fresh
                    .iter()
                    .try_for_each(|(key, by)| w.expect_despatch_by(*key, *by))
            })?;
        }
        let late = store.reading().despatches_overdue(now, AT_ONCE)?;
        if late.is_empty() {
            return Ok(());
        }
        store.write(|w| {
            for (key, by) in &late {
                let row = w.sale_row(*key)?;
                if let Some(reason) = overdue(w, &row, *by, |at| self.told_time(at))? {
                    run.count("overdue", 1);
                    w.add_hold(*key, &reason, now)?;
                    let text = "Its despatch has not come by the time it should have";
                    w.journal(&decision(now, "despatch", *key, "auto", "overdue", text))?;
                }
                w.expect_no_despatch(*key)?;
            }
            Ok(())
        })
    }
}

/// The news says it has left: its despatch is to follow soon.
pub(super) fn is_said_to_have_left(
    w: &mut Write<'_>,
    sale: SaleKey,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    if w.last_despatch_came(sale)? {
        return Ok(());
    }
    w.expect_despatch_by(sale, now + Duration::minutes(BEHIND_THE_NEWS_MINUTES))
}

fn overdue(
    reading: &Reading,
    row: &SaleRow,
    by: DateTime<Utc>,
    told: impl Fn(DateTime<Utc>) -> String,
) -> Result<Option<Reason>, StoreFault> {
    let (expected, fix) = match row.standing {
        Standing::In(OrderState::AtWarehouse | OrderState::Blocked) => (
            format!(
                "accepted {}, to be despatched by {}",
                row.accepted_at
                    .map_or_else(|| "some time ago".into(), &told),
                told(by)
            ),
            "Ask the warehouse where it is and when it leaves, then say it is settled; it also clears by itself when its despatch comes.",
        ),
        Standing::In(OrderState::Despatched) if !reading.last_despatch_came(row.key)? => (
            format!(
                "Whistl calls it despatched, and no despatch had come by {}",
                told(by)
            ),
            "Ask the warehouse’s IT desk for its despatch: without it Cin7 Core cannot be told what left. It clears by itself when that comes.",
        ),
        Standing::In(_) | Standing::Outside(_) => return Ok(None),
    };
    Ok(Some(Reason {
        code: HoldCode::DespatchOverdue,
        field: "Fulfilments".into(),
        value: row.whistl_status.clone().unwrap_or_default(),
        marks: Vec::new(),
        expected,
        owner: Owner::Warehouse,
        fix: fix.into(),
    }))
}
