//! Personal data leaves with age: names, addresses and numbers in stored payloads and in
//! orders whose life is over are masked, while the hashes that were taken before keep the
//! log checkable. Past the entries' own age the masked payloads go too; the entries stay,
//! a bare line each, since the log's chain runs over them.

use chrono::{Duration, Months};
use serde_json::Value;

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::runs::{Job, RunReport};

/// Between two batches of orders, for whoever else wants to write, and since the window reads
/// its lists anew after each: a month's orders take some minutes, and nobody waits for them.
const BREATH: std::time::Duration = std::time::Duration::from_secs(2);

/// Names of fields that hold personal data, in either vendor's spelling, lower case.
const PERSONAL: &[&str] = &[
    "addresscitysuburb",
    "addressline1",
    "addressline2",
    "addresszippostcode",
    "city",
    "company",
    "contact",
    "customer",
    "customername",
    "delivery_note",
    "displayaddressline1",
    "displayaddressline2",
    "displayname",
    "email",
    "fax",
    "gift_message",
    "line1",
    "line2",
    "line3",
    "mobilephone",
    "name",
    "note",
    "phone",
    "postcode",
    "shippingnotes",
    "town",
    "county",
    "state",
    "value",
];

impl Engine {
    pub(super) async fn run_retention(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Retention)?;
        let settings = self.settings();
        let now = self.now();
        let before = now - Duration::days(settings.whole("retention.personal_days"));
        let count =
            |what, cleared: u64| run.count(what, i64::try_from(cleared).unwrap_or(i64::MAX));
        let bodies = self.store().clear_bodies_older_than(before, now, &masked)?;
        count("masked", bodies);
        let mut orders = 0;
        loop {
            let some = self.store().clear_sales_older_than(before, now, &masked)?;
            orders += some.sales;
            if some.is_all {
                break;
            }
            // Orders go out meanwhile, and the window is looked at: there is no hurry here.
            if let Err(stopping) = self.pause(BREATH).await {
                run.unanswered("", stopping)?;
                break;
            }
        }
        count("orders_masked", orders);
        let months = u32::try_from(settings.whole("retention.entries_months")).unwrap_or(u32::MAX);
        if let Some(before) = now.checked_sub_months(Months::new(months)) {
            let emptied = self.store().empty_bodies_older_than(before, now)?;
            count("emptied", emptied);
        }
        Ok(self.end(run)?)
    }
}

/// Stands where something personal was.
pub const MASKED: &str = "•••";

/// A body with its personal data masked; what is no JSON is masked whole.
pub(crate) fn masked(body: &[u8]) -> Vec<u8> {
    match serde_json::from_slice::<Value>(body) {
        Ok(mut value) => {
            mask(&mut value);
            value.to_string().into_bytes()
        }
        Err(_) => format!("[{} bytes]", body.len()).into_bytes(),
    }
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let personal = PERSONAL.contains(&name.to_ascii_lowercase().as_str());
                match inner {
                    Value::String(text) if personal && !text.is_empty() => *text = MASKED.into(),
                    other => mask(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_sale_shows_what_was_ordered_and_not_by_whom() {
        let body = br#"{"Customer":"Ada Merrow","Order":{"Lines":[{"SKU":"HPMUG001","Quantity":2}]},"ShippingAddress":{"Line1":"14 Lantern Row","Postcode":"BS1 4ZZ"}}"#;
        let shown = String::from_utf8(masked(body)).unwrap();
        assert!(shown.contains("HPMUG001"), "{shown}");
        for personal in ["Ada", "Lantern", "BS1"] {
            assert!(!shown.contains(personal), "{shown}");
        }
    }

    #[test]
    fn what_is_not_json_is_masked_whole() {
        assert_eq!(masked(b"<html>Ada</html>"), b"[16 bytes]");
    }
}
