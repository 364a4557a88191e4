//! Every setting there is: its key, what it may be, its default and what it means.
//! One table, so that what is shown, checked, explained and documented cannot drift
//! apart. Nothing here reads or writes anything.

/// What a setting's value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text of at most so many characters.
    Text(usize),
    /// An https address, or http to this machine.
    Address,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A whole number in a range, ends included.
    Whole(i64, i64),
    /// `true` or `false`.
    Flag,
    /// `YYYY-MM-DD`, or nothing.
    Date,
    /// `HH:MM`.
    Time,
    /// `HH:MM`, or nothing.
    TimeOrNone,
    /// A list of `HH:MM`.
    Times,
    /// A list of texts.
    Texts,
    /// A list of `YYYY-MM-DD`.
    Dates,
    /// A list of whole numbers in a range.
    Wholes(i64, i64),
    /// Text → whole number in a range.
    WholeByText(i64, i64),
    /// Text → `HH:MM`.
    TimeByText,
    /// A name of the time-zone database.
    Zone,
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Dotted key.
    pub key: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Default, as JSON.
    pub default: &'static str,
    /// What it means, with its unit.
    pub help: &'static str,
}

const fn spec(key: &'static str, kind: Kind, default: &'static str, help: &'static str) -> Spec {
    Spec {
        key,
        kind,
        default,
        help,
    }
}

const SEVERITY: Kind = Kind::Choice(&["hold", "warn", "off"]);
const SECONDS: Kind = Kind::Whole(10, 86_400);
const UNITS: Kind = Kind::Whole(0, 1_000_000_000);

