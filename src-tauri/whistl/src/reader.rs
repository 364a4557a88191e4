//! The questions. Each is one call; nothing is repeated here.

mod snapshots;

use std::sync::Arc;

use domain::ClientReference;
use vendor::{BadField, Exchange, Fault, Lane, Response, Told, tell};

use crate::adjustment::{self, AdjustmentRecord};
use crate::answer::Found;
use crate::client::{Link, note, order_path, refused};
use crate::despatch::{self, DespatchRecord};
use crate::event::OrderEvent;
use crate::feed::{Page, PageOutcome};
use crate::reference_data::{Item, Ping, Services};
use crate::status::code;
use crate::{read, wire};

/// Rows asked for at a time: the contract's largest, for fewest calls.
const PAGE_ROWS: &str = "500";
/// The same of the feed of despatches, whose rows are larger (the contract's 5.8).
const DESPATCH_ROWS: &str = "100";

/// Asks. Free to clone; clones share one pacer.
#[derive(Clone, Debug)]
pub struct Reader {
    pub(crate) link: Arc<Link>,
}
impl Reader {
    /// Whether the key is good, and what the account can do.
    pub async fn ping(&self) -> Told<Ping> {
        let told = self
            .link
            .get("ping", Lane::Background, "/v1/ping".to_owned(), None)
            .await;
        tell(told, |answer| {
            read::ping(&answer.body, &self.link.profile).map_err(|bad| unanswered(&bad))
        })
    }

    /// The services on offer.
    pub async fn services(&self) -> Told<Services> {
        let path = "/v1/services".to_owned();
        let told = self
            .link
            .get("list services", Lane::Background, path, None)
            .await;
        tell(told, |answer| {
            read::services(&answer.body, &self.link.profile).map_err(|bad| unanswered(&bad))
        })
    }

    /// One page of the items on file, from the beginning without `after`.
    pub async fn items(&self, after: Option<&str>) -> Told<PageOutcome<Item>> {
        let told = self
            .feed(
                "list items",
                Lane::Background,
                "/v1/items",
                PAGE_ROWS,
                after,
            )
            .await;
        paged(told, |body| read::page(body, "items", after, read::item))
    }

    /// One page of what happened to orders, from the oldest kept without `after`.
    pub async fn order_events(
        &self,
        lane: Lane,
        after: Option<&str>,
    ) -> Told<PageOutcome<OrderEvent>> {
        let told = self
            .feed(
                "list order events",
                lane,
                "/v1/order-events",
                PAGE_ROWS,
                after,
            )
            .await;
        let profile = &self.link.profile;
        paged(told, |body| {
            let event = |event: wire::OrderEvent| read::order_event(event, profile);
            read::page(body, "order-events", after, event)
        })
    }

    /// One page of what left the warehouse, from the oldest kept without `after`. The same
    /// despatch may come again, under its number or a new one.
    pub async fn despatches(
        &self,
        lane: Lane,
        after: Option<&str>,
    ) -> Told<PageOutcome<DespatchRecord>> {
        let told = self
            .feed(
                "list despatches",
                lane,
                "/v1/despatches",
                DESPATCH_ROWS,
                after,
            )
            .await;
        let profile = &self.link.profile;
        paged(told, |body| despatch::page(body, after, profile))
    }

    /// One page of the changes of stock that the warehouse made by itself, from the oldest
    /// kept without `after`. The same adjustment may come again, under its number or a new
    /// one.
    pub async fn adjustments(
        &self,
        lane: Lane,
        after: Option<&str>,
    ) -> Told<PageOutcome<AdjustmentRecord>> {
        let told = self
            .feed(
                "list adjustments",
                lane,
                "/v1/adjustments",
                PAGE_ROWS,
                after,
            )
            .await;
        let profile = &self.link.profile;
        paged(told, |body| adjustment::page(body, after, profile))
    }

    /// Looks an order up by our reference. Only Whistl's own "no such order" is
    /// [`Found::NotFound`]; any other 404 is no answer at all (wrong address, a proxy).
    pub async fn find_order(&self, lane: Lane, reference: &ClientReference) -> Told<Found> {
        let path = order_path(reference, "");
        let (answer, mut exchange) = self.link.get("look up order", lane, path, None).await;
        let result = match answer {
            Ok(answer) => read::order_state(&answer.body, reference, &self.link.profile)
                .map(Found::Here)
                .map_err(|bad| unanswered(&bad)),
            Err(fault) => match refused(&exchange, &fault) {
                Some(told) if told.is(code::ORDER_NOT_FOUND) => Ok(Found::NotFound),
                Some(_) | None => Err(as_question(fault)),
            },
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }

    async fn feed(
        &self,
        operation: &'static str,
        lane: Lane,
        path: &str,
        rows: &str,
        after: Option<&str>,
    ) -> (Result<Response, Fault>, Exchange) {
        let mut query = vec![("limit", rows.to_owned())];
        query.extend(after.map(|after| ("after", after.to_owned())));
        self.link
            .get(operation, lane, path.to_owned(), Some(query))
            .await
    }
}

fn paged<T>(
    told: (Result<Response, Fault>, Exchange),
    read: impl FnOnce(&[u8]) -> Result<Page<T>, BadField>,
) -> Told<PageOutcome<T>> {
    let (answer, mut exchange) = told;
    let result = match answer {
        Ok(answer) => read(&answer.body)
            .map(PageOutcome::Page)
            .map_err(|bad| unanswered(&bad)),
        Err(fault) => match refused(&exchange, &fault) {
            Some(told) if told.is(code::CURSOR_EXPIRED) => Ok(PageOutcome::Expired {
                oldest: told.oldest_cursor,
            }),
            Some(_) | None => Err(as_question(fault)),
        },
    };
    note(&mut exchange, &result);
    Told { result, exchange }
}

/// A 404 in answer to a question that is not about a missing order: the address is wrong.
fn as_question(fault: Fault) -> Fault {
    match fault {
        Fault::Refused {
            status: 404,
            code,
            message,
        } => Fault::NoAnswer {
            wait: None,
            message: format!("no such address at Whistl ({code}): {message}"),
        },
        other => other,
    }
}

fn unanswered(bad: &BadField) -> Fault {
    Fault::NoAnswer {
        wait: None,
        message: bad.to_string(),
    }
}

#[cfg(test)]
mod tests;
