//! Reading back: the documents of a day that can be looked at again, the checks that were made,
//! and what each found to stand otherwise than it was posted.

use chrono::{DateTime, NaiveDate, Utc};
use domain::read_back::Difference;
use domain::{Owner, SaleNumber};
use rusqlite::{Row, params};

use crate::columns::Columns;
use crate::forms::SaleKey;
use crate::reading::Reading;
use crate::sales::owner;
use crate::write::Write;
use crate::{StoreFault, times};

/// The row number of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadBackKey(pub i64);

/// The row number of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingKey(pub i64);

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// A shipment posted to Cin7.
    Shipment,
    /// A stock document posted to Cin7.
    Stock,
    /// An order sent to the warehouse.
    Order,
}

impl PaperKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Shipment, Self::Stock, Self::Order];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Shipment => "shipment",
            Self::Stock => "stock",
            Self::Order => "order",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A document of a sale: a posted shipment by its task, or an order at the warehouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalePaper {
    /// The sale.
    pub sale: SaleKey,
    /// Its number.
    pub number: SaleNumber,
    /// Of a shipment, Cin7's id of its task; of an order, our reference at the warehouse.
    pub name: String,
}

/// A check to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReadBack<'a> {
    /// Its run.
    pub run: &'a str,
    /// The days whose documents were looked at, both included.
    pub days: (NaiveDate, NaiveDate),
    /// When it began.
    pub began: DateTime<Utc>,
    /// Documents of those days.
    pub documents: u64,
    /// Of those chosen: that stand as they were posted.
    pub as_posted: u64,
    /// That do not.
    pub differ: u64,
    /// That could not be read.
    pub not_read: u64,
    /// Why not, or "".
    pub why: &'a str,
}

/// A check as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBackRow {
    /// Row number.
    pub key: ReadBackKey,
    /// Its run.
    pub run: String,
    /// The days whose documents were looked at, both included.
    pub days: (NaiveDate, NaiveDate),
    /// When it began.
    pub began: DateTime<Utc>,
    /// When it ended.
    pub ended: DateTime<Utc>,
    /// Documents of those days.
    pub documents: u64,
    /// Of those chosen: that stand as they were posted.
    pub as_posted: u64,
    /// That do not.
    pub differ: u64,
    /// That could not be read.
    pub not_read: u64,
    /// Why not, or "".
    pub why: String,
}

/// A document that a check found to stand otherwise than it was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFinding<'a> {
    /// What kind of document.
    pub kind: PaperKind,
    /// What it is known by for ever.
    pub subject: &'a str,
    /// What people call it.
    pub number: &'a str,
    /// Its sale, where it has one.
    pub sale: Option<SaleKey>,
    /// Who must act.
    pub owner: Owner,
    /// Field by field; at least one.
    pub differences: &'a [Difference],
}

/// The same as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingRow {
    /// Row number.
    pub key: FindingKey,
    /// What kind of document.
    pub kind: PaperKind,
    /// What it is known by for ever.
    pub subject: String,
    /// What people call it.
    pub number: String,
    /// Its sale, where it has one.
    pub sale: Option<SaleKey>,
    /// Who must act.
    pub owner: Owner,
    /// When it was first found.
    pub since: DateTime<Utc>,
    /// Field by field.
    pub differences: Vec<Difference>,
}

const CHECK: &str = "key, run, first_day, last_day, began, ended, documents, as_posted, differ, \
    not_read, why";

const FINDING: &str = "key, kind, subject, number, sale, owner, since";

