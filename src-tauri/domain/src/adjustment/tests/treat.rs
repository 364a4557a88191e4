//! What one adjustment needs, from what is known of it.

use super::*;
use crate::Owner;

fn adjustment(reason: AdjustmentReason, units: i64) -> Adjustment {
    Adjustment {
        id: "ADJ0000210".into(),
        revision: 1,
        movement: Some(900_105),
        sku: "MUG330WHT".into(),
        units,
        units_in_building: units,
        reason,
        reason_text: String::new(),
        note: String::new(),
        warehouse: "BRI1".into(),
        at: at("2026-10-23T16:20:00Z"),
        reverses: None,
        reference: String::new(),
    }
}

fn setting() -> Setting {
    Setting {
        resolved: Resolved::Known(target(1)),
        unit_cost: Some(money("16.50")),
        level: Some(Decimal::from(61)),
        original: Original::Unknown,
    }
}

fn post() -> Treatment {
    Treatment::Post {
        target: target(1),
        look: Vec::new(),
    }
}

fn decide(because: DecisionReason) -> Treatment {
    Treatment::Decide {
        target: target(1),
        because,
    }
}

fn approve(reasons: Vec<ApprovalReason>) -> Treatment {
    Treatment::Approve {
        target: target(1),
        because: ApprovalReasons::from_reasons(reasons).unwrap(),
    }
}

fn treated(reason: AdjustmentReason, units: i64) -> Treatment {
    treat(
        &adjustment(reason, units),
        &setting(),
        &TreatmentRules::default(),
    )
}

#[test]
fn a_loss_and_a_find_are_posted_with_nobody_touching_them() {
    assert_eq!(treated(AdjustmentReason::Damage, -4), post());
    assert_eq!(treated(AdjustmentReason::Found, 7), post());
    assert_eq!(post().owner(), None);
}

#[test]
fn what_changes_no_good_stock_is_recorded() {
    let nothing = Treatment::Record(RecordReason::NoUnits);
    assert_eq!(treated(AdjustmentReason::WriteOff, 0), nothing);
    let damaged = Treatment::Record(RecordReason::ReturnDamaged);
    assert_eq!(treated(AdjustmentReason::ReturnDamaged, 0), damaged);
    // Not even an unknown SKU matters then.
    let unknown = Setting {
        resolved: Resolved::Unknown,
        ..setting()
    };
    let of = adjustment(AdjustmentReason::WriteOff, 0);
    assert_eq!(treat(&of, &unknown, &TreatmentRules::default()), nothing);
}

#[test]
fn goods_in_returns_and_words_of_theirs_wait_for_a_decision() {
    let receipt = treated(AdjustmentReason::Receipt, 50);
    assert_eq!(receipt, decide(DecisionReason::Receipt));
    assert_eq!(receipt.owner(), Some(Owner::Office));
    assert_eq!(
        treated(AdjustmentReason::ReturnGood, 1),
        decide(DecisionReason::Return)
    );
    let spilt = AdjustmentReason::Other("SPILLAGE".into());
    assert_eq!(
        treated(spilt.clone(), -1),
        decide(DecisionReason::UnknownReason)
    );

    let rules = TreatmentRules {
        other_reasons: OtherReasons::Post,
        ..TreatmentRules::default()
    };
    assert_eq!(treat(&adjustment(spilt, -1), &setting(), &rules), post());
}

#[test]
fn a_reason_the_merchant_wants_to_see_waits_for_a_decision() {
    let mut rules = TreatmentRules::default();
    rules.decide.insert(AdjustmentReason::Sample);
    let sample = treat(
        &adjustment(AdjustmentReason::Sample, -1),
        &setting(),
        &rules,
    );
    assert_eq!(sample, decide(DecisionReason::Chosen));
    assert_eq!(sample.owner(), Some(Owner::Finance));
}

