//! One order's page: what holds it and what puts that right, what happened in plain words,
//! what may be done and why not, and what was really said to Whistl.

use screens::activity::payloads;
use screens::order::order;
use screens::shapes::{Mark, OfferKind, OrderPage, Owner, Tone};
use serde_json::{Value, json};
use stockbridge_tests::World;

fn page(world: &mut World, number: &str) -> OrderPage {
    world.show(|look| order(look, number))
}

fn with_sku(sku: &str) -> Value {
    json!({ "Order": { "Lines": [
        { "SKU": "TEAPOT04", "Quantity": 2 }, { "SKU": sku, "Quantity": 1 }
    ] } })
}

#[tokio::test(start_paused = true)]
async fn a_card_marks_the_value_and_offers_the_entry_that_frees_the_order() {
    let mut world = World::new();
    let number = world.sale(with_sku("ITEM-01_BLUE"));
    world.sync().await;

    let page = page(&mut world, &number);

    let card = &page.holds[0];
    assert_eq!(card.title, "SKU has characters Whistl refuses");
    assert_eq!(
        (card.value.as_str(), card.owner),
        ("ITEM-01_BLUE", Owner::Office)
    );
    assert_eq!(card.marks, [Mark(4, 5), Mark(7, 8)]);
    assert_eq!(card.where_label, "Line 2");
    assert_eq!(card.path, "Order → Lines → 2 → SKU");
    let offer = &card.offers[0];
    assert_eq!(
        (offer.kind, offer.from.as_str(), offer.to.as_str()),
        (OfferKind::MapSku, "ITEM-01_BLUE", "ITEM01BLUE")
    );
    assert!(card.offers.iter().any(|o| o.kind == OfferKind::OpenCin7));
    assert!(page.recheck.allowed && page.resend.allowed);
    assert_eq!(
        page.withdraw.why_not,
        format!("{number} is held: only an order at the warehouse can be withdrawn.")
    );
    assert!(
        page.release.why_not.contains("which Whistl would refuse"),
        "{}",
        page.release.why_not
    );
    assert!(page.message.is_empty(), "there is no message yet");
    assert!(!page.address.is_empty() && !page.customer.is_empty());
    assert_eq!(page.lines[0].whistl_sku.as_deref(), Some("TEAPOT04"));
    assert_eq!(page.lines[1].whistl_sku, None);
}

#[tokio::test(start_paused = true)]
async fn an_unmapped_method_offers_a_choice_of_services_and_an_unknown_sku_a_free_one() {
    let mut world = World::new();
    let number = world.sale(json!({ "Carrier": "Express Delivery", "Order": {
        "Lines": [{ "SKU": "KETTLE17", "Quantity": 1 }] } }));
    world.sync().await;

    let page = page(&mut world, &number);

    let offers = |code: &str| -> Vec<(OfferKind, &str, &str)> {
        let card = page.holds.iter().find(|card| card.code == code);
        card.unwrap_or_else(|| panic!("no {code} in {:#?}", page.holds))
            .offers
            .iter()
            .map(|offer| (offer.kind, offer.from.as_str(), offer.to.as_str()))
            .collect()
    };
    assert_eq!(
        offers("service_unmapped")[0],
        (OfferKind::ChooseService, "Express Delivery", "")
    );
    assert_eq!(
        offers("sku_unknown_at_whistl")[0],
        (OfferKind::MapSku, "KETTLE17", "")
    );
}

#[tokio::test(start_paused = true)]
async fn an_accepted_order_shows_what_was_sent_and_who_said_what_newest_first() {
    let mut world = World::new();
    let number = world.good_sale();
    world.sync().await;

    let page = page(&mut world, &number);

    assert_eq!((page.state.as_str(), page.tone), ("at_warehouse", Tone::Ok));
    assert!(
        page.state_detail.starts_with("Whistl accepted it at "),
        "{}",
        page.state_detail
    );
    assert_eq!(page.reference.as_deref(), Some(number.as_str()));
    assert!(page.whistl_reference.is_some());
    assert!(
        page.service_name.ends_with("(WHI_STD)"),
        "{}",
        page.service_name
    );
    let postcode = page
        .message
        .iter()
        .find(|field| field.field == "delivery.postcode");
    assert!(postcode.is_some(), "{:#?}", page.message);
    assert_eq!(page.attempts.len(), 1);
    let newest = &page.happened[0];
    assert!(newest.at >= page.happened.last().expect("several").at);
    for happened in &page.happened {
        assert!(!happened.text.contains('_'), "{}", happened.text);
        assert!(happened.text.ends_with('.'), "{}", happened.text);
    }
    assert!(!page.resend.allowed);
    assert_eq!(
        page.resend.why_not,
        "The warehouse has it: withdraw it first."
    );
    assert!(page.withdraw.allowed);

    world.engine().pause_by_hand("Stocktaking").expect("paused");
    let paused = self::page(&mut world, &number);
    assert!(!paused.withdraw.allowed);
    assert!(
        paused.withdraw.why_not.contains("Stocktaking"),
        "{}",
        paused.withdraw.why_not
    );
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_is_masked_until_it_is_asked_for() {
    let mut world = World::new();
    let number = world.sale(json!({
        "Customer": "Ada Merrow", "Contact": "Ada Merrow",
        "ShippingAddress": { "Contact": "Ada Merrow" },
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 2 }] }
    }));
    world.sync().await;
    let page = page(&mut world, &number);
    let sent = page
        .happened
        .iter()
        .find(|happened| happened.has_payload && happened.text.contains("Sending it to Whistl"))
        .unwrap_or_else(|| panic!("no sending in {:#?}", page.happened));

    let masked = world.show(|look| payloads(look, sent.entry, false));
    let shown = world.show(|look| payloads(look, sent.entry, true));

    assert!(masked.masked && !shown.masked);
    assert!(masked.request.contains("TEAPOT04"), "{}", masked.request);
    assert!(!masked.request.contains("Merrow"), "{}", masked.request);
    assert!(shown.request.contains("Ada Merrow"), "{}", shown.request);
    assert!(shown.request.contains("\n  \""), "laid out to be read");
    assert_eq!(shown.request_hash.len(), 64);
    assert_eq!(shown.request_hash, masked.request_hash);
    let key = world.vendor(|sandbox| sandbox.keys().whistl);
    assert!(!shown.request.contains(&key) && !shown.response.contains(&key));
}

#[tokio::test(start_paused = true)]
async fn a_note_and_a_put_off_stand_with_the_order() {
    let mut world = World::new();
    let number = world.sale(with_sku("ITEM-01_BLUE"));
    world.sync().await;
    let until = world.now() + chrono::Duration::hours(3);
    let engine = world.engine();
    engine
        .put_off(&number, until, "Customer rings back")
        .expect("put off");
    engine
        .note(&number, "Asked for the number", None)
        .expect("noted");

    let page = page(&mut world, &number);

    let put_off = page.put_off.expect("put off");
    assert_eq!(
        (put_off.why.as_str(), put_off.who.as_str()),
        ("Customer rings back", "Ada")
    );
    assert_eq!(page.notes[0].text, "Asked for the number");
}
