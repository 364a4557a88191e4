//! Brings a database to the present version, step by step and forward only. A shipped
//! step is never edited; a change of the tables is a new file.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::StoreFault;
use crate::fault::While;

/// Marks the file as ours: "STBR".
const OURS: i64 = 0x5354_4252;

/// Every step, the first making version 1 of nothing.
pub(crate) const STEPS: &[&str] = &[
    include_str!("migrations/0001_sales.sql"),
    include_str!("migrations/0002_journal.sql"),
    include_str!("migrations/0003_outbox.sql"),
    include_str!("migrations/0004_reference.sql"),
    include_str!("migrations/0005_watch.sql"),
    include_str!("migrations/0006_retention.sql"),
    include_str!("migrations/0007_attention.sql"),
    include_str!("migrations/0008_lists.sql"),
    include_str!("migrations/0009_calls.sql"),
    include_str!("migrations/0010_despatches.sql"),
    include_str!("migrations/0011_despatch_days.sql"),
    include_str!("migrations/0012_stock.sql"),
    include_str!("migrations/0013_reconciliation.sql"),
    include_str!("migrations/0014_costs.sql"),
    include_str!("migrations/0015_read_back.sql"),
    include_str!("migrations/0016_sought.sql"),
    include_str!("migrations/0017_carriers.sql"),
    include_str!("migrations/0018_unwritten.sql"),
];

/// The version this program knows.
pub(crate) fn known() -> i64 {
    crate::times::whole(STEPS.len())
}

/// The version of a database; 0 for an empty one.
pub(crate) fn version(conn: &Connection) -> Result<i64, StoreFault> {
    let doing = "reading the database's version";
    let version: i64 = conn
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .doing(doing)?;
    if version > known() {
        return Err(StoreFault::Newer {
            found: version,
            known: known(),
        });
    }
    let ours: i64 = conn
        .query_row("PRAGMA application_id", [], |row| row.get(0))
        .doing(doing)?;
    let tables: i64 = conn
        .query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))
        .doing(doing)?;
    let fresh = version == 0 && tables == 0;
    if !fresh && (ours != OURS || version < 1) {
        return Err(StoreFault::damaged("it is a database of another program"));
    }
    Ok(version)
}

/// Takes every step that is still missing, each whole or not at all.
pub(crate) fn migrate(conn: &Connection) -> Result<(), StoreFault> {
    migrate_to(conn, known())
}

/// Takes the steps up to that version.
pub(crate) fn migrate_to(conn: &Connection, wanted: i64) -> Result<(), StoreFault> {
    for (step, next) in STEPS.iter().zip(1_i64..=wanted) {
        if next <= version(conn)? {
            continue;
        }
        let doing = format!("bringing the database to version {next}");
        let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate).doing(&doing)?;
        tx.execute_batch(step).doing(&doing)?;
        tx.pragma_update(None, "application_id", OURS)
            .doing(&doing)?;
        tx.pragma_update(None, "user_version", next).doing(&doing)?;
        tx.commit().doing(&doing)?;
    }
    Ok(())
}
