//! The settings for people: grouped, with what each means; and what a change does.

use engine::Settings;
use engine::settings::{Plan, SPECS};
use serde_json::Value;

use super::sheet::Sheet;
use crate::output::Colour;

/// Columns of a key and of a value before its meaning goes to a line of its own.
const KEY: usize = 32;
const VALUE: usize = 20;

/// All settings; what differs from the default is marked.
pub(crate) fn all(settings: &Settings, sheet: &Sheet) -> String {
    let defaults = Settings::default();
    let mut text = String::new();
    let mut group = "";
    for spec in SPECS {
        let (of, _) = spec.key.split_once('.').unwrap_or((spec.key, ""));
        if of != group && !group.is_empty() {
            text.push('\n');
        }
        group = of;
        let value = settings.value(spec.key);
        let is_set = value != defaults.value(spec.key);
        text.push_str(&line(spec.key, &value, is_set, spec.help, sheet));
    }
    text.push_str("\n* differs from the default. `settings set KEY VALUE` changes one; lists are typed as a,b,c.\n");
    text
}

fn line(key: &str, value: &Value, is_set: bool, help: &str, sheet: &Sheet) -> String {
    let mark = if is_set { "*" } else { " " };
    let shown = shown(value);
    let padded = format!("{shown:<VALUE$}");
    let painted = if is_set {
        sheet.paint(Colour::Ok, &padded)
    } else {
        padded.clone()
    };
    let first = format!("{mark} {key:<KEY$}{painted}");
    let indent = KEY + VALUE + 4;
    if shown.chars().count() > VALUE {
        let blank = " ".repeat(indent);
        format!(
            "{}\n{}",
            first.trim_end(),
            sheet.wrapped(&blank, help, indent)
        )
    } else {
        sheet.wrapped(&format!("{first}  "), help, indent)
    }
}

/// A value as it is typed, and words for what is empty.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::String(text) if text.is_empty() => "(empty)".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".into(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(","),
        Value::Object(map) if map.is_empty() => "none".into(),
        other => other.to_string(),
    }
}

/// What was changed, and what the schedule costs now.
pub(crate) fn changed(
    changes: &[(&'static str, Value, Value)],
    plan: &Plan,
    sheet: &Sheet,
) -> String {
    if changes.is_empty() {
        return "Nothing changed: these are the values already.".into();
    }
    let mut text = String::new();
    for (key, before, after) in changes {
        let after = sheet.paint(Colour::Ok, &shown(after));
        text.push_str(&format!("{key}: {} → {after}\n", shown(before)));
    }
    let is_about_calls = |key: &str| key.starts_with("schedule.") || key.starts_with("limits.");
    if changes.iter().any(|(key, _, _)| is_about_calls(key)) {
        let said = format!(
            "Looking takes {:.1} of the {:.0} calls to Cin7 Core a minute; the rest reads up to {:.0} orders a minute.",
            plan.calls_per_minute,
            plan.limit,
            plan.orders_per_minute(),
        );
        text.push_str(&sheet.wrapped("", &said, 0));
    }
    for (key, _, after) in changes {
        if let Some(said) = means(key, after) {
            text.push_str(&sheet.wrapped("", &said, 0));
        }
    }
    let is_a_rule = |key: &str| key.starts_with("trigger.") || key.starts_with("checks.");
    if changes.iter().any(|(key, _, _)| is_a_rule(key)) {
        let said =
            "At the next `sync` the orders that are held are checked again under the new rules.";
        text.push_str(&sheet.wrapped("", said, 0));
    }
    text
}

/// What a change of a setting of weight means.
fn means(key: &str, after: &Value) -> Option<String> {
    Some(match (key, after.as_str()) {
        ("mode", Some("live")) => {
            "Orders that pass the checks are sent from the next `sync` on.".into()
        }
        ("mode", Some(_)) => "Nothing is sent any more; what was sent is still followed.".into(),
        ("cin7.base_url", _) => "Next: `connect cin7`.".into(),
        ("whistl.base_url", _) => "Next: `connect whistl`.".into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::sheet;

    #[test]
    fn every_setting_is_shown_with_its_meaning_and_the_changed_ones_are_marked() {
        let mut settings = Settings::default();
        settings.set_text("schedule.orders", "60").unwrap();
        let text = all(&settings, &sheet());
        for spec in SPECS {
            assert!(text.contains(spec.key), "{} is missing", spec.key);
        }
        let marked: Vec<&str> = text.lines().filter(|l| l.starts_with("* s")).collect();
        assert_eq!(
            marked,
            [
                "* schedule.orders                 60                    seconds between looks for changed sales"
            ]
        );
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
    }

    #[test]
    fn a_change_is_told_before_and_after_with_what_it_costs() {
        let mut after = Settings::default();
        after.set_text("mode", "live").unwrap();
        after.set_text("schedule.orders", "60").unwrap();
        after
            .set_text("trigger.channels_only", "Shopify,eBay")
            .unwrap();
        let changes = Settings::default().changes_to(&after);
        expect![[r"
            mode: look_only → live
            trigger.channels_only: none → Shopify,eBay
            schedule.orders: 30 → 60
            Looking takes 1.1 of the 55 calls to Cin7 Core a minute; the rest reads up to 54 orders a minute.
            Orders that pass the checks are sent from the next `sync` on.
            At the next `sync` the orders that are held are checked again under the new rules.
        "]].assert_eq(&changed(&changes, &after.plan(), &sheet()));
    }
}
