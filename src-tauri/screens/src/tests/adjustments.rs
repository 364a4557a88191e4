//! Stock adjustments over a small store: each under one tab besides “All”, counts that are
//! what they open, and words that claim no more than is known.

use domain::Owner as Whose;
use store::{AdjustmentKey, AdjustmentStands, AdjustmentState, NewAdjustment, TookAdjustment};

use super::*;
use crate::adjustments::{Adjustments, preview, told, view};
use crate::shapes::{
    AdjustmentAct, AdjustmentTab, AdjustmentsFilter, AdjustmentsOpened, MapKind, Owner,
};

const TABS: [AdjustmentTab; 4] = [
    AdjustmentTab::NeedsYou,
    AdjustmentTab::Waiting,
    AdjustmentTab::Posted,
    AdjustmentTab::SetAside,
];

fn minutes_ago(minutes: i64) -> DateTime<Utc> {
    now() - chrono::Duration::minutes(minutes)
}

struct World {
    dir: tempfile::TempDir,
    store: Store,
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

    fn counted(
        &mut self,
        id: &str,
        sku: &str,
        units: i64,
        why: &str,
        minutes: i64,
    ) -> AdjustmentKey {
        let new = NewAdjustment {
            id,
            revision: 1,
            movement: None,
            sku,
            units,
            in_building: units,
            why,
            why_text: "",
            note: "bay 14",
            warehouse: "",
            reverses: "",
            belongs_to: "",
            at: minutes_ago(minutes),
            published: None,
            goods: [7; 32],
            content: [7; 32],
            raw: "{}",
        };
        let took = self
            .store
            .write(|w| w.take_adjustment(&new, minutes_ago(minutes)))
            .unwrap();
        let TookAdjustment::New(key) = took else {
            panic!("{id} was known before")
        };
        key
    }

    fn stands(
        &mut self,
        key: AdjustmentKey,
        state: AdjustmentState,
        owner: Option<Whose>,
        cause: &str,
        detail: &str,
    ) {
        let by = if owner.is_none() { "Ada" } else { "" };
        let stands = AdjustmentStands {
            state,
            owner,
            causes: &[cause],
            detail,
            due: now(),
            failed: state == AdjustmentState::Failed,
            by,
            why: "counted twice",
        };
        self.store
            .write(|w| w.adjustment_stands(key, &stands, now()))
            .unwrap();
    }

