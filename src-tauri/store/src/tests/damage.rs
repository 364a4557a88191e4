//! Files that are damaged, full, foreign, too new, or held by another copy.

use chrono::Duration;

use super::world::*;
use crate::{Durability, Entry, EntryRow, JournalFilter, Reading, Store, StoreFault, StoreKey};

#[test]
fn a_second_copy_is_told_which_process_has_the_folder() {
    let world = World::new();
    let second = Store::open(world.dir.path(), Some(key()), options());
    let Err(fault) = second else {
        panic!("two copies write")
    };
    let held = StoreFault::LockedBy {
        pid: std::process::id(),
        program: "a test".into(),
        since: noon(),
    };
    assert_eq!(fault, held);
    assert!(
        fault.to_string().contains("2026-11-24 12:00:00 UTC"),
        "{fault}"
    );
}

#[test]
fn a_reader_works_beside_the_writer_and_sees_what_it_has_committed() {
    let mut world = World::new();
    let reading = Reading::open(world.dir.path(), Some(key())).unwrap();
    world.ready(1);
    assert!(reading.sale_by_number("SO-00001").unwrap().is_some());
    assert!(
        reading.conn.execute("DELETE FROM hold", []).is_err(),
        "it cannot write"
    );
}

#[test]
fn the_lock_is_free_again_once_the_copy_is_gone() {
    let mut world = World::new();
    world.close();
    world.restart().unwrap();
}

#[cfg(unix)]
#[test]
fn everything_in_the_folder_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let mut world = World::new();
    world.ready(1);
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(world.dir.path()), 0o700);
    let mut seen = 0;
    for file in std::fs::read_dir(world.dir.path()).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 3, "the database, its log and the lock");
}

#[cfg(unix)]
#[test]
fn a_folder_open_to_others_is_closed() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    Store::open(dir.path(), None, options()).unwrap();
    assert_eq!(
        dir.path().metadata().unwrap().permissions().mode() & 0o777,
        0o700
    );
}

#[test]
fn a_merchants_store_presses_every_commit_to_the_disk() {
    for (durability, pressed) in [(Durability::Full, 2), (Durability::Fast, 0)] {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(
            dir.path(),
            None,
            crate::Options {
                durability,
                ..options()
            },
        )
        .unwrap();
        let pragma = |name: &str| -> rusqlite::types::Value {
            let sql = format!("PRAGMA {name}");
            store
                .reading()
                .conn
                .query_row(&sql, [], |row| row.get(0))
                .unwrap()
        };
        assert_eq!(
            pragma("synchronous"),
            rusqlite::types::Value::Integer(pressed)
        );
        assert_eq!(
            pragma("journal_mode"),
            rusqlite::types::Value::Text("wal".into())
        );
        assert_eq!(pragma("foreign_keys"), rusqlite::types::Value::Integer(1));
    }
}

#[test]
fn a_wrong_key_is_told_from_damage() {
    let mut world = World::new();
    world.close();
    let other = StoreKey::from_hex(&"cd".repeat(32)).unwrap();
    let opened = Store::open(world.dir.path(), Some(other.clone()), options());
    assert_eq!(opened.err(), Some(StoreFault::KeyWrong));
    assert_eq!(
        Reading::open(world.dir.path(), Some(other)).err(),
        Some(StoreFault::KeyWrong)
    );
    assert!(
        Reading::open(world.dir.path(), None).is_ok(),
        "no key is no wrong key"
    );
}

#[test]
fn a_store_begun_without_a_key_takes_the_first_one_given() {
    let dir = tempfile::tempdir().unwrap();
    drop(Store::open(dir.path(), None, options()).unwrap());
    drop(Store::open(dir.path(), Some(key()), options()).unwrap());
    let other = StoreKey::from_hex(&"cd".repeat(32)).unwrap();
    assert_eq!(
        Store::open(dir.path(), Some(other), options()).err(),
        Some(StoreFault::KeyWrong)
    );
}

#[test]
fn a_folder_without_a_store_says_so_to_a_reader() {
    let dir = tempfile::tempdir().unwrap();
    let fault = Reading::open(dir.path(), None).err();
    assert!(
        matches!(fault, Some(StoreFault::Absent { .. })),
        "{fault:?}"
    );
}

#[test]
fn an_overwritten_header_is_damage() {
    let mut world = World::new();
    world.ready(1);
    world.close();
    let mut bytes = std::fs::read(world.database()).unwrap();
    bytes[..64].fill(b'x');
    std::fs::write(world.database(), bytes).unwrap();
    for fault in [
        Store::open(world.dir.path(), Some(key()), options()).err(),
        Reading::open(world.dir.path(), Some(key())).err(),
    ] {
        assert!(
            matches!(fault, Some(StoreFault::Damaged { .. })),
            "{fault:?}"
        );
        assert!(
            fault
                .unwrap()
                .to_string()
                .contains("restore the last backup")
        );
    }
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = crate::folder::database(dir.path());
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (a)")
        .unwrap();
    let fault = Store::open(dir.path(), None, options()).err();
    assert!(
        matches!(fault, Some(StoreFault::Damaged { .. })),
        "{fault:?}"
    );
}

