//! `GET saleList`: the rows, the documented filters under their own names, and the
//! ways a list can lag behind the detail or shift while it is read.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::Account;
use super::detail::tracking;
use super::faults::Play;
use super::plain::{object, parse_time, text, utc_short, word};
use super::progress::words;
use super::reply::{Call, Page, Reply};
use super::sale::Sale;

/// Filters that compare one word of the row: the parameter and the field. The names
/// differ where the vendor's do, and there is none for `FulFilmentStatus`.
const WORD_FILTERS: [(&str, &str); 8] = [
    ("QuoteStatus", "QuoteStatus"),
    ("OrderStatus", "OrderStatus"),
    ("CombinedPickStatus", "CombinedPickingStatus"),
    ("CombinedPackStatus", "CombinedPackingStatus"),
    ("CombinedShippingStatus", "CombinedShippingStatus"),
    ("CombinedInvoiceStatus", "CombinedInvoiceStatus"),
    ("CreditNoteStatus", "CreditNoteStatus"),
    ("Status", "Status"),
];

/// The filters of one call.
struct Filters {
    created_since: Option<DateTime<Utc>>,
    updated_since: Option<DateTime<Utc>>,
    updated_until: Option<DateTime<Utc>>,
    ship_by: Option<DateTime<Utc>>,
}

impl Filters {
    fn read(call: &Call) -> Result<Self, Reply> {
        Ok(Self {
            created_since: call.time("CreatedSince")?,
            updated_since: call.time("UpdatedSince")?,
            updated_until: call.time("UpdatedUntil")?,
            ship_by: call.time("ShipBy")?,
        })
    }

    /// Whether the moments fit. Assumed (A1): each includes its instant.
    fn fit(&self, created: DateTime<Utc>, updated: DateTime<Utc>) -> bool {
        self.created_since.is_none_or(|since| created >= since)
            && self.updated_since.is_none_or(|since| updated >= since)
            && self.updated_until.is_none_or(|until| updated <= until)
    }

    /// Whether the row fits. Filters combine.
    fn fit_row(&self, row: &Value, call: &Call) -> bool {
        let same = |parameter: &str, field: &str| {
            call.param(parameter)
                .is_none_or(|value| word(&row[field]) == value.trim().to_uppercase())
        };
        WORD_FILTERS
            .iter()
            .all(|(parameter, field)| same(parameter, field))
            && same("OrderLocationID", "OrderLocationID")
            && call
                .param("ExternalID")
                .is_none_or(|id| text(&row["ExternalID"]) == id)
            && call.param("Search").is_none_or(|part| mentions(row, part))
            && self.ship_by.is_none_or(|by| due_by(row, by))
            && (!call.yes("ReadyForShipping") || packed_not_shipped(row))
    }

    /// Whether any of them needs the row.
    fn look_at_rows(&self, call: &Call) -> bool {
        let others = [
            "ExternalID",
            "Search",
            "ReadyForShipping",
            "OrderLocationID",
        ];
        self.ship_by.is_some()
            || WORD_FILTERS
                .iter()
                .any(|(parameter, _)| call.param(parameter).is_some())
            || others
                .iter()
                .any(|parameter| call.param(parameter).is_some())
    }
}

/// Documented: found in the order number, the customer, the reference and the like.
fn mentions(row: &Value, part: &str) -> bool {
    let part = part.to_lowercase();
    [
        "OrderNumber",
        "Customer",
        "CustomerReference",
        "InvoiceNumber",
        "Status",
    ]
    .iter()
    .any(|field| text(&row[*field]).to_lowercase().contains(&part))
}

/// Documented: to be shipped on or before that day, and not yet shipped.
fn due_by(row: &Value, by: DateTime<Utc>) -> bool {
    word(&row["CombinedShippingStatus"]) != "SHIPPED"
        && parse_time(text(&row["ShipBy"])).is_some_and(|due| due <= by)
}

fn packed_not_shipped(row: &Value) -> bool {
    word(&row["CombinedPackingStatus"]).ends_with("PACKED")
        && !word(&row["CombinedPackingStatus"]).starts_with("NOT")
        && word(&row["CombinedShippingStatus"]) != "SHIPPED"
}

impl Account {
    /// `GET saleList`.
    pub(super) fn get_sale_list(&mut self, call: &Call, play: &mut Play) -> Result<Reply, Reply> {
        let page = call.page()?;
        let filters = Filters::read(call)?;
        let lag = play
            .fires("stale_list", &[])
            .map(|value| TimeDelta::seconds(value.as_i64().unwrap_or(60).clamp(0, 86_400 * 365)));
        if let Some(lag) = lag {
            return Ok(self.stale_list(call, &filters, page, call.now - lag));
        }
        let mut found = self.found(call, &filters);
        let mut slip = 0;
        if page.number > 1
            && let Some(how) = play.fires("page_drift", &[])
        {
            if how == json!("silent") {
                slip = 1;
            } else {
                self.move_to_front(call, page.of(&found));
                found = self.found(call, &filters);
            }
        }
        let on_page = page.drifted(&found, slip);
        let rows = on_page
            .iter()
            .map(|&index| self.row(&self.sales.list[index], call.skew));
        let rows = rows.collect();
        Ok(Reply::list("SaleList", found.len(), page, rows))
    }

