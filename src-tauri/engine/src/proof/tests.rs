use chrono::{DateTime, Duration, Utc};
use domain::{SaleId, SaleNumber};
use rust_decimal::Decimal;
use store::{EntryRow, Linked, OrderState, SaleKey, SaleRow, Standing};

use super::facts::{
    Asked, DespatchFacts, EntryFacts, FORMAT, Facts, GoodsFacts, HeadFacts, OrderFacts,
    ParcelFacts, StepFacts,
};
use super::journey::{JourneyEnd, JourneyView, journey};
use super::moments::{Life, moments, waits};
use super::{Form, check, fingerprint, written};
use crate::views::{hex, time};

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_507_200, 0).unwrap() + Duration::minutes(minutes)
}

fn row() -> SaleRow {
    SaleRow {
        key: SaleKey(1),
        id: SaleId::parse("00000000-0000-4000-8000-000000000001").unwrap(),
        number: SaleNumber::parse("SO-00001").unwrap(),
        standing: Standing::In(OrderState::Despatched),
        owner: None,
        updated: at(0),
        read_updated: None,
        authorised_at: Some(at(-2)),
        first_seen: at(0),
        accepted_at: Some(at(62)),
        ship_by: Some(at(300)),
        not_before: None,
        value: Decimal::new(4560, 2),
        currency: "GBP".into(),
        channel: "=cmd|' /C calc'!A0".into(),
        service: "WHI_STD".into(),
        edition: 1,
        reference: None,
        whistl_ref: None,
        whistl_status: None,
        event_seq: None,
        settings_version: 1,
        map_version: 1,
        attempts: 1,
        next_at: None,
        changed_at: at(406),
        fingerprint: None,
        put_off_until: None,
    }
}

/// Entries of the log, chained: minute, kind, operation, who, outcome, text.
fn log(entries: &[(i64, &str, &str, &str, &str, &str)]) -> Vec<Linked> {
    let mut before = vec![0; 32];
    let mut all = Vec::new();
    for (n, (minute, kind, operation, who, outcome, text)) in entries.iter().enumerate() {
        let mut one = Linked {
            entry: EntryRow {
                id: i64::try_from(n).unwrap() + 1,
                at: at(*minute),
                kind: (*kind).into(),
                vendor: if *kind == "outcome" { "whistl" } else { "" }.into(),
                direction: String::new(),
                operation: (*operation).into(),
                number: None,
                subject: String::new(),
                who: (*who).into(),
                attempt: 1,
                status: 0,
                outcome: (*outcome).into(),
                duration_ms: 0,
                text: (*text).into(),
                request_hash: Some(vec![7; 32]),
                response_hash: None,
                hash: Vec::new(),
            },
            sale: Some(SaleKey(1)),
            before: before.clone(),
        };
        one.entry.hash = one.follows();
        before.clone_from(&one.entry.hash);
        all.push(one);
    }
    all
}

fn a_late_orders_log() -> Vec<Linked> {
    log(&[
        (
            1,
            "decision",
            "check",
            "auto",
            "held",
            "Held for phone_missing",
        ),
        (
            60,
            "decision",
            "release",
            "Ada",
            "released",
            "Mrs Merrow rang",
        ),
        (60, "decision", "check", "auto", "passed", "Passed"),
        (61, "intention", "submit", "auto", "begun", ""),
        (61, "outcome", "submit order", "", "accepted", ""),
        (
            403,
            "decision",
            "confirm",
            "auto",
            "posted",
            "Cin7 Core has been told of D1",
        ),
    ])
}

fn despatch() -> DespatchFacts {
    DespatchFacts {
        despatch_id: "D1".into(),
        revision: 1,
        voids: None,
        despatched_at: time(at(400)),
        published_at: Some(time(at(401))),
        received_at: time(at(402)),
        posted_at: Some(time(at(403))),
        is_last: true,
        state: "posted".into(),
        reason: String::new(),
        units: "2".into(),
        goods: vec![GoodsFacts {
            sku: "TEAPOT04".into(),
            units: "2".into(),
            cancelled: "0".into(),
        }],
        parcels: vec![ParcelFacts {
            number: 1,
            carrier: "<b>Royal Mail</b>".into(),
            service: "WHI_STD".into(),
            tracking: vec!["+44WQ1".into()],
        }],
        steps: vec![StepFacts {
            step: "ship".into(),
            attempt: 1,
            began_at: time(at(403)),
            ended_at: Some(time(at(403))),
            outcome: "done".into(),
        }],
    }
}