    fn look<T>(&self, seen: impl FnOnce(&Views<'_>) -> T) -> T {
        let reading = Reading::open(self.dir.path(), Some(key())).unwrap();
        let settings = Settings::default();
        seen(&Views::new(&reading, &settings, now()))
    }
}

fn whole(tab: AdjustmentTab) -> AdjustmentsFilter {
    AdjustmentsFilter {
        tab,
        owner: None,
        reason: None,
        day: None,
        find: None,
    }
}

fn ids(world: &World, filter: &AdjustmentsFilter) -> (AdjustmentsOpened, Vec<String>) {
    world.look(|look| {
        let lists = Adjustments::default();
        let opened = lists.open(look, filter).unwrap();
        let rows = lists.rows(look, opened.list, 0, 200).unwrap();
        (opened, rows.into_iter().map(|row| row.id).collect())
    })
}

fn mixed() -> World {
    use AdjustmentState as S;
    let mut world = World::new();
    let large = world.counted("ADJ-1", "TEAPOT04", -18, "lost", 90);
    world.stands(
        large,
        S::NeedsApproval,
        Some(Whose::Finance),
        "value",
        "It is worth £297.00 at cost; £250.00 may be posted without a person.",
    );
    let unknown = world.counted("ADJ-2", "POT4", -1, "damaged", 200);
    world.stands(unknown, S::Failed, Some(Whose::Office), "unknown_sku", "");
    let goods_in = world.counted("ADJ-3", "MUGSET2", 40, "receipt", 300);
    world.stands(
        goods_in,
        S::NeedsApproval,
        Some(Whose::Office),
        "receipt",
        "",
    );
    world.counted("ADJ-4", "BRUSH9", -2, "cycle_count", 5);
    world.counted("ADJ-5", "LAMPWH", 7, "found", 26 * 60);
    let dismissed = world.counted("ADJ-6", "BRUSH9", -3, "lost", 60);
    world.stands(dismissed, S::Dismissed, None, "", "");
    world
}

#[test]
fn what_needs_someone_comes_first_and_every_count_is_what_it_opens() {
    let world = mixed();
    let (all, in_order) = ids(&world, &whole(AdjustmentTab::All));
    assert_eq!(
        in_order,
        ["ADJ-3", "ADJ-1", "ADJ-2", "ADJ-5", "ADJ-4", "ADJ-6"]
    );
    let groups: Vec<(&str, u32)> = all
        .groups
        .iter()
        .map(|group| (group.title.as_str(), group.count))
        .collect();
    assert_eq!(
        groups,
        [
            ("Needs approval: goods in", 1),
            ("Needs approval: above a limit", 1),
            ("Failed: unknown SKU", 1),
            ("On the way to Cin7 Core", 2),
            ("Settled today", 1),
        ]
    );
    let mut each = Vec::new();
    for tab in TABS {
        let (opened, ids) = ids(&world, &whole(tab));
        let counted = opened.tabs.iter().find(|count| count.tab == tab).unwrap();
        assert_eq!(counted.count, opened.total);
        let grouped: u32 = opened.groups.iter().map(|group| group.count).sum();
        assert_eq!(grouped, opened.total);
        each.extend(ids);
    }
    each.sort();
    let mut whole = in_order;
    whole.sort();
    assert_eq!(each, whole, "each is under one tab besides all");
    world.look(|look| assert_eq!(crate::adjustments::need_you(look).unwrap(), 3));
}

#[test]
fn a_list_is_narrowed_by_owner_reason_day_and_name() {
    let world = mixed();
    let narrowed = |more: AdjustmentsFilter| ids(&world, &more).1;
    let all = || whole(AdjustmentTab::All);
    let owner = Some(Owner::Office);
    assert_eq!(
        narrowed(AdjustmentsFilter { owner, ..all() }),
        ["ADJ-3", "ADJ-2"]
    );
    let reason = Some("lost".to_owned());
    assert_eq!(
        narrowed(AdjustmentsFilter { reason, ..all() }),
        ["ADJ-1", "ADJ-6"]
    );
    let day = Some("2026-11-23".to_owned());
    assert_eq!(narrowed(AdjustmentsFilter { day, ..all() }), ["ADJ-5"]);
    let find = Some("brush".to_owned());
    assert_eq!(
        narrowed(AdjustmentsFilter { find, ..all() }),
        ["ADJ-4", "ADJ-6"]
    );
    let day = Some("2026-13-40".to_owned());
    world.look(|look| {
        let wrong = Adjustments::default().open(look, &AdjustmentsFilter { day, ..all() });
        assert_eq!(wrong.unwrap_err().code, "day_invalid");
    });
}

#[test]
fn a_list_stays_as_it_was_and_says_what_it_misses() {
    let mut world = mixed();
    let lists = Adjustments::default();
    let filter = whole(AdjustmentTab::Waiting);
    let list = world.look(|look| lists.open(look, &filter).unwrap().list);
    let gone = world.look(|look| look.reading.adjustment("ADJ-4").unwrap().unwrap().key);
    let failed = AdjustmentState::Failed;
    world.stands(gone, failed, Some(Whose::Finance), "period_locked", "");
    world.counted("ADJ-7", "BRUSH9", -1, "lost", 1);
    world.look(|look| {
        let news = lists.news(look, list).unwrap();
        assert_eq!((news.new, news.gone), (1, 1));
        let rows = lists.rows(look, list, 0, 200).unwrap();
        let shown: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(shown, ["ADJ-5", "ADJ-4"]);
        assert_eq!(rows[1].state_title, "Closed period");
    });
}

#[test]
fn what_is_wrong_says_whose_it_is_and_what_would_put_it_right() {
    let world = mixed();
    world.look(|look| {
        let large = view(look, "ADJ-1").unwrap();
        assert_eq!(large.row.owner, Some(Owner::Finance));
        assert!(
            large.sentences[0].contains("worth £297.00 at cost"),
            "{large:?}"
        );
        assert!(large.sentences[1].contains("Approve it"), "{large:?}");
        assert!(large.approve.allowed && large.dismiss.allowed && large.already.allowed);
        assert!(large.said.iter().any(|fact| fact.text == "bay 14"));

        let unknown = view(look, "ADJ-2").unwrap();
        assert!(unknown.sentences[0].contains("Map the SKU"), "{unknown:?}");
        assert_eq!(unknown.map, Some(MapKind::Sku));
        assert!(unknown.retry.allowed && !unknown.approve.allowed);

        let dismissed = view(look, "ADJ-6").unwrap();
        assert_eq!(
            dismissed.sentences,
            [
                "Not posted, by decision.",
                "Dismissed by Ada: counted twice."
            ]
        );
        assert!(!dismissed.retry.allowed && !dismissed.dismiss.allowed);
        assert_eq!(view(look, "ADJ-99").unwrap_err().code, "adjustment_unknown");
    });
}

#[test]
fn every_act_says_its_exact_effect_before_and_names_what_was_done() {
    let world = mixed();
    world.look(|look| {
        let approve = preview(look, AdjustmentAct::Approve, "ADJ-1").unwrap();
        assert_eq!(approve.title, "Approve −18 TEAPOT04?");
        assert_eq!((approve.allowed, approve.needs_reason), (1, false));
        assert!(
            approve.effect[0].contains("falls by 18 units"),
            "{approve:?}"
        );
        assert!(
            approve.effect[1].contains("read just before"),
            "{approve:?}"
        );
        for act in [AdjustmentAct::Dismiss, AdjustmentAct::Already] {
            let aside = preview(look, act, "ADJ-3").unwrap();
            assert!(aside.needs_reason, "{aside:?}");
            assert!(aside.effect[0].contains("40 units"), "{aside:?}");
        }
        let retry = preview(look, AdjustmentAct::Retry, "ADJ-1").unwrap();
        assert!(retry.effect[1].contains("no approval"), "{retry:?}");
        let done = preview(look, AdjustmentAct::Approve, "ADJ-6").unwrap();
        assert_eq!((done.allowed, done.effect.len()), (0, 1));
        let said = told(look, AdjustmentAct::Dismiss, "ADJ-1").unwrap();
        assert!(said.text.starts_with("−18 TEAPOT04 (ADJ-1) is not posted"));
    });
}
