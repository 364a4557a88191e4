//! Facts in, alerts out.

use chrono::Duration;
use domain::{HoldCode, Owner};
use store::OrderState;

use super::super::facts::{GapFacts, Need, ToConfirm, VendorFacts};
use super::super::one_carrier::OneCarrier;
use super::*;

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_521_600, 0).unwrap()
}

fn live() -> Settings {
    let mut settings = Settings::default();
    settings.set_text("mode", "live").unwrap();
    settings
}

fn needs(state: OrderState, owner: Owner, count: i64) -> Need {
    Need {
        state: Some(state),
        owner,
        causes: vec![(Some(HoldCode::PhoneMissing), count)],
        came: count,
        newest: None,
    }
}

fn codes(facts: &Facts) -> Vec<&'static str> {
    alerts(facts, &live(), noon())
        .iter()
        .map(|alert| alert.code)
        .collect()
}

#[test]
fn nothing_wrong_raises_nothing() {
    assert_eq!(judge(&Facts::default(), &live(), noon()), []);
}

#[test]
fn a_backlog_is_told_while_it_grows_and_clears_itself() {
    let mut facts = Facts {
        waiting: 3,
        oldest_waiting: Some(noon() - Duration::minutes(15)),
        ..Facts::default()
    };
    assert_eq!(codes(&facts), ["backlog"]);
    facts.oldest_waiting = Some(noon() - Duration::minutes(14));
    assert!(codes(&facts).is_empty(), "three, and not old");
    facts.waiting = 25;
    assert_eq!(codes(&facts), ["backlog"], "many, and not old");
    assert!(
        alerts(&facts, &Settings::default(), noon()).is_empty(),
        "in look only, waiting is what orders do"
    );
}

#[test]
fn one_order_is_told_as_one_and_each_owner_gets_their_own() {
    let facts = Facts {
        needs: vec![
            needs(OrderState::Held, Owner::Office, 1),
            needs(OrderState::Held, Owner::Warehouse, 3),
            needs(OrderState::Rejected, Owner::Office, 2),
        ],
        ..Facts::default()
    };
    let told: Vec<(String, String)> = alerts(&facts, &live(), noon())
        .into_iter()
        .map(|alert| (alert.id(), alert.text))
        .collect();
    let wanted = [
        ("held:office", "1 order is held."),
        ("held:warehouse", "3 orders are held."),
        ("rejected:office", "2 orders were refused by Whistl."),
    ];
    assert_eq!(
        told,
        wanted.map(|(id, text)| (id.to_owned(), text.to_owned()))
    );
}

#[test]
fn a_refused_key_comes_before_held_orders() {
    let facts = Facts {
        needs: vec![needs(OrderState::Held, Owner::Office, 4)],
        vendors: vec![VendorFacts {
            name: "Whistl",
            stopped: "key withdrawn".into(),
            failing_since: Some(noon()),
            ..VendorFacts::default()
        }],
        ..Facts::default()
    };
    assert_eq!(codes(&facts), ["credentials_refused", "held"]);
}

#[test]
fn every_state_that_needs_someone_reaches_an_alert() {
    for state in OrderState::ALL.map(Some).into_iter().chain([None]) {
        for owner in Owner::ALL {
            let facts = Facts {
                needs: vec![Need {
                    state,
                    ..needs(OrderState::Held, owner, 2)
                }],
                unclear: i64::from(state == Some(OrderState::Unclear)) * 2,
                ..Facts::default()
            };
            let told = alerts(&facts, &live(), noon());
            assert_eq!(told.len(), 1, "{state:?} {owner}: {told:?}");
            assert_eq!((told[0].owner, told[0].count), (owner.word(), 2));
        }
    }
}

#[test]
fn an_unclear_order_that_waits_for_a_person_is_not_told_of_twice() {
    let mut facts = Facts {
        unclear: 3,
        oldest_unclear: Some(noon() - Duration::minutes(20)),
        needs: vec![needs(OrderState::Unclear, Owner::Warehouse, 1)],
        ..Facts::default()
    };
    let told: Vec<(String, i64)> = alerts(&facts, &live(), noon())
        .into_iter()
        .map(|alert| (alert.id(), alert.count))
        .collect();
    assert_eq!(
        told,
        [
            ("outcome_unknown".to_owned(), 2),
            ("outcome_unknown:warehouse".to_owned(), 1)
        ]
    );
    facts.unclear = 1;
    assert_eq!(alerts(&facts, &live(), noon()).len(), 1);
}

#[test]
fn a_short_sleep_is_for_the_journal_and_a_long_one_for_a_person_until_caught_up() {
    let gap = |minutes| GapFacts {
        from: noon() - Duration::minutes(minutes),
        to: noon(),
        cause: "asleep".into(),
        caught_up: false,
    };
    let judged = |gap: GapFacts| {
        let facts = Facts {
            gap: Some(gap),
            ..Facts::default()
        };
        judge(&facts, &live(), noon())
            .iter()
            .map(|alert| (alert.code, alert.level))
            .collect::<Vec<_>>()
    };
    assert_eq!(judged(gap(5)), [("gap_short", Level::Information)]);
    assert_eq!(judged(gap(180)), [("gap", Level::NeedsSomeone)]);
    assert!(
        judged(GapFacts {
            caught_up: true,
            ..gap(180)
        })
        .is_empty()
    );
}

