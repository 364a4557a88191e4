//! Every fault a sale can have by itself: its code, its field, and what is marked.

use super::super::world::line;
use super::{Tweak, marked, the_hold};
use crate::{
    HoldCode, ItemStanding, OrderStatus, Owner, ProductKind, ProductStanding, SaleNumber,
    StageStatus,
};

#[test]
fn every_fault_has_its_code_its_field_and_its_marks() {
    use HoldCode as Code;
    let table: &[(Tweak, HoldCode, &str, &str)] = &[
        (
            |s, _| s.number = SaleNumber::parse("SO-1042100000001").expect("a number"),
            Code::ReferenceInvalid,
            "Order.SaleOrderNumber",
            "SO-104210000[0001]",
        ),
        (
            |s, _| s.number = SaleNumber::parse("#10421/A").expect("a number"),
            Code::ReferenceInvalid,
            "Order.SaleOrderNumber",
            "[#]10421[/]A",
        ),
        (
            |s, _| s.order_status = OrderStatus::Unknown("PARKED".into()),
            Code::StatusUnknown,
            "Order.Status",
            "[PARKED]",
        ),
        (
            |s, _| s.shipping = StageStatus::Unknown("AFLOAT".into()),
            Code::StatusUnknown,
            "CombinedShippingStatus",
            "[AFLOAT]",
        ),
        (|s, _| s.phone.clear(), Code::PhoneMissing, "Phone", ""),
        (
            |s, _| s.phone = "0000".into(),
            Code::PhoneInvalid,
            "Phone",
            "[0000]",
        ),
        (
            |s, _| s.email = "ada@home@example.com".into(),
            Code::EmailInvalid,
            "Email",
            "ada@home[@]example.com",
        ),
        (
            |s, _| s.email = "ada merrow".into(),
            Code::EmailInvalid,
            "Email",
            "ada[ ]merrow",
        ),
        (
            |s, _| s.email = "@example.com".into(),
            Code::EmailInvalid,
            "Email",
            "[@example.com]",
        ),
        (
            |s, _| s.email = format!("{}@b.cd", "a".repeat(78)),
            Code::EmailInvalid,
            "Email",
            &format!("{}@b[.cd]", "a".repeat(78)),
        ),
        (
            |s, _| {
                s.ship_to.contact.clear();
                s.contact = " ".into();
                s.customer.clear();
            },
            Code::NameMissing,
            "ShippingAddress.Contact",
            "",
        ),
        (
            |s, _| s.ship_to.contact = "Ada Merrow of the Lantern Row Trading Company".into(),
            Code::NameTooLong,
            "ShippingAddress.Contact",
            "Ada Merrow of the Lantern Row Tradi[ng Company]",
        ),
        (
            |s, _| s.ship_to.contact = "Ada 😀 Merrow".into(),
            Code::TextUnsupported,
            "ShippingAddress.Contact",
            "Ada [😀] Merrow",
        ),
        (
            |s, _| s.ship_to.company = "The Honourable Company of Lantern Makers".into(),
            Code::AddressTooLong,
            "ShippingAddress.Company",
            "The Honourable Company of Lantern M[akers]",
        ),
        (
            |s, _| s.ship_to.line1.clear(),
            Code::AddressIncomplete,
            "ShippingAddress.Line1",
            "",
        ),
        (
            |s, _| s.ship_to.line1 = "a".repeat(48),
            Code::AddressTooLong,
            "ShippingAddress.Line1",
            &format!("{}[{}]", "a".repeat(35), "a".repeat(13)),
        ),
        (
            |s, _| s.ship_to.line2 = "Стр. 5".into(),
            Code::TextUnsupported,
            "ShippingAddress.Line2",
            "[Стр]. 5",
        ),
        (
            |s, _| s.ship_to.town = "  ".into(),
            Code::AddressIncomplete,
            "ShippingAddress.City",
            "[  ]",
        ),
        (
            |s, _| s.ship_to.town = "Llanfairpwllgwyngyllgogerychwyrndrobwll".into(),
            Code::AddressTooLong,
            "ShippingAddress.City",
            "Llanfairpwllgwyngyllgogerychwyrndro[bwll]",
        ),
        (
            |s, _| s.ship_to.county = "Some\tset".into(),
            Code::TextUnsupported,
            "ShippingAddress.State",
            "Some[\t]set",
        ),
        (
            |s, _| s.ship_to.postcode.clear(),
            Code::PostcodeMissing,
            "ShippingAddress.Postcode",
            "",
        ),
        (
            |s, _| s.ship_to.postcode = "LS1 4A".into(),
            Code::PostcodeInvalid,
            "ShippingAddress.Postcode",
            "LS1 [4A]",
        ),
        (
            |s, _| s.ship_to.postcode = "0-A–A".into(),
            Code::PostcodeInvalid,
            "ShippingAddress.Postcode",
            "[0]-[A]–[A]",
        ),
        (
            |s, _| s.ship_to.country.clear(),
            Code::CountryMissing,
            "ShippingAddress.Country",
            "",
        ),
        (
            |s, _| s.ship_to.country = "Atlantis".into(),
            Code::CountryUnsupported,
            "ShippingAddress.Country",
            "[Atlantis]",
        ),
        (
            |s, _| s.shipping_method.clear(),
            Code::ServiceUnmapped,
            "Carrier",
            "",
        ),
        (
            |s, _| s.shipping_method = "Express delivery ".into(),
            Code::ServiceUnmapped,
            "Carrier",
            "[Express delivery ]",
        ),
        (
            |s, _| s.shipping_method = "Standard ".into(),
            Code::ServiceUnmapped,
            "Carrier",
            "Standard[ ]",
        ),
        (
            |s, w| {
                w.method("Express 24", "WHI_EXP24");
                s.shipping_method = "Express 24".into();
            },
            Code::ServiceUnmapped,
            "Carrier",
            "[Express 24]",
        ),
        (
            |s, w| {
                w.method("Pigeon", "WHI_PGN");
                s.shipping_method = "Pigeon".into();
            },
            Code::ServiceUnmapped,
            "Carrier",
            "[Pigeon]",
        ),
        (
            |s, _| s.shipping_notes = "x".repeat(203),
            Code::NoteTooLong,
            "ShippingNotes",
            &format!("{}[xxx]", "x".repeat(200)),
        ),
        (
            |s, _| s.lines[1].sku = " ".into(),
            Code::SkuMissing,
            "Order.Lines[1].SKU",
            "[ ]",
        ),
        (
            |s, _| s.lines[1].sku = "ITEM-01_RED".into(),
            Code::SkuInvalidCharacters,
            "Order.Lines[1].SKU",
            "ITEM[-]01[_]RED",
        ),
        (
            |s, w| {
                w.map("ITEM-01", "ITEM-ONE");
                s.lines[1].sku = "ITEM-01".into();
            },
            Code::SkuInvalidCharacters,
            "Order.Lines[1].SKU",
            "[ITEM-01]",
        ),
        (
            |s, _| s.lines[1].sku = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".into(),
            Code::SkuTooLong,
            "Order.Lines[1].SKU",
            "ABCDEFGHIJKLMNOPQRSTUVWX[YZ]",
        ),
        (
            |_, w| {
                w.rules.sku_may_map_to_itself = false;
                w.map("MUG1", "MUG1");
            },
            Code::SkuUnmapped,
            "Order.Lines[1].SKU",
            "[TEE001]",
        ),
        (
            |s, _| s.lines[1].sku = "KETTLE17".into(),
            Code::SkuUnknownAtWhistl,
            "Order.Lines[1].SKU",
            "[KETTLE17]",
        ),
        (
            |s, _| s.lines[0].sku = "MUG1O".into(),
            Code::SkuUnknownAtWhistl,
            "Order.Lines[0].SKU",
            "MUG1[O]",
        ),
        (
            |_, w| {
                w.items.insert("TEE001".into(), ItemStanding::Inactive);
            },
            Code::SkuInactive,
            "Order.Lines[1].SKU",
            "[TEE001]",
        ),
        (
            |_, w| w.product("TEE001", ProductKind::Stock, ProductStanding::Deprecated),
            Code::SkuInactive,
            "Order.Lines[1].SKU",
            "[TEE001]",
        ),
        (
            |s, w| {
                w.map("TEE-001", "TEE001");
                s.lines[1].sku = "TEE-001".into();
                w.product("TEE001", ProductKind::Stock, ProductStanding::Active);
            },
            Code::SkuCollision,
            "Order.Lines[1].SKU",
            "[TEE-001]",
        ),
        (
            |s, w| {
                w.rules.sku.case_sensitive = false;
                w.items.insert("mug1".into(), ItemStanding::Active);
                s.lines[1].sku = "mug1".into();
            },
            Code::SkuCollision,
            "Order.Lines[1].SKU",
            "[mug1]",
        ),
        (
            |s, _| s.lines[1].quantity = "0".parse().expect("a decimal"),
            Code::QuantityInvalid,
            "Order.Lines[1].Quantity",
            "[0]",
        ),
        (
            |s, _| s.lines[1].quantity = "-2".parse().expect("a decimal"),
            Code::QuantityInvalid,
            "Order.Lines[1].Quantity",
            "[-]2",
        ),
        (
            |s, _| s.lines[1].quantity = "2.5".parse().expect("a decimal"),
            Code::QuantityInvalid,
            "Order.Lines[1].Quantity",
            "2[.5]",
        ),
        (
            |s, _| s.lines[1].quantity = "10000".parse().expect("a decimal"),
            Code::QuantityInvalid,
            "Order.Lines[1].Quantity",
            "[10000]",
        ),
        (
            |s, _| s.lines.push(line("MUG1", "9998")),
            Code::QuantityInvalid,
            "Order.Lines[2].Quantity",
            "[9998]",
        ),
        (
            |s, _| s.lines[0].backordered = 1.into(),
            Code::Backordered,
            "Order.Lines[0].BackorderQuantity",
            "[1]",
        ),
        (|s, _| s.lines.clear(), Code::NoLines, "Order.Lines", ""),
        (
            |s, _| s.lines.iter_mut().for_each(|line| line.drop_ship = true),
            Code::NoLines,
            "Order.Lines",
            "",
        ),
        (
            |_, w| w.rules.limits.lines = 1,
            Code::TooManyLines,
            "Order.Lines",
            "[2]",
        ),
    ];
    for (tweak, code, field, value) in table {
        let reason = the_hold(*tweak);
        assert_eq!(
            (reason.code, reason.field.as_str(), marked(&reason).as_str()),
            (*code, *field, *value)
        );
        let owner = if reason.code == Code::StatusUnknown {
            Owner::Support
        } else {
            Owner::Office
        };
        assert_eq!(reason.owner, owner, "{code}");
        assert!(!reason.expected.is_empty(), "{code} says what was expected");
        assert!(
            reason.fix.ends_with('.') && reason.fix.len() > 20,
            "{code} says what to do: {}",
            reason.fix
        );
    }
    let told = |code: &HoldCode| table.iter().any(|(_, told, _, _)| told == code);
    let untold: Vec<&HoldCode> = HoldCode::ALL.iter().filter(|code| !told(code)).collect();
    assert_eq!(
        untold,
        BORN_ELSEWHERE.iter().collect::<Vec<_>>(),
        "a code without a story"
    );
}

/// Codes that no check of a sale gives: they come of an unreadable answer, of a fault of
/// ours, or of what happened after sending.
const BORN_ELSEWHERE: [HoldCode; 14] = [
    HoldCode::Unreadable,
    HoldCode::MessageInvalid,
    HoldCode::RejectedByWhistl,
    HoldCode::ReferenceConflict,
    HoldCode::ServiceChangedByWhistl,
    HoldCode::ChangedAfterSending,
    HoldCode::CancelledAfterSending,
    HoldCode::HeldAtWarehouse,
    HoldCode::MissingAtWhistl,
    HoldCode::DespatchOverdue,
    HoldCode::DespatchShort,
    HoldCode::CancelledAtWhistl,
    HoldCode::SendingStuck,
    HoldCode::OutcomeUnknown,
];