#[test]
fn units_that_go_the_wrong_way_for_their_reason_are_asked_about() {
    for (reason, units) in [
        (AdjustmentReason::Found, -3),
        (AdjustmentReason::Damage, 2),
        (AdjustmentReason::ReturnDamaged, 1),
    ] {
        let treatment = treated(reason, units);
        assert_eq!(treatment, decide(DecisionReason::UnlikelySign));
        assert_eq!(treatment.owner(), Some(Owner::Warehouse));
    }
}

#[test]
fn a_sku_that_stands_for_nothing_nobody_or_too_much_is_at_fault() {
    for (resolved, fault) in [
        (Resolved::Unknown, AdjustmentFault::UnknownSku),
        (Resolved::Ambiguous, AdjustmentFault::AmbiguousSku),
        (
            Resolved::Inactive(target(1)),
            AdjustmentFault::ProductInactive,
        ),
    ] {
        let setting = Setting {
            resolved,
            ..setting()
        };
        let of = adjustment(AdjustmentReason::CycleCount, 4);
        let treatment = treat(&of, &setting, &TreatmentRules::default());
        assert_eq!(treatment, Treatment::Fault(fault));
        assert_eq!(treatment.owner(), Some(Owner::Office));
        assert_eq!(fault.heals(), Heals::WithMaps);
    }
}

#[test]
fn above_250_pounds_a_loss_waits_and_below_it_posts() {
    let rules = TreatmentRules {
        falls: Ceiling {
            value: Some(money("250")),
            ..Ceiling::default()
        },
        ..TreatmentRules::default()
    };
    let of = |units| {
        treat(
            &adjustment(AdjustmentReason::Lost, units),
            &setting(),
            &rules,
        )
    };
    let above = ApprovalReason::Value {
        value: money("297.00"),
        limit: money("250"),
    };
    assert_eq!(of(-18), approve(vec![above]));
    assert_eq!(of(-18).owner(), Some(Owner::Finance));
    assert_eq!(of(-4), post());
}

#[test]
fn a_rise_has_its_own_lower_ceiling_and_as_much_as_it_is_allowed() {
    let units = |most| Ceiling {
        units: Some(most),
        ..Ceiling::default()
    };
    let rules = TreatmentRules {
        falls: units(20),
        rises: units(5),
        ..TreatmentRules::default()
    };
    let of = |units| {
        treat(
            &adjustment(AdjustmentReason::CycleCount, units),
            &setting(),
            &rules,
        )
    };
    assert_eq!(of(5), post());
    assert_eq!(
        of(6),
        approve(vec![ApprovalReason::Units { units: 6, limit: 5 }])
    );
    assert_eq!(of(-20), post());
}

#[test]
fn a_share_of_stock_is_of_what_cin7_has_now_and_any_of_nothing_is_too_much() {
    let rules = TreatmentRules {
        falls: Ceiling {
            share: Some(Decimal::TEN),
            ..Ceiling::default()
        },
        ..TreatmentRules::default()
    };
    let of = |units, level: Option<i64>| {
        let setting = Setting {
            level: level.map(Decimal::from),
            ..setting()
        };
        treat(&adjustment(AdjustmentReason::Lost, units), &setting, &rules)
    };
    assert_eq!(of(-6, Some(60)), post());
    let above = |units, level: i64| ApprovalReason::Share {
        units,
        level: level.into(),
        limit: Decimal::TEN,
    };
    assert_eq!(of(-7, Some(60)), approve(vec![above(7, 60)]));
    assert_eq!(of(-1, Some(0)), approve(vec![above(1, 0)]));
    assert_eq!(of(-1, None), approve(vec![ApprovalReason::LevelUnknown]));
}

#[test]
fn without_a_cost_neither_a_ceiling_can_be_held_nor_a_rise_be_valued() {
    let unknown = Setting {
        unit_cost: None,
        ..setting()
    };
    let rules = TreatmentRules::default();
    let found = adjustment(AdjustmentReason::Found, 1);
    let because = approve(vec![ApprovalReason::CostUnknown]);
    assert_eq!(treat(&found, &unknown, &rules), because);
    let lost = adjustment(AdjustmentReason::Lost, -1);
    assert_eq!(treat(&lost, &unknown, &rules), post());
}

