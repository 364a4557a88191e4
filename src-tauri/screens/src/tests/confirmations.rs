//! Confirmations over a small store: each despatch under one tab, counts that are what they
//! open, and words that claim no more than is known.

use domain::Owner as Whose;
use store::{DespatchKey, DespatchState, NewDespatch, SaleKey, TookDespatch};

use super::*;
use crate::confirmations::{Confirmations, preview, view};
use crate::shapes::{
    ConfirmationAct, ConfirmationTab, ConfirmationsFilter, ConfirmationsOpened, Owner, StageState,
};

const TABS: [ConfirmationTab; 4] = [
    ConfirmationTab::NeedsYou,
    ConfirmationTab::Waiting,
    ConfirmationTab::Posted,
    ConfirmationTab::LeftAlone,
];

fn minutes_ago(minutes: i64) -> DateTime<Utc> {
    now() - chrono::Duration::minutes(minutes)
}

struct World {
    dir: tempfile::TempDir,
    store: Store,
}

impl World {
    /// Ten orders at the warehouse, of which nothing has left yet.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options {
            durability: Durability::Fast,
            program: "tests",
            now: now(),
        };
        let mut store = Store::open(dir.path(), Some(key()), options).unwrap();
        fill::sales_in(&mut store, OrderState::AtWarehouse, 1, 10, now()).unwrap();
        Self { dir, store }
    }

    /// A despatch of that sale that left so many minutes ago; 0 for no sale of ours.
    fn left(&mut self, id: &str, sale: i64, minutes: i64) -> DespatchKey {
        let new = NewDespatch {
            id,
            revision: 1,
            voids: "",
            raw_reference: "SO-UNKNOWN",
            sale: (sale > 0).then_some(SaleKey(sale)),
            at: minutes_ago(minutes),
            published: None,
            is_last: true,
            units: 3,
            parcels: 2,
            goods: [7; 32],
            content: [7; 32],
            raw: b"{}",
            tracking: &[],
        };
        let took = self.store.write(|w| w.take_despatch(&new, now())).unwrap();
        let TookDespatch::New(key) = took else {
            panic!("{id} was known before")
        };
        key
    }

    fn wrong(&mut self, despatch: DespatchKey, owner: Whose, reason: &str, words: &str) {
        let state = DespatchState::Exception;
        self.store
            .write(|w| w.despatch_stands(despatch, state, Some(owner), reason, words, now()))
            .unwrap();
    }

    fn look<T>(&self, seen: impl FnOnce(&Views<'_>) -> T) -> T {
        let reading = Reading::open(self.dir.path(), Some(key())).unwrap();
        let settings = Settings::default();
        seen(&Views::new(&reading, &settings, now()))
    }
}

fn whole(tab: ConfirmationTab) -> ConfirmationsFilter {
    ConfirmationsFilter {
        tab,
        owner: None,
        find: None,
    }
}

fn ids(world: &World, filter: &ConfirmationsFilter) -> (ConfirmationsOpened, Vec<String>) {
    world.look(|look| {
        let lists = Confirmations::default();
        let opened = lists.open(look, filter).unwrap();
        let rows = lists.rows(look, opened.list, 0, 200).unwrap();
        (
            opened,
            rows.into_iter().map(|row| row.despatch_id).collect(),
        )
    })
}

fn mixed() -> World {
    let mut world = World::new();
    let voided = world.left("DSP-1", 1, 90);
    world.wrong(voided, Whose::Office, "sale_voided", "The sale is voided.");
    let more = world.left("DSP-2", 2, 200);
    world.wrong(more, Whose::Warehouse, "more_than_ordered", "5 left.");
    world.left("DSP-3", 3, 5);
    world.left("DSP-4", 4, 50);
    let told = world.left("DSP-5", 5, 60);
    world
        .store
        .write(|w| w.despatch_posted(told, "task", 1, &[], minutes_ago(40)))
        .unwrap();
    let closed = world.left("DSP-6", 6, 70);
    world
        .store
        .write(|w| {
            let state = DespatchState::Closed;
            w.despatch_stands(closed, state, None, "dismissed", "put right by hand", now())
        })
        .unwrap();
    world.left("DSP-7", 0, 30);
    world
}

