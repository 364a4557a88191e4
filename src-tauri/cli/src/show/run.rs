//! A run in one line, and its faults.

use engine::runs::{RunOutcome, RunReport};
use engine::words;

use super::sheet::{Sheet, instant, span};
use crate::output::Colour;

/// One line for the run, and one for each fault; each line ended.
pub(crate) fn run(report: &RunReport, sheet: &Sheet) -> String {
    let colour = match report.outcome {
        RunOutcome::Finished => Colour::Ok,
        RunOutcome::Partial | RunOutcome::Stopped => Colour::Warn,
        RunOutcome::Failed => Colour::Stop,
    };
    let said = format!(
        "{} {}: {} ({})",
        words::job(report.kind),
        words::run_outcome(report.outcome.word()),
        counts(report),
        cost(report),
    );
    let line = sheet.wrapped("", &said, 2);
    let word = words::run_outcome(report.outcome.word());
    let mut text = line.replacen(word, &sheet.paint(colour, word), 1);
    for fault in &report.faults {
        let mark = format!("  {} ", sheet.paint(Colour::Warn, "!"));
        text.push_str(&sheet.wrapped(&mark, &words::sentence(fault), 4));
    }
    text
}

/// The counts in the order in which things happen.
fn counts(report: &RunReport) -> String {
    let mut told: Vec<String> = Vec::new();
    for (name, words) in words::COUNTS {
        if let Some(count) = report.counts.get(name).filter(|count| **count > 0) {
            told.push(format!("{count} {words}"));
        }
    }
    for (name, count) in report.counts.iter().filter(|(_, count)| **count > 0) {
        if words::COUNTS.iter().all(|(known, _)| known != name) {
            told.push(format!("{count} {}", words::plain(name)));
        }
    }
    if told.is_empty() {
        "nothing new".into()
    } else {
        told.join(", ")
    }
}

fn cost(report: &RunReport) -> String {
    let took = instant(&report.finished_at)
        .zip(instant(&report.started_at))
        .map_or_else(String::new, |(end, start)| span(end - start));
    let calls: Vec<String> = report
        .calls
        .iter()
        .map(|(vendor, count)| {
            format!(
                "{} to {}",
                words::many(*count, "call"),
                words::vendor(vendor)
            )
        })
        .collect();
    if calls.is_empty() {
        format!("{took}, no calls")
    } else {
        format!("{took}, {}", calls.join(", "))
    }
}

/// How far a long first pull is: what is still to be read, and how long that takes at the
/// calls allowed.
pub(crate) fn progress(to_read: usize, calls_per_minute: i64, standing: &str) -> String {
    // What is not there needs no place on a narrow line.
    let standing: Vec<&str> = standing
        .split(" · ")
        .filter(|part| !part.ends_with(" 0"))
        .collect();
    let standing = standing.join(" · ");
    if to_read == 0 {
        return standing;
    }
    let read = i64::try_from(to_read).unwrap_or(i64::MAX);
    let seconds = read.saturating_mul(60) / calls_per_minute.max(1);
    let left = if seconds < 60 {
        "under a minute".to_owned()
    } else {
        format!("about {} min", seconds.div_euclid(60) + 1)
    };
    format!("{} to read, {left} · {standing}", words::many(read, "sale"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::{report, sheet};

    #[test]
    fn a_run_is_told_in_the_order_in_which_things_happen() {
        let mut done = report(&[
            ("accepted", 52),
            ("held", 8),
            ("released", 52),
            ("seen", 60),
        ]);
        done.faults = vec!["Whistl is not answering; next try at 12:00:30 UTC".into()];
        expect![[r"
            Orders finished: 60 seen, 52 passed the checks, 8 held, 52 accepted (1 min, 66 calls to Cin7 Core,
              1 call to Whistl)
              ! Whistl is not answering; next try at 12:00:30 UTC
        "]]
        .assert_eq(&run(&done, &sheet()));
    }

    #[test]
    fn a_run_that_found_nothing_says_so() {
        let mut idle = report(&[("seen", 0)]);
        idle.calls.clear();
        assert_eq!(
            run(&idle, &sheet()),
            "Orders finished: nothing new (1 min, no calls)\n"
        );
    }

    #[test]
    fn a_long_first_pull_says_how_long_it_takes() {
        assert_eq!(progress(0, 55, "held 3 · rejected 0"), "held 3");
        assert_eq!(
            progress(1, 55, "held 3"),
            "1 sale to read, under a minute · held 3"
        );
        assert_eq!(
            progress(1_200, 55, "held 3"),
            "1200 sales to read, about 22 min · held 3"
        );
    }
}
