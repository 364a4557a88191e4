//! The examples that stand below each command's help. A test reads every one of them the
//! way the program would, so that none can go out of date.

pub(crate) const TOP: &str = "\
First steps:
  stockbridge-cli settings set whistl.base_url https://whistl.example.com
  stockbridge-cli connect cin7
  stockbridge-cli connect whistl
  stockbridge-cli sync
  stockbridge-cli orders --state held

Nothing is sent until the mode is live:
  stockbridge-cli settings set mode live
  stockbridge-cli watch

With --secrets env the credentials are read from STOCKBRIDGE_CIN7_ACCOUNT_ID,
STOCKBRIDGE_CIN7_KEY, STOCKBRIDGE_WHISTL_KEY and STOCKBRIDGE_STORE_KEY (64 hex digits).

Exit status: 0 done; 1 done, but something needs someone (with --strict); 2 wrong usage or
settings; 3 a vendor could not be reached or refused the credentials; 4 the database is
damaged, full, or in use by another copy.";

pub(crate) const SETTINGS: &str = "\
Examples:
  stockbridge-cli settings show
  stockbridge-cli settings set schedule.orders 60 cutoff.time 15:30
  stockbridge-cli settings export settings.json";

pub(crate) const SETTINGS_SHOW: &str = "\
Example:
  stockbridge-cli settings show
  stockbridge-cli --json settings show";

pub(crate) const SETTINGS_SET: &str = "\
Lists are typed with commas, a value per name as JSON.

Examples:
  stockbridge-cli settings set mode live
  stockbridge-cli settings set trigger.channels_only Shopify,eBay
  stockbridge-cli settings set cutoff.by_service '{\"WHI_EXP\":\"17:00\"}'";

pub(crate) const SETTINGS_IMPORT: &str = "\
Example:
  stockbridge-cli settings import settings.json";

pub(crate) const SETTINGS_EXPORT: &str = "\
Example:
  stockbridge-cli settings export settings.json";

pub(crate) const CONNECT: &str = "\
The keys are asked for, or read from the environment with --secrets env; they are never
typed on the command line.

Examples:
  stockbridge-cli connect cin7
  stockbridge-cli connect whistl";

pub(crate) const CHECK: &str = "\
Example:
  stockbridge-cli check --strict";

pub(crate) const SYNC: &str = "\
Examples:
  stockbridge-cli sync
  stockbridge-cli sync sweep
  stockbridge-cli --json sync orders --strict";

pub(crate) const WATCH: &str = "\
Ctrl-C stops it within five seconds; what was cut off goes on at the next start.

Example:
  stockbridge-cli watch";

pub(crate) const STATUS: &str = "\
Example:
  stockbridge-cli status";

pub(crate) const DESPATCHES: &str = "\
States: waiting, posting, unclear, posted, exception, closed.

Examples:
  stockbridge-cli despatches
  stockbridge-cli despatches --state exception
  stockbridge-cli --json despatches --limit 1000";

pub(crate) const DESPATCH: &str = "\
Examples:
  stockbridge-cli despatch retry DSP0000871
  stockbridge-cli despatch dismiss DSP0000871 --reason 'Shipped by hand in Cin7'";

pub(crate) const DESPATCH_RETRY: &str = "\
Example:
  stockbridge-cli despatch retry DSP0000871";

pub(crate) const DESPATCH_DISMISS: &str = "\
Example:
  stockbridge-cli despatch dismiss DSP0000871 --reason 'Shipped by hand in Cin7'";

pub(crate) const ADJUSTMENTS: &str = "\
Examples:
  stockbridge-cli adjustments
  stockbridge-cli adjustments --state needs_approval
  stockbridge-cli --json adjustments --sku TEAPOT04";

pub(crate) const ADJUSTMENT: &str = "\
Examples:
  stockbridge-cli adjustment approve ADJ0000210
  stockbridge-cli adjustment dismiss ADJ0000215 --already-in-cin7 --reason 'PO-00017'";

