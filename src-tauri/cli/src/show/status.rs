//! What Today shows: what needs someone first, then how things stand.

use engine::views::{Alert, ConfirmationsView, LatencyView, Level, StatusView, VendorView};
use engine::words::{self, many};

use super::sheet::{Sheet, span};
use super::table::{Cell, Table};
use crate::output::Colour;

/// The whole of it.
pub(crate) fn status(status: &StatusView, sheet: &Sheet) -> String {
    let mut text = head(status, sheet);
    text.push_str(&alerts(&status.alerts, sheet));
    text.push_str(&orders(status, sheet));
    text.push_str(&vendors(status, sheet));
    text.push_str(&latency(
        "From authorised to accepted",
        &[
            "  Day",
            ">Orders",
            ">Half within",
            ">95 in 100 within",
            ">Slowest",
        ],
        &status.latency,
        sheet,
    ));
    text.push_str(&latency(
        "From handed to the carrier to told to Cin7 Core",
        &[
            "  Day",
            ">Despatches",
            ">Half within",
            ">95 in 100 within",
            ">Slowest",
        ],
        &status.despatch_latency,
        sheet,
    ));
    text.push_str(&schedule(status, sheet));
    text.push_str(&gaps(status, sheet));
    text
}

fn head(status: &StatusView, sheet: &Sheet) -> String {
    let mode = if status.mode == "live" {
        sheet.paint(Colour::Ok, "live: what passes the checks is sent")
    } else {
        sheet.paint(Colour::Warn, "look only: nothing is sent")
    };
    let mut text = format!(
        "As of    {} ({})\nMode     {mode}\n",
        sheet.told(&status.as_of),
        sheet.zone.name(),
    );
    if let Some(pause) = &status.paused {
        text.push_str(&format!(
            "Sending  {} by {} since {} ({}): {}. `resume` lets it go on.\n",
            sheet.paint(Colour::Stop, "paused"),
            pause.by,
            sheet.told(&pause.since),
            sheet.age(&pause.since),
            pause.why,
        ));
    }
    let queue = match (status.queue.waiting, &status.queue.oldest_due) {
        (0, _) | (_, None) => "nothing waits to be sent".to_owned(),
        (waiting, Some(due)) if sheet.left(due).is_some_and(|left| left.is_missed()) => format!(
            "{} to send or to clear up; the oldest has been due for {}",
            many(waiting, "order"),
            sheet.age(due)
        ),
        (waiting, Some(due)) => format!(
            "{} to send or to clear up; the next is due at {}",
            many(waiting, "order"),
            sheet.told(due)
        ),
    };
    text.push_str(&format!(
        "Queue    {queue}\nLeft     {}\n",
        confirmations(&status.confirmations, sheet)
    ));
    if let Some(debt) = words::debt(&status.debt) {
        text.push_str(&sheet.wrapped("Debt     ", &format!("{debt}."), 9));
    }
    let today = sheet.now.with_timezone(&sheet.zone).date_naive();
    if let Some(told) = words::read_back(&status.read_back, today) {
        text.push_str(&sheet.wrapped("Checked  ", &format!("{told}."), 9));
    }
    text
}

fn confirmations(queue: &ConfirmationsView, sheet: &Sheet) -> String {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let mut text = match (queue.waiting, &queue.oldest_at) {
        (0, _) | (_, None) => "Cin7 Core has been told of all that left".to_owned(),
        (waiting, Some(oldest)) => format!(
            "{} still to be told to Cin7 Core; the oldest left {} ago",
            many(count(waiting), "despatch"),
            sheet.age(oldest)
        ),
    };
    if queue.exceptions > 0 {
        text.push_str(&format!(
            "; {} someone: see `despatches --state exception`",
            match queue.exceptions {
                1 => "1 despatch needs".to_owned(),
                more => format!("{} need", many(count(more), "despatch")),
            }
        ));
    }
    text
}

fn alerts(alerts: &[Alert], sheet: &Sheet) -> String {
    if alerts.is_empty() {
        return format!("\n{}\n", sheet.paint(Colour::Ok, "Nothing needs anyone."));
    }
    let mut text = String::from("\nNeeds someone\n");
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
        let see = match alert.code {
            "held" | "rejected" | "blocked" => format!(" See `orders --state {}`.", alert.code),
            "changed_after_sending" | "cancelled_after_sending" => {
                format!(" See `orders --hold {}`.", alert.code)
            }
            "outcome_unknown" => " See `orders --state unclear`.".into(),
            _ => String::new(),
        };
        let said = format!(
            "{}: {}{since}{see}",
            words::capital(words::owner(alert.owner)),
            alert.text
        );
        let mark = format!("  {} ", sheet.paint(colour, "!"));
        text.push_str(&sheet.wrapped(&mark, &said, 4));
    }
    text
}

