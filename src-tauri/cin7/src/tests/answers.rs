//! What Cin7 answers when all is well.

use chrono::{TimeZone, Utc};
use domain::{OrderStatus, StageStatus};
use expect_test::expect;
use vendor::{Lane, Verdict};

use super::{answering, now, playing, sale_id, snapshot};
use crate::read_sale;

#[tokio::test]
async fn the_account_is_known_by_its_company() {
    let (cin7, wire) = playing("00-me-ok");
    let me = cin7.me(Lane::Background).await.result.unwrap();
    assert_eq!(wire.asked(), "GET /me");
    snapshot(
        &me,
        &expect![[r#"
        Me {
            company: "Harbour & Pine Ltd",
            currency: "GBP",
            time_zone: "Europe/London",
            lock_date: ClosedTo(
                2026-09-30,
            ),
        }
    "#]],
    );
}

#[tokio::test]
async fn a_poll_brings_every_changed_sale() {
    let (cin7, wire) = playing("10-salelist-changed");
    let since = Utc.with_ymd_and_hms(2026, 11, 23, 15, 50, 0).unwrap();
    let page = cin7
        .sales_updated_since(Lane::Orders, Some(since), 1)
        .await
        .result
        .unwrap();
    assert_eq!(
        wire.asked(),
        "GET /saleList?Page=1&Limit=1000&UpdatedSince=2026-11-23T15:50:00.000"
    );
    assert_eq!((page.total, page.received), (3, 3));
    snapshot(
        &page.rows[2],
        &expect![[r##"
        Ok(
            SaleListing {
                id: SaleId(
                    "7b8a40bd-9bf2-564d-8253-54fadcd84944",
                ),
                number: SaleNumber(
                    "SO-10421",
                ),
                order_status: Authorised,
                picking: NotBegun,
                packing: NotBegun,
                shipping: NotBegun,
                kind: Simple,
                location_id: "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
                updated: 2026-11-23T16:02:09.337Z,
                ship_by: Some(
                    2026-11-25,
                ),
                channel: "Shopify",
                payment: "PREPAID",
                customer_reference: "#4471",
                customer: "Ada Merrow",
            },
        )
    "##]],
    );
}

#[tokio::test]
async fn a_sweep_asks_for_authorised_sales_and_no_narrower() {
    let (cin7, wire) = playing("40-salelist-voided-and-edited");
    let page = cin7.open_sales(Lane::Orders, 1).await.result.unwrap();
    assert_eq!(
        wire.asked(),
        "GET /saleList?Page=1&Limit=1000&OrderStatus=AUTHORISED"
    );
    let rows: Vec<_> = page.rows.into_iter().map(Result::unwrap).collect();
    assert_eq!(rows[0].order_status, OrderStatus::Voided);
    assert_eq!(rows[1].shipping, StageStatus::Partly);
    assert_eq!(rows[2].shipping, StageStatus::Done);
}

#[tokio::test]
async fn a_filter_that_is_ignored_is_found_out() {
    let (cin7, wire) = playing("10-salelist-future-probe");
    assert!(cin7.probe_filter(Lane::Orders, now()).await.result.unwrap());
    assert_eq!(
        wire.asked(),
        "GET /saleList?Page=1&Limit=1&UpdatedSince=2027-11-24T09:00:00.000"
    );
    let (ignoring, _) = playing("10-salelist-misspelt-parameter");
    assert!(
        !ignoring
            .probe_filter(Lane::Orders, now())
            .await
            .result
            .unwrap()
    );
}

#[tokio::test]
async fn a_sale_is_read_with_everything_a_check_asks_for() {
    let (cin7, wire) = playing("11-sale-10421-ordered");
    let told = cin7.sale(Lane::Orders, &sale_id()).await;
    assert_eq!(
        wire.asked(),
        "GET /sale?ID=7b8a40bd-9bf2-564d-8253-54fadcd84944&HideInventoryMovements=true"
    );
    let answer = told.result.unwrap();
    let sale = answer.sale.unwrap();
    assert_eq!(
        read_sale(&answer.body).unwrap(),
        sale,
        "the kept body reads the same"
    );
    snapshot(
        &sale,
        &expect![[r##"
        Sale {
            id: SaleId(
                "7b8a40bd-9bf2-564d-8253-54fadcd84944",
            ),
            number: SaleNumber(
                "SO-10421",
            ),
            kind: Simple,
            order_status: Authorised,
            picking: NotBegun,
            packing: NotBegun,
            shipping: NotBegun,
            location: "Whistl Fulfilment",
            customer_id: "0d6f1d3d-d27d-53db-a621-5a84cee4998e",
            customer: "Ada Merrow",
            channel: "Shopify",
            payment: "PREPAID",
            attributes: [
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
            ],
            customer_reference: "#4471",
            contact: "Ada Merrow",
            phone: "07700 900123",
            email: "ada.merrow@example.com",
            ship_to: Address {
                contact: "Ada Merrow",
                company: "",
                line1: "14 Lantern Row",
                line2: "",
                town: "Bristol",
                county: "",
                postcode: "BS1 4ZZ",
                country: "United Kingdom",
                display: [
                    "14 Lantern Row",
                    "Bristol BS1 4ZZ United Kingdom",
                ],
            },
            shipping_method: "Royal Mail Tracked 48",
            shipping_notes: "Leave with neighbour at 16",
            ship_by: Some(
                2026-11-25,
            ),
            ordered_on: Some(
                2026-11-23,
            ),
            last_modified: 2026-11-23T16:02:09.337Z,
            currency: "GBP",
            total: 58.2,
            lines: [
                SaleLine {
                    product: Some(
                        ProductId(
                            "2294366c-9adf-56a3-b804-da326d560837",
                        ),
                    ),
                    sku: "HPMUG001",
                    name: "Stoneware mug, slate",
                    quantity: 2,
                    unit_price: 14.0,
                    drop_ship: false,
                    backordered: 0,
                },
                SaleLine {
                    product: Some(
                        ProductId(
                            "92e13985-b111-5350-85df-b588c9f2a106",
                        ),
                    ),
                    sku: "HPMUG002",
                    name: "Stoneware mug, cream",
                    quantity: 1,
                    unit_price: 14.0,
                    drop_ship: false,
                    backordered: 0,
                },
            ],
            charges: [
                "Gift wrapping",
                "Delivery",
            ],
        }
    "##]],
    );
}

#[tokio::test]
async fn products_come_with_withdrawn_ones_and_what_they_cost() {
    let (cin7, wire) = playing("02-products-modified");
    let since = Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap();
    let page = cin7
        .products(Lane::Background, Some(since), 1)
        .await
        .result
        .unwrap();
    assert_eq!(
        wire.asked(),
        "GET /product?Page=1&Limit=1000&ModifiedSince=2026-11-01T00:00:00.000&IncludeDeprecated=true"
    );
    let lines: Vec<String> = page
        .rows
        .iter()
        .flatten()
        .map(|row| {
            let (product, cost) = (&row.product, row.average_cost.unwrap());
            let kit = if row.auto_assembly { " kit" } else { "" };
            format!(
                "{} {:?} {:?} {cost} {}{kit}",
                product.sku, product.kind, product.standing, row.costing
            )
        })
        .collect();
    snapshot(
        &lines,
        &expect![[r#"
        [
            "HPMUG001 Stock Active 4.2 FIFO",
            "HPMUG002 Stock Active 4.35 FIFO",
            "HPTEA010 Stock Active 3.1 FEFO - Batch",
            "MUG-01_BLUE Stock Active 4.0 FIFO",
            "HPGIFT050 Stock Active 0 FIFO kit",
            "SVCWRAP Service Active 0 FIFO",
            "HPJUG003 Stock Deprecated 7.9 FIFO",
        ]
    "#]],
    );
}

#[tokio::test]
async fn a_renamed_product_keeps_its_id() {
    let (cin7, _) = playing("02-product-renamed");
    let page = cin7
        .products(Lane::Background, None, 1)
        .await
        .result
        .unwrap();
    let row = page.rows[0].as_ref().unwrap();
    snapshot(
        &(row.id.as_str(), row.product.sku.as_str()),
        &expect![[r#"
        (
            "af9f5eec-ae4a-59d5-b175-2b23d88da588",
            "HPMUG004",
        )
    "#]],
    );
}

#[tokio::test]
async fn locations_and_carriers_are_listed_by_name() {
    let (cin7, wire) = playing("01-locations");
    let page = cin7.locations(Lane::Background, 1).await.result.unwrap();
    assert_eq!(wire.asked(), "GET /ref/location?Page=1&Limit=1000");
    snapshot(
        &page.rows[0],
        &expect![[r#"
        Ok(
            Location {
                id: "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
                name: "Whistl Fulfilment",
                deprecated: false,
                bins: 0,
            },
        )
    "#]],
    );
    let (cin7, wire) = playing("01-carriers");
    let page = cin7.carriers(Lane::Background, 1).await.result.unwrap();
    assert_eq!(wire.asked(), "GET /ref/carrier?Page=1&Limit=1000");
    assert_eq!(page.rows[3].as_ref().unwrap().name, "Express Delivery");
}

#[tokio::test]
async fn a_customers_contacts_are_read_and_a_missing_customer_has_none() {
    let customer = "44DD6635-5040-59f3-a965-93bc4b5fd009";
    let (cin7, wire) = playing("03-customer-contacts");
    let contacts = cin7.customer(Lane::Orders, customer).await.result.unwrap();
    assert_eq!(
        wire.asked(),
        format!("GET /customer?Page=1&Limit=1000&ID={customer}")
    );
    assert_eq!(contacts[0].mobile, "07700 900417");
    assert!(contacts[0].is_default);
    let missing = answering(400, r#"[{"ErrorCode":400,"Exception":"No such customer"}]"#);
    let told = missing.customer(Lane::Orders, customer).await;
    assert_eq!(told.result.unwrap(), []);
    assert_eq!(
        told.exchange.verdict,
        Verdict::Refused,
        "the record says what Cin7 said"
    );
}
