//! The calls. Each is one HTTP call in the lane it is given, and answers with the record
//! of it. Nothing is repeated here.

mod stock;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Contact, SaleId};
use secrecy::SecretString;
use vendor::{
    BadField, Base, Call, Clock, Exchange, Fault, Header, Lane, Line, Method, Pacer, Redactor,
    Response, Told, Wire, json, tell,
};

use crate::record::{CarrierPage, LocationPage, Me, Page, ProductPage, SaleAnswer, SalePage};
use crate::status::Cin7Status;
use crate::writer::Cin7Writer;
use crate::{NOT_FOUND, map};

/// The largest page Cin7 gives (documented).
const LIMIT: u32 = 1000;

/// Where Cin7 is and how patient to be.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Base address, by default `https://inventory.dearsystems.com/ExternalApi/v2`.
    pub base: Base,
    /// A question must be answered within this; 30 s by default.
    pub time_limit: Duration,
    /// Largest list, bytes; 32 MiB by default.
    pub list_limit: usize,
    /// Largest single record, bytes; 8 MiB by default.
    pub detail_limit: usize,
}

impl Settings {
    /// The defaults, at this address.
    pub fn at(base: Base) -> Self {
        Self {
            base,
            time_limit: Duration::from_secs(30),
            list_limit: 32 << 20,
            detail_limit: 8 << 20,
        }
    }
}

/// Both halves of the login; each of them counts as a secret.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// `api-auth-accountid`.
    pub account_id: SecretString,
    /// `api-auth-applicationkey`.
    pub key: SecretString,
}

/// A reader of one Cin7 Core account. Clones share the pacer.
#[derive(Clone)]
pub struct Cin7 {
    line: Line,
    time_limit: Duration,
    list_limit: usize,
    detail_limit: usize,
}

impl fmt::Debug for Cin7 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cin7")
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

type Query = Vec<(&'static str, String)>;

impl Cin7 {
    /// A reader of the account behind these credentials; makes no call.
    pub fn open(
        settings: Settings,
        credentials: Credentials,
        wire: Arc<dyn Wire>,
        pacer: Arc<Pacer>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let Credentials { account_id, key } = credentials;
        let line = Line {
            wire,
            pacer,
            clock,
            base: settings.base,
            redactor: Redactor::new([account_id.clone(), key.clone()]),
            headers: vec![
                ("accept", Header::Plain("application/json".into())),
                ("api-auth-accountid", Header::Secret(account_id)),
                ("api-auth-applicationkey", Header::Secret(key)),
            ],
            status: Arc::new(Cin7Status),
        };
        Self {
            line,
            time_limit: settings.time_limit,
            list_limit: settings.list_limit,
            detail_limit: settings.detail_limit,
        }
    }

    /// The half that writes to the same account, over the same line.
    pub fn writer(&self) -> Cin7Writer {
        Cin7Writer {
            line: self.line.clone(),
        }
    }

    /// Which account the keys open.
    pub async fn me(&self, lane: Lane) -> Told<Me> {
        let told = self
            .ask(
                "check connection",
                lane,
                "/me",
                Vec::new(),
                self.detail_limit,
            )
            .await;
        tell(told, |response| {
            map::me(&response.body).map_err(|field| nonsense(&field))
        })
    }

    /// One page of the sales changed at or after `since`, of all sales without it; no
    /// status filter, so that voids, undos and edits are seen. The order of the list is
    /// not documented.
    pub async fn sales_updated_since(
        &self,
        lane: Lane,
        since: Option<DateTime<Utc>>,
        page: u32,
    ) -> Told<SalePage> {
        let mut query = paged(page);
        query.extend(since.map(|since| ("UpdatedSince", moment(since))));
        self.sale_list("list sales", lane, query, page).await
    }

    /// One page of the sales whose order is authorised, shipped ones included: what the
    /// sweep compares with ours. Asks for nothing narrower, because a sale that is ready
    /// may say `NOT SHIPPED` or `NOT AVAILABLE`, and a filter takes one word.
    pub async fn open_sales(&self, lane: Lane, page: u32) -> Told<SalePage> {
        let mut query = paged(page);
        query.push(("OrderStatus", "AUTHORISED".into()));
        self.sale_list("sweep open sales", lane, query, page).await
    }

    /// Whether the filter by time works: nothing can have changed a year from now. `false`
    /// means that it is being ignored.
    pub async fn probe_filter(&self, lane: Lane, now: DateTime<Utc>) -> Told<bool> {
        let query = vec![
            ("Page", "1".into()),
            ("Limit", "1".into()),
            ("UpdatedSince", moment(now + TimeDelta::days(365))),
        ];
        let told = self.sale_list("probe filter", lane, query, 1).await;
        Told {
            result: told
                .result
                .map(|page| page.total == 0 && page.received == 0),
            exchange: told.exchange,
        }
    }

    /// One sale. A sale Cin7 does not know is [`Fault::Refused`] with the code
    /// [`NOT_FOUND`].
    pub async fn sale(&self, lane: Lane, id: &SaleId) -> Told<SaleAnswer> {
        let query = vec![
            ("ID", id.to_string()),
            ("HideInventoryMovements", "true".into()),
        ];
        let told = self
            .ask("read sale", lane, "/sale", query, self.detail_limit)
            .await;
        tell(known(told), |response| sale_answer(response, id))
    }

    /// One page of the products changed at or after `modified_since`, of all products
    /// without it; withdrawn ones included.
    pub async fn products(
        &self,
        lane: Lane,
        modified_since: Option<DateTime<Utc>>,
        page: u32,
    ) -> Told<ProductPage> {
        let mut query = paged(page);
        query.extend(modified_since.map(|since| ("ModifiedSince", moment(since))));
        // Without it a withdrawn product would merely stop appearing.
        query.push(("IncludeDeprecated", "true".into()));
        let told = self
            .ask("list products", lane, "/product", query, self.list_limit)
            .await;
        list(told, "Products", page, |row| Some(map::product(row)))
    }

    /// One page of the locations. Bins are left out of its rows.
    pub async fn locations(&self, lane: Lane, page: u32) -> Told<LocationPage> {
        let query = paged(page);
        let told = self
            .ask(
                "list locations",
                lane,
                "/ref/location",
                query,
                self.list_limit,
            )
            .await;
        list(told, "LocationList", page, map::location)
    }

    /// One page of the carriers.
    pub async fn carriers(&self, lane: Lane, page: u32) -> Told<CarrierPage> {
        let query = paged(page);
        let told = self
            .ask(
                "list carriers",
                lane,
                "/ref/carrier",
                query,
                self.list_limit,
            )
            .await;
        list(told, "CarrierList", page, |row| Some(map::carrier(row)))
    }

    /// The contacts of a customer, the default first; none when Cin7 does not know the
    /// customer. `customer_id` as the sale carries it.
    pub async fn customer(&self, lane: Lane, customer_id: &str) -> Told<Vec<Contact>> {
        let mut query = paged(1);
        query.push(("ID", customer_id.to_owned()));
        let told = self
            .ask("read customer", lane, "/customer", query, self.list_limit)
            .await;
        // A missing reference item is answered with 400 by some endpoints (observed).
        if let (Err(Fault::Refused { status: 400, .. }), exchange) = told {
            return Told {
                result: Ok(Vec::new()),
                exchange,
            };
        }
        tell(told, |response| {
            let people = |row: &_| Some(Ok(map::contacts(row, customer_id)));
            let page = map::page(&response.body, "CustomerList", 1, people)
                .map_err(|field| nonsense(&field))?;
            Ok(page.rows.into_iter().flatten().flatten().collect())
        })
    }

    async fn sale_list(
        &self,
        operation: &'static str,
        lane: Lane,
        query: Query,
        page: u32,
    ) -> Told<SalePage> {
        let told = self
            .ask(operation, lane, "/saleList", query, self.list_limit)
            .await;
        list(told, "SaleList", page, |row| Some(map::listing(row)))
    }

    async fn ask(
        &self,
        operation: &'static str,
        lane: Lane,
        path: &str,
        query: Query,
        size_limit: usize,
    ) -> (Result<Response, Fault>, Exchange) {
        let call = Call {
            operation,
            lane,
            method: Method::Get,
            path: path.to_owned(),
            query,
            headers: Vec::new(),
            body: None,
            time_limit: self.time_limit,
            size_limit,
            write: false,
        };
        self.line.call(call).await
    }
}

fn paged(page: u32) -> Query {
    vec![("Page", page.to_string()), ("Limit", LIMIT.to_string())]
}

/// Cin7's way of writing a moment, UTC, without zone (documented).
fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3f").to_string()
}

