//! Which documents a handful of adjustments becomes, what they say, and whether they did what
//! was meant.

use std::collections::BTreeMap;

use super::*;

pub(super) fn account(code: &str) -> Account {
    Account::parse(code).unwrap()
}

/// Damage to 404, everything else to 403, in London on 24 November 2026, nothing closed.
pub(super) fn rules() -> PostingRules {
    PostingRules {
        accounts: Accounts {
            by_reason: [(AdjustmentReason::Damage, account("404"))].into(),
            other: Some(account("403")),
        },
        decreases: Decreases::WriteOff,
        zone: chrono_tz::Europe::London,
        today: day("2026-11-24"),
        locked_until: None,
    }
}

pub(super) fn to_post(id: &str, n: u32, reason: AdjustmentReason, units: i64) -> ToPost {
    ToPost {
        id: id.into(),
        target: target(n),
        units,
        unit_cost: money("4.20"),
        booked_as: reason.clone(),
        reason,
        reason_text: String::new(),
        at: at("2026-11-24T09:00:00Z"),
    }
}

fn levels(levels: &[(u32, i64)]) -> BTreeMap<ProductId, Decimal> {
    levels
        .iter()
        .map(|(n, level)| (product(*n), Decimal::from(*level)))
        .collect()
}

/// Kind, account and `SKU change` of each line.
fn shape(posting: &Posting) -> Vec<String> {
    posting
        .documents
        .iter()
        .map(|one| {
            let lines: Vec<String> = one
                .lines
                .iter()
                .map(|line| format!("{} {:+}", line.target.sku, line.change))
                .collect();
            let (kind, account) = (
                one.kind.code(),
                one.account.as_ref().map_or("", Account::as_str),
            );
            format!("{kind} {account}: {}", lines.join(", "))
        })
        .collect()
}

#[test]
fn a_loss_goes_by_write_off_and_a_find_by_adjustment_to_the_new_level() {
    let posting = documents(
        vec![
            to_post("ADJ-5521", 2, AdjustmentReason::Damage, -2),
            to_post("ADJ-5522", 1, AdjustmentReason::Found, 3),
        ],
        &levels(&[(1, 180), (2, 97)]),
        &rules(),
    );
    assert_eq!(
        shape(&posting),
        ["adjustment 403: HPMUG001 +3", "write_off 404: HPMUG002 -2"]
    );
    let [rise, fall] = posting.documents.as_slice() else {
        panic!("{posting:?}")
    };
    assert_eq!(rise.lines[0].level(), Decimal::from(183));
    assert_eq!(rise.lines[0].comment, "Whistl ADJ-5522 found 3");
    assert_eq!(fall.lines[0].units(), 2);
    assert_eq!(
        fall.notes(256),
        format!("{} Whistl ADJ-5521 damaged 2", fall.key)
    );
    assert_eq!(rise.effective_on, day("2026-11-24"));
}

#[test]
fn an_accountant_who_wants_one_sort_of_document_gets_it() {
    let rules = PostingRules {
        decreases: Decreases::Adjustment,
        ..rules()
    };
    let posting = documents(
        vec![to_post("ADJ-5521", 2, AdjustmentReason::Damage, -2)],
        &levels(&[(2, 97)]),
        &rules,
    );
    assert_eq!(shape(&posting), ["adjustment 404: HPMUG002 -2"]);
    assert_eq!(posting.documents[0].lines[0].level(), Decimal::from(95));
}

#[test]
fn all_changes_of_a_sku_are_one_line_that_names_each() {
    let posting = documents(
        vec![
            to_post("ADJ-2", 1, AdjustmentReason::CycleCount, 5),
            to_post("ADJ-1", 1, AdjustmentReason::Lost, -2),
        ],
        &levels(&[(1, 10)]),
        &rules(),
    );
    assert_eq!(shape(&posting), ["adjustment 403: HPMUG001 +3"]);
    let line = &posting.documents[0].lines[0];
    assert_eq!(line.adjustments, ["ADJ-1", "ADJ-2"]);
    assert_eq!(line.comment, "Whistl ADJ-1 lost 2; ADJ-2 cycle count +5");
}

#[test]
fn accounts_are_not_mixed_and_the_second_document_starts_where_the_first_ends() {
    let posting = documents(
        vec![
            to_post("ADJ-1", 1, AdjustmentReason::Damage, -6),
            to_post("ADJ-2", 1, AdjustmentReason::Found, 5),
        ],
        &levels(&[(1, 2)]),
        &PostingRules {
            decreases: Decreases::Adjustment,
            ..rules()
        },
    );
    assert_eq!(
        shape(&posting),
        ["adjustment 403: HPMUG001 +5", "adjustment 404: HPMUG001 -6"]
    );
    let levels: Vec<Decimal> = posting
        .documents
        .iter()
        .map(|one| one.lines[0].level())
        .collect();
    assert_eq!(levels, [Decimal::from(7), Decimal::from(1)]);
}

