//! Opened, closed, opened again: over restarts, and when notices fail.

use super::*;

#[test]
fn what_is_marked_done_opens_again_while_its_cause_remains() {
    let mut room = Room::new();
    room.held(&[(PhoneMissing, 2)], 2);
    room.minutes(5);
    assert!(room.desk.close("held:office", room.now).is_some());
    assert_eq!(room.desk.open().count(), 0);
    room.pass(Duration::seconds(5));
    assert_eq!(room.desk.open().count(), 1, "open again at the next look");
    room.minutes(5);
    assert_eq!(room.kinds(), [NoticeKind::Raised, NoticeKind::Raised]);
    assert_eq!(
        room.said
            .iter()
            .filter(|said| *said == "opened held:office")
            .count(),
        2,
        "both lives are in the journal"
    );
    room.held(&[], 2);
    room.minutes(1);
    assert!(
        room.desk.close("held:office", room.now).is_none(),
        "nothing to close"
    );
}

#[test]
fn a_restart_forgets_nothing_and_repeats_nothing() {
    let mut room = Room::new();
    room.held(&[(PhoneMissing, 3)], 3);
    room.whistl_silent_since(Some(room.now));
    room.minutes(10);
    room.desk.take("vendor_silent:whistl", "Ada", room.now);
    let before = room.shown.len();
    room.restart();
    room.minutes(50);
    assert_eq!(room.shown.len(), before, "{:?}", room.titles());
    room.held(&[(PhoneMissing, 4)], 4);
    room.minutes(1);
    assert_eq!(
        room.shown.len(),
        before + 1,
        "what came after it is told of"
    );
    room.held(&[], 4);
    room.whistl_silent_since(None);
    room.minutes(2);
    let ends = room
        .kinds()
        .iter()
        .filter(|kind| **kind == NoticeKind::AllClear)
        .count();
    assert_eq!(ends, 2, "what was shown before the restart ends after it");
}

#[test]
fn a_notice_that_cannot_be_shown_is_tried_again_and_its_alert_is_seen_in_the_window() {
    let mut room = Room::new();
    room.works = false;
    room.held(&[(PhoneMissing, 2)], 2);
    room.minutes(2);
    assert!(
        room.said
            .iter()
            .any(|said| said.starts_with("notice_failed")),
        "no word for a minute is a failure: {:?}",
        room.said
    );
    room.facts.machine.notifications = Some(Since {
        at: room.now,
        why: "No notification service answers".into(),
    });
    room.minutes(1);
    let open: Vec<String> = room.desk.open().map(Card::id).collect();
    assert_eq!(open, ["held:office", "notifications_unavailable"]);
    room.works = true;
    room.minutes(10);
    assert_eq!(
        room.titles(),
        ["2 orders held: 2 missing telephones · Office"],
        "told at last, and nothing about notifications by notification"
    );
}

/// Things that come and go, each by its own dice.
fn lives() -> impl Strategy<Value = Vec<(u8, u8, i64)>> {
    proptest::collection::vec((0_u8..4, 0_u8..12, 0_i64..5), 1..150)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn no_alert_is_shown_twice_within_its_quiet_time_and_none_is_kept_back_for_long(
        steps in lives(), quiet in any::<bool>(), breaks in any::<u8>(),
    ) {
        let mut room = Room::new();
        if quiet {
            room.settings.set_text("alerts.quiet_from", "12:10").unwrap();
            room.settings.set_text("alerts.quiet_to", "12:25").unwrap();
        }
        let mut came = 0;
        for (index, (what, how, count)) in steps.into_iter().enumerate() {
            match what {
                0 => {
                    came += count;
                    let held = if how == 0 { 0 } else { count };
                    let causes: Vec<_> = [(PhoneMissing, held)].into_iter().filter(|c| c.1 > 0).collect();
                    room.held(&causes, came);
                }
                1 => room.whistl_silent_since((how > 3).then(|| room.now - Duration::minutes(6))),
                2 => {
                    room.facts.waiting = count * 20;
                    room.facts.oldest_waiting = (count > 0).then_some(room.now);
                }
                _ => room.facts.overdue = if how > 5 { vec![("orders", room.now)] } else { Vec::new() },
            }
            room.works = !(index * 7 + usize::from(breaks)).is_multiple_of(11);
            room.pass(Duration::seconds(i64::from(how) * 5 + 5));
            if index % 40 == 39 {
                room.restart();
            }
        }
        room.works = true;
        // What is kept back for the quiet hours is shown at their end.
        room.minutes(if quiet { 45 } else { 20 });
        let mut last: std::collections::BTreeMap<String, DateTime<Utc>> = std::collections::BTreeMap::new();
        for (at, notice) in room.shown.iter().filter(|(_, notice)| !notice.alert.is_empty()) {
            if let Some(before) = last.insert(notice.alert.clone(), *at) {
                prop_assert!(*at - before >= Duration::seconds(45), "{} twice in {} s", notice.alert, (*at - before).num_seconds());
            }
        }
        for card in room.desk.open() {
            let follows = card.live.as_ref().is_some_and(|alert| alert.follows);
            prop_assert!(follows || !card.level().interrupts() || card.row.noticed > 0,
                "{} is open and nobody was ever shown it", card.id());
        }
    }
}

#[test]
fn a_desk_that_nobody_watches_is_content_with_the_journal() {
    let settings = Settings::default();
    let mut desk = Desk::left(Vec::new(), Memory::default());
    let alert = Alert::new(
        "disk_low",
        Level::NeedsSomeone,
        Owner::Support,
        "Low".into(),
    );
    let at = At {
        now: noon(),
        settings: &settings,
        watched: false,
    };
    assert_eq!(
        desk.look(std::slice::from_ref(&alert), &at).notices.len(),
        1
    );
    for minutes in 1..60 {
        let at = At {
            now: noon() + Duration::minutes(minutes),
            ..At {
                now: noon(),
                settings: &settings,
                watched: false,
            }
        };
        assert!(
            desk.look(std::slice::from_ref(&alert), &at)
                .notices
                .is_empty()
        );
    }
}
