//! Which parts of what is shown a commit touched, so that a window can be told instead of
//! asking again and again. Worked out from the statements themselves, since SQLite's own
//! hook is silent about tables without row numbers. Who is told, and how often, is not
//! decided here.

use std::cell::Cell;
use std::ops::BitOr;

/// Parts of what is shown that one or several commits touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Orders: where they stand, their holds and despatches, what was sent and noted.
    pub orders: bool,
    /// The journal: calls and decisions.
    pub activity: bool,
    /// Settings, maps, and the vendors' lists that go with them.
    pub settings: bool,
    /// What Today shows besides orders: runs, vendors, pauses, gaps, notices.
    pub attention: bool,
    /// The calls that count towards a vendor's limit.
    pub calls: bool,
    /// Stock: adjustments, the documents they are posted in, comparisons and what was
    /// decided on them.
    pub stock: bool,
}

impl Changes {
    const NONE: Self = Self {
        orders: false,
        activity: false,
        settings: false,
        attention: false,
        calls: false,
        stock: false,
    };

    /// Everything, for a window that has missed what happened.
    pub const ALL: Self = Self {
        orders: true,
        activity: true,
        settings: true,
        attention: true,
        calls: true,
        stock: true,
    };

    /// Whether anything was touched.
    pub fn any(self) -> bool {
        self != Self::NONE
    }

    /// What a change of that table touches; `None` for a table not listed here.
    fn of(table: &str) -> Option<Self> {
        let changes = Self::NONE;
        Some(match table {
            "sale" | "sale_reference" | "sealed_sale" | "find_text" | "find_token" | "hold"
            | "outbox" | "attempt" | "tally" | "contact" | "need" | "accepted_quarter"
            | "put_off" | "note" | "turn" | "turn_moved" | "turn_open" | "came" | "spent"
            | "listed" | "despatch" | "despatch_clash" | "despatch_text" | "despatch_line"
            | "despatch_step" | "despatch_tally" => Self {
                orders: true,
                ..changes
            },
            "journal" | "word" | "payload" => Self {
                activity: true,
                ..changes
            },
            "setting" | "map" | "map_change" | "product" | "item" | "service" | "location"
            | "list_read" => Self {
                settings: true,
                ..changes
            },
            "cursor"
            | "vendor"
            | "run"
            | "latency"
            | "despatch_latency"
            | "gap"
            | "alert"
            | "day_count"
            | "read_back"
            | "read_back_finding"
            | "read_back_difference" => Self {
                attention: true,
                ..changes
            },
            "vendor_call" | "vendor_span" => Self {
                calls: true,
                ..changes
            },
            "despatch_goods"
            | "adjustment"
            | "adjustment_clash"
            | "adjustment_tally"
            | "adjustment_reason"
            | "stock_document"
            | "stock_document_line"
            | "stock_step"
            | "reconciliation"
            | "stock_line"
            | "stock_history"
            | "drift_decision"
            | "sign_off" => Self {
                stock: true,
                ..changes
            },
            // The beat that says the program is alive is nothing to look at.
            "meta" => changes,
            _ => return None,
        })
    }
}

impl BitOr for Changes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            orders: self.orders || other.orders,
            activity: self.activity || other.activity,
            settings: self.settings || other.settings,
            attention: self.attention || other.attention,
            calls: self.calls || other.calls,
            stock: self.stock || other.stock,
        }
    }
}

/// What one transaction has touched so far.
#[derive(Debug, Default)]
pub(crate) struct Touched(Cell<Changes>);

impl Touched {
    /// Notes a statement that changed rows.
    pub(crate) fn note(&self, sql: &str) {
        // A table that a later version forgot to list is better shown too often than never.
        let changes = table(sql).and_then(Changes::of).unwrap_or(Changes::ALL);
        self.0.set(self.0.get() | changes);
    }

    pub(crate) fn so_far(&self) -> Changes {
        self.0.get()
    }
}

/// The table that a statement changes.
fn table(sql: &str) -> Option<&str> {
    let mut words = sql.split_whitespace();
    let table = match words.next()? {
        "INSERT" => words.find(|word| *word == "INTO").and(words.next()),
        "DELETE" => words.find(|word| *word == "FROM").and(words.next()),
        "UPDATE" => words.find(|word| !matches!(*word, "OR" | "IGNORE" | "REPLACE")),
        _ => None,
    }?;
    table.split('(').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_off_the_statement() {
        let cases = [
            (
                "INSERT INTO sale (key) VALUES (1) ON CONFLICT DO NOTHING",
                "sale",
            ),
            ("INSERT OR IGNORE INTO word(text) VALUES (?1)", "word"),
            (
                "UPDATE outbox SET state = 'ready' WHERE id IN (SELECT 1 FROM sale)",
                "outbox",
            ),
            ("DELETE FROM hold WHERE sale = ?1", "hold"),
        ];
        for (sql, wanted) in cases {
            assert_eq!(table(sql), Some(wanted), "{sql}");
        }
        assert_eq!(table("PRAGMA optimize"), None);
    }

    #[test]
    fn what_several_statements_touch_adds_up() {
        let touched = Touched::default();
        touched.note("UPDATE meta SET value = 1");
        assert!(!touched.so_far().any(), "a heartbeat is nothing to look at");
        touched.note("DELETE FROM hold WHERE id = 1");
        touched.note("INSERT INTO vendor_call (at) VALUES (1)");
        let wanted = Changes {
            orders: true,
            calls: true,
            ..Changes::default()
        };
        assert_eq!(touched.so_far(), wanted);
    }

    #[test]
    fn every_table_says_what_of_the_window_it_is() {
        let conn = rusqlite::Connection::open_in_memory().unwrap();
        crate::migrate::migrate(&conn).unwrap();
        let mut all = conn
            .prepare(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            )
            .unwrap();
        let names: Vec<String> = all
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for name in names {
            assert!(
                Changes::of(&name).is_some(),
                "say in store/src/changes.rs which part of the window shows the table {name}"
            );
        }
    }
}
