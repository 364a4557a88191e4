//! The groups of a list: by the cut-off that will be missed where someone is needed, by day
//! elsewhere. A list's orders are in order already, so a group is a run of them.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeZone as _, Utc};
use chrono_tz::Tz;
use store::Listed;

use crate::shapes::{Group, Tab, Tone};

/// The groups of a list in order; their counts add up to its length.
pub(crate) fn groups(tab: Tab, orders: &[Listed], now: DateTime<Utc>, zone: Tz) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut left = orders;
    while let Some(first) = left.first() {
        let span = match tab {
            Tab::NeedsYou => by_cut_off(first.at, now, zone),
            Tab::Waiting | Tab::AtWarehouse | Tab::Despatched | Tab::Cancelled => {
                by_day(first.at, now, zone)
            }
        };
        let count = left.partition_point(|order| span.holds(order.at)).max(1);
        let (_, rest) = left.split_at(count);
        left = rest;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        match groups.last_mut() {
            Some(last) if last.title == span.title => last.count += count,
            _ => groups.push(Group {
                title: span.title,
                count,
                tone: span.tone,
            }),
        }
    }
    groups
}

/// The orders of one group: those at or after one moment and before another, or those
/// without a time.
struct Span {
    title: String,
    tone: Tone,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    without_time: bool,
}

impl Span {
    fn holds(&self, at: Option<DateTime<Utc>>) -> bool {
        match at {
            None => self.without_time,
            Some(at) => self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at < to),
        }
    }
}

fn by_cut_off(at: Option<DateTime<Utc>>, now: DateTime<Utc>, zone: Tz) -> Span {
    let today = now.with_timezone(&zone).date_naive();
    let tomorrow = midnight(today, 1, zone);
    let after = midnight(today, 2, zone);
    let span = |title: String, tone, from, to| Span {
        title,
        tone,
        from,
        to,
        without_time: false,
    };
    match at {
        Some(at) if at <= now => {
            let just_after = now + chrono::Duration::milliseconds(1);
            span("Missed".into(), Tone::Stop, None, Some(just_after))
        }
        // Each of today's cut-offs by itself: services may differ.
        Some(at) if at < tomorrow => {
            let time = at.with_timezone(&zone).format("%H:%M");
            let next = at + chrono::Duration::milliseconds(1);
            let title = format!("Before today’s {time} cut-off");
            span(title, Tone::Stop, Some(at), Some(next))
        }
        Some(at) if at < after => span(
            "Before tomorrow’s cut-off".into(),
            Tone::Warn,
            Some(tomorrow),
            Some(after),
        ),
        _ => Span {
            without_time: true,
            ..span("Later".into(), Tone::Plain, Some(after), None)
        },
    }
}

fn by_day(at: Option<DateTime<Utc>>, now: DateTime<Utc>, zone: Tz) -> Span {
    let Some(at) = at else {
        return Span {
            title: "Earlier".into(),
            tone: Tone::Plain,
            from: None,
            to: None,
            without_time: true,
        };
    };
    let day = at.with_timezone(&zone).date_naive();
    Span {
        title: day_title(day, now.with_timezone(&zone).date_naive()),
        tone: Tone::Plain,
        from: Some(midnight(day, 0, zone)),
        to: None,
        without_time: false,
    }
}

/// A day as it is told on another: `Today`, `Yesterday`, `Friday 20 November`, with the
/// year where it is another.
pub(crate) fn day_title(day: NaiveDate, today: NaiveDate) -> String {
    if day == today {
        "Today".into()
    } else if Some(day) == today.pred_opt() {
        "Yesterday".into()
    } else if day.year() == today.year() {
        day.format("%A %-d %B").to_string()
    } else {
        day.format("%A %-d %B %Y").to_string()
    }
}

