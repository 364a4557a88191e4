//! The journal: append-only, chained, and what an entry costs.

use chrono::Duration;

use super::world::*;
use crate::{BadEntry, Entry, JournalFilter, StoreFault};

fn filter() -> JournalFilter {
    JournalFilter {
        limit: 100,
        ..JournalFilter::default()
    }
}

/// A journal of a few entries, one of them with both bodies.
fn written() -> World {
    let mut world = World::new();
    let sale = world.sale(1);
    world
        .store()
        .write(|w| {
            for n in 0..5_i64 {
                let text = format!("entry {n}");
                let body = format!("body {n}");
                let at = after(n);
                let bodies = (n == 3).then_some(body.as_bytes());
                w.journal(&Entry {
                    at,
                    request: bodies,
                    response: bodies,
                    ..entry(Some(sale), &text)
                })?;
            }
            Ok(())
        })
        .unwrap();
    world
}

fn tamper(world: &mut World, sql: &str) {
    let path = world.database();
    world.close();
    let conn = rusqlite::Connection::open(path).unwrap();
    let triggers: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}"))
            .unwrap();
    }
    conn.execute_batch(sql).unwrap();
    drop(conn);
    world.restart().unwrap();
}

fn bad(world: &mut World) -> BadEntry {
    world.store().reading().verify().unwrap().unwrap_err()
}

#[test]
fn an_entry_comes_back_as_it_was_written() {
    let mut world = written();
    let rows = world.store().reading().journal(&filter()).unwrap();
    assert_eq!(
        rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        [5, 4, 3, 2, 1]
    );
    let row = &rows[1];
    assert_eq!((row.at, row.text.as_str()), (after(3), "entry 3"));
    assert_eq!(
        (row.kind.as_str(), row.vendor.as_str(), row.who.as_str()),
        ("call", "cin7", "")
    );
    assert_eq!((row.status, row.duration_ms), (200, 120));
    assert_eq!(row.number.as_deref(), Some("SO-00001"));
    assert_eq!(row.request_hash, row.response_hash, "equal bodies are one");
    assert_eq!(world.count("payload"), 1);
}

#[test]
fn an_untouched_journal_verifies_and_tells_its_head() {
    let mut world = written();
    let newest = world
        .store()
        .reading()
        .journal(&filter())
        .unwrap()
        .remove(0);
    let verified = world.store().reading().verify().unwrap().unwrap();
    assert_eq!((verified.entries, verified.head), (5, newest.hash));
    assert_eq!((verified.bodies, verified.locked), (1, 0));
}

#[test]
fn an_empty_journal_verifies() {
    let mut world = World::new();
    assert_eq!(
        world.store().reading().verify().unwrap().unwrap().entries,
        0
    );
}

#[test]
fn nothing_of_the_journal_can_be_changed_or_taken_away() {
    let mut world = written();
    for wrong in [
        "UPDATE journal SET text = 'other' WHERE id = 2",
        "DELETE FROM journal WHERE id = 5",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE id = 3",
        "INSERT INTO journal SELECT 9, at, kind, vendor, direction, operation, who, outcome, sale,
           subject, attempt, status, duration_ms, text, request, response, hash FROM journal WHERE id = 5",
        "UPDATE word SET text = 'other' WHERE id = 2",
        "DELETE FROM word WHERE id = 2",
        "DELETE FROM payload",
        "UPDATE payload SET hash = zeroblob(32)",
    ] {
        let refused = world.store().reading().conn.execute(wrong, []).unwrap_err().to_string();
        assert!(refused.contains("append-only") || refused.contains("gaps"), "{wrong}: {refused}");
    }
    assert!(world.store().reading().verify().unwrap().is_ok());
}

#[test]
fn a_changed_entry_is_named_whatever_was_changed_in_it() {
    for (change, id) in [
        ("UPDATE journal SET text = 'entry 9' WHERE id = 2", 2),
        ("UPDATE journal SET status = 201 WHERE id = 4", 4),
        ("UPDATE journal SET at = at + 1 WHERE id = 1", 1),
        ("UPDATE journal SET sale = NULL WHERE id = 3", 3),
        ("UPDATE journal SET hash = zeroblob(32) WHERE id = 5", 5),
        ("UPDATE journal SET response = NULL WHERE id = 4", 4),
        ("UPDATE word SET text = 'cin8' WHERE text = 'cin7'", 1),
        ("UPDATE payload SET hash = zeroblob(32)", 4),
        (
            "UPDATE payload SET sealed = CAST(sealed || x'00' AS BLOB)",
            4,
        ),
        ("UPDATE payload SET cleared_at = 5", 4),
        ("PRAGMA foreign_keys = OFF; DELETE FROM payload", 4),
        ("DELETE FROM journal WHERE id = 3", 3),
        ("DELETE FROM journal WHERE id > 3", 4),
        ("DELETE FROM journal", 1),
    ] {
        let mut world = written();
        tamper(&mut world, change);
        assert_eq!(bad(&mut world).id, id, "{change}");
    }
}

#[test]
fn entries_taken_off_the_end_together_with_the_count_do_not_fit_the_head() {
    let mut world = written();
    let change = "DELETE FROM journal WHERE id = 5;
        UPDATE meta SET value = x'0000000000000004' || substr(value, 9) WHERE name = 'journal_head'";
    tamper(
        &mut world,
        &change
            .replace("x'0000000000000004' ||", "CAST(x'0000000000000004' ||")
            .replace("substr(value, 9)", "substr(value, 9) AS BLOB)"),
    );
    assert_eq!(bad(&mut world).id, 4);
}