#[test]
fn a_full_disk_is_said_plainly_and_nothing_is_half_written() {
    let mut world = World::new();
    let sale = world.ready(1);
    let pages: i64 = world
        .store()
        .reading()
        .conn
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    world
        .store()
        .reading()
        .conn
        .pragma_update(None, "max_page_count", pages)
        .unwrap();
    let large = [0x5a_u8; 64];
    let full = world.store().write(|w| {
        w.set_edition(sale, 2)?;
        for n in 0..20_000_u32 {
            let body = [&large[..], &n.to_be_bytes()].concat();
            w.journal(&Entry {
                request: Some(&body),
                ..entry(Some(sale), "filling up")
            })?;
        }
        Ok(())
    });
    assert_eq!(full, Err(StoreFault::Full));
    assert!(StoreFault::Full.to_string().contains("Free some space"));
    assert_eq!(world.store().reading().sale_row(sale).unwrap().edition, 1);
    assert_eq!(
        world.store().reading().verify().unwrap().unwrap().entries,
        0
    );
    world
        .store()
        .reading()
        .conn
        .pragma_update(None, "max_page_count", 1_000_000)
        .unwrap();
    assert_eq!(
        world
            .store()
            .write(|w| w.journal(&entry(None, "room again"))),
        Ok(1)
    );
}

/// An entry and its bodies.
type Told = (EntryRow, Vec<Option<crate::Body>>);

/// Everything that the journal says, in a form to compare.
fn told(reading: &Reading) -> Result<Vec<Told>, StoreFault> {
    let filter = JournalFilter {
        limit: 1_000,
        ..JournalFilter::default()
    };
    reading
        .journal(&filter)?
        .into_iter()
        .map(|row| {
            let bodies = [&row.request_hash, &row.response_hash]
                .into_iter()
                .map(|hash| hash.as_deref().map(|hash| reading.body(hash)).transpose())
                .map(|body| body.map(Option::flatten))
                .collect::<Result<_, _>>()?;
            Ok((row, bodies))
        })
        .collect()
}

/// The pages that hold the journal, its words and its bodies.
fn pages_of_journal(conn: &rusqlite::Connection) -> Vec<u64> {
    // The page number of each table's root is known; rows of these tables fill the pages
    // after it, told by the b-tree's own links.
    let mut pages = Vec::new();
    let size = 4096_u64;
    let file = std::fs::read(conn.path().unwrap()).unwrap();
    let mut walk: Vec<u64> = conn
        .prepare("SELECT rootpage FROM sqlite_schema WHERE name IN ('journal', 'payload', 'word')")
        .unwrap()
        .query_map([], |row| row.get::<_, i64>(0))
        .unwrap()
        .map(|root| u64::try_from(root.unwrap()).unwrap())
        .collect();
    while let Some(page) = walk.pop() {
        pages.push(page);
        let start = usize::try_from((page - 1) * size).unwrap();
        let bytes = &file[start..start + 4096];
        if bytes[0] == 5 {
            let number =
                |at: usize| u64::from(u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()));
            walk.push(number(8));
            let cells = usize::from(u16::from_be_bytes([bytes[3], bytes[4]]));
            for cell in 0..cells {
                let at = 12 + cell * 2;
                let cell = usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
                walk.push(number(cell));
            }
        }
    }
    pages
}

#[test]
fn one_changed_byte_anywhere_in_the_journal_is_found_or_changes_nothing() {
    let mut world = World::new();
    let sale = world.sale(1);
    world
        .store()
        .write(|w| {
            for n in 0..300_i64 {
                let text = format!("Something worth telling, number {n}");
                let body = format!("{{\"Customer\":\"Ada Merrow\",\"n\":{n}}}").repeat(3);
                let body = (n % 2 == 0).then_some(body.as_bytes());
                w.journal(&Entry {
                    at: noon() + Duration::seconds(n),
                    request: body,
                    ..entry(Some(sale), &text)
                })?;
            }
            Ok(())
        })
        .unwrap();
    let path = world.database();
    world.close();
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    let pages = pages_of_journal(&conn);
    drop(conn);
    assert!(pages.len() > 10, "{} pages", pages.len());
    let whole = std::fs::read(&path).unwrap();
    let before = format!(
        "{:?}",
        told(&Reading::open(world.dir.path(), Some(key())).unwrap())
    );

    let (mut named, mut damaged, mut unused) = (0, 0, 0);
    let mut dice = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..250 {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let page =
            pages[usize::try_from((dice >> 33) % u64::try_from(pages.len()).unwrap()).unwrap()];
        let at = usize::try_from((page - 1) * 4096 + (dice >> 20) % 4096).unwrap();
        let mut spoilt = whole.clone();
        spoilt[at] ^= 1 << (dice >> 60 & 7);
        std::fs::write(&path, &spoilt).unwrap();
        let reading = match Reading::open(world.dir.path(), Some(key())) {
            Err(StoreFault::Damaged { .. }) => {
                damaged += 1;
                continue;
            }
            Err(other) => panic!("byte {at}: {other}"),
            Ok(reading) => reading,
        };
        match reading.verify() {
            Ok(Err(bad)) => {
                assert!((1..=301).contains(&bad.id), "byte {at}: {bad}");
                named += 1;
            }
            Err(StoreFault::Damaged { .. }) => damaged += 1,
            Err(other) => panic!("byte {at}: {other}"),
            Ok(Ok(_)) => {
                assert_eq!(
                    format!("{:?}", told(&reading)),
                    before,
                    "byte {at} went unnoticed"
                );
                unused += 1;
            }
        }
    }
    println!("{named} named, {damaged} damaged, {unused} in unused space");
    assert!(
        named > 120,
        "{named} named, {damaged} damaged, {unused} in unused space"
    );
}