    /// The sales that fit, in the list's own order.
    fn found(&self, call: &Call, filters: &Filters) -> Vec<usize> {
        let rows = filters.look_at_rows(call);
        let mut found: Vec<usize> = (0..self.sales.list.len())
            .filter(|&index| {
                let sale = &self.sales.list[index];
                filters.fit(sale.created + call.skew, sale.updated + call.skew)
                    && (!rows || filters.fit_row(&self.row(sale, call.skew), call))
            })
            .collect();
        found.sort_by_key(|&index| self.sales.list[index].place);
        found
    }

    /// Somebody saves the first sale of this page while the list is read: it moves to an
    /// earlier page, its `Updated` moves, and every row between shifts by one.
    fn move_to_front(&mut self, call: &Call, on_page: &[usize]) {
        let Some(&index) = on_page.first() else {
            return;
        };
        let before = self.row(&self.sales.list[index], TimeDelta::zero());
        self.touched(index, before, call.now, None);
        self.sales.list[index].place = self.sales.front_place();
    }

    /// The list as it was at `then`: rows lag the detail, newer sales are missing.
    fn stale_list(&self, call: &Call, filters: &Filters, page: Page, then: DateTime<Utc>) -> Reply {
        let mut sales: Vec<&Sale> = self
            .sales
            .list
            .iter()
            .filter(|sale| sale.created <= then)
            .collect();
        sales.sort_by_key(|sale| sale.place);
        let rows: Vec<Value> = sales
            .into_iter()
            .map(
                |sale| match sale.past.iter().find(|past| past.until > then) {
                    Some(past) => (sale.created, past.row.clone()),
                    None => (sale.created, self.row(sale, call.skew)),
                },
            )
            .filter(|(created, row)| {
                let updated = parse_time(text(&row["Updated"])).unwrap_or(*created);
                filters.fit(*created, updated) && filters.fit_row(row, call)
            })
            .map(|(_, row)| row)
            .collect();
        Reply::list("SaleList", rows.len(), page, page.of(&rows).to_vec())
    }

    /// The row of a sale: no lines, no telephone, no attributes.
    pub(super) fn row(&self, sale: &Sale, skew: TimeDelta) -> Value {
        let words = words(sale);
        let h = |name: &str| self.header(sale, name);
        let or = |name: &str, word: &str| {
            sale.header
                .get(name)
                .cloned()
                .unwrap_or_else(|| json!(word))
        };
        // The list says NOT INVOICED where the detail says NOT AVAILABLE.
        let invoiced = match word(&h("CombinedInvoiceStatus")).as_str() {
            "NOT AVAILABLE" => json!("NOT INVOICED"),
            _ => h("CombinedInvoiceStatus"),
        };
        let quote = sale
            .header
            .get("Quote")
            .and_then(|quote| quote.get("Status"));
        let location = self
            .sale_location(sale)
            .map(|index| &self.locations[index].id);
        Value::Object(object([
            ("SaleID", json!(sale.id)),
            ("OrderNumber", json!(sale.number)),
            ("Status", or("Status", words.status)),
            ("OrderDate", h("SaleOrderDate")),
            ("InvoiceDate", Value::Null),
            ("Customer", h("Customer")),
            ("CustomerID", h("CustomerID")),
            ("InvoiceNumber", Value::Null),
            ("CustomerReference", h("CustomerReference")),
            ("InvoiceAmount", json!(0)),
            ("PaidAmount", json!(0)),
            ("SaleInvoicesTotalAmount", json!(0)),
            ("InvoiceDueDate", Value::Null),
            ("ShipBy", h("ShipBy")),
            ("BaseCurrency", h("BaseCurrency")),
            ("CustomerCurrency", h("CustomerCurrency")),
            ("CreditNoteNumber", Value::Null),
            ("Updated", json!(utc_short(sale.updated + skew))),
            (
                "QuoteStatus",
                quote.cloned().unwrap_or_else(|| json!("NOT AVAILABLE")),
            ),
            (
                "OrderStatus",
                sale.order("Status")
                    .cloned()
                    .unwrap_or_else(|| json!("AUTHORISED")),
            ),
            (
                "CombinedPickingStatus",
                or("CombinedPickingStatus", words.picking),
            ),
            ("CombinedPaymentStatus", h("CombinedPaymentStatus")),
            ("CombinedTrackingNumbers", tracking(sale)),
            (
                "CombinedPackingStatus",
                or("CombinedPackingStatus", words.packing),
            ),
            (
                "CombinedShippingStatus",
                or("CombinedShippingStatus", words.shipping),
            ),
            ("CombinedInvoiceStatus", invoiced),
            ("CombinedPaymentTotal", json!(0)),
            ("CreditNoteStatus", json!("NOT AVAILABLE")),
            ("FulFilmentStatus", or("FulFilmentStatus", words.fulfilment)),
            ("Type", h("Type")),
            ("SourceChannel", h("SourceChannel")),
            ("ExternalID", h("ExternalID")),
            ("OrderLocationID", json!(location)),
        ]))
    }
}
