//! What holds for every sale, whatever words Cin7 uses.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn stages() -> impl Strategy<Value = StageStatus> {
    prop_oneof![
        Just(StageStatus::NotAvailable),
        Just(StageStatus::NotBegun),
        Just(StageStatus::InProgress),
        Just(StageStatus::Partly),
        Just(StageStatus::Done),
        Just(StageStatus::Voided),
        "[A-Z ]{1,12}".prop_map(StageStatus::Unknown),
    ]
}

fn orders() -> impl Strategy<Value = OrderStatus> {
    prop_oneof![
        Just(OrderStatus::NotAvailable),
        Just(OrderStatus::Draft),
        Just(OrderStatus::Authorised),
        Just(OrderStatus::AuthorisedWithoutStock),
        Just(OrderStatus::Fulfilled),
        Just(OrderStatus::Closed),
        Just(OrderStatus::Voided),
        "[A-Z ]{1,12}".prop_map(OrderStatus::Unknown),
    ]
}

proptest! {
    #[test]
    fn only_an_authorised_untouched_sale_of_goods_at_the_warehouse_is_due(
        order_status in orders(),
        picking in stages(),
        packing in stages(),
        shipping in stages(),
        service in any::<bool>(),
        elsewhere in any::<bool>(),
    ) {
        let mut row = row();
        row.order_status = order_status;
        (row.picking, row.packing, row.shipping) = (picking, packing, shipping);
        row.kind = if service { SaleKind::Service } else { SaleKind::Advanced };
        row.location_id = if elsewhere { ELSEWHERE } else { WHISTL }.into();
        let untouched = [&row.picking, &row.packing, &row.shipping]
            .into_iter()
            .all(StageStatus::is_untouched);
        let due = row.order_status == OrderStatus::Authorised
            && untouched && !service && !elsewhere;
        prop_assert_eq!(judge(&trigger(), &row) == Standing::Due, due);
    }

    #[test]
    fn the_sale_itself_is_never_left_undecided(
        picking in stages(),
        payment in "[A-Z ]{0,12}",
        attribute in prop::option::of((any::<u8>(), ".{0,8}")),
        ordered in prop::option::of(0_i32..2_000),
    ) {
        let mut trigger = trigger();
        trigger.payment = PaymentRule::Paid;
        trigger.attribute = attribute.map(|(index, value)| AttributeRule { index, value });
        trigger.not_before = Some(at("2026-05-31T23:00:00Z"));
        let mut sale = sale();
        sale.picking = picking;
        sale.payment = payment;
        sale.ordered_on = ordered.and_then(|day| NaiveDate::from_num_days_from_ce_opt(739_000 + day));
        prop_assert_ne!(judge_sale(&trigger, &sale), Standing::DueIfAttribute);
    }
}
