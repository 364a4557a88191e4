//! Fixed views for the tests of the texts: one Wednesday noon in London.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Owner;
use engine::runs::{RunOutcome, RunReport};
use engine::views::{
    Activity, Alert, AttemptView, ConfirmationsView, DebtSumView, DebtView, DifferenceView,
    FindingView, GapView, HoldView, JobView, LatencyView, Level, LineView, OrderDetail, OrderView,
    QueueView, ReadBackCheckView, ReadBackView, StatusView, TimelineView, VendorView,
};
use store::OrderState;

use super::sheet::Sheet;
use crate::output::Output;

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn sheet() -> Sheet {
    let mut sheet = Sheet::new(
        Output::plain(),
        chrono_tz::Europe::London,
        at("2026-11-25T12:00:00Z"),
    );
    sheet.width = 100;
    sheet
}

pub(crate) fn hold(code: &str, field: &str, value: &str) -> HoldView {
    HoldView {
        code: code.into(),
        field: field.into(),
        value: value.into(),
        marks: Vec::new(),
        expected: "a number the driver can call".into(),
        owner: "office".into(),
        fix: "Enter a telephone number in the sale.".into(),
        since: "2026-11-25T09:50:00.000Z".into(),
    }
}

pub(crate) fn order(number: &str, state: &str) -> OrderView {
    OrderView {
        number: number.into(),
        sale_id: "c14777f6-3597-5987-96aa-c7d2a2a31dfe".into(),
        state: state.into(),
        owner: None,
        client_reference: None,
        whistl_reference: None,
        whistl_status: None,
        ship_by: Some("2026-11-25T16:00:00.000Z".into()),
        value: "169.20".into(),
        currency: "GBP".into(),
        channel: "Shopify".into(),
        service: "WHI_STD".into(),
        authorised_at: Some("2026-11-24T09:50:36.872Z".into()),
        accepted_at: None,
        submissions: 0,
        next_at: None,
        changed_at: "2026-11-25T09:50:00.000Z".into(),
        settings_version: 1,
        map_version: 2,
        holds: Vec::new(),
    }
}

pub(crate) fn held_order() -> OrderView {
    let sku = HoldView {
        marks: vec![(4, 5), (7, 8)],
        expected: "letters and digits only".into(),
        fix: "Map ITEM-01_BLUE to the SKU Whistl has it under, or rename it in Cin7 Core to letters and digits.".into(),
        ..hold("sku_invalid_characters", "Order.Lines[1].SKU", "ITEM-01_BLUE")
    };
    OrderView {
        owner: Some("office".into()),
        client_reference: Some("SO-00031".into()),
        value: "22.80".into(),
        holds: vec![sku, hold("phone_missing", "Phone", "")],
        ..order("SO-00031", "held")
    }
}

pub(crate) fn event(
    at: &str,
    kind: &str,
    operation: &str,
    vendor: &str,
    outcome: &str,
    text: &str,
) -> TimelineView {
    TimelineView {
        at: at.into(),
        kind: kind.into(),
        operation: operation.into(),
        vendor: vendor.into(),
        who: if kind == "decision" {
            "auto".into()
        } else {
            String::new()
        },
        outcome: outcome.into(),
        text: text.into(),
        attempt: 0,
        entry: 1,
    }
}

fn line(sku: &str, name: &str, quantity: &str, backordered: &str) -> LineView {
    LineView {
        sku: sku.into(),
        name: name.into(),
        quantity: quantity.into(),
        unit_price: "23.5".into(),
        backordered: backordered.into(),
    }
}

pub(crate) fn held_life() -> OrderDetail {
    OrderDetail {
        order: held_order(),
        lines: vec![
            line("HPCND001", "Soy candle, slate", "6", "0"),
            line("ITEM-01_BLUE", "Linen tea towel", "12", "2"),
        ],
        attempts: Vec::new(),
        despatches: Vec::new(),
        journey: None,
        timeline: vec![
            event(
                "2026-11-24T09:50:40Z",
                "call",
                "read sale",
                "cin7",
                "answered",
                "",
            ),
            event(
                "2026-11-24T09:50:41Z",
                "decision",
                "check",
                "",
                "held",
                "Held for sku_invalid_characters, phone_missing",
            ),
        ],
        notes: Vec::new(),
        put_off: None,
        assigned: None,
    }
}

