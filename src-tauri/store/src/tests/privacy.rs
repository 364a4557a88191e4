//! What a plain SQLite tool, or anyone with the files, can see: no person.

use domain::HoldCode;
use rust_decimal::Decimal;

use super::world::*;
use crate::{Entry, Intention, OrderFilter, OutboxKind, SealedSale, Settlement};

const PERSONAL: [&str; 8] = [
    "Merrow",
    "Lantern",
    "BS1 4ZZ",
    "BS14ZZ",
    "07700900123",
    "900123",
    "ada.merrow@example.com",
    "concierge",
];

#[test]
fn no_file_holds_a_name_a_street_a_telephone_number_or_a_postcode() {
    let mut world = World::new();
    let detail = br#"{"Customer":"Ada Merrow","Phone":"07700900123","Email":"ada.merrow@example.com","Line1":"14 Lantern Row","Postcode":"BS1 4ZZ"}"#;
    let mut seen = listing(1, crate::Standing::In(crate::OrderState::Waiting));
    seen.find = vec!["Ada Merrow".into(), "07700900123".into()];
    let sale = world.store().write(|w| w.saw_listing(&seen)).unwrap().key;
    let find = [
        "Ada Merrow",
        "BS1 4ZZ",
        "07700900123",
        "ada.merrow@example.com",
    ];
    let sealed = SealedSale {
        detail: detail.to_vec(),
        find: find.iter().map(|word| (*word).to_owned()).collect(),
    };
    world
        .store()
        .write(|w| {
            w.put_detail(
                sale,
                noon(),
                &sealed,
                Decimal::ONE,
                "GBP",
                "",
                "",
                None,
                None,
            )?;
            w.put_holds(
                sale,
                &[reason(HoldCode::AddressTooLong, "ShippingAddress.Line1")],
                noon(),
            )?;
            w.put_contact("0d6f1d3d", b"[[\"Ada Merrow\",\"07700900123\"]]", noon())?;
            w.journal(&Entry {
                request: Some(detail),
                response: Some(detail),
                ..entry(Some(sale), "")
            })?;
            w.put_intention(&Intention {
                body: detail.to_vec(),
                ..intention(sale, 1)
            })?;
            w.put_intention(&Intention {
                kind: OutboxKind::Withdraw,
                note: "Ask the concierge at Lantern Row".into(),
                ..intention(sale, 1)
            })
        })
        .unwrap();
    let claimed = world.store().claim(noon(), false).unwrap().unwrap();
    let closed = Settlement::Closed {
        outcome: "too_late",
    };
    world
        .store()
        .settle(claimed, closed, noon(), |w| {
            w.attempt_detail(sale, "BS1 4ZZ is no postcode")
        })
        .unwrap();
    no_personal_byte(&world);
    world.close();
    no_personal_byte(&world);

    world.restart().unwrap();
    for typed in [
        "merrow",
        "BS1 4ZZ",
        "bs14zz",
        "07700 900 123",
        "ada.merrow@example.com",
    ] {
        let filter = OrderFilter {
            find: Some(typed.into()),
            limit: 5,
            ..OrderFilter::default()
        };
        let page = world.store().reading().orders(&filter).unwrap();
        assert_eq!(page.rows.len(), 1, "{typed} finds it all the same");
    }
    assert_eq!(
        world.store().reading().holds(sale).unwrap()[0].reason.value,
        "14 Lantern Row"
    );
    let contact = world
        .store()
        .reading()
        .contact("0d6f1d3d")
        .unwrap()
        .unwrap();
    assert!(contact.1.starts_with(b"[[\"Ada"));
}

fn no_personal_byte(world: &World) {
    for file in std::fs::read_dir(world.dir.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        for word in PERSONAL {
            let word = word.to_ascii_lowercase();
            let found = bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes());
            assert!(!found, "{word} can be read in {}", path.display());
        }
    }
}

#[test]
fn the_key_itself_is_in_no_file() {
    let world = World::new();
    for file in std::fs::read_dir(world.dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(32).any(|window| window == [0xab; 32]));
        assert!(
            !bytes
                .windows(64)
                .any(|window| window == "ab".repeat(32).as_bytes())
        );
    }
}

#[test]
fn without_the_key_an_order_shows_its_number_and_state_and_no_person() {
    let mut world = World::new();
    let sale = world.ready(1);
    let hold = reason(HoldCode::PhoneMissing, "Phone");
    world
        .store()
        .write(|w| w.put_holds(sale, std::slice::from_ref(&hold), noon()))
        .unwrap();
    let reading = crate::Reading::open(world.dir.path(), None).unwrap();
    let filter = OrderFilter {
        find: Some("so-0".into()),
        limit: 5,
        ..OrderFilter::default()
    };
    let rows = reading.orders(&filter).unwrap().rows;
    assert_eq!(
        (
            rows[0].0.number.as_str(),
            rows[0].1[0].reason.value.as_str()
        ),
        ("SO-00001", "")
    );
    let fault = reading.sealed(sale).unwrap_err().to_string();
    assert!(fault.contains("STOCKBRIDGE_STORE_KEY"), "{fault}");
}