#[test]
fn the_disk_is_low_before_it_is_full() {
    let on_disk = |bytes| {
        let mut facts = Facts::default();
        facts.machine.disk_free = Some(bytes);
        codes(&facts)
    };
    assert!(on_disk(501_000_000).is_empty());
    assert_eq!(on_disk(499_000_000), ["disk_low"]);
    assert_eq!(on_disk(1_000_000), ["disk_full"]);
}

#[test]
fn another_copy_is_urgent_only_where_orders_are_sent() {
    let mut facts = Facts::default();
    facts.machine.another_copy = Some(super::super::facts::Since {
        at: noon(),
        why: "SO-00001 is at Whistl, and this copy never sent it.".into(),
    });
    let level = |settings: &Settings| alerts(&facts, settings, noon())[0].level;
    assert_eq!(level(&live()), Level::Urgent);
    assert_eq!(level(&Settings::default()), Level::NeedsSomeone);
}

/// So many of these by DPD, and so many by others told meanwhile.
fn by_dpd(share: i64, all: i64, told_of_others: i64) -> OneCarrier {
    OneCarrier {
        name: "DPD".into(),
        share,
        all,
        told: 0,
        told_of_others,
    }
}

fn texts(facts: &Facts) -> Vec<String> {
    let told = alerts(facts, &live(), noon()).into_iter();
    told.map(|alert| alert.text).collect()
}

#[test]
fn a_queue_of_one_carriers_despatches_names_it_unless_cin7_itself_is_away() {
    let mut facts = Facts {
        to_confirm: ToConfirm {
            waiting: 26,
            oldest: Some(noon() - Duration::minutes(40)),
            by: Some(by_dpd(25, 26, 3)),
            ..ToConfirm::default()
        },
        ..Facts::default()
    };
    let waits = "26 despatches wait to be told to Cin7 Core, the oldest since 11:20";
    assert_eq!(
        texts(&facts),
        [format!(
            "{waits}; 25 of the 26 go by DPD, while those of other carriers are told."
        )]
    );
    let told = alerts(&facts, &live(), noon());
    assert_eq!(
        told[0].body,
        "The oldest since 11:20. 25 of the 26 go by DPD, while those of other carriers are told."
    );

    facts.vendors = vec![VendorFacts {
        name: "Cin7 Core",
        failing_since: Some(noon() - Duration::minutes(30)),
        ..VendorFacts::default()
    }];
    assert!(
        texts(&facts).contains(&format!("{waits}; Cin7 Core has not answered since 11:30.")),
        "{:?}",
        texts(&facts)
    );

    facts.vendors.clear();
    facts.to_confirm.by = Some(by_dpd(25, 26, 0));
    assert_eq!(
        texts(&facts),
        [format!("{waits}.")],
        "nobody's come through"
    );
}

#[test]
fn what_cin7_refuses_of_one_carrier_is_said_beside_other_reasons_too() {
    let exception = |reason: &str, count| (Owner::Office, reason.to_owned(), count);
    let mut facts = Facts {
        to_confirm: ToConfirm {
            exceptions: vec![exception("refused_by_cin7", 8)],
            exceptions_by: vec![(Owner::Office, "refused_by_cin7".into(), by_dpd(8, 8, 40))],
            ..ToConfirm::default()
        },
        ..Facts::default()
    };
    let told = alerts(&facts, &live(), noon());
    assert_eq!(
        told[0].text,
        "8 despatches not told to Cin7 Core: refused by Cin7 Core; all 8 go by DPD, while those \
         of other carriers are told."
    );
    assert_eq!(
        told[0].body,
        "All 8 go by DPD, while those of other carriers are told. Each says what is wrong and \
         what would put it right; then retry it."
    );

    facts
        .to_confirm
        .exceptions
        .push(exception("sale_voided", 2));
    assert_eq!(
        texts(&facts),
        [
            "10 despatches not told to Cin7 Core: 8 refused by Cin7 Core, 2 the sale is voided; \
          all 8 that Cin7 Core refused go by DPD, while those of other carriers are told."
        ]
    );
}

#[test]
fn orders_stopped_or_late_at_the_warehouse_name_the_carrier_they_share() {
    let trouble = |state, cause| Need {
        causes: vec![(Some(cause), 6)],
        ..needs(state, Owner::Warehouse, 6)
    };
    let (held, late) = (HoldCode::HeldAtWarehouse, HoldCode::DespatchOverdue);
    let mut facts = Facts {
        needs: vec![
            trouble(OrderState::Blocked, held),
            trouble(OrderState::AtWarehouse, late),
        ],
        held_by: [held, late]
            .map(|code| (code, Owner::Warehouse, by_dpd(6, 6, 12)))
            .to_vec(),
        ..Facts::default()
    };
    assert_eq!(
        texts(&facts),
        [
            "6 orders are stopped at the warehouse; all 6 go by DPD, while those of other \
             carriers leave.",
            "6 orders need a look: 6 not despatched in time; all 6 not despatched in time go by \
             DPD, while those of other carriers leave.",
        ]
    );
    for (.., one) in &mut facts.held_by {
        one.told = 13;
    }
    assert_eq!(
        texts(&facts),
        [
            "6 orders are stopped at the warehouse.",
            "6 orders need a look: 6 not despatched in time.",
        ],
        "it comes through as often"
    );
}
