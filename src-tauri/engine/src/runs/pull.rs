//! Pulls changed sales from Cin7: the list by time with an overlapping window, then each
//! sale that is due or known, once per change. Every row is on disk before it is judged,
//! and the mark moves only with the last page.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Duration, Utc};
use domain::trigger::{Standing as Due, judge};
use domain::{Contact, HoldCode, Owner, Reason, Sale, SaleId, SaleListing, SaleNumber};
use store::{Cursor, ListingSeen, OrderState, SaleKey, SaleRow, Standing, StoreFault, Write};
use vendor::{Fault, Lane};

use crate::asks::Unanswered;
use crate::decide::{Decided, Decider, ReadSale, Wish, note_voided};
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{CIN7, decision, notice};
use crate::runs::Run;
use crate::runs::reference::{instant, not_set_up};

/// How far each look overlaps the last (cin7-core.md section 3).
const OVERLAP_MINUTES: i64 = 10;
/// How often a list is read again when it moved while it was being paged through.
const PASSES: u32 = 3;
/// Sales in a row that could not be read before the run gives up on reading.
const MOST_SKIPPED: usize = 3;
/// A customer's contacts are believed for this long.
const CONTACTS_HOURS: i64 = 24;

impl Engine {
    /// One pull: list, then details, deciding each.
    pub(super) async fn pull_sales(&self, run: &Run, decider: &Decider) -> Result<(), StoreFault> {
        if let Err(why) = self.list_changes(run, decider).await {
            run.unanswered("The list of changed sales", why)?;
        }
        // What was listed earlier is read even when today's list failed.
        if let Err(why) = self.read_wanted(run, decider).await {
            run.unanswered("Reading a sale", why)?;
        }
        Ok(())
    }

