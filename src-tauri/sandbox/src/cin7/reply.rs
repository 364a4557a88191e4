//! One call below the base path, and what is said to it before any fault garbles
//! it: parameters as documented, pages, and errors in Cin7's own shape.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::plain::{object, parse_time};
use crate::http::{Answer, Ask};

/// A call that got past the gate.
pub(super) struct Call<'a> {
    pub(super) ask: &'a Ask,
    /// The vendor's clock: the world's.
    pub(super) now: DateTime<Utc>,
    /// How far the vendor's clock is off; added to every `Updated` that is shown.
    pub(super) skew: TimeDelta,
    pub(super) ignored: Ignored,
}

/// Which query parameters have no effect on this call.
#[derive(Clone, Debug, Default)]
pub(super) enum Ignored {
    /// None of the documented ones.
    #[default]
    Nothing,
    /// Every filter, but paging works.
    Filters,
    /// These.
    Named(Vec<String>),
}

/// An answer in the making.
pub(super) enum Reply {
    /// JSON; `rows` is the key of its list, if it is one.
    Json {
        /// HTTP status.
        status: u16,
        /// The body.
        body: Value,
        /// The key that holds the rows.
        rows: Option<&'static str>,
    },
    /// Anything else, ready to go.
    Plain(Answer),
}

/// A page as asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// From 1.
    pub(super) number: usize,
    /// Rows on it, 1 to 1000.
    pub(super) limit: usize,
}

impl Page {
    /// The rows of this page.
    pub(super) fn of<T>(self, all: &[T]) -> &[T] {
        let from = (self.number - 1).saturating_mul(self.limit).min(all.len());
        &all[from..all.len().min(from + self.limit)]
    }

    /// The same page after `rows` rows have moved to earlier pages.
    pub(super) fn drifted<T>(self, all: &[T], rows: usize) -> &[T] {
        let from = (self.number - 1)
            .saturating_mul(self.limit)
            .saturating_add(rows)
            .min(all.len());
        &all[from..all.len().min(from + self.limit)]
    }
}

impl Call<'_> {
    /// A documented parameter that is given, not empty, and not ignored by a fault.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        let ignored = match &self.ignored {
            Ignored::Nothing => false,
            Ignored::Filters => !matches!(
                name,
                "Page" | "Limit" | "ID" | "SaleID" | "TaskID" | "Void" | "CountryFormat"
            ),
            Ignored::Named(names) => names.iter().any(|ignored| ignored == name),
        };
        if ignored {
            None
        } else {
            self.ask
                .query(name)
                .filter(|value| !value.trim().is_empty())
        }
    }

    /// Whether a yes-or-no parameter says yes.
    pub(super) fn yes(&self, name: &str) -> bool {
        self.param(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A moment; one that cannot be read is answered 400 (wording assumed).
    pub(super) fn time(&self, name: &str) -> Result<Option<DateTime<Utc>>, Reply> {
        let Some(text) = self.param(name) else {
            return Ok(None);
        };
        parse_time(text)
            .map(Some)
            .ok_or_else(|| Reply::refusal(&format!("The value '{text}' is not valid for {name}.")))
    }

    /// The page. Documented: from 1, 100 rows unless told, 1 to 1000. Assumed: outside
    /// of that it is refused and not bent.
    pub(super) fn page(&self) -> Result<Page, Reply> {
        let number = self.whole("Page", 1, 1, usize::MAX)?;
        let limit = self.whole("Limit", 100, 1, 1000)?;
        Ok(Page { number, limit })
    }

    fn whole(&self, name: &str, usual: usize, least: usize, most: usize) -> Result<usize, Reply> {
        let Some(text) = self.param(name) else {
            return Ok(usual);
        };
        let bad = || Reply::refusal(&format!("The value '{text}' is not valid for {name}."));
        let number = text.trim().parse::<usize>().map_err(|_| bad())?;
        if (least..=most).contains(&number) {
            Ok(number)
        } else {
            Err(bad())
        }
    }
}

impl Reply {
    /// One record.
    pub(super) fn one(body: Value) -> Self {
        Self::Json {
            status: 200,
            body,
            rows: None,
        }
    }

    /// One page of a list.
    pub(super) fn list(key: &'static str, total: usize, page: Page, rows: Vec<Value>) -> Self {
        let body = object([
            ("Total", json!(total)),
            ("Page", json!(page.number)),
            (key, Value::Array(rows)),
        ]);
        Self::Json {
            status: 200,
            body: Value::Object(body),
            rows: Some(key),
        }
    }

    /// An error in the documented array.
    pub(super) fn error(status: u16, code: u16, text: &str) -> Self {
        let body = json!([{ "ErrorCode": code, "Exception": text }]);
        Self::Json {
            status,
            body,
            rows: None,
        }
    }

    /// What was asked is refused.
    pub(super) fn refusal(text: &str) -> Self {
        Self::error(400, 400, text)
    }

    /// No such sale. Assumed: 400 with the code 404 inside.
    pub(super) fn no_sale() -> Self {
        Self::error(400, 404, "Sale not found.")
    }

    /// A known path asked in a way it does not know (wording assumed).
    pub(super) fn wrong_method(method: &str) -> Self {
        let text = format!("The requested resource does not support http method '{method}'.");
        Self::Json {
            status: 405,
            body: json!({ "Message": text }),
            rows: None,
        }
    }

    /// A fault inside Cin7, also its answer to a body it cannot parse.
    pub(super) fn broken() -> Self {
        Self::Plain(Answer::text(
            500,
            "text/html; charset=utf-8",
            "<html><body>Internal Server Error</body></html>",
        ))
    }
}
