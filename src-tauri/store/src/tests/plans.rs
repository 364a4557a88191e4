//! How SQLite goes about the questions that must cost the same at any size: by an index,
//! never by walking a table or sorting it.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::world::*;
use crate::{AdjustmentFilter, AdjustmentState, JournalFilter};

/// The plan of a statement, a line for each step.
fn plan(world: &mut World, sql: &str, values: Vec<Value>) -> Vec<String> {
    let explained = format!("EXPLAIN QUERY PLAN {sql}");
    let mut statement = world.store().reading().conn.prepare(&explained).expect(sql);
    let count = statement.parameter_count();
    let mut values = values;
    values.resize(count, Value::Null);
    statement
        .query_map(params_from_iter(values), |row| row.get(3))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

fn is_cheap(steps: &[String]) -> bool {
    steps.iter().all(|step| {
        // An index of only those rows that some work is due for may be walked, and one that
        // gives the newest rows from its end.
        let small = [
            "sale_to_read",
            "outbox_to_send",
            "outbox_by_due",
            "outbox_body",
            "despatch_step_begun",
            // From the oldest on, past those that are not due yet or wait for another.
            "despatch_open",
            "despatch_by_due",
            // What waits for a person, counted.
            "despatch_exceptions",
            // What is still to be told, counted by carrier.
            "despatch_open_by_carrier",
            "sale_unpromised",
            // Of orders nobody knows.
            "despatch_without_sale",
            "run_by_start",
            // What changed owner since the last look.
            "SCAN m",
            "SCAN turn_moved",
            // A row for each state and owner.
            "SCAN came",
            "sale_put_off",
            "stock_step_begun",
            "stock_document_open",
            "stock_document_failed",
            "adjustment_open",
            "adjustment_by_due",
            "adjustment_by_owner",
            "reconciliation_whole",
            "read_back_whole",
            // What a person has to settle.
            "read_back_open",
            // The last of each, from the end.
            "SCAN reconciliation",
            "SCAN read_back",
            "SCAN r",
            "SCAN sign_off",
            // The SKUs that are asked for.
            "SCAN asked VIRTUAL TABLE INDEX 1:",
        ];
        let walks = step.starts_with("SCAN ")
            && !step.contains("CONSTANT ROW")
            && !small.iter().any(|index| step.ends_with(index));
        !walks && !step.contains("TEMP B-TREE")
    })
}

#[test]
fn every_statement_in_use_goes_by_an_index() {
    let mut world = World::new();
    crate::fill::sales(world.store(), 1, 2_000, noon()).unwrap();
    crate::fill::stock(world.store(), 2_000, noon()).unwrap();
    world
        .store()
        .reading()
        .conn
        .execute_batch("ANALYZE")
        .unwrap();
    world.close();
    world.restart().unwrap();
    let dear: Vec<String> = statements()
        .into_iter()
        .map(|sql| (plan(&mut world, &sql, Vec::new()), sql))
        .filter(|(steps, _)| !is_cheap(steps))
        .map(|(steps, sql)| format!("{sql}\n{steps:#?}"))
        .collect();
    assert!(dear.is_empty(), "{}", dear.join("\n"));
}

/// The statements that run while orders flow and are listed, gathered from the sources so
/// that none is forgotten. Lists that are read whole by nature are named here.
fn statements() -> Vec<String> {
    const WHOLE: [&str; 21] = [
        "FROM product",
        "FROM item",
        "FROM service",
        "FROM location",
        "FROM map_change",
        "FROM setting",
        "FROM map ",
        "FROM word",
        "FROM payload ORDER BY id",
        "FROM listed",
        "FROM despatch_tally",
        "FROM adjustment_tally",
        "FROM adjustment_reason",
        "DELETE FROM find_token WHERE +sale",
        // A list's row numbers, which it is frozen by.
        "SELECT l.key FROM stock_line AS l INDEXED BY stock_line_by_",
        // What the next comparison is held against, and what an earlier one found.
        "SELECT {KEPT} FROM stock_line",
        "FROM stock_line AS l CROSS JOIN stock_history",
        "SELECT sku, unit_cost, price FROM stock_line",
        // A text that may stand anywhere: the test below looks at what is walked.
        "instr(l.sought, lower(?1))",
        // Made up from a filter: the test below looks at each.
        "FROM {TABLES}",
        "INDEXED BY {index}",
    ];
    let columns = crate::sales::COLUMNS;
    let mut found = Vec::new();
    for source in [
        include_str!("../sales/read.rs"),
        include_str!("../sales/write.rs"),
        include_str!("../sales/notice.rs"),
        include_str!("../sales/clear.rs"),
        include_str!("../attention/alerts.rs"),
        include_str!("../attention/days.rs"),
        include_str!("../attention/needs.rs"),
        include_str!("../attention/notes.rs"),
        include_str!("../attention/put_off.rs"),
        include_str!("../attention/turns.rs"),
        include_str!("../attention/upkeep.rs"),
        include_str!("../counts.rs"),
        include_str!("../holds.rs"),
        include_str!("../needs.rs"),
        include_str!("../tallies.rs"),
        include_str!("../orders/keys.rs"),
        include_str!("../orders/find.rs"),
        include_str!("../orders/page.rs"),
        include_str!("../orders/tabs.rs"),
        include_str!("../outbox/read.rs"),
        include_str!("../outbox/claim.rs"),
        include_str!("../outbox/put.rs"),
        include_str!("../outbox/settle.rs"),
        include_str!("../journal/payload.rs"),
        include_str!("../journal/clear.rs"),
        include_str!("../journal/read.rs"),
        include_str!("../watch.rs"),
        include_str!("../despatches/take.rs"),
        include_str!("../despatches/claim.rs"),
        include_str!("../despatches/again.rs"),
        include_str!("../despatches/steps.rs"),
        include_str!("../despatches/read.rs"),
        include_str!("../despatches/clear.rs"),
        include_str!("../despatches/by_carrier.rs"),
        include_str!("../despatches/days.rs"),
        include_str!("../journal/linked.rs"),
        include_str!("../sales/seen.rs"),
        include_str!("../read_back.rs"),
        include_str!("../runs.rs"),
        include_str!("../stock/adjustments.rs"),
        include_str!("../stock/claim.rs"),
        include_str!("../stock/decisions.rs"),
        include_str!("../stock/documents.rs"),
        include_str!("../stock/levels.rs"),
        include_str!("../stock/listed.rs"),
        include_str!("../stock/movements.rs"),
        include_str!("../stock/open.rs"),
        include_str!("../stock/outcomes.rs"),
        include_str!("../stock/pages.rs"),
        include_str!("../stock/reconcile.rs"),
        include_str!("../stock/stands.rs"),
        include_str!("../stock/steps.rs"),
        include_str!("../stock/take.rs"),
        include_str!("../stock/trends.rs"),
    ] {
        for text in source.split('"').skip(1).step_by(2) {
            let is_sql = ["SELECT ", "UPDATE ", "DELETE ", "INSERT "]
                .iter()
                .any(|verb| text.trim_start().starts_with(verb));
            if !is_sql || WHOLE.iter().any(|whole| text.contains(whole)) {
                continue;
            }
            let text = text.replace("\\\n", " ");
            let columns = if text.contains("FROM outbox AS o") {
                "o.id"
            } else if text.contains("FROM despatch AS d") {
                crate::despatches::COLUMNS
            } else if text.contains("FROM run") {
                "id"
            } else if text.contains("FROM alert") {
                "code"
            } else {
                columns
            };
            let parts = [
                ("{COLUMNS}", columns),
                ("{GOES_BEFORE}", crate::despatches::GOES_BEFORE),
                ("{ADJUSTMENT}", crate::stock::ADJUSTMENT),
                ("{DOCUMENT}", crate::stock::DOCUMENT),
                ("{WAITS_FOR_ANOTHER}", crate::stock::WAITS_FOR_ANOTHER),
                ("{RECONCILIATION}", crate::stock::RECONCILIATION),
                ("{LINE}", crate::stock::LINE),
                ("{GAP}", crate::stock::GAP),
                ("{DECISION}", crate::stock::DECISION),
                ("{CHECK}", "key"),
                ("{FINDING}", "key"),
            ];
            found.push(
                parts
                    .iter()
                    .fold(text, |text, (name, part)| text.replace(name, part)),
            );
        }
    }
    assert!(
        found.len() > 50,
        "only {} statements were found",
        found.len()
    );
    found
}

#[test]
fn every_way_of_narrowing_the_journal_goes_by_an_index() {
    let mut world = World::new();
    let sale = world.sale(1);
    let narrow = JournalFilter {
        limit: 50,
        ..JournalFilter::default()
    };
    for filter in [
        narrow.clone(),
        JournalFilter {
            sale: Some(sale),
            ..narrow.clone()
        },
        JournalFilter {
            since: Some(noon()),
            ..narrow.clone()
        },
        JournalFilter {
            outcome: Some("held".into()),
            ..narrow.clone()
        },
        JournalFilter {
            outcome: Some("held".into()),
            since: Some(noon()),
            ..narrow.clone()
        },
        JournalFilter {
            kind: Some("decision".into()),
            ..narrow.clone()
        },
        JournalFilter {
            kind: Some("decision".into()),
            outcome: Some("held".into()),
            ..narrow.clone()
        },
        JournalFilter {
            kind: Some("decision".into()),
            since: Some(noon()),
            ..narrow.clone()
        },
        JournalFilter {
            since: Some(noon()),
            until: Some(after(60)),
            ..narrow.clone()
        },
        JournalFilter {
            before: Some(9),
            ..narrow
        },
    ] {
        let (sql, values) = world.store().reading().asked_of_journal(&filter).unwrap();
        let steps = plan(&mut world, &sql, values);
        assert!(is_cheap(&steps), "{filter:?}\n{steps:#?}");
    }
}

#[test]
fn every_way_of_narrowing_the_adjustments_goes_by_an_index() {
    let mut world = World::new();
    let narrow = AdjustmentFilter {
        limit: 50,
        ..AdjustmentFilter::default()
    };
    let states = vec![AdjustmentState::New, AdjustmentState::Failed];
    for filter in [
        narrow.clone(),
        AdjustmentFilter {
            since: Some(noon()),
            until: Some(after(60)),
            ..narrow.clone()
        },
        AdjustmentFilter {
            states: states.clone(),
            since: Some(noon()),
            ..narrow.clone()
        },
        AdjustmentFilter {
            why: Some("damage".into()),
            states: states.clone(),
            ..narrow.clone()
        },
        AdjustmentFilter {
            sku: Some("TEAPOT04".into()),
            why: Some("damage".into()),
            states,
            ..narrow
        },
    ] {
        let asked = world.store().reading().asked_of_adjustments(&filter);
        for (sql, values) in asked.unwrap() {
            let steps = plan(&mut world, &sql, values);
            assert!(is_cheap(&steps), "{filter:?}\n{steps:#?}");
        }
    }
}

#[test]
fn a_text_is_looked_for_along_a_narrow_index_and_in_no_table() {
    let mut world = World::new();
    let steps = plan(&mut world, crate::stock::KEYS_LIKE, Vec::new());
    let walk = "SCAN l USING INDEX stock_line_by_sought";
    assert_eq!(steps, [walk, "USE TEMP B-TREE FOR ORDER BY"]);
}

#[test]
fn sums_for_finance_look_at_no_more_than_their_span() {
    let mut world = World::new();
    let source = include_str!("../stock/sums.rs");
    let sums = source.split('"').skip(1).step_by(2);
    let sums: Vec<&str> = sums.filter(|text| text.starts_with("SELECT ")).collect();
    assert_eq!(sums.len(), 4);
    for sql in sums {
        let steps = plan(&mut world, sql, Vec::new());
        let walks = steps.iter().any(|step| step.starts_with("SCAN "));
        assert!(!walks, "{sql}\n{steps:#?}");
    }
}

/// The index by which entries are found, of several that could.
fn journal_index(world: &mut World, kind: &str, outcome: &str) -> String {
    let filter = JournalFilter {
        kind: Some(kind.into()),
        outcome: Some(outcome.into()),
        limit: 50,
        ..JournalFilter::default()
    };
    let (sql, values) = world.store().reading().asked_of_journal(&filter).unwrap();
    let steps = plan(world, &sql, values);
    let first = steps.iter().find(|step| step.contains(" j USING")).unwrap();
    first.clone()
}

#[test]
fn of_a_kind_and_an_outcome_the_rarer_one_narrows_the_journal() {
    let mut world = World::new();
    world
        .store()
        .write(|w| {
            for n in 0..1_000 {
                let mut told = entry(None, "");
                if n % 2 == 0 {
                    told.kind = "decision";
                }
                if n % 3 == 0 {
                    told.outcome = "held";
                }
                w.journal(&told)?;
            }
            Ok(())
        })
        .unwrap();
    let by = |world: &mut World, kind, outcome| journal_index(world, kind, outcome);
    let common_kind = by(&mut world, "call", "held");
    assert!(common_kind.contains("journal_by_outcome"), "{common_kind}");
    let common_outcome = by(&mut world, "decision", "answered");
    assert!(
        common_outcome.contains("journal_by_kind"),
        "{common_outcome}"
    );
    let unheard_of = by(&mut world, "clearing", "answered");
    assert!(unheard_of.contains("journal_by_kind"), "{unheard_of}");
}
