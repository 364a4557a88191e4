//! Fills a store with made-up sales and stock for benchmarks, through the statements that real
//! ones go through. No part of the product calls this.

use chrono::{DateTime, Duration, Utc};
use domain::{ClientReference, HoldCode, Owner, Reason, SaleId, SaleNumber};
use rust_decimal::Decimal;

use crate::fault::While as _;
use crate::{
    Entry, ListingSeen, OrderState, SaleKey, SealedSale, Standing, Store, StoreFault, Write,
};

mod stock;

pub use stock::stock;

/// Sales written in one transaction.
const BATCH: u64 = 5_000;
/// KiB of pages kept while filling. Names and ids fall anywhere in their indexes, so that with
/// the little that the product keeps nearly each row reads and writes several pages.
const CACHE_KIB: i64 = 262_144;
/// Pages of changes before they are moved into the database itself, for the same reason.
const CHECKPOINT: i64 = 65_536;
/// Seconds between one sale and the next.
const APART: i64 = 40;

const GIVEN: [&str; 20] = [
    "Ada", "Priya", "Jon", "Maeve", "Tomasz", "Olu", "Zoë", "Hana", "Idris", "Grace", "Ewan",
    "Noor", "Callum", "Bea", "Kofi", "Lena", "Rhys", "Saoirse", "Tariq", "Wren",
];
const FIRST: [&str; 16] = [
    "Mer", "Ash", "Hal", "Quar", "Tide", "Pen", "Lan", "Thorn", "Wick", "Bram", "Col", "Dun",
    "Fen", "Gar", "Hex", "Kel",
];
const SECOND: [&str; 16] = [
    "row", "worth", "ford", "ley", "bury", "combe", "den", "field", "gate", "ham", "hurst", "low",
    "mere", "ner", "shaw", "stead",
];
const AREAS: [&str; 12] = [
    "BS", "LS", "M", "B", "G", "EH", "CF", "NE", "SW", "E", "OX", "YO",
];

/// Adds sales number `first` to `first + count - 1`; `now` is when the last is seen.
///
/// # Errors
/// Whatever the store gives, [`StoreFault::Full`] above all.
pub fn sales(
    store: &mut Store,
    first: u64,
    count: u64,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    many(store, first, count, now, state)
}

/// The same, all of them in one state.
///
/// # Errors
/// Whatever the store gives, [`StoreFault::Full`] above all.
pub fn sales_in(
    store: &mut Store,
    state: OrderState,
    first: u64,
    count: u64,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    many(store, first, count, now, |_| state)
}

fn many(
    store: &mut Store,
    first: u64,
    count: u64,
    now: DateTime<Utc>,
    state: impl Fn(u64) -> OrderState,
) -> Result<(), StoreFault> {
    roomy(store, CACHE_KIB, CHECKPOINT)?;
    let mut done = 0;
    while done < count {
        let until = (done + BATCH).min(count);
        store.write(|w| {
            for n in done..until {
                let left = i64::try_from(count - 1 - n).unwrap_or_default();
                let seen = now - Duration::seconds(left * APART);
                one(w, first + n, state(first + n), seen)?;
            }
            Ok(())
        })?;
        done = until;
    }
    // As the product goes about it from here on.
    roomy(store, crate::reading::CACHE_KIB, 1_000)
}

/// How many pages the writer keeps in memory, and how many it lets gather beside the database.
fn roomy(store: &Store, cache_kib: i64, checkpoint: i64) -> Result<(), StoreFault> {
    let conn = &store.reading().conn;
    let doing = "making room to fill the database";
    conn.pragma_update(None, "cache_size", -cache_kib)
        .doing(doing)?;
    conn.pragma_update(None, "wal_autocheckpoint", checkpoint)
        .doing(doing)
}

/// The made-up customer of sale number `n`, as a search would type it: surname, then
/// postcode.
pub fn customer(n: u64) -> (String, String) {
    let dice = dice(n);
    let surname = format!(
        "{}{}{}",
        pick(&FIRST, dice),
        pick(&SECOND, dice >> 8),
        pick(&SECOND, dice >> 16)
    );
    let letters = [b'A' + small(dice >> 24, 20), b'A' + small(dice >> 29, 20)];
    let end: String = letters.iter().map(|letter| char::from(*letter)).collect();
    let postcode = format!(
        "{}{} {}{end}",
        pick(&AREAS, dice >> 34),
        1 + small(dice >> 40, 30),
        small(dice >> 46, 10)
    );
    (surname, postcode)
}

