//! What interrupts, what comes again, and what is only good to know.

use super::*;

#[test]
fn an_urgent_alert_comes_again_stronger_until_somebody_takes_it() {
    let mut room = Room::new();
    room.whistl_silent_since(Some(room.now));
    room.minutes(4);
    assert!(room.shown.is_empty(), "four minutes are no silence yet");
    room.minutes(2);
    assert_eq!(
        room.titles(),
        ["Whistl has not answered since 12:00 · System"]
    );
    assert_eq!(room.shown[0].1.urgency, Urgency::Normal);
    room.minutes(62);
    assert_eq!(
        room.kinds(),
        [
            NoticeKind::Raised,
            NoticeKind::Escalated,
            NoticeKind::Escalated
        ]
    );
    let again = &room.shown[1].1;
    assert_eq!(again.urgency, Urgency::Critical);
    assert!(again.title.starts_with("Nobody has taken this since 12:00"));
    assert!(room.desk.open().all(|card| card.row.escalated_at.is_some()));

    assert_eq!(
        room.desk.take("vendor_silent:whistl", "Ada", room.now),
        Some(String::new())
    );
    room.minutes(120);
    assert_eq!(room.shown.len(), 3, "whoever has it is left in peace");

    room.whistl_silent_since(None);
    room.minutes(1);
    let over = &room.shown[3].1;
    assert_eq!(over.title, "Whistl answers again");
    assert_eq!(over.body, "It lasted 3 h 8 min.");
}

#[test]
fn a_vendor_that_comes_and_goes_within_seconds_is_one_alert() {
    let mut room = Room::new();
    let since = Some(room.now);
    room.whistl_silent_since(since);
    room.minutes(6);
    for _ in 0..20 {
        room.whistl_silent_since(None);
        room.pass(Duration::seconds(5));
        room.whistl_silent_since(since);
        room.pass(Duration::seconds(5));
    }
    assert_eq!(room.kinds(), [NoticeKind::Raised]);
}

#[test]
fn whistl_down_with_three_hundred_orders_waiting_is_one_alert_with_its_end() {
    let mut room = Room::new();
    room.facts.waiting = 300;
    room.facts.oldest_waiting = Some(room.now);
    room.whistl_silent_since(Some(room.now));
    room.minutes(25);
    assert_eq!(room.kinds(), [NoticeKind::Raised]);
    assert!(
        room.shown[0].1.body.contains("300 orders wait"),
        "{}",
        room.shown[0].1.body
    );
    room.facts.waiting = 0;
    room.facts.oldest_waiting = None;
    room.whistl_silent_since(None);
    room.minutes(5);
    assert_eq!(
        room.titles(),
        [
            "Whistl has not answered since 12:00 · System",
            "Whistl answers again"
        ]
    );
}

#[test]
fn what_is_only_good_to_know_goes_to_the_journal_alone() {
    let mut room = Room::new();
    room.facts.vendors = vec![VendorFacts {
        name: "Cin7 Core",
        busy_until: Some(room.now + Duration::minutes(2)),
        ..VendorFacts::default()
    }];
    room.minutes(10);
    assert!(room.shown.is_empty(), "{:?}", room.titles());
    assert_eq!(
        room.said,
        ["opened vendor_busy:cin7", "closed vendor_busy:cin7"]
    );
}

#[test]
fn sending_paused_by_hand_is_known_to_whoever_paused_it() {
    let mut room = Room::new();
    let paused = |by: &str| {
        Some(crate::attention::facts::PausedFacts {
            by: by.into(),
            why: "call Mrs Merrow first".into(),
            since: crate::views::time(noon()),
        })
    };
    room.facts.paused = paused("Ada");
    room.minutes(90);
    assert_eq!(room.kinds(), [NoticeKind::Raised], "once, and no stronger");
    assert!(
        !room.shown[0].1.body.contains("Merrow"),
        "a typed reason may name somebody"
    );
    let mut room = Room::new();
    room.facts.paused = paused("auto: safety stop");
    room.minutes(40);
    assert_eq!(room.kinds(), [NoticeKind::Raised, NoticeKind::Escalated]);
}
