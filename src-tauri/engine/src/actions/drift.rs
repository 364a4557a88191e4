//! What a person does about a difference of stock: post it, have it counted again, live with
//! it for a while, or take that back. Each with their name, and nothing by itself (R82).

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use domain::Sku;
use domain::adjustment::Target;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;
use store::{DocumentRow, DocumentState, NewDriftDecision, ReconciliationRow, StockLineRow, Told};

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::runs::{Drift, Job, NotPosted, Run};
use crate::views::plain;

/// What a person decides about a SKU's difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriftWord {
    /// Post it to Cin7, for this reason.
    Post {
        /// Their reason.
        why: String,
    },
    /// Have the warehouse count again.
    Recount {
        /// A note, or "".
        note: String,
    },
    /// Live with it to the end of that day.
    Accept {
        /// The day.
        until: NaiveDate,
        /// Their reason.
        why: String,
    },
    /// Take the last word back.
    Withdraw {
        /// Their reason.
        why: String,
    },
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftDone {
    /// Cin7's SKU.
    pub sku: String,
    /// `posted`, `posting`, `unclear`, `failed`, `recount`, `accepted`, `withdrawn`, or
    /// `preview` where nothing was done.
    pub what: &'static str,
    /// Units it is about, with their sign.
    pub units: String,
    /// Level in Cin7 before.
    pub before: Option<String>,
    /// Level in Cin7 after.
    pub after: Option<String>,
    /// Units at cost, with their sign; `None` where the cost is not known.
    pub value: Option<String>,
    /// Cin7's number of the document.
    pub document: Option<String>,
    /// What came of it, in a sentence.
    pub text: String,
}

/// A difference that may be posted, with what Cin7 has now.
struct Postable {
    line: StockLineRow,
    target: Target,
    units: i64,
    level: Decimal,
}

impl Engine {
    /// Does what a person decides about a SKU's difference.
    ///
    /// # Errors
    /// There is no such SKU, nothing differs, or something moved since the comparison; the
    /// fault names which, and what to do.
    pub async fn decide_drift(&self, sku: &str, word: DriftWord) -> Result<DriftDone, EngineFault> {
        match word {
            DriftWord::Post { why } => self.post_difference(sku, &why).await,
            DriftWord::Recount { note } => self.note_drift(sku, "recount", &note, None),
            DriftWord::Accept { until, why } => {
                let until = self.end_of(until)?;
                self.note_drift(sku, "accept", &why, Some(until))
            }
            DriftWord::Withdraw { why } => self.note_drift(sku, "withdraw", &why, None),
        }
    }

    /// What posting a SKU's difference would do, by what Cin7 has now. Writes nothing.
    ///
    /// # Errors
    /// As [`Engine::decide_drift`].
    pub async fn preview_drift_post(&self, sku: &str) -> Result<DriftDone, EngineFault> {
        let run = self.begin(Job::Adjustments)?;
        let postable = self.postable(&run, sku).await;
        self.end(run)?;
        let postable = postable?;
        let after = postable.level + Decimal::from(postable.units);
        Ok(DriftDone {
            what: "preview",
            before: Some(plain(postable.level)),
            after: Some(plain(after)),
            text: format!(
                "Cin7 Core has {} of {} now and will have {}.",
                plain(postable.level),
                postable.line.sku,
                plain(after)
            ),
            ..done(&postable.line, postable.units)
        })
    }

    /// The message that asks the warehouse to count a SKU again.
    ///
    /// # Errors
    /// There is no such SKU.
    pub fn recount_message(&self, sku: &str) -> Result<String, EngineFault> {
        let (line, run) = self.compared(sku)?;
        let zone = self.settings().zone();
        let theirs = line.at_whistl();
        let expected = line.counted - line.unexplained;
        Ok(format!(
            "Please count {theirs}{} again.\n\nYour stock snapshot {} of {} shows {} good units. By your despatches and adjustments up to then we expect {}, so {} {}.\n\nIf the count confirms your figure, please send the adjustment that explains it; if it does not, please correct your stock.",
            if line.name.is_empty() {
                String::new()
            } else {
                format!(" ({})", line.name)
            },
            run.snapshot,
            run.as_of.with_timezone(&zone).format("%-d %B %Y, %H:%M"),
            plain(line.counted),
            plain(expected),
            plain(line.unexplained.abs()),
            if line.unexplained.is_sign_negative() {
                "are missing"
            } else {
                "are too many"
            },
        ))
    }

