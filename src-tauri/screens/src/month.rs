//! The month's end as the window shows it: the months there are, one month's bridge, and the
//! files it is saved in.

use std::cmp::Ordering;

use chrono::{DateTime, Months, NaiveDate};
use engine::EngineFault;
use engine::finance::{BridgeLineView, MonthView, SignedView, month_days, month_page, month_sheet};
use engine::views::Views;
use engine::words::{self, many};
use rust_decimal::Decimal;

use crate::drift::figures::{self, read, worth};
use crate::shapes::{Can, MonthEnd, MonthForm, MonthLine, MonthName, UiError};

/// Months that can be chosen, at most.
const MOST: u32 = 24;

/// The report of a month such as `2026-10`; without one that of the last month that is over,
/// or of the present one while there is none.
///
/// # Errors
/// That is no month; the store's.
pub fn month_end(look: &Views<'_>, month: Option<&str>) -> Result<MonthEnd, UiError> {
    let months = months(look)?;
    let (first, last) = days_of(&match month {
        Some(month) => month.to_owned(),
        None => id_of(usual(look, &months)),
    })?;
    let (shown, missing) = match look.month(first, last) {
        Ok(shown) => (Some(shown), String::new()),
        Err(EngineFault::Wrong {
            code: "not_compared",
            ..
        }) => (None, not_compared(first)),
        Err(fault) => return Err(fault.into()),
    };
    let is_over = first < this_month(look);
    Ok(MonthEnd {
        months: months.iter().map(|month| named(*month)).collect(),
        month: id_of(first),
        span: shown
            .as_ref()
            .map(|month| span(look, month))
            .unwrap_or_default(),
        missing,
        lines: shown
            .iter()
            .flat_map(|month| month.bridge.iter().map(line))
            .collect(),
        notes: shown.as_ref().map(notes).unwrap_or_default(),
        signed: shown
            .iter()
            .flat_map(|month| month.signed.iter().map(|one| signed(look, one)))
            .collect(),
        sign: match (&shown, is_over) {
            (None, _) => Can {
                allowed: false,
                why_not: "There is no report to sign.".into(),
            },
            (_, false) => Can {
                allowed: false,
                why_not: "The month is not over.".into(),
            },
            (Some(_), true) => Can {
                allowed: true,
                why_not: String::new(),
            },
        },
    })
}

/// A month's report as a file: its name, and what is in it.
///
/// # Errors
/// That is no month, or there is no report of it; the store's.
pub fn month_file(
    look: &Views<'_>,
    month: &str,
    form: MonthForm,
) -> Result<(String, String), UiError> {
    let (first, last) = days_of(month)?;
    let view = look.month(first, last)?;
    Ok(match form {
        MonthForm::Page => (format!("stock-{month}.html"), month_page(&view)),
        MonthForm::Table => (format!("stock-{month}.csv"), month_sheet(&view)),
    })
}

/// The last day of a month such as `2026-10`: what signing it signs.
///
/// # Errors
/// That is no month.
pub fn last_day(month: &str) -> Result<NaiveDate, UiError> {
    days_of(month).map(|(_, last)| last)
}

fn days_of(month: &str) -> Result<(NaiveDate, NaiveDate), UiError> {
    month_days(month).ok_or_else(|| UiError::at("month_invalid", "month", "Choose a month."))
}

fn this_month(look: &Views<'_>) -> NaiveDate {
    use chrono::Datelike as _;
    let today = look.now.with_timezone(&look.settings.zone()).date_naive();
    today.with_day(1).unwrap_or(today)
}

/// The first days of the months since stock was first compared, the last one first.
fn months(look: &Views<'_>) -> Result<Vec<NaiveDate>, UiError> {
    let Some(first) = look.reading.first_reconciliation()? else {
        return Ok(Vec::new());
    };
    let first = first.read_at.with_timezone(&look.settings.zone());
    let first = id_of(first.date_naive());
    let now = this_month(look);
    let back = (0..MOST).filter_map(|back| now.checked_sub_months(Months::new(back)));
    Ok(back.take_while(|month| id_of(*month) >= first).collect())
}

/// The month that is shown unless another is asked for.
fn usual(look: &Views<'_>, months: &[NaiveDate]) -> NaiveDate {
    let usual = months.get(1).or(months.first()).copied();
    usual.unwrap_or_else(|| this_month(look))
}

fn id_of(first: NaiveDate) -> String {
    first.format("%Y-%m").to_string()
}

fn named(first: NaiveDate) -> MonthName {
    MonthName {
        month: id_of(first),
        name: first.format("%B %Y").to_string(),
    }
}

fn not_compared(first: NaiveDate) -> String {
    format!(
        "Stock was not compared twice in {}, or not all of it could be read. A report rests on two whole reconciliations.",
        first.format("%B %Y")
    )
}

fn span(look: &Views<'_>, month: &MonthView) -> String {
    let at = |text: &str| local(look, text, "%-d %B, %H:%M");
    let (opening, closing) = (at(&month.opening.read_at), at(&month.closing.read_at));
    let late = if month.opens_late {
        ", the first there is"
    } else {
        ""
    };
    format!("From the reconciliation of {opening}{late} to that of {closing}")
}

fn line(line: &BridgeLineView) -> MonthLine {
    let (units, money) = (read(&line.units), read(&line.money));
    let sign = match money.cmp(&Decimal::ZERO) {
        Ordering::Less => "−",
        Ordering::Greater if !line.is_level => "+",
        _ => "",
    };
    MonthLine {
        text: line.text.clone(),
        units: if line.is_level {
            figures::units(units)
        } else {
            figures::signed(units)
        },
        money: format!("{sign}{}", worth(&line.money)),
        is_level: line.is_level,
        is_remainder: line.is_remainder,
    }
}

fn notes(month: &MonthView) -> Vec<String> {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mut notes = Vec::new();
    if !month.differences.is_empty() {
        let skus = many(count(month.differences.len() as u64), "SKU");
        notes.push(format!(
            "Unexplained at the close: {skus}, each listed in the report."
        ));
    }
    if !month.losses.each.is_empty() {
        notes.push(format!(
            "Lost and damaged at Whistl: {} units, {}; {} are allowed, {} go beyond that.",
            month.losses.units,
            words::money(&month.currency, &month.losses.value),
            month.losses.allowed_units,
            month.losses.over_units,
        ));
    }
    if month.open > 0 {
        let open = many(count(month.open), "adjustment");
        notes.push(format!(
            "Still to be posted at the close: {open}, {} units.",
            month.open_units
        ));
    }
    if month.without_cost > 0 {
        let skus = many(count(month.without_cost), "SKU");
        notes.push(format!(
            "Without a cost in Cin7 Core, so in units alone: {skus}."
        ));
    }
    notes
}

fn signed(look: &Views<'_>, signed: &SignedView) -> String {
    let at = local(look, &signed.at, "%-d %B %Y, %H:%M");
    let note = if signed.note.is_empty() {
        String::new()
    } else {
        format!(": {}", signed.note)
    };
    format!("Signed by {}, {at}{note}", signed.who)
}

/// A moment in the merchant's zone, in that form.
fn local(look: &Views<'_>, text: &str, form: &str) -> String {
    DateTime::parse_from_rfc3339(text).map_or_else(
        |_| text.to_owned(),
        |at| {
            at.with_timezone(&look.settings.zone())
                .format(form)
                .to_string()
        },
    )
}
