//! Reads back what was posted (R85): once a day a sample of the documents of the days before is
//! read from both vendors and held against what the log says was sent. Nothing is written to a
//! vendor. What could not be read is said to be so, and never taken for right.

mod posted;
mod read;

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::Owner;
use domain::read_back::{Difference, sample};
use store::{DocumentState, FindingRow, NewFinding, NewReadBack, PaperKind, SaleKey, StoreFault};

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::runs::{Job, Run, RunReport};
use crate::views::span;

/// Days that are looked back at most: what was not watched for longer is not caught up with.
const MOST_DAYS: u64 = 7;

/// One document that can be read back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Paper {
    kind: PaperKind,
    /// What it is known by for ever: Cin7's task of a shipment, our reference of a stock
    /// document or of an order.
    subject: String,
    /// What people call it.
    number: String,
    sale: Option<SaleKey>,
}

/// What reading one came to.
#[derive(Clone)]
enum Found {
    AsPosted,
    Differs(Vec<Difference>),
    /// Why, in a sentence without its full stop.
    NotRead(String),
}

/// What one check came to.
#[derive(Default)]
struct Sums {
    as_posted: u64,
    differ: u64,
    not_read: u64,
    why: String,
}

impl Engine {
    pub(super) async fn run_read_back(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::ReadBack)?;
        for name in ["as_posted", "differ", "not_read"] {
            run.count(name, 0);
        }
        let Ok(_sole_right) = self.reading_back.try_lock() else {
            run.cut_short("A check is under way already");
            return Ok(self.end(run)?);
        };
        let days = self.days_to_read_back()?;
        let all = self.papers_of(days)?;
        let documents = all.len() as u64;
        let most = usize::try_from(self.settings().whole("schedule.read_back_documents"));
        let chosen = sample(all, days.1, most.unwrap_or(usize::MAX), |paper| {
            format!("{} {}", paper.kind.word(), paper.subject)
        });
        let open = self.store().reading().read_back_findings()?;
        let again = not_among(&chosen, &open);
        let read = self.read_papers(&run, &chosen).await?;
        let read_again = self.read_papers(&run, &again).await?;
        if run.is_stopped() {
            // What was not looked at is nobody's fault: the next start looks again.
            return Ok(self.end(run)?);
        }
        let sums = sums(&read);
        run.count("as_posted", whole(sums.as_posted));
        run.count("differ", whole(sums.differ));
        run.count("not_read", whole(sums.not_read));
        let looked: Vec<(Paper, Found)> = read.into_iter().chain(read_again).collect();
        self.keep_read_back(&run, (days, documents), &sums, &looked, &open)?;
        Ok(self.end(run)?)
    }

    /// From the day after the last that was read back whole to yesterday; the same days again
    /// when they were read back today already.
    fn days_to_read_back(&self) -> Result<(NaiveDate, NaiveDate), StoreFault> {
        let zone = self.settings().zone();
        let today = self.now().with_timezone(&zone).date_naive();
        let yesterday = today.pred_opt().unwrap_or(today);
        let earliest = today
            .checked_sub_days(Days::new(MOST_DAYS))
            .unwrap_or(yesterday);
        let last = self.store().reading().last_whole_read_back()?;
        let first = match last.map(|last| last.days) {
            Some((first, last)) if last >= yesterday => first,
            Some((_, last)) => last.succ_opt().unwrap_or(yesterday),
            None => yesterday,
        };
        Ok((first.clamp(earliest.min(yesterday), yesterday), yesterday))
    }

    /// Every document of those days that can be read back.
    fn papers_of(&self, days: (NaiveDate, NaiveDate)) -> Result<Vec<Paper>, StoreFault> {
        let (from, to) = span(self.settings().zone(), days.0, days.1);
        let store = self.store();
        let reading = store.reading();
        let of_sale = |kind, paper: store::SalePaper| Paper {
            kind,
            subject: paper.name,
            number: paper.number.to_string(),
            sale: Some(paper.sale),
        };
        let mut papers: Vec<Paper> = reading
            .shipments_posted(from, to)?
            .into_iter()
            .map(|paper| of_sale(PaperKind::Shipment, paper))
            .collect();
        let orders = reading.orders_accepted(from, to)?.into_iter();
        papers.extend(orders.map(|paper| of_sale(PaperKind::Order, paper)));
        let documents = reading.documents_between(from, to)?.into_iter();
        papers.extend(
            documents
                .filter(|row| row.state == DocumentState::Done && !row.task.is_empty())
                .map(|row| Paper {
                    kind: PaperKind::Stock,
                    subject: row.reference,
                    number: row.number,
                    sale: None,
                }),
        );
        Ok(papers)
    }

    /// Keeps the check, what it found, and which findings it found to be right.
    fn keep_read_back(
        &self,
        run: &Run,
        (days, documents): ((NaiveDate, NaiveDate), u64),
        sums: &Sums,
        looked: &[(Paper, Found)],
        open: &[FindingRow],
    ) -> Result<(), StoreFault> {
        let now = self.now();
        self.store().write(|w| {
            let check = w.put_read_back(
                &NewReadBack {
                    run: run.id(),
                    days,
                    began: run.started(),
                    documents,
                    as_posted: sums.as_posted,
                    differ: sums.differ,
                    not_read: sums.not_read,
                    why: &sums.why,
                },
                now,
            )?;
            for (paper, found) in looked {
                let known = open.iter().find(|row| is_of(row, paper));
                match (found, known) {
                    (Found::NotRead(_), _) | (Found::AsPosted, None) => {}
                    (Found::AsPosted, Some(row)) => {
                        let text = format!("{} stands as it was posted again", row.number);
                        w.journal(&about(now, paper, "as_posted", &text))?;
                        w.settle_finding(row.key, "auto", "read back as posted", now)?;
                    }
                    (Found::Differs(differences), _) => {
                        let is_new = w.put_finding(check, &finding(paper, differences), now)?;
                        if is_new {
                            w.journal(&about(now, paper, "differs", &told(paper, differences)))?;
                        }
                    }
                }
            }
            Ok(())
        })
    }
}