pub(crate) fn sent_life() -> OrderDetail {
    let order = OrderView {
        client_reference: Some("SO-00010".into()),
        whistl_reference: Some("WF10000007".into()),
        whistl_status: Some("PICKING".into()),
        accepted_at: Some("2026-11-25T11:21:45.000Z".into()),
        submissions: 2,
        ..order("SO-00010", "at_warehouse")
    };
    let attempt = |number, began: &str, ended: &str, outcome: &str, detail: &str| AttemptView {
        number,
        step: "submit".into(),
        reference: "SO-00010".into(),
        began_at: began.into(),
        ended_at: Some(ended.into()),
        outcome: outcome.into(),
        detail: detail.into(),
    };
    let mut again = event(
        "2026-11-25T11:21:43Z",
        "intention",
        "submit",
        "whistl",
        "begun",
        "About to submit SO-00010",
    );
    again.attempt = 2;
    let mut asked = event(
        "2026-11-25T11:21:42Z",
        "decision",
        "resend",
        "",
        "asked",
        "Asked for by hand",
    );
    asked.who = "ann".into();
    OrderDetail {
        order,
        lines: vec![line("HPCND001", "Soy candle, slate", "6", "0")],
        attempts: vec![
            attempt(
                1,
                "2026-11-25T11:20:00.000Z",
                "2026-11-25T11:20:30.000Z",
                "rejected",
                "Refused by Whistl; nothing exists there under this reference",
            ),
            attempt(
                2,
                "2026-11-25T11:21:43.000Z",
                "2026-11-25T11:21:45.000Z",
                "accepted",
                "Accepted by Whistl as WF10000007",
            ),
        ],
        despatches: Vec::new(),
        journey: None,
        timeline: vec![
            event(
                "2026-11-25T11:19:59Z",
                "call",
                "read sale",
                "cin7",
                "answered",
                "",
            ),
            event(
                "2026-11-25T11:19:59Z",
                "decision",
                "check",
                "",
                "passed",
                "Passed every check; phone_tidied at Phone; line_left_out at Order.AdditionalCharges[0]",
            ),
            event(
                "2026-11-25T11:20:00Z",
                "intention",
                "submit",
                "whistl",
                "begun",
                "About to submit SO-00010",
            ),
            event(
                "2026-11-25T11:20:30Z",
                "outcome",
                "submit order",
                "whistl",
                "rejected",
                "Refused by Whistl; nothing exists there under this reference",
            ),
            asked,
            again,
            event(
                "2026-11-25T11:21:45Z",
                "outcome",
                "submit order",
                "whistl",
                "accepted",
                "Accepted by Whistl as WF10000007",
            ),
        ],
        notes: Vec::new(),
        put_off: None,
        assigned: None,
    }
}

