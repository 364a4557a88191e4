//! The list of changed sales: every page, with an overlapping window, and what each row
//! asks for.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use domain::trigger::{Standing as Due, judge};
use domain::{SaleId, SaleListing, SaleNumber, StageStatus};
use store::{Cursor, DespatchState, ListingSeen, OrderState, SaleRow, Standing, StoreFault, Write};
use vendor::Lane;

use crate::asks::Unanswered;
use crate::decide::{Decider, note_voided};
use crate::engine::Engine;
use crate::journal::{CIN7, decision, notice};
use crate::runs::Run;
use crate::runs::reference::{instant, not_set_up};

/// How far each look overlaps the last (cin7-core.md section 3).
const OVERLAP_MINUTES: i64 = 10;
/// How often a list is read again when it moved while it was being paged through.
const PASSES: u32 = 3;

impl Engine {
    pub(super) async fn list_changes(
        &self,
        run: &Run,
        decider: &Decider,
    ) -> Result<(), Unanswered> {
        self.prove_filter(run).await?;
        let mark = self.store().reading().cursor("sales")?;
        // Another trigger may want sales that were passed over: then everything is listed.
        let same_trigger = mark
            .as_ref()
            .is_some_and(|m| m.epoch == trigger_stamp(decider));
        let newest = mark
            .as_ref()
            .filter(|_| same_trigger)
            .and_then(|m| instant(&m.value));
        let since = newest
            .map(|at| at - Duration::minutes(OVERLAP_MINUTES))
            .or_else(|| decider.settings.start_line());
        for pass in 1..=PASSES {
            let whole = self
                .list_pass(run, decider, since, newest, same_trigger)
                .await?;
            if whole {
                return Ok(());
            }
            if pass == PASSES {
                run.fault(
                    "Cin7's list kept moving while it was read; it is read again from the same mark next time",
                );
            }
        }
        Ok(())
    }

    /// Reads every page once. Whether the list held still: as many different sales came as
    /// it says it has.
    async fn list_pass(
        &self,
        run: &Run,
        decider: &Decider,
        since: Option<DateTime<Utc>>,
        mark: Option<DateTime<Utc>>,
        same_trigger: bool,
    ) -> Result<bool, Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let mut paging = cin7::Paging::new();
        let mut newest = mark;
        let mut different: HashSet<SaleId> = HashSet::new();
        let mut unreadable = 0_u64;
        while let Some(number) = paging.next_page() {
            let page = self
                .ask(run, CIN7, None, || {
                    cin7.sales_updated_since(Lane::Orders, since, number)
                })
                .await?;
            paging.took(&page);
            let last = paging.next_page().is_none();
            for row in &page.rows {
                match row {
                    Ok(listing) => {
                        newest = newest.max(Some(listing.updated));
                        different.insert(listing.id.clone());
                    }
                    Err(_) => unreadable += 1,
                }
            }
            let seen = u64::try_from(different.len()).unwrap_or(u64::MAX) + unreadable;
            let whole = number == 1 || seen >= page.total;
            let now = self.now();
            self.store().write(|w| {
                for row in &page.rows {
                    match row {
                        Ok(listing) => {
                            Self::take_listing(w, run, decider, listing, same_trigger, now)?;
                        }
                        Err(bad) => take_bad_row(w, run, bad, now)?,
                    }
                }
                if last && whole {
                    let value = newest.map(|at| at.to_rfc3339()).unwrap_or_default();
                    let epoch = trigger_stamp(decider);
                    w.put_cursor(
                        "sales",
                        &Cursor {
                            value,
                            epoch,
                            at: now,
                        },
                    )?;
                }
                Ok(())
            })?;
            if last {
                return Ok(whole);
            }
        }
        Ok(true)
    }

    /// Notes one row of the list, and judges what needs no reading.
    pub(in crate::runs) fn take_listing(
        w: &mut Write<'_>,
        run: &Run,
        decider: &Decider,
        listing: &SaleListing,
        same_trigger: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let known = w.sale(&listing.id)?;
        let news = known
            .as_ref()
            .is_none_or(|row| row.updated < listing.updated);
        let rejudge = !same_trigger
            && known
                .as_ref()
                .is_some_and(|r| matches!(r.standing, Standing::Outside(_)));
        if !news && !rejudge {
            return Ok(());
        }
        let due = judge(&decider.trigger, listing);
        let is_told_of = match &known {
            Some(row) => is_told_of(w, row, listing)?,
            None => false,
        };
        let plan = plan(known.as_ref(), &due, is_told_of);
        let seen = ListingSeen {
            id: listing.id.clone(),
            number: listing.number.clone(),
            updated: listing.updated,
            standing: plan.standing,
            wants_read: plan.wants_read,
            authorised_at: matches!(due, Due::Due | Due::DueIfAttribute).then_some(listing.updated),
            channel: listing.channel.clone(),
            find: vec![listing.customer.clone(), listing.customer_reference.clone()],
            now,
        };
        let row = w.saw_listing(&seen)?;
        if plan.wants_read || known.is_some() {
            run.count("seen", 1);
        }
        match plan.voided {
            Voided::No => Ok(()),
            Voided::BeforeSending => {
                w.drop_intention(row.key)?;
                w.clear_holds(row.key)?;
                w.set_standing(row.key, &Standing::In(OrderState::Cancelled), None, now)?;
                let text = "Cancelled before it was sent: voided in Cin7 Core";
                w.journal(&decision(now, "list", row.key, "auto", "cancelled", text))?;
                Ok(())
            }
            Voided::AfterSending => note_voided(w, &row, now).map(|_| ()),
        }
    }

    /// Once a day: a filter that works finds nothing in the future.
    async fn prove_filter(&self, run: &Run) -> Result<(), Unanswered> {
        let last = self.store().reading().reference_age("filter_probe")?;
        if last.is_some_and(|at| self.now() - at < Duration::hours(24)) {
            return Ok(());
        }
        let cin7 = self.cin7().map_err(not_set_up)?;
        let now = self.now();
        let works = self
            .ask(run, CIN7, None, || cin7.probe_filter(Lane::Orders, now))
            .await?;
        if works {
            self.store()
                .write(|w| w.reference_read("filter_probe", now))?;
        } else {
            run.fault(
                "Cin7 ignores the filter by time, so every look reads all sales; nothing is missed, but it costs calls",
            );
        }
        Ok(())
    }
}

