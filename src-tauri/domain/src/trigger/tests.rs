//! Stories of the trigger: which sales go, which do not, and what is said about those.

use chrono::NaiveDate;
use rust_decimal::Decimal;

mod properties;

use super::*;
use crate::{Address, OrderStatus, Sale, SaleId, SaleKind, SaleListing, SaleNumber, StageStatus};

const WHISTL: &str = "5a4c5c1e-0000-4000-8000-000000000001";
const ELSEWHERE: &str = "5a4c5c1e-0000-4000-8000-000000000002";

fn trigger() -> Trigger {
    Trigger {
        stage: TriggerStage::AuthorisedOrder,
        locations: vec![WHISTL.into()],
        location_names: vec!["Whistl Fulfilment".into()],
        channels: ChannelRule::Any,
        payment: PaymentRule::Any,
        attribute: None,
        not_before: None,
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn row() -> SaleListing {
    SaleListing {
        id: SaleId::parse("11111111-2222-3333-4444-555555555555").unwrap(),
        number: SaleNumber::parse("SO-10421").unwrap(),
        order_status: OrderStatus::Authorised,
        picking: StageStatus::NotBegun,
        packing: StageStatus::NotBegun,
        shipping: StageStatus::NotBegun,
        kind: SaleKind::Simple,
        location_id: WHISTL.into(),
        updated: at("2026-11-24T09:00:00Z"),
        ship_by: None,
        channel: "Shopify".into(),
        payment: "PREPAID".into(),
        customer_reference: String::new(),
        customer: "Ada Merrow".into(),
    }
}

fn sale() -> Sale {
    let row = row();
    Sale {
        id: row.id,
        number: row.number,
        kind: row.kind,
        order_status: row.order_status,
        picking: row.picking,
        packing: row.packing,
        shipping: row.shipping,
        location: "Whistl Fulfilment".into(),
        customer_id: String::new(),
        customer: row.customer,
        channel: row.channel,
        payment: row.payment,
        attributes: vec![String::new(); 10],
        customer_reference: String::new(),
        contact: String::new(),
        phone: String::new(),
        email: String::new(),
        ship_to: Address::default(),
        shipping_method: String::new(),
        shipping_notes: String::new(),
        ship_by: None,
        ordered_on: NaiveDate::from_ymd_opt(2026, 11, 24),
        last_modified: row.updated,
        currency: "GBP".into(),
        total: Decimal::ZERO,
        lines: Vec::new(),
        charges: Vec::new(),
    }
}

fn judged(change: impl FnOnce(&mut SaleListing)) -> Standing {
    let mut row = row();
    change(&mut row);
    judge(&trigger(), &row)
}

fn under(change: impl FnOnce(&mut Trigger)) -> Standing {
    let mut trigger = trigger();
    change(&mut trigger);
    judge(&trigger, &row())
}

fn unreadable(words: &str) -> Standing {
    Standing::Unreadable(words.into())
}

#[test]
fn an_authorised_sale_at_the_warehouse_goes() {
    assert_eq!(judge(&trigger(), &row()), Standing::Due);
    assert_eq!(judge_sale(&trigger(), &sale()), Standing::Due);
}

#[test]
fn quotes_and_drafts_wait() {
    for status in [OrderStatus::Draft, OrderStatus::NotAvailable] {
        let standing = judged(|row| row.order_status = status);
        assert_eq!(standing, Standing::Outside(Outside::NotAuthorised));
    }
}

#[test]
fn a_voided_sale_is_voided_wherever_it_is() {
    let standing = judged(|row| {
        row.order_status = OrderStatus::Voided;
        row.location_id = ELSEWHERE.into();
        row.picking = StageStatus::Voided;
    });
    assert_eq!(standing, Standing::Voided);
}

#[test]
fn a_sale_without_reserved_stock_stays() {
    let standing = judged(|row| row.order_status = OrderStatus::AuthorisedWithoutStock);
    assert_eq!(standing, Standing::Outside(Outside::WithoutStock));
}

#[test]
fn another_location_is_none_of_ours_whatever_else_is_odd() {
    let standing = judged(|row| {
        row.location_id = ELSEWHERE.into();
        row.order_status = OrderStatus::Unknown("APPROVED".into());
    });
    assert_eq!(standing, Standing::Outside(Outside::OtherLocation));
}

#[test]
fn the_case_of_a_guid_does_not_matter() {
    let standing = judged(|row| row.location_id = WHISTL.to_uppercase());
    assert_eq!(standing, Standing::Due);
}

#[test]
fn without_a_location_set_nothing_goes() {
    let standing = under(|trigger| {
        trigger.locations.clear();
        trigger.location_names.clear();
    });
    assert_eq!(standing, Standing::Outside(Outside::OtherLocation));
}

#[test]
fn a_row_without_location_is_settled_by_the_sale() {
    assert_eq!(
        judged(|row| row.location_id.clear()),
        Standing::DueIfAttribute
    );
    let mut sale = sale();
    sale.location = "Shop floor".into();
    assert_eq!(
        judge_sale(&trigger(), &sale),
        Standing::Outside(Outside::OtherLocation)
    );
}

#[test]
fn a_sale_moved_to_the_shop_while_it_was_held_does_not_go() {
    let mut sale = sale();
    sale.location = "Shop floor".into();
    let standing = judge_sale(&trigger(), &sale);
    assert_eq!(standing, Standing::Outside(Outside::OtherLocation));
}

#[test]
fn services_are_not_sent() {
    let standing = judged(|row| row.kind = SaleKind::Service);
    assert_eq!(standing, Standing::Outside(Outside::NoGoods));
}

#[test]
fn what_somebody_began_to_pick_or_ship_in_cin7_stays() {
    for begun in [
        StageStatus::InProgress,
        StageStatus::Partly,
        StageStatus::Done,
    ] {
        let picked = judged(|row| row.picking = begun.clone());
        assert_eq!(picked, Standing::Outside(Outside::AlreadyPicked));
        let packed = judged(|row| row.packing = begun.clone());
        assert_eq!(packed, Standing::Outside(Outside::AlreadyPicked));
        let shipped = judged(|row| row.shipping = begun.clone());
        assert_eq!(shipped, Standing::Outside(Outside::AlreadyShipped));
    }
    for finished in [OrderStatus::Fulfilled, OrderStatus::Closed] {
        let standing = judged(|row| row.order_status = finished);
        assert_eq!(standing, Standing::Outside(Outside::AlreadyShipped));
    }
}

#[test]
fn a_word_nobody_knows_holds_and_is_named() {
    let odd = || StageStatus::Unknown("HALF PICKED".into());
    assert_eq!(
        judged(|row| row.picking = odd()),
        unreadable("picking status HALF PICKED")
    );
    assert_eq!(
        judged(|row| row.packing = odd()),
        unreadable("packing status HALF PICKED")
    );
    assert_eq!(
        judged(|row| row.shipping = odd()),
        unreadable("shipping status HALF PICKED")
    );
    assert_eq!(
        judged(|row| row.order_status = OrderStatus::Unknown("APPROVED".into())),
        unreadable("order status APPROVED")
    );
    assert_eq!(
        judged(|row| row.kind = SaleKind::Unknown("Rental".into())),
        unreadable("type of sale Rental")
    );
}

#[test]
fn a_voided_pick_on_a_live_sale_is_a_persons_to_judge() {
    let standing = judged(|row| row.picking = StageStatus::Voided);
    assert_eq!(standing, unreadable("picking status VOIDED"));
}

#[test]
fn the_authorised_pick_can_be_the_trigger() {
    let mut trigger = trigger();
    trigger.stage = TriggerStage::AuthorisedPick;
    let mut row = row();
    assert_eq!(
        judge(&trigger, &row),
        Standing::Outside(Outside::NotAuthorised)
    );
    row.picking = StageStatus::Partly;
    assert_eq!(
        judge(&trigger, &row),
        Standing::Outside(Outside::NotAuthorised)
    );
    row.picking = StageStatus::Done;
    assert_eq!(judge(&trigger, &row), Standing::Due);
    row.packing = StageStatus::Done;
    assert_eq!(judge(&trigger, &row), Standing::Due);
    row.shipping = StageStatus::Partly;
    assert_eq!(
        judge(&trigger, &row),
        Standing::Outside(Outside::AlreadyShipped)
    );
}

#[test]
fn the_authorised_pack_can_be_the_trigger() {
    let mut trigger = trigger();
    trigger.stage = TriggerStage::AuthorisedPack;
    let mut row = row();
    row.picking = StageStatus::Done;
    assert_eq!(
        judge(&trigger, &row),
        Standing::Outside(Outside::NotAuthorised)
    );
    row.packing = StageStatus::Done;
    assert_eq!(judge(&trigger, &row), Standing::Due);
}

#[test]
fn channels_can_be_chosen_or_left_out() {
    let only = |name: &str| under(|t| t.channels = ChannelRule::Only(vec![name.into()]));
    let except = |name: &str| under(|t| t.channels = ChannelRule::Except(vec![name.into()]));
    assert_eq!(only(" shopify"), Standing::Due);
    assert_eq!(only("eBay"), Standing::Outside(Outside::ChannelExcluded));
    assert_eq!(
        except("SHOPIFY"),
        Standing::Outside(Outside::ChannelExcluded)
    );
    assert_eq!(except("eBay"), Standing::Due);
}

#[test]
fn a_sale_typed_in_by_hand_has_the_empty_channel() {
    let mut trigger = trigger();
    trigger.channels = ChannelRule::Except(vec![String::new()]);
    let mut row = row();
    row.channel.clear();
    assert_eq!(
        judge(&trigger, &row),
        Standing::Outside(Outside::ChannelExcluded)
    );
}

#[test]
fn an_unpaid_sale_waits_only_where_the_rule_says_so() {
    let mut row = row();
    row.payment = "UNPAID".into();
    assert_eq!(judge(&trigger(), &row), Standing::Due);
    let mut paid = trigger();
    paid.payment = PaymentRule::Paid;
    assert_eq!(judge(&paid, &row), Standing::Outside(Outside::Unpaid));
    row.payment = "PAID".into();
    assert_eq!(judge(&paid, &row), Standing::Due);
    row.payment = "SETTLED".into();
    assert_eq!(judge(&paid, &row), unreadable("payment status SETTLED"));
}

#[test]
fn an_attribute_is_seen_in_the_sale_only() {
    let mut trigger = trigger();
    trigger.attribute = Some(AttributeRule {
        index: 3,
        value: "Release to warehouse".into(),
    });
    assert_eq!(judge(&trigger, &row()), Standing::DueIfAttribute);
    let mut sale = sale();
    assert_eq!(
        judge_sale(&trigger, &sale),
        Standing::Outside(Outside::AttributeMissing)
    );
    sale.attributes[2] = " release to warehouse ".into();
    assert_eq!(judge_sale(&trigger, &sale), Standing::Due);
    sale.attributes.clear();
    assert_eq!(
        judge_sale(&trigger, &sale),
        Standing::Outside(Outside::AttributeMissing)
    );
}

#[test]
fn a_sale_ordered_before_the_start_line_never_goes() {
    let mut trigger = trigger();
    // Midnight of 1 June in London, in summer time.
    trigger.not_before = Some(at("2026-05-31T23:00:00Z"));
    let mut sale = sale();
    sale.ordered_on = NaiveDate::from_ymd_opt(2026, 5, 31);
    let before = Standing::Outside(Outside::BeforeStart);
    assert_eq!(judge_sale(&trigger, &sale), before);
    sale.ordered_on = NaiveDate::from_ymd_opt(2026, 6, 1);
    assert_eq!(judge_sale(&trigger, &sale), Standing::Due);
    sale.ordered_on = None;
    assert_eq!(
        judge_sale(&trigger, &sale),
        unreadable("order date is empty")
    );

    let mut row = row();
    assert_eq!(
        judge(&trigger, &row),
        Standing::DueIfAttribute,
        "an old sale edited today looks new in the list"
    );
    row.updated = at("2026-05-30T12:00:00Z");
    assert_eq!(
        judge(&trigger, &row),
        before,
        "untouched since before the line: not worth a call"
    );
}

#[test]
fn the_default_trigger_reads_as_a_sentence() {
    assert_eq!(
        trigger().sentence(),
        "A sale is released when it is authorised in Cin7 Core, ships from Whistl Fulfilment, and \
         has not been picked, packed or shipped."
    );
}

#[test]
fn every_rule_shows_in_the_sentence() {
    let trigger = Trigger {
        stage: TriggerStage::AuthorisedPick,
        locations: vec![WHISTL.into()],
        location_names: vec!["Whistl North".into(), "Whistl South".into()],
        channels: ChannelRule::Except(vec!["eBay".into(), "Amazon".into(), "FBA".into()]),
        payment: PaymentRule::Paid,
        attribute: Some(AttributeRule {
            index: 1,
            value: "Go".into(),
        }),
        not_before: Some(at("2026-05-31T23:00:00Z")),
    };
    assert_eq!(
        trigger.sentence(),
        "A sale is released when it has an authorised pick in Cin7 Core, ships from Whistl North \
         or Whistl South, did not come through eBay, Amazon or FBA, is paid, says “Go” in its \
         additional attribute 1, was ordered on or after 1 June 2026, and has not been shipped."
    );
}

#[test]
fn a_trigger_that_releases_nothing_says_so() {
    let mut trigger = trigger();
    trigger.locations.clear();
    trigger.location_names.clear();
    assert!(trigger.sentence().contains("nothing is released"));
}

#[test]
fn each_outside_has_a_word_of_its_own_and_a_sentence() {
    for outside in Outside::ALL {
        assert_eq!(Outside::from_word(outside.word()), Some(outside));
        assert!(outside.sentence().ends_with('.'));
    }
    assert_eq!(Outside::from_word("held"), None);
}