pub(crate) fn report(counts: &[(&'static str, i64)]) -> RunReport {
    RunReport {
        run_id: "0192".into(),
        kind: "orders",
        started_at: "2026-11-25T11:59:00.000Z".into(),
        finished_at: "2026-11-25T12:00:00.000Z".into(),
        outcome: RunOutcome::Finished,
        counts: counts.iter().copied().collect(),
        calls: BTreeMap::from([("cin7", 66), ("whistl", 1)]),
        faults: Vec::new(),
    }
}

pub(crate) fn activity(entry: i64, kind: &str, operation: &str, text: &str) -> Activity {
    Activity {
        entry,
        at: "2026-11-25T11:59:58.250Z".into(),
        kind: kind.into(),
        vendor: String::new(),
        direction: String::new(),
        operation: operation.into(),
        number: None,
        subject: String::new(),
        who: String::new(),
        attempt: 0,
        status: 0,
        outcome: String::new(),
        duration_ms: 0,
        text: text.into(),
        request_hash: None,
        response_hash: None,
        hash: "00".into(),
        request: None,
        response: None,
    }
}

fn vendor(state: &'static str) -> VendorView {
    VendorView {
        state,
        last_good: Some("2026-11-25T11:59:30.000Z".into()),
        failing_since: None,
        paused_until: None,
        last_fault: String::new(),
        calls_last_minute: 48,
        calls_limit: 55,
    }
}

/// So many differences left open for too long.
pub(crate) fn debt(differences: u64) -> DebtView {
    let sum = DebtSumView {
        count: differences,
        differences,
        adjustments: 0,
        despatches: 0,
        units: (differences * 6).to_string(),
        value: format!("{}.00", differences * 99),
        without_value: 0,
        oldest_at: None,
    };
    DebtView {
        working_days: 5,
        now: sum.clone(),
        month_ends: "2026-11-30".into(),
        at_month_end: sum,
    }
}

/// A check of 50 documents, so many of which do not stand as they were posted.
pub(crate) fn read_back(differ: u64) -> ReadBackView {
    let finding = FindingView {
        kind: "shipment",
        subject: "9f0c".into(),
        number: "SO-00012".into(),
        owner: "office",
        since: "2026-11-25T06:30:40.000Z".into(),
        differences: vec![DifferenceView {
            field: "tracking number of box DSP0000871/1".into(),
            posted: "WQ900000015GB".into(),
            now: "WQ900000016GB".into(),
        }],
    };
    ReadBackView {
        last: Some(ReadBackCheckView {
            run_id: "0192".into(),
            checked_at: "2026-11-25T06:30:40.000Z".into(),
            first_day: "2026-11-24".into(),
            last_day: "2026-11-24".into(),
            documents: 213,
            as_posted: 50 - differ,
            differ,
            not_read: 0,
            why: String::new(),
            accuracy_percent: Some(if differ == 0 { "100.0" } else { "98.0" }.into()),
        }),
        findings: (0..differ).map(|_| finding.clone()).collect(),
    }
}

pub(crate) fn calm_status() -> StatusView {
    let mut orders: BTreeMap<&'static str, i64> = OrderState::ALL
        .into_iter()
        .map(|state| (state.word(), 0))
        .collect();
    orders.insert("at_warehouse", 52);
    StatusView {
        as_of: "2026-11-25T12:00:00.000Z".into(),
        mode: "live".into(),
        paused: None,
        orders,
        orders_total: 52,
        needs_you: 0,
        owners: BTreeMap::new(),
        holds: BTreeMap::new(),
        outside: BTreeMap::from([("not_authorised".into(), 3)]),
        queue: QueueView {
            waiting: 0,
            oldest_due: None,
        },
        vendors: BTreeMap::from([("cin7", vendor("ok")), ("whistl", vendor("ok"))]),
        latency: vec![LatencyView {
            day: "2026-11-25".into(),
            count: 52,
            median_seconds: 40,
            p95_seconds: 120,
            worst_seconds: 173,
            histogram: Vec::new(),
        }],
        despatch_latency: Vec::new(),
        confirmations: ConfirmationsView {
            waiting: 0,
            oldest_at: None,
            exceptions: 0,
            posted: 40,
        },
        debt: debt(0),
        read_back: read_back(0),
        schedule: vec![JobView {
            job: "orders",
            every_seconds: Some(30),
            times: Vec::new(),
            last_started: Some("2026-11-25T11:59:30.000Z".into()),
            last_outcome: "finished".into(),
            next_due: Some("2026-11-25T12:00:00.000Z".into()),
            overdue: false,
        }],
        gaps: Vec::new(),
        alerts: Vec::new(),
        attention: Vec::new(),
    }
}

pub(crate) fn troubled_status() -> StatusView {
    let mut status = calm_status();
    status
        .orders
        .extend([("held", 8), ("waiting", 3), ("rejected", 1)]);
    status.orders_total = 64;
    status.needs_you = 9;
    status.holds = BTreeMap::from([
        ("phone_missing".into(), 2),
        ("rejected_by_whistl".into(), 1),
        ("service_unmapped".into(), 7),
    ]);
    status.queue = QueueView {
        waiting: 3,
        oldest_due: Some("2026-11-25T11:42:00.000Z".into()),
    };
    status.confirmations = ConfirmationsView {
        waiting: 2,
        oldest_at: Some("2026-11-25T11:20:00.000Z".into()),
        exceptions: 1,
        posted: 40,
    };
    status.debt = debt(3);
    status.read_back = read_back(1);
    status.vendors.insert(
        "whistl",
        VendorView {
            failing_since: Some("2026-11-25T11:40:00.000Z".into()),
            paused_until: Some("2026-11-25T12:00:30.000Z".into()),
            last_fault: "the server answered 503".into(),
            ..vendor("paused")
        },
    );
    status.schedule[0].next_due = None;
    status.gaps = vec![GapView {
        from: "2026-11-25T01:00:00.000Z".into(),
        to: "2026-11-25T02:10:00.000Z".into(),
        cause: "asleep".into(),
    }];
    status.alerts = vec![
        Alert {
            since: Some("2026-11-25T11:40:00.000Z".into()),
            ..Alert::new(
                "vendor_silent",
                Level::Urgent,
                Owner::Support,
                "Whistl has not given a usable answer.".into(),
            )
        },
        Alert {
            count: 8,
            ..Alert::new(
                "held",
                Level::NeedsSomeone,
                Owner::Office,
                "8 orders are held.".into(),
            )
        },
    ];
    status
}