fn life<'a>(row: &'a SaleRow, entries: &'a [Linked], despatches: &'a [DespatchFacts]) -> Life<'a> {
    let entries = entries.iter().map(|one| &one.entry);
    Life::of(row, entries, despatches, at(500))
}

fn told_waits(row: &SaleRow, entries: &[Linked], despatches: &[DespatchFacts]) -> Vec<String> {
    waits(&life(row, entries, despatches))
        .iter()
        .map(|wait| {
            let open = if wait.to.is_none() { " so far" } else { "" };
            format!(
                "{} {} min{open}: {}",
                wait.who,
                wait.seconds / 60,
                wait.what
            )
        })
        .collect()
}

#[test]
fn each_wait_is_somebodys_and_together_they_are_all_the_time_there_was() {
    let (row, entries) = (row(), a_late_orders_log());
    assert_eq!(
        told_waits(&row, &entries, &[despatch()]),
        [
            "stockbridge 2 min: to be seen by Stockbridge",
            "stockbridge 1 min: to be checked",
            "office 59 min: held: no telephone number",
            "stockbridge 2 min: to be sent, and for Whistl's answer",
            "warehouse 338 min: to be packed and handed to the carrier",
            "warehouse 1 min: for the news to be made known by Whistl",
            "stockbridge 1 min: for the news to be read by Stockbridge",
            "stockbridge 1 min: to be told to Cin7 Core",
        ]
    );
    let all = waits(&life(&row, &entries, &[despatch()]));
    let own: i64 = all
        .iter()
        .filter(|wait| wait.despatch.is_none())
        .map(|wait| wait.seconds)
        .sum();
    assert_eq!(own, 402 * 60, "from authorised to handed over");
}

#[test]
fn what_goes_on_is_counted_so_far_and_an_unstamped_way_is_nobodys_alone() {
    let mut row = row();
    row.standing = Standing::In(OrderState::PartDespatched);
    let mut one = despatch();
    one.published_at = None;
    one.posted_at = None;
    one.state = "exception".into();
    let mut entries = a_late_orders_log();
    entries.pop();
    entries.extend(log(&[(
        404,
        "decision",
        "confirm",
        "auto",
        "exception",
        "D1 is not told to Cin7 Core: sale_voided",
    )]));
    assert_eq!(
        told_waits(&row, &entries, &[one])[4..],
        [
            "warehouse 438 min so far: to be packed and handed to the carrier",
            "unknown 2 min: for the news to be read by Stockbridge",
            "stockbridge 1 min: to be told to Cin7 Core",
            "cin7 1 min: for Cin7 Core to take it in",
            "office 96 min so far: could not be told as it was; somebody had to look",
        ]
    );
}

fn legs(row: &SaleRow, entries: &[Linked], despatches: &[DespatchFacts]) -> JourneyView {
    let entries: Vec<EntryRow> = entries.iter().map(|one| one.entry.clone()).collect();
    let way = journey(row, &entries, despatches, at(500)).unwrap();
    let sum: i64 = way.legs.iter().map(|leg| leg.seconds).sum();
    assert_eq!(way.seconds, sum);
    for pair in way.legs.windows(2) {
        assert_eq!(pair[0].to.as_deref(), Some(pair[1].from.as_str()));
    }
    way
}

fn whose(way: &JourneyView) -> Vec<(&str, i64)> {
    let legs = way.legs.iter();
    legs.map(|leg| (leg.who.as_str(), leg.seconds / 60))
        .collect()
}

