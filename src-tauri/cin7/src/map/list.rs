//! The frame of a list: its total, its page, its rows. A frame that cannot be believed
//! spoils the page, because how much is missing would not be known; a row never does.

use serde_json::Value;
use vendor::BadField;
use vendor::json::{self, excerpt};

use crate::record::{Page, Row};
use crate::wire::Frame;

/// Reads page `asked` of a list whose rows stand under `key`; `row` gives `None` for rows
/// that do not belong in it.
pub(crate) fn page<T>(
    body: &[u8],
    key: &str,
    asked: u32,
    row: impl Fn(&Value) -> Option<Row<T>>,
) -> Result<Page<T>, BadField> {
    let value = json::value(body)?;
    if !value.is_object() {
        return Err(BadField {
            path: ".".into(),
            message: "expected an object with a list in it".into(),
            value: excerpt(Some(&value)),
        });
    }
    let frame: Frame = json::from_value(&value)?;
    let field = |path: &str, message: String| BadField {
        path: path.into(),
        message,
        value: excerpt(value.get(path)),
    };
    let total = frame
        .total
        .0
        .ok_or_else(|| field("Total", "expected a count".into()))?;
    // Another page than the one asked for would be taken for new rows, and the list for
    // read to its end.
    if frame.page.0.is_some_and(|page| page != u64::from(asked)) {
        return Err(field("Page", format!("expected page {asked}")));
    }
    let rows = match value.get(key) {
        Some(Value::Array(rows)) => rows.as_slice(),
        Some(Value::Null) if total == 0 => &[],
        _ => return Err(field(key, "expected a list".into())),
    };
    Ok(Page {
        total,
        page: asked,
        received: rows.len() as u64,
        rows: rows.iter().filter_map(row).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Page<()>, String> {
        page(body.as_bytes(), "SaleList", 2, |_| Some(Ok(()))).map_err(|bad| bad.to_string())
    }

    #[test]
    fn an_empty_list_may_be_null() {
        let empty = read(r#"{"Total":0,"Page":2,"SaleList":null}"#).unwrap();
        assert_eq!((empty.total, empty.received), (0, 0));
    }

    #[test]
    fn a_list_without_total_or_rows_or_of_another_page_is_not_believed() {
        for (body, field) in [
            (
                r#"{"Page":2,"SaleList":[]}"#,
                "Total: expected a count (found nothing)",
            ),
            (
                r#"{"Total":-1,"SaleList":[]}"#,
                "Total: expected a whole number",
            ),
            (
                r#"{"Total":5,"Page":1,"SaleList":[{}]}"#,
                "Page: expected page 2 (found 1)",
            ),
            (
                r#"{"Total":5,"Page":2,"SaleList":null}"#,
                "SaleList: expected a list (found null)",
            ),
            (
                r#"{"Total":5,"Page":2}"#,
                "SaleList: expected a list (found nothing)",
            ),
            (r#"[{"ErrorCode":400}]"#, "."),
            ("{\"Total\":5,", "."),
        ] {
            let problem = read(body).unwrap_err();
            assert!(problem.starts_with(field), "{body}: {problem}");
        }
    }
}
