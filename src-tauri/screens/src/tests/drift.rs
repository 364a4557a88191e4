//! Stock drift over a small store: the categories are all SKUs, and a SKU's story claims no
//! more than the comparisons and the movements say.

use std::sync::LazyLock;

use domain::ProductId;
use rust_decimal::Decimal;
use store::{
    NewAdjustment, NewDriftDecision, NewReconciliation, NewStockLine, StockCounts, StockTotals,
};

use super::*;
use crate::drift::{Drift, card, export, sku, today};
use crate::month::{month_end, month_file};
use crate::shapes::{DriftCard, DriftCategory, DriftFilter, DriftOpened, DriftSku, MonthForm};

/// Noon of the world, when the last comparison began.
fn at(hour: i64) -> DateTime<Utc> {
    now() + chrono::Duration::hours(hour - 12)
}

struct World {
    dir: tempfile::TempDir,
    store: Store,
}

static PRODUCT: LazyLock<Option<ProductId>> =
    LazyLock::new(|| ProductId::parse("00000000-0000-4000-9000-000000000001").ok());

fn line(sku: &str, figures: [i64; 4], category: &'static str) -> NewStockLine<'static> {
    let [cin7, counted, in_flight, pending] = figures;
    let gap = match category {
        "not_comparable" => 0,
        _ => counted - cin7 - in_flight - pending,
    };
    NewStockLine {
        sku: sku.to_owned().into(),
        whistl_sku: sku.to_owned().into(),
        product: PRODUCT.as_ref(),
        name: format!("{sku}, stoneware").into(),
        cin7: cin7.into(),
        allocated: 0.into(),
        counted: counted.into(),
        quarantined: 0.into(),
        in_flight: in_flight.into(),
        pending: pending.into(),
        unexplained: gap.into(),
        category,
        cause: "",
        is_approximate: false,
        at_risk: (-gap).max(0).into(),
        unit_cost: Some(Decimal::new(1650, 2)),
        price: None,
        value: Decimal::new(1650 * gap.abs(), 2),
        priority: if gap == 0 { i64::MAX } else { -gap.abs() },
    }
}

impl World {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options {
            durability: Durability::Fast,
            program: "tests",
            now: now(),
        };
        let store = Store::open(dir.path(), Some(key()), options).unwrap();
        Self { dir, store }
    }

    fn compare(&mut self, hour: i64, lines: &[NewStockLine<'_>], kept: &[(&str, &str)], why: &str) {
        let sum = |of: fn(&NewStockLine<'_>) -> Decimal| lines.iter().map(of).sum();
        let totals = StockTotals {
            cin7: sum(|line| line.cin7),
            in_flight: sum(|line| line.in_flight),
            pending: sum(|line| line.pending),
            counted: sum(|line| line.counted),
            unexplained: sum(|line| line.unexplained),
            value: sum(|line| line.value),
            net_value: sum(|line| line.unexplained * Decimal::new(1650, 2)),
        };
        let of = |category: &str| {
            let of_it = lines.iter().filter(|line| line.category == category);
            u32::try_from(of_it.count()).unwrap()
        };
        let counts = StockCounts {
            can_oversell: of("can_oversell"),
            cin7_short: of("cin7_short"),
            posting_blocked: of("posting_blocked"),
            explained: of("explained"),
            matched: of("matched"),
            not_comparable: of("not_comparable") + u32::try_from(kept.len()).unwrap(),
        };
        let new = NewReconciliation {
            run: &format!("run-{hour}"),
            began: at(hour),
            ended: at(hour) + chrono::Duration::seconds(38),
            is_whole: why.is_empty(),
            why,
            snapshot: "SNAP-1",
            as_of: at(hour),
            read_at: at(hour) + chrono::Duration::seconds(12),
            rows_read: 2,
            told_up_to: None,
            totals: &totals,
            counts,
        };
        self.store
            .write(|w| w.put_reconciliation(&new, lines.iter().cloned(), kept))
            .unwrap();
    }

    fn adjust(&mut self, id: &str, sku: &str, units: i64, hour: i64) {
        let new = NewAdjustment {
            id,
            revision: 1,
            movement: None,
            sku,
            units,
            in_building: units,
            why: "cycle_count",
            why_text: "Cycle count",
            note: "",
            warehouse: "BRS1",
            reverses: "",
            belongs_to: "",
            at: at(hour),
            published: None,
            goods: [1; 32],
            content: [1; 32],
            raw: "{}",
        };
        self.store
            .write(|w| w.take_adjustment(&new, at(hour)))
            .unwrap();
    }

    fn look<T>(&self, seen: impl FnOnce(&Views<'_>) -> T) -> T {
        let reading = Reading::open(self.dir.path(), Some(key())).unwrap();
        let settings = Settings::default();
        let now = at(12) + chrono::Duration::minutes(20);
        seen(&Views::new(&reading, &settings, now))
    }

    fn card(&self, sku: &str) -> DriftCard {
        self.look(|look| card(look, sku).unwrap())
    }

    fn page(&self, name: &str) -> DriftSku {
        self.look(|look| sku(look, name).unwrap())
    }

    fn open(&self, filter: &DriftFilter) -> (DriftOpened, Vec<String>) {
        self.look(|look| {
            let lists = Drift::default();
            let opened = lists.open(look, filter).unwrap();
            let rows = lists.rows(look, opened.list, 0, 200).unwrap();
            (opened, rows.into_iter().map(|row| row.sku).collect())
        })
    }
}

fn all() -> DriftFilter {
    DriftFilter {
        category: None,
        find: None,
    }
}

/// The picture's teapot: 34 in Cin7, 8 in flight, 8 counted.
fn teapots() -> World {
    let mut world = World::new();
    let teapot = |counted| line("TEAPOT04", [34, counted, -8, 0], "can_oversell");
    let others = [
        line("MUGSET2", [61, 61, 0, 0], "matched"),
        line("LAMPWH", [120, 127, 0, 0], "cin7_short"),
    ];
    let mut lines = vec![NewStockLine {
        category: "explained",
        ..teapot(26)
    }];
    lines.extend(others.clone());
    world.compare(8, &lines, &[], "");
    lines[0] = teapot(8);
    world.compare(12, &lines, &[], "");
    world
}

#[test]
fn a_teapots_story_is_told_as_far_as_it_is_known() {
    let world = teapots();
    let card = world.card("TEAPOT04");
    assert_eq!(
        card.title,
        "TEAPOT04: Whistl counted 8, Stockbridge expected 26"
    );
    assert_eq!(
        card.sentences,
        [
            "The gap opened between the 08:00 and 12:00 runs.",
            "No adjustment from Whistl explains it, and all 8 units in flight are accounted for.",
        ]
    );
    assert_eq!(
        card.effect,
        "Posting −18 to Cin7 Core stops your channels selling stock that is not there."
    );
    assert_eq!(card.post_button, "Post −18 to Cin7 Core");
    assert_eq!(card.row.means, "can oversell 18");
    assert_eq!(card.row.value.as_deref(), Some("297.00"));
    assert!(card.recount.allowed && card.accept.allowed && !card.withdraw.allowed);
    assert_eq!(
        card.post.why_not, "Stockbridge only looks for now: nothing is posted before you go live.",
        "the settings of this world are those of the first day"
    );
    let first = world.card("LAMPWH");
    assert_eq!(
        first.sentences,
        ["The gap was there when this SKU was first compared, at 08:00."]
    );
}

#[test]
fn what_whistl_adjusted_in_between_is_told_and_listed() {
    let mut world = teapots();
    world.adjust("ADJ-1", "TEAPOT04", -2, 10);
    world.adjust("ADJ-2", "TEAPOT04", 3, 7);
    let card = world.card("TEAPOT04");
    assert_eq!(
        card.sentences[1],
        "Whistl reported 1 adjustment of −2 in between, which is counted in already, and all 8 units in flight are accounted for."
    );
    assert_eq!(card.opened, "Between 08:00 and 12:00");
    assert_eq!(card.events.len(), 1);
    assert_eq!(card.events[0].title, "Adjusted at Whistl: cycle count");
    assert_eq!(card.events[0].change, "−2");
}

#[test]
fn the_categories_are_all_skus_and_each_opens_just_its_own() {
    let world = teapots();
    let (opened, skus) = world.open(&all());
    assert_eq!(skus, ["TEAPOT04", "LAMPWH", "MUGSET2"]);
    let run = opened.run.unwrap();
    assert_eq!(run.title, "Reconciled 12:00 today, 3 SKUs in 38 s");
    assert_eq!(run.not_compared, "");
    let counted: u32 = opened.chips.iter().map(|chip| chip.count).sum();
    assert_eq!(counted, opened.total);
    for chip in &opened.chips {
        let filter = DriftFilter {
            category: Some(chip.category),
            find: None,
        };
        assert_eq!(world.open(&filter).0.total, chip.count, "{}", chip.title);
    }
    let sums: Vec<&str> = opened.sums.iter().map(|sum| sum.value.as_str()).collect();
    assert_eq!(sums, ["215", "−8", "0", "207", "196", "−11"]);
    let found = DriftFilter {
        category: None,
        find: Some("lamp".into()),
    };
    assert_eq!(world.open(&found).1, ["LAMPWH"]);
}

#[test]
fn a_run_that_compared_nothing_keeps_the_last_sums_and_clears_nothing() {
    let mut world = teapots();
    let kept = ["TEAPOT04", "MUGSET2", "LAMPWH"].map(|sku| (sku, "not_read"));
    world.compare(16, &[], &kept, "Whistl’s stock list broke off at page 3");
    let (opened, _) = world.open(&all());
    let run = opened.run.unwrap();
    assert!(run.title.starts_with("Not reconciled at "), "{}", run.title);
    assert!(
        run.not_compared.starts_with(
            "No SKU was compared: Whistl’s stock list broke off at page 3. The figures below"
        ),
        "{}",
        run.not_compared
    );
    assert_eq!(
        opened.sums_of,
        "As of 12:00, the last whole reconciliation."
    );
    assert_eq!(opened.sums[5].value, "−11");
    let matched = opened
        .chips
        .iter()
        .find(|chip| chip.category == DriftCategory::Matched);
    assert_eq!(
        matched.unwrap().count,
        0,
        "nothing is called matched on old figures"
    );
    let card = world.card("TEAPOT04");
    assert_eq!(card.title, "TEAPOT04: not compared");
    assert_eq!(
        card.sentences,
        ["One side’s figure of TEAPOT04 could not be read. The next reconciliation tries again."]
    );
    assert!(!card.post.allowed);
}

#[test]
fn what_was_decided_stands_on_the_card_and_in_the_past() {
    let mut world = teapots();
    let reading = world.store.reading();
    let row = reading.stock_line("LAMPWH").unwrap().unwrap();
    let new = NewDriftDecision {
        line: row.key,
        run: row.run,
        what: "accept",
        units: 7.into(),
        note: "a return is on its way",
        until: Some(at(12) + chrono::Duration::hours(36)),
        document: None,
        who: "Sam",
        at: at(12) + chrono::Duration::minutes(5),
    };
    world.store.write(|w| w.decide_drift(&new)).unwrap();
    let card = world.card("LAMPWH");
    assert_eq!(
        card.decided,
        ["Accepted by Sam until 25 Nov: “a return is on its way”"]
    );
    assert!(card.withdraw.allowed && !card.accept.allowed);
    assert_eq!(card.row.note, "accepted until 25 Nov");
    let page = world.page("LAMPWH");
    assert_eq!(page.history.len(), 2, "a point for each comparison");
    assert_eq!(page.events[0].title, "Accepted until 25 Nov by Sam");
    assert_eq!(page.events[0].detail, "a return is on its way");
}

#[test]
fn before_the_first_comparison_there_is_nothing_and_after_it_today_counts() {
    let world = World::new();
    let (opened, skus) = world.open(&all());
    assert!(opened.run.is_none() && opened.sums.is_empty() && skus.is_empty());
    assert!(world.look(|look| today(look).unwrap()).is_none());
    let told = teapots().look(|look| today(look).unwrap()).unwrap();
    assert_eq!((told.need_you, told.unexplained), (2, 2));
    assert_eq!(told.runs.len(), 2);
}

#[test]
fn the_file_has_a_line_for_each_sku_and_its_columns_add_up() {
    let world = teapots();
    let text = world.look(|look| export(look, &all()).unwrap());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(
        lines[1].starts_with(
            "\"TEAPOT04\",\"TEAPOT04\",\"TEAPOT04, stoneware\",\"34\",\"-8\",\"0\",\"26\",\"8\",\"-18\",\"-297.00\",\"can oversell\",\"18\""
        ),
        "{}",
        lines[1]
    );
}

#[test]
fn a_month_s_end_is_read_from_the_top_and_signed_once_it_is_over() {
    let mut world = World::new();
    let early = world.look(|look| month_end(look, None).unwrap());
    assert!(early.months.is_empty() && early.lines.is_empty());
    assert!(early.missing.starts_with("Stock was not compared twice"));
    assert!(!early.sign.allowed);

    world.compare(8, &[line("TEAPOT04", [34, 34, 0, 0], "matched")], &[], "");
    world.compare(
        12,
        &[line("TEAPOT04", [34, 8, -8, 0], "can_oversell")],
        &[],
        "",
    );
    let now = world.look(|look| month_end(look, None).unwrap());
    let shown: Vec<_> = now
        .lines
        .iter()
        .map(|line| (line.text.as_str(), line.units.as_str(), line.money.as_str()))
        .collect();
    let wanted = [
        ("On hand in Cin7 Core at the opening", "34", "£561.00"),
        ("Despatched", "0", "£0.00"),
        ("On hand in Cin7 Core at the close", "34", "£561.00"),
        ("Left the warehouse, not yet in Cin7 Core", "−8", "−£132.00"),
        ("Unexplained", "−18", "−£297.00"),
        ("Counted by Whistl at the close", "8", "£132.00"),
    ];
    assert_eq!(shown, wanted);
    assert_eq!(
        now.notes,
        ["Unexplained at the close: 1 SKU, each listed in the report."]
    );
    assert_eq!(now.sign.why_not, "The month is not over.");
    assert_eq!(now.months.len(), 1);
    let file = |form| world.look(|look| month_file(look, &now.month, form).unwrap());
    let (name, page) = file(MonthForm::Page);
    assert_eq!(name, "stock-2026-11.html");
    assert!(page.contains("TEAPOT04"), "{page}");
    let (name, table) = file(MonthForm::Table);
    assert_eq!(name, "stock-2026-11.csv");
    assert!(table.contains("\"difference\",\"TEAPOT04\""));
    let odd = world.look(|look| month_end(look, Some("soon")).unwrap_err());
    assert_eq!(
        (odd.code.as_str(), odd.field.as_deref()),
        ("month_invalid", Some("month"))
    );
}
