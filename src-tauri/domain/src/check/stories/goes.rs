//! What goes, and what was done to it on the way.

use super::super::check;
use super::super::world::{World, good_sale, line};
use super::{Tweak, fit, looked_at, notes, the_hold};
use crate::{HoldCode, ItemStanding, NoteCode, ProductKind, ProductStanding, Severity};

#[test]
fn a_good_sale_goes_as_it_is() {
    let fit = fit(|_, _| {});
    assert_eq!(fit.order.reference.as_str(), "SO-10421");
    assert_eq!(fit.order.service.as_str(), "WHI_STD");
    assert_eq!(fit.order.units(), 3);
    assert_eq!(fit.order.delivery.name, "Ada Merrow");
    assert_eq!(fit.order.delivery.lines, ["14 Lantern Row"]);
    assert_eq!(fit.order.delivery.postcode, "BS1 4QD");
    assert_eq!(fit.order.delivery.country.as_str(), "GB");
    assert_eq!(fit.order.delivery.phone.as_deref(), Some("07400123456"));
    assert_eq!(fit.order.channel.as_deref(), Some("Shopify"));
    assert_eq!(
        fit.order.delivery_note.as_deref(),
        Some("Leave with neighbour at 16")
    );
    let codes: Vec<NoteCode> = fit.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, [NoteCode::PhoneTidied]);
}

#[test]
fn the_day_of_the_order_begins_at_midnight_in_london() {
    let order = fit(|_, _| {}).order;
    assert_eq!(order.ordered_at.to_rfc3339(), "2026-06-30T23:00:00+00:00");
    let undated = fit(|sale, _| sale.ordered_on = None).order;
    assert_eq!(undated.ordered_at, good_sale().last_modified);
}

#[test]
fn a_map_entry_clears_a_bad_sku() {
    let order = fit(|s, w| {
        w.map("ITEM-01_BLUE", "ITEM01BLUE");
        s.lines[1].sku = "ITEM-01_BLUE".into();
    })
    .order;
    assert_eq!(order.lines[1].sku.as_str(), "ITEM01BLUE");
}

#[test]
fn an_account_that_takes_hyphens_takes_them() {
    let order = fit(|s, w| {
        w.rules.sku.also_allowed = "-".into();
        w.items.insert("ITEM-01".into(), ItemStanding::Active);
        s.lines[1].sku = "ITEM-01".into();
    })
    .order;
    assert_eq!(order.lines[1].sku.as_str(), "ITEM-01");
}

#[test]
fn equal_skus_are_one_line_with_their_sum_and_average_price() {
    let fit = fit(|s, _| {
        let mut dearer = line("MUG1", "1.0");
        dearer.unit_price = "14.02".parse().expect("a decimal");
        s.lines.push(dearer);
    });
    let mugs = &fit.order.lines[0];
    assert_eq!((mugs.units, mugs.sale_lines.as_slice()), (3, &[0, 2][..]));
    assert_eq!(mugs.unit_value.to_string(), "14.01", "14.00666… goes up");
    assert_eq!(fit.order.lines.len(), 2);
    let merged = "Lines 1 and 3 are one line of 3 units of MUG1 at the warehouse, at their average \
                  price.";
    assert!(notes(&fit).contains(&(NoteCode::LinesMerged, merged)));
}

#[test]
fn half_a_penny_goes_up() {
    let order = fit(|s, _| s.lines[0].unit_price = "2.345".parse().expect("a decimal")).order;
    assert_eq!(order.lines[0].unit_value.to_string(), "2.35");
}

#[test]
fn what_is_not_goods_is_left_out_and_named() {
    let fit = fit(|s, w| {
        w.product("WRAP", ProductKind::Service, ProductStanding::Active);
        w.product("BOX", ProductKind::NonInventory, ProductStanding::Active);
        w.product(
            "TEE001",
            ProductKind::Unknown("Kit".into()),
            ProductStanding::Active,
        );
        let mut sofa = line("SOFA-1", "0");
        sofa.drop_ship = true;
        s.lines
            .extend([line("WRAP", "1"), line("BOX", "0.5"), sofa]);
        s.charges.push("Gift wrapping".into());
    });
    assert_eq!(fit.order.units(), 3, "an unknown sort of product is goods");
    let left_out: Vec<&str> = fit
        .notes
        .iter()
        .filter(|note| note.code == NoteCode::LineLeftOut)
        .map(|note| note.text.as_str())
        .collect();
    assert_eq!(
        left_out,
        [
            "Line 3, WRAP, is a service, not goods, so it was left out.",
            "Line 4, BOX, is not kept in stock, so it was left out.",
            "Line 5, SOFA-1, is shipped by the supplier, so it was left out.",
            "“Gift wrapping” is a charge, not goods, so it was left out.",
        ]
    );
}

