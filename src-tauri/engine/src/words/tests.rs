use crate::runs::Job;
use domain::trigger::Outside;
use domain::{HoldCode, NoteCode, Owner};
use store::{MapKind, OrderState};

use super::*;

fn reads_well(words: &str) {
    assert!(!words.is_empty() && !words.contains('_'), "“{words}”");
}

#[test]
fn every_hold_has_words_of_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for code in HoldCode::ALL {
        let words = hold(code.word());
        reads_well(&words);
        assert!(words.len() <= 44, "“{words}” is too long for a table");
        assert!(seen.insert(words.clone()), "two holds are called “{words}”");
    }
}

#[test]
fn every_state_owner_reason_and_job_has_words() {
    for state_of in OrderState::ALL {
        reads_well(&state(state_of.word()));
    }
    for owner_of in Owner::ALL {
        reads_well(owner(owner_of.word()));
    }
    for why in Outside::ALL {
        reads_well(&outside(why.word()));
    }
    for job_of in Job::ALL {
        assert_ne!(job(job_of.word()), "", "{job_of:?}");
    }
    for kind in MapKind::ALL {
        reads_well(map(kind.word()));
    }
}

#[test]
fn every_note_of_a_check_is_put_into_words() {
    for code in [
        NoteCode::LineLeftOut,
        NoteCode::LinesMerged,
        NoteCode::AddressWrapped,
        NoteCode::PostcodeTidied,
        NoteCode::PhoneTidied,
        NoteCode::PhoneFromContact,
        NoteCode::WouldHold,
        NoteCode::Warning,
    ] {
        let stored = format!("Passed every check; {} at Order.Lines[0].SKU", code.word());
        let told = sentence(&stored);
        reads_well(&told);
        assert!(!told.contains("Order."), "{told}");
    }
}

#[test]
fn codes_become_words_and_values_stay_to_the_letter() {
    assert_eq!(
        sentence("Passed every check; phone_tidied at Phone"),
        "Passed every check; telephone number tidied"
    );
    assert_eq!(
        sentence("Held for phone_missing, sku_collision"),
        "Held: no telephone number, two SKUs would become one at Whistl"
    );
    assert_eq!(
        sentence("service_unmapped: Map “Royal_Mail” to a service."),
        "shipping method not mapped: Map “Royal_Mail” to a service."
    );
    assert_eq!(
        sentence("ITEM-01_BLUE at the warehouse"),
        "ITEM-01_BLUE at the warehouse"
    );
}

#[test]
fn amounts_have_their_sign_and_their_thousands() {
    assert_eq!(money("GBP", "84.50"), "£84.50");
    assert_eq!(money("EUR", "-1234567.00"), "-€1,234,567.00");
    assert_eq!(money("SEK", "900.00"), "SEK 900.00");
    assert_eq!(money("", "1000"), "1,000");
}

#[test]
fn a_call_is_told_as_what_it_was_for() {
    let mut entry = TimelineWords {
        kind: "call",
        operation: "read sale",
        vendor: "cin7",
        outcome: "answered",
        text: "",
        attempt: 0,
    };
    assert_eq!(happened(&entry), "Read the sale at Cin7 Core");
    entry.outcome = "no_answer";
    entry.text = "500";
    assert_eq!(
        happened(&entry),
        "Reading the sale at Cin7 Core: no usable answer (500)"
    );
}

#[test]
fn an_order_held_for_two_causes_has_a_sentence_for_each() {
    assert_eq!(
        causes("phone_missing: Ask for one. service_unmapped: Map “A: B” to a service."),
        [
            "No telephone number: Ask for one.",
            "Shipping method not mapped: Map “A: B” to a service."
        ]
    );
    assert_eq!(causes("accepted by Whistl"), ["Accepted by Whistl"]);
}