impl Reading {
    /// Shipments whose posting was told of from one moment until before another, each task
    /// once; the first told first. What is being corrected or stands otherwise by a decision
    /// is not among them.
    pub fn shipments_posted(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<SalePaper>, StoreFault> {
        let mut papers = self.all(
            "SELECT d.sale, s.number, d.task FROM despatch AS d INDEXED BY despatch_by_posted
             CROSS JOIN sale AS s ON s.key = d.sale
             WHERE d.posted_at >= ?1 AND d.posted_at < ?2 AND +d.state = 'posted'
               AND d.task <> ''
             ORDER BY d.posted_at, d.key",
            [times::ms(from), times::ms(to)],
            sale_paper,
        )?;
        let mut known = std::collections::BTreeSet::new();
        papers.retain(|paper: &SalePaper| known.insert((paper.sale, paper.name.clone())));
        Ok(papers)
    }

    /// Orders that the warehouse took from one moment until before another and that were not
    /// called off since, the first one first.
    pub fn orders_accepted(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<SalePaper>, StoreFault> {
        self.all(
            "SELECT s.key, s.number, s.reference FROM sale AS s INDEXED BY sale_by_accepted
             WHERE s.accepted_at >= ?1 AND s.accepted_at < ?2
               AND +s.state IN ('at_warehouse', 'part_despatched', 'despatched', 'blocked')
               AND s.reference IS NOT NULL
             ORDER BY s.accepted_at, s.key",
            [times::ms(from), times::ms(to)],
            sale_paper,
        )
    }

    /// The last check.
    pub fn last_read_back(&self) -> Result<Option<ReadBackRow>, StoreFault> {
        let sql = format!("SELECT {CHECK} FROM read_back ORDER BY key DESC LIMIT 1");
        Ok(self.all(&sql, [], check_row)?.into_iter().next())
    }

    /// The last check that could read all it had chosen.
    pub fn last_whole_read_back(&self) -> Result<Option<ReadBackRow>, StoreFault> {
        let sql = format!(
            "SELECT {CHECK} FROM read_back INDEXED BY read_back_whole
             WHERE not_read = 0 ORDER BY key DESC LIMIT 1"
        );
        Ok(self.all(&sql, [], check_row)?.into_iter().next())
    }

    /// Documents that do not stand as they were posted and that nobody has settled, the one
    /// found first first.
    pub fn read_back_findings(&self) -> Result<Vec<FindingRow>, StoreFault> {
        let sql = format!(
            "SELECT {FINDING} FROM read_back_finding INDEXED BY read_back_open
             WHERE settled_at IS NULL"
        );
        let mut findings = self.all(&sql, [], finding_row)?;
        findings.sort_by_key(|finding| finding.key);
        for finding in &mut findings {
            finding.differences = self.differences_of(finding.key)?;
        }
        Ok(findings)
    }

    /// What of a document a person has settled last; empty when nobody has.
    fn settled_by_hand(
        &self,
        kind: PaperKind,
        subject: &str,
    ) -> Result<Vec<Difference>, StoreFault> {
        let last = self.one(
            "SELECT key, settled_by FROM read_back_finding INDEXED BY read_back_settled
             WHERE kind = ?1 AND subject = ?2 AND settled_at IS NOT NULL
             ORDER BY settled_at DESC LIMIT 1",
            params![kind.word(), subject],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
        )?;
        match last {
            Some((key, by)) if by != AUTO => self.differences_of(FindingKey(key)),
            _ => Ok(Vec::new()),
        }
    }

    fn differences_of(&self, finding: FindingKey) -> Result<Vec<Difference>, StoreFault> {
        self.all(
            "SELECT field, posted, now FROM read_back_difference
             WHERE finding = ?1 ORDER BY number",
            [finding.0],
            |row| {
                let mut columns = Columns::of(row);
                Ok(Difference {
                    field: columns.next()?,
                    posted: columns.next()?,
                    now: columns.next()?,
                })
            },
        )
    }
}

/// Who settled what a later check found to be right.
const AUTO: &str = "auto";

impl Write<'_> {
    /// Keeps a check.
    pub fn put_read_back(
        &mut self,
        new: &NewReadBack<'_>,
        now: DateTime<Utc>,
    ) -> Result<ReadBackKey, StoreFault> {
        self.run(
            "INSERT INTO read_back (run, first_day, last_day, began, ended, documents, as_posted,
                                    differ, not_read, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                new.run,
                times::days(new.days.0),
                times::days(new.days.1),
                times::ms(new.began),
                times::ms(now),
                times::whole(new.documents),
                times::whole(new.as_posted),
                times::whole(new.differ),
                times::whole(new.not_read),
                new.why,
            ],
        )?;
        Ok(ReadBackKey(self.conn.last_insert_rowid()))
    }

