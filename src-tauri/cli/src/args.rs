//! The command line as `clap` reads it. Secrets are never arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::examples;

/// Heading of the options that every command takes.
const GLOBAL: &str = "Options of every command";

/// Releases sales from Cin7 Core to Whistl's warehouse, and keeps both in step.
#[derive(Debug, Parser)]
#[command(
    name = "stockbridge-cli",
    version,
    after_help = examples::TOP,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    /// Folder of the database, settings and logs; without it $STOCKBRIDGE_DATA, else the
    /// platform's own.
    #[arg(long, global = true, value_name = "DIR", help_heading = GLOBAL)]
    pub(crate) data: Option<PathBuf>,
    /// Where credentials come from: keychain, or env for environment variables.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "keychain",
        hide_possible_values = true,
        help_heading = GLOBAL
    )]
    pub(crate) secrets: SecretsFrom,
    /// Print exactly one JSON value, for programs.
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) json: bool,
    /// Print nothing but results and errors.
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where credentials come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SecretsFrom {
    /// The operating system's keychain.
    Keychain,
    /// STOCKBRIDGE_CIN7_ACCOUNT_ID, STOCKBRIDGE_CIN7_KEY, STOCKBRIDGE_WHISTL_KEY and
    /// STOCKBRIDGE_STORE_KEY.
    Env,
}