#[test]
fn the_way_of_an_order_is_one_line_from_authorised_to_confirmed() {
    let (row, entries) = (row(), a_late_orders_log());
    let mut one = despatch();
    one.posted_at = Some(time(at(405)));
    let way = legs(&row, &entries, &[one]);
    assert_eq!(
        whose(&way),
        [
            ("stockbridge", 2),
            ("stockbridge", 1),
            ("office", 59),
            ("stockbridge", 2),
            ("warehouse", 338),
            ("warehouse", 1),
            ("stockbridge", 1),
            ("stockbridge", 1),
            ("cin7", 2),
        ]
    );
    assert!(way.is_from_authorised);
    assert_eq!((way.end, way.seconds), (JourneyEnd::Confirmed, 407 * 60));
}

#[test]
fn the_way_waits_for_the_despatch_that_cin7_is_told_of_last() {
    let (row, entries) = (row(), a_late_orders_log());
    let mut other = despatch();
    other.despatch_id = "D2".into();
    other.posted_at = None;
    other.state = "waiting".into();
    other.steps.clear();
    let way = legs(&row, &entries, &[despatch(), other]);
    assert_eq!(way.end, JourneyEnd::Open);
    let last = way.legs.last().unwrap();
    assert_eq!((last.who.as_str(), last.to.as_ref()), ("stockbridge", None));
    assert_eq!(last.seconds, 98 * 60, "since it was received");
}

#[test]
fn the_way_ends_where_an_order_is_called_off_and_lasts_while_it_is_at_the_warehouse() {
    let mut row = row();
    let entries = a_late_orders_log();
    row.standing = Standing::In(OrderState::AtWarehouse);
    let way = legs(&row, &entries, &[]);
    assert_eq!(way.end, JourneyEnd::Open);
    assert_eq!(
        way.legs.last().map(|leg| leg.who.as_str()),
        Some("warehouse")
    );

    row.standing = Standing::In(OrderState::Cancelled);
    row.changed_at = at(90);
    let way = legs(&row, &entries, &[]);
    assert_eq!(way.end, JourneyEnd::CalledOff);
    let first = row.authorised_at.unwrap_or(row.first_seen);
    assert_eq!(way.seconds, (at(90) - first).num_seconds());
}

#[test]
fn what_happened_stands_in_the_order_of_time_with_whose_clock_says_so() {
    let (row, entries) = (row(), a_late_orders_log());
    let told: Vec<String> = moments(&life(&row, &entries, &[despatch()]))
        .iter()
        .map(|one| format!("{}/{} {}", one.side, one.clock, one.what))
        .collect();
    assert_eq!(
        told,
        [
            "office/cin7 Authorised in Cin7 Core",
            "stockbridge/stockbridge First seen by Stockbridge",
            "stockbridge/stockbridge Held: no telephone number",
            "office/stockbridge Released by hand: •••",
            "stockbridge/stockbridge Passed",
            "stockbridge/stockbridge Sending it to Whistl",
            "stockbridge/stockbridge Whistl's answer: accepted",
            "warehouse/whistl Accepted by Whistl",
            "/ By now it had to have left the warehouse",
            "warehouse/whistl Handed to the carrier: D1, 2 units, 1 parcel",
            "warehouse/whistl D1 made known by Whistl",
            "stockbridge/stockbridge D1 received by Stockbridge",
            "stockbridge/stockbridge D1 posted to Cin7 Core",
        ]
    );
}

fn facts() -> Facts {
    let (row, linked) = (row(), a_late_orders_log());
    let despatches = vec![despatch()];
    let life = life(&row, &linked, &despatches);
    let order = OrderFacts {
        number: row.number.to_string(),
        state: "despatched".into(),
        channel: row.channel.clone(),
        service: row.service.clone(),
        client_reference: None,
        whistl_reference: None,
        value: "45.60".into(),
        currency: "GBP".into(),
        authorised_at: row.authorised_at.map(time),
        seen_at: time(row.first_seen),
        sent_at: life.first_sent().map(time),
        accepted_at: row.accepted_at.map(time),
        ship_by: row.ship_by.map(time),
        left_at: life.left().map(time),
        posted_at: life.posted().map(time),
        moments: moments(&life),
        waits: waits(&life),
        entries: linked.iter().map(super::gather::entry_facts).collect(),
        entries_cut: false,
        despatches: despatches.clone(),
    };
    Facts {
        format: FORMAT.into(),
        program: env!("CARGO_PKG_VERSION").into(),
        made_at: time(at(500)),
        time_zone: "Europe/London".into(),
        asked: Asked::Numbers,
        head: HeadFacts {
            entries: 6,
            hash: hex(&linked[5].entry.hash),
        },
        orders: vec![order],
    }
}