    async fn post_difference(&self, sku: &str, why: &str) -> Result<DriftDone, EngineFault> {
        let why = why.trim();
        if why.is_empty() {
            return Err(EngineFault::wrong(
                "reason_missing",
                "why",
                "Say why it is posted: finance reads it in the document.",
            ));
        }
        if !self.settings().is_live() {
            return Err(EngineFault::wrong(
                "look_only",
                "mode",
                "Stockbridge only looks at present and posts nothing. Set `mode` to live first.",
            ));
        }
        let run = self.begin(Job::Adjustments)?;
        let posted = self.post_within(&run, sku, why).await;
        self.end(run)?;
        posted
    }

    async fn post_within(&self, run: &Run, sku: &str, why: &str) -> Result<DriftDone, EngineFault> {
        let postable = self.postable(run, sku).await?;
        let who = self.who();
        let posted = self
            .post_drift(
                run,
                &Drift {
                    line: &postable.line,
                    target: postable.target.clone(),
                    units: postable.units,
                    why,
                    who: &who,
                },
            )
            .await?;
        let document = match posted {
            Ok(document) => document,
            Err(NotPosted::AtWork) => {
                return Err(EngineFault::wrong(
                    "at_work",
                    "sku",
                    "Stock is being posted right now; try it again in a moment.",
                ));
            }
            Err(NotPosted::Fault(fault)) => {
                return Err(EngineFault::wrong(
                    fault.code(),
                    "sku",
                    crate::words::stock_fault(fault, &postable.line.sku),
                ));
            }
        };
        Ok(outcome(&postable, &document))
    }

    /// The difference of that SKU, if it may be posted: it is one still, and nothing is known
    /// now that the comparison did not know.
    async fn postable(&self, run: &Run, sku: &str) -> Result<Postable, EngineFault> {
        let (line, compared) = self.compared(sku)?;
        let units = line
            .unexplained
            .to_i64()
            .filter(|units| *units != 0)
            .ok_or_else(|| {
                EngineFault::wrong(
                    "nothing_unexplained",
                    "sku",
                    format!(
                        "Nothing is unexplained of {}: there is nothing to post.",
                        line.sku
                    ),
                )
            })?;
        let product = line
            .product
            .clone()
            .filter(|_| matches!(line.category.as_str(), "can_oversell" | "cin7_short"));
        let (Some(product), Ok(own)) = (product, Sku::parse(&line.sku)) else {
            return Err(EngineFault::wrong(
                "not_comparable",
                "sku",
                format!(
                    "{} cannot be posted. {}",
                    line.sku,
                    crate::words::drift_advice(&line.cause, &line.sku)
                ),
            ));
        };
        self.refuse_if_decided(&line)?;
        self.hear_what_moved(run).await?;
        let theirs = line.at_whistl().to_owned();
        let stale = || {
            EngineFault::wrong(
                "moved_since",
                "sku",
                format!(
                    "Something of {} moved since the comparison. Compare again, then post what is left.",
                    line.sku
                ),
            )
        };
        let told_since: i64 = {
            let store = self.store();
            let reading = store.reading();
            if reading.heard_of_since(&theirs, compared.ended)? {
                return Err(stale());
            }
            reading
                .movements(compared.read_at)?
                .iter()
                .filter(|row| row.sku == theirs && row.told == Told::Yes)
                .map(|row| row.units)
                .sum()
        };
        let target = Target { product, sku: own };
        let level = match self.level_now(run, &target).await {
            Ok(Some(level)) => level,
            Ok(None) => {
                return Err(EngineFault::wrong(
                    "level_unread",
                    "sku",
                    format!(
                        "What Cin7 Core has of {} could not be read; try it again.",
                        line.sku
                    ),
                ));
            }
            Err(why) => return Err(unanswered(why)),
        };
        if level != line.cin7 + Decimal::from(told_since) {
            return Err(EngineFault::wrong(
                "figure_moved",
                "sku",
                format!(
                    "Cin7 Core has {} of {} now and had {} at the comparison: somebody may have corrected it. Compare again, then post what is left.",
                    plain(level),
                    line.sku,
                    plain(line.cin7)
                ),
            ));
        }
        Ok(Postable {
            line,
            target,
            units,
            level,
        })
    }

