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

mod bursts;
mod cut_offs;
mod ends;
mod levels;
mod lives;
mod quiet;
mod store_fails;

use HoldCode::{PhoneMissing, ServiceUnmapped, SkuInvalidCharacters};
use cut_offs::to_leave;

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
