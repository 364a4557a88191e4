//! Whatever happens to adjustments and their documents in whatever order, none is posted
//! twice, and the figures keep to what is there.

use std::collections::BTreeMap;

use chrono::Duration;
use proptest::prelude::*;

use super::stock_world::*;
use super::world::*;
use crate::AdjustmentState as A;
use crate::DocumentState as D;
use crate::{AdjustmentFilter, AdjustmentRow, DocumentRow, NewAdjustment, TookAdjustment};

#[derive(Clone, Debug)]
enum Move {
    /// An adjustment of that number, in that revision.
    Take(u8, u32),
    /// A document of those two, of that product.
    Intend(usize, usize, u32),
    Begin(usize, &'static str),
    End(usize),
    Draft(usize),
    Complete(usize),
    Done(usize),
    Unmoved(usize),
    Failed(usize),
    Again(usize, bool, bool),
    Void(usize),
    Release(usize, bool),
    Stand(usize, A),
    Crash,
}

fn moves() -> impl Strategy<Value = Move> {
    let adjustment = 0_usize..5;
    let document = 0_usize..6;
    let step = prop_oneof![Just("draft"), Just("complete"), Just("void")];
    let state = prop_oneof![
        3 => Just(A::New),
        1 => Just(A::NeedsApproval),
        1 => Just(A::Failed),
        1 => Just(A::Dismissed),
    ];
    prop_oneof![
        4 => (0_u8..5, 1_u32..4).prop_map(|(n, revision)| Move::Take(n, revision)),
        5 => (adjustment.clone(), adjustment.clone(), 1_u32..3)
            .prop_map(|(one, two, product)| Move::Intend(one, two, product)),
        2 => (document.clone(), step).prop_map(|(n, step)| Move::Begin(n, step)),
        2 => document.clone().prop_map(Move::End),
        2 => document.clone().prop_map(Move::Draft),
        2 => document.clone().prop_map(Move::Complete),
        2 => document.clone().prop_map(Move::Done),
        1 => document.clone().prop_map(Move::Unmoved),
        1 => document.clone().prop_map(Move::Failed),
        2 => (document.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(n, failed, unclear)| Move::Again(n, failed, unclear)),
        1 => document.clone().prop_map(Move::Void),
        2 => (document, any::<bool>()).prop_map(|(n, alone)| Move::Release(n, alone)),
        2 => (adjustment, state).prop_map(|(n, state)| Move::Stand(n, state)),
        1 => Just(Move::Crash),
    ]
}

/// All adjustments as they came, and all documents.
fn all(world: &mut World) -> (Vec<AdjustmentRow>, Vec<DocumentRow>) {
    let reading = world.store().reading();
    let filter = AdjustmentFilter {
        limit: 99,
        ..AdjustmentFilter::default()
    };
    let mut adjustments = reading.adjustments(&filter).unwrap();
    adjustments.sort_by_key(|row| row.key);
    let keys: Vec<i64> = reading
        .all("SELECT key FROM stock_document ORDER BY key", [], |row| {
            crate::reading::col(row, 0)
        })
        .unwrap();
    let documents = keys
        .into_iter()
        .map(|key| reading.document(crate::DocumentKey(key)).unwrap())
        .collect();
    (adjustments, documents)
}

/// What the statement promises of a claim, said once more in plain words.
fn may_go_on(row: &DocumentRow, all: &[DocumentRow], begun: &[crate::DocumentKey]) -> bool {
    let moves_nothing = matches!(row.state, D::Intended | D::Drafted);
    let shares = |other: &DocumentRow| {
        let products: Vec<_> = other.lines.iter().map(|line| &line.product).collect();
        row.lines
            .iter()
            .any(|line| products.contains(&&line.product))
    };
    row.state.is_open()
        && !begun.contains(&row.key)
        && !(moves_nothing
            && all.iter().any(|other| {
                other.key != row.key
                    && shares(other)
                    && other.state.is_open()
                    && (matches!(other.state, D::Unclear | D::Completed)
                        || begun.contains(&other.key))
            }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_adjustment_is_posted_twice_or_lost(
        moves in proptest::collection::vec(moves(), 1..80)
    ) {
        let mut world = World::new();
        let mut now = after(60);
        // In which document each was posted, by the adjustment's key.
        let mut posted = BTreeMap::new();
        for (n, step) in moves.iter().enumerate() {
            now += Duration::minutes(1);
            let (adjustments, documents) = all(&mut world);
            let document = |n: &usize| documents.get(*n);
            let store = world.store();
            match step {
                Move::Take(n, revision) => {
                    let id = format!("ADJ-{n}");
                    let new = NewAdjustment {
                        revision: *revision,
                        content: [u8::try_from(*revision).unwrap(); 32],
                        ..adjustment(&id, i64::from(*n) + 1, i64::from(*n % 3))
                    };
                    let known = adjustments.iter().find(|row| row.id == id);
                    let took = store.write(|w| w.take_adjustment(&new, now)).unwrap();
                    match known {
                        None => prop_assert!(matches!(took, TookAdjustment::New(_))),
                        Some(row) if *revision > row.revision => {
                            prop_assert_eq!(took, TookAdjustment::Revised(row.key));
                        }
                        Some(row) => prop_assert_eq!(took, TookAdjustment::Known(row.key)),
                    }
                }
                Move::Intend(one, two, product) => {
                    let mut of: Vec<_> = [one, two]
                        .into_iter()
                        .filter_map(|n| adjustments.get(*n))
                        .map(|row| row.key)
                        .collect();
                    of.dedup();
                    let _ = try_intend(
                        &mut world,
                        &format!("D-{n}"),
                        &[line(*product, 1, &of)],
                        now,
                    );
                }
                Move::Begin(n, step) => {
                    if let Some(row) = document(n) {
                        let _ = store.begin_document_step(row, step, b"{}", now);
                    }
                }
                Move::End(n) => {
                    if let Some(row) = document(n) {
                        let _ = store.end_document_step(row.key, "answered", now, |_| Ok(()));
                    }
                }
                Move::Draft(n) => {
                    if let Some(row) = document(n) {
                        let before = [(1, 9.into())];
                        let _ = store
                            .write(|w| w.document_drafted(row.key, "t", "SA", &before, now));
                    }
                }
                Move::Complete(n) => {
                    if let Some(row) = document(n) {
                        let levels = [(1, 9.into(), 10.into())];
                        let _ = store.write(|w| w.document_completed(row.key, &levels, now));
                    }
                }
                Move::Done(n) => {
                    if let Some(row) = document(n) {
                        let _ = store
                            .write(|w| w.document_done(row.key, &[(1, 10.into())], now));
                    }
                }
                Move::Unmoved(n) => {
                    if let Some(row) = document(n) {
                        let fails = fails("did_not_move");
                        let _ = store.write(|w| w.document_unmoved(row.key, &[], &fails, now));
                    }
                }
                Move::Failed(n) => {
                    if let Some(row) = document(n) {
                        let fails = fails("refused");
                        let _ = store.write(|w| w.document_failed(row.key, &fails, now));
                    }
                }
                Move::Again(n, failed, unclear) => {
                    if let Some(row) = document(n) {
                        let later = now + Duration::minutes(5);
                        let _ = store.write(|w| {
                            w.document_again(row.key, later, *failed, *unclear, now)
                        });
                    }
                }
                Move::Void(n) => {
                    if let Some(row) = document(n) {
                        let _ = store.write(|w| w.document_voided(row.key, now));
                    }
                }
                Move::Release(n, alone) => {
                    if let Some(row) = document(n) {
                        let _ = store.write(|w| w.release_document(row.key, *alone, now));
                    }
                }
                Move::Stand(n, state) => {
                    if let Some(row) = adjustments.get(*n) {
                        let _ = store
                            .write(|w| w.adjustment_stands(row.key, &stands(*state), now));
                    }
                }
                Move::Crash => {
                    world.restart().unwrap();
                    world.store().recover_documents(now).unwrap();
                }
            }
            let (before, (adjustments, documents)) = (adjustments, all(&mut world));
            prop_assert!(adjustments.len() >= before.len(), "none is lost");
            for row in &adjustments {
                if row.state == A::Posted {
                    let first = *posted.entry(row.key).or_insert(row.document);
                    prop_assert_eq!(row.document, first, "posted once, in one document");
                    prop_assert!(row.posted_at.is_some() && row.before.is_some());
                } else {
                    prop_assert!(!posted.contains_key(&row.key), "once posted, posted");
                }
                if matches!(row.state, A::Posting | A::Unclear) {
                    let of = documents.iter().find(|one| Some(one.key) == row.document);
                    let state = of.unwrap().state;
                    prop_assert!(state.is_open() || state == D::Voided, "{state:?}");
                    prop_assert!(
                        !state.is_open() || (row.state == A::Unclear) == (state == D::Unclear)
                    );
                }
            }
            let reading = world.store().reading();
            let count = |states: &[A]| {
                let of = adjustments.iter().filter(|row| states.contains(&row.state));
                of.count() as u64
            };
            let open = [A::New, A::Posting, A::Unclear];
            let figures = reading.adjustments_waiting().unwrap();
            prop_assert_eq!(figures.waiting, count(&open));
            prop_assert_eq!(figures.needs_approval, count(&[A::NeedsApproval]));
            prop_assert_eq!(figures.failed, count(&[A::Failed]));
            let of_open = adjustments.iter().filter(|row| open.contains(&row.state));
            prop_assert_eq!(figures.oldest, of_open.map(|row| row.at).min());
            let seen = reading.reasons_seen().unwrap();
            let still: u64 = seen.iter().map(|reason| reason.open).sum();
            prop_assert_eq!(still, count(&[A::New, A::Posting, A::Unclear, A::NeedsApproval, A::Failed]));
            let begun: Vec<_> = documents
                .iter()
                .filter(|row| {
                    let steps = reading.document_steps(row.key).unwrap();
                    steps.iter().any(|step| step.ended.is_none())
                })
                .map(|row| row.key)
                .collect();
            let first = documents
                .iter()
                .filter(|row| row.due <= now && may_go_on(row, &documents, &begun))
                .min_by_key(|row| (row.due, row.key));
            let claimed = world.store().claim_document(now).unwrap();
            prop_assert_eq!(claimed.map(|row| row.key), first.map(|row| row.key));
        }
    }
}
