//! By when an order must leave (R7, R23, R24): the warehouse's days, its cut-offs in its
//! own local time, and the clock changes.
//!
//! The days that are holidays are given; which ones they are is a setting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{
    DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc, Weekday,
};
use chrono_tz::Tz;

use crate::ServiceCode;

/// How many days ahead a working day is looked for. A calendar with none in a year has
/// none at all.
const HORIZON_DAYS: usize = 366;

/// When the warehouse works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The warehouse's zone; days and times below are local to it.
    pub zone: Tz,
    /// Days of the week on which goods leave.
    pub working_days: Vec<Weekday>,
    /// Days on which nothing leaves although the week says so.
    pub holidays: BTreeSet<NaiveDate>,
    /// An order that is in before this time of a working day leaves that day.
    pub cut_off: NaiveTime,
    /// The same for one service.
    pub cut_off_by_service: BTreeMap<ServiceCode, NaiveTime>,
}

impl Default for Calendar {
    /// London, Monday to Friday, 16:00, no holidays (assumed).
    fn default() -> Self {
        use Weekday::{Fri, Mon, Thu, Tue, Wed};
        Self {
            zone: chrono_tz::Europe::London,
            working_days: vec![Mon, Tue, Wed, Thu, Fri],
            holidays: BTreeSet::new(),
            cut_off: NaiveTime::from_hms_opt(16, 0, 0).unwrap_or(NaiveTime::MIN),
            cut_off_by_service: BTreeMap::new(),
        }
    }
}

impl Calendar {
    /// The moment by which an order must have left.
    ///
    /// Without `asked`: the cut-off of the day of authorisation if that is a working day
    /// and the cut-off still ahead, else the cut-off of the next working day.
    ///
    /// With `asked`, the day the office promised: that day's cut-off, past or not, since
    /// a missed promise must show as missed. Should nothing leave on that day, the last
    /// working day before it counts, unless the order was authorised too late for it.
    ///
    /// A calendar without any working day is read as one that works every day.
    pub fn ship_by(
        &self,
        service: Option<&ServiceCode>,
        authorised_at: DateTime<Utc>,
        asked: Option<NaiveDate>,
    ) -> DateTime<Utc> {
        let time = self.cut_off_of(service);
        match asked {
            Some(day) => self.promised(day, time, authorised_at),
            None => self.earliest(time, authorised_at),
        }
    }

    /// The time of day by which an order on that service must be in.
    pub fn cut_off_of(&self, service: Option<&ServiceCode>) -> NaiveTime {
        service
            .and_then(|service| self.cut_off_by_service.get(service))
            .copied()
            .unwrap_or(self.cut_off)
    }

