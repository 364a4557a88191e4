//! What the last reading back came to, and each field that stands otherwise than it was posted.

use engine::views::ReadBackView;
use engine::words::{self, capital};

use super::sheet::Sheet;
use super::table::{Cell, Table};
use crate::output::Colour;

/// The last check, and what is open.
pub(crate) fn read_back(view: &ReadBackView, sheet: &Sheet) -> String {
    let today = sheet.now.with_timezone(&sheet.zone).date_naive();
    let Some(told) = words::read_back(view, today) else {
        return "Nothing was ever read back: `sync read-back` does it.".into();
    };
    let mut text = format!("{told}.\n");
    if let Some(last) = &view.last {
        text.push_str(&format!("Checked {}.\n", sheet.told(&last.checked_at)));
    }
    if view.findings.is_empty() {
        return text;
    }
    let mut table = Table::new(&[
        "Document", "What", "Whose", "Since", "Field", "Posted", "Now",
    ]);
    for finding in &view.findings {
        for difference in &finding.differences {
            table.row(vec![
                finding.number.as_str().into(),
                words::paper(finding.kind).into(),
                capital(words::owner(finding.owner)).into(),
                sheet.told(&finding.since).into(),
                difference.field.as_str().into(),
                difference.posted.as_str().into(),
                Cell::painted(Colour::Stop, difference.now.as_str()),
            ]);
        }
    }
    format!("{text}\n{}", table.text(sheet))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::fixtures::{read_back as view, sheet};

    #[test]
    fn what_stands_otherwise_is_told_field_by_field() {
        let told = read_back(&view(1), &sheet());
        for part in [
            "49 as posted, 1 differs",
            "Checked 06:30.",
            "SO-00012",
            "shipment in Cin7 Core",
            "The office",
            "tracking number of box DSP0000871/1",
            "WQ900000015GB",
            "WQ900000016GB",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }

    #[test]
    fn before_the_first_check_it_says_how_to_make_one() {
        let mut never = view(0);
        never.last = None;
        assert!(read_back(&never, &sheet()).contains("`sync read-back`"));
    }
}
