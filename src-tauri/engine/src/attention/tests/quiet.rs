//! Quiet hours, and the summary at their end.

use super::*;

#[test]
fn quiet_hours_let_the_urgent_through_and_tell_the_rest_at_their_end() {
    let mut room = Room::with(&[
        ("alerts.quiet_from", "22:00"),
        ("alerts.quiet_to", "07:00"),
        ("alerts.escalate_minutes", "0"),
    ]);
    room.now = "2026-11-24T23:30:00Z".parse().unwrap();
    room.look();
    room.held(&[(PhoneMissing, 3)], 3);
    room.minutes(30);
    assert!(room.shown.is_empty());
    room.whistl_silent_since(Some(room.now));
    room.minutes(10);
    assert_eq!(
        room.titles(),
        ["Whistl has not answered since 00:00 · System"]
    );
    room.whistl_silent_since(None);
    room.minutes(60);
    assert_eq!(room.shown.len(), 1, "an end can wait until the morning");
    room.now = "2026-11-25T06:59:00Z".parse().unwrap();
    room.pass(Duration::seconds(50));
    assert_eq!(room.shown.len(), 1);
    room.minutes(5);
    let digest = &room.shown[1].1;
    assert_eq!(digest.kind, NoticeKind::Digest);
    assert_eq!(digest.title, "While it was quiet: 1 thing needs someone");
    assert_eq!(
        digest.body,
        "3 orders held: 3 missing telephones · Office\nOver: Whistl answers again (00:00 to 00:10)\nQuiet since Tue 24 Nov 23:30."
    );
    room.minutes(60);
    assert_eq!(room.shown.len(), 2, "one summary, and nothing of it again");
}

#[test]
fn quiet_hours_can_be_quiet_for_everything() {
    let mut room = Room::with(&[
        ("alerts.quiet_from", "22:00"),
        ("alerts.quiet_to", "07:00"),
        ("alerts.quiet_lets_urgent", "false"),
    ]);
    room.now = "2026-11-24T22:00:00Z".parse().unwrap();
    room.whistl_silent_since(Some(room.now));
    room.pass(Duration::hours(8));
    assert!(room.shown.is_empty());
    room.minutes(61);
    assert_eq!(room.kinds(), [NoticeKind::Digest]);
    assert!(
        room.shown[0]
            .1
            .body
            .contains("Whistl has not answered since Tue 24 Nov 22:00")
    );
    room.minutes(31);
    assert_eq!(
        room.kinds(),
        [NoticeKind::Digest, NoticeKind::Escalated],
        "and then as in the daytime"
    );
}

#[test]
fn a_quiet_night_makes_no_summary_and_one_slept_through_still_does() {
    let night = [("alerts.quiet_from", "22:00"), ("alerts.quiet_to", "07:00")];
    let mut room = Room::with(&night);
    room.now = "2026-11-24T21:00:00Z".parse().unwrap();
    room.pass(Duration::hours(11));
    assert!(room.shown.is_empty());

    let mut room = Room::with(&night);
    room.now = "2026-11-24T21:59:00Z".parse().unwrap();
    room.minutes(10);
    room.held(&[(PhoneMissing, 2)], 2);
    room.minutes(1);
    // The computer is off until nine.
    room.restart();
    room.now = "2026-11-25T09:00:00Z".parse().unwrap();
    room.minutes(1);
    assert_eq!(room.kinds(), [NoticeKind::Digest]);
}

#[test]
fn the_night_on_which_the_clocks_go_back_is_quiet_from_end_to_end() {
    let mut room = Room::with(&[("alerts.quiet_from", "23:00"), ("alerts.quiet_to", "06:00")]);
    // 24 October 2026, 22:30 in London is 21:30 UTC; the night has eight hours.
    room.now = "2026-10-24T21:30:00Z".parse().unwrap();
    room.look();
    room.now = "2026-10-24T22:10:00Z".parse().unwrap();
    room.held(&[(PhoneMissing, 1)], 1);
    room.pass(Duration::minutes(5));
    for hour in 0..7 {
        room.now = "2026-10-24T22:30:00Z".parse::<DateTime<Utc>>().unwrap() + Duration::hours(hour);
        room.minutes(1);
        assert!(room.shown.is_empty(), "at {}", room.now);
    }
    room.now = "2026-10-25T06:00:00Z".parse().unwrap();
    room.minutes(1);
    assert_eq!(room.kinds(), [NoticeKind::Digest]);
}