#[test]
fn what_cancels_out_is_posted_with_nothing_to_write() {
    let posting = documents(
        vec![
            to_post("ADJ-1", 1, AdjustmentReason::Lost, -2),
            to_post("ADJ-2", 1, AdjustmentReason::Found, 2),
        ],
        &levels(&[(1, 10)]),
        &rules(),
    );
    assert!(posting.documents.is_empty());
    assert_eq!(posting.nothing_to_write[0].adjustments, ["ADJ-1", "ADJ-2"]);
}

#[test]
fn a_fall_below_zero_is_at_fault_alone() {
    let posting = documents(
        vec![
            to_post("ADJ-1", 1, AdjustmentReason::Lost, -50),
            to_post("ADJ-2", 1, AdjustmentReason::Lost, -2),
            to_post("ADJ-3", 2, AdjustmentReason::Lost, -1),
        ],
        &levels(&[(1, 10), (2, 1)]),
        &rules(),
    );
    assert_eq!(shape(&posting), ["write_off 403: HPMUG001 -2, HPMUG002 -1"]);
    let fault = ("ADJ-1".to_owned(), AdjustmentFault::BelowZero);
    assert_eq!(posting.faults, [fault].into());
}

#[test]
fn a_level_below_zero_is_left_only_by_one_document_that_leads_out_of_it() {
    let posting = |found| {
        let all = vec![
            to_post("ADJ-1", 1, AdjustmentReason::Found, found),
            to_post("ADJ-2", 1, AdjustmentReason::Damage, 4),
        ];
        documents(all, &levels(&[(1, -2)]), &rules())
    };
    let lines = ["adjustment 403: HPMUG001 +2", "adjustment 404: HPMUG001 +4"];
    assert_eq!(shape(&posting(2)), lines);
    // The first of the two would set a level of -1.
    assert!(posting(1).documents.is_empty());
    assert_eq!(posting(1).faults.len(), 2);
}

#[test]
fn a_product_whose_level_could_not_be_read_is_left_alone() {
    let posting = documents(
        vec![to_post("ADJ-1", 1, AdjustmentReason::Found, 1)],
        &levels(&[]),
        &rules(),
    );
    assert!(posting.documents.is_empty());
    let fault = ("ADJ-1".to_owned(), AdjustmentFault::LevelUnread);
    assert_eq!(posting.faults, [fault].into());
}

#[test]
fn a_late_loss_of_a_closed_month_is_dated_on_the_next_open_day_and_says_so() {
    let rules = PostingRules {
        today: day("2026-10-31"),
        locked_until: Some(day("2026-10-31")),
        ..rules()
    };
    let late = ToPost {
        // Half past eleven at night in Greenwich, and in London since the clocks went back.
        at: at("2026-10-31T23:30:00Z"),
        ..to_post("ADJ-5521", 1, AdjustmentReason::Damage, -4)
    };
    let posting = documents(vec![late], &levels(&[(1, 61)]), &rules);
    let document = &posting.documents[0];
    assert_eq!(document.effective_on, day("2026-11-01"));
    let said = "Whistl ADJ-5521 damaged 4, belongs to 31 October 2026";
    assert_eq!(document.lines[0].comment, said);
    assert!(document.notes(256).ends_with(said));
}

#[test]
fn a_long_comment_keeps_closed_days_and_counts_what_it_leaves_out() {
    let rules = PostingRules {
        locked_until: Some(day("2026-10-31")),
        ..rules()
    };
    let mut all: Vec<ToPost> = (10..40)
        .map(|n| to_post(&format!("ADJ{n:07}"), 1, AdjustmentReason::CycleCount, 1))
        .collect();
    all.push(ToPost {
        at: at("2026-10-20T09:00:00Z"),
        ..to_post("ADJ0000099", 1, AdjustmentReason::Found, 1)
    });
    let posting = documents(all, &levels(&[(1, 1)]), &rules);
    let line = &posting.documents[0].lines[0];
    assert_eq!(line.adjustments.len(), 31);
    expect_test::expect![[
        "Whistl ADJ0000099 found 1, belongs to 20 October 2026; ADJ0000010 cycle count +1; ADJ0000011 cycle count +1; ADJ0000012 cycle count +1; ADJ0000013 cycle count +1; ADJ0000014 cycle count +1; ADJ0000015 cycle count +1; ADJ0000016 cycle count +1; and 23 more"
    ]]
    .assert_eq(&line.comment);
}