/// What one row of the list asks for.
struct Plan {
    standing: Standing,
    wants_read: bool,
    voided: Voided,
}

enum Voided {
    No,
    BeforeSending,
    AfterSending,
}

/// Whether all that can have changed is what we are telling Cin7, or have told it: goods that
/// left are a fact, and the row itself says when somebody takes a shipment back. To read such
/// a sale after each of our own writes would cost as many calls again.
fn is_told_of(w: &Write<'_>, row: &SaleRow, listing: &SaleListing) -> Result<bool, StoreFault> {
    if row.standing != Standing::In(OrderState::Despatched) {
        return Ok(false);
    }
    if listing.shipping == StageStatus::Done {
        return Ok(true);
    }
    let despatches = w.despatches_of(row.key)?;
    Ok(despatches.iter().any(|despatch| {
        matches!(
            despatch.state,
            DespatchState::Waiting | DespatchState::Posting | DespatchState::Unclear
        )
    }))
}

fn plan(known: Option<&SaleRow>, due: &Due, is_told_of: bool) -> Plan {
    let standing = known.map(|row| row.standing.clone());
    let stays = |standing: Standing, wants_read| Plan {
        standing,
        wants_read,
        voided: Voided::No,
    };
    match standing {
        None | Some(Standing::Outside(_)) => match due {
            Due::Due | Due::DueIfAttribute | Due::Unreadable(_) => {
                stays(Standing::In(OrderState::Waiting), true)
            }
            Due::Voided => stays(Standing::Outside("voided".into()), false),
            Due::Outside(why) => stays(Standing::Outside(why.word().into()), false),
        },
        Some(Standing::In(state)) => {
            let voided = match (due, state) {
                (Due::Voided, OrderState::Held | OrderState::Waiting | OrderState::Rejected) => {
                    Voided::BeforeSending
                }
                (
                    Due::Voided,
                    OrderState::AtWarehouse
                    | OrderState::Blocked
                    | OrderState::PartDespatched
                    | OrderState::Despatched,
                ) => Voided::AfterSending,
                _ => Voided::No,
            };
            let wants_read =
                matches!(voided, Voided::No) && state != OrderState::Cancelled && !is_told_of;
            Plan {
                standing: Standing::In(state),
                wants_read,
                voided,
            }
        }
    }
}

fn take_bad_row(
    w: &mut Write<'_>,
    run: &Run,
    bad: &cin7::BadRecord,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    // The value may be personal, and a run's report is kept in clear.
    let name = bad
        .number
        .as_deref()
        .or(bad.id.as_deref())
        .unwrap_or("without a number");
    run.fault(format!(
        "A row of Cin7's list ({name}) could not be read at {}: {}",
        bad.field, bad.message
    ));
    let id = bad.id.as_deref().and_then(|id| SaleId::parse(id).ok());
    let number = bad
        .number
        .as_deref()
        .and_then(|number| SaleNumber::parse(number).ok());
    if let (Some(id), Some(number)) = (id, number) {
        // The row is spoilt, the sale may not be: it is read by its id.
        let known = w.sale(&id)?;
        let seen = ListingSeen {
            standing: known
                .as_ref()
                .map_or(Standing::In(OrderState::Waiting), |row| {
                    row.standing.clone()
                }),
            updated: known.as_ref().map_or(now, |row| row.updated),
            id,
            number,
            wants_read: true,
            authorised_at: None,
            channel: String::new(),
            find: Vec::new(),
            now,
        };
        w.saw_listing(&seen)?;
    }
    let text = format!("A row of the list could not be read at {}", bad.field);
    w.journal(&notice(
        now,
        "decision",
        "list",
        bad.number.as_deref().unwrap_or(""),
        "auto",
        &text,
    ))?;
    Ok(())
}

/// Which trigger a mark was made under: a change of trigger makes a full look necessary.
fn trigger_stamp(decider: &Decider) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(format!("{:?}", decider.trigger));
    crate::views::hex(&digest[..8])
}
