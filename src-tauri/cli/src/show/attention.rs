//! What needs someone, and how long each owner had what.

use chrono::Duration;
use engine::attention::{Notice, Urgency};
use engine::views::{AlertView, Level, OwnerView};
use engine::words;

use super::sheet::{Sheet, span};
use super::table::{Cell, Table};
use crate::output::Colour;

/// The alerts, most urgent first, each with the id to take it by.
pub(crate) fn alerts(alerts: &[AlertView], sheet: &Sheet) -> String {
    if alerts.is_empty() {
        return sheet.paint(Colour::Ok, "Nothing needs anyone.");
    }
    let mut text = String::new();
    for alert in alerts {
        let colour = match alert.level {
            Level::Urgent => Colour::Stop,
            Level::NeedsSomeone => Colour::Warn,
            Level::Information => Colour::Dim,
        };
        let since = alert
            .since
            .as_ref()
            .map(|at| format!(" Since {} ({}).", sheet.told(at), sheet.age(at)))
            .unwrap_or_default();
        let taken = match (alert.taken_by.as_str(), alert.escalated) {
            ("", false) => String::new(),
            ("", true) => " Nobody has taken it yet.".into(),
            (who, _) => format!(" {who} has it."),
        };
        let said = format!(
            "{}: {}{since}{taken}",
            words::capital(words::owner(alert.owner)),
            alert.text
        );
        let mark = format!("{} ", sheet.paint(colour, "!"));
        text.push_str(&sheet.wrapped(&mark, &said, 2));
        text.push_str(&format!("  {}\n", sheet.paint(Colour::Dim, &alert.id)));
    }
    text
}

/// A notice as a line of `watch`, with what to know below it.
pub(crate) fn notice(notice: &Notice, sheet: &Sheet) -> String {
    let colour = match notice.urgency {
        Urgency::Critical => Colour::Stop,
        Urgency::Normal => Colour::Warn,
        Urgency::Low => Colour::Ok,
    };
    let head = format!(
        "{}  {}",
        sheet.time_with_seconds(notice.at),
        sheet.paint(colour, &notice.title)
    );
    notice
        .body
        .lines()
        .fold(head, |text, line| text + "\n          " + line)
}

/// Orders and hours by owner.
pub(crate) fn owners(owners: &[OwnerView], days: u32, sheet: &Sheet) -> String {
    let mut table = Table::new(&[
        "Owner",
        ">Orders now",
        ">Put off",
        ">Waiting, together",
        ">Done",
        ">Took, together",
    ]);
    for owner in owners {
        table.row(vec![
            words::capital(words::owner(owner.owner)).into(),
            owner.orders.to_string().into(),
            some(owner.put_off),
            hours(owner.waiting_seconds),
            some(owner.turns),
            hours(owner.seconds),
        ]);
    }
    format!(
        "{}\n“Done” is of the last {}.\n",
        table.text(sheet),
        words::many(i64::from(days), "day")
    )
}

/// A count, or nothing for none.
fn some(count: i64) -> Cell {
    if count == 0 {
        Cell::default()
    } else {
        count.to_string().into()
    }
}

fn hours(seconds: i64) -> Cell {
    if seconds == 0 {
        Cell::default()
    } else {
        span(Duration::seconds(seconds)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::fixtures::sheet;

    fn alert() -> AlertView {
        AlertView {
            id: "vendor_silent:whistl".into(),
            code: "vendor_silent",
            level: Level::Urgent,
            owner: "support",
            count: 1,
            since: Some("2026-11-25T11:40:00Z".into()),
            text: "Whistl has given no usable answer for 20 minutes.".into(),
            taken_by: String::new(),
            taken_at: None,
            escalated: false,
        }
    }

    #[test]
    fn an_alert_says_since_when_whose_it_is_and_who_has_it() {
        let told = alerts(&[alert()], &sheet());
        assert_eq!(
            told,
            "! Stockbridge support: Whistl has given no usable answer for 20 minutes. Since 11:40 (20 min).\n  vendor_silent:whistl\n"
        );
        let taken = AlertView {
            taken_by: "Ada".into(),
            ..alert()
        };
        let told = alerts(&[taken], &sheet()).replace("\n  ", " ");
        assert!(told.contains("Ada has it."), "{told}");
    }

    #[test]
    fn with_nothing_to_do_it_says_so() {
        assert_eq!(alerts(&[], &sheet()), "Nothing needs anyone.");
    }

    #[test]
    fn hours_stand_beside_their_owner() {
        let office = OwnerView {
            owner: "office",
            orders: 3,
            put_off: 1,
            waiting_seconds: 7_800,
            turns: 12,
            seconds: 100_800,
        };
        let told = owners(&[office], 7, &sheet());
        for wanted in ["The office", "2 h 10 min", "1 day 4 h", "last 7 days"] {
            assert!(told.contains(wanted), "{told}");
        }
    }
}