pub(crate) const ADJUSTMENT_APPROVE: &str = "\
Example:
  stockbridge-cli adjustment approve ADJ0000210 --reason 'counted twice'";

pub(crate) const ADJUSTMENT_DISMISS: &str = "\
Example:
  stockbridge-cli adjustment dismiss ADJ0000215 --already-in-cin7 --reason 'PO-00017'";

pub(crate) const ADJUSTMENT_RETRY: &str = "\
Example:
  stockbridge-cli adjustment retry ADJ0000210";

pub(crate) const DRIFT: &str = "\
Categories: can_oversell, cin7_short, posting_blocked, explained, matched, not_comparable.
Unexplained is what Whistl counts less what Cin7 Core has on hand, in flight and pending.
`sync reconcile` compares anew.

Examples:
  stockbridge-cli drift
  stockbridge-cli drift --category can_oversell
  stockbridge-cli --json drift --sku TEAPOT04
  stockbridge-cli drift history TEAPOT04";

pub(crate) const READ_BACK: &str = "\
Once a day a sample of the last days' documents is read from both vendors and compared
with the log. `sync read-back` does it now.

Examples:
  stockbridge-cli read-back
  stockbridge-cli --json read-back
  stockbridge-cli read-back settle SO-00012 --reason 'the carrier gave a new number'";

pub(crate) const READ_BACK_SETTLE: &str = "\
Example:
  stockbridge-cli read-back settle SO-00012 --reason 'the carrier gave a new number'";

pub(crate) const DRIFT_POST: &str = "\
Example:
  stockbridge-cli drift post TEAPOT04 --why 'two boxes were never delivered'";

pub(crate) const DRIFT_RECOUNT: &str = "\
Example:
  stockbridge-cli drift recount TEAPOT04 --note 'ask for shelf 14 too'";

pub(crate) const DRIFT_ACCEPT: &str = "\
Example:
  stockbridge-cli drift accept LAMPWH --until 2026-12-01 --why 'a return is on its way'";

pub(crate) const DRIFT_WITHDRAW: &str = "\
Example:
  stockbridge-cli drift withdraw LAMPWH --why 'the return was another lamp'";

pub(crate) const DRIFT_HISTORY: &str = "\
Examples:
  stockbridge-cli drift history TEAPOT04
  stockbridge-cli --json drift history TEAPOT04";

pub(crate) const ORDERS: &str = "\
States: held, waiting, sending, unclear, rejected, at_warehouse, blocked, part_despatched,
despatched, cancelled. Owners: office, warehouse, finance, support. `status` lists the
holds.

Examples:
  stockbridge-cli orders --state held --owner office
  stockbridge-cli orders --hold phone_missing
  stockbridge-cli orders --find \"LS1 4AP\"";

pub(crate) const ORDER: &str = "\
Examples:
  stockbridge-cli order SO-00042
  stockbridge-cli order SO-00042 --explain";

pub(crate) const RECHECK: &str = "\
Examples:
  stockbridge-cli recheck SO-00042 SO-00043
  stockbridge-cli recheck --all";

pub(crate) const RESEND: &str = "\
An order goes under the same reference as a new attempt, so that it cannot arrive twice. A
group stops by itself when the first five are refused.

Examples:
  stockbridge-cli resend SO-00042
  stockbridge-cli resend --hold rejected_by_whistl
  stockbridge-cli resend --all-rejected";

pub(crate) const WITHDRAW: &str = "\
Example:
  stockbridge-cli withdraw SO-00042 --note \"customer cancelled\"";

pub(crate) const RELEASE: &str = "\
What Whistl itself would refuse cannot be released.

Example:
  stockbridge-cli release SO-00042 --reason \"stock arrives this afternoon\"";

pub(crate) const ALERTS: &str = "\
Examples:
  stockbridge-cli alerts
  stockbridge-cli alerts take vendor_silent:whistl";

pub(crate) const ALERTS_LIST: &str = "\
Example:
  stockbridge-cli --json alerts list";

pub(crate) const ALERTS_TAKE: &str = "\
Example:
  stockbridge-cli alerts take backlog";

