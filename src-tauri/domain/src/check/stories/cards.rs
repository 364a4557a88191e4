//! The words of the fix, to the letter.

use expect_test::{Expect, expect};

use super::super::check;
use super::super::world::{World, good_sale};
use super::{Tweak, held, the_hold};
use crate::{HoldCode, ProductKind, ProductStanding};

fn the_fix(tweak: Tweak, expected: &Expect) {
    expected.assert_eq(&the_hold(tweak).fix);
}

#[test]
fn the_card_says_exactly_what_to_do_about_a_sku() {
    the_fix(
        |s, _| s.lines[1].sku = "ITEM-01_RED".into(),
        &expect![
            "Remove “-” and “_” from the SKU in Cin7 Core, or map ITEM-01_RED to a Whistl SKU."
        ],
    );
    the_fix(
        |s, _| s.lines[1].sku = "ITEM-01_BLUE".into(),
        &expect![
            "Remove “-” and “_” from the SKU in Cin7 Core, or map ITEM-01_BLUE to ITEM01BLUE, which Whistl lists."
        ],
    );
    the_fix(
        |s, _| s.lines[1].sku = "KETTLE17".into(),
        &expect!["Have Whistl set KETTLE17 up, or map KETTLE17 to a SKU Whistl lists."],
    );
    the_fix(
        |s, w| {
            w.map("TEE-001", "TEE001");
            s.lines[1].sku = "TEE-001".into();
            w.product("TEE001", ProductKind::Stock, ProductStanding::Active);
        },
        &expect![
            "TEE-001 and TEE001 would both be TEE001 at Whistl: map one of them to another Whistl SKU."
        ],
    );
    the_fix(
        |s, w| {
            w.map("ITEM-01", "ITEM-ONE");
            s.lines[1].sku = "ITEM-01".into();
        },
        &expect!["Change the map entry of ITEM-01 from ITEM-ONE: Whistl takes no “-” in a SKU."],
    );
}

#[test]
fn a_look_alike_is_called_by_name_and_position() {
    let sku = |text: &'static str| {
        let (mut sale, world) = (good_sale(), World::new());
        sale.lines[1].sku = text.into();
        let held = check(&sale, 1, &world.rules, &world).expect_err("a bad SKU holds");
        held.into_reasons().remove(0).fix
    };
    expect!["Remove the trailing blank (character 7) from the SKU in Cin7 Core, or map “TEE001 ” to TEE001, which Whistl lists."].assert_eq(&sku("TEE001 "));
    expect!["Remove the non-breaking blank (character 4) from the SKU in Cin7 Core, or map “TEE 001” to TEE001, which Whistl lists."].assert_eq(&sku("TEE\u{A0}001"));
    expect!["Retype character 1 (Cyrillic letter “М” U+041C, which looks like M) in the SKU in Cin7 Core, or map “МUG1” to MUG1, which Whistl lists."].assert_eq(&sku("МUG1"));
    expect!["Retype character 4 (full-width digit “１” U+FF11, which looks like 1) in the SKU in Cin7 Core, or map “MUG１” to MUG1, which Whistl lists."].assert_eq(&sku("MUG１"));
    expect!["Whistl lists MUG10, not MUG1O: character 5 is the letter O, not the digit nought; correct the SKU in Cin7 Core or map it."].assert_eq(&sku("MUG1O"));
    expect!["Whistl lists TEE001, not TEEOO1: character 4 is the letter O, not the digit nought and character 5 is the letter O, not the digit nought; correct the SKU in Cin7 Core or map it."].assert_eq(&sku("TEEOO1"));
    expect!["Remove “-”, “/”, the leading blank (character 1), the zero-width blank (character 6) and the emoji “😀” U+1F600 (character 9) from, and retype character 3 (Cyrillic letter “Е” U+0415, which looks like E) in the SKU in Cin7 Core, or map “ TЕE-1/😀” to a Whistl SKU."].assert_eq(&sku(" TЕE-\u{200B}1/😀"));
}

#[test]
fn the_card_says_exactly_what_to_do_about_an_address() {
    the_fix(
        |s, _| s.ship_to.line1.clear(),
        &expect![
            "Type address line 1 into its own field in Cin7 Core: the screen shows “14 Lantern Row, Bristol BS1 4QD United Kingdom”, but the field is empty."
        ],
    );
    the_fix(
        |s, _| {
            s.ship_to.town.clear();
            s.ship_to.display = [String::new(), String::new()];
        },
        &expect!["Fill in the town of the shipping address in Cin7 Core."],
    );
    the_fix(
        |s, _| {
            s.ship_to.line1 = "14 The Old Malthouse Apartments in the North Wing, Rear of Great \
                               Lantern Row and Riverside Way Courtyard"
                .into();
        },
        &expect![
            "Split address line 1 in Cin7 Core (104 of 35 characters) and shorten what is still too long, for instance “14 The Old Malthouse Apartments in | the North Wing, Rear of Great Lantern Row and Riverside Way Courtyard”."
        ],
    );
    the_fix(
        |s, _| s.ship_to.line1 = "a".repeat(48),
        &expect![
            "Shorten address line 1 in Cin7 Core (48 of 35 characters): it has no blank to split it at."
        ],
    );
}

