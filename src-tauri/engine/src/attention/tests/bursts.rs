//! Many failures at once, and one after another.

use super::*;

#[test]
fn a_burst_of_three_causes_makes_one_notice_with_the_right_counts_and_then_the_all_clear() {
    let mut room = Room::new();
    room.look();
    // Forty orders over eight seconds.
    for step in 1..=8 {
        let n = step * 5;
        let (sku, phone) = (n * 22 / 40, n * 12 / 40);
        let causes = [
            (SkuInvalidCharacters, sku),
            (PhoneMissing, phone),
            (ServiceUnmapped, n - sku - phone),
        ];
        room.held(&causes, n);
        room.pass(Duration::seconds(1));
    }
    let began = room.now;
    room.minutes(10);

    assert_eq!(
        room.titles(),
        [
            "40 orders held: 22 SKU errors, 12 missing telephones, 6 unmapped shipping methods · Office"
        ]
    );
    let (at, notice) = room.shown[0].clone();
    assert!(
        at - began <= Duration::seconds(20),
        "told {} later",
        at - began
    );
    assert_eq!((notice.kind, notice.count), (NoticeKind::Raised, 40));
    assert_eq!(notice.go.screen, "orders");
    assert_eq!(notice.go.tab, Some("needs_you"));
    assert_eq!(notice.go.owner, Some("office"));
    assert_eq!(notice.go.cause, None, "three causes, one list");

    room.held(&[], 40);
    room.minutes(2);

    assert_eq!(room.kinds(), [NoticeKind::Raised, NoticeKind::AllClear]);
    let all_clear = &room.shown[1].1;
    assert_eq!(all_clear.title, "Nothing is held for the office any more");
    assert_eq!(all_clear.body, "It lasted 10 min.");
    assert_eq!(all_clear.count, 40);
}

#[test]
fn one_order_is_named_with_its_reason_and_the_click_opens_it() {
    let mut room = Room::new();
    room.held(&[(PhoneMissing, 1)], 1);
    room.minutes(1);
    assert_eq!(
        room.titles(),
        ["SO-00042 held: no telephone number · Office"]
    );
    let go = &room.shown[0].1.go;
    assert_eq!(go.number.as_deref(), Some("SO-00042"));
    assert_eq!(go.cause.as_deref(), Some("phone_missing"));
}

#[test]
fn a_burst_that_goes_on_is_told_of_after_twenty_seconds() {
    let mut room = Room::new();
    let began = room.now;
    for n in 1..=60 {
        room.held(&[(PhoneMissing, n)], n);
        room.pass(Duration::seconds(1));
        if !room.shown.is_empty() {
            break;
        }
    }
    assert!(
        room.shown[0].0 - began <= Duration::seconds(60),
        "within the minute (R94)"
    );
}

#[test]
fn each_later_failure_is_told_of_within_a_minute_though_another_went_meanwhile() {
    let mut room = Room::new();
    room.held(&[(PhoneMissing, 5)], 5);
    room.minutes(30);
    assert_eq!(room.shown.len(), 1);
    // One was put right and another came between two looks: the count stays the same.
    room.held(&[(PhoneMissing, 5)], 6);
    let came = room.now;
    room.minutes(5);
    assert_eq!(room.shown.len(), 2);
    let (at, notice) = &room.shown[1];
    assert!(*at - came <= Duration::minutes(1));
    assert_eq!(
        notice.title,
        "1 more, now 5 orders held: 5 missing telephones · Office"
    );
    assert_eq!(notice.kind, NoticeKind::Worse);
}

#[test]
fn a_trickle_is_told_of_more_and_more_rarely() {
    let mut room = Room::new();
    for n in 1..=120 {
        room.held(&[(PhoneMissing, n)], n);
        room.minutes(1);
    }
    let count = room.shown.len();
    assert!((6..=14).contains(&count), "{count} notices in two hours");
    let last = &room.shown[count - 1].1;
    assert!(last.count >= 100, "and nothing is left out: {}", last.title);
}

#[test]
fn a_backlog_is_told_of_while_it_grows_and_again_when_it_has_doubled() {
    let mut room = Room::new();
    for waiting in [10, 24, 25, 30, 49, 50, 60] {
        room.facts.waiting = waiting;
        room.facts.oldest_waiting = Some(room.now);
        room.minutes(2);
    }
    assert_eq!(
        room.titles(),
        [
            "25 orders wait to be sent · System",
            "50 orders wait to be sent · System"
        ]
    );
}

#[test]
fn a_burst_that_is_sent_within_seconds_is_no_backlog() {
    let mut room = Room::new();
    room.facts.waiting = 60;
    room.facts.oldest_waiting = Some(room.now);
    room.pass(Duration::seconds(35));
    room.facts.waiting = 0;
    room.facts.oldest_waiting = None;
    room.minutes(5);
    assert!(room.shown.is_empty(), "{:?}", room.titles());
}

#[test]
fn what_piled_up_while_whistl_was_down_is_worked_off_in_silence() {
    let mut room = Room::new();
    let began = room.now;
    room.whistl_silent_since(Some(began));
    room.facts.waiting = 300;
    room.facts.oldest_waiting = Some(began);
    room.facts.unclear = 1;
    room.facts.oldest_unclear = Some(began);
    room.minutes(30);
    room.whistl_silent_since(None);
    room.minutes(9);
    room.facts.waiting = 0;
    room.facts.oldest_waiting = None;
    room.facts.unclear = 0;
    room.facts.oldest_unclear = None;
    room.minutes(10);
    assert_eq!(room.kinds(), [NoticeKind::Raised, NoticeKind::AllClear]);
}