    /// Whether goods leave on that day.
    pub fn works_on(&self, day: NaiveDate) -> bool {
        self.working_days.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The moment before which something must have begun to be older than so many working days
    /// on that day. The day it began on counts as the first when it is a working day: what
    /// began on a Monday is older than five working days from the next Monday on, its sixth.
    ///
    /// A calendar without any working day is read as one that works every day.
    pub fn older_than(&self, working_days: u32, day: NaiveDate) -> DateTime<Utc> {
        let has_any = day
            .iter_days()
            .take(HORIZON_DAYS)
            .any(|day| self.works_on(day));
        let back = usize::try_from(working_days).unwrap_or(usize::MAX);
        let first = std::iter::successors(Some(day), NaiveDate::pred_opt)
            // Holidays and short weeks included, so many days hold as many working ones.
            .take(HORIZON_DAYS.saturating_mul(2))
            .filter(|day| !has_any || self.works_on(*day))
            .nth(back);
        first
            .and_then(|first| first.succ_opt())
            .map_or(DateTime::<Utc>::MIN_UTC, |after| {
                self.instant(after, NaiveTime::MIN)
            })
    }

    /// The last day of the month that the moment is in.
    pub fn month_ends(&self, at: DateTime<Utc>) -> NaiveDate {
        let today = at.with_timezone(&self.zone).date_naive();
        let days = u32::from(today.num_days_in_month());
        today.with_day(days).unwrap_or(today)
    }

    fn earliest(&self, time: NaiveTime, authorised_at: DateTime<Utc>) -> DateTime<Utc> {
        let today = authorised_at.with_timezone(&self.zone).date_naive();
        let in_time = |day: &NaiveDate| self.instant(*day, time) > authorised_at;
        let days = || today.iter_days().take(HORIZON_DAYS);
        let day = days()
            .filter(|day| self.works_on(*day))
            .find(in_time)
            .or_else(|| days().find(in_time))
            .unwrap_or(today);
        self.instant(day, time)
    }

    fn promised(
        &self,
        asked: NaiveDate,
        time: NaiveTime,
        authorised_at: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let before = std::iter::successors(Some(asked), NaiveDate::pred_opt)
            .take(HORIZON_DAYS)
            .find(|day| self.works_on(*day))
            .map(|day| self.instant(day, time))
            .filter(|cut_off| *cut_off > authorised_at);
        before.unwrap_or_else(|| self.instant(asked, time))
    }

    /// A local time as an instant. The hour that comes twice in autumn is taken at its
    /// first coming, the stricter reading; an hour that spring leaves out becomes the
    /// moment at which the clocks go forward.
    fn instant(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let local = day.and_time(time);
        (0..=180)
            .filter_map(|minutes| local.checked_add_signed(TimeDelta::minutes(minutes)))
            .find_map(|local| self.zone.from_local_datetime(&local).earliest())
            .map_or_else(|| local.and_utc(), |found| found.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn ship_by(authorised: &str) -> DateTime<Utc> {
        Calendar::default().ship_by(None, at(authorised), None)
    }

    fn express() -> ServiceCode {
        ServiceCode::parse("WHI_EXP").unwrap()
    }

    #[test]
    fn an_order_before_the_cut_off_leaves_the_same_day() {
        assert_eq!(ship_by("2026-11-24T15:59:59Z"), at("2026-11-24T16:00:00Z"));
    }

    #[test]
    fn an_order_at_the_cut_off_has_missed_it() {
        assert_eq!(ship_by("2026-11-24T16:00:00Z"), at("2026-11-25T16:00:00Z"));
    }

    #[test]
    fn friday_evening_waits_for_monday() {
        assert_eq!(ship_by("2026-11-27T18:00:00Z"), at("2026-11-30T16:00:00Z"));
    }

    #[test]
    fn nothing_leaves_on_a_bank_holiday() {
        let calendar = Calendar {
            holidays: [day("2026-12-25"), day("2026-12-28")].into(),
            ..Calendar::default()
        };
        let authorised = at("2026-12-25T09:00:00Z");
        assert_eq!(
            calendar.ship_by(None, authorised, None),
            at("2026-12-29T16:00:00Z")
        );
    }

    #[test]
    fn the_cut_off_stays_at_four_when_the_clocks_go_back() {
        // Sunday 25 October 2026 ends British Summer Time.
        assert_eq!(ship_by("2026-10-23T14:30:00Z"), at("2026-10-23T15:00:00Z"));
        assert_eq!(ship_by("2026-10-25T10:00:00Z"), at("2026-10-26T16:00:00Z"));
    }

    #[test]
    fn a_warehouse_that_works_on_the_last_sunday_of_october_keeps_its_local_time() {
        let calendar = Calendar {
            working_days: vec![Weekday::Sun],
            ..Calendar::default()
        };
        let midnight = at("2026-10-24T23:00:00Z");
        assert_eq!(
            calendar.ship_by(None, midnight, None),
            at("2026-10-25T16:00:00Z")
        );
    }

    #[test]
    fn an_hour_that_comes_twice_counts_at_its_first_coming() {
        let calendar = Calendar {
            working_days: vec![Weekday::Sun],
            cut_off: NaiveTime::from_hms_opt(1, 30, 0).unwrap(),
            ..Calendar::default()
        };
        let authorised = at("2026-10-24T23:00:00Z");
        assert_eq!(
            calendar.ship_by(None, authorised, None),
            at("2026-10-25T00:30:00Z")
        );
    }

    #[test]
    fn an_hour_that_spring_leaves_out_is_the_moment_the_clocks_go_forward() {
        let calendar = Calendar {
            working_days: vec![Weekday::Sun],
            cut_off: NaiveTime::from_hms_opt(1, 30, 0).unwrap(),
            ..Calendar::default()
        };
        let authorised = at("2026-03-29T00:10:00Z");
        assert_eq!(
            calendar.ship_by(None, authorised, None),
            at("2026-03-29T01:00:00Z")
        );
    }

    #[test]
    fn the_day_is_the_warehouses_own_not_that_of_greenwich() {
        // 23:30 UTC in June is half past midnight in London, on the next day.
        assert_eq!(ship_by("2026-06-09T23:30:00Z"), at("2026-06-10T15:00:00Z"));
    }

    #[test]
    fn a_service_has_its_own_cut_off() {
        let calendar = Calendar {
            cut_off_by_service: [(express(), NaiveTime::from_hms_opt(18, 30, 0).unwrap())].into(),
            ..Calendar::default()
        };
        let authorised = at("2026-11-24T17:00:00Z");
        assert_eq!(
            calendar.ship_by(Some(&express()), authorised, None),
            at("2026-11-24T18:30:00Z")
        );
        assert_eq!(
            calendar.ship_by(None, authorised, None),
            at("2026-11-25T16:00:00Z")
        );
    }

    #[test]
    fn the_day_the_office_set_is_kept_even_when_it_is_past() {
        let calendar = Calendar::default();
        let authorised = at("2026-11-24T09:00:00Z");
        let asked = |text| calendar.ship_by(None, authorised, Some(day(text)));
        assert_eq!(asked("2026-12-03"), at("2026-12-03T16:00:00Z"));
        assert_eq!(asked("2026-11-23"), at("2026-11-23T16:00:00Z"));
    }

    #[test]
    fn a_promise_for_a_closed_day_falls_on_the_working_day_before() {
        let calendar = Calendar::default();
        let authorised = at("2026-11-24T09:00:00Z");
        let sunday = Some(day("2026-11-29"));
        assert_eq!(
            calendar.ship_by(None, authorised, sunday),
            at("2026-11-27T16:00:00Z")
        );
        // Authorised on the Saturday itself: Friday is gone, so the promise stands as made.
        let saturday = at("2026-11-28T09:00:00Z");
        assert_eq!(
            calendar.ship_by(None, saturday, sunday),
            at("2026-11-29T16:00:00Z")
        );
    }

    #[test]
    fn what_began_on_a_monday_is_older_than_five_working_days_on_its_sixth() {
        let calendar = Calendar::default();
        let is_older = |began: &str, on: &str| at(began) < calendar.older_than(5, day(on));
        let monday = "2026-11-16T08:00:00Z";
        assert!(!is_older(monday, "2026-11-20"), "Friday is the fifth");
        assert!(
            !is_older(monday, "2026-11-22"),
            "a Sunday is no working day"
        );
        assert!(is_older(monday, "2026-11-23"));
        // What began at the weekend has its first day on Monday.
        assert!(!is_older("2026-11-14T12:00:00Z", "2026-11-20"));
        assert!(is_older("2026-11-14T12:00:00Z", "2026-11-23"));
        assert!(!is_older("2026-11-17T00:00:00Z", "2026-11-23"));
    }

    #[test]
    fn a_holiday_makes_nothing_older() {
        let calendar = Calendar {
            holidays: [day("2026-12-25"), day("2026-12-28")].into(),
            ..Calendar::default()
        };
        let began = at("2026-12-21T08:00:00Z");
        assert!(began >= calendar.older_than(5, day("2026-12-29")));
        assert!(began < calendar.older_than(5, day("2026-12-30")));
    }

    #[test]
    fn without_any_working_day_every_day_makes_older() {
        let calendar = Calendar {
            working_days: Vec::new(),
            ..Calendar::default()
        };
        let on = calendar.older_than(2, day("2026-11-18"));
        assert_eq!(on, at("2026-11-17T00:00:00Z"));
        assert_eq!(
            Calendar::default().older_than(100_000, day("2026-11-18")),
            DateTime::<Utc>::MIN_UTC
        );
    }

    #[test]
    fn a_month_ends_by_the_merchants_own_days() {
        let calendar = Calendar::default();
        assert_eq!(
            calendar.month_ends(at("2026-02-03T09:00:00Z")),
            day("2026-02-28")
        );
        // Half past midnight in London, on the first of July.
        assert_eq!(
            calendar.month_ends(at("2026-06-30T23:30:00Z")),
            day("2026-07-31")
        );
    }

    #[test]
    fn a_calendar_without_working_days_still_answers() {
        let calendar = Calendar {
            working_days: Vec::new(),
            ..Calendar::default()
        };
        let authorised = at("2026-11-28T09:00:00Z");
        assert_eq!(
            calendar.ship_by(None, authorised, None),
            at("2026-11-28T16:00:00Z")
        );
    }

    proptest! {
        #[test]
        fn the_moment_is_on_a_working_day_and_after_authorisation(
            seconds in 1_700_000_000_i64..1_900_000_000,
            holidays in prop::collection::btree_set(0_u64..2_400, 0..20),
            hour in 0_u32..24,
            minute in 0_u32..60,
        ) {
            let first = day("2023-11-01");
            let calendar = Calendar {
                holidays: holidays.into_iter().map(|n| first + chrono::Days::new(n)).collect(),
                cut_off: NaiveTime::from_hms_opt(hour, minute, 0).unwrap(),
                ..Calendar::default()
            };
            let authorised = DateTime::from_timestamp(seconds, 0).unwrap();
            let found = calendar.ship_by(None, authorised, None);
            let local = found.with_timezone(&calendar.zone);
            prop_assert!(found > authorised);
            prop_assert!(calendar.works_on(local.date_naive()));
            prop_assert_eq!(local.time(), calendar.cut_off);
            // No working day in between was passed over.
            let mut between = authorised.with_timezone(&calendar.zone).date_naive();
            while between < local.date_naive() {
                let missed = calendar.instant(between, calendar.cut_off) <= authorised;
                prop_assert!(missed || !calendar.works_on(between), "{between} was passed over");
                between = between.succ_opt().unwrap();
            }
        }

        #[test]
        fn a_promise_is_never_put_off(
            seconds in 1_700_000_000_i64..1_900_000_000,
            ahead in -30_i64..60,
        ) {
            let calendar = Calendar::default();
            let authorised = DateTime::from_timestamp(seconds, 0).unwrap();
            let asked = authorised.date_naive() + TimeDelta::days(ahead);
            let found = calendar.ship_by(None, authorised, Some(asked));
            prop_assert!(found.with_timezone(&calendar.zone).date_naive() <= asked);
        }
    }
}
