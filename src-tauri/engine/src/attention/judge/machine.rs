//! What this computer suffers from: its clock, its disk, its database, its notifications,
//! and another copy at the same accounts (R106, R125, R127).

use domain::Owner;

use super::super::alert::{Alert, Level};
use super::super::notice::Go;
use super::super::phrases::lasted;
use super::Bench;

/// With less room than this nothing can be written safely, bytes.
const FULL: u64 = 20 << 20;
/// Bytes in a megabyte as people count them.
const MEGABYTE: u64 = 1_000_000;

pub(super) fn alerts(bench: &Bench<'_>) -> Vec<Alert> {
    let mut all = Vec::new();
    all.extend(database(bench));
    all.extend(disk(bench));
    all.extend(another_copy(bench));
    all.extend(clock(bench));
    all.extend(notifications(bench));
    all.extend(calls_shared(bench));
    all
}

fn database(bench: &Bench<'_>) -> Option<Alert> {
    let fault = bench.facts.machine.database.as_ref()?;
    let mut alert = Alert::new(
        "database_fault",
        Level::Urgent,
        Owner::Support,
        "The database cannot be written; nothing is sent".into(),
    );
    alert.text = format!(
        "The database cannot be written, so nothing is sent. {}",
        fault.why
    );
    alert.body.clone_from(&fault.why);
    Some(alert.since(Some(fault.at)))
}

fn disk(bench: &Bench<'_>) -> Option<Alert> {
    let free = bench.facts.machine.disk_free?;
    let limit = u64::try_from(bench.settings.whole("alerts.disk_free_mb")).unwrap_or_default();
    let megabytes = free / MEGABYTE;
    if free < FULL {
        let mut alert = Alert::new(
            "disk_full",
            Level::Urgent,
            Owner::Support,
            "The disk is full".into(),
        );
        alert.text = format!(
            "The disk is full ({megabytes} MB left): nothing can be sent. Free some space."
        );
        alert.body = format!(
            "{megabytes} MB are left where the data is kept. What cannot be written down first is not sent. Free some space."
        );
        return Some(alert);
    }
    if megabytes >= limit {
        return None;
    }
    let mut alert = Alert::new(
        "disk_low",
        Level::NeedsSomeone,
        Owner::Support,
        format!("Only {megabytes} MB are left on the disk"),
    );
    alert.text = format!("Only {megabytes} MB are left on the disk. Free some space.");
    alert.body =
        "When it is full, nothing can be sent. Free some space where the data is kept.".into();
    Some(alert)
}

fn clock(bench: &Bench<'_>) -> Option<Alert> {
    let off = bench.facts.machine.clock_off?;
    let way = if off.num_seconds() > 0 {
        "fast"
    } else {
        "slow"
    };
    let title = format!("This computer’s clock is {} {way}", lasted(off.abs()));
    let mut alert = Alert::new(
        "clock_wrong",
        Level::NeedsSomeone,
        Owner::Support,
        title.clone(),
    );
    alert.text = format!("{title}. Set it right: cut-offs and the log go by it.");
    alert.body =
        "Cut-offs, schedules and the log go by it. Set it right in the system’s settings.".into();
    Some(alert)
}

fn notifications(bench: &Bench<'_>) -> Option<Alert> {
    let fault = bench.facts.machine.notifications.as_ref()?;
    let mut alert = Alert::new(
        "notifications_unavailable",
        Level::NeedsSomeone,
        Owner::Support,
        "Notifications cannot be shown".into(),
    );
    alert.text = format!(
        "Notifications cannot be shown ({}). What needs you is on Today and on the tray icon.",
        fault.why
    );
    alert.body.clone_from(&fault.why);
    alert.go = Go::settings("notifications");
    Some(alert.since(Some(fault.at)))
}

fn another_copy(bench: &Bench<'_>) -> Option<Alert> {
    let found = bench.facts.machine.another_copy.as_ref()?;
    let level = if bench.settings.is_live() {
        Level::Urgent
    } else {
        Level::NeedsSomeone
    };
    let mut alert = Alert::new(
        "another_copy",
        level,
        Owner::Support,
        "Another program sends this account’s orders".into(),
    );
    alert.text = format!(
        "{} Stop the other one, or this one; then resume sending here.",
        found.why
    );
    alert.body.clone_from(&alert.text);
    Some(alert.since(Some(found.at)))
}

fn calls_shared(bench: &Bench<'_>) -> Option<Alert> {
    let found = bench.facts.machine.calls_shared.as_ref()?;
    let mut alert = Alert::new(
        "calls_shared",
        Level::NeedsSomeone,
        Owner::Support,
        "Another program uses the same Cin7 Core key".into(),
    );
    alert.text = format!(
        "{} Give Stockbridge a key of its own in Cin7 Core.",
        found.why
    );
    alert.body.clone_from(&alert.text);
    Some(alert.since(Some(found.at)))
}
