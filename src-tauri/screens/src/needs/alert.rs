//! What needs someone and is about no order, or about orders that nobody is told of by
//! name: vendors, the schedule, sending itself, this computer.

use engine::attention::{Alert, Level};

use super::{Placed, Sources, go, go_screen, owner_of};
use crate::shapes::{Go, Icon, Need, Owner, Screen, Tone};
use crate::text::sentence;

/// Alerts about orders that are told in their own parts.
const TOLD_BY_ORDERS: [&str; 7] = [
    "held",
    "rejected",
    "blocked",
    "cancelled_there",
    "look_at",
    "changed_after_sending",
    "cancelled_after_sending",
];

pub(super) fn needs(from: &Sources<'_>) -> Vec<Placed> {
    from.alerts
        .iter()
        .filter(|alert| is_shown(alert))
        .map(|alert| placed(from, alert))
        .collect()
}

fn is_shown(alert: &Alert) -> bool {
    if alert.follows {
        return false;
    }
    match alert.code {
        // Of orders that only wait to be sent: no part of those that need someone.
        "cut_off" | "cut_off_missed" => alert.go.tab == Some("waiting"),
        // Of one owner's orders: those are a part.
        "outcome_unknown" => alert.subject.is_empty(),
        code => !TOLD_BY_ORDERS.contains(&code),
    }
}

fn placed(from: &Sources<'_>, alert: &Alert) -> Placed {
    let id = alert.id();
    let urgent = alert.level == Level::Urgent;
    let (rank, icon, button, place) = look_of(alert);
    let detail = match alert.code {
        // Here the reason a person typed may be read; on a notification it may not.
        "sending_paused" => sentence(&alert.text),
        _ if alert.body.is_empty() => sentence(&alert.text),
        _ => alert.body.replace('\n', " "),
    };
    Placed {
        rank,
        by: alert.began,
        need: Need {
            taken_by: from.taken_by(&id),
            id,
            tone: if urgent { Tone::Stop } else { Tone::Warn },
            icon,
            title: alert.title.clone(),
            detail,
            owner: owner_of(alert.owner).unwrap_or(Owner::Support),
            button: button.into(),
            go: place,
            count: if is_about_orders(alert.code) {
                u32::try_from(alert.count).unwrap_or_default()
            } else {
                0
            },
            since: alert.since.clone(),
        },
    }
}

fn is_about_orders(code: &str) -> bool {
    matches!(
        code,
        "backlog" | "outcome_unknown" | "cut_off" | "cut_off_missed" | "sending_paused"
    )
}

/// Its place among all, its picture, its button, and where that leads.
fn look_of(alert: &Alert) -> (u8, Icon, &'static str, Go) {
    let told = || go(&alert.go);
    let log = || go_screen(Screen::Activity, "");
    let settings = |section| go_screen(Screen::Settings, section);
    match alert.code {
        "database_fault" => (0, Icon::Disk, "Open", log()),
        "disk_full" => (1, Icon::Disk, "Open", settings("notifications")),
        "credentials_refused" => (2, Icon::Key, "Enter key", settings("connections")),
        "another_copy" => (3, Icon::Warning, "Open", settings("connections")),
        "cut_off" => (11, Icon::Clock, "Open", told()),
        "cut_off_missed" => (21, Icon::Clock, "Open", told()),
        "despatch_exceptions" => (30, Icon::Truck, "Review", told()),
        "adjustments" => (31, Icon::Scales, "Review", told()),
        "oversell" => (12, Icon::Scales, "Review", told()),
        "drift" => (32, Icon::Scales, "Review", told()),
        "drift_grows" => (33, Icon::Scales, "Open", told()),
        "read_back" => (34, Icon::Question, "Open", told()),
        "not_compared" => (54, Icon::Question, "Open", told()),
        "confirmations" => (49, Icon::Truck, "Open", told()),
        "vendor_silent" => (50, Icon::Link, "Check", settings("connections")),
        "backlog" => (51, Icon::Clock, "Open", told()),
        "outcome_unknown" => (52, Icon::Question, "Open", told()),
        "sending_paused" => (
            53,
            Icon::Pause,
            "Review",
            super::go_tab(crate::shapes::Tab::Waiting),
        ),
        "overdue" => (70, Icon::Clock, "Open", log()),
        "clock_wrong" => (71, Icon::Clock, "Open", settings("connections")),
        "disk_low" => (72, Icon::Disk, "Open", settings("notifications")),
        "calls_shared" => (73, Icon::Key, "Open", settings("connections")),
        "gap" => (74, Icon::Pause, "Open", log()),
        "notifications_unavailable" => (75, Icon::Warning, "Open", settings("notifications")),
        _ => (76, Icon::Warning, "Open", told()),
    }
}
