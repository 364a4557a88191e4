//! The desk on a clock of its own: what a person would have been shown, and when.

use chrono::{DateTime, Duration, Utc};
use domain::{HoldCode, Owner};
use proptest::prelude::*;
use store::OrderState;

use super::alert::{Alert, Level};
use super::card::Card;
use super::desk::{At, Desk, Memory};
use super::facts::{Facts, Need, Newest, Since, ToLeave, VendorFacts};
use super::judge::judge;
use super::notice::{Notice, NoticeKind, Urgency};
use crate::settings::Settings;

/// Tuesday 24 November 2026, noon in London.
fn noon() -> DateTime<Utc> {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

/// A desk, a clock, the facts as they are, and everything that was shown.
struct Room {
    desk: Desk,
    now: DateTime<Utc>,
    settings: Settings,
    facts: Facts,
    /// Somebody shows notices, and confirms each at once.
    works: bool,
    shown: Vec<(DateTime<Utc>, Notice)>,
    said: Vec<String>,
}

impl Room {
    fn new() -> Self {
        let mut settings = Settings::default();
        settings.set_text("mode", "live").unwrap();
        settings.set_text("alerts.digest_times", "[]").unwrap();
        Self {
            desk: Desk::default(),
            now: noon(),
            settings,
            facts: Facts::default(),
            works: true,
            shown: Vec::new(),
            said: Vec::new(),
        }
    }

    fn with(settings: &[(&str, &str)]) -> Self {
        let mut room = Self::new();
        for (key, value) in settings {
            room.settings.set_text(key, value).unwrap();
        }
        room
    }

    /// Looks once, as often as the program would.
    fn look(&mut self) {
        let at = At {
            now: self.now,
            settings: &self.settings,
            watched: true,
        };
        let live = judge(&self.facts, &self.settings, self.now);
        let look = self.desk.look(&live, &at);
        self.said.extend(
            look.said
                .into_iter()
                .map(|said| format!("{} {}", said.operation, said.alert)),
        );
        for notice in look.notices {
            if self.works {
                assert!(self.desk.shown(&notice.id, self.now));
                self.shown.push((self.now, notice));
            }
        }
    }

    /// Lets time pass, looking every five seconds.
    fn pass(&mut self, how_long: Duration) {
        let until = self.now + how_long;
        while self.now < until {
            self.now += Duration::seconds(5).min(until - self.now);
            self.look();
        }
    }

    fn minutes(&mut self, minutes: i64) {
        self.pass(Duration::minutes(minutes));
    }

    /// The program is stopped and started again.
    fn restart(&mut self) {
        self.desk = Desk::left(self.desk.rows(), self.desk.memory());
    }

    /// Orders of these causes are held for the office; so many ever were.
    fn held(&mut self, causes: &[(HoldCode, i64)], came: i64) {
        self.facts.needs = if causes.is_empty() {
            Vec::new()
        } else {
            vec![Need {
                state: Some(OrderState::Held),
                owner: Owner::Office,
                causes: causes.iter().map(|(code, n)| (Some(*code), *n)).collect(),
                came,
                newest: Some(Newest {
                    number: "SO-00042".into(),
                    cause: causes.first().map(|(code, _)| *code),
                }),
            }]
        };
    }

    /// Whistl has not answered since then.
    fn whistl_silent_since(&mut self, since: Option<DateTime<Utc>>) {
        self.facts.vendors = vec![VendorFacts {
            name: "Whistl",
            failing_since: since,
            ..VendorFacts::default()
        }];
    }

    fn titles(&self) -> Vec<&str> {
        self.shown
            .iter()
            .map(|(_, notice)| notice.title.as_str())
            .collect()
    }

    fn kinds(&self) -> Vec<NoticeKind> {
        self.shown.iter().map(|(_, notice)| notice.kind).collect()
    }
}

use HoldCode::{PhoneMissing, ServiceUnmapped, SkuInvalidCharacters};

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
        Some(super::facts::PausedFacts {
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

fn to_leave(at: DateTime<Utc>, stuck: &[(HoldCode, i64)]) -> ToLeave {
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
        room.minutes(20);
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
    facts.paused = Some(super::facts::PausedFacts {
        by: "Ada".into(),
        why: "stock count".into(),
        since: crate::views::time(noon()),
    });
    facts.gap = Some(super::facts::GapFacts {
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
        let end = super::judge::ended(alert.code, &alert.subject);
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