/// The moment at which a day begins, so many days after another.
pub(crate) fn midnight(day: NaiveDate, later: u64, zone: Tz) -> DateTime<Utc> {
    let day = day.checked_add_days(Days::new(later)).unwrap_or(day);
    let local = day.and_time(chrono::NaiveTime::MIN);
    // Where the clocks go forward at midnight the day begins an hour later.
    (0..=3)
        .filter_map(|hours| local.checked_add_signed(chrono::Duration::hours(hours)))
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map_or_else(|| local.and_utc(), |found| found.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;
    use proptest::prelude::*;
    use store::SaleKey;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn listed(times: &[Option<&str>]) -> Vec<Listed> {
        (1..)
            .zip(times)
            .map(|(n, time)| Listed {
                sale: SaleKey(n),
                at: time.map(at),
            })
            .collect()
    }

    fn told(tab: Tab, times: &[Option<&str>], now: &str) -> Vec<(String, u32)> {
        groups(tab, &listed(times), at(now), London)
            .into_iter()
            .map(|group| (group.title, group.count))
            .collect()
    }

    #[test]
    fn who_must_act_sees_what_misses_which_cut_off() {
        let times = [
            Some("2026-11-23T16:00:00Z"),
            Some("2026-11-24T12:00:00Z"),
            Some("2026-11-24T14:00:00Z"),
            Some("2026-11-24T16:00:00Z"),
            Some("2026-11-24T16:00:00Z"),
            Some("2026-11-25T16:00:00Z"),
            Some("2026-11-30T16:00:00Z"),
            None,
        ];
        let groups = told(Tab::NeedsYou, &times, "2026-11-24T12:00:00Z");
        let expected = [
            ("Missed", 2),
            ("Before today’s 14:00 cut-off", 1),
            ("Before today’s 16:00 cut-off", 2),
            ("Before tomorrow’s cut-off", 1),
            ("Later", 2),
        ];
        assert_eq!(groups, expected.map(|(title, n)| (title.to_owned(), n)));
    }

    #[test]
    fn a_day_is_the_merchants_day() {
        let times = [
            Some("2026-07-02T08:00:00Z"),
            // 00:30 in London, still the first of July in Greenwich.
            Some("2026-07-01T23:30:00Z"),
            Some("2026-07-01T22:30:00Z"),
            Some("2026-06-26T10:00:00Z"),
            Some("2025-12-31T10:00:00Z"),
        ];
        let groups = told(Tab::Despatched, &times, "2026-07-02T09:00:00Z");
        let expected = [
            ("Today", 2),
            ("Yesterday", 1),
            ("Friday 26 June", 1),
            ("Wednesday 31 December 2025", 1),
        ];
        assert_eq!(groups, expected.map(|(title, n)| (title.to_owned(), n)));
    }

    proptest! {
        #[test]
        fn groups_partition_every_list(
            mut minutes in proptest::collection::vec(proptest::option::of(-4_000_i64..4_000), 0..40),
            tab in 0_usize..2,
        ) {
            let now = at("2026-10-24T22:15:00Z");
            let tab = [Tab::NeedsYou, Tab::AtWarehouse][tab];
            if tab == Tab::NeedsYou {
                minutes.sort_by_key(|at| (at.is_none(), *at));
            } else {
                minutes.sort_by_key(|at| std::cmp::Reverse(*at));
            }
            let orders: Vec<Listed> = (1..)
                .zip(&minutes)
                .map(|(n, at)| Listed {
                    sale: SaleKey(n),
                    at: at.map(|at| now + chrono::Duration::minutes(at)),
                })
                .collect();
            let groups = groups(tab, &orders, now, London);
            let sum: u32 = groups.iter().map(|group| group.count).sum();
            prop_assert_eq!(usize::try_from(sum).unwrap(), orders.len());
            let mut titles: Vec<_> = groups.iter().map(|group| &group.title).collect();
            titles.sort();
            titles.dedup();
            prop_assert_eq!(titles.len(), groups.len(), "a heading comes twice");
        }
    }
}
