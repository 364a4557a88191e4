//! Holds that a table cannot tell.

use super::super::world::line;
use super::{fit, held, the_hold};
use crate::{HoldCode, ItemStanding, NoteCode, Severity};

#[test]
fn all_faults_stand_on_one_card_in_the_order_of_the_sale() {
    let reasons = held(|s, _| {
        s.lines[0].sku = "ITEM-01".into();
        s.lines[1].quantity = "0.5".parse().expect("a decimal");
        s.phone.clear();
        s.shipping_method = "By owl".into();
        s.ship_to.town.clear();
        s.ship_to.contact = "Ада".into();
    });
    let fields: Vec<&str> = reasons.iter().map(|reason| reason.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "Phone",
            "ShippingAddress.Contact",
            "ShippingAddress.City",
            "Carrier",
            "Order.Lines[0].SKU",
            "Order.Lines[1].Quantity",
        ]
    );
}

#[test]
fn an_address_only_on_the_screen_is_held_in_all_its_fields_and_not_guessed() {
    let reasons = held(|s, _| {
        for field in [
            &mut s.ship_to.line1,
            &mut s.ship_to.town,
            &mut s.ship_to.postcode,
            &mut s.ship_to.country,
        ] {
            field.clear();
        }
    });
    let codes: Vec<HoldCode> = reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(
        codes,
        [
            HoldCode::AddressIncomplete,
            HoldCode::AddressIncomplete,
            HoldCode::PostcodeMissing,
            HoldCode::CountryMissing,
        ]
    );
    assert!(reasons[0].fix.contains("14 Lantern Row, Bristol BS1 4QD"));
}

#[test]
fn two_skus_of_one_sale_that_meet_at_the_warehouse_are_held_even_if_nobody_listed_them() {
    let reason = the_hold(|s, w| {
        w.rules.sku.case_sensitive = false;
        w.items.insert("mug1".into(), ItemStanding::Active);
        s.lines.push(line("mug1", "1"));
    });
    assert_eq!(reason.field, "Order.Lines[2].SKU");
    assert!(reason.fix.contains("MUG1 and mug1") || reason.fix.contains("mug1 and MUG1"));
}

#[test]
fn rules_set_to_warn_let_the_sale_go_with_what_would_have_held_it() {
    let fit = fit(|s, w| {
        w.rules.email = Severity::Warn;
        w.rules.item_list = Severity::Warn;
        w.rules.backordered = Severity::Warn;
        s.email = "none".into();
        s.lines[0].sku = "KETTLE17".into();
        s.lines[1].backordered = 1.into();
    });
    let codes: Vec<NoteCode> = fit.notes.iter().map(|note| note.code).collect();
    assert_eq!(
        codes,
        [
            NoteCode::PhoneTidied,
            NoteCode::WouldHold,
            NoteCode::WouldHold,
            NoteCode::WouldHold
        ]
    );
    assert_eq!(fit.order.delivery.email, None);
}

#[test]
fn the_name_falls_back_as_in_cin7() {
    let of_contact = fit(|s, _| {
        s.ship_to.contact = " ".into();
        s.contact = "Bo Merrow".into();
    });
    assert_eq!(of_contact.order.delivery.name, "Bo Merrow");
    let reason = the_hold(|s, _| {
        s.ship_to.contact.clear();
        s.contact.clear();
        s.customer = "m".repeat(200);
    });
    assert_eq!(
        (reason.code, reason.field.as_str(), reason.marks.as_slice()),
        (HoldCode::NameTooLong, "Customer", &[(35, 200)][..])
    );
    assert!(reason.expected.contains("200 of 35"));
}