    /// One difference is posted once: a document that stands or may stand keeps the next away
    /// until a comparison has seen it.
    fn refuse_if_decided(&self, line: &StockLineRow) -> Result<(), EngineFault> {
        let store = self.store();
        let reading = store.reading();
        for decision in reading.drift_decisions(line.key)? {
            if decision.run != line.run || decision.what != "post" {
                continue;
            }
            let Some(key) = decision.document else {
                continue;
            };
            let document = reading.document(key)?;
            if !matches!(
                document.state,
                DocumentState::Failed | DocumentState::Voided
            ) {
                return Err(EngineFault::wrong(
                    "posted_already",
                    "sku",
                    format!(
                        "The difference of {} was posted already{}. The next comparison shows what is left.",
                        line.sku,
                        if document.number.is_empty() {
                            String::new()
                        } else {
                            format!(" ({})", document.number)
                        }
                    ),
                ));
            }
        }
        Ok(())
    }

    fn note_drift(
        &self,
        sku: &str,
        what: &'static str,
        note: &str,
        until: Option<DateTime<Utc>>,
    ) -> Result<DriftDone, EngineFault> {
        let note = note.trim();
        let (line, _) = self.compared(sku)?;
        if what == "accept" && note.is_empty() {
            return Err(EngineFault::wrong(
                "reason_missing",
                "why",
                "Say why it is accepted: whoever looks next wants to know.",
            ));
        }
        if what == "withdraw" && line.accepted.is_none() && line.recount_since.is_none() {
            return Err(EngineFault::wrong(
                "nothing_decided",
                "sku",
                format!(
                    "Nothing was decided about {} that could be taken back.",
                    line.sku
                ),
            ));
        }
        if what != "withdraw" && line.unexplained.is_zero() {
            return Err(EngineFault::wrong(
                "nothing_unexplained",
                "sku",
                format!("Nothing is unexplained of {}.", line.sku),
            ));
        }
        let (now, who) = (self.now(), self.who());
        let (done_as, text) = match what {
            "recount" => ("recount", format!("A recount of {} is asked for", line.sku)),
            "accept" => (
                "accepted",
                format!(
                    "The difference of {:+} {} is accepted until {}: {note}",
                    line.unexplained.normalize(),
                    line.sku,
                    until.map_or_else(String::new, |until| {
                        let zone = self.settings().zone();
                        until.with_timezone(&zone).format("%-d %B %Y").to_string()
                    })
                ),
            ),
            _ => (
                "withdrawn",
                format!("What was decided about {} is taken back", line.sku),
            ),
        };
        self.store().write(|w| {
            w.decide_drift(&NewDriftDecision {
                line: line.key,
                run: line.run,
                what,
                units: line.unexplained,
                note,
                until,
                document: None,
                who: &who,
                at: now,
            })?;
            w.journal(&notice(now, "decision", "stock", &line.sku, &who, &text))?;
            Ok(())
        })?;
        Ok(DriftDone {
            what: done_as,
            text: format!("{text}."),
            ..done(&line, line.unexplained.to_i64().unwrap_or_default())
        })
    }

