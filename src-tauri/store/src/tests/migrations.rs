//! Databases of every earlier version come up to the present one.

use sha2::{Digest, Sha256};

use super::world::*;
use crate::migrate::{STEPS, known, migrate_to};
use crate::reading::{Access, Reading};
use crate::{AdjustmentState, DocumentState, Durability, Store, StoreFault};

/// Hashes of the shipped steps. A shipped step is never edited: add a new one, and its
/// hash here.
const SHIPPED: &[&str] = &[
    "54b04a3044ef51423e4845baa1d7da820d589f97ed3e6a03949f1281537a4e0e",
    "2a43fd5a07daf72cf9612446e904969255d03f634023de30219b1e50c6b8f0b7",
    "c7d72d7f7a534549a4087ca547b9f9797c5d04c09617aed7330bc9ebcec16818",
    "6b3c08535af55d1ef43e4bbb2fda8c33cf1ce1c2dc4cb093e1ca5dee645b0042",
    "d6692fcdedc4ead0d1880d1a8beddf4a38061ad9e93329faa74f2e983bd17bdb",
    "372b2710eff35511452eaaa8df78ee236a268d4f4f433a315dceb9e5322ef5d4",
    "18932599623f89ae07b58847f4a0288461aff3f3333728232ed0b0a3fe3e9000",
    "39e17741ebd965eb04472d93d0a94a1666a030f04048c41619129baaada1096a",
    "bf623e832116be12d35d84893fa6e1ea876e7427bb01782c09b8363a6d23caae",
    "c62990552487754e4d327d4525c4d0a9b5cf9e460a1a7a5c11308a51bf034307",
    "eaa307df5b6b778fe8281572d16964f0f6192e35bffe9c2a3b2383c2008958c2",
    "34e9ba4bb26817904f524e99b9f41ff4f04988beca3691886f551874f94f8576",
    "4e83866ddc2951c59fa990e5d83664533e405ad0a7a0b30c3a2776ad465ac3e9",
    "c0a3ce264c970da7e703b3a6471a11bad0a53c59df17a49f560da4abba458254",
    "595882ad1c78a870d55e0f4c68424fdf3ebabb85364d49423efae3795914a629",
    "d97b4130fd95b846771e0769d3cdf209d90ab60c83caaf6b9de8741210ae9454",
    "eee914746d692a057d0a0671ebf4a00dfbeaaa11e97a3e71ada0c8416ec00b01",
    "cdfa61466fbc728c17a1cd0dfaeb102d0a2a558ca28df701f4373e222aff5a39",
];

#[test]
fn a_shipped_step_never_changes() {
    let hashes: Vec<String> = STEPS
        .iter()
        .map(|step| format!("{:x}", Sha256::digest(step)))
        .collect();
    assert_eq!(hashes, SHIPPED);
}

/// The whole description of a database, but for the order in which it came about.
fn schema(store: &Store) -> Vec<String> {
    let mut lines = store
        .reading()
        .all(
            "SELECT type || ' ' || name || ': ' || COALESCE(sql, '') FROM sqlite_schema",
            [],
            |row| crate::reading::col(row, 0),
        )
        .unwrap();
    lines.sort();
    lines
}

#[test]
fn a_database_of_every_earlier_version_is_brought_to_this_one() {
    let fresh = tempfile::tempdir().unwrap();
    let wanted = schema(&Store::open(fresh.path(), None, options()).unwrap());
    for version in 1..=known() {
        let dir = tempfile::tempdir().unwrap();
        let path = crate::folder::database(dir.path());
        std::fs::write(&path, b"").unwrap();
        let earlier = Reading::connect(&path, Access::Write(Durability::Fast)).unwrap();
        migrate_to(&earlier.conn, version).unwrap();
        earlier
            .conn
            .execute_batch(
                "INSERT INTO sale (id, number, state, updated, wants_read, first_seen, changed_at)
                 VALUES (x'00000000000040008000000000000001', 'SO-00001', 'held', 5, 0, 5, 5)",
            )
            .unwrap();
        drop(earlier);
        let store = Store::open(dir.path(), Some(key()), options()).unwrap();
        assert_eq!(schema(&store), wanted, "from version {version}");
        let row = store.reading().sale(&id(1)).unwrap();
        assert_eq!(
            row.unwrap().number.as_str(),
            "SO-00001",
            "kept from version {version}"
        );
        assert!(store.reading().verify().unwrap().is_ok());
    }
}

