//! Stock adjustments that wait for a person: to be decided, or put right.

use std::collections::BTreeMap;

use domain::Owner;

use super::super::alert::{Alert, Level};
use super::super::notice::Go;
use super::super::phrases::many;
use super::{Bench, counted, for_each_owner};

pub(super) fn alerts(bench: &Bench<'_>) -> Vec<Alert> {
    for_each_owner(bench, of_owner)
}

fn of_owner(bench: &Bench<'_>, owner: Owner) -> Option<Alert> {
    let mut reasons: BTreeMap<&str, i64> = BTreeMap::new();
    for (whose, causes, count) in &bench.facts.adjustments {
        if *whose == owner {
            // The first of several causes is the one that decides whose it is.
            let first = causes.split(',').next().unwrap_or_default();
            *reasons
                .entry(crate::words::adjustment_cause(first))
                .or_default() += count;
        }
    }
    let (count, named) = counted(reasons, |reason| reason)?;
    let title = format!(
        "{} not in Cin7 Core yet: {}",
        many(count, "stock adjustment"),
        named
    );
    let mut alert = Alert::new("adjustments", Level::NeedsSomeone, owner, title);
    alert.subject = owner.word().into();
    alert.count = count;
    alert.text = format!("{}.", alert.title);
    alert.body = "What can be sold may differ from what is there until each is decided.".into();
    alert.go = Go {
        owner: Some(owner.word()),
        ..Go::adjustments("needs_you")
    };
    Some(alert)
}