fn one(
    w: &mut Write<'_>,
    n: u64,
    state: OrderState,
    seen: DateTime<Utc>,
) -> Result<(), StoreFault> {
    let listing = ListingSeen {
        id: parsed(SaleId::parse(&format!(
            "{:08x}-0000-4000-8000-{:012x}",
            dice(n) >> 32,
            n
        )))?,
        number: parsed(SaleNumber::parse(&format!("SO-{n:06}")))?,
        updated: seen,
        standing: Standing::In(OrderState::Waiting),
        wants_read: true,
        authorised_at: Some(seen),
        channel: "Web shop".into(),
        find: Vec::new(),
        now: seen,
    };
    let sale = w.saw_listing(&listing)?.key;
    let service = if n.is_multiple_of(7) {
        "WHI_EXP"
    } else {
        "WHI_STD"
    };
    let value = Decimal::new(i64::from(small(dice(n) >> 50, 200)) * 50 + 495, 2);
    // A cut-off of the day after.
    let ship_by = (seen + Duration::days(1))
        .date_naive()
        .and_hms_opt(16, 0, 0);
    let ship_by = ship_by.map(|at| at.and_utc());
    w.put_detail(
        sale,
        seen,
        &sealed(n),
        value,
        "GBP",
        "Web shop",
        service,
        ship_by,
        None,
    )?;
    w.decided(sale, 1, 1)?;
    let reference = parsed(ClientReference::parse(&format!("SO-{n:06}"), 32))?;
    w.set_reference(sale, &reference)?;
    if !matches!(
        state,
        OrderState::Held | OrderState::Waiting | OrderState::Rejected
    ) {
        w.set_warehouse(
            sale,
            &format!("WF{n:08}"),
            state.word(),
            Some(seen + Duration::seconds(50)),
        )?;
    }
    if matches!(
        state,
        OrderState::Held | OrderState::Rejected | OrderState::Blocked
    ) {
        w.put_holds(sale, &[hold(n, state)], seen)?;
    }
    w.set_standing(sale, &Standing::In(state), None, seen)?;
    told(w, sale, state, seen)
}

fn told(
    w: &mut Write<'_>,
    sale: SaleKey,
    state: OrderState,
    at: DateTime<Utc>,
) -> Result<(), StoreFault> {
    w.journal(&Entry {
        at,
        kind: "decision",
        vendor: "",
        direction: "",
        operation: "check",
        sale: Some(sale),
        subject: "",
        who: "auto",
        attempt: 0,
        status: 0,
        outcome: state.word(),
        duration_ms: 0,
        text: "Made up for a benchmark",
        request: None,
        response: None,
    })?;
    Ok(())
}

/// Most have left long ago; a few in a thousand need someone.
fn state(n: u64) -> OrderState {
    match dice(n) % 1_000 {
        0..=3 => OrderState::Held,
        4..=5 => OrderState::Rejected,
        6 => OrderState::Blocked,
        7 => OrderState::PartDespatched,
        8..=30 => OrderState::Cancelled,
        31..=55 => OrderState::AtWarehouse,
        _ => OrderState::Despatched,
    }
}

fn hold(n: u64, state: OrderState) -> Reason {
    let code = match state {
        OrderState::Rejected => HoldCode::RejectedByWhistl,
        OrderState::Blocked => HoldCode::HeldAtWarehouse,
        _ if n.is_multiple_of(3) => HoldCode::PhoneMissing,
        _ => HoldCode::SkuInvalidCharacters,
    };
    Reason {
        code,
        field: "Order.Lines[0].SKU".into(),
        value: "ITEM-01_BLUE".into(),
        marks: vec![(4, 5), (7, 8)],
        expected: "letters and digits".into(),
        owner: if n.is_multiple_of(4) {
            Owner::Warehouse
        } else {
            Owner::Office
        },
        fix: "Map ITEM-01_BLUE to a Whistl SKU, or correct it in Cin7 Core.".into(),
    }
}

fn sealed(n: u64) -> SealedSale {
    let (surname, postcode) = customer(n);
    let given = pick(&GIVEN, dice(n) >> 55);
    let phone = format!("07700{:06}", n % 1_000_000);
    let mail = format!(
        "{}.{}{n}@example.com",
        given.to_lowercase(),
        surname.to_lowercase()
    );
    let detail = format!(
        r#"{{"Customer":"{given} {surname}","Phone":"{phone}","Email":"{mail}","ShippingAddress":{{"Line1":"{} {surname} Row","Line2":"","City":"Bristol","State":"","Postcode":"{postcode}","Country":"United Kingdom","Company":"","Contact":"{given} {surname}","ShipToOther":false}},"Carrier":"Royal Mail Tracked 48","Order":{{"SaleOrderNumber":"SO-{n:06}","Memo":"","Status":"AUTHORISED","Lines":[{{"SKU":"HPMUG001","Name":"Stoneware mug","Quantity":{},"Price":14.0,"Discount":0}}]}}}}"#,
        1 + small(dice(n), 90),
        1 + n % 4,
    );
    let find = vec![format!("{given} {surname}"), postcode, mail, phone];
    SealedSale {
        detail: detail.into_bytes(),
        find,
    }
}

/// A well-mixed number for each `n`, always the same one (splitmix64).
fn dice(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn small(dice: u64, below: u8) -> u8 {
    u8::try_from(dice % u64::from(below)).unwrap_or_default()
}

fn pick<'a>(words: &[&'a str], dice: u64) -> &'a str {
    let index = usize::try_from(dice).unwrap_or_default() % words.len();
    words.get(index).copied().unwrap_or_default()
}

fn parsed<T>(made: Result<T, domain::ids::NotA>) -> Result<T, StoreFault> {
    made.map_err(|not| StoreFault::Missing {
        what: not.to_string(),
    })
}
