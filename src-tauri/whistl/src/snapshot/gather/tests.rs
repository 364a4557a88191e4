//! Pages as they should come, and as they do.

use expect_test::expect;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::samples::{profile, sample};
use crate::snapshot::{head, page};

fn recorded_head(name: &str) -> SnapshotHead {
    head(&sample(name), Some("BRI1"), &profile()).unwrap()
}

/// A head that announces so many SKUs.
fn announcing(item_count: u64) -> SnapshotHead {
    SnapshotHead {
        id: "S1".into(),
        item_count,
        ..recorded_head("rest/72-snapshot-SNP20261024A-header-200.json")
    }
}

fn level(sku: &str, on_hand: i64) -> CountedLevel {
    CountedLevel {
        sku: sku.into(),
        on_hand,
        allocated: 0,
        quarantined: 0,
        last_movement: Some(1),
    }
}

/// A page of S1 with those SKUs, ten of each there.
fn of_skus(skus: &[&str], next: Option<&str>) -> SnapshotPage {
    SnapshotPage {
        snapshot: "S1".into(),
        rows: skus.iter().map(|sku| Ok(level(sku, 10))).collect(),
        next_cursor: next.map(str::to_owned),
        has_more: next.is_some(),
    }
}

fn gathered(
    head: SnapshotHead,
    pages: Vec<SnapshotPage>,
) -> Result<WholeSnapshot, Box<PartSnapshot>> {
    let mut gathering = Gathering::new(head);
    for page in pages {
        gathering.take(page);
    }
    gathering.finish()
}