/// The step that keeps what people decided on comparisons, the first after adjustments and
/// the documents they are posted in.
const RECONCILIATION: i64 = 13;

#[test]
fn documents_and_adjustments_kept_before_comparisons_were_stand_as_they_did_and_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let path = crate::folder::database(dir.path());
    std::fs::write(&path, b"").unwrap();
    let earlier = Reading::connect(&path, Access::Write(Durability::Fast)).unwrap();
    migrate_to(&earlier.conn, RECONCILIATION - 1).unwrap();
    earlier
        .conn
        .execute_batch(
            "INSERT INTO stock_document (reference, kind, origin, account, location, effective,
                     state, task, number, made_by, due, made_at, completed_at, changed_at)
             VALUES ('SB-1', 'adjustment', 'reported', '', 'Main', 20000, 'done', 'a-task',
                     'ST-00001', 'auto', 5, 5, 6, 7);
             INSERT INTO stock_document_line (document, number, product, sku, change, before,
                     after, seen, comment)
             VALUES (1, 1, '00000000-0000-4000-9000-000000000001', 'Teapot-04', -20000, 340000,
                     320000, 320000, 'ADJ-1');
             INSERT INTO adjustment (id, revision, sku, units, in_building, why, why_text, note,
                     warehouse, at, received, goods, content, state, document, line, before,
                     after, due, posted_at, changed_at)
             VALUES ('ADJ-1', 1, 'TEAPOT04', -2, -2, 'cycle_count', 'Cycle count', '', 'BRS1',
                     4, 5, zeroblob(32), zeroblob(32), 'posted', 1, 1, 340000, 320000, 5, 6, 7)",
        )
        .unwrap();
    drop(earlier);

    let mut store = Store::open(dir.path(), Some(key()), options()).unwrap();
    let document = store.reading().document_by_reference("SB-1").unwrap();
    let document = document.unwrap();
    assert_eq!(
        (document.state, document.number.as_str()),
        (DocumentState::Done, "ST-00001")
    );
    assert_eq!(document.lines.len(), 1);
    assert_eq!(document.lines[0].seen, Some(32.into()));
    let adjustment = store.reading().adjustment("ADJ-1").unwrap().unwrap();
    assert_eq!(
        (adjustment.state, adjustment.document, adjustment.after),
        (AdjustmentState::Posted, Some(document.key), Some(32.into()))
    );
    for (statement, refused) in [
        ("DELETE FROM stock_document", "never deleted"),
        (
            "UPDATE stock_document SET reference = 'SB-2'",
            "never changes",
        ),
    ] {
        let fault = store.write(|w| Ok(w.conn.execute(statement, []))).unwrap();
        let fault = fault.unwrap_err().to_string();
        assert!(fault.contains(refused), "{statement}: {fault}");
    }
}

#[test]
fn a_newer_database_is_refused_and_left_as_it_is() {
    let mut world = World::new();
    let newer = known() + 1;
    world
        .store()
        .reading()
        .conn
        .pragma_update(None, "user_version", newer)
        .unwrap();
    world.close();
    let refused = StoreFault::Newer {
        found: newer,
        known: known(),
    };
    assert_eq!(
        Store::open(world.dir.path(), Some(key()), options()).err(),
        Some(refused.clone())
    );
    assert_eq!(
        Reading::open(world.dir.path(), None).err(),
        Some(refused.clone())
    );
    assert!(refused.to_string().contains("Update Stockbridge"));
}

#[test]
fn a_migration_interrupted_by_a_crash_goes_on_where_it_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let path = crate::folder::database(dir.path());
    std::fs::write(&path, b"").unwrap();
    let half = Reading::connect(&path, Access::Write(Durability::Fast)).unwrap();
    migrate_to(&half.conn, 2).unwrap();
    drop(half);
    let older = Some(StoreFault::Older {
        found: 2,
        known: known(),
    });
    assert_eq!(
        Reading::open(dir.path(), None).err(),
        older,
        "a reader waits for the migration"
    );
    Store::open(dir.path(), None, options()).unwrap();
    assert!(Reading::open(dir.path(), None).is_ok());
}
