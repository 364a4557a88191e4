//! Reads the documents from the vendors, in the lane of what can wait, and compares each. One
//! reading of a sale serves all its shipments; stock documents and orders are read one by one,
//! since neither vendor's lists tell their lines.

use std::collections::BTreeMap;

use cin7::{AdjustmentDocument, DocumentStatus, WriteOffDocument};
use domain::read_back::{self, Difference, StockPaper};
use domain::{ClientReference, ProductId};
use rust_decimal::Decimal;
use store::{DocumentKind, DocumentRow, PaperKind, SaleKey};
use vendor::{Fault, Lane};
use whistl::{OrderState, OrderStatus, Submission};

use super::posted::{self, PostedShipment};
use super::{Found, Paper, unread};
use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL};
use crate::runs::Run;

/// Nothing waits for this: orders, despatches, stock and comparisons go before it.
const LANE: Lane = Lane::Background;

impl Engine {
    /// Reads and compares these, and says of each what came of it.
    pub(super) async fn read_papers(
        &self,
        run: &Run,
        papers: &[Paper],
    ) -> Result<Vec<(Paper, Found)>, EngineFault> {
        let mut shipments: BTreeMap<SaleKey, Vec<&Paper>> = BTreeMap::new();
        let mut found = Vec::new();
        for paper in papers {
            let came_to = match (paper.kind, paper.sale) {
                (PaperKind::Shipment, Some(sale)) => {
                    shipments.entry(sale).or_default().push(paper);
                    continue;
                }
                (PaperKind::Order, Some(sale)) => self.read_order(run, paper, sale).await?,
                (PaperKind::Stock, _) => self.read_stock_document(run, paper).await?,
                (PaperKind::Shipment | PaperKind::Order, None) => {
                    Found::NotRead("its order is not known any more".into())
                }
            };
            found.push((paper.clone(), came_to));
        }
        for (sale, papers) in shipments {
            found.extend(self.read_shipments(run, sale, &papers).await?);
        }
        Ok(found)
    }

    async fn read_shipments(
        &self,
        run: &Run,
        sale: SaleKey,
        papers: &[&Paper],
    ) -> Result<Vec<(Paper, Found)>, EngineFault> {
        let all = |found: &Found| {
            let each = papers.iter();
            each.map(|paper| ((*paper).clone(), found.clone()))
                .collect::<Vec<_>>()
        };
        let cin7 = match set_up(run, self.cin7())? {
            Ok(cin7) => cin7,
            Err(why) => return Ok(all(&Found::NotRead(why))),
        };
        let row = self.store().reading().sale_row(sale)?;
        let asked = self
            .ask(run, CIN7, Some(sale), || cin7.sale(LANE, &row.id))
            .await;
        let answer = match asked {
            Ok(answer) => answer,
            Err(why) if is_gone(&why) => return Ok(all(&gone_from_cin7())),
            Err(why) => return Ok(all(&Found::NotRead(unread(run, "A sale", why)?))),
        };
        let tasks = match cin7::read_fulfilments(&answer.body) {
            Ok(tasks) => tasks,
            Err(bad) => return Ok(all(&Found::NotRead(bad.to_string()))),
        };
        let mut found = Vec::new();
        for paper in papers {
            let posted = posted::shipment(self.store().reading(), sale, &paper.subject)?;
            let now = tasks.iter().find(|task| task.task == paper.subject);
            let came_to = match (posted, now) {
                (Err(why), _) => Found::NotRead(why),
                (Ok(_), None) => gone_from_cin7(),
                (Ok(PostedShipment { last, earlier }), Some(now)) => {
                    judged(read_back::shipment(&last, &earlier, now))
                }
            };
            found.push(((*paper).clone(), came_to));
        }
        Ok(found)
    }

    async fn read_stock_document(&self, run: &Run, paper: &Paper) -> Result<Found, EngineFault> {
        let cin7 = match set_up(run, self.cin7())? {
            Ok(cin7) => cin7,
            Err(why) => return Ok(Found::NotRead(why)),
        };
        let row = self
            .store()
            .reading()
            .document_by_reference(&paper.subject)?;
        let Some(row) = row else {
            return Ok(Found::NotRead(
                "what was posted is not known any more".into(),
            ));
        };
        let task = row.task.as_str();
        let asked = match row.kind {
            DocumentKind::Adjustment => self
                .ask(run, CIN7, None, || cin7.adjustment(LANE, task))
                .await
                .map(|document| adjustment(&document)),
            DocumentKind::WriteOff => self
                .ask(run, CIN7, None, || cin7.write_off(LANE, task))
                .await
                .map(|document| write_off(&document)),
        };
        Ok(match asked {
            Ok(now) => judged(read_back::stock(&posted::stock(&row), &named(now, &row))),
            Err(why) if is_gone(&why) => gone_from_cin7(),
            Err(why) => Found::NotRead(unread(run, "A stock document", why)?),
        })
    }

