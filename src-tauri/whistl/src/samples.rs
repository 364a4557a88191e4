//! What the tests of this crate share: the contract's recorded samples, and the orders
//! they tell of. Nothing here is built into the program.

use std::path::PathBuf;

use chrono::{TimeZone, Utc};
use domain::{
    ClientReference, CountryCode, Delivery, OrderLine, ServiceCode, WarehouseOrder, WhistlSku,
};
use serde_json::Value;

use crate::profile::Profile;

/// Where the samples are, seen from this crate: those that are read elsewhere too, and
/// those of adjustments and snapshots.
const FOLDERS: [&str; 2] = ["../../tests/fixtures/whistl", "samples"];

/// The bytes of a recorded sample, `rest/01-ping-200.json`.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    let found = FOLDERS
        .iter()
        .find_map(|at| std::fs::read(folder(at).join(name)).ok());
    found.unwrap_or_else(|| panic!("no sample of that name: {name}"))
}

/// The same as JSON.
pub(crate) fn sample_json(name: &str) -> Value {
    serde_json::from_slice(&sample(name)).unwrap()
}

/// Every recorded sample.
pub(crate) fn all_samples() -> Vec<Vec<u8>> {
    let mut names: Vec<PathBuf> = FOLDERS
        .iter()
        .flat_map(|at| ["rest", "faults"].map(|part| folder(at).join(part)))
        .flat_map(|part| std::fs::read_dir(part).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    assert!(names.len() > 30, "the samples of this flow are missing");
    names
        .iter()
        .map(|name| std::fs::read(name).unwrap())
        .collect()
}

fn folder(at: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(at)
}

/// The account of the samples.
pub(crate) fn profile() -> Profile {
    Profile {
        client_code: "STKB".into(),
        warehouse: Some("BRI1".into()),
        ..Profile::default()
    }
}

pub(crate) fn reference(text: &str) -> ClientReference {
    ClientReference::parse(text, 12).unwrap()
}

pub(crate) fn line(sku: &str, units: u32, description: &str, price: &str) -> OrderLine {
    OrderLine {
        sku: WhistlSku::parse(sku, &domain::SkuRule::default()).unwrap(),
        units,
        description: description.into(),
        unit_value: price.parse().unwrap(),
        sale_lines: Vec::new(),
    }
}

/// SO-00042, the order of `rest/10`.
pub(crate) fn order_42() -> WarehouseOrder {
    let mut lines = vec![
        line("TEE001BLKM", 2, "Tee black medium", "12.5"),
        line("MUG330WHT", 4, "Mug white 330 ml", "6"),
    ];
    lines[0].sale_lines = vec![0];
    lines[1].sale_lines = vec![1, 3];
    WarehouseOrder {
        reference: reference("SO-00042"),
        ordered_at: Utc.with_ymd_and_hms(2026, 10, 23, 7, 58, 12).unwrap(),
        service: ServiceCode::parse("WHI_EXP").unwrap(),
        required_by: None,
        allow_partial: true,
        delivery: Delivery {
            name: "Priya Ashworth".into(),
            company: None,
            lines: vec!["14 Quay Terrace".into(), "Flat 3".into()],
            town: "Bristol".into(),
            county: None,
            postcode: "BS1 5TR".into(),
            country: CountryCode::parse("GB").unwrap(),
            phone: Some("07700900142".into()),
            email: Some("priya@example.com".into()),
        },
        delivery_note: Some("Leave with concierge".into()),
        lines,
        currency: "GBP".into(),
        sale_id: "0b6f6c1e-0000-4000-8000-000000000042".into(),
        channel: Some("Web shop".into()),
    }
}