fn list<T>(
    told: (Result<Response, Fault>, Exchange),
    key: &str,
    page: u32,
    row: impl Fn(&serde_json::Value) -> Option<crate::Row<T>>,
) -> Told<Page<T>> {
    tell(told, |response| {
        map::page(&response.body, key, page, row).map_err(|field| nonsense(&field))
    })
}

/// The answer must be the sale asked for: anything else is no answer at all, while a
/// field at fault in the right sale is that sale's own trouble.
fn sale_answer(response: Response, id: &SaleId) -> Result<SaleAnswer, Fault> {
    let body = response.body;
    let value = json::value(&body).map_err(|field| nonsense(&field))?;
    let answered = map::text_at(&value, &["ID"]);
    if !answered
        .as_deref()
        .is_some_and(|other| other.eq_ignore_ascii_case(id.as_str()))
    {
        return Err(nonsense(&BadField {
            path: "ID".into(),
            message: format!("expected the sale asked for, {id}"),
            value: json::excerpt(value.get("ID")),
        }));
    }
    Ok(SaleAnswer {
        sale: map::sale(&value),
        body,
    })
}

/// The same answer, in which a record that Cin7 does not know is told apart.
fn known(told: (Result<Response, Fault>, Exchange)) -> (Result<Response, Fault>, Exchange) {
    let (answer, mut exchange) = told;
    let answer = answer.map_err(not_found);
    if let Err(fault) = &answer {
        exchange.detail = fault.to_string();
    }
    (answer, exchange)
}

/// Cin7 says 404 inside an answer of 400 (assumed), or outside; its words say "not found".
fn not_found(fault: Fault) -> Fault {
    match fault {
        Fault::Refused {
            status,
            code,
            message,
        } if code == "404" || message.to_ascii_lowercase().contains("not found") => {
            Fault::Refused {
                status,
                code: NOT_FOUND.into(),
                message,
            }
        }
        other => other,
    }
}

fn nonsense(field: &BadField) -> Fault {
    Fault::NoAnswer {
        wait: None,
        message: field.to_string(),
    }
}