#[test]
fn a_journal_cut_off_at_the_end_takes_no_further_entry() {
    let mut world = written();
    let path = world.database();
    world.close();
    let conn = rusqlite::Connection::open(path).unwrap();
    conn.execute_batch("DROP TRIGGER journal_no_delete; DELETE FROM journal WHERE id = 5;")
        .unwrap();
    drop(conn);
    world.restart().unwrap();
    let refused = world
        .store()
        .write(|w| w.journal(&entry(None, "more")))
        .unwrap_err();
    assert!(matches!(refused, StoreFault::Damaged { .. }), "{refused}");
}

#[test]
fn without_the_key_the_chain_is_checked_and_the_bodies_are_counted_as_locked() {
    let world = written();
    let reading = crate::Reading::open(world.dir.path(), None).unwrap();
    let verified = reading.verify().unwrap().unwrap();
    assert_eq!(
        (verified.entries, verified.bodies, verified.locked),
        (5, 0, 1)
    );
}

#[test]
fn a_page_of_the_journal_goes_on_where_the_last_one_stopped() {
    let mut world = written();
    let two = JournalFilter {
        limit: 2,
        ..filter()
    };
    let first = world.store().reading().journal(&two).unwrap();
    let next = JournalFilter {
        before: first.last().map(|row| row.id),
        ..two
    };
    let second = world.store().reading().journal(&next).unwrap();
    assert_eq!((first[1].id, second[0].id), (4, 3));
}

#[test]
fn the_journal_is_narrowed_by_time_outcome_kind_and_sale() {
    let mut world = written();
    world
        .store()
        .write(|w| {
            let at = after(90) + Duration::days(3);
            w.journal(&Entry {
                at,
                outcome: "held",
                kind: "decision",
                ..entry(None, "")
            })
        })
        .unwrap();
    let sale = world
        .store()
        .reading()
        .sale_by_number("SO-00001")
        .unwrap()
        .unwrap()
        .key;
    let mut ids = |narrow: JournalFilter| -> Vec<i64> {
        let rows = world.store().reading().journal(&narrow).unwrap();
        rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(
        ids(JournalFilter {
            since: Some(after(3)),
            ..filter()
        }),
        [6, 5, 4]
    );
    assert_eq!(
        ids(JournalFilter {
            since: Some(after(9999)),
            ..filter()
        }),
        [0_i64; 0]
    );
    assert_eq!(
        ids(JournalFilter {
            outcome: Some("held".into()),
            ..filter()
        }),
        [6]
    );
    assert_eq!(
        ids(JournalFilter {
            outcome: Some("never".into()),
            ..filter()
        }),
        [0_i64; 0]
    );
    assert_eq!(
        ids(JournalFilter {
            kind: Some("decision".into()),
            ..filter()
        }),
        [6]
    );
    assert_eq!(
        ids(JournalFilter {
            sale: Some(sale),
            ..filter()
        }),
        [5, 4, 3, 2, 1]
    );
}

#[test]
fn an_entry_costs_at_most_400_bytes_beside_its_compressed_body() {
    let mut world = World::new();
    let sale = world.sale(1);
    let before = world.store().size_in_bytes().unwrap();
    let entries = 10_000_u64;
    let mut bodies = 0;
    for batch in 0..10 {
        world
            .store()
            .write(|w| {
                for n in 0..entries / 10 {
                    let n = batch * entries / 10 + n;
                    let body = body(n);
                    bodies += crate::squeeze::squeeze(&body)?.len();
                    let request = n.is_multiple_of(3).then_some(&body[..]);
                    w.journal(&Entry {
                        at: noon() + Duration::milliseconds(i64::try_from(n).unwrap_or(0) * 311),
                        subject: "/sale?ID=7b8a40bd-9bf2-564d-8253-54fadcd84944&HideInventoryMovements=true",
                        text: if n.is_multiple_of(5) { "Accepted by Whistl as WF10000042" } else { "" },
                        request,
                        response: request.is_none().then_some(&body[..]),
                        ..entry(Some(sale), "")
                    })?;
                }
                Ok(())
            })
            .unwrap();
    }
    let size = world.store().size_in_bytes().unwrap() - before;
    let each = (size - u64::try_from(bodies).unwrap()) / entries;
    println!(
        "{each} bytes an entry, and {} for its body",
        bodies / 10_000
    );
    assert!(each <= 400, "{each} bytes");
}

/// Bodies of many lengths that do not repeat one another.
fn body(n: u64) -> Vec<u8> {
    let (name, postcode) = crate::fill::customer(n);
    let lines: Vec<String> = (0..n % 7)
        .map(|line| {
            let (sku, _) = crate::fill::customer(n * 31 + line);
            format!(
                r#"{{"SKU":"{sku}","Quantity":{line},"Price":{}.5,"Discount":0}}"#,
                n % 97
            )
        })
        .collect();
    format!(
        r#"{{"Customer":"{name}","Postcode":"{postcode}","Lines":[{}]}}"#,
        lines.join(",")
    )
    .into_bytes()
}