#[test]
fn the_card_says_exactly_what_to_do_about_a_service() {
    the_fix(
        |s, _| s.shipping_method = "Express delivery".into(),
        &expect![
            "Map “Express delivery” to one of Whistl's services, WHI_STD (Standard 48), WHI_EXP (Express next day) or WHI_INT (International tracked), or choose a shipping method in Cin7 Core that is mapped."
        ],
    );
    the_fix(
        |s, _| s.shipping_method.clear(),
        &expect![
            "Choose a shipping method for the sale in Cin7 Core that is mapped to one of Whistl's services, WHI_STD (Standard 48), WHI_EXP (Express next day) or WHI_INT (International tracked): it has none."
        ],
    );
    the_fix(
        |s, _| s.shipping_method = "Standard ".into(),
        &expect![
            "Remove the blanks around “Standard ” in Cin7 Core, or map it as it is to one of Whistl's services, WHI_STD (Standard 48), WHI_EXP (Express next day) or WHI_INT (International tracked): the map knows it only without them."
        ],
    );
    the_fix(
        |s, w| {
            w.method("Express 24", "WHI_EXP24");
            s.shipping_method = "Express 24".into();
        },
        &expect![
            "Map “Express 24” to one of Whistl's services, WHI_STD (Standard 48), WHI_EXP (Express next day) or WHI_INT (International tracked): Whistl no longer offers WHI_EXP24 (Express 24)."
        ],
    );
    the_fix(
        |s, w| {
            w.offers.clear();
            s.shipping_method = "Pigeon".into();
        },
        &expect![
            "Map Pigeon to a Whistl service, or choose a shipping method in Cin7 Core that is mapped."
        ],
    );
}

#[test]
fn a_service_that_does_not_go_there_names_those_that_do() {
    let reasons = held(|s, _| {
        s.ship_to.country = "FR".into();
        s.ship_to.postcode = "75001".into();
        s.phone = "+33 1 42 68 53 00".into();
    });
    let reason = &reasons[0];
    assert_eq!(reason.code, HoldCode::CountryUnsupported);
    assert_eq!(reason.field, "ShippingAddress.Country");
    assert!(
        reason.fix.contains("WHI_INT (International tracked)"),
        "{}",
        reason.fix
    );
}

#[test]
fn the_card_says_exactly_what_to_do_about_a_telephone_or_a_postcode() {
    the_fix(
        |s, _| s.phone = "n/a".into(),
        &expect![
            "Correct the telephone number on the sale in Cin7 Core, asking the customer if need be; the rule: a telephone number in digits."
        ],
    );
    the_fix(
        |s, _| s.phone = "0000".into(),
        &expect![
            "Correct the telephone number on the sale in Cin7 Core, asking the customer if need be; the rule: a telephone number, not one digit over and over."
        ],
    );
    the_fix(
        |s, _| s.phone.clear(),
        &expect![
            "Ask the customer for a telephone number and fill it in on the sale in Cin7 Core."
        ],
    );
    the_fix(
        |s, _| s.ship_to.postcode = "LS1 4A".into(),
        &expect![
            "Correct the postcode in Cin7 Core, asking the customer if need be; the rule: a UK postcode such as LS1 4AP: “4A” is only part of the second half, a digit and two letters."
        ],
    );
    the_fix(
        |s, _| s.ship_to.postcode.clear(),
        &expect![
            "Ask the customer for the postcode and fill it in in Cin7 Core (a UK postcode such as LS1 4AP)."
        ],
    );
    the_fix(
        |s, _| s.ship_to.country = "Atlantis".into(),
        &expect![
            "Correct the country of the shipping address in Cin7 Core, for instance to United Kingdom or GB."
        ],
    );
    the_fix(
        |s, _| s.ship_to.postcode = "JE2 3AB".into(),
        &expect![
            "Correct the postcode in Cin7 Core, asking the customer if need be; the rule: JE postcodes need the country Jersey."
        ],
    );
}

#[test]
fn what_a_sku_may_have_been_meant_to_be_is_one_that_whistl_lists() {
    let world = World::new();
    let meant = |raw: &str| {
        crate::check::suggested(raw, &world.rules, &world).map(|sku| sku.as_str().to_owned())
    };
    assert_eq!(meant("ITEM-01_BLUE").as_deref(), Some("ITEM01BLUE"));
    assert_eq!(meant("item-01_blue").as_deref(), Some("ITEM01BLUE"));
    assert_eq!(meant("tee001").as_deref(), Some("TEE001"));
    assert_eq!(meant("MUG1O").as_deref(), Some("MUG10"));
    assert_eq!(meant("MUG1"), None, "it is what it is");
    assert_eq!(meant("KETTLE17"), None, "nothing near is guessed");
}

#[test]
fn a_sku_that_another_product_goes_under_is_not_suggested() {
    let mut world = World::new();
    world.product("TEE001", ProductKind::Stock, ProductStanding::Active);
    assert_eq!(
        crate::check::suggested("TEE-001", &world.rules, &world),
        None
    );
}