#[test]
fn a_large_loss_may_lower_the_figure_first_and_be_looked_at_after() {
    let rules = TreatmentRules {
        falls: Ceiling {
            units: Some(3),
            ..Ceiling::default()
        },
        large_falls: LargeFalls::PostThenLook,
        ..TreatmentRules::default()
    };
    let lost = adjustment(AdjustmentReason::Lost, -18);
    let posted = Treatment::Post {
        target: target(1),
        look: vec![ApprovalReason::Units {
            units: 18,
            limit: 3,
        }],
    };
    assert_eq!(treat(&lost, &setting(), &rules), posted);
    // Whoever approves everything approves this too.
    let rules = TreatmentRules {
        always_approve: true,
        ..rules
    };
    assert_eq!(
        treat(&lost, &setting(), &rules).owner(),
        Some(Owner::Finance)
    );
}

/// A reversal of −1 of another one of +1 that stands like that.
fn reversal(units: i64, standing: OriginalStanding) -> Treatment {
    let of = Adjustment {
        reverses: Some("ADJ0000213".into()),
        ..adjustment(AdjustmentReason::Reversal, units)
    };
    let setting = Setting {
        original: Original::Known {
            sku: "MUG330WHT".into(),
            units: 1,
            standing,
        },
        ..setting()
    };
    treat(&of, &setting, &TreatmentRules::default())
}

#[test]
fn a_reversal_closes_what_was_not_posted_and_takes_back_what_was() {
    for unposted in [OriginalStanding::Waiting, OriginalStanding::SetAside] {
        assert_eq!(reversal(-1, unposted), Treatment::CloseWithOriginal);
    }
    assert_eq!(reversal(-1, OriginalStanding::Posted), post());
    assert_eq!(
        reversal(-1, OriginalStanding::Posting),
        Treatment::WaitForOriginal
    );
    assert_eq!(
        reversal(-1, OriginalStanding::AlreadyInCin7),
        decide(DecisionReason::OriginalFromElsewhere)
    );
}

#[test]
fn a_reversal_that_is_not_the_exact_opposite_or_comes_twice_is_at_fault() {
    for units in [-2, 1, 0] {
        let treatment = reversal(units, OriginalStanding::Posted);
        assert_eq!(
            treatment,
            Treatment::Fault(AdjustmentFault::ReversalInexact)
        );
    }
    assert_eq!(
        reversal(-1, OriginalStanding::Reversed),
        Treatment::Fault(AdjustmentFault::AlreadyReversed)
    );
}

#[test]
fn a_reversal_before_its_original_waits_for_a_day() {
    let of = Adjustment {
        reverses: Some("ADJ0000999".into()),
        ..adjustment(AdjustmentReason::Reversal, -1)
    };
    let rules = TreatmentRules::default();
    assert_eq!(treat(&of, &setting(), &rules), Treatment::WaitForOriginal);
    let arrived = at("2026-10-24T07:31:00Z");
    assert!(!original_is_overdue(arrived, at("2026-10-25T07:30:59Z")));
    assert!(original_is_overdue(arrived, at("2026-10-25T07:31:00Z")));
}

#[test]
fn a_reversal_of_nothing_or_of_itself_is_at_fault() {
    let fault = Treatment::Fault(AdjustmentFault::ReversalOfNothing);
    assert_eq!(treated(AdjustmentReason::Reversal, -1), fault);
    let of = Adjustment {
        reverses: Some("ADJ0000210".into()),
        ..adjustment(AdjustmentReason::Reversal, -1)
    };
    assert_eq!(treat(&of, &setting(), &TreatmentRules::default()), fault);
}