/// What the log keeps of a document.
fn about<'a>(
    now: DateTime<Utc>,
    paper: &'a Paper,
    outcome: &'a str,
    text: &'a str,
) -> store::Entry<'a> {
    store::Entry {
        sale: paper.sale,
        outcome,
        ..notice(now, "decision", "read back", &paper.subject, "auto", text)
    }
}

fn finding<'a>(paper: &'a Paper, differences: &'a [Difference]) -> NewFinding<'a> {
    NewFinding {
        kind: paper.kind,
        subject: &paper.subject,
        number: &paper.number,
        sale: paper.sale,
        owner: match paper.kind {
            // Who may change a sale in Cin7 is the office; stock and its accounts are finance's.
            PaperKind::Shipment => Owner::Office,
            PaperKind::Stock => Owner::Finance,
            PaperKind::Order => Owner::Warehouse,
        },
        differences,
    }
}

fn told(paper: &Paper, differences: &[Difference]) -> String {
    let fields: Vec<&str> = differences.iter().map(|one| one.field.as_str()).collect();
    format!(
        "{} does not stand as it was posted: {}",
        paper.number,
        fields.join(", ")
    )
}

fn is_of(row: &FindingRow, paper: &Paper) -> bool {
    row.kind == paper.kind && row.subject == paper.subject
}

/// Open findings that were not chosen anyway: they are looked at until they are settled.
fn not_among(chosen: &[Paper], open: &[FindingRow]) -> Vec<Paper> {
    let known: BTreeSet<(PaperKind, &str)> = chosen
        .iter()
        .map(|paper| (paper.kind, paper.subject.as_str()))
        .collect();
    open.iter()
        .filter(|row| !known.contains(&(row.kind, row.subject.as_str())))
        .map(|row| Paper {
            kind: row.kind,
            subject: row.subject.clone(),
            number: row.number.clone(),
            sale: row.sale,
        })
        .collect()
}

fn sums(read: &[(Paper, Found)]) -> Sums {
    let mut sums = Sums::default();
    for (_, found) in read {
        match found {
            Found::AsPosted => sums.as_posted += 1,
            Found::Differs(_) => sums.differ += 1,
            Found::NotRead(why) => {
                sums.not_read += 1;
                if sums.why.is_empty() {
                    sums.why.clone_from(why);
                }
            }
        }
    }
    sums
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Why a question got no answer, as far as it is no fault of the store's; what the run says of
/// it besides is added to its report.
fn unread(run: &Run, what: &str, why: Unanswered) -> Result<String, StoreFault> {
    let sentence = match &why {
        Unanswered::NotNow(sentence) => sentence.clone(),
        Unanswered::Refused(fault) => fault.to_string(),
        Unanswered::Store(_) | Unanswered::Stopping => String::new(),
    };
    run.unanswered(what, why)?;
    Ok(sentence)
}
