//! What holds for every handful of adjustments.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;

use super::document::{rules, to_post};
use super::*;

fn some_adjustments() -> impl Strategy<Value = Vec<ToPost>> {
    let reasons = vec![
        AdjustmentReason::Damage,
        AdjustmentReason::Found,
        AdjustmentReason::CycleCount,
        AdjustmentReason::Other("SPILLAGE".into()),
    ];
    let one = (0..6_u32, select(reasons), -9..9_i64, 0..4_i64);
    prop::collection::vec(one, 0..40).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(at, (n, reason, units, days))| {
                let mut one = to_post(&format!("ADJ-{at}"), n, reason, units);
                one.at -= chrono::TimeDelta::days(days);
                one
            })
            .collect()
    })
}

fn some_levels() -> impl Strategy<Value = BTreeMap<ProductId, Decimal>> {
    prop::collection::btree_map(
        (0..6_u32).prop_map(product),
        (-5..40_i64).prop_map(Decimal::from),
        0..6,
    )
}

fn some_rules() -> impl Strategy<Value = PostingRules> {
    select(vec![Decreases::WriteOff, Decreases::Adjustment]).prop_map(|decreases| PostingRules {
        decreases,
        locked_until: Some(day("2026-11-22")),
        ..rules()
    })
}

proptest! {
    #[test]
    fn each_adjustment_ends_in_exactly_one_place(
        all in some_adjustments(),
        levels in some_levels(),
        rules in some_rules(),
    ) {
        let posting = documents(all.clone(), &levels, &rules);
        let netted = posting.nothing_to_write.iter().flat_map(|one| &one.adjustments);
        let mut found: Vec<&str> = posting.documents.iter().flat_map(Document::adjustments)
            .chain(netted.map(String::as_str))
            .chain(posting.faults.keys().map(String::as_str))
            .collect();
        let mut given: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
        found.sort_unstable();
        given.sort_unstable();
        prop_assert_eq!(found, given);
    }

    #[test]
    fn lines_add_up_and_no_level_falls_below_zero_on_the_way(
        all in some_adjustments(),
        levels in some_levels(),
        rules in some_rules(),
    ) {
        let units: BTreeMap<&str, i64> =
            all.iter().map(|one| (one.id.as_str(), one.units)).collect();
        let mut now = levels.clone();
        for document in documents(all.clone(), &levels, &rules).documents {
            prop_assert!((1..=LINES_MAX).contains(&document.lines.len()));
            prop_assert_eq!(&document.key, &DocumentKey::of(document.adjustments()));
            for line in &document.lines {
                let sum: i64 = line.adjustments.iter().map(|id| units[id.as_str()]).sum();
                prop_assert_eq!(line.change, sum);
                prop_assert_ne!(line.change, 0);
                prop_assert!(line.comment.chars().count() <= COMMENT_MAX);
                let level = now.get_mut(&line.target.product).unwrap();
                prop_assert_eq!(line.on_hand, *level);
                *level = line.level();
                prop_assert!(*level >= Decimal::ZERO);
                if document.kind == DocumentKind::WriteOff {
                    prop_assert!(line.change < 0);
                }
            }
        }
    }

    #[test]
    fn the_order_in_which_they_come_never_matters(
        (all, mixed) in some_adjustments().prop_flat_map(|all| {
            (Just(all.clone()), Just(all).prop_shuffle())
        }),
        levels in some_levels(),
        rules in some_rules(),
    ) {
        // Told twice, and in another order.
        let twice = [mixed.clone(), mixed].concat();
        prop_assert_eq!(
            documents(all, &levels, &rules),
            documents(twice, &levels, &rules)
        );
    }

    #[test]
    fn the_same_set_has_the_same_key_and_another_set_another(
        (ids, mixed) in prop::collection::btree_set("[A-Z0-9:-]{1,24}", 1..20)
            .prop_map(|ids| ids.into_iter().collect::<Vec<_>>())
            .prop_flat_map(|ids| (Just(ids.clone()), Just(ids).prop_shuffle())),
    ) {
        let key = |ids: &[String]| DocumentKey::of(ids.iter().map(String::as_str));
        prop_assert_eq!(key(&ids), key(&mixed));
        prop_assert_ne!(key(&ids), key(&ids[1..]));
        prop_assert!(key(&ids).as_str().len() <= 40);
    }

    #[test]
    fn notes_fit_and_begin_with_the_key(all in some_adjustments(), max in 35..400_usize) {
        let levels = (0..6).map(|n| (product(n), Decimal::from(400))).collect();
        for document in documents(all, &levels, &rules()).documents {
            let notes = document.notes(max);
            prop_assert!(notes.chars().count() <= max);
            prop_assert!(notes.starts_with(document.key.as_str()), "{}", notes);
        }
    }
}
