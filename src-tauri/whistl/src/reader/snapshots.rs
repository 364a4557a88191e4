//! The questions about snapshots of stock (the contract's 5.10 and 5.11).

use std::time::Duration;

use domain::stock::SnapshotHead;
use vendor::{Fault, Lane, Told, Verdict, retry_after};

use super::{Reader, as_question, unanswered};
use crate::client::{note, refused};
use crate::snapshot::{self, SnapshotAsked, SnapshotRows};
use crate::status::{ErrorBody, code};

/// Rows asked for at a time: the contract's largest, for fewest calls.
const ROWS: &str = "1000";
/// Rows may take longer than any other answer (the contract's section 4).
const ROWS_TIME_LIMIT: Duration = Duration::from_mins(1);
/// Between two snapshots that are asked for, where they do not say how long (5.10).
const BETWEEN: Duration = Duration::from_mins(15);

fn of_warehouse(warehouse: Option<&str>) -> Vec<(&'static str, String)> {
    let named = warehouse.map(|warehouse| ("warehouse", warehouse.to_owned()));
    named.into_iter().collect()
}

impl Reader {
    /// What the latest snapshot of a warehouse says of itself; `None` before the first. An
    /// account with one warehouse need not name it (*assumed*; refused else).
    pub async fn latest_snapshot(
        &self,
        lane: Lane,
        warehouse: Option<&str>,
    ) -> Told<Option<SnapshotHead>> {
        let (operation, path) = ("find latest snapshot", "/v1/stock/snapshots/latest");
        let query = of_warehouse(warehouse);
        let (answer, mut exchange) = self
            .link
            .get(operation, lane, path.to_owned(), Some(query))
            .await;
        let result = match answer {
            Ok(answer) => snapshot::head(&answer.body, warehouse, &self.link.profile)
                .map(Some)
                .map_err(|bad| unanswered(&bad)),
            Err(fault) => match refused(&exchange, &fault) {
                Some(told) if told.is(code::NO_SNAPSHOT) => Ok(None),
                Some(_) | None => Err(as_question(fault)),
            },
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }

    /// One page of a snapshot's rows, the first without `after`. A snapshot never changes,
    /// so asking again gives the same.
    pub async fn snapshot_rows(
        &self,
        lane: Lane,
        id: &str,
        after: Option<&str>,
    ) -> Told<SnapshotRows> {
        let path = format!("/v1/stock/snapshots/{}/items", vendor::talk::encode(id));
        let mut query = vec![("limit", ROWS.to_owned())];
        query.extend(after.map(|after| ("after", after.to_owned())));
        let (answer, mut exchange) = self
            .link
            .get_within(ROWS_TIME_LIMIT, "list snapshot rows", lane, path, query)
            .await;
        let result = match answer {
            Ok(answer) => snapshot::page(&answer.body)
                .map(SnapshotRows::Page)
                .map_err(|bad| unanswered(&bad)),
            Err(fault) => match refused(&exchange, &fault) {
                Some(told) if told.is(code::SNAPSHOT_EXPIRED) => Ok(SnapshotRows::Expired),
                Some(_) | None => Err(as_question(fault)),
            },
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }

    /// Asks for a new snapshot; only where the account can
    /// ([`crate::Capabilities::snapshot_request`]). It changes nothing that would have to
    /// be looked up: without an answer it is simply asked again. How the warehouse is named
    /// is *assumed*; an account that ignores it has one warehouse.
    pub async fn request_snapshot(
        &self,
        lane: Lane,
        warehouse: Option<&str>,
    ) -> Told<SnapshotAsked> {
        let query = of_warehouse(warehouse);
        let (answer, mut exchange) = self
            .link
            .ask_for("request snapshot", lane, "/v1/stock/snapshots", query)
            .await;
        let result = match answer {
            Ok(_) => Ok(SnapshotAsked::Taken),
            // They took it and had nothing to add.
            Err(_) if exchange.status == Some(202) && exchange.response.is_empty() => {
                exchange.verdict = Verdict::Answered;
                exchange.detail = String::new();
                Ok(SnapshotAsked::Taken)
            }
            Err(Fault::NoAnswer { wait, .. }) if exchange.status == Some(429) => {
                exchange.verdict = Verdict::Refused;
                exchange.detail = String::new();
                let told = ErrorBody::read(&exchange.response);
                let in_body =
                    told.and_then(|told| retry_after::read(&told.retry_after, exchange.started));
                let wait = wait.or(in_body).unwrap_or(BETWEEN);
                Ok(SnapshotAsked::TooSoon { wait })
            }
            Err(fault) => Err(as_question(fault)),
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }
}

#[cfg(test)]
mod tests;