#[test]
fn every_despatch_is_under_one_tab_and_every_count_is_what_it_opens() {
    let world = mixed();
    let mut all = Vec::new();
    for tab in TABS {
        let (opened, ids) = ids(&world, &whole(tab));
        let counted = opened.tabs.iter().find(|count| count.tab == tab).unwrap();
        assert_eq!(counted.count, opened.total);
        let grouped: u32 = opened.groups.iter().map(|group| group.count).sum();
        assert_eq!(grouped, opened.total);
        all.extend(ids);
    }
    all.sort();
    let expected: Vec<String> = (1..=7).map(|n| format!("DSP-{n}")).collect();
    assert_eq!(all, expected);
}

#[test]
fn what_has_waited_longest_comes_first_and_an_owner_sees_their_own() {
    let world = mixed();
    let (opened, waiting) = ids(&world, &whole(ConfirmationTab::Waiting));
    assert_eq!(waiting, ["DSP-4", "DSP-3"]);
    for owner in &opened.owners {
        let filter = ConfirmationsFilter {
            owner: Some(owner.owner),
            ..whole(ConfirmationTab::NeedsYou)
        };
        assert_eq!(ids(&world, &filter).0.total, owner.count);
    }
    let filter = ConfirmationsFilter {
        owner: Some(Owner::Warehouse),
        ..whole(ConfirmationTab::NeedsYou)
    };
    assert_eq!(ids(&world, &filter).1, ["DSP-2"]);
    let filter = ConfirmationsFilter {
        find: Some("dsp-1".into()),
        ..whole(ConfirmationTab::NeedsYou)
    };
    assert_eq!(ids(&world, &filter).1, ["DSP-1"]);
}

#[test]
fn a_list_stays_as_it_was_and_says_what_it_misses() {
    let mut world = mixed();
    let lists = Confirmations::default();
    let filter = whole(ConfirmationTab::Waiting);
    let list = world.look(|look| lists.open(look, &filter).unwrap().list);
    let first = world.look(|look| lists.rows(look, list, 0, 1).unwrap());
    assert_eq!(first[0].state_title, "Cin7 Core is told next");
    let gone = world.look(|look| look.reading.despatch("DSP-4").unwrap().unwrap().key);
    world.wrong(gone, Whose::Office, "short_of_stock", "Too little stock.");
    world.left("DSP-8", 8, 1);
    let (news, rows) = world.look(|look| {
        let news = lists.news(look, list).unwrap();
        (news, lists.rows(look, list, 0, 200).unwrap())
    });
    assert_eq!((news.new, news.gone), (1, 1));
    let shown: Vec<&str> = rows.iter().map(|row| row.despatch_id.as_str()).collect();
    assert_eq!(shown, ["DSP-4", "DSP-3"]);
    assert_eq!(rows[0].state_title, "Too little stock in Cin7 Core");
}

#[test]
fn what_is_wrong_is_a_sentence_with_its_owner_and_what_may_be_done() {
    let world = mixed();
    world.look(|look| {
        let page = view(look, "DSP-1").unwrap();
        assert_eq!(page.sentences, ["The sale is voided."]);
        assert_eq!(page.row.owner, Some(Owner::Office));
        assert!(page.retry.allowed && page.leave_alone.allowed);
        assert!(
            page.stages
                .iter()
                .all(|stage| stage.state == StageState::ToCome)
        );

        let told = view(look, "DSP-5").unwrap();
        assert!(!told.retry.allowed && !told.leave_alone.allowed);
        // Nothing says that it was us who told: no step of ours is on record.
        assert!(told.stages.iter().all(|stage| stage.text == "found there"));

        let left_alone = view(look, "DSP-6").unwrap();
        assert!(left_alone.sentences.concat().contains("Put right by hand."));

        let unknown = view(look, "DSP-7").unwrap();
        assert_eq!(unknown.row.number, None);
        assert!(
            unknown.stages.is_empty(),
            "nothing is told of what nobody knows"
        );
        assert_eq!(view(look, "DSP-99").unwrap_err().code, "despatch_unknown");
    });
}

#[test]
fn both_actions_say_what_they_do_before_they_do_it() {
    let world = mixed();
    world.look(|look| {
        let retry = preview(look, ConfirmationAct::Retry, "DSP-1").unwrap();
        assert_eq!((retry.allowed, retry.needs_reason), (1, false));
        assert!(
            retry.effect[0].contains("3 units in 2 parcels"),
            "{retry:?}"
        );
        let leave = preview(look, ConfirmationAct::LeaveAlone, "DSP-1").unwrap();
        assert!(leave.needs_reason);
        let done = preview(look, ConfirmationAct::Retry, "DSP-5").unwrap();
        assert_eq!((done.allowed, done.effect.len()), (0, 1));
    });
}
