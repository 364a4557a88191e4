//! A small world for the store's tests: a folder, a clock that stands, sales made up by
//! number.

use chrono::{DateTime, Duration, Utc};
use domain::{ClientReference, HoldCode, Owner, Reason, SaleId, SaleNumber};
use rust_decimal::Decimal;
use tempfile::TempDir;

use crate::{
    Durability, Entry, Intention, ListingSeen, Options, OrderState, OutboxKind, SaleKey,
    SealedSale, Standing, Store, StoreFault, StoreKey,
};

pub(super) fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_521_600, 0).unwrap()
}

pub(super) fn after(minutes: i64) -> DateTime<Utc> {
    noon() + Duration::minutes(minutes)
}

pub(super) fn key() -> StoreKey {
    StoreKey::from_hex(&"ab".repeat(32)).unwrap()
}

pub(super) fn options() -> Options<'static> {
    Options {
        durability: Durability::Fast,
        program: "a test",
        now: noon(),
    }
}

/// A folder with a store in it, and nothing else.
pub(super) struct World {
    pub(super) dir: TempDir,
    store: Option<Store>,
}

impl World {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Some(key()), options()).unwrap();
        Self {
            dir,
            store: Some(store),
        }
    }

    pub(super) fn store(&mut self) -> &mut Store {
        self.store.as_mut().unwrap()
    }

    /// Closes the store without another word, as a crash does, and opens it again.
    pub(super) fn restart(&mut self) -> Result<(), StoreFault> {
        self.close();
        self.store = Some(Store::open(self.dir.path(), Some(key()), options())?);
        Ok(())
    }

    pub(super) fn close(&mut self) {
        self.store = None;
    }

    pub(super) fn database(&self) -> std::path::PathBuf {
        crate::folder::database(self.dir.path())
    }

    /// A sale that the list showed as due, of that number.
    pub(super) fn sale(&mut self, n: u32) -> SaleKey {
        let seen = listing(n, Standing::In(OrderState::Waiting));
        self.store().write(|w| w.saw_listing(&seen)).unwrap().key
    }

    /// A sale that was read and passed, with its message put down.
    pub(super) fn ready(&mut self, n: u32) -> SaleKey {
        let sale = self.sale(n);
        self.store()
            .write(|w| {
                w.put_detail(
                    sale,
                    noon(),
                    &SealedSale {
                        detail: b"{}".to_vec(),
                        find: vec!["Ada Merrow".into()],
                    },
                    Decimal::new(8450, 2),
                    "GBP",
                    "Web shop",
                    "WHI_STD",
                    None,
                    None,
                )?;
                w.set_reference(sale, &reference(n))?;
                w.put_intention(&intention(sale, n))
            })
            .unwrap();
        sale
    }

    pub(super) fn state(&mut self, sale: SaleKey) -> Standing {
        self.store().reading().sale_row(sale).unwrap().standing
    }

    /// How many rows, by a plain look into the file.
    pub(super) fn count(&mut self, of: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {of}");
        self.store()
            .reading()
            .conn
            .query_row(&sql, [], |row| row.get(0))
            .unwrap()
    }
}

pub(super) fn id(n: u32) -> SaleId {
    SaleId::parse(&format!("00000000-0000-4000-8000-{n:012x}")).unwrap()
}

pub(super) fn reference(n: u32) -> ClientReference {
    ClientReference::parse(&format!("SO-{n:05}"), 12).unwrap()
}

pub(super) fn listing(n: u32, standing: Standing) -> ListingSeen {
    ListingSeen {
        id: id(n),
        number: SaleNumber::parse(&format!("SO-{n:05}")).unwrap(),
        updated: noon(),
        standing,
        wants_read: true,
        authorised_at: Some(noon()),
        channel: "Web shop".into(),
        find: vec!["Ada Merrow".into()],
        now: noon(),
    }
}

pub(super) fn intention(sale: SaleKey, n: u32) -> Intention {
    Intention {
        sale,
        kind: OutboxKind::Submit,
        reference: reference(n),
        body: format!("{{\"client_ref\":\"SO-{n:05}\"}}").into_bytes(),
        fingerprint: Some([7; 32]),
        due: noon(),
        ship_by: None,
        service_rank: 0,
        note: String::new(),
    }
}

pub(super) fn reason(code: HoldCode, field: &str) -> Reason {
    Reason {
        code,
        field: field.into(),
        value: "14 Lantern Row".into(),
        marks: vec![(0, 2)],
        expected: "something else".into(),
        owner: Owner::Office,
        fix: "Correct it in Cin7 Core.".into(),
    }
}

pub(super) fn entry(sale: Option<SaleKey>, text: &str) -> Entry<'_> {
    Entry {
        at: noon(),
        kind: "call",
        vendor: "cin7",
        direction: "out",
        operation: "read sale",
        sale,
        subject: "/sale",
        who: "",
        attempt: 0,
        status: 200,
        outcome: "answered",
        duration_ms: 120,
        text,
        request: None,
        response: None,
    }
}