    async fn list_changes(&self, run: &Run, decider: &Decider) -> Result<(), Unanswered> {
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
                            self.take_listing(w, run, decider, listing, same_trigger, now)?
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
    pub(super) fn take_listing(
        &self,
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
        let plan = plan(known.as_ref(), &due);
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

    /// Reads every sale that wants it, most urgent first.
    async fn read_wanted(&self, run: &Run, decider: &Decider) -> Result<(), Unanswered> {
        let mut skipped: Vec<SaleKey> = Vec::new();
        loop {
            let next = {
                let limit = u32::try_from(skipped.len() + 1).unwrap_or(u32::MAX);
                let rows = self.store().reading().sales_to_read(limit)?;
                rows.into_iter().find(|row| !skipped.contains(&row.key))
            };
            let Some(row) = next else { return Ok(()) };
            match self
                .read_and_decide(run, decider, &row, Wish::None, "auto")
                .await
            {
                Ok(_) => {}
                Err(Unanswered::NotNow(sentence)) => {
                    skipped.push(row.key);
                    run.cut_short(format!("{} could not be read: {sentence}", row.number));
                    if skipped.len() >= MOST_SKIPPED || self.open_for_calls(CIN7)?.is_err() {
                        return Ok(());
                    }
                }
                Err(other) => return Err(other),
            }
        }
    }

    /// Reads one sale whole and decides it.
    pub(crate) async fn read_and_decide(
        &self,
        run: &Run,
        decider: &Decider,
        row: &SaleRow,
        wish: Wish,
        who: &str,
    ) -> Result<Decided, Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let answer = match self
            .ask(run, CIN7, Some(row.key), || {
                cin7.sale(Lane::Orders, &row.id)
            })
            .await
        {
            Ok(answer) => answer,
            Err(Unanswered::Refused(fault)) => {
                let reason = not_there(&fault);
                return Ok(self.hold_unread(run, row, reason)?);
            }
            Err(other) => return Err(other),
        };
        let sale = match answer.sale {
            Ok(sale) => sale,
            Err(bad) => return Ok(self.hold_unread(run, row, unreadable(&bad))?),
        };
        let contacts = self.contacts_for(run, decider, &sale).await?;
        let read = ReadSale {
            sale: &sale,
            detail: &answer.body,
            mark: row.updated.max(sale.last_modified),
            contacts: &contacts,
        };
        Ok(self.decide_and_count(run, decider, row.key, &read, wish, who)?)
    }

    fn decide_and_count(
        &self,
        run: &Run,
        decider: &Decider,
        key: SaleKey,
        read: &ReadSale<'_>,
        wish: Wish,
        who: &str,
    ) -> Result<Decided, StoreFault> {
        let now = self.now();
        let decided = self.store().write(|w| {
            // Where it stands now, not where it stood before the call.
            let row = w.sale_row(key)?;
            decider.decide(w, &row, read, wish, who, now)
        })?;
        count(run, decided);
        if decided == Decided::Released {
            self.outbox_bell.notify_one();
        }
        Ok(decided)
    }

    fn hold_unread(&self, run: &Run, row: &SaleRow, reason: Reason) -> Result<Decided, StoreFault> {
        let now = self.now();
        run.fault(format!("{}: {}", row.number, reason.fix));
        let sent = matches!(
            row.standing,
            Standing::In(
                OrderState::AtWarehouse
                    | OrderState::Blocked
                    | OrderState::PartDespatched
                    | OrderState::Despatched
                    | OrderState::Sending
                    | OrderState::Unclear
            )
        );
        self.store().write(|w| {
            w.mark_read(row.key, row.updated)?;
            if !sent {
                w.drop_intention(row.key)?;
                w.put_holds(row.key, std::slice::from_ref(&reason), now)?;
                let state = Standing::In(OrderState::Held);
                w.set_standing(row.key, &state, Some(reason.owner), now)?;
            }
            let text = format!("Could not be read at {}", reason.field);
            w.journal(&decision(now, "read", row.key, "auto", "held", &text))?;
            Ok(())
        })?;
        run.count("held", 1);
        Ok(Decided::Held)
    }

    /// The customer's contacts, where the sale's own telephone number will not do.
    async fn contacts_for(
        &self,
        run: &Run,
        decider: &Decider,
        sale: &Sale,
    ) -> Result<Vec<Contact>, Unanswered> {
        if !decider.wants_contacts(sale) {
            return Ok(Vec::new());
        }
        if let Some((read_at, stored)) = self.store().reading().contact(&sale.customer_id)?
            && self.now() - read_at < Duration::hours(CONTACTS_HOURS)
            && read_at > sale.last_modified
        {
            return Ok(contacts_from(&stored));
        }
        let cin7 = self.cin7().map_err(not_set_up)?;
        let contacts = match self
            .ask(run, CIN7, None, || {
                cin7.customer(Lane::Orders, &sale.customer_id)
            })
            .await
        {
            Ok(contacts) => contacts,
            Err(Unanswered::Refused(_)) => Vec::new(),
            Err(other) => return Err(other),
        };
        let now = self.now();
        let stored = contacts_to(&contacts);
        self.store()
            .write(|w| w.put_contact(&sale.customer_id, &stored, now))?;
        Ok(contacts)
    }

    /// Decides held orders again where a map, a rule or the lists have moved since. Costs no
    /// call: the sale is the one that was read.
    pub(crate) fn decide_again_where_rules_moved(
        &self,
        run: &Run,
        decider: &Decider,
    ) -> Result<(), EngineFault> {
        const BATCH: u32 = 200;
        // No version is below zero, so that these find every held order.
        let all = self.lists_moved.swap(false, Ordering::SeqCst);
        let (settings_version, map_version) =
            if all { (-1, -1) } else { (decider.settings_version, decider.known.map_version) };
        let mut after = None;
        loop {
            let rows = self.store().reading().held_to_decide_again(
                settings_version,
                map_version,
                after,
                BATCH,
            )?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = Some(last.key);
            for row in rows {
                self.decide_again(run, decider, &row, "auto: rules or maps changed")?;
            }
        }
    }

    /// Decides one order again from the sale as it was last read.
    pub(crate) fn decide_again(
        &self,
        run: &Run,
        decider: &Decider,
        row: &SaleRow,
        who: &str,
    ) -> Result<Option<Decided>, StoreFault> {
        let sealed = self.store().reading().sealed(row.key)?;
        let Ok(sale) = cin7::read_sale(&sealed.detail) else {
            return Ok(None);
        };
        let stored = self.store().reading().contact(&sale.customer_id)?;
        let contacts = stored
            .map(|(_, body)| contacts_from(&body))
            .unwrap_or_default();
        let mark = row.read_updated.unwrap_or(row.updated);
        let read = ReadSale {
            sale: &sale,
            detail: &sealed.detail,
            mark,
            contacts: &contacts,
        };
        self.decide_and_count(run, decider, row.key, &read, Wish::None, who)
            .map(Some)
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

fn plan(known: Option<&SaleRow>, due: &Due) -> Plan {
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
            let wants_read = matches!(voided, Voided::No) && state != OrderState::Cancelled;
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
    let name = bad.number.as_deref().or(bad.id.as_deref()).unwrap_or("without a number");
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

fn count(run: &Run, decided: Decided) {
    match decided {
        Decided::Released => run.count("released", 1),
        Decided::Held => run.count("held", 1),
        Decided::Outside => run.count("outside", 1),
        Decided::Drifted => run.count("changed_after_sending", 1),
        Decided::Cancelled => run.count("cancelled", 1),
        Decided::Unchanged | Decided::Later => {}
    }
}

/// Which trigger a mark was made under: a change of trigger makes a full look necessary.
fn trigger_stamp(decider: &Decider) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(format!("{:?}", decider.trigger));
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn unreadable(bad: &cin7::BadRecord) -> Reason {
    Reason {
        code: HoldCode::Unreadable,
        field: bad.field.clone(),
        value: bad.value.clone(),
        marks: Vec::new(),
        expected: bad.message.clone(),
        owner: Owner::Support,
        fix: format!(
            "Cin7 Core's answer has an unexpected value at {}: {}. Open and save the sale in Cin7 Core, then recheck; if it stays, report it to support.",
            bad.field, bad.message
        ),
    }
}

fn not_there(fault: &Fault) -> Reason {
    Reason {
        code: HoldCode::Unreadable,
        field: "ID".into(),
        value: String::new(),
        marks: Vec::new(),
        expected: "a sale that Cin7 Core can open".into(),
        owner: Owner::Office,
        fix: format!(
            "Cin7 Core lists this sale but cannot open it ({fault}). Open it in Cin7 Core, then recheck."
        ),
    }
}

/// Contacts in the form they are kept in, sealed.
fn contacts_to(contacts: &[Contact]) -> Vec<u8> {
    let rows: Vec<_> = contacts
        .iter()
        .map(|c| serde_json::json!([c.name, c.phone, c.mobile, c.is_default]))
        .collect();
    serde_json::Value::Array(rows).to_string().into_bytes()
}

fn contacts_from(stored: &[u8]) -> Vec<Contact> {
    let rows: Vec<(String, String, String, bool)> =
        serde_json::from_slice(stored).unwrap_or_default();
    rows.into_iter()
        .map(|(name, phone, mobile, is_default)| Contact {
            name,
            phone,
            mobile,
            is_default,
        })
        .collect()
}
