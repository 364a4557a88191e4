//! What becomes of a sale that has just been read: released, held, left alone, or seen to
//! differ from what the warehouse was given. The rules are the domain's; here they are
//! put together with where the sale stands, and the verdict is written in one transaction.

mod reasons;

use chrono::{DateTime, Utc};
use domain::check::{Fit, check};
use domain::trigger::{Standing as Due, Trigger, judge_sale};
use domain::{ClientReference, Contact, Held, HoldCode, Note, NoteCode, Reason, Rules, Sale};
use store::{Intention, OrderState, OutboxKind, SaleRow, SealedSale, Standing, StoreFault, Write};
use whistl::{Profile, Submission};

pub(crate) use reasons::note_voided;
use reasons::{changed, changed_and_unfit, number_taken, our_fault, unknown_status};

use crate::journal::decision;
use crate::knowledge::{ForSale, Knowledge};
use crate::settings::Settings;

/// All that a decision depends on, fixed for one run.
pub(crate) struct Decider {
    pub(crate) settings: std::sync::Arc<Settings>,
    pub(crate) settings_version: i64,
    pub(crate) rules: Rules,
    pub(crate) trigger: Trigger,
    pub(crate) calendar: domain::calendar::Calendar,
    pub(crate) profile: Profile,
    pub(crate) known: Knowledge,
}

/// A sale that has been read, with the bytes it was read from.
pub(crate) struct ReadSale<'a> {
    pub(crate) sale: &'a Sale,
    pub(crate) detail: &'a [u8],
    /// Cin7's mark of the version that was read.
    pub(crate) mark: DateTime<Utc>,
    pub(crate) contacts: &'a [Contact],
}

/// What came of it, for the run's counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decided {
    /// Passed; there is something to send.
    Released,
    /// Kept back.
    Held,
    /// Not due.
    Outside,
    /// Already handed over, and still the same.
    Unchanged,
    /// Already handed over, and now different.
    Drifted,
    /// Called off before it was sent.
    Cancelled,
    /// A submission is under way; judged again once that is settled.
    Later,
}

/// Whether a person asked for this order to go again, or a run came by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A run came by.
    None,
    /// A person asked: a rejected or withdrawn order may go again.
    SendAgain,
}

/// By whose wish something is decided, and when.
#[derive(Clone, Copy)]
struct By<'a> {
    wish: Wish,
    who: &'a str,
    now: DateTime<Utc>,
}

impl Decider {
    /// Whether the first check asks for the customer's contacts, which cost a call.
    pub(crate) fn wants_contacts(&self, sale: &Sale) -> bool {
        if !self.rules.phone_from_contacts || sale.customer_id.is_empty() {
            return false;
        }
        let world = ForSale {
            world: &self.known,
            contacts: &[],
        };
        match check(sale, 1, &self.rules, &world) {
            Ok(_) => false,
            Err(held) => held.reasons().any(|r| r.code == HoldCode::PhoneMissing),
        }
    }