    /// Keeps what a check found of a document; what was found of it before is replaced. What a
    /// person has settled stays settled while nothing else differs. Whether it is new.
    pub fn put_finding(
        &mut self,
        check: ReadBackKey,
        new: &NewFinding<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreFault> {
        let open = self.one(
            "SELECT key FROM read_back_finding INDEXED BY read_back_open
             WHERE kind = ?1 AND subject = ?2 AND settled_at IS NULL",
            params![new.kind.word(), new.subject],
            |row| row.get::<_, i64>(0),
        )?;
        let finding = match open {
            Some(finding) => {
                self.run(
                    "UPDATE read_back_finding SET seen = ?2 WHERE key = ?1",
                    params![finding, check.0],
                )?;
                self.run(
                    "DELETE FROM read_back_difference WHERE finding = ?1",
                    [finding],
                )?;
                finding
            }
            None if self.settled_by_hand(new.kind, new.subject)? == new.differences => {
                return Ok(false);
            }
            None => {
                self.run(
                    "INSERT INTO read_back_finding (kind, subject, number, sale, owner, found,
                                                    seen, since)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
                    params![
                        new.kind.word(),
                        new.subject,
                        new.number,
                        new.sale.map(|sale| sale.0),
                        new.owner.word(),
                        check.0,
                        times::ms(now),
                    ],
                )?;
                self.conn.last_insert_rowid()
            }
        };
        for (difference, number) in new.differences.iter().zip(1_i64..) {
            self.run(
                "INSERT INTO read_back_difference (finding, number, field, posted, now)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    finding,
                    number,
                    difference.field,
                    difference.posted,
                    difference.now
                ],
            )?;
        }
        Ok(open.is_none())
    }

    /// Settles a finding: found to be right (`by` is `auto`), or as a person says.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it is not open.
    pub fn settle_finding(
        &mut self,
        finding: FindingKey,
        by: &str,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "finding that is open",
            "UPDATE read_back_finding SET settled_at = ?2, settled_by = ?3, settled_why = ?4
             WHERE key = ?1 AND settled_at IS NULL",
            params![finding.0, times::ms(now), by, why],
        )
    }
}

fn sale_paper(row: &Row<'_>) -> Result<SalePaper, StoreFault> {
    let mut columns = Columns::of(row);
    let sale = SaleKey(columns.next()?);
    let number: String = columns.next()?;
    Ok(SalePaper {
        sale,
        number: SaleNumber::parse(&number).map_err(|not| StoreFault::damaged(not.to_string()))?,
        name: columns.next()?,
    })
}

fn check_row(row: &Row<'_>) -> Result<ReadBackRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(ReadBackRow {
        key: ReadBackKey(columns.next()?),
        run: columns.next()?,
        days: (times::date(columns.next()?)?, times::date(columns.next()?)?),
        began: columns.at()?,
        ended: columns.at()?,
        documents: columns.count()?,
        as_posted: columns.count()?,
        differ: columns.count()?,
        not_read: columns.count()?,
        why: columns.next()?,
    })
}

fn finding_row(row: &Row<'_>) -> Result<FindingRow, StoreFault> {
    let mut columns = Columns::of(row);
    let key = FindingKey(columns.next()?);
    let kind: String = columns.next()?;
    Ok(FindingRow {
        key,
        kind: PaperKind::from_word(&kind)
            .ok_or_else(|| StoreFault::damaged(format!("“{kind}” is no kind of document")))?,
        subject: columns.next()?,
        number: columns.next()?,
        sale: columns.next::<Option<i64>>()?.map(SaleKey),
        owner: owner(&columns.next::<String>()?)?,
        since: columns.at()?,
        differences: Vec::new(),
    })
}