#[test]
fn a_word_of_theirs_is_shown_in_their_words_on_one_line() {
    let spilt = ToPost {
        reason_text: "Spilt\r\n in  aisle 4".into(),
        ..to_post("ADJ-1", 1, AdjustmentReason::Other("SPILLAGE".into()), -1)
    };
    let posting = documents(vec![spilt], &levels(&[(1, 9)]), &rules());
    let comment = &posting.documents[0].lines[0].comment;
    assert_eq!(comment, "Whistl ADJ-1 Spilt in aisle 4 -1");
}

#[test]
fn notes_too_short_for_one_line_still_begin_with_the_key() {
    let posting = documents(
        vec![
            to_post("ADJ-1", 1, AdjustmentReason::Lost, -1),
            to_post("ADJ-2", 2, AdjustmentReason::Lost, -1),
        ],
        &levels(&[(1, 9), (2, 9)]),
        &rules(),
    );
    let document = &posting.documents[0];
    let notes = document.notes(60);
    assert_eq!(notes, format!("{} Whistl ADJ-…; and 1 more", document.key));
    assert!(document.key.is_in(&notes));
}

#[test]
fn a_key_is_short_and_is_read_back_only_if_it_is_one() {
    let key = DocumentKey::of(["ADJ-1"]);
    assert_eq!(key.as_str().len(), 35);
    assert_eq!(DocumentKey::parse(key.as_str()), Ok(key.clone()));
    for other in ["SB-1", "", &key.as_str().to_uppercase()] {
        assert!(DocumentKey::parse(other).is_err());
    }
    assert_ne!(DocumentKey::of(["AB", "C"]), DocumentKey::of(["A", "BC"]));
    // Pinned: another hash would post again what is posted already.
    expect_test::expect!["SB-8772540ecb8c703e5c840f67066f975f"].assert_eq(key.as_str());
}

/// A line that takes 2 away from 97.
fn line() -> Line {
    Line {
        target: target(2),
        change: -2,
        on_hand: Decimal::from(97),
        unit_cost: money("4.35"),
        adjustments: vec!["ADJ-5521".into()],
        comment: String::new(),
    }
}

#[test]
fn a_draft_that_reads_another_level_is_corrected() {
    let draft = |kind, on_hand: i64| at_draft(kind, &line(), Some(on_hand.into()));
    let kind = DocumentKind::Adjustment;
    assert_eq!(draft(kind, 97), Verdict::AsPlanned);
    let set_to = Decimal::from(94);
    assert_eq!(draft(kind, 96), Verdict::LevelMoved { set_to });
    assert_eq!(draft(kind, 1), Verdict::BelowZero);
    assert_eq!(draft(DocumentKind::WriteOff, 96), Verdict::AsPlanned);
    assert_eq!(draft(DocumentKind::WriteOff, 1), Verdict::BelowZero);
    assert_eq!(at_draft(kind, &line(), None), Verdict::Unseen);
    // Its answer never says.
    let write_off = at_draft(DocumentKind::WriteOff, &line(), None);
    assert_eq!(write_off, Verdict::AsPlanned);
}

#[test]
fn posted_but_the_figure_did_not_move_is_no_success() {
    let done = |kind, before: i64, after: i64| {
        at_completion(kind, &line(), Some(before.into()), Some(after.into()))
    };
    for kind in DocumentKind::ALL {
        assert_eq!(done(kind, 97, 95), Verdict::AsPlanned);
        assert_eq!(done(kind, 96, 94), Verdict::AsPlanned);
        assert_eq!(done(kind, 97, 97), Verdict::NotMoved);
        let unseen = at_completion(kind, &line(), Some(Decimal::from(97)), None);
        assert_eq!(unseen, Verdict::Unseen);
    }
    // A sale in between was swallowed by the level that was set.
    let set_to = Decimal::from(94);
    assert_eq!(
        done(DocumentKind::Adjustment, 96, 95),
        Verdict::LevelMoved { set_to }
    );
    assert_eq!(
        done(DocumentKind::WriteOff, 97, 94),
        Verdict::MovedOtherwise
    );
}

#[test]
fn without_an_account_stock_falls_by_adjustment_since_a_write_off_must_name_one() {
    let mut rules = rules();
    rules.accounts.other = None;
    let found = to_post("ADJ-5521", 2, AdjustmentReason::Lost, -2);
    let posting = documents(vec![found], &levels(&[(2, 97)]), &rules);
    assert_eq!(shape(&posting), ["adjustment : HPMUG002 -2"]);
}