    /// The SKU as the last comparison found it, and that comparison.
    fn compared(&self, sku: &str) -> Result<(StockLineRow, ReconciliationRow), EngineFault> {
        let sku = sku.trim();
        let store = self.store();
        let reading = store.reading();
        let Some(last) = reading.last_reconciliation()? else {
            return Err(EngineFault::wrong(
                "never_compared",
                "sku",
                "Stock was never compared; run `sync reconcile` first.",
            ));
        };
        let line = reading
            .stock_line(sku)?
            .filter(|line| !line.is_gone)
            .ok_or_else(|| {
                EngineFault::wrong(
                    "sku_unknown",
                    "sku",
                    format!("The last comparison has no SKU “{sku}”; `drift` lists them."),
                )
            })?;
        Ok((line, last))
    }

    async fn hear_what_moved(&self, run: &Run) -> Result<(), EngineFault> {
        self.take_what_moved(run).await.map_err(unanswered)
    }

    /// The end of that day of the merchant's, which must be to come.
    fn end_of(&self, day: NaiveDate) -> Result<DateTime<Utc>, EngineFault> {
        let zone = self.settings().zone();
        let end = day
            .succ_opt()
            .and_then(|next| {
                zone.from_local_datetime(&next.and_time(NaiveTime::MIN))
                    .earliest()
            })
            .map(|end| end.with_timezone(&Utc));
        end.filter(|end| *end > self.now()).ok_or_else(|| {
            EngineFault::wrong(
                "day_past",
                "until",
                format!("{day} is past: give a day from today on."),
            )
        })
    }
}

fn unanswered(why: Unanswered) -> EngineFault {
    match why {
        Unanswered::Store(fault) => fault.into(),
        Unanswered::NotNow(sentence) => EngineFault::wrong("not_answered", "", sentence),
        Unanswered::Refused(fault) => EngineFault::wrong("refused", "", fault.to_string()),
        Unanswered::Stopping => EngineFault::wrong("stopping", "", "Stockbridge is stopping."),
    }
}

fn outcome(postable: &Postable, document: &DocumentRow) -> DriftDone {
    let sku = &postable.line.sku;
    let line = document.lines.first();
    let figure = |figure: Option<Decimal>| figure.map(plain);
    let (before, after) = (
        figure(line.and_then(|line| line.before)),
        figure(line.and_then(|line| line.seen.or(line.after))),
    );
    let number = (!document.number.is_empty()).then(|| document.number.clone());
    let (what, text) = match document.state {
        DocumentState::Done => (
            "posted",
            format!(
                "Posted {:+} of {sku} to Cin7 Core{}{}.",
                postable.units,
                number
                    .as_ref()
                    .map_or_else(String::new, |number| format!(" as {number}")),
                match (&before, &after) {
                    (Some(before), Some(after)) => format!(": {before} → {after}"),
                    _ => String::new(),
                }
            ),
        ),
        DocumentState::Failed | DocumentState::Unmoved | DocumentState::Voided => (
            "failed",
            format!(
                "Cin7 Core did not take the difference of {sku}: {}.",
                crate::words::adjustment_cause(&document.cause)
            ),
        ),
        DocumentState::Unclear => (
            "unclear",
            format!(
                "The answer for {sku} was lost; it is looked up in Cin7 Core before anything is sent again."
            ),
        ),
        DocumentState::Intended | DocumentState::Drafted | DocumentState::Completed => (
            "posting",
            format!("The difference of {sku} is being posted; it goes on by itself."),
        ),
    };
    DriftDone {
        what,
        before,
        after,
        document: number,
        text,
        ..done(&postable.line, postable.units)
    }
}

fn done(line: &StockLineRow, units: i64) -> DriftDone {
    DriftDone {
        sku: line.sku.clone(),
        what: "preview",
        units: format!("{units:+}"),
        before: None,
        after: None,
        value: line
            .unit_cost
            .map(|cost| format!("{:.2}", (cost * Decimal::from(units)).round_dp(2))),
        document: None,
        text: String::new(),
    }
}
