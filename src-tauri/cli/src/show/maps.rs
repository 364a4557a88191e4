//! The maps and what was changed in them.

use engine::actions::Mapped;
use engine::words;
use store::{MapChange, MapRow};

use super::sheet::Sheet;
use super::table::Table;
use crate::output::Colour;

/// The entries.
pub(crate) fn entries(rows: &[MapRow], sheet: &Sheet) -> String {
    if rows.is_empty() {
        return "No entries yet. `map sku FROM TO` and `map service METHOD CODE` make one.".into();
    }
    let mut table = Table::new(&["Map", "From", "To", "Since", "By", "Why"]);
    for row in rows {
        table.row(vec![
            words::map(row.kind.word()).into(),
            row.from.as_str().into(),
            row.to.as_str().into(),
            sheet.time(row.at).into(),
            row.who.as_str().into(),
            row.reason.as_str().into(),
        ]);
    }
    table.text(sheet)
}

/// The changes.
pub(crate) fn history(changes: &[MapChange], sheet: &Sheet) -> String {
    if changes.is_empty() {
        return "Nothing was ever changed.".into();
    }
    let shown = |side: &Option<String>| side.clone().unwrap_or_else(|| "none".into());
    let mut table = Table::new(&[
        ">Version", "When", "Map", "From", "Before", "After", "By", "Why",
    ]);
    for change in changes {
        table.row(vec![
            change.version.to_string().into(),
            sheet.time(change.at).into(),
            words::map(change.kind.word()).into(),
            change.from.as_str().into(),
            shown(&change.before).into(),
            shown(&change.after).into(),
            change.who.as_str().into(),
            change.reason.as_str().into(),
        ]);
    }
    table.text(sheet)
}

/// What a change to a map means.
pub(crate) fn mapped(mapped: &Mapped, sheet: &Sheet) -> String {
    let set = match mapped.set {
        0 => "Removed.".to_owned(),
        1 => "Saved.".to_owned(),
        more => format!("{more} entries saved."),
    };
    let held = match mapped.held_orders {
        0 => String::new(),
        1 => " The order that is held is checked again at the next `sync`.".into(),
        more => format!(" The {more} orders that are held are checked again at the next `sync`."),
    };
    let mut text = sheet.wrapped("", &format!("{set}{held}"), 0);
    let mut warnings: Vec<&String> = mapped.warnings.iter().collect();
    warnings.dedup();
    for warning in warnings {
        let mark = format!("{} ", sheet.paint(Colour::Warn, "!"));
        text.push_str(&sheet.wrapped(&mark, warning, 2));
    }
    text
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use store::MapKind;

    use super::*;
    use crate::show::fixtures::{at, sheet};

    #[test]
    fn entries_and_changes_are_told_in_words() {
        let row = MapRow {
            kind: MapKind::Service,
            from: "DPD Next Day".into(),
            to: "WHI_EXP".into(),
            at: at("2026-11-24T16:05:00Z"),
            who: "ann".into(),
            reason: "agreed with Whistl".into(),
        };
        let change = MapChange {
            version: 4,
            kind: MapKind::Service,
            from: row.from.clone(),
            before: None,
            after: Some(row.to.clone()),
            at: row.at,
            who: row.who.clone(),
            reason: String::new(),
        };
        let text = entries(&[row], &sheet()) + &history(&[change], &sheet());
        expect![[r"
            Map              From          To       Since             By   Why
            shipping method  DPD Next Day  WHI_EXP  Tue 24 Nov 16:05  ann  agreed with Whistl
            Version  When              Map              From          Before  After    By
                  4  Tue 24 Nov 16:05  shipping method  DPD Next Day  none    WHI_EXP  ann
        "]]
        .assert_eq(&text);
    }

    #[test]
    fn a_change_says_what_happens_to_the_orders_that_are_held() {
        let told = Mapped {
            version: 5,
            set: 1,
            held_orders: 8,
            warnings: vec![
                "Whistl does not list ITEM01 yet: orders for it are held until it does.".into(),
            ],
        };
        expect![[r"
            Saved. The 8 orders that are held are checked again at the next `sync`.
            ! Whistl does not list ITEM01 yet: orders for it are held until it does.
        "]]
        .assert_eq(&mapped(&told, &sheet()));
    }
}