    /// Decides and writes everything that follows, in the caller's transaction.
    pub(crate) fn decide(
        &self,
        w: &mut Write<'_>,
        row: &SaleRow,
        read: &ReadSale<'_>,
        wish: Wish,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Decided, StoreFault> {
        self.keep(w, row, read)?;
        w.decided(row.key, self.settings_version, self.known.map_version)?;
        let due = judge_sale(&self.trigger, read.sale);
        match &row.standing {
            Standing::In(OrderState::Sending | OrderState::Unclear) => {
                w.want_read(row.key)?;
                Ok(Decided::Later)
            }
            Standing::In(
                OrderState::AtWarehouse
                | OrderState::Blocked
                | OrderState::PartDespatched
                | OrderState::Despatched,
            ) => self.compare(w, row, read, &due, now),
            Standing::In(OrderState::Rejected) if wish == Wish::None => {
                self.still_rejected(w, row, read, &due, who, now)
            }
            Standing::In(OrderState::Cancelled) if wish == Wish::None => Ok(Decided::Cancelled),
            Standing::In(
                OrderState::Held
                | OrderState::Waiting
                | OrderState::Rejected
                | OrderState::Cancelled,
            )
            | Standing::Outside(_) => {
                self.release_or_hold(w, row, read, &due, By { wish, who, now })
            }
        }
    }

    fn keep(
        &self,
        w: &mut Write<'_>,
        row: &SaleRow,
        read: &ReadSale<'_>,
    ) -> Result<(), StoreFault> {
        let sale = read.sale;
        let service = self.known_service(sale);
        let authorised = row.authorised_at.unwrap_or(read.mark);
        let ship_by = self
            .calendar
            .ship_by(service.as_ref(), authorised, sale.ship_by);
        let skipped = self.settings.texts("trigger.grace_skipped_for");
        let graced = service
            .as_ref()
            .is_none_or(|code| !skipped.iter().any(|s| s == code.as_str()));
        let grace = self.settings.grace(&sale.channel);
        let not_before = (graced && !grace.is_zero()).then(|| authorised + grace);
        let sealed = SealedSale {
            detail: read.detail.to_vec(),
            find: find_words(sale),
        };
        w.put_detail(
            row.key,
            read.mark,
            &sealed,
            sale.total,
            &sale.currency,
            &sale.channel,
            service.as_ref().map_or("", |code| code.as_str()),
            Some(ship_by),
            not_before,
        )
    }

    fn known_service(&self, sale: &Sale) -> Option<domain::ServiceCode> {
        use domain::Known as _;
        let world = ForSale {
            world: &self.known,
            contacts: &[],
        };
        world.service_for(&sale.shipping_method).cloned()
    }

    /// A sale that never left, or may leave again.
    fn release_or_hold(
        &self,
        w: &mut Write<'_>,
        row: &SaleRow,
        read: &ReadSale<'_>,
        due: &Due,
        by: By<'_>,
    ) -> Result<Decided, StoreFault> {
        let By { wish, who, now } = by;
        let stuck = w.has_hold(row.key, HoldCode::SendingStuck)?;
        if stuck && wish == Wish::None && row.read_updated == Some(read.mark) && *due == Due::Due {
            // Retried to the end of the schedule: goes again when a person says so.
            return Ok(Decided::Unchanged);
        }
        match due {
            Due::Due | Due::DueIfAttribute => {}
            Due::Voided => return Self::call_off(w, row, "voided in Cin7 Core", who, now),
            Due::Outside(why) => {
                return Self::put_outside(w, row, why.word(), why.sentence(), who, now);
            }
            Due::Unreadable(words) => {
                let held = Held::because(unknown_status(words));
                return Self::hold(w, row, held, who, now);
            }
        }
        let edition = match row.standing {
            Standing::In(OrderState::Cancelled) if row.reference.is_some() => row.edition + 1,
            _ => row.edition,
        };
        let world = ForSale {
            world: &self.known,
            contacts: read.contacts,
        };
        match check(read.sale, edition, &self.rules, &world) {
            Err(held) => Self::hold(w, row, held, who, now),
            Ok(fit) => self.release(w, row, &fit, edition, by),
        }
    }

    fn hold(
        w: &mut Write<'_>,
        row: &SaleRow,
        held: Held,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Decided, StoreFault> {
        let owner = held.owner();
        let reasons = held.into_reasons();
        if row.standing == Standing::In(OrderState::Held)
            && same_holds(&w.holds(row.key)?, &reasons)
        {
            return Ok(Decided::Unchanged);
        }
        w.drop_intention(row.key)?;
        w.put_holds(row.key, &reasons, now)?;
        w.set_standing(row.key, &Standing::In(OrderState::Held), Some(owner), now)?;
        let mut codes: Vec<&str> = reasons.iter().map(|r| r.code.word()).collect();
        codes.dedup();
        let text = format!("Held for {}", codes.join(", "));
        w.journal(&decision(now, "check", row.key, who, "held", &text))?;
        Ok(Decided::Held)
    }

    fn release(
        &self,
        w: &mut Write<'_>,
        row: &SaleRow,
        fit: &Fit,
        edition: u32,
        by: By<'_>,
    ) -> Result<Decided, StoreFault> {
        let By { wish, who, now } = by;
        let submission = match whistl::compose(&fit.order, &self.profile) {
            Ok(submission) => submission,
            Err(fault) => {
                let held = Held::because(our_fault(&fault.field, &fault.message));
                return Self::hold(w, row, held, who, now);
            }
        };
        let reference = fit.order.reference.clone();
        if w.reference_owner(&reference)?
            .is_some_and(|owner| owner != row.key)
        {
            let held = Held::because(number_taken(&reference));
            return Self::hold(w, row, held, who, now);
        }
        if edition != row.edition {
            w.set_edition(row.key, edition)?;
        }
        w.set_reference(row.key, &reference)?;
        if wish == Wish::SendAgain {
            // A person's word goes before the time of the next try.
            w.close_parked(row.key, now)?;
            w.drop_intention(row.key)?;
        }
        match w.put_intention(&self.intention(row, fit, &submission, reference, now)) {
            // Its sending has begun: judged again once that is settled.
            Err(StoreFault::AlreadyBegun { .. }) => {
                w.want_read(row.key)?;
                return Ok(Decided::Later);
            }
            other => other?,
        }
        w.clear_holds(row.key)?;
        w.set_standing(row.key, &Standing::In(OrderState::Waiting), None, now)?;
        let was = matches!(&row.standing, Standing::In(s) if *s != OrderState::Waiting);
        let text = release_text(was, &fit.notes);
        w.journal(&decision(now, "check", row.key, who, "passed", &text))?;
        Ok(Decided::Released)
    }

    fn intention(
        &self,
        row: &SaleRow,
        fit: &Fit,
        submission: &Submission,
        reference: ClientReference,
        now: DateTime<Utc>,
    ) -> Intention {
        let authorised = row.authorised_at.unwrap_or(now);
        let skipped = self.settings.texts("trigger.grace_skipped_for");
        let waits = !skipped
            .iter()
            .any(|code| code == fit.order.service.as_str());
        let channel = fit.order.channel.as_deref().unwrap_or_default();
        let due = if waits {
            authorised + self.settings.grace(channel)
        } else {
            authorised
        };
        let service = Some(&fit.order.service);
        Intention {
            sale: row.key,
            kind: OutboxKind::Submit,
            reference,
            body: submission.body.to_vec(),
            fingerprint: Some(submission.fingerprint),
            due: due.max(now),
            ship_by: Some(
                self.calendar
                    .ship_by(service, authorised, fit.order.required_by),
            ),
            service_rank: self.known.service_rank(&fit.order.service),
            // Which lines of the sale make up which line of the order, so that a refusal of
            // one can name the right line in Cin7.
            note: serde_json::to_string(&submission.sale_lines).unwrap_or_default(),
        }
    }

    fn call_off(
        w: &mut Write<'_>,
        row: &SaleRow,
        why: &str,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Decided, StoreFault> {
        w.drop_intention(row.key)?;
        w.clear_holds(row.key)?;
        w.set_standing(row.key, &Standing::In(OrderState::Cancelled), None, now)?;
        let text = format!("Cancelled before it was sent: {why}");
        w.journal(&decision(now, "check", row.key, who, "cancelled", &text))?;
        Ok(Decided::Cancelled)
    }

    fn put_outside(
        w: &mut Write<'_>,
        row: &SaleRow,
        word: &str,
        sentence: &str,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Decided, StoreFault> {
        let after = Standing::Outside(word.to_owned());
        if row.standing == after {
            return Ok(Decided::Outside);
        }
        w.drop_intention(row.key)?;
        w.clear_holds(row.key)?;
        w.set_standing(row.key, &after, None, now)?;
        w.journal(&decision(now, "check", row.key, who, "outside", sentence))?;
        Ok(Decided::Outside)
    }

    /// A rejected sale stays rejected until a person resends it; an edit in Cin7 is noted
    /// beside it, so that the person sees that a resend may now work.
    fn still_rejected(
        &self,
        w: &mut Write<'_>,
        row: &SaleRow,
        read: &ReadSale<'_>,
        due: &Due,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Decided, StoreFault> {
        if *due == Due::Voided {
            return Self::call_off(w, row, "voided in Cin7 Core", who, now);
        }
        let world = ForSale {
            world: &self.known,
            contacts: read.contacts,
        };
        let text = match check(read.sale, row.edition, &self.rules, &world) {
            Ok(_) => "Changed in Cin7 Core and passes every check: resend it when ready",
            Err(_) => "Changed in Cin7 Core, and a check would now hold it",
        };
        w.journal(&decision(now, "check", row.key, who, "rejected", text))?;
        Ok(Decided::Held)
    }

    /// A sale the warehouse has: the same as it was given, or not.
    fn compare(
        &self,
        w: &mut Write<'_>,
        row: &SaleRow,
        read: &ReadSale<'_>,
        due: &Due,
        now: DateTime<Utc>,
    ) -> Result<Decided, StoreFault> {
        if *due == Due::Voided {
            return note_voided(w, row, now);
        }
        let Some(sent) = w.sent_body(row.key)? else {
            return Ok(Decided::Unchanged);
        };
        let Ok(sent) = whistl::read_back(&sent, &self.profile) else {
            return Ok(Decided::Unchanged);
        };
        let world = ForSale {
            world: &self.known,
            contacts: read.contacts,
        };
        let reason = match check(read.sale, row.edition, &self.rules, &world) {
            Ok(fit) => changed(&sent, &fit.order),
            Err(held) => Some(changed_and_unfit(&held)),
        };
        match reason {
            None => {
                w.remove_hold(row.key, HoldCode::ChangedAfterSending)?;
                Ok(Decided::Unchanged)
            }
            Some(reason) => {
                w.remove_hold(row.key, HoldCode::ChangedAfterSending)?;
                w.add_hold(row.key, &reason, now)?;
                let text = "Changed in Cin7 Core after it was handed to the warehouse";
                w.journal(&decision(
                    now,
                    "check",
                    row.key,
                    "auto",
                    "changed_after_sending",
                    text,
                ))?;
                Ok(Decided::Drifted)
            }
        }
    }
}

/// Whether an order is held for just these reasons already.
fn same_holds(stored: &[store::HoldRow], reasons: &[Reason]) -> bool {
    stored.len() == reasons.len()
        && stored
            .iter()
            .zip(reasons)
            .all(|(row, new)| row.reason == *new)
}

fn release_text(was_in_another_state: bool, notes: &[Note]) -> String {
    let mut text = String::from(if was_in_another_state {
        "Checked again, passed every check"
    } else {
        "Passed every check"
    });
    for note in notes {
        text.push_str("; ");
        // The log's own text is in clear: of the sentences, only one that can name no
        // customer goes into it.
        if note.code == NoteCode::LineLeftOut {
            text.push_str(note.text.trim_end_matches('.'));
            continue;
        }
        text.push_str(note.code.word());
        if !note.field.is_empty() {
            text.push_str(" at ");
            text.push_str(&note.field);
        }
    }
    text
}

/// Words by which a person may look for a sale.
pub(crate) fn find_words(sale: &Sale) -> Vec<String> {
    let ship_to = &sale.ship_to;
    [
        &sale.customer,
        &sale.contact,
        &ship_to.contact,
        &ship_to.company,
        &ship_to.postcode,
        &sale.email,
        &sale.phone,
        &sale.customer_reference,
    ]
    .into_iter()
    .filter(|text| !text.trim().is_empty())
    .cloned()
    .collect()
}
