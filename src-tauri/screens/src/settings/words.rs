//! The words of every setting that is changed on the settings screen: its title, what it
//! does, its unit. The keys are the engine's; none is ever shown. A test holds this table
//! against the engine's own, so that no setting is without words.

/// One setting's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// The engine's key.
    pub(super) key: &'static str,
    /// What it is called.
    pub(super) title: &'static str,
    /// What it does, a sentence or two.
    pub(super) help: &'static str,
    /// Its unit; empty when it has none.
    pub(super) unit: &'static str,
    /// Whether it is seldom needed.
    pub(super) advanced: bool,
    /// The words of what can be chosen.
    pub(super) choices: &'static [(&'static str, &'static str)],
}

impl Words {
    const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    const fn advanced(self) -> Self {
        Self {
            advanced: true,
            ..self
        }
    }

    const fn choices(self, choices: &'static [(&'static str, &'static str)]) -> Self {
        Self { choices, ..self }
    }
}

const fn words(key: &'static str, title: &'static str, help: &'static str) -> Words {
    Words {
        key,
        title,
        help,
        unit: "",
        advanced: false,
        choices: &[],
    }
}

/// Settings that belong together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section {
    /// Its word, by which it is gone to.
    pub(super) key: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// What it is about.
    pub(super) text: &'static str,
    /// Its settings in order.
    pub(super) settings: &'static [Words],
}

const SEVERITY: &[(&str, &str)] = &[
    ("hold", "Hold the order"),
    ("warn", "Send it, with a warning on its history"),
    ("off", "Do not check"),
];

