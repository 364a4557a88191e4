//! The words about reading back what was posted.

use chrono::NaiveDate;

use crate::views::{ReadBackCheckView, ReadBackView};

/// What a kind of document is called, and where it stands.
pub fn paper(kind: &str) -> &str {
    match kind {
        "shipment" => "shipment in Cin7 Core",
        "stock" => "stock document in Cin7 Core",
        "order" => "order at Whistl",
        other => other,
    }
}

/// What the last check came to, in a sentence without its full stop; none before the first.
/// `today` is the merchant's.
pub fn read_back(view: &ReadBackView, today: NaiveDate) -> Option<String> {
    let last = view.last.as_ref()?;
    let days = days(last, today);
    let chosen = last.as_posted + last.differ + last.not_read;
    if chosen == 0 {
        return Some(format!(
            "{} had no document to read back",
            super::capital(&days)
        ));
    }
    let which = match (chosen, last.documents) {
        (1, 1) => format!("The only document of {days}"),
        (chosen, all) if chosen == all => format!("All {all} documents of {days}"),
        (chosen, all) => format!("{chosen} of {all} documents of {days}"),
    };
    let why = match last.why.trim_end_matches('.') {
        "" => String::new(),
        why => format!(": {why}"),
    };
    let Some(accuracy) = &last.accuracy_percent else {
        return Some(format!("{which} could not be read back{why}"));
    };
    let differs = match last.differ {
        0 => String::new(),
        1 => format!(", 1 differs{}", named(view)),
        more => format!(", {more} differ{}", named(view)),
    };
    let not_read = match last.not_read {
        0 => String::new(),
        some => format!("; {some} could not be read{why}"),
    };
    let as_posted = last.as_posted;
    Some(format!(
        "{which} read back: {as_posted} as posted{differs} ({accuracy} %){not_read}"
    ))
}

/// `yesterday`, or which days.
fn days(last: &ReadBackCheckView, today: NaiveDate) -> String {
    let yesterday = today.pred_opt().map(|day| day.to_string());
    let is_one = last.first_day == last.last_day;
    if is_one && Some(&last.last_day) == yesterday.as_ref() {
        return "yesterday".into();
    }
    let told = |day: &str| {
        let parsed = day.parse::<NaiveDate>();
        parsed.map_or_else(|_| day.to_owned(), |day| day.format("%-d %B").to_string())
    };
    if is_one {
        return told(&last.last_day);
    }
    format!("{} to {}", told(&last.first_day), told(&last.last_day))
}

/// The first that is open, and its field.
fn named(view: &ReadBackView) -> String {
    let first = view.findings.first();
    first
        .and_then(|finding| Some((finding, finding.differences.first()?)))
        .map_or_else(String::new, |(finding, difference)| {
            format!(": {}, {}", finding.number, difference.field)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::{DifferenceView, FindingView};

    fn view(counts: (u64, u64, u64), documents: u64) -> ReadBackView {
        let (as_posted, differ, not_read) = counts;
        let tenths = (as_posted * 1_000).checked_div(as_posted + differ);
        let found = FindingView {
            kind: "shipment",
            subject: "task".into(),
            number: "SO-00012".into(),
            owner: "office",
            since: String::new(),
            differences: vec![DifferenceView {
                field: "tracking number of box D/1".into(),
                posted: "A1".into(),
                now: "B2".into(),
            }],
        };
        ReadBackView {
            last: Some(ReadBackCheckView {
                run_id: String::new(),
                checked_at: String::new(),
                first_day: "2026-11-24".into(),
                last_day: "2026-11-24".into(),
                documents,
                as_posted,
                differ,
                not_read,
                why: "Cin7 Core is not answering.".into(),
                accuracy_percent: tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
            }),
            findings: if differ > 0 { vec![found] } else { Vec::new() },
        }
    }

    fn told(counts: (u64, u64, u64), documents: u64) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        read_back(&view(counts, documents), today).unwrap()
    }

    #[test]
    fn a_check_is_told_with_its_accuracy_and_what_differs() {
        assert_eq!(
            told((49, 1, 0), 213),
            "50 of 213 documents of yesterday read back: 49 as posted, 1 differs: SO-00012, tracking number of box D/1 (98.0 %)"
        );
        assert_eq!(
            told((3, 0, 0), 3),
            "All 3 documents of yesterday read back: 3 as posted (100.0 %)"
        );
        assert_eq!(told((0, 0, 0), 0), "Yesterday had no document to read back");
    }

    #[test]
    fn what_could_not_be_read_is_said_and_never_counted_as_right() {
        assert_eq!(
            told((2, 0, 1), 3),
            "All 3 documents of yesterday read back: 2 as posted (100.0 %); 1 could not be read: Cin7 Core is not answering"
        );
        assert_eq!(
            told((0, 0, 3), 3),
            "All 3 documents of yesterday could not be read back: Cin7 Core is not answering"
        );
    }

    #[test]
    fn other_days_are_named() {
        let mut friday_on = view((5, 0, 0), 5);
        if let Some(last) = &mut friday_on.last {
            last.first_day = "2026-11-20".into();
            last.last_day = "2026-11-22".into();
        }
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(
            read_back(&friday_on, today).unwrap(),
            "All 5 documents of 20 November to 22 November read back: 5 as posted (100.0 %)"
        );
    }
}