fn orders(status: &StatusView, sheet: &Sheet) -> String {
    let needs = match status.needs_you {
        0 => String::new(),
        1 => ", 1 needs someone".into(),
        more => format!(", {more} need someone"),
    };
    let mut text = format!("\nOrders   {}{needs}\n", status.orders_total);
    // Most urgent states first: the views list them by name.
    let order = [
        "held",
        "rejected",
        "blocked",
        "unclear",
        "waiting",
        "sending",
        "at_warehouse",
        "part_despatched",
        "despatched",
        "cancelled",
    ];
    let states = order.into_iter().filter_map(|state| {
        let count = status.orders.get(state).copied().filter(|n| *n > 0)?;
        let name = Cell::painted(super::state_colour(state), words::state(state));
        Some((name, count, String::new()))
    });
    text.push_str(&counts(states, sheet));
    let holds = status
        .holds
        .iter()
        .map(|(code, count)| (words::hold(code).into(), *count, code.clone()));
    text.push_str(&counted("\nHeld for\n", holds, sheet));
    let outside = status
        .outside
        .iter()
        .map(|(why, count)| (words::outside(why).into(), *count, String::new()));
    text + &counted("\nNot due, left alone\n", outside, sheet)
}

fn counted(title: &str, rows: impl Iterator<Item = (Cell, i64, String)>, sheet: &Sheet) -> String {
    let text = counts(rows, sheet);
    if text.is_empty() {
        text
    } else {
        format!("{title}{text}")
    }
}

fn counts(rows: impl Iterator<Item = (Cell, i64, String)>, sheet: &Sheet) -> String {
    let mut table = Table::bare(&[">", "", ""]);
    for (name, count, code) in rows {
        table.row(vec![
            format!("  {count}").into(),
            name,
            Cell::painted(Colour::Dim, code),
        ]);
    }
    table.text(sheet)
}

fn vendors(status: &StatusView, sheet: &Sheet) -> String {
    let mut table = Table::bare(&["", "", "", ""]);
    for (name, vendor) in &status.vendors {
        let colour = match vendor.state {
            "ok" => Colour::Ok,
            "never" | "paused" => Colour::Warn,
            _ => Colour::Stop,
        };
        let last = vendor.last_good.as_ref().map(|at| {
            format!(
                "last good answer {} ({} ago)",
                sheet.told(at),
                sheet.age(at)
            )
        });
        table.row(vec![
            format!("  {}", words::vendor(name)).into(),
            Cell::painted(colour, words::vendor_state(vendor.state)),
            last.unwrap_or_default().into(),
            format!(
                "{} of {} calls in the last minute",
                vendor.calls_last_minute, vendor.calls_limit
            )
            .into(),
        ]);
    }
    let mut text = format!("\nVendors\n{}", table.text(sheet));
    for (name, vendor) in &status.vendors {
        if let Some(trouble) = trouble(vendor, sheet) {
            let mark = format!("  {} ", sheet.paint(Colour::Stop, "!"));
            let said = format!("{} {trouble}", words::vendor(name));
            text.push_str(&sheet.wrapped(&mark, &said, 4));
        }
    }
    text
}

fn trouble(vendor: &VendorView, sheet: &Sheet) -> Option<String> {
    let since = vendor
        .failing_since
        .as_ref()
        .map(|since| format!("since {}: {}", sheet.told(since), vendor.last_fault));
    let until = vendor
        .paused_until
        .as_ref()
        .map(|until| format!("is asked again at {}", sheet.told_with_seconds(until)));
    let said: Vec<String> = since.into_iter().chain(until).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn latency(
    title: &str,
    head: &'static [&'static str],
    days: &[LatencyView],
    sheet: &Sheet,
) -> String {
    let seconds = |n: u64| {
        span(chrono::Duration::seconds(
            i64::try_from(n).unwrap_or(i64::MAX / 1_000),
        ))
    };
    let mut table = Table::new(head);
    for day in days.iter().take(7) {
        table.row(vec![
            format!("  {}", self::day(&day.day)).into(),
            day.count.to_string().into(),
            seconds(day.median_seconds).into(),
            seconds(day.p95_seconds).into(),
            span(chrono::Duration::seconds(day.worst_seconds)).into(),
        ]);
    }
    if days.is_empty() {
        return String::new();
    }
    format!("\n{title}\n{}", table.text(sheet))
}

fn day(text: &str) -> String {
    text.parse::<chrono::NaiveDate>().map_or_else(
        |_| text.to_owned(),
        |day| day.format("%a %-d %b").to_string(),
    )
}