/// All sections in order.
pub(super) const SECTIONS: &[Section] = &[
    Section {
        key: "general",
        title: "General",
        text: "Whose shop this is, and how times are told.",
        settings: &[
            words(
                "merchant.user",
                "Your name",
                "Put to every decision made here. Left empty, it is the name you are signed in to this computer with.",
            ),
            words(
                "merchant.time_zone",
                "Time zone",
                "Cut-offs, schedules and every time on screen are told in it.",
            ),
            words(
                "whistl.warehouse",
                "Warehouse code",
                "Which of Whistl's warehouses your stock is in. Left empty, Whistl decides.",
            )
            .advanced(),
        ],
    },
    Section {
        key: "trigger",
        title: "Release trigger",
        text: "Which sales in Cin7 Core are the warehouse's business, and when. Try a change on recent sales before you save it: nothing is sent by that.",
        settings: &[
            words(
                "trigger.stage",
                "A sale is due when",
                "How far it must be in Cin7 Core before it is checked and sent.",
            )
            .choices(&[
                ("authorised_order", "its order is authorised"),
                ("authorised_pick", "its pick is authorised"),
                ("authorised_pack", "its pack is authorised"),
            ]),
            words(
                "trigger.channels_only",
                "Only these sales channels",
                "As they are called in Cin7 Core. Left empty, sales of every channel go.",
            ),
            words(
                "trigger.channels_except",
                "Not these sales channels",
                "Sales of these are left alone. Used only while the list above is empty.",
            ),
            words(
                "trigger.paid_only",
                "Only paid sales",
                "A sale waits until Cin7 Core shows it as paid or prepaid.",
            ),
            words(
                "trigger.not_before",
                "Start date",
                "Sales ordered before this day are never sent. Set it when another system has sent the earlier ones.",
            ),
            words(
                "trigger.grace_minutes",
                "Wait after authorising",
                "How long a sale waits before it is sent, so that early changes arrive first.",
            )
            .unit("minutes"),
            words(
                "trigger.grace_by_channel",
                "Wait by sales channel",
                "Another wait for some channels.",
            )
            .unit("minutes")
            .advanced(),
            words(
                "trigger.grace_skipped_for",
                "Services that never wait",
                "Whistl's service codes, such as that of next-day delivery.",
            )
            .advanced(),
            words(
                "trigger.attribute",
                "Additional attribute",
                "Number of the sale's additional attribute in Cin7 Core, 1 to 10, that must say the text below. 0 asks for none.",
            )
            .advanced(),
            words(
                "trigger.attribute_value",
                "What the attribute must say",
                "Compared without regard to capitals.",
            )
            .advanced(),
        ],
    },
    Section {
        key: "checks",
        title: "Checks",
        text: "What is looked at before an order leaves. What Whistl itself refuses is always held.",
        settings: &[
            words(
                "checks.phone",
                "No telephone number",
                "What happens to an order without one.",
            )
            .choices(SEVERITY),
            words(
                "checks.phone_from_contacts",
                "Look for a number among the customer's contacts",
                "If the sale has none, the customer's contacts in Cin7 Core are looked through.",
            ),
            words(
                "checks.email",
                "E-mail address that cannot be right",
                "What happens to an order with one.",
            )
            .choices(SEVERITY),
            words(
                "checks.backordered",
                "Lines without stock in Cin7 Core",
                "What happens to an order that Cin7 Core has no stock for, in part or whole.",
            )
            .choices(SEVERITY),
            words(
                "checks.item_list",
                "SKU that Whistl does not list",
                "What happens to an order with a SKU that Whistl does not list or has switched off.",
            )
            .choices(SEVERITY),
            words(
                "checks.allow_partial",
                "May leave in parts",
                "Whether the warehouse may send what it has and the rest later.",
            ),
            words(
                "checks.sku_may_map_to_itself",
                "A SKU spelt alike needs no mapping",
                "If off, only SKUs with an entry under Mappings go.",
            ),
            words(
                "checks.sku_also_allowed",
                "Characters also allowed in a SKU",
                "Besides letters and digits, if your account with Whistl takes more.",
            )
            .advanced(),
            words(
                "checks.sku_max_length",
                "Longest SKU",
                "What your account with Whistl takes.",
            )
            .unit("characters")
            .advanced(),
            words(
                "checks.sku_case_sensitive",
                "Capitals count in a SKU",
                "Whether Whistl tells mug1 from MUG1.",
            )
            .advanced(),
            words(
                "checks.name_max",
                "Longest recipient's name",
                "What fits on the label.",
            )
            .unit("characters")
            .advanced(),
            words(
                "checks.address_line_max",
                "Longest address line",
                "What fits on the label.",
            )
            .unit("characters")
            .advanced(),
            words(
                "checks.address_lines",
                "Address lines",
                "How many there are on the label.",
            )
            .unit("lines")
            .advanced(),
            words(
                "checks.phone_max_digits",
                "Longest telephone number",
                "What your account with Whistl takes.",
            )
            .unit("digits")
            .advanced(),
            words(
                "checks.reference_max",
                "Longest order number",
                "What your account with Whistl takes as an order's reference.",
            )
            .unit("characters")
            .advanced(),
        ],
    },
    Section {
        key: "stock",
        title: "Stock adjustments",
        text: "What the warehouse counts, damages, loses or finds is posted to Cin7 Core by itself, up to these limits. Above them a person decides.",
        settings: &[
            words(
                "adjust.account",
                "Account",
                "Cin7 Core's code of the expense account, for reasons that are not mapped to one. Without it stock is adjusted under Cin7 Core's own default, and nothing is written off.",
            ),
            words(
                "adjust.decreases",
                "Stock falls by",
                "A write-off takes units away and cannot collide with a sale; an adjustment sets the level.",
            )
            .choices(&[
                ("write_off", "A write-off"),
                ("adjustment", "A stock adjustment, as it rises"),
            ]),
            words(
                "adjust.always_approve",
                "Every adjustment waits for a person",
                "Nothing is posted by itself.",
            ),
            words(
                "adjust.limit_value",
                "A fall worth more than this waits",
                "At cost, in the currency of the books; 0 for no limit.",
            ),
            words(
                "adjust.limit_units",
                "A fall of more units than this waits",
                "0 for no limit.",
            )
            .unit("units"),
            words(
                "adjust.rise_value",
                "A rise worth more than this waits",
                "At cost, in the currency of the books; 0 for no limit. A rise permits selling, so this is best the lower one.",
            ),
            words(
                "adjust.rise_units",
                "A rise of more units than this waits",
                "0 for no limit.",
            )
            .unit("units"),
            words(
                "adjust.limit_percent",
                "A larger share of the stock than this waits",
                "Of what Cin7 Core has on hand; 0 for no limit.",
            )
            .unit("percent")
            .advanced(),
            words(
                "finance.losses_allowed",
                "Losses agreed with Whistl",
                "So many of each 10,000 units that leave may be lost without a word; the month’s report marks what goes beyond.",
            )
            .unit("units")
            .advanced(),
            words(
                "adjust.large_falls",
                "A fall above its limit",
                "Posting it at once stops overselling; it is looked at afterwards.",
            )
            .choices(&[
                ("wait", "Waits for a person"),
                ("post", "Is posted at once"),
            ])
            .advanced(),
            words(
                "adjust.decide",
                "Reasons a person decides each time",
                "Goods in and returns may be booked in Cin7 Core by another document.",
            )
            .advanced(),
        ],
    },
    Section {
        key: "schedule",
        title: "Schedule",
        text: "How often each side is asked. Asking more often shortens the delay and costs calls; Cin7 Core allows 60 a minute.",
        settings: &[
            words(
                "schedule.orders",
                "Look for new and changed sales",
                "In Cin7 Core. The usual wait of an order is about half of this.",
            )
            .unit("seconds"),
            words(
                "schedule.events",
                "Ask for news from the warehouse",
                "What Whistl accepted, stopped, sent out or cancelled.",
            )
            .unit("seconds"),
            words(
                "schedule.despatches",
                "Ask what has left",
                "Despatches at Whistl, and telling Cin7 Core of them.",
            )
            .unit("seconds"),
            words(
                "despatch.parts",
                "A sale that leaves in parts",
                "A second part makes a Simple sale in Cin7 Core an Advanced one, for ever.",
            )
            .choices(&[
                ("each", "Tell Cin7 Core of each part as it comes"),
                ("last", "Tell it of all at once, with the last parcel"),
            ]),
            words(
                "schedule.adjustments",
                "Ask what was counted",
                "Counts, damages and finds at Whistl, and posting them to Cin7 Core.",
            )
            .unit("seconds"),
            words(
                "schedule.read_back",
                "Read back what was posted",
                "Once a day, the documents of the days before. Left empty, never.",
            ),
            words(
                "schedule.read_back_documents",
                "Documents read back",
                "Chosen by chance, all when there are fewer. Each costs a call at most, after everything else.",
            )
            .unit("documents"),
            words(
                "schedule.products",
                "Look for changed products",
                "In Cin7 Core.",
            )
            .unit("seconds")
            .advanced(),
            words(
                "schedule.items",
                "Read the warehouse's list of items",
                "The SKUs that Whistl knows.",
            )
            .unit("seconds")
            .advanced(),
            words(
                "schedule.services",
                "Read the warehouse's services",
                "The delivery services that Whistl offers.",
            )
            .unit("seconds")
            .advanced(),
            words(
                "schedule.sweep",
                "Search for what was missed",
                "All open sales are compared with all orders at the warehouse.",
            )
            .unit("seconds")
            .advanced(),
        ],
    },
    Section {
        key: "cutoffs",
        title: "Cut-offs",
        text: "By when an order must be at the warehouse to leave the same day.",
        settings: &[
            words(
                "cutoff.time",
                "Daily cut-off",
                "An order that reaches the warehouse later leaves on the next working day.",
            ),
            words(
                "cutoff.by_service",
                "Cut-off by service",
                "Another time for some of Whistl's service codes.",
            ),
            words(
                "cutoff.working_days",
                "Working days",
                "Days on which the warehouse sends out goods.",
            ),
            words(
                "cutoff.holidays",
                "Holidays",
                "Days on which it does not, although it is a working day.",
            ),
        ],
    },
    Section {
        key: "notifications",
        title: "Alerts and notifications",
        text: "When you are told, and when you are left in peace.",
        settings: &[
            words(
                "alerts.waiting_count",
                "Orders waiting to be sent",
                "You are told when there are this many.",
            )
            .unit("orders"),
            words(
                "alerts.waiting_minutes",
                "Oldest order waiting",
                "You are told when one has waited this long.",
            )
            .unit("minutes"),
            words(
                "alerts.confirm_count",
                "Despatches waiting to be told to Cin7 Core",
                "You are told when there are this many.",
            )
            .unit("despatches"),
            words(
                "alerts.confirm_minutes",
                "Oldest despatch waiting",
                "You are told when Cin7 Core has not been told of one for this long.",
            )
            .unit("minutes"),
            words(
                "alerts.drift_units",
                "Units that differ",
                "You are told when stock differs without an explanation by this many units in all; 0 for none.",
            )
            .unit("units"),
            words(
                "alerts.drift_value",
                "Value that differs",
                "The same at cost, in the currency of your books; 0 for none.",
            ),
            words(
                "alerts.debt_working_days",
                "Left open for too long",
                "A difference or an exception that is still open after this many working days is shown as reconciliation debt, with what it is worth.",
            )
            .unit("working days"),
            words(
                "alerts.overdue_minutes",
                "Despatch not come",
                "An order needs someone when its despatch has not come this long after its cut-off; 0 to never ask.",
            )
            .unit("minutes"),
            words(
                "alerts.unclear_minutes",
                "Sent without an answer",
                "You are told when it is not known for this long whether Whistl has an order.",
            )
            .unit("minutes"),
            words(
                "alerts.silence_minutes",
                "No answer from Cin7 Core or Whistl",
                "You are told when one has not answered for this long.",
            )
            .unit("minutes"),
            words(
                "alerts.cutoff_warning_minutes",
                "Warning before a cut-off",
                "You are told this long before a cut-off which orders will miss it. 0 for never.",
            )
            .unit("minutes"),
            words(
                "alerts.escalate_minutes",
                "Show again, stronger",
                "An urgent notification that nobody has taken is shown again after this time. 0 for never.",
            )
            .unit("minutes"),
            words(
                "alerts.quiet_from",
                "Quiet hours from",
                "Notifications wait from then on. Left empty, there are no quiet hours.",
            ),
            words(
                "alerts.quiet_to",
                "Quiet hours until",
                "What came in meanwhile is then told as one summary.",
            ),
            words(
                "alerts.quiet_lets_urgent",
                "Show urgent ones in quiet hours",
                "An order that will miss its cut-off, or sending that stands still, is shown all the same.",
            ),
            words(
                "alerts.digest_times",
                "Summary of the day",
                "When you are told what was done and what is open. Left empty, never.",
            ),
            words(
                "alerts.disk_free_mb",
                "Room left on the disk",
                "You are told when there is less than this where the data is kept.",
            )
            .unit("MB")
            .advanced(),
            words(
                "alerts.gap_minutes",
                "This computer was off or asleep",
                "You are told of it when it was for at least this long. 0 for never.",
            )
            .unit("minutes")
            .advanced(),
        ],
    },
    Section {
        key: "limits",
        title: "Limits and retries",
        text: "How fast each side is asked, and what happens when one does not answer.",
        settings: &[
            words(
                "limits.cin7_calls_per_minute",
                "Calls to Cin7 Core",
                "In any 60 seconds. Cin7 Core allows 60 for each key; some room is left for calls that arrive late.",
            )
            .unit("calls a minute"),
            words(
                "limits.whistl_calls_per_minute",
                "Calls to Whistl",
                "In any 60 seconds. Whistl allows 120.",
            )
            .unit("calls a minute"),
            words(
                "safety.rejected_percent",
                "Safety stop",
                "Sending pauses by itself when this share of the last 20 orders was refused.",
            )
            .unit("%"),
            words(
                "retry.ladder_seconds",
                "Waits before trying again",
                "After the first failure, the second, and so on. The last one repeats.",
            )
            .unit("seconds")
            .advanced(),
            words(
                "retry.give_up_hours",
                "Give up after",
                "An order that could not be sent for this long is held for a person.",
            )
            .unit("hours")
            .advanced(),
            words(
                "retry.jitter_percent",
                "Vary each wait by",
                "So that many orders are not all tried again at the same moment.",
            )
            .unit("%")
            .advanced(),
            words(
                "whistl.submit_idempotent",
                "Whistl recognises an order sent twice",
                "If off, an order that was sent without an answer waits for a person instead of being sent again.",
            )
            .advanced(),
        ],
    },
    Section {
        key: "privacy",
        title: "Privacy and retention",
        text: "How long names, addresses and numbers are kept. Everything personal is stored encrypted.",
        settings: &[
            words(
                "retention.personal_days",
                "Keep personal data",
                "After this time names, addresses and numbers in what was sent and answered are masked. The history stays.",
            )
            .unit("days"),
            words(
                "retention.entries_months",
                "Keep what was sent and answered",
                "After this time what the masking left of it is removed too. The history stays.",
            )
            .unit("months"),
        ],
    },
];

