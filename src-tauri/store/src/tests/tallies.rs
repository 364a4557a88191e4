//! Counts that are kept agree with counting.

use domain::{HoldCode, Owner};
use proptest::prelude::*;

use super::world::*;
use crate::{OrderState, Standing, Tally};

#[derive(Clone, Debug)]
enum Move {
    Stand(u32, usize, Option<usize>),
    Leave(u32, u8),
    Hold(u32, Vec<(usize, u8)>),
    Add(u32, usize, u8),
    Remove(u32, usize),
    Clear(u32),
}

const CODES: [HoldCode; 3] = [
    HoldCode::PhoneMissing,
    HoldCode::SkuInvalidCharacters,
    HoldCode::PostcodeInvalid,
];

fn moves() -> impl Strategy<Value = Move> {
    let sale = 1_u32..5;
    let code = 0_usize..3;
    prop_oneof![
        (sale.clone(), 0_usize..10, proptest::option::of(0_usize..4))
            .prop_map(|(s, state, owner)| Move::Stand(s, state, owner)),
        (sale.clone(), 0_u8..3).prop_map(|(s, why)| Move::Leave(s, why)),
        (
            sale.clone(),
            proptest::collection::vec((code.clone(), 0_u8..3), 0..5)
        )
            .prop_map(|(s, holds)| Move::Hold(s, holds)),
        (sale.clone(), code.clone(), 0_u8..3).prop_map(|(s, code, f)| Move::Add(s, code, f)),
        (sale.clone(), code).prop_map(|(s, code)| Move::Remove(s, code)),
        sale.prop_map(Move::Clear),
    ]
}

fn counted(world: &mut World, column: &str) -> Vec<Tally> {
    let sql = format!(
        "SELECT {column}, COUNT(*) FROM sale WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 1"
    );
    recount(world, &sql)
}

fn recount(world: &mut World, sql: &str) -> Vec<Tally> {
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Tally {
            word: crate::reading::col(row, 0)?,
            count: crate::reading::col(row, 1)?,
        })
    };
    world.store().reading().all(sql, [], row).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_moves_the_tallies_equal_a_recount(moves in proptest::collection::vec(moves(), 1..60)) {
        let mut world = World::new();
        let sales: Vec<_> = (1..5).map(|n| world.sale(n)).collect();
        for step in &moves {
            let of = |n: &u32| sales[*n as usize - 1];
            let field = |f: u8| format!("Order.Lines[{f}].SKU");
            world.store().write(|w| match step {
                Move::Stand(n, state, owner) => {
                    let owner = owner.map(|owner| Owner::ALL[owner]);
                    w.set_standing(of(n), &Standing::In(OrderState::ALL[*state]), owner, noon())
                }
                Move::Leave(n, why) => {
                    w.set_standing(of(n), &Standing::Outside(format!("why_{why}")), None, noon())
                }
                Move::Hold(n, holds) => {
                    let reasons: Vec<_> =
                        holds.iter().map(|(code, f)| reason(CODES[*code], &field(*f))).collect();
                    w.put_holds(of(n), &reasons, noon())
                }
                Move::Add(n, code, f) => w.add_hold(of(n), &reason(CODES[*code], &field(*f)), noon()),
                Move::Remove(n, code) => w.remove_hold(of(n), CODES[*code]),
                Move::Clear(n) => w.clear_holds(of(n)),
            }).unwrap();
        }
        let by_hold = "SELECT code, COUNT(DISTINCT sale) FROM hold GROUP BY code ORDER BY code";
        let (state, owner) = (counted(&mut world, "state"), counted(&mut world, "owner"));
        let (outside, hold) = (counted(&mut world, "outside"), recount(&mut world, by_hold));
        let needs = "SELECT COALESCE(state, '') || ' ' || COALESCE(
                (SELECT h.code FROM hold AS h WHERE h.sale = key ORDER BY h.id LIMIT 1), '')
                || ' ' || owner, COUNT(*)
            FROM sale WHERE owner IS NOT NULL GROUP BY 1 ORDER BY 1";
        let needs = recount(&mut world, needs);
        let reading = world.store().reading();
        let mut kept: Vec<Tally> = reading.needs().unwrap().into_iter().map(|need| Tally {
            word: [
                need.state.map_or("", OrderState::word),
                need.cause.map_or("", HoldCode::word),
                need.owner.word(),
            ].join(" "),
            count: need.count,
        }).collect();
        kept.sort_by(|a, b| a.word.cmp(&b.word));
        prop_assert_eq!(kept, needs);
        prop_assert_eq!(reading.tallies_by_state().unwrap(), state);
        prop_assert_eq!(reading.tallies_by_owner().unwrap(), owner);
        prop_assert_eq!(reading.tallies_by_outside().unwrap(), outside);
        prop_assert_eq!(reading.tallies_by_hold().unwrap(), hold);
    }
}
