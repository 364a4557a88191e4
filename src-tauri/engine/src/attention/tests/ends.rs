//! Every alert there is: told of, and its end too.

use super::*;

#[test]
fn every_alert_has_an_end_in_words_and_a_level_that_fits() {
    let mut room = Room::new();
    let mut facts = Facts {
        waiting: 30,
        unclear: 2,
        oldest_unclear: Some(noon() - Duration::hours(1)),
        changed: 1,
        called_off: 1,
        ..Facts::default()
    };
    for state in OrderState::ALL {
        facts.needs.push(Need {
            state: Some(state),
            owner: Owner::Office,
            causes: vec![(Some(PhoneMissing), 2)],
            came: 2,
            newest: None,
        });
    }
    facts.to_leave = vec![
        to_leave(noon() + Duration::minutes(60), &[(PhoneMissing, 1)]),
        to_leave(noon() - Duration::minutes(60), &[(PhoneMissing, 1)]),
    ];
    facts.vendors = vec![
        VendorFacts {
            name: "Cin7 Core",
            stopped: "401".into(),
            ..VendorFacts::default()
        },
        VendorFacts {
            name: "Whistl",
            failing_since: Some(noon() - Duration::hours(1)),
            ..VendorFacts::default()
        },
    ];
    facts.overdue = vec![("orders", noon())];
    facts.paused = Some(crate::attention::facts::PausedFacts {
        by: "Ada".into(),
        why: "stock count".into(),
        since: crate::views::time(noon()),
    });
    facts.gap = Some(crate::attention::facts::GapFacts {
        from: noon() - Duration::hours(4),
        to: noon() - Duration::hours(1),
        cause: "asleep".into(),
        caught_up: false,
    });
    let since = |why: &str| {
        Some(Since {
            at: noon(),
            why: why.into(),
        })
    };
    facts.machine.clock_off = Some(Duration::seconds(300));
    facts.machine.disk_free = Some(100_000_000);
    facts.machine.database = since("The disk is full.");
    facts.machine.notifications = since("no service");
    facts.machine.another_copy = since("SO-00001 was sent by another program.");
    facts.machine.calls_shared = since("Calls were refused.");
    let all = judge(&facts, &room.settings, noon());
    let urgent: Vec<&str> = all
        .iter()
        .filter(|alert| alert.level == Level::Urgent)
        .map(|alert| alert.code)
        .collect();
    assert_eq!(
        urgent,
        [
            "database_fault",
            "another_copy",
            "credentials_refused",
            "vendor_silent",
            "sending_paused",
            "cut_off",
            "backlog"
        ]
    );
    for alert in &all {
        let end = crate::attention::judge::ended(alert.code, &alert.subject);
        assert!(
            !end.contains(&crate::words::plain(alert.code)) || !alert.code.contains('_'),
            "{} ends as “{end}”",
            alert.code
        );
        assert!(alert.text.ends_with('.'), "{}: {}", alert.code, alert.text);
        assert!(
            !alert.title.ends_with('.'),
            "{}: {}",
            alert.code,
            alert.title
        );
    }
    room.facts = facts;
    room.minutes(3);
    let shown: std::collections::BTreeSet<&str> = room
        .shown
        .iter()
        .map(|(_, notice)| notice.alert.as_str())
        .collect();
    for alert in all.iter().filter(|alert| !alert.follows) {
        let should = alert.code != "notifications_unavailable";
        assert_eq!(
            shown.contains(alert.id().as_str()),
            should,
            "{}",
            alert.id()
        );
    }

    let before = room.shown.len();
    room.facts = Facts::default();
    room.minutes(3);
    assert_eq!(room.desk.open().count(), 0);
    let over: std::collections::BTreeSet<String> = room.shown[before..]
        .iter()
        .filter(|(_, notice)| notice.kind == NoticeKind::AllClear)
        .inspect(|(_, notice)| assert!(notice.body.starts_with("It lasted"), "{}", notice.body))
        .map(|(_, notice)| notice.alert.clone())
        .collect();
    for alert in all.iter().filter(|alert| !alert.follows) {
        let should = alert.code != "notifications_unavailable";
        assert_eq!(over.contains(&alert.id()), should, "{}", alert.id());
    }
}