/// The words of that key.
pub(super) fn find(key: &str) -> Option<&'static Words> {
    SECTIONS
        .iter()
        .flat_map(|section| section.settings)
        .find(|words| words.key == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use engine::settings::{Kind, SPECS};

    use super::*;

    /// Keys that are changed elsewhere, or not yet by anything: connecting a vendor, going
    /// live, and what comes with reconciliation.
    const ELSEWHERE: [&str; 7] = [
        "mode",
        "cin7.base_url",
        "cin7.location",
        "whistl.base_url",
        "whistl.client_code",
        "whistl.transport",
        "schedule.reconcile",
    ];

    #[test]
    fn every_setting_has_words_once_or_is_changed_elsewhere() {
        let known: BTreeSet<&str> = SPECS.iter().map(|spec| spec.key).collect();
        let mut worded = BTreeSet::new();
        for words in SECTIONS.iter().flat_map(|section| section.settings) {
            assert!(worded.insert(words.key), "{} is there twice", words.key);
        }
        let elsewhere: BTreeSet<&str> = ELSEWHERE.into_iter().collect();
        assert!(worded.is_disjoint(&elsewhere));
        let all: BTreeSet<&str> = worded.union(&elsewhere).copied().collect();
        assert_eq!(all, known, "give each setting its words in words.rs");
    }

    #[test]
    fn every_choice_has_words() {
        for spec in SPECS {
            let (Kind::Choice(choices), Some(words)) = (spec.kind, find(spec.key)) else {
                continue;
            };
            let worded: Vec<&str> = words.choices.iter().map(|(word, _)| *word).collect();
            assert_eq!(worded, choices, "{}", spec.key);
        }
    }

    #[test]
    fn no_key_is_on_screen() {
        for section in SECTIONS {
            for words in section.settings {
                for text in [words.title, words.help, section.text] {
                    for spec in SPECS {
                        assert!(
                            !spec.key.contains('.') || !text.contains(spec.key),
                            "{text}"
                        );
                    }
                }
            }
        }
    }
}