pub(crate) const ALERTS_DONE: &str = "\
Example:
  stockbridge-cli alerts done held:office";

pub(crate) const PUT_OFF: &str = "\
A time alone means its next coming, in the merchant's zone.

Examples:
  stockbridge-cli put-off SO-00042 --until 09:00 --reason \"customer calls back\"
  stockbridge-cli put-off SO-00042 --until \"2026-11-25 09:00\" --reason \"stock arrives\"";

pub(crate) const BRING_BACK: &str = "\
Example:
  stockbridge-cli bring-back SO-00042";

pub(crate) const ASSIGN: &str = "\
Example:
  stockbridge-cli assign SO-00042 warehouse";

pub(crate) const NOTE: &str = "\
Examples:
  stockbridge-cli note SO-00042 \"left a message, calls back after two\"
  stockbridge-cli note SO-00042 \"is this refundable?\" --to finance";

pub(crate) const SETTLE: &str = "\
Example:
  stockbridge-cli settle SO-00042 --reason \"credited the missing mug\"";

pub(crate) const OWNERS: &str = "\
Example:
  stockbridge-cli owners --days 30";

pub(crate) const PAUSE: &str = "\
Example:
  stockbridge-cli pause --reason \"stock count until noon\"";

pub(crate) const RESUME: &str = "\
Example:
  stockbridge-cli resume";

pub(crate) const MAP: &str = "\
Examples:
  stockbridge-cli map sku ITEM-01_BLUE ITEM01BLUE
  stockbridge-cli map service \"Royal Mail Tracked 24\" WHI_T24
  stockbridge-cli map list service";

pub(crate) const MAP_LIST: &str = "\
Example:
  stockbridge-cli map list sku";

pub(crate) const MAP_HISTORY: &str = "\
Example:
  stockbridge-cli map history";

pub(crate) const MAP_SKU: &str = "\
Examples:
  stockbridge-cli map sku ITEM-01_BLUE ITEM01BLUE --reason \"hyphens are refused\"
  stockbridge-cli map sku ITEM-01_BLUE --remove";

pub(crate) const MAP_SERVICE: &str = "\
Examples:
  stockbridge-cli map service \"DPD Next Day\" WHI_EXP
  stockbridge-cli map service \"DPD Next Day\" --remove";

pub(crate) const MAP_CARRIER: &str = "\
Example:
  stockbridge-cli map carrier RM \"Royal Mail\"";

pub(crate) const MAP_REASON: &str = "\
Example:
  stockbridge-cli map reason DAMAGE 5100";

pub(crate) const MAP_IMPORT: &str = "\
Example:
  stockbridge-cli map import skus.csv

The file:
  kind,from,to
  sku,ITEM-01_BLUE,ITEM01BLUE
  service,DPD Next Day,WHI_EXP";

pub(crate) const ACTIVITY: &str = "\
Examples:
  stockbridge-cli activity --order SO-00042
  stockbridge-cli activity --since 2026-11-24T09:00:00Z --outcome rejected --payloads
  stockbridge-cli activity verify";

pub(crate) const VERIFY: &str = "\
Example:
  stockbridge-cli activity verify";

pub(crate) const PROOF: &str = "\
Each time by its own clock, each wait with whose it was, every log entry with its hashes.
Customers' names, addresses and numbers are not in it.

Examples:
  stockbridge-cli proof SO-00042 --out SO-00042.html
  stockbridge-cli proof SO-00042 SO-00043 --out late.csv
  stockbridge-cli proof --from 2026-11-24 --to 2026-11-30 --out week.html
  stockbridge-cli proof verify SO-00042.html";

pub(crate) const PROOF_VERIFY: &str = "\
It needs the file alone: no database, no key. The file must be as it was made; saving it
from a spreadsheet changes it.

Example:
  stockbridge-cli proof verify SO-00042.html";

pub(crate) const FINANCE: &str = "\
Examples:
  stockbridge-cli finance ready --date 2026-11-24
  stockbridge-cli finance bridge 2026-10
  stockbridge-cli finance reconciled --at 2026-10-31
  stockbridge-cli finance sign --at 2026-10-31";