#[test]
fn a_pack_is_checked_by_itself_in_either_form() {
    let facts = facts();
    for form in [Form::Html, Form::Csv] {
        let pack = written(&facts, form);
        let checked = check(&pack, form).unwrap();
        assert_eq!(checked.facts, facts);
        assert_eq!(checked.fingerprint, fingerprint(&facts));
        assert_eq!((checked.linked, checked.withheld), (5, 1));
        assert!(checked.is_compared);
    }
}

#[test]
fn one_changed_byte_anywhere_fails() {
    let facts = facts();
    for form in [Form::Html, Form::Csv] {
        let pack = written(&facts, form).into_bytes();
        // Every place would take long; these are all over the document.
        let places = (0..pack.len())
            .step_by(211)
            .chain(pack.len() - 200..pack.len());
        for place in places {
            let mut changed = pack.clone();
            changed[place] ^= 1;
            let text = String::from_utf8_lossy(&changed);
            assert!(check(&text, form).is_err(), "{form:?} byte {place}");
        }
        for cut in [1, 2, 100, pack.len() - 1] {
            let text = String::from_utf8_lossy(&pack[..pack.len() - cut]);
            assert!(check(&text, form).is_err(), "{form:?} cut by {cut}");
        }
    }
}

#[test]
fn an_entry_that_was_changed_and_sealed_anew_is_named() {
    let mut facts = facts();
    facts.orders[0].entries[0].at = time(at(40));
    let found = check(&written(&facts, Form::Html), Form::Html).unwrap_err();
    assert_eq!(
        found.found[0],
        "Log entry 1 was changed: its hash does not follow from what it says."
    );

    let mut facts = self::facts();
    facts.head.hash = "00".repeat(32);
    let found = check(&written(&facts, Form::Csv), Form::Csv).unwrap_err();
    assert_eq!(
        found.found,
        ["The log's end is not the one its entries lead to."]
    );

    let mut facts = self::facts();
    facts.orders[0].entries.swap_remove(2);
    let middle: &mut EntryFacts = &mut facts.orders[0].entries[1];
    middle.hash = "11".repeat(32);
    let found = check(&written(&facts, Form::Csv), Form::Csv);
    assert!(
        found.is_ok(),
        "what is withheld and stands alone is trusted"
    );
}

#[test]
fn what_is_shown_otherwise_than_the_facts_have_it_is_found() {
    let pack = written(&facts(), Form::Html);
    let shown = pack.replacen("Held: no telephone number", "Held: warehouse closed", 1);
    assert_ne!(shown, pack);
    let found = check(&shown, Form::Html).unwrap_err();
    assert!(found.found[0].contains("what is shown there"), "{found:?}");
}

#[test]
fn nothing_in_a_pack_is_taken_for_a_formula_for_markup_or_for_a_person() {
    let facts = facts();
    let page = written(&facts, Form::Html);
    assert!(page.contains("&lt;b&gt;Royal Mail&lt;/b&gt;"));
    assert!(!page.contains("<b>"));
    assert!(!page.contains("http://") && !page.contains("https://"));
    let table = written(&facts, Form::Csv);
    for personal in ["Merrow", "Ada"] {
        assert!(!page.contains(personal) && !table.contains(personal));
    }
    for line in table.trim_start_matches('\u{feff}').lines() {
        for cell in line.trim_matches('"').split("\",\"") {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{line}");
        }
    }
}