/// Done, but something needs someone: exit with 1.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Strict {
    /// Exit with 1 when something needs someone.
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show, set, import or export settings.
    #[command(after_help = examples::SETTINGS)]
    Settings {
        #[command(subcommand)]
        what: SettingsCommand,
    },
    /// Store a vendor's credential and test it.
    #[command(after_help = examples::CONNECT)]
    Connect {
        #[command(subcommand)]
        vendor: Vendor,
    },
    /// Test both connections and say why one does not work.
    #[command(after_help = examples::CHECK)]
    Check(Strict),
    /// One run now: read what changed, check it, send what passes.
    #[command(after_help = examples::SYNC)]
    Sync {
        /// Which part of it.
        #[arg(value_enum, default_value = "all")]
        what: Flow,
        #[command(flatten)]
        strict: Strict,
    },
    /// Run the schedule until stopped; one line per finished run.
    #[command(after_help = examples::WATCH)]
    Watch,
    /// How things stand: what needs someone, counts, vendors, schedule.
    #[command(after_help = examples::STATUS)]
    Status,
    /// List orders, newest first.
    #[command(after_help = examples::ORDERS)]
    Orders(OrdersArgs),
    /// What left the warehouse, and how far Cin7 Core has been told, newest first.
    #[command(after_help = examples::DESPATCHES)]
    Despatches(DespatchesArgs),
    /// See to a despatch that cannot be told to Cin7 Core as it is.
    #[command(after_help = examples::DESPATCH)]
    Despatch {
        #[command(subcommand)]
        what: DespatchCommand,
    },
    /// What the warehouse counted, damaged, lost or found, and what of it stands in Cin7 Core.
    #[command(after_help = examples::ADJUSTMENTS)]
    Adjustments(AdjustmentsArgs),
    /// Decide about a stock adjustment.
    #[command(after_help = examples::ADJUSTMENT)]
    Adjustment {
        #[command(subcommand)]
        what: AdjustmentCommand,
    },
    /// How both sides' stock compares, the most urgent first; decide about a difference.
    #[command(after_help = examples::DRIFT, args_conflicts_with_subcommands = true)]
    Drift(DriftArgs),
    /// Whether what was posted of late still stands as it was posted; settle what does not.
    #[command(after_help = examples::READ_BACK)]
    ReadBack {
        #[command(subcommand)]
        what: Option<ReadBackCommand>,
    },
    /// One order's whole life: holds, lines, tries, what happened.
    #[command(after_help = examples::ORDER)]
    Order {
        /// Its number, such as SO-00042.
        number: String,
        /// The message to the warehouse, field by field, with where each came from.
        #[arg(long)]
        explain: bool,
    },
    /// Read held orders afresh and check them again; what passes is sent.
    #[command(after_help = examples::RECHECK)]
    Recheck {
        /// Order numbers.
        #[arg(
            value_name = "NUMBER",
            required_unless_present = "all",
            conflicts_with = "all"
        )]
        numbers: Vec<String>,
        /// Every held order.
        #[arg(long)]
        all: bool,
    },
    /// Read orders afresh, check them, and send them again.
    #[command(after_help = examples::RESEND)]
    Resend(ResendArgs),
    /// Ask the warehouse to cancel an order.
    #[command(after_help = examples::WITHDRAW)]
    Withdraw {
        /// Its number.
        number: String,
        /// A note for the warehouse, at most 200 characters.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Let one order go that only a rule of your own keeps back.
    #[command(after_help = examples::RELEASE)]
    Release {
        /// Its number.
        number: String,
        /// Why; it is kept with your name.
        #[arg(long)]
        reason: String,
    },
    /// What needs someone, most urgent first; take one, or say that it is done with.
    #[command(after_help = examples::ALERTS)]
    Alerts {
        #[command(subcommand)]
        what: Option<AlertsCommand>,
    },
    /// Put an order off to a time; it still counts as open, and comes back by itself.
    #[command(after_help = examples::PUT_OFF)]
    PutOff(PutOffArgs),
    /// Bring an order back that was put off.
    #[command(after_help = examples::BRING_BACK)]
    BringBack {
        /// Its number.
        number: String,
    },
    /// Give an order to another owner, until nobody needs to act on it any more.
    #[command(after_help = examples::ASSIGN)]
    Assign {
        /// Its number.
        number: String,
        /// office, warehouse, finance or support.
        owner: String,
    },
    /// Write a note on an order, kept encrypted with its history.
    #[command(after_help = examples::NOTE)]
    Note(NoteArgs),
    /// Say that what was to be decided about an order at the warehouse is settled: a part
    /// that will not come, another service, a late despatch.
    #[command(after_help = examples::SETTLE)]
    Settle(SettleArgs),
    /// How many orders wait for each owner, and how long each has had orders.
    #[command(after_help = examples::OWNERS)]
    Owners {
        /// Count what was done in so many days.
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=366))]
        days: u32,
    },
    /// Pause sending; orders are read and checked, and wait.
    #[command(after_help = examples::PAUSE)]
    Pause {
        /// Why; `status` shows it.
        #[arg(long, default_value = "paused by hand")]
        reason: String,
    },
    /// Let sending go on.
    #[command(after_help = examples::RESUME)]
    Resume,
    /// What Cin7 Core's SKUs and shipping methods are called at Whistl.
    #[command(after_help = examples::MAP)]
    Map {
        #[command(subcommand)]
        what: MapCommand,
    },
    /// The audit log: every call and every decision, newest first.
    #[command(after_help = examples::ACTIVITY)]
    Activity(ActivityArgs),
    /// A document that shows when each side knew what of orders, to print or to check.
    #[command(
        after_help = examples::PROOF,
        args_conflicts_with_subcommands = true,
        subcommand_negates_reqs = true
    )]
    Proof(ProofArgs),
    /// A table for a spreadsheet: adjustments, the last comparison, or a month's end.
    #[command(after_help = examples::EXPORT)]
    Export(ExportArgs),
    /// Figures for finance.
    #[command(after_help = examples::FINANCE)]
    Finance {
        #[command(subcommand)]
        what: FinanceCommand,
    },
    /// Both vendors simulated on this computer, to try things out.
    #[command(after_help = examples::SANDBOX)]
    Sandbox {
        #[command(subcommand)]
        what: SandboxCommand,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AlertsCommand {
    /// List them.
    #[command(after_help = examples::ALERTS_LIST)]
    List,
    /// Say that you have it: it is not made stronger any more.
    #[command(after_help = examples::ALERTS_TAKE)]
    Take {
        /// Its id, as the list shows it.
        id: String,
    },
    /// Say that it is done with; if its cause remains it comes back.
    #[command(after_help = examples::ALERTS_DONE)]
    Done {
        /// Its id, as the list shows it.
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct PutOffArgs {
    /// Its number.
    pub(crate) number: String,
    /// Until when: 09:00, 2026-11-25 09:00, or RFC 3339.
    #[arg(long, value_name = "TIME")]
    pub(crate) until: String,
    /// Why; it is kept with your name.
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct SettleArgs {
    /// The sale's number in Cin7 Core.
    pub(crate) number: String,
    /// How it was settled, kept with your name.
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct NoteArgs {
    /// The order's number.
    pub(crate) number: String,
    /// What others should know, at most 2,000 characters.
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: String,
    /// For this owner: office, warehouse, finance or support.
    #[arg(long, value_name = "OWNER")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SettingsCommand {
    /// All settings with what each means; with --json as one document.
    #[command(after_help = examples::SETTINGS_SHOW)]
    Show,
    /// Set one or more: KEY VALUE KEY VALUE …
    #[command(after_help = examples::SETTINGS_SET)]
    Set {
        /// Keys and values, alternating.
        #[arg(required = true, num_args = 2.., value_names = ["KEY", "VALUE"], allow_hyphen_values = true)]
        pairs: Vec<String>,
    },
    /// Take settings from a JSON file: all of them, or none.
    #[command(after_help = examples::SETTINGS_IMPORT)]
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Write all settings to a JSON file.
    #[command(after_help = examples::SETTINGS_EXPORT)]
    Export {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum Vendor {
    /// Cin7 Core: account id and application key.
    Cin7,
    /// Whistl: API key.
    Whistl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Flow {
    /// Sales to the warehouse, and the warehouse's news of them.
    Orders,
    /// The warehouse's news alone.
    Events,
    /// Find what a look may have missed.
    Sweep,
    /// Despatches into Cin7 Core.
    Despatches,
    /// Stock adjustments into Cin7 Core.
    Adjustments,
    /// Compare stock.
    Reconcile,
    /// Read back a sample of what was posted, and compare it with the log.
    ReadBack,
    /// Everything there is, in order.
    All,
}

#[derive(Debug, Args)]
pub(crate) struct OrdersArgs {
    /// Only in this state, such as held.
    #[arg(long)]
    pub(crate) state: Option<String>,
    /// Only with this hold, such as phone_missing.
    #[arg(long)]
    pub(crate) hold: Option<String>,
    /// Only what this owner must act on.
    #[arg(long)]
    pub(crate) owner: Option<String>,
    /// Number, name, postcode, e-mail, telephone or reference.
    #[arg(long)]
    pub(crate) find: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) limit: u32,
    /// Continue where an earlier list ended: what it said after “more: --after”.
    #[arg(long)]
    pub(crate) after: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DespatchesArgs {
    /// Only in this state, such as exception.
    #[arg(long)]
    pub(crate) state: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) limit: u32,
    /// Continue where an earlier list ended: what it said after “more: --after”.
    #[arg(long)]
    pub(crate) after: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DespatchCommand {
    /// Tell Cin7 Core again: what was wrong has been put right.
    #[command(after_help = examples::DESPATCH_RETRY)]
    Retry {
        /// The warehouse's id of it, such as DSP0000871.
        id: String,
    },
    /// Leave it: it was put right in Cin7 Core by hand.
    #[command(after_help = examples::DESPATCH_DISMISS)]
    Dismiss {
        /// The warehouse's id of it, such as DSP0000871.
        id: String,
        /// Why; it is kept with your name.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AdjustmentsArgs {
    /// Only in this state, such as needs_approval.
    #[arg(long)]
    pub(crate) state: Option<String>,
    /// Only of this SKU, as Cin7 Core or the warehouse spells it.
    #[arg(long)]
    pub(crate) sku: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) limit: u32,
    /// Continue where an earlier list ended: what it said after “more: --after”.
    #[arg(long)]
    pub(crate) after: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AdjustmentCommand {
    /// Post it, though it is above a limit or of a kind that a person decides.
    #[command(after_help = examples::ADJUSTMENT_APPROVE)]
    Approve(AboutAdjustment),
    /// Do not post it.
    #[command(after_help = examples::ADJUSTMENT_DISMISS)]
    Dismiss {
        #[command(flatten)]
        about: AboutAdjustment,
        /// It stands in Cin7 Core by another document, such as a purchase receipt.
        #[arg(long)]
        already_in_cin7: bool,
    },
    /// Try it again: what was wrong has been put right.
    #[command(after_help = examples::ADJUSTMENT_RETRY)]
    Retry(AboutAdjustment),
}

#[derive(Debug, Args)]
pub(crate) struct AboutAdjustment {
    /// The warehouse's id of it, such as ADJ0000210.
    pub(crate) id: String,
    /// Why; it is kept with your name.
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReadBackCommand {
    /// A document is right as it stands now, though it was posted otherwise.
    #[command(after_help = examples::READ_BACK_SETTLE)]
    Settle {
        /// Its number, such as SO-00012 or ST-00311.
        number: String,
        /// Why; it is kept with your name.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DriftArgs {
    /// See to one SKU.
    #[command(subcommand)]
    pub(crate) what: Option<DriftCommand>,
    /// Only of this category, such as can_oversell.
    #[arg(long)]
    pub(crate) category: Option<String>,
    /// Only this SKU, as Cin7 Core or the warehouse spells it.
    #[arg(long)]
    pub(crate) sku: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DriftCommand {
    /// Post a SKU's unexplained difference to Cin7 Core.
    #[command(after_help = examples::DRIFT_POST)]
    Post {
        /// The SKU, as Cin7 Core or the warehouse spells it.
        sku: String,
        /// Why; it is kept with your name, and finance reads it in the document.
        #[arg(long, value_name = "TEXT", default_value = "posted by hand")]
        why: String,
    },
    /// Ask the warehouse to count a SKU again; prints the message to send.
    #[command(after_help = examples::DRIFT_RECOUNT)]
    Recount {
        /// The SKU, as Cin7 Core or the warehouse spells it.
        sku: String,
        /// A note, kept with your name.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Live with a SKU's difference to the end of a day.
    #[command(after_help = examples::DRIFT_ACCEPT)]
    Accept {
        /// The SKU, as Cin7 Core or the warehouse spells it.
        sku: String,
        /// The last day, such as 2026-12-01.
        #[arg(long, value_name = "DAY")]
        until: String,
        /// Why; it is kept with your name.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Take back that a difference is accepted or a recount is awaited.
    #[command(after_help = examples::DRIFT_WITHDRAW)]
    Withdraw {
        /// The SKU, as Cin7 Core or the warehouse spells it.
        sku: String,
        /// Why; it is kept with your name.
        #[arg(long, value_name = "TEXT", default_value = "")]
        why: String,
    },
    /// A SKU's past: its figures at each comparison, what moved, what was decided.
    #[command(after_help = examples::DRIFT_HISTORY)]
    History {
        /// The SKU, as Cin7 Core or the warehouse spells it.
        sku: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ResendArgs {
    /// Order numbers.
    #[arg(value_name = "NUMBER", required_unless_present_any = ["hold", "all_rejected"], conflicts_with_all = ["hold", "all_rejected"])]
    pub(crate) numbers: Vec<String>,
    /// Every held or rejected order with this hold.
    #[arg(long, conflicts_with = "all_rejected")]
    pub(crate) hold: Option<String>,
    /// Every rejected order.
    #[arg(long)]
    pub(crate) all_rejected: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MapCommand {
    /// List the entries.
    #[command(after_help = examples::MAP_LIST)]
    List {
        /// Only of this map.
        #[arg(value_enum)]
        kind: Option<Kind>,
    },
    /// Who changed what, and when.
    #[command(after_help = examples::MAP_HISTORY)]
    History,
    /// Cin7 SKU to Whistl SKU.
    #[command(after_help = examples::MAP_SKU)]
    Sku(EntryArgs),
    /// Shipping method to Whistl service code.
    #[command(after_help = examples::MAP_SERVICE)]
    Service(EntryArgs),
    /// Whistl carrier code to Cin7 carrier name.
    #[command(after_help = examples::MAP_CARRIER)]
    Carrier(EntryArgs),
    /// Whistl adjustment reason to Cin7 account.
    #[command(after_help = examples::MAP_REASON)]
    Reason(EntryArgs),
    /// Take entries from a CSV file with the columns kind, from, to (and reason): all or none.
    #[command(after_help = examples::MAP_IMPORT)]
    Import {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Sku,
    Service,
    Carrier,
    Reason,
}

#[derive(Debug, Args)]
pub(crate) struct EntryArgs {
    /// What it is called on the one side, to the letter.
    #[arg(allow_hyphen_values = true)]
    pub(crate) from: String,
    /// What it is called on the other side.
    #[arg(required_unless_present = "remove", conflicts_with = "remove")]
    pub(crate) to: Option<String>,
    /// Take the entry away.
    #[arg(long)]
    pub(crate) remove: bool,
    /// Why, for the history.
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct ActivityArgs {
    /// Check the log's chain.
    #[command(subcommand)]
    pub(crate) verify: Option<ActivityCommand>,
    /// Only of this order.
    #[arg(long)]
    pub(crate) order: Option<String>,
    /// Only from this time on (RFC 3339).
    #[arg(long)]
    pub(crate) since: Option<String>,
    /// Only with this outcome, such as held, accepted, rejected or no_answer.
    #[arg(long)]
    pub(crate) outcome: Option<String>,
    /// With bodies, personal data masked.
    #[arg(long)]
    pub(crate) payloads: bool,
    /// Bodies with their personal data.
    #[arg(long, requires = "payloads")]
    pub(crate) personal: bool,
    /// At most so many, newest first.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) limit: u32,
    /// Only entries below this number.
    #[arg(long)]
    pub(crate) before: Option<i64>,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum ActivityCommand {
    /// Check the log's hash chain; names the first bad entry and exits with 4.
    #[command(after_help = examples::VERIFY)]
    Verify,
}

#[derive(Debug, Args)]
pub(crate) struct ProofArgs {
    /// Check a document.
    #[command(subcommand)]
    pub(crate) verify: Option<ProofCommand>,
    /// Order numbers.
    #[arg(
        value_name = "NUMBER",
        required_unless_present = "from",
        conflicts_with = "from"
    )]
    pub(crate) numbers: Vec<String>,
    /// Orders that came in from this day on, such as 2026-11-24.
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<String>,
    /// The last day; without it the first alone.
    #[arg(long, value_name = "DAY", requires = "from")]
    pub(crate) to: Option<String>,
    /// The file to write: .html to be printed, or .csv for a spreadsheet.
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProofCommand {
    /// Check that a document is as it was made, on any computer; exits with 4 if it is not.
    #[command(after_help = examples::PROOF_VERIFY)]
    Verify {
        /// The file, .html or .csv.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum FinanceCommand {
    /// A day's despatches: posted to Cin7 Core, not yet posted, and of part-despatched orders.
    #[command(after_help = examples::FINANCE_READY)]
    Ready {
        /// The day in the merchant's zone, such as 2026-11-24; without it today.
        #[arg(long, value_name = "DAY")]
        date: Option<String>,
    },
    /// From a month's opening stock in Cin7 Core to the warehouse's closing count.
    #[command(after_help = examples::FINANCE_BRIDGE)]
    Bridge {
        /// The month in the merchant's zone, such as 2026-10.
        #[arg(
            value_name = "MONTH",
            required_unless_present = "from",
            conflicts_with = "from"
        )]
        month: Option<String>,
        /// Another span: its first day, such as 2026-10-05.
        #[arg(long, value_name = "DAY", requires = "to")]
        from: Option<String>,
        /// Its last day.
        #[arg(long, value_name = "DAY", requires = "from")]
        to: Option<String>,
        /// Write it to this file: .html to be printed, or .csv for a spreadsheet.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// The reconciled figure of each SKU as of a moment.
    #[command(after_help = examples::FINANCE_RECONCILED)]
    Reconciled(ReconciledArgs),
    /// Put your name under the reconciled figures of a moment.
    #[command(after_help = examples::FINANCE_SIGN)]
    Sign {
        /// The end of this day, or this moment; without it now.
        #[arg(long, value_name = "DAY or TIME")]
        at: Option<String>,
        /// What is to be remembered about it.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ReconciledArgs {
    /// The end of this day, or this moment such as 2026-10-31T18:00:00Z; without it now.
    #[arg(long, value_name = "DAY or TIME")]
    pub(crate) at: Option<String>,
    /// Write them to this file, a .csv for a spreadsheet.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// What to write.
    #[arg(value_name = "WHAT", value_parser = ["adjustments", "drift", "month-end"])]
    pub(crate) what: String,
    /// The first day in the merchant's zone, such as 2026-10-01; of drift the last comparison
    /// is written.
    #[arg(long, value_name = "DAY", required_if_eq_any = [("what", "adjustments"), ("what", "month-end")])]
    pub(crate) from: Option<String>,
    /// The last day; without it the first alone.
    #[arg(long, value_name = "DAY", requires = "from")]
    pub(crate) to: Option<String>,
    /// The file to write, a .csv for a spreadsheet.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SandboxCommand {
    /// Serve both vendors until stopped.
    #[command(after_help = examples::SERVE)]
    Serve {
        /// The world's options, below.
        #[arg(
            value_name = "OPTION",
            trailing_var_arg = true,
            allow_hyphen_values = true
        )]
        options: Vec<String>,
    },
}