pub(crate) const FINANCE_READY: &str = "\
Examples:
  stockbridge-cli finance ready --date 2026-11-24
  stockbridge-cli --json finance ready";

pub(crate) const FINANCE_BRIDGE: &str = "\
Examples:
  stockbridge-cli finance bridge 2026-10
  stockbridge-cli finance bridge --from 2026-10-05 --to 2026-10-11
  stockbridge-cli finance bridge 2026-10 --out october.html";

pub(crate) const FINANCE_RECONCILED: &str = "\
Examples:
  stockbridge-cli finance reconciled --at 2026-10-31
  stockbridge-cli finance reconciled --at 2026-10-31 --out october.csv";

pub(crate) const FINANCE_SIGN: &str = "\
Example:
  stockbridge-cli finance sign --at 2026-10-31 --note 'Agreed with the auditors'";

pub(crate) const EXPORT: &str = "\
Examples:
  stockbridge-cli export month-end --from 2026-10-01 --to 2026-10-31 --out october.csv
  stockbridge-cli export adjustments --from 2026-10-01 --to 2026-10-31 --out adjusted.csv
  stockbridge-cli export drift --out drift.csv";

pub(crate) const SANDBOX: &str = "\
Example:
  stockbridge-cli sandbox serve --orders 60 --seed 4";

pub(crate) const SERVE: &str = "\
Options of the sandbox:
  --orders N  --skus N  --seed N      how large a world, and which
  --profile clean|typical|rough       how many faults are in it
  --start TIME  --speed X|manual      when it is there, and how fast time passes
  --faults FILE  --state FILE         switches to begin with; where the world is kept
  --cin7 ADDR  --whistl ADDR          addresses on this computer

Examples:
  stockbridge-cli sandbox serve --orders 60 --seed 4
  stockbridge-cli sandbox serve --profile rough --speed 60";

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _, Parser as _};

    use crate::args::Cli;

    fn each(command: &Command, path: &str, told: &mut impl FnMut(&Command, &str)) {
        told(command, path);
        for inner in command.get_subcommands() {
            each(inner, &format!("{path} {}", inner.get_name()), told);
        }
    }

    /// Words of a line as a shell would split it.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quote = None;
        for letter in line.chars() {
            match (letter, quote) {
                ('"' | '\'', None) => quote = Some(letter),
                (_, Some(open)) if letter == open => quote = None,
                (' ', None) => words.push(String::new()),
                _ => words.last_mut().unwrap().push(letter),
            }
        }
        words
    }

    #[test]
    fn every_command_has_an_example_and_every_example_is_taken() {
        each(&Cli::command(), "stockbridge-cli", &mut |command, path| {
            // `connect cin7` is its own example.
            if path.starts_with("stockbridge-cli connect ") {
                return;
            }
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_else(|| panic!("{path} has no example"));
            let mut examples = help
                .lines()
                .filter_map(|line| line.strip_prefix("  stockbridge-cli "))
                .peekable();
            assert!(examples.peek().is_some(), "{path} has no example");
            for example in examples {
                let line = format!("stockbridge-cli {example}");
                if let Err(fault) = Cli::try_parse_from(words(&line)) {
                    panic!("{line}: {fault}");
                }
            }
        });
    }

    #[test]
    fn every_command_and_every_option_is_explained() {
        each(&Cli::command(), "stockbridge-cli", &mut |command, path| {
            assert!(command.get_about().is_some(), "{path} is not explained");
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                let is_plain = matches!(id, "help" | "version");
                assert!(
                    is_plain || argument.get_help().is_some(),
                    "{path}: {id} is not explained"
                );
            }
        });
    }

    #[test]
    fn help_fits_a_narrow_terminal() {
        each(&Cli::command(), "stockbridge-cli", &mut |command, path| {
            let help = command.get_after_help().map(ToString::to_string);
            for line in help.unwrap_or_default().lines() {
                assert!(line.chars().count() <= 92, "{path}: {line}");
            }
        });
    }
}