    async fn read_order(
        &self,
        run: &Run,
        paper: &Paper,
        sale: SaleKey,
    ) -> Result<Found, EngineFault> {
        let reader = match set_up(run, self.whistl())? {
            Ok((reader, _)) => reader,
            Err(why) => return Ok(Found::NotRead(why)),
        };
        let most = self.profile().limits.reference;
        let (Some(body), Ok(reference)) = (
            self.store().reading().sent_body(sale)?,
            ClientReference::parse(&paper.subject, most),
        ) else {
            return Ok(Found::NotRead(
                "what was sent is no longer in the log".into(),
            ));
        };
        let sent = Submission::from_stored(reference.clone(), body.into());
        let asked = self
            .ask(run, WHISTL, Some(sale), || {
                reader.find_order(LANE, &reference)
            })
            .await;
        Ok(match asked {
            Ok(whistl::Found::Here(state)) => judged(order(&state, &sent)),
            Ok(whistl::Found::NotFound) => Found::Differs(vec![Difference::new(
                "order",
                "accepted",
                "not known to Whistl",
            )]),
            Err(why) => Found::NotRead(unread(run, "An order at the warehouse", why)?),
        })
    }
}

/// A client; where the vendor is not set up, why.
fn set_up<T>(run: &Run, client: Result<T, EngineFault>) -> Result<Result<T, String>, EngineFault> {
    match client {
        Ok(client) => Ok(Ok(client)),
        Err(fault @ EngineFault::Store(_)) => Err(fault),
        Err(other) => {
            run.cut_short(other.to_string());
            Ok(Err(other.to_string()))
        }
    }
}

/// How an order at the warehouse differs from what it was sent. Its address and telephone are
/// not told by a look-up, and so are not compared (the contract's 2.2).
fn order(state: &OrderState, sent: &Submission) -> Vec<Difference> {
    if matches!(state.status, OrderStatus::Cancelled | OrderStatus::Rejected) {
        return vec![Difference::new(
            "status",
            "accepted",
            state.raw_status.as_str(),
        )];
    }
    state
        .differences(sent)
        .into_iter()
        .map(|one| {
            Difference::new(
                one.field,
                one.sent.unwrap_or_default(),
                one.there.unwrap_or_default(),
            )
        })
        .collect()
}

fn judged(differences: Vec<Difference>) -> Found {
    if differences.is_empty() {
        Found::AsPosted
    } else {
        Found::Differs(differences)
    }
}

fn gone_from_cin7() -> Found {
    Found::Differs(vec![Difference::new(
        "document",
        "posted",
        "not in Cin7 Core",
    )])
}

fn is_gone(why: &Unanswered) -> bool {
    matches!(why, Unanswered::Refused(Fault::Refused { code, .. }) if code == cin7::NOT_FOUND)
}

/// A stock document as it stands: its lines name their product, or only a SKU.
struct Stands {
    status: DocumentStatus,
    account: String,
    effective: Option<chrono::NaiveDate>,
    lines: Vec<(Option<ProductId>, String, Decimal)>,
}

fn adjustment(document: &AdjustmentDocument) -> Stands {
    let there = document.lines.iter();
    let new = document.new_lines.iter();
    let levels = there.map(|line| (line.product.clone(), line.sku.clone(), line.level_after));
    let new = new.map(|line| (line.product.clone(), line.sku.clone(), line.level_after));
    Stands {
        status: document.status.clone(),
        account: document.account.clone(),
        effective: document.effective,
        lines: levels.chain(new).collect(),
    }
}

fn write_off(document: &WriteOffDocument) -> Stands {
    let lines = document.lines.iter();
    Stands {
        status: document.status.clone(),
        account: document.account.clone(),
        effective: document.effective,
        lines: lines
            .map(|line| (line.product.clone(), line.sku.clone(), line.quantity))
            .collect(),
    }
}

/// The same with every line's product: one that names none is of the posted line's SKU, or of
/// nobody's.
fn named(stands: Stands, posted: &DocumentRow) -> StockPaper {
    let product = |named: Option<ProductId>, sku: &str| {
        let same = posted.lines.iter().find(|line| line.sku == sku);
        named
            .or_else(|| same.map(|line| line.product.clone()))
            .or_else(|| ProductId::parse(sku).ok())
    };
    StockPaper {
        status: match stands.status {
            DocumentStatus::Completed => Ok(()),
            DocumentStatus::Draft => Err("a draft".into()),
            DocumentStatus::Voided => Err("voided".into()),
            DocumentStatus::Unknown(word) => Err(word),
        },
        account: stands.account,
        effective: stands.effective,
        lines: stands
            .lines
            .into_iter()
            .filter_map(|(named, sku, units)| Some((product(named, &sku)?, sku, units)))
            .collect(),
    }
}
