//! Whatever happens to despatches in whatever order, their queue keeps its promises.

use chrono::Duration;
use domain::Owner;
use proptest::prelude::*;

use super::despatches::despatch;
use super::world::*;
use crate::DespatchState as S;
use crate::{DespatchRow, DespatchState, NewDespatch, TookDespatch};

#[derive(Clone, Debug)]
enum Move {
    /// A despatch of that number, of that sale, handed over at that minute, in that revision.
    Take(u8, u32, i64, u32),
    Claim,
    Begin(usize),
    End(usize),
    Again(usize, bool, bool),
    Posted(usize),
    Exception(usize),
    Retry(usize),
    Crash,
}

fn moves() -> impl Strategy<Value = Move> {
    let one = 0_usize..6;
    prop_oneof![
        3 => (0_u8..6, 1_u32..4, 0_i64..9, 1_u32..4)
            .prop_map(|(n, sale, minute, revision)| Move::Take(n, sale, minute, revision)),
        4 => Just(Move::Claim),
        2 => one.clone().prop_map(Move::Begin),
        2 => one.clone().prop_map(Move::End),
        1 => (one.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(at, failed, unclear)| Move::Again(at, failed, unclear)),
        2 => one.clone().prop_map(Move::Posted),
        1 => one.clone().prop_map(Move::Exception),
        1 => one.prop_map(Move::Retry),
        1 => Just(Move::Crash),
    ]
}

/// What the statements promise of a claim, said once more in plain words.
fn may_be_claimed(row: &DespatchRow, all: &[DespatchRow]) -> bool {
    let older = |other: &DespatchRow| (other.at, other.key) < (row.at, row.key);
    matches!(row.state, S::Waiting | S::Unclear)
        && !all
            .iter()
            .filter(|other| other.sale == row.sale && other.key != row.key)
            .any(|other| match other.state {
                S::Posting => true,
                S::Unclear => row.state == S::Waiting || older(other),
                S::Waiting => row.state == S::Waiting && older(other),
                S::Posted | S::Exception | S::Parked | S::Closed => false,
            })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_queue_keeps_its_order_and_its_figures(moves in proptest::collection::vec(moves(), 1..80)) {
        let mut world = World::new();
        let sales: Vec<_> = (1..4).map(|n| world.sale(n)).collect();
        let mut now = after(60);
        for step in &moves {
            now += Duration::minutes(1);
            let all = world.store().reading().despatches(None, None, 100).unwrap();
            let at = |n: &usize| all.get(*n);
            let posting = |n: &usize| at(n).filter(|row| row.state == DespatchState::Posting);
            let store = world.store();
            match step {
                Move::Take(n, sale, minute, revision) => {
                    let id = format!("DSP-{n}");
                    let content = [u8::try_from(*revision).unwrap(); 32];
                    let new = NewDespatch {
                        revision: *revision,
                        content,
                        ..despatch(&id, Some(sales[*sale as usize - 1]), *minute)
                    };
                    let known = all.iter().find(|row| row.id == id);
                    let took = store.write(|w| w.take_despatch(&new, now)).unwrap();
                    match known {
                        None => prop_assert!(matches!(took, TookDespatch::New(_))),
                        Some(row) if *revision > row.revision => {
                            prop_assert_eq!(took, TookDespatch::Revised(row.key));
                        }
                        Some(row) => prop_assert_eq!(took, TookDespatch::Known(row.key)),
                    }
                }
                Move::Claim => {
                    let first = all
                        .iter()
                        .filter(|row| row.due <= now && may_be_claimed(row, &all))
                        .min_by_key(|row| (row.at, row.state == DespatchState::Waiting, row.key));
                    let claimed = store.claim_despatch(now).unwrap();
                    prop_assert_eq!(claimed.map(|row| row.key), first.map(|row| row.key));
                }
                Move::Begin(n) => {
                    if let Some(row) = posting(n) {
                        let steps = store.reading().despatch_steps(row.key).unwrap();
                        let open = steps.iter().any(|step| step.ended.is_none());
                        let begun = store.begin_step(row, "pick", "task", b"{}", now);
                        prop_assert_eq!(begun.is_err(), open);
                    }
                }
                Move::End(n) => {
                    if let Some(row) = at(n) {
                        let _ = store.end_step(row.key, "answered", now, |_| Ok(()));
                    }
                }
                Move::Again(n, failed, unclear) => {
                    if let Some(row) = posting(n) {
                        let _ = store.end_step(row.key, "failed", now, |_| Ok(()));
                        let later = now + Duration::minutes(5);
                        store
                            .write(|w| w.despatch_again(row.key, later, *failed, *unclear, now))
                            .unwrap();
                    }
                }
                Move::Posted(n) => {
                    if let Some(row) = posting(n) {
                        let _ = store.end_step(row.key, "answered", now, |_| Ok(()));
                        store
                            .write(|w| w.despatch_posted(row.key, "task", row.revision, &[], now))
                            .unwrap();
                    }
                }
                Move::Exception(n) => {
                    if let Some(row) = posting(n) {
                        let _ = store.end_step(row.key, "refused", now, |_| Ok(()));
                        let (state, owner) = (DespatchState::Exception, Some(Owner::Office));
                        store
                            .write(|w| w.despatch_stands(row.key, state, owner, "odd", "", now))
                            .unwrap();
                    }
                }
                Move::Retry(n) => {
                    if let Some(row) = at(n).filter(|row| row.state == DespatchState::Exception) {
                        let state = DespatchState::Waiting;
                        store
                            .write(|w| w.despatch_stands(row.key, state, None, "", "", now))
                            .unwrap();
                    }
                }
                Move::Crash => {
                    world.restart().unwrap();
                    world.store().recover_despatches(now).unwrap();
                }
            }
            let reading = world.store().reading();
            let all = reading.despatches(None, None, 100).unwrap();
            for sale in &sales {
                let under_way = all.iter().filter(|row| {
                    row.sale == Some(*sale) && row.state == DespatchState::Posting
                });
                prop_assert!(under_way.count() <= 1, "one of a sale at a time");
            }
            let count = |states: &[DespatchState]| {
                all.iter().filter(|row| states.contains(&row.state)).count() as u64
            };
            let open = [S::Waiting, S::Posting, S::Unclear];
            let figures = reading.confirmations().unwrap();
            prop_assert_eq!(figures.waiting, count(&open));
            prop_assert_eq!(figures.exceptions, count(&[S::Exception]));
            prop_assert_eq!(figures.posted, count(&[S::Posted]));
            let oldest = all.iter().filter(|row| open.contains(&row.state)).map(|row| row.at).min();
            prop_assert_eq!(figures.oldest, oldest);
            let due = all.iter().filter(|row| may_be_claimed(row, &all)).map(|row| row.due).min();
            prop_assert_eq!(figures.next_due, due);
        }
    }
}
