//! Documents that do not stand as they were posted: one alert for each owner.

use domain::Owner;
use store::{FindingRow, PaperKind};

use super::super::alert::{Alert, Level};
use super::super::notice::Go;
use super::super::phrases::many;
use super::{Bench, for_each_owner};

/// Documents that a title names, and fields that a body tells.
const NAMED: usize = 3;

pub(super) fn alerts(bench: &Bench<'_>) -> Vec<Alert> {
    for_each_owner(bench, of_owner)
}

fn of_owner(bench: &Bench<'_>, owner: Owner) -> Option<Alert> {
    let all = bench.facts.read_back.iter();
    let own: Vec<&FindingRow> = all.filter(|finding| finding.owner == owner).collect();
    let first = own.first()?;
    let mut alert = Alert::new("read_back", Level::NeedsSomeone, owner, title(&own));
    alert.subject = owner.word().into();
    alert.count = i64::try_from(own.len()).unwrap_or(i64::MAX);
    alert.text = format!("{}. {}", alert.title, fields(&own));
    alert.body = format!(
        "{} Put it right there, and the next check ends this; or say on Today that it is right.",
        fields(&own)
    );
    alert.go = leads_to(first, own.len());
    let since = own.iter().map(|finding| finding.since).min();
    Some(alert.since(since))
}

fn title(own: &[&FindingRow]) -> String {
    if let [one] = own {
        return format!(
            "{}, {}, does not stand as it was posted",
            one.number,
            crate::words::paper(one.kind.word())
        );
    }
    let named: Vec<&str> = own
        .iter()
        .take(NAMED)
        .map(|one| one.number.as_str())
        .collect();
    let rest = match own.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let count = i64::try_from(own.len()).unwrap_or(i64::MAX);
    format!(
        "{} do not stand as they were posted: {}{rest}",
        many(count, "document"),
        named.join(", ")
    )
}

/// The first fields, with what was posted and what stands there.
fn fields(own: &[&FindingRow]) -> String {
    let all = own.iter().flat_map(|finding| {
        let differences = finding.differences.iter();
        differences.map(|one| {
            let whose = if own.len() > 1 {
                format!("{}, {}", finding.number, one.field)
            } else {
                crate::words::capital(&one.field)
            };
            format!("{whose}: posted {}, now {}.", one.posted, one.now)
        })
    });
    let all: Vec<String> = all.collect();
    let mut told = all
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    if let more @ 1.. = all.len().saturating_sub(NAMED) {
        told.push_str(&format!(" And {more} more."));
    }
    told
}

/// The order that it is about; where there are several, or none, Today names them.
fn leads_to(first: &FindingRow, count: usize) -> Go {
    match first.kind {
        PaperKind::Shipment | PaperKind::Order if count == 1 => Go {
            number: Some(first.number.clone()),
            tab: None,
            ..Go::orders("needs_you")
        },
        PaperKind::Stock => Go {
            tab: None,
            ..Go::adjustments("needs_you")
        },
        PaperKind::Shipment | PaperKind::Order => Go::today(),
    }
}