#[test]
fn a_number_of_the_customer_stands_in_only_if_the_rule_says_so() {
    let tweak: Tweak = |s, w| {
        s.phone = " ".into();
        w.contact("Ada Merrow", "ask", "0117 496 0123");
        w.contact("Bo Merrow", "07700 900456", "");
    };
    let fit = fit(tweak);
    assert_eq!(fit.order.delivery.phone.as_deref(), Some("01174960123"));
    let used = fit
        .notes
        .iter()
        .find(|note| note.code == NoteCode::PhoneFromContact)
        .expect("the card says which was used");
    assert!(
        used.text.contains("01174960123 of Ada Merrow"),
        "{}",
        used.text
    );

    let (sale, mut world) = looked_at(tweak);
    world.rules.phone_from_contacts = false;
    let held = check(&sale, 1, &world.rules, &world).expect_err("the rule is off");
    let reason = held.into_reasons().remove(0);
    assert_eq!(reason.code, HoldCode::PhoneMissing);
    assert!(reason.fix.contains("the rule does not let it stand in"));
}

#[test]
fn an_account_that_needs_no_telephone_lets_the_sale_go_without() {
    let warned = fit(|s, w| {
        s.phone.clear();
        w.rules.phone = Severity::Warn;
    });
    assert_eq!(warned.order.delivery.phone, None);
    assert_eq!(warned.notes[0].code, NoteCode::WouldHold);

    let silent = fit(|s, w| {
        s.phone.clear();
        w.rules.phone = Severity::Off;
    });
    assert_eq!(notes(&silent), []);

    let wrong = fit(|s, w| {
        s.phone = "0000".into();
        w.rules.phone = Severity::Off;
    });
    assert_eq!(
        wrong.order.delivery.phone, None,
        "a number that is none is never sent"
    );
    assert_eq!(wrong.notes[0].code, NoteCode::Warning);
}

#[test]
fn lists_that_are_missing_stop_nothing_and_are_told_once() {
    let fit = fit(|_, w| {
        w.list_known = false;
        w.services_known = false;
    });
    let warnings = notes(&fit)
        .into_iter()
        .filter(|(code, _)| *code == NoteCode::Warning);
    assert_eq!(warnings.count(), 2);
}

#[test]
fn a_long_address_is_wrapped_between_words_and_told() {
    let fit = fit(|s, _| {
        s.ship_to.line1 = "14 The Old Malthouse Apartments, North Wing".into();
        s.ship_to.line2 = "Quayside".into();
    });
    assert_eq!(
        fit.order.delivery.lines,
        ["14 The Old Malthouse Apartments,", "North Wing", "Quayside"]
    );
    assert!(
        fit.notes
            .iter()
            .any(|note| note.code == NoteCode::AddressWrapped)
    );
}

#[test]
fn a_label_with_one_line_takes_both_lines_as_one_or_none() {
    let order = fit(|s, w| {
        w.rules.limits.address_lines = 1;
        s.ship_to.line2 = "Flat 3".into();
    })
    .order;
    assert_eq!(order.delivery.lines, ["14 Lantern Row, Flat 3"]);
    let reason = the_hold(|s, w| {
        w.rules.limits.address_lines = 1;
        s.ship_to.line2 = "Flat 3 of the Old Malthouse".into();
    });
    assert_eq!(
        (reason.code, reason.field.as_str()),
        (HoldCode::AddressTooLong, "ShippingAddress.Line2")
    );
}

#[test]
fn typographic_marks_and_line_breaks_are_put_right_with_a_note() {
    let fit = fit(|s, _| {
        s.ship_to.line1 = "St John’s  Road".into();
        s.shipping_notes = "Ring the bell\r\nthen wait".into();
    });
    assert_eq!(fit.order.delivery.lines, ["St John's Road"]);
    assert_eq!(
        fit.order.delivery_note.as_deref(),
        Some("Ring the bell then wait")
    );
    assert!(
        fit.notes
            .iter()
            .any(|note| note.field == "ShippingAddress.Line1")
    );
}

#[test]
fn the_name_of_a_product_never_holds_a_sale() {
    let fit = fit(|s, _| {
        s.lines[0].name = "Mug ☕ with steam".into();
        s.lines[1].name = "t".repeat(140);
    });
    assert_eq!(fit.order.lines[0].description, "Mug with steam");
    assert_eq!(fit.order.lines[1].description.len(), 100);
    assert!(
        fit.notes
            .iter()
            .any(|note| note.field == "Order.Lines[0].Name")
    );
}

#[test]
fn a_second_edition_has_its_own_reference() {
    let (sale, world) = (good_sale(), World::new());
    let order = check(&sale, 2, &world.rules, &world)
        .expect("a good sale")
        .order;
    assert_eq!(order.reference.as_str(), "SO-10421-2");
}

#[test]
fn a_long_e_mail_is_warned_of() {
    let fit = fit(|s, _| s.email = "ada.merrow.of.lantern.row@lanterns.example.com".into());
    assert!(fit.notes.iter().any(|note| note.field == "Email"));
    assert!(fit.order.delivery.email.is_some());
}