/// What is missing, in words.
fn missing(told: Result<WholeSnapshot, Box<PartSnapshot>>) -> Vec<String> {
    told.unwrap_err()
        .missing()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn skus(whole: &WholeSnapshot) -> Vec<&str> {
    whole
        .levels()
        .iter()
        .map(|level| level.sku.as_str())
        .collect()
}

#[test]
fn every_recorded_snapshot_is_whole() {
    for (id, mugs) in [
        ("70-snapshot-SNP20261023A", 9),
        ("72-snapshot-SNP20261024A", 2),
        ("74-snapshot-SNP20261026A", 0),
    ] {
        let (number, name) = id.split_at(2);
        let rows = number.parse::<u32>().unwrap() + 1;
        let body = sample(&format!("rest/{rows}{name}-items-200.json"));
        let head = recorded_head(&format!("rest/{id}-header-200.json"));
        let whole = gathered(head.clone(), vec![page(&body).unwrap()]).unwrap();
        assert_eq!(whole.head(), &head);
        assert_eq!(
            skus(&whole),
            ["BAG010NAT", "MUG330WHT", "TEE001BLKL", "TEE001BLKM"]
        );
        assert_eq!(whole.level("MUG330WHT").unwrap().good(), mugs);
        assert_eq!(whole.level("mug330wht"), None, "to the letter");
        assert!(whole.repeated().is_empty());
    }
}

#[test]
fn a_row_above_the_heads_movement_is_legal_and_kept() {
    let head = recorded_head("rest/72-snapshot-SNP20261024A-header-200.json");
    let torn = page(&sample("faults/snapshot-torn-items-200.json")).unwrap();
    let whole = gathered(head, vec![torn]).unwrap();
    let torn = whole.level("TEE001BLKM").unwrap().last_movement;
    assert!(torn > whole.head().last_movement);
}

#[test]
fn pages_are_asked_for_by_their_cursors_to_the_last() {
    let mut gathering = Gathering::new(announcing(3));
    assert_eq!(gathering.next(), &Next::Ask(None));
    gathering.take(of_skus(&["B", "C"], Some("c2")));
    assert_eq!(gathering.next(), &Next::Ask(Some("c2".into())));
    gathering.take(of_skus(&["A"], None));
    assert_eq!(gathering.next(), &Next::Finish);
    gathering.take(of_skus(&["Z"], None));
    gathering.expired();
    let whole = gathering.finish().unwrap();
    assert_eq!(
        skus(&whole),
        ["A", "B", "C"],
        "nothing is taken after the end"
    );
}

#[test]
fn an_empty_warehouse_is_whole() {
    let whole = gathered(announcing(0), vec![of_skus(&[], None)]).unwrap();
    assert!(whole.levels().is_empty());
    assert_eq!(
        missing(gathered(announcing(0), vec![])),
        ["not all of its pages were read"]
    );
}

#[test]
fn whatever_is_missing_is_named_and_what_was_read_can_be_shown() {
    let two = of_skus(&["A", "B"], None);
    let of_another = SnapshotPage {
        snapshot: "S2".into(),
        ..two.clone()
    };
    let of_none = SnapshotPage {
        snapshot: String::new(),
        ..two.clone()
    };
    let no_way_on = SnapshotPage {
        has_more: true,
        ..two.clone()
    };
    let differing = SnapshotPage {
        rows: vec![Ok(level("A", 10)), Ok(level("B", 10)), Ok(level("A", 11))],
        ..two.clone()
    };
    let mut of_no_word = announcing(2);
    of_no_word.is_complete = false;
    let cases = [
        ("not called complete", of_no_word, vec![two.clone()]),
        ("cut off", announcing(2), vec![of_skus(&["A"], Some("c2"))]),
        ("too few", announcing(3), vec![two.clone()]),
        ("too many", announcing(1), vec![two.clone()]),
        (
            "too many, with more to come",
            announcing(1),
            vec![of_skus(&["A", "B"], Some("c2"))],
        ),
        (
            "another",
            announcing(3),
            vec![of_skus(&["A"], Some("c2")), of_another],
        ),
        ("unnamed", announcing(2), vec![of_none]),
        ("no way on", announcing(2), vec![no_way_on]),
        ("differing", announcing(2), vec![differing]),
        ("far too many", announcing(u64::MAX), vec![two]),
    ];
    let told: Vec<String> = cases
        .into_iter()
        .map(|(name, head, pages)| {
            let part = gathered(head, pages).unwrap_err();
            let rows: Vec<&str> = part.rows().iter().map(|row| row.sku.as_str()).collect();
            let why: Vec<String> = part.missing().iter().map(ToString::to_string).collect();
            format!("{name}: {} [{}]\n", why.join("; "), rows.join(" "))
        })
        .collect();
    expect![[r"
        not called complete: Whistl does not say that it is complete [A B]
        cut off: not all of its pages were read; SKUs announced: 2, found: 1 [A]
        too few: SKUs announced: 3, found: 2 [A B]
        too many: SKUs announced: 1, found: 2 [A B]
        too many, with more to come: not all of its pages were read; SKUs announced: 1, found: 2 [A B]
        another: a page is of another snapshot, S2; SKUs announced: 3, found: 1 [A]
        unnamed: a page does not say of which snapshot it is; SKUs announced: 2, found: 0 []
        no way on: its pages lead nowhere [A B]
        differing: rows that contradict each other: A [A B]
        far too many: SKUs announced: 18446744073709551615, read at most: 500000; SKUs announced: 18446744073709551615, found: 0 []
    "]]
    .assert_eq(&told.concat());
}

#[test]
fn a_snapshot_that_expires_while_it_is_read_is_not_whole_even_if_the_count_fits() {
    let mut gathering = Gathering::new(announcing(1));
    gathering.take(of_skus(&["A"], Some("c2")));
    gathering.expired();
    assert_eq!(gathering.next(), &Next::Finish);
    let part = gathering.finish().unwrap_err();
    assert_eq!(part.missing(), [Missing::Time]);
    assert_eq!(part.rows().len(), 1);
}

#[test]
fn a_page_that_comes_twice_does_no_harm_and_is_named() {
    let pages = vec![
        of_skus(&["A", "B"], Some("c2")),
        of_skus(&["A", "B"], Some("c2")),
        of_skus(&["C"], None),
    ];
    let whole = gathered(announcing(3), pages).unwrap();
    assert_eq!(skus(&whole), ["A", "B", "C"]);
    assert_eq!(whole.repeated(), ["A", "B"]);
}

#[test]
fn repeats_do_not_make_up_for_a_missing_row() {
    let part = gathered(announcing(3), vec![of_skus(&["A", "B", "A"], None)]).unwrap_err();
    assert_eq!(
        part.missing(),
        [Missing::Count {
            announced: 3,
            found: 2
        }]
    );
    assert_eq!(part.repeated(), ["A"]);
}

#[test]
fn a_row_that_cannot_be_read_is_named_and_nothing_is_whole_beside_it() {
    let told = json!({"snapshot_id": "S1", "has_more": false, "items": [
        {"sku": "A", "on_hand": 1},
        {"sku": "B", "on_hand": 2.5},
        {"sku": "B", "on_hand": 2.5},
        {"sku": "C", "on_hand": 3},
    ]});
    let told = page(told.to_string().as_bytes()).unwrap();
    let part = gathered(announcing(2), vec![told]).unwrap_err();
    assert_eq!(part.missing(), [Missing::ReadableRows { rows: 1 }]);
    assert_eq!(part.bad()[0].field, "on_hand");
    assert_eq!(part.rows().len(), 2);
}

#[test]
fn pages_that_lead_nowhere_come_to_an_end() {
    let mut gathering = Gathering::new(announcing(9));
    gathering.take(of_skus(&["A"], Some("c2")));
    let mut asked = 0;
    while gathering.next() != &Next::Finish {
        gathering.take(of_skus(&["A"], Some("c2")));
        asked += 1;
    }
    assert_eq!(asked, 3);
    assert_eq!(missing(gathering.finish())[0], "its pages lead nowhere");
}

/// One row as it may come.
fn any_row() -> impl Strategy<Value = (String, i64)> {
    ("[A-E]", 0_i64..3)
}

fn any_page() -> impl Strategy<Value = SnapshotPage> {
    let rows = proptest::collection::vec(any_row(), 0..6);
    let snapshot = prop_oneof![9 => Just("S1"), 1 => Just("S2"), 1 => Just("")];
    (
        rows,
        snapshot,
        proptest::option::of("c[0-9]"),
        any::<bool>(),
    )
        .prop_map(|(rows, snapshot, next_cursor, has_more)| SnapshotPage {
            snapshot: snapshot.into(),
            rows: rows
                .iter()
                .map(|(sku, units)| Ok(level(sku, *units)))
                .collect(),
            next_cursor,
            has_more,
        })
}

proptest! {
    /// The promise of the contract's 5.11, judged by other means than the code's own.
    #[test]
    fn what_is_whole_is_whole_whatever_comes(
        pages in proptest::collection::vec(any_page(), 0..5),
        announced in 0_u64..6,
        complete in any::<bool>(),
    ) {
        let mut head = announcing(announced);
        head.is_complete = complete;
        if let Ok(whole) = gathered(head, pages.clone()) {
            let read = pages.iter().position(|page| !page.has_more).unwrap() + 1;
            let read = &pages[..read];
            prop_assert!(complete);
            prop_assert!(read.iter().all(|page| page.snapshot == "S1"));
            let rows: BTreeSet<(&str, i64)> = read
                .iter()
                .flat_map(|page| &page.rows)
                .map(|row| row.as_ref().unwrap())
                .map(|level| (level.sku.as_str(), level.on_hand))
                .collect();
            prop_assert_eq!(u64::try_from(rows.len()).unwrap(), announced, "one figure for each");
            let given: BTreeSet<(&str, i64)> =
                whole.levels().iter().map(|level| (level.sku.as_str(), level.on_hand)).collect();
            prop_assert_eq!(given, rows);
        }
    }

    #[test]
    fn however_rows_are_dealt_to_pages_one_whole_comes_of_it(
        order in Just((0..40_i64).collect::<Vec<_>>()).prop_shuffle(),
        size in 1_usize..12,
    ) {
        let pages = order.len().div_ceil(size);
        let dealt = order.chunks(size).zip(1..).map(|(rows, number)| SnapshotPage {
            snapshot: "S1".into(),
            rows: rows.iter().map(|n| Ok(level(&format!("SKU{n:02}"), *n))).collect(),
            next_cursor: (number < pages).then(|| format!("c{number}")),
            has_more: number < pages,
        });
        let whole = gathered(announcing(40), dealt.collect()).unwrap();
        let figures: Vec<i64> = whole.levels().iter().map(|level| level.on_hand).collect();
        prop_assert_eq!(figures, (0..40).collect::<Vec<_>>());
    }

    #[test]
    fn any_answers_whatever_come_to_an_end(pages in proptest::collection::vec(any_page(), 1..5)) {
        let mut gathering = Gathering::new(announcing(6));
        for page in pages.iter().cycle().take(100) {
            gathering.take(SnapshotPage {
                next_cursor: Some("on".into()),
                has_more: true,
                ..page.clone()
            });
        }
        prop_assert_eq!(gathering.next(), &Next::Finish);
        prop_assert!(gathering.finish().is_err());
    }
}
