//! Before a cut-off, and after one.

use super::*;

pub(super) fn to_leave(at: DateTime<Utc>, stuck: &[(HoldCode, i64)]) -> ToLeave {
    ToLeave {
        at,
        stuck: stuck
            .iter()
            .map(|(code, count)| (Owner::Office, Some(*code), *count))
            .collect(),
        put_off: 0,
        waiting: 5,
    }
}

#[test]
fn ninety_minutes_before_a_cut_off_one_notice_says_what_can_still_be_saved() {
    let mut room = Room::new();
    let cut_off = "2026-11-24T16:00:00Z".parse().unwrap();
    let four = [(SkuInvalidCharacters, 3), (HoldCode::Backordered, 1)];
    room.facts.to_leave = vec![to_leave(cut_off, &four)];
    room.now = "2026-11-24T14:29:00Z".parse().unwrap();
    room.pass(Duration::seconds(55));
    assert!(room.shown.is_empty());
    room.minutes(30);
    assert_eq!(
        room.titles(),
        ["4 orders will miss the 16:00 cut-off · Office"],
        "what waits goes by itself, and is not counted"
    );
    let first = &room.shown[0].1;
    assert_eq!(first.kind, NoticeKind::CutOff);
    assert_eq!(
        first.body,
        "3 SKU errors, 1 short of stock. 3 can still be saved."
    );
    // All four are put right before half past three: no second warning.
    room.facts.to_leave = Vec::new();
    room.minutes(60);
    assert_eq!(room.kinds(), [NoticeKind::CutOff, NoticeKind::AllClear]);
    assert_eq!(
        room.shown[1].1.title,
        "All orders for the cut-off are on their way"
    );
}

#[test]
fn half_an_hour_before_it_what_is_left_is_told_of_again_and_then_as_missed() {
    let mut room = Room::new();
    let cut_off = "2026-11-24T16:00:00Z".parse().unwrap();
    room.facts.to_leave = vec![to_leave(cut_off, &[(PhoneMissing, 4)])];
    room.now = "2026-11-24T14:29:55Z".parse().unwrap();
    room.minutes(59);
    room.facts.to_leave = vec![to_leave(cut_off, &[(PhoneMissing, 2)])];
    room.minutes(5);
    assert_eq!(
        room.titles(),
        [
            "4 orders will miss the 16:00 cut-off · Office",
            "Still: 2 orders will miss the 16:00 cut-off · Office"
        ]
    );
    assert_eq!(room.shown[1].1.urgency, Urgency::Critical);
    room.facts.to_leave[0].waiting = 0;
    room.minutes(40);
    assert_eq!(
        room.titles()[2..],
        ["2 orders missed the 16:00 cut-off · Office"],
        "and no all-clear for a cut-off that merely passed"
    );
}

#[test]
fn a_cut_off_that_somebody_has_taken_is_not_told_of_twice() {
    let mut room = Room::new();
    let cut_off = "2026-11-24T16:00:00Z".parse().unwrap();
    room.facts.to_leave = vec![to_leave(cut_off, &[(PhoneMissing, 4)])];
    room.now = "2026-11-24T14:30:00Z".parse().unwrap();
    room.minutes(2);
    let id = room.desk.open().next().unwrap().id();
    room.desk.take(&id, "Ada", room.now);
    room.minutes(80);
    assert_eq!(room.shown.len(), 1);
}