/// All settings, in the order they are shown.
pub const SPECS: &[Spec] = &[
    spec(
        "mode",
        Kind::Choice(&["look_only", "live"]),
        "\"look_only\"",
        "look_only reads and decides and sends nothing; live sends",
    ),
    spec(
        "cin7.base_url",
        Kind::Address,
        "\"https://inventory.dearsystems.com/ExternalApi/v2\"",
        "address of the Cin7 Core API",
    ),
    spec(
        "cin7.location",
        Kind::Text(256),
        "\"\"",
        "name of the Cin7 location that Whistl ships from; empty takes the only one whose name contains “Whistl”",
    ),
    spec(
        "whistl.base_url",
        Kind::Address,
        "\"\"",
        "address of the Whistl connector, without a trailing slash",
    ),
    spec(
        "whistl.transport",
        Kind::Choice(&["api", "sftp"]),
        "\"api\"",
        "how orders reach Whistl",
    ),
    spec(
        "whistl.client_code",
        Kind::Text(35),
        "\"STKB\"",
        "the merchant's code at the warehouse",
    ),
    spec(
        "whistl.warehouse",
        Kind::Text(8),
        "\"\"",
        "the warehouse's code; empty leaves the choice to Whistl",
    ),
    spec(
        "whistl.submit_idempotent",
        Kind::Flag,
        "true",
        "whether a repeated submission is harmless at this account; if not, an unclear one waits for a person",
    ),
    spec(
        "merchant.time_zone",
        Kind::Zone,
        "\"Europe/London\"",
        "the zone in which cut-offs and schedules are told",
    ),
    spec(
        "merchant.user",
        Kind::Text(80),
        "\"\"",
        "the name put to decisions made here; empty takes the desktop account's",
    ),
    spec(
        "trigger.stage",
        Kind::Choice(&["authorised_order", "authorised_pick", "authorised_pack"]),
        "\"authorised_order\"",
        "what makes a sale due",
    ),
    spec(
        "trigger.channels_only",
        Kind::Texts,
        "[]",
        "only sales of these channels; empty for all",
    ),
    spec(
        "trigger.channels_except",
        Kind::Texts,
        "[]",
        "not the sales of these channels",
    ),
    spec(
        "trigger.paid_only",
        Kind::Flag,
        "false",
        "only sales that Cin7 shows as paid or prepaid",
    ),
    spec(
        "trigger.attribute",
        Kind::Whole(0, 10),
        "0",
        "number of the additional attribute that must match; 0 for none",
    ),
    spec(
        "trigger.attribute_value",
        Kind::Text(256),
        "\"\"",
        "what that attribute must say",
    ),
    spec(
        "trigger.not_before",
        Kind::Date,
        "null",
        "sales ordered before this day are never sent",
    ),
    spec(
        "trigger.grace_minutes",
        Kind::Whole(0, 1_440),
        "0",
        "minutes a sale waits after it became due, for early edits",
    ),
    spec(
        "trigger.grace_by_channel",
        Kind::WholeByText(0, 1_440),
        "{}",
        "the same for one channel",
    ),
    spec(
        "trigger.grace_skipped_for",
        Kind::Texts,
        "[]",
        "service codes that never wait",
    ),
    spec(
        "checks.phone",
        SEVERITY,
        "\"hold\"",
        "a missing telephone number",
    ),
    spec(
        "checks.phone_from_contacts",
        Kind::Flag,
        "true",
        "whether the customer's contacts may supply the number",
    ),
    spec(
        "checks.backordered",
        SEVERITY,
        "\"hold\"",
        "lines that Cin7 had no stock for",
    ),
    spec(
        "checks.email",
        SEVERITY,
        "\"hold\"",
        "an e-mail address that cannot be one",
    ),
    spec(
        "checks.item_list",
        SEVERITY,
        "\"hold\"",
        "a SKU that Whistl does not list or has switched off",
    ),
    spec(
        "checks.sku_may_map_to_itself",
        Kind::Flag,
        "true",
        "whether a SKU that Whistl spells the same needs no map entry",
    ),
    spec(
        "checks.sku_also_allowed",
        Kind::Text(20),
        "\"\"",
        "characters besides letters and digits that this account takes in a SKU",
    ),
    spec(
        "checks.sku_max_length",
        Kind::Whole(1, 50),
        "24",
        "longest SKU at Whistl, characters",
    ),
    spec(
        "checks.sku_case_sensitive",
        Kind::Flag,
        "true",
        "whether Whistl tells mug1 from MUG1",
    ),
    spec(
        "checks.address_line_max",
        Kind::Whole(10, 100),
        "35",
        "longest address line, characters",
    ),
    spec(
        "checks.address_lines",
        Kind::Whole(1, 3),
        "3",
        "address lines on a label",
    ),
    spec(
        "checks.name_max",
        Kind::Whole(10, 100),
        "35",
        "longest recipient's name, characters",
    ),
    spec(
        "checks.phone_max_digits",
        Kind::Whole(10, 15),
        "12",
        "most digits of a telephone number",
    ),
    spec(
        "checks.reference_max",
        Kind::Whole(6, 30),
        "12",
        "longest reference at the warehouse, characters",
    ),
    spec(
        "checks.allow_partial",
        Kind::Flag,
        "true",
        "whether an order may leave in parts",
    ),
    spec(
        "schedule.orders",
        SECONDS,
        "30",
        "seconds between looks for changed sales",
    ),
    spec(
        "schedule.events",
        SECONDS,
        "120",
        "seconds between looks for news of orders at the warehouse",
    ),
    spec(
        "schedule.despatches",
        SECONDS,
        "120",
        "seconds between looks for despatches",
    ),
    spec(
        "schedule.adjustments",
        SECONDS,
        "300",
        "seconds between looks for stock adjustments",
    ),
    spec(
        "schedule.reconcile",
        Kind::Times,
        "[\"08:00\",\"12:00\",\"16:30\"]",
        "times of the stock comparison",
    ),
    spec(
        "schedule.read_back",
        Kind::TimeOrNone,
        "\"06:30\"",
        "time at which a sample of the last days' documents is read back and compared with the log; empty for never",
    ),
    spec(
        "schedule.read_back_documents",
        Kind::Whole(1, 500),
        "50",
        "documents of that sample; all when there are fewer",
    ),
    spec(
        "schedule.products",
        SECONDS,
        "900",
        "seconds between looks for changed products",
    ),
    spec(
        "schedule.items",
        SECONDS,
        "3600",
        "seconds between readings of the warehouse's item list",
    ),
    spec(
        "schedule.services",
        SECONDS,
        "86400",
        "seconds between readings of the warehouse's services",
    ),
    spec(
        "schedule.sweep",
        SECONDS,
        "3600",
        "seconds between sweeps for what a look may have missed",
    ),
    spec(
        "despatch.parts",
        Kind::Choice(&["each", "last"]),
        "\"each\"",
        "what Cin7 is told of a sale that leaves in parts: each part as it comes, which makes a Simple sale an Advanced one for ever, or all of it at once with the last parcel",
    ),
    spec(
        "adjust.account",
        Kind::Text(50),
        "\"\"",
        "code of Cin7's account for adjustments without a map of their reason; empty leaves it to Cin7, which takes no write-off without one",
    ),
    spec(
        "adjust.decreases",
        Kind::Choice(&["write_off", "adjustment"]),
        "\"write_off\"",
        "the document by which stock falls: a write-off, which takes units away, or a stock adjustment, which sets the level",
    ),
    spec(
        "adjust.always_approve",
        Kind::Flag,
        "false",
        "whether every adjustment waits for a person",
    ),
    spec(
        "adjust.limit_units",
        UNITS,
        "0",
        "units above which an adjustment that lowers stock waits for a person; 0 for none",
    ),
    spec(
        "adjust.limit_value",
        UNITS,
        "250",
        "value at cost above which an adjustment that lowers stock waits for a person, in the books' currency; 0 for none",
    ),
    spec(
        "adjust.limit_percent",
        UNITS,
        "0",
        "share of the level in Cin7 above which an adjustment waits for a person, percent; 0 for none",
    ),
    spec(
        "adjust.rise_units",
        UNITS,
        "0",
        "units above which an adjustment that raises stock waits for a person; 0 for none",
    ),
    spec(
        "adjust.rise_value",
        UNITS,
        "250",
        "value at cost above which an adjustment that raises stock waits for a person; 0 for none",
    ),
    spec(
        "adjust.large_falls",
        Kind::Choice(&["wait", "post"]),
        "\"wait\"",
        "what becomes of an adjustment that lowers stock by more than the limits: it waits for a person, or is posted at once, since that stops overselling, and looked at afterwards",
    ),
    spec(
        "adjust.decide",
        Kind::Texts,
        "[\"returned_good\",\"receipt\"]",
        "reasons that a person decides each time, since Cin7 may book them by another document",
    ),
    spec(
        "finance.losses_allowed",
        Kind::Whole(0, 1_000),
        "0",
        "units of each 10,000 despatched that the warehouse may lose without a word, as agreed with it",
    ),
    spec(
        "cutoff.time",
        Kind::Time,
        "\"16:00\"",
        "local time by which an order must be at the warehouse to leave the same day",
    ),
    spec(
        "cutoff.by_service",
        Kind::TimeByText,
        "{}",
        "the same for one service code",
    ),
    spec(
        "cutoff.working_days",
        Kind::Texts,
        "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"]",
        "days on which the warehouse despatches",
    ),
    spec(
        "cutoff.holidays",
        Kind::Dates,
        "[]",
        "days on which it does not",
    ),
    spec(
        "alerts.waiting_count",
        Kind::Whole(1, 100_000),
        "25",
        "orders waiting to be sent before an alert",
    ),
    spec(
        "alerts.waiting_minutes",
        Kind::Whole(1, 10_080),
        "15",
        "age of the oldest waiting order before an alert, minutes",
    ),
    spec(
        "alerts.confirm_count",
        Kind::Whole(1, 100_000),
        "25",
        "despatches that Cin7 has not been told of before an alert",
    ),
    spec(
        "alerts.confirm_minutes",
        Kind::Whole(1, 10_080),
        "30",
        "age of the oldest of them before an alert, minutes",
    ),
    spec(
        "alerts.drift_units",
        Kind::Whole(0, 1_000_000),
        "50",
        "units of stock, without signs, that may differ without an explanation before an alert; 0 for none",
    ),
    spec(
        "alerts.drift_value",
        Kind::Whole(0, 100_000_000),
        "500",
        "the same at cost, in the books' currency; 0 for none",
    ),
    spec(
        "alerts.debt_working_days",
        Kind::Whole(1, 60),
        "5",
        "working days after which a difference or an exception that is still open counts as reconciliation debt",
    ),
    spec(
        "alerts.overdue_minutes",
        Kind::Whole(0, 10_080),
        "180",
        "minutes after its cut-off by which an order's despatch should have come; 0 for never asking",
    ),
    spec(
        "alerts.unclear_minutes",
        Kind::Whole(1, 1_440),
        "15",
        "age of an unknown outcome before an alert, minutes",
    ),
    spec(
        "alerts.silence_minutes",
        Kind::Whole(1, 1_440),
        "5",
        "minutes without an answer from a vendor before it counts as silent",
    ),
    spec(
        "alerts.cutoff_warning_minutes",
        Kind::Whole(0, 600),
        "90",
        "minutes before a cut-off at which orders that will miss it are told of; 0 for never",
    ),
    spec(
        "alerts.escalate_minutes",
        Kind::Whole(0, 1_440),
        "30",
        "minutes after which an urgent alert that nobody has taken is shown again, stronger; 0 for never",
    ),
    spec(
        "alerts.quiet_from",
        Kind::TimeOrNone,
        "\"\"",
        "local time from which notifications wait for the end of the quiet hours; empty for none",
    ),
    spec(
        "alerts.quiet_to",
        Kind::TimeOrNone,
        "\"\"",
        "local time at which the quiet hours end, and what came in meanwhile is told as one summary",
    ),
    spec(
        "alerts.quiet_lets_urgent",
        Kind::Flag,
        "true",
        "whether urgent alerts are shown during the quiet hours all the same",
    ),
    spec(
        "alerts.digest_times",
        Kind::Times,
        "[\"17:00\"]",
        "local times of the summary of the day: what was done, what is open; empty for none",
    ),
    spec(
        "alerts.disk_free_mb",
        Kind::Whole(0, 1_000_000),
        "500",
        "room left on the disk of the data below which there is an alert, megabytes",
    ),
    spec(
        "alerts.gap_minutes",
        Kind::Whole(0, 1_440),
        "30",
        "shortest time of this computer being off or asleep that is told of by a notification, minutes; 0 for never",
    ),
    spec(
        "limits.cin7_calls_per_minute",
        Kind::Whole(10, 60),
        "55",
        "calls to Cin7 in any 60 seconds; the vendor allows 60",
    ),
    spec(
        "limits.whistl_calls_per_minute",
        Kind::Whole(10, 120),
        "115",
        "calls to Whistl in any 60 seconds; the contract allows 120",
    ),
    spec(
        "retry.ladder_seconds",
        Kind::Wholes(1, 86_400),
        "[15,60,300,900,3600]",
        "waits after each failure that may pass, seconds",
    ),
    spec(
        "retry.give_up_hours",
        Kind::Whole(1, 168),
        "24",
        "hours after which retrying ends; the last wait repeats until then",
    ),
    spec(
        "retry.jitter_percent",
        Kind::Whole(0, 50),
        "20",
        "each wait is lengthened or shortened by up to this much, percent",
    ),
    spec(
        "safety.rejected_percent",
        Kind::Whole(10, 100),
        "50",
        "share of the last 20 submissions refused at which sending pauses itself, percent",
    ),
    spec(
        "retention.personal_days",
        Kind::Whole(1, 3_650),
        "90",
        "days until names, addresses and numbers in stored payloads are masked",
    ),
    spec(
        "retention.entries_months",
        Kind::Whole(1, 120),
        "24",
        "months until what the mask left of stored payloads is taken away; the entries stay",
    ),
];

/// The setting of that key.
pub fn find(key: &str) -> Option<&'static Spec> {
    SPECS.iter().find(|spec| spec.key == key)
}