fn schedule(status: &StatusView, sheet: &Sheet) -> String {
    let mut table = Table::new(&["  Job", "Every", "Last", "How it ended", "Next"]);
    let mut is_running = false;
    for job in &status.schedule {
        let last = job
            .last_started
            .as_ref()
            .map_or_else(|| "never".into(), |at| sheet.told(at));
        let ended = match &job.last_started {
            Some(_) => words::run_outcome(&job.last_outcome),
            None => "",
        };
        is_running |= job.next_due.is_some();
        let next = match &job.next_due {
            Some(due) if job.overdue => {
                Cell::painted(Colour::Stop, format!("overdue since {}", sheet.told(due)))
            }
            Some(due) => sheet.told_with_seconds(due).into(),
            None => Cell::default(),
        };
        table.row(vec![
            format!("  {}", words::job(job.job)).into(),
            turn(job).into(),
            last.into(),
            ended.into(),
            next,
        ]);
    }
    let note = if is_running {
        ""
    } else {
        ": nothing runs by itself now, start `watch`"
    };
    format!("\nSchedule{note}\n{}", table.text(sheet))
}

/// How often, or at which times of the day.
fn turn(job: &engine::views::JobView) -> String {
    match job.every_seconds {
        Some(seconds) => span(chrono::Duration::seconds(seconds)),
        None if job.times.is_empty() => "never".into(),
        None => job.times.join(" "),
    }
}

fn gaps(status: &StatusView, sheet: &Sheet) -> String {
    if status.gaps.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nTimes in which nothing was watched\n");
    for gap in &status.gaps {
        text.push_str(&format!(
            "  {} to {}: this computer was {}\n",
            sheet.told(&gap.from),
            sheet.told(&gap.to),
            gap.cause
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::{calm_status, sheet, troubled_status};

    #[test]
    fn a_calm_day_says_that_nothing_needs_anyone() {
        expect![[r"
            As of    12:00 (Europe/London)
            Mode     live: what passes the checks is sent
            Queue    nothing waits to be sent
            Left     Cin7 Core has been told of all that left
            Checked  50 of 213 documents of yesterday read back: 50 as posted (100.0 %).

            Nothing needs anyone.

            Orders   52
              52  at the warehouse

            Not due, left alone
              3  Not yet authorised in Cin7 Core

            Vendors
              Cin7 Core  answers  last good answer 11:59 (30 s ago)  48 of 55 calls in the last minute
              Whistl     answers  last good answer 11:59 (30 s ago)  48 of 55 calls in the last minute

            From authorised to accepted
              Day         Orders  Half within  95 in 100 within     Slowest
              Wed 25 Nov      52         40 s             2 min  2 min 53 s

            Schedule
              Job     Every  Last   How it ended  Next
              Orders  30 s   11:59  finished      12:00:00
        "]].assert_eq(&status(&calm_status(), &sheet()));
    }

    #[test]
    fn trouble_comes_first_with_owner_age_and_where_to_look() {
        expect![[r"
            As of    12:00 (Europe/London)
            Mode     live: what passes the checks is sent
            Queue    3 orders to send or to clear up; the oldest has been due for 18 min
            Left     2 despatches still to be told to Cin7 Core; the oldest left 40 min ago; 1 despatch needs someone: see `despatches --state exception`
            Debt     3 differences open for longer than 5 working days: 18 units, £297.00 at cost, to settle by
                     month end, 30 November.
            Checked  50 of 213 documents of yesterday read back: 49 as posted, 1 differs: SO-00012, tracking
                     number of box DSP0000871/1 (98.0 %).

            Needs someone
              ! Stockbridge support: Whistl has not given a usable answer. Since 11:40 (20 min).
              ! The office: 8 orders are held. See `orders --state held`.

            Orders   64, 9 need someone
               8  held
               1  refused by Whistl
               3  waiting to be sent
              52  at the warehouse

            Held for
              2  no telephone number         phone_missing
              1  refused by Whistl           rejected_by_whistl
              7  shipping method not mapped  service_unmapped

            Not due, left alone
              3  Not yet authorised in Cin7 Core

            Vendors
              Cin7 Core  answers           last good answer 11:59 (30 s ago)  48 of 55 calls in the last minute
              Whistl     asked us to wait  last good answer 11:59 (30 s ago)  48 of 55 calls in the last minute
              ! Whistl since 11:40: the server answered 503; is asked again at 12:00:30

            From authorised to accepted
              Day         Orders  Half within  95 in 100 within     Slowest
              Wed 25 Nov      52         40 s             2 min  2 min 53 s

            Schedule: nothing runs by itself now, start `watch`
              Job     Every  Last   How it ended
              Orders  30 s   11:59  finished

            Times in which nothing was watched
              01:00 to 02:10: this computer was asleep
        "]].assert_eq(&status(&troubled_status(), &sheet()));
    }
}
